"""Pages that are damaged, declare what they are not, or are made to hurt: read within bounds, or refused with what to do."""

from __future__ import annotations

import pytest

from archive.errors import UnreadableFile
from archive.records import SourceState
from ingest.readers import read
from ingest.readers.web.source import MAX_ATTRIBUTES, as_lines, parsed, without_floods
from ingest.readers.web.templates import ROWS, Row, is_around, is_body
from tests.ingest.readers.web_pages import BODY, TEMPLATES, around, headed, paragraphs

PAGE = around(headed(f'<div id="zoom">{paragraphs(BODY)}</div>'))
LINE = f"<p>{BODY[0]}</p>"


@pytest.mark.parametrize("declared", ["utf-8", "GB2312", "gbk", "iso-8859-1", "x-unknown", ""])
@pytest.mark.parametrize(
    ("codec", "named"),
    [("utf-8", "utf-8"), ("gb18030", "gb18030"), ("utf-8-sig", "utf-8-bom"), ("utf-16", "utf-16-le-bom"), ("utf-16-le", "utf-16-le")],
)
def test_the_bytes_tell_the_encoding_whatever_the_page_declares(codec: str, named: str, declared: str) -> None:
    raw = read("a.html", PAGE.replace('charset="utf-8"', f'charset="{declared}"').encode(codec))
    assert all(line in raw.text for line in BODY)
    assert raw.source.encoding == named


def test_traditional_characters_in_big5_are_read() -> None:
    text = "近年來，臺灣某縣政府推動基層治理，輔導社區發展，共有志工三百五十人參加，成效良好。"
    html = f'<html><head><meta charset="big5"></head><body><div id="zoom"><p>{text}</p></div></body></html>'
    assert read("a.htm", html.encode("big5")).text == f"{text}\n"


def test_a_few_damaged_bytes_cost_a_warning_and_not_the_page() -> None:
    page = around(headed(f'<div id="zoom">{paragraphs(BODY * 20)}</div>'))
    data = page.encode("gb18030").replace("盯".encode("gb18030"), b"\xff\xff", 1)
    raw = read("a.html", data)
    assert raw.source.state is SourceState.PARTIAL
    assert "damaged" in raw.source.warnings[0]
    assert all(line in raw.text for line in BODY[1:])


@pytest.mark.parametrize("depth", [300, 1_500])
def test_deep_nesting_is_read_to_the_bottom(depth: int) -> None:
    raw = read("a.html", f"<html><body>{'<div>' * depth}{LINE}{'</div>' * depth}<p>{BODY[5]}</p></body></html>".encode())
    assert raw.text.split() == [BODY[0], BODY[5]]
    assert raw.source.warnings == ()


@pytest.mark.parametrize("tag", ["div", "font", "span", "b", "table><tr><td"])
def test_what_is_nested_deeper_than_the_parser_goes_is_kept_as_lines_with_a_warning(tag: str) -> None:
    hidden = "<script>var a = '脚本不是正文。';</script><!-- 注释不是正文。 -->"
    raw = read("a.html", f"<html><body>{LINE}{hidden}{f'<{tag}>' * 20_000}{BODY[5]}</div><p>{BODY[7]}".encode())
    assert raw.text.split() == [BODY[0], BODY[5], BODY[7]]
    assert "nested deeper" in raw.source.warnings[0]


@pytest.mark.parametrize("attribute", ["a{}='1'", "a{}", "a{}='>'", 'a{}="<b>"', 'a{}="\'"'])
def test_a_flood_of_attributes_costs_a_warning_and_no_text(attribute: str) -> None:
    flood = " ".join(attribute.format(number) for number in range(30_000))
    raw = read("a.html", f"<html><body>{LINE}<p {flood}>{BODY[5]}</p><p>{BODY[7]}</p></body></html>".encode())
    assert raw.text.split() == [BODY[0], BODY[5], BODY[7]]
    assert "attributes" in raw.source.warnings[0]


def test_attributes_of_ordinary_pages_are_no_flood() -> None:
    picture = f'<img src="data:image/png;base64,{"A" * 100_000}">'
    style = f'<p style="{"color: red; " * 300}">字</p>'
    for html in (PAGE, picture, style, "<p " + " ".join(f"a{number}=1" for number in range(MAX_ATTRIBUTES - 10)) + ">字</p>"):
        assert without_floods(html) is html


def test_attributes_beyond_count_are_refused() -> None:
    tag = "<p " + " ".join(f"a{number}=1" for number in range(900)) + ">文</p>"
    with pytest.raises(UnreadableFile, match="attributes"):
        read("a.html", f"<html><body>{tag * 2_500}</body></html>".encode())


@pytest.mark.parametrize("tail", ["<a " * 50_000, "<!--" * 50_000, "<script>" * 50_000, "<" * 100_000, "&" * 100_000, "<b>" * 1_900])
def test_mark_up_that_is_never_closed_takes_no_line_before_it(tail: str) -> None:
    assert read("a.html", f"<html><body>{LINE}{tail}".encode()).text.split("\n")[0] == BODY[0]


def test_a_long_page_is_read_whole() -> None:
    raw = read("a.html", f"<html><body><div>{LINE * 30_000}</div></body></html>".encode())
    assert raw.text == f"{BODY[0]}\n" * 30_000


def test_a_table_of_endless_spans_is_bounded() -> None:
    rows = '<tr><td colspan="1000" rowspan="65534">甲</td><td>乙</td></tr>' * 500
    raw = read("a.html", f"<html><body>{LINE}<table>{rows}</table></body></html>".encode())
    assert raw.tables == ()
    assert raw.text.count("乙") == 500
    assert raw.source.warnings == ("too large for a table: 1 of more than 200,000 rows by columns, read as lines; check them",)


def test_a_large_table_within_the_bound_is_a_table_without_a_warning() -> None:
    rows = "<tr><td>甲镇</td><td>12</td></tr>" * 2_000
    raw = read("a.html", f"<html><body>{LINE}<table>{rows}</table></body></html>".encode())
    assert (len(raw.tables), raw.source.warnings) == (1, ())


def test_as_lines_keeps_every_character_that_shows() -> None:
    assert "2 < 3 &amp; 4" in as_lines("<div>2 < 3 &amp; 4</div>").replace("&lt;", "<")
    assert parsed(as_lines("<div><div>甲<br>乙</div>丙")).warnings == ()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.place}-{row.attribute}")
def test_every_row_of_templates_knows_its_example_and_leaves_what_is_to_be_kept(row: Row) -> None:
    told = is_body if row.place == "body" else is_around

    def first(html: str) -> bool:
        return any(told(element) for element in parsed(f"<html><body>{html}字</div></body></html>").root.iter("div"))

    assert first(row.example)
    assert row.keep is None or not first(row.keep)


def test_a_page_named_by_no_template_loses_nothing_that_trafilatura_would_lose() -> None:
    short = ["一、基本情况", "全县辖5个镇。", "二、经验做法", *BODY[2:4], "三、工作成效", "（一）秩序井然", "全年零上访。"]
    for name in ("lines ended by br", "div soup", "text in a layout table", "nested layout tables"):
        raw = read("a.html", TEMPLATES[name](short).encode())
        assert [line for line in raw.text.split("\n") if line in short] == short
