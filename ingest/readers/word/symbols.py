"""Characters that exist only in a font of symbols, as the characters that they look like."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

_ROWS = tomllib.loads((files(__package__) / "symbols.toml").read_text("utf-8"))["font"]
FONTS: dict[str, dict[int, str]] = {row["name"].lower(): {int(code, 16): char for code, char in row["codes"].items()} for row in _ROWS}
PRIVATE = re.compile("[\uf020-\uf0ff]")
"""Where Word puts the characters of such fonts among the others."""


def symbol(font: str | None, code: str | None) -> str:
    """The character of a `w:sym` element; "" for one whose look is not known."""
    if not code or not re.fullmatch(r"[0-9A-Fa-f]{1,6}", code):
        return ""
    number = int(code, 16)
    known = FONTS.get((font or "").lower())
    if known is not None:
        return known.get(number & 0xFF, "")
    private = 0xE000 <= number <= 0xF8FF
    return "" if private or number < 0x20 or number > 0x10FFFF or 0xD800 <= number < 0xE000 else chr(number)


def legible(text: str, font: str | None) -> str:
    """`text` of a run in `font`, with the characters of fonts of symbols replaced."""
    known = FONTS.get((font or "").lower(), {})
    return PRIVATE.sub(lambda match: known.get(ord(match[0]) & 0xFF, ""), text)
