"""Comments, processing instructions and entities between the tags of an office file are no part of what it says, and no fault of it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from ingest import readers
from tests.ingest.readers.containers import commented, package
from tests.ingest.readers.test_sheets import grid, read, rows, workbook

FORMATS = Path("samples/formats")


@pytest.mark.parametrize("name", ["article.xlsx", "article.ods", "article.docx", "article.odt", "article.ofd"])
def test_a_file_full_of_comments_is_read_as_without_them(name: str) -> None:
    data = (FORMATS / name).read_bytes()
    assert commented(data) != data
    assert readers.read(name, commented(data)).text == readers.read(name, data).text


def test_cells_with_inline_words_formulas_and_relations_may_hold_comments() -> None:
    data = workbook(rows(["项目", "数"], ["甲", 1], ["合计", "=1+2"]), rows(["村", "户"], ["东村", 12.5]))
    assert read(commented(data)).text == read(data).text


def with_sheet(old: str, new: str, doctype: str = "") -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook(rows(["项目", "数"], ["甲", 1234])))) as file:
        members = {name: file.read(name) for name in file.namelist()}
    part = "xl/worksheets/sheet1.xml"
    sheet = members[part].decode()
    assert old in sheet
    members[part] = doctype + sheet.replace(old, new)
    return package(members)


def test_a_comment_in_the_middle_of_a_number_does_not_cut_it() -> None:
    assert grid(read(with_sheet("<v>1234</v>", "<v>12<!-- x -->3<?y?>4</v>")))[1] == ["甲", "1234"]


@pytest.mark.parametrize("place", ["<v>1234</v>", "<c "])
def test_an_entity_between_the_parts_of_a_sheet_is_left_out(place: str) -> None:
    data = with_sheet(place, f"&e;{place}", '<!DOCTYPE worksheet [<!ENTITY e "9">]>')
    assert grid(read(data))[1] == ["甲", "1234"]
