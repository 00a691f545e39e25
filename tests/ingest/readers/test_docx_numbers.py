"""Automatic numbers of Word, which its files hold as counters: the text has them as they are printed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers.number_formats import FORMATS, counted, formatted, roman
from tests.ingest.readers.word_files import abstract, level, lines, num, numbered, p

OFFICIAL = abstract(
    level(0, "chineseCounting", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimal", "（%4）"),
    level(4, "decimalEnclosedCircle", "%5"),
)


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("decimal", {1: "1", 21: "21"}),
        ("decimalZero", {1: "01", 10: "10"}),
        ("decimalFullWidth", {12: "１２"}),
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九"}),
        (
            "chineseCountingThousand",
            {10: "十", 21: "二十一", 100: "一百", 105: "一百零五", 110: "一百一十", 1001: "一千零一", 2020: "二千零二十"},
        ),
        ("japaneseCounting", {3: "三", 12: "十二"}),
        ("ideographDigital", {1: "一", 10: "一〇", 21: "二一"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 23: "贰拾叁"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "甲"}),
        ("ideographZodiac", {1: "子", 12: "亥"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑", 36: "㊱", 50: "㊿", 51: "51"}),
        ("decimalEnclosedCircleChinese", {9: "⑨"}),
        ("decimalEnclosedParen", {1: "⑴", 20: "⒇", 21: "21"}),
        ("decimalEnclosedFullstop", {1: "⒈", 20: "⒛"}),
        ("upperRoman", {4: "IV", 9: "IX", 49: "XLIX", 2026: "MMXXVI", 4000: "4000"}),
        ("lowerRoman", {3: "iii"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA", 53: "AAA"}),
        ("lowerLetter", {2: "b", 28: "bb"}),
        ("ordinal", {1: "1st", 2: "2nd", 3: "3rd", 11: "11th", 21: "21st"}),
        ("numberInDash", {3: "- 3 -"}),
        ("none", {5: ""}),
        ("aFormatOfTomorrow", {5: "5"}),
    ],
)
def test_a_number_is_printed_as_word_prints_it(name: str, numbers: dict[int, str]) -> None:
    assert {number: formatted(number, name) for number in numbers} == numbers


@given(number=st.integers(-5, 100_000), name=st.sampled_from(sorted(FORMATS)))
@settings(max_examples=300, deadline=None)
def test_every_format_prints_every_number(number: int, name: str) -> None:
    assert isinstance(formatted(number, name), str)


@given(number=st.integers(1, 3999))
def test_numbers_in_words_can_be_told_apart(number: int) -> None:
    assert counted(number) != counted(number + 1)
    assert roman(number) != roman(number + 1)


def test_the_levels_of_an_official_document_count_and_restart() -> None:
    found = lines(
        numbered("主要做法"),
        numbered("建强队伍", level=1),
        numbered("选人", level=2),
        numbered("育人", level=2),
        numbered("建好阵地", level=1),
        numbered("选址", level=2),
        numbered("细处", level=3),
        numbered("小处", level=4),
        numbered("小处二", level=4),
        numbered("主要成效"),
        numbered("治理见效", level=1),
        numbering=OFFICIAL + num(),
    )
    assert found == [
        "一、主要做法",
        "（一）建强队伍",
        "1. 选人",
        "2. 育人",
        "（二）建好阵地",
        "1. 选址",
        "（1）细处",
        "①小处",
        "②小处二",
        "二、主要成效",
        "（一）治理见效",
    ]


def test_lists_of_one_definition_count_on_together_unless_they_have_a_start_of_their_own() -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    found = lines(
        *(numbered("甲", list_id) for list_id in (1, 2, 3, 3, 1, 2)),
        numbering=OFFICIAL + num(1) + num(2) + num(3, more=restart),
    )
    assert found == ["一、甲", "二、甲", "一、甲", "二、甲", "三、甲", "四、甲"]


def test_lists_of_their_own_definitions_count_by_themselves() -> None:
    other = abstract(level(0, "decimal", "%1)"), id=7)
    found = lines(*(numbered("甲", list_id) for list_id in (1, 2, 1, 2)), numbering=OFFICIAL + other + num(1) + num(2, of=7))
    assert found == ["一、甲", "1) 甲", "二、甲", "2) 甲"]


@pytest.mark.parametrize(
    ("restart", "expected"),
    [("", ["1.1 ", "2.1 "]), ('<w:lvlRestart w:val="0"/>', ["1.1 ", "2.2 "]), ('<w:lvlRestart w:val="1"/>', ["1.1 ", "2.1 "])],
)
def test_a_level_restarts_when_its_definition_says_so(restart: str, expected: list[str]) -> None:
    levels = abstract(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2", restart))
    found = lines(*(numbered("甲", level=number) for number in (0, 1, 0, 1)), numbering=levels + num())
    assert [line[:-1] for line in found[1::2]] == expected


def test_legal_numbering_shows_every_level_in_digits() -> None:
    levels = abstract(level(0, "chineseCounting", "第%1章", '<w:suff w:val="space"/>'), level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    found = lines(numbered("总则"), numbered("目的", level=1), numbering=levels + num())
    assert found == ["第一章 总则", "1.1 目的"]


def test_an_override_may_redefine_a_level() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1.")}</w:lvlOverride>'
    found = lines(numbered("甲", 1), numbered("乙", 2), numbering=OFFICIAL + num(1) + num(2, more=override))
    assert found == ["一、甲", "B. 乙"]


def test_a_style_brings_its_number_along_and_a_paragraph_may_refuse_it() -> None:
    ref = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = "".join(
        f'<w:style w:styleId="H{level}" w:type="paragraph"><w:name w:val="heading {level}"/>{ref}</w:style>' for level in (1, 2)
    )
    linked = abstract(
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="H1"/>'), level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="H2"/>')
    )
    refused = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (p("做法", style="H1"), p("队伍", style="H2"), p("引言", style="H1", properties=refused), p("成效", style="H1"))
    assert lines(*body, styles=styles, numbering=linked + num()) == ["一、做法", "（一）队伍", "引言", "二、成效"]


def test_a_list_may_be_defined_by_a_style_of_lists() -> None:
    style = (
        '<w:style w:styleId="L" w:type="numbering"><w:name w:val="公文"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    linking = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="L"/></w:abstractNum>'
    assert lines(numbered("甲", 2), styles=style, numbering=OFFICIAL + linking + num(1) + num(2, of=5)) == ["一、甲"]


def test_list_styles_that_lead_in_a_circle_end() -> None:
    style = '<w:style w:styleId="L" w:type="numbering"><w:name w:val="圈"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    linking = '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="L"/></w:abstractNum>'
    assert lines(numbered("甲"), styles=style, numbering=linking + num()) == ["甲"]


@pytest.mark.parametrize(("text", "printed"), [("\uf06c", "● 甲"), ("•", "• 甲"), ("—", "— 甲"), ("", "甲")])
def test_bullets_are_printed(text: str, printed: str) -> None:
    assert lines(numbered("甲"), numbering=abstract(level(0, "bullet", text)) + num()) == [printed]


def test_an_empty_paragraph_counts_and_leaves_no_lonely_number() -> None:
    assert lines(numbered("甲"), numbered(""), numbered("乙"), numbering=OFFICIAL + num()) == ["一、甲", "", "三、乙"]


@pytest.mark.parametrize("list_id", [9, -1, 99999])
def test_a_list_that_is_not_there_has_no_numbers(list_id: int) -> None:
    assert lines(numbered("甲", list_id), numbering=OFFICIAL + num()) == ["甲"]


@pytest.mark.parametrize("number", [-1, 9, 10**12])
def test_a_level_that_no_list_has_is_no_number(number: int) -> None:
    assert lines(numbered("甲", level=number), numbering=OFFICIAL + num())[0].endswith("甲")


def test_numbers_go_on_inside_tables() -> None:
    body = (numbered("甲"), f"<w:tbl><w:tr><w:tc>{numbered('乙')}</w:tc><w:tc>{p('丙')}</w:tc></w:tr></w:tbl>", numbered("丁"))
    assert lines(*body, numbering=OFFICIAL + num()) == ["一、甲", "二、乙\t丙\t", "三、丁"]


def test_items_of_an_ordinal_list_are_found_by_the_outline() -> None:
    from ingest.reading import extract
    from tests.ingest.readers.word_files import word

    body = [numbered("主要做法"), numbered("建强队伍。", level=1), p("全县有网格员350人。"), numbered("主要成效"), p("调解纠纷1250件。")]
    (document,) = extract("a.docx", word(p("关于基层治理的报告"), *body, numbering=OFFICIAL + num())).documents
    assert [node.path for node in document.outline] == ["一", "一/（一）", "二"]
