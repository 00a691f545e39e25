"""Columns that only say how something grew: what of is told by the column they compare with, or by nothing."""

from __future__ import annotations

import pytest

from archive.findings import Direction
from tests.tables.support import document

TITLE = "平遥县2023年各乡镇情况"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(["乡镇|税收（万元）|2023年同比增长|户数", "古陶镇|50|6.5%|12"], "税收增长", id="year and growth"),
        pytest.param(["乡镇|人口（人）|税收（万元）|比上年增减%", "古陶镇|50|65|5.2"], "税收增长", id="the column right before"),
        pytest.param(["乡镇|税收（万元）|增幅（%）", "古陶镇|50|6.5"], "税收增长", id="one column"),
        pytest.param(["乡镇|人口（人）|增幅（%）|税收（万元）|增幅（%）", "古陶镇|50|1.5|65|5.2"], "人口增长 税收增长", id="in turns"),
        pytest.param(["乡镇|税收（万元）|^|^|户数", "|2022年|2023年|增幅（%）|", "古陶镇|50|65|30|5"], "税收增长", id="a group"),
        pytest.param(["指标|2022年|2023年|增幅（%）", "税收（万元）|50|65|30"], "税收增长", id="years of one thing"),
        pytest.param(["学校|学生（人）|教师（人）|同比增长（%）", "一小|50|65|2.3"], "一小教师增长", id="schools"),
        pytest.param(["学校|学生（人）|增幅（%）", "一小|50|2.3"], "一小学生增长", id="a school and one column"),
        pytest.param(["乡镇|税收（万元）|同比增长（%）|环比增长（%）", "古陶镇|50|6.5|2.5"], "税收增长 税收增长", id="two comparisons"),
        pytest.param(["乡镇|粮食产量（吨）|粮食产量同比增长（%）|备注", "古陶镇|50|6.5|无"], "粮食产量同比增长", id="said in full"),
        # nothing says of what
        pytest.param(["乡镇|增幅（%）|税收（万元）", "古陶镇|50|65"], "", id="before the column"),
        pytest.param(["学校|学生（人）|教师（人）|增幅（%）", "一小|50|65|2.3"], "", id="two columns"),
        pytest.param(["乡镇|税收（万元）|^|户数|增幅（%）", "|2022年|2023年||", "古陶镇|50|65|3|5.5"], "", id="behind another group"),
        pytest.param(["乡镇|粮食（吨）|蔬菜（吨）|增幅（%）|备注", "古陶镇|50|65|3|无"], "", id="two crops"),
        pytest.param(["乡镇|人口（人）|税收（万元）|特色产业|同比增长（%）", "古陶镇|5|50|苹果|3"], "", id="behind words"),
        pytest.param(["乡镇|增速", "古陶镇|6.5%"], "", id="nothing beside"),
    ],
)
def test_growth_is_of_the_column_that_it_compares_with(rows: list[str], expected: str) -> None:
    found = document(TITLE, rows)
    grown = [item.subject.replace("古陶镇", "") for item in found.statistics if item.subject and "增长" in item.subject]
    assert " ".join(grown) == expected
    assert not [item.subject for item in found.statistics if item.subject in ("一小", "户数增长", "学生", "增长")]


def test_the_title_lends_no_growth_its_subject_where_columns_name_others() -> None:
    found = document("平遥县2023年各乡镇人口统计表", ["乡镇|增幅（%）|税收（万元）", "古陶镇|50|65"])
    assert [item.subject for item in found.statistics] == ["税收"]


@pytest.mark.parametrize(
    ("head", "cell", "direction", "value"),
    [
        ("同比增长", "-2.1%", Direction.DOWN, 2.1),
        ("增幅（%）", "-2.1", Direction.DOWN, 2.1),
        ("比上年增减%", "-2.1", Direction.DOWN, 2.1),
        ("同比±%", "-0.4", Direction.DOWN, 0.4),
        ("增速", "－2.1%", Direction.DOWN, 2.1),
        ("增减额（万元）", "-5", Direction.DOWN, 50000),
        ("税收同比增长（%）", "-2.1", Direction.DOWN, 2.1),
        ("同比增长", "2.1%", Direction.UP, 2.1),
        ("增幅（%）", "+2.1", Direction.UP, 2.1),
        ("增幅（%）", "0", Direction.UP, 0),
        ("下降%", "2.1", Direction.DOWN, 2.1),
        ("增幅（%）", "下降2.1", Direction.DOWN, 2.1),
        ("税收同比增长（%）", "↓3.4", Direction.DOWN, 3.4),
        ("同比增长", "下降2.1%", Direction.DOWN, 2.1),
        ("增幅（%）", "增长2.1", Direction.UP, 2.1),
        ("增幅（%）", "↑2.1", Direction.UP, 2.1),
        ("比上年增减（%）", "减少 2.1", Direction.DOWN, 2.1),
    ],
)
def test_a_growth_below_nothing_is_a_fall(head: str, cell: str, direction: Direction, value: float) -> None:
    found = document(TITLE, [f"乡镇|税收（万元）|{head}", f"古陶镇|50|{cell}"])
    normal = found.statistics[-1].normal
    assert normal is not None
    assert (normal.direction, normal.value) == (direction, value)
    assert found.statistics[-1].quote == cell


@pytest.mark.parametrize(("head", "cell"), [("利润（万元）", "-5"), ("完成率", "95%"), ("气温差", "-5")])
def test_a_level_below_nothing_has_no_direction(head: str, cell: str) -> None:
    found = document(TITLE, [f"企业|{head}", f"甲公司|{cell}"])
    assert [item.normal.direction for item in found.statistics if item.normal] == [None]
    assert [item.value < 0 for item in found.statistics] == [cell.startswith("-")]


@pytest.mark.parametrize("head", ["户数", "税收（万元）", "备注", "趋势"])
def test_a_way_that_something_went_is_no_level(head: str) -> None:
    found = document(TITLE, [f"乡镇|人口（人）|{head}", "古陶镇|50|下降2.1", "段村镇|60|↓3"])
    assert [item.value for item in found.statistics] == [50, 60]


@pytest.mark.parametrize("head", ["比上年增减", "增减", "同比增减"])
def test_growth_without_a_unit_is_left_out_and_counted(head: str) -> None:
    found = document(TITLE, [f"乡镇|人口（人）|{head}", "古陶镇|50|-120", "段村镇|60|+35"])
    assert [item.value for item in found.statistics] == [50, 60]
    (warning,) = found.warnings
    assert warning == "table 1 does not say of what, or in which unit, a growth or a share is: 2 figures left out"


def test_growth_with_its_unit_is_not_warned_of() -> None:
    assert document(TITLE, ["乡镇|人口（人）|比上年增减（%）", "古陶镇|50|-1.2"]).warnings == ()


@pytest.mark.parametrize(("head", "subject"), [("增长率产值", "产值增长"), ("增速合作社", "合作社增长"), ("增幅税收（%）", "税收增长")])
def test_a_growth_printed_over_what_it_is_of_is_growth_of_that(head: str, subject: str) -> None:
    found = document(TITLE, [f"乡镇|户数|{head}", "古陶镇|50|-5.0%"])
    item = found.statistics[-1]
    assert (item.subject, item.normal and item.normal.direction) == (subject, Direction.DOWN)


@pytest.mark.parametrize("head", ["增长率目标（%）", "增长率排名", "增速与占比（%）", "增长率情况（%）"])
def test_other_words_behind_a_growth_are_not_what_grew(head: str) -> None:
    found = document(TITLE, [f"乡镇|户数|{head}", "古陶镇|50|5"])
    assert not [item.subject for item in found.statistics if item.subject and item.subject[:2] in ("目标", "排名", "与占", "情况", "占比")]
