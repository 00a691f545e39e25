"""The ruling lines of a PDF page, and the tables that they make (pdfplumber's way from edges to cells, on PDFium's edges)."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Sequence
from importlib import import_module
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from archive.layout import Box
from ingest.readers import pdf_calls
from ingest.readers.pdf_frame import Frame
from ingest.readers.pdf_lines import cut, lines_of
from ingest.readers.pdf_run import Run
from ingest.readers.printed_page import PrintedTable

MOST_SEGMENTS = 20_000
"""Parts of paths that are looked at on one page; drawings and maps have more, tables of a page have some hundreds."""
MOST_CROSSINGS = 40_000
"""Horizontal times vertical lines, joined; a table of 100 rows and 20 columns has 2,000. Beyond, the time would grow with their square."""
_THIN = 3.0
_SLANT = 0.7
_SNAP = 3
_MOST_PROSE = 100
"""Characters a cell on average, from which on a frame with few cells is a layout and no table."""


class Edge(NamedTuple):
    """A line along an axis of the page."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def flat(self) -> bool:
        """Whether it lies flat."""
        return self.x1 - self.x0 >= self.bottom - self.top


class Grid(NamedTuple):
    """The cells of a table, by row and column; None where there is none or a merged one covers the place."""

    box: Box
    rows: tuple[tuple[Box | None, ...], ...]


def edges_of(page: Any, frame: Frame) -> list[Edge] | None:
    """The lines drawn on a page; None when there are more of them than anybody could rule."""
    raw, found, left = page.raw, [], MOST_SEGMENTS
    at = pdf_calls.address(raw)
    nth, kind, path = pdf_calls.object_at, pdf_calls.object_kind, pdfium.FPDF_PAGEOBJ_PATH
    for index in range(pdfium.FPDFPage_CountObjects(raw)):
        if kind(nth(at, index)) != path:
            continue
        drawn = pdfium.FPDFPage_GetObject(raw, index)
        count = pdfium.FPDFPath_CountSegments(drawn)
        left -= max(count, 1)
        if left < 0:
            return None
        found += _edges(drawn, count, frame)
    return found


def _edges(drawn: Any, count: int, frame: Frame) -> list[Edge]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPath_GetDrawMode(drawn, fill, stroke)
    pdfium.FPDFPageObj_GetMatrix(drawn, matrix)
    if not (fill.value or stroke.value):
        return []
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    edges: list[Edge] = []
    for index in range(count + 1):
        segment = pdfium.FPDFPath_GetPathSegment(drawn, index) if index < count else None
        kind = pdfium.FPDFPathSegment_GetType(segment) if segment else pdfium.FPDF_SEGMENT_MOVETO
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            edges += _straight(points, bool(stroke.value))
            points = []
        if segment and kind != pdfium.FPDF_SEGMENT_BEZIERTO:
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            at = matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f
            points.append(frame.at(*at))
            if pdfium.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
    return edges


def _straight(points: list[tuple[float, float]], stroked: bool) -> list[Edge]:
    """The edges of one stroke of the pen; of what is only filled, those of thin bars."""
    if len(points) < 2:
        return []
    xs, ys = [x for x, _ in points], [y for _, y in points]
    whole = Edge(min(xs), min(ys), max(xs), max(ys))
    if min(whole.x1 - whole.x0, whole.bottom - whole.top) <= _THIN:
        return [whole] if max(whole.x1 - whole.x0, whole.bottom - whole.top) > _THIN else []
    if not stroked:
        return []
    edges = [Edge(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)) for (x0, y0), (x1, y1) in pairwise(points)]
    return [edge for edge in edges if min(edge.x1 - edge.x0, edge.bottom - edge.top) <= _SLANT]


def grids_of(edges: Sequence[Edge]) -> list[Grid] | None:
    """The tables that `edges` make, two columns or more; one row alone needs three, and may be the last of the page before. None when
    there are too many edges."""
    flat = sum(edge.flat for edge in edges)
    if flat < 2 or len(edges) - flat < 2:
        return []
    finder = import_module("pdfplumber.table")  # a quarter of a second, which only files with ruled pages pay
    joined = finder.merge_edges([_for_finder(edge) for edge in edges], _SNAP, _SNAP, _SNAP, _SNAP)
    flat = sum(edge["orientation"] == "h" for edge in joined)
    if flat * (len(joined) - flat) > MOST_CROSSINGS:
        return None
    crossings = finder.edges_to_intersections(joined, _SNAP, _SNAP)
    grids = (_grid(cells) for cells in finder.cells_to_tables(finder.intersections_to_cells(crossings)))
    return [grid for grid in grids if len(grid.rows[0]) > (1 if len(grid.rows) > 1 else 2)]


def _for_finder(edge: Edge) -> dict[str, object]:
    x, y = (edge.x0 + edge.x1) / 2, (edge.top + edge.bottom) / 2
    x0, top, x1, bottom = (edge.x0, y, edge.x1, y) if edge.flat else (x, edge.top, x, edge.bottom)
    sizes = {"width": x1 - x0, "height": bottom - top}
    return {"x0": x0, "top": top, "x1": x1, "bottom": bottom, "orientation": "h" if edge.flat else "v", **sizes}


def _grid(cells: Sequence[tuple[float, float, float, float]]) -> Grid:
    lefts, tops = sorted({cell[0] for cell in cells}), sorted({cell[1] for cell in cells})
    at = {(cell[1], cell[0]): Box(*cell) for cell in cells}
    whole = Box(lefts[0], tops[0], max(cell[2] for cell in cells), max(cell[3] for cell in cells))
    return Grid(whole, tuple(tuple(at.get((top, left)) for left in lefts) for top in tops))


def fill(grids: Sequence[Grid], runs: list[Run]) -> tuple[list[PrintedTable], list[Run]]:
    """The tables with the runs that stand in them, and the runs that stand in none; a frame around prose is no table."""
    tables: list[PrintedTable] = []
    for grid in grids:
        lefts = sorted({cell.x0 for row in grid.rows for cell in row if cell})
        inside: list[Run] = []
        outside: list[Run] = []
        for run in runs:
            (inside if _within(run, grid.box) else outside).append(run)
        table = _filled(grid, lefts, [part for run in inside for part in cut(run, lefts)])
        if table is not None:
            tables.append(table)
            runs = outside
    return tables, runs


def _within(run: Run, box: Box) -> bool:
    x, y = (run.xs[0] + run.x1) / 2, (run.top + run.bottom) / 2
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def _filled(grid: Grid, lefts: list[float], runs: list[Run]) -> PrintedTable | None:
    cells = [cell for row in grid.rows for cell in row if cell]
    held: dict[Box, list[Run]] = {cell: [] for cell in cells}
    for run in runs:
        cell = next((cell for cell in cells if _within(run, cell)), None)
        if cell is None:
            cell = min(cells, key=lambda cell: math.dist((cell.x0, cell.top), (run.xs[0], run.top)))
        held[cell].append(run)
    texts = sum(bool(some) for some in held.values())
    characters = sum(len(run.chars) for run in runs)
    if texts < 2 or (len(cells) <= 6 and characters > _MOST_PROSE * len(cells)):
        return None
    rows = tuple(tuple(tuple(lines_of(held[cell])) if cell else None for cell in row) for row in grid.rows)
    return PrintedTable(grid.box, rows, tuple(lefts))
