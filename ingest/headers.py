"""The head of an article: kicker, title, subtitle, column, byline, source line; and the people and places in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.text import MappedText, Span
from ingest.cleaning.lines import HAN, Line, LineKind, dateline_of

_LABEL = re.compile(
    r"(?:本报|本刊|本网|本台)?(?:特约|实习|全媒体|首席|驻地|见习)*(?:记者|通讯员|评论员|作者|撰稿人?|摄影|供稿|摄|文|图)\s*[:：丨|]?|报道$|摄影?$|[/／]"
)
_NAME = re.compile(rf"[{HAN}]{{2,6}}(?:·[{HAN}]{{1,6}})*")
_NOT_A_NAME = re.compile(r"(?:日报|晚报|时报|晨报|网|社|台|部|局|县委|办公室|委员会|中心|政府|课题组|调研组|学院|大学)$")
_DATE = re.compile(r"(?P<year>(?:19|20)\d{2})\s*[-年./]\s*(?P<month>\d{1,2})\s*[-月./]\s*(?P<day>\d{1,2})")
_AUTHOR_META = re.compile(r"(?:作者|撰稿|供稿|文)\s*[:：丨|]\s*(?P<people>[^:：|丨\n]{2,40}?)(?=\s+\S{2,6}\s*[:：]|$)")
_COLUMN_EDGES = re.compile(r"^[【\[〔](?P<name>[^】\]〕]{2,12})[】\]〕]$")
COLUMN_LENGTH = 5
"""Code points: a column's name (党旗飘飘) is shorter than any headline; kickers seen have eight and more."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above an article's body. Unknown parts are None or empty."""

    title: str | None = None
    kicker: str | None = None
    subtitle: str | None = None
    column: str | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    dateline: str | None = None
    dateline_text: str | None = None


def people_in(text: str) -> tuple[str, ...]:
    """The persons that a byline names, in its order, each once: `本报记者 次仁片多 索朗琼珠 摄` names two."""
    words = _LABEL.sub(" ", text)
    names = [name.group() for name in _NAME.finditer(words) if not _NOT_A_NAME.search(name.group())]
    return tuple(dict.fromkeys(names))


def date_in(text: str) -> str | None:
    """The first full date of a line as YYYY-MM-DD, or None."""
    found = _DATE.search(text)
    if not found:
        return None
    year, month, day = (int(found[part]) for part in ("year", "month", "day"))
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def cut_dateline(head: Head, body: MappedText) -> tuple[Head, MappedText]:
    """Take the dateline (`本报拉萨讯（记者 …）`) from the start of a body into the head: its place, its words and its authors."""
    found = dateline_of(body.text)
    if not found:
        return head, body
    end = found.end()
    while end < len(body.text) and (body.text[end].isspace() or body.text[end] in ":："):
        end += 1
    authors = head.authors or people_in(found["people"] or "")
    head = replace(head, dateline=found["place"], dateline_text=found.group().strip(), authors=authors)
    return head, body.slice(Span(end, len(body.text)))


def read_head(lines: Sequence[Line]) -> Head:
    """Read the lines above a body: headlines in their order, then subtitle, byline and source line wherever they stand."""
    headlines: list[str] = []
    subtitle: str | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    for line in lines:
        match line.kind:
            case LineKind.SUBTITLE:
                subtitle = subtitle or line.text
            case LineKind.BYLINE:
                byline = byline or line.text
                authors = authors or people_in(line.text)
            case LineKind.META:
                published = published or date_in(line.text)
                named = _AUTHOR_META.search(line.text)
                authors = authors or (people_in(named["people"]) if named else ())
            case _:
                headlines.append(line.text)
    column, kicker, title = _order(_deduplicated(headlines))
    return Head(title, kicker, subtitle, column, byline, authors, published)


def _deduplicated(headlines: list[str]) -> list[str]:
    """Headlines without repeats and without a run of key words that only spells the title (`党建` / `引领` / …)."""
    unique = list(dict.fromkeys(headlines))
    joined = {text: "".join(text.split()) for text in unique}
    titles = [text for text in unique if len(joined[text]) > 8]
    return [text for text in unique if not any(other != text and joined[text] in joined[other] for other in titles)]


def _order(headlines: list[str]) -> tuple[str | None, str | None, str | None]:
    """Column, kicker and title: the title is the last headline, a kicker stands above it, a column's name above both."""
    if not headlines:
        return None, None, None
    *above, title = headlines
    column = next((text for text in above if _COLUMN_EDGES.match(text) or len(text) <= COLUMN_LENGTH), None)
    kickers = [text for text in above if text != column]
    edges = _COLUMN_EDGES.match(column) if column else None
    return (edges["name"] if edges else column), (kickers[-1] if kickers else None), title
