"""Themes: the closed list that units are about."""

from __future__ import annotations

import strawberry

from archive import themes
from schema.cost import priced
from schema.fields import resolved
from schema.node import Info, Node
from schema.node_ids import theme_id, theme_slug
from search.criteria import All, Not, SearchRequest, Term


@strawberry.type(description="A theme of the closed list, such as 网格化管理.")
class Theme(Node):
    """Resolved from archive.themes.Theme."""

    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Told by the record's class."""
        return isinstance(value, themes.Theme)

    @resolved(description="Its Chinese name.")
    @staticmethod
    def name(parent: strawberry.Parent[themes.Theme]) -> str:
        """The label that records carry."""
        return parent.label

    @resolved(description="The id of the theme that holds this one; null at the top.")
    @staticmethod
    def parent_id(parent: strawberry.Parent[themes.Theme]) -> strawberry.ID | None:
        """One level up."""
        return strawberry.ID(theme_id(parent.broader)) if parent.broader else None

    synonyms: list[str] = strawberry.field(description="Other names that people search by.")

    @resolved(description="How many knowledge units are about it, reprints left out.", metadata=priced(own=2))
    @staticmethod
    async def unit_count(parent: strawberry.Parent[themes.Theme], info: Info) -> int:
        """Counted by the engine."""
        query = All((Term("kind", ("UNIT",)), Term("themes", (parent.id,)), Not(Term("is_reprint", (True,)))))
        return (await info.context.services.engine.search(SearchRequest(query=query, size=0))).total


def theme_of(identifier: str) -> themes.Theme | None:
    """The theme with this id; None when the list has none. Raises BadRequest for an id of another form."""
    return themes.themes_by_id().get(theme_slug(identifier))


def themes_of(labels: tuple[str, ...]) -> list[themes.Theme]:
    """The themes that a record carries."""
    known = themes.themes()
    return [known[label] for label in labels if label in known]
