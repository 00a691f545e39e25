"""Words for a time that name no year, resolved against the day on which they were written: 上个月, 6月底, 近三年, 本季度."""

from __future__ import annotations

import re
from datetime import date

from ingest.extract.numerals import from_han

_COUNT = r"(?P<count>\d{1,2}|[一二两三四五六七八九十]{1,2})"
_NAME = "1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_MONTH = re.compile(rf"(?P<first>{_NAME})月?(?:\s?(?:-{{1,2}}|~|至|到)\s?(?P<last>{_NAME})月)?")
_DAY = re.compile(r"(?<=月)(?P<day>[12]\d|3[01]|0?[1-9])[日号]$")
_YEARS = re.compile(rf"(?:近|过去的?|最近){_COUNT}年来?$|{_COUNT.replace('count', 'other')}年(?:来|以来|间)$")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def _number(text: str) -> int:
    return int(text) if text.isascii() else from_han(text) or 0


def resolve(words: str, today: date) -> str | None:
    """The normal form of `words` said on `today`: 6月 and 上半年 are of its year unless they would lie ahead, 近三年 are the three years
    up to the day. None for words that stay open (近年来, 目前)."""
    if (years := _YEARS.match(words)) is not None:
        count = _number(years["count"] or years["other"])
        return f"{_back(today, count)}/{today.isoformat()}" if count else None
    if words in ("本月", "当月"):
        return f"{today:%Y-%m}"
    if re.fullmatch(r"上个?月", words):
        return f"{today.year - (today.month == 1):04d}-{(today.month - 2) % 12 + 1:02d}"
    if words in ("上半年", "下半年"):
        half = 1 if words[0] == "上" else 2
        return f"{today.year}-H{half}" if half == 1 or today.month > 6 else None
    if (quarter := re.fullmatch(r"第?([一二三四1-4])季度", words)) is not None:
        number = _QUARTERS[quarter[1]]
        return f"{today.year}-Q{number}" if today.month >= 3 * number - 2 else None
    return _month(words, today)


def _back(today: date, years: int) -> str:
    """The day so many years before; of 29 February the 28th."""
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    return date(today.year - years, today.month, day).isoformat()


def _month(words: str, today: date) -> str | None:
    """6月, 6月底, 6月3日, 1-9月: of this year, unless that lies ahead."""
    found = _MONTH.match(words)
    if found is None or "月" not in words:
        return None
    first, last = _number(found["first"]), _number(found["last"] or found["first"])
    if not first <= last <= today.month:
        return None
    if first < last:
        return f"{today.year}-{first:02d}/{today.year}-{last:02d}"
    day = _DAY.search(words)
    return f"{today.year}-{first:02d}" + (f"-{int(day['day']):02d}" if day is not None else "")
