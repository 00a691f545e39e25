"""Reads a typed query clause by clause. It never fails: what is broken is read in the next best way, and the clause says how."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from itertools import islice

from archive.errors import BadRequest
from schema.known_indicators import named_indicator
from schema.language import amounts
from schema.language.clauses import Clause, ClauseKind, Note, NoteCode, Typed
from schema.language.invisible import as_typed, seen
from schema.language.rows import FieldKind, asking_words, fields_by_name, operators
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
_COMPARED = re.compile(r"([^\s|<>=≥≤≧≦⩾⩽:,;()\"“”「」『』，。；！？、]{1,30})\s*(?=[<>=≥≤≧≦⩾⩽])")
_BEYOND = re.compile(r"$|[\s，。；、,;)）|｜的" + _OPEN + "]")
_HAN_OR_WORD = re.compile(r"[㐀-鿿]|[A-Za-z]{2}")
_JOINING = {"AND": "要都包含，直接写两个词", "NOT": "要排除，写“-词”", "OR": "要任选其一，写大写的 OR"}
_ARABIC = re.compile(r"\d")
_LONGEST_SUBJECT = 20


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
        sign = self.query[at]
        if sign in _QUOTES:
            return self._quoted(at)
        if sign in "|｜":
            return self._made(ClauseKind.OR, at, at + 1)
        if signs := _SIGNS.match(self.query, at):
            return self._made(ClauseKind.IGNORED, at, signs.end())
        run = _RUN.match(self.query, at)
        end = run.end() if run else at + 1
        if self.query[at:end] == "OR":
            return self._made(ClauseKind.OR, at, end)
        if "://" in self.query[at:end]:
            return self._words(at, end)
        return self._field(at) or self._compared(at, end) or self._figure(at, end) or self._words(at, end)

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
        subject = _COMPARED.match(self.folded, at)
        if subject is None or not _HAN_OR_WORD.search(subject[1]):
            return None
        symbol = amounts.symbol_at(self.folded, subject.end()) or ""
        number = self._skipped(subject.end() + len(symbol))
        found = amounts.compared_at(self.folded, number, symbol)
        if found is None or not _BEYOND.match(self.folded, found.end):
            if subject.end() > at + len(subject[1]):  # the symbol stands apart and will be ignored by itself
                return None
            what = "的数没有读懂" if _ARABIC.match(self.folded, number) else "不是数字"
            note = Note(NoteCode.NO_NUMBER, f"“{symbol}”后面{what}，按普通词检索")
            return self._words(at, max(end, subject.end() + len(symbol)), note)
        row = fields_by_name().get(fold(subject[1]))
        if row is not None and row.kind is FieldKind.YEAR:
            value = self.folded[subject.end() : found.end].replace(" ", "")
            return self._made(ClauseKind.FIELD, at, found.end, field=row.name, values=(value,))
        return self._made(ClauseKind.FIGURE, at, found.end, value=self.query[at : at + len(subject[1])], bounds=found.bounds)

    def _figure(self, at: int, end: int) -> Clause | None:
        """A subject and a condition in words: 网格员300人以上, 边境线 超过300公里. In one run only a unit makes it sure."""
        for start in range(at + 1, min(end, at + _LONGEST_SUBJECT)):
            if self.folded[start] not in _beginnings():
                continue
            found = amounts.condition_at(self.folded, start)
            if found is None or not found.told or not _BEYOND.match(self.folded, found.end):
                continue
            if found.bounds.unit is None and not _ARABIC.search(self.folded, start, found.end):  # 网格员300以上, and not 第一以上
                continue
            cut = _subject_start(self.query, at, start)
            if not _is_subject(self.query[cut:start]):
                continue
            if cut > at:
                return self._words(at, cut)
            return self._made(ClauseKind.FIGURE, at, found.end, value=self.query[at:start], bounds=found.bounds, in_prose=True)
        following = self._skipped(end)
        if following == end or not _is_subject(self.query[at:end]):
            return None
        found = amounts.condition_at(self.folded, following)
        if found is None or not found.told or not _BEYOND.match(self.folded, found.end):
            return None
        return self._made(ClauseKind.FIGURE, at, found.end, value=self.query[at:end], bounds=found.bounds, in_prose=True)


def _joining(text: str) -> tuple[Note, ...]:
    """What is said of a word by which other search boxes join or leave out."""
    advice = _JOINING.get(text.upper()) if text.isascii() else None
    return (Note(NoteCode.WORD_OPERATOR, f"“{text}”按普通词检索；{advice}"),) if advice else ()


@cache
def _beginnings() -> frozenset[str]:
    """What a condition may begin with."""
    return _DIGITS | {sign[0] for sign in operators("before")}


_DIGITS = frozenset("0123456789一二两三四五六七八九十百千万")


def _subject_start(query: str, at: int, end: int) -> int:
    """Where the subject begins in `query[at:end]`: behind the last 的, and behind words of questions (有没有投资)."""
    start = query.rfind("的", at, end) + 1 or at
    while word := next((one for one in asking_words() if query.startswith(one, start, end)), None):
        start += len(word)
    return start


def _is_subject(text: str) -> bool:
    return _HAN_OR_WORD.search(text) is not None and (len(text) > 1 or named_indicator(text) is not None) and len(text) <= _LONGEST_SUBJECT
