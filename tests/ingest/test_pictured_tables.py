"""Tables in pictures are read as lines, and it is said."""

from __future__ import annotations

import pytest

from archive.layout import Box
from ingest.readers.printed import Piece, PrintedLine, PrintedPage, compose

CELLS = ["乡镇", "户数", "人口", "古陶镇", "120", "400", "段村镇", "133", "437 21.5", "宁固镇", "1,146", "47.4%"]
PROSE = ["一、基本情况", "全县建成网格46个，", "选聘网格员350人。", "2", "二、下步打算", "2024年计划新建光伏电站3座。"]


def page(texts: list[str], confidence: float | None) -> PrintedPage:
    lines = []
    for number, text in enumerate(texts):
        box = Box(60.0, 60.0 + 20 * number, 60.0 + 12 * len(text), 72.0 + 20 * number)
        lines.append(PrintedLine((Piece(text, box, confidence),), 12.0))
    return PrintedPage(1, 595.0, 842.0, tuple(lines))


@pytest.mark.parametrize(
    ("texts", "confidence", "told"),
    [
        pytest.param(CELLS, 0.99, True, id="cells that a machine recognised"),
        pytest.param(PROSE, 0.99, False, id="prose that a machine recognised"),
        pytest.param(CELLS, None, False, id="cells whose characters the file holds"),
    ],
)
def test_figures_that_stand_alone_in_a_picture_are_told(texts: list[str], confidence: float | None, told: bool) -> None:
    remarks = compose([page(texts, confidence)]).remarks
    assert [remark for remark in remarks if "picture" in remark] == (
        ["page 1 holds figures that stand alone in a picture, as in a table; they are read line by line, so hold figures against the page"]
        if told
        else []
    )
