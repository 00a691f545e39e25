"""What a cell of a spreadsheet shows of the number that it holds: 0.794 under the format 0.0% is 79.4%, 45052 under a date is a day."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

GENERAL = "General"
_GENERAL_DIGITS = 10
"""Significant digits that a cell without a format of its own shows of a fraction, where its column is wide enough."""
_LONGEST_CODE = 255
_LAST_DAY = 2_958_465  # 9999-12-31
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]|\[(?P<elapsed>h+|m+|s+)\]|\[[^\]]*\]'
    r"|(?P<general>General|G/通用格式)|(?P<noon>AM/PM|A/P|上午/下午)|(?P<exponent>E[+-]0+)|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*,*)?|\.[0#?]+,*)"
    r"|(?P<time>y+|m+|d+|h+|s+|aaaa?)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)


class _Piece(NamedTuple):
    """A piece of a format code: literal text, or a place for digits, for a part of a date, or for the number as it is."""

    kind: str
    text: str


def builtin(number: int) -> str:
    """The code of a format that is named by its number alone; the general one where the number has no other."""
    return _builtins().get(number, GENERAL)


def builtin_rows() -> list[dict[str, Any]]:
    """The rows of cell_formats.toml."""
    rows: list[dict[str, Any]] = tomllib.loads((files(__package__) / "cell_formats.toml").read_text("utf-8"))["format"]
    return rows


@cache
def _builtins() -> Mapping[int, str]:
    return {number: row["code"] for row in builtin_rows() for number in row["ids"]}


def shown(value: float, code: str, since_1904: bool = False) -> str:
    """What a cell shows of `value` under a format code. What a code hides (`;;;`) is empty; fractions and exponents are shown plain."""
    if code == GENERAL:
        return general(value)
    sections = _sections(code if len(code) <= _LONGEST_CODE else GENERAL)
    pieces = sections[min(len(sections) - 1, 1 if value < 0 else 2 if value == 0 and len(sections) > 2 else 0)]
    signed = value < 0 and len(sections) == 1
    kinds = {piece.kind for piece in pieces}
    if kinds & {"time", "elapsed"}:
        return _moment(value, pieces, kinds, since_1904)
    if "digits" not in kinds and "general" not in kinds:
        return general(value) if any(piece.text == "@" for piece in pieces) else "".join(piece.text for piece in pieces).strip()
    number = _number(Decimal(repr(float(value))), pieces)
    return ("-" if signed and any(digit in "123456789" for digit in number) else "") + number


def general(value: float) -> str:
    """A number without a format: whole where it is whole, else as many digits as a cell shows; never the noise of a double."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return format(Decimal(format(value, f".{_GENERAL_DIGITS}g")).normalize(), "f")


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[tuple[_Piece, ...], ...]:
    found: list[list[_Piece]] = [[]]
    for match in _TOKEN.finditer(code or GENERAL):
        kind = match.lastgroup or ""
        if match[0] == ";":
            found.append([])
        elif kind in ("quoted", "escaped", "currency"):
            found[-1].append(_Piece("text", match[kind]))
        elif kind in ("other", "noon"):
            found[-1].append(_Piece("percent" if match[0] == "%" else "text", match[0] if kind == "other" else ""))
        elif kind:
            found[-1].append(_Piece(kind, match[kind]))
    return tuple(tuple(pieces) for pieces in found[:3])


def _number(value: Decimal, pieces: tuple[_Piece, ...]) -> str:
    value = abs(value)
    places = [piece.text for piece in pieces if piece.kind == "digits"]
    if len(places) != 1 or any(piece.kind == "exponent" or piece.text == "/" for piece in pieces):
        literal = [piece.text for piece in pieces if piece.kind == "text" and piece.text != "/"] if len(places) < 2 else []
        return "".join([general(float(value)), *literal]).strip()  # 1/3 and 1.2E+05 are shown plain
    scaled = value * 100 ** sum(piece.kind == "percent" for piece in pieces)
    text = _digits(scaled, places[0])
    return "".join(text if piece.kind == "digits" else piece.text for piece in pieces if piece.kind != "general").strip()


def _digits(value: Decimal, place: str) -> str:
    """The digits of a number at a place such as `#,##0.00`; a comma at its end divides by a thousand."""
    value /= 1000 ** (len(place) - len(place.rstrip(",")))
    whole, _, decimals = place.rstrip(",").partition(".")
    rounded = value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP) if value < Decimal(10) ** 18 else value
    integer, _, fraction = format(rounded, "f").partition(".")
    least = decimals.rstrip("#?")
    while len(fraction) > len(least) and fraction.endswith("0"):
        fraction = fraction[:-1]
    integer = integer.lstrip("0").rjust(sum(sign == "0" for sign in whole), "0")
    if "," in whole:
        integer = f"{int(integer or 0):,}".rjust(len(integer), "0")
    return f"{integer or ('0' if not fraction else '')}.{fraction}" if fraction else integer or "0"


def _moment(value: float, pieces: tuple[_Piece, ...], kinds: set[str], since_1904: bool) -> str:
    """A day or a time of day as the format has it; in ISO form where it only asks for the order of some country."""
    if "elapsed" in kinds:
        minutes = round(value * 1440)
        return f"{minutes // 60}:{minutes % 60:02d}"
    if not 0 <= value <= _LAST_DAY:
        return general(value)
    early = value < 61 and not since_1904  # Excel counts a 29 February 1900
    at = (_EPOCH_1904 if since_1904 else _EPOCH) + timedelta(days=value + early, microseconds=1)
    signs = "".join(piece.text.lower()[0] for piece in pieces if piece.kind == "time")
    if not any(piece.kind == "text" and piece.text in "年月日时分秒" for piece in pieces if piece.text):
        day = f"{at:%Y-%m-%d}" if "d" in signs else f"{at:%Y-%m}" if "y" in signs else ""
        clock = f"{at.hour}:{at:%M:%S}" if "s" in signs else f"{at.hour}:{at:%M}" if "h" in signs else ""
        return f"{day} {clock}".strip()
    shown_, before = "", ""
    for piece in pieces:
        shown_ += _part(at, piece.text.lower(), before) if piece.kind == "time" else piece.text if piece.kind == "text" else ""
        before = piece.text.lower() if piece.kind == "time" else before
    return shown_.strip()


def _part(at: datetime, sign: str, before: str) -> str:
    if sign[0] == "y":
        return f"{at.year:04d}" if len(sign) > 2 else f"{at.year % 100:02d}"
    if sign[0] == "a":
        return "星期" + "一二三四五六日"[at.weekday()]
    number = {"m": at.minute if before[:1] == "h" else at.month, "d": at.day, "h": at.hour, "s": at.second}[sign[0]]
    return f"{number:02d}" if len(sign) > 1 else str(number)
