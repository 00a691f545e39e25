"""What is a figure, what is none, and how exactly it is stated."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract.statistic_figures import BEFORE, BEGIN_BEFORE
from tests.statistics.build import read

FOUND = [
    ("解决矛盾纠纷60余次。", [(60, "次", "MORE_THAN")]),
    ("服务群众18万余人次。", [(180000, "人次", "MORE_THAN")]),
    ("落实项目资金5000多万元。", [(50000000, "元", "MORE_THAN")]),
    ("整合资金617.478万元。", [(6174780, "元", "EXACT")]),
    ("网格员1.6万名。", [(16000, "名", "EXACT")]),
    ("财政收入1,234.5万元。", [(12345000, "元", "EXACT")]),
    ("投资２．５亿元，占６０％。", [(250000000, "元", "EXACT"), (60, "%", "EXACT")]),
    ("近300人参加活动。", [(300, "人", "ABOUT")]),
    ("每年走访不少于5次。", [(5, "次/年", "AT_LEAST")]),
    ("满意度达90%以上。", [(90, "%", "AT_LEAST")]),
    ("增长8%左右。", [(8, "%", "ABOUT")]),
    ("参训学员超过200人。", [(200, "人", "MORE_THAN")]),
    ("办结时间不超过3天。", [(3, "天", "AT_MOST")]),
    ("服务半径15公里以内。", [(15, "公里", "AT_MOST")]),
    ("每月集中研究一次重点问题。", [(1, "次/月", "EXACT")]),
    ("百分之八十的农户。", [(80, "%", "EXACT")]),
    ("自然增长率为百分之零点五。", [(0.5, "%", "EXACT")]),
    ("近6成群众受益。", [(60, "%", "ABOUT")]),
    ("四分之一的耕地撂荒。", [(25, "%", "EXACT")]),
    ("提高2.3个百分点。", [(2.3, "百分点", "EXACT")]),
    ("人口6.6万，分布在山区。", [(66000, "人", "EXACT")]),
    ("覆盖5.7万人口。", [(57000, "人", "EXACT")]),
    ("带动一百二十户增收。", [(120, "户", "EXACT")]),
    ("召开会议十余次。", [(10, "次", "MORE_THAN")]),
    ("全镇共有三户监测户。", [(3, "户", "EXACT")]),
    ("援藏3批次29人。", [(3, "批次", "EXACT"), (29, "人", "EXACT")]),
    ("今年共吸纳2008人就业。", [(2008, "人", "EXACT")]),
    ("社区工作者达到1795名。", [(1795, "名", "EXACT")]),
    ("“我家去年挣了6万多元，今年还要多种。”他说。", [(60000, "元", "MORE_THAN")]),
    ("海拔4300米，年均气温3.2℃。", [(4300, "米", "EXACT"), (3.2, "℃", "EXACT")]),
    ("村规民约44部。", [(44, "部", "EXACT")]),
    ("接到12345热线来电3200余件。", [(3200, "件", "MORE_THAN")]),
    ("补助标准每亩100元至150元。", [(100, "元", "RANGE")]),
    ("死亡率为0。", []),
    ("共投入3千元。", [(3000, "元", "EXACT")]),
    ("收获土豆2千克。", [(2, "千克", "EXACT")]),
]
NOTHING = [
    "打造“15分钟服务圈”。",
    "打造15分钟便民生活圈。",
    "实施“28+10”项目。",
    "形成1+2+N+X的共同体。",
    "推行1(县委)+2(党工委)+N模式。",
    "实施“四抓四强”行动，破解三大难题。",
    "打通“最后一公里”。",
    "构建五级架构，三级联动。",
    "第一书记驻村，第3次全会召开。",
    "一是抓组织，二是抓人才。",
    "2025年3月5日，会议召开。",
    "上午9点30分开会，20:15结束。",
    "〔2023〕5号文件第十二条。",
    "个贫困村出列个。",
    "深入学习二十大精神，贯彻中央第七次西藏工作座谈会精神。",
    "印发《某县2025年度3个行动方案》。",
    "提供24小时自助服务。",
    "网址为www.example.com/2023/45个。",
    "客服电话0471-3074922。",
    "联系QQ3074922707。",
    "58岁的老李坐在院里。",
    "五年来，干部群众齐心协力。",
    "近三年成效明显，过去5年变化很大。",
    "落实三项举措，把握三个关键，管理三支队伍。",
    "一次又一次的放牧巡逻。",
    "进一步统一思想，一张蓝图绘到底。",
    "国道318线、G5高速穿境而过。",
    "建成5G基站，评为4A级景区。",
    "推行“1名党员联系5户”做法。",
    "实施三年行动，编制十四五规划。",
    "万众一心，千方百计，百花齐放。",
    "两新组织、两委班子、两不愁三保障。",
    "新增名额和3名额外人员编制。",
    "使用2.0版本。",
    "东经110度25分，北纬36度。",
    "60岁的王大爷今年住进新房。",
    "7×24小时值守。",
    "GB18030标准。",
    "90后大学生返乡。",
    "乡镇年收入10万元以上的不多。",
    "上世纪80年代。",
    "3月到6月。",
    "7、 完善机制。",
    "图1 村容村貌，表2 统计。",
    "2021-2023年。",
    "2.3本项目由县里实施。",
]


@pytest.mark.parametrize(("text", "wanted"), FOUND, ids=[text for text, _ in FOUND])
def test_a_figure_is_read(text: str, wanted: list[tuple[float, str, str]]) -> None:
    assert [(item.value, item.unit, item.qualifier.value) for item in read(text).statistics] == wanted


@pytest.mark.parametrize("text", NOTHING)
def test_what_counts_nothing_yields_nothing(text: str) -> None:
    assert [item.quote for item in read(text).statistics] == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("每网格5-15户。", 5, 15),
        ("每个网格2—3名网格员。", 2, 3),
        ("年龄34到57岁。", 34, 57),
        ("增长10%至12%。", 10, 12),
        ("投资1～2万元。", 10000, 20000),
    ],
)
def test_a_range_has_both_ends(text: str, low: int, high: int) -> None:
    (item,) = read(text).statistics
    assert (item.value, item.max_value, item.qualifier.value) == (low, high, "RANGE")


def test_values_are_whole_numbers_where_the_print_is() -> None:
    assert [type(item.value) for item in read("资金617.478万元，占79.4%，共350人。").statistics] == [int, float, int]


@given(st.from_regex(BEFORE))
@settings(max_examples=150, deadline=None)
def test_words_before_a_figure_begin_with_one_of_their_characters(text: str) -> None:
    found = BEFORE.search(text)
    assert found is not None
    assert found[0][0] in BEGIN_BEFORE
