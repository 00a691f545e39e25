"""Counts below heads that name little (户数) where rows are places, heads that are classes of ages; what is left out is counted."""

from __future__ import annotations

import pytest

from tests.tables.support import Part, document, show


def figures(*parts: Part) -> list[str]:
    return [f"{item.place or '-'}: {show(item)}" for item in document(*parts).statistics]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(["乡镇|户数|人口（人）", "古陶镇|50|130"], ["古陶镇: 户数 50 户", "古陶镇: 人口 130 人"], id="households"),
        pytest.param(["乡镇|户数（户）|人口（人）", "古陶镇|50|130"], ["古陶镇: 户数 50 户", "古陶镇: 人口 130 人"], id="with a unit"),
        pytest.param(["乡镇|人数|资金（元）", "古陶镇|50|130"], ["古陶镇: 人数 50 人", "古陶镇: 资金 130 元"], id="persons"),
        pytest.param(["乡镇|件数|办结率", "古陶镇|50|98%"], ["古陶镇: 件数 50 件", "古陶镇: 办结率 98 %"], id="cases"),
        pytest.param(["乡镇|金额（万元）|户数", "古陶镇|5|13"], ["古陶镇: 金额 50000 元", "古陶镇: 户数 13 户"], id="money"),
        pytest.param(["乡镇|行政村（个）|社区（个）", "古陶镇|5|3"], ["古陶镇: 行政村 5 个", "古陶镇: 社区 3 个"], id="heads of labels"),
    ],
)
def test_a_head_that_says_only_how_many_names_the_figures_of_places(rows: list[str], expected: list[str]) -> None:
    assert figures("平遥县2023年情况", rows) == expected
    assert document("平遥县2023年情况", rows).warnings == ()


def test_a_row_of_a_place_that_no_list_knows_keeps_its_head() -> None:
    rows = ["乡镇|户数|人口", "古陶镇|50|130", "某某镇|40|90"]
    assert figures("平遥县2023年情况", rows)[2:] == ["平遥县: 某某镇户数 40 户", "平遥县: 某某镇人口 90 人"]


def test_the_title_names_what_households_are_of_in_known_and_unknown_places() -> None:
    found = figures("平遥县2023年脱贫户数统计表", ["乡镇|户数", "古陶镇|50", "某某镇|40"])
    assert found == ["古陶镇: 脱贫户数 50 户", "平遥县: 某某镇脱贫户数 40 户"]


def test_a_head_that_says_only_how_many_adds_nothing_to_a_label_that_names_something() -> None:
    assert figures("平遥县2023年情况", ["类别|人数", "党员|278", "团员|40"]) == ["平遥县: 党员 278 人", "平遥县: 团员 40 人"]


@pytest.mark.parametrize(
    ("rows", "number"),
    [
        pytest.param(["乡镇|数量|人口（人）", "古陶镇|50|130"], "1 figure", id="a head that names nothing"),
        pytest.param(["乡镇|数值|人口（人）", "古陶镇|50|130", "段村镇|40|90"], "2 figures", id="two rows"),
    ],
)
def test_figures_that_nothing_names_are_counted(rows: list[str], number: str) -> None:
    found = document("平遥县2023年情况", rows)
    assert {item.subject for item in found.statistics} == {"人口"}
    assert found.warnings == (f"table 1 does not say what is counted, or of which row: {number} left out",)


AGES = ["地区|总人口|其中|^|^|比重（%）|^|^", "||0-14岁|15-59岁|60岁及以上|0-14岁|15-59岁|60岁及以上", "|（人）|（人）|（人）|（人）|||"]


def test_classes_of_ages_below_a_merged_head_are_heads_and_name_their_figures() -> None:
    assert figures("平遥县分年龄人口情况（2023年末）", [*AGES, "古陶镇|100|15|60|25|15|60|25"]) == [
        "古陶镇: 总人口 100 人",
        "古陶镇: 0-14岁人口 15 人",
        "古陶镇: 15-59岁人口 60 人",
        "古陶镇: 60岁及以上人口 25 人",
        "古陶镇: 0-14岁人口占比 15 %",
        "古陶镇: 15-59岁人口占比 60 %",
        "古陶镇: 60岁及以上人口占比 25 %",
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            ["乡镇|0-6岁|7-17岁|18周岁以上", "古陶镇|5|6|7"],
            ["古陶镇: 0-6岁残疾人 5", "古陶镇: 7-17岁残疾人 6", "古陶镇: 18周岁以上残疾人 7"],
            id="one row of heads",
        ),
        pytest.param(
            ["乡镇|50亩以下|50-100亩|100亩以上", "古陶镇|5户|6户|7户"],
            ["古陶镇: 50亩以下残疾人 5 户", "古陶镇: 50-100亩残疾人 6 户", "古陶镇: 100亩以上残疾人 7 户"],
            id="areas",
        ),
        pytest.param(["年龄段|0-14岁|15-59岁", "人口|5|6"], ["平遥县: 人口0-14岁 5 人", "平遥县: 人口15-59岁 6 人"], id="classes of a row"),
    ],
)
def test_classes_are_heads_wherever_figures_stand_below_them(rows: list[str], expected: list[str]) -> None:
    assert figures("平遥县2023年残疾人统计表", rows) == expected


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(["项目|最低|最高", "高龄补贴|500元以上|1000元以下"], id="a standard"),
        pytest.param(["指标|数量|标准", "走访|5-15户|10户以上", "培训|3-5次|4次以上"], id="rows of ranges"),
    ],
)
def test_ranges_beside_a_label_stay_figures(rows: list[str]) -> None:
    assert len(document("平遥县2023年标准", rows).statistics) == 2 * (len(rows) - 1)
