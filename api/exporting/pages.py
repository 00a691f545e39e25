"""All hits of a search, page by page, through the same GraphQL field that the service answers with."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from api.exporting.address import search_arguments
from schema.build import ArchiveSchema
from schema.context import Context, Services

PAGE = 50
_SELECTION = (files(__package__) / "selection.graphql").read_text("utf-8")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of hits as GraphQL gives them; `total` counts those of all pages."""

    nodes: list[dict[str, Any]]
    total: int
    cursor: str | None


class Hits:
    """The hits of one search, at most `limit` of them; `seconds` is how long each page may take."""

    def __init__(self, schema: ArchiveSchema, services: Services, variables: dict[str, Any], limit: int, seconds: float) -> None:
        self._schema, self._services, self._variables = schema, services, variables
        self._limit, self._seconds = limit, seconds
        self._operation = operation(schema)

    @property
    def query(self) -> str:
        """What was typed."""
        return str(self._variables.get("query", ""))

    async def first(self) -> Page:
        """The first page. Raises GraphQLError, with its code, for a search that cannot be made, and TimeoutError."""
        return await self._page(None, min(PAGE, self._limit))

    async def nodes(self, page: Page) -> AsyncIterator[dict[str, Any]]:
        """Every hit from `page` on. Raises as `first`."""
        left = self._limit
        while True:
            for node in page.nodes:
                yield node
            left -= len(page.nodes)
            if page.cursor is None or left <= 0:
                return
            page = await self._page(page.cursor, min(PAGE, left))

    async def _page(self, after: str | None, first: int) -> Page:
        async with asyncio.timeout(self._seconds):
            result = await self._schema.execute(
                self._operation,
                variable_values={**self._variables, "first": first, "after": after},
                context_value=Context.of(self._services),
            )
        if result.errors:
            raise result.errors[0]
        found = (result.data or {})["search"]
        info = found["pageInfo"]
        return Page(found["nodes"], found["totalCount"], info["endCursor"] if info["hasNextPage"] else None)


def operation(schema: ArchiveSchema) -> str:
    """The operation that asks for a page, with every argument that `search` has, so that a new one needs no word here."""
    arguments = search_arguments(schema.graphql)
    declared = "".join(f", ${name}: {_optional(str(one.type))}" for name, one in arguments.items())
    passed = "".join(f", {name}: ${name}" for name in arguments)
    search = f"search(first: $first, after: $after{passed}) {{ ...Hits }}"
    return f"query Export($first: Int!, $after: String{declared}) {{ {search} }}\n{_SELECTION}"


def _optional(kind: str) -> str:
    """Left out, an argument has its default."""
    return kind.removesuffix("!")
