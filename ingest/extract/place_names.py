"""Where a text names places: official names, names by pattern (扎青村 after 波绒乡), anonymised ones (X县, XX市).

Every name ends in a word for its level, so the text is searched for those few characters and each is looked at once: the longest
official name that ends there, then a pattern. What stands before and after decides whether it is a name at all; a name that is also
an everyday word is marked doubtful (`firm` false) and believed only if the document supports it.
"""

from __future__ import annotations

import re
from collections import Counter, deque

import rjieba

from archive.places import Division, Gazetteer, gazetteer
from archive.records import PlaceLevel
from archive.text import Span
from ingest.extract import place_patterns, place_short
from ingest.extract.place_text import Name, NameKind
from ingest.extract.place_words import PlaceWords, place_words

LONGEST = 15
SHORT = 4  # characters; a longer name of a county or above is no everyday word, whatever its stem is (大理白族自治州)
WINDOW = 24  # characters before a name that the cutting into words looks at

_ANCHOR = re.compile(r"[省市区县旗盟州乡镇村木查道]")
_HAN = re.compile(r"[一-鿿〇]")
_MASK = r"[XＸxⅩ×✕＊*]{1,4}|[○〇]{2,4}|某某?|(?<![A-Za-z0-9])[A-HＡ-Ｈ](?=[县市乡镇村旗])"
_ANONYMOUS = re.compile(
    rf"(?=[XＸxⅩ×✕＊*○〇某A-HＡ-Ｈ])(?<![A-Za-z0-9Ａ-Ｚ])(?:{_MASK})(?:自治[区州县旗]|街道|社区|嘎查|苏木|地区|[省市县区旗盟州乡镇村])"
)
_LOW_TAIL = re.compile(r"(社区|街道|苏木|嘎查|[乡镇村])$")
_EXAMPLE = re.compile(r"(?:比如|例如|譬如)[，,：:]?(?P<name>(?P<stem>[一-鿿]{2})[旗县市区镇乡])(?=[一-鿿])")
_SEATED = re.compile(r"第?[一二三四五六七八九十\d]{1,4}届(?:人民代表大会|人大|委员会)")  # an assembly is a place's, whatever its name is
_LARGE = frozenset({PlaceLevel.PROVINCE, PlaceLevel.PREFECTURE})


def find_names(text: str) -> tuple[Name, ...]:
    """Every name of a place in `text`, in order; names never overlap."""
    return _Scanner(text).scan()


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.words: PlaceWords = place_words()
        self.gazetteer: Gazetteer = gazetteer()
        self.found: list[Name] = []
        self.judgements: dict[str, tuple[tuple[Division, ...], bool, bool, bool]] = {}
        self.held: dict[tuple[str, str], bool] = {}
        self.masked = {match.end(): match.start() for match in _ANONYMOUS.finditer(text)}
        examples = [match for match in _EXAMPLE.finditer(text) if match["stem"] in self.words.kinds]
        often = {name for name, count in Counter(match["name"] for match in examples).items() if count > 1}
        self.examples = {match.end("name"): match.start("name") for match in examples if match["name"] in often}

    def scan(self) -> tuple[Name, ...]:
        endings = self.gazetteer.endings
        shorts = deque(place_short.short_names().pattern.finditer(self.text))
        for match in _ANCHOR.finditer(self.text):
            end = match.end()
            while shorts and shorts[0].end() <= end:
                self.add(self.short(shorts.popleft()))
            name = self.anonymous(end) if end in self.masked else self.unnamed(end) if end in self.examples else None
            if name is None and (lengths := endings.get(self.text[end - 2 : end])) is not None:
                name = self.official(end, lengths)
            if name is None and match[0] in place_patterns.ENDS:
                name = self.pattern(end)
            if name is not None:
                self.add(name)
        for match in shorts:
            self.add(self.short(match))
        return tuple(self.found)

    def add(self, name: Name | None) -> None:
        """Take `name` instead of what it overlaps, and the short name of a place in it that is printed right behind."""
        while name is not None:
            while self.found and self.found[-1].span.end > name.span.start:
                self.found.pop()
            self.found.append(name)
            name = next(place_short.below(name, self.text), None) if name.level in _LARGE and name.listed else None

    def short(self, match: re.Match[str]) -> Name | None:
        """The short name of a province or a prefecture at `match`, if it is one there."""
        span = Span(*match.span())
        if self.found and self.found[-1].span.end > span.start:
            return None
        divisions = place_short.short_names().wide[match[0]]
        before = self.neighbour(span.start)
        behind = before is not None and self.may_hold(before, match[0], divisions)
        if not place_short.believed(self.text, span, divisions, behind=behind):
            return None
        return Name(match[0], span, NameKind.SHORT, divisions[0].level, divisions, before=before)

    def anonymous(self, end: int) -> Name | None:
        start = self.masked.get(end)
        if start is None or self.swallowed(end, firm=self.text[start] != "某"):
            return None  # XX县城 is XX县's, 某县级市 is no 某县
        text = self.text[start:end]
        level = next((level for tail, level in place_patterns.LEVELS.items() if text.endswith(tail)), PlaceLevel.UNRESOLVED)
        return Name(text, Span(start, end), NameKind.ANONYMOUS, level, before=self.neighbour(start))

    def unnamed(self, end: int) -> Name | None:
        start = self.examples.get(end)
        if start is None:
            return None
        return Name(self.text[start:end], Span(start, end), NameKind.UNNAMED, PlaceLevel.UNRESOLVED)

    def official(self, end: int, lengths: tuple[int, ...]) -> Name | None:
        last = self.found[-1].span if self.found else Span(0, 0)
        for length in lengths:
            start = end - length
            if start < 0 or length > LONGEST or last.start < start < last.end:
                continue
            text = self.text[start:end]
            if not self.gazetteer.knows(text):
                continue
            name = self.believed(text, Span(start, end))
            if name is not None:
                return name
        return None

    def believed(self, text: str, span: Span) -> Name | None:
        """The official name at `span` if what stands around it lets it be one."""
        divisions, low, generic, doubtful = self.judged(text)
        if self.swallowed(span.end, firm=not doubtful):
            return None
        before = self.neighbour(span.start)
        if not (low or generic) and _SEATED.match(self.text, span.end):
            return Name(text, span, NameKind.OFFICIAL, divisions[0].level, divisions, True, before)
        inside = before is not None and self.may_hold(before, text, divisions)
        listed = self.text[span.start - 1 : span.start] in ("和", "与", "及") and self.neighbour(span.start - 1) is not None
        free = listed or not self.joined(span.start)
        if not (inside or free) and (doubtful or len(text) <= 3) and not self.starts_word(span, short=len(text) == 2):
            return None
        if text[0] in self.words.joints and len(text) <= 3 and not (inside or free or rjieba.has_word(text)):
            return None
        placed = free or len(text) == 2 or (divisions[0].level in _LARGE and self.starts_word(span, short=True))
        firm = inside or not doubtful or (not generic and not low and placed)
        return Name(text, span, NameKind.OFFICIAL, divisions[0].level, divisions, firm, before)

    def judged(self, text: str) -> tuple[tuple[Division, ...], bool, bool, bool]:
        """The divisions of an official name; whether all are townships, whether it is generic, whether it is doubtful. Once a name."""
        if text not in self.judgements:
            divisions = self.gazetteer.named(text)
            everyday = all(division.everyday for division in divisions)
            low = all(division.level is PlaceLevel.TOWNSHIP for division in divisions)
            everyday = everyday and (low or len(text) <= SHORT)
            kind = low and _LOW_TAIL.sub("", text) in self.words.kinds
            generic = kind or text in self.words.generic or ((low or everyday) and text.endswith(self.words.tails))
            self.judgements[text] = divisions, low, generic, len(text) == 2 or generic or everyday
        return self.judgements[text]

    def may_hold(self, outer: Name, text: str, divisions: tuple[Division, ...]) -> bool:
        """Whether one of `divisions`, which are called `text`, lies in the place that `outer` names. Once a pair of names."""
        if not outer.listed:
            return outer.kind is NameKind.ANONYMOUS
        pair = outer.text, text
        if pair not in self.held:
            self.held[pair] = any(self.gazetteer.within(inner.code, above.code) for inner in divisions for above in outer.divisions)
        return self.held[pair]

    def pattern(self, end: int) -> Name | None:
        """A village or a township that no list has, right behind a printed place or in a list; or a village known by its stem."""
        tail = place_patterns.tail_at(self.text, end)
        start = None if tail is None else self.inside(end, tail)
        if tail is not None and start is None:
            start = self.alone(end, tail)
        if tail is None or start is None or self.swallowed(end, firm=False):
            return None
        return Name(self.text[start:end], Span(start, end), NameKind.PATTERN, place_patterns.LEVELS[tail], before=self.neighbour(start))

    def inside(self, end: int, tail: str) -> int | None:
        """Where a name starts that stands right behind the place which it lies in, or behind another one in a list."""
        last, stop, level = self.found[-1] if self.found else None, end - len(tail), place_patterns.LEVELS[tail]
        if last is None or not 0 < stop - last.span.end <= place_patterns.LONGEST + 1:
            return None
        stem, low = self.text[last.span.end : stop], last.level is PlaceLevel.TOWNSHIP
        if level in place_patterns.BELOW[last.level] and place_patterns.is_stem(stem, tail, below_township=low):
            return last.span.end
        listed = last.level is level and stem[0] == "、" and place_patterns.is_listed_stem(stem[1:], tail)
        return last.span.end + 1 if listed else None

    def alone(self, end: int, tail: str) -> int | None:
        """Where a village's name starts that is known by itself."""
        stop = end - len(tail)
        for start in range(max(0, stop - 4), stop - 1) if place_patterns.LEVELS[tail] is PlaceLevel.VILLAGE else ():
            if place_patterns.stands_alone(self.text, start, stop, tail) and self.is_apart(Span(start, end)):
                return start
        return None

    def is_apart(self, span: Span) -> bool:
        return not self.joined(span.start) or self.starts_word(span, short=True)

    def swallowed(self, end: int, *, firm: bool) -> bool:
        """Whether the name's last character belongs to the word that follows."""
        for entry in self.words.follow.get(self.text[end - 1 : end + 1], ()):
            if firm and not entry.firm:
                continue
            if self.text.startswith(entry.word, end - 1) and not self.text.startswith(entry.unless or ("\0",), end - 1):
                return not any(self.gazetteer.knows(self.text[end : end + length]) for length in range(2, LONGEST))
        return False

    def joined(self, start: int) -> bool:
        """Whether a Chinese character that is in no other name stands right before `start`."""
        if start == 0 or not _HAN.match(self.text[start - 1]):
            return False
        return self.neighbour(start) is None

    def neighbour(self, start: int) -> Name | None:
        """The name that ends at `start`, if there is one; names that overlap it are not asked."""
        for name in reversed(self.found):
            if name.span.end == start:
                return name
            if name.span.end < start:
                break
        return None

    def starts_word(self, span: Span, *, short: bool) -> bool:
        """Whether the cutting into words puts a border at the name's start; for a short name the word before must be a usual one."""
        begin = span.start
        while begin > 0 and span.start - begin < WINDOW and _HAN.match(self.text[begin - 1]):
            begin -= 1
        at = begin
        word = ""
        for word in rjieba.cut(self.text[begin : span.end + 2], False):
            at += len(word)
            if at >= span.start:
                break
        return at == span.start and (not short or word in self.words.before)
