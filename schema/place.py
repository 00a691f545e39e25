"""Places: administrative divisions by their official codes."""

from __future__ import annotations

from typing import Annotated

import strawberry

from archive.places import Division
from archive.records import PlaceLevel, PlaceMention
from schema.cost import priced
from schema.fields import resolved
from schema.inputs import place_field
from schema.node import Info, Node
from schema.node_ids import place_code
from search.criteria import All, Not, SearchRequest, Term

PlaceType = Annotated["Place", strawberry.lazy("schema.place")]
InferredArgument = Annotated[
    bool,
    strawberry.argument(description="Also documents whose place is inferred and not printed (X县); they are marked where they are shown."),
]


@strawberry.type(description="An administrative division. One that was renamed or recoded keeps its old code and leads to its successors.")
class Place(Node):
    """Resolved from archive.places.Division."""

    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Told by the record's class."""
        return isinstance(value, Division)

    code: str = strawberry.field(description="Its code: six digits to the county (GB/T 2260), nine for a township, twelve for a village.")
    name: str = strawberry.field(description="Its official name.")
    level: PlaceLevel = strawberry.field(description="Its level.")
    in_force: bool = strawberry.field(description="Whether it exists today under this code.")

    @resolved(description="What took its place, when it is no longer in force.", graphql_type=list[PlaceType])
    @staticmethod
    def successors(parent: strawberry.Parent[Division], info: Info) -> list[Division]:
        """The divisions in force that it has become."""
        return [] if parent.in_force else list(info.context.services.gazetteer.current(parent.code))

    @resolved(description="The places above it, the province first.", graphql_type=list[PlaceType], metadata=priced())
    @staticmethod
    def path(parent: strawberry.Parent[Division], info: Info) -> list[Division]:
        """By code."""
        return list(info.context.services.gazetteer.ancestors(parent.code))

    @resolved(description="How many places lie directly below it.", metadata=priced(own=1))
    @staticmethod
    def child_count(parent: strawberry.Parent[Division], info: Info) -> int:
        """Those in force."""
        return len(info.context.services.gazetteer.children(parent.code))

    @resolved(description="How many documents are about it, name it or name a place inside it, reprints left out.", metadata=priced(own=2))
    @staticmethod
    async def document_count(parent: strawberry.Parent[Division], info: Info, include_inferred: InferredArgument = False) -> int:
        """Counted by the engine."""
        here = Term(place_field(include_inferred), (parent.code,))
        query = All((Term("kind", ("DOCUMENT",)), here, Not(Term("is_reprint", (True,)))))
        return (await info.context.services.engine.search(SearchRequest(query=query, size=0))).total


def place_by_id(identifier: str, info: Info) -> Division | None:
    """The place with this id; None when the gazetteer has none. Raises BadRequest for an id of another form."""
    return info.context.services.gazetteer.get(place_code(identifier))


def own_division(mention: PlaceMention, info: Info) -> Division | None:
    """The township or village itself where the gazetteer has it, else the place or county that the mention is filed under."""
    gazetteer = info.context.services.gazetteer
    own = gazetteer.get(mention.division_code) if mention.division_code else None
    return own or (gazetteer.get(mention.adcode) if mention.adcode else None)
