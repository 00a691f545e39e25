"""What looks like a figure and is none: names, labels, slogans, dates, times, article numbers, addresses on the net."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from archive.text import Span

_NAMES = re.compile(
    r"《[^《》\n]{1,80}》"  # titles
    r"|〔[^〔〕\n]{1,20}〕\s?\d{1,5}\s?号?|\[(?:19|20)\d\d\]\s?\d{1,5}\s?号"  # document numbers
    r"|https?://[^\s，。；、“”]{1,200}|www\.[^\s，。；、“”]{1,200}"
)
_FILE = re.compile(r"@[\w.]{1,40}|\.(?:docx?|pdf|pptx?|xlsx?|html?|com|cn)(?![A-Za-z])")
_NAME_CHARACTER = re.compile(r"[^\s，。；、“”:《》]")
_UNITS = "".join(
    f"(?<!{unit})"
    for unit in ("km", "kg", "KM", "Km", "KG", "MW", "kW", "KW", "GW", "m2", "m3", r"\dm", "万m", "cm", "mm", "CM", "kV", "kVA")
)
_LABELS = re.compile(  # the first character is all that is consumed, so that a text is run through by a set of characters
    r"[第前级\dNXnA-Za-z午晨早晚里日个道速经纬度图表件栏例年话线邮编服证号真机](?<=(?=(?P<label>"
    r"第\s?[\d一二三四五六七八九十百零]{1,6}(?:\s?页\s{0,3}[,，/]?\s{0,3}共\s?\d{1,4}\s?页)?"  # ordinals, page marks
    r"|前(?<![目此之以日当年会生提课饭餐班]前)[\d一二三四五六七八九十]{1,3}[名位强](?!额)|级(?<=年级)\d{1,2}班"  # 前10名, 八年级3班
    r"|[\dNXn]{1,4}(?:\([^()\n]{0,24}\))?(?:\+[\dNXn]{1,4}(?:\([^()\n]{0,24}\))?){1,8}"  # 1+2+N
    r"|(?<![\d:.比为达])(?:[01]?\d|2[0-4])\s?:\s?[0-5]\d(?::[0-5]\d)?(?![\d:.]{0,8}\d)"  # times of day
    r"|(?:[日午晨里]|[早晚]上?)\s?[\d一二三四五六七八九十]{1,3}[点时](?:半|许|\d{1,2}分)?"
    r"|(?<![\d.])[012]?\d(?:时(?:\d{1,2}分|许|(?=[,，至到-]))|点(?:钟|半|许|整|\d{1,2}分))"
    r"|\d{1,2}[×x*]24(?:小时)?|(?<![\d.])24小时(?![内以之])|(?<![\d.])365天"
    r"|\d{1,3}(?:分钟|小时|公里|米)[^，。；、,;\d\n“”]{0,8}?[圈带](?![养式])"  # 15分钟便民生活圈
    r"|\d\.\d版?(?=[版时])|(?:道(?<=[国省县乡]道)|速(?<=高速))\s?[A-Z]?\d{2,4}(?:线|(?![\d.]|\s?(?:公里|千米|[余多条米万])))|[GSXYK]\d{1,4}(?:线)?(?![万\d.%])"
    r"|(?:经(?<=[东西]经)|纬(?<=[南北]纬)|度(?<=[经纬]度))[\d.°′″'\"度分秒~-]{1,30}"
    r"|(?:图|表|件(?<=附件)|栏(?<=专栏)|例(?<=案例))\s?\d{1,3}(?=[\s:、.，,。-])"
    r"|\d{1,2}\s?[·•]\s?\d{1,2}|(?<![\d.])\d个100%|个(?<=[两三四五]个)100%"  # 2个100%
    r"|年(?<=[\d一二三四五六七八九十百]年)(?:规划|计划|行动|攻坚|方案|倍增|禁渔|早知道)"
    r"|(?:GB|DB|T/)[/\w]{0,6}\s?\d[\d.-]{0,12}"
    rf"|\d{{1,4}}(?:万|亿)?[A-Za-z]{{1,12}}+\d{{0,4}}+级?{_UNITS}"
    r"|(?!(?<=[\d万亿 ])k?m[23](?!\d))[A-Za-z]{1,12}-?\d{1,6}(?:\.\d{1,3})?"
    r"|(?:话(?<=电话)|线(?<=热线)|编(?<=邮编)|服(?<=客服)|证(?<=身份证)|号|码(?<=号码)|真(?<=传真)|机(?<=手机)|Q(?<=QQ))(?:号码?|为|是|:|\s){0,3}[\d-]{5,24}(?![余多万亿\d])"
    r"))[\s\S])"
)
_QUOTED = re.compile(r"“[^“”\n]{1,60}”")
_CLAUSED = re.compile(r"[，。；！？,;!?]")
_SPEECH = re.compile(r"[:说道称]$|(?:说|道|称)[,，]$")


class Cover:
    """A set of spans that answers whether a range touches one of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]
        reach, self._reach = 0, []
        for span in self._spans:
            reach = max(reach, span.end)
            self._reach.append(reach)

    def touches(self, start: int, end: int) -> bool:
        """Whether some span overlaps `[start, end)`; spans are short and hardly nest, so the furthest end so far decides."""
        index = bisect_right(self._starts, end - 1)
        return index > 0 and self._reach[index - 1] > start


def names(folded: str) -> list[Span]:
    """Names and titles: book titles, document numbers, addresses, and short quoted names (“15分钟服务圈”).

    A quotation that holds clauses, or that somebody says, is speech: its figures count.
    """
    found = [Span(*match.span()) for match in _NAMES.finditer(folded)]
    for match in _FILE.finditer(folded):
        start = match.start()
        while start > max(0, match.start() - 40) and _NAME_CHARACTER.match(folded, start - 1):
            start -= 1
        found.append(Span(start, match.end()))
    for match in _QUOTED.finditer(folded):
        quoted = match[0][1:-1]
        spoken = bool(_SPEECH.search(folded[max(0, match.start() - 3) : match.start()])) and len(quoted) > 8
        if not spoken and not _CLAUSED.search(quoted):
            found.append(Span(*match.span()))
    return found


def labels(folded: str) -> list[Span]:
    """Ordinals, formulas (1+2+N), times of day, road numbers, models, versions, telephone numbers."""
    return [Span(*match.span("label")) for match in _LABELS.finditer(folded)]
