"""Markdown: the marks go, what they say stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import UnreadableFile
from archive.layout import locations
from archive.text import Span
from ingest.pipeline import run
from ingest.readers import read
from tests.ingest.readers.web_pages import BODY, TITLE


def text_of(markdown: str) -> str:
    return read("a.md", markdown.encode()).text


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("# 标题\n\n正文第一段。\n\n正文第二段。", "标题\n正文第一段。\n正文第二段。\n"),
        ("全县**党员**干部*共*`120`人", "全县党员干部共120人\n"),
        ("第一行，\n第二行。", "第一行，第二行。\n"),
        ("one\ntwo", "one two\n"),
        ("第一行  \n第二行", "第一行\n第二行\n"),
        ("第一行<br>第二行<span>内</span>", "第一行\n第二行内\n"),
        ("3. 走访\n4. 调解", "3. 走访\n4. 调解\n"),
        ("- 走访\n- 调解\n  1. 登记", "走访\n调解\n1. 登记\n"),
        ("> 引用的话。\n> > 再引用。", "引用的话。\n再引用。\n"),
        ("```\n代码一行\n\n代码两行\n```", "代码一行\n代码两行\n"),
        ("见[《办法》](http://a.example/b)全文", "见《办法》全文\n"),
        ("![全县网格分布图](a.png)", "全县网格分布图\n"),
        ("![image](a.png)正文。![](b.png)![图1](c.png)", "正文。\n"),
        ("有网格~~236~~240个", "有网格240个\n"),
        ("<div><p>嵌入的段落。</p><script>x=1</script></div>", "嵌入的段落。\n"),
        ("甲\n\n---\n\n乙", "甲\n乙\n"),
        ("1\\. 不是列表", "1. 不是列表\n"),
        ("&lt;120&gt;人", "<120>人\n"),
        ("增长5.2%[^1]。\n\n[^1]: 快报数。", "增长5.2%[^1]。\n[^1]: 快报数。\n"),
    ],
)
def test_marks_go_and_words_stay(markdown: str, text: str) -> None:
    assert text_of(markdown) == text


def test_headings_tables_and_places_are_kept() -> None:
    raw = read("a.md", "# 总结\n\n## 一、做法\n\n| 乡镇 | 网格 |\n|---|--:|\n| 东乡 | 12 |\n\n完。".encode())
    assert [(heading.span.of(raw.text), heading.level) for heading in raw.headings] == [("总结", 0), ("一、做法", 2)]
    (table,) = raw.tables
    assert [(cell.span.of(raw.text), cell.head) for cell in table.cells] == [("乡镇", True), ("网格", True), ("东乡", False), ("12", False)]
    at = raw.text.index("12")
    (place,) = locations(raw.layout, [Span(at, at + 2)])
    assert (place.cell, place.paragraph) == ("表1!B2", 6)


def test_front_matter_is_metadata_and_no_text() -> None:
    raw = read("a.md", f'---\ntitle: "{TITLE}"\ndate: 2023-05-08\nauthor: 王小明\ntags:\n  - 治理\n---\n{BODY[0]}\n'.encode())
    assert raw.text == f"{BODY[0]}\n"
    assert (raw.meta.title, raw.meta.published, raw.meta.authors) == (TITLE, "2023-05-08", ("王小明",))
    (document,) = run(raw)
    assert (document.title, document.published) == (TITLE, "2023-05-08")


@pytest.mark.parametrize("text", ["---\n正文没有字段\n---\n乙", "---\n\n---\n乙", "甲\n\n---\ntitle: 乙\n\n---\n"])
def test_rules_that_look_like_front_matter_take_no_text(text: str) -> None:
    for word in ("甲", "乙", "正文没有字段"):
        assert word not in text or word in text_of(text)


@given(
    st.lists(
        st.text("县乡村镇党委群众干部工作治理，0123456789", min_size=4, max_size=30).map(lambda text: f"{text}。"), min_size=1, max_size=15
    )
)
@settings(max_examples=60, deadline=None)
def test_plain_paragraphs_come_back_as_they_were(lines: list[str]) -> None:
    lines = [f"共{line}" for line in lines]
    assert text_of("\n\n".join(lines)) == "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig", "utf-16"])
def test_markdown_is_read_in_every_encoding(encoding: str) -> None:
    assert read("a.markdown", "\r\n\r\n".join(BODY).encode(encoding)).text == "".join(f"{line}\n" for line in BODY)


@pytest.mark.parametrize(
    "part", ["[" * 20_000, "*" * 20_000, "> " * 5_000, "`" * 20_000, "![a](" * 5_000, "<a " * 5_000, "- " * 5_000, "|a" * 5_000]
)
def test_marks_without_end_are_read_or_refused_and_never_raise(part: str) -> None:
    assert BODY[0] in text_of(f"{BODY[0]}\n\n{part}\n")


def test_files_without_words_or_larger_than_a_book_are_refused() -> None:
    for data, advice in ((b"---\n***\n", "no text"), (b"a" * 5_000_001, "split it"), (bytes(range(256)) * 4, "save it")):
        with pytest.raises(UnreadableFile, match=advice):
            read("a.md", data)


@pytest.mark.parametrize(
    "markdown",
    [
        "\n".join(f"{'  ' * depth}- 第{depth}层的做法，共有{depth}件。" for depth in range(150)),
        "\n".join(f"[{number}]全县共有网格236个。" for number in range(6_000)),
        "*" * 200_001 + BODY[0],
    ],
)
def test_text_that_the_parser_would_lose_or_never_finish_is_kept_line_by_line_with_a_warning(markdown: str) -> None:
    raw = read("a.md", markdown.encode())
    assert raw.text == "".join(f"{line.strip()}\n" for line in markdown.split("\n"))
    assert "check it" in raw.source.warnings[0]
