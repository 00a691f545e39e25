"""Lines of a notice, a form or a table that stand in the text of any format and say nothing of a practice: rows of notice_lines.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Set
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple

from archive.text import Span

_HAN = "一-鿿"
_NUMBER = r"(?:\+?\d{2,4}[-—－ ]?)?(?:\d{5,11}|\d{3,4}-\d{3,4}-\d{3,4})(?:[-—转]\d{1,6})?"
_WORDS = {
    "HAN": _HAN,
    "PHONE": rf"{_NUMBER}(?:[（(][^（）()。；]{{1,16}}[）)])?",
    "WHO": rf"(?:[{_HAN}（）()]{{2,20}}[:： ]?)?",
    "TIME": r"[\d:：.\-—－~～至到自从起止共个上下午日周一二三四五六七八九十年月天时分工作法定节假除外（）()，,、;； ]{2,60}",
}
_DOES = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．]|第[一二三四五六七八九十])"
    r"|.{0,4}(?:建立|制定|制作|公布|公开|编制|推行|推广|实行|列出|健全|完善|梳理|落实|填写|发放|开通|设立|设置|畅通|选树|拨打|张贴|形成|印发|出台|明确)(?!情况|进度|进展)"
)
"""Marks of an outline, and verbs with which a measure begins: what they do with a list or a telephone is told."""
_CUE = re.compile(
    r"电 ?话|热 ?线|手 ?机|传 ?真|公 ?示|公告|邮箱|信箱|邮件"
    r"|受理|办公时|接待|征求意|特此|如对?有|有异议|姓[ 　]*名|现[将对]|名 ?单|册|表|一览|联 ?系 ?人"
)
_LABELS = re.compile(
    r"(?<=[\da-z日止天）)。])[ \t\u3000]*"
    r"(?=(?:监督|举报|投诉|咨询|联系|受理|公示)(?:举报|监督|投诉)?(?:电话|邮箱|信箱|期|时间|期限|地点|单位)[:：])"
)
_LETTERS_APART = re.compile(rf"(?<=(?<![{_HAN}])[{_HAN}])[ \t\u3000]{{1,4}}(?=[{_HAN}](?![{_HAN}]))")
_GAP = re.compile(r"[ \t\u3000]+")
_LONGEST = 160
_FIGURE = re.compile(rf"[-+]?\d[\d,.]*(?:[%％‰]|[{_HAN}]{{1,2}})?")
_CELL = re.compile(r"[^，,。；;：:！？、]{1,16}")
_LEAST_CELLS, _LEAST_ROWS = 3, 2
_LONE_CELL = re.compile(rf"[{_HAN}]{{1,7}}|[-+]?\d[\d,.]*(?:[%％‰]|[{_HAN}]{{1,7}})?")
_SHORT, _LEAST_SCATTERED = 40, 6


class NoticeRow(NamedTuple):
    """A kind of line: whether it hides from figures too, whether as a heading it opens a section, and the pattern of the whole of it."""

    name: str
    from_figures: bool
    opens: bool
    pattern: re.Pattern[str]


def notice_rows() -> list[dict[str, Any]]:
    """The rows of notice_lines.toml."""
    rows: list[dict[str, Any]] = tomllib.loads(files("ingest").joinpath("notice_lines.toml").read_text("utf-8"))["row"]
    return rows


@cache
def _kinds() -> tuple[NoticeRow, ...]:
    found: list[NoticeRow] = []
    for row in notice_rows():
        pattern = row["pattern"]
        for word, meaning in _WORDS.items():
            pattern = pattern.replace(f"{{{word}}}", meaning)
        found.append(NoticeRow(row["name"], row["hides"] == "all", row.get("opens", False), re.compile(pattern)))
    return tuple(found)


def closed_up(line: str) -> str:
    """A line without the spaces inside its words (联 系 人：孙丽), the others one space each."""
    return _GAP.sub(" ", _LETTERS_APART.sub("", line)).strip()


def kind_of(line: str) -> NoticeRow | None:
    """The kind of notice line that a whole line is; None where it may tell of a practice."""
    if len(line) > _LONGEST or not _CUE.search(line):
        return None
    parts = _LABELS.split(line)
    if len(parts) > 1:  # lines that a PDF or a scan gave as one
        kinds = [kind_of(part) for part in parts]
        return kinds[0] if all(kind is not None and kind.from_figures for kind in kinds) else None
    for words in dict.fromkeys((closed_up(line).rstrip("。.！:： "), _GAP.sub("", line).rstrip("。.！:："))):
        if not _DOES.match(words):
            kind = next((kind for kind in _kinds() if kind.pattern.fullmatch(words)), None)
            if kind is not None:
                return kind
    return None


def notice_lines(text: str, tables_too: bool, opening: Set[int] = frozenset()) -> Iterator[Span]:
    """The notice lines of a text; with `tables_too` also names and heads of tables, and rows of figures that were read as lines.

    What begins at one of `opening` is a heading by the file's own word: as the name of a table it opens a section and is no such line.
    """
    at, rows = 0, list[Span]()
    for line in text.split("\n"):
        span = Span(at, at + len(line))
        kind = kind_of(line)
        if kind is not None and (kind.from_figures or (tables_too and not (kind.opens and not opening.isdisjoint(range(at, span.end))))):
            yield span
        elif tables_too and is_row(line):
            rows.append(span)
        elif rows and line.strip():
            yield from rows if len(rows) >= _LEAST_ROWS else ()
            rows = []
        at += len(line) + 1
    yield from rows if len(rows) >= _LEAST_ROWS else ()
    if tables_too:
        yield from _scattered(text)


def _scattered(text: str) -> Iterator[Span]:
    """Runs of lines that are nothing but cells, half of them with figures: a table that was read in a picture, cell by cell."""
    at, run, figures = 0, list[Span](), 0
    for line in (*text.split("\n"), "。"):
        words = line.strip()
        if words and len(words) <= _SHORT and all(_LONE_CELL.fullmatch(cell) for cell in words.split()):
            run.append(Span(at, at + len(line)))
            figures += any(char.isdigit() for char in words)
        elif words:
            yield from run if len(run) >= _LEAST_SCATTERED and 2 * figures >= len(run) else ()
            run, figures = [], 0
        at += len(line) + 1


def is_row(line: str) -> bool:
    """Whether a line is the cells of a row behind one another, most of them figures: 石桥村 120 35 98.5%."""
    if len(line) > _LONGEST or not any(char.isdigit() for char in line):
        return False
    cells = line.split()
    if len(cells) < _LEAST_CELLS or not all(_CELL.fullmatch(cell) for cell in cells):
        return False
    figures = [bool(_FIGURE.fullmatch(cell)) for cell in cells]
    return 2 * sum(figures) >= len(cells) and not all(figures[:2]) and any(map(all, pairwise(figures)))
