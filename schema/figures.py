"""Figures by what they count."""

from __future__ import annotations

from archive.errors import BadRequest
from schema.context import Services
from schema.enums import ItemType
from search.criteria import Facet, Nothing, Query, SearchRequest, Term, Text

MAX_SUBJECTS = 1000


async def subjects_holding(services: Services, subject: str) -> Query:
    """Statistics whose subject holds `subject`. Raises BadRequest when it is empty or long.

    The words of a figure's sentence would also find what merely stands beside it, so the subjects themselves are asked for first.
    """
    wanted = subject.strip()
    if not 1 <= len(wanted) <= 50:
        raise BadRequest("`subject` must have 1 to 50 characters, such as 网格员.")
    text = Text(wanted, {"statistic_grams": 1.0}, every=True)
    kind = Term("kind", (ItemType.STATISTIC.value,))
    page = await services.engine.search(
        SearchRequest(query=text, filters={"kind": kind}, size=0, facets=(Facet("subject", "subject", MAX_SUBJECTS),))
    )
    found = tuple(str(one.value) for one in page.facets["subject"].counts if wanted in str(one.value))
    return Term("subject", found) if found else Nothing()
