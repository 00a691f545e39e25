"""Where a page of relevance goes on: behind the item of the cursor, at the score that this item has now.

Scores move when anything is written or an index is made anew: they rest on how many entries hold a word, and an index counts deleted ones
until it has tidied itself up. A page behind a score of before would leave items out or repeat them.
"""

from __future__ import annotations

from dataclasses import replace

from search.criteria import SearchRequest, Term
from search.port import SearchEngine

_ITSELF = "the item of the cursor"


async def resumed(engine: SearchEngine, request: SearchRequest) -> SearchRequest:
    """The request with its position as the archive stands; as it was where the order is another, or the item is no longer found."""
    if request.after is None or request.sort.field is not None:
        return request
    itself = Term("id", (str(request.after[-1]),))
    found = await engine.search(
        replace(request, filters={**request.filters, _ITSELF: itself}, size=1, after=None, offset=0, facets=(), metrics=())
    )
    return replace(request, after=found.hits[0].position) if found.hits else request
