"""Rows of figures stay, whole and each in a line of its own, however their columns are set apart and whatever stands beside them."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.text import MappedText
from ingest.cleaning import clean
from ingest.cleaning.boilerplate import drop_banners, rows
from ingest.pipeline import drafts
from tests.cleaning.prose import SENTENCES
from tests.support import raw

DIRT = [text for row in rows() for text in row.examples]
GAPS = ["  ", "    ", "        ", "\t", "　　", " \t "]
NAMES = ["石桥镇", "柳河镇", "大坪乡", "合计", "其中：女", "一、农业", "（一）工业", "第一产业", "2023年", "1月", "人均纯收入", "1.1 水稻"]

numbers = st.one_of(
    st.integers(0, 9_999_999).map(str),
    st.integers(0, 9_999_999).map("{:,}".format),
    st.decimals(-99, 999, places=1).map(str),
    st.decimals(0, 100, places=1).map("{}%".format),
)
figure_rows = st.builds(
    lambda names, gap, figures: gap.join([*names, *figures]),
    st.one_of(
        st.sampled_from(NAMES).map(lambda one: [one]),
        st.tuples(st.integers(1, 40).map(str), st.sampled_from(NAMES)).map(list),
    ),
    st.sampled_from(GAPS),
    st.lists(numbers, min_size=1, max_size=5),
)
blocks = st.lists(figure_rows, min_size=1, max_size=12)
TITLE = "某某县各乡镇柑橘种植情况"


@given(blocks, st.lists(st.sampled_from(DIRT), max_size=3), st.booleans())
@example(["石桥镇    1000    2000"], [], False)
@example(["1  石桥镇  1000  2000", "2  柳河镇  1020  2033", "3  大坪乡  1040  2066"], [], True)
@example(["石桥镇    1000", "柳河镇    12"], ["第 3 页 共 12 页"], True)
@settings(max_examples=300, deadline=None)
def test_rows_of_figures_between_sentences_and_boilerplate_stay_as_they_are(block: list[str], dirt: list[str], prose: bool) -> None:
    body = [SENTENCES[0], ""] if prose else []
    page = "\n".join([TITLE, *body, "乡镇    面积    产量", *block, *dirt, "", SENTENCES[1]])
    assert [line for line in clean(page).page.text.split("\n") if line in block] == block


@given(blocks)
@settings(max_examples=60, deadline=None)
def test_rows_of_figures_reach_the_documents(block: list[str]) -> None:
    page = "\n".join([TITLE, SENTENCES[0], "", *block, "", SENTENCES[1]])
    found = "\n".join(document.text for document in drafts(raw(page)))
    assert [row for row in block if row not in found] == []


@pytest.mark.parametrize(
    "row", ["石桥镇....1000....2000", "石桥镇……1000……2000", "石桥镇    1000    2000", "第一节  制种    35    12", "3    12    25"]
)
def test_two_numbers_in_columns_are_no_entry_of_a_table_of_contents(row: str) -> None:
    assert drop_banners(MappedText.whole(f"第一段。\n{row}\n第二段。"))[0].text == f"第一段。\n{row}\n第二段。"


@pytest.mark.parametrize("entry", ["二、主要做法…………3", "第一章  总则        1", "2.1 发展现状........12", "参考文献    48"])
def test_entries_of_a_table_of_contents_go(entry: str) -> None:
    assert drop_banners(MappedText.whole(f"第一段。\n{entry}\n第二段。"))[0].text == "第一段。\n第二段。"
