"""One key for a practice that goes by several names: “书记项目” and 书记项目领办机制 are one, whatever county writes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import rjieba

from ingest.extract.practice_rows import rows

_QUOTES = re.compile(r"[“”\"‘’'「」『』\s]")
_DIGITAL = re.compile(r"(?:系统|平台|APP|小程序)$")
_LEAST = 3
"""Code points of a core that is clear alone: 四抓四强 is, 书记 of 书记项目 is not."""


@dataclass(frozen=True, slots=True)
class _Words:
    tail: re.Pattern[str]
    generic: frozenset[str]
    same: Mapping[str, str]


@lru_cache(maxsize=4096)
def practice_key(name: str) -> str:
    """The name under which all variants of a practice are found; the key of a key is the key itself.

    Quotation marks go, and so do the words that a name adds behind its core, as long as the core is clear alone: 五星评村评选工作机制 is
    五星评村. Of systems and platforms general words go and the things stand before what is done with them, because sources mix their
    order: 网上交纳水费管理系统 is 线上水费交纳系统.
    """
    bare = _QUOTES.sub("", name)
    digital = _DIGITAL.search(bare)
    return _of_system(bare[: digital.start()], digital[0]) or bare if digital else _core(bare)


def _core(name: str) -> str:
    while found := _words().tail.search(name):
        rest = name[: found.start()]
        if len(rest) < _LEAST:
            return rest + found["tail"]
        name = rest
    return name


def _of_system(body: str, head: str) -> str | None:
    words = [_words().same.get(word, word) for word in rjieba.cut(body)]
    verbs = {word for word, tag in rjieba.tag(body) if tag == "v"}
    told = [word for word in words if word not in _words().generic]
    if sum(map(len, told)) < _LEAST:
        return None
    return "".join(sorted(told, key=verbs.__contains__)) + head


@cache
def _words() -> _Words:
    table = rows()["key"]
    tail = rf"(?:{'|'.join(table['loose'])}){{0,3}}(?P<tail>{'|'.join(sorted(table['tails'], key=len, reverse=True))})$"
    return _Words(re.compile(tail), frozenset(table["generic"]), {other: word for word, other in table["same"]})
