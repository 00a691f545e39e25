"""Places by their short names: 浙江, 苏州, 四川昭觉."""

from __future__ import annotations

import pytest

from tests.places.builders import about, codes, read

FOUND: tuple[tuple[str, dict[str, str | None]], ...] = (
    ("浙江坚持数字赋能，走在前列。", {"浙江省": "330000"}),
    ("产品远销广东、福建和内蒙古。", {"广东省": "440000", "福建省": "350000", "内蒙古自治区": "150000"}),
    ("医疗队赶赴长春、沈阳等地支援。", {"长春市": "220100", "沈阳市": "210100"}),
    ("从温州引进的企业，在宜宾落户。", {"温州市": "330300", "宜宾市": "511500"}),
    ("江西婺源县晒秋正忙。", {"江西省": "360000", "婺源县": "361130"}),
    ("江西婺源，油菜花开。", {"江西省": "360000", "婺源县": "361130"}),
    ("四川凉山州昭觉县的安置点。", {"四川省": "510000", "凉山州": "513400", "昭觉县": "513431"}),
    ("贵州遵义的辣椒加工。", {"贵州省": "520000", "遵义市": "520300"}),
    ("山东日照的海边小镇。", {"山东省": "370000", "日照市": "371100"}),
    ("日照市坚持港城一体。日照的海岸线很长。", {"日照市": "371100"}),
    ("会泽多山，马铃薯种得好。今年会泽又添了两座冷库。", {"会泽县": "530326"}),
    ("新时代昭通高质量发展新图景。", {"昭通市": "530600"}),
    ("乐至县是养蚕大县。乐至的桑园达3万亩。", {"乐至县": "512022"}),
    ("走进西藏山南，一座座温室。", {"西藏自治区": "540000", "山南市": "540500"}),
    ("宁夏固原原州区的村庄。", {"宁夏回族自治区": "640000", "固原市": "640400", "原州区": "640402"}),
    ("吉林长春双阳区鹿乡镇。", {"吉林省": "220000", "长春市": "220100", "双阳区": "220112", "鹿乡镇": "220112"}),
)
NOT_FOUND = (
    "浙江大学专家到村指导。",
    "据四川日报报道，示范区建成。",
    "人民网、安徽经济网、四川在线记者采写。",
    "云南某某生物科技公司的基地。",
    "推进长治久安，建设大同社会。",
    "日照时间长，阳光充足。",
    "白银和黄金首饰加工。",
    "平均海拔上海拔高的地方。",
    "珠江西岸的城市群。",
    "从黄河南岸到漳河北岸。",
    "从深山东侧的村子出发。",
    "哈密瓜和普洱茶卖得好。",
    "欢迎来宾参观。",
    "广大新乡贤回村。",
    "中央第七次西藏工作座谈会精神。",
    "阿里巴巴的农村淘宝。",
    "大凉山深处的彝寨。",
    "学习同心县域治理。",
    "高台上唱戏，金沙滩边放羊，高台越搭越大。",
    "会泽的同学来信说家里很好。",
    "与合作伙伴签约，资源共享，振兴乡村。",
)


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[text[:14] for text, _ in FOUND])
def test_short_names_are_found_under_the_full_name(text: str, expected: dict[str, str | None]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize("text", NOT_FOUND, ids=[text[:14] for text in NOT_FOUND])
def test_words_and_bearers_of_a_name_are_no_places(text: str) -> None:
    assert codes(text) == {}


def test_a_short_name_is_a_mention_of_the_full_one_that_the_text_prints() -> None:
    document = read("昭觉县种洋芋。昭觉的洋芋卖到外地。")
    assert [(mention.key, mention.span.of(document.text)) for mention in document.mentions] == [("昭觉县", "昭觉县"), ("昭觉县", "昭觉")]


def test_the_evidence_of_a_short_name_is_printed() -> None:
    (place,) = read("石榴卖到温州等地。").places
    assert place.name == "温州市" and place.evidence.startswith("温州") and place.resolved_name is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("这里是内蒙古，祖国的正北方。锡林郭勒盟有嘎查村856个。锡林郭勒盟的牧民说。", {"锡林郭勒盟"}),
        ("湖南花垣县推行积分制，花垣县的村民参与。", {"花垣县"}),
        ("浙江坚持数字赋能。浙江的做法是一网通办。", {"浙江省"}),
    ],
)
def test_a_province_that_only_says_where_is_not_what_the_text_is_about(text: str, expected: set[str]) -> None:
    assert about(text) == expected
