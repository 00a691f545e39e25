"""What is a personal name beyond doubt: a surname and a character that given names have and names of places seldom do."""

from __future__ import annotations

import re
from functools import lru_cache

import rjieba

from ingest.extract.people_names import is_put_together, pattern
from ingest.headers import DOUBLE_SURNAMES, SURNAMES

_HAN = "\u4e00-\u9fff"
_GIVEN = frozenset(
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞刚桂兰玉萍红华国建志文辉鹏飞鑫波斌宇浩凯健俊帆帅旭欢佳玲琴珍凤翠菊莲燕雪娥芬芝珠晓永德福贵"
    "荣祥喜庆发根宝学义仁礼智信忠孝良友立光亮伍思雅慧洁婷婉琳琪瑶瑞琼颖倩莹楠妮媛嫦丹彤彩彬峰锋钢铁锦锐刘勤劳诚诗诺轩辰晨曦晖昊晗睿博达伦"
    "昌富贤顺淑素美艺巧爱惠萱蓉蕾薇芹苗茹莉莎菲超越毅恒怡恩悦忆维绍继绪振挺捷耀翔翰羽聪胜勋励勉卫宏宗守定宪寿尧卓奇力一二三四五六七九"
)
"""Characters that common given names are made of. Those that places are as often named with (山, 河, 龙, 平, 安, 兴) are left out."""
_LUCKY = frozenset("昌德福富贵祥荣发寿光友良义仁礼智信忠孝永惠庆喜明国建华文顺和宏爱守定力博达红诚勤劳贤学立宗美诗")
"""Those of them that estates and villages of two characters are named with: 富强, 文昌, 高明."""
_PLACE = re.compile(
    r"[村庄镇乡县区市州旗屯寨沟湾堡坪岭坡河山桥店营关口滩场社组户校园院站所厂路街家坝洞塘铺坎岩溪江湖海潭泉井峡崖垭岗峪台墩圩集巷城寺庙塔洲渡港嘴数额量率费款类业型岁月日年元]$"
)
_DOTTED = re.compile(rf"[{_HAN}]{{1,8}}(?:[·・•][{_HAN}]{{1,8}}){{1,3}}")
SURNAME = "".join(sorted(SURNAMES))
GIVEN = "".join(sorted(_GIVEN))
"""For patterns that look whether a text can hold a name at all."""
HIDDEN = rf"(?:[*＊×○Xx]{{1,2}}[{_HAN}]?|某[某甲乙丙]?)(?![{_HAN}\w*])"
"""What stands behind a surname in the place of the characters that are not printed."""
MASKED = rf"(?<![{_HAN}])[{SURNAME}]{HIDDEN}"
"""A name that is printed without its characters: 张**, 李*英, 王某."""
_MASKED = re.compile(MASKED)


@lru_cache(maxsize=16384)
def is_name(text: str) -> bool:
    """Whether a word is a personal name, and hardly anything else: 张伟, 王建国, 欧阳明, 买买提·艾力. Unsure ones (石泉, 高平) are none."""
    if _DOTTED.fullmatch(text) or _MASKED.fullmatch(text) or is_put_together(text):
        return True
    surname = 2 if text[:2] in DOUBLE_SURNAMES else 1
    given = text[surname:]
    if not 1 <= len(given) <= 2 or (surname == 1 and text[0] not in SURNAMES) or _PLACE.search(text) or _GIVEN.isdisjoint(given):
        return False
    if len(text) == 2 and given in _LUCKY:
        return False
    first, tag = rjieba.tag(text)[0]
    return tag.startswith("nr") if first == text else len(first) <= surname


def name_at(text: str, at: int) -> int:
    """The length of the personal name that begins there in running text, as the words around it cut it; 0 when there is none."""
    following = re.match(rf"[{_HAN}]{{2,8}}", text[at : at + 8])
    dotted = _DOTTED.match(text, at, at + 24) or pattern().match(text, at, at + 16)
    if dotted or not following:
        return dotted.end() - at if dotted else 0
    words = rjieba.tag(following[0])
    first = words[0][0]
    if len(first) == 1 and len(words) > 1:
        first += words[1][0]
    if len(first) > 2 and first[-1] in "家户" and is_name(first[:-1]):  # 张伟家
        return len(first) - 1
    return len(first) if is_name(first) else 0
