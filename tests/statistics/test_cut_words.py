"""Nouns that the dictionary cuts wrongly, adverbs that stand behind a noun, and conversions of what was just counted."""

import pytest

from tests.statistics.build import read


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("分拣员仅有12名。", ["分拣员"]),
        ("专职保洁员仅420名。", ["专职保洁员"]),
        ("核心育种场仅1个，屠宰场仅有3个。", ["核心育种场", "屠宰场"]),
        ("新建村组公路1800公里。", ["村组公路"]),
        ("新建户厕320座。", ["户厕"]),
        ("肉羊饲养量力争突破170万只。", ["肉羊饲养量"]),
        ("奶牛存栏力争达到5万头，苹果产量有望超过20万吨。", ["奶牛存栏", "苹果产量"]),
        ("退耕还林40万亩，折合2.67万公顷。", ["退耕还林", "退耕还林"]),
        ("水费收入300万元，惠及群众1.2万人。", ["水费收入", "群众"]),
        ("已全面完成14个中、小学食堂改造。", ["中、小学食堂"]),
        ("柳河镇有网格员35名。", ["网格员"]),
        ("青山县有合作社12家，柳河村有党员30名。", ["合作社", "党员"]),
        # not to be cut
        ("村有林场300亩。", ["村有林场"]),
        ("力争新增绿地30亩。", ["新增绿地"]),
        ("新建学校3所。", ["学校"]),
        ("不仅有网格员12名，还有楼长30名。", ["网格员", "楼长"]),
    ],
)
def test_a_noun_is_whole(text: str, wanted: list[str]) -> None:
    assert [item.subject for item in read(text).statistics] == wanted
