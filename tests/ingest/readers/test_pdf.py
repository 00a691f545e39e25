"""What is read of PDFs with the traits that PDFs have."""

from __future__ import annotations

import pytest

from archive.layout import locations
from archive.text import Span
from ingest import readers
from tests.ingest.readers.pdfs import drawn


def test_a_line_says_on_which_page_and_where_it_stands() -> None:
    raw = readers.read("a.pdf", drawn(lambda page: page.text(72, 100, "全县有网格员350人")))
    assert (raw.reader, raw.pages, raw.paragraphs) == ("PDF", 1, True)
    start = raw.text.index("350")
    (place,) = locations(raw.layout, [Span(start, start + 3)])
    assert place.page == 1
    assert place.box is not None
    assert place.box.x0 == pytest.approx(72 + 6 * 12, abs=1)
    assert place.box.top < 100 < place.box.bottom


def test_a_ruled_table_is_a_table() -> None:
    raw = readers.read("a.pdf", drawn(lambda page: page.table(72, 100, [["村", "人口"], ["东村", "350"]])))
    (table,) = raw.tables
    assert [cell.span.of(raw.text) for cell in table.cells] == ["村", "人口", "东村", "350"]
