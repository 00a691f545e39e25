"""Characters of a PDF page, as runs: what was drawn one behind the other on one base line, with the place of each character.

PDFium answers one question a call, and a page has some 1,500 characters: only the origin is asked of each of them (0.5 µs), and within a
row of full-width characters that advance evenly only those of the first two and the last; its box, its font and how it was drawn are asked
where a run begins, ends or leaves a gap.
"""

from __future__ import annotations

import ctypes
import math
import re
from typing import Any

import pypdfium2.raw as pdfium

from ingest.readers import pdf_calls
from ingest.readers.pdf_frame import Frame
from ingest.readers.pdf_run import Run
from ingest.readers.printed_text import latin

WORD_GAP = 0.15
"""Gap between Latin letters, in sizes of the font, from which on they are two words."""
AUTOMATIC_GAP = 0.4
"""The same between a letter or digit and a Chinese character, which word processors set a quarter apart by themselves."""
LINE_GAP = 1.0
"""Gap, in sizes of the font, that ends a run: what stands behind it may belong to another column or cell."""
_BASE_SHIFT = 0.2
"""How far the base line may move within a run, in sizes of the font; superscripts move by a third."""
_DOUBLED_WIDE, _DOUBLED_NARROW = 0.5, 0.12
"""Advance below which the same character again is fake bold: full-width characters advance by 1, the narrowest letters by 0.2."""
_CLOSE, _COVERED = 0.9, 0.15
"""Advance from a Chinese character at which the next one may cover its end, and how much of it is covered then, in sizes of the font."""
_ASCENT, _DESCENT = 0.88, 0.16
"""How far characters stand above and below the base line, in sizes of the font."""
_WIDE = "\u2e80"
"""The first character that is as wide as high."""
_FULL_WIDTH = re.compile(r"[\u2e80-\uf8ff\uf900-\uffef]{5,}")
_EVEN = 0.1
"""How far, in sizes of the font, the last of a row of full-width characters may stand from where the first two say that it does: a
punctuation mark that was set closer takes away a quarter at least."""
_HIDDEN_MODE = 3
_BOLD_WEIGHT = 600
_BOLD_NAMES = ("bold", "black", "heavy", "simhei", "heiti")
_FONT_NAME_BYTES = 256


class RunReader:
    """Reads the runs of one text page. `lie` is how its characters lie in the frame, in quarters: 1 where a vertical page was turned."""

    def __init__(self, textpage: Any, frame: Frame, lie: int = 0) -> None:
        self._raw = textpage.raw
        self._page = pdf_calls.address(self._raw)
        self._frame = frame
        self._lie = lie
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._rect = pdfium.FS_RECTF()
        self._matrix = pdfium.FS_MATRIX()
        self._x_at, self._y_at, self._rect_at, self._matrix_at = map(ctypes.addressof, (self._x, self._y, self._rect, self._matrix))
        self._lies: dict[tuple[float, ...], tuple[float, int | None]] = {}
        self._bold_fonts: dict[int | None, bool] = {None: False}
        self._runs: list[Run] = []
        self._run: Run | None = None
        self._last = -1
        self.count = max(0, pdfium.FPDFText_CountChars(self._raw))

    def runs(self) -> list[Run]:
        """The runs in the order in which they were drawn."""
        page, origin = self._page, pdf_calls.char_origin
        a, b, c, d, e, f, _, _ = self._frame
        x, y, x_at, y_at = self._x, self._y, self._x_at, self._y_at
        pending, known = False, 0
        run, least, most, shift = None, 0.0, 0.0, 0.0  # a run that ends in a full-width character, and where the next one would stand
        chars = self._characters()
        rows = {found.start(): found.end() for found in _FULL_WIDTH.finditer("".join([char or "\0" for char in chars]))}
        for index, char in enumerate(chars):
            if index < known or not char:
                continue
            if char < _WIDE:
                if char in "\r\n":
                    self._close()
                    run = None
                    continue
                if char == "\0" or (char == " " and pdf_calls.char_generated(page, index)):
                    pending = char == " "
                    continue
            elif char == "\ufffe" and pdfium.FPDFText_IsHyphen(self._raw, index):
                char = "-"  # noqa: PLW2901 PDFium's sign for a hyphen at the end of a line
            origin(page, index, x_at, y_at)
            user_x, user_y = x.value, y.value
            at, base = a * user_x + c * user_y + e, b * user_x + d * user_y + f
            if run and char >= _WIDE and not pending and least <= at - run.xs[-1] <= most and abs(base - run.base) <= shift:
                run.chars.append(char)  # right behind the last one: the commonest case, told at once
                run.xs.append(at)
                self._last = index
            else:
                # Where a vertical line was made of single characters, their origins lie at their feet and not at their heads.
                self._add(index, char, self._box(index)[0] if self._lie else at, base, pending)
                pending = False
                run = self._run
                if run is not None:
                    least, most, shift = _CLOSE * run.size, 1.05 * run.size, _BASE_SHIFT * run.size
                    run = run if run.quarter == 0 and run.chars[-1] >= _WIDE else None
            if index in rows:
                known = self._leap(chars[index + 1 : rows[index]])
        self._close()
        return self._runs

    def _leap(self, row: list[str]) -> int:
        """Add the characters of `row`, which come next, if they advance evenly; the index behind the last one that is known."""
        run, last = self._run, self._last
        if run is None or run.quarter != 0:
            return last
        (x, base), (far, level) = self._origin(last + 1), self._origin(last + len(row))
        start = run.xs[-1]
        step, first = (far - start) / len(row), x - start
        close = max(abs(base - run.base), abs(level - run.base)) <= _EVEN * run.size
        if not (close and 0.5 * run.size <= step <= 1.05 * run.size and abs(first - step) * len(row) <= _EVEN * run.size):
            return last
        run.chars += row
        run.xs += [start + step * number for number in range(1, len(row) + 1)]
        self._last = last + len(row)
        return self._last + 1

    def _origin(self, index: int) -> tuple[float, float]:
        pdf_calls.char_origin(self._page, index, self._x_at, self._y_at)
        return self._frame.at(self._x.value, self._y.value)

    def _characters(self) -> list[str]:
        buffer = (ctypes.c_ushort * (self.count + 1))()
        written = pdfium.FPDFText_GetText(self._raw, 0, self.count, buffer)
        if written == self.count + 1:
            text = bytes(buffer)[:-2].decode("utf-16-le", "surrogatepass")
            if len(text) == self.count:
                return list(text)
            units: list[int] = buffer[: self.count]
        else:
            units = [pdfium.FPDFText_GetUnicode(self._raw, index) for index in range(self.count)]
        chars = [chr(unit) for unit in units]
        for index, unit in enumerate(units[:-1] if max(units, default=0) >= 0xD800 else ()):
            if 0xD800 <= unit < 0xDC00 and 0xDC00 <= units[index + 1] < 0xE000:
                chars[index] = chr(0x10000 + ((unit - 0xD800) << 10) + units[index + 1] - 0xDC00)
                chars[index + 1] = ""
        return chars

    def _add(self, index: int, char: str, x: float, y: float, spaced: bool) -> None:
        run = self._run
        if run is not None and run.quarter == 0 and abs(y - run.base) <= _BASE_SHIFT * run.size:
            size, advance = run.size, x - run.xs[-1]
            wide = char > "\u2e7f"
            if advance == 0 and self._same_glyph(index):
                run.expanded = True
            elif char == run.chars[-1] and abs(advance) < size * (_DOUBLED_WIDE if wide else _DOUBLED_NARROW):
                run.bold = True
                return
            if advance < _CLOSE * size and self._covers(index, char, x):
                self._close()
                self._open(index, char, x, y)
                return
            if -0.1 * size <= advance <= (1.05 if run.chars[-1] > "\u2e7f" else 0.62) * size:
                if spaced and latin(char) and latin(run.chars[-1]):
                    run.chars.append(" ")
                    run.xs.append(x)
                run.chars.append(char)
                run.xs.append(x)
                self._last = index
                return
            if advance > 0 and self._over_gap(run, char, x, spaced):
                run.chars.append(char)
                run.xs.append(x)
                self._last = index
                return
        self._close()
        self._open(index, char, x, y)

    def _over_gap(self, run: Run, char: str, x: float, spaced: bool) -> bool:
        """Whether `char` still belongs to `run`, although it stands further away than a character is wide."""
        right = self._right(self._last)
        gap = x - right
        if gap > LINE_GAP * run.size:
            return False
        if gap > 0:
            run.rights = run.rights or {}
            run.rights[len(run.chars)] = right
        if latin(char) and latin(run.chars[-1]):
            parted = spaced or gap > WORD_GAP * run.size
        else:  # in a justified line all characters stand apart; a space stands out from them
            usual = run.xs[-1] - run.xs[-2] - run.size if len(run.xs) > 1 else 0.0
            least = AUTOMATIC_GAP if latin(char) or latin(run.chars[-1]) else WORD_GAP
            parted = spaced and gap > max(0.0, usual) + least * run.size
        if parted:
            run.chars.append(" ")
            run.xs.append(min(right, x))
        return True

    def _covers(self, index: int, char: str, x: float) -> bool:
        """Whether a character begins another cell, which covers the end of the one before it."""
        run = self._run
        if run is None or not (run.chars[-1].isalnum() and run.chars[-1] >= _WIDE and char.isalnum()) or self._same_glyph(index):
            return False
        return self._right(self._last) - x > _COVERED * run.size

    def _same_glyph(self, index: int) -> bool:
        """Whether the character comes from the glyph before it (a ligature); what is drawn twice comes from two objects."""
        one, other = (pdf_calls.char_object(self._page, at) for at in (self._last, index))
        return bool(one) and one == other

    def _open(self, index: int, char: str, x: float, y: float) -> None:
        size, quarter = self._size_and_lie(index)
        self._run = run = Run([char], [x], y, size, quarter=quarter)
        drawn = pdf_calls.char_object(self._page, index)
        if drawn:
            run.hidden = pdf_calls.object_mode(drawn) == _HIDDEN_MODE
            font = pdf_calls.object_font(drawn)
            run.bold = self._bold_fonts[font] if font in self._bold_fonts else self._bold_fonts.setdefault(font, self._bold(index))
        self._last = index

    def _close(self) -> None:
        run = self._run
        if run is None:
            return
        self._run = None
        if run.quarter == 0:
            right = self._right(self._last)
            # PDFium's boxes are as high as their glyph in some fonts (Chromium's), so that 一 would lie below its line.
            run.top, run.bottom = run.base - _ASCENT * run.size, run.base + _DESCENT * run.size
            run.x1 = max(right, run.xs[-1])
        else:
            left, run.top, right, run.bottom = self._box(self._last)
            run.x1 = max(right, run.xs[-1])
            run.xs[0] = left
        if run.expanded:
            run.spread()
        self._runs.append(run)

    def _box(self, index: int) -> tuple[float, float, float, float]:
        rect = self._rect
        pdf_calls.char_box(self._page, index, self._rect_at)
        x0, y0 = self._frame.at(rect.left, rect.top)
        x1, y1 = self._frame.at(rect.right, rect.bottom)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def _right(self, index: int) -> float:
        """The third of `_box`."""
        rect, (a, _, c, _, e, *_) = self._rect, self._frame
        pdf_calls.char_box(self._page, index, self._rect_at)
        one: float = a * rect.left + c * rect.top + e
        other: float = a * rect.right + c * rect.bottom + e
        return one if one > other else other

    def _size_and_lie(self, index: int) -> tuple[float, int | None]:
        size, matrix = pdf_calls.char_size(self._page, index), self._matrix
        if not pdf_calls.char_matrix(self._page, index, self._matrix_at):
            return max(size, 1.0), 0
        key = (size, matrix.a, matrix.b, matrix.c, matrix.d)
        found = self._lies.get(key)
        if found is None:
            found = self._lies[key] = self._turned(*key)
        return found

    def _turned(self, size: float, a: float, b: float, c: float, d: float) -> tuple[float, int | None]:
        size *= math.hypot(c, d)
        x, y = self._frame.a * a + self._frame.c * b, self._frame.b * a + self._frame.d * b
        turns = math.degrees(math.atan2(-y, x)) / 90
        quarter = (round(turns) - self._lie) % 4 if abs(turns - round(turns)) < 0.05 else None
        return max(abs(size), 1.0), quarter

    def _bold(self, index: int) -> bool:
        buffer, flags = ctypes.create_string_buffer(_FONT_NAME_BYTES), ctypes.c_int()
        length = pdfium.FPDFText_GetFontInfo(self._raw, index, buffer, _FONT_NAME_BYTES, flags)
        name = buffer.raw[: max(0, min(length, _FONT_NAME_BYTES) - 1)].decode("utf-8", "replace").lower()
        return any(part in name for part in _BOLD_NAMES)
