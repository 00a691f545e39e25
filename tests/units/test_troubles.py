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


MIXED = (
    "一、主要做法\n（一）组建巡护队伍。全乡组建队伍三支。\n二、{heading}\n"
    "目前还存在管护资金不足的问题，每年缺口约4万元。建议设立专项资金，每村每年不少于2万元。"
)


@pytest.mark.parametrize("heading", ["问题与建议", "不足及对策", "存在问题和建议", "困难与诉求"])
def test_a_heading_of_troubles_and_advice_is_no_unit(heading: str) -> None:
    found = units(MIXED.format(heading=heading))
    assert heading not in [quote for _, quote in found]
    assert ("PROBLEM", True) in [(kind, "管护资金不足" in quote) for kind, quote in found]
    assert not any(kind == "RESULT" for kind, _ in found)


@pytest.mark.parametrize("heading", ["成效与问题", "成绩和不足", "总结与展望", "结语"])
def test_a_heading_that_only_names_its_section_is_no_unit(heading: str) -> None:
    assert heading not in [quote for _, quote in units(MIXED.format(heading=heading))]


@pytest.mark.parametrize(
    "sentence",
    [
        "目前还存在管护资金不足的问题，每年缺口约4万元。",
        "但全乡仍存在用水困难的现象，涉及农户120户。",
        "截至目前，仍存在人手短缺的难题，缺员31名。",
    ],
)
def test_what_is_still_wrong_is_a_problem_whatever_it_counts(sentence: str) -> None:
    assert [kind for kind, quote in units(f"东岭乡组建巡护队伍三支。\n{sentence}") if "存在" in quote] == ["PROBLEM"]


def test_what_was_wrong_and_is_mended_is_none() -> None:
    found = units("东岭乡组建巡护队伍三支。\n截至目前，已整改存在的安全隐患120处。")
    assert not any(kind == "PROBLEM" for kind, _ in found)
