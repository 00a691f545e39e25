"""Lines beside the text: whom to call, and what stands around a table. Rules for sentences find no measure and no figure in them."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping, Set
from functools import wraps

from archive.changed import changed
from archive.layout import Heading, Table
from archive.records import Document
from archive.text import Span
from ingest.notice_lines import kind_of, notice_lines
from ingest.stages import Stage

_HAN = "一-鿿"
_OFFICE = rf"[{_HAN}]{{2,20}}(?:局|委|办|厅|部|中心|[科股处室站院所馆队]|[镇乡村]|街道|社区|公司|政府|协会|合作社|专班|学校)"
_TOLD = r"[（(][^（）()。；\n]{1,16}[）)]"
_PERSON = rf"(?:[{_HAN}]{{2,4}}(?:·[{_HAN}]{{1,8}}){{0,3}}|[{_HAN}] {{1,2}}[{_HAN}])(?![{_HAN}])"
_PHONE = r"[+\d][\d\-—–－()（）转*]{2,24}"
_DAY = r"\d{4}[年./-]\d{1,2}[月./-]\d{1,2}日?"
_SEVERAL = r"[ \t\u3000]{0,8}[、/／]?[ \t\u3000]{0,8}"
_ITEM = rf"(?:{_PHONE}|{_DAY}|{_OFFICE}(?![{_HAN}])|{_PERSON})(?:{_TOLD})?(?![:：])"
_WHO = (
    rf"[{_HAN}]{{0,6}}?(?:联系人|联络员|联络人|填报人|填表人|制表人|报送人|审核人|审批人|复核人|签发人|经办人|承办人|负责人|责任人|分管领导"
    r"|电话(?:号码)?|手机(?:号码?)?|热线|传真|联系方式|邮编|邮政编码|QQ|微信)(?:[及和、/／](?:联系)?(?:电话|方式|手机)(?:号码)?)?"
)
_WHERE = rf"[{_HAN}]{{0,4}}?(?:地址|住址|网址|网站|邮箱|信箱|公众号)|[Ee]-?mail|E-?MAIL"
_BESIDE = r"[填报送承主]{1,2}[报送办]?(?:单位|部门)|(?:填报|报送|填表|制表)?(?:日期|时间)"
_PAIR = re.compile(
    rf"(?:(?:{_WHO})[ \u3000]?[:：][ \t\u3000_]*(?:{_ITEM}(?:{_SEVERAL}{_ITEM}){{0,5}})?"
    rf"|(?P<where>(?:{_WHERE})[ \u3000]?[:：][ \t\u3000_]*[^\s，。；：\n]{{2,60}}(?::?//[^\s，。；\n]{{2,60}})?)"
    rf"|(?P<beside>(?:{_BESIDE})[ \u3000]?[:：][ \t\u3000]*[^\s，。；：:\n]{{0,24}}))"
)
_BETWEEN = re.compile(r"[\s，,；;、|]*")
_LABEL = re.compile(rf"(?m)^[ \t\u3000]*[（(【]?[ \t\u3000]*(?=(?:{_WHO}|{_WHERE}|{_BESIDE})[ \u3000]?[:：])")
_LONGEST = 160
_MARK = re.compile(
    r"[ \t\u3000]*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）][、.．]?|\d{1,2}[、.．)）]|[①-⑳])"
    r"[ \t\u3000]*"
)
_NUMBER = r"[\d一二三四五六七八九十]{1,3}(?:[-—.．][\d一二三四五六七八九十]{1,3})?"
_CAPTION = re.compile(
    rf"[续附]?[表图][ \u3000]?{_NUMBER}(?:[:：、.．\s\u3000]+|(?=[《{_HAN}])(?!显示|表明|反映|可见|可知|可以|所[示列]|[中内是为的和]))"
    r"[^。；;，,\n]{0,60}$|[续附]表[:：]?$"
)
"""表1 …, 附表2：…: a caption, wherever it stands, but not 表1显示，…."""
_NOTE = re.compile(r"[（(【\[]?(?:备?注|资料来源|数据来源|指标解释)[】\]]?\s?\d?\s?[:：]")
_NAME = re.compile(
    r"(?!(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．]|第[一二三四五六七八九十]"
    r"|建立|制定|制作|公布|公示|公开|编制|推行|实行|列出|健全|完善|梳理|落实|填写|发放))"
    r"[^。；;：:\n]{2,60}(?:(?<!代)表|清单|台账|名单|一览|名录|目录)(?:[（(][^（）()\n]{1,20}[）)])?$"
)
_UNIT = re.compile(
    r"[（(【\[]?\s{0,4}(?:(?:计量|数据|金额|填报|报送|制表|编制)?单位|(?:填报|报送|制表)(?:日期|时间|人))\s?[:：][^。；;\n]{1,80}$"
)
_ATTACHED = re.compile(rf"(?:附|说明)\s?[:：]|附件[ \u3000]?(?:{_NUMBER})?(?:[:：、.．\s\u3000]|(?=[《{_HAN}])|$)[^。；;\n]{{0,60}}$")
_GOES_ON = re.compile(r"[（(]?(?:\d{1,2}|[①-⑳])\s?[)）.．、]?")
_ABOVE, _BELOW = 5, 12


def contacts(text: str) -> Iterator[Span]:
    """Lines that only say whom to call, where to write, or who filled a form in: 联系人：孙丽 电话：0899-1234567."""
    for label in _LABEL.finditer(text):
        end = text.find("\n", label.end())
        end = len(text) if end < 0 else end
        if end - label.end() <= _LONGEST and _only_pairs(text, label.end(), end):
            yield Span(label.start(), end)


def _only_pairs(text: str, at: int, end: int) -> bool:
    """Whether labels with their values are all there is up to `end`, and one of them is more than an office or a day."""
    told = False
    while at < end:
        pair = _PAIR.match(text, at, end)
        if pair is None:
            return told and not text[at:end].strip("）)】。. \t\u3000")
        told = told or not pair["beside"]
        between = _BETWEEN.match(text, pair.end(), end)
        at = between.end() if between else pair.end()
    return told


def around_tables(text: str, tables: tuple[Table, ...], headings: tuple[Heading, ...] = ()) -> Iterator[Span]:
    """Captions and notes, and around a table also its name, its unit and what is attached: lines that say nothing of their own.

    A name of a table that the file marks as one of its `headings` opens a section and is none of these.
    """
    at, opening = 0, {heading.span.start for heading in headings}
    for line in text.split("\n"):
        words = line.strip()
        if len(words) <= _LONGEST and (_NOTE.match(words) or _CAPTION.match(words)):
            yield Span(at, at + len(line))
        at += len(line) + 1
    for table in tables:
        yield from _above(text, table.span.start, opening)
        yield from _below(text, table.span.end)


def _above(text: str, end: int, opening: Set[int]) -> Iterator[Span]:
    for _ in range(_ABOVE):
        end = len(text[max(0, end - 400) : end].rstrip()) + max(0, end - 400)
        start = text.rfind("\n", max(0, end - 400), end) + 1
        words = text[start:end].strip()
        named = _NAME.match(words) and opening.isdisjoint(range(start, end))
        if not words or not (named or any(pattern.match(words) for pattern in (_UNIT, _CAPTION, _ATTACHED))):
            return
        yield Span(start, end)
        end = start


def _below(text: str, start: int) -> Iterator[Span]:
    noted = False
    for _ in range(_BELOW):
        start += len(text[start : start + 400]) - len(text[start : start + 400].lstrip())
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        words = text[start:end].strip()
        note = _NOTE.match(words) or _ATTACHED.match(words)
        if not words or len(words) > 2 * _LONGEST or not (note or (noted and _GOES_ON.match(words)) or _UNIT.match(words)):
            return
        noted = noted or bool(note and re.search(r"[:：]\s?[（(]?(?:1|①)", words))
        yield Span(start, end)
        start = end


def without_marked(document: Document) -> Document:
    """Stage: units that are such a line behind a mark of the outline (三、监督电话：…) are dropped. The mark still counts."""
    dropped = {unit.id: unit.parent for unit in document.units if _is_marked(document.text, unit.span)}
    if not dropped:
        return document
    kept = (unit for unit in document.units if unit.id not in dropped)
    return changed(document, units=tuple(changed(unit, parent=_above_all(unit.parent, dropped)) for unit in kept))


def _above_all(parent: str | None, dropped: Mapping[str, str | None]) -> str | None:
    """The nearest unit above that is still there."""
    while parent is not None and parent in dropped:
        parent = dropped[parent]
    return parent


def _is_marked(text: str, span: Span) -> bool:
    start = text.rfind("\n", max(0, span.start - _LONGEST), span.start) + 1
    end = text.find("\n", start, start + _LONGEST)
    mark = _MARK.match(text, start)
    if mark is None or end < 0 < len(text) - start - _LONGEST or not start <= span.start <= mark.end():
        return False
    line = text[mark.end() : end if end >= 0 else len(text)]
    return kind_of(line) is not None or any(whole.end == len(line) for whole in contacts(line))


def without_contacts(stage: Stage) -> Stage:
    """The stage, for which lines that only say whom to call are white space of the same length."""
    return _without(stage, False)


def without_asides(stage: Stage) -> Stage:
    """The stage, for which those lines and what stands around tables are white space of the same length."""
    return _without(stage, True)


def _without(stage: Stage, tables_too: bool) -> Stage:
    @wraps(stage)
    def of_text(document: Document) -> Document:
        text, headings = _seen(document, tables_too)
        if text is document.text:
            return stage(document)
        return changed(stage(changed(document, text=text, headings=headings)), text=document.text, headings=document.headings)

    return of_text


def _seen(document: Document, tables_too: bool) -> _Rest:
    """The text without those lines, and the headings that do not stand in them. The last few are kept: five stages ask for the same."""
    asked = (document.text, document.tables, document.headings, tables_too)
    for known, rest in tuple(_last):
        if all(ours is theirs for ours, theirs in zip(known, asked, strict=True)):
            return rest
    text, tables, headings, _ = asked
    opening = {heading.span.start for heading in headings}
    around = around_tables(text, tables, headings) if tables_too else ()
    spans = sorted((*contacts(text), *notice_lines(text, tables_too, opening), *around))
    kept = tuple(one for one in headings if not any(span.start <= one.span.start < span.end for span in spans))
    found = (_blanked(text, spans) if spans else text, kept if len(kept) < len(headings) else headings)
    _last.append((asked, found))
    return found


_Rest = tuple[str, tuple[Heading, ...]]
_last: deque[tuple[tuple[str, tuple[Table, ...], tuple[Heading, ...], bool], _Rest]] = deque(maxlen=16)


def _blanked(text: str, spans: list[Span]) -> str:
    pieces: list[str] = []
    at = 0
    for span in spans:
        if span.end > at:
            start = max(at, span.start)
            pieces += [text[at:start], " " * (span.end - start)]
            at = span.end
    return "".join([*pieces, text[at:]])
