"""What the figures of a column or a row count, by the words of its heads and labels, and when and as what they are stated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from archive.findings import Status
from ingest.extract.periods import in_year, is_part_of_year, parse
from ingest.extract.table_grid import is_period
from ingest.extract.table_numbers import is_class
from ingest.extract.table_words import HeadText, Role, UnitWord, role_of

_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]、?|\d{1,2}(?:\.\d{1,2}){0,3}[、.．)）]?(?=[^\d.%])|[①-⑳#●·▲★*-])\s*"
)
_PART = re.compile(r"^(?:其[中它他]|内)[:：]?(?=.)")
_STATUS_WORDS = re.compile(r"目标|计划|任务|预期|预计|规划|年度|指标|(?:年初|期初|调整后?|本年|全年)?预算(?:安排)?数?")
_PLANS = re.compile(r"目标|计划|任务|规划|预算(?!执行|收[入支])|预安排|安排表")
_DONE = re.compile(r"完成|执行|实绩|进展|进度|落实情况|决算")
_KINDS = (Role.SHARE, Role.RATE_OF_GROWTH, Role.GROWTH)
_STATUSES = {Role.PLANNED: Status.PLANNED, Role.ACTUAL: Status.ACTUAL, Role.REQUIRED: Status.REQUIRED}
SILENT_LABELS = frozenset((Role.TOTAL, Role.SUBTOTAL, Role.PART, Role.PERIOD_NOW, *_KINDS, *_STATUSES))
"""Roles of labels that say what else a figure is, and not what it counts; 学校 and 人数 name something where they label a row."""
SILENT = SILENT_LABELS | {Role.LABEL, Role.NUMBER}
"""The same of heads."""
_TITLE_TAIL = re.compile(
    r"(?:主要)?(?:基本)?(?:情况|统计|汇总|一览|明细|分布|分解|监测|对比|数据|公示|进度|完成|调查|登记|指标|任务)*(?:情况|统计|汇总|一览)?表?(?:[一二三四五\d]|续)?$"
)
_MOST_PERIODS = 4
_GROWTH_FIRST = re.compile(r"(?P<kind>增长率|增长速度|增速|增幅)(?P<of>[\u4e00-\u9fff]{2,12})")
"""The heads of two rows in one cell, as a printed page has them: 增长率 over 产值."""
_NO_THING = re.compile(r"[与和及]|目标|情况|排[名位]|对比|比较|变化|差距|位次|贡献")
_TITLE_HEAD = re.compile(r"^(?:附?表|附件|附(?=\s*[:：]))\s*[\d一二三四五六七八九十-]{0,4}[:：.、．\s]*")
PEOPLE_PARTS = frozenset(("男", "女", "男性", "女性"))
"""Parts of a population whose names say too little alone."""
_WHOLE_YEAR = re.compile(r"全年|年度")
"""What begins a head that is of the year, also in a table of half of it."""
_EACH = re.compile(
    r"全[国省市县区旗州盟镇乡村]|分(?:乡镇|县区|地区|行业|类别|年龄[段组]?|收入[段组]?)"
    r"|各(?:县|市|区|旗|乡镇|镇街|街道|村|社区|地区|类|项|级|部门|单位)(?:[（(][^()（）]{1,6}[)）])?"
)


class Said(NamedTuple):
    """What the heads of a column, or the labels of a row, say. `words` name what is counted (empty where they say when, where or how);
    `part` marks a row that is a part of the one above it."""

    words: str
    unit: UnitWord | None = None
    kind: Role | None = None
    status: Status | None = None
    period: str | None = None
    period_text: str | None = None
    total: Role | None = None
    part: bool = False
    kind_words: str = ""
    silent: bool = True  # no word of it names anything


def said_by(heads: Sequence[HeadText], base: str | None, this_year: int | None, silent: frozenset[Role] = SILENT) -> Said:
    """What heads from the top, or labels from the left, say together. `base` is the period of the table, in which 上半年 lies; words of the
    roles that are `silent` name nothing.
    """
    words: list[str] = []
    said = Said("")
    for head in heads:
        if is_class(head.words):
            words.append(head.words)
            continue
        rest, normal, text = _dated(head.words, base, this_year)
        if text is not None:
            said = said._replace(period=normal, period_text=text)
        part = _PART.match(rest) if head.role is not Role.PART else None
        rest = _NUMBERED.sub("", rest[part.end() :] if part else rest).strip(":：")
        role = role_of(rest) if rest else None
        said = said._replace(unit=head.unit or said.unit, part=said.part or bool(part))
        if role is None and (growth := _GROWTH_FIRST.fullmatch(rest)) and not _NO_THING.search(growth["of"]) and not role_of(growth["of"]):
            said = said._replace(kind=Role.RATE_OF_GROWTH, kind_words=growth["kind"])
            rest = growth["of"]
        if role in (Role.TOTAL, Role.SUBTOTAL):
            said = said._replace(total=role)
        elif role in _KINDS:
            said = said._replace(kind=role, kind_words=rest)
        elif role in _STATUSES:
            said = said._replace(status=_STATUSES[role])
            left = _STATUS_WORDS.sub("", rest)
            if len(left) > 2 and role is Role.PLANNED:
                words.append(left)
        if rest and role not in silent:
            words.append(rest)
    return said._replace(words=_joined(words), silent=not words)


def status_of_title(titles: Sequence[str]) -> Status:
    """The status of figures whose heads do not say: a table of targets (目标任务分解表) holds plans."""
    whole = "".join(titles)
    return Status.PLANNED if _PLANS.search(whole) and not _DONE.search(whole) else Status.ACTUAL


def noun_of_title(titles: Sequence[str], places: Sequence[str] = ()) -> str | None:
    """What a table counts whose heads say only where and when: 人口 for 某县2023年各乡镇人口统计表; None where its title does not say."""
    for title in titles:
        text = _TITLE_HEAD.sub("", title)
        for place in sorted(places, key=len, reverse=True):
            text = text.replace(place, "")
        text = _without_periods(text)
        text = re.sub(r"[(（][^()（）]{0,12}[)）]", "", _EACH.sub("", text)).strip("度的 　:：《》")
        text = _TITLE_TAIL.sub("", text).strip("的及和")
        if 2 <= len(text) <= 16 and role_of(text) is None and not re.search(r"[,，。;；、]|单位", text):
            return text
    return None


def _without_periods(title: str) -> str:
    """A title without its periods and what joins them: 2021年与2022年合作社数量."""
    for _ in range(_MOST_PERIODS):
        found = parse(title)
        if found is None:
            break
        title = title[: found.span.start].rstrip("与和及、至到-—") + title[found.span.end :].lstrip("与和及、至到-—")
    return title


def joined(row: Said, column: Said, whole: str | None, noun: str | None) -> str | None:
    """The subject of a figure: the label where the head says only when or how much, the head where the label says only where or when, and
    both otherwise; of a part its whole as well. None where neither names anything and the title does not."""
    label = row.words
    if row.part and whole and label and whole not in label:
        label = f"{whole}中{label}"
    subject = _joined([label, column.words]) or noun
    if not subject:
        return None
    if noun and noun != subject and is_class(subject):
        subject += noun
    elif noun and noun != subject and (len(subject) < 2 or subject in PEOPLE_PARTS):
        subject = f"{noun}中{subject}"
    kind, words = (column.kind, column.kind_words) if column.kind else (row.kind, row.kind_words)
    if kind is Role.SHARE:
        return subject + (words if words.startswith("占") and len(words) > 2 else "占比")
    return subject + {Role.RATE_OF_GROWTH: "增长", Role.GROWTH: "增加"}.get(kind, "") if kind else subject


def _joined(words: Sequence[str]) -> str:
    found = ""
    for word in words:
        if not word or word in found:
            continue
        found = word if found and word.startswith(found) else found + word
    return found


def _dated(words: str, base: str | None, this_year: int | None) -> tuple[str, str | None, str | None]:
    """The words without their period, its normal form, and its text; no text where they name none."""
    if re.fullmatch(r"(?:19|20)\d\d", words):
        return "", words, words
    if base and words.endswith("同期") and words[:2] in ("上年", "去年") and base[:4].isdigit():
        return "", re.sub(r"\d{4}", lambda year: str(int(year[0]) - 1), base), words
    year = _one_year(base)
    if is_part_of_year(words):  # 1月, which is no period inside a sentence
        return "", in_year(words, year) if year else None, words
    if year and base != year and _WHOLE_YEAR.match(words) and role_of(words) is not None:
        return words, year, words[:2]
    found = parse(words, this_year)
    if found is None or role_of(words) is not None:
        return words, None, None
    normal = found.normal or (in_year(found.text, year) if year else None)
    inside = not is_period(words) and found.span.start > 0 and found.span.end < len(words)
    rest = words if inside else words[: found.span.start] + words[found.span.end :]
    return rest.strip("()（）"), normal, found.text


def _one_year(period: str | None) -> str | None:
    """The year that a period lies in; None where it is of several, or none is known."""
    years = set(re.findall(r"\d{4}", period or ""))
    return years.pop() if len(years) == 1 and not (period or "").endswith("-") else None
