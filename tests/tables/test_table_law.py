"""Laws of tables: every number of a matrix comes out once, with the label and the head that it stands between, whatever the format."""

from __future__ import annotations

import csv
import io

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.records import Document, Source
from ingest import readers
from ingest.pipeline import run
from ingest.readers.builder import CellText, TextBuilder
from ingest.stages import RawText

LABELS = st.lists(
    st.sampled_from(["甲小学", "乙中学", "丙医院", "丁工厂", "戊公司", "己市场", "庚水库"]), min_size=1, max_size=6, unique=True
)
HEADS = st.lists(
    st.sampled_from(["学生（人）", "投资（万元）", "用地（亩）", "设备（台）", "图书（册）", "产值（亿元）"]),
    min_size=1,
    max_size=5,
    unique=True,
)


@st.composite
def matrices(draw: st.DrawFn) -> tuple[list[str], list[str], list[list[int]]]:
    labels, heads = draw(LABELS), draw(HEADS)
    cell = st.integers(3, 1_800)
    return labels, heads, [[draw(cell) for _ in heads] for _ in labels]


def written(labels: list[str], heads: list[str], values: list[list[int]]) -> dict[str, RawText]:
    rows = [["名称", *heads], *([label, *map(str, row)] for label, row in zip(labels, values, strict=True))]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    book, binary = openpyxl.Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    sheet.append(rows[0])
    for label, row in zip(labels, values, strict=True):
        sheet.append([label, *row])
    book.save(binary)
    builder = TextBuilder()
    builder.table([[CellText(cell) for cell in row] for row in rows])
    built = builder.built()
    return {
        "csv": readers.read("a.csv", text.getvalue().encode()),
        "xlsx": readers.read("a.xlsx", binary.getvalue()),
        "built": RawText(Source(sha256="b" * 64, name="b", size=1), built.text, built.layout, built.tables, paragraphs=True),
    }


def found(raw: RawText) -> Document:
    (document,) = run(raw)
    return document


@given(matrix=matrices())
@settings(max_examples=40, deadline=None)
def test_every_number_of_a_matrix_comes_out_once_with_its_label_and_its_head(matrix: tuple[list[str], list[str], list[list[int]]]) -> None:
    labels, heads, values = matrix
    expected = [
        (f"{label}{head.partition('（')[0]}", str(value))
        for label, row in zip(labels, values, strict=True)
        for head, value in zip(heads, row, strict=True)
    ]
    for name, raw in written(*matrix).items():
        document = found(raw)
        assert [(item.subject, item.quote) for item in document.statistics] == expected, name
        assert all(item.span.of(document.text) == item.quote for item in document.statistics), name
        assert len({item.id for item in document.statistics}) == len(expected), name


@given(matrix=matrices(), blank=st.sampled_from(["", "—", "/", "…", "-"]))
@settings(max_examples=20, deadline=None)
def test_a_blank_is_never_a_figure(matrix: tuple[list[str], list[str], list[list[int]]], blank: str) -> None:
    labels, heads, values = matrix
    builder = TextBuilder()
    rows = [["名称", *heads], *([label, *map(str, row[:-1]), blank] for label, row in zip(labels, values, strict=True))]
    builder.table([[CellText(cell) for cell in row] for row in rows])
    built = builder.built()
    document = found(RawText(Source(sha256="b" * 64, name="b", size=1), built.text, built.layout, built.tables, paragraphs=True))
    assert len(document.statistics) == len(labels) * (len(heads) - 1)
