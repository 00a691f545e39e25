"""Facts about one private person: the villager, the household or the poor of a name. They stay text and are no findings."""

from __future__ import annotations

import re

import rjieba

from archive.changed import changed
from archive.records import Document
from ingest.extract.person_names import is_name, name_at

_WHO = re.compile(
    r"(?:村民|居民|社员|市民|牧民|户主|群众|老乡|贫困户|脱贫户|低保户|监测户|特困户|五保户|困难户|农户|养殖户|种植户|种植大户|养殖大户|残疾人|老人|学生|同学)"
)
_OFFICE = re.compile(r"党员|书记|主任|支书|村医|网格员|[组队社]长|能人|带头人|负责人|理事长")
_THINGS = ("n", "ng", "vn")  # 桌子, 床: what sheets and tables are counted of
_ANSWERS_FOR = ("包联", "包保", "联系", "包抓")
_HOUSE = re.compile(r"(?:一)?家(?=$|[养种有里庭共今去年承流])|夫妇|两口子|一家|户(?=$|[养种])")
_OWN = re.compile(r"(?:家庭|个人|全家|家里|家中)|(?:年|月)(?:纯|均|总)?(?:收入|工资)$|^(?:务工|打工)收入")
_BREAK = re.compile(r"[。！？；\n]")
_WHOLE = re.compile(r"[全各][省市州县区旗镇乡村社]|共有|累计|合作社|公司|基地")
_LONGEST = 200
_SERIAL = re.compile(r"[ \t\u3000]*\d{1,4}[ \t\u3000]*张(?P<given>[\u4e00-\u9fff]{1,2})[ \t\u3000]*(?:$|\n)")


def named_in(words: str) -> bool:
    """Whether the words are about a person by name: 村民李秀英发展脐橙种植, 张伟家养牛, 王建国包联, or the name alone."""
    if is_name(words):
        return True
    if any(name_at(words, who.end()) for cue in (_WHO, _OFFICE) for who in cue.finditer(words)):
        return True
    length = name_at(words, 0)
    if not length:
        return False
    rest = words[length:]
    return bool(_HOUSE.match(rest)) or (
        len(rest) > 1 and length > 2 and (rest[:2] in _ANSWERS_FOR or rjieba.tag(rest)[0][1].startswith("v"))
    )


def is_private(text: str, start: int, end: int, subject: str | None) -> bool:
    """Whether a figure at a place of a text is a private person's: by its subject, or 年收入 in the sentence about one.

    Also whether it is none, but a serial number and a name: 1 张三.
    """
    if subject and named_in(subject):
        return True
    line = text.rfind("\n", max(0, start - _LONGEST), start) + 1
    serial = _SERIAL.match(text, line, end + 8)
    if serial and rjieba.tag(serial["given"])[0] not in [(serial["given"], tag) for tag in _THINGS]:
        return True
    if not subject or not _OWN.search(subject):
        return False
    before = _BREAK.split(text[max(0, start - _LONGEST) : start])[-1]
    who = next((who for who in _WHO.finditer(before) if name_at(before, who.end())), None)
    return who is not None and not _WHOLE.search(before, who.end())


def without_private(document: Document) -> Document:
    """Stage: the units whose sentence is about a private person by name, what one says but for that, are dropped."""
    kept = tuple(unit for unit in document.units if not _about_one(unit.quote))
    return document if len(kept) == len(document.units) else changed(document, units=kept)


def _about_one(quote: str) -> bool:
    who = _WHO.search(quote, 0, 24)
    if who is None:
        return False
    length = name_at(quote, who.end())
    return bool(length) and not re.match(r"(?:激动|高兴|开心|笑着|感慨|这样)?地?(?:说|告诉|表示|介绍|道|感)", quote[who.end() + length :])
