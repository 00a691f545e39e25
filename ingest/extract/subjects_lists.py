"""Subjects of figures in lists: 分别 (A和B分别增长6%和7.4%), further lists, and clauses that end in 的."""

from __future__ import annotations

import re

from archive.findings import Measure
from archive.text import Span
from ingest.extract.statistic_figures import Figure
from ingest.extract.subjects import change_of, joined, tidy
from ingest.extract.subjects_before import named
from ingest.extract.wording import words

LISTED = re.compile(r"\s?(?:、|和|与|及|以及|,|，)?\s?")
"""What stands between the figures of one list."""
_YEAR = r"(?:\d{4}年(?:同期|[底末])?)?"
_RESPECTIVE = re.compile(
    rf"(?P<nouns>[^，。；：,;:\n\d%]{{0,40}}?)(?:(?<![占价])[比较](?![例重率值大]){_YEAR}[^，。；：,;:\n\d%比]{{0,8}}?)?"
    rf"分别(?P<verb>(?:[比较]{_YEAR})?[^，。；\d%]{{0,10}})$"
)
_AGAIN = re.compile(r"^[，,]\s?(?P<verb>[^，。；\d%]{1,8})$")
_PARTS = re.compile(r"、|和|与|以及|及")
_HEADLESS = re.compile(
    r"(?P<who>[^，。；：,;:\n]{2,24}?的)(?P<share>(?:[仅只就也已均还共约]|超过?)?占(?:比|到)?)?"
    r"(?:仅|只|就|也|已|均|还|共|有|达到?|约|为|超过?|近){0,3}$"
)
_VAGUE = frozenset(("有的", "其他的", "其余的", "更多的", "剩余的", "最多的", "最高的", "最大的", "达到的"))
_WHERE = re.compile(r"^(?:其中|全[县市区省州旗乡镇村]|[我该本][县市区州旗乡镇村]|目前|现有)+[,，]?")


def respective(text: str, found: list[Figure], index: int, low: int, bases: list[str | None]) -> tuple[list[str], int]:
    """The subjects of the list that begins at `found[index]` after 分别, one a figure, and where its verb begins; none elsewhere.

    `low` is where the figure before ends, `bases` what the figures before count.
    """
    figure = found[index]
    low = max(low, figure.start - 60)
    match = _RESPECTIVE.search(text, low, figure.start) if text.find("分别", low, figure.start) >= 0 else None
    if match is None:
        return [], figure.start
    size = _size(text, found, index)
    change, start = change_of(match["verb"]), match.start("verb")
    nouns = _nouns(text, Span(*match.span("nouns")))
    if nouns:
        parts = [part for part in _PARTS.split(nouns) if part]
        if len(parts) != size:
            return [joined(nouns, change)] * size, start
        return [joined(part, change) for part in _completed(parts)], start
    near = [base for base in bases[-size:] if base]
    return ([joined(base, change) for base in near] if len(near) == size else []), start


def _completed(parts: list[str]) -> list[str]:
    """化肥、农药使用量: the first is 化肥使用量; 药占比、耗材占比 are whole."""
    last = parts[-1]
    if max(map(len, parts[:-1]), default=9) > 3 or len(last) <= 3 or any(part[-1] == last[-1] for part in parts[:-1]):
        return parts
    return [part + last[len(part) :] for part in parts[:-1]] + [last]


def _size(text: str, found: list[Figure], index: int) -> int:
    """How many figures the list that begins at `found[index]` holds."""
    size = 1
    while index + size < len(found) and size < 12 and LISTED.fullmatch(text[found[index + size - 1].end : found[index + size].start]):
        size += 1
    return size


def again(text: str, found: list[Figure], index: int, bases: list[str]) -> list[str]:
    """A further list about the subjects of the list just before it: 分别达到7万元和4万元,增长5%和7%."""
    match = _AGAIN.match(text[found[index - 1].end : found[index].start])
    change = change_of(match["verb"]) if match else ""
    return [joined(base, change) for base in bases] if change and _size(text, found, index) == len(bases) > 1 else []


def _nouns(text: str, span: Span) -> str:
    stretch = words(text, span.start, span.end)
    found = named(stretch)
    return tidy(found.of(text)) if found.kind == "NOUN" else ""


def headless(text: str, figure: Figure, low: int) -> tuple[str, int] | None:
    """A clause that ends in 的 and stands for a noun before a figure: 从事养殖的占26%, 安装导航系统的3600台. Its words and its start."""
    match = _HEADLESS.search(text, max(low, figure.start - 32), figure.start)
    if match is None or bool(match["share"]) is not (figure.measure is Measure.PERCENT):
        return None
    if figure.measure not in (Measure.PERCENT, Measure.COUNT, Measure.POPULATION):
        return None
    who = _WHERE.sub("", match["who"])
    start = match.end("who") - len(who)
    return (who.removesuffix("的"), start) if len(who) > 2 and who not in _VAGUE else None
