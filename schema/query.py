"""The roots of the graph."""

from __future__ import annotations

from typing import Annotated

import strawberry

from archive import findings, records
from archive.errors import BadRequest
from archive.findings import PracticeKind, PracticeState
from archive.indicators import Indicator as IndicatorRecord
from archive.indicators import find_indicator, indicators
from archive.places import Division
from archive.themes import Theme as ThemeRecord
from archive.themes import find_theme, themes
from schema.arguments import After, First
from schema.comparison import Comparison, ComparisonOf, compared
from schema.corpus import CorpusOf, CorpusStats, corpus
from schema.cost import priced
from schema.document import Document
from schema.enums import ItemType, MatchMode, SearchSort
from schema.fields import resolved
from schema.figure_comparison import FigureComparison, FigureComparisonOf, compared_figures
from schema.figures import subjects_holding
from schema.inputs import FigureFilter, SearchFilter
from schema.lookup import MAX_IDS, NodeRecord, node_by_id, record_by_id
from schema.named_practice import MAX_NAMED, NamedPractice, NamedPracticeOf, named
from schema.node import Info, Node
from schema.node_ids import place_code, theme_slug
from schema.normal_form import Indicator
from schema.pagination import check_first
from schema.place import Place
from schema.practice import Practice
from schema.search import FigureSearchConnection, PracticeSearchConnection, SearchConnection, SearchOf, searched
from schema.search_box import typed
from schema.statistic import Statistic
from schema.theme import Theme
from schema.unit import KnowledgeUnit

IdArgument = Annotated[strawberry.ID, strawberry.argument(description="Its id.")]
IdsArgument = Annotated[list[strawberry.ID], strawberry.argument(description=f"Ids, at most {MAX_IDS}.")]
FilterArgument = Annotated[SearchFilter | None, strawberry.argument(description="What to narrow it to.")]
SortArgument = Annotated[SearchSort, strawberry.argument(description="The order of the hits.")]
Offset = Annotated[
    int | None, strawberry.argument(description="How many hits to skip, at most 1000; for numbered pages, not with `after`.")
]
QueryArgument = Annotated[
    str,
    strawberry.argument(
        description='Words, "phrases" in quotation marks, and -words to leave out. Empty: everything that the filter lets through.'
    ),
]
NameArgument = Annotated[str, strawberry.argument(description="Words that the name of the practice holds. Empty: all practices.")]
MatchArgument = Annotated[MatchMode, strawberry.argument(description="Whether an item must hold every word, or any.")]
SubjectArgument = Annotated[str, strawberry.argument(description="A word that the subject holds: 网格员 finds 专职网格员 too.")]
PlacesArgument = Annotated[list[strawberry.ID], strawberry.argument(description="Places, 1 to 20.")]
ThemesArgument = Annotated[list[strawberry.ID], strawberry.argument(description="Themes, 1 to 20.")]
PAGED = priced(own=10, size=("first",), bounds=True)


@strawberry.type(description="What can be asked. The API only reads.")
class Query:
    """Each root checks its arguments, asks the engine and hands on records."""

    @resolved(description="Anything by its id; null when there is none.", graphql_type=Node | None)
    @staticmethod
    async def node(info: Info, id: IdArgument) -> NodeRecord | None:
        """Documents, facts, places and themes."""
        return await node_by_id(id, info)

    @resolved(
        description="Several things by their ids, in their order; null for each that there is none of.",
        graphql_type=list[Node | None],
        metadata=priced(size=("ids",)),
    )
    @staticmethod
    async def nodes(info: Info, ids: IdsArgument) -> list[NodeRecord | None]:
        """One call of the engine for all."""
        if len(ids) > MAX_IDS:
            raise BadRequest(f"`ids` takes at most {MAX_IDS} ids, not {len(ids)}; ask in parts.")
        await info.context.records.load_many(ids)
        return [await node_by_id(one, info) for one in ids]

    @resolved(description="Full text search over documents, units, figures and practices.", graphql_type=SearchConnection, metadata=PAGED)
    @staticmethod
    async def search(
        info: Info,
        *,
        query: QueryArgument = "",
        filter: FilterArgument = None,
        match: MatchArgument = MatchMode.ALL,
        sort: SortArgument = SearchSort.RELEVANCE,
        first: First = 20,
        after: After = None,
        offset: Offset = None,
    ) -> SearchOf:
        """The main door."""
        asked = ("search", query, match.name)
        return await searched(
            info, typed(query, match), filter or SearchFilter(), asked, sort=sort, first=first, after=after, offset=offset
        )

    @resolved(
        description="Figures on one subject, each with its quote: how many 网格员 does each of these places have? "
        "A subject that only stands beside it in a sentence (双联户长) is never mixed in.",
        graphql_type=FigureSearchConnection,
        metadata=PAGED,
    )
    @staticmethod
    async def figures(
        info: Info,
        *,
        subject: SubjectArgument,
        filter: FilterArgument = None,
        sort: SortArgument = SearchSort.VALUE_DESC,
        first: First = 20,
        after: After = None,
        offset: Offset = None,
    ) -> SearchOf:
        """A search of statistics whose subject holds the word."""
        chosen = filter or SearchFilter()
        query = await subjects_holding(info.context.services, subject)
        chosen.figure = chosen.figure or FigureFilter()
        return await searched(info, query, chosen, ("figures", subject), sort=sort, first=first, after=after, offset=offset)

    @resolved(
        description="Named practices and systems, where each is described, and whether it is in use, on trial or planned.",
        graphql_type=PracticeSearchConnection,
        metadata=PAGED,
    )
    @staticmethod
    async def practices(
        info: Info,
        *,
        query: QueryArgument = "",
        kinds: Annotated[list[PracticeKind] | None, strawberry.argument(description="What it calls itself: SYSTEM, PLATFORM, …")] = None,
        states: Annotated[list[PracticeState] | None, strawberry.argument(description="In use, on trial, planned.")] = None,
        filter: FilterArgument = None,
        first: First = 20,
        after: After = None,
    ) -> SearchOf:
        """A search of practices."""
        chosen = filter or SearchFilter()
        chosen.types = [ItemType.PRACTICE]
        chosen.practice_kinds = kinds if kinds is not None else chosen.practice_kinds
        chosen.practice_states = states if states is not None else chosen.practice_states
        asked = ("practices", query)
        return await searched(info, typed(query, MatchMode.ALL), chosen, asked, sort=SearchSort.RELEVANCE, first=first, after=after)

    @resolved(
        description="Named practices and systems across all documents, those with most mentions first: one practice with its variants.",
        graphql_type=list[NamedPractice],
        metadata=priced(own=10, each=3, size=("first",)),
    )
    @staticmethod
    async def named_practices(
        info: Info,
        *,
        query: NameArgument = "",
        filter: FilterArgument = None,
        first: Annotated[int, strawberry.argument(description=f"How many practices at most, 1 to {MAX_NAMED}.")] = 20,
    ) -> list[NamedPracticeOf]:
        """Who has tried it, since when, and in which state."""
        return await named(info, query, filter or SearchFilter(), first)

    @resolved(description="A document by its id; null when there is none.", graphql_type=Document | None)
    @staticmethod
    async def document(info: Info, id: IdArgument) -> records.Document | None:
        """With its text, its outline and all that was found in it."""
        return await record_by_id(id, records.Document, info)

    @resolved(description="A knowledge unit by its id; null when there is none.", graphql_type=KnowledgeUnit | None)
    @staticmethod
    async def unit(info: Info, id: IdArgument) -> findings.Unit | None:
        """One experience, measure, result, problem or recommendation."""
        return await record_by_id(id, findings.Unit, info)

    @resolved(description="A figure by its id; null when there is none.", graphql_type=Statistic | None)
    @staticmethod
    async def statistic(info: Info, id: IdArgument) -> findings.Statistic | None:
        """One figure."""
        return await record_by_id(id, findings.Statistic, info)

    @resolved(description="A practice by its id; null when there is none.", graphql_type=Practice | None)
    @staticmethod
    async def practice(info: Info, id: IdArgument) -> findings.Practice | None:
        """One practice or system, as one document describes it."""
        return await record_by_id(id, findings.Practice, info)

    @resolved(description="A place by its id or by its code; null when there is none.", graphql_type=Place | None)
    @staticmethod
    def place(
        info: Info,
        id: Annotated[strawberry.ID | None, strawberry.argument(description="Its id, as in PLACE-540235.")] = None,
        code: Annotated[str | None, strawberry.argument(description="Its code, as in 540235.")] = None,
    ) -> Division | None:
        """Exactly one of the two."""
        if (id is None) == (code is None):
            raise BadRequest("Give `id` or `code`, one of the two.")
        return info.context.services.gazetteer.get(place_code(id) if id is not None else str(code))

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

    @resolved(description="The closed list of themes, or those directly below one, or the one with a name.", graphql_type=list[Theme])
    @staticmethod
    def themes(
        parent_id: Annotated[strawberry.ID | None, strawberry.argument(description="Only themes directly below this one.")] = None,
        name: Annotated[str | None, strawberry.argument(description="A theme's name or one of its synonyms.")] = None,
    ) -> list[ThemeRecord]:
        """In the order of the list."""
        found = [one for one in [find_theme(name)] if one] if name is not None else list(themes().values())
        return [one for one in found if parent_id is None or one.broader == theme_slug(parent_id)]

    @resolved(
        description="Places against themes: what each place says on each, with quotes; or that nothing was found in what was read; "
        "or that nothing was read.",
        graphql_type=Comparison,
        metadata=priced(own=10, size=("placeIds", "themeIds"), bounds=True),
    )
    @staticmethod
    async def compare(info: Info, place_ids: PlacesArgument, theme_ids: ThemesArgument, filter: FilterArgument = None) -> ComparisonOf:
        """Inferred places are left out unless the filter asks for them."""
        return await compared(info, place_ids, theme_ids, filter or SearchFilter())

    @resolved(
        description="Figures of two or more places or documents side by side: those that share an indicator, in one unit, each with what "
        "differs said (another year, a plan, an approximate figure, a near indicator, a part of a whole).",
        graphql_type=FigureComparison,
        metadata=priced(own=20),
    )
    @staticmethod
    async def compare_figures(
        info: Info,
        place_ids: Annotated[list[strawberry.ID] | None, strawberry.argument(description="Places.")] = None,
        document_ids: Annotated[list[strawberry.ID] | None, strawberry.argument(description="Documents.")] = None,
        indicators: Annotated[
            list[str] | None,
            strawberry.argument(description="Only these indicators and what is near them; all that can be compared when left out."),
        ] = None,
        filter: FilterArgument = None,
    ) -> FigureComparisonOf:
        """Inferred places are left out unless the filter asks for them."""
        return await compared_figures(info, place_ids or (), document_ids or (), indicators or (), filter or SearchFilter())

    @resolved(description="The thesaurus of indicators, or the one with a name.", graphql_type=list[Indicator], metadata=priced(own=5))
    @staticmethod
    def indicators(
        name: Annotated[str | None, strawberry.argument(description="A term or one of its synonyms (GDP).")] = None,
    ) -> list[IndicatorRecord]:
        """In the order of the list."""
        return [one for one in [find_indicator(name)] if one] if name is not None else list(indicators().values())

    @resolved(description="What the archive holds.", graphql_type=CorpusStats, metadata=priced(own=10))
    @staticmethod
    async def corpus_stats(info: Info) -> CorpusOf:
        """Counts of everything."""
        return await corpus(info.context.services)
