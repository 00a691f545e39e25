"""The authors of the archive's documents, by their folded names."""

from __future__ import annotations

from collections.abc import Mapping

from schema.context import Services
from schema.enums import ItemType
from schema.kept import Kept
from search.analysis import fold
from search.criteria import Facet, SearchRequest, Term

MOST = 10_000
"""Authors at most, those of most documents first."""


async def known_authors(services: Services) -> Mapping[str, tuple[str, ...]]:
    """Folded names with the names as they are kept, read in one search and held until something is written."""
    return await _KEPT.of(services)


async def _read(services: Services) -> Mapping[str, tuple[str, ...]]:
    documents = Term("kind", (ItemType.DOCUMENT.value,))
    page = await services.engine.search(SearchRequest(documents, size=0, facets=(Facet("authors", "authors", MOST),)))
    found: dict[str, tuple[str, ...]] = {}
    for one in page.facets["authors"].counts:
        name = str(one.value)
        if len(name) > 1:
            found[fold(name)] = (*found.get(fold(name), ()), name)
    return found


_KEPT = Kept(_read)
