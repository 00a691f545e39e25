"""Whether two texts can be about the same place, down to the township and the village: what a copy of a text must be.

Counties, townships and villages fill in each other's patterns. Such reports are as alike as copies are, and where only the name was put in
anew they even print the same figures; the names alone tell them apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from archive.records import Document, PlaceLevel, PlaceMention, PlaceRole

_RANK = re.compile(r"(?<=..)(?:镇|乡|街道(?:办事处|办)?|(?:行政|自然)?村(?:民?委员?会)?|社区)$")
"""A name's last part, which changes when a township becomes a town and a village a community, and which headlines leave out."""


class Named(NamedTuple):
    """The places of one level that a text names, without their rank.

    `main` are those that it is about: named in its title, and most often in its body. `counted` are all in its body, each with how many
    times it stood there before, so that a set counts them.
    """

    main: frozenset[str] = frozenset()
    counted: frozenset[tuple[str, int]] = frozenset()


class About(NamedTuple):
    """What a document says of its place. `codes` are those of `primary_codes`."""

    codes: frozenset[str] = frozenset()
    townships: Named = Named()
    villages: Named = Named()


def primary_codes(document: Document) -> frozenset[str]:
    """The codes of the places that the document is about, inferred ones too."""
    return frozenset(place.adcode for place in document.places if place.role is PlaceRole.PRIMARY and place.adcode)


def about(document: Document) -> About:
    """What `document` says of its place."""
    return About(primary_codes(document), *(_named(document, level) for level in (PlaceLevel.TOWNSHIP, PlaceLevel.VILLAGE)))


def may_be_one(a: About, b: About) -> bool:
    """Whether two texts can be copies as far as their places go. A text that names no place of a level can be about any."""
    if a.codes and b.codes and not a.codes & b.codes:
        return False
    return _agree(a.townships, b.townships) and _agree(a.villages, b.villages)


def _agree(a: Named, b: Named) -> bool:
    """Whether one of the main places is the same, or one text is a part of the other: it names none more often than that does."""
    return not a.main or not b.main or bool(a.main & b.main) or a.counted <= b.counted or b.counted <= a.counted


def _named(document: Document, level: PlaceLevel) -> Named:
    places = [place for place in document.places if place.level is level]
    if not places:
        return Named()
    count: Counter[str] = Counter()
    for name in {place.name for place in places}:
        count[_stem(name)] += document.text.count(name)
    counted = frozenset((stem, number) for stem, times in count.items() for number in range(times))
    return Named(_main(places, count, " ".join(filter(None, (document.kicker, document.title, document.subtitle)))), counted)


def _main(places: Sequence[PlaceMention], count: Counter[str], title: str) -> frozenset[str]:
    """Of the places that the text is about, those in `title` that no other is named more often than; or those in it and the most named."""
    titled = frozenset(stem for place in places if (stem := _stem(place.name)) in title)
    own = titled | {_stem(place.name) for place in places if place.role is PlaceRole.PRIMARY}
    most = max((count[stem] for stem in own), default=0)
    top = frozenset(stem for stem in own if count[stem] == most)
    return titled & top or titled | top


def _stem(name: str) -> str:
    return _RANK.sub("", name)
