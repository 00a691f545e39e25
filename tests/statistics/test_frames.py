"""Which period a document, a section and a figure have: what is stated as the frame, what is only told of the past, what is aimed at."""

import pytest

from archive.records import Document
from tests.statistics.build import read

FRAMED = [
    ("2024年，全县坚持稳中求进，各项任务落实见效。新建公路35公里。", {}, "2024"),
    ("2025年上半年，全区聚焦重点工作。完成投资8亿元。", {}, "2025-H1"),
    ("全县各项工作稳步推进，取得新的进展。", {"title": "某县2022年林业工作总结"}, "2022"),
    ("全县各项工作稳步推进，取得新的进展。", {"kicker": "2022年度典型案例"}, "2022"),
    ("各位代表，请予审议。\n一、2023年工作回顾\n新建学校3所。\n二、2024年重点任务\n新建学校5所。", {}, "2023"),
]
FRAMED += [
    ("今年上半年，全县新增就业1200人。", {"published": "2024-07-05"}, "2024-H1"),
    (
        "清晨，老李推开院门，看见干部正在修建水渠和道路，几个邻居也赶来帮忙，大家有说有笑，场面十分热闹，直到中午才散去，谁也不觉得累，都说这是好事。\n今年上半年，该镇聚焦民生，修渠3公里。",
        {"published": "2024-07-05"},
        "2024-H1",
    ),
    ("今年一季度，全区扎实推进改革。修渠3公里。", {"published": "2025-04-15"}, "2025-Q1"),
]
NOT_FRAMED = [
    ("2022年以来，我县坚持党建引领。全县总人口33.6万人，辖11个乡镇。", {}),
    ("今年上半年，全县新增就业1200人。", {"published": "2024-05-05"}),
    ("今年上半年，全县新增就业1200人。", {}),
    (
        "老周是村里的茶农，家里有12亩茶园，每天天一亮就上山，忙到日头落山才回家，一年到头难得歇上几天，可他说心里踏实。\n今年前三季度，茶叶销售额增长三成以上。",
        {"published": "2023-11-05"},
    ),
    ("老李今年上半年收入3万元。", {"published": "2024-07-05"}),
    ("某县山高路远，2014年全县农民人均纯收入仅5200元，是重点帮扶县。近年来，该县种植食用菌1.2万亩。", {}),
    ("2018年，该县引入企业建设冷链物流园，占地300亩。", {}),
    ("2016年，全镇还有贫困户3200户。如今，村里有大棚260座。", {}),
    ("2012年全县森林覆盖率只有18%。", {"published": "2023-05-01"}),
    ("某县全面落实规划，各项任务取得进展。", {"kicker": "简报2023年第6期"}),
    ("到2027年，全县建成产业园12个。", {}),
]


@pytest.mark.parametrize(("text", "fields", "period"), FRAMED)
def test_a_stated_frame_is_the_period_of_the_document(text: str, fields: dict[str, str], period: str) -> None:
    assert read(text, **fields).period == period


@pytest.mark.parametrize(("text", "fields"), NOT_FRAMED)
def test_a_year_that_is_only_told_of_is_no_frame(text: str, fields: dict[str, str]) -> None:
    assert read(text, **fields).period is None


def periods(found: Document) -> list[str | None]:
    return [item.period for item in found.statistics]


def test_a_heading_gives_its_year_to_its_section() -> None:
    text = "一、2023年工作回顾\n新建学校3所。\n二、2024年重点任务\n新建学校5所，力争上半年开工率达到80%。"
    assert periods(read(text, title="某县2023年教育工作总结")) == ["2023", "2024", "2024-H1"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2021年，村里流转土地1800亩。目前，入驻企业18家。", ["2021", None]),
        ("2021年，村里引进龙头企业。全村流转土地1800亩。", [None]),
        ("到2028年，绿化率由现在的38%提高到42%，新增公园9个。", [None, "2028", "2028"]),
        ("一是抓硬件。到2026年，新建车间6个。二是抓人才。培训工匠300名。", ["2026", None]),
        ("2024年，全县围绕目标抓落实。一是修路。新建公路35公里。", ["2024"]),
        ("时限由15天压缩到7天。", [None, None]),
    ],
)
def test_a_period_reaches_as_far_as_it_is_meant(text: str, wanted: list[str | None]) -> None:
    assert periods(read(text)) == wanted


@pytest.mark.parametrize(
    ("text", "published", "wanted"),
    [
        ("今年上半年，全区接待游客62万人次。", "2024-08-02", "2024-H1"),
        ("今年3月至6月，共走访农户620户。", "2024-08-02", "2024-03/2024-06"),
        ("去年，合作社分红90万元。", "2024-08-02", "2023"),
        ("今年前三季度，销售额达6亿元。", "2023-11-08", "2023-01/2023-09"),
        ("今年，合作社分红90万元。", None, None),
        ("去年，合作社分红90万元。", None, None),
    ],
)
def test_this_year_is_that_of_publication(text: str, published: str | None, wanted: str | None) -> None:
    assert periods(read(text, published=published)) == [wanted]


def test_a_base_and_a_plan_do_not_inherit_the_reported_year() -> None:
    text = "参保率由91%提高到96%。计划新建校舍4栋。"
    assert periods(read(text, title="某县2023年工作总结")) == [None, "2023", None]


def test_what_stands_is_not_of_an_open_range_of_years() -> None:
    text = "2021年以来，全区深入推进治理。全区下辖9个街道，常住人口21万人。累计调解纠纷3200件。"
    assert periods(read(text)) == [None, None, "2021-"]
