"""Reads the periods that a text states (2025年上半年, 2016年以来, 2024年1—6月), and finds the one that a document reports on.

Normal forms: `2025`, `2025-H1`, `2025-Q1`, `2025-06`, `2025-06-03`, a range `2024-01/2024-06`, and an open range `2016-` (2016年以来).
Words that name no year by themselves (今年以来, 五年来) have no normal form.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from archive.text import Span
from ingest.extract.numerals import fold, from_han
from ingest.extract.relative_periods import resolve

_YEAR = r"(?:(?<![\d.])(?:19|20)\d\d|(?<![〇零一二三四五六七八九])[一二][〇零九][〇零一二三四五六七八九]{2})"
_TO = r"\s?(?:-{1,2}|~|至|到)\s?"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])"
_PATTERN = re.compile(
    r"(?=[\d〇零一二三四五六七八九十两“\"今去前本上下明后当全近过第截目如现眼])(?:"
    rf"(?=[12一二][90〇零九])(?:(?P<years>(?P<y1>{_YEAR})年?{_TO}(?P<y2>{_YEAR})年度?)"
    rf"|(?P<days>(?P<yf>{_YEAR})年(?P<mf>{_MONTH})月(?P<df>{_DAY})[日号]?{_TO}(?:(?P<yt>{_YEAR})年)?(?:(?P<mt>{_MONTH})月)?(?P<dt>{_DAY})[日号])"
    rf"|(?P<dates>(?P<yd>{_YEAR})年(?P<md1>{_MONTH})月(?:{_DAY}日)?{_TO}(?P<yd2>{_YEAR})年(?P<md2>{_MONTH})月(?:{_DAY}日)?)"
    rf"|(?P<months>(?P<ym>{_YEAR})年(?P<m1>{_MONTH})月?{_TO}(?P<m2>{_MONTH})月份?)"
    rf"|(?P<dash>(?P<yh>{_YEAR})[-./](?P<mh>0[1-9]|1[0-2])[-./](?P<dh>0[1-9]|[12]\d|3[01])(?!\d))"
    rf"|(?P<year>(?P<yw>{_YEAR})(?:年度?|[、,和](?=(?:{_YEAR}[、,和]){{0,8}}{_YEAR}年))"
    rf"(?:(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度|(?P<three>前三季度|前3季度)|前(?P<first>[\d一二三四五六七八九十]{{1,2}})个月"
    rf"|(?P<month>{_MONTH})月(?:(?P<day>{_DAY})[日号]|份)?)?"
    r"(?P<since>(?:[年月]?[底末初])?(?:以来|至今|起至今|起(?=[,，]))|以来)?(?:年?(?:[底末初]|中(?![国央心小秋华共医级考标草稻等学专长期]))|中旬|上旬|下旬)?(?:期间|之前|以前)?))"
    r"|(?P<plan>[“\"]?(?P<five>十[一二三四五六])五[”\"]?(?:规划)?(?:时期|期间|以来|末|初)?)"
    r"|(?P<loose>(?:今年|去年|前年|本年度?|上一?年度?|明年|后年|当年|全年)(?:(?P<lhalf>[上下])半年|第?(?P<lquarter>[一二三四])季度|前三季度"
    rf"|(?P<lmonth1>{_MONTH})(?:月?{_TO}(?P<lmonth2>{_MONTH}))?月份?(?:(?P<lday>{_DAY})[日号])?|前(?P<lfirst>[\d一二三四五六七八九十]{{1,2}})个月)?(?:以来|[底末初])?"
    rf"|近[几年]?年来?|近[\d一二两三四五六七八九十]{{1,2}}年来?|(?<!第)(?<!\d)[\d一二两三四五六七八九十]{{1,2}}年(?:多)?(?:来|以来|间)|过去(?:的)?[\d一二两三四五六七八九十]{{1,2}}年|[上下]半年|第?[一二三四]季度|前三季度"
    rf"|(?=[\d一二三四五六七八九十]{{1,2}}\s?[月至到~-])(?<!\d){_MONTH}(?:月{_DAY}[日号]|(?:月(?:{_DAY}日)?)?{_TO}{_MONTH}月(?:{_DAY}日)?份?|月份|月(?=[底初末中上下以来,，]))(?:以来|[底初末]|[上中下]旬)?|截至目前|目前|现?如今|眼下|当前|现在|近期|近日|上个?月|本月)"
    r")"
)
_FIVE = {"十一": 2006, "十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026, "十六": 2031}
_HINT = re.compile(r"年|月|季度|目前|(?:19|20)\d\d|十[一-六]五|近[期日]")


@dataclass(frozen=True, slots=True)
class PeriodText:
    """A period where the text states it. `normal` is None for words that name no year (今年以来)."""

    normal: str | None
    text: str
    span: Span


def _year(text: str) -> int:
    value = int(text) if text[0].isdigit() and text.isascii() else from_han(text.replace("〇", "零"))
    return value or 0


def _number(text: str) -> int:
    return int(text) if text.isascii() else from_han(text) or 0


def _in_year(match: re.Match[str]) -> str:
    """The normal form of a match of the group `year`."""
    year = f"{_year(match['yw']):04d}"
    if match["half"]:
        return f"{year}-H{1 if match['half'] == '上' else 2}"
    if match["quarter"]:
        return f"{year}-Q{_number(match['quarter'])}"
    if match["three"] or match["first"]:
        return _first_months(year, match["first"] or "9") or year
    if match["month"]:
        year += f"-{_number(match['month']):02d}"
        if match["day"]:
            year += f"-{int(match['day']):02d}"
    return f"{year}-" if match["since"] else year


def _normal(match: re.Match[str], this_year: int | None) -> str | None:
    if match["loose"]:
        return _relative(match, this_year)
    if match["year"]:
        return _in_year(match)
    if match["dash"]:
        return f"{match['yh']}-{match['mh']}-{match['dh']}"
    if match["plan"]:
        start = _FIVE[match["five"]]
        return f"{start}/{start + 4}"
    first, last = _ends_of(match) if match["days"] is None else _days(match)
    return f"{first}/{last}" if first < last else None


def _first_months(year: str, number: str) -> str | None:
    """The first so many months of a year: 2024-01/2024-05."""
    months = _number(number)
    return f"{year}-01/{year}-{months:02d}" if 1 < months < 13 else f"{year}-01" if months == 1 else None


def _days(match: re.Match[str]) -> tuple[str, str]:
    """Both days of 2017年8月11日至22日."""
    year, month = _year(match["yf"]), _number(match["mf"])
    last_year, last_month = _year(match["yt"]) if match["yt"] else year, _number(match["mt"]) if match["mt"] else month
    return f"{year:04d}-{month:02d}-{int(match['df']):02d}", f"{last_year:04d}-{last_month:02d}-{int(match['dt']):02d}"


def _ends_of(match: re.Match[str]) -> tuple[str, str]:
    """Both ends of a range of years or months."""
    if match["years"]:
        return f"{_year(match['y1']):04d}", f"{_year(match['y2']):04d}"
    if match["dates"]:
        return (
            f"{_year(match['yd']):04d}-{_number(match['md1']):02d}",
            f"{_year(match['yd2']):04d}-{_number(match['md2']):02d}",
        )
    year = f"{_year(match['ym']):04d}"
    return f"{year}-{_number(match['m1']):02d}", f"{year}-{_number(match['m2']):02d}"


_SHIFT = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "上一": -1, "前年": -2, "明年": 1, "后年": 2}


def _relative(match: re.Match[str], this_year: int | None) -> str | None:
    """今年上半年, 去年9月, 上年: within the year that 今年 means."""
    shift = _SHIFT.get(match["loose"][:2])
    return None if this_year is None or shift is None else _part_of(match, str(this_year + shift))


def _part_of(match: re.Match[str], year: str) -> str | None:
    """The part of `year` that a match of the group `loose` names."""
    if match["lfirst"] or "前三季度" in match["loose"]:
        return _first_months(year, match["lfirst"] or "9")
    if match["lhalf"]:
        return f"{year}-H{1 if match['lhalf'] == '上' else 2}"
    if match["lquarter"]:
        return f"{year}-Q{_number(match['lquarter'])}"
    if match["lmonth1"]:
        first = f"{year}-{_number(match['lmonth1']):02d}"
        day = f"-{int(match['lday']):02d}" if match["lday"] else ""
        return f"{first}/{year}-{_number(match['lmonth2']):02d}" if match["lmonth2"] else first + day
    return year


def scan(text: str, this_year: int | None = None, folded: str | None = None, today: date | None = None) -> Iterator[PeriodText]:
    """Every period that `text` states, in order. `this_year` is what 今年 means, `folded` the folded text, `today` the day on which it
    was written, where they are known; what they do not settle is kept as printed."""
    for match in _PATTERN.finditer(fold(text) if folded is None else folded):
        normal = _normal(match, this_year)
        if normal is None and today is not None and text[match.start() - 1 : match.start()] != "年":  # 15年3月 is of no known century
            normal = resolve(match[0], today)
        yield PeriodText(normal, text[match.start() : match.end()], Span(*match.span()))


def parse(text: str, this_year: int | None = None) -> PeriodText | None:
    """The first period that `text` states, or None."""
    return next(scan(text, this_year), None)


_POINT = re.compile(r"(\d{4})(?:-(?:H([12])|Q([1-4])|(\d\d)(?:-(\d\d))?))?")


def _ends(point: str) -> tuple[str, str]:
    match = _POINT.fullmatch(point)
    if match is None or int(match[4] or 1) not in range(1, 13):
        raise ValueError(f"{point!r} is no period; write 2025, 2025-H1, 2025-Q1, 2025-06, 2016- or 2024-01/2024-06")
    year, half, quarter, month, day = match.groups()
    if day:
        return point, point
    first, last = 1, 12
    if half:
        first, last = (1, 6) if half == "1" else (7, 12)
    elif quarter:
        first, last = int(quarter) * 3 - 2, int(quarter) * 3
    elif month:
        first = last = int(month)
    return f"{year}-{first:02d}-01", f"{year}-{last:02d}-{monthrange(max(1, int(year)), last)[1]:02d}"


def bounds(period: str) -> tuple[str, str | None]:
    """The first and the last day (ISO) of a normal form; the last of an open range (2016-) is None. Raises ValueError for other text."""
    if period.endswith("-"):
        return _ends(period[:-1])[0], None
    first, _, last = period.partition("/")
    return _ends(first)[0], _ends(last or first)[1]


_PART_OF_YEAR = re.compile(rf"[上下]半年|第?[一二三四]季度|前三季度|{_MONTH}月?{_TO}{_MONTH}月|{_MONTH}月")


def is_part_of_year(words: str) -> bool:
    """Whether the words are a part of a year or all of it, and nothing else: 1月, 1-2月, 一季度, 上半年, 全年."""
    return words == "全年" or _PART_OF_YEAR.fullmatch(words.removesuffix("份")) is not None


def in_year(words: str, period: str) -> str | None:
    """The normal form of words that name a part of a year (上半年, 9月, 全年) within the year of `period`; None for other words."""
    for year in ("当年", "今年", "本年"):
        words = words.removeprefix(year)
    if words.startswith("全年"):
        return period[:4]
    found = parse(f"{period[:4]}年{words}") if _PART_OF_YEAR.match(words) else None
    return found.normal if found else None
