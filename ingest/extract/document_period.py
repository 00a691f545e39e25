"""The period that a document reports on: from its title, its opening, or the first heading that states one."""

from __future__ import annotations

import re
from datetime import date

from archive.changed import changed
from archive.records import Document, Genre
from archive.text import Span
from ingest.extract.periods import PeriodText, bounds, parse, scan
from ingest.extract.year_meant import given_in, is_address, year_before

_OPENS = re.compile(r"(?:^|[。\n;])[^。\n;，,\d]{0,12}$")
_FRAMES = re.compile(
    r"^\s?[,，]?(?:[^。\n]{0,40}?(?:坚持|围绕|紧扣|领导下|指导|深入|认真|面对|扎实|统筹|聚焦|牢牢|始终|立足|按照|把握|落实|贯彻|总结|汇报|报告如下|锚定|以[^，。]{2,20}为)"
    r"|[,，]?(?:我[县市区省旗乡镇州局]|全[县市区省旗乡镇年州局])|工作|主要|年度|是[^。]{0,20}之年)"
)
STORY = re.compile(
    r"^[,，]?[^，。]{0,12}(?:成立|被|获|毕业|来到|担任|当选|出生|退休|退伍|返乡|嫁|考上|开始|启动|摘帽|搬|引进|引入|还有|还是|曾|起[,，])"
)
_LEAD_LENGTH = 600
OPENING = 24  # characters in which a document's first words stand
LOOK_BACK = 3000  # characters in which a yearly report tells what it looks back on
_BACK = re.compile(r"(?P<year>20\d\d)年(?:度)?(?:的)?工作(?:回顾|总结|完成情况|情况|主要成绩)")
_ANY_YEAR = re.compile(r"[12](?<!\d.)(?:(?<=1)9|(?<=2)0)\d\d(?=年|[-/.]\d)")  # a class leads, so that the search skips all else
_YEAR_TOLD = re.compile(r"(20(?<![到至\d-]20)[0-4]\d)年(?!\w{0,4}(?:计划|目标|将))")  # 20 leads, so that the search skips all else
_YEAR_FIRST = re.compile(r"(?:^|[。；\n])[ 　]{0,4}(?P<words>(?P<year>20\d\d)年)[,，]")
_OTHER_TIME = re.compile(r"目前|现在|如今|当前|眼下|今年|去年|明年|上年")
_HONOUR = re.compile(r"(?:获评|入选|荣获|获得?|上榜|评为|授予|跻身|列入|入围)[^，。]{0,4}$")
_TITLE_MONTH = re.compile(r"\d{4}-\d\d(?:-\d\d)?$")
_ISSUE = re.compile(r"^\s?(?:第|总第|[·-]?\d)|^年?第")
_WORDS = ("近年来", "今年以来", "近几年来", "近几年", "今年", "五年来", "三年来", "去年以来")
_PLANS = re.compile(r"目标|任务|安排|计划|打算|思路|部署|下一步|重点|展望|建议|规划")


def this_year_of(doc: Document) -> int | None:
    """What 今年 means in a document: the year in which it was given to a congress or published, else the one it reports on.

    None where none is stated, and where the last two differ: a summary of 2023 printed in 2024 may mean either.
    """
    return given_in(doc) or _year_of_print(doc)


def _year_of_print(doc: Document) -> int | None:
    published = int(doc.published[:4]) if doc.published and doc.published[:4].isdigit() else None
    reported = int(doc.period[:4]) if doc.period and len(doc.period) <= 7 and doc.period[:4].isdigit() else None
    if published and reported and published != reported:
        return None
    return published or reported


def day_of(doc: Document) -> date | None:
    """The day on which a document was published, where it is known to the day and 今年 means its year."""
    if _year_of_print(doc) is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", doc.published or ""):
        return None
    try:
        return date.fromisoformat(doc.published or "")
    except ValueError:
        return None


def _lead_of(doc: Document) -> str:
    """The text before the first heading, or the first paragraph that is more than a line."""
    end = min((node.extent.start for node in doc.outline), default=0)
    if end <= 80:
        end = doc.text.find("\n", 40)
    return doc.text[: min(_LEAD_LENGTH, end) if end > 0 else _LEAD_LENGTH]


def _reports(found: PeriodText, text: str, latest: int | None) -> bool:
    """Whether a period opens a sentence that frames the report (2023年,全县坚持…), not one that tells of the past (2018年被评为…)."""
    if found.normal is None or re.fullmatch(r"\d{4}-\d\d(?:-\d\d)?|\d{4}/\d{4}|\d{4}-", found.normal):
        return False  # 2022年以来 says since when something is done, not when the county had 11 towns
    if latest and int(found.normal[:4]) < latest - 1:
        return False
    before = text[max(0, found.span.start - 14) : found.span.start]
    after = text[found.span.end : found.span.end + 60]
    if STORY.search(after.partition("。")[0]) or before.endswith(("着眼", "到", "自", "从", "至", "于", "在")):
        return False
    return bool(_OPENS.search(before)) and bool(_FRAMES.match(after) or re.search("半年|季度", found.text))


def _dated(found: PeriodText, text: str, published: str | None) -> PeriodText:
    """今年上半年 at the head of a sentence with its year, where the document was published after it; other periods as they are."""
    opens = re.search(r"(?:^|[。\n；;])[ 　]{0,4}$", text[max(0, found.span.start - 6) : found.span.start])
    if found.normal or not opens or not published or len(published) != 10 or not re.match(r"今年.*(?:半年|季度)", found.text):
        return found
    dated = parse(found.text, int(published[:4]))
    end = bounds(dated.normal)[1] if dated and dated.normal else None
    return changed(found, normal=dated.normal) if dated and end and end <= published else found


def latest_year(doc: Document) -> int | None:
    """The year of publication; else the latest that the text names without 到 or a plan, less one for plans that are not seen as such."""
    if doc.published and doc.published[:4].isdigit():
        return int(doc.published[:4])
    years = [int(match[1]) for match in _YEAR_TOLD.finditer(doc.text)]
    return max(years) - 1 if years else None


def heading_period(title: str, this_year: int | None = None) -> PeriodText | None:
    """The year, half-year or quarter that a heading states (2024年重点工作), else None."""
    if "年" not in title and "五" not in title:
        return None
    for found in scan(title, this_year):
        honour = _HONOUR.search(title[: found.span.start])  # 获评2022年中国美丽休闲乡村 tells of an honour's year
        if found.normal and not _TITLE_MONTH.fullmatch(found.normal) and not _ISSUE.match(title[found.span.end :]) and not honour:
            return found
    return None


def find_period(doc: Document) -> Document:
    """Fills `period` and `period_text`: from the title, else the opening paragraph where it frames the report, else the first heading."""
    for title in (doc.title, doc.subtitle, doc.kicker):
        stated = heading_period(title or "")
        if stated:
            stated = _year_before(doc, stated) or stated
            return changed(doc, period=stated.normal, period_text=stated.text)
    found = _first_words(doc)
    if found is not None:
        return changed(doc, period=found.normal, period_text=found.text)
    told = _told(doc)
    if told.period is not None:
        return told
    only = _only_year(doc) or (year_before(doc) if is_address(doc) and "五年" not in doc.text[:LOOK_BACK] else None)
    return changed(doc, period=only.normal, period_text=only.text) if only is not None else told


def _year_before(doc: Document, stated: PeriodText) -> PeriodText | None:
    """The year that a yearly report looks back on (2023年工作回顾), where its title has the one in which it was given."""
    if doc.genre is not Genre.WORK_REPORT or not re.fullmatch(r"\d{4}", stated.normal or ""):
        return None
    for back in _BACK.finditer(doc.text[:LOOK_BACK]):
        found = parse(back["year"] + "年")
        if found is not None and found.normal == str(int(stated.normal or 0) - 1):
            return found
    return year_before(doc) if stated.normal is not None and is_address(doc) else None


def _first_words(doc: Document) -> PeriodText | None:
    """The year, half-year or quarter that the first sentence begins with, where it is that of publication or the one before."""
    found = next(scan(doc.text[:OPENING]), None)
    if (
        found is None
        or found.normal is None
        or doc.text[: found.span.start].strip()
        or not re.match(r"\s?[,，]", doc.text[found.span.end :])
    ):
        return None
    year = int(doc.published[:4]) if doc.published and doc.published[:4].isdigit() else 0
    if re.fullmatch(r"\d{4}(?:-[HQ]\d)?", found.normal) is None or int(found.normal[:4]) not in (year, year - 1):
        return None
    return None if STORY.search(doc.text[found.span.end : found.span.end + 60].partition("。")[0]) else found


def _only_year(doc: Document) -> PeriodText | None:
    """The one year that a document names, if a sentence of it begins with that year."""
    if len(set(_ANY_YEAR.findall(doc.text))) != 1:
        return None
    opens = _YEAR_FIRST.search(doc.text)
    if opens is None or _OTHER_TIME.search(doc.text) or STORY.search(doc.text[opens.end() : opens.end() + 60].partition("。")[0]):
        return None
    return PeriodText(opens["year"], opens["words"], Span(*opens.span("words")))


def _by_month(period: str) -> str:
    """The month of a range of days within it: a document reports on months, not on days."""
    days = re.fullmatch(r"(\d{4}-\d\d)-\d\d/(\d{4}-\d\d)-\d\d", period)
    return days[1] if days is not None and days[1] == days[2] else period


def _told(doc: Document) -> Document:
    """The document with the period that its opening frames it by, else the one of its first heading that states one."""
    lead, latest = _lead_of(doc), latest_year(doc)
    words: str | None = None
    for stated_ in scan(lead):
        found = _dated(stated_, lead, doc.published)
        if _reports(found, lead, latest):
            return changed(doc, period=_by_month(found.normal or ""), period_text=found.text)
        if words is None and found.normal is None and found.text in _WORDS:
            words = found.text
    for stated_ in scan(doc.text[:_LEAD_LENGTH]):  # a report may open with a scene: its 今年上半年 then opens a later paragraph
        found = _dated(stated_, doc.text, doc.published)
        framed = found.normal != stated_.normal and _FRAMES.match(doc.text[found.span.end : found.span.end + 60])
        if framed and _reports(found, doc.text, latest):
            return changed(doc, period=found.normal, period_text=found.text)
    for node in doc.outline:
        stated = heading_period(node.title) if node.level <= 1 and not _PLANS.search(node.title) else None
        if stated and stated.normal and not stated.normal.endswith("-"):
            return changed(doc, period=stated.normal, period_text=stated.text)
    return changed(doc, period_text=words) if words else doc
