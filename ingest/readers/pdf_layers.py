"""Whether the text layer of a PDF page can be trusted: characters without a meaning, mojibake, layers behind scans, scans without one."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import Any

import pypdfium2.raw as pdfium

from ingest.readers.pdf_frame import Frame
from ingest.readers.pdf_run import Run

_BROKEN = re.compile(r"[\ufffd\ufffe\uffff\ue000-\uf8ff\x00-\x08\x0e-\x1f]|\(cid:\d+\)")
_MOST_BROKEN = 0.1
"""Share of characters without a meaning from which on a layer is not read; a few private-use characters are bullets of a symbol font."""
_ACCENTED = re.compile(r"[\u0080-\u02ff]")
_MOST_ACCENTED = 0.4
"""Share from which on they are bytes of another encoding: GBK read as Latin has 0.7 to 1.0, the richest European text 0.2."""
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LEAST_COMMON = 0.5
"""Share of common characters below which Chinese is mojibake: prose has over 0.9, UTF-8 read as GBK under 0.3."""
_ENOUGH = 16
_SCAN_AREA = 0.5
"""Share of the page that a picture covers where the page is a scan."""
_MOST_OBJECTS = 2_000
_LEVEL_1 = (("gb2312", 0xB0, 0xD8), ("big5", 0xA4, 0xC7))


class Layer(StrEnum):
    """What the text layer of a page is."""

    SOUND = "sound"
    HIDDEN = "hidden"  # behind a scan, put there by a machine that had read it, and sound
    MISSING = "missing"  # there is a picture and no text
    BROKEN = "broken"
    BLANK = "blank"


def soundness(text: str) -> Layer:
    """SOUND or BROKEN, by the characters of a page."""
    visible = "".join(text.split())
    if sum(map(len, _BROKEN.findall(visible))) > _MOST_BROKEN * len(visible):
        return Layer.BROKEN
    if len(visible) >= _ENOUGH and len(_ACCENTED.findall(visible)) > _MOST_ACCENTED * len(visible):
        return Layer.BROKEN
    chinese = _CHINESE.findall(visible)
    if len(chinese) >= _ENOUGH and sum(map(_commonest().__contains__, chinese)) < _LEAST_COMMON * len(chinese):
        return Layer.BROKEN
    return Layer.SOUND


def without_text(page: Any, frame: Frame) -> Layer:
    """MISSING or BLANK: whether pictures cover any part of a page that has no text to speak of."""
    return Layer.MISSING if _pictures(page) > 0.02 * frame.width * frame.height else Layer.BLANK


def shown(page: Any, frame: Frame, runs: Sequence[Run]) -> tuple[list[Run], bool]:
    """The runs that people see or that stand behind a scan, and whether most of them stand behind one."""
    hidden = sum(len(run.chars) for run in runs if run.hidden)
    if not hidden:
        return list(runs), False
    if _pictures(page) > _SCAN_AREA * frame.width * frame.height:
        return list(runs), 2 * hidden > sum(len(run.chars) for run in runs)
    return [run for run in runs if not run.hidden], False


def _pictures(page: Any) -> float:
    """The area of the pictures on a page, in square points; one that lies upon another counts twice."""
    area = 0.0
    bounds = [ctypes.c_float() for _ in range(4)]
    for index in range(min(pdfium.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)):
        drawn = pdfium.FPDFPage_GetObject(page.raw, index)
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM) and pdfium.FPDFPageObj_GetBounds(drawn, *bounds):
            left, bottom, right, top = (one.value for one in bounds)
            area += (right - left) * (top - bottom)
    return area


@cache
def _commonest() -> frozenset[str]:
    """The commonest characters of simplified and traditional Chinese."""
    rows = ((codec, lead, trail) for codec, first, last in _LEVEL_1 for lead in range(first, last) for trail in range(0x40, 0xFF))
    return frozenset(bytes((lead, trail)).decode(codec, "ignore") for codec, lead, trail in rows)
