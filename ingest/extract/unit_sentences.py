"""Units that running text states: results, and outside their own sections problems and recommendations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter

from archive.findings import UnitKind
from archive.text import Span
from ingest.extract.unit_cues import Cues, Draft, cues, introduced_by
from ingest.extract.unit_plans import OPENING, Stated, intended, urging
from ingest.extract.unit_sections import Scope

SENTENCE = re.compile(r"[^。！？；!?;\n]+[。！？；!?;]?[”’」』）)]*")
_CLAUSE_END = re.compile(r"，|,(?!\d{3})")
_CUE_END = re.compile("[，、]")
_LONGEST_CLAUSE = 300
"""Code points; of a longer clause (a table, a list) only the end is read, which bounds the time of every pattern."""
_FIGURE = re.compile(r"\d|百分之")
_DANGLING = re.compile(
    r"(?:同比|比上年|较上年|[比较]去年同期|[比较]上年同期|环比|分别|年均){0,2}(?:增长|增加|下降|减少|提高|提升|缩短)[^，,]{0,14}(?:\d|了)"
)
_COUNTED_BEFORE = ("受益", "惠及", "脱贫", "增收", "满意", "就业")
"""Outcomes whose figure may stand before them: 10135人从中受益."""
_LEVEL = re.compile("[率度感]|收入")
_CHANGED = re.compile("提[高升]|增[长加]|上升|下降|减少|降[低至到]|缩短|突破")
_GROWN = re.compile("增[长加]|减少|下降|提高")
_READ_FOR_PLAN = 120
_SHORT_LACK = 20
_PROVEN = ("实践证明，", "实践表明，", "事实证明，")
_CLOSING = {"”": "“", "’": "‘", "』": "『", "」": "「"}
_TRAILING = "。！？；!?;"
_LIST_FOLLOWS = re.compile(r"[。：:；\s]{0,4}(?:一是|首先|[（(]?[一1][）)、.．]|①|第一[，、])")
_OUTCOMES: tuple[tuple[str, Callable[[Cues], re.Pattern[str]]], ...] = tuple(
    (name, attrgetter(name)) for name in ("reached", "done", "trend", "full", "honoured")
)
_AROUND = _TRAILING + "—" + "".join(filter(str.isspace, map(chr, range(0x3001))))
_CLOSED = frozenset({UnitKind.PROBLEM, UnitKind.RECOMMENDATION})


def sentences(text: str, span: Span) -> Iterator[Span]:
    """The sentences inside `span`, without their full stop and without white space around them."""
    for match in SENTENCE.finditer(text, span.start, span.end):
        words = match.group().lstrip(_AROUND)
        start = match.end() - len(words)
        end = start + len(words.rstrip(_AROUND))
        while start < end and (opening := _CLOSING.get(text[end - 1])) and opening not in text[start:end]:
            # 我们将新建冷库。” ends speech that an earlier sentence began.
            end -= 1
            while end > start and text[end - 1] in _TRAILING:
                end -= 1
        if start < end:
            yield Span(start, end)


def clauses(text: str, span: Span) -> list[Span]:
    """The parts of a sentence between its commas."""
    found, at = [], span.start
    for match in _CLAUSE_END.finditer(text, span.start, span.end):
        found.append(Span(at, match.start()))
        at = match.end()
    found.append(Span(at, span.end))
    return [clause for clause in found if clause.start < clause.end]


def stated_units(text: str, region: Span, scope: Scope) -> Iterator[Draft]:
    """What the sentences of `region`, which stands under `scope`, state; economic figures parted by semicolons only are one result."""
    last: Draft | None = None
    for draft in _statements(text, region, scope) if scope.kind not in _CLOSED else ():
        if last is not None and _go_on(text, last, draft):
            last = replace(last, span=Span(last.span.start, draft.span.end), extent=Span(last.extent.start, draft.extent.end))
            continue
        if last is not None:
            yield last
        last = draft
    if last is not None:
        yield last


def _statements(text: str, region: Span, scope: Scope) -> Iterator[Draft]:
    """A draft for each sentence that states something. After a sentence that begins a list of problems its further parts are problems."""
    known = cues()
    urged = listed = False
    for sentence in sentences(text, region):
        chars = frozenset(text[sentence.start : sentence.end])
        parts = clauses(text, sentence)
        if not chars.isdisjoint(known.needs["spoken"]) and known.spoken.search(text, sentence.start, sentence.end):
            found = intended(text, sentence, parts, chars)
        elif started := _listing(text, sentence, chars):
            found, listed = started, True
        elif listed:
            found = UnitKind.PROBLEM, sentence.start, ""
        else:
            found = _stated(text, sentence, parts, scope, chars) if parts else None
        listed = listed and text[sentence.end : sentence.end + 1] in ("；", ";")
        if found is None and ((scope.kind is UnitKind.EXPERIENCE and not urged) or not scope.known):
            found = urging(text, sentence)
            urged = found is not None
        if found is None or (found[0] in _CLOSED and _LIST_FOLLOWS.match(text, sentence.end) and introduced_by(sentence.of(text))):
            continue
        quote = _quote(text, found[1], sentence)
        if quote.start < quote.end:
            yield Draft(found[0], quote, sentence, found[2], path=scope.path, holds=False)


def _listing(text: str, sentence: Span, chars: frozenset[str]) -> Stated | None:
    if chars.isdisjoint(cues().needs["listing"]):
        return None
    found = cues().listing.match(text[sentence.start : min(sentence.end, sentence.start + _READ_FOR_PLAN)])
    return (UnitKind.PROBLEM, sentence.start + found.end(), found.group().rpartition("，")[2]) if found else None


def _quote(text: str, start: int, sentence: Span) -> Span:
    """`sentence` from `start` on, without white space there and the mark that closes the speech which the sentence opened."""
    end = sentence.end
    while start < end and text[start].isspace():
        start += 1
    while text[sentence.start] in OPENING and end > start and (text[end - 1] in _CLOSING or text[end - 1] in _TRAILING):
        end -= 1
    return Span(start, end)


def _go_on(text: str, last: Draft, draft: Draft) -> bool:
    """Whether `draft` only goes on with the list of economic figures of `last`, parted from it by a semicolon."""
    if not (last.kind is draft.kind is UnitKind.RESULT and draft.extent.start <= last.span.end + 2):
        return False
    return text[last.span.end : last.span.end + 1] in ("；", ";") and all(
        cues().indicator.search(text, one.span.start, one.span.end) for one in (last, draft)
    )


def _stated(text: str, sentence: Span, parts: list[Span], scope: Scope, chars: frozenset[str]) -> Stated | None:
    if text.startswith(_PROVEN, sentence.start) and len(parts) > 1:
        return UnitKind.EXPERIENCE, parts[1].start, text[sentence.start : sentence.start + 4]
    found = intended(text, sentence, parts, chars) or _result(text, sentence, parts, scope, chars)
    if found is None and scope.kind is None:
        found = _problem(text, parts) or _past(text, sentence, parts) or _ailing(text, parts if scope.known else _short_first(parts))
    return found


def _result(text: str, sentence: Span, parts: list[Span], scope: Scope, chars: frozenset[str]) -> Stated | None:
    """The result that a sentence states, from its first clause that does; a total reached by now is one as a whole."""
    known, surveyed = cues(), scope.surveyed
    if known.existing.match(text[sentence.start : min(sentence.end, sentence.start + _READ_FOR_PLAN)]) and (lack := _problem(text, parts)):
        return lack
    figures = _FIGURE.search(text, sentence.start, sentence.end) is not None
    if figures and not surveyed:
        total = known.total.match(text[sentence.start : sentence.end])
        if total and _reached(text, sentence) and not known.standing.search(text, sentence.start, sentence.end):
            harmed = known.harm.search(text, sentence.start, sentence.end)
            return UnitKind.PROBLEM if harmed else UnitKind.RESULT, _counting_from(text, sentence, parts, total.end()), total.group()
        if counted := _counted_by_now(text, sentence, parts):
            return counted
    possible = _possible(scope, chars)
    counts = figures and not surveyed
    for number, part in enumerate(parts):
        if not counts and not possible and text[part.end - 1] not in known.tails["trend"]:
            continue
        cue = _outcome_cue(text[max(part.start, part.end - _LONGEST_CLAUSE) : part.end], scope, possible, counts)
        before = parts[number - 1] if number else part
        if cue and _reached(text, part) and not known.promising.search(text, before.start, before.end):
            # 增长6.2% says nothing without what has grown.
            dangling = number > 0 and _DANGLING.match(text, part.start)
            said = Span(before.start if dangling else part.start, part.end)
            if _GROWN.match(cue) and known.funding.search(text, said.start, said.end):
                continue
            return UnitKind.RESULT, said.start, cue
    return None


def _counting_from(text: str, sentence: Span, parts: list[Span], opening: int) -> int:
    """Where a total begins: after a clause that only says what was done (今年以来，柳溪镇开展清山行动，已清山90处)."""
    at = 1 if len(parts) > 1 and parts[0].end - sentence.start <= opening + 1 else 0
    acted = parts[at]
    if at + 1 == len(parts) or _FIGURE.search(text, max(acted.start, sentence.start + opening), acted.end):
        return sentence.start
    counted = _FIGURE.search(text, parts[at + 1].start, parts[at + 1].end)
    return parts[at + 1].start if counted and cues().action.search(text, acted.start, acted.end) else sentence.start


def _counted_by_now(text: str, sentence: Span, parts: list[Span]) -> Stated | None:
    """What a later clause of a sentence counts up as reached by now (流转土地30亩，目前入社农户52户)."""
    for before, part in pairwise(parts):
        if text[part.start] not in cues().heads["standing_now"]:
            continue
        found = cues().standing_now.match(text[part.start : part.end])
        rest = Span(part.start, min(sentence.end, part.start + _LONGEST_CLAUSE))
        if not found or not _FIGURE.search(text, rest.start + len(found.group()), rest.end):
            continue
        said = _reached(text, rest) and not cues().promising.search(text, before.start, before.end)
        if said and not cues().standing.search(text, rest.start, rest.end):
            return UnitKind.RESULT, part.start, found.group()[:2]
    return None


def _reached(text: str, span: Span) -> bool:
    return cues().unreached.search(text, span.start, span.end) is None


def _possible(scope: Scope, chars: frozenset[str]) -> frozenset[str]:
    """Which patterns of outcomes a sentence with these characters can hold.

    Among lessons 实现全覆盖 is an aim as often as a fact.
    """
    names = ("reached", "done") if scope.kind is UnitKind.EXPERIENCE else ("reached", "done", "full", "honoured")
    return frozenset(name for name in names if not chars.isdisjoint(cues().needs[name]))


def _outcome_cue(clause: str, scope: Scope, possible: frozenset[str], counts: bool) -> str | None:
    """The words of a clause that state an outcome; with `counts` those too that need a figure, which in a survey describes the place."""
    known = cues()
    for name, pattern in _OUTCOMES:
        if (clause[-1] in known.tails["trend"] if name == "trend" else name in possible) and (found := pattern(known).search(clause)):
            return found.group()
    found = known.outcome.search(clause) if counts and _FIGURE.search(clause) else None
    if not found or (scope.levels and _LEVEL.search(found.group()) and not _CHANGED.search(clause)):
        return None
    counted = _FIGURE.search(clause, found.start()) or found.group().endswith(_COUNTED_BEFORE)
    return found.group() if counted else None


def _problem(text: str, parts: list[Span]) -> Stated | None:
    sentence = Span(parts[0].start, parts[-1].end)
    found = cues().lacking.search(text, sentence.start, sentence.end)
    if found is None or cues().resolving.search(text, sentence.start, found.end()):
        return None
    # 服务面积过大，存在管不细等现象: what lacks often stands in the clause before.
    at = max((number for number, part in enumerate(parts) if part.start <= found.start()), default=0)
    start = parts[at - 1].start if at and found.start() == parts[at].start else parts[at].start
    return UnitKind.PROBLEM, start, _CUE_END.split(found.group(), 1)[0]


def _ailing(text: str, parts: list[Span]) -> Stated | None:
    for part in parts:
        found = cues().ailing.search(text, part.start, part.end)
        if found and not cues().resolving.search(text, part.start, part.end):
            return UnitKind.PROBLEM, part.start, found.group()
    return None


def _short_first(parts: list[Span]) -> list[Span]:
    """The first clause, where it is short: outside a survey only this tells what is wrong (人才短缺，多数网店…)."""
    return parts[:1] if parts[0].end - parts[0].start <= _SHORT_LACK and len(parts) > 1 else []


def _past(text: str, sentence: Span, parts: list[Span]) -> Stated | None:
    """What was wrong before (过去，设施老旧、纠纷多)."""
    past = cues().past.match(text[sentence.start : min(sentence.end, sentence.start + _READ_FOR_PLAN)])
    if past is None or cues().resolving.search(text, sentence.start, sentence.end):
        return None
    if any(cues().wanting.search(text, max(part.start, part.end - 40), part.end) for part in parts):
        return UnitKind.PROBLEM, sentence.start, _CUE_END.split(past.group(), 1)[0]
    return None
