"""A cursor belongs to what was asked, not to what the archive holds at the moment."""

import asyncio
from typing import Any

from archive.findings import Measure, Statistic
from archive.ids import content_hash, source_id
from archive.records import Document, Genre, Source
from archive.text import MappedText, Span
from search.projection import entries
from tests.graphql.made import archive_of, ask_of
from tests.graphql.world import ask, execute, services

LISTS = {
    "query": 'search(query: "网格员"',
    "another query": 'search(query: "书记"',
    "another way to match": 'search(query: "网格员", match: ANY',
    "without synonyms": 'search(query: "网格员", synonyms: false',
    "every word wanted": 'search(query: "网格员", match: ALL',
    "any word, because too little holds all": 'search(query: "网格员 区块链"',
    "another filter": 'search(query: "网格员", filter: {types: [STATISTIC]}',
    "another order": 'search(query: "网格员", sort: VALUE_DESC',
    "figures": 'figures(subject: "网格员"',
    "figures of another subject": 'figures(subject: "党员"',
    "practices": 'practices(query: ""',
    "practices of a state": 'practices(query: "", states: [IN_USE]',
}


def test_a_cursor_leads_on_in_its_own_list_only() -> None:
    ends = {name: ask(f"{{ list: {asked}, first: 1) {{ pageInfo {{ endCursor }} }} }}")["list"] for name, asked in LISTS.items()}
    cursors = {name: page["pageInfo"]["endCursor"] for name, page in ends.items()}
    assert all(cursors.values())
    for name, asked in LISTS.items():
        for other, cursor in cursors.items():
            _, errors = execute(f"query($after: String!) {{ list: {asked}, after: $after) {{ totalCount }} }}", after=cursor)
            assert [error["extensions"]["code"] for error in errors] == ([] if name == other else ["BAD_CURSOR"]), (name, other)


def test_a_cursor_outlives_what_is_read_after_it() -> None:
    asked = 'query($after: String) { figures(subject: "网格员", first: 2, after: $after) { pageInfo { endCursor } nodes { id } } }'
    first = ask(asked)["figures"]
    figure = Statistic(
        id="STAT-ffffffffffffffff-1-1",
        quote="专职网格员1人",
        span=Span(0, 7),
        value=1,
        unit="人",
        subject="另有网格员",
        measure=Measure.COUNT,
    )
    source = Source(sha256="ff" * 32, name="新.txt", size=1)
    text = MappedText.whole("专职网格员1人")
    document = Document(
        id="DOC-ffffffffffffffff-1", source=source, ordinal=1, text=text.text, offsets=text.offsets, genre=Genre.OTHER, statistics=(figure,)
    )
    engine = services().engine
    asyncio.run(engine.write([entries(source, [document], services().gazetteer)]))
    try:
        assert ask(asked, after=first["pageInfo"]["endCursor"])["figures"]["nodes"]
    finally:
        asyncio.run(engine.delete([source.id]))


def page(number: int) -> str:
    """A report that says 网格员 more often in longer texts, so that scores differ."""
    body = "全县网格员走访群众。" * (number % 5 + 1) + "各乡镇开展巡查工作，化解矛盾纠纷。" * (number % 7 + 1)
    return f"第{number}号县网格员工作的调研报告\n\n{body}"


def test_a_cursor_of_relevance_outlives_deletions_and_a_rebuild() -> None:
    pages = [page(number) for number in range(24)]
    more = ["网格员、网格员、网格员。", *(f"网格员第{number}次走访。" for number in range(40))]
    before, after = archive_of(*pages, *more), archive_of(*pages)
    asyncio.run(before.engine.delete([source_id(content_hash(text.encode())) for text in more]))
    asked = """query($after: String, $first: Int!) { search(query: "网格员", first: $first, after: $after) {
        nodes { ... on Node { id } } pageInfo { endCursor } } }"""

    def ids(found: Any) -> list[str]:
        return [node["id"] for node in found["nodes"]]

    order = ids(ask_of(after, asked, after=None, first=100)["search"])
    assert len(order) > 21
    for size in (1, 3, 7, 15):
        first = ask_of(before, asked, after=None, first=size)["search"]
        there = ask_of(after, asked, after=first["pageInfo"]["endCursor"], first=7)["search"]
        behind = order.index(ids(first)[-1]) + 1
        assert ids(there) == order[behind : behind + 7]
