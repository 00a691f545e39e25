"""Tables that list private persons: by their heads (身份证号, 户主姓名), or because a column holds their names."""

from __future__ import annotations

import re
from functools import lru_cache

import rjieba

from ingest.extract.name_evidence import is_headed, may_be_name
from ingest.extract.person_names import is_name
from ingest.extract.table_grid import Grid
from ingest.extract.table_words import Role, taken_apart
from ingest.headers import SURNAMES

_LONGEST = 20
_NAMES = 0.6
"""Share of a column that names of persons are; the rest begin with rare surnames, or are longer."""
_ANSWERS = re.compile(r"法人|负责|责任|代表|联系|领导|组长|书记|主任|校长|局长|镇长|乡长|院长|厂长|经理|专家|辅导|帮扶")
_MASKED = re.compile(r"[\u4e00-\u9fff]{1,2}[*＊×○]{1,3}[\u4e00-\u9fff]?")
_NO_PERSON = re.compile(r"[村庄镇乡县区市州旗屯寨沟湾堡坪岭坡河山桥店营关口滩场社组户校园院站所店厂路街家数额量率费款类业]$")
"""What names of places, offices and things end in and names of persons seldom do."""


def lists_persons(grid: Grid) -> bool:
    """Whether a head, or a label of a form, names what only a person has, or a column holds names of persons.

    Who answers for a row (负责人, 联系人: columns without figures) makes no list of persons.
    """
    top = range(min(len(grid.places), grid.data + 1))
    texts = {grid.text(row, column) for row in top for column in range(grid.width)}
    texts |= {grid.text(row, column) for row in range(len(grid.places)) for column in grid.labels[:1]}
    if any(taken_apart(text).role is Role.PERSON for text in texts if text and len(text) <= _LONGEST):
        return True
    return any(_holds_names(grid, column) for column in range(grid.width))


def _holds_names(grid: Grid, column: int) -> bool:
    if any(head.role is Role.NO_FIGURE or _ANSWERS.search(head.words) for head in grid.heads(column)):
        return False
    texts = [grid.text(row, column) for row in range(grid.data, len(grid.places))]
    filled = [text for text in texts if text and taken_apart(text).role is None]
    headed = any(is_headed(head.words) for head in grid.heads(column))
    names = sum(_is_named(text) or (headed and may_be_name("".join(text.split()))) for text in filled)
    return len(set(filled)) > 1 and names >= _NAMES * len(filled)


def _is_named(text: str) -> bool:
    return bool(_MASKED.fullmatch(text)) or is_name(text) or is_person(text)


@lru_cache(maxsize=16384)
def is_person(text: str) -> bool:
    """Whether a cell looks like the name of a person: two or three characters behind a surname, and no word of the language."""
    name = "".join(text.split())
    if not 2 <= len(name) <= 3 or name[0] not in SURNAMES or _NO_PERSON.search(name) or not re.fullmatch(r"[\u4e00-\u9fff]+", name):
        return False
    word, tag = rjieba.tag(name)[0]
    return word != name or tag.startswith("nr")
