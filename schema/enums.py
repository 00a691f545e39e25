"""The enums of the API: those of the archive with a description for every value, and the API's own."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum
from typing import TypeVar

import strawberry

from archive.findings import Aspect, Direction, Measure, PracticeKind, PracticeState, Qualifier, Relation, Status, UnitKind
from archive.records import Genre, PlaceLevel, PlaceRole, SourceState
from archive.side_by_side import DifferenceKind
from search.port import EngineKind

E = TypeVar("E", bound=Enum)


def describe(cls: type[E], description: str, values: Mapping[str, str]) -> type[E]:
    """Publish an enum of another layer; raises ValueError when `values` does not describe each of its members, and only those."""
    if list(values) != list(cls.__members__):
        raise ValueError(f"describe every value of {cls.__name__} in its order: {', '.join(cls.__members__)}")
    strawberry.enum(cls, description=description)
    definition = cls.__strawberry_definition__  # type: ignore[attr-defined]  # set by strawberry.enum
    for value in definition.values:
        value.description = values[value.name]
    return cls


class ItemType(StrEnum):
    """What a search can find; values are the kinds of index entries."""

    DOCUMENT = "DOCUMENT"
    KNOWLEDGE_UNIT = "UNIT"
    STATISTIC = "STATISTIC"
    PRACTICE = "PRACTICE"


class MatchMode(StrEnum):
    """How many words of a query an item must hold."""

    ALL = "ALL"
    ANY = "ANY"


class SearchSort(StrEnum):
    """The order of a search's hits."""

    RELEVANCE = "RELEVANCE"
    PUBLISHED_DESC = "PUBLISHED_DESC"
    PUBLISHED_ASC = "PUBLISHED_ASC"
    VALUE_DESC = "VALUE_DESC"
    VALUE_ASC = "VALUE_ASC"


class FacetField(StrEnum):
    """What hits can be counted by."""

    TYPE = "TYPE"
    GENRE = "GENRE"
    PLACE = "PLACE"
    THEME = "THEME"
    UNIT_KIND = "UNIT_KIND"
    PRACTICE = "PRACTICE"
    PRACTICE_KIND = "PRACTICE_KIND"
    PRACTICE_STATE = "PRACTICE_STATE"
    YEAR = "YEAR"
    SUBJECT = "SUBJECT"
    MEASURE = "MEASURE"
    MEASURE_WORD = "MEASURE_WORD"
    STATUS = "STATUS"
    INDICATOR = "INDICATOR"
    ASPECT = "ASPECT"
    SOURCE = "SOURCE"


class TotalRelation(StrEnum):
    """How exact a total is."""

    EXACT = "EXACT"
    AT_LEAST = "AT_LEAST"


class CellState(StrEnum):
    """What a cell of a comparison knows."""

    FOUND = "FOUND"
    READ_NOT_MENTIONED = "READ_NOT_MENTIONED"
    NO_DOCUMENT = "NO_DOCUMENT"


describe(
    ItemType,
    "What a search can find.",
    {
        "DOCUMENT": "A whole document: an article, a report or a case.",
        "KNOWLEDGE_UNIT": "An experience, measure, result, problem or recommendation.",
        "STATISTIC": "One figure with its subject, its unit and its quote.",
        "PRACTICE": "A practice or system that a text calls by a name of its own.",
    },
)
describe(
    MatchMode,
    "How many words of the query an item must hold.",
    {"ALL": "Every word.", "ANY": "At least one word; the more, the higher it ranks."},
)
describe(
    SearchSort,
    "The order of the hits; ties are broken by id.",
    {
        "RELEVANCE": "The best match first.",
        "PUBLISHED_DESC": "The newest document first; undated ones last.",
        "PUBLISHED_ASC": "The oldest document first; undated ones last.",
        "VALUE_DESC": "The largest figure first; items that are no figures last.",
        "VALUE_ASC": "The smallest figure first; items that are no figures last.",
    },
)
describe(
    FacetField,
    "What hits can be counted by.",
    {
        "TYPE": "Documents, units, statistics, practices.",
        "GENRE": "The genre of the document.",
        "PLACE": "The place and each place above it; a bucket's parentValue leads up the tree.",
        "THEME": "The themes.",
        "UNIT_KIND": "The kind of a knowledge unit.",
        "PRACTICE": "Named practices and systems.",
        "PRACTICE_KIND": "What a named practice calls itself: project, model, system, platform.",
        "PRACTICE_STATE": "Whether a practice is in use, on trial or planned.",
        "YEAR": "The year of the document.",
        "SUBJECT": "What a figure counts.",
        "MEASURE": "The kind of quantity of a figure.",
        "MEASURE_WORD": "The measure word of a figure, as printed.",
        "STATUS": "Whether a figure is a fact, a plan or a rule.",
        "INDICATOR": "What a figure counts, under the thesaurus's preferred term.",
        "ASPECT": "What a figure says of its indicator: level, change, share, rate, average.",
        "SOURCE": "The file that it came in.",
    },
)
describe(
    TotalRelation,
    "How exact a total is.",
    {"EXACT": "Counted to the last one.", "AT_LEAST": "There are this many or more."},
)
describe(
    CellState,
    "What a cell of a comparison knows; a place without documents is not a place without measures.",
    {
        "FOUND": "Documents about the place say something on the theme; the quotes stand in the cell.",
        "READ_NOT_MENTIONED": "Documents about the place were read, and no unit in them was found under the theme; "
        "the cell's `documents` are what was read.",
        "NO_DOCUMENT": "The archive holds no document about the place.",
    },
)
describe(
    EngineKind,
    "The search engine behind the archive.",
    {"EMBEDDED": "The engine inside the process (tantivy).", "ELASTICSEARCH": "An Elasticsearch cluster."},
)
describe(
    UnitKind,
    "What a unit of knowledge is.",
    {
        "EXPERIENCE": "A lesson stated for others to learn (经验启示).",
        "MEASURE": "An action that was taken (主要做法).",
        "RESULT": "An outcome that is claimed (成效).",
        "PROBLEM": "A difficulty that is admitted (存在的问题).",
        "RECOMMENDATION": "A next step that is proposed (对策建议, 下一步工作).",
    },
)
describe(
    Relation,
    "What one finding has to do with another.",
    {
        "ADDRESSES": "From a measure to the problem that it is meant for (针对…问题).",
        "ACHIEVES": "From a measure to a result that it led to (通过…, 有效解决).",
        "MEASURED_BY": "From a result to a figure that counts it.",
        "ANSWERS": "From a recommendation to the problem that it answers.",
    },
)
describe(
    Qualifier,
    "How exactly a figure is stated.",
    {
        "EXACT": "As it stands.",
        "ABOUT": "近, 约, 左右.",
        "MORE_THAN": "多, 余, 超, 突破.",
        "AT_LEAST": "以上, 不少于, 至少.",
        "AT_MOST": "以内, 不到, 不超过.",
        "RANGE": "From value to maxValue, as in 5-15户.",
    },
)
describe(
    Measure,
    "What kind of quantity a figure is.",
    {
        "COUNT": "A number of people or things.",
        "PERCENT": "A share or a rate in hundredths.",
        "MONEY": "An amount of money.",
        "AREA": "An area.",
        "LENGTH": "A length or a distance.",
        "DURATION": "A length of time.",
        "FREQUENCY": "So many times in a period (每月一次).",
        "POPULATION": "Residents.",
        "WEIGHT": "A weight.",
        "OTHER": "Anything else.",
    },
)
describe(
    Status,
    "Whether a figure is a fact, a plan or a rule.",
    {"ACTUAL": "Stated as a fact.", "PLANNED": "A target, a plan or a pledge.", "REQUIRED": "A rule or a standard."},
)
describe(
    Aspect,
    "What a figure says of its indicator.",
    {
        "LEVEL": "How much of it there is.",
        "CHANGE": "By how much it grew or fell, or how much of it was added or taken away (增长8%, 新增床位).",
        "SHARE": "What part of a whole it is (党员占比).",
        "RATE": "A rate by its own name (森林覆盖率).",
        "AVERAGE": "For one person, household, mu or year (人均, 户均, 每名).",
    },
)
describe(Direction, "Which way a change goes.", {"UP": "It grew.", "DOWN": "It fell."})
describe(
    DifferenceKind,
    "In what a figure differs from the first one of its row.",
    {
        "UNIT": "It is printed in another unit, and was converted (亩 beside 公顷); 名 and 人 are one unit.",
        "PERIOD": "It is of another time, or of one that is not known.",
        "STATUS": "One is a fact, the other a plan or a rule.",
        "PRECISION": "One is exact, the other is approximate, a bound or a range.",
        "INDICATOR": "It counts something near, but not the same (专职网格员 beside 网格员).",
        "PART": "One counts only those among a whole (网格员中党员 beside 党员).",
        "MODIFIER": "Its words narrow it otherwise (累计, 新增, 同比).",
        "DIRECTION": "One grew and the other fell.",
        "PLACE": "One is about a place of another level (a whole city beside a county).",
        "INFERRED": "Its place is not printed; other words of the text settle it.",
    },
)
describe(
    PracticeKind,
    "What a named practice calls itself.",
    {
        "ACTION": "行动.",
        "PROJECT": "项目, 工程.",
        "MODEL": "模式.",
        "MECHANISM": "机制.",
        "INSTITUTION": "制度.",
        "BRAND": "品牌.",
        "METHOD": "工作法.",
        "SYSTEM": "系统.",
        "PLATFORM": "平台.",
        "OTHER": "Anything else.",
    },
)
describe(
    PracticeState,
    "Whether a practice or a system is there already; null where the text does not say.",
    {"IN_USE": "It is in use.", "TRIAL": "It is being tried out.", "PLANNED": "It is announced for later."},
)
describe(
    Genre,
    "What kind of writing a document is.",
    {
        "RESEARCH_REPORT": "A research report (调研报告).",
        "CASE": "A practice case (典型案例, 经验材料).",
        "NEWS": "A news article.",
        "PHOTO_NEWS": "A photograph with a text of its own (图片新闻).",
        "WORK_REPORT": "A work report (工作总结, 政府工作报告).",
        "OTHER": "Anything else, or not known.",
    },
)
describe(
    SourceState,
    "What became of a file.",
    {"READ": "It was read.", "PARTIAL": "It was read, with warnings.", "FAILED": "It could not be read."},
)
describe(
    PlaceLevel,
    "The level of an administrative division.",
    {
        "COUNTRY": "国家.",
        "PROVINCE": "省, 自治区, 直辖市.",
        "PREFECTURE": "地级市, 地区, 自治州, 盟.",
        "COUNTY": "县, 区, 县级市, 旗.",
        "TOWNSHIP": "乡, 镇, 街道, 苏木.",
        "VILLAGE": "村, 社区, 嘎查.",
        "UNRESOLVED": "A name that nothing settles, such as X县.",
    },
)
describe(
    PlaceRole,
    "Whether a document is about a place, or only names it.",
    {"PRIMARY": "The document is about it.", "MENTIONED": "The document names it."},
)
