"""What is asked of the picture of a page, and where on it the words stand that are to be marked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.datastructures import QueryParams

from archive.addresses import words_named
from archive.findings import Practice, Statistic, Unit
from archive.layout import Box, locations
from archive.records import Document, Source
from archive.text import Span
from schema.errors import ErrorCode, failure
from schema.node_ids import document_of
from search.port import SearchEngine
from search.projection import Record, read_record

MIN_WIDTH, USUAL_WIDTH, MAX_WIDTH = 100, 1_000, 2_000
MAX_MARKS = 50
MAX_BOXES = 2_000  # of one page: more than a page has lines, and little to draw

_NUMBER = re.compile(r"[0-9]{1,5}", re.ASCII)
_KNOWN = frozenset(("width", "mark"))


@dataclass(frozen=True, slots=True)
class Asked:
    """The arguments of a picture: its width in pixels, and what is to be marked."""

    width: int = USUAL_WIDTH
    marks: tuple[str, ...] = ()


def asked(parameters: QueryParams) -> Asked:
    """The arguments in a URL. Raises an error BAD_REQUEST that says what is wrong with them."""
    unknown = sorted(set(parameters) - _KNOWN)
    if unknown:
        raise failure(ErrorCode.BAD_REQUEST, f"{unknown[0][:40]!r} is no argument here; `width` and `mark` are.")
    widths = parameters.getlist("width")
    width = int(widths[0]) if len(widths) == 1 and _NUMBER.fullmatch(widths[0]) else USUAL_WIDTH if not widths else 0
    if not MIN_WIDTH <= width <= MAX_WIDTH:
        raise failure(ErrorCode.BAD_REQUEST, f"`width` is one whole number of pixels, {MIN_WIDTH:,} to {MAX_WIDTH:,}.")
    marks = tuple(dict.fromkeys(parameters.getlist("mark")))
    if len(marks) > MAX_MARKS:
        raise failure(ErrorCode.BAD_REQUEST, f"`mark` can be given {MAX_MARKS} times at most.")
    return Asked(width, marks)


async def marked_boxes(engine: SearchEngine, source: Source, page: int, marks: Sequence[str]) -> tuple[Box, ...]:
    """Where the words that `marks` name stand on a page of `source`, from its top left corner.

    A mark is the id of a fact, or a range as archive.addresses.words names it. Words on other pages mark nothing. Raises an error
    BAD_REQUEST for what is neither, and NOT_FOUND for a fact that is not there or stands in another original.
    """
    if not marks:
        return ()
    wanted = {mark: _document_id(mark) for mark in marks}
    hits = await engine.get(list(dict.fromkeys([*(mark for mark in marks if not words_named(mark)), *wanted.values()])))
    records: dict[str, Record] = {key: read_record(hit.kind, hit.record) for key, hit in hits.items()}
    found: list[Box] = []
    for mark, key in wanted.items():
        document, span = records.get(key), _span(mark, records)
        if not isinstance(document, Document) or document.source.sha256 != source.sha256 or span is None:
            raise failure(ErrorCode.NOT_FOUND, f"There is no {mark} in this original.")
        places = locations(document.layout, document.offsets.to_source(span))
        found += [place.box for place in places if place.page == page and place.box is not None]
    return tuple(dict.fromkeys(found))[:MAX_BOXES]


def _span(mark: str, records: Mapping[str, Record]) -> Span | None:
    """The words of a fact, or those that a range names."""
    named = words_named(mark)
    fact = records.get(mark)
    return named[1] if named else fact.span if isinstance(fact, Unit | Statistic | Practice) else None


def _document_id(mark: str) -> str:
    named = words_named(mark)
    if named:
        return named[0]
    try:
        return document_of(mark)
    except ValueError:
        message = f"{mark[:40]!r} is not the id of a fact (UNIT-…, STAT-…, PRAC-…), nor words of a document (DOC-…:start-end)."
        raise failure(ErrorCode.BAD_REQUEST, message) from None
