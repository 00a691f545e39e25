"""Sheets that are wider than the paper: printed page beside page, with and without the words at the left of their rows."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from ingest import readers
from ingest.stages import RawText
from tests.ingest.readers.pdfs import Drawing, drawn

TOWNS = ["礼贤镇", "长岭乡", "贺村镇", "石门镇", "上余镇"]


def sheet(heads: list[str], first: int, towns: Iterable[str] | None = TOWNS) -> list[list[str]]:
    """Rows of figures below `heads`, each figure another one; without a column of names where `towns` is None."""
    named = list(TOWNS if towns is None else towns)
    rows = [[name, *(str(first + 10 * row + column) for column in range(len(heads)))] for row, name in enumerate(named)]
    return [row[towns is None :] for row in [["乡镇", *heads], *rows]]


def printed(sheets: list[list[list[str]]], ruled: bool = True, lower: float = 0, above: str = "") -> RawText:
    """Each sheet on a page of its own, that of later ones `lower`; `above` is a line above the second."""

    def draw(page: Drawing) -> None:
        for number, rows in enumerate(sheets):
            if number:
                page.page()
            if number == 1 and above:
                page.text(60, 60, above)
            top = 100 + (lower if number else 0)
            if ruled:
                page.table(60, top, rows)
                continue
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    page.text(60 + 100 * column, top + 24 * row, cell)

    return readers.read("a.pdf", drawn(draw))


def grids(raw: RawText) -> list[list[list[str]]]:
    found = []
    for table in raw.tables:
        rows: dict[int, list[str]] = {}
        for cell in table.cells:
            rows.setdefault(cell.row, []).append(cell.span.of(raw.text))
        found.append([rows[number] for number in sorted(rows)])
    return found


CROPS, COSTS, ANIMALS = ["小麦产值", "玉米产值", "茶叶产值"], ["小麦成本", "玉米成本", "茶叶成本"], ["猪", "牛", "羊"]


@pytest.mark.parametrize("ruled", [True, False])
def test_pages_that_repeat_the_names_of_the_rows_go_on_beside_each_other(ruled: bool) -> None:
    raw = printed([sheet(CROPS, 100), sheet(COSTS, 300), sheet(ANIMALS, 500)], ruled)
    parts = sheet(CROPS, 100), sheet(COSTS, 300), sheet(ANIMALS, 500)
    assert grids(raw) == [[[*one, *two[1:], *three[1:]] for one, two, three in zip(*parts, strict=True)]]


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("heads", [["鸡", "鸭", "鹅"], ["鸡", "鸭"], ["鸡"]])
def test_pages_without_names_go_on_where_their_rows_are_level(ruled: bool, heads: list[str]) -> None:
    parts = sheet(CROPS, 100), sheet(COSTS, 300, None), sheet(heads, 500, None)
    raw = printed(list(parts), ruled)
    assert grids(raw) == [[[*one, *two, *three] for one, two, three in zip(*parts, strict=True)]]


@pytest.mark.parametrize("ruled", [True, False])
def test_a_last_column_below_the_names_of_its_rows_goes_on(ruled: bool) -> None:
    parts = sheet(CROPS, 100), sheet(["鸡"], 500)
    assert grids(printed(list(parts), ruled)) == [[[*one, *two[1:]] for one, two in zip(*parts, strict=True)]]


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize(
    ("second", "lower"),
    [
        pytest.param(sheet(COSTS, 300, None), 12, id="not level"),
        pytest.param(sheet(COSTS, 300, None)[:-1], 0, id="a row less"),
    ],
)
def test_figures_whose_rows_nobody_can_name_are_no_table_and_it_says_so(ruled: bool, second: list[list[str]], lower: float) -> None:
    raw = printed([sheet(CROPS, 100), second], ruled, lower)
    assert grids(raw) == [sheet(CROPS, 100)]
    assert all(cell in raw.text for row in second for cell in row)
    assert any("page 2 holds columns of figures" in warning for warning in raw.source.warnings)


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize(
    "second",
    [
        pytest.param(sheet(COSTS, 300, ["甲村", "乙村", "丙村", "丁村", "戊村"]), id="other names"),
        pytest.param(sheet(COSTS, 300)[:-1], id="fewer names"),
        pytest.param([["年份", *COSTS], *([str(2019 + row), "12", "13", "14"] for row in range(5))], id="years"),
        pytest.param([["序号", "村", *COSTS[:2]], *([str(row), f"{'甲乙丙丁戊'[row]}村", "1", "2"] for row in range(5))], id="numbers"),
    ],
)
def test_another_head_begins_another_table(ruled: bool, second: list[list[str]]) -> None:
    raw = printed([sheet(CROPS, 100), second], ruled)
    assert grids(raw) == [sheet(CROPS, 100), second]
    assert raw.source.warnings == ()


def test_a_table_below_a_name_of_its_own_begins_another_one() -> None:
    raw = printed([sheet(CROPS, 100), sheet(COSTS, 300)], above="表二、成本")
    assert grids(raw) == [sheet(CROPS, 100), sheet(COSTS, 300)]


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("repeated", [True, False])
def test_rows_go_on_below_where_the_head_is_the_same_or_missing(ruled: bool, repeated: bool) -> None:
    more = sheet(CROPS, 300, ["甲村", "乙村", "丙村", "丁村"])
    assert grids(printed([sheet(CROPS, 100), more[not repeated :]], ruled)) == [[*sheet(CROPS, 100), *more[1:]]]


def test_words_in_the_place_of_figures_are_no_head() -> None:
    more = [["甲村", "暂无", "12.5万元", "未统计"], ["乙村", "1", "2", "3"], ["丙村", "4", "5", "6"]]
    assert grids(printed([sheet(CROPS, 100), more])) == [[*sheet(CROPS, 100), *more]]


def test_pages_that_are_printed_down_first_go_on_below_and_then_beside() -> None:
    towns, villages = sheet(CROPS, 100), sheet(CROPS, 200, ["甲村", "乙村", "丙村"])
    right, lower = sheet(COSTS, 300, None), sheet(COSTS, 400, None)[:4]
    raw = printed([towns, villages[1:], right, lower[1:]])
    left = [*towns, *villages[1:]]
    assert grids(raw) == [[[*one, *two] for one, two in zip(left, [*right, *lower[1:]], strict=True)]]
