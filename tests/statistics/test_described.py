"""Figures that only describe what is counted, numbers that stand in unusual company, and what is a rank, a class or an age."""

import pytest

from tests.statistics.build import read


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # the first figure describes
        ("3000万元以上工业项目75个。", [(75, "个", "3000万元以上工业项目")]),
        ("年产值2000万元以上的企业达18家。", [(18, "家", "年产值2000万元以上的企业")]),
        ("50亩以上种植大户136户。", [(136, "户", "50亩以上种植大户")]),
        ("全镇20~29岁111人，30～39岁156人。", [(111, "人", "20~29岁"), (156, "人", "30~39岁")]),
        ("60—69岁老人每人每月补贴30元。", [(30, "元", "60-69岁老人每人每月补贴")]),
        # roads by kind, not by number
        ("县道38公里、乡道52公里、村道36.5公里。", [(38, "公里", "县道"), (52, "公里", "乡道"), (36.5, "公里", "村道")]),
        ("共有国道126 公里，高速公路88公里。", [(126, "公里", "国道"), (88, "公里", "高速公路")]),
        # a numeral character of another word before the digits
        ("组建宣讲队伍8支。", [(8, "支", "宣讲队伍")]),
        ("12支巡逻队伍96人。", [(12, "支", "巡逻队伍"), (96, "人", "巡逻队伍")]),
        # people without a measure word
        ("让16.4万农村人口喝上自来水。", [(164000, "人", "农村人口")]),
        ("惠及5000余建档立卡贫困群众。", [(5000, "人", "建档立卡贫困群众")]),
        ("六成的村民参加了合作社。", [(60, "%", "村民")]),
        # nearly a hundred
        ("上百名志愿者参加。", [(100, "名", "志愿者")]),
        ("近千亩荒山披绿。", [(1000, "亩", "荒山")]),
        ("吸引近万名游客。", [(10000, "名", "游客")]),
        # signs
        ("进出口总额同比-5.6%。", [(-5.6, "%", "进出口总额同比")]),
        ("全镇共有人口３２，６５０人。", [(32650, "人", "人口")]),
    ],
)
def test_what_is_counted_is_told_from_what_describes_it(text: str, wanted: list[tuple[float, str, str]]) -> None:
    assert [(item.value, item.unit, item.subject) for item in read(text).statistics] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "表彰前10名的网格员。",
        "成绩进入全市前三名。",
        "跻身全省前20强。",
        "八年级3班的同学。",
        "20—35岁的青年。",
        "26至40岁妇女参加。",
        "从教30年的老师退休了。",
        "从警12年的民警。",
        "S305省道、X012县道、国道107线。",
        "沿省道305两侧。",
        "晚上百名群众。",
        "数百人参加，几十家企业入驻。",
        "附近千家企业。",
        "5万元以下的小额贷款免抵押。",
    ],
)
def test_ranks_ages_classes_and_road_numbers_are_no_figures(text: str) -> None:
    assert read(text).statistics == ()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("投入500万元以上，改造小区12个。", [(5000000, "AT_LEAST"), (12, "EXACT")]),
        ("投入500万元以上建设项目12个。", [(5000000, "AT_LEAST"), (12, "EXACT")]),
        ("目前12名网格员上岗。", [(12, "EXACT")]),
        ("最多可贷50万元。", [(500000, "AT_MOST")]),
        ("上万名群众受益。", [(10000, "ABOUT")]),
        ("共有１２，其余３００户。", [(300, "EXACT")]),
        ("建成标准化教室8间、12班幼儿园1所。", [(8, "EXACT"), (12, "EXACT"), (1, "EXACT")]),
    ],
)
def test_figures_that_look_like_descriptions_still_count(text: str, wanted: list[tuple[float, str]]) -> None:
    assert [(item.value, item.qualifier.value) for item in read(text).statistics] == wanted
