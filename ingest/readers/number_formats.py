"""Numbers as word processors print them in front of headings: 一, 壹, 甲, ①, IV, c."""

from __future__ import annotations

from collections.abc import Callable, Mapping

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"))
_ROMAN_ONES = ((5, "V"), (4, "IV"), (1, "I"))


def counted(number: int, digits: str = _DIGITS, units: str = "十百千", ten: str = "十") -> str:
    """A number up to 9999 in words: 十, 二十一, 一百零五. Larger ones digit by digit. `ten` is how 10 itself begins."""
    if not 0 < number < 10_000:
        return positional(number, digits)
    words, gap = "", False
    for power, unit in ((3, units[2]), (2, units[1]), (1, units[0]), (0, "")):
        digit = number // 10**power % 10
        if digit:
            words += ("零" if gap and words else "") + digits[digit] + unit
        gap = not digit and bool(words)
    return ten + words[2:] if 10 <= number < 20 else words


def positional(number: int, digits: str = _DIGITS) -> str:
    """A number digit by digit: 一〇五."""
    return "".join(digits[int(digit)] for digit in str(number))


def roman(number: int) -> str:
    """A Roman number; decimal from 4000 on."""
    if not 0 < number < 4000:
        return str(number)
    words = ""
    for value, sign in (*_ROMAN, *_ROMAN_ONES):
        words += sign * (number // value)
        number %= value
    return words


def letters(number: int) -> str:
    """A to Z, then AA, BB, as Word goes on."""
    return chr(ord("A") + (number - 1) % 26) * min(9, (number - 1) // 26 + 1) if number > 0 else str(number)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number > 0 else str(number)


def _block(first: str, count: int, then: Callable[[int], str] = str) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= count else then(number)


def _circled(number: int) -> str:
    for first, last, sign in ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")):
        if first <= number <= last:
            return chr(ord(sign) + number - first)
    return "⓪" if number == 0 else str(number)


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


_FULL_WIDTH = str.maketrans({str(digit): chr(ord("０") + digit) for digit in range(10)})

FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalHalfWidth": str,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _block("⑴", 20),
    "decimalEnclosedFullstop": _block("⒈", 20),
    "numberInDash": lambda number: f"- {number} -",
    "ordinal": _ordinal,
    "upperRoman": roman,
    "lowerRoman": lambda number: roman(number).lower(),
    "upperLetter": letters,
    "lowerLetter": lambda number: letters(number).lower(),
    "chineseCounting": counted,
    "chineseCountingThousand": counted,
    "japaneseCounting": counted,
    "taiwaneseCounting": counted,
    "taiwaneseCountingThousand": counted,
    "koreanCounting": counted,
    "chineseLegalSimplified": lambda number: counted(number, _LEGAL, "拾佰仟", "壹拾"),
    "ideographLegalTraditional": lambda number: counted(number, _LEGAL_TRADITIONAL, "拾佰仟", "壹拾"),
    "japaneseLegal": lambda number: counted(number, _LEGAL_TRADITIONAL, "拾佰仟", "壹拾"),
    "ideographDigital": positional,
    "japaneseDigitalTenThousand": positional,
    "taiwaneseDigital": positional,
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": _block("㊀", 10),
    "none": lambda number: "",
}
"""By their names in Office Open XML (ST_NumberFormat)."""


def formatted(number: int, name: str) -> str:
    """`number` in the format of that name; decimal where the name is not known."""
    return FORMATS.get(name, str)(number) if number >= 0 else str(number)
