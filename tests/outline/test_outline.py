"""Numbered headings and items become a tree whose paths are addresses."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.outline import outline_of


def paths(text: str) -> list[str]:
    return [node.path for node in outline_of(text)]


def titles(text: str) -> list[str]:
    return [node.title for node in outline_of(text)]


LINEAR = 8.0
"""Seconds of processor time: some ten times what linear work takes here, a hundredth of what quadratic work would."""


@pytest.mark.parametrize("end", ["一是", "一是\n", "（三）", "\n（三） \n", "\n二、"])
def test_a_text_that_breaks_off_behind_a_mark_has_no_item_there(end: str) -> None:
    assert paths(f"一、主要做法\n（一）建强组织。\n（二）抓好落实。{end}") == ["一", "一/（一）", "一/（二）"]


def test_an_address_names_the_marks_from_the_root_down() -> None:
    text = (
        "一、主要做法\n（一）建强组织。一是健全体系。内容。二是织密网络。内容。\n（二）建强队伍。一是选优。内容。\n"
        "二、问题\n1.认识不足。内容。\n2．力量不足。内容。"
    )
    assert paths(text) == ["一", "一/（一）", "一/（一）/一是", "一/（一）/二是", "一/（二）", "一/（二）/一是", "二", "二/1", "二/2"]


def test_ascii_brackets_give_the_same_address_as_full_width_ones() -> None:
    assert paths("一、做法\n(一)建强组织。\n(二)建强队伍。") == ["一", "一/（一）", "一/（二）"]


def test_sides_and_ordinals_are_items_too() -> None:
    assert titles("问题有二。一方面，平台难整合。内容。另一方面，规划难落地。内容。") == ["平台难整合", "规划难落地"]
    assert paths("原因如下：首先，人少。其次，钱少。") == ["首先", "其次"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("一是抓住关键，示范带动，抓住党政班子成员这个“关键少数”，加强乡镇党委领导班子建设，规范制度。", "抓住关键，示范带动"),
        (
            "一是建好融志愿服务、应急救援、安保维稳等功能于一体的党员志愿服务队，坚决落实组织生活制度。",
            "建好融志愿服务、应急救援、安保维稳等功能于一体的党员志愿服务队",
        ),
        ("（一）健全机制，压实责任。各乡镇成立专班。", "健全机制，压实责任"),
        ("一、强化组织领导，高位推动“积分制”\n正文。", "强化组织领导，高位推动“积分制”"),
    ],
)
def test_a_title_is_the_heading_or_the_leading_clause(text: str, title: str) -> None:
    assert titles(text) == [title]


@pytest.mark.parametrize(
    "text",
    [
        "二是强化保障。内容。",
        "这一是非问题。",
        "全县有三个乡镇。1.5万人受益。",
        "3.5%的农户参与。",
        "他说一是一，二是二。",
        "第一书记、第二课堂。",
        "五、六年前开始建设。",
    ],
)
def test_numbers_that_are_no_marks_open_no_node(text: str) -> None:
    assert paths(text) == []


def test_a_lost_heading_does_not_lose_those_after_it() -> None:
    assert paths("一、做法\n内容。\n三、建议\n内容。") == ["一", "三"]


def test_an_unmarked_heading_closes_the_items_above_it() -> None:
    text = "主要做法\n第一，建强组织。内容。\n第二，建强队伍。内容。\n取得成效\n一是面貌一新。内容。二是收入增加。内容。"
    assert paths(text) == ["第一", "第二", "一是", "二是"]
    assert outline_of(text)[1].extent.of(text) == "第二，建强队伍。内容。"


def test_numbered_points_may_run_on_inside_a_paragraph() -> None:
    text = "（一）资金投入不足。1.运营补贴标准偏低。内容。2.社会资本参与不够。全县有1.5万人受益。"
    assert titles(text) == ["资金投入不足", "运营补贴标准偏低", "社会资本参与不够"]


def test_the_same_address_twice_is_told_apart() -> None:
    assert paths("一、做法\n一是甲。内容。二是乙。内容。\n一是丙。内容。二是丁。内容。") == [
        "一",
        "一/一是",
        "一/二是",
        "一/一是#2",
        "一/二是#2",
    ]


def test_an_extent_ends_where_the_next_section_begins() -> None:
    text = "一、做法\n（一）甲。内容甲。一是子。内容子。\n段落。\n（二）乙。内容乙。"
    by_path = {node.path: node.extent.of(text) for node in outline_of(text)}
    assert by_path["一/（一）"] == "（一）甲。内容甲。一是子。内容子。\n段落。"
    assert by_path["一/（一）/一是"] == "一是子。内容子。"
    assert by_path["一"] == text


@given(st.text(alphabet="一二三十是、（）()123.①②首先其次，。；：\n 网格", max_size=200))
def test_spans_hold_and_extents_nest(text: str) -> None:
    nodes = {node.path: node for node in outline_of(text)}
    assert len(nodes) == len(outline_of(text))
    for node in nodes.values():
        assert node.span.of(text) == node.title
        assert node.extent.holds(node.span)
        if node.parent:
            assert nodes[node.parent].extent.start <= node.extent.start
            assert node.extent.end <= nodes[node.parent].extent.end


@pytest.mark.parametrize("unit", ["一、", "一是。", "（一）\n", "1.\n", "，", "一", "首先，。"])
def test_outlining_is_linear(unit: str) -> None:
    started = time.process_time()
    outline_of(unit * 30_000)
    assert time.process_time() - started < LINEAR
