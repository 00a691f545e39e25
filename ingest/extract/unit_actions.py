"""The clauses of a sentence that say what was done: of the lead of a paragraph, and of each later sentence that tells a measure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from archive.findings import UnitKind
from archive.text import Span
from ingest.extract.unit_cues import Draft, cues
from ingest.extract.unit_lines import Paragraph
from ingest.extract.unit_sentences import clauses, sentences

_LISTS = re.compile("[：:](?:一是|首先|第一|[（(]?[一1][）)、.])")
_DIGIT = re.compile(r"\d")
_READ_FOR_SCENE = 120
_SHORTEST_LEAD = 6
_MEANS = ("措施", "方式", "途径", "形式", "手段", "办法")
"""What a clause on means ends with that says no act yet (通过入户宣讲等方式，…)."""
_LONGEST = 90
_SHORTEST = 6
_SHORT = 20
_READ = 60
"""Code points of a clause that are read for who acts and what is done."""
_REACH = 40
"""Code points at most between who acts and what he does."""


def told_measures(text: str, line: Paragraph, leads: Iterable[Draft]) -> Iterator[Draft]:
    """A draft for each sentence of `line` that says what was done and holds none of `leads`; it gives way to units of other kinds."""
    taken = [draft.span.start for draft in leads]
    for sentence in sentences(text, line.span):
        if any(sentence.start <= start < sentence.end for start in taken) or _passes(text, sentence):
            continue
        quote = _done_in(text, sentence)
        if quote is not None:
            yield Draft(UnitKind.MEASURE, quote, sentence, "", holds=False, yields=True)


def _passes(text: str, sentence: Span) -> bool:
    """Whether a sentence asks, urges, comments, is somebody's speech, tells of a person or of what was before."""
    words = sentence.of(text)
    known = cues()
    return (
        text[sentence.end : sentence.end + 1] in ("？", "?")
        or words[-1] in "：:"
        or _LISTS.search(words) is not None
        or known.spoken.search(words) is not None
        or known.harm.search(words) is not None
        or any(cue.match(words) for cue in (known.remark, known.past, known.urged))
    )


def _done_in(text: str, sentence: Span) -> Span | None:
    """The clauses that say what was done, from the first that does to the last of them in a row, without what came of it."""
    parts = clauses(text, sentence)
    first = after_purpose(text, parts)
    number = next((at for at in range(first, len(parts)) if _does(text, parts[at])), None)
    if number is None:
        return None
    start = parts[number].start
    if (joined := cues().joining.match(text[start : parts[number].end])) is not None:
        start += joined.end()
    said = Span(start, parts[number].end)
    if is_weak(text, said) and not _by_means(said.of(text)):
        quote = strengthened(text, parts, number, start)
    else:
        quote = Span(start, row_of_acts(text, parts, number, start))
    if quote is None or quote.end - quote.start < _SHORTEST:
        return None
    words = quote.of(text)
    counts_only = len(words) < _SHORT and cues().input.search(words) and not cues().doer.match(words)
    return None if counts_only else quote


def after_purpose(text: str, parts: list[Span]) -> int:
    """Which clause is read first: where a sentence begins with what for, the one that names who acts (为守护山林，加强巡查，镇里组建…)."""
    if not parts or not text.startswith("为", parts[0].start) or not cues().ground.match(parts[0].of(text)):
        return 0
    named = (at for at in range(1, len(parts)) if (words := parts[at].of(text)[:_READ]) and not cues().acting.match(words) and _acts(words))
    return next(named, 0)


def is_weak(text: str, clause: Span) -> bool:
    """Whether a clause only says in what spirit something is done (坚持党建引领), behind the one who does it."""
    words = clause.of(text)
    who = None if cues().acting.match(words) else cues().place.match(words) or cues().doer.match(words)
    return cues().weak.match(words[who.end() if who else 0 :]) is not None


def strengthened(text: str, parts: list[Span], number: int, start: int) -> Span | None:
    """A weak clause with the acts that follow it in its sentence, or these alone where both are long; None when none follow."""
    for at in range(number + 1, len(parts)):
        if not is_weak(text, parts[at]) and _does(text, parts[at]):
            start = start if parts[at].end - start <= _LONGEST else parts[at].start
            return Span(start, row_of_acts(text, parts, at, start))
    return None


def row_of_acts(text: str, parts: list[Span], number: int, start: int) -> int:
    """Where the last of the clauses ends that go on from number `number` with what was done; one on means may stand between."""
    end = parts[number].end
    for at in range(number + 1, len(parts)):
        if parts[at].end - start > _LONGEST:
            break
        if cues().acting.match(parts[at].of(text)[:_READ]):
            end = parts[at].end
        elif end != parts[at - 1].end:
            break
    return end


def _does(text: str, clause: Span) -> bool:
    words = clause.of(text)[:_READ]
    return _acts(words) or (_by_means(words) and not text.startswith(_MEANS, clause.end - 2))


def _by_means(words: str) -> bool:
    return cues().whereby.match(words) is not None and cues().ground.match(words) is None


def _acts(words: str) -> bool:
    """Whether a clause begins with what is done, or with who does it."""
    known = cues()
    if (joined := known.joining.match(words)) is not None:
        words = words[joined.end() :]
    if len(words) < _SHORTEST or known.ground.match(words):
        return False
    if known.acting.match(words):
        return True
    who = known.doer.match(words) or known.place.match(words)
    if who is None or known.described.match(words, who.end()) or known.noun.match(words, who.end()):
        return False
    return known.deed.search(words, who.end(), who.end() + _REACH) is not None


def lead_quote(text: str, sentence: Span) -> Span | None:
    """The lead of a long sentence: up to the end of the first clause that says what was done; None when no clause does."""
    start = sentence.start + heard(sentence.of(text))
    scene = cues().scene.match(text[start : min(sentence.end, start + _READ_FOR_SCENE)])
    parts = clauses(text, Span(start, sentence.end))
    first = after_purpose(text, parts)
    for number, clause in enumerate(parts[first:], first):
        words = clause.of(text)
        who = _who(words)
        if cues().described.match(words, who) or cues().noun.match(words, who):
            start = clause.end + 1
        elif cues().ground.match(words):
            continue
        elif (not scene or cues().action.match(words) or cues().place.match(words)) and _says_done(words, who):
            quote = Span(start if clause.end - start <= _LONGEST else clause.start, clause.end)
            return (strengthened(text, parts, number, quote.start) if is_weak(text, clause) else None) or quote
    return None


def _says_done(words: str, who: int) -> bool:
    """Whether a clause, in which the words behind `who` tell of him, says what was done and not whereby, what for or what it brought."""
    acting = cues().action.search(words)
    if acting is None or len(words) < _SHORTEST_LEAD or cues().aside.match(words[who:]):
        return False
    if cues().promising.match(words) or cues().honoured.search(words) or cues().counted.search(words):
        return False
    gained = cues().outcome.search(words)
    return not (gained and _DIGIT.search(words) and acting.start() >= gained.start())


def _who(words: str) -> int:
    """Where the words behind the one who acts begin; 0 where none is named."""
    found = None if cues().action.match(words) else cues().actor.match(words) or cues().place.match(words)
    return found.end() if found else 0


def heard(words: str) -> int:
    """How far the opening words reach that a measure is not quoted with (近日，记者从民政局获悉，)."""
    at = 0
    while at < len(words) and (found := cues().heard.match(words[at : at + 60])):
        at += found.end()
    return at
