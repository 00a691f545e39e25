"""Which division each printed name means: by the parent printed before it, else by the other places of the document.

A name that several divisions bear is settled only when the document speaks for exactly one of them; otherwise its code stays None.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from archive.places import Division, Gazetteer, gazetteer
from archive.records import PlaceLevel
from ingest.extract.place_text import Name, NameKind
from ingest.extract.place_villages import village

FAR = 3  # a county named so many times as often as the next is what a stray village lies in
NEAR = 4  # support of a township in the city that the document speaks of (`Senses.support`)
VAGUE = 2  # 某县 is a place of the document only when it comes back, else it is a figure of speech
TOWNSHIPS = 40  # a document that names more of them is a list, in which none is asked for a stray village
OVERSEAS = ("71", "81", "82")
_DATELINE_TAILS = ("", "市", "县", "区", "州", "地区", "盟", "旗", "省", "自治区")


@dataclass(frozen=True, slots=True)
class Sense:
    """What a printed name means. `county` is the six-digit code to file it under, None when nothing settles it.

    `inferred`: the text prints no parent that settles it. `witnesses` are the names that an inference rests on.
    """

    name: str
    level: PlaceLevel
    county: str | None = None
    division: Division | None = None
    inferred: bool = False
    confidence: float = 1.0
    witnesses: tuple[Name, ...] = ()


class Senses:
    """The senses of all names of one document. `zones` are its texts' names, `dateline` the bare name a report was sent from,
    `year` the one in which it was published."""

    def __init__(self, zones: Sequence[Sequence[Name]], dateline: str | None = None, year: int | None = None) -> None:
        self.year = year
        self.gazetteer: Gazetteer = gazetteer()
        self.uses: dict[str, list[Name]] = {}
        self.children: dict[str, list[Name]] = {}
        self.left = {id(name): left for names in zones for left, name in pairwise(names)}
        for names in zones:
            for name in names:
                self.uses.setdefault(name.text, []).append(name)
                if (outer := name.before or name.within) is not None:
                    self.children.setdefault(outer.text, []).append(name)
        self.options: dict[str, tuple[Division, ...]] = {}
        self.senses: dict[str, Sense] = {}
        self.context: Counter[str] = Counter()
        self.literal: set[str] = set()  # codes under the very names that the text prints
        self.printed: set[str] = set()  # the same, and what became of them
        self.dateline = self.sent_from(dateline)
        if self.dateline:
            self.add_context(self.dateline.code, 1)
        self.settle_official()
        self.settle_rest()

    def sent_from(self, dateline: str | None) -> Division | None:
        """The city or county of a dateline, which prints it without 市 or 县; None unless there is exactly one."""
        for tail in _DATELINE_TAILS if dateline else ():
            rows = [row for row in self.gazetteer.named(f"{dateline}{tail}") if row.in_force and row.level is not PlaceLevel.TOWNSHIP]
            if len(rows) == 1:
                return rows[0]
        return None

    def add_context(self, code: str, weight: int = 2) -> None:
        """Let a settled place speak for the divisions above it, in its own time and today."""
        codes = {code, *(above.code for above in self.gazetteer.ancestors(code))}
        for now in self.gazetteer.current(code):
            codes |= {now.code, *(above.code for above in self.gazetteer.ancestors(now.code))}
        for each in codes:
            self.context[each] += weight

    def settle_official(self) -> None:
        """Official names: what the text settles first, counties before townships; then what the settled ones decide."""
        official = [text for text, uses in self.uses.items() if any(use.listed for use in uses)]
        for text in official:
            self.options[text] = self.by_parent(text)
        for low in (False, True):
            own = low and self.own_county()
            names = [text for text in official if (self.options[text][0].level is PlaceLevel.TOWNSHIP) is low]
            open_names = []
            for text in names:
                if self.misplaced(text):
                    if not low and any(use.firm for use in self.uses[text]):
                        self.senses[text] = Sense(text, PlaceLevel.COUNTY)
                    continue
                rows = self.recent(self.local(self.options[text]))
                firm = any(use.firm for use in self.uses[text])
                if own and firm and len(rows) == 1 and self.support(rows[0]) < NEAR and not any(self.chains(text)):
                    self.senses[text] = Sense(text, PlaceLevel.TOWNSHIP)
                elif len(rows) == 1 and firm and not (low and not self.context and rows[0].everyday):
                    self.settle(text, rows[0])
                else:
                    open_names.append((text, rows, firm))
            for text, rows, firm in open_names:
                self.weigh(text, rows, firm)

    def own_county(self) -> bool:
        """Whether the document speaks for one county: its dateline names it, or the text does so again and again."""
        named: Counter[str] = Counter()
        for text, sense in self.senses.items():
            named[sense.county or text] += len(self.uses[text]) if sense.level is PlaceLevel.COUNTY else 0
        (_, first), (_, second) = (*named.most_common(2), ("", 0), ("", 0))[:2]
        sent = self.dateline is not None and self.dateline.level is PlaceLevel.COUNTY
        return (sent and not second) or first >= FAR * max(1, second)

    def misplaced(self, text: str) -> bool:
        """Whether a place is printed inside a county or city that no list has it in: then it is no other place that bears its name."""
        inner = self.options[text][0].level
        over = {PlaceLevel.TOWNSHIP: (PlaceLevel.COUNTY,), PlaceLevel.COUNTY: (PlaceLevel.PREFECTURE, PlaceLevel.PROVINCE)}.get(inner, ())
        outer = [chain[-1] for chain in self.chains(text) if chain and chain[-1].level in over]
        inside = any(self.gazetteer.within(row.code, above.code) for row in self.options[text] for use in outer for above in use.divisions)
        return bool(outer) and not inside

    def by_parent(self, text: str) -> tuple[Division, ...]:
        """The divisions called `text` that lie in the places printed right before it."""
        rows = next(use.divisions for use in self.uses[text] if use.listed)
        if not self.overseas_printed():
            rows = tuple(row for row in rows if not row.code.startswith(OVERSEAS)) or rows
        for printed in self.chains(text):
            for outer in reversed(printed):
                codes = {above.code for above in outer.divisions}
                literal = [row for row in rows if any(above.code in codes for above in self.gazetteer.ancestors(row.code))]
                held = [row for row in rows if row.code not in codes and any(self.gazetteer.within(row.code, code) for code in codes)]
                rows = tuple(literal or held) or rows
        return self.by_children(text, rows)

    def chains(self, text: str) -> tuple[tuple[Name, ...], ...]:
        """The different rows of places that `text` is printed in, each once however often it comes."""
        found = {tuple(outer.text for outer in use.parents()): use.parents() for use in self.uses[text]}
        return tuple(found.values())

    def by_children(self, text: str, rows: tuple[Division, ...]) -> tuple[Division, ...]:
        """Of the divisions called `text`, those that hold what is printed right behind the name."""
        for inner in {name.text: name for name in self.children.get(text, ())}.values() if len(rows) > 1 else ():
            held = [row for row in rows if any(self.gazetteer.within(below.code, row.code) for below in inner.divisions)]
            rows = tuple(held) or rows
        return rows

    def overseas_printed(self) -> bool:
        """Whether the document names Taiwan, Hong Kong or Macao, without which their 中山区 is not meant."""
        return any(name in self.uses for name in ("台湾省", "香港特别行政区", "澳门特别行政区"))

    def local(self, rows: tuple[Division, ...]) -> tuple[Division, ...]:
        """The rows that lie in a county that the document prints by the very name it had (南伊乡 of 米林县, not of 米林市)."""
        return tuple(row for row in rows if len(row.code) == 9 and row.code[:6] in self.literal) or rows

    def recent(self, rows: tuple[Division, ...]) -> tuple[Division, ...]:
        """Of the rows that are one place at different times, the last; those in force before all.

        A name that belonged to different places at different times means the one that bore it when the document was published.
        """
        if self.year is not None:
            alive = {self.now_of(row) for row in rows if row.valid_in(self.year)}
            rows = tuple(row for row in rows if not alive or self.now_of(row) in alive)
        in_force = tuple(row for row in rows if row.in_force)
        if in_force:
            return tuple(row for row in in_force if row.parent not in {other.code for other in in_force})
        newest: dict[tuple[Division, ...], Division] = {}
        for row in sorted(rows, key=lambda row: row.until or 0):
            newest[self.gazetteer.current(row.code)] = row
        return tuple(newest.values())

    def now_of(self, row: Division) -> tuple[Division, ...]:
        """What tells whether two rows are one place at different times."""
        return self.gazetteer.current(row.code) or (row,)

    def weigh(self, text: str, rows: tuple[Division, ...], firm: bool) -> None:
        """Settle an ambiguous or doubtful name by the places around it; a doubtful one that nothing supports is dropped."""
        scored = [(self.support(row), row) for row in rows]
        best = max((score for score, _ in scored), default=0)
        top = [row for score, row in scored if score == best]
        if best >= (1 if firm else 4) and len(top) == 1:
            self.settle(text, top[0])
        elif firm:
            levels = {row.level for row in rows}
            self.senses[text] = Sense(text, levels.pop() if len(levels) == 1 else PlaceLevel.UNRESOLVED)

    def support(self, row: Division) -> int:
        """How much the settled places speak for `row`: 6 for its county, 4 for its prefecture or for it by what lies in it, 1 for its
        province."""
        weights = {PlaceLevel.COUNTY: 6, PlaceLevel.PREFECTURE: 4, PlaceLevel.PROVINCE: 1}
        direct = {PlaceLevel.PROVINCE: 4} if row.level is PlaceLevel.COUNTY and row.parent and row.parent.endswith("0000") else {}
        codes = [*self.gazetteer.ancestors(row.code)]
        own = 4 if row.level is PlaceLevel.PREFECTURE and self.context[row.code] else 0
        return max((own, *(direct.get(above.level, weights.get(above.level, 0)) for above in codes if self.context[above.code])))

    def settle(self, text: str, row: Division) -> None:
        """Give `text` the meaning `row` and let it speak for others."""
        county = self.gazetteer.adcode_of(row.code)
        known = row.level is not PlaceLevel.TOWNSHIP or county in self.printed or bool(self.printed & self.now(county))
        unique = row.level is PlaceLevel.TOWNSHIP or len(self.options[text]) > 1
        inferred = unique and not known
        self.senses[text] = Sense(text, row.level, county, row, inferred, 0.8 if inferred else 1.0)
        self.add_context(row.code)
        if row.level is not PlaceLevel.TOWNSHIP:
            self.literal.add(row.code)
            self.printed |= {row.code} | self.now(row.code)

    def now(self, code: str) -> set[str]:
        """The codes in force that `code` is or has become."""
        return {division.code for division in self.gazetteer.current(code)}

    def settle_rest(self) -> None:
        """Names by pattern and anonymised ones, in the order of the text; parents come before what lies in them."""
        for text, uses in self.uses.items():
            official = all(use.listed for use in uses)
            if text in self.senses or (official and not (uses[0].level is PlaceLevel.TOWNSHIP and self.misplaced(text))):
                continue
            use = next((use for use in uses if not use.listed), uses[0])
            if text.startswith("某") and len(uses) < VAGUE:
                continue
            level = PlaceLevel.UNRESOLVED if use.kind is NameKind.ANONYMOUS else use.level
            county = self.holder(uses) if use.level is not PlaceLevel.UNRESOLVED else None
            self.senses[text] = Sense(text, level, county, self.own_village(text, county) if level is PlaceLevel.VILLAGE else None)

    def own_village(self, text: str, county: str | None) -> Division | None:
        """The village `text` of `county`, in the township that is printed right before it."""
        outer = [self.senses.get(above.text) for above in chain.from_iterable(self.chains(text)) if above.level is PlaceLevel.TOWNSHIP]
        townships = [sense.division.code for sense in outer if sense is not None and sense.division is not None]
        return village(text, county, townships) if county is not None else None

    def holder(self, uses: Iterable[Name]) -> str | None:
        """The code of the county that is printed right before a name, or that holds the township printed there."""
        for use in uses:
            for outer in reversed(use.parents()):
                sense = self.senses.get(outer.text)
                if sense is not None and sense.county is not None and self.holds_townships(sense):
                    return sense.county
        return self.listed_with(use.text) if all(use.before is None for use in uses) else None

    def settle_inside(self, outer: str, sense: Sense) -> None:
        """Settle what is printed inside `outer`, which `sense` has settled from other places, where that leaves one township or village."""
        county = sense.county if sense.level is PlaceLevel.COUNTY else None
        for text, inner in self.senses.items() if county is not None else ():
            if inner.county is not None or not any(above.text == outer for use in self.uses[text] for above in use.chain()[:-1]):
                continue
            rows = [row for row in self.recent(self.options.get(text, ())) if row.code[:6] == county]
            own = rows[0] if len(rows) == 1 else self.own_village(text, county) if inner.level is PlaceLevel.VILLAGE else None
            self.senses[text] = replace(inner, county=county, division=own, inferred=True, confidence=min(0.8, sense.confidence))

    def listed_with(self, text: str) -> str | None:
        """The county of what stands right before `text` in a list of places of its level."""
        for use in self.uses[text]:
            left = self.left.get(id(use))
            if left is not None and left.level is use.level and left.span.end + 1 == use.span.start and left.text in self.senses:
                return self.senses[left.text].county
        return None

    def holds_townships(self, sense: Sense) -> bool:
        """Whether the place can be a township's county: not a province, and no city that is divided into counties."""
        if sense.level is PlaceLevel.PREFECTURE:
            return all(below.level is PlaceLevel.TOWNSHIP for below in self.gazetteer.children(sense.county or ""))
        return sense.level is not PlaceLevel.PROVINCE

    def counties(self) -> set[str]:
        """The counties that the document names or that were inferred, each once for all its names."""
        codes = {sense.county for sense in self.senses.values() if sense.level is PlaceLevel.COUNTY and sense.county}
        return {code for code in codes if code is not None}

    def adopt_strays(self) -> None:
        """File a village that stands alone under the place whose list has it, else the county that the document speaks of most by far."""
        homes = [(sense.county, sense.division.code) for sense in self.senses.values() if sense.county and sense.division]
        low = sorted({(county, code) for county, code in homes if len(code) == 9})
        low = low if len(low) <= TOWNSHIPS else []
        for text, sense in self.senses.items():
            if sense.level is PlaceLevel.VILLAGE and sense.county is None and all(use.before is None for use in self.uses[text]):
                found = {own: county for county, code in low if (own := village(text, county, (code,))) is not None}
                if len(found) == 1:
                    ((own, county),) = found.items()
                    self.senses[text] = replace(sense, county=county, division=own, inferred=True, confidence=0.9)
                elif (near := self.listed_with(text)) is not None:
                    self.senses[text] = replace(sense, county=near, inferred=True, confidence=0.8)
        weights: Counter[str] = Counter()
        for level in (PlaceLevel.COUNTY, PlaceLevel.TOWNSHIP):
            for text, sense in self.senses.items() if not weights else ():
                if sense.level is level:
                    weights[sense.county or text] += len(self.uses[text])
        ranked = weights.most_common(2)
        if not ranked or ranked[0][0] in self.senses or (len(ranked) > 1 and ranked[0][1] < FAR * ranked[1][1]):
            return
        for text, sense in self.senses.items():
            alone = all(use.before is None for use in self.uses[text])
            if alone and sense.county is None and sense.level in (PlaceLevel.VILLAGE, PlaceLevel.TOWNSHIP):
                county = ranked[0][0]
                own = self.own_village(text, county) if sense.level is PlaceLevel.VILLAGE else None
                self.senses[text] = replace(sense, county=county, division=own, inferred=True, confidence=0.8 if own else 0.7)
