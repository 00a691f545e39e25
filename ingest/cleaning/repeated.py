"""Lines that stand on every page and belong to none: watermarks, running heads, a company's name."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from archive.text import Edit, MappedText
from ingest.cleaning.boilerplate import is_boilerplate
from ingest.cleaning.lines import HAN, Line, LineKind, lines_of

LEAST = 3
"""Pages from which on a line that repeats is one of theirs."""
_LONGEST = 40
_NEAREST = 120
"""Code points between two of them: pages have 300 and more, items of a list far fewer."""
_UNEVEN = 3.0
"""Times the usual distance: pages differ by pictures and tables, and one page in three may have lost its mark."""
_OWNER = re.compile(
    rf"[{HAN}（）()A-Za-z]{{2,30}}(?:有限公司|有限责任公司|股份公司|集团|工作室|文库|资料网|文档网|课题组|编辑部|编委会)"
    r"|[（(【\[]?(?:内部(?:资料|文件|材料|使用)|严禁外传|请勿外传|仅供参考|仅限内部使用|水印|样本|试读|非卖品)[）)】\]]?"
)
"""What only an owner prints again and again; any other line must also cut sentences or stand beside page numbers."""
_PAGE = re.compile(r"[-—–·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?[-—–·\s]*(?:[/／共]\s*\d{1,4}\s*页?)?")


def drop_watermarks(page: MappedText) -> MappedText:
    """Take out lines that repeat at regular places and are no prose.

    A heading may repeat as well (主要做法 in each case of a collection). What tells a mark from it: a mark stands where the page ends,
    in the middle of a sentence or beside a page's number, at least at half of its places. What begins the text stays; it may be the title.
    """
    counted = Counter(page.text.split("\n"))
    if not any(count >= LEAST and 1 < len(text) <= _LONGEST for text, count in counted.items()):
        return page
    lines = lines_of(page.text)
    places: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if line.kind is not LineKind.ROW and 1 < len(line.text) <= _LONGEST and not line.ended and line.text[-1] not in "，,、":
            places.setdefault(line.text, []).append(number)
    dropped: set[int] = set()
    for text, numbers in places.items():
        if len(numbers) >= LEAST and not is_boilerplate(text) and _is_regular([lines[number] for number in numbers]):
            dropped |= _marks(lines, text, numbers)
    return page.edited(Edit(lines[number].span.start, _behind(page.text, lines[number])) for number in sorted(dropped))


def _is_regular(repeated: list[Line]) -> bool:
    gaps = sorted(below.span.start - above.span.end for above, below in pairwise(repeated))
    return gaps[0] >= _NEAREST and gaps[-1] <= _UNEVEN * gaps[len(gaps) // 2]


def _marks(lines: tuple[Line, ...], text: str, numbers: list[int]) -> set[int]:
    """The line numbers that go."""
    if _OWNER.fullmatch(text):
        return set(numbers)
    at_ends = [number for number in numbers if _ends_page(lines, number)]
    return {number for number in numbers if number > 1} if 2 * len(at_ends) >= len(numbers) else set()


def _ends_page(lines: tuple[Line, ...], number: int) -> bool:
    """Whether a page ends or begins at the line: a page's number stands beside it, or it cuts a sentence in two."""
    above = lines[number - 1] if number else None
    below = lines[number + 1] if number + 1 < len(lines) else None
    if any(beside and _PAGE.fullmatch(beside.text) for beside in (above, below)):
        return True
    return bool(above and below and above.kind is not LineKind.ROW and not above.headlike and not above.ended and not below.headlike)


def _behind(text: str, line: Line) -> int:
    end = text.find("\n", line.span.end)
    return len(text) if end < 0 else end + 1
