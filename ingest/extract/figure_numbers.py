"""Finds the numbers of a folded text that may be figures, with their multipliers (万, 千万), 余 and 多, and shares (百分之八十, 2/3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ingest.extract.measures import first_signs
from ingest.extract.numerals import ARABIC, FINANCIAL, HAN, HAN_DIGITS, MULTIPLIERS, han_range, read
from ingest.extract.spaced_numbers import Spaced, spaced_at

_MULTIPLIER = r"(?:万亿|[百千][万亿]|十万|百(?!分)|千(?![克米瓦伏卡])|万|亿)"
_RUN = re.compile(rf"[0-9{HAN_DIGITS}十百千万{FINANCIAL}]+")
_OTHER_PART = re.compile(r"(?<=\d)\D+|(?<=\D)\d+")
_ARABIC = re.compile(
    rf"(?P<arabic>{ARABIC})\s?(?P<some1>[余多来])?(?P<times>{_MULTIPLIER})?"
    rf"(?P<rest>(?:(?<=[万亿])零?\d{{1,4}}(?:[百千]万|百|千|万)(?![分克米瓦伏卡])){{0,2}})(?P<some2>[余多来](?!源))?"
)
_REST = re.compile(r"(\d{1,4})([百千]?万|[百千])")
_HAN = re.compile(
    rf"(?P<numeral>(?:{HAN}|[{FINANCIAL}](?:[{FINANCIAL}万亿零]{{1,14}}+|(?=[万亿元圆]))|万(?=[余多])|(?<![附邻靠最]近)(?<=近)万|(?<![以之晚早网线路街山会地身]上)(?<=上)万)(?:点[{HAN_DIGITS}]{{1,4}}+)?)"
    r"(?P<some1>[余多来几])?(?P<times>[万亿])?(?P<some2>[余多])?"
)
_ROUND = {"百": Decimal(100), "千": Decimal(1_000), "万": Decimal(10_000)}
_ROUNDLY = frozenset("破过超近逾达约上")
_NEARLY = re.compile(r"(?<![附邻靠最])近$|(?<![以之晚早网线路街山会地身])上$")
_INSIDE = re.compile(r"[\d.A-Za-z+/]")
_GROWS = frozenset("长速幅率")
"""What ends before a plus that is a sign (增长+2.0%), not one that adds (互联网+5个)."""
_NOT_BEFORE_HAN = frozenset("第数几初周期之点零每〇" + HAN_DIGITS + "十百千万亿")
_NEXT_TO_HAN = frozenset("余多来几点成万亿分至到-~番")
_NEXT_TO_ONE = frozenset("点分至到-~番吨亩公斤米次期场轮回")
_OF_HUNDRED = re.compile(rf"[百千]分之(?P<share>{ARABIC}|{HAN}(?:点[{HAN_DIGITS}]{{1,4}})?|百)")
_PART = re.compile(r"(?P<whole>[二三四五六七八九十]|\d{1,2})分之(?P<part>[一二三四五六七八九]|\d{1,2})(?![一\d])")
_SLASH = re.compile(r"(?P<part>[1-9]\d?)/(?P<whole>[1-9]\d?)(?![\d/.年月])")
_SLASH_AFTER = re.compile(r"的|以上|左右|强|弱|多|[,，。；;、)]")
_SLASH_CUES = frozenset("近约占超达过到为有的足逾")


class Number(NamedTuple):
    """A number at `[start, end)`. `last` is the upper end of a rough one (两三); `sign` is % or ‰ where it is a share by itself."""

    start: int
    end: int
    value: Decimal
    last: Decimal | None = None
    more: bool = False  # 余, 多
    times: int = 1  # its multiplier
    han: bool = False
    sign: str = ""

    @property
    def large(self) -> bool:
        """Whether it may stand before a noun without a measure word (5万群众)."""
        return self.times > 1 or self.more or self.value >= 100


def numbers(folded: str) -> Iterator[Number]:
    """Every number of the folded text in order that may begin a figure."""
    at = 0
    for run in _RUN.finditer(folded):
        start, end = run.span()
        if start < at or (end - start == 1 and folded[start] == "一" and not _counts_one(folded, end)):
            continue
        spaced = spaced_at(folded, start, end)
        if spaced is not None:
            if spaced.digits and (number := _spaced(folded, spaced)):
                yield number
            at = max(spaced.end, number.end if spaced.digits and number else 0)
            continue
        number = number_at(folded, start, end)
        if number is None and end - start > 1 and (part := _OTHER_PART.search(folded, start, end)):  # 每支队伍8人
            number = number_at(folded, part.start(), part.end())
        if number is not None:
            yield number
            at = number.end


def _spaced(folded: str, spaced: Spaced) -> Number | None:
    """The number whose digits are held apart by blanks, with the multiplier behind it."""
    printed = spaced.end - spaced.start
    number = arabic(spaced.digits + folded[spaced.end : spaced.end + 12], 0)
    if number is None or number.end < len(spaced.digits):
        return None
    return number._replace(start=spaced.start, end=spaced.start + printed + number.end - len(spaced.digits))


def _counts_one(folded: str, at: int) -> bool:
    """Whether a single 一 may be a figure: before a unit that one can have one of (一吨, 一个百分点), not in 一个, 一些, 一起."""
    return folded[at : at + 1] in _NEXT_TO_ONE or folded.startswith("个百分点", at)


def number_after(folded: str, start: int) -> Number | None:
    """The number that begins at `start`, in either kind of numerals; None when there is none."""
    run = _RUN.match(folded, start)
    if run is None:
        return None
    spaced = spaced_at(folded, start, run.end())
    if spaced is not None:
        return _spaced(folded, spaced) if spaced.digits else None
    return number_at(folded, start, run.end())


def number_at(folded: str, start: int, end: int) -> Number | None:
    """The number that begins at `start`, where a run of digits or Chinese numerals ends at `end`; None when it is no number."""
    before, after = folded[start - 1 : start], folded[end : end + 1]
    latin = folded[start] <= "9"
    led = folded[start - 2 : start - 1]
    if latin and _INSIDE.match(before) and not ((before == "/" and led > "9") or (before == "+" and led and led in _GROWS)):
        return None
    if not latin and (before in _NOT_BEFORE_HAN or (after not in _NEXT_TO_HAN and after not in first_signs())):
        return None
    share = _share(folded, start) if after in ("分", "/") else None
    return share or (arabic(folded, start) if latin else _han(folded, start))


def arabic(folded: str, start: int) -> Number | None:
    """The number in Arabic digits at `start`, multiplier included."""
    match = _ARABIC.match(folded, start)
    if match is None or folded[match.end() : match.end() + 1].isdigit():
        return None
    times = match["times"]
    value = read(match["arabic"]) or Decimal(0)
    if times:
        value *= MULTIPLIERS[times]
        for low, scale in _REST.findall(match["rest"]):
            value += int(low) * MULTIPLIERS[scale]
    return Number(start, match.end(), value, None, bool(match["some1"] or match["some2"]), MULTIPLIERS[times] if times else 1)


def _han(folded: str, start: int) -> Number | None:
    match = _HAN.match(folded, start)
    if match is None:
        return None
    numeral, more = match["numeral"], bool(match["some1"] or match["some2"])
    times = MULTIPLIERS[match["times"]] if match["times"] else 1
    within = MULTIPLIERS[numeral[-1]] if numeral[-1] in "万亿" else 1
    rough = han_range(numeral) if len(numeral) > 1 else None
    if numeral in MULTIPLIERS and len(numeral) == 2 and folded[start - 1 : start] in _ROUNDLY:  # 突破百万次
        return Number(start, match.end(), Decimal(MULTIPLIERS[numeral]), None, more, MULTIPLIERS[numeral], True)
    if rough:
        return Number(start, match.end(), Decimal(rough[0] * times), Decimal(rough[1] * times), more, max(times, within), True)
    value = _ROUND.get(numeral) if more or _NEARLY.search(folded, max(0, start - 2), start) else read(numeral)
    value = read(numeral) if value is None else value
    return None if value is None else Number(start, match.end(), value * times, None, more, max(times, within), True)


def _share(folded: str, start: int) -> Number | None:
    """百分之八十, 千分之三点二, 四分之一, 近1/3."""
    if hundredth := _OF_HUNDRED.match(folded, start):
        value = Decimal(100) if hundredth["share"] == "百" else read(hundredth["share"])
        sign = "%" if folded[start] == "百" else "‰"
        return None if value is None else Number(start, hundredth.end(), value, han=True, sign=sign)
    match = _PART.match(folded, start) or _SLASH.match(folded, start)
    if match is None or (match.re is _SLASH and not (_SLASH_AFTER.match(folded, match.end()) or folded[start - 1 : start] in _SLASH_CUES)):
        return None
    part, whole = read(match["part"]), read(match["whole"])
    return Number(start, match.end(), part * 100 / whole, han=True, sign="%") if part and whole and part < whole else None
