"""What holds for every text: spans are true, values finite, nothing raises, and time grows with length only."""

import math
import sys
import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract.numerals import fold, from_han
from ingest.extract.statistic_figures import figures
from tests.statistics.build import read

WORDS = (
    "0 1 9 12 350 2025 3.5 1,234 年 月 日 人 名 个 户 万 亿 元 % 余 多 以上 近 其中 占 占比为 分别 增长 、 , ， 。 ； “ ” 《 》 ( ) 至 - — "
    "每 第 一 二 十 百 村 网格员 党员 解决 问题 配备 由 到 下降到 同比 2025年上半年 计划 \n \ud800 😀 ％ ３"
)
PIECES = st.sampled_from(WORDS.split(" "))


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_text_gives_true_spans_and_finite_values(text: str) -> None:
    found = read(text)
    for item in found.statistics:
        assert item.quote
        assert item.span.of(text) == item.quote
        assert math.isfinite(item.value)
        assert item.max_value is None or item.max_value > item.value
    assert len({item.id for item in found.statistics}) == len(found.statistics)
    for check in found.checks:
        assert all(quote.span.of(text) == quote.text for quote in check.quotes)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


SIGNS = "0123456789.,:/-~+%％０９一二两三五七十百千万亿壹贰叁拾佰零点半成分之余多近约至到第每个户元亩米度年月日次人m²km() 、，。“”\n"


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=SIGNS, max_size=80))
def test_figures_follow_one_another_and_hold_a_number(text: str) -> None:
    folded = fold(text)
    found = list(figures(folded))
    assert all(0 <= item.start < item.end <= len(text) for item in found)
    assert all(one.end <= next_.start for one, next_ in pairwise(found))
    for item in found:
        assert math.isfinite(item.value)
        assert item.max_value is None or item.value < item.max_value
        assert any(sign in folded[item.start : item.end] for sign in "0123456789一二两三五七十百千万亿壹贰叁拾佰零")


def calls(action: Callable[[], object]) -> int:
    """How many functions, also of C, are called."""
    count = 0

    def seen(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(seen)
    try:
        action()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "shape", ["5户、", "1:", "一二", "由3个到5个,", "计划修路3公里。", "1.2和1.5个百分点、", "——增长6%；\n", "（一）修路5公里\n"]
)
def test_work_grows_with_length_only(shape: str) -> None:
    read(shape * 20)  # tables are read once
    small, large = calls(lambda: read(shape * 100)), calls(lambda: read(shape * 400))
    assert large < 4.6 * small + 400


@pytest.mark.parametrize(
    ("numeral", "value"), [("十", 10), ("一百二", 120), ("两千零五", 2005), ("三万六", 36000), ("十二万三千", 123000), ("二〇二五", 2025)]
)
def test_chinese_numerals_are_read(numeral: str, value: int) -> None:
    assert from_han(numeral) == value


@pytest.mark.parametrize("numeral", ["", "万", "十百", "二二", "百十千"])
def test_other_runs_are_no_numbers(numeral: str) -> None:
    assert from_han(numeral) is None


@pytest.mark.parametrize(
    "unit",
    ["1", "1,", "一", "第", "每", "“", "(", "a1", "20", "1+", " ", "占", "其中", "村、", "分别", "由1到2,", "2020年"],
)
def test_time_grows_with_length_only(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 5


def test_time_grows_with_the_number_of_figures_only() -> None:
    text = "的2个、" * 20_000  # one sentence; a step that looks at all figures of it for each takes half a minute
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 10
