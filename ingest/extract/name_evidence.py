"""Whether words of a list are names of persons together: each may be one, hardly any is a word, and a head or their surnames say so.

One word seldom tells (高平 and 石泉 are towns and might be persons). Three under 低保户名单 do, and so do four that nothing else explains.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import rjieba

from ingest.extract.people_names import is_part, is_put_together
from ingest.extract.person_names import is_name
from ingest.headers import DOUBLE_SURNAMES, SURNAMES

_HAN = "\u4e00-\u9fff"
_COMMON = frozenset(
    "王李张刘陈杨赵吴周徐孙朱胡郭何罗郑梁谢宋许韩冯邓曹彭曾肖董袁潘于蒋蔡余杜叶程苏魏吕任沈姚卢姜崔钟谭陆汪范廖贾韦付邹孟熊秦邱尹薛闫段侯陶黎贺郝龚邵钱"
)
"""The common surnames (80 of the first 100) that places and things are seldom named with, as they are with 高, 石, 白, 黄, 马, 龙, 金."""
_NO_NAME = re.compile(
    r"[村庄镇乡县区市州旗屯寨沟湾堡坪坡店营关口滩场社组户校园院站所厂路街家坝洞铺坎井峡崖垭岗峪台墩圩集巷寺庙塔洲渡港嘴坊桥岭窑坟坑垸圪坳坨数额量率费款类业型岁月日年元办局委会部科处室队班酒茶菜果瓜米豆薯药桃杏梨枣皮]$|^.子$"
)
_LIKE_A_PLACE = re.compile(r"[山河江海泉湖川溪岩塘城潭林平安兴龙]$")
_PEOPLE = (
    r"户主|姓名|(?:低保|贫困|脱贫|监测|五保|特困|困难|欠费|示范|承包|搬迁|受灾)(?:农|边缘)?户|农户|住户|村民|居民|群众|学员|学生|同学|老人|[业党社队学村会]员|网格员|护林员"
    r"|保洁员|协管员|信息员|调解员|管水员|联户长|成员|人员|代表|志愿者|(?:受益|领取|获奖|申请|残疾|带头|明白|传承)(?:人|者)|(?:低保|救助|监测|供养|保障)对象"
)
_HEAD = re.compile(
    rf"(?:(?:{_PEOPLE})(?:(?:花|公示)?名[单册]|公示表?|情况表?|发放表|登记表|如下|有|为|是|分别为)?|(?<![村乡镇业位校目社区地司种场厂品物产])(?:公示|花)?名[单册](?:如下)?)[:：\s]*$"
)
_LEAST, _LEAST_ALONE = 3, 4
_SHARE, _SHARE_ALONE = 0.8, 0.9


@lru_cache(maxsize=16384)
def may_be_name(text: str) -> bool:
    """Whether a word of 2–4 characters might be a name: a surname before one or two characters, no word of the dictionary but of names."""
    if is_name(text):
        return True
    surname = 2 if text[:2] in DOUBLE_SURNAMES else 1
    if not surname < len(text) <= surname + 2 or not re.fullmatch(rf"[{_HAN}]+", text) or _NO_NAME.search(text):
        return False
    if surname == 1 and text[0] not in SURNAMES:
        return False
    word, tag = rjieba.tag(text)[0]
    return len(word) <= surname or tag.startswith("nr")


def is_headed(before: str) -> bool:
    """Whether the words right before a list announce persons: 低保户名单：, 网格员：, 户主; not 脱贫村名单."""
    return bool(_HEAD.search(before[-40:]))


def are_names(words: Sequence[str], headed: bool) -> bool:
    """Whether a list is of persons: three under a head that says so, or four behind common surnames that nothing else explains."""
    distinct = tuple(dict.fromkeys(words))
    share = _SHARE if headed else _SHARE_ALONE
    if len(distinct) < (_LEAST if headed else _LEAST_ALONE):
        return False
    named = [word for word in distinct if may_be_name(word)]
    named += [word for word in distinct if headed and is_part(word)][: len(named)]
    ends = Counter(word[-1] for word in named)
    if len(named) < share * len(distinct) or max(ends.values(), default=0) > (0.5 if headed else 0.4) * len(named):
        return False
    if headed:
        return True
    sure = [word for word in named if is_put_together(word) or (word[0] in _COMMON and not _LIKE_A_PLACE.search(word))]
    return len(sure) >= share * len(distinct)
