"""What people say in a text: quotations that hold whole sentences, and the words that name their speaker."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from archive.findings import UnitKind
from archive.text import Span
from ingest.extract.unit_cues import Draft, cues

_QUOTATION = re.compile(r"“[^“”\n]*”|\"[^\"\n]*\"")
_SPOKEN_END = "。！？!?…"
_LONGEST_ATTRIBUTION = 40
_UNSAID = frozenset({UnitKind.RECOMMENDATION})
"""What a person announces is a plan all the same; what a person praises or counts up is no fact of the document."""


@dataclass(frozen=True, slots=True)
class Speech:
    """The quotations of a text that end like a sentence, with their marks, sorted and disjoint."""

    spans: tuple[Span, ...]

    @classmethod
    def of(cls, text: str) -> Speech:
        """The direct speech of `text`; a mark that is never closed in its line opens nothing. Time is linear in the text."""
        found = _QUOTATION.finditer(text)
        return cls(
            tuple(Span(*match.span()) for match in found if match.end() - match.start() > 2 and text[match.end() - 2] in _SPOKEN_END)
        )

    def tells(self, text: str, draft: Draft) -> bool:
        """Whether `draft` stands inside direct speech or only names the speaker of the speech before it, so that it is no unit."""
        index = bisect_right(self.spans, draft.span.start, key=lambda span: span.start) - 1
        if index < 0 or draft.kind in _UNSAID:
            return False
        if draft.span.end <= self.spans[index].end:
            return True
        if draft.span.end - self.spans[index].end > _LONGEST_ATTRIBUTION:
            return False
        after = text[self.spans[index].end : draft.span.end]
        return after.endswith(draft.span.of(text)) and cues().attributing.search(after) is not None
