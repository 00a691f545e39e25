"""Gives each figure of a text its subject and its quote, looking at the figures beside it: 其中 parts, shares, changes, 分别 lists."""

from __future__ import annotations

import re
from dataclasses import replace

from archive.findings import Measure
from archive.text import Span
from ingest.extract.dealt_lists import dealt_out, of_dealt
from ingest.extract.statistic_figures import Figure
from ingest.extract.statistic_parts import PEOPLE, Dealt, Named, as_part, holder_of_share, look_ahead, may_go_on, of_other_kind, whole_of
from ingest.extract.subjects import MADE_OF, NOTHING, Found, change_of, joined, prefers_before, share_of, tidy, without_change
from ingest.extract.subjects_after import after
from ingest.extract.subjects_before import before
from ingest.extract.subjects_clauses import clause_before, compared_with, headless, told_behind
from ingest.extract.subjects_lists import LIST, LISTED, again, respective, size_of
from ingest.extract.subjects_named import names_nothing
from ingest.extract.wording import lists, words

_SENTENCE = re.compile(r"[。！？!?\n]")
_TIMES = frozenset(("次", "场", "场次", "人次", "期", "轮", "回", "批", "批次", "件", "起", "户次", "项"))
_LONGEST = 36
_RANK = re.compile(r"(?:国家|[省市县区乡镇村州部])级")
_AMONG = ("中有", "中仅有", "中只有", "中的")
_ENDS_CLAUSE = re.compile(r"[，。；,;、\n)]|$")
_RUNNING = re.compile(r"[^，。；：、,;:!?\n]{2,16}")
_CHANGES = re.compile(r"的|左右|缩|压|减|延|降|提|增|变|调|为|到(?!达)|至(?!少)")
_TO_ALL = re.compile(r"^占(?:到了?|了|据了?)")
_EACH = re.compile(r"每(?:公?斤|[吨亩人户月年天头只股度方件]|平方米|立方米|千瓦时)")
_OF_WHOLE = re.compile(r"(?<=.{2})占(?![比地用道有据领]).{1,12}$")
_GOAL = re.compile(r"(?P<of>(?:完成|占)[^，。；、\d%]{0,8}(?:目标|任务|计划|预算|指标)[^，。；、\d%]{0,8}?)的?$")
_DAILY = re.compile(r"[日月年]均?(?:产生?|收集|清运|加工|处理|生产)(?=.{2})")
_LEVEL = re.compile(r"(?:到|至|达到?|为)(?:\d{4}年[底末]?的?)?(?:了|近|约|超过?|不足|不到|每[^每，。；\d]{1,4}){0,2}$")


def name_all(text: str, found: list[Figure], dates: list[Span]) -> list[Named]:
    """The figures of a folded text with their subjects, in order."""
    named_: list[Named] = []
    waiting: list[str] = []
    dealt: dict[int, Dealt] = {}
    size = 0  # of the list of subjects that the figure before closed
    date_at = 0
    for index, figure in enumerate(found):
        limit = found[index + 1].start if index + 1 < len(found) else len(text)
        previous = _previous(text, figure, named_)
        while date_at < len(dates) and dates[date_at].end <= figure.start - 60:
            date_at += 1
        near = [date for date in dates[date_at : date_at + 8] if date.end <= figure.start] if date_at < len(dates) else []
        start = figure.start
        if not (waiting and previous and LISTED.fullmatch(text[previous.figure.end : figure.start])):
            waiting = []
            low = previous.figure.end if previous else 0
            if text.find("分别", max(low, figure.start - 60), figure.start) >= 0:
                items = dealt_out(text, found, index, low, near)
                dealt.update(enumerate(items or _dealt_again(text, found, index, dealt), index))
                own = of_dealt(text, _named(text, (figure, limit), near, named_, previous), low, items, near) if items else None
                if own and own.subject:
                    waiting, start = [own.subject] * len(items), own.span.start
                else:
                    waiting, start = respective(text, found, index, low, [item.base for item in named_[-12:]])
            if not waiting and size > 1 and previous:
                waiting = again(text, found, index, [item.base or "" for item in named_[-12:][-size:]])
                start = previous.figure.end + 1 if waiting else start
                dealt.update(enumerate(_dealt_again(text, found, index, dealt) if waiting else (), index))
            size = len(waiting)
        if waiting:
            subject = waiting.pop(0)
            named_.append(Named(figure, subject, without_change(subject), Span(start, figure.end)))
            continue
        named_.append(_named(text, (figure, limit), near, named_, previous))
    return [item._replace(dealt=dealt.get(index)) for index, item in enumerate(look_ahead(text, named_))]


def _dealt_again(text: str, found: list[Figure], index: int, dealt: dict[int, Dealt]) -> list[Dealt]:
    """What was dealt out to the list just before, where a further one of as many figures follows in its sentence."""
    size = size_of(text, found, index)
    items = [dealt[at] for at in range(index - size, index) if at in dealt] if size > 1 else []
    same = len(items) == size and not _SENTENCE.search(text, found[index - 1].end, found[index].start)
    return items if same and not LIST.search(text, found[index - 1].end, found[index].start) else []


def _previous(text: str, figure: Figure, earlier: list[Named]) -> Named | None:
    """The figure before, when it stands in the same sentence."""
    if not earlier:
        return None
    end = earlier[-1].figure.end
    return None if figure.start - end > 160 or _SENTENCE.search(text, end, figure.start) else earlier[-1]


def _named(text: str, at: tuple[Figure, int], dates: list[Span], earlier: list[Named], previous: Named | None) -> Named:
    """A figure with its subject; `at` is the figure and where the next one begins, `previous` the one before in its sentence."""
    figure, limit = at
    low = max(previous.figure.end, previous.taken) if previous else 0
    if previous and previous.figure.end == figure.start and figure.measure is not Measure.PERCENT:
        return _adjacent(text, figure, limit, previous)
    right = after(text, figure, limit)
    left = NOTHING if _settled(text, figure, right, low) else before(text, figure, low, dates)
    bare = text[figure.start - 1 : figure.start] in ("为", "成", "等") or left.kind == "VERB"
    bare = bare or figure.unit in ("类", "大类", "方面")
    if limit == figure.end and bare and figure.measure is Measure.COUNT:  # 量化为4类15条标准, 带动36户120人增收: one noun behind both
        deed = tidy(left.of(text)) if left.kind == "VERB" else ""
        deed = deed if len(deed) > 2 or (deed and _telling(deed)) else ""
        return Named(figure, None, None, Span(figure.start, figure.end), deed=deed)
    if figure.measure is Measure.DURATION and (run := _RUNNING.match(text, figure.end, limit)) and text.endswith("连续", 0, figure.start):
        return Named(figure, run[0], None, Span(figure.start - 2, figure.end))
    special = _special(text, figure, (left, right), low, earlier)
    if special:
        return special
    whole = whole_of(text, figure, earlier)
    due = figure.measure is Measure.DURATION and figure.tail and right.kind != "NONE" and not _CHANGES.match(text, figure.end)
    chosen = left if prefers_before(text, figure, left, right) and not due else right  # 网格员在24小时内答复
    if chosen.kind == "NONE" or (chosen.kind == "VERB" and chosen is left and not _stands_alone(figure, left, tidy(left.of(text)))):
        return _said_before(text, figure, chosen, low, earlier)
    subject = _worded(text, figure, chosen, left, previous)
    base = subject if chosen.kind != "VERB" or chosen is right else None
    if subject and whole and (part := as_part(figure, whole, subject)) != subject:
        subject = base = part
    span = Span(min(chosen.span.start, figure.start), max(chosen.span.end, figure.end))
    if base:
        base = without_change(base)
        base = base if base.endswith(("比重", "比例")) or "占" not in base else _OF_WHOLE.sub("", base)
    return Named(figure, subject, base, span, taken=chosen.span.end if chosen is right else 0)


def _earlier_value(text: str, figure: Figure, then: int, owner: Found, previous: Named | None) -> Named:
    """比上年的40万人次(增长25%): counts what stands before the comparison that begins at `then`, else what the figure before counts."""
    base = tidy(owner.of(text)) if owner.kind == "NOUN" else previous.base if previous else clause_before(text, then, 0)
    return Named(figure, base or None, base or None, Span(then, figure.end))


def _settled(text: str, figure: Figure, right: Found, low: int) -> bool:
    """Whether the noun behind a figure names it, whatever stands before."""
    loose = figure.measure in (Measure.COUNT, Measure.POPULATION) and right.kind == "NOUN"
    return loose and not text.endswith(_AMONG, low, figure.start)


def _worded(text: str, figure: Figure, chosen: Found, left: Found, previous: Named | None) -> str | None:
    """The words found beside a figure as its subject, with what it takes from the figure before."""
    subject = tidy(chosen.of(text))[-_LONGEST:]
    if not subject or (chosen.kind == "VERB" and len(subject) == 1) or _EACH.fullmatch(subject) or names_nothing(subject):
        return None
    if chosen is left:
        subject = MADE_OF.sub("", subject)
        if _LEVEL.search(text, max(0, figure.start - 12), figure.start):
            subject = without_change(subject, level=True)
    if figure.measure is Measure.PERCENT:
        subject = share_of(subject, previous.base if previous else None)
    if not previous or not previous.base:
        return subject
    if _RANK.fullmatch(subject) and (rank := _RANK.search(previous.base)):  # 国家级龙头企业2家、省级18家; 示范社国家级2家、省级9家
        subject = previous.base[: rank.start()] + subject + previous.base[rank.end() :]
    return f"{previous.base}{subject}" if chosen is left and _depends(text, figure, left, previous, subject) else subject


def _depends(text: str, figure: Figure, left: Found, previous: Named, subject: str) -> bool:
    """党组织达到126个,覆盖率较上年提高6.5个百分点: a rate that is compared, of what was counted just before."""
    compared = figure.unit == "百分点" and without_change(subject) in lists().rates and previous.figure.measure is Measure.COUNT
    pace = subject.startswith(("增速", "增幅", "涨幅", "降幅")) and previous.subject != subject
    return (compared or pace) and bool(previous.base) and text[previous.figure.end : left.span.start] in ("，", ",")


def _special(text: str, figure: Figure, sides: tuple[Found, Found], low: int, earlier: list[Named]) -> Named | None:
    """Figures whose noun stands elsewhere: clauses that end in 的, some of what was counted before, changes and shares."""
    left, right = sides
    previous = _previous(text, figure, earlier)
    then = compared_with(text, figure, low) if left.kind != "NONE" else None
    if then is not None:
        return _earlier_value(text, figure, then, before(text, replace(figure, start=then), low, []), previous)
    clause = headless(text, figure, low) if figure.measure is Measure.PERCENT or right.kind != "NOUN" else None
    if clause:
        return _of_clause(text, figure, clause, earlier)
    if right.kind != "NONE" and text.endswith(_AMONG, low, figure.start) and not _names(text, right):
        base = previous.base if previous and previous.figure.unit == figure.unit else None
        base = base or (tidy(left.of(text)) if left.kind == "NOUN" else None)
        if base:
            return _one_of(text, figure, base)
    goal = _GOAL.search(text, max(low, figure.start - 20), figure.start) if figure.measure is Measure.PERCENT and previous else None
    if goal and previous and previous.base:  # 投资2亿元,完成年度任务的80%
        return Named(figure, previous.base + goal["of"], previous.base, Span(goal.start("of"), figure.end))
    if left.kind in ("CHANGE", "SHARE") and prefers_before(text, figure, left, right):
        return _of_previous(text, figure, left, previous, earlier)
    return None


def _names(text: str, right: Found) -> bool:
    """Whether the words after a figure end in a true noun and close the clause: 5个贫困村, but not 5个停用 or 5家收不抵支."""
    if right.kind != "NOUN" or not _ENDS_CLAUSE.match(text, right.span.end):
        return False
    inside = words(text, *right.span)
    noun = inside[-1].tag.startswith(("n", "quote", "k")) or inside[-1].text in lists().nouns
    return noun and not any(word.verb for word in inside)


def _stands_alone(figure: Figure, left: Found, phrase: str) -> bool:
    """Whether verbs alone name what is counted: 维稳巡逻870次, 投资5000万元."""
    if figure.measure in (Measure.MONEY, Measure.DURATION, Measure.FREQUENCY):
        return True
    return (
        (figure.unit in _TIMES and (left.span.end - left.span.start > 2 or _telling(phrase)))
        or figure.unit in PEOPLE
        or figure.unit == "户"
    )


def _telling(phrase: str) -> bool:
    """Whether a verb names what is done (坐诊, 筑坝), and does not only lead to it (开展, 累计)."""
    vocabulary = lists()
    return not any(phrase in known for known in (vocabulary.leading, vocabulary.links, vocabulary.openers, vocabulary.changes))


def _of_clause(text: str, figure: Figure, clause: tuple[str, int], earlier: list[Named]) -> Named:
    """从事养殖的占26%, 大型拖拉机…,其中安装导航系统的3600台."""
    who, start = clause
    whole = whole_of(text, figure, earlier)
    if figure.measure is Measure.PERCENT:
        base = who[-_LONGEST:]
        return Named(figure, base + "占比", base, Span(start, figure.end))
    subject = f"{who}的{whole.base}" if whole and whole.base and len(whole.base) < 16 else who
    return Named(figure, subject[-_LONGEST:], subject[-_LONGEST:], Span(start, figure.end))


def _one_of(text: str, figure: Figure, base: str) -> Named:
    """31家卫生院中有5家收不抵支: some of what was counted before, told by what they do."""
    end = next((at for at in range(figure.end, min(len(text), figure.end + 7)) if _ENDS_CLAUSE.match(text, at)), figure.end)
    return Named(figure, text[figure.end : end] + base, base, Span(figure.start, end))


def _adjacent(text: str, figure: Figure, limit: int, previous: Named) -> Named:
    """3批次29人, 8支120余人: one noun for both; 320户1200人 counts the people of the households."""
    span = Span(previous.figure.start, figure.end)
    residents = previous.figure.unit == "户" and figure.unit == "人"
    if previous.subject:
        return Named(figure, previous.subject, previous.base, span, residents)
    right = after(text, figure, limit)
    subject = tidy(right.of(text)) or None if right.kind != "NONE" else None
    return Named(figure, subject, subject, Span(span.start, max(span.end, right.span.end)), residents, right.span.end)


def _of_previous(text: str, figure: Figure, left: Found, previous: Named | None, earlier: list[Named]) -> Named:
    """增长6%, 占比为79.4%: said of the figure before, or of what the clause before named."""
    phrase = tidy(left.of(text))
    behind = told_behind(text, figure)
    base = said_of = behind or (previous.base if previous else None)
    if not behind and previous and figure.unit == "百分点" and previous.figure.measure is Measure.PERCENT:  # 占全市的8%,比上年提高2个百分点
        said_of = _before_points(earlier).subject or base
    if base is None:
        base = said_of = clause_before(text, left.span.start, 0)
    if left.kind == "SHARE":
        held = holder_of_share(text, figure, phrase, earlier)
        said_of = base = held.base if held else base
        more = "占比" if phrase in lists().shares else _TO_ALL.sub("占", phrase)
    else:
        level = bool(_LEVEL.search(text, max(0, figure.start - 12), figure.start)) or phrase.endswith(("到", "至", "为"))
        more = "" if level and base else change_of(phrase) or phrase
        if level and previous and previous.subject and figure.measure is previous.figure.measure is Measure.PERCENT:
            said_of = previous.subject if previous.subject.endswith("占比") else without_change(previous.subject)
        elif not base and (level or len(more) == 1):
            more = ""
    subject = joined(said_of, more) if said_of else more
    return Named(figure, subject[-_LONGEST:] or None, base, Span(left.span.start, figure.end))


def _before_points(earlier: list[Named]) -> Named:
    """The last figure that is no difference in points: what 高于全国2个、高于全省1个百分点 is said of."""
    return next((item for item in reversed(earlier[-6:]) if item.figure.unit != "百分点"), earlier[-1])


def _said_before(text: str, figure: Figure, chosen: Found, low: int, earlier: list[Named]) -> Named:
    """A figure with no noun beside it: the clause before names what it counts, else the figure before."""
    previous = _previous(text, figure, earlier)
    start = min(chosen.span.start, figure.start) if chosen.kind != "NONE" else figure.start
    subject = clause_before(text, start, low) if start > low else None
    phrase = tidy(chosen.of(text)) if chosen.kind == "VERB" else ""
    if subject is None and previous:
        bare = figure.measure is Measure.COUNT and len(phrase) <= 4
        listed = figure.start - previous.figure.end < 2  # 小区12个、1468户
        near = [
            item.base
            for item in earlier[-1 if listed else -6 :]
            if bare and item.figure.unit == figure.unit and item.figure.end > start - 60
        ]
        if near and near[-1]:
            subject = near[-1]  # 项目90个,总投资3亿元,开工60个
        elif of_other_kind(figure, previous) or (phrase and not may_go_on(figure, previous)):
            return Named(figure, phrase if _telling(phrase) and len(phrase) > 1 else None, None, Span(start, figure.end), alone=True)
        elif (daily := _DAILY.match(previous.base or "")) and phrase and text[start - 1] == daily[0][0]:  # 日产垃圾42吨,日处理30吨
            subject, start = f"{daily[0][0]}{phrase}{(previous.base or '')[daily.end() :]}", start - 1
        elif not (len(phrase) > 1 and text[figure.start - 1] == phrase[-1] and _telling(phrase)):
            subject = previous.base
    subject = subject or (phrase if len(phrase) > 1 else None)
    residents = previous is not None and (previous.figure.unit, figure.unit) == ("户", "人") and figure.start - previous.figure.end < 2
    return Named(figure, subject, subject, Span(start, figure.end), residents)
