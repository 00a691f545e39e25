"""Tables in plain text: rows of words and figures with white space between them become statistics; what only looks like rows stays text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.records import Document
from ingest import readers
from ingest.pipeline import run

PROSE = "近年来，青山县把网格员队伍建设作为基层治理的重要抓手，选派机关干部到村任职，为群众办理实事。"
HEAD = ["乡镇", "网格数（个）", "网格员（人）"]
ROWS = [["石桥镇", "12", "35"], ["柳河镇", "8", "1,020"], ["大坪乡", "10", "33"]]
GAPS = ["  ", "    ", "\t", "\t\t", " \t ", "　　", "　"]


def page(rows: list[list[str]], gap: str = "    ", above: str = "青山县网格员配备情况", below: str = "") -> str:
    return "\n".join([above, *(gap.join(row) for row in rows), *([below] if below else [])])


def read(text: str) -> tuple[Document, ...]:
    """The documents of a text file; every quote is checked against its place in the file."""
    raw = readers.read("a.txt", text.encode())
    assert raw.text == text
    found = run(raw)
    for document in found:
        for item in document.statistics:
            assert item.span.of(document.text) == item.quote
            pieces = document.offsets.to_source(item.span)
            assert "".join(piece.of(text) for piece in pieces) == "".join(item.quote.split("\n"))
    return found


def told(text: str) -> list[str]:
    return [f"{item.subject} {item.value} {item.unit}" for document in read(text) for item in document.statistics]


FIGURES = [
    f"{row[0]}{head} {figure.replace(',', '')} {unit}"
    for row in ROWS
    for head, figure, unit in (("网格", row[1], "个"), ("网格员", row[2], "人"))
]


def values(text: str) -> list[str]:
    return [f"{item.value} {item.unit}" for document in read(text) for item in document.statistics]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("gap", GAPS)
def test_rows_below_a_head_are_statistics_of_their_rows_and_columns(gap: str, end: str) -> None:
    text = page([HEAD, *ROWS], gap).replace("\n", end)
    (document,) = read(text)
    assert document.title == "青山县网格员配备情况"
    assert values(text) == ["12 个", "35 人", "8 个", "1020 人", "10 个", "33 人"]
    for item, row in zip(document.statistics, [name for name, *_ in ROWS for _ in HEAD[1:]], strict=True):
        assert row in (item.subject or "") or item.place == row


def test_the_same_rows_in_a_workbook_give_the_same_statistics() -> None:
    csv = "\n".join(["青山县网格员配备情况", *(",".join(f'"{cell}"' for cell in row) for row in [HEAD, *ROWS])])
    found = run(readers.read("a.csv", csv.encode()))
    assert told(page([HEAD, *ROWS])) == [f"{item.subject} {item.value} {item.unit}" for document in found for item in document.statistics]


def test_columns_set_to_a_width_with_an_empty_cell_keep_their_places() -> None:
    rows = [
        "乡镇      网格数（个）  网格员（人）",
        "石桥镇              12            35",
        "柳河镇                           20",
        "大坪乡              10            33",
        "城关街道             9            30",
    ]
    assert values("\n".join(["青山县网格员配备情况", *rows])) == ["12 个", "35 人", "20 人", "10 个", "33 人", "9 个", "30 人"]


@pytest.mark.parametrize("gap", [" ", "  "])
def test_words_beside_the_name_and_numbers_of_the_rows_are_no_figures(gap: str) -> None:
    rows = [["序号", *HEAD], *([str(number), *row] for number, row in enumerate(ROWS, 1))]
    assert values(page(rows, gap)) == ["12 个", "35 人", "8 个", "1020 人", "10 个", "33 人"]


def test_a_table_stands_between_sentences_that_keep_their_own_figures() -> None:
    text = page([HEAD, *ROWS], above=f"网格员走进家家户户\n{PROSE}\n全县共有网格员350人。", below="去年新增网格员20人。")
    assert values(text) == ["350 人", "12 个", "35 人", "8 个", "1020 人", "10 个", "33 人", "20 人"]


def test_a_unit_above_the_head_and_a_table_of_two_columns() -> None:
    text = "青山县各乡镇柑橘产值\n单位：万元\n乡镇    产值\n石桥镇    120\n柳河镇    88.5\n大坪乡    76"
    (document,) = read(text)
    assert document.title == "青山县各乡镇柑橘产值"
    assert [str(item.value) for item in document.statistics] in (["1200000", "885000", "760000"], ["120", "88.5", "76"])


@pytest.mark.parametrize("label", ["", "附：", "附:", "附 ：", "附表：", "附件1："])
def test_the_label_of_an_appendix_above_a_table_is_no_subject(label: str) -> None:
    rows = [["村名", "户数", "人口", "耕地"], *([f"{name}村", "120", "400", "800"] for name in ("石桥", "柳河", "大坪"))]
    text = page(rows, above=f"青山县工作情况报告\n{PROSE}\n{label}各村情况（单位：户、人、亩）")
    assert told(text) == ["户数 120 户", "人口 400 人", "耕地 800 亩"] * 3


NO_TABLES = {
    "a poem": "春晓    孟浩然\n春眠不觉晓    处处闻啼鸟\n夜来风雨声    花落知多少\n青山看不厌    流水趣何长",
    "an address block": "收件人    王小明\n地址      青山县城关镇人民路\n邮编      844600\n电话      0998-1234567",
    "signatures": "负责人：王小明    审核：李建国\n填报人：赵强    日期：2023\n某：甲    某：1\n某：乙    某：2",
    "a table of contents": "目    录\n一、基本情况    1\n二、主要做法    3\n三、工作成效    12\n四、下步打算    20",
    "a table of contents with a head": "章节    页码\n基本情况    1\n主要做法    3\n工作成效    12\n下步打算    20",
    "chapters": "青山县志    目录\n第一章  总则        1\n第二章  人口        12\n第三章  农业        35",
    "a numbered list": "工作    要点\n1.    抓好350个网格\n2.    建好20个站点\n3.    培训1200人次\n4.    走访600户",
    "a list of bare items": "工作    要点\n（一）    350\n（二）    20\n（三）    1200",
    "two columns of prose": "\n".join(f"{PROSE[at : at + 14]}    {PROSE[at + 14 : at + 28]}" for at in (0, 5, 9, 11)),
    "columns of prose with figures": "全县组织网格员    各乡镇先后建成\n走访群众350    服务站点20\n化解纠纷12    培训班次30",
    "code": "变量  类型  值\nint x  =  1\nint y  =  2\nint z  =  3",
    "salutations": "尊敬的    各位代表：\n各位委员    各位来宾：\n同志们    朋友们：\n大家    好：",
    "paragraphs with an indent": f"　　{PROSE}\n　　{PROSE}\n　　{PROSE}\n　　{PROSE}",
    "two rows": page([HEAD, *ROWS[:2]]),
    "rows without a head": page(ROWS, above=f"{PROSE}"),
    "rows of unlike columns": page([HEAD, ROWS[0], [*ROWS[1], "5"], ROWS[2], [*ROWS[1], "7"]]),
    "names": page([["组长", "副组长", "成员"], ["王小明", "李建国", "张文"], ["赵强", "刘芳", "陈静"], ["马文", "孙丽", "周平"]]),
    "a head that says the same twice": page([["乡镇", "面积", "面积"], *ROWS]),
    "a line of dates and places": "时间    地点\n5月6日    石桥镇\n5月7日    柳河镇\n5月8日    大坪乡",
    "scores in prose": "他说    一\n村里    1户 人\n镇上    2户 人\n县里    3户 人",
}  # fmt: skip


@pytest.mark.parametrize("text", NO_TABLES.values(), ids=NO_TABLES.keys())
def test_what_only_looks_like_rows_is_no_table(text: str) -> None:
    assert readers.read("a.txt", text.encode()).tables == ()


def test_phone_numbers_and_persons_give_no_figures() -> None:
    rows = [["姓名", "年龄", "电话"], ["王小明", "35", "13812345678"], ["李建国", "41", "13912345678"], ["张文", "29", "13712345678"]]
    assert values(page(rows, above="网格员名册")) == []


@given(
    st.lists(st.lists(st.integers(0, 99_999), min_size=2, max_size=2), min_size=3, max_size=8),
    st.sampled_from(GAPS[:6]),
    st.sampled_from(["", PROSE, "青山县网格员配备情况"]),
)
@settings(max_examples=60, deadline=None)
def test_every_cell_stands_where_its_span_says(figures: list[list[int]], gap: str, above: str) -> None:
    rows = [HEAD, *([f"{'甲乙丙丁戊己庚辛'[number]}河镇", *map(str, pair)] for number, pair in enumerate(figures))]
    raw = readers.read("a.txt", page(rows, gap, above).encode())
    (table,) = raw.tables
    assert [cell.span.of(raw.text) for cell in table.cells] == [text for row in rows for text in row]
    assert (table.span.start, table.span.end) == (table.cells[0].span.start, table.cells[-1].span.end)
