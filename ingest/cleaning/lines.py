"""What a line of a page is, judged by the line alone: text, a numbered heading, a caption, a credit, a byline, a dateline."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from archive.text import Span

HAN = "一-鿿㐀-䶿"
SENTENCE_END = "。！？!?…"
CLOSERS = "”』」）)》】\"'’"
ROW_END = "\t"
"""What the last cell of a table's row ends with (`ingest.readers.builder.CELL_END`): nothing else does on purpose."""
_NUMBER = r"[-+－−△▲▼↑↓]?\d+(?:[,.]\d+)*[%％]?"
_BEHIND_GAP = r"(?:(?<=[ \u3000\u00a0]{2})|(?<=\t)|(?<=\t[ \u3000])|(?<=[.…·]{2})|(?<=[.…·]{2} ))"
"""Looks back from a number, because a search that begins with the gap takes seconds on a line of blanks."""
_COLUMNS = re.compile(rf"{_BEHIND_GAP}{_NUMBER}(?:[ \u3000\u00a0\t]{{2,60}}+|\t|[.…·]{{2,60}}+ ?){_NUMBER}")
_LAST_COLUMN = re.compile(rf"{_BEHIND_GAP}{_NUMBER}$")
_LONGEST_ROW = 120
_STOPS = frozenset("，。；！？")
_MARK = re.compile(
    r"(?:第?[一二三四五六七八九十百]{1,4}(?:、|是|部分|章|节)|[（(][一二三四五六七八九十]{1,3}[）)]|[（(]?\d{1,2}[）).．、](?!\d)|[①-⑳])"
)
_CAPTION = re.compile(r"(?:图为|图[①-⑳一二三四五六七八九十\d]{1,2}\s*[:：、]|[上下左右]图[为:：]|图片说明[:：]|照片[:：]|[▲△▼])")
_CREDIT = re.compile(rf"[（(]?[^。！？]{{0,60}}?[{HAN}\s、]{{2,24}}(?:摄影|摄)(?:影报道|报道)?[）)]?$")
_CREDIT_WORD = re.compile(r"记者|通讯员|摄影|图片|供图|[:：/／]|\s|[（(]")
_PRESS = rf"(?:本报|本刊|本网|本台|[{HAN}]{{2,6}}(?:日报|晚报|时报|社|网|台))"
_ROLE = r"(?:特约|实习|全媒体|首席|驻地|见习)*(?:记者|通讯员|评论员|实习生)"
_NAME = rf"(?:[{HAN}]{{2,6}}(?:·[{HAN}]{{1,6}})*|[{HAN}][ \u3000][{HAN}](?![{HAN}]))"
_BYLINE = re.compile(
    rf"(?:[◎□■●△▲○◇]\s*)?(?:{_PRESS}{_ROLE}\s*[:：]?\s*|{_ROLE}(?:\s+|\s*[:：]\s*)|(?<=[◎□■●△▲○◇])\s*)"
    rf"{_NAME}(?:[\s、/／]+(?:{_PRESS}?{_ROLE}\s*[:：]?\s*)?{_NAME}){{0,12}}(?:\s*(?:文[/／]图|摄影报道|报道|整理))?$"
)
_DATELINE = re.compile(
    rf"(?:(?:本报|本刊|本网|新华社|新华网|中新社|中新网|人民网|央广网|[{HAN}]{{2,5}}(?:日报|晚报|网|社))\s*)"
    rf"(?P<place>[{HAN}]{{2,8}}?)??(?:新闻)?\s*(?:\d{{4}}年)?(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?\s*(?:讯|电|消息)"
    r"\s*(?:[（(](?P<people>[^（）()\n]{2,80})[）)]|(?=[\s:：]))"
    r"|\d{1,2}月\d{1,2}日(?:讯|电|消息)(?=[:：])"
    r"|[（(【\[［](?:本报|本刊|本网|本台)(?:\d{1,2}月\d{1,2}日)?讯(?:\s(?P<within>[^（）()【】\[\]［］\n]{2,40}))?[）)】\]］]"
    r"|(?:本报|本刊|本网|本台)(?:\d{1,2}月\d{1,2}日)?讯(?![息问号员录飞速道])"
    rf"|讯(?=[ \u3000:：]\s?[{HAN}]{{2}})"
)
"""The last ones name nobody: 【本报讯】, 本报讯 with the text right behind it, and 讯 set apart from it."""
_META = re.compile(
    r"[（(【\[]?\s*(?:发文单位|发文时间|发文日期|发布单位|发布人|信息发布人|信息分类|信息来源|公开日期|公开时间|生成日期|内容概述|关键词|关键字|主题词|有效性|主办单位|主管单位"
    r"|主办|主管|汇报人|汇报时间|汇报单位|填报单位|报送单位|报送时间|单位名称|团队名称|分享|正文|标题|题目|发布时间|发布日期|发表时间|更新时间|成文日期|时间|日期|来源|信息来源|文章来源|稿件来源|作者|撰稿|文|供稿|编辑|责任编辑|审核|校对"
    r"|字体|字号|浏览次数|浏览量|阅读次数|点击数|访问量|索引号|文号|发文字号|发布机构|主题分类)\s*[:：丨|]"
)
TABLE_UNIT = re.compile(
    r"单位\s*[:：]\s*[百千万亿]*(?:元|人|户|名|亩|个|家|件|项|次|所|处|吨|公斤|千克|公顷|[头只株]|平方米|平方公里|公里|%)(?=[\s)）、，,/]|$)"
)
"""The unit of the table below (填报单位：… 填报日期：… 单位：万元): without it the table's figures are wrong by thousands."""
_STAMPED = re.compile(r"[^。！？；]{0,30}(?<!\d)(?:19|20)\d{2}[-/]\d{1,2}[-/]\d{1,2}\s+\d{1,2}:\d{2}(?::\d{2})?$")
"""Who and when to the minute (某某融媒2024-03-02 18:30): the line below a title."""
_DATE = r"(?:19|20)\d{2}\s?[-年./]\s?\d{1,2}\s?[-月./]\s?\d{1,2}\s?日?"
_DATE_LINE = re.compile(
    rf"[（(]?\s?{_DATE}(?:\s+\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?\s?[）)]?(?:$|\s[^，。；]{{0,80}}$)|[^，。；]{{0,40}}\s{_DATE}\s+\d{{1,2}}:\d{{2}}[^，。；]{{0,40}}$"
    rf"|{_DATE}(?:\s+\d{{1,2}}:\d{{2}})?\s*(?:星期[一二三四五六日天]|[{HAN}]{{2,12}})$|\S{{2,20}}[\s,，]*(?:19|20)\d{{2}}年第?\s?\d{{1,2}}期$"
    r"|[（(](?:\d[.．、])?[^（）()。]{4,120}\d{6}\s*[)）]$"
    rf"|[{HAN}]{{2,12}}(?:报|刊|网)\s+{_DATE}(?:\s*星期[一二三四五六日天])?(?:\s*第?\s?[A-Z]?\d{{1,3}}\s?版[^，。；]{{0,12}})?$"
)
"""A date alone or among labels, a journal's issue, and the addresses of authors with their postcodes."""
_ISSUE = (
    r"(?:总?第\s?\d{1,6}\s?期|第?\s?[A-Z]?\d{1,3}\s?版|星期[一二三四五六日天]|(?:国内统一)?(?:连续出版物|刊)号\s?[:：]?\s?CN\s?\d{2}-\d{4}\S{0,8}"
    r"|CN\s?\d{2}-\d{4}\S{0,8})"
)
"""What only the masthead of a paper prints."""
_OFFICE_OF_PAPER = (
    rf"(?:(?:新闻|投稿|编辑部|联系)?(?:热线|电话)\s?[:：]\s?[\d-]{{7,14}}|(?:责任|本版|值班)?(?:编辑|主编|校对)\s?[:：]\s?[{HAN}]{{2,4}}"
    r"|邮发代号\s?[:：]?\s?[\d-]{2,8})"
)
_MASTHEAD = re.compile(
    rf"(?=.*(?<!\S){_ISSUE}(?!\S))(?:[{HAN}]{{2,12}}(?:报|刊|网)\s[^，。；]{{0,60}}?{_DATE}(?!\S)[^，。；]{{0,80}}$"
    rf"|(?:{_ISSUE}|{_OFFICE_OF_PAPER})(?:\s+(?:{_ISSUE}|{_OFFICE_OF_PAPER})){{1,8}}$)"
    rf"|[{HAN}]{{2,12}}(?:报|刊|网)\s?{_DATE}(?:\s?{_ISSUE}){{1,4}}\s?[{HAN}]{{0,6}}$"
)
"""The line at the top of a paper's page: its name and day with the number of the issue, or that with whom to call."""


class LineKind(Enum):
    """What a line is for."""

    TEXT = auto()
    MARKED = auto()  # begins with the mark of a heading or an item: 一、（一）1. 一是
    CAPTION = auto()
    CREDIT = auto()  # the photographer's line below a picture
    BYLINE = auto()
    DATELINE = auto()  # the body's first line, opening with 本报拉萨讯（记者 …）
    META = auto()  # 来源：… 发布时间：…
    SUBTITLE = auto()
    ROW = auto()  # of a table: no prose, no headline, never joined


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank. `blanks` counts the blank lines before it; `span` is without the white space around it."""

    span: Span
    text: str
    kind: LineKind
    blanks: int

    @property
    def ended(self) -> bool:
        """Whether the line ends like a sentence."""
        return self.text.rstrip(CLOSERS)[-1:] in tuple(SENTENCE_END) or self.text.endswith(("；", ";", "：", ":"))

    @property
    def headlike(self) -> bool:
        """Whether the line could be a heading: short, and no sentence or part of one."""
        return (
            len(self.text) <= 50
            and self.text[0] not in "，。、；：！？”’）》%％"
            and not self.ended
            and "。" not in self.text
            and not self.text.endswith(("，", ",", "、"))
            and self.kind is not LineKind.ROW
        )

    @property
    def headline(self) -> bool:
        """Whether the line could stand above an article: like a heading, but it may ask or exclaim."""
        return self.headlike or (len(self.text) <= 30 and self.text[-1] in "？！?!" and "。" not in self.text)


_KINDS: tuple[tuple[LineKind, int, Callable[[str], object]], ...] = (
    (LineKind.SUBTITLE, 60, lambda text: text.startswith(("——", "—", "--")) and not text.endswith("。")),
    (LineKind.CAPTION, 160, _CAPTION.match),
    (LineKind.CREDIT, 80, lambda text: _CREDIT.match(text) and _CREDIT_WORD.search(text)),
    (LineKind.BYLINE, 80, _BYLINE.match),
    (LineKind.DATELINE, sys.maxsize, _DATELINE.match),
    (
        LineKind.META,
        120,
        lambda text: (
            (_META.match(text) or _DATE_LINE.match(text) or _STAMPED.match(text) or _MASTHEAD.match(text)) and not TABLE_UNIT.search(text)
        ),
    ),
    (LineKind.MARKED, sys.maxsize, _MARK.match),
)
"""Kind, the longest line that can be of it, and its test; the first that fits decides."""


def kind_of(text: str) -> LineKind:
    """What a line with this text is."""
    return next((kind for kind, longest, fits in _KINDS if len(text) <= longest and fits(text)), LineKind.TEXT)


def has_columns_of_figures(text: str) -> bool:
    """Whether two numbers stand side by side, set apart by gaps: 石桥镇    1000    2000. No site prints such a line around a text."""
    return _COLUMNS.search(text) is not None


def is_row_of_figures(text: str) -> bool:
    """Whether a line is a row of columns with a number in the last one, or in two: 石桥镇    1000. No sentence goes on below it."""
    if has_columns_of_figures(text):
        return True
    return len(text) <= _LONGEST_ROW and _STOPS.isdisjoint(text) and _LAST_COLUMN.search(text) is not None


def dateline_of(text: str) -> re.Match[str] | None:
    """The match of a dateline at the start of `text`, with groups `place`, `people` and `within` (people named in its own bracket)."""
    return _DATELINE.match(text)


def is_masthead(text: str) -> bool:
    """Whether a line is the one at the top of a paper's page: its name, the day, the number of the issue, whom to call."""
    return len(text) <= _LONGEST_ROW and _MASTHEAD.match(text) is not None


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of `text` that are not blank, in order."""
    found: list[Line] = []
    at = blanks = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = at + len(raw) - len(raw.lstrip())
            kind = LineKind.ROW if raw.endswith(ROW_END) else kind_of(stripped)
            found.append(Line(Span(start, start + len(stripped)), stripped, kind, blanks))
            blanks = 0
        elif not raw.endswith(ROW_END):
            blanks += 1
        at += len(raw) + 1
    return tuple(found)
