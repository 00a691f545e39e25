"""How a document is cited: GB/T 7714-2015 for people, BibTeX and RIS for programs. What it does not print is said to be unknown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum

from archive.records import Document, Genre

_OPENING = 20  # characters by which a document without a title is told from others
_NAMED = 3  # authors that GB/T 7714 names before 等 (8.1.2)


class CitationStyle(StrEnum):
    """The forms in which a document can be cited."""

    GBT7714 = "GBT7714"
    BIBTEX = "BIBTEX"
    RIS = "RIS"


# Document type marks of GB/T 7714-2015, annex B: newspaper, report, other
_MARKS = {Genre.NEWS: "N", Genre.PHOTO_NEWS: "N", Genre.RESEARCH_REPORT: "R", Genre.WORK_REPORT: "R"}
# an @article must have a journal, and no paper is known
_BIBTEX_TYPES = {"N": "misc", "R": "techreport", "Z": "misc"}
_RIS_TYPES = {"N": "NEWS", "R": "RPRT", "Z": "GEN"}
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
_SPACES = re.compile(r"\s+")


def cite(document: Document, style: CitationStyle, url: str | None = None, accessed: date | None = None) -> str:
    """`document` in `style`, without a line end behind it (RIS: lines parted by \\r\\n, as its readers want them).

    `url` is where the reader found it, `accessed` when; neither can be known here. Raises ValueError for a `url` that holds white space,
    control characters, quotation marks or brackets, which would end the field that it stands in.
    """
    if url is not None and not _is_plain(url):
        raise ValueError("the address holds characters that cannot stand in a citation; percent-encode them")
    if style is CitationStyle.GBT7714:
        return _gbt7714(document, url, accessed)
    return _bibtex(document, url, accessed) if style is CitationStyle.BIBTEX else _ris(document, url, accessed)


def mark_of(genre: Genre) -> str:
    """The document type mark of GB/T 7714: N, R or Z."""
    return _MARKS.get(genre, "Z")


def title_of(document: Document) -> str:
    """The title as printed, or, of a document without one, its first words in brackets, which say so."""
    if document.title:
        return _line(document.title)
    opening = _line(document.text[: 4 * _OPENING])
    return f"[无题名：{opening[:_OPENING]}…]" if opening else "[无题名]"


def _whole_title(document: Document) -> str:
    """Title and subtitle as GB/T 7714 joins them; the dashes before a printed subtitle are no part of it."""
    return ": ".join(filter(None, (title_of(document), _line(document.subtitle or "").lstrip("—-–―－─ "))))


def _gbt7714(document: Document, url: str | None, accessed: date | None) -> str:
    authors = [_line(author) for author in document.authors]
    named = "，".join(authors[:_NAMED]) + ("，等" if len(authors) > _NAMED else "")
    title = _whole_title(document)
    published = document.published or "日期不详"
    parts = [named] if named else []
    if url is None:
        parts += [f"{title}[{mark_of(document.genre)}]", f"{published}{_seen(accessed)}", f"原件：{_line(document.source.name)}"]
    else:
        parts += [f"{title}[{mark_of(document.genre)}/OL]", f"({published}){_seen(accessed)}", url]
    return ". ".join(parts) + "."


def _seen(accessed: date | None) -> str:
    return f"[{accessed.isoformat()}]" if accessed else ""


def _bibtex(document: Document, url: str | None, accessed: date | None) -> str:
    given = {
        "author": " and ".join(f"{{{_tex(author)}}}" for author in document.authors),
        "title": f"{{{_tex(_whole_title(document))}}}",
        "date": document.published,
        "year": (document.published or "")[:4],
        "url": url,
        "urldate": accessed.isoformat() if accessed else None,
        "langid": "chinese",
        "institution": "[不详]" if mark_of(document.genre) == "R" else None,  # a report must have one, and none is printed
        "note": _tex(f"原件：{_line(document.source.name)}，SHA-256 {document.source.sha256}"),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in given.items() if value)
    return f"@{_BIBTEX_TYPES[mark_of(document.genre)]}{{{document.id},\n{lines}}}"


def _tex(text: str) -> str:
    return "".join(_TEX.get(char, char) for char in _line(text))


def _ris(document: Document, url: str | None, accessed: date | None) -> str:
    return "\r\n".join(f"{tag}  - {value}" for tag, value in _tags(document, url, accessed))


def _tags(document: Document, url: str | None, accessed: date | None) -> Iterator[tuple[str, str]]:
    yield "TY", _RIS_TYPES[mark_of(document.genre)]
    yield from _tagged("AU", document.authors)
    yield "TI", _whole_title(document)
    if document.published:
        yield "PY", document.published[:4]
        yield "DA", f"{document.published.replace('-', '/')}/"
    yield from _tagged("UR", [url])
    if accessed:
        yield "Y2", f"{accessed:%Y/%m/%d}/"
    yield "LA", "zh"
    yield "ID", document.id
    yield "N1", f"原件：{_line(document.source.name)}，SHA-256 {document.source.sha256}"
    yield "ER", ""


def _tagged(tag: str, values: Iterable[str | None]) -> Iterator[tuple[str, str]]:
    return ((tag, line) for value in values if value and (line := _line(value)))


def _line(text: str) -> str:
    """`text` on one line, without control and format characters: a line end would begin another field."""
    return _SPACES.sub(" ", "".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in text)).strip()


def _is_plain(url: str) -> bool:
    return url.isprintable() and not set(url) & set(' "<>{}\\^`|')
