"""The headings and leads of one series come out alike, and results that nobody counts are found like those with figures."""

from __future__ import annotations

import pytest

from ingest.extract.unit_cues import wording_of
from tests.units.build import units


@pytest.mark.parametrize(
    "lead",
    [
        "服务网络初步形成",
        "治理体系基本建立",
        "工匠精神不断彰显",
        "经营方式有所创新",
        "签约服务全面铺开",
        "融资渠道不断拓宽",
        "文化供给更加充实",
        "基础设施日趋完善",
        "创业氛围愈发浓厚",
        "“三增三减”目标初步实现",
    ],
)
def test_a_lead_that_says_what_came_about_is_a_result(lead: str) -> None:
    worded = wording_of(lead)
    assert worded is not None
    assert worded[0].value == "RESULT"


@pytest.mark.parametrize("lead", ["创新经营方式", "不断拓宽融资渠道", "全面铺开签约服务", "初步设想", "强化投入，设施日趋完善"])
def test_a_lead_that_says_what_was_done_is_none(lead: str) -> None:
    worded = wording_of(lead)
    assert worded is None or worded[0].value != "RESULT"


def test_numbered_leads_of_one_survey_come_out_alike() -> None:
    text = """一、基本情况
全县有林场6个。
（一）管护网络初步形成。现有护林站52个。
（二）林区道路基本贯通。建成防火通道210公里。
（三）林农收入逐步提高。人均林业收入6100元。
二、存在的问题
（一）苗木品种单一。"""
    assert [kind for kind, quote in units(text) if len(quote) < 12] == ["RESULT", "RESULT", "RESULT", "PROBLEM"]


def test_an_undecided_item_goes_with_its_siblings_and_an_action_stays_one() -> None:
    text = """一、2025年工作回顾
（一）聚力城乡统筹，乡镇面貌持续改善。整治巷道120条。
（二）聚力教育均衡，校园内外皆有新貌。新建操场9个。
（三）聚力生态增绿，河湖水质稳步提升。
（四）加强应急值守。组建抢险队14支。"""
    assert [kind for kind, quote in units(text) if len(quote) < 20 and not any(sign.isdigit() for sign in quote)] == [
        "RESULT",
        "RESULT",
        "RESULT",
        "MEASURE",
    ]


def test_labels_of_a_survey_stay_out_beside_one_result() -> None:
    text = """一、基本情况
（一）机构与人员。现有站所9个。
（二）经费来源。每年80万元。
（三）服务水平逐步提高。年接待2万人次。
（四）管理方式。分级管理。"""
    assert [quote for _, quote in units(text)] == ["服务水平逐步提高"]


@pytest.mark.parametrize("heading", ["取得成效", "主要成效"])
def test_unmarked_leads_under_an_unmarked_heading_after_items_are_all_results(heading: str) -> None:
    text = f"""柳溪县地处山区，近年来着力推动林下经济。
主要做法
第一，统一苗木供应，从源头把关。设立育苗点12个，编制育苗手册，常年供应灵芝、黄精、天麻等苗木，由林业站逐批检验登记。
第二，统一技术指导，让林农放心。组建技术小组7个，逐户上门查看，编印口袋书，开通咨询电话，随叫随到。
{heading}
林下产业初具规模。全县林下种植面积由2万亩增加到6.4万亩。
林农腰包鼓了起来。2024年林农人均林业收入9800元。
护林意识不断彰显。全年接待外县考察团37批次。
经验启示
一是必须坚持因地制宜。
二是必须坚持林农自愿。"""
    found = units(text)
    for lead in ("林下产业初具规模", "林农腰包鼓了起来", "护林意识不断彰显"):
        assert ("RESULT", lead) in found
    assert [quote for kind, quote in found if kind == "EXPERIENCE"] == ["必须坚持因地制宜", "必须坚持林农自愿"]


@pytest.mark.parametrize(
    "sentence", ["全县村卫生室医保结算实现全覆盖", "乡镇消防站建设实现“全覆盖”", "茶农合作社入社户达412户，去年户均分红8600元"]
)
def test_a_state_reached_is_a_result(sentence: str) -> None:
    text = f"一、主要做法\n（一）强化保障。成立工作专班。{sentence}。\n（二）压实责任。"
    assert any(kind == "RESULT" and sentence.endswith(quote) for kind, quote in units(text))


@pytest.mark.parametrize("sentence", ["力争医保结算实现全覆盖", "要推动站点实现全覆盖", "采取“保底+分红”的办法"])
def test_a_state_aimed_at_is_none(sentence: str) -> None:
    text = f"一、主要做法\n（一）强化保障。成立工作专班。{sentence}。\n（二）压实责任。"
    assert "RESULT" not in [kind for kind, _ in units(text)]


def test_every_heading_of_an_unmarked_series_is_one_the_first_too() -> None:
    text = """三月的淮北平原，麦苗返青，渠水潺潺，一派春耕备耕的繁忙景象。
留住“会呼吸的好土”
“这块田去年每亩多打了60斤。”技术员抓起一把土说，脸上满是笑容。
给水渠装上“大脑”
青川县水渠总长1800公里，闸门全部联网，水位流量一目了然，开关闸门不必再跑路。
把秸秆变成“金条”
青川县延伸秸秆利用链条，全县秸秆加工厂19家，年消化秸秆45万吨。
一方塘“养”出好日子
全村有鱼塘420亩，塘边种菜，塘里养鱼，家家户户都有活干。"""
    found = units(text)
    for heading in ("留住“会呼吸的好土”", "给水渠装上“大脑”", "把秸秆变成“金条”", "一方塘“养”出好日子"):
        assert ("MEASURE", heading) in found


def test_two_short_lines_are_no_series() -> None:
    text = """三月的淮北平原，麦苗返青，渠水潺潺。
春风又绿
田里的人多了起来，路边的车也多了起来，到处热热闹闹。
又是一年好光景
夜里下了一场小雨，天亮时雨停了，地里的墒情正好。"""
    assert units(text) == []
