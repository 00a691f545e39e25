"""Equations on one line, as they are read aloud: a fraction with a slash, powers with ^."""

from __future__ import annotations

from ingest.readers.office_xml import Element

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MATH = (f"{_M}oMath", f"{_M}oMathPara")


def linear(element: Element) -> str:
    """The text of an equation."""
    name = element.tag.removeprefix(_M) if isinstance(element.tag, str) else ""
    if name == "t":
        return element.text or ""
    if name == "f":
        return f"{_grouped(element, 'num')}/{_grouped(element, 'den')}"
    if name in ("sSup", "sSub", "sSubSup"):
        below, above = _grouped(element, "sub"), _grouped(element, "sup")
        return _part(element, "e") + (f"_{below}" if below else "") + (f"^{above}" if above else "")
    if name == "rad":
        return f"√{_grouped(element, 'e')}"
    if name == "d":
        return f"({_part(element, 'e')})"
    return "".join(linear(child) for child in element)


def _part(element: Element, name: str) -> str:
    return "".join(linear(part) for part in element.iterfind(_M + name))


def _grouped(element: Element, name: str) -> str:
    text = _part(element, name)
    return text if len(text) < 2 or text.isalnum() else f"({text})"
