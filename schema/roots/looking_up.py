"""One thing by its id."""

from __future__ import annotations

from typing import Annotated

import strawberry

from archive import findings, records
from archive.errors import BadRequest
from archive.places import Division
from schema.cost import priced
from schema.document import Document
from schema.fields import resolved
from schema.lookup import MAX_IDS, NodeRecord, node_by_id, record_by_id
from schema.node import Info, Node
from schema.node_ids import place_code
from schema.place import Place
from schema.practice import Practice
from schema.statistic import Statistic
from schema.unit import KnowledgeUnit

IdArgument = Annotated[strawberry.ID, strawberry.argument(description="Its id.")]
IdsArgument = Annotated[list[strawberry.ID], strawberry.argument(description=f"Ids, at most {MAX_IDS}.")]


@strawberry.type(description="One thing by its id.")
class LookUpQueries:
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
