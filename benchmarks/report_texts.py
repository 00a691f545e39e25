"""Made reports for the benchmark of reprints: some that share many of their sentences, and some that share few."""

from __future__ import annotations

import random
from functools import cache

_WHO = [
    "各乡镇",
    "县委社会工作部",
    "村党支部",
    "驻村工作队",
    "网格员",
    "党员志愿者",
    "合作社",
    "村民代表",
    "调解员",
    "包村干部",
    "民政部门",
    "县农业农村局",
]
_WHEN = (
    "今年以来",
    "近年来",
    "上半年",
    "截至目前",
    "每季度",
    "去年",
    "试点期间",
    "雨季之前",
    "农忙时节",
    "换届之后",
    "入冬以来",
    "每逢集市",
)
_DOES = (
    "走访",
    "组织",
    "建成",
    "推进",
    "落实",
    "排查",
    "化解",
    "整合",
    "打造",
    "完善",
    "培训",
    "选派",
    "修订",
    "公示",
    "盘活",
    "协商",
    "巡查",
    "帮扶",
)
_WHAT = (
    "农户",
    "议事会",
    "服务站",
    "积分制",
    "矛盾纠纷",
    "闲置房屋",
    "资金项目",
    "村规民约",
    "志愿队伍",
    "产业园区",
    "灌溉水渠",
    "入户道路",
    "养老床位",
)
_HOW = (
    "逐户登记",
    "挂图作战",
    "一事一议",
    "上门代办",
    "以奖代补",
    "分片包干",
    "张榜公布",
    "定期通报",
    "现场办公",
    "错时服务",
    "结对帮带",
    "逐级审核",
)
_STOCK = ("坚持以人民为中心的发展思想，", "不断增强群众的获得感幸福感安全感，", "打通服务群众最后一公里，", "以高质量党建引领基层治理，")
HAN = [chr(code) for code in range(0x4E00, 0x5E00)]
_WORDS = 8_000
_PHRASES = 200
_TOPIC = 250
"""Words that a report draws from beside the common ones."""
_COMMON = 400
_PHRASE_SHARE = 0.3
"""Share of sentences that begin with a stock phrase. How many pairs of reports share a term of every class all the same is what
`python -m benchmarks.reprints --texts varied` prints as the candidates of a text without a copy."""


def alike(length: int, chance: random.Random) -> str:
    """A report of `length` characters with stock phrases, figures and paragraphs, as counties write them."""
    pieces: list[str] = []
    size = 0
    while size < length:
        sentence = "".join(
            (
                chance.choice(_STOCK) if chance.random() < 0.1 else "",
                chance.choice(_WHEN) + "，",
                *(
                    chance.choice(_WHO)
                    + chance.choice(_HOW)
                    + chance.choice(_DOES)
                    + chance.choice(_WHAT)
                    + f"{chance.randrange(2, 9000)}个，"
                    if chance.random() < 0.4
                    else "".join(chance.choice(HAN[:2500]) for _ in range(chance.randrange(5, 14))) + "，"
                    for _ in range(chance.randrange(1, 4))
                ),
                chance.choice(_DOES) + chance.choice(_WHAT) + "。",
                "\n" if chance.random() < 0.2 else "",
            )
        )
        pieces.append(sentence)
        size += len(sentence)
    return "".join(pieces)[:length]


@cache
def _vocabulary() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words of two to four characters, and phrases made of them; always the same."""
    chance = random.Random(20)
    words = tuple("".join(chance.choices(HAN[:3000], k=chance.choice((2, 2, 2, 3, 4)))) for _ in range(_WORDS))
    return words, tuple("".join(chance.choices(words, k=chance.randrange(4, 7))) + "，" for _ in range(_PHRASES))


def varied(length: int, chance: random.Random) -> str:
    """A report of `length` characters about one place and one topic."""
    words, stock = _vocabulary()
    place = "".join(chance.choices(HAN[:3000], k=2)) + chance.choice("县区市")
    topic = [*words[:_COMMON], *chance.sample(words, _TOPIC)]
    pieces: list[str] = []
    size = 0
    while size < length:
        opening = chance.choice(stock) if chance.random() < _PHRASE_SHARE else place if chance.random() < 0.1 else ""
        clauses = ("".join(chance.choices(topic, k=chance.randrange(3, 6))) + _figure(chance) for _ in range(chance.randrange(1, 5)))
        sentence = f"{opening}{'，'.join(clauses)}。" + ("\n" if chance.random() < 0.2 else "")
        pieces.append(sentence)
        size += len(sentence)
    return "".join(pieces)[:length]


def _figure(chance: random.Random) -> str:
    return f"{chance.randrange(2, 9000)}{chance.choice('个人户件次亩')}" if chance.random() < 0.3 else ""
