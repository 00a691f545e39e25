"""Where and when figures of tables are: columns that say where a project is, parts of a county, whole years, sheets."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from ingest.pipeline import run
from ingest.readers.xlsx import XlsxReader
from tests.tables.support import Part, document, show


@pytest.mark.parametrize(
    ("title", "head", "period"),
    [
        ("平遥县2023年上半年项目进展表", "全年计划", "2023"),
        ("平遥县2023年上半年项目进展表", "全年目标", "2023"),
        ("平遥县2023年1-9月项目进展表", "年度任务", "2023"),
        ("平遥县2023年一季度项目进展表", "全年预算", "2023"),
        ("平遥县2023年上半年项目进展表", "计划", "2023-H1"),
        ("平遥县2023年项目进展表", "全年计划", "2023"),
        ("平遥县项目进展表", "全年计划", None),
        ("平遥县2021—2023年项目进展表", "全年计划", "2021/2023"),
    ],
)
def test_what_is_planned_for_the_whole_year_is_of_the_year(title: str, head: str, period: str | None) -> None:
    (item,) = document(title, [f"指标|{head}", "投资（万元）|350"]).statistics
    assert item.period == period


def test_growth_is_of_the_year_of_the_column_that_it_compares() -> None:
    rows = ["指标|2021年|2022年|比上年增长（%）", "粮食产量（吨）|50|55|10"]
    assert [(show(item), item.period) for item in document("平遥县2021—2023年基本情况", rows).statistics][2:] == [
        ("粮食产量增长 10 %", "2022")
    ]


def workbook(*sheets: tuple[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def test_a_sheet_without_a_title_has_no_period_of_another_sheet() -> None:
    data = workbook(
        ("甲", [["平遥县2022年人口情况"], ["乡镇", "人口（人）"], ["古陶镇", 50], ["段村镇", 60]]),
        ("乙", [["乡镇", "党员（名）"], ["古陶镇", 5], ["段村镇", 6]]),
    )
    (found,) = run(XlsxReader().read("a.xlsx", data))
    assert [(show(item), item.place, item.period) for item in found.statistics] == [
        ("人口 50 人", "古陶镇", "2022"),
        ("人口 60 人", "段村镇", "2022"),
        ("党员 5 名", "古陶镇", None),
        ("党员 6 名", "段村镇", None),
    ]


@pytest.mark.parametrize("head", ["建设地点", "实施地点", "所在乡镇", "项目所在地", "乡镇"])
def test_a_column_that_says_where_each_project_is_gives_its_figures_their_place(head: str) -> None:
    rows = [f"项目名称|{head}|总投资（万元）|完成率（%）", "冷库|古陶镇|5|10", "污水管网|段村镇王家庄村|6|20", "公路|—|7|30", "合计||18|"]
    found = document("平遥县2023年项目表", rows).statistics
    assert [(show(item), item.place) for item in found if item.unit == "元"] == [
        ("冷库总投资 50000 元", "古陶镇"),
        ("污水管网总投资 60000 元", "段村镇"),
        ("公路总投资 70000 元", "平遥县"),
        ("总投资 180000 元", "平遥县"),
    ]


@pytest.mark.parametrize("cell", ["古陶镇、段村镇", "县城", "某某镇"])
def test_several_places_or_none_that_is_known_are_no_place_of_a_project(cell: str) -> None:
    rows = ["项目名称|建设地点|总投资（万元）", f"冷库|{cell}|5", "公路|古陶镇|6"]
    assert [item.place for item in document("平遥县2023年项目表", rows).statistics] == ["平遥县", "古陶镇"]


PARTS: list[Part] = [
    "平遥县2023年信访统计",
    [
        "片区|乡镇|来信（件）",
        "东片|古陶镇|12",
        "东片|段村镇|8",
        "东片|小计|20",
        "西片|宁固镇|15",
        "西片|朱坑乡|5",
        "西片|小计|20",
        "总计||40",
    ],
]


def test_a_group_of_townships_names_its_own_total_and_not_the_figures_of_the_townships() -> None:
    found = document(*PARTS)
    assert [(show(item), item.place) for item in found.statistics] == [
        ("来信 12 件", "古陶镇"),
        ("来信 8 件", "段村镇"),
        ("东片来信 20 件", "平遥县"),
        ("来信 15 件", "宁固镇"),
        ("来信 5 件", "朱坑乡"),
        ("西片来信 20 件", "平遥县"),
        ("来信 40 件", "平遥县"),
    ]


def test_subtotals_and_the_total_above_them_are_added_up() -> None:
    told = {(check.relation, check.holds) for check in document(*PARTS).checks}
    assert told == {("12+8=20", True), ("15+5=20", True), ("20+20=40", True)}
