"""The findings of tables and those of sentences in one order, with ids by their place in the text."""

from __future__ import annotations

from collections.abc import Sequence

from archive.changed import changed
from archive.findings import Check, Quote, Statistic
from archive.ids import fact_id
from archive.records import Document
from ingest.extract.table_checks import TableCheck


def merged(doc: Document, statistics: Sequence[Statistic], checks: Sequence[TableCheck]) -> Document:
    """The document with these statistics and checks among its own. Its ids are given anew, and what points at them follows."""
    own = [(item.span, 0, number) for number, item in enumerate(doc.statistics)]
    more = [(item.span, 1, number) for number, item in enumerate(statistics)]
    given: dict[tuple[int, int], str] = {}
    ordered: list[Statistic] = []
    for ordinal, (_, kind, number) in enumerate(sorted((*own, *more)), 1):
        given[kind, number] = fact_id("STAT", doc.id, ordinal)
        item = statistics[number] if kind else doc.statistics[number]
        ordered.append(changed(item, id=given[kind, number]))
    renamed = {item.id: given[0, number] for number, item in enumerate(doc.statistics)}
    links = tuple(changed(link, target=renamed.get(link.target, link.target)) for link in doc.links)
    kept = [changed(check, statistics=tuple(renamed[one] for one in check.statistics)) for check in doc.checks]
    kept += [_check(check, statistics, given) for check in checks]
    kept.sort(key=lambda check: [quote.span.start for quote in check.quotes])
    named = tuple(changed(check, id=fact_id("CHECK", doc.id, number)) for number, check in enumerate(kept, 1))
    return changed(doc, statistics=tuple(ordered), links=links, checks=named)


def _check(check: TableCheck, statistics: Sequence[Statistic], given: dict[tuple[int, int], str]) -> Check:
    return Check(
        id="",
        kind=check.kind,
        relation=check.relation,
        holds=check.holds,
        quotes=tuple(Quote(statistics[number].quote, statistics[number].span) for number in check.figures),
        statistics=tuple(given[1, number] for number in check.figures),
        stated=check.stated,
        computed=check.computed,
    )
