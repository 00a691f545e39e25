"""Headings that the file itself marks: nodes of the outline also where they bear no number."""

from __future__ import annotations

import pytest

from archive.layout import Heading
from archive.text import Span
from ingest.extract.outline import outline_of

TEXT = "主要做法\n一、建强队伍\n有网格员350人。\n二、建好阵地\n建成站点12个。\n主要成效\n一、矛盾少了\n调解1250件。\n"


def marked(text: str, *headings: tuple[str, int]) -> list[Heading]:
    return [Heading(Span(text.index(title), text.index(title) + len(title)), level) for title, level in headings]


def paths(text: str, *headings: tuple[str, int]) -> list[str]:
    return [node.path for node in outline_of(text, marked(text, *headings))]


def test_a_heading_without_a_number_stands_over_the_numbers_below_it() -> None:
    nodes = outline_of(TEXT, marked(TEXT, ("主要做法", 1), ("主要成效", 1)))
    assert [node.path for node in nodes] == ["主要做法", "主要做法/一", "主要做法/二", "主要成效", "主要成效/一"]
    first = nodes[0]
    assert (first.marker, first.title, first.level, first.parent) == ("", "主要做法", 1, None)
    assert first.extent.of(TEXT) == TEXT[: TEXT.index("\n主要成效")]
    assert nodes[1].parent == "主要做法"


def test_headings_that_bear_their_numbers_change_nothing() -> None:
    text = "一、主要做法\n（一）建强队伍\n有网格员350人。\n二、主要成效\n调解1250件。\n"
    assert outline_of(text, marked(text, ("一、主要做法", 1), ("（一）建强队伍", 2), ("二、主要成效", 1))) == outline_of(text)


def test_one_heading_without_a_number_among_numbered_ones_stands_beside_them() -> None:
    text = "引言\n近年来有变化。\n一、主要做法\n（一）建强队伍\n有网格员350人。\n二、主要成效\n调解1250件。\n结语\n继续努力。\n"
    found = paths(text, ("引言", 1), ("一、主要做法", 1), ("二、主要成效", 1), ("结语", 1))
    assert found == ["引言", "一", "一/（一）", "二", "结语"]


def test_levels_nest_where_no_heading_is_numbered() -> None:
    text = "做法\n队伍\n有网格员350人。\n阵地\n建成站点12个。\n成效\n调解1250件。\n"
    assert paths(text, ("做法", 1), ("队伍", 2), ("阵地", 2), ("成效", 1)) == ["做法", "做法/队伍", "做法/阵地", "成效"]


def test_a_deeper_level_without_numbers_stands_below_numbered_headings() -> None:
    text = "一、做法\n建强队伍\n（一）选人\n选优配强。\n建好阵地\n（一）选址\n就近选址。\n二、成效\n调解1250件。\n"
    found = paths(text, ("一、做法", 1), ("建强队伍", 2), ("建好阵地", 2), ("二、成效", 1))
    assert found == ["一", "一/建强队伍", "一/建强队伍/（一）", "一/建好阵地", "一/建好阵地/（一）", "二"]


def test_headings_of_one_title_have_paths_of_their_own() -> None:
    text = "做法\n甲。\n做法\n乙。\n"
    headings = [Heading(Span(0, 2), 1), Heading(Span(6, 8), 1)]
    assert [node.path for node in outline_of(text, headings)] == ["做法", "做法#2"]


def test_a_slash_in_a_title_parts_no_path() -> None:
    assert paths("县/区做法\n甲。\n", ("县/区做法", 1)) == ["县／区做法"]


@pytest.mark.parametrize("heading", [("报告", 0), ("甲" * 61, 1)])
def test_the_title_of_the_whole_and_paragraphs_in_disguise_are_no_headings(heading: tuple[str, int]) -> None:
    assert paths(f"{heading[0]}\n正文。\n", heading) == []
