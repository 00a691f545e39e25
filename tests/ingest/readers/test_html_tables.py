"""Pages that are a table and nothing else, as systems export them: the cell across the top is the title."""

from __future__ import annotations

import pytest

from ingest.pipeline import run
from ingest.readers import read

ROWS = "<tr><td>村名<td>桑园面积（亩）<td>产茧（公斤）<tr><td>甲村<td>860<td>12400<tr><td>乙村<td>530<td>7800"


def title(top: str, name: str = "表.html", window: str = "") -> str | None:
    page = f"<html><head><title>{window}</title></head><body><table border=1>{top}{ROWS}</table></body></html>"
    (document,) = run(read(name, page.encode()))
    return document.title


@pytest.mark.parametrize("name", ["表.html", "表.xls"])
def test_a_cell_across_the_top_of_a_page_of_one_table_is_its_title(name: str) -> None:
    assert title("<tr><td colspan=3>某县蚕桑产业统计（2023年）", name) == "某县蚕桑产业统计（2023年）"


def test_the_number_of_an_annex_above_the_title_and_a_unit_below_it_are_none() -> None:
    top = "<tr><td colspan=3>附件2<tr><td colspan=3>某县蚕桑产业统计<tr><td colspan=3>单位：亩、公斤"
    assert title(top) == "某县蚕桑产业统计"


@pytest.mark.parametrize(
    "top",
    [
        pytest.param("", id="no row above"),
        pytest.param("<tr><td colspan=3>单位：亩、公斤", id="a unit"),
        pytest.param("<tr><td colspan=2>某县蚕桑产业统计<td>2023年", id="a group of heads"),
        pytest.param("<tr><td colspan=3>本表由各村填报，县局汇总。", id="a sentence"),
    ],
)
def test_what_names_no_table_is_no_title(top: str) -> None:
    assert title(top) is None


def test_what_the_page_calls_itself_goes_first() -> None:
    assert title("<tr><td colspan=3>某县蚕桑产业统计", window="某县2023年蚕桑产业发展情况统计公报") == "某县2023年蚕桑产业发展情况统计公报"
