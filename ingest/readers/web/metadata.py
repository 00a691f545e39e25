"""What a page says of itself in its head: title, date, authors, site. It fills what the page does not print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from lxml import etree

from ingest.headers import SURNAMES, date_in, people_in
from ingest.readers.web.elements import string_of
from ingest.readers.web.templates import IDS, META
from ingest.stages import FileMeta

_COMPACT_DATE = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)")
_STAMP = re.compile(r"""\bct\s*=\s*["'](1\d{9})["']""")
"""The second at which an account's page was published, as its script has it."""
_CHINA = timedelta(hours=8)
_SITE_BEHIND = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s+|\s*-+\s*(?=[^-]{0,30}(?:网站?|政府|门户|在线|报|中心|局|委|办)\s*$)")
_SITE = re.compile(
    r"(?:欢迎(?:访问|光临|来到))?[^，。：！？“”\d]{2,16}(?:人民政府|政府网|政务网|新闻网|信息网|官网|门户|网站)(?:门户网站|网站|门户|首页)?"
)
"""The name of a site alone, which many sites call every page's window."""
_OFFICE = re.compile(
    r"\S{3,}[办部科股站所院校社会处室]|\S{2,}[办局]|(?:组织|宣传|统战|人武|武装)部|\S*(?:党委|县委|市委|区委|工委|政府|中心|街道办事处)"
)
"""A word that names an office; names of persons end in 部 or 院 too, but have three characters at most, or four with a double surname."""
_PARTED = re.compile(r"[\s·•—/／|｜（）()、，,-]+")
_OF_PLACES = re.compile(r"[省市县区旗镇乡村]$|街道$|社区$")
_SHORTEST = 4
_LONGEST_NAME = 4


def metadata(root: etree._Element) -> FileMeta:
    """The metadata of a page; what it does not say is None."""
    given = dict(reversed([(name, content) for name, content in _named(root) if content]))
    printed = {field: _printed(root, names) for field, names in IDS.items()}
    return FileMeta(
        title=printed["title"] or _first(given, "title") or own_part(window_title(root)),
        authors=persons(printed["author"] or _first(given, "author")),
        published=_date(printed["published"]) or _date(_first(given, "published")) or _stamped(root),
        site=printed["site"] or _first(given, "site"),
    )


def window_title(root: etree._Element) -> str | None:
    """What the browser's window is called, site and column included."""
    title = root.find(".//title")
    return (string_of(title) or None) if title is not None else None


def is_site(text: str) -> bool:
    """Whether a title is the name of a site alone: 某县人民政府门户网站."""
    return _SITE.fullmatch(text.strip()) is not None


def own_part(title: str | None) -> str | None:
    """A window's title without the site's name and columns; None where it is that alone."""
    if title is None:
        return None
    first = _SITE_BEHIND.split(title)[0].strip()
    return first if len(first) >= _SHORTEST and not is_site(first) else None


def _named(root: etree._Element) -> Iterator[tuple[str, str]]:
    for element in root.iter("meta"):
        name = element.get("name") or element.get("property") or ""
        yield name.strip().lower(), " ".join((element.get("content") or "").split())


def _first(given: dict[str, str], field: str) -> str | None:
    return next((given[name] for name in META[field] if given.get(name)), None)


def _printed(root: etree._Element, names: tuple[str, ...]) -> str | None:
    for name in names:
        for element in root.iterfind(f".//*[@id='{name}']"):
            text = string_of(element)
            if text:
                return text
    return None


def _date(text: str | None) -> str | None:
    if text is None:
        return None
    compact = _COMPACT_DATE.match(text)
    return date_in("-".join(compact.groups()) if compact else text)


def _stamped(root: etree._Element) -> str | None:
    if root.find(".//*[@id='js_content']") is None:
        return None
    found = next((found for script in root.iter("script") if (found := _STAMP.search(script.text or ""))), None)
    return (datetime.fromtimestamp(int(found[1]), UTC) + _CHINA).date().isoformat() if found else None


def senders(text: str) -> tuple[str, ...]:
    """Who signs a mail: an office as one author, whose places stand before it with or without a gap, or else persons.

    The person behind an office's name is left out: it is the office that writes.
    """
    words = [word for word in _PARTED.split(text) if word]
    office = [word for word in words if _OFFICE.fullmatch(word) or _OF_PLACES.search(word)]
    if any(_OFFICE.fullmatch(word) for word in office):
        return ("".join(office),)
    return tuple(name for name in persons(text) if not _OF_PLACES.search(name))


def persons(text: str | None) -> tuple[str, ...]:
    """The persons that an author's field names, which as often holds an office, an account or the name of a program."""
    names = people_in(text) if text else ()
    return tuple(name for name in names if "·" in name or (name[0] in SURNAMES and len(name) <= _LONGEST_NAME))
