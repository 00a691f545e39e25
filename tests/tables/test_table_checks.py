"""Do the figures of a table add up? Only what the table's own rows and columns bear out is told."""

from __future__ import annotations

import pytest

from tests.tables.support import Part, document


def checks(*parts: Part) -> list[tuple[str, bool | None]]:
    return [(check.relation, check.holds) for check in document(*parts).checks]


def test_a_total_below_and_one_above_are_sums_of_their_rows() -> None:
    assert checks("表", ["类别|人数", "党员|278", "团员|40", "合计|318"]) == [("278+40=318", True)]
    assert checks("表", ["类别|人数", "合计|318", "党员|278", "团员|40"]) == [("278+40=318", True)]


def test_totals_of_rows_are_sums_of_their_columns_and_a_wrong_one_is_told() -> None:
    table = ["学校|合计（人）|男（人）|女（人）", "一小|300|160|140", "二小|200|100|100", "三小|110|60|40", "四小|50|20|30"]
    assert checks("表", table) == [("160+140=300", True), ("100+100=200", True), ("60+40=110", False), ("20+30=50", True)]


def test_a_wrong_total_is_told_where_the_other_columns_bear_its_rows_out() -> None:
    table = ["类别|甲（人）|乙（人）|丙（人）", "党员|1|20|5", "团员|2|30|6", "合计|3|60|11"]
    assert checks("表", table) == [("1+2=3", True), ("20+30=60", False), ("5+6=11", True)]


def test_shares_are_recomputed_from_their_part_and_the_total() -> None:
    table = ["类别|人数|占比（%）", "党员|278|79.4", "团员|72|20.6", "合计|350|100"]
    assert checks("表", table) == [("278+72=350", True), ("278/350=79.4%", True), ("72/350=20.6%", True)]


def test_a_wrong_share_among_right_ones_is_told() -> None:
    table = ["类别|人数|占比（%）", "甲类|50|50.0", "乙类|30|30.0", "丙类|20|25.0", "合计|100|100"]
    assert ("20/100=25%", False) in checks("表", table)


def test_rounding_of_printed_decimals_is_no_fault() -> None:
    assert checks("表", ["类别|金额（万元）", "甲类|1.3", "乙类|1.3", "合计|2.5"]) == [("13000+13000=25000", True)]


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(["类别|人数", "甲类|5", "小计|5", "乙类|7", "合计|30"], id="a subtotal of one row"),
        pytest.param(["类别|人数", "甲类|5", "乙类|—", "合计|12"], id="blank"),
        pytest.param(["类别|人数", "甲类|约5", "乙类|7", "合计|12"], id="rough"),
        pytest.param(["类别|人数", "甲类|5", "合计|12"], id="one part"),
        pytest.param(["类别|人均收入（元）", "甲类|500", "乙类|600", "合计|550"], id="means"),
        pytest.param(["类别|增长%", "甲类|5", "乙类|6", "合计|11"], id="growth"),
        pytest.param(["产业|产值（万元）", "一产|5", "农业|3", "林业|2", "二产|6", "合计|11"], id="parts of parts"),
        pytest.param(["学校|合计（人）|男（人）|少数民族（人）", "一小|300|160|14", "二小|200|100|10"], id="columns that are no parts"),
    ],
)
def test_where_nothing_can_be_told_nothing_is(table: list[str]) -> None:
    assert checks("表", table) == []


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            ["甲类|5|1", "乙类|7|2", "小计|12|3", "丙类|3|4", "丁类|4|5", "小计|7|9", "合计|19|12"],
            [("5+7=12", True), ("1+2=3", True), ("3+4=7", True), ("4+5=9", True), ("12+7=19", True), ("3+9=12", True)],
            id="below their parts",
        ),
        pytest.param(
            ["合计|19|12", "小计|12|3", "甲类|5|1", "乙类|7|2", "小计|7|9", "丙类|3|4", "丁类|4|5"],
            [("12+7=19", True), ("3+9=12", True), ("5+7=12", True), ("1+2=3", True), ("3+4=7", True), ("4+5=9", True)],
            id="above their parts",
        ),
        pytest.param(
            ["甲类|5|1", "乙类|7|2", "小计|12|3", "丙类|3|4", "合计|15|7"],
            [("5+7=12", True), ("1+2=3", True), ("12+3=15", True), ("3+4=7", True)],
            id="a row beside a subtotal",
        ),
        pytest.param(
            ["甲类|5|1", "乙类|7|2", "小计|12|4", "丙类|3|4", "丁类|4|5", "小计|7|9", "合计|19|13"],
            [("5+7=12", True), ("1+2=4", False), ("3+4=7", True), ("4+5=9", True), ("12+7=19", True), ("4+9=13", True)],
            id="a wrong one",
        ),
    ],
)
def test_subtotals_are_sums_of_their_rows_and_the_total_is_the_sum_of_those(
    rows: list[str], expected: list[tuple[str, bool | None]]
) -> None:
    assert sorted(checks("表", ["类别|男（人）|女（人）", *rows])) == sorted(expected)


def test_parts_named_as_such_are_not_summed_twice() -> None:
    table = ["类别|人数", "学生|100", "其中：女|40", "教师|10", "合计|110"]
    assert ("100+10=110", True) in checks("表", table)


def test_columns_beside_a_total_count_as_far_as_they_make_it() -> None:
    table = ["学校|合计（人）|男（人）|女（人）|少数民族（人）", "一小|300|160|140|7", "二小|200|90|110|8", "三小|100|60|40|9"]
    assert checks("表", table) == [("160+140=300", True), ("90+110=200", True), ("60+40=100", True)]
