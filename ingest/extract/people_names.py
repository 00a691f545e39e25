"""Names of Tibetans, Mongols and Uyghurs in Chinese characters, by the parts that they are put together from: rows of people_names.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


def people_rows() -> list[dict[str, Any]]:
    """The rows of people_names.toml."""
    rows: list[dict[str, Any]] = tomllib.loads(files("ingest.extract").joinpath("people_names.toml").read_text("utf-8"))["people"]
    return rows


@cache
def _parts() -> frozenset[str]:
    return frozenset(word for row in people_rows() for word in row["parts"].split())


@cache
def pattern() -> re.Pattern[str]:
    """A name that parts make up, the longest first; a name of one people only."""
    whole = sorted((word for row in people_rows() for word in row["whole"].split()), key=len, reverse=True)
    made = (rf"(?:{'|'.join(sorted(row['parts'].split(), key=len, reverse=True))}){{2,3}}" for row in people_rows())
    return re.compile("|".join((*made, *whole)))


def is_put_together(text: str) -> bool:
    """Whether a word is a name that parts make up: 扎西多吉, 巴特尔, 阿依古丽; not one part alone, which a place may be named too."""
    return pattern().fullmatch(text) is not None


def is_part(text: str) -> bool:
    """Whether a word is one part, which is a name too, but not that alone: 旦增, 尼玛."""
    return text in _parts()
