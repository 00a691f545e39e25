"""Finds the statistics of a document: figures with what they count, where, when, and whether they are fact, plan or rule."""

from __future__ import annotations

import re

from archive.changed import changed
from archive.findings import Measure, Qualifier, Statistic
from archive.ids import fact_id
from archive.layout import confidence
from archive.records import Document, PlaceMention
from archive.text import Span
from ingest.extract.document_period import day_of, this_year_of
from ingest.extract.normal_forms import normal_form
from ingest.extract.numerals import fold
from ingest.extract.periods import PeriodText, scan
from ingest.extract.place_scope import place_reader
from ingest.extract.private_persons import is_private
from ingest.extract.statistic_context import name_all
from ingest.extract.statistic_figures import Figure, figures
from ingest.extract.statistic_noise import Cover, labels, names
from ingest.extract.statistic_parts import Named
from ingest.extract.statistic_periods import PeriodReader
from ingest.extract.statistic_places import without_places
from ingest.extract.statuses import Breaks, StatusReader
from ingest.extract.year_meant import dated

_DURATION = re.compile(
    r"(?:不少于|不低于|至少|满|为期|历时|[天时]数|无霜期|用时|耗时|[仅只][用需]|最快|持续|达到?|长达|延长|缩短|压缩|减少|超过?|不超过|任期|期限|年限|周期|寿命|工龄|时限|时间|时长|车程|工期|累计|平均|保质期|合同期|提前|分别|由|从|至|到|控制在|工作|节省|节约)[^，。；\d]{0,6}$"
)
_DURATION_AFTER = re.compile(r"^(?:内|以内|以上|之内|缩短|压缩|减少|降|左右|的(?:时限|时间|期限|周期))")
_SECOND = re.compile(r"(?:缩短|压缩|减少|延长|降|为|到|至)[^，。；]{0,3}\d[\d.]{0,4}(?:分钟|小时|天|个工作日|个月|年)(?:和|、|及)$")
_SERVED = re.compile(r"(?:满|从[业教警医军政艺]|执教|任教|行医|参军|坚守|守护|任职|服务|连续|驻村|参保)[^，。；\d]{0,4}$")
_GROUP = re.compile(
    r"^[^，。；：、,;:\d\n]{0,14}?(?:项目|企业|工程|园区|基地|大户|考生|学生|公司|商户|桥梁|水库|道路|河流|大棚|合作社|农场|灌区|产品|村|户)"
    r"(?:已|共|现|就|达|有|到|为|超过|突破|近|约){0,3}\d"
)
_CLASS = re.compile(r"^的\d")
_OUTLAY = re.compile(r"(?:投入|争取|完成|发放|筹集|整合|拨付|增收|节约|筹措|募集|达到?|超过?|突破|[^总]投资)$")
_RUNNING = re.compile(r"连续$")
_GOES_ON = re.compile(r"(?![^，。；\n]{0,12}\d)[^\s，。；、,;:)”的来以之多余前后]")
_AGE = re.compile(r"(?:年龄|岁数|寿命|龄)[^，。；]{0,10}$")
_AGED = re.compile(r"^(?:之间)?(?:的|\d|[^，。；、\d]{0,4}(?:儿童|妇女|人口|老人|居民|群众|青年|党员|干部|学生|幼儿|人员|男性|女性))")
RESIDENTS = re.compile(r"(?:人口|居民)(?:数|总数|增加|减少|受益|有|共有|达到?|已?超过?)?$|(?:总|常住|户籍)人口|中少数民族$")
"""The end of a subject that counts the people of a place, not its staff or members."""
_DESCRIBED = re.compile(r"的|\d")
_COUNTED = (Measure.COUNT, Measure.PERCENT, Measure.POPULATION)
_SMALL = frozenset(range(11))
_HAN_CUE = re.compile(
    r"(?:共|达|增加|新增|累计|建成|修建|配备|选派|聘请|引进|覆盖|安排|落实|新建|培育|成立|组建|设立|设置|购置|下辖|辖|现有|共有|有|发展|带动|资助|救助|转移|帮扶|整治|拆除)[了到至有]{0,2}[^，。；\d]{0,8}$"
)


def find_statistics(doc: Document) -> Document:
    """Fills `statistics`. Reads `period`, `places`, `mentions` and `outline` where earlier stages filled them."""
    folded = fold(doc.text)
    this_year = this_year_of(doc)
    dates = list(dated(doc, scan(doc.text, this_year, folded, day_of(doc)), this_year))
    titles = names(folded)
    found = [figure for figure in counted(folded, dates, titles) if not _joins_cells(doc, folded, figure)]
    named = name_all(folded, found, [date.span for date in dates])
    if doc.mentions:
        named = without_places(folded, named, {mention.span.of(folded) for mention in doc.mentions})
    named = [item for item in named if not is_private(folded, item.figure.start, item.figure.end, item.subject)]
    breaks = Breaks(folded)
    statuses, periods = StatusReader(doc, folded, breaks), PeriodReader(doc, folded, dates, breaks, Cover(titles))
    places = _places(doc, named)
    statistics = tuple(
        _statistic(doc, number, item, place, (statuses, periods)) for number, (item, place) in enumerate(zip(named, places, strict=True), 1)
    )
    return changed(doc, statistics=statistics)


def _places(doc: Document, named: list[Named]) -> list[PlaceMention | None]:
    """The place of each figure: that which 分别 deals out to it, else that of its sentence."""
    reader = place_reader(doc)
    ends = {mention.span.end: mention.key for mention in doc.mentions} if any(item.dealt for item in named) else {}
    given = [reader.place(ends[item.dealt.span.end]) if item.dealt and item.dealt.span.end in ends else None for item in named]
    return [place or reader.at(item.figure.start) for item, place in zip(named, given, strict=True)]


def _joins_cells(doc: Document, folded: str, figure: Figure) -> bool:
    """Whether a figure that a machine read in a picture has its unit from the next line, which is another cell of a table."""
    if folded[figure.end - 1].isdigit():
        broken = folded[figure.end : figure.end + 2].lstrip(" ").startswith("\n")
    else:
        broken = "\n" in folded[figure.start : figure.end]
    span = Span(figure.start, figure.end)
    return broken and confidence(doc.layout, doc.offsets.to_source(span)) is not None


def counted(folded: str, dates: list[PeriodText], titles: list[Span]) -> list[Figure]:
    """The figures of a folded text that are statistics: not in names, labels or dates, and no ages or years that only describe."""
    noise = Cover([*titles, *labels(folded), *(date.span for date in dates)])
    return [figure for figure in figures(folded) if not noise.touches(figure.start, figure.end) and _counts(folded, figure)]


def _counts(folded: str, figure: Figure) -> bool:
    """Whether a figure of an ambiguous measure word counts anything."""
    before = folded[max(0, figure.start - 16) : figure.start]
    after = folded[figure.end : figure.end + 24]
    if (
        figure.han
        and figure.measure is not Measure.PERCENT
        and figure.qualifier is Qualifier.EXACT
        and figure.value in _SMALL
        and not _HAN_CUE.search(before)
    ):
        return False
    if _only_describes(folded, figure, before, after):
        return False
    if figure.unit == "日":
        return figure.tail > 0
    if figure.measure is Measure.DURATION:
        return _lasts(folded, figure, before, after)
    if figure.unit in ("岁", "周岁"):
        return bool(_AGE.search(before)) or (figure.qualifier is Qualifier.RANGE and not _AGED.match(after))
    return True


def _only_describes(folded: str, figure: Figure, before: str, after: str) -> bool:
    """Whether what follows is counted and the figure tells its class: 收入10万元以上的村, 600分以上32人, 500万元以上项目75个."""
    if figure.measure is Measure.MONEY and figure.qualifier is Qualifier.RANGE and _CLASS.match(after):  # 5万元至10万元的82个
        return True
    if figure.measure is Measure.PERCENT or not figure.tail or folded[figure.end - 1] not in "上下":
        return False
    grouped = figure.measure not in _COUNTED and _GROUP.match(after) and not _OUTLAY.search(before)
    return bool(grouped or _DESCRIBED.match(after))


def _lasts(folded: str, figure: Figure, before: str, after: str) -> bool:
    """Whether a stretch of time is stated as one (办结时限3天), and is no age of a person or of an office, nor a year (2019 年)."""
    if figure.unit == "年" and 1900 <= figure.value < 2100:
        return False
    if after.startswith("的") and _SERVED.search(before):  # 从业满5年的护理员: the years only describe whom the sentence speaks of
        return False
    if _RUNNING.search(before):  # 连续8年没有发生事故, but not 连续8年保持在600公斤
        return bool(_GOES_ON.match(folded, figure.end))
    return bool(
        _DURATION.search(before) or _SECOND.search(before) or _DURATION_AFTER.match(folded[figure.end - figure.tail : figure.end + 6])
    )


def _statistic(
    doc: Document, number: int, item: Named, place: PlaceMention | None, readers: tuple[StatusReader, PeriodReader]
) -> Statistic:
    figure, span = item.figure, item.span
    if figure.lead is not None and figure.lead < span.start:
        span = Span(figure.lead, span.end)
    status = readers[0].at(figure.start, figure.end)
    period = readers[1].at(figure.start, figure.end, status, item.dealt)
    measure = figure.measure
    if measure is Measure.COUNT and figure.unit == "人" and (RESIDENTS.search(item.subject or "") or item.residents):
        measure = Measure.POPULATION
    return Statistic(
        id=fact_id("STAT", doc.id, number),
        quote=doc.text[span.start : span.end],
        span=span,
        value=figure.value,
        max_value=figure.max_value,
        unit=figure.unit,
        subject=item.subject,
        measure=measure,
        qualifier=figure.qualifier,
        status=status,
        place=place.name if place else None,
        adcode=place.adcode if place else None,
        place_inferred=place.inferred if place else False,
        period=period.normal,
        period_text=period.text,
        period_inherited=period.inherited,
        normal=normal_form(item.subject, figure, doc.text, place.name if place else None),
    )
