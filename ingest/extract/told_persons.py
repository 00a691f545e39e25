"""Sentences and lines that tell of one private person: 赵立新，男，66岁，红岩村二组，家庭人口2人，年收入2900元.

A name alone says little (高平 is a town, and an official has a name too). A name with two things behind it that only a person has, or
that only a household in need has, is a private person's, unless an office or what was done for others says that it is an example.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from archive.text import Span
from ingest.extract.name_evidence import may_be_name
from ingest.extract.people_names import is_part
from ingest.extract.person_names import HIDDEN, SURNAME

_HAN = "\u4e00-\u9fff"
PERSONAL_NUMBER = r"[\d*](?<![\d*.].)(?:(?<=1)[3-9][\d*]{9,12}|[\d*]{16}[\dXx*][\d*]{0,6})(?![\d*])"
"""An identity number or a mobile telephone, masked ones too; the digits of the next cell may have been joined to it."""
_COUNT = r"\d一二三四五六七八九十"
_KINDS = {
    "sex": rf"[男女](?<![{_HAN}].)性?(?:(?=[，,、；;）)。\n]|$)|(?=[ \t\u3000])(?![ \t\u3000]+\d+(?!\d|\s?岁|年)))",
    "age": rf"岁(?:(?<=[{_COUNT}]岁)|(?<=[{_COUNT}]周岁))(?![以之及至到\-—~～（(]?[上下内外\d]|以)",
    "household": r"家(?<![专大国厂商独]家)"
    r"(?:庭(?:常住)?(?:人口|成员)[:：为共有]*|[中里](?:共?有)?|有|(?<=[全一]家)共?有?)1?[1-9](?:口人|[口人])(?!以)",
    "born": rf"生(?:(?<=\d[年月日]生)|(?<=\d[年月日]出生))(?![{_HAN}])|生于(?<=[，,出年月日]生于)",
    "number": PERSONAL_NUMBER,
    "group": rf"[村区](?:(?<=村)|(?<=社区))第?[{_COUNT}]{{1,3}}(?:村民小组|小组|[组社队屯])",
    "need": r"因[病残灾]|住院|低保|欠债|负债|救助|残疾|致残|五保|特困|大病|(?:贫困|脱贫|监测|困难)户(?=[，,、；）)。])",
}
"""What only one person has, and what only one household in need has. Each begins with its characters rather than with what stands before
them and is looked for by itself, so that a text is searched ten times as fast."""
_SIGNS = {kind: re.compile(pattern) for kind, pattern in _KINDS.items()}
_HOLDER = re.compile(r"(?:户主|姓名|户主姓名|(?:低保|贫困|脱贫|监测|特困|五保|困难|边缘)(?:户|对象|人员)|救助对象)[:：]?\s*$")
_BEFORE = "户主民众人员象组屯村社队中名问访望有为是如"
"""What a name stands right behind: 户主, 村民, 其中, 二组, 走访, 第一书记 not."""
_VILLAGE = re.compile(rf"(?<![{_HAN}\d])[{_HAN}]{{1,8}}$")
_SURNAMED = re.compile(rf"[{SURNAME}][{_HAN}]{{1,2}}")
"""A name where a sex stands behind it, which no place has, though the words are others too: 冷水生，男."""
_BEHIND = r"(?=[，,：:；;、（(]|[ \t\u3000]|今年|老[人汉]|夫妇|家[，,]|现年|年仅|家庭|一家|全家|因病|因残|患|年收入|住院|欠债)"
_NAME = re.compile(
    rf"(?:(?<![{_HAN}])|(?<=[{_BEFORE}])|(?=[{SURNAME}]某))"
    rf"(?P<name>[{SURNAME}](?:{HIDDEN}|[*＊×○]{{1,2}})|[{_HAN}]{{2,8}}?|[{_HAN}]{{1,8}}(?:[·・•][{_HAN}]{{1,8}}){{1,3}}){_BEHIND}"
)
_OFFICE = (
    "书记|主任|支书|[组队社村镇乡县市区局厅处科站所院校园场厂行会]长|干部|(?:网格|[党委队]|联络|调解|指导|特派|宣传|信息|服务|技术|教练|研究|辅导)员"
    "|代表|理事长|董事长|经理|负责人|带头人|传承人|创始人|能人|能手|大户|模范|标兵|先进个人|劳模|教师|医生|村医|法官|民警|记者|教授|专家|工匠|志愿者"
)
_OFFICE_BEFORE = re.compile(rf"(?<!困难)(?<!困难老)(?:{_OFFICE})$")
_NOT_OWN = "由|责任|联系|包[联保]|结对|帮扶|其|儿子|女儿|妻子|丈夫|父亲|母亲|配偶|孙"
"""What says that the office is another's: 儿子是教师, 帮扶责任人是村主任."""
_OFFICE_BEHIND = re.compile(rf"[，,、（(](?![^，,、；]{{0,16}}(?:{_NOT_OWN}))[^，,、；。]{{0,20}}?(?:{_OFFICE})(?=[，,、；）)。]|$)")
_DEEDS = re.compile(
    r"投资|建成|(?:带领|带动|帮助|辐射)(?!下|其)|(?<!被)吸纳(?!其)|创办|领办|开办|成立|组建|牵头|现任|历任|担任(?!保洁|护林|公益)|当选|荣获|获评|被评为"
    r"|(?:服务|走访|培训|慰问)(?=[了过]?(?:居民|群众|村民|企业|农户|学员|困难|\d))"
)
_POOR = re.compile(
    r"家庭(?:常住)?人口[:：为共有]*1?\d(?!\d)|因病住院|住院花费|(?:月领|享受|领取)低保|欠债[约达近]?(?=\d|[，,、；。]|$)|五保户(?=[，,、；。]|$)"
)
"""What no example of good practice is told with, whatever the office: 中共党员，家庭人口2人，欠债2万元."""
_PART, _END = re.compile(r"[。！？；;\n](?<![，,、]\n)"), re.compile(r"[。！？\n](?<![，,、]\n)")
_OF_A_PLACE = re.compile(r"[，,；;、](?:截至目前|目前|至此)?[，,]?(?:[全该我各][省市州县区旗镇乡村社]|(?=[^，,；;]{0,8}共有))")
_FOLLOWS = re.compile(r"[ \t\u3000]*(?:该户|[其他她](?:家|[妻夫父母子女儿患因])|家庭|家[中里]|全家|一家|年收入|月领|现欠|夫妇|因[病残])")
_HOUSEHOLDS = re.compile(r"\d\s*户|\d\d\s*[人名]")
"""What is counted at a place, which may be called like a person: 石泉，红岩村二组，因病致贫12户."""
_NEAR = 30
"""Characters from a name to the first sign, which stands beside it."""
_LEAST = 2
_MOST = 40
"""Signs of a sentence that are looked at."""
_FAR = 1_000
"""Characters that a sentence is looked at: a text may have none that ends."""


class _Sign(NamedTuple):
    start: int
    end: int
    kind: str
    text: str


def told_persons(text: str) -> Iterator[Span]:
    """The ranges of `text` that tell of one private person, from the name to the end of the sentence or line. In order, apart.

    What stands before the name stays (低保户12户，其中…), and so does what is said of the place behind it (；全村共有…).
    """
    signs = sorted(_Sign(*one.span(), kind, one[0]) for kind, sign in _SIGNS.items() for one in sign.finditer(text))
    until = 0
    for number, sign in enumerate(signs):
        if sign.end <= until:
            continue
        end = _end_of(_PART, text, sign.end)
        beside = [one for one in signs[number : number + _MOST] if one.start < end]
        name = _private(text, max(until, _start(text, sign.start)), end, beside)
        if name is not None:
            until = _end_of_person(text, end)
            yield Span(name, until)


def _start(text: str, at: int) -> int:
    near = max(0, at - _NEAR - 2 * len("户主姓名："))
    return max((found.end() for found in _PART.finditer(text, near, at)), default=near)


def _end_of(mark: re.Pattern[str], text: str, at: int) -> int:
    found = mark.search(text, at, at + _FAR)
    return found.start() if found else min(len(text), at + _FAR)


def _private(text: str, start: int, end: int, signs: list[_Sign]) -> int | None:
    """Where the name of a private person begins, if the signs from it to the end say so; the group of a village may stand before it."""
    sign, sexes = signs[0], {one.text[0] for one in signs if one.kind == "sex"}
    kinds = {one.kind for one in signs if one.kind != "sex" or len(sexes) == 1}
    if len(kinds) + 1 < _LEAST or (name := _name(text, start, end, sign)) is None:
        return None
    behind = text[name.end() : end]
    holder = _HOLDER.search(text, start, name.start())
    if kinds <= {"group", "need"} and _HOUSEHOLDS.search(behind):
        return None
    if len(kinds) + bool(holder) < _LEAST or (_is_example(text[start : name.start()], behind) and not _POOR.search(behind)):
        return None
    village = _VILLAGE.search(text, start, sign.start) if sign.kind == "group" else None
    return min(sign.start, *(one.start() for one in (name, holder, village) if one))


def _name(text: str, start: int, end: int, sign: _Sign) -> re.Match[str] | None:
    """The name that stands right before a sign, or behind it where the sign is the group of a village: 红岩村二组赵立新."""
    if sign.kind == "group":
        behind = _NAME.match(text, sign.end, end)
        if behind and _is_name(behind["name"]):
            return behind
    at = start
    while (found := _NAME.search(text, at, sign.end)) and found.start() < sign.start:
        told = _is_name(found["name"]) or (sign.kind == "sex" and _SURNAMED.fullmatch(found["name"]))
        if told and sign.start - found.end() <= _NEAR:
            return found
        at = found.start() + 1
    return None


def _is_name(word: str) -> bool:
    return may_be_name(word) or is_part(word)


def _is_example(before: str, behind: str) -> bool:
    """Whether an office, or what was done for others, says that the person is told of as an example."""
    return bool(_OFFICE_BEFORE.search(before) or _OFFICE_BEHIND.search(behind) or _DEEDS.search(behind))


def _end_of_person(text: str, at: int) -> int:
    """The end of the sentence, or of the next that goes on about the household; before what is said of the whole place."""
    end = _end_of(_END, text, at)
    while text[end : end + 1] == "。" and _FOLLOWS.match(text, end + 1):
        end = _end_of(_END, text, end + 1)
    place = _OF_A_PLACE.search(text, at, end)
    return place.start() if place else end
