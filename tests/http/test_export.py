"""What a search finds leaves the archive as tables, lines of JSON, citations and a feed; nothing in them is run by a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import anyio
import bibtexparser
import openpyxl
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.exporting.formats import FORMATS, harmless
from api.exporting.pages import PAGE
from api.exporting.rows import COLUMNS
from archive.ids import content_hash
from archive.records import Source
from ingest.pipeline import run
from ingest.stages import RawText
from tests.http.shelf import Kept, serving
from tests.support import SAMPLES, raw_file

TABLES = ("csv", "jsonl", "xlsx")


def sample(path: Path) -> Kept:
    documents = run(raw_file(path))
    return documents[0].source, path.read_bytes(), documents


def report(name: str, text: str) -> Kept:
    data = text.encode()
    source = Source(sha256=content_hash(data), name=name, size=len(data))
    return source, data, run(RawText(source, text))


NASTY = report(
    "=cmd|'/C calc'!A0.txt", "=HYPERLINK(1)工作的调研报告\n\n" + "一、主要做法\n（一）加强领导。+1建成网格12个，@全体配备网格员30名。\n" * 3
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("export")


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    with serving(folder, [*map(sample, SAMPLES), NASTY]) as made:
        yield made


def exported(client: TestClient, **parameters: Any) -> Any:
    response = client.get("/export", params=parameters)
    assert response.status_code == 200, response.text
    return response


def lines(client: TestClient, **parameters: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in exported(client, format="jsonl", **parameters).text.splitlines()]


def table(client: TestClient, form: str, **parameters: Any) -> list[list[Any]]:
    data = exported(client, format=form, **parameters).content
    if form == "csv":
        assert data.startswith(b"\xef\xbb\xbf")
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    return [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]


QUERY = '{ search(query: "网格员", first: 100) { totalCount nodes { ... on Node { id } } } }'


def test_all_hits_of_a_search_come_in_its_order(client: TestClient) -> None:
    found = client.post("/graphql", json={"query": QUERY}).json()["data"]["search"]
    assert found["totalCount"] > PAGE / 2
    assert [line["id"] for line in lines(client, query="网格员")] == [node["id"] for node in found["nodes"]]


def test_an_export_goes_over_many_pages_without_gap_or_repeat(client: TestClient) -> None:
    response = exported(client, format="jsonl", includeReprints="true")
    ids = [json.loads(line)["id"] for line in response.text.splitlines()]
    assert len(ids) == len(set(ids)) == int(response.headers["x-total-count"]) > 3 * PAGE


@pytest.mark.parametrize("limit", [1, PAGE - 1, PAGE, PAGE + 1, 2 * PAGE])
def test_no_more_comes_than_is_asked_for(client: TestClient, limit: int) -> None:
    assert len(lines(client, limit=limit)) == limit


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_tables_have_a_head_and_a_row_for_each_hit(client: TestClient, form: str) -> None:
    head, *rows = table(client, form, query="网格员")
    assert head == [column.head for column in COLUMNS]
    wanted = lines(client, query="网格员")
    assert [row[1] for row in rows] == [line["id"] for line in wanted]
    by_head = [dict(zip(head, row, strict=True)) for row in rows]
    figures = [(row, line) for row, line in zip(by_head, wanted, strict=True) if line["type"] == "STATISTIC"]
    assert figures
    assert all(float(row["数值"]) == line["value"] and row["单位"] == line["unit"] for row, line in figures)


def test_quotes_are_those_of_the_text(client: TestClient) -> None:
    for line in lines(client, types="STATISTIC", limit=50):
        text = client.post("/graphql", json={"query": f'{{ document(id: "{line["documentId"]}") {{ text(length: 100000) }} }}'}).json()
        assert text["data"]["document"]["text"][line["start"] : line["end"]] == line["quote"]


def test_filters_go_by_the_names_that_the_schema_has(client: TestClient) -> None:
    found = lines(client, types="STATISTIC", placeIds="PLACE-540400", **{"figure.min": "300", "figure.units": ["人", "名"]})
    assert found
    assert all(line["value"] >= 300 and line["unit"] in ("人", "名") for line in found)
    by_value = lines(client, types="STATISTIC", sort="VALUE_DESC", limit=20)
    assert [line["normalValue"] for line in by_value] == sorted((line["normalValue"] for line in by_value), reverse=True)
    assert {line["unitKind"] for line in lines(client, unitKinds=["PROBLEM", "RESULT"])} == {"PROBLEM", "RESULT"}


@pytest.mark.parametrize("query", ["网格员", "绝无此词绝无此词"])
def test_a_workbook_can_be_filtered_by_each_of_its_columns(client: TestClient, query: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(exported(client, format="xlsx", query=query).content)).active
    assert sheet.auto_filter.ref == sheet.dimensions


def test_an_empty_result_is_a_table_with_its_head_alone(client: TestClient) -> None:
    for form in ("csv", "xlsx"):
        assert table(client, form, query="绝无此词绝无此词") == [[column.head for column in COLUMNS]]
    assert lines(client, query="绝无此词绝无此词") == []


@pytest.mark.parametrize(
    ("parameters", "code", "told"),
    [
        ({"format": "pdf"}, "BAD_REQUEST", "csv, jsonl, xlsx, gbt7714, bibtex, ris"),
        ({"limit": "0"}, "BAD_REQUEST", "1 to 50000"),
        ({"limit": "50001"}, "BAD_REQUEST", "1 to 50000"),
        ({"limit": "١٢"}, "BAD_REQUEST", "1 to 50000"),
        ({"accessed": "today"}, "BAD_REQUEST", "as in 2026-11-22"),
        ({"nope": "1"}, "BAD_REQUEST", "placeIds"),
        ({"first": "5"}, "BAD_REQUEST", "first"),
        ({"query": ["a", "b"]}, "BAD_REQUEST", "twice"),
        ({"format": ["csv", "xlsx"]}, "BAD_REQUEST", "`format` is given twice"),
        ({"format": ["csv", "csv"]}, "BAD_REQUEST", "`format` is given twice"),
        ({"limit": ["1", "2"]}, "BAD_REQUEST", "`limit` is given twice"),
        ({"accessed": ["2026-11-22", "2026-11-23"], "format": "ris"}, "BAD_REQUEST", "`accessed` is given twice"),
        ({"years": "MMXX"}, "BAD_REQUEST", "whole number"),
        ({"figure.min": "many"}, "BAD_REQUEST", "a number"),
        ({"includeReprints": "1"}, "BAD_REQUEST", "true or false"),
        ({"types": "NOPE"}, "BAD_REQUEST", "NOPE"),
        ({"placeIds": "PLACE-999999"}, "NOT_FOUND", "PLACE-999999"),
        ({"query": "长" * 501}, "BAD_REQUEST", "500"),
    ],
)
def test_what_cannot_be_exported_is_told_before_the_first_byte(
    client: TestClient, parameters: dict[str, Any], code: str, told: str
) -> None:
    response = client.get("/export", params=parameters)
    assert response.status_code == (404 if code == "NOT_FOUND" else 400)
    (error,) = response.json()["errors"]
    assert (error["extensions"]["code"], told in error["message"]) == (code, True), error
    assert "content-disposition" not in response.headers


def test_only_reading_is_allowed(client: TestClient) -> None:
    assert client.post("/export").status_code == 405
    assert client.post("/feed").status_code == 405


def test_a_file_has_a_name_that_says_what_it_is(client: TestClient) -> None:
    header = exported(client, format="xlsx", query='网格员 "a/b\r\n"').headers["content-disposition"]
    assert header.startswith("attachment; filename=\"fangzhi.xlsx\"; filename*=UTF-8''fangzhi-%E7%BD%91")
    assert not set(header) & set("\r\n/")


def test_the_same_hits_make_the_same_file(client: TestClient) -> None:
    for form in TABLES:
        assert exported(client, format=form, query="网格员").content == exported(client, format=form, query="网格员").content


def test_nothing_in_a_table_is_a_formula(client: TestClient) -> None:
    found = table(client, "csv", sources=NASTY[0].name)
    cells = [cell for row in found for cell in row]
    assert any(cell.startswith("'=") for cell in cells)
    assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for cell in cells)
    data = exported(client, format="xlsx", sources=NASTY[0].name).content
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert {cell.data_type for row in book.active.iter_rows() for cell in row if cell.value is not None} <= {"s", "n"}


@given(st.text())
def test_no_text_begins_a_formula(text: str) -> None:
    found = harmless(text)
    assert isinstance(found, str) and found.endswith(text)
    assert not found.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert found == text or text[0] in "=+-@\t\r\n＝＋－＠"


@pytest.mark.parametrize("number", [-2.1, 0, 3])
def test_numbers_stay_numbers(number: float) -> None:
    assert harmless(number) == number


def test_lone_surrogates_and_control_characters_break_no_format() -> None:
    async def made() -> AsyncIterator[dict[str, Any]]:
        yield {"type": "DOCUMENT", "id": "x", "documentTitle": "a\x00b\x0b\ud800", "url": "/"}

    async def whole(form: str) -> bytes:
        return b"".join([chunk async for chunk in FORMATS[form].write(made())])

    for form in ("csv", "xlsx"):
        data = anyio.run(whole, form)
        assert data
    openpyxl.load_workbook(io.BytesIO(anyio.run(whole, "xlsx")))


def test_each_document_is_cited_once(client: TestClient) -> None:
    ids = list(dict.fromkeys(line["documentId"] for line in lines(client, query="网格员")))
    bibtex = bibtexparser.parse_string(exported(client, format="bibtex", query="网格员").text)
    assert [entry.key for entry in bibtex.entries] == ids
    assert [entry["id"] for entry in rispy.loads(exported(client, format="ris", query="网格员").content.decode())] == ids
    listed = exported(client, format="gbt7714", query="网格员", accessed="2026-11-22").text.splitlines()
    assert [line.partition(" ")[0] for line in listed] == [f"[{number}]" for number in range(1, len(ids) + 1)]
    assert all("[2026-11-22]. http://127.0.0.1:8000/originals/SRC-" in line for line in listed)


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"types": "NOPE"}, "The parameter `types` is wrong: Value 'NOPE' does not exist in 'ItemType' enum."),
        ({"published.from": "2024-99"}, "The parameter `published.from` is wrong: "),
        ({"sort": "BAD"}, "The parameter `sort` is wrong: "),
        ({"placeIds": "PLACE-999"}, "'PLACE-999' is not the id of a place"),
        ({"query": "字" * 600}, "A query may have 500 characters"),
    ],
)
def test_what_is_wrong_is_told_in_the_words_of_the_address(client: TestClient, parameters: dict[str, str], told: str) -> None:
    response = client.get("/export", params=parameters)
    (error,) = response.json()["errors"]
    assert (response.status_code, error["extensions"]) == (400, {"code": "BAD_REQUEST"})
    assert error["message"].startswith(told) and not {"locations", "path"} & error.keys()


def test_an_archive_that_is_not_open_says_so() -> None:
    from api.app import create_app
    from api.settings import Settings

    client = TestClient(create_app(Settings()), "http://127.0.0.1:8000")
    for path in ("/export", "/feed"):
        assert client.get(path).status_code == 503
