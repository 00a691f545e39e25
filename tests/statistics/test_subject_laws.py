"""What holds for the subject of every figure of every text: it is words of the text or nothing, never raises, and takes time by length."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.statistics.build import read

WORDS = (
    "12 3.5 86% 个 人 户 亩 万元 公里 个百分点 次 的 了 中 其中 分别 占 占比 占全县 比上年 较2020年 高于 低于 增长 "
    "提高到 由 从 为 达到 超 突破 大关 "
    "工作队 县政府 农户 协调 种植 建设 投入 资金 面积 油茶 基地 率 数 、 和 与 及 ， , 。 ； ： ( ) （ ） “ ” "
    "‘ ’ 《 》 每 每户 平均 户均 村均 按 按照 "
    "不 未 向 给 完成 任务 公办 PM2.5 gdp 3A级 100头以上 连续 2023年 今年 \n \ud800 😀 \u3000 \x00"
)
PIECES = st.sampled_from(WORDS.split(" "))


@settings(max_examples=120, deadline=None)
@given(st.lists(PIECES, max_size=50).map("".join))
def test_a_subject_is_words_or_nothing(text: str) -> None:
    for item in read(text).statistics:
        if item.subject is None:
            continue
        assert item.subject.strip() == item.subject != ""
        assert "\n" not in item.subject
        assert len(item.subject) <= 120


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30), st.sampled_from(("12个", "3.5万元", "86%", "40户96人", "2次", "5公里的")), st.text(max_size=30))
def test_any_characters_beside_a_figure_are_read(left: str, figure: str, right: str) -> None:
    for item in read(left + figure + right).statistics:
        assert item.quote


@settings(max_examples=30, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_the_same_text_gives_the_same_subjects(text: str) -> None:
    assert [item.subject for item in read(text).statistics] == [item.subject for item in read(text).statistics]


@pytest.mark.parametrize(
    "unit",
    [
        "工作队协调资金3万元",
        "A和B分别增长6%和7%,",
        "(含2所)",
        "社员9名中女性3人、",
        "的5个",
        "占全县的8%,",
        "从3个提高到5个",
        "“村”、",
        "2户3人",
    ],
)
def test_naming_takes_time_by_length(unit: str) -> None:
    def seconds(times: int) -> float:
        text = unit * times
        start = time.process_time()
        read(text)
        return time.process_time() - start

    short = min(seconds(2_000 // len(unit)) for _ in range(2))
    assert seconds(20_000 // len(unit)) < 40 * short + 0.5  # ten times the text; a hundred times where each step looks at all
