"""ETags of answers by GET: a reader who has the answer is told so, and nobody is told so wrongly."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from archive.places import gazetteer
from ingest.indexing import projected
from ingest.pipeline import run
from schema.context import Services
from search.embedded.engine import EmbeddedEngine
from tests.support import raw

QUERY = "query Q($q: String!) { search(query: $q) { totalCount } } query R($q: String!) { search(query: $q) { totalCount } }"
RESPONSE = "application/graphql-response+json"


class World:
    """A service on an engine of its own, whose searches are counted."""

    def __init__(self, folder: Path) -> None:
        self.engine = EmbeddedEngine.open(folder / "index")
        self.searches = 0
        search = self.engine.search

        async def counted(*given: Any) -> Any:
            self.searches += 1
            return await search(*given)

        self.engine.search = counted  # type: ignore[method-assign]
        self.client = TestClient(create_app(Settings(), Services(self.engine, gazetteer())), "http://127.0.0.1:8000")

    def write(self, text: str) -> None:
        page = raw(text, "a.txt")
        asyncio.run(self.engine.write([projected(page.source, run(page))]))

    def get(self, held: str = "", **given: Any) -> Any:
        params = {"query": QUERY, "variables": '{"q": "网格"}', "operationName": "Q", **given}
        accept = params.pop("accept", "*/*")
        headers = {"accept": accept, **({"if-none-match": held} if held else {}), **params.pop("headers", {})}
        return self.client.get("/graphql", params=params, headers=headers)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    made.write("关于网格的报告\n全县建成网格12个。\n")
    with made.client:
        yield made
    asyncio.run(made.engine.close())


def test_who_has_the_answer_is_told_so_and_nothing_is_searched(world: World) -> None:
    first = world.get()
    assert first.headers["etag"].startswith('W/"') and first.headers["cache-control"] == "private, no-cache"
    before = world.searches
    again = world.get(first.headers["etag"])
    assert (again.status_code, again.content, world.searches) == (304, b"", before)
    for name in ("etag", "cache-control", "vary"):
        assert again.headers[name] == first.headers[name]
    assert again.headers["content-security-policy"] and again.headers["x-content-type-options"] == "nosniff"


def test_a_list_of_tags_and_a_strong_one_are_understood(world: World) -> None:
    tag = world.get().headers["etag"]
    assert world.get(f'"x", {tag}, "y"').status_code == 304
    assert world.get(tag.removeprefix("W/")).status_code == 304
    for other in ('"x"', "nonsense", tag[:-2] + '"', '""', "W/"):
        assert world.get(other).status_code == 200


def test_a_star_stands_for_every_answer_but_for_no_error(world: World) -> None:
    tag = world.get().headers["etag"]
    assert (world.get("*").status_code, world.get(" * ").headers["etag"]) == (304, tag)
    failed = world.get("*", query="{ nope }", operationName="", accept=RESPONSE)
    assert failed.status_code == 400 and "etag" not in failed.headers
    assert world.get("*", query='{ place(id: "x") { id } }', operationName="").status_code == 200


@pytest.mark.parametrize(
    "given",
    [
        {"variables": '{"q": "干部"}'},
        {"operationName": "R"},
        {"query": QUERY + " "},
        {"accept": RESPONSE},
        {"headers": {"authorization": "Bearer x"}},
    ],
)
def test_another_question_has_another_tag(world: World, given: dict[str, Any]) -> None:
    assert world.get(world.get().headers["etag"], **given).status_code != 304


def test_what_is_written_makes_a_tag_old_at_once(world: World) -> None:
    tag = world.get().headers["etag"]
    world.write("关于网格的报告\n全县建成网格13个。\n第二个网格在乡镇。\n")
    fresh = world.get(tag)
    assert fresh.status_code == 200 and fresh.headers["etag"] != tag


@pytest.mark.parametrize(
    "given", [{"operationName": "X"}, {"query": "{ nope }"}, {"variables": '{"q": 1}'}, {"query": '{ place(id: "x") { id } }'}]
)
def test_what_failed_has_no_tag_and_is_not_kept(world: World, given: dict[str, Any]) -> None:
    response = world.get(**{"operationName": "", **given})
    assert "errors" in response.json()
    assert "etag" not in response.headers and response.headers["cache-control"] == "no-store"


def test_an_answer_to_a_post_has_none(world: World) -> None:
    response = world.client.post("/graphql", json={"query": "{ __typename }"}, headers={"if-none-match": "*"})
    assert response.status_code == 200
    assert "etag" not in response.headers and response.headers["cache-control"] == "no-store"


def test_order_and_spaces_of_variables_make_no_difference(world: World) -> None:
    query = "query($q: String!, $n: Int) { search(query: $q, first: $n) { totalCount } }"
    one, other = (
        world.get(query=query, operationName="", variables=text) for text in ('{"q":"网格","n":1}', '{ "n": 1, "q": "\\u7f51格" }')
    )
    assert one.headers["etag"] == other.headers["etag"]
