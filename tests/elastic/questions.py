"""A fixed set of searches, and entries to ask them of: what both engines must answer alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from benchmarks.entries import sources
from search.criteria import (
    All,
    Any,
    Constant,
    Everything,
    Exists,
    Facet,
    Metric,
    Not,
    Nothing,
    Phrase,
    Prefix,
    Query,
    Range,
    Ranked,
    Scalar,
    SearchRequest,
    Sort,
    Term,
    Text,
)
from search.port import Entry, SourceEntries
from search.related import similar, suggestion
from search.weights import full_text
from tests.support import ROOT

WORDS = (
    *("网格员", "网格", "党员", "村干部", "书记项目", "积分制", "双联户", "群众", "治理", "培训", "产业", "农牧民", "学校", "乡镇"),
    *("79.4%", "2025", "调研 报告", "基层 治理 探索", "网格员 待遇 不高", "人才 流失", "合作社 收入 增加", "不存在的词语", "的", "，"),
)
KINDS = {"UNIT": "unit", "DOCUMENT": "document", "STATISTIC": "statistic", "PRACTICE": "practice"}
ALL_WORDS = {"title_words": 3.0, "practice_words": 2.0, "unit_words": 1.5, "statistic_words": 1.5, "document_words": 1.0}
ALL_BOTH = {**ALL_WORDS, **{name.replace("words", "grams"): boost / 2 for name, boost in ALL_WORDS.items()}}
FACETS = (
    Facet("kinds", "kind"),
    Facet("places", "places", size=5, ignore=frozenset({"place"})),
    Facet("themes", "themes", size=7, ignore=frozenset({"place", "theme"})),
    Facet("years", "year", size=3),
    Facet("measures", "measure", size=4, ignore=frozenset({"theme"})),
)
METRICS = (Metric("value", "value"), Metric("ordinal", "ordinal"))
SORTS = tuple(Sort(field, down) for field in ("published", "value", "ordinal", "subject", "file", "id") for down in (True, False))


def entries(count: int = 2_000) -> Iterator[SourceEntries]:
    """The samples' own entries again and again with other figures, and made-up ones that have every field and many ties."""
    yield from sources(ROOT / "samples", count)
    chance = Random(7)  # noqa: S311
    for number in range(40):
        yield SourceEntries(f"MADE-{number}", tuple(_made(f"MADE-{number}-{part:02}", chance) for part in range(40)))


def _made(entry_id: str, chance: Random) -> Entry:
    kind = chance.choice([*KINDS, "SOURCE"])
    fields: dict[str, Scalar | tuple[Scalar, ...]] = {"ordinal": chance.randrange(9), "is_reprint": chance.random() < 0.2}
    if kind in KINDS and chance.random() < 0.95:
        text = "".join(chance.choice([*WORDS, "。", "，"]) for _ in range(chance.choice([0, 1, 2, 3, 5, 30])))
        fields |= {f"{KINDS[kind]}_words": text, f"{KINDS[kind]}_grams": text}
    if kind == "DOCUMENT" and chance.random() < 0.7:
        fields |= dict.fromkeys(("title_words", "title_grams"), chance.choice(WORDS))
    if chance.random() < 0.7:
        fields["published"] = (date(1949, 10, 1) + timedelta(days=chance.randrange(4) * 9_000)).isoformat()
    if chance.random() < 0.7:
        fields["value"] = chance.choice([0, 1, 2.5, -7, 1e12, 350])
    if chance.random() < 0.8:
        fields["subject"] = chance.choice(["网格员", "网格长", "村干部", "𠀀", "a", "A"])
    if chance.random() < 0.8:
        fields["measure"] = chance.choice(["PERSONS", "PERCENT", "MONEY", "AREA", "TIMES", "OTHER"])
    fields["year"] = tuple(sorted(chance.sample(range(2018, 2026), chance.randrange(3))))
    fields["themes"] = tuple(sorted(chance.sample(["grid", "team", "party", "road", "school"], chance.randrange(4))))
    fields["places"] = tuple(sorted(chance.sample(["54", "5404", "540421", "15", "1508"], chance.randrange(3))))
    if chance.random() < 0.6:
        fields["path"] = chance.choice(["一/（一）", "一/（二）", "一/（二）/二是", "二", "十.*"])
    return Entry(entry_id, kind, fields, b'{"id":"%s"}' % entry_id.encode())


def searches() -> Iterator[tuple[str, SearchRequest]]:
    """Every search with a name of its own."""
    for word in WORDS:
        for kind, field in KINDS.items():
            yield f"{kind} {word}", SearchRequest(Text(word, {f"{field}_words": 1.0}), filters={"kind": Term("kind", (kind,))})
        yield f"all fields {word}", SearchRequest(Text(word, ALL_BOTH), facets=FACETS, metrics=METRICS, size=40)
        yield f"every word {word}", SearchRequest(Text(word, ALL_WORDS, every=True), filters=_filters(), facets=FACETS)
        yield f"part {word[1:]}", SearchRequest(Phrase(word[1:], ALL_WORDS), size=40)
        yield f"phrase {word}", SearchRequest(Phrase(word, {"unit_words": 1.0, "document_words": 2.0}), facets=FACETS[:2])
        yield f"default, any {word}", SearchRequest(full_text(word, every=False), facets=FACETS[:2])
        yield f"default, all {word}", SearchRequest(full_text(word, every=True), size=40)
        yield f"like {word}", similar(word * 2, {"unit_words": 1.0}, without={"measure": "MONEY"}, filters=_filters())
        yield f"suggest {word}", suggestion(word[:2])
    for number, query in enumerate(_queries()):
        yield f"query {number}", SearchRequest(query, facets=FACETS, metrics=METRICS, size=50)
        yield f"filter {number}", SearchRequest(Text("治理 网格", ALL_WORDS), filters={**_filters(), "more": query}, facets=FACETS)
    for sort in SORTS:
        for query in (Everything(), Text("网格员", ALL_BOTH), Not(Exists("value"))):
            name = f"sort {sort.field} {'down' if sort.descending else 'up'} {type(query).__name__}"
            yield name, SearchRequest(query, sort=sort, size=30, facets=FACETS[:1])
            yield f"{name} offset", SearchRequest(query, sort=sort, size=30, offset=95, filters=_filters())


def _filters() -> dict[str, Query]:
    return {"place": Any((Prefix("places", "54"), Not(Exists("places")))), "theme": Not(Term("themes", ("road",)))}


def _queries() -> Iterator[Query]:
    yield Nothing()
    yield All(())
    yield Any(())
    yield Not(Nothing())
    yield Term("year", (2023, 2024.0))
    yield Term("published", ("1949-10-01",))
    yield Term("is_reprint", (True,))
    yield Term("subject", ("a", "𠀀"))
    yield Prefix("path", "一/（二）")
    yield Prefix("path", "十.*")
    yield Range("value", gt=0, gte=-1, lte=350)
    yield Range("year", gte=2020, lt=2023)
    yield Range("published", gt="1949-10-01", lte="2030-01-01")
    yield All((Text("网格员", {"unit_words": 1.0}), Term("kind", ("UNIT",)), Not(Phrase("书记项目", {"unit_words": 1.0}))))
    yield Any((Text("网格员", {"unit_words": 2.0}), Text("网格员", {"statistic_words": 1.0}), Term("measure", ("MONEY",))))
    yield All((Everything(), Text("党员", {"unit_grams": 1.0})))
    yield Any((Phrase("网格员待遇", {"unit_words": 1.0}), All((Exists("value"), Range("value", lt=0)))))
    yield Ranked(Text("网格员", ALL_WORDS), Text("党员 积分制", ALL_BOTH))
    yield Ranked(Term("measure", ("MONEY",)), Phrase("网格", ALL_WORDS))
    yield Any((Text("网格员 党员", ALL_WORDS), Constant(Text("网格员 党员", ALL_WORDS, every=True), 200.0)))
    yield Not(Any((Exists("published"), Exists("value"), Exists("subject"))))
    yield All((Text("双联户 积分制", ALL_BOTH), Any((Term("themes", ("grid", "team")), Exists("practices")))))
