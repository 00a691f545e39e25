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
_SHORTEST = 4
_LONGEST_NAME = 4


def metadata(root: etree._Element) -> FileMeta:
    """The metadata of a page; what it does not say is None."""
    given = dict(reversed([(name, content) for name, content in _named(root) if content]))
    printed = {field: _printed(root, names) for field, names in IDS.items()}
    return FileMeta(
        title=printed["title"] or _first(given, "title") or _own_part(window_title(root)),
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


def _own_part(title: str | None) -> str | None:
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


def persons(text: str | None) -> tuple[str, ...]:
    """The persons that an author's field names, which as often holds an office, an account or the name of a program."""
    names = people_in(text) if text else ()
    return tuple(name for name in names if "·" in name or (name[0] in SURNAMES and len(name) <= _LONGEST_NAME))
