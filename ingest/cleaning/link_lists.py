"""Lists of links below an article: a heading such as 相关阅读, and under it the headlines of other articles."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import takewhile

from archive.text import Edit, MappedText
from ingest.cleaning.boilerplate import is_boilerplate
from ingest.cleaning.lines import Line, LineKind, lines_of

_LONGEST_HEADING = 30
_BEFORE = r"[【\[〔▼■●◆☆★>＞»\s]*"
_BEHIND = r"[】\]〕▼■●◆☆★<＜>＞»\s]*[:：]?\s*"
_MARKED = re.compile(
    r"[·•▪■●◆▶►○☆★>＞*-]\s*\S|\S.{4,60}[\s(（\[【]+(?:(?:19|20)\d{2}\s?[-年./]\s?)?\d{1,2}\s?[-月./]\s?\d{1,2}\s?日?[)）\]】]?$|《[^《》]{4,50}》$"
)
"""A line that says of itself that it is a link: a bullet before it, a date behind it, or a title in its brackets."""
_LONGEST = 60
"""Code points of a link: a long headline and a date."""


@dataclass(frozen=True, slots=True)
class Row:
    """A wording of a list's heading. `most` are the links below it: what has more lines is text."""

    pattern: re.Pattern[str]
    most: int
    examples: tuple[str, ...]
    keeps: tuple[str, ...]

    @classmethod
    def of(cls, row: Mapping[str, object]) -> Row:
        """A row as TOML has it. Raises ValueError where it shows no heading of a list, or none of a text."""
        pattern, most, examples, keeps = (row.get(name) for name in ("pattern", "most", "example", "keep"))
        if not (pattern and isinstance(most, int) and isinstance(examples, list) and isinstance(keeps, list) and examples and keeps):
            raise ValueError(f"a row of link lists needs a pattern, a most, an example and a keep, and this one has {dict(row)}")
        return cls(re.compile(str(pattern)), most, tuple(map(str, examples)), tuple(map(str, keeps)))


@cache
def rows() -> tuple[Row, ...]:
    """The rows of link_lists.toml, compiled."""
    return tuple(map(Row.of, tomllib.loads((files(__package__) / "link_lists.toml").read_text("utf-8"))["row"]))


@cache
def _headings() -> re.Pattern[str]:
    """All wordings in one pattern, each in a group of its own."""
    return re.compile(f"{_BEFORE}(?:{'|'.join(f'({row.pattern.pattern})' for row in rows())}){_BEHIND}")


def links_offered(line: str) -> int:
    """How many links can stand below `line`, without white space around it; 0 where it heads no list of links."""
    found = _headings().fullmatch(line) if len(line) <= _LONGEST_HEADING else None
    return rows()[found.lastindex - 1].most if found and found.lastindex else 0


def drop_link_lists(page: MappedText) -> MappedText:
    """Take out headings of link lists with their links; see `find_link_lists`."""
    return page.edited(find_link_lists(page.text))


def find_link_lists(text: str) -> tuple[Edit, ...]:
    """The lines that are headings of link lists, and their links.

    A list goes whole where only boilerplate and source lines follow it to the end of the page. Where text follows, a headline among the
    links may be that text's own, so only lines that are marked as links go.
    """
    if not any(links_offered(line.strip()) for line in text.split("\n")):
        return ()
    lines = lines_of(text)
    dropped: list[Line] = []
    closed = True
    for number in reversed([number for number, line in enumerate(lines) if links_offered(line.text)]):
        links, closed = _links_below(lines, number, closed)
        dropped += [*reversed(links), lines[number]] if links else []
    return tuple(_whole_line(text, line) for line in reversed(dropped))


def _links_below(lines: tuple[Line, ...], heading: int, next_closed: bool) -> tuple[list[Line], bool]:
    """The links below line `heading`, and whether no text follows them. `next_closed` says that of the list below this one."""
    most = links_offered(lines[heading].text)
    links: list[Line] = []
    closed = True
    for line in lines[heading + 1 :]:
        if links_offered(line.text):
            closed = next_closed
            break
        if is_boilerplate(line.text) or (links and line.kind is LineKind.META):
            continue
        if not _is_link(line) or len(links) == most:
            closed = False
            break
        links.append(line)
    return (links if closed else list(takewhile(lambda link: _MARKED.match(link.text), links))), closed


def _is_link(line: Line) -> bool:
    """Whether a line can be another article's headline. One that ends like a sentence is text, and so is a numbered heading."""
    text = line.text
    if line.kind not in (LineKind.TEXT, LineKind.MARKED) or len(text) > _LONGEST or "。" in text or text[-1] in "；;：:，,、":
        return False
    return line.kind is LineKind.TEXT or bool(re.match(r"\d{1,2}\s*[.、．]", text))


def _whole_line(text: str, line: Line) -> Edit:
    """The line with its line break."""
    end = text.find("\n", line.span.end)
    return Edit(line.span.start, len(text) if end < 0 else end + 1)
