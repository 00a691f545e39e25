"""The title of a page that holds a table alone, and what is none."""

from __future__ import annotations

import pytest

from ingest import readers
from tests.ingest.readers.pdfs import Drawing, drawn

ROWS = [["乡镇", "户数", "人口"], ["礼贤镇", "120", "460"], ["长岭乡", "98", "350"], ["贺村镇", "77", "301"]]
NAME = "礼贤县各乡镇基本情况"


def title(*above: str, below: str = "", size: float = 10) -> str | None:
    def draw(page: Drawing) -> None:
        for number, line in enumerate(above):
            page.text(72, 60 + 24 * number, line, size)
        page.table(72, 72 + 24 * len(above), ROWS)
        if below:
            page.paragraph(72, 300, below)

    return readers.read("a.pdf", drawn(draw)).meta.title


@pytest.mark.parametrize("size", [10, 18])
def test_the_line_above_a_table_that_is_alone_is_the_title(size: float) -> None:
    assert title(NAME, "单位：户、人", size=size) == NAME


@pytest.mark.parametrize("line", ["单位：户、人", "2023年", "附表", "各乡镇已经完成统计。"])
def test_a_line_of_units_a_date_or_a_sentence_is_no_title(line: str) -> None:
    assert title(line) is None


def test_a_table_within_a_report_gives_it_no_title() -> None:
    assert title(NAME, below="全县把产业扶贫作为稳定脱贫的根本之策，选派机关干部到村任职，为群众办理实事。") is None
