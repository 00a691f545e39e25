"""Figures that only describe what is counted, numbers that stand in unusual company, and what is a rank, a class or an age."""

from dataclasses import replace

import pytest

from archive.records import Mention
from archive.text import Span
from ingest.extract.statistics import find_statistics
from tests.statistics.build import document, read


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # the first figure describes
        ("3000万元以上工业项目75个。", [(75, "个", "3000万元以上工业项目")]),
        ("年产值2000万元以上的企业达18家。", [(18, "家", "年产值2000万元以上的企业")]),
        ("50亩以上种植大户136户。", [(136, "户", "50亩以上种植大户")]),
        ("全镇20~29岁111人，30～39岁156人。", [(111, "人", "20~29岁"), (156, "人", "30~39岁")]),
        ("60—69岁老人每人每月补贴30元。", [(30, "元", "60-69岁老人每人每月补贴")]),
        ("5万元至10万元的82个。", [(82, "个", "5万元至10万元")]),
        ("0.5公里以上的产业路32条。", [(32, "条", "0.5公里以上的产业路")]),
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
        ("点击量突破百万次。", [(1000000, "次", "点击量")]),
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
        "千万别忘记，百万富翁来了。",
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


PLACES = ("东岭镇", "西坪乡", "柳河镇", "白塔镇", "河湾村", "石桥村")


def read_with_places(text: str) -> list[tuple[float, str | None]]:
    found = [Mention(key=name, span=Span(at, at + len(name))) for name in PLACES if (at := text.find(name)) >= 0]
    doc = find_statistics(replace(document(text), mentions=tuple(found)))
    return [(item.value, item.subject) for item in doc.statistics]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("河湾村96亩、石桥村150亩蔬菜大棚建成。", [(96, "蔬菜大棚"), (150, "蔬菜大棚")]),
        ("苹果种植面积12万亩，其中东岭镇3万亩、西坪乡2万亩。", [(value, "苹果种植面积") for value in (120000, 30000, 20000)]),
        ("面积最大的是柳河镇7210亩，其次是白塔镇5638亩。", [(7210, None), (5638, None)]),
        ("柳河镇12个村、白塔镇8个村。", [(12, "村"), (8, "村")]),
        ("白塔镇投入资金200万元。", [(2000000, "资金")]),
        ("河湾村426户。", [(426, None)]),
        ("茶叶产值增长12%，白塔镇增长8%。", [(12, "茶叶产值增长"), (8, "茶叶产值增长")]),
    ],
)
def test_a_place_is_not_what_a_figure_counts(text: str, wanted: list[tuple[float, str | None]]) -> None:
    assert read_with_places(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("全市工业实现增加值100亿元，增长6%。", ["工业增加值", "工业增加值增长"]),
        ("规模以上工业企业实现利润3亿元。", ["规模以上工业企业利润"]),
        ("全县完成固定资产投资43亿元。", ["固定资产投资"]),
        ("破获刑事案件312起，抓获犯罪嫌疑人426名。", ["刑事案件", "犯罪嫌疑人"]),
        ("拆除违建1.2万平方米，疏散群众300余人。", ["违建", "群众"]),
        ("配备网格员近400人，聘请专家约20名。", ["网格员", "专家"]),
        ("设有1个网格长、3名街巷长。", ["网格长", "街巷长"]),
        ("选拔12名社区正职。", ["社区正职"]),
        ("男性1.8万人，女性1.7万人，分别占51.4%和48.6%。", ["男性", "女性", "男性占比", "女性占比"]),
        ("产值增长1.5倍，环比增长12%。", ["产值增长", "产值增长"]),
        ("2023年新建公路56公里，2024年计划新建80公里。", ["公路", "公路"]),
        ("减贫1.26万户4.3万人。", ["减贫", "减贫"]),
        ("建成5G基站312个。", ["5G基站"]),
        ("年均气温12.6℃，无霜期210天。", ["年均气温", "无霜期"]),
        ("审批时限由20天压缩至5天。", ["审批时限", "审批时限"]),
        ("由15名老党员、8名乡贤组成的调解队。", ["老党员", "乡贤"]),
        ("村里共有党员42名，其中流动党员19名。", ["党员", "流动党员"]),
        ("养老机构28家，床位3260张，其中公办21家、民办7家。", ["养老机构", "床位", "公办养老机构", "民办养老机构"]),
        ("32名县级领导包联186个村。", ["县级领导", "村"]),
        ("全镇6个村共1.3万人。", ["村", "村"]),
        # verbs that tell what is counted, and nouns that only begin like them
        ("抓获34人。", ["抓获"]),
        ("合作社种植辣椒1200亩。", ["辣椒"]),
        ("桥长326米。", ["桥长"]),
        ("财政收入完成12亿元。", ["财政收入"]),
    ],
)
def test_a_verb_leads_to_its_noun_and_a_sum_keeps_its_sector(text: str, wanted: list[str]) -> None:
    assert [item.subject for item in read(text).statistics] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("计划投资3亿元，实际完成3.6亿元。", "PLANNED ACTUAL"),
        ("每网格100-300户。", "REQUIRED"),
        ("每个网格设1名网格长。", "REQUIRED"),
        ("落实际遇之策，计划投资3亿元。", "PLANNED"),
        ("全县网格120个，覆盖3600户。", "ACTUAL ACTUAL"),
    ],
)
def test_what_was_really_done_is_told_from_what_was_planned(text: str, wanted: str) -> None:
    assert " ".join(item.status.value for item in read(text).statistics) == wanted
