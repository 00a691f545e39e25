"""Lists that stand whether documents name their items or not, and what the archive holds."""

from __future__ import annotations

from typing import Annotated

import strawberry

from archive.indicators import Indicator as IndicatorRecord
from archive.indicators import indicators
from archive.places import Division
from archive.themes import Theme as ThemeRecord
from archive.themes import find_theme, themes
from schema.arguments import First
from schema.corpus import CorpusOf, CorpusStats, corpus
from schema.cost import priced
from schema.fields import resolved
from schema.known_indicators import named_indicator
from schema.node import Info
from schema.node_ids import place_code, theme_slug
from schema.normal_form import Indicator
from schema.pagination import check_first
from schema.place import Place
from schema.theme import Theme


@strawberry.type(description="Lists that stand whether documents name their items or not, and what the archive holds.")
class ListQueries:
    """Each root checks its arguments, asks the engine and hands on records."""

    @resolved(
        description="Places below one, or places whose name is, begins with or holds a text; the provinces when neither is given. "
        "A village is found by its whole name, with or without 村, unless more than 50 counties have one of that name.",
        graphql_type=list[Place],
        metadata=priced(own=5, size=("first",)),
    )
    @staticmethod
    def places(
        info: Info,
        parent_id: Annotated[strawberry.ID | None, strawberry.argument(description="Only places directly below this one.")] = None,
        query: Annotated[str | None, strawberry.argument(description="A name or a part of one.")] = None,
        first: First = 50,
    ) -> list[Division]:
        """From the gazetteer, whether documents name them or not."""
        gazetteer, count = info.context.services.gazetteer, check_first(first)
        if parent_id is not None:
            below = gazetteer.children(place_code(parent_id))
            return [one for one in below if not query or query in one.name][:count]
        return list(gazetteer.search(query[:50], count) if query else gazetteer.children("")[:count])

    @resolved(
        description="The closed list of themes, or those directly below one, or the one with a name.",
        graphql_type=list[Theme],
        metadata=priced(whole=40, unless="name"),
    )
    @staticmethod
    def themes(
        parent_id: Annotated[strawberry.ID | None, strawberry.argument(description="Only themes directly below this one.")] = None,
        name: Annotated[str | None, strawberry.argument(description="A theme's name or one of its synonyms.")] = None,
    ) -> list[ThemeRecord]:
        """In the order of the list."""
        found = [one for one in [find_theme(name)] if one] if name is not None else list(themes().values())
        return [one for one in found if parent_id is None or one.broader == theme_slug(parent_id)]

    @resolved(
        description="The thesaurus of indicators, or the one with a name.",
        graphql_type=list[Indicator],
        metadata=priced(own=5, whole=400, unless="name"),
    )
    @staticmethod
    def indicators(
        name: Annotated[str | None, strawberry.argument(description="A term or one of its synonyms (GDP).")] = None,
    ) -> list[IndicatorRecord]:
        """In the order of the list."""
        return [one for one in [named_indicator(name)] if one] if name is not None else list(indicators().values())

    @resolved(description="What the archive holds.", graphql_type=CorpusStats, metadata=priced(own=10))
    @staticmethod
    async def corpus_stats(info: Info) -> CorpusOf:
        """Counts of everything."""
        return await corpus(info.context.services)
