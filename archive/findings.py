"""What is found in a document: units, statistics, checks and practices. Every one of them is a quote with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from archive.text import Span


class UnitKind(StrEnum):
    """What a unit of knowledge is."""

    EXPERIENCE = "EXPERIENCE"
    MEASURE = "MEASURE"
    RESULT = "RESULT"
    PROBLEM = "PROBLEM"
    RECOMMENDATION = "RECOMMENDATION"


class Relation(StrEnum):
    """How one finding leads to another."""

    ADDRESSES = "ADDRESSES"  # from a measure to the problem that it is meant for
    ACHIEVES = "ACHIEVES"  # from a measure to a result that it led to
    MEASURED_BY = "MEASURED_BY"  # from a result to a figure that counts it
    ANSWERS = "ANSWERS"  # from a recommendation to the problem that it answers


class Qualifier(StrEnum):
    """How exactly a figure is stated."""

    EXACT = "EXACT"
    ABOUT = "ABOUT"
    MORE_THAN = "MORE_THAN"
    AT_LEAST = "AT_LEAST"
    AT_MOST = "AT_MOST"
    RANGE = "RANGE"


class Measure(StrEnum):
    """What kind of quantity a figure is."""

    COUNT = "COUNT"
    PERCENT = "PERCENT"
    MONEY = "MONEY"
    AREA = "AREA"
    LENGTH = "LENGTH"
    DURATION = "DURATION"
    FREQUENCY = "FREQUENCY"
    POPULATION = "POPULATION"
    WEIGHT = "WEIGHT"
    OTHER = "OTHER"


class Status(StrEnum):
    """Whether a figure is a fact, a plan or a rule."""

    ACTUAL = "ACTUAL"
    PLANNED = "PLANNED"
    REQUIRED = "REQUIRED"


class Aspect(StrEnum):
    """What a figure says of its indicator."""

    LEVEL = "LEVEL"  # how much of it there is
    CHANGE = "CHANGE"  # by how much it grew or fell
    SHARE = "SHARE"  # what part of a whole it is
    RATE = "RATE"  # a rate by its own name: 森林覆盖率
    AVERAGE = "AVERAGE"  # for one person, household, mu or year: 人均, 户均, 每名


class Direction(StrEnum):
    """Which way a change goes."""

    UP = "UP"
    DOWN = "DOWN"


class PracticeKind(StrEnum):
    """What a named practice calls itself."""

    ACTION = "ACTION"  # 行动
    PROJECT = "PROJECT"  # 项目, 工程
    MODEL = "MODEL"  # 模式
    MECHANISM = "MECHANISM"  # 机制
    INSTITUTION = "INSTITUTION"  # 制度
    BRAND = "BRAND"  # 品牌
    METHOD = "METHOD"  # 工作法
    SYSTEM = "SYSTEM"  # 系统
    PLATFORM = "PLATFORM"  # 平台
    OTHER = "OTHER"


class PracticeState(StrEnum):
    """Whether a practice or a system is there already."""

    IN_USE = "IN_USE"
    TRIAL = "TRIAL"
    PLANNED = "PLANNED"


class CheckKind(StrEnum):
    """What relation of figures a check recomputes."""

    SHARE = "SHARE"  # 278/350=79.4%
    SUM = "SUM"  # 12+8=20
    CHANGE = "CHANGE"  # 31-23=8, (2500-2000)/2000=25%
    AVERAGE = "AVERAGE"  # 1200/300=4
    PRODUCT = "PRODUCT"  # 50×3000=150000
    RATIO = "RATIO"  # 32000/16000=2:1
    REPEATED = "REPEATED"  # one figure printed in several places
    PAIRED = "PAIRED"  # as many things as holders: 69 grids, 69 maps
    BOUND = "BOUND"  # a part is no more than its whole


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document with their place in its clean text: `text[span.start:span.end] == text`."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """An experience, measure, result, problem or recommendation.

    `quote` is the heading or lead sentence that names it (without its mark, which is `marker`); `extent` covers all that the text says
    under it. `path` is the address in the outline (`一/（二）/二是`) of the node that the unit is or stands in. `parent` is a unit's id.
    """

    id: str
    kind: UnitKind
    quote: str
    span: Span
    extent: Span
    marker: str | None = None
    path: str | None = None
    parent: str | None = None
    themes: tuple[str, ...] = ()
    cue: str | None = None  # the words that decided `kind`
    place: str | None = None
    adcode: str | None = None
    place_inferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NormalForm:
    """A figure in the form in which those of different documents can be laid side by side.

    `indicator` is the thesaurus's preferred term for what is counted, or, where `listed` is False, the subject without the words that say
    where, when and how much; None where those that are left say too little (增加值, without its trade). `whole` is the indicator that it
    is a part of, where the subject names it (网格员中党员). `direction` belongs to a change. `modifiers` are words that narrow the figure
    (累计, 同比, 新增). `value` and `max_value` are in `unit`, a normal unit.
    """

    indicator: str | None
    listed: bool
    aspect: Aspect
    value: int | float
    unit: str
    max_value: int | float | None = None
    whole: str | None = None
    direction: Direction | None = None
    modifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What one finding has to do with another, by words of the text: `start` and `target` are ids, `cue` the words that say so.

    `start` is a unit's id; `target` a unit's, and for MEASURED_BY a statistic's. There is no link without a cue.
    """

    start: str
    relation: Relation
    target: str
    cue: Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic:
    """A quantity of something real. Conventions: tests/gold/README.md.

    `value` has 万 and 亿 folded in; `max_value` is set for RANGE only. `unit` is the measure word as printed (人, 户, 元, %).
    `subject` is the noun that is counted. `place` is the printed name of what the figure's own sentence is about, `adcode` its code.
    `period` is the normal form (2025, 2025-H1, 2016-), `period_text` the words; `period_inherited` when only the document states it.
    `unit_id` is the innermost unit whose extent holds the figure. `normal` is None for a figure without a subject. `confidence` (0 to 1)
    is the least of what a machine recognised under the quote; None where the file held the characters.
    """

    id: str
    quote: str
    span: Span
    value: int | float
    unit: str
    subject: str | None
    measure: Measure
    qualifier: Qualifier = Qualifier.EXACT
    max_value: int | float | None = None
    status: Status = Status.ACTUAL
    place: str | None = None
    adcode: str | None = None
    place_inferred: bool = False
    period: str | None = None
    period_text: str | None = None
    period_inherited: bool = False
    unit_id: str | None = None
    normal: NormalForm | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A relation between printed figures, recomputed.

    `relation` reads like `278/350=79.4%`, with 万 and 亿 folded in. `kind` tells what relation it is.
    `holds` is None where the printed figures (余, 多) do not decide it.
    """

    id: str
    relation: str
    holds: bool | None
    kind: CheckKind
    quotes: tuple[Quote, ...]
    statistics: tuple[str, ...] = ()
    stated: float | None = None
    computed: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckCoverage:
    """How far a document's figures check each other: `checked` of its `total` figures took part in a check ("checked 12 of 54").

    `holding`, `failing` and `undecided` count the checks. A figure that nothing printed can be held against is not checked, which says
    nothing against it.
    """

    checked: int = 0
    total: int = 0
    holding: int = 0
    failing: int = 0
    undecided: int = 0


def check_coverage(statistics: Sequence[Statistic], checks: Sequence[Check]) -> CheckCoverage:
    """The coverage of one document's figures by its checks."""
    taking_part = {identifier for check in checks for identifier in check.statistics}
    holds = [check.holds for check in checks]
    return CheckCoverage(
        checked=sum(figure.id in taking_part for figure in statistics),
        total=len(statistics),
        holding=holds.count(True),
        failing=holds.count(False),
        undecided=holds.count(None),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """A practice that the text calls by a name of its own (“书记项目”, 珠峰党建信息管理系统).

    `name` is without quotation marks; `key` is the same for all names of one practice, in whatever document. `state` is None where the
    text does not say; `cue` holds the words that decided it.
    """

    id: str
    name: str
    key: str
    kind: PracticeKind
    quote: str
    span: Span
    state: PracticeState | None = None
    cue: str | None = None
    place: str | None = None
    adcode: str | None = None
    place_inferred: bool = False
    unit_id: str | None = None
