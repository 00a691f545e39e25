"""What one private person has or does is no figure of the archive; what offices, places and firms have is."""

from __future__ import annotations

import pytest

from ingest.extract.private_persons import named_in
from tests.support import only

HEAD = "某县产业发展情况的报告\n2023年，某县"


@pytest.mark.parametrize(
    "sentence",
    [
        "村民李秀英发展脐橙种植12亩，年收入8.6万元，家庭人口5人。",
        "张伟家养牛15头。",
        "脱贫户王建国家养羊30只。",
        "贫困户买买提·艾力养鸡300只。",
        "党员张建国包联12户、李秀英包联15户。",
        "张伟500元。",
    ],
)
def test_a_private_persons_figures_are_withheld(sentence: str) -> None:
    found = only(f"{HEAD}发展油茶30万亩。\n{sentence}\n全镇共有脱贫户860户。")
    subjects = [one.subject for one in found.statistics]
    assert not [one for one in subjects if one and any(name in one for name in ("张", "李秀英", "王建国", "买买提"))], subjects
    quotes = "".join(one.quote for one in found.statistics)
    assert "30万亩" in quotes and "860户" in quotes
    assert "8.6万元" not in quotes and "家庭人口" not in quotes
    assert not [unit.quote for unit in found.units if "李秀英发展" in unit.quote]


OTHERS = (
    "村民小组 村民安全饮水 农户高质量发展 张家界旅游收入 马铃薯种植面积 群众文化活动 脱贫户户均增收 李家村人口 华强集团产值 "
    "农户易地搬迁 安全生产投入 高标准农田建设 文明实践站 王家坪村养牛 张村养牛 学生奖学金 居民包户干部 老人关爱资金 黄金桃种植"
)


@pytest.mark.parametrize("words", OTHERS.split())
def test_other_words_name_no_person(words: str) -> None:
    assert not named_in(words)


@pytest.mark.parametrize("line", ["1 张三", "2 张四", "12 张小"])
def test_a_number_and_a_name_of_zhang_is_no_count_of_sheets(line: str) -> None:
    assert only(f"{HEAD}情况如下。\n{line}\n到此为止。").statistics == ()


def test_sheets_are_counted() -> None:
    assert [one.quote for one in only(f"{HEAD}购置情况如下。\n3 张桌子\n").statistics] == ["3 张桌子"]
    assert [one.quote for one in only(f"{HEAD}购置桌子30张，发放床20张。").statistics] == ["桌子30张", "发放床20张"]
