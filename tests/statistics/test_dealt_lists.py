"""What 分别 deals out: periods, places and subjects, one a figure, and never those of another sentence."""

import pytest

from ingest.extract.places import find_places
from ingest.extract.statistics import find_statistics
from tests.statistics.build import document, read

PERIODS = [
    (
        "全乡耕地2.1万亩，灌溉率64.5%，争取资金300万元。全乡2020年、2021年、2022年分别修建水渠7公里、9公里、11公里。",
        "水渠",
        ["2020", "2021", "2022"],
    ),
    ("近年来，南沟乡2019年、2020年分别脱贫64户、38户。", "脱贫", ["2019", "2020"]),
    ("2019年、2020年和2021年，分别改造老旧小区8个、11个和16个。", "老旧小区", ["2019", "2020", "2021"]),
    ("2021年、2022年油料产量分别为1.2万吨和1.3万吨。", "油料产量", ["2021", "2022"]),
    ("肉羊存栏2021年和2022年分别为12万只、13万只。", "肉羊存栏", ["2021", "2022"]),
    ("2019、2020、2021年分别栽植茶树400亩、650亩、900亩。", "茶树", ["2019", "2020", "2021"]),
    ("2021和2022年分别栽植茶树400亩、650亩。", "茶树", ["2021", "2022"]),
    ("2021年和2022年，全县分别有12个村和15个村退出。", "村", ["2021", "2022"]),
    ("2020年新建公厕12座；2021年、2022年分别新建15座、18座。", "公厕", ["2021", "2022"]),
    # a range of as many years as figures
    ("全镇2021年至2023年集体经济收入分别为320万元、410万元和560万元。", "集体经济收入", ["2021", "2022", "2023"]),
    ("集体经济收入2021年至2023年分别为320万元、410万元和560万元。", "集体经济收入", ["2021", "2022", "2023"]),
    ("2022至2023年分别修建水渠12、15公里。", "水渠", ["2022", "2023"]),
    ("2021—2023年，分别脱贫120户、85户、32户。", "脱贫", ["2021", "2022", "2023"]),
    ("从2021年到2022年，分别修建水渠12公里、15公里。", "水渠", ["2021", "2022"]),
    # a range of fewer or of more, of months, or beside a list of what is counted
    ("2021年至2023年分别修建水渠12公里、15公里。", "水渠", ["2021/2023"] * 2),
    ("2021年至2022年分别修建水渠12公里、15公里、9公里。", "水渠", ["2021/2022"] * 3),
    ("2021年1月至2月分别修建水渠12公里、15公里。", "水渠", ["2021-01/2021-02"] * 2),
]


@pytest.mark.parametrize(
    "text",
    [
        "2021年至2022年粮食产量和油料产量分别为320吨、410吨。",
        "2021年至2022年，水稻、玉米分别种植320亩、410亩。",
        "2021年至2022年城乡居民人均收入分别增长5%、6%。",
        "全县有敬老院12所、床位3200张，2021年至2022年分别增长20%和15%。",
        "2021年至2022年，研城街道、马踏镇分别救助62户、55户。",
    ],
)
def test_a_range_of_years_holds_for_all_where_something_else_is_dealt_out(text: str) -> None:
    assert [item.period for item in read(text).statistics[-2:]] == ["2021/2022"] * 2


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("分别于2021年、2022年建成敬老院1所和幸福食堂3个。", [("敬老院", "2021"), ("幸福食堂", "2022")]),
        ("南沟乡分别在2021年和2022年建成敬老院1所、幸福食堂3个。", [("敬老院", "2021"), ("幸福食堂", "2022")]),
        ("分别于2020年、2021年、2022年建成公厕1座、2座、4座。", [("公厕", "2020"), ("公厕", "2021"), ("公厕", "2022")]),
        # more figures than years, and a year that is no list
        ("分别于2021年、2022年建成敬老院1所、幸福食堂3个和公厕5座。", [("敬老院", "2022"), ("幸福食堂", "2022"), ("公厕", "2022")]),
        ("分别于2022年建成敬老院1所、幸福食堂3个。", [("敬老院", "2022"), ("幸福食堂", "2022")]),
    ],
)
def test_periods_behind_the_word_are_dealt_out_as_well(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(item.subject, item.period) for item in read(text).statistics] == wanted


@pytest.mark.parametrize(("text", "subject", "periods"), PERIODS, ids=[text for text, *_ in PERIODS])
def test_each_figure_has_the_period_that_is_dealt_out_to_it(text: str, subject: str, periods: list[str]) -> None:
    dealt = read(text).statistics[-len(periods) :]
    assert [(item.subject, item.period) for item in dealt] == [(subject, period) for period in periods]


def test_a_further_list_of_the_sentence_has_the_same_periods() -> None:
    text = "2021年、2022年分别修建水渠7公里、9公里，分别投入52万元、70万元。"
    assert [(item.subject, item.period) for item in read(text).statistics] == [
        ("水渠", "2021"),
        ("水渠", "2022"),
        ("投入", "2021"),
        ("投入", "2022"),
    ]


def test_each_figure_has_the_place_that_is_dealt_out_to_it() -> None:
    text = "井研县共有保洁员412名，清运率98%。研城街道、马踏镇、竹园镇分别建成养老驿站6个、4个、3个。"
    found = find_statistics(find_places(document(text))).statistics[2:]
    assert [(item.subject, item.value, item.place) for item in found] == [
        ("养老驿站", 6, "研城街道"),
        ("养老驿站", 4, "马踏镇"),
        ("养老驿站", 3, "竹园镇"),
    ]


SUBJECTS = [
    ("城镇、农村居民人均消费支出分别达到21000元、13000元。", ["城镇居民人均消费支出", "农村居民人均消费支出"]),
    ("全县有敬老院12所、床位3200张，分别增长20%和15%。", ["敬老院", "床位", "敬老院增长", "床位增长"]),
    ("中学、小学教师分别为120人和300人。", ["中学教师", "小学教师"]),
    ("水库4座、山塘31口。示范村、重点村分别有12个、8个。", ["水库", "山塘", "示范村", "重点村"]),
]


@pytest.mark.parametrize(("text", "subjects"), SUBJECTS)
def test_subjects_are_dealt_out(text: str, subjects: list[str]) -> None:
    assert [item.subject for item in read(text).statistics] == subjects


@pytest.mark.parametrize(
    "text",
    [
        "全镇绿化率72.4%，企业41家。茶园、果园、竹林分别扩建90亩、120亩、60亩。",
        "全镇绿化率72.4%，企业41家。近两年分别修建水渠7公里、9公里。",
        "全镇绿化率72.4%，企业41家，存款3亿元。2020年、2021年和2022年，分别救助62户、55户和49户。",
        "全镇绿化率72.4%，企业41家，存款3亿元。东山镇、西河镇和南湾乡分别救助62户、55户和49户。",
    ],
)
def test_subjects_of_another_sentence_are_never_dealt_out(text: str) -> None:
    figures = read(text).statistics
    earlier = {item.subject for item in figures if item.span.start < text.index("。")}
    assert len(earlier) > 1
    assert not earlier & {item.subject for item in figures if item.span.start > text.index("。")}


def test_a_comparison_deals_out_no_periods() -> None:
    text = "2023年全县小麦、玉米亩产比2021年、2022年分别增加21公斤和35公斤。"
    one, other = read(text).statistics
    assert one.period == other.period


def test_places_that_are_dealt_out_leave_the_period_alone() -> None:
    text = "研城街道、马踏镇2022年分别建成养老驿站6个、4个。"
    assert [(item.place, item.period) for item in find_statistics(find_places(document(text))).statistics] == [
        ("研城街道", "2022"),
        ("马踏镇", "2022"),
    ]
