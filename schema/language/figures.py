"""Conditions on figures: which subjects are meant, and between which values, in whatever unit they are printed."""

from __future__ import annotations

from fractions import Fraction

from archive.findings import Qualifier
from archive.indicators import bare
from archive.quantities import NormalUnit, normal_unit
from ingest.extract.numerals import plain
from schema.enums import ItemType
from schema.known_indicators import named_indicator
from schema.language.clauses import Bounds
from search.analysis import fold
from search.criteria import All, Any, Exists, Facet, Not, Nothing, Query, Range, SearchRequest, Term, Text
from search.port import SearchEngine

MAX_SUBJECTS = 1000
_AS_PRINTED = NormalUnit("", Fraction(1), same=True)
_COUNTS = ("人数", "户数", "数量", "总数", "数")


async def subjects_called(engine: SearchEngine, name: str) -> Query:
    """Figures of what is called `name`: of the thesaurus's term for it, and of every subject that ends with it (专职网格员).

    What the name merely qualifies (网格员中党员) is another subject, and is left out. Nothing where no figure is of it.
    """
    for one in _names(name):
        found = await _called(engine, one)
        if found != Nothing():
            return found
    return Nothing()


def _names(name: str) -> tuple[str, ...]:
    """The name, and the name without the word that says that it is counted (网格员人数)."""
    folded = fold(name)
    shorter = next((folded.removesuffix(ending) for ending in _COUNTS if folded.endswith(ending)), folded)
    return tuple(one for one in dict.fromkeys((folded, shorter)) if one)


async def _called(engine: SearchEngine, name: str) -> Query:
    text = Text(name, {"statistic_grams": 1.0}, every=True)
    kind = Term("kind", (ItemType.STATISTIC.value,))
    page = await engine.search(SearchRequest(text, filters={"kind": kind}, size=0, facets=(Facet("subject", "subject", MAX_SUBJECTS),)))
    subjects = tuple(str(one.value) for one in page.facets["subject"].counts if bare(fold(str(one.value))).endswith(bare(name)))
    term = named_indicator(name)
    known: list[Query] = [Term("subject", subjects)] if subjects else []
    if term is not None:
        known.append(Term("indicator", (term.term,)))
    if not subjects and known:
        counted = await engine.search(SearchRequest(known[0], filters={"kind": kind}, size=0))
        return known[0] if counted.total else Nothing()
    return Any(tuple(known)) if known else Nothing()


def between(bounds: Bounds) -> Query:
    """Figures within the bounds: by their normal unit where a unit is typed, so that 亩 finds 公顷, else by the printed number."""
    if bounds.unit is None:
        return _range("value", bounds, _AS_PRINTED)
    unit = normal_unit(bounds.unit)
    normal = All((Term("normal_unit", (unit.name,)), _range("normal_value", bounds, unit)))
    printed = All((Not(Exists("normal_unit")), Term("unit", (bounds.unit,)), _range("value", bounds, _AS_PRINTED)))
    return Any((normal, printed))


def _range(field: str, bounds: Bounds, unit: NormalUnit) -> Query:
    low = None if bounds.low is None else float(unit.of(plain(bounds.low)))
    high = None if bounds.high is None else float(unit.of(plain(bounds.high)))
    within = Range(
        field,
        gte=None if bounds.low_open else low,
        gt=low if bounds.low_open else None,
        lte=None if bounds.high_open else high,
        lt=high if bounds.high_open else None,
    )
    # 不足50人 is printed as 50 and at most that: it is below 50 as 超过50人 is above it
    edges = [(low, Qualifier.MORE_THAN)] if bounds.low_open and low is not None and high is None else []
    edges += [(high, Qualifier.AT_MOST)] if bounds.high_open and high is not None and low is None else []
    there = tuple(All((Term("qualifier", (how.value,)), Range(field, gte=edge, lte=edge))) for edge, how in edges)
    return Any((within, *there)) if there else within
