"""Private persons outside tables: lists of names with sex, telephone or identity number, pasted or read in a picture, and sentences on one.

They are told by their words alone, because a pasted table has its cells behind one another in a line or each on a line of its own.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import replace
from typing import NamedTuple

from archive.records import Document
from archive.text import Span
from ingest.extract.name_evidence import may_be_name
from ingest.extract.name_lines import about_one, lines_of_names
from ingest.extract.name_lists import name_lists
from ingest.extract.person_names import is_name
from ingest.extract.table_persons import is_person
from ingest.extract.told_persons import PERSONAL_NUMBER, told_persons

_SEX = r"(?<![\u4e00-\u9fff])[男女](?![\u4e00-\u9fff])"
_NAME_HEAD = r"(?:户主|受益人|领取人)?姓\s?名"
_COLUMNS = (
    "性别 年龄 民族 电话 联系电话 手机号码 手机号 联系方式 身份证号 身份证号码 家庭住址 住址 出生年月 职务 学历 文化程度 政治面貌"
    " 家庭人口 银行卡号"
)
_SPREAD = "|".join(r"[ \u3000]{1,4}".join(word) for word in f"姓名 户主 {_COLUMNS}".split())
"""Heads with spaces inside, which print sets to make them as wide as others."""
_SIGNS = (
    re.compile(r"[男女](?<![\u4e00-\u9fff].)(?![\u4e00-\u9fff])"),
    re.compile(r"姓\s{0,4}名"),
    re.compile(PERSONAL_NUMBER),
)
"""What tells that there may be a list: a sex, the head of names, a number of a person. Each begins with its characters rather than with
what stands before them, so that a text is searched five times as fast."""
_WORD = re.compile(
    rf"(?<![\u4e00-\u9fff])(?:{_SPREAD})(?![\u4e00-\u9fff])|(?P<personal>{PERSONAL_NUMBER})"
    rf"|(?P<sex>{_SEX})|[\u4e00-\u9fff·]+|[\d.*%-]+|[。！？]"
)
_HEAD = re.compile(rf"{_NAME_HEAD}|户主")
_COLUMN = re.compile(
    r"性别|年龄|职务|学历|文化程度|政治面貌|家庭人口|民族|(?:联系|手机|固定)?(?:电话|方式|手机)(?:号码?)?|(?:公民)?身份证(?:号码?)?|(?:家庭)?(?:住址|地址)|出生(?:年月|日期)?|银行卡号|账号"
)
_GLUED = re.compile(rf"(?:序号)?(?:{_HEAD.pattern})(?=[\u4e00-\u9fff]*(?:{_COLUMN.pattern}))[\u4e00-\u9fff]{{4,24}}")
"""A head whose cells recognition read without their gaps: 序号姓名职务联系电话."""
_POST = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:(?:网格|护林|保洁|调解|联络|信息|管水|党|委|队|村)员|(?:副?[组队村社班户]|联户)长|会计|(?:副?主任|支?书记))$"
)
"""What is read together with the name before it: 张山网格员."""
_FORM = re.compile(
    r"(?<![\u4e00-\u9fff])(?:户主|受益人|学生|申请人)?姓[ \u3000]{0,4}名"
    r"(?:\s{0,3}[:：]\s{0,3}|[ \t\u3000]{1,4}(?=[\u4e00-\u9fff·]{2,16}[ \t\u3000]{1,4}性[ \u3000]{0,4}别))"
    r"(?P<name>[\u4e00-\u9fff·]{2,16})"
)
_LABELLED = re.compile(
    r"\n[ \t\u3000]*(?:[\u4e00-\u9fff （()）]{2,12}[:：]"
    r"|(?:家庭|出生|帮扶|年收入|月收入|民族|住址|致贫|文化|身份|联系)[\u4e00-\u9fff]{0,6}[ \t\u3000])[^\n。]{0,80}(?=\n|$)"
)
_NEXT_FORM = re.compile(r"\n[ \t\u3000]*(?:联系人|监督|附|注|备注|合计|总计|全[县市区镇乡村])")
_LONGEST = 25  # characters of a word in a cell; a sentence without punctuation is longer
_APART = 12  # words from one name to the next: a list has five to ten columns
_LEAST = 3  # persons that make a list; two with a head over them


class _Word(NamedTuple):
    start: int
    end: int
    text: str
    is_sex: bool
    is_personal: bool


def rosters(text: str) -> tuple[Span, ...]:
    """The ranges of `text` that list persons with what is nobody else's business, to the ends of their lines. In order, apart."""
    for known, spans in tuple(_last):
        if known is text:
            return spans
    told = _told(text) if any(sign.search(text) for sign in _SIGNS) else ()
    spans = _apart(sorted((*name_lists(text), *forms(text), *lines_of_names(text), *about_one(text), *told_persons(text), *told)))
    _last.append((text, spans))
    return spans


def _apart(spans: list[Span]) -> tuple[Span, ...]:
    """The ranges, those in one that overlap or touch but for white space."""
    found: list[Span] = []
    for span in spans:
        if found and span.start <= found[-1].end + 1:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def _told(text: str) -> list[Span]:
    """The lists that a head, sexes or numbers of persons tell."""
    found: list[Span] = []
    run: list[int] = []
    words = [_word(one) for one in _WORD.finditer(text)]
    headed = 0
    for number, word in enumerate(words):
        headed = number if _is_head(word.text) else headed
        under_head = _is_head(words[headed].text) and number - max([headed, *run[-1:]]) < _APART
        if _is_name(word, words[number + 1 : number + 2]) or (under_head and _may_stand(word.text)):
            if run and not _goes_on(words, run[-1], number):
                found += _list(text, words, run)
                run = []
            run.append(number)
    return found + _list(text, words, run)


def _word(one: re.Match[str]) -> _Word:
    return _Word(one.start(), one.end(), "".join(one[0].split()), bool(one["sex"]), bool(one["personal"]))


_last: deque[tuple[str, tuple[Span, ...]]] = deque(maxlen=16)
"""Every stage asks for the same text."""


def _is_name(word: _Word, following: list[_Word]) -> bool:
    """Whether a word is a name, or ends in one: the last cell of a line may have been joined to the next line."""
    if is_person(word.text):
        return not _HEAD.fullmatch(word.text)
    told = any(one.is_sex or one.is_personal for one in following)
    return told and any(is_person(word.text[-length:]) for length in (3, 2) if length < len(word.text))


def _is_head(word: str) -> bool:
    return bool(_HEAD.fullmatch(word) or _GLUED.fullmatch(word))


def _may_stand(word: str) -> bool:
    if _HEAD.fullmatch(word) or _COLUMN.fullmatch(word):
        return False
    post = _POST.search(word)
    return may_be_name(word) or (post is not None and may_be_name(word[: post.start()]))


def _goes_on(words: list[_Word], one: int, other: int) -> bool:
    """Whether nothing but cells stands between two names."""
    between = words[one + 1 : other]
    return len(between) < _APART and not any(word.text in "。！？" or len(word.text) > _LONGEST for word in between)


def _list(text: str, words: list[_Word], run: list[int]) -> list[Span]:
    """The lines of a run of names, if most of them have with them what only a list of persons prints."""
    if not run:
        return []
    ends = [*run[1:], min(len(words), run[-1] + _APART)]
    rows = [words[start + 1 : end] for start, end in zip(run, ends, strict=True)]
    sure = [number for number, row in enumerate(rows) if _is_record(row)]
    head = _head(words, run[0])
    if head is None and (len(sure) < _LEAST or 2 * len(sure) <= sure[-1] - sure[0]):
        return []
    if head is not None and len({words[number].text for number in run}) < _LEAST - 1:
        return []
    first = words[run[sure[0]] if head is None else head].start
    end = words[run[-1] if head is not None else run[sure[-1]]].end
    if sure:
        end = max([end, *(word.end for word in rows[sure[-1]] if word.is_sex or word.is_personal)])
    start = max(text.rfind(mark, 0, first) for mark in "\n。！？")
    return [Span(start + 1, _end_of_line(text, end))]


def _is_record(row: list[_Word]) -> bool:
    """Whether what follows a name is a person's; counts of men and of women are not."""
    sexes = {word.text for word in row if word.is_sex}
    return any(word.is_personal for word in row) or len(sexes) == 1


def _head(words: list[_Word], first: int) -> int | None:
    """The first word of the head above a list: 姓名, and another column of persons beside it."""
    before = range(max(0, first - _APART), first)
    heads = [number for number in before if _is_head(words[number].text)]
    columns = [number for number in before if _COLUMN.fullmatch(words[number].text) or _GLUED.fullmatch(words[number].text)]
    return min(heads[-1], *columns) if heads and columns else None


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def forms(text: str) -> list[Span]:
    """The lines of a form about one person: from 姓名：张伟 as far as lines with labels follow."""
    found: list[Span] = []
    for label in _FORM.finditer(text):
        if not (is_person(label["name"]) or is_name(label["name"])):
            continue
        end = _end_of_line(text, label.end())
        while (line := _LABELLED.match(text, end)) and not _NEXT_FORM.match(text, end):
            end = line.end()
        found.append(Span(text.rfind("\n", 0, label.start()) + 1, end))
    return found


def find_rosters(document: Document) -> Document:
    """Stage: a warning where the text outside tables holds what looks like a list of persons."""
    text = document.text
    for table in document.tables:
        text = f"{text[: table.span.start]}{' ' * (table.span.end - table.span.start)}{text[table.span.end :]}"
    found = rosters(text)
    if not found:
        return document
    told = (
        f"holds what looks like a list of persons ({len(found)} place{'s' * (len(found) > 1)}): no figures and no units are taken from it"
    )
    return replace(document, warnings=(*document.warnings, told))
