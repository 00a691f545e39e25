"""Lists of names with figures behind them and nothing else that tells a person: 张伟：100元, 1 张伟 120分, 张伟5元、李娜3元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from archive.text import Span
from ingest.extract.name_evidence import are_names, is_headed, may_be_name
from ingest.extract.people_names import pattern
from ingest.extract.person_names import GIVEN, HIDDEN, MASKED, SURNAME, is_name
from ingest.extract.table_persons import is_person

_HAN = "\u4e00-\u9fff"
_UNIT = "(?:[万亿]?元|亩|分|人|岁|头|只|户|名|株|斤|公斤|级|次)"
_ABOVE = "(?:名单|公示表?|名册|如下|[姓户][名主])"
_WORD = re.compile(
    rf"{MASKED}|(?P<unit>(?<=\d){_UNIT}(?=[{_HAN}]))|[{_HAN}]{{0,40}}?{_ABOVE}(?=[{_HAN}]{{2,4}}[\s\d:：(（])|[{_HAN}·・•]+|(?P<number>\d(?:[\d.,*%-]*[\d*%])?)|[。！？]"
)
_MAY_BE = re.compile(
    rf"[{SURNAME}·・•](?:(?<=[·・•])|(?<=[{SURNAME}])(?:"
    rf"(?:(?<![{_HAN}].)|(?<=\d[元亩分人岁头只户名级次].)|(?<=名单.))(?:[{GIVEN}][{_HAN}]?|[{_HAN}][{GIVEN}]?)(?![{_HAN}])"
    rf"|(?<![{_HAN}].){HIDDEN}))"
)
"""Begins with its first character, not with what stands before it, so that a text is searched faster."""
_SURNAMED = re.compile(rf"(?<![{_HAN}])[{SURNAME}][{_HAN}]{{1,3}}(?![{_HAN}])")
_FAR_HEAD = 60
_PARTED = re.compile(r"[\n、；;：:]")
_ANSWERS = re.compile(
    r"(?:负责|责任|联系|经办|填报|填表|带头|法定代表|法|审核|制表)人|组长|书记|主任|校长|[局镇乡院厂县]长|经理|电话|领导|干部|专家|记者|作者"
)
_LABEL = re.compile(r"[：:]")
_LABEL_OR_END = re.compile(r"\s*(?:[：:\n]|$)")
_VILLAGE = re.compile(r"[村组屯寨社区队]$")
_GRID = re.compile(r"[ \t\u3000]*(?:\d{1,4}[ \t\u3000、.]+)?第?[\d一二三四五六七八九十]{1,4}(?:级?网格|片区?|小?组|队)[ \t\u3000:：]*")
"""What a row begins with before the name: 第3网格."""
_FIRST, _DIGITS = re.compile(rf"[{_HAN}·]{{2,8}}"), re.compile(r"\d[\d.,]*")
_LONG_NAME = re.compile(rf"[{_HAN}]{{4,6}}(?<![村镇乡县区市州旗社司店校厂院局计户率值量额积数])")
_HOUSEHOLDS = re.compile(r"(?:^|[^\d.访问])\d[\d.]*\s*户")
"""Households of a place, not those that a person called at."""
_SUM = re.compile(r"\s*(?:合计|总计|共计|小计|[全各])")
_OF_A_VILLAGE = re.compile(r"\d\s*(?:户|个|家|[万亿](?!元))")
_LONGEST, _APART, _ROW = 25, 14, 60
_SHORT = 3
_FAR = 2_000  # characters that a line is looked at: a text may have none that ends
_LEAST = 3
"""Names that make a list."""
_SHARE = 0.6
"""Of the items that names are, and of the names that have a figure behind them."""


class _Item(NamedTuple):
    number: int
    start: int
    end: int
    name: str
    sure: bool


class _Words:
    """The words of a text, and which of them begin an item."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found = list(_WORD.finditer(text))

    def begins(self, number: int) -> bool:
        """Whether a word is the first of its line or item, but for a serial number or a village."""
        if number == 0:
            return True
        word, before = self.found[number], self.found[number - 1]
        gap = self.text[before.end() : word.start()]
        if before["unit"]:
            return not gap
        if _PARTED.search(gap) or before[0] in "。！？":
            return "\n" in gap or not (_ANSWERS.search(before[0]) or (_LABEL.search(gap) and _LABEL_OR_END.match(self.text, word.end())))
        first = self._first_of_line(number - 1)
        if _GRID.fullmatch(self.text, self._line(word.start()), word.start()):
            return True
        if before["number"]:
            line = self._line(word.start())
            return first or (bool(gap) and len(self.text) > line + _ROW and self.text.find("\n", line, line + _ROW) < 0)
        return bool(_VILLAGE.search(before[0])) and (first or (bool(self.found[number - 2]["number"]) and self._first_of_line(number - 2)))

    def like(self, number: int, item: _Item) -> bool:
        """Whether a longer word stands as the name above it does, first in its line and before the same mark: 扎西多吉，男."""
        word = self.found[number]
        if not _LONG_NAME.fullmatch(word[0]) or "\n" not in self.text[item.end : word.start()]:
            return False
        return self.text[item.end : item.end + 1] == self.text[word.end() : word.end() + 1] and self.begins(number)

    def _first_of_line(self, number: int) -> bool:
        start = self.found[number].start()
        return number == 0 or self.found[number - 1].end() <= self._line(start)

    def _line(self, at: int) -> int:
        return self.text.rfind("\n", max(0, at - _FAR), at) + 1 or max(0, at - _FAR)


def name_lists(text: str) -> list[Span]:
    """The ranges of `text` that list names of persons with figures, from the start of a line or sentence to the end of one. In order."""
    sure = _several(_MAY_BE.finditer(text))
    like_names = (one for one in _SURNAMED.finditer(text) if may_be_name(one[0]))
    together = _several(like_names) or _several(pattern().finditer(text))
    words = _Words(text) if sure or together else None
    return sorted((*(_lists(words, False) if words and sure else ()), *(_lists(words, True) if words and together else ())))


def _several(found: Iterator[object]) -> bool:
    return sum(1 for _ in zip(range(_LEAST), found, strict=False)) == _LEAST


def _lists(words: _Words, together: bool) -> list[Span]:
    """The lists whose names are sure by themselves, or, taken `together`, by a head above them and by all of them being like names."""
    found: list[Span] = []
    run: list[_Item] = []
    for number, word in enumerate(words.found):
        sure = may_be_name(word[0]) if together else is_name(word[0])
        if (sure or (not together and is_person(word[0])) or (run and words.like(number, run[-1]))) and words.begins(number):
            item = _Item(number, word.start(), word.end(), word[0], sure)
            if run and not _goes_on(words, run[-1], item):
                found += _list(words, run, together)
                run = []
            run.append(item)
    return found + _list(words, run, together)


def _goes_on(words: _Words, one: _Item, other: _Item) -> bool:
    """Whether nothing but cells stands between two names, or each begins a line of its own with its figures, one below the other."""
    between = words.found[one.number + 1 : other.number]
    if any(word[0] in "。！？" for word in between[:-1]):
        return False
    if between and between[-1][0] in "。！？" and "\n" not in words.text[between[-1].end() : other.start]:
        return False
    return len(between) < _APART and not any(len(word[0]) > _LONGEST for word in between)


def _list(words: _Words, run: list[_Item], together: bool) -> list[Span]:
    """The lines of a run of names, if most are sure names and most have figures behind them that are no counts of households."""
    text = words.text
    while run and len(run[-1].name) > _SHORT and not run[-1].sure:  # 截至目前 below the last name
        run = run[:-1]
    sure = {item.name for item in run if item.sure}
    if len(sure) < _LEAST or 2 * sum(item.sure for item in run) < len(run):
        return []
    if together and not are_names([item.name for item in run], is_headed(before_list(text, run[0].start))):
        return []
    ends = [*(item.start for item in run[1:]), _end(text, run[-1].end)]
    rows = [text[item.end : end] for item, end in zip(run, ends, strict=True)]
    figures = sum(bool(re.search(r"\d", row)) for row in rows)
    others = sum(words.begins(number) and not is_person(words.found[number][0]) and _is_item(words, number) for number in _inside(run))
    if figures < _SHARE * len(rows) or len(run) < _SHARE * (len(run) + others):
        return []
    households = sum(bool(_HOUSEHOLDS.search(row)) for row in rows)
    if households >= _SHARE * len(rows) or (_after_village(words, run[0]) and any(_OF_A_VILLAGE.search(row) for row in rows)):
        return []
    near = max(0, run[0].start - _FAR)
    start = max(text.rfind(mark, near, run[0].start) for mark in "\n。！？")
    return [Span(max(near, start + 1), _end_alike(text, _end(text, run[-1].end)) if together else _end(text, run[-1].end))]


def _end_alike(text: str, end: int) -> int:
    """The end of the last line below a list that is put like its last one: under a head 乌云 200元 is a row like those above it."""
    above = _shape(text[text.rfind("\n", max(0, end - _FAR), end) + 1 : end])
    while end < len(text) and text[end] == "\n":
        following = text.find("\n", end + 1, end + _FAR)
        following = len(text) if following < 0 else following
        if following - end > _FAR or _SUM.match(text, end) or _shape(text[end + 1 : following]) != above:
            break
        end = following
    return end


def _shape(line: str) -> str:
    return _FIRST.sub("N", _DIGITS.sub("0", line.strip()), count=1)


def before_list(text: str, at: int) -> str:
    """What stands before the first item of a list: in its line, or the line above it; a serial number and the heads of columns aside."""
    return text[max(0, at - _FAR_HEAD) : at].rstrip(" \t\u3000\n0123456789.、|")


def _inside(run: list[_Item]) -> list[int]:
    names = {item.number for item in run}
    return [number for number in range(run[0].number, run[-1].number) if number not in names]


def _is_item(words: _Words, number: int) -> bool:
    """Whether a word that is no name begins a line or stands in an enumeration, as a name would."""
    word, before = words.found[number], words.found[number - 1]
    place = _VILLAGE.search(word[0])
    parted = _PARTED.search(words.text[before.end() : word.start()])
    return bool(parted and re.match(rf"[{_HAN}]", word[0]) and not place and len(word[0]) > 1 and not is_name(word[0]))


def _after_village(words: _Words, item: _Item) -> bool:
    return item.number > 0 and bool(_VILLAGE.search(words.found[item.number - 1][0]))


def _end(text: str, at: int) -> int:
    """The end of the line or sentence."""
    found = re.compile(r"[\n。！？]").search(text, at, at + _FAR)
    return found.start() if found else min(len(text), at + _FAR)
