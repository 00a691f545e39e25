"""Which documents repeat one another, and which copy of each group is counted.

A document's sketch is a sample of its shingles (five characters in a row, width, case, punctuation and white space folded away): those
whose hash lies below a limit that falls as the text grows, so that a sketch holds 128 to 256 values and a photo story of 100 characters
keeps all of its own. Two sketches are compared below the smaller of their limits, where both are complete. Everything here depends on the
set of documents alone, never on the order in which they were read.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import starmap
from math import ceil
from struct import iter_unpack
from typing import NamedTuple
from zlib import crc32

from archive.changed import changed
from archive.records import Document
from ingest.readers.docx import DocxReader
from ingest.readers.office import CONVERTED
from ingest.same_place import About, about, may_be_one

SHINGLE = 5
CLASSES = 6
_FULL = 256  # a text with up to this many shingles keeps them all
_HASH_BITS = 32
_BYTES = 4  # of a character in UTF-32

THRESHOLD = 0.5
"""Share of a document's shingles that stand in another one which it repeats.

Reports on the same subject share under 0.04, reprints with a site's dirt 0.9 and more. Reports of two counties that were written after one
pattern reach 0.8, which no threshold tells apart; their places and their figures do (see `related`).
"""

MIN_SHARED = 8
"""Shared values below which nothing is concluded: an excerpt that is tiny beside the other text, or a text of a dozen characters."""

_LARGER = 1.4  # from this ratio of lengths on, two related texts are a whole and its part rather than two copies

_NEAR = 0.9
"""From this share of the preferred copy's length on, another one is as complete: sites leave out a headline or a signature."""

_WRITTEN, _NATIVE, _CONVERTED, _RECOGNISED = range(4)
"""Who read the characters: we did, in the author's file or in what was made of it; another program first; a machine that saw a picture."""

_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_WORDS = re.compile(r"[\u4e00-\u9fffa-z0-9]+|[^\W_]+")  # the usual runs first: a third faster than to take out all that is no word
USUAL = r"\x00-\x7f\u4e00-\u9fff，。、；：？！（）％“”‘’《》〈〉【】—…·\u3000"
"""Characters that NFKC leaves alone, or makes others of that are no words either, and that compose with nothing before them."""
UNUSUAL = re.compile(f"[^{USUAL}]+")

Sketch = tuple[int, ...]


def sketch(text: str) -> Sketch:
    """The sampled shingle hashes of `text`, ascending. Linear in its length."""
    folded = "".join(_WORDS.findall(_width_folded(text).casefold())).encode("utf-32-le", "surrogatepass")
    count = len(folded) // _BYTES - SHINGLE + 1
    if count <= 0:
        return ()
    level = max(0, (count - 1).bit_length() - _FULL.bit_length() + 1)
    limit = 1 << (_HASH_BITS - level)
    width = SHINGLE * _BYTES
    hashes: set[int] = set()
    for first in range(0, min(SHINGLE, count) * _BYTES, _BYTES):  # shingles side by side are cut in C, a fifth faster than one by one
        last = first + (len(folded) - first) // width * width
        hashes.update(value for value in starmap(crc32, iter_unpack(f"{width}s", folded[first:last])) if value < limit)
    return tuple(sorted(hashes))


def _width_folded(text: str) -> str:
    """`text` in the normal form NFKC but for its usual punctuation, which is dropped anyway: ten times faster, 2% of the pipeline.

    A run of unusual characters is taken with the one before, which may compose with it; none of the usual ones composes with what is
    before.
    """
    pieces: list[str] = []
    at = 0
    for run in UNUSUAL.finditer(text):
        start = max(at, run.start() - 1)
        pieces += text[at:start], unicodedata.normalize("NFKC", text[start : run.end()])
        at = run.end()
    return "".join([*pieces, text[at:]])


def find_shingles(document: Document) -> Document:
    """Stage: fills `shingles` with the sketch of the body."""
    return changed(document, shingles=sketch(document.text))


def containment(a: Sketch, b: Sketch) -> float:
    """The estimated share of `a`'s shingles that stand in `b`: 0 to 1; 0 when either has too few to tell."""
    small, large = _comparable(a, b)
    shared = len(small & large)
    return shared / len(small) if shared >= MIN_SHARED else 0.0


def as_keyword(value: int) -> str:
    """A value of a sketch as the index field `shingles` holds it."""
    return f"{value:x}"


def by_class(values: Iterable[int]) -> tuple[Sketch, ...]:
    """The values of a sketch by their remainder; related documents share at least one value in every class.

    That condition costs real copies nothing (they share dozens of values) and lets an index find them: an entry must match a term of every
    class, which the few stock phrases that such documents have in common do not bring about (the samples share up to four values).
    """
    classes: tuple[list[int], ...] = tuple([] for _ in range(CLASSES))
    for value in values:
        classes[value % CLASSES].append(value)
    return tuple(tuple(members) for members in classes)


class Copy(NamedTuple):
    """What is compared of a document. `preference` sorts the copy to be counted to the front, `way` says who read it: the lower the better.

    `figures` are the numbers that the text prints, each with how many of it stand before, so that a set counts them; `whole` leaves out
    those at its very ends, which a cut may have shortened.
    """

    id: str
    shingles: Sketch
    preference: tuple[int, int, int, str, int]
    way: int = _NATIVE
    figures: frozenset[tuple[str, int]] = frozenset()
    whole: frozenset[tuple[str, int]] = frozenset()
    about: About = About()

    @classmethod
    def of(cls, document: Document) -> Copy:
        """Preferred is what has least removed inside its body, then the longest, then paragraphs before pages, then the smallest hash."""
        runs = document.offsets.runs
        extent = runs[-1].source + runs[-1].length - runs[0].source if runs else 0
        removed = extent - sum(run.length for run in runs)
        text = unicodedata.normalize("NFKC", document.text)
        printed = list(_FIGURE.finditer(text))
        figures = _counted(match[0] for match in printed)
        whole = _counted(match[0] for match in printed if match.start() > 0 and match.end() < len(text))
        preference = (removed, -len(document.text), _of_pages(document), document.source.sha256, document.ordinal)
        return cls(document.id, document.shingles, preference, _way(document), figures, whole, about(document))

    @property
    def length(self) -> int:
        """Of the text, in characters."""
        return -self.preference[1]


def _way(document: Document) -> int:
    if any(one.location.confidence is not None for one in document.layout):
        return _RECOGNISED
    media_type = document.source.media_type
    return _WRITTEN if media_type in DocxReader.media_types else _CONVERTED if media_type in CONVERTED else _NATIVE


def _of_pages(document: Document) -> int:
    return int(any(one.location.page is not None for one in document.layout))


def _counted(figures: Iterable[str]) -> frozenset[tuple[str, int]]:
    seen: Counter[str] = Counter()
    numbered = set()
    for figure in figures:
        numbered.add((figure, seen[figure]))
        seen[figure] += 1
    return frozenset(numbered)


def related(a: Copy, b: Copy) -> bool:
    """Whether one of the two texts holds enough of the other to be its copy, or the copy of a part.

    A copy is about the same place and prints no figure that its original does not, nor one more often: a county or a township that fills
    in the pattern of another one, and a later version with a corrected figure, are documents of their own, and neither may hide the other.
    """
    if not may_be_one(a.about, b.about) or not all(by_class(set(a.shingles) & set(b.shingles))):
        return False
    if max(containment(a.shingles, b.shingles), containment(b.shingles, a.shingles)) < THRESHOLD:
        return False
    return a.whole <= b.figures or b.whole <= a.figures


def mark_reprints(documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents in the order given, with `reprint_of` set for those that repeat another one of them and None for the rest."""
    repeats = principals(map(Copy.of, documents))
    return tuple(replace(document, reprint_of=repeats[document.id]) for document in documents)


def principals(copies: Iterable[Copy]) -> dict[str, str | None]:
    """For each id the id of the document that it repeats, or None when it counts itself."""
    found: dict[str, str | None] = {}
    for group in _groups(copies):
        found.update(_settled(group))
    return found


def _groups(copies: Iterable[Copy]) -> list[list[Copy]]:
    """The connected components of `related`, each sorted by preference, in the order of their first members' ids."""
    by_id = {copy.id: copy for copy in copies}
    leader = {key: key for key in by_id}

    def find(key: str) -> str:
        while leader[key] != key:
            leader[key] = key = leader[leader[key]]
        return key

    for a, b in sorted(_candidates(by_id.values())):
        if find(a) != find(b) and related(by_id[a], by_id[b]):
            leader[find(a)] = find(b)
    members: defaultdict[str, list[Copy]] = defaultdict(list)
    for key in sorted(by_id):
        members[find(key)].append(by_id[key])
    return [sorted(group, key=lambda copy: copy.preference) for group in members.values()]


def _candidates(copies: Iterable[Copy]) -> set[tuple[str, str]]:
    """Pairs of ids among which are all that can be related, found without comparing each with each.

    Two related sketches share MIN_SHARED values and THRESHOLD of the smaller one. So at least one shared value is left when the smaller one
    gives up that many, less one, of its values; it gives up the most frequent ones, the stock phrases of the whole corpus.
    """
    sketched = [copy for copy in copies if copy.shingles]
    frequency = Counter(value for copy in sketched for value in copy.shingles)
    holders: defaultdict[int, defaultdict[int, list[str]]] = defaultdict(lambda: defaultdict(list))  # by limit, then by value
    for copy in sketched:
        for value in copy.shingles:
            holders[_limit(copy.shingles)][value].append(copy.id)
    found: set[tuple[str, str]] = set()
    for copy in sketched:
        rare_first = sorted(copy.shingles, key=lambda value: (frequency[value], value))
        for limit, by_value in holders.items():
            comparable = [value for value in rare_first if value < limit]
            given_up = max(MIN_SHARED, ceil(len(comparable) * THRESHOLD)) - 1
            for value in comparable[: max(0, len(comparable) - given_up)]:
                found.update((min(copy.id, other), max(copy.id, other)) for other in by_value.get(value, ()) if other != copy.id)
    return found


def _settled(group: list[Copy]) -> dict[str, str | None]:
    """The principals of one group: one, unless a member repeats only a part that another one took from elsewhere.

    A collection that reprints two cases connects them, but they do not repeat each other; the collection is the principal of both.
    """
    found: dict[str, str | None] = {}
    left = group
    while left:
        principal = _principal(left)
        found[principal.id] = None
        rest = []
        for copy in left:
            if copy is principal:
                continue
            if related(copy, principal) and containment(copy.shingles, principal.shingles) >= THRESHOLD:
                found[copy.id] = principal.id
            else:
                rest.append(copy)
        left = rest
    return found


def _principal(copies: list[Copy]) -> Copy:
    """The first of the copies, sorted by preference, that is no part of another; or the one as complete that was read in a better way.

    LibreOffice and a machine that reads pictures leave nothing behind that has to be cleaned away, so that what they made would go first.
    """
    whole = [copy for copy in copies if not any(_is_part(copy, other) for other in copies)] or copies[:1]
    first = whole[0]
    equals = [copy for copy in whole if copy is first or (copy.length >= first.length * _NEAR and related(copy, first))]
    return min(equals, key=lambda copy: copy.way)


def _is_part(copy: Copy, other: Copy) -> bool:
    """Whether `copy` repeats `other`, which holds so much else that it cannot be the copy of the two."""
    if copy is other or containment(copy.shingles, other.shingles) < THRESHOLD or not related(copy, other):
        return False
    mine, its = _comparable(copy.shingles, other.shingles)
    return len(its) >= len(mine) * _LARGER


def _comparable(a: Sketch, b: Sketch) -> tuple[set[int], set[int]]:
    """Both sketches below the limit up to which both are complete."""
    if not a or not b:
        return set(), set()
    limit = min(_limit(a), _limit(b))
    return {value for value in a if value < limit}, {value for value in b if value < limit}


def _limit(found: Sketch) -> int:
    """A limit below which a sketch is complete: the one it was made with, or less where it holds few values."""
    return 1 << found[-1].bit_length()
