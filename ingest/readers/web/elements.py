"""What the elements of HTML are for, as far as the text of a page goes."""

from __future__ import annotations

import re

from lxml import etree

# fmt: off
SILENT = frozenset({
    "script", "style", "template", "noscript", "head", "title", "meta", "link", "base", "select", "option", "datalist", "button",
    "textarea", "input", "iframe", "object", "embed", "applet", "audio", "video", "canvas", "map", "area", "svg", "rp", "rt", "rtc",
    "annotation", "annotation-xml", "noframes", "noembed", "frameset", "frame",
})
"""Their characters are no text of the page."""

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend",
    "li", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "ul",
})
"""They begin and end a line."""
# fmt: on

AROUND = frozenset({"nav", "footer", "aside"})
"""They stand beside the article."""

STRUCK = frozenset({"del", "s", "strike"})
"""Their text is printed as taken back."""

HEADINGS = {f"h{level}": level for level in range(1, 7)}

_STRING = etree.XPath("string()")
_UNSHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def string_of(element: etree._Element) -> str:
    """All characters in an element, on one line, without comments."""
    return " ".join(str(_STRING(element)).split())


def is_unshown(element: etree._Element) -> bool:
    """Whether the mark-up itself says that an element is not shown."""
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _UNSHOWN.search(style))
