"""Practices that a text calls by a name of their own, and whether they are there, on trial or planned."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from archive.changed import changed
from archive.findings import Practice, PracticeKind, PracticeState, Unit, UnitKind
from archive.ids import fact_id
from archive.records import Document
from archive.text import Span
from ingest.extract.place_scope import PlaceReader, place_reader
from ingest.extract.practice_keys import practice_key
from ingest.extract.practice_rows import rows

_QUOTES = str.maketrans("", "", "“”\"‘’'「」")
_TO_LAST_END = re.compile(r"(?:[\s\S]*[。！？；\n])?")
_CLAUSE_END = re.compile(r"[。！？；\n，]")
_LOOK_BACK = 120
_LOOK_AHEAD = 30
_LONGEST_CORE = 16
"""Code points between the quotation marks: longer ones, and lists, describe a practice; its name then is what follows them."""
_LONGEST_GOVERNED = 10
_LEAST_GOVERNED = 3
_GOVERNS = 8
"""Code points between a verb and the name that it governs, the verb included (推行了村级“两会四评”)."""
_LEAST_UNQUOTED = 6
_LONGEST_BODY = 24
_RUN = re.compile(r"[\u4e00-\u9fffA-Za-z]+$")


@dataclass(frozen=True, slots=True)
class _Rows:
    kinds: Mapping[str, PracticeKind]
    endings: tuple[str, ...]
    quoted: re.Pattern[str]
    governed: re.Pattern[str]
    plain: re.Pattern[str]
    unquoted: re.Pattern[str]
    named: re.Pattern[str]
    names: Mapping[str, PracticeKind]
    states: tuple[tuple[PracticeState, re.Pattern[str]], ...]
    stop: re.Pattern[str]
    digital: re.Pattern[str]
    boundary: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Sighting:
    key: str
    name: str
    kind: PracticeKind
    span: Span


def find_practices(doc: Document) -> Document:
    """Fill `doc.practices`: one record a name, the occurrence that says most of its state; needs places and units."""
    best: dict[str, tuple[_Sighting, PracticeState | None, str | None]] = {}
    holders = sorted(doc.units, key=lambda unit: (unit.extent.start, -unit.extent.end))
    starts = [unit.extent.start for unit in holders]
    for sighting in _sightings(doc.text):
        state, cue = _state(doc.text, sighting.span, _kinds_above(holders, starts, sighting.span))
        known = best.get(sighting.key)
        if known is None or (known[1] is None and state is not None):
            best[sighting.key] = (sighting, state, cue)
    found = sorted(best.values(), key=lambda entry: entry[0].span)
    reader = place_reader(doc)
    return changed(doc, practices=tuple(_practice(reader, number, *entry) for number, entry in enumerate(found, 1)))


def _sightings(text: str) -> Iterator[_Sighting]:
    """Every occurrence of a name, quoted or not; quoted ones first where both overlap."""
    taken: list[Span] = []
    matches = [(match, _quoted(match)) for match in _rows().quoted.finditer(text)]
    found = [sighting for _, sighting in reversed(matches) if sighting]
    known = {sighting.key: sighting for sighting in sorted(found, key=lambda one: one.kind is not PracticeKind.OTHER)}
    for match, own in matches:
        core = match["core"] or match["inner"]
        named = known.get(core.translate(_QUOTES)) if own is None or own.kind is PracticeKind.OTHER else None
        # 推行“屋场长”制度, elsewhere only 通过“屋场长”.
        span = own.span if own else Span(match.start(), match.start() + len(core) + 2)
        if sighting := replace(named, span=span) if named else own:
            taken.append(Span(*match.span()))
            yield sighting
    starts = [span.start for span in taken]
    for pattern, read in ((_rows().unquoted, _unquoted), (_rows().named, _named)):
        for match in pattern.finditer(text):
            index = bisect_right(starts, match.start()) - 1
            if index >= 0 and taken[index].end > match.start():
                continue
            if sighting := read(match):
                yield sighting


def _quoted(match: re.Match[str]) -> _Sighting | None:
    core, middle, head = match["core"] or match["inner"], match["middle"] or "", match["head"]
    closed = match.start() + len(core) + 2
    inner = next((word for word in _rows().endings if core.endswith(word)), None) if core.endswith(_rows().endings) else None
    if head is None or (inner is not None and len(core) <= _LONGEST_CORE):
        # “书记项目”领办机制 is about “书记项目”.
        name, span = core, Span(match.start(), closed)
        if inner is None and _governed(match.string, span, core):
            kind = PracticeKind.OTHER
        elif inner is None or len(core) > _LONGEST_CORE or len(core) < len(inner) + 2:
            return None
        else:
            kind = _rows().kinds[inner]
    else:
        kind = _rows().kinds[head]
        listed = len(core) > _LONGEST_CORE or "—" in core
        if listed and len(middle) + len(head) < _LEAST_UNQUOTED:
            return None
        name = middle + head if listed else core + middle + head
        span = Span(match.start("middle"), match.end()) if listed else Span(*match.span())
    if _rows().stop.search(name) or _rows().stop.search(core):
        return None
    bare = name.translate(_QUOTES)
    return _Sighting(core.translate(_QUOTES) if core.translate(_QUOTES) in bare else bare, bare, kind, span)


def _governed(text: str, span: Span, core: str) -> bool:
    """Whether a verb just before names `core` as something that is done (推行“两会四评”), and not what is made of it."""
    if not _LEAST_GOVERNED <= len(core) <= _LONGEST_GOVERNED or _rows().plain.search(core) or text[span.end : span.end + 1] in ("的", "之"):
        return False
    return _rows().governed.search(text, max(0, span.start - _GOVERNS), span.start) is not None


def _unquoted(match: re.Match[str]) -> _Sighting | None:
    """A system or platform by its proper name: cut after the last verb or particle before it."""
    words = _RUN.search(match.string[max(0, match.start() - _LONGEST_BODY) : match.start()])
    if words is None:
        return None
    cut = max((found.end() for found in _rows().boundary.finditer(words.group())), default=None)
    if cut is None:
        return None
    name = words.group()[cut:] + match["head"]
    if len(name) < _LEAST_UNQUOTED or not _rows().digital.search(name) or _rows().stop.search(name):
        return None
    return _Sighting(name, name, _rows().kinds[match["head"]], Span(match.end() - len(name), match.end()))


def _named(match: re.Match[str]) -> _Sighting | None:
    return _Sighting(match.group(), match.group(), _rows().names[match.group()], Span(*match.span()))


def _state(text: str, span: Span, above: frozenset[UnitKind]) -> tuple[PracticeState | None, str | None]:
    """What the clause of the name, then the start of its sentence, then the section it stands in say of it."""
    if UnitKind.PROBLEM in above:
        return None, None
    low = max(0, span.start - _LOOK_BACK)
    sentence = low + len(_TO_LAST_END.match(text[low : span.start])[0])  # type: ignore[index]  # it matches nothing too
    clause = max(sentence, text.rfind("，", sentence, span.start) + 1, text.rfind(",", sentence, span.start) + 1)
    end = _CLAUSE_END.search(text, span.end, span.end + _LOOK_AHEAD)
    ahead = end.start() if end else span.end
    near = text[clause : span.start] + "\n" + text[span.end : ahead]
    if UnitKind.RECOMMENDATION in above:
        found = next((found for _, pattern in _rows().states if (found := pattern.search(near))), None)
        return PracticeState.PLANNED, found.group() if found else None
    for state, pattern in _rows().states:
        if found := pattern.search(near):
            return state, found.group()
    if found := _rows().states[1][1].match(text, sentence):
        return PracticeState.PLANNED, found.group()
    return None, None


def _kinds_above(holders: list[Unit], starts: list[int], span: Span) -> frozenset[UnitKind]:
    """The kind of the innermost unit that holds `span` and began before it; the units around that one are of the same section."""
    for index in range(bisect_right(starts, span.start) - 1, max(-1, bisect_right(starts, span.start) - 24), -1):
        if holders[index].extent.end >= span.end and holders[index].span.start <= span.start:
            return frozenset({holders[index].kind})
    return frozenset()


def _practice(reader: PlaceReader, number: int, sighting: _Sighting, state: PracticeState | None, cue: str | None) -> Practice:
    doc, place = reader.doc, reader.at(sighting.span.start)
    return Practice(
        id=fact_id("PRAC", doc.id, number),
        name=sighting.name,
        key=practice_key(sighting.name),
        kind=sighting.kind,
        quote=sighting.span.of(doc.text),
        span=sighting.span,
        state=state,
        cue=cue,
        place=place.name if place else None,
        adcode=place.adcode if place else None,
        place_inferred=place.inferred if place else False,
    )


@cache
def _rows() -> _Rows:
    tables = rows()
    kinds = {word: PracticeKind(row["kind"]) for row in tables["kind"] for word in row["words"]}
    digital = [word for row in tables["kind"] if row.get("digital") for word in row["words"]] + ["工程"]
    names = {name: PracticeKind(row["kind"]) for row in tables["named"] for name in row["names"]}
    endings = tuple(sorted(kinds, key=len, reverse=True))
    heads = "|".join(endings)
    # A name's middle is short and has no particle in it; 等, 的, 和 begin something else.
    middle = r"(?P<middle>[^的和等在以与及把将，。、；：“”\"（(),;:\s]{0,10}?)"
    return _Rows(
        kinds=kinds,
        endings=endings,
        quoted=re.compile(
            rf'(?:[“"](?P<core>[^“”"\n。]{{2,60}})[”"]|[‘「](?P<inner>[^‘’「」“”"\n。]{{2,30}})[’」])'
            rf"(?:{middle}(?P<head>{heads})(?![化性]))?"
        ),
        governed=re.compile(rf"(?:{'|'.join(tables['governed']['verbs'])})了?[^，。、；：“”‘’「」\"的]{{0,4}}\Z"),
        plain=re.compile(tables["governed"]["plain"]),
        unquoted=re.compile(rf"(?P<head>{'|'.join(digital)})(?!信息资源|性|化|内|上|治理)"),
        named=re.compile("|".join(names)),
        names=names,
        states=tuple((PracticeState(row["state"]), re.compile("|".join(row["words"]))) for row in tables["state"]),
        stop=re.compile(tables["stop"]["pattern"]),
        digital=re.compile("|".join(tables["digital"]["words"])),
        boundary=re.compile("|".join(sorted(tables["boundary"]["words"], key=len, reverse=True))),
    )
