"""Cuts the words around a figure (jieba's dictionary and parts of speech) and holds the word lists that subjects are found with."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import rjieba

_SURROGATE = re.compile("[\ud800-\udfff]")
_NOMINAL = ("n", "vn", "an", "l", "j", "i", "b", "s", "eng", "g", "z", "k", "h", "f")


class Word(NamedTuple):
    """A word with its part of speech (jieba's tags) at `[start, end)` of the text."""

    text: str
    tag: str
    start: int
    end: int
    nominal: bool
    """Whether the word can be or head a noun."""
    verb: bool
    """Whether the word is a verb that is no noun as well."""

    @property
    def doer(self) -> bool:
        """Whether the word names somebody who does things (工作队, 农户)."""
        return self.nominal and self.text.endswith(_doers()) and self.text not in lists().areas and self.text not in lists().openers


@dataclass(frozen=True, slots=True)
class Lists:
    """The word lists of subjects.toml."""

    leading: frozenset[str]
    predicates: frozenset[str]
    links: frozenset[str]
    changes: frozenset[str]
    shares: frozenset[str]
    openers: frozenset[str]
    nouns: frozenset[str]
    modifiers: frozenset[str]
    cuts: frozenset[str]
    heads: frozenset[str]
    rates: frozenset[str]
    areas: frozenset[str]
    doers: frozenset[str]
    amounts: frozenset[str]
    governing: frozenset[str]
    adverbs: frozenset[str]
    acts: frozenset[str]
    sums: frozenset[str]
    asks: frozenset[str]
    answers: frozenset[str]
    deed_rates: frozenset[str]
    raising: frozenset[str]


@cache
def lists() -> Lists:
    """The word lists, read once."""
    table = tomllib.loads(files("ingest.extract").joinpath("subjects.toml").read_text("utf-8"))
    rows = {name: frozenset(words.split()) for name, words in table.items()}
    return Lists(**{**rows, "heads": rows["heads"] | rows["amounts"]})


@cache
def _doers() -> tuple[str, ...]:
    return tuple(sorted(lists().doers))


def done_by_another(stretch: list[Word], index: int) -> bool:
    """Whether the word at `index` is what somebody named before it does to the noun behind it (工作队协调资金, 农户种植黄精)."""
    word = stretch[index]
    if not (word.verb or word.tag == "vn") or len(word.text) == 1 or index + 1 >= len(stretch):
        return False
    vocabulary = lists()
    if not word.verb and word.text not in vocabulary.leading:
        return False
    following = stretch[index + 1]
    if len(following.text) == 1 or following.text in vocabulary.heads or not any(later.nominal for later in stretch[index + 1 :]):
        return False
    by = index - 1
    while by > 0 and (stretch[by].tag in ("d", "m", "ad") or stretch[by].text in vocabulary.openers):
        by -= 1
    return by >= 0 and stretch[by].doer


_GROUP = re.compile(
    r"(?=[“‘《(（每人户亩年日村一在急未互留占老集分就同环连不高多长中后A-Za-z\d.%Ⅰ-Ⅻ])"  # the signs that a group begins with
    r"(?:“[^“”\n]{0,60}”|‘[^‘’\n]{0,60}’|《[^《》\n]{0,60}》|[(（][^()（）\n，。；]{1,4}[)）]"
    r"|(?P<kept>\d{1,2}(?:周?岁)?[-~至到]\d{1,3}周?岁|\dG(?![\dA-Za-z])|每[百千万](?:人口?|名|户|平方公里)|[人户亩年日]均|村均(?![达为超已实有])|(?:[A-Za-z\d]{1,3}|[Ⅰ-Ⅻ])[类级](?:及?以[上下])?|一氧化碳"
    r"|在[岗校册建园职编读库线村家](?![设立委])|(?<![正现实存所潜])在(?:营(?![业商造销养])|训(?!练)|孵(?!化)|招(?![商聘生收标募引])|保(?![障证持护密险洁安卫留])|贷(?!款)|研(?![究讨发判学])|产(?![业品能量地权值生出]))"
    r"|(?<!成)就[地近](?:就近)?(?=[一-鿿]{2,6}?率)|急难愁盼|后扶(?![持贫助养])|\d{1,3}(?:分钟|公里|小时)(?=[^，。；、\d\s]{2,6}圈)|未[成入脱]年?|中、小(?=[学型微])|互[认联通助派聘]|(?<=乡)村级|留守|占比|老年人口|(?:集中|分散|就近)(?:供养|安置|就业|务工)|(?<!合)[同环]比)"
    r"|(?P<manner>(?<!成)就地(?:就近)?)|(?P<each>每(?:季度?|半年|学期|旬)(?![一-鿿]?[人户名]))"
    r"|(?P<since>连续(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:年|个月|届|季度?))"
    r"|(?P<link>(?:不足|不到|不得|不少于|不低于|不超过|不高于)(?=[\d低少超高多]|$)|[高多长]达(?=\d|$)|(?<![其高初集当])中(?=[有占仅约近超，,\d]|$))"
    r"|[A-Za-z\d.%]+(?:[万亿]?(?:周岁|[元岁亩人户年头只名个家所米吨张分]|平方米|公[里顷斤])?及?以[上下])?)"
)
_MAKE = tuple.__new__  # half the time of calling the class
_RATES_END = ("达", "均", "为", "超", "约", "仅", "仍", "已", "到", "控制")
_GLUED = frozenset(f"率{verb}" for verb in _RATES_END) | {"村达", "户达", "人达", "村共", "县共", "镇共", "乡共"}
_KEPT = {"占比": "vn", "老年人口": "n", "同比": "d", "环比": "d"}
_LEVELS = "省市州县区旗镇乡村"
_HELD = frozenset(f"{level}{verb}" for level in _LEVELS for verb in "有含")
"""What the dictionary makes of the end of a place's name before 有 (柳河 镇有); at the start of a phrase they say who owns (村有林场)."""
_ONLY = frozenset(f"{noun}{only}" for noun in "员场站点厂户村所园馆" for only in "仅只")
"""What the dictionary makes of the end of a noun before 仅有."""
_TRACES = frozenset("硒锌钾碘铁钙税油糖盐水沙金银磷氟酸碳氧氮氨铅量")
"""What soil, water and sums hold: 含 before them names no part of a place (含硒土壤)."""
_HOMES = frozenset("家窗星声")
"""What ends a name that 之 joins: 职工之家, 文明之星."""
_TITLES = frozenset(("长", "户长", "区长"))
_TOWNS = frozenset("乡镇")
_NAMES = frozenset(("ns", "nr", "nz"))
_Part = tuple[str, str, bool, bool, int, int]
_KINDS = {"since": "y", "link": "y", "manner": "d", "each": "r"}


def words(text: str, start: int, end: int) -> list[Word]:
    """The words of `text[start:end]`; a quotation, a short bracket (村(居)) and a run of letters or digits are one word each."""
    found: list[Word] = []
    at = start
    for group in _GROUP.finditer(text, start, end):
        first, past = group.span()
        if at < first:
            _cut(text[at:first], at, found)
        tag, nominal, verb = _sort(_tag(group))
        found.append(Word(group[0], tag, first, past, nominal, verb))
        at = past
    if at < end:
        _cut(text[at:end], at, found)
    return found


def _tag(match: re.Match[str]) -> str:
    group = match[0]
    if group[0] in "“《‘":
        return "quote"
    if group[0] in "(（":
        return "k"
    if match.lastgroup == "kept":
        return _KEPT.get(group, "b")  # 人均, 在岗, 3A级以上: they describe the noun behind them
    if match.lastgroup:
        return _KINDS[match.lastgroup]
    if group[-1] in "上下":  # 60岁以上
        return "b"
    return "digit" if any(sign.isdigit() for sign in group) and not group[:2].isalpha() else "eng"  # PM2.5 is a name


def _cut(piece: str, at: int, found: list[Word]) -> None:
    """Appends the words of `piece`, which begins at `at` of the text."""
    if not piece.isprintable():  # lone surrogates cannot be handed to the dictionary
        piece = _SURROGATE.sub("□", piece)
    found += [_MAKE(Word, (word, tag, at + first, at + past, nominal, verb)) for word, tag, nominal, verb, first, past in _parts(piece)]


@lru_cache(maxsize=8192)
def _parts(piece: str) -> list[_Part]:
    """The words of a piece with where they stand in it; the same few phrases (同比增长) stand before most figures."""
    found: list[_Part] = []
    nouns, adverbs, acts, leading = lists().nouns, lists().adverbs, lists().acts, lists().leading
    deed_rates, raising = lists().deed_rates, lists().raising
    at = 0
    for word, tag in rjieba.tag(piece):
        end = at + len(word)
        if tag[0] == "n" and len(word) == 3 and word[:2] in acts and end < len(piece):  # 新建村 组 公路
            found += [(word[:2], *_sort("v"), at, at + 2), (word[2:], *_sort("n"), at + 2, end)]
        elif word in _ONLY:  # 分拣 员仅
            found += _titled(found, word[0], at)
            found.append((word[1:], *_sort("d"), at + 1, end))
        elif word in _GLUED or (word in _HELD and found and found[-1][2] and found[-1][0] not in lists().openers):
            found += [(word[0], *_sort("vn"), at, at + 1), (word[1:], *_sort(_held(found, piece, word[1:], end)), at + 1, end)]
        elif (word in _TITLES and found and found[-1][0] + word in nouns) or (word == "员" and found and found[-1][2]):  # 网格长, 护路员
            found += _titled(found, word, at)
        elif word in _HOMES and len(found) > 1 and found[-1][0] == "之":  # 颐养 之 家
            joined = found[-2][0] + "之" + word
            found[-2:] = [(joined, *_sort("n"), found[-2][4], end)]
        elif word in deed_rates and found and found[-1][1].startswith("v") and len(found[-1][0]) == 2 and found[-1][0] not in raising:
            found[-1] = (found[-1][0] + word, *_sort("n"), found[-1][4], end)  # 调解 成功率
        elif (word in _TOWNS and found and _names_town(found[-1])) or (word[-1] in _TOWNS and len(word) > 2 and tag in _NAMES):
            stem = found.pop() if len(word) == 1 else ("", "", False, False, at, at)
            found.append((stem[0] + word, *_sort("ns"), stem[4], end))  # 清江 乡
        elif word == "区" and found and found[-1][0][-1] == "镇" and found[-1][1] == "ns" and len(found[-1][0]) > 2:  # 龙门 镇区
            town = found.pop()
            found += [(town[0][:-1], *_sort("ns"), town[4], at - 1), ("镇区", *_sort("n"), at - 1, end)]
        elif word == "含":
            found.append((word, *_sort(_held(found, piece, word, end)), at, end))
        elif len(word) == 4 and word.endswith("资金") and word[:2] in leading:  # 筹集资金
            found += [(word[:2], *_sort("v"), at, at + 2), (word[2:], *_sort("n"), at + 2, end)]
        else:
            found.append((word, *_sort("vn" if word in nouns else "d" if word in adverbs else "v" if word in acts else tag), at, end))
        at = end
    return found


def _held(found: list[_Part], piece: str, verb: str, end: int) -> str:
    """The part of speech of 有 or 含 at `end`: between a place and what it has (罗坪镇 含 工业园区) 含 parts the two."""
    owner = found[-1][0] if found else ""
    parts = verb == "含" and owner not in lists().openers and (owner[-1:] in _LEVELS or piece[end - 2 : end - 1] in _LEVELS)
    return "p" if parts and owner and piece[end : end + 1] not in _TRACES else "v"


def _names_town(part: _Part) -> bool:
    """Whether a word is the name of the 乡 or 镇 behind it, and not of the county that has townships (平江县乡、村公路)."""
    return part[1] in _NAMES and len(part[0]) > 1 and (part[1] != "ns" or part[0][-1] not in _LEVELS)


def _titled(found: list[_Part], ending: str, at: int) -> list[_Part]:
    """`ending` (员, 长, 场) at `at`, as one noun with the word before it, which it takes from `found`."""
    if not found:
        return [(ending, *_sort("n"), at, at + len(ending))]
    titled = found.pop()
    return [(titled[0] + ending, *_sort("n"), titled[4], at + len(ending))]


@cache
def _sort(tag: str) -> tuple[str, bool, bool]:
    """A part of speech, with whether it can be or head a noun, and whether it is a verb that is no noun as well."""
    return tag, tag.startswith(_NOMINAL) or tag == "quote", tag in ("v", "vd", "vg", "vi", "vq")
