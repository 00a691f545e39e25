"""What sites print around a document: banners, tips, page links, credits. The wording stands in boilerplate.toml, a row each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from archive.text import Edit, MappedText
from ingest.cleaning.lines import ROW_END, has_columns_of_figures

MAX_LINE = 400
"""No banner line is longer, so a paragraph of body text is never tried against the line patterns."""


@dataclass(frozen=True, slots=True)
class Row:
    """A wording of boilerplate. `whole_line` says whether it must cover its line; `examples` must go and `keeps` must stay."""

    pattern: re.Pattern[str]
    whole_line: bool
    examples: tuple[str, ...]
    keeps: tuple[str, ...]

    @classmethod
    def of(cls, row: Mapping[str, object]) -> Row:
        """A row as TOML has it. Raises ValueError where it shows no wording that must go, or none that must stay."""
        unknown = set(row) - {"where", "pattern", "example", "more", "keep", "spare"}
        if unknown or row.get("where") not in ("line", "fragment") or not all(map(row.get, ("pattern", "example", "keep"))):
            raise ValueError(f"a row of boilerplate needs a where, a pattern, an example and a keep, and this one has {dict(row)}")
        examples, keeps = ((row[one], *_list(row.get(more, []))) for one, more in (("example", "more"), ("keep", "spare")))
        return cls(re.compile(str(row["pattern"])), row["where"] == "line", tuple(map(str, examples)), tuple(map(str, keeps)))


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


@cache
def rows() -> tuple[Row, ...]:
    """The rows of boilerplate.toml, compiled."""
    return tuple(map(Row.of, tomllib.loads((files(__package__) / "boilerplate.toml").read_text("utf-8"))["row"]))


@cache
def _covers() -> Callable[[str], object]:
    """All wordings that cover a line, in one pattern: three times as fast as one after the other."""
    return re.compile("|".join(f"(?:{row.pattern.pattern})" for row in rows() if row.whole_line)).fullmatch


@cache
def _fragments() -> tuple[re.Pattern[str], ...]:
    return tuple(row.pattern for row in rows() if not row.whole_line)


def is_boilerplate(line: str) -> bool:
    """Whether a line without white space around it is wholly boilerplate."""
    covered = len(line) <= MAX_LINE and (_covers()(line) is not None or any(pattern.fullmatch(line) for pattern in _fragments()))
    return covered and not has_columns_of_figures(line)


@dataclass(frozen=True, slots=True)
class Banners:
    """What is to go from a page, and the title that a banner printed, if any did."""

    edits: tuple[Edit, ...]
    title: str | None


def find_banners(text: str) -> Banners:
    """The boilerplate of `text`; rows of tables are never looked at, and rows of figures stay."""
    edits: list[Edit] = []
    title: str | None = None
    at = 0
    covers, fragments = _covers(), _fragments()
    for raw in text.split("\n"):
        line = raw.strip()
        if not line or raw.endswith(ROW_END):
            pass
        elif len(line) <= MAX_LINE and covers(line) and not has_columns_of_figures(line):
            edits.append(Edit(at, min(len(text), at + len(raw) + 1)))
        else:
            start = at + len(raw) - len(raw.lstrip())
            for pattern in fragments:
                found = pattern.search(line)
                if found:
                    title = title or found.groupdict().get("title")
                    edits.append(Edit(start + found.start(), start + found.end()))
                    break
        at += len(raw) + 1
    return Banners(tuple(edits), title)


def drop_banners(page: MappedText) -> tuple[MappedText, str | None]:
    """The text without its boilerplate, and the title that a banner printed."""
    banners = find_banners(page.text)
    return page.edited(banners.edits), banners.title
