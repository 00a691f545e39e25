"""Statistics from tables: the figures of their cells, named by heads and labels, beside those that sentences state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from archive.changed import changed
from archive.findings import Measure, Statistic, Status
from archive.ids import fact_id
from archive.layout import Table
from archive.records import Document, PlaceMention, PlaceRole
from archive.text import Span
from ingest.extract.name_lines import is_about_one
from ingest.extract.normal_forms import normal_form
from ingest.extract.numerals import plain
from ingest.extract.places import find_places, places_at
from ingest.extract.statistic_figures import Figure
from ingest.extract.statistics import RESIDENTS
from ingest.extract.table_checks import TableCheck, checks_of
from ingest.extract.table_context import contexts_of, lines_above, titles_above
from ingest.extract.table_figures import read_figures
from ingest.extract.table_grid import Grid, grid_of
from ingest.extract.table_merge import merged
from ingest.extract.table_naming import site_columns
from ingest.extract.table_numbers import number_in
from ingest.extract.table_persons import lists_persons
from ingest.extract.table_plans import with_plans
from ingest.extract.table_prose import is_prose
from ingest.extract.table_records import Reading, TableFigure
from ingest.extract.table_words import Role, taken_apart
from ingest.extract.units import link_units

MAX_FIGURES = 20_000
"""Figures of one document's tables; the rest is told. Each is an entry of the index, and 20,000 take some ten seconds to write."""

_LONGEST_PLACE = 20
_SEVERAL = re.compile("[、，,；;及和/]")
_LABELS = 2_000
_GROWS = {Role.RATE_OF_GROWTH: "同比增长", Role.GROWTH: "增加", Role.SHARE: "占比"}


def find_table_statistics(doc: Document) -> Document:
    """Adds the statistics and checks of `tables` to those of the sentences, in the order of the text, and the places that rows are about.

    A list of persons (姓名, 身份证号) gives none: the archive keeps no files on private persons. A table of sentences is left to prose.
    """
    if not doc.tables:
        return doc
    doc = with_plans(doc, lambda table: titles_above(doc, table))
    warnings: list[str] = []
    grids: list[tuple[Table, Grid]] = []
    for number, table in enumerate(doc.tables, 1):
        grid = None if is_prose(table, doc.text) else grid_of(table, doc.text)
        if grid is not None and (lists_persons(grid) or _is_of_one(doc, table, grid)):
            name = f" ({table.name})" if table.name else ""
            warnings.append(f"table {number}{name} lists persons by name: no figures are taken from it")
        elif grid is not None:
            grids.append((table, grid))
    named = _named_places(doc, grids)
    found: list[tuple[Statistic, TableFigure]] = []
    checks: list[TableCheck] = []
    names = {label: place.name for label, place in named.items()}
    places_by_name = {place.name: place for place in named.values()}
    for table, grid, context in contexts_of(doc, grids):
        read = read_figures(grid, context, names)
        figures = read.figures
        warnings += _left_out(doc.tables.index(table) + 1, table, read)
        room = MAX_FIGURES - len(found)
        if len(figures) > room:
            warnings.append(f"{len(figures) - room:,} figures of its tables left out beyond {MAX_FIGURES:,}; split the file")
            figures = figures[:room]
        (own,) = places_at(doc, [table.span.start])
        found += [(_statistic(doc, figure, places_by_name.get(figure.place or "", own)), figure) for figure in figures]
        checks += checks_of(grid, figures, len(found) - len(figures))
    if not found:
        return changed(doc, warnings=(*doc.warnings, *warnings)) if warnings else doc
    used = {item.place for item, _ in found}
    known = {place.name for place in doc.places}
    places = dict.fromkeys(place for place in named.values() if place.name in used and place.name not in known)
    whole = merged(doc, [item for item, _ in found], checks)
    return link_units(changed(whole, places=(*doc.places, *places), warnings=(*doc.warnings, *warnings)))


def _is_of_one(doc: Document, table: Table, grid: Grid) -> bool:
    """Whether a table stands under a caption that announces what one private person did."""
    return any(is_about_one(title) for title in (*grid.titles, *lines_above(doc, table)[0][:2]))


def _left_out(number: int, table: Table, read: Reading) -> Iterator[str]:
    """What is left out of a table because nothing printed settles it."""
    name = f"table {number}{f' ({table.name})' if table.name else ''}"
    if read.without_unit:
        yield f"{name} names several units above it ({read.units}) and not which column has which: {_count(read.without_unit)}"
    if read.unsettled:
        yield f"{name} does not say of what, or in which unit, a growth or a share is: {_count(read.unsettled)}"
    if read.unnamed:
        yield f"{name} does not say what is counted, or of which row: {_count(read.unnamed)}"


def _count(figures: int) -> str:
    return f"{figures:,} figure{'s' * (figures > 1)} left out"


def _named_places(doc: Document, grids: Sequence[tuple[Table, Grid]]) -> Mapping[str, PlaceMention]:
    """The labels and heads that name a place, by their words: found by the rules for prose, in the text with the labels of its tables."""
    labels: dict[Span, str] = {}
    sites: dict[int, Span] = {}
    for _, grid in grids:
        sites |= {cell.start: cell for cell, printed in _site_cells(grid) if not _SEVERAL.search(printed)}
        for at_, printed in _label_cells(grid):
            words = taken_apart(printed).words
            if 2 <= len(words) <= _LONGEST_PLACE and words == printed:
                labels[at_] = words
    if not labels or len(labels) > _LABELS:
        return {}
    pieces = ["\n" if char == "\n" else " " for char in doc.text]
    tables = [table.span for table in doc.tables]
    at = 0
    for span in tables:
        pieces[at : span.start] = doc.text[at : span.start]
        at = span.end
    pieces[at:] = doc.text[at:]
    for span in labels:
        pieces[span.start : span.end] = span.of(doc.text)
        if span.end < len(pieces):
            pieces[span.end] = "\n"
    read = find_places(changed(doc, text="".join(pieces), places=(), mentions=()))
    known = {place.name: place for place in (*read.places, *doc.places)}
    found: dict[str, PlaceMention] = {}
    for mention in read.mentions:
        span = sites.get(mention.span.start, mention.span)
        if span in labels and mention.span.end <= span.end and mention.key in known:
            place = known[mention.key]
            found[labels[span]] = place if place in doc.places else changed(place, role=PlaceRole.MENTIONED)
    return found


def _label_cells(grid: Grid) -> Iterator[tuple[Span, str]]:
    for number, row in enumerate(grid.places):
        for column, place in enumerate(row):
            if place and place.own and place.text and (grid.head <= number < grid.data or column in grid.labels):
                yield place.cell.span, place.text
    yield from _site_cells(grid)


def _site_cells(grid: Grid) -> Iterator[tuple[Span, str]]:
    cells = (row[column] for row in grid.places[grid.data :] for column in site_columns(grid))
    yield from ((place.cell.span, place.text) for place in cells if place and place.own and place.text and not number_in(place.text))


def _statistic(doc: Document, figure: TableFigure, place: PlaceMention | None) -> Statistic:
    value, top = plain(figure.value), None if figure.last is None else plain(figure.last)
    measure = figure.unit.measure
    if measure is Measure.COUNT and figure.unit.name == "人" and RESIDENTS.search(figure.subject):
        measure = Measure.POPULATION
    said = figure.base.rpartition("中")[2] + (_GROWS[figure.kind] if figure.kind else "")
    number = Figure(len(said), len(said) + 1, value, top, figure.unit.name, measure, figure.number.qualifier)
    return Statistic(
        id=fact_id("STAT", doc.id, 0),
        quote=figure.span.of(doc.text),
        span=figure.span,
        value=value,
        max_value=top,
        unit=figure.unit.name,
        subject=figure.subject,
        measure=measure,
        qualifier=figure.number.qualifier,
        status=Status(figure.status),
        place=place.name if place else None,
        adcode=place.adcode if place else None,
        place_inferred=place.inferred if place else False,
        period=figure.period,
        period_text=figure.period_text,
        period_inherited=figure.inherited,
        normal=normal_form(figure.subject, number, f"{said}0", place.name if place else None),
    )
