"""A document as one JSON object: what `fangzhi extract` prints and what is scored against tests/gold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TypeAlias

from archive.findings import Check, Link, NormalForm, Practice, Statistic, check_coverage
from archive.layout import Table, locations
from archive.records import Document, OutlineNode, PlaceMention, Quality
from archive.text import Span

Json: TypeAlias = str | int | float | bool | Sequence["Json"] | Mapping[str, "Json"] | None


def as_record(document: Document, names: Mapping[str, str] | None = None) -> dict[str, Json]:
    """The document with the field names of tests/gold/README.md, always in the same order; what is unknown is None.

    Every `start` and `end` counts code points of `text`. `names` leads from the ids of documents to the file names they came in, for
    `reprint_of`, which the gold names by file.
    """
    reprint_of = document.reprint_of
    return {
        "id": document.id,
        "source": document.source.name,
        "title": document.title,
        "kicker": document.kicker,
        "subtitle": document.subtitle,
        "column": document.column,
        "genre": document.genre.value,
        "authors": list(document.authors),
        "byline": document.byline,
        "dateline": document.dateline,
        "dateline_text": document.dateline_text,
        "published": document.published,
        "period": document.period,
        "period_text": document.period_text,
        "text": document.text,
        "captions": [caption.text for caption in document.captions],
        "outline": [_outline(node) for node in document.outline],
        "places": [_place(place) for place in document.places],
        "units": _units(document),
        "statistics": [{**_statistic(one), "original": _original(document, one.span)} for one in document.statistics],
        "checks": [_check(check) for check in document.checks],
        "check_coverage": asdict(check_coverage(document.statistics, document.checks)),
        "themes": list(document.themes),
        "practices": [_practice(practice) for practice in document.practices],
        "links": [_link(link) for link in document.links],
        "reprint_of": (names or {}).get(reprint_of, reprint_of) if reprint_of else None,
        "reprint_of_id": reprint_of,
        "tables": [_table(table, document.text) for table in document.tables],
        "quality": _quality(document.source.quality) if document.source.quality else None,
        "warnings": [*document.source.warnings, *document.warnings],
    }


def _quality(quality: Quality) -> dict[str, Json]:
    return {**asdict(quality), "grade": quality.grade.value, "text_layer": quality.text_layer.value, "set_apart": list(quality.set_apart)}


def _table(table: Table, text: str) -> dict[str, Json]:
    cells: list[Json] = [
        {
            "text": cell.span.of(text),
            **_where(cell.span),
            "row": cell.row,
            "column": cell.column,
            "rows": cell.rows,
            "columns": cell.columns,
            "head": cell.head,
        }
        for cell in table.cells
    ]
    return {"name": table.name, **_where(table.span), "cells": cells}


def _where(span: Span) -> dict[str, Json]:
    return {"start": span.start, "end": span.end}


def _outline(node: OutlineNode) -> dict[str, Json]:
    return {
        "path": node.path,
        "marker": node.marker,
        "title": node.title,
        "level": node.level,
        "parent": node.parent,
        **_where(node.span),
        "extent": list(node.extent),
    }


def _place(place: PlaceMention) -> dict[str, Json]:
    return {
        "name": place.name,
        "adcode": place.adcode,
        "division_code": place.division_code,
        "level": place.level.value,
        "role": place.role.value,
        "evidence": place.evidence,
        "start": place.evidence_span.start if place.evidence_span else None,
        "end": place.evidence_span.end if place.evidence_span else None,
        "inferred": place.inferred,
        "resolved_name": place.resolved_name,
        "evidence_more": list(place.evidence_more),
        "confidence": place.confidence,
        "in_caption": place.in_caption,
    }


def _original(document: Document, span: Span) -> list[Json]:
    """Where a quote stands in the file: page and box, paragraph, cell."""
    return [
        {**place._asdict(), "box": list(place.box) if place.box else None}
        for place in locations(document.layout, document.offsets.to_source(span))
    ]


def _units(document: Document) -> list[Json]:
    units = document.units
    quotes = {unit.id: unit.quote for unit in units}
    return [
        {
            "id": unit.id,
            "kind": unit.kind.value,
            "quote": unit.quote,
            **_where(unit.span),
            "extent": list(unit.extent),
            "marker": unit.marker,
            "path": unit.path,
            "parent": quotes.get(unit.parent) if unit.parent else None,
            "parent_id": unit.parent,
            "themes": list(unit.themes),
            "cue": unit.cue,
            "place": unit.place,
            "adcode": unit.adcode,
            "place_inferred": unit.place_inferred,
            "original": _original(document, unit.span),
        }
        for unit in units
    ]


def _statistic(statistic: Statistic) -> dict[str, Json]:
    return {
        "id": statistic.id,
        "quote": statistic.quote,
        **_where(statistic.span),
        "value": statistic.value,
        "max_value": statistic.max_value,
        "unit": statistic.unit,
        "subject": statistic.subject,
        "qualifier": statistic.qualifier.value,
        "measure": statistic.measure.value,
        "status": statistic.status.value,
        "place": statistic.place,
        "adcode": statistic.adcode,
        "place_inferred": statistic.place_inferred,
        "period": statistic.period,
        "period_text": statistic.period_text,
        "period_inherited": statistic.period_inherited,
        "unit_id": statistic.unit_id,
        "normal": _normal(statistic.normal) if statistic.normal else None,
        "confidence": statistic.confidence,
    }


def _normal(form: NormalForm) -> dict[str, Json]:
    return {
        "indicator": form.indicator,
        "listed": form.listed,
        "aspect": form.aspect.value,
        "direction": form.direction.value if form.direction else None,
        "whole": form.whole,
        "modifiers": list(form.modifiers),
        "value": form.value,
        "max_value": form.max_value,
        "unit": form.unit,
    }


def _check(check: Check) -> dict[str, Json]:
    return {
        "id": check.id,
        "quotes": [quote.text for quote in check.quotes],
        "spans": [list(quote.span) for quote in check.quotes],
        "kind": check.kind.value,
        "relation": check.relation,
        "holds": check.holds,
        "stated": check.stated,
        "computed": check.computed,
        "statistics": list(check.statistics),
    }


def _practice(practice: Practice) -> dict[str, Json]:
    return {
        "id": practice.id,
        "name": practice.name,
        "key": practice.key,
        "kind": practice.kind.value,
        "quote": practice.quote,
        **_where(practice.span),
        "state": practice.state.value if practice.state else None,
        "cue": practice.cue,
        "place": practice.place,
        "adcode": practice.adcode,
        "place_inferred": practice.place_inferred,
        "unit_id": practice.unit_id,
    }


def _link(link: Link) -> dict[str, Json]:
    return {"from": link.start, "relation": link.relation.value, "to": link.target, "cue": link.cue.text, **_where(link.cue.span)}
