"""Which of the lines above a table names it: no unit, no date, no number of an annex, no sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.readers.printed_text import SENTENCE_END

_LONGEST, _SHORTEST = 60, 5
_ASIDE = re.compile(
    r"[（(]?(?:(?:计量|数据|金额)?单位|注|说明|备注|附注|(?:资料|数据)?来源|(?:填表|填报|报送|编制|制表)(?:单位|日期|时间|人)?|审核人?|联系人|联系电话)\s*[\d一二三]?\s*[:：]"
)
"""What a line beside a table begins with that says something of it."""
_NUMBER = re.compile(r"附?[件表录图]\s*[\d一二三四五六七八九十]{0,3}(?:[-—.]\d{1,2})?\s*[:：]?|[\d\s.,:：/%-]+")
_DATE = re.compile(r"[（(]?\s*(?:截[至止])?(?:19|20)\d\d\s?[年./-]?(?:度|[\d\s./月日季上下半年底末初第一二三四-]{0,14})[）)]?")
_LABELLED = re.compile(r"(?!附?[件表])[^:：]{1,8}[:：]|.*[:：]$")


def may_title(line: str) -> bool:
    """Whether a line may be the title of the table below it."""
    line = line.strip()
    if not _SHORTEST <= len(line) <= _LONGEST or "\t" in line or SENTENCE_END.search(line):
        return False
    return not (is_aside(line) or _NUMBER.fullmatch(line) or is_date(line) or _LABELLED.match(line))


def is_aside(line: str) -> bool:
    """Whether a line is a unit, a note or a source of a table."""
    return _ASIDE.match(line.strip()) is not None


def is_date(line: str) -> bool:
    """Whether a line is a date or a period, and nothing else: （2023年12月）."""
    return _DATE.fullmatch(line.strip()) is not None


def title_of(lines: Iterable[str]) -> str | None:
    """The first of the lines above a table that may be its title."""
    return next((line for line in lines if may_title(line)), None)
