"""The enums of the archive as the API publishes them, with a description for every value; importing this publishes them."""

from __future__ import annotations

from archive.findings import Aspect, Direction, Measure, PracticeKind, PracticeState, Qualifier, Relation, Status, UnitKind
from archive.records import Genre, PlaceLevel, PlaceRole, SourceState
from archive.side_by_side import DifferenceKind
from schema.describe import describe

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
