"""What is aimed at is advice, not done and not reached: the sections of goals in work reports, and plans in running text."""

from __future__ import annotations

import pytest

from ingest.extract.unit_cues import section_of
from tests.units.build import document, units


@pytest.mark.parametrize(
    "heading",
    [
        "2026年主要目标和重点任务",
        "2021年工作安排",
        "今后五年目标任务",
        "今后三年的总体要求和主要目标",
        "下一阶段重点工作",
        "下一步重点工作安排",
        "明年工作的总体要求和主要预期目标",
        "“十五五”时期主要目标任务",
        "未来五年奋斗目标",
        "2026年经济社会发展主要预期目标",
    ],
)
def test_a_heading_of_goals_only_names_a_section_of_advice(heading: str) -> None:
    section = section_of(heading)
    assert section is not None
    assert section.kind is not None
    assert (section.kind.value, section.firm) == ("RECOMMENDATION", True)


@pytest.mark.parametrize(
    "heading",
    ["2021年重点工作完成情况", "2021年工作回顾", "过去五年工作回顾", "坚持目标导向抓落实", "完成任务的主要做法", "明确目标任务"],
)
def test_a_heading_that_looks_back_or_names_content_is_none_of_advice(heading: str) -> None:
    section = section_of(heading)
    assert section is None or section.kind is None or section.kind.value != "RECOMMENDATION"


@pytest.mark.parametrize("heading", ["二、2026年主要目标和重点任务", "二、今后五年目标任务", "二、下一阶段重点工作"])
def test_below_goals_items_are_advice_and_figures_no_results(heading: str) -> None:
    text = f"""一、2025年工作回顾
（一）工业经济稳步提升。规上工业产值增长7.2%。
{heading}
主要预期目标是：粮食产量增长2%，城镇调查失业率下降0.3个百分点。
1.做强县域工业。技改投资增长12%以上，盘活闲置厂房不少于20万平方米。
2.办好民生实事。完成危桥改造14座、惠及村民3.1万人；自来水普及率由88%提升至95%以上。"""
    found = units(text)
    assert [(kind, quote) for kind, quote in found if text.index(quote) > text.index(heading)] == [
        ("RECOMMENDATION", "做强县域工业"),
        ("RECOMMENDATION", "办好民生实事"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "根据总体规划，到2031年，全县蓝莓面积达到5万亩，亩均增收2000元",
        "按照五年行动方案，到2029年底，义务教育巩固率提高到98%",
        "到2030年，全市绿色食品产值将突破90亿元，带动6万户增收",
    ],
)
def test_what_is_to_be_by_a_year_ahead_is_advice(sentence: str) -> None:
    assert [kind for kind, _ in units(f"城关镇推行错时服务，设立窗口8个。\n{sentence}。")] == ["MEASURE", "RECOMMENDATION"]


@pytest.mark.parametrize("sentence", ["到2022年底，全县贫困村已全部脱贫", "按照规划要求，全县贫困村已全部脱贫"])
def test_what_was_reached_by_a_year_past_is_a_result(sentence: str) -> None:
    assert [kind for kind, _ in units(f"{sentence}。")] == ["RESULT"]


def test_an_unmarked_section_heading_gives_its_kind_to_the_items_below() -> None:
    text = """取得成效
一是办事时限缩短。全部事项的平均用时由9天减至2天。
二是群众口碑见好。
存在不足
一是网点布局偏密。二是窗口人手偏紧。
下步打算
一是推动网点归并。计划减少网点6个。
二是轮换窗口人手。"""
    assert [(kind, quote) for kind, quote in units(text) if len(quote) < 12] == [
        ("RESULT", "办事时限缩短"),
        ("RESULT", "群众口碑见好"),
        ("PROBLEM", "网点布局偏密"),
        ("PROBLEM", "窗口人手偏紧"),
        ("RECOMMENDATION", "推动网点归并"),
        ("RECOMMENDATION", "轮换窗口人手"),
    ]


def test_an_unmarked_heading_does_not_reach_into_the_next_chapter() -> None:
    text = "一、管护现状\n存在问题\n一是管护不力。\n二、统一管护标准\n一是推行定期巡查。二是组建管护小组。"
    assert [one.kind.value for one in document(text).units if "巡查" in one.quote or "小组" in one.quote] == ["MEASURE", "MEASURE"]


def test_under_an_unmarked_heading_of_goals_no_sentence_is_a_result() -> None:
    text = """主要做法
推行集中配送。设立配送点31个，服务商户1200家。
下一步打算
明年配送成本下降15%，惠及商户2000家，群众满意度提高到97%。"""
    assert "RESULT" not in [kind for kind, quote in units(text) if text.index(quote) > text.index("下一步打算")]
