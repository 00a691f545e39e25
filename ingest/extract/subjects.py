"""What names a figure: the words found beside it, which side wins, and the subject without what only leads in or trails off."""

from __future__ import annotations

import re
from typing import NamedTuple

from archive.findings import Measure
from archive.text import Span
from ingest.extract.statistic_figures import Figure

REACH = 44
"""How far from a figure its noun may stand, in characters."""
_DONE = re.compile(r"(?:等|的|之|、|和|与|及|以及|或|为|了|是|在|\s)+$")
_COMPARED = re.compile(
    r"(?<=.)(?:同比|环比|比(?![例重率值])|较(?![大多少高低])|与|同(?![学行志期]))[^，。；]{0,14}?"
    r"(?=(?:增长|增加|上升|提高|提升|扩大|下降|减少|降低|缩短|缩小|回落)$)"
)
_LONG_HEAD = re.compile(r"^(?:“[^“”]{8,}”(?=.{4})|[^等的]{2,}、[^等的]{2,}等(?=.{3}))")


class Found(NamedTuple):
    """The words that name what is counted. `kind` is NOUN, VERB (no noun beside the figure), CHANGE, SHARE or NONE."""

    kind: str
    span: Span

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.span.start : self.span.end]


NOTHING = Found("NONE", Span(0, 0))


_LOOSE = (Measure.COUNT, Measure.POPULATION)


def prefers_before(figure: Figure, left: Found, right: Found) -> bool:
    """Whether the noun stands before the figure, when there are words on both sides."""
    if "NONE" in (left.kind, right.kind):
        return right.kind == "NONE"
    if left.kind == "CLAUSE" and right.kind == "NOUN":
        return False
    if figure.measure is Measure.PERCENT:
        return left.kind != "VERB" or right.kind != "NOUN"
    if left.kind in ("CHANGE", "SHARE"):
        return right.kind != "NOUN" or figure.measure not in _LOOSE
    times = figure.unit in ("次", "回", "轮", "遍", "趟")
    noun = left.kind in ("NOUN", "CLAUSE")
    return noun and (not times if right.kind == "VERB" else figure.measure not in _LOOSE)


def tidy(subject: str) -> str:
    """A subject without what only leads in or trails off (等, 的, 其中)."""
    subject = _DONE.sub("", subject.replace("\n", "").strip(" -·、（("))
    subject = _COMPARED.sub("", subject)
    if len(subject) > 14:
        subject = _LONG_HEAD.sub("", subject)
    return subject.removeprefix("其中").removeprefix("的")
