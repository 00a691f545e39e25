"""Sentences that a column, a page or a fixed width broke are whole again; paragraphs, headings and articles stay apart."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import Span
from ingest.cleaning import clean

SENTENCE = "近年来，青山县坚持以人民为中心，大力推进基层治理创新，取得了明显成效，群众满意度不断提升。"
NEXT = "全县共划分网格三百个，配备网格员六百名，网格员每天走访农户，及时上报事件，矛盾纠纷明显减少。"


@pytest.mark.parametrize("at", [6, 10, 21, 30, 40])
@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n", "\n　　"])
def test_a_sentence_broken_in_its_middle_is_joined(at: int, gap: str) -> None:
    before = SENTENCE + NEXT[:at]
    assert SENTENCE + NEXT in clean(before + gap + NEXT[at:]).page.text


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (SENTENCE, NEXT),
        (SENTENCE, "一、主要做法"),
        ("一、强化组织领导，高位推动“积分制”", NEXT),
        ("强化统筹协调功能", NEXT),
        (SENTENCE, "强化统筹协调功能"),
        ("一是健全机制；", "二是强化保障。"),
        (SENTENCE.rstrip("。"), "一、主要做法"),
        (SENTENCE.rstrip("。"), "本报记者 张三 摄"),
        (SENTENCE.rstrip("。"), "图为志愿者在村里清理河道。"),
    ],
)
def test_paragraphs_headings_and_captions_stay_apart(above: str, below: str) -> None:
    assert above + below not in clean(f"{above}\n{below}").page.text


LINEAR = 8.0
"""Seconds of processor time: some ten times what linear work takes here, a hundredth of what quadratic work would."""


def test_articles_with_a_wide_gap_between_them_stay_apart() -> None:
    assert SENTENCE.rstrip("。") + NEXT not in clean(SENTENCE.rstrip("。") + "\n\n\n\n" + NEXT).page.text


FIGURES = "全县有60周岁以上老年人24.7万人，占总人口的22.7%，其中2023年新增1.02万人，建成养老服务站586个、床位4826张。"


@pytest.mark.parametrize("width", [24, 38, 40])
@pytest.mark.parametrize("whole", [(SENTENCE + NEXT) * 4, (SENTENCE + FIGURES) * 5, FIGURES * 8])
def test_text_wrapped_to_a_width_becomes_paragraphs(width: int, whole: str) -> None:
    wrapped = "\n".join(whole[at : at + width] for at in range(0, len(whole), width))
    assert "".join(clean(wrapped).page.text.split()) == whole
    assert clean(wrapped).page.text.count("\n") <= 3


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("供养标准由每人每月760元提高到89", "0元。", "提高到890元。"),
        ("投入资金1.3", "7亿元，惠及群众3万人。", "1.37亿元"),
        ("群众满意度达到97.2", "%，比上年提高。", "97.2%"),
        ("全年增长5.", "8%，高于全省。", "5.8%"),
        ("全县教职工571", "2人，其中女教师过半。", "5712人"),
    ],
)
def test_a_figure_cut_by_a_line_break_is_one_figure_again(above: str, below: str, whole: str) -> None:
    assert whole in clean(f"{SENTENCE}{above}\n{below}{NEXT}").page.text


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("东岭乡全年入户走访，群众满意率96.", "7%，比上年提高", "满意率96.7%"),
        ("东岭乡累计投入治理资金达到3.", "2亿元，惠及群众", "3.2亿元"),
        ("东岭乡共有搬迁户360户、21", "00人，已全部入住", "2100人"),
    ],
)
def test_a_figure_cut_in_a_line_that_might_be_a_heading_is_one_figure_again(above: str, below: str, whole: str) -> None:
    assert whole in clean(f"{above}\n{below}。").page.text


def test_the_number_of_an_item_is_no_figure_that_was_cut() -> None:
    assert "1.5%" not in clean(f"{SENTENCE}\n1.\n5%的农户受益。").page.text


def test_two_latin_words_keep_a_space_between_them() -> None:
    assert "open data" in clean(f"{SENTENCE}群众使用open\ndata平台办事，{NEXT}").page.text


def test_page_marks_of_a_viewer_go_and_the_sentence_is_whole() -> None:
    whole = (SENTENCE + NEXT) * 6
    pages = [whole[at : at + 77] for at in range(0, len(whole), 77)]
    marked = "\n".join(f"{number}、{page}" for number, page in enumerate(pages, 1))
    assert clean(marked).page.text == whole


def test_a_real_numbered_list_keeps_its_numbers() -> None:
    listed = f"1、{SENTENCE}\n2、{NEXT}\n3、{SENTENCE}\n4、{NEXT}"
    assert clean(listed).page.text == listed


def test_page_numbers_on_lines_of_their_own_go() -> None:
    text = f"{SENTENCE}{NEXT[:30]}\n- 1 -\n{NEXT[30:]}{SENTENCE}{NEXT[:33]}\n- 2 -\n{NEXT[33:]}"
    assert clean(text).page.text == SENTENCE + NEXT + SENTENCE + NEXT


def test_headings_that_ran_into_one_paragraph_get_their_lines_back() -> None:
    body = SENTENCE * 12
    run_on = f"{body}一、主要做法(一)健全机制。{body}(二)强化保障。{body}二、存在的问题(一)力量不足。{body}"
    assert [line for line in clean(run_on).page.text.split("\n") if len(line) < 20] == ["一、主要做法", "二、存在的问题"]


@given(st.text(alphabet="一二是、（）()1.23，。；：\n\r \t　网格员《》“”—图为记者摄 &nbsp;<p>", max_size=300))
def test_cleaning_never_raises_and_keeps_the_way_back(text: str) -> None:
    page = clean(text).page
    back = "".join(piece.of(text) for piece in page.offsets.to_source(Span(0, len(page.text))))
    assert "".join(back.split()) == "".join(page.text.split())


@pytest.mark.parametrize("unit", [" ", "1、\n", "\n", "（一）", "一、", "图", "——\n", "网格员350人", "记者 ", "1", "　", "·", "（", "摄\n"])
def test_cleaning_is_linear_in_the_length_of_the_text(unit: str) -> None:
    started = time.process_time()
    clean(unit * 30_000)
    assert time.process_time() - started < LINEAR
