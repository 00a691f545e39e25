"""Problem, measure, result, figure and recommendation lead to one another where words of the text say so."""

from __future__ import annotations

import re

import pytest

from ingest.extract.unit_links import rows
from tests.units.build import links

_EXAMPLES = [
    (name, words, wanted) for name in ("means", "achieved", "by_now", "aimed") for wanted in ("yes", "no") for words in rows()[name][wanted]
]


@pytest.mark.parametrize(("name", "words", "wanted"), _EXAMPLES)
def test_a_row_holds_for_its_own_examples_and_for_none_of_its_counter_examples(name: str, words: str, wanted: str) -> None:
    assert any(re.search(pattern, words) for pattern in rows()[name]["patterns"]) is (wanted == "yes")


@pytest.mark.parametrize(("words", "wanted"), [(words, wanted) for wanted in ("yes", "no") for words in rows()["these"][wanted]])
def test_words_that_point_back_name_no_trouble(words: str, wanted: str) -> None:
    assert (re.match(rows()["these"]["pattern"], words) is not None) is (wanted == "yes")


def test_common_words_stand_once() -> None:
    words = rows()["common"]["words"]
    assert len(words) == len(set(words))


def test_a_measure_addresses_the_problem_that_it_names() -> None:
    text = """一、存在问题
（一）抢修人手不足。
（二）水源枯竭严重。
二、主要做法
（一）公开招聘技术员。针对抢修人手不足的问题，全县公开招聘。
（二）铺设管网。为解决水源枯竭难题，引水入村。"""
    assert links(text) == [
        ("公开招聘技术员", "ADDRESSES", "抢修人手不足", "针对抢修人手不足的问题"),
        ("铺设管网", "ADDRESSES", "水源枯竭严重", "为解决水源枯竭难题"),
    ]


def test_these_problems_are_those_told_just_before() -> None:
    text = "过去，院落设施老旧、纠纷多。\n为破解这些难题，清溪社区党委推行轮值议事，设立说事点。"
    assert [(relation, target) for _, relation, target, _ in links(text)] == [("ADDRESSES", "过去，院落设施老旧、纠纷多")]


def test_a_measure_achieves_the_result_below_it_by_words_of_consequence() -> None:
    text = "一、主要做法\n（一）组建抢修队。通过集中培训，有效缩短了抢修用时。\n（二）推行坐班制。截至6月底，累计化解纠纷36起。"
    assert [(start, relation, cue) for start, relation, _, cue in links(text) if relation == "ACHIEVES"] == [
        ("组建抢修队", "ACHIEVES", "通过集中培训"),
        ("推行坐班制", "ACHIEVES", "化解"),
    ]


def test_a_result_is_measured_by_its_own_figures_only() -> None:
    text = "一、主要做法\n（一）组建调解队。聘请调解员12名，化解纠纷36起，群众满意度达到97%。"
    measured = [target for _, relation, target, _ in links(text) if relation == "MEASURED_BY"]
    assert len(measured) == 2
    assert not any("调解员" in target for target in measured)


def test_advice_answers_the_problem_at_its_place_in_an_equally_long_list() -> None:
    text = """一、存在问题
1.账目公开不及时。
2.巡查频次偏少。
二、对策建议
1.建立账目月报。
2.固定巡查日。"""
    assert links(text) == [
        ("建立账目月报", "ANSWERS", "账目公开不及时", "账目"),
        ("固定巡查日", "ANSWERS", "巡查频次偏少", "巡查"),
    ]


def test_advice_answers_a_problem_by_words_that_only_they_share() -> None:
    text = "一、存在问题\n1.护林专员年龄偏大。\n2.防火通道损毁。\n3.台账缺项。\n二、对策建议\n1.轮训护林专员。\n2.修复通道。"
    assert ("轮训护林专员", "ANSWERS", "护林专员年龄偏大", "护林专员") in links(text)


@pytest.mark.parametrize(
    "text",
    [
        "一、存在问题\n1.人才工作机制不健全。\n二、对策建议\n1.完善服务机制。",  # only words that stand everywhere
        "一、主要做法\n（一）组建抢修队。针对管网老化问题，逐段更换。",  # no problem of the document is meant
        "一、存在问题\n1.巡查频次偏少。\n二、工作成效\n1.环境面貌焕然一新。",
        "截至目前，化解纠纷多起。",
        "一、主要做法\n（一）组建抢修队。购置设备12台。",
    ],
)
def test_there_is_no_link_without_a_cue(text: str) -> None:
    assert links(text) == []
