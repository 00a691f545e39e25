"""Side by side."""

from __future__ import annotations

from typing import Annotated

import strawberry

from schema.arguments import FilterArgument
from schema.comparison import Comparison, ComparisonOf, compared
from schema.cost import priced
from schema.fields import resolved
from schema.figure_comparison import FigureComparison, FigureComparisonOf, compared_figures
from schema.inputs import SearchFilter
from schema.node import Info

PlacesArgument = Annotated[list[strawberry.ID], strawberry.argument(description="Places, 1 to 20.")]
ThemesArgument = Annotated[list[strawberry.ID], strawberry.argument(description="Themes, 1 to 20.")]


@strawberry.type(description="Side by side.")
class CompareQueries:
    """Each root checks its arguments, asks the engine and hands on records."""

    @resolved(
        description="Places against themes: what each place says on each, with quotes; or that nothing was found in what was read; "
        "or that nothing was read.",
        graphql_type=Comparison,
        metadata=priced(own=40, size=("placeIds", "themeIds"), bounds=True),
    )
    @staticmethod
    async def compare(info: Info, place_ids: PlacesArgument, theme_ids: ThemesArgument, filter: FilterArgument = None) -> ComparisonOf:
        """Inferred places are left out unless the filter asks for them."""
        return await compared(info, place_ids, theme_ids, filter or SearchFilter())

    @resolved(
        description="Figures of two or more places or documents side by side: those that share an indicator, in one unit, each with what "
        "differs said (another year, a plan, an approximate figure, a near indicator, a part of a whole).",
        graphql_type=FigureComparison,
        metadata=priced(own=600),  # ten places took 0.2 s of the processor
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
