"""Pages of hits of one kind, so that clients need no `... on Statistic`."""

from __future__ import annotations

import strawberry

from schema.cost import priced
from schema.practice import Practice
from schema.search import EDGES, NODES, Found, FoundPage
from schema.statistic import Statistic


@strawberry.type(description="One figure that was found.")
class FigureSearchEdge(Found):
    """A hit that can only be a figure, so that clients need no `... on Statistic`."""

    node: Statistic = strawberry.field(description="The figure.")


@strawberry.type(description="A page of figures.")
class FigureSearchConnection(FoundPage):
    """Hits of `figures`."""

    edges: list[FigureSearchEdge] = strawberry.field(description=EDGES, metadata=priced(inherits=True))
    nodes: list[Statistic] = strawberry.field(description=NODES, metadata=priced(inherits=True))


@strawberry.type(description="One practice that was found.")
class PracticeSearchEdge(Found):
    """A hit that can only be a practice."""

    node: Practice = strawberry.field(description="The practice.")


@strawberry.type(description="A page of practices.")
class PracticeSearchConnection(FoundPage):
    """Hits of `practices`."""

    edges: list[PracticeSearchEdge] = strawberry.field(description=EDGES, metadata=priced(inherits=True))
    nodes: list[Practice] = strawberry.field(description=NODES, metadata=priced(inherits=True))
