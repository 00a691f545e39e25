"""Lists of links below an article: a heading such as 相关阅读, and under it the headlines of other articles."""

from __future__ import annotations

import re
from itertools import takewhile

from archive.text import Edit, MappedText
from ingest.cleaning.boilerplate import is_boilerplate
from ingest.cleaning.lines import Line, LineKind, lines_of

_HEADING = re.compile(
    r"[【\[▼■●◆☆★>\s]*(?:相关(?:阅读|链接|新闻|文档|推荐|文章|报道|资讯|专题|稿件)|推荐(?:阅读|文章|新闻|资讯)|延伸阅读|拓展阅读|更多相关文档|猜你喜欢"
    r"|热门(?:推荐|文章|文档|新闻)|往期(?:回顾|推荐|精选)|精彩推荐|为您推荐|大家都在看|点击排行|阅读排行|最新文章|您可能感兴趣的(?:文章|文档))[】\]▼■●◆☆★<\s]*[:：]?"
)
_MARKED = re.compile(
    r"[·•▪■●◆▶►○☆★>＞*-]\s*\S|\S.{4,60}[\s(（\[【]+(?:(?:19|20)\d{2}\s?[-年./]\s?)?\d{1,2}\s?[-月./]\s?\d{1,2}\s?日?[)）\]】]?$|《[^《》]{4,50}》$"
)
"""A line that says of itself that it is a link: a bullet before it, a date behind it, or a title in its brackets."""
_LONGEST = 60
"""Code points of a link: a long headline and a date."""
MOST = 30
"""Links of one list; what has more lines is text."""


def drop_link_lists(page: MappedText) -> MappedText:
    """Take out headings of link lists with their links.

    A list goes whole where only boilerplate and source lines follow it to the end of the page. Where text follows, a headline among the
    links may be that text's own, so only lines that are marked as links go.
    """
    if not _HEADING_WORDS.search(page.text):
        return page
    lines = lines_of(page.text)
    dropped: list[Line] = []
    closed = True
    for number in reversed([number for number, line in enumerate(lines) if _HEADING.fullmatch(line.text)]):
        links, closed = _links_below(lines, number + 1, closed)
        dropped += [*reversed(links), lines[number]] if links else []
    return page.edited(_whole_line(page.text, line) for line in reversed(dropped))


_HEADING_WORDS = re.compile("相关|推荐|阅读|猜你|热门|往期|大家都|排行|最新文|您可能")


def _links_below(lines: tuple[Line, ...], first: int, next_closed: bool) -> tuple[list[Line], bool]:
    """The links of a list that begins with line `first`, and whether no text follows it. `next_closed` says that of the list below it."""
    links: list[Line] = []
    closed = True
    for line in lines[first:]:
        if _HEADING.fullmatch(line.text):
            closed = next_closed
            break
        if is_boilerplate(line.text) or (links and line.kind is LineKind.META):
            continue
        if not _is_link(line) or len(links) == MOST:
            closed = False
            break
        links.append(line)
    return (links if closed else list(takewhile(lambda link: _MARKED.match(link.text), links))), closed


def _is_link(line: Line) -> bool:
    """Whether a line can be another article's headline. One that ends like a sentence is text, and so is a numbered heading."""
    text = line.text
    if line.kind not in (LineKind.TEXT, LineKind.MARKED) or len(text) > _LONGEST or "。" in text or text[-1] in "；;：:，,、":
        return False
    return line.kind is LineKind.TEXT or bool(re.match(r"\d{1,2}\s*[.、．]", text))


def _whole_line(text: str, line: Line) -> Edit:
    """The line with its line break."""
    end = text.find("\n", line.span.end)
    return Edit(line.span.start, len(text) if end < 0 else end + 1)
