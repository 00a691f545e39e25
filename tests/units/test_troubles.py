"""Troubles that a measure names at its head are problems that it addresses."""

from __future__ import annotations

import pytest

from tests.units.build import links, units


@pytest.mark.parametrize(
    ("text", "trouble", "measure"),
    [
        ("针对护林人手不足、火情多发等问题，清溪县推行联防联巡。", "护林人手不足、火情多发等问题", "清溪县推行联防联巡"),
        ("为破解用水难题，修建水窖9口。", "用水难题", "修建水窖9口"),
        ("为解决山区就医不便问题，开通巡诊专车6台。", "山区就医不便问题", "开通巡诊专车6台"),
        ("一、主要做法\n（一）巡诊进山。针对山区就医不便问题，开通巡诊专车。", "山区就医不便问题", "开通巡诊专车"),
    ],
)
def test_a_trouble_is_a_problem_that_the_measure_addresses(text: str, trouble: str, measure: str) -> None:
    assert ("PROBLEM", trouble) in units(text)
    assert ("MEASURE", measure) in units(text)
    assert (measure, "ADDRESSES", trouble) in [one[:3] for one in links(text)]


@pytest.mark.parametrize(
    "text",
    [
        "针对这些问题，清溪县推行联防联巡。",
        "针对群众反映的问题，清溪县推行联防联巡。",
        "针对不同村的特点，清溪县推行联防联巡。",
        "为解决问题，修建水窖9口。",
        "坚持问题导向，清溪县推行联防联巡。",
        "一、对策建议\n（一）加强巡护。针对护林人手不足问题，建议增聘专员。",
        "干部说：“针对护林人手不足问题，开展培训。”",
        "干部说：“路修好了。针对护林人手不足问题，开展培训。”",
    ],
)
def test_what_names_no_trouble_of_its_own_gives_no_problem(text: str) -> None:
    assert "PROBLEM" not in [kind for kind, _ in units(text)]


def test_a_trouble_that_a_problem_of_the_document_says_is_that_problem() -> None:
    text = "一、存在问题\n（一）水源枯竭严重。\n（二）道路破损。\n二、主要做法\n（一）引水入村。为解决水源枯竭难题，铺设管网。"
    assert [quote for kind, quote in units(text) if kind == "PROBLEM"] == ["水源枯竭严重", "道路破损"]
    assert ("引水入村", "ADDRESSES", "水源枯竭严重") in [one[:3] for one in links(text)]
