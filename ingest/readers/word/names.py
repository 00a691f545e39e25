"""Names of elements and attributes in WordprocessingML, and the switches that they carry."""

from __future__ import annotations

from ingest.readers.office_xml import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

CHOICE, FALLBACK, ALTERNATE = f"{_MC}Choice", f"{_MC}Fallback", f"{_MC}AlternateContent"
OFF = ("0", "false", "off")


def w(name: str) -> str:
    """The full name of an element or attribute of WordprocessingML."""
    return _W + name


def path(*names: str) -> str:
    """A path down to an element, for `find`."""
    return "/".join(_W + name for name in names)


VAL = w("val")


def value(element: Element | None, *names: str) -> str | None:
    """The `val` of the element below `element` along `names`; None where it is not there."""
    found = element.find(path(*names)) if element is not None else None
    return None if found is None else found.get(VAL)


def number(element: Element | None, *names: str) -> int | None:
    """`value` as a number, None where it is none or one that no word processor writes."""
    said = value(element, *names)
    try:
        found = int(said) if said else None
    except ValueError:
        return None
    return found if found is not None and abs(found) < 1_000_000_000 else None


def switch(element: Element | None, name: str) -> bool | None:
    """Whether a property is switched on below `element`; None where it is not mentioned."""
    found = element.find(w(name)) if element is not None else None
    return None if found is None else found.get(VAL, "1") not in OFF


def alternative(element: Element) -> Element | None:
    """Of the forms in which a thing is offered to different programs, the first one; the others say the same again."""
    found = element.find(CHOICE)
    return found if found is not None and len(found) else element.find(FALLBACK)
