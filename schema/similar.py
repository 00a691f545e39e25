"""Items like one that is read: its reprints if they are asked for, what uses the same telling words, and what shares its themes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

import strawberry

from archive import findings, records
from archive.errors import BadRequest
from archive.themes import Theme as ThemeRecord
from archive.themes import themes
from schema.describe import describe
from schema.errors import known
from schema.node import Info
from schema.pagination import check_first
from schema.search import SearchItem
from schema.theme import Theme, themes_of
from search.analysis import Form, fold, terms
from search.criteria import All, Any, Everything, Not, Query, SearchRequest, Term
from search.port import Hit
from search.projection import read_fact
from search.related import itself, telling_words
from search.related import similar as like
from search.stored import Record

MAX_SIMILAR = 20
LEAST_SCORE = 0.25
"""Of the samples' documents and units, what shares a matter reaches 0.25 and more; below it stand those that only share 工作 and 群众."""
LEAST_WORDS = 3
"""Telling words that two items must share: two are the opening of a sentence (截至目前)."""
_HALF = 0.5
"""Of the themes of both, so many must be shared for them to be a reason: one of four is what most items of an archive share."""
_SAME = 0.95
"""A fact of a copy that has other words than the fact itself, as where a character was read wrongly, must be this like."""
_READ = 20_000  # code points of an item that are read for words
_SHOWN = 10
_FIELDS = {"DOCUMENT": "document_words", "UNIT": "unit_words", "PRACTICE": "practice_words"}

Readable: TypeAlias = records.Document | findings.Unit | findings.Practice


class SimilarReason(StrEnum):
    """Why an item is like another."""

    REPRINT = "REPRINT"
    TEXT = "TEXT"
    THEME = "THEME"


describe(
    SimilarReason,
    "Why an item is like another; the first that holds.",
    {
        "REPRINT": "It is, or stands in, a copy of the same text.",
        "TEXT": "It uses the words that tell most of the other.",
        "THEME": "It shares themes, though not the words.",
    },
)


@dataclass(frozen=True, slots=True)
class SimilarItemOf:
    """What a SimilarItem is resolved from."""

    item: Record
    score: float
    reason: SimilarReason
    shared_themes: list[ThemeRecord]
    shared_words: list[str]


@strawberry.type(description="An item that is like another, and why.")
class SimilarItem:
    """Resolved from SimilarItemOf."""

    item: SearchItem = strawberry.field(description="The item, of the same kind as the other.")
    score: float = strawberry.field(
        description="How like they are, 0 to 1. By words: how well it answers a search for the other's telling words, beside the other "
        "itself. By themes: how many of the themes of both are shared."
    )
    reason: SimilarReason = strawberry.field(description="Why it is listed.")
    shared_themes: list[Theme] = strawberry.field(description="The themes that both carry; a practice has none of its own.")
    shared_words: list[str] = strawberry.field(description=f"Telling words of the other that it uses too, at most {_SHOWN}.")


@dataclass(frozen=True, slots=True)
class _Read:
    """An item, with what is needed of it to compare it. `said` are the words of a fact's quote; copies of a document are all the same."""

    record: Readable
    kind: str
    said: tuple[str, ...]
    text: str
    themes: tuple[str, ...]
    document: str
    principal: str


async def similar_to(info: Info, identifier: str, first: int, least: float, *, reprints: bool) -> list[SimilarItemOf]:
    """Reprints, then by words, then by themes; each the likest first. Raises BadRequest, and an error NOT_FOUND for an unknown id."""
    check_first(first, MAX_SIMILAR)
    if not 0 < least <= 1:
        raise BadRequest(f"`minScore` is more than 0 and at most 1, not {least:g}.")
    engine = info.context.services.engine
    hit = known((await engine.get([identifier])).get(identifier), identifier)
    if hit.kind not in _FIELDS:
        raise BadRequest(f"{identifier} is no document, unit or practice; for figures ask `compareFigures` or `statisticSeries`.")
    own = _read(info, hit)
    words = telling_words(own.text)
    requests = _requests(own, first, reprints=reprints)
    pages = await asyncio.gather(*(engine.search(one) for one in requests.values()))
    found: dict[str, SimilarItemOf] = {}
    whole = next((hit.score for hit in pages[0].hits), None) or 0.0
    for reason, page in zip(list(requests)[1:], pages[1:], strict=True):
        for hit in page.hits:
            one = _similar(own, words, _read(info, hit), SimilarReason(reason), part=_part(hit, whole), least=least)
            if one is not None:
                found.setdefault(hit.id, one)
    order = list(SimilarReason)
    return sorted(found.values(), key=lambda one: (order.index(one.reason), -one.score, -len(one.shared_words), one.item.id))[:first]


def _requests(own: _Read, first: int, *, reprints: bool) -> dict[str, SearchRequest]:
    """The searches: for the item itself, then one a reason."""
    only: Mapping[str, Query] = {"kind": Term("kind", (own.kind,)), "reprints": Not(Term("is_reprint", (True,)))}
    others = {"document_id": own.principal, "reprint_of": own.principal}
    by_words = like(own.text, {_FIELDS[own.kind]: 1.0}, without=others, filters=only, size=2 * first)
    found = {"": itself(by_words, own.record.id)}
    if reprints:
        group = Any((Term("reprint_of", (own.principal,)), Term("document_id", (own.principal,))))
        copies = All((Any((found[""].query, Everything())), group, Not(Term("document_id", (own.document,)))))
        found["REPRINT"] = SearchRequest(copies, filters={"kind": only["kind"]}, size=2 * first)
    found["TEXT"] = by_words
    if slugs := tuple(themes()[label].id for label in own.themes if label in themes()):
        sharing = replace(by_words, filters={**only, "themes": Term("themes", slugs)}, size=5 * first)
        found["THEME"] = replace(sharing, query=_or_without_words(by_words.query))
    return found


def _or_without_words(query: Query) -> Query:
    """The request's query where its words need not occur: they decide which of many come first."""
    words, *left_out = query.queries if isinstance(query, All) else (query,)
    return All((Any((words, Everything())), *left_out))


def _part(hit: Hit, whole: float) -> float:
    """The score of a hit as a part of the item's own."""
    return round(min(1.0, (hit.score or 0.0) / whole), 4) if whole else 0.0


def _similar(own: _Read, words: tuple[str, ...], other: _Read, reason: SimilarReason, *, part: float, least: float) -> SimilarItemOf | None:
    """The other item, if it is like enough for this reason. A fact of a copy must be the same fact, and not merely stand in it."""
    text = fold(other.text)
    shared = [word for word in words if word in text]
    both = [label for label in own.themes if label in other.themes]
    if reason is SimilarReason.THEME:
        part = round(len(both) / len({*own.themes, *other.themes}), 4)
        alike = part >= max(least, _HALF)
    elif reason is SimilarReason.TEXT:
        alike = part >= least and len(shared) >= LEAST_WORDS
    else:
        alike = own.said == other.said or part >= _SAME
        part = 1.0 if own.said == other.said else part
    return SimilarItemOf(other.record, part, reason, themes_of(tuple(both)), shared[:_SHOWN]) if alike else None


def _read(info: Info, hit: Hit) -> _Read:
    """What is needed of a document, a unit or a practice."""
    record = info.context.taken(hit)
    if isinstance(record, records.Document):
        principal = record.reprint_of or record.id
        return _Read(record, hit.kind, (), record.text[:_READ], record.themes, record.id, principal)
    stored = read_fact(hit.kind, hit.record)
    fact = stored.record
    if isinstance(fact, findings.Statistic):
        raise TypeError(f"{hit.id} is a figure")
    name = fact.name if isinstance(fact, findings.Practice) else fact.quote
    labels = fact.themes if isinstance(fact, findings.Unit) else ()
    about = stored.context
    said = tuple(terms(name, Form.WORDS))
    return _Read(fact, hit.kind, said, f"{name}\n{stored.passage.text}"[:_READ], labels, about.id, about.reprint_of or about.id)
