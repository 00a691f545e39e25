"""The numbers that a browser prints before the items of a numbered list: the mark-up does not hold them."""

from __future__ import annotations

import re

from lxml import etree

_OWN_MARK = re.compile(r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[A-Za-z])[）).．、]|第[一二三四五六七八九十\d]{1,3}[章节条]|[①-⑳]")
_WITHOUT = re.compile(r"list-style(?:-type)?\s*:[^;]*\bnone\b", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d{1,6}")


class ListNumbers:
    """The lists that a walk through a page is in; None in place of a list without numbers."""

    def __init__(self) -> None:
        self._lists: list[tuple[int, str] | None] = []
        self._pending = ""

    def enter(self, element: etree._Element, tag: str) -> None:
        """Enter a list or an item."""
        if tag in ("ul", "menu", "dir", "ol"):
            numbered = tag == "ol" and not _WITHOUT.search(element.get("style") or "")
            self._lists.append((_number(element.get("start"), 1) - 1, element.get("type") or "1") if numbered else None)
        elif tag == "li" and self._lists:
            self._pending = ""
            now = self._lists[-1]
            if now is not None:
                count = _number(element.get("value"), now[0] + 1)
                self._lists[-1] = (count, now[1])
                self._pending = _shown(count, now[1])

    def leave(self, tag: str) -> None:
        """Leave a list or an item."""
        if tag in ("ul", "menu", "dir", "ol") and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._pending = ""

    def mark(self, line: str) -> str:
        """What is printed before this line: the number of its item before the first one, unless the line brings one of its own."""
        mark, self._pending = self._pending, ""
        return "" if _OWN_MARK.match(line) else mark


def _number(text: str | None, default: int) -> int:
    return int(text) if text and _NUMBER.fullmatch(text.strip()) else default


def _shown(count: int, kind: str) -> str:
    if kind in "aA" and 1 <= count <= 26:
        return f"{chr(ord(kind) + count - 1)}. "
    return f"{count}. "
