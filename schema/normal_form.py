"""Figures in their normal form, and the thesaurus of indicators behind it."""

from __future__ import annotations

import strawberry

from archive import findings, indicators
from archive.findings import Aspect, Direction
from schema.fields import resolved


@strawberry.type(description="A figure in the form in which those of different documents can be laid side by side.")
class NormalForm:
    """Resolved from archive.findings.NormalForm."""

    indicator: str | None = strawberry.field(
        description="The thesaurus's preferred term for what is counted; one that it does not have is the subject without the words that "
        "say where, when and how much. Null where those that are left say too little to be compared (增加值, without its trade)."
    )
    listed: bool = strawberry.field(description="Whether the thesaurus has it.")
    aspect: Aspect = strawberry.field(description="What the figure says of the indicator.")
    direction: Direction | None = strawberry.field(description="Which way a change goes; null for all else, and where it is not said.")
    whole: str | None = strawberry.field(
        description="The indicator that it is a part of, where the subject names it (网格员 of 网格员中党员)."
    )
    modifiers: list[str] = strawberry.field(description="Words that narrow the figure (累计, 新增, 同比).")
    value: float = strawberry.field(description="The value in `unit`.")
    max_value: float | None = strawberry.field(description="The upper end of a range in `unit`; null otherwise.")
    unit: str = strawberry.field(
        description="The normal unit (亩 is given in 平方米, 斤 in 公斤, 名 as 人); one without a row stays as printed. 户 is never 人."
    )

    @resolved(description="The terms that hold the indicator, the nearest first (网格员 for 专职网格员).")
    @staticmethod
    def broader(parent: strawberry.Parent[findings.NormalForm]) -> list[str]:
        """From the thesaurus."""
        return list(indicators.broader(parent.indicator)) if parent.indicator else []

    @resolved(description="Terms near the indicator that are not the same and are counted apart.")
    @staticmethod
    def related(parent: strawberry.Parent[findings.NormalForm]) -> list[str]:
        """From the thesaurus."""
        known = indicators.indicators().get(parent.indicator or "")
        return list(known.related) if known else []


@strawberry.type(description="A row of the thesaurus of indicators.")
class Indicator:
    """Resolved from archive.indicators.Indicator."""

    term: str = strawberry.field(description="Its preferred name, by which figures are filtered and laid side by side.")
    unit: str | None = strawberry.field(description="Its normal unit; null where it has several or none.")
    synonyms: list[str] = strawberry.field(description="Other names of the same.")
    broader: str | None = strawberry.field(description="The term that holds it; both are counted apart.")
    related: list[str] = strawberry.field(description="Terms near it that are not the same.")
