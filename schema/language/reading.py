"""Reads a typed query clause by clause. It never fails: what is broken is read in the next best way, and the clause says how."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from archive.errors import BadRequest
from schema.language import amounts, figure_clauses
from schema.language.clauses import Bounds, Clause, ClauseKind, Note, NoteCode, Typed
from schema.language.invisible import as_typed, seen
from schema.language.rows import FieldKind, fields_by_name, operators
from search.analysis import Form, fold, terms

MAX_QUERY = 500
MAX_CLAUSES = 100

_QUOTES = {'"': '"', "“": "”", "「": "」", "『": "』", "＂": "＂"}
_OPEN = "".join(_QUOTES)
_SPACE = re.compile(r"\s+")
_RUN = re.compile(rf"[^\s|｜{_OPEN}，。；！？、]+")
_SIGNS = re.compile(r"[，。；！？、,.;!?…·]+")
_VALUE = re.compile(rf"[^\s|｜{_OPEN}，、,]+")
_MORE = re.compile(r"[|｜，、,]")
_NAME = re.compile(r"([^\W\d_]{1,10})\s*[:]")
_JOINING = {"AND": "要都包含，直接写两个词", "NOT": "要排除，写“-词”", "OR": "要任选其一，写大写的 OR"}


@lru_cache(maxsize=256)
def read(query: str) -> Typed:
    """The clauses of a query. Raises BadRequest when it is too long to be one."""
    if len(query) > MAX_QUERY:
        raise BadRequest(f"A query may have {MAX_QUERY} characters, not {len(query)}; keep its telling words.")
    found = list(islice(_Reader(seen(query)).clauses(), MAX_CLAUSES + 1))
    if len(found) > MAX_CLAUSES:
        raise BadRequest(f"A query may have {MAX_CLAUSES} parts, and this has more; keep its telling words.")
    return Typed(query, as_typed(query, tuple(_joined(found))))


def _joined(clauses: list[Clause]) -> Iterator[Clause]:
    """The clauses with every OR that joins nothing ignored, and parentheses remarked where they could have meant something."""
    alternatives = any(clause.kind is ClauseKind.OR for clause in clauses)
    before: Clause | None = None
    for at, clause in enumerate(clauses):
        if clause.kind is ClauseKind.OR:
            after = next((one for one in clauses[at + 1 :] if one.says), None)
            sides = (before, after)
            if any(side is None or side.kind is ClauseKind.OR or side.excluded for side in sides):
                note = Note(NoteCode.OR_WITHOUT_TERMS, f"“{clause.text}”两边没有可选的词，已忽略")
                yield replace(clause, kind=ClauseKind.IGNORED, notes=(note,))
                continue
        if clause.kind is ClauseKind.WORDS and alternatives and _in_parentheses(clause.text):
            note = Note(NoteCode.PARENTHESES, "括号不起作用：OR 只连接左右两个词")
            clause = replace(clause, notes=(*clause.notes, note))  # noqa: PLW2901
        before = before if clause.kind is ClauseKind.IGNORED else clause
        yield clause


def _in_parentheses(text: str) -> bool:
    return text.count("(") + text.count("（") != text.count(")") + text.count("）")


class _Reader:
    """Goes through a query once, from left to right."""

    def __init__(self, query: str) -> None:
        self.query = query
        self.folded = amounts.folded(query)

    def clauses(self) -> Iterator[Clause]:
        at = self._skipped(0)
        while at < len(self.query):
            clause = self._clause(at)
            yield clause
            at = self._skipped(clause.end)

    def _skipped(self, at: int) -> int:
        space = _SPACE.match(self.query, at)
        return space.end() if space else at

    def _made(self, kind: ClauseKind, start: int, end: int, **more: object) -> Clause:
        return Clause(kind=kind, start=start, end=end, text=self.query[start:end], **more)  # type: ignore[arg-type]

    def _clause(self, at: int) -> Clause:
        sign = self.query[at]
        if sign in "-－" and at + 1 < len(self.query) and not self.query[at + 1].isspace() and self.query[at + 1] not in "|｜":
            inner = self._plain(at + 1)
            if inner.kind is ClauseKind.OR or (inner.kind is ClauseKind.IGNORED and not inner.notes):
                inner = self._words(at + 1, inner.end)
            return replace(inner, start=at, text=self.query[at : inner.end], excluded=inner.says)
        return self._plain(at)

    def _plain(self, at: int) -> Clause:
        run = _RUN.match(self.query, at)
        end = run.end() if run else at + 1
        if sign := self._sign(at, end):
            return sign
        if "://" in self.query[at:end]:
            return self._words(at, end)
        if field := self._field(at):
            return field
        if (cut := self._before_unequal(at, end)) is not None:
            return _Reader(self.query[:cut])._plain(at)  # as if nothing followed
        return self._framed(at) or self._compared(at, end) or self._figure(at, end) or self._words(at, end)

    def _sign(self, at: int, end: int) -> Clause | None:
        """What is not words by its first character, and OR."""
        if self.query[at] in _QUOTES:
            return self._quoted(at)
        if self.query[at] in "|｜" or self.query[at:end] == "OR":
            return self._made(ClauseKind.OR, at, end if self.query[at:end] == "OR" else at + 1)
        if unequal := self._unequal(at):
            return unequal
        signs = _SIGNS.match(self.query, at)
        return self._made(ClauseKind.IGNORED, at, signs.end()) if signs else None

    def _quoted(self, at: int) -> Clause:
        close = self.query.find(_QUOTES[self.query[at]], at + 1)
        if close < 0:
            note = Note(NoteCode.UNBALANCED_QUOTES, f"引号{self.query[at]}没有配对，已忽略")
            return self._made(ClauseKind.IGNORED, at, at + 1, notes=(note,))
        phrase = " ".join(self.query[at + 1 : close].split())
        kind = ClauseKind.PHRASE if terms(phrase, Form.WORDS) else ClauseKind.IGNORED
        return self._made(kind, at, close + 1, value=phrase if kind is ClauseKind.PHRASE else "")

    def _words(self, at: int, end: int, *notes: Note) -> Clause:
        if at < end and (symbol := amounts.symbol_at(self.folded, at)):
            number = amounts.condition_at(self.folded, at + len(symbol))
            says = (Note(NoteCode.NO_SUBJECT, f"“{symbol}”前面没有统计对象，已忽略"),) if number or at + len(symbol) == end else ()
            return self._made(ClauseKind.IGNORED, at, at + len(symbol), notes=says)
        text = self.query[at:end]
        if not terms(text, Form.WORDS):
            return self._made(ClauseKind.IGNORED, at, end, notes=notes)
        notes = notes or self._unknown_field(at, end) or self._no_subject(at, end) or _joining(text)
        return self._made(ClauseKind.WORDS, at, end, value=text, notes=notes)

    def _no_subject(self, at: int, end: int) -> tuple[Note, ...]:
        found = amounts.condition_at(self.folded, at)
        if found is None or not found.told or found.end != end:
            return ()
        return (Note(NoteCode.NO_SUBJECT, f"“{self.query[at:end]}”前面没有统计对象，按普通词检索"),)

    def _unknown_field(self, at: int, end: int) -> tuple[Note, ...]:
        name = _NAME.match(self.folded, at)
        if (
            name is None
            or name.end() >= end
            or not 2 <= len(name[1]) <= 4
            or "://" in self.folded[at:end]
            or self.folded.startswith("//", name.end())
        ):
            return ()
        return (Note(NoteCode.UNKNOWN_FIELD, f"没有“{name[1]}”这个字段，按普通词检索"),)

    def _field(self, at: int) -> Clause | None:
        name = _NAME.match(self.folded, at)
        row = fields_by_name().get(fold(name[1])) if name else None
        if name is None or row is None:
            return None
        values, end, notes = self._values(name.end())
        after = self._skipped(name.end())
        if not values and not notes and after > name.end() and self._may_be_value(after):  # 地区: 台州市
            values, end, notes = self._values(after)
        if not values:
            note = Note(NoteCode.NO_VALUE, f"“{row.name}”后面没有内容，已忽略")
            return self._made(ClauseKind.IGNORED, at, name.end(), notes=(*notes, note))
        return self._made(ClauseKind.FIELD, at, end, field=row.name, values=tuple(dict.fromkeys(values)), notes=notes)

    def _may_be_value(self, at: int) -> bool:
        run = _RUN.match(self.query, at)
        if run is None:
            return self.query[at : at + 1] in _QUOTES and at < len(self.query)
        return run[0][0] not in "-－" and run[0] != "OR" and _NAME.match(self.folded, at) is None

    def _values(self, at: int) -> tuple[list[str], int, tuple[Note, ...]]:
        """The values that stand at `at`, where they end, and what is to be said of them."""
        found: list[str] = []
        notes: tuple[Note, ...] = ()
        while at < len(self.query):
            sign = self.query[at]
            if sign in _QUOTES:
                close = self.query.find(_QUOTES[sign], at + 1)
                if close < 0:
                    break
                value, end = self.query[at + 1 : close].strip(), close + 1
            else:
                run = _VALUE.match(self.query, at)
                value, end = (run[0], run.end()) if run else ("", at)
            if terms(value, Form.WORDS):
                found.append(value)
                at = end
            elif end > at:
                break
            if at >= len(self.query) or not _MORE.match(self.query, at) or not found:
                break
            at += 1
        return found, at, notes

    def _compared(self, at: int, end: int) -> Clause | None:
        """A subject, a symbol and a number: 网格员>=300人. A name of years makes a field of it."""
        read = figure_clauses.compared(self.query, self.folded, at)
        if read is None:
            return None
        if read.found is None:
            if read.apart:  # the symbol stands apart and will be ignored by itself
                return None
            what = "的数没有读懂" if figure_clauses.numeric(self.folded, read.number) else "不是数字"
            note = Note(NoteCode.NO_NUMBER, f"“{read.symbol}”后面{what}，按普通词检索")
            return self._words(at, max(end, read.stop + len(read.symbol)), note)
        row = fields_by_name().get(fold(read.subject))
        if row is not None and row.kind is FieldKind.YEAR:
            value = self.folded[read.stop : read.found.end].replace(" ", "")
            return self._made(ClauseKind.FIELD, at, read.found.end, field=row.name, values=(value,))
        bounds, notes = read.found.bounds, _of_symbol(read.symbol, read.found.bounds)
        return self._made(ClauseKind.FIGURE, at, read.found.end, value=read.subject, bounds=bounds, notes=notes)

    def _framed(self, at: int) -> Clause | None:
        found = figure_clauses.framed(self.query, self.folded, at)
        return self._made(ClauseKind.FIGURE, at, found.end, value=found.subject, bounds=found.bounds) if found else None

    def _figure(self, at: int, end: int) -> Clause | None:
        """A subject and a condition in words."""
        found = figure_clauses.in_prose(self.query, self.folded, at, end)
        if found is None:
            return None
        if found.start > at:
            return self._words(at, found.start)
        return self._made(ClauseKind.FIGURE, at, found.end, value=found.subject, bounds=found.bounds, in_prose=True)

    def _unequal(self, at: int) -> Clause | None:
        """A sign of being unequal with its number, of which no condition is made."""
        end = amounts.unequal_at(self.folded, at)
        if end is None:
            return None
        note = Note(NoteCode.NOT_EQUAL, f"“{self.query[at:end]}”不能作条件，已忽略；请用>、<、>=、<=、=")
        return self._made(ClauseKind.IGNORED, at, end, notes=(note,))

    def _before_unequal(self, at: int, end: int) -> int | None:
        """Where the first sign of being unequal begins behind `at`, and at `end` at most."""
        return next((here for here in range(at + 1, end + 1) if amounts.unequal_at(self.folded, here)), None)


def _of_symbol(symbol: str, bounds: Bounds) -> tuple[Note, ...]:
    """What is said of a symbol that is not what the figure is held against."""
    row = operators("symbol")[symbol]
    if row.about:
        return (Note(NoteCode.ABOUT_EQUAL, f"“{symbol}”按等于检索"),)
    if bounds.low is None or bounds.high is None or (row.low and row.high) or bounds.low_open or bounds.high_open:
        return ()
    return (Note(NoteCode.RANGE, f"“{symbol}”后面是一个范围，按范围{bounds.label.strip()}检索"),)


def _joining(text: str) -> tuple[Note, ...]:
    """What is said of a word by which other search boxes join or leave out."""
    advice = _JOINING.get(text.upper()) if text.isascii() else None
    return (Note(NoteCode.WORD_OPERATOR, f"“{text}”按普通词检索；{advice}"),) if advice else ()
