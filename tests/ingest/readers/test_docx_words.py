"""What stands in a paragraph of Word beside its text, and what of it is read."""

from __future__ import annotations

import pytest

from archive.records import SourceState
from ingest.readers.word.symbols import FONTS, symbol
from tests.ingest.readers.word_files import cell, lines, p, r, read, table, word


def field(code: str, result: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    return f"{mark('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{mark('separate')}{result}{mark('end')}"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (field(" DATE ", r("2023年")), "2023年"),
        (field(f" IF {field('PAGE', r('9'))} ", r("是")), "是"),
        (f'<w:fldSimple w:instr="PAGE">{r("3")}</w:fldSimple>', "3"),
        (f'<w:hyperlink r:id="x">{r("全文")}</w:hyperlink>', "全文"),
        (f"<w:smartTag><w:smartTag>{r('甲县')}</w:smartTag></w:smartTag>", "甲县"),
        (f"<w:sdt><w:sdtContent>{r('网格员')}</w:sdtContent></w:sdt>", "网格员"),
        (f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('单击此处')}</w:sdtContent></w:sdt>{r('正文')}", "正文"),
        ("<w:r><w:t>网格</w:t><w:softHyphen/><w:t>员</w:t></w:r>", "网格员"),
        ("<w:r><w:t>5</w:t><w:noBreakHyphen/><w:t>6</w:t></w:r>", "5-6"),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>", "甲 乙"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>同意</w:t></w:r>', "☑同意"),
        (r("\uf0b3", '<w:rFonts w:ascii="Symbol"/>') + r("95%"), "≥95%"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>wǎng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>网</w:t></w:r></w:rubyBase></w:ruby></w:r>"
            + r("格"),
            "网格",
        ),
        ("<m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>", "(a+b)/2"),
        ("<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>", "x^2"),
        ('<w:r><w:commentReference w:id="1"/></w:r>' + r("正文"), "正文"),
        ("<w:r><w:t>  两边  </w:t></w:r>", "两边"),
        ("<w:r><w:lastRenderedPageBreak/><w:t>同页</w:t></w:r>", "同页"),
        (r("&#x4E00;&lt;&amp;"), "一<&"),
    ],
)
def test_what_is_printed_of_it_is_read(content: str, text: str) -> None:
    raw = read(word(p(content)))
    assert raw.text.splitlines() == [text]
    assert raw.source.state is SourceState.READ


@pytest.mark.parametrize("font", sorted(FONTS))
def test_symbols_of_fonts_have_characters_of_their_own(font: str) -> None:
    assert all(len(char) == 1 and symbol(font, f"F0{code:02X}") == char for code, char in FONTS[font].items())


@pytest.mark.parametrize(
    ("font", "code"), [("Wingdings", "F021"), ("Webdings", "F0A8"), (None, "zz"), ("x", "110000"), ("x", "D800"), ("x", "")]
)
def test_a_symbol_that_is_not_known_is_left_out(font: str | None, code: str) -> None:
    assert symbol(font, code) == ""


def test_a_line_break_in_a_paragraph_begins_a_line_at_the_same_place() -> None:
    raw = read(word(p("前文。"), p("<w:r><w:t>第一行。</w:t><w:br/><w:t>第二行。</w:t></w:r>")))
    assert raw.text.splitlines() == ["前文。", "第一行。", "第二行。"]
    assert [one.location.paragraph for one in raw.layout] == [1, 2, 2]


def test_inserted_text_is_read_and_deleted_text_is_not() -> None:
    raw = read(
        word(
            p(r("网格员"), f"<w:del><w:r><w:delText>300</w:delText></w:r></w:del><w:ins>{r('350')}</w:ins>", r("人")),
            p(f"<w:moveFrom>{r('搬走的话')}</w:moveFrom>", r("留下")),
            p(f"<w:moveTo>{r('搬走的话')}</w:moveTo>"),
        )
    )
    assert raw.text.splitlines() == ["网格员350人", "留下", "搬走的话"]
    assert raw.source.warnings == (
        "it holds changes that nobody accepted or rejected: what they insert was read, what they delete was left out",
    )


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next() -> None:
    deleted = "<w:rPr><w:del/></w:rPr>"
    raw = read(word(p("网格员", properties=deleted), p("350人"), p("末段", properties=deleted)))
    assert raw.text.splitlines() == ["网格员350人", "末段"]
    assert [one.location.paragraph for one in raw.layout] == [1, 2, 3]


def test_a_deleted_row_is_not_read() -> None:
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('旧')}{cell('1')}</w:tr>"
    assert lines(table(cell("新") + cell("2"), gone)) == ["新\t2\t"]


def test_hidden_text_is_left_out_with_a_warning() -> None:
    styles = '<w:style w:styleId="h" w:type="character"><w:name w:val="暗"/><w:rPr><w:vanish/></w:rPr></w:style>'
    hidden, shown = "<w:vanish/>", '<w:vanish w:val="0"/>'
    by_style = '<w:rStyle w:val="h"/>'
    raw = read(word(p(r("看见"), r("暗话", hidden), r("也看见", shown), r("暗", by_style)), styles=styles))
    assert raw.text == "看见也看见\n"
    assert raw.source.warnings == ("3 characters of hidden text were left out",)


def note(kind: str, id: int, *content: str) -> str:
    return f'<w:{kind} w:id="{id}">{"".join(p(one) for one in content)}</w:{kind}>'


def test_notes_stand_at_the_end_under_their_numbers_and_never_in_a_sentence() -> None:
    def mark(kind: str, id: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{id}"/></w:r>'

    raw = read(
        word(
            p(r("增长5%"), mark("footnote", 7), r("，居前。")),
            p(r("见文献"), mark("endnote", 2), r("与"), mark("footnote", 3), r("报告。")),
            parts={
                "footnotes:footnotes.xml": (
                    "footnotes",
                    '<w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote>'
                    + note("footnote", 3, "后注")
                    + note("footnote", 7, "按可比价", "又一段"),
                ),
                "endnotes:endnotes.xml": ("endnotes", note("endnote", 2, "统计年鉴")),
            },
        )
    )
    assert raw.text.splitlines() == ["增长5%，居前。", "见文献与报告。", "[1] 按可比价", "又一段", "[2] 后注", "[i] 统计年鉴"]


def test_headers_and_footers_are_set_apart_each_once() -> None:
    raw = read(
        word(
            p("正文"),
            parts={
                "header:header1.xml": ("hdr", p("甲县统计局文件")),
                "header:header2.xml": ("hdr", p("甲县统计局文件")),
                "footer:footer1.xml": ("ftr", p("- 1 -") + p("内部资料")),
            },
        )
    )
    assert raw.text == "正文\n"
    assert raw.set_apart == ("甲县统计局文件", "内部资料")


def test_a_text_box_is_read_once_though_it_is_offered_twice() -> None:
    box = f"<w:txbxContent>{p('框中的话')}</w:txbxContent>"
    choice = f"<w:drawing><wp:anchor><wps:txbx>{box}</wps:txbx></wp:anchor></w:drawing>"
    fallback = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    alternate = (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>'
    )
    raw = read(word(p("甲"), p("正文", f"<w:r>{alternate}</w:r>"), p("后文", f"<w:r>{fallback}</w:r>")))
    assert raw.text.splitlines() == ["甲", "正文", "框中的话", "后文", "框中的话"]
    assert [one.location.paragraph for one in raw.layout] == [1, 2, 2, 3, 3]


def test_a_table_of_contents_is_set_apart() -> None:
    styles = '<w:style w:styleId="T" w:type="paragraph"><w:name w:val="toc 1"/></w:style>'
    raw = read(word(p("一、做法\t1", style="T"), p("一、做法"), p("正文。"), styles=styles))
    assert raw.text.splitlines() == ["一、做法", "正文。"]
    assert raw.set_apart == ("一、做法\t1",)


def test_a_table_of_contents_that_never_ends_does_not_swallow_the_text() -> None:
    code = "<w:r><w:instrText> TOC \\o </w:instrText></w:r>"
    begin, separate = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate"))
    raw = read(word(p(begin, code, separate, r("一、做法 1")), p("一、做法"), p("正文。")))
    assert (raw.text.splitlines(), raw.set_apart) == (["一、做法", "正文。"], ("一、做法 1",))


def test_a_field_whose_code_never_ends_does_not_swallow_the_text() -> None:
    assert lines(p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', r("暗")), p("正文。"))[-1] == "正文。"


def test_a_title_among_the_properties_counts_only_when_the_text_prints_it() -> None:
    def titled(title: str) -> str | None:
        core = f'<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:creator>Administrator</dc:creator></c>'
        raw = read(word(p("关于基层治理的报告"), p("正文。"), more={"docProps/core.xml": core}))
        assert raw.meta.authors == ()
        assert raw.meta.published is None
        return raw.meta.title

    assert titled("关于基层治理的报告") == "关于基层治理的报告"
    assert titled("模板标题") is None
    assert titled("") is None


def test_content_controls_around_everything_are_looked_through() -> None:
    raw = read(word(f"<w:sdt><w:sdtContent>{p('甲')}<w:customXml>{p('乙')}</w:customXml></w:sdtContent></w:sdt>", p("丙")))
    assert raw.text.splitlines() == ["甲", "乙", "丙"]
    assert [one.location.paragraph for one in raw.layout] == [1, 2, 3]


def test_a_part_in_another_format_is_told() -> None:
    raw = read(word(p("正文"), '<w:altChunk r:id="x"/>'))
    assert raw.source.warnings[0].startswith("1 parts of it are files of their own")
