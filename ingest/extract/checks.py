"""Recomputes what printed figures say about each other: shares, sums, changes, averages, equal numbers of things that pair."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from archive.changed import changed
from archive.findings import Check
from archive.ids import fact_id
from archive.records import Document
from ingest.extract.check_bounds import parts
from ingest.extract.check_changes import changes, gaps, growths
from ingest.extract.check_excess import excesses, listed
from ingest.extract.check_means import averages, products, yearly
from ingest.extract.check_pairs import pairs
from ingest.extract.check_ratios import ratios
from ingest.extract.check_repeats import contradicted, repeated, restated, reworded
from ingest.extract.check_shares import shares
from ingest.extract.check_sums import complements, percentages, sums, totals
from ingest.extract.check_terms import Finding, Sheet

RULES: tuple[Callable[[Sheet], Iterator[Finding]], ...] = (
    shares,
    parts,
    sums,
    totals,
    complements,
    excesses,
    listed,
    percentages,
    changes,
    growths,
    gaps,
    averages,
    yearly,
    products,
    repeated,
    reworded,
    restated,
    contradicted,
    pairs,
)
"""Every rule yields the relations that it is sure of; one relation of the same figures is kept once."""


def check_arithmetic(doc: Document) -> Document:
    """Fills `checks` from `statistics`.

    The tolerance is half a unit of the last printed digit; a rough figure (余, 多, 近, 以上) is a bound, so that `holds` is None where the
    figures do not decide, and False only where the relation cannot hold.
    """
    sheet = Sheet(doc)
    seen: set[tuple[object, ...]] = set()
    found: list[Finding] = []

    def keep(findings: Iterator[Finding]) -> None:
        for finding in findings:
            key = (*sorted(item.id for item in finding.statistics), *finding.printed)
            if key not in seen:
                seen.add(key)
                found.append(finding)

    for rule in RULES if len(doc.statistics) > 1 else ():
        keep(rule(sheet))
    keep(ratios(sheet, tuple(found)))
    found.sort(key=lambda finding: [quote.span.start for quote in finding.quotes()])
    return changed(doc, checks=tuple(_check(doc, number, finding) for number, finding in enumerate(found, 1)))


def _check(doc: Document, number: int, finding: Finding) -> Check:
    return Check(
        id=fact_id("CHECK", doc.id, number),
        kind=finding.kind,
        relation=finding.relation,
        holds=finding.holds,
        quotes=tuple(finding.quotes()),
        statistics=tuple(item.id for item in finding.statistics),
        stated=finding.stated,
        computed=finding.computed,
    )
