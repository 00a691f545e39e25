"""China's villages and communities with their twelve-digit codes, read county by county from a compressed file.

Nothing is read until a county is asked for; a county takes some microseconds and a few kilobytes.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_right
from functools import lru_cache
from importlib import resources

DATA = "villages.bin"
KEPT = 256  # counties that stay read
_WORD = re.compile(r"(\d*)(.+)")


@lru_cache(maxsize=1)
def _contents() -> dict[str, tuple[int, int]]:
    """Where each county's block begins in the file, and its length in bytes."""
    with resources.files("archive").joinpath("data", DATA).open("rb") as file:
        head = file.readline()
        table = zlib.decompress(file.read(int(head))).decode("ascii")
    at, found = len(head) + int(head), {}
    for line in table.split("\n"):
        county, length = line.split(",")
        found[county] = at, int(length)
        at += int(length)
    return found


def _packed(county: str) -> str:
    start, length = _contents()[county]
    with resources.files("archive").joinpath("data", DATA).open("rb") as file:
        file.seek(start)
        return zlib.decompress(file.read(length)).decode("gb18030")


@lru_cache(maxsize=KEPT)
def villages_of(county: str) -> dict[str, tuple[str, ...]]:
    """The codes (twelve digits) of each name of a village or community in `county` (six digits), such as 寺龙村; empty when unknown."""
    found: dict[str, tuple[str, ...]] = {}
    for line in _packed(county).split("\n") if county in _contents() else ():
        township, *words = line.split(",")
        code = -1
        for word in words:
            parts = _WORD.fullmatch(word)
            if parts is not None:
                code = int(parts[1]) if parts[1] else code + 1
                name = full_name(parts[2], code)
                found[name] = (*found.get(name, ()), f"{county}{township}{code:03d}")
    return found


@lru_cache(maxsize=KEPT)
def names_in(county: str) -> dict[str, str]:
    """The name of each village or community in `county` (six digits) by its code (twelve digits); empty when unknown."""
    return dict(sorted((code, name) for name, codes in villages_of(county).items() for code in codes))


def codes_of(name: str) -> tuple[str, ...]:
    """The codes of all villages and communities called `name`, with or without 村 or 社区; empty when too many bear it (see `homes`)."""
    spelt = (name, name + "村", name + "社区")
    return tuple(sorted({code for county in homes(name) for each in spelt for code in villages_of(county).get(each, ())}))


def full_name(name: str, code: int) -> str:
    """The name with 村, or 社区 where the last three digits of its code are below 100; as it is where it ends in one of them."""
    return name if name.endswith(("社区", "嘎查", "村")) and len(name) > 2 else name + ("社区" if code < 100 else "村")


@lru_cache(maxsize=1)
def _everything() -> tuple[str, list[int], list[str]]:
    """All counties as one text, where each begins, and their codes."""
    counties = sorted(_contents())
    with resources.files("archive").joinpath("data", DATA).open("rb") as file:
        whole = file.read()
    text, starts, at = [], [], 0
    for county in counties:
        start, length = _contents()[county]
        part = "\n" + zlib.decompress(whole[start : start + length]).decode("gb18030") + "\n"
        starts.append(at)
        text.append(part)
        at += len(part)
    return "".join(text), starts, counties


def homes(name: str, most: int = 50) -> frozenset[str]:
    """The counties that have a village or community called `name` (高山村, 高山社区); empty when there are more than `most`."""
    text, starts, counties = _everything()
    stem = re.sub(r"(?:社区|嘎查|村)$", "", name)
    found: set[str] = set()
    at = text.find(stem) if stem else -1
    while at >= 0 and len(found) <= most:
        end = at + len(stem)
        if text[at - 1] in ",0123456789" and (text[end] in ",\n" or text.startswith(("社区", "嘎查", "村"), end)):
            found.add(counties[bisect_right(starts, at) - 1])
        at = text.find(stem, end)
    return frozenset(found) if len(found) <= most else frozenset()
