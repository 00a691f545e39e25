"""What kind of writing a document is, from its head, its section names and its words. Each rule is a row with its cue."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from archive.changed import changed
from archive.records import Document, Genre

_SECTION_DEPTH = 1
_SECTION_NAME = 12
"""Code points: lines up to that length without a full stop name a section (案例背景, 主要做法)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`genre` when `holds(document, names of its sections, title and kicker)`; the first rule that holds decides."""

    genre: Genre
    holds: Callable[[Document, str, str], bool]


def _says(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


_RESEARCH = _says(r"调研|调查(?:报告|研究)|研究报告|课题|对策研究|的思考|的调查|情况分析$|分析报告")
_WORK = _says(r"政府工作(?:报告|总体|主要|安排|目标|回顾)|工作(?:总结|报告|汇报|要点)|汇报(?:材料|提纲)|经济运行|总结(?:报告)?$|述职")
_CASE = _says(r"典型案例|案例|经验(?:材料|做法|交流)|实践(?:探索)?$|探索(?:与)?实践|做法$")
_CALLED_CASE = _says(
    r"^(?:[^调研究]*(?:典型|优秀|创新|实践|治理|改革|工作))?案例(?![库分])[^调研究]{0,30}$|案例(?:[（(][^（）()]{1,10}[）)])?$"
)
_ADDRESS = _says(r"各位(?:代表|委员|领导|同志)")
_REVIEW = _says(
    r"(?:各位(?:代表|委员)|(?:过去(?:的)?)?[一五](?:年|年间)来，我们|在肯定成绩的同时，(?:我们|也)|(?:20\d{2}|今|新的?一)年(?:全县|全市|全区|政府)?工作的?(?:总体要求|指导思想|基本思路))"
)
"""How a chapter of a government's work report opens when its head was lost."""
_GROWTH = _says(r"同比|[比较](?:上年|去年|上月|同期)|增长\d")
_DENSE = 5
_OURS = _says(r"我们|我[省市县区州旗镇乡]")
_PRESS = _says(r"本报(?:记者|通讯员|讯)")
_EVENT = _says(r"(?:举行|召开|举办|启动|开班|揭牌|签约)|(?:座谈|推进|总结|调度|现场|动员|部署|观摩)会")
_RULES_TITLE = _says(
    r"(?:(?:实施|管理|工作|暂行|试行|考核|评定|评分|评价|奖惩|积分|操作)(?:细则|办法|方案|规定|制度|规程|标准)|细则|章程|公约|规约|通知|公告|公示|清单|目录)"
    r"(?:[（(][^（）()]{1,10}[）)])?$"
)
_TABLE_TITLE = _says(r"(?:表|册|名单|台账|统计|明细|一览)(?:[（(][^（）()]{1,16}[）)])?$")
_DOES = _says(r"做法|举措|成效|经验|启示|背景")
_LACKS = _says(r"问题|困难|不足|短板")
_ADVISES = _says(r"建议|对策|思路|打算|下一步|措施")
_LESSON = _says(r"启示|经验|体会")

RULES = (
    Rule(Genre.OTHER, lambda doc, sections, head: _is_tabular(doc)),
    Rule(Genre.WORK_REPORT, lambda doc, sections, head: bool(_WORK.search(head) or _ADDRESS.search(doc.text[:300]))),
    Rule(Genre.CASE, lambda doc, sections, head: _is_called_case(doc, head)),
    Rule(Genre.RESEARCH_REPORT, lambda doc, sections, head: bool(_RESEARCH.search(head))),
    Rule(Genre.WORK_REPORT, lambda doc, sections, head: not head and bool(_REVIEW.match(doc.text))),
    Rule(
        Genre.NEWS, lambda doc, sections, head: bool(doc.dateline_text or (doc.byline and "记者" in doc.byline) or _PRESS.match(doc.text))
    ),
    Rule(
        Genre.CASE,
        lambda doc, sections, head: bool(_CASE.search(head) or "案例" in sections or (_LESSON.search(sections) and _DOES.search(sections))),
    ),
    Rule(Genre.RESEARCH_REPORT, lambda doc, sections, head: bool(_LACKS.search(sections) and _ADVISES.search(sections))),
    Rule(Genre.WORK_REPORT, lambda doc, sections, head: len(_GROWTH.findall(doc.text)) >= _DENSE and bool(_OURS.search(doc.text))),
    Rule(Genre.OTHER, lambda doc, sections, head: bool(_RULES_TITLE.search(doc.title or ""))),
    Rule(Genre.NEWS, lambda doc, sections, head: bool(_EVENT.search(head))),
    Rule(Genre.CASE, lambda doc, sections, head: len(doc.outline) >= 3),
    Rule(Genre.NEWS, lambda doc, sections, head: bool(doc.title)),
    Rule(Genre.WORK_REPORT, lambda doc, sections, head: bool(_OURS.search(doc.text))),
    Rule(Genre.NEWS, lambda doc, sections, head: "。" in doc.text),
)


def _is_tabular(doc: Document) -> bool:
    """Whether a document is its tables: more of them is hidden from the rules for prose than is left, or its title is a table's."""
    if not doc.tables:
        return False
    left = len("".join(doc.text.split()))
    hidden = sum(table.span.end - table.span.start - len("".join(table.span.of(doc.text).split())) for table in doc.tables)
    return hidden > left or (bool(_TABLE_TITLE.search(doc.title or "")) and hidden > 0)


def _is_called_case(doc: Document, head: str) -> bool:
    """Whether the head, or the name of the file where the head says nothing else, calls a document a case."""
    name = PurePath(doc.source.name).stem.strip("0123456789 .-_、") if not _RESEARCH.search(head) else ""
    return any(_CALLED_CASE.search(part) for part in (*head.split(), name))


def find_genre(doc: Document) -> Document:
    """Fill `genre`; a photo story keeps the genre that its layout gave it."""
    if doc.genre is not Genre.OTHER:
        return doc
    unmarked = [line for line in doc.text.split("\n") if len(line) <= _SECTION_NAME and not line.endswith("。")]
    sections = " ".join([*(node.title for node in doc.outline if node.level <= _SECTION_DEPTH), *unmarked])
    head = " ".join(part for part in (doc.kicker, doc.title, doc.subtitle) if part)
    return changed(doc, genre=next((rule.genre for rule in RULES if rule.holds(doc, sections, head)), Genre.OTHER))
