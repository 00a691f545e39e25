"""Tables as text: encodings, separators, quotation marks, ragged rows."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import UnreadableFile
from ingest import readers
from ingest.readers.delimited import separator_of
from ingest.stages import RawText
from tests.ingest.readers.test_sheets import grid, places


def read(text: str | bytes, name: str = "人口.csv", encoding: str = "utf-8") -> RawText:
    return readers.read(name, text.encode(encoding) if isinstance(text, str) else text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_is_found_as_for_any_text(encoding: str) -> None:
    raw = read("乡镇,人口,面积\n甲乡,350,12\n乙乡,200,15\n丙乡,150,33\n", encoding=encoding)
    assert grid(raw)[0] == ["乡镇", "人口", "面积"]
    assert places(raw)["350"] == "人口!B2"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", "，"])
def test_the_separator_is_the_one_by_which_rows_are_alike(separator: str) -> None:
    text = "\n".join(separator.join(row) for row in (["乡镇", "人口(人)", "备注"], ["甲乡", "350", "好 中"], ["乙乡", "2", ""]))
    assert separator_of(text) == separator


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("名称;数\n甲,乙;1\n丙;2\n", ";"),
        ("名称\t数\n甲,乙\t1,234\n丙\t2,345\n", "\t"),
        ('"甲;乙",1\n"丙;丁",2\n', ","),
        ("只有一列\n第二行\n", ","),
        ("", ","),
    ],
)
def test_other_signs_in_the_cells_do_not_mislead(text: str, separator: str) -> None:
    assert separator_of(text) == separator


def test_quotation_marks_hold_separators_line_breaks_and_marks() -> None:
    raw = read('名称,地址,数\n"甲,乙","第一行\n第二行",1\n"说""好""",x,2\n')
    assert grid(raw)[1:] == [["甲,乙", "第一行 第二行", "1"], ['说"好"', "x", "2"]]


def test_a_mark_that_is_never_closed_does_not_swallow_the_file() -> None:
    raw = read("名称,数\n" + '"甲,1\n' + "".join(f"乙{number},{number}\n" for number in range(30)))
    assert len(grid(raw)) == 32
    assert raw.source.warnings == ("a quotation mark in it is never closed: its quotation marks are read as text",)


def test_titles_units_and_notes_are_lines() -> None:
    raw = read("某县2023年人口,,\n,,单位：人\n乡镇,男,女\n甲乡,1,2\n注：户籍人口。,,\n")
    assert raw.text.split("\n")[:2] == ["某县2023年人口", "单位：人"]
    assert grid(raw) == [["乡镇", "男", "女"], ["甲乡", "1", "2"]]
    assert raw.text.endswith("注：户籍人口。\n")


def test_ragged_rows_keep_all_their_cells() -> None:
    raw = read("乡镇,人口\n甲乡,1,多\n乙乡\n丙乡,3\n")
    assert grid(raw) == [["乡镇", "人口", ""], ["甲乡", "1", "多"], ["乙乡", "", ""], ["丙乡", "3", ""]]


def test_the_dress_of_numbers_comes_off_and_the_line_that_names_the_separator_is_none() -> None:
    raw = read('sep=;\n区号;名称\n="0471";甲\n')
    assert grid(raw) == [["区号", "名称"], ["0471", "甲"]]


@pytest.mark.parametrize(("data", "words"), [(bytes(range(256)) * 4, "no text|control"), (b"\n,,\n", "empty")])
def test_what_is_no_table_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        read(data)


@given(rows=st.lists(st.lists(st.text("甲乙1,;|\"' \n", min_size=1, max_size=5), min_size=3, max_size=3), min_size=3, max_size=8))
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read(rows: list[list[str]]) -> None:
    rows = [["名称", "数", "注记"], *rows]
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    expected = sorted(" ".join(cell.split()) for row in rows for cell in row if cell.strip())
    raw = read("\ufeff" + buffer.getvalue())
    found = [fragment.span.of(raw.text) for fragment in raw.layout]
    assert sorted("".join(found)) == sorted("".join(expected))
