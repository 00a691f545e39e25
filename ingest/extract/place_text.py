"""One occurrence of a place's name in a text, and how it was recognised."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from archive.places import Division
from archive.records import PlaceLevel
from archive.text import Span

LINKS = 6  # names printed one behind the other: province, city, county, township, village and one to spare


class NameKind(StrEnum):
    """How a name was recognised."""

    OFFICIAL = "OFFICIAL"
    SHORT = "SHORT"  # 浙江, 苏州: without what says their level; `text` may be the full name that the document prints elsewhere
    PATTERN = "PATTERN"
    ANONYMOUS = "ANONYMOUS"
    UNNAMED = "UNNAMED"  # 比如,边境旗…: one of several that the text does not tell apart


@dataclass(frozen=True, slots=True)
class Name:
    """One occurrence of a place's name in a text. `before` is the name that ends where this one starts (its printed parent), `within` the
    one behind it in which the text says that it lies (某镇位于某县)."""

    text: str
    span: Span
    kind: NameKind
    level: PlaceLevel
    divisions: tuple[Division, ...] = ()
    firm: bool = True
    before: Name | None = None
    within: Name | None = None

    @property
    def listed(self) -> bool:
        """Whether the gazetteer has it."""
        return self.kind is NameKind.OFFICIAL or self.kind is NameKind.SHORT

    def chain(self) -> tuple[Name, ...]:
        """This name and the names printed right before it, outermost first, at most LINKS: 林芝市, 波密县, 顿多镇."""
        links = [self]
        while links[-1].before is not None and len(links) < LINKS:
            links.append(links[-1].before)
        return tuple(reversed(links))

    def parents(self) -> tuple[Name, ...]:
        """The places that the text prints it in, outermost first: those right before it, else those that it is said to lie in."""
        printed = self.chain()[:-1]
        return printed if printed or self.within is None else self.within.chain()
