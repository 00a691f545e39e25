"""The closed list of themes and its cue words."""

from __future__ import annotations

import re

import pytest

from archive.text import Span
from archive.themes import Theme, find_theme, themes, themes_by_id
from ingest.extract.themes import ThemeHits, ranked, themes_of


@pytest.mark.parametrize("theme", themes().values(), ids=lambda theme: theme.id)
def test_the_example_of_a_theme_is_read_as_that_theme_first(theme: Theme) -> None:
    assert themes_of(theme.example)[0] == theme.label


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


@pytest.mark.parametrize("text", ["", "今天天气晴朗。", "2024年3月5日", "abc def"])
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
