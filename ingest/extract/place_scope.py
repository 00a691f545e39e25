"""Which place a sentence is about: the one that it names, the one that it takes up (全县, 村集体), or the document's own."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from archive.records import Document, Mention, PlaceLevel, PlaceMention, PlaceRole
from archive.text import Span
from ingest.extract.place_cues import Cue, cues_in, is_source
from ingest.extract.place_lists import listed
from ingest.extract.place_topics import Topics, is_aside

REACH = 4000  # characters of one paragraph that are read together
NAMES = 60  # names that are looked back at
FEW = 16  # names that are looked up one by one
HEADING = 40  # characters; a shorter line without a full stop is read as a heading
_SENTENCES = re.compile(r"[。！？!?]")
_CLAUSE_START = re.compile(r"[，,；;：:、。！？!?\s“《（(]$")
_SAID = re.compile(r"“(?P<words>[^“”\n]{6,300})”(?P<who>[^“”。！？\n]{2,50}?)(?:说|告诉|介绍|表示|感慨|坦言)")
_HAN = re.compile(r"[一-鿿]")
_MARKS = re.compile(r"[一二三四五六七八九十]是|第[一二三四五六七八九十][，,]|首先[，,]|[其再]次[，,]|另?一方面[，,]|最后[，,]")
_WIDE = frozenset({PlaceLevel.PROVINCE, PlaceLevel.PREFECTURE, PlaceLevel.COUNTY, PlaceLevel.UNRESOLVED})
_LOW_LETTERS = {
    "村": frozenset({PlaceLevel.VILLAGE}),
    "乡": frozenset({PlaceLevel.TOWNSHIP}),
    "镇": frozenset({PlaceLevel.TOWNSHIP}),
}
_CODE_DIGITS = {PlaceLevel.PROVINCE: 2, PlaceLevel.PREFECTURE: 4}


class Passage(NamedTuple):
    """A paragraph as far as it is read together, with what it says of places; all offsets are those of the body."""

    span: Span
    sentences: tuple[int, ...]
    names: tuple[tuple[Mention, PlaceMention], ...]
    name_starts: tuple[int, ...]
    cues: tuple[Cue, ...]
    cue_starts: tuple[int, ...]
    said: tuple[tuple[Span, PlaceMention], ...] = ()


class PlaceReader:
    """The places of a document's sentences. Each paragraph is read once, so that asking for every figure stays linear."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.primary = tuple(takewhile(lambda place: place.role is PlaceRole.PRIMARY, doc.places))  # find_places puts them first
        low = [place for place in self.primary if place.level in (PlaceLevel.TOWNSHIP, PlaceLevel.VILLAGE)]
        self._main = next(iter(low or self.primary), None)
        self._known: dict[str, PlaceMention | None] = {}
        self._table: dict[str, PlaceMention] | None = None
        self.topics = Topics(doc.text, doc.mentions, self.place)
        self._marks: dict[int, tuple[int, ...]] = {}
        self._passages: dict[int, Passage] = {}
        self._told: dict[tuple[int, int, int, int, int], PlaceMention | None] = {}

    def at(self, offset: int) -> PlaceMention | None:
        """The place that the sentence at `offset` of `doc.text` is about, or None when the document names no place.

        In this order: the nearest name before `offset` in the same sentence, or 全县, 该市 and the like if they stand nearer. A name counts
        unless it only says where a rule comes from (按照衢州市委要求), what a place holds (下辖…) or is one of a list (甲镇、乙镇等9个
        乡镇). Then the village or town whose 村集体 or 镇党委 the sentence speaks of; the county that 县财政 belongs to; the place that an
        earlier sentence of the paragraph has as its subject; the place in the heading right above; the place that the document is about.
        What somebody says (“今年卖了4万元。”甲村茶农说) and names no place for is about where he comes from. An `offset`
        within a name, as of a unit that begins with it, means the innermost of the names printed one behind the other there.
        """
        offset = self.innermost(offset)
        passage = self.passage(offset)
        sentence = passage.sentences[max(0, bisect_right(passage.sentences, offset) - 1)]
        known, cued = bisect_left(passage.name_starts, offset), bisect_left(passage.cue_starts, offset)
        named = known - 1
        first = max(bisect_left(passage.name_starts, sentence), known - NAMES)
        while named >= first and is_aside(self.doc.text, passage.names[named][0].span, offset):
            named -= 1
        named = named if named >= first else -1
        key = (passage.span.start, sentence, known, cued, named)  # the figures of a sentence mostly ask the same: a third of the work
        words, home = next((said for said in passage.said if said[0].start <= offset < said[0].end), (None, None))
        if words and (known, cued) == (bisect_left(passage.name_starts, words.start), bisect_left(passage.cue_starts, words.start)):
            return home
        if key not in self._told:
            self._told[key] = self.told(passage, sentence, known, cued, passage.names[named] if named >= 0 else None)
        return self._told[key]

    def innermost(self, offset: int) -> int:
        """`offset`, moved into the last name of the row that it stands in (江苏省徐州市丰县): the row is about that one."""
        mentions = self.doc.mentions
        index = bisect_left(mentions, offset, key=lambda mention: mention.span.start) - 1
        if index < 0 or mentions[index].span.end <= offset:
            return offset
        while index + 1 < len(mentions) and mentions[index + 1].span.start == mentions[index].span.end:
            index += 1
            offset = mentions[index].span.start + 1
        return offset

    def told(
        self, passage: Passage, sentence: int, known: int, cued: int, named: tuple[Mention, PlaceMention] | None
    ) -> PlaceMention | None:
        """The place behind the first `known` names and `cued` cues of the paragraph; `named` is the name that the sentence is about."""
        cues = passage.cues[bisect_left(passage.cue_starts, sentence) : cued]
        firm = next((cue for cue in reversed(cues) if cue.firm), None)
        if firm is not None and (named is None or named[0].span.start < firm.at):
            found = self.taken_up(firm, passage, sentence)
            if found is not None:
                return found
        if named is not None:
            return named[1]
        loose = next((cue for cue in reversed(cues) if not cue.firm), None)
        if loose is not None:
            found = self.taken_up(loose, passage, sentence)
            if found is not None:
                return found
        names = passage.names[max(0, known - NAMES) : known]
        return self.carried(passage, names, sentence) or self.in_heading(passage.span.start) or self.topics.at(sentence) or self.about()

    def passage(self, offset: int) -> Passage:
        """The paragraph that holds `offset`; of a very long one the part around it, from a sentence's beginning."""
        text = self.doc.text
        start = text.rfind("\n", max(0, offset - REACH), offset) + 1
        if not start and offset > REACH:
            start = offset - offset % REACH
            start = max((match.end() for match in _SENTENCES.finditer(text, start - REACH // 10, start)), default=start)
        if start not in self._passages:
            end = text.find("\n", start, start + 2 * REACH)
            self._passages[start] = self.read(Span(start, end if end >= 0 else min(len(text), start + 2 * REACH)))
        return self._passages[start]

    def read(self, span: Span) -> Passage:
        """What the paragraph at `span` says of places."""
        text, mentions = self.doc.text, self.doc.mentions
        first = bisect_left(mentions, span.start, key=lambda mention: mention.span.start)
        last = bisect_left(mentions, span.end, key=lambda mention: mention.span.start)
        inside = mentions[first:last]
        lists = listed(text, [mention.span for mention in inside]) if inside else ()
        names = tuple(
            (mention, place)
            for mention in inside
            if mention.span.start not in lists and (place := self.place(mention.key)) and not is_source(text, mention.span)
        )
        sentences = (span.start, *[match.end() for match in _SENTENCES.finditer(text, *span)])
        cues = cues_in(text, span, inside)
        starts = tuple([mention.span.start for mention, _ in names])
        return Passage(span, sentences, names, starts, cues, tuple([cue.at for cue in cues]), self.said(span, names) if names else ())

    def said(self, span: Span, names: Sequence[tuple[Mention, PlaceMention]]) -> tuple[tuple[Span, PlaceMention], ...]:
        """What is said in the paragraph at `span`, each with the innermost place that its speaker is printed with."""
        found = []
        for speech in _SAID.finditer(self.doc.text, *span):
            start, end = speech.span("who")
            home = next((place for mention, place in reversed(names) if start <= mention.span.start < end), None)
            if home is not None:
                found.append((Span(*speech.span("words")), home))
        return tuple(found)

    def taken_up(self, cue: Cue, passage: Passage, sentence: int) -> PlaceMention | None:
        """The place that 全县, 该镇, 县财政 or 村集体 means, or None: 全省 in a text that names no province tells nothing."""
        behind = bisect_left(passage.name_starts, cue.at)
        before = passage.names[max(0, behind - NAMES) : behind]
        if cue.letter in _LOW_LETTERS:
            return self.below(cue, before, passage)
        near = None
        for mention, place in reversed(before):
            if self.called(place, cue.letter) and (
                cue.that or mention.span.start >= sentence or (place.level in _WIDE and is_subject(self.doc.text, mention.span))
            ):
                near = place
                break
        main = next((place for place in self.primary if self.called(place, cue.letter)), None)
        heading = self.in_heading(passage.span.start)
        if heading is not None and not self.called(heading, cue.letter):
            heading = None
        if cue.that and near is None:
            near = self.earlier(cue, passage)
        found = (main or near) if cue.own else (near or heading or main)
        opens = cue.firm and is_subject(self.doc.text, Span(cue.at, cue.at + 1))
        return found or (self.above(cue.letter) if opens else None)

    def below(self, cue: Cue, before: Sequence[tuple[Mention, PlaceMention]], passage: Passage) -> PlaceMention | None:
        """The village or town that the sentences before spoke of last; for 该村 and 全村 the last one that is one."""
        for mention, place in reversed(before):
            if place.level in _LOW_LETTERS[cue.letter] or (place.level is PlaceLevel.UNRESOLVED and place.name[-1] == cue.letter):
                wider = any(mention.span.end <= other.at < cue.at and other.letter not in _LOW_LETTERS for other in passage.cues)
                return place if cue.firm or not wider else None
            if not cue.firm:
                return None
        if not cue.firm or not passage.span.start or self.in_heading(passage.span.start):
            return None
        above = self.passage(passage.span.start - 1)
        near = next((place for _, place in reversed(above.names) if place.level in _LOW_LETTERS[cue.letter]), None)
        topic = None if near else self.topics.at(passage.span.start)
        return near or (topic if topic is not None and topic.level in _LOW_LETTERS[cue.letter] else None)

    def earlier(self, cue: Cue, passage: Passage) -> PlaceMention | None:
        """The last place of the cue's kind in the paragraphs before."""
        index = bisect_left(self.doc.mentions, passage.span.start, key=lambda mention: mention.span.start)
        keys = (mention.key for mention in reversed(self.doc.mentions[max(0, index - NAMES) : index]))
        return next((place for key in keys if (place := self.place(key)) and self.called(place, cue.letter)), None)

    def carried(self, passage: Passage, names: Sequence[tuple[Mention, PlaceMention]], sentence: int) -> PlaceMention | None:
        """The subject of an earlier sentence of the paragraph, unless 全县 or a further 二是 came between."""
        behind: tuple[Mention, PlaceMention] | None = None
        for entry in reversed(names):
            (mention, place), after, behind = entry, behind, entry
            inner = after[1] if after is not None and after[0].span.start == mention.span.end else None
            unnamed = place.level is PlaceLevel.UNRESOLVED and place.role is not PlaceRole.PRIMARY
            if mention.span.start >= sentence or place.level not in _WIDE or unnamed or not is_subject(self.doc.text, mention.span):
                continue
            marks = self.marks(passage.span)
            items = bisect_left(marks, mention.span.start)
            if items and bisect_right(marks, sentence) > items:
                return None
            if self.widened(passage, mention.span.end, sentence, place):
                return None
            return inner if inner is not None and inner.role is PlaceRole.PRIMARY else place
        return None

    def marks(self, span: Span) -> tuple[int, ...]:
        """Where 一是, 二是 and the like open an item of the paragraph at `span`."""
        if span.start not in self._marks:
            found = [match.start() for match in _MARKS.finditer(self.doc.text, *span)]
            self._marks[span.start] = tuple(at for at in found if at == span.start or not _HAN.match(self.doc.text, at - 1))
        return self._marks[span.start]

    def place(self, name: str) -> PlaceMention | None:
        """The place that the text calls `name`; looked for one by one, until so many are asked for that a table pays."""
        if name not in self._known and self._table is None and len(self._known) == FEW:
            self._table = {place.name: place for place in self.doc.places}
        if name not in self._known and self._table is None:
            self._known[name] = next((place for place in self.doc.places if place.name == name), None)
        return self._known[name] if name in self._known else (self._table or {}).get(name)

    def widened(self, passage: Passage, start: int, stop: int, place: PlaceMention) -> bool:
        """Whether 全县 or the like, of another place than `place`, stands between."""
        wide = (cue for cue in passage.cues if cue.firm and start <= cue.at < stop and cue.letter not in _LOW_LETTERS)
        return any(not self.called(place, cue.letter) for cue in wide)

    def in_heading(self, paragraph: int) -> PlaceMention | None:
        """The place in the short line without a full stop that stands right above a paragraph."""
        text, mentions = self.doc.text, self.doc.mentions
        top = text.rfind("\n", max(0, paragraph - HEADING - 1), max(0, paragraph - 1)) + 1
        if not 0 < paragraph - top <= HEADING or "。" in text[top:paragraph]:
            return None
        index = bisect_left(mentions, paragraph, key=lambda mention: mention.span.start) - 1
        if index < 0 or mentions[index].span.start < top:
            return None
        return self.place(mentions[index].key)

    def about(self) -> PlaceMention | None:
        """The PRIMARY place, the smallest one when a township is primary together with its county."""
        return self._main

    def called(self, place: PlaceMention, letter: str) -> bool:
        """Whether 全`letter` can mean `place`."""
        return letter in (place.name[-1], (place.resolved_name or place.name)[-1])

    def above(self, letter: str) -> PlaceMention | None:
        """The province or city of the kind `letter` that the document names and that its primary place lies in."""
        main = next((place.adcode for place in self.primary if place.adcode), None)
        for place in self.doc.places if main else ():
            digits = _CODE_DIGITS.get(place.level, 0)
            if digits and place.adcode and self.called(place, letter) and place.adcode[:digits] == (main or "")[:digits]:
                return place
        return None


def place_reader(doc: Document) -> PlaceReader:
    """The reader of a document's places, which the stages that ask for them share (4% of the pipeline).

    It is found by the very text, mentions and places that it reads, and the last few are kept: the articles of a file go through each
    stage together. Threads that write at once lose a reader at most.
    """
    for reader in tuple(_last):
        if reader.doc.text is doc.text and reader.doc.mentions is doc.mentions and reader.doc.places is doc.places:
            return reader
    reader = PlaceReader(doc)
    _last.append(reader)
    return reader


_last: deque[PlaceReader] = deque(maxlen=16)


def is_subject(text: str, span: Span) -> bool:
    """Whether the name opens its clause, parents before it included."""
    before = text[max(0, span.start - 12) : span.start]
    return not before or _CLAUSE_START.search(before) is not None or before[-1] in "省市区县旗州盟"
