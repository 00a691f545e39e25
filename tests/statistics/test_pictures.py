"""Figures of what was read in a picture: a table there is lines of text, so what stands on the next line is of another cell."""

from __future__ import annotations

import pytest

from archive.layout import Location
from archive.records import Source
from ingest.pipeline import run
from ingest.readers.builder import TextBuilder
from ingest.stages import RawText


def figures(lines: str, confidence: float | None) -> list[str]:
    builder = TextBuilder()
    for line in ("平遥县2023年工作报告", *lines.split("|")):
        builder.line(line, Location(page=1, confidence=confidence))
    built = builder.built()
    raw = RawText(Source(sha256="a" * 64, name="甲.png", size=1), built.text, built.layout, paragraphs=True)
    return [f"{item.value} {item.unit}" for document in run(raw) for item in document.statistics]


@pytest.mark.parametrize("lines", ["人口数|41.0|双井村", "人口|400|村集体收入", "段村镇|25|组织振兴", "户数|35|户均收入"])
def test_a_unit_in_a_picture_never_comes_from_the_next_line(lines: str) -> None:
    assert figures(lines, 0.99) == []


@pytest.mark.parametrize(
    ("lines", "found"), [("全县建成网格46个。|村集体收入增长", ["46 个"]), ("网格员350人|党员278名", ["350 人", "278 名"])]
)
def test_a_unit_on_its_own_line_stays(lines: str, found: list[str]) -> None:
    assert figures(lines, 0.99) == found
