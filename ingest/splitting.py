"""From a page to its articles and photo stories: heads, bodies and captions are told apart by what stands next to what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from archive.records import Caption
from archive.text import MappedText, Span
from ingest.cleaning.lines import TABLE_UNIT, Line, LineKind, lines_of
from ingest.headers import Head, cut_dateline, date_in, headed, people_in, read_head, signed_end
from ingest.line_tables import begins_rows, titles_rows
from ingest.readers.table_titles import is_date
from ingest.stages import FileMeta

MAX_HEADLINES = 4
GAP = 2
"""Blank lines that part one article from the next on a page; a column break leaves one."""
_PAPER = re.compile(r"[\u4e00-\u9fff]{2,10}(?:报|刊|网|快讯)")
"""The name of a paper alone, above its day."""
_SHORT = 6
"""Code points: headlines have more, headings that only name a section (主要做法) have that or fewer."""
_NEWS_OPENING = re.compile(r"(?:近日|日前|连日来|近年来|今年以来|\d{1,2}月\d{1,2}日|.{2,24}?(?:近日|日前|近年来|今年以来))")
_HEAD_KINDS = (LineKind.BYLINE, LineKind.META, LineKind.SUBTITLE)
_SECTION_NAME = re.compile(
    r"[【\[]?(?:案例|工作|内容|实施)?(?:背景|起因|前言|引言|摘要|内容提要|导语|导读|编者按|概述|概况|简介|基本情况|正文|做法|主要做法|成效|主要成效|启示|经验启示)"
    r"(?:与成效|及成效|起因)?[】\]]?$"
    r"|[\u4e00-\u9fff]{0,2}(?:概况|简况|划分|沿革|资源|人口|气候|交通|荣誉|状况|环境)$"
)
"""Headings inside an article that may stand right below its title."""
_UNIT_LINE = re.compile(r"[（(]?(?:计量|数据)?单位\s*[:：]")
"""Above a table, at its right: 单位：万元. It is no headline, whatever stands above it."""
_SIGNED = re.compile(r"[（(](?:本报|本网|特约)?(?:记者|通讯员|撰稿人?|作者)\s*[:：]?\s")
_CLOSING_NOTE = re.compile(r"[（(](?:作者|记者|通讯员|撰稿|供稿|来源|执笔|本文|责编)[^（）()。]{1,80}[）)]$")


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """One article as it was cut from a page: its head, its body with the way back, its captions."""

    head: Head
    body: MappedText
    captions: tuple[Caption, ...]
    photo_story: bool

    def told_by(self, meta: FileMeta) -> ArticleDraft:
        """The draft with what the file says of itself where the text prints nothing."""
        head = headed(self.head, meta.heads) if meta.heads else self.head
        told = replace(
            head, title=head.title or meta.title, authors=head.authors or meta.authors, published=head.published or meta.published
        )
        return replace(self, head=told)

    def dated(self, day: str | None) -> ArticleDraft:
        """The draft with the day of its page where it prints none of its own."""
        return replace(self, head=replace(self.head, published=self.head.published or day))


@dataclass(slots=True)
class _Part:
    """An article while its lines are collected."""

    head: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    captions: list[Line] = field(default_factory=list)
    credit: Line | None = None


def split(page: MappedText, banner_title: str | None = None) -> tuple[ArticleDraft, ...]:
    """The articles of a page in the order in which they begin. `banner_title` names the first one when it has no headline of its own.

    A page of headings alone is one document without a title: its lines are all that there is to read.
    """
    lines = lines_of(page.text)
    if not lines:
        return ()
    parts = [part for part in _parts(lines) if part.body] or [_Part(body=list(lines))]
    drafts = _dated_alike([_draft(page, part) for part in parts])
    if banner_title:
        drafts[0] = _with_banner_title(drafts[0], banner_title)
    return tuple(drafts)


def _dated_alike(drafts: list[ArticleDraft]) -> list[ArticleDraft]:
    """The articles of a page with the date that its head prints: one issue has one date."""
    date = drafts[0].head.published
    return [draft.dated(date) for draft in drafts]


def day_above(text: str) -> str | None:
    """The day that a page prints above its first headline, in the masthead, as YYYY-MM-DD; None where none stands there."""
    for line in lines_of(text):
        if line.kind is LineKind.META:
            if day := date_in(line.text):
                return day
        elif not _PAPER.fullmatch(line.text):
            break
    return None


def _parts(lines: tuple[Line, ...]) -> list[_Part]:
    starts = _article_starts(lines)
    parts: list[_Part] = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        head_end = _head_end(lines, start) if start or _opens_with_headline(lines) else 0
        parts += _with_photo_stories(lines[start:head_end], lines[head_end:end])
    return parts


def _article_starts(lines: tuple[Line, ...]) -> list[int]:
    """Line numbers where a head begins: the first line, headlines with a byline or a dateline below them, or with a signed end above."""
    starts = [0] if lines else []
    usual = sorted(line.blanks for line in lines)[len(lines) // 2] if lines else 0
    index = 1
    while index < len(lines):
        line = lines[index]
        if _is_headline(line) and (signed_end(lines[index - 1].text) or _stands_off(lines, index, usual)):
            starts.append(index)
            index += 1
            continue
        announces = line.kind is LineKind.DATELINE or (line.kind in _HEAD_KINDS and not _is_closing(lines, index))
        if announces:
            first = index
            while first > starts[-1] and index - first < MAX_HEADLINES and _is_headline(lines[first - 1]):
                first -= 1
            if first > starts[-1] and (first < index or line.kind is LineKind.DATELINE) and not _only_head(lines, starts[-1], first):
                starts.append(first)
        index += 1
    return starts


def _stands_off(lines: tuple[Line, ...], index: int, usual: int) -> bool:
    """Whether a headline stands below a gap that parts articles, behind a whole sentence or a closing credit, and above running text."""
    line = lines[index]
    parted = line.blanks > max(GAP, usual) or (line.blanks == GAP > usual and len(line.text) > _SHORT)
    above = lines[index - 1]
    return parted and (above.ended or above.kind in _HEAD_KINDS) and any(one.ended for one in lines[index + 1 : index + 1 + MAX_HEADLINES])


def _is_closing(lines: tuple[Line, ...], index: int) -> bool:
    """Whether a byline or a source line ends the article above it: what follows is nothing, or a new head."""
    return index + 1 >= len(lines) or lines[index - 1].ended


def _only_head(lines: tuple[Line, ...], start: int, end: int) -> bool:
    return all(line.kind in _HEAD_KINDS or line.headlike for line in lines[start:end])


def _is_headline(line: Line) -> bool:
    of_text = line.kind in (LineKind.TEXT, LineKind.SUBTITLE) and line.headline
    return of_text and not _SECTION_NAME.match(line.text) and not _UNIT_LINE.match(line.text) and not TABLE_UNIT.search(line.text)


def _opens_with_headline(lines: tuple[Line, ...]) -> bool:
    """Whether a page begins with a head: some headline-like lines and then running text, or rows of figures."""
    if not lines or not (_is_headline(lines[0]) or lines[0].kind in _HEAD_KINDS):
        return False
    return any(line.ended for line in lines) or (len(lines[0].text) > _SHORT and not is_date(lines[0].text) and titles_rows(lines))


def _head_end(lines: tuple[Line, ...], start: int) -> int:
    """The number of the first body line: behind headlines, bylines and source lines, at the latest where rows of figures begin."""
    end = start
    while end < len(lines) and (lines[end].kind in _HEAD_KINDS or _is_headline(lines[end])) and not begins_rows(lines, end):
        end += 1
    return end


def _with_photo_stories(head: Sequence[Line], lines: Sequence[Line]) -> list[_Part]:
    """An article and the photo stories printed within it, each ended by a photographer's credit."""
    main = _Part(head=list(head))
    stories: list[_Part] = []
    for line in lines:
        if line.kind is LineKind.CAPTION or _continues_caption(line, main):
            main.captions.append(line)
        elif line.kind is LineKind.CREDIT:
            story = _cut_story(main, line)
            if story:
                stories.append(story)
        elif line.kind is LineKind.META or (line.kind is LineKind.BYLINE and main.body):
            main.head.append(line)
        else:
            main.body.append(line)
    return [main, *stories]


def _continues_caption(line: Line, part: _Part) -> bool:
    """A bracketed line right below a caption belongs to it."""
    last = part.captions[-1] if part.captions else None
    bracketed = line.text[0] in "（(" and line.text[-1] in "）)" and line.kind is not LineKind.CREDIT
    return bool(last and bracketed and not line.blanks and (not part.body or part.body[-1].span.start < last.span.start))


def _cut_story(part: _Part, credit: Line) -> _Part | None:
    """Take the photo story that `credit` ends out of `part`: the paragraphs since the last gap that open like a piece of news."""
    first = len(part.body)
    while first and first > len(part.body) - 3:
        first -= 1
        if part.body[first].blanks > GAP or _NEWS_OPENING.match(part.body[first].text):
            break
    else:
        return None
    if first == 0 and part.head:
        return None
    story = _Part(body=part.body[first:], credit=credit)
    story.captions = [line for line in part.captions if line.span.start > story.body[0].span.start]
    part.body = part.body[:first]
    part.captions = [line for line in part.captions if line not in story.captions]
    return story


def _draft(page: MappedText, part: _Part) -> ArticleDraft:
    head = read_head(part.head)
    if part.credit:
        head = Head(byline=part.credit.text, authors=people_in(part.credit.text))
    spans = [line.span for line in part.body]
    closing = _CLOSING_NOTE.search(part.body[-1].text) or signed_end(part.body[-1].text)
    if closing and head.byline is None:
        head = replace(head, byline=closing.group(), authors=head.authors or _people_of_note(closing.group()))
        if closing.start():
            spans[-1] = Span(spans[-1].start, spans[-1].start + len(part.body[-1].text[: closing.start()].rstrip()))
        elif len(spans) > 1:
            spans.pop()
    pieces: list[str | Span] = []
    for span in spans:
        pieces += ["\n", span] if pieces else [span]
    captions = tuple(Caption(text=line.text, source=_source_range(page, line.span)) for line in part.captions)
    head, body = cut_dateline(head, page.assembled(pieces))
    return ArticleDraft(head, body, captions, part.credit is not None)


def _people_of_note(note: str) -> tuple[str, ...]:
    """The persons that a closing note signs for: `（通讯员 甲 乙）`, `（王小明）`; a note on an office or a source names none."""
    return people_in(note) if _SIGNED.match(note) or signed_end(note) else ()


def _source_range(page: MappedText, span: Span) -> Span:
    pieces = page.offsets.to_source(span)
    return Span(pieces[0].start, pieces[-1].end)


def _with_banner_title(draft: ArticleDraft, title: str) -> ArticleDraft:
    """The draft with the banner's title, which is cut from the body where the body begins with it."""
    if draft.head.title:
        return draft
    body = draft.body
    if body.text.startswith(title):
        body = body.slice(Span(len(title), len(body.text)))
        lead = len(body.text) - len(body.text.lstrip())
        body = body.slice(Span(lead, len(body.text)))
    return replace(draft, head=replace(draft.head, title=title), body=body)
