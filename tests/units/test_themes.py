"""The closed list of themes and its cue words."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import Span
from archive.themes import Theme, find_theme, themes, themes_by_id
from ingest.extract.themes import ThemeHits, _outermost, ranked, themes_of
from tests.units.build import document, unit


@pytest.mark.parametrize("theme", themes().values(), ids=lambda theme: theme.id)
def test_the_example_of_a_theme_is_read_as_that_theme_first(theme: Theme) -> None:
    assert themes_of(theme.example)[0] == theme.label


@pytest.mark.parametrize(("label", "text"), [(theme.label, text) for theme in themes().values() for text in theme.counter_examples])
def test_a_counter_example_of_a_theme_does_not_have_it(label: str, text: str) -> None:
    assert label not in themes_of(text)


def test_a_phrase_of_another_sense_takes_out_the_cue_inside_it_and_no_other() -> None:
    assert themes_of("草场四周围起网格状铁栏。") == ()
    assert themes_of("网格员巡查网格状铁栏。") == ("网格化管理",)
    assert themes_of("县里划分网格，铺设网格状铁栏。") == ("网格化管理",)


@pytest.mark.parametrize("theme", themes().values(), ids=lambda theme: theme.id)
def test_a_phrase_that_takes_out_holds_a_cue(theme: Theme) -> None:
    cues = [cue.word for cue in theme.cues if cue.weight]
    assert all(any(word in cue.word for word in cues) for cue in theme.cues if not cue.weight)


def test_the_list_is_closed_and_its_slugs_are_sound() -> None:
    assert len(themes()) == len(themes_by_id()) == 32
    for theme in themes().values():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", theme.id)
        assert theme.broader is None or theme.broader in themes_by_id()
        words = [cue.word for cue in theme.cues]
        assert len(words) == len(set(words)), theme.label


def test_a_theme_is_found_by_slug_label_and_synonym() -> None:
    grid = themes()["网格化管理"]
    assert find_theme("grid-management") is find_theme("网格化管理") is find_theme("网格员") is grid
    assert find_theme("量子计算") is None


@pytest.mark.parametrize(
    "text", ["", "今天天气晴朗。", "2024年3月5日", "abc def", "民营资本参与建设停车场。", "企业与高校合作。", "供需矛盾突出。"]
)
def test_a_text_about_nothing_on_the_list_has_no_theme(text: str) -> None:
    assert themes_of(text) == ()


def test_at_most_so_many_themes_as_asked_for() -> None:
    text = "".join(theme.example for theme in themes().values())
    assert len(themes_of(text)) == 3
    assert len(themes_of(text, limit=1)) == 1


def test_weighing_a_stretch_is_the_same_as_weighing_its_text() -> None:
    text = "".join(theme.example for theme in themes().values())
    hits = ThemeHits.of(text)
    for theme in themes().values():
        start = text.index(theme.example)
        span = Span(start, start + len(theme.example))
        assert ranked(hits.weights(span), 3) == themes_of(theme.example)


def test_what_a_document_is_about_is_shared_by_units_whose_words_say_little() -> None:
    text = """一、主要做法
（一）建好智慧平台。推进数字化治理，建设大数据平台，数据一网统管。
（二）稳步推进验收。逐项完成需求确认，按期收尾。
（三）发放补贴。为老年人办理养老补贴，送医上门。"""
    doc = document(text)
    assert "数字治理" in unit(doc, "稳步推进验收").themes
    assert unit(doc, "发放补贴").themes[0] == "民生服务"


def test_a_document_on_many_things_lends_its_units_nothing() -> None:
    text = "\n".join(
        f"（{mark}）办好第{mark}件事。{theme.example}" for mark, theme in zip("一二三四五六七八", themes().values(), strict=False)
    )
    doc = document("一、主要做法\n" + text + "\n（九）稳步推进验收。逐项完成确认，按期收尾。")
    assert unit(doc, "稳步推进验收").themes == ()


@pytest.mark.parametrize("sign", ["𠮷", "😀", "\ud800", "é", "\uffff"])
def test_unusual_characters_move_no_cue(sign: str) -> None:
    text = f"{sign}推行网格化管理，{sign}{sign}发展特色养殖{sign}，壮大集体经济"
    words = {text[start:end] for start, end, *_ in _outermost(text)}
    assert words == {plain[start:end] for plain in [text.replace(sign, "")] for start, end, *_ in _outermost(plain)}
    assert words


@given(st.lists(st.sampled_from(["网格员", "合作社", "党建", "，", "电商", "脱贫"]), max_size=30), st.integers(0, 40), st.integers(0, 90))
def test_a_word_weighs_twice_at_most_in_whatever_stretch(words: list[str], start: int, length: int) -> None:
    text = "".join(words)
    span = Span(start, start + length)
    expected: dict[str, float] = {}
    seen: Counter[int] = Counter()
    for begin, end, word, theme, weight in sorted(_outermost(text)):
        if start <= begin and end <= span.end and seen[word] < 2:
            seen[word] += 1
            expected[theme] = expected.get(theme, 0.0) + weight
    assert ThemeHits.of(text).weights(span) == expected
