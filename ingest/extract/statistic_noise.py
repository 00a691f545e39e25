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
_LABELS = re.compile(
    r"(?=[第\dNXnA-Za-z上下凌晚早中清傍夜当次日晨国省县乡高全东西北南经纬一二三四五六七八九十百电热邮客身编账号手传图表附专案])(?:"
    r"第\s?[\d一二三四五六七八九十百零]{1,6}(?:\s?页\s{0,3}[,，/]?\s{0,3}共\s?\d{1,4}\s?页)?"  # ordinals, page marks
    r"|[\dNXn]{1,4}(?:\([^()\n]{0,24}\))?(?:\+[\dNXn]{1,4}(?:\([^()\n]{0,24}\))?){1,8}"  # 1+2+N
    r"|(?<![\d:.比为达])(?:[01]?\d|2[0-4])\s?:\s?[0-5]\d(?::[0-5]\d)?(?![\d:.]*\d)"  # times of day
    r"|(?:上午|下午|凌晨|晚上|早上|中午|清晨|傍晚|夜里|当晚|次日|早晨|[日晨晚])\s?[\d一二三四五六七八九十]{1,3}[点时](?:半|许|\d{1,2}分)?"
    r"|(?<![\d.])[012]?\d(?:时(?:\d{1,2}分|许|(?=[,，至到-]))|点(?:钟|半|许|整|\d{1,2}分))"
    r"|\d{1,2}[×x*]24(?:小时)?|24小时(?![内以之])|全天候24小时|365天"
    r"|\d{1,3}(?:分钟|小时|公里|米)[^，。；、,;\d\n“”]{0,8}?[圈带](?![养式])"  # 15分钟便民生活圈
    r"|\d\.\d版?(?=[版时])|(?:国道|省道|县道|乡道|高速)\s?[A-Z]?\d{2,4}(?:线)?|[GSXYK]\d{1,4}(?:线)?(?![万\d.%])"
    r"|(?:东经|西经|北纬|南纬|经度|纬度)[\d.°′″'\"度分秒~-]{1,30}"
    r"|(?:图|表|附件|附表|专栏|案例)\s?\d{1,3}(?=[\s:、.，,。-])"
    r"|\d{1,2}\s?[·•]\s?\d{1,2}"
    r"|[\d一二三四五六七八九十百]{1,4}年(?:规划|计划|行动|攻坚|方案|倍增|禁渔|早知道)"
    r"|(?:GB|DB|T/)[/\w]{0,6}\s?\d[\d.-]{0,12}"
    r"|\d{1,4}(?:万|亿)?[A-Za-z]{1,12}\d{0,4}级?(?<!km)(?<!kg)(?<!KM)(?<!Km)(?<!MW)(?<!m2)(?<!m3)(?<!KG)(?<!\dm)(?<!cm)(?<!mm)(?<!CM)(?<!万m)(?<!kV)(?<!kVA)"
    r"|(?!(?<=[\d万亿 ])k?m[23](?!\d))[A-Za-z]{1,12}-?\d{1,6}(?:\.\d{1,3})?"
    r"|(?:电话|热线|邮编|客服|身份证号?|编号|账号|号码|QQ|传真|手机)(?:号码?|为|是|:|\s){0,3}[\d-]{5,24}(?![余多万亿\d])"
    r")"
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
    return [Span(*match.span()) for match in _LABELS.finditer(folded)]
