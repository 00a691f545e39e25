"""What is asked of the picture of a page, and where on it the words of the facts stand that are to be marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import QueryParams

from archive.findings import Practice, Statistic, Unit
from archive.ids import document_id
from archive.layout import Box, locations
from archive.records import Document, Source
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
    """The arguments of a picture: its width in pixels, and the ids of the facts to mark."""

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
    """Where the words of the facts `marks` stand on a page of `source`, from its top left corner.

    A fact whose words stand on other pages marks nothing. Raises an error BAD_REQUEST for what is no id of a fact, and NOT_FOUND for a fact
    that is not there or stands in another original.
    """
    if not marks:
        return ()
    wanted = {mark: _document_id(mark) for mark in marks}
    hits = await engine.get([*marks, *dict.fromkeys(wanted.values())])
    records: dict[str, Record] = {key: read_record(hit.kind, hit.record) for key, hit in hits.items()}
    found: list[Box] = []
    for mark, key in wanted.items():
        fact, document = records.get(mark), records.get(key)
        of_source = isinstance(document, Document) and document.id == document_id(source.sha256, document.ordinal)
        if not (of_source and isinstance(document, Document) and isinstance(fact, Unit | Statistic | Practice)):
            raise failure(ErrorCode.NOT_FOUND, f"There is no fact {mark} in this original.")
        places = locations(document.layout, document.offsets.to_source(fact.span))
        found += [place.box for place in places if place.page == page and place.box is not None]
    return tuple(dict.fromkeys(found))[:MAX_BOXES]


def _document_id(mark: str) -> str:
    try:
        return document_of(mark)
    except ValueError:
        message = f"{mark[:40]!r} is not the id of a fact; ids look like UNIT-…, STAT-… and PRAC-…."
        raise failure(ErrorCode.BAD_REQUEST, message) from None
