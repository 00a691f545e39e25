"""What people type, read clause by clause."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import BadRequest
from schema.labels import CHINESE
from schema.language.clauses import Clause, ClauseKind, NoteCode
from schema.language.invisible import seen
from schema.language.reading import MAX_CLAUSES, MAX_QUERY, read
from schema.language.rows import asking_words, category_aliases, field_rows

PIECES = [
    "网格员",
    "地区:",
    "台州市",
    "：",
    ":",
    ">=",
    "≥",
    "<",
    "300",
    "300人",
    "以上",
    "超过",
    "1.5万",
    "九成",
    "OR",
    "|",
    "｜",
    "-",
    '"',
    "“",
    "”",
    "「",
]
PIECES += [
    "」",
    " ",
    "\u3000",
    "、",
    "，",
    "(",
    "）",
    "题名:",
    "年份",
    "2021-2023",
    "的",
    "http://a.b",
    "~",
    "%",
    "GDP",
    "\0",
    "\n",
    "𠀀",
    "≠",
    "!=",
    "≈",
    "-5人",
    "一万",
    "过",
    "介于",
    "之间",
    "類別：",
    "至",
    "\u200b",
    "\ufeff",
]
TYPED = st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=40)


def said(query: str) -> list[Clause]:
    return [clause for clause in read(query).clauses if clause.says]


def only(query: str) -> Clause:
    (clause,) = read(query).clauses
    return clause


def codes(query: str) -> list[NoteCode]:
    return [note.code for clause in read(query).clauses for note in clause.notes]


@settings(deadline=None)
@given(TYPED)
def test_reading_never_fails_and_holds_every_character(query: str) -> None:
    clauses = read(query).clauses
    at = 0
    for clause in clauses:
        assert not seen(query[at : clause.start]).strip()
        assert clause.start < clause.end
        assert query[clause.start : clause.end] == clause.text
        at = clause.end
    assert not seen(query[at:]).strip()


@settings(deadline=None)
@given(TYPED)
def test_the_printed_form_is_read_just_the_same(query: str) -> None:
    typed = read(query)
    again = read(typed.printed)
    assert [clause.meaning for clause in again.clauses] == [clause.meaning for clause in typed.clauses]
    assert again.printed == typed.printed


@settings(deadline=None)
@given(TYPED)
def test_groups_hold_each_clause_that_says_something_once_and_in_order(query: str) -> None:
    typed = read(query)
    assert [clause for group in typed.groups for clause in group] == [clause for clause in typed.clauses if clause.says]
    assert all(len(group) == 1 for group in typed.groups if group[0].excluded)


def test_words_stand_one_by_one() -> None:
    assert [(clause.kind, clause.value) for clause in said("网格员 党员")] == [(ClauseKind.WORDS, "网格员"), (ClauseKind.WORDS, "党员")]


@pytest.mark.parametrize("query", ['"最后一公里"', "“最后一公里”", "「最后一公里」", "『最后一公里』", "＂最后一公里＂"])
def test_every_kind_of_quotation_mark_makes_a_phrase(query: str) -> None:
    assert (only(query).kind, only(query).value) == (ClauseKind.PHRASE, "最后一公里")


@pytest.mark.parametrize(
    ("query", "kind"), [("-网格员", "WORDS"), ("－网格员", "WORDS"), ('-"网格 员"', "PHRASE"), ("-地区:台州市", "FIELD")]
)
def test_a_minus_before_a_clause_leaves_it_out(query: str, kind: str) -> None:
    assert only(query).excluded
    assert only(query).kind == kind


@pytest.mark.parametrize("query", ["2021-2023", "新-旧", "A-B", "covid-19", "网格员-", "3—5"])
def test_a_minus_inside_a_word_leaves_nothing_out(query: str) -> None:
    assert only(query).kind is ClauseKind.WORDS
    assert not only(query).excluded
    assert only(query).value == query


@pytest.mark.parametrize("sign", [" OR ", "|", "｜", " | ", " ｜"])
def test_or_joins_its_two_neighbours(sign: str) -> None:
    groups = read(f"甲乙 丙丁{sign}戊己 庚辛").groups
    assert [[clause.value for clause in group] for group in groups] == [["甲乙"], ["丙丁", "戊己"], ["庚辛"]]


@pytest.mark.parametrize("query", ["矿石 or 金属", "FLOOR 面积", "或 者", "ORACLE"])
def test_only_the_capital_word_is_or(query: str) -> None:
    assert {clause.kind for clause in read(query).clauses} == {ClauseKind.WORDS}


@pytest.mark.parametrize("query", ["OR 甲乙", "甲乙 OR", "OR", "甲乙 OR -丙丁", "-甲乙 | 丙丁", "|"])
def test_or_without_two_clauses_is_ignored_and_says_so(query: str) -> None:
    assert NoteCode.OR_WITHOUT_TERMS in codes(query)
    assert all(len(group) == 1 for group in read(query).groups)


def test_a_second_or_is_ignored() -> None:
    assert [[clause.value for clause in group] for group in read("甲乙 OR OR 丙丁").groups] == [["甲乙"], ["丙丁"]] or codes(
        "甲乙 OR OR 丙丁"
    )
    assert [len(group) for group in read("甲乙 OR OR 丙丁").groups] == [2]


def test_parentheses_have_no_meaning_and_it_is_said_where_they_could_have() -> None:
    assert codes("(甲乙 丙丁) OR 戊己") == [NoteCode.PARENTHESES, NoteCode.PARENTHESES]
    assert codes("村（居）干部 OR 乡镇干部") == []
    assert codes("(甲乙 丙丁)") == []


@pytest.mark.parametrize("row", field_rows(), ids=lambda row: row.name)
def test_each_field_is_known_by_all_its_names(row) -> None:  # type: ignore[no-untyped-def]
    assert only(row.example).field == row.name
    for name in (row.name, *row.aliases, row.aliases[-1].upper()):
        for colon in ":：":
            clause = only(f"{name}{colon}甲乙、“丙 丁”|戊己")
            assert (clause.kind, clause.field, clause.values) == (ClauseKind.FIELD, row.name, ("甲乙", "丙 丁", "戊己"))
    for text in row.no:
        assert only(text).kind is ClauseKind.WORDS, text


@pytest.mark.parametrize("query", ["3:1", "10：30", "http://a.b/c?x=1:2", "治国之要：首在用人", "甲:乙", "a:b"])
def test_a_colon_in_ordinary_text_makes_no_field(query: str) -> None:
    assert {clause.kind for clause in said(query)} == {ClauseKind.WORDS}


def test_a_field_takes_its_value_from_behind_a_space_but_no_other_clause() -> None:
    assert only("地区: 台州市").values == ("台州市",)
    assert [clause.kind for clause in read("地区: -网格员").clauses] == [ClauseKind.IGNORED, ClauseKind.WORDS]
    assert [clause.field for clause in said("地区: 主题:双联户")] == ["主题"]


@pytest.mark.parametrize(
    ("query", "code", "left"),
    [
        ("地区:", NoteCode.NO_VALUE, []),
        ("地区: OR", NoteCode.NO_VALUE, []),
        ('"网格员', NoteCode.UNBALANCED_QUOTES, ["网格员"]),
        ("“网格员", NoteCode.UNBALANCED_QUOTES, ["网格员"]),
        ("网格员>=abc", NoteCode.NO_NUMBER, ["网格员>=abc"]),
        ("网格员>=多", NoteCode.NO_NUMBER, ["网格员>=多"]),
        (">=300", NoteCode.NO_SUBJECT, ["300"]),
        ("≥ 网格员", None, ["网格员"]),
        ("地址:台州市", NoteCode.UNKNOWN_FIELD, ["地址:台州市"]),
        ("tag:grid", NoteCode.UNKNOWN_FIELD, ["tag:grid"]),
    ],
)
def test_what_is_broken_is_read_in_the_next_best_way_and_says_so(query: str, code: NoteCode | None, left: list[str]) -> None:
    assert [clause.value for clause in said(query)] == left
    assert code is None or code in codes(query)
    assert all(note.message for clause in read(query).clauses for note in clause.notes)


def test_years_are_a_field_also_behind_a_sign() -> None:
    assert (only("年份>=2021").field, only("年份>=2021").values) == ("年份", (">=2021",))
    assert only("年份：2021以来").values == ("2021以来",)


def test_other_names_of_kinds_lead_to_labels_of_the_page() -> None:
    assert set(category_aliases().values()) <= set(CHINESE.values())
    assert not set(category_aliases()) & set(CHINESE.values())
    assert "怎么" in asking_words()


@pytest.mark.parametrize(
    ("query", "left"), [("甲乙 地区:台州市 OR 地区:宁波市", "甲乙"), ("地区:台州市 甲乙", "甲乙"), ('甲乙 " 地区:台州市', "甲乙")]
)
def test_a_query_without_some_clauses_can_be_typed_again(query: str, left: str) -> None:
    typed = read(query)
    assert typed.without(*(clause for clause in typed.clauses if clause.kind is ClauseKind.FIELD)) == left


def test_what_is_too_long_to_be_a_query_is_refused() -> None:
    assert read("网" * MAX_QUERY).clauses
    with pytest.raises(BadRequest, match="500"):
        read("网" * (MAX_QUERY + 1))
    with pytest.raises(BadRequest, match="100"):
        read("网 " * (MAX_CLAUSES + 1))


@pytest.mark.parametrize("unseen", ["\u200b", "\u2060", "\ufeff", "\u00ad", "\u200d\u200e"])
def test_what_nobody_sees_is_dropped_and_ranges_still_count_it(unseen: str) -> None:
    query = f"{unseen}网{unseen}格员 地{unseen}区:台{unseen}州 网格员>=3{unseen}00人{unseen} -“双{unseen}联户” "
    typed = read(query)
    assert [clause.meaning for clause in typed.clauses] == [one.meaning for one in read("网格员 地区:台州 网格员>=300人 -“双联户”").clauses]
    assert all(query[clause.start : clause.end] == clause.text for clause in typed.clauses)
    assert typed.clauses[0].text.startswith(unseen)
    assert read(unseen).clauses == ()


@pytest.mark.parametrize("query", ["网格员 AND 党员", "网格员 NOT 党员", "网格员 or 党员", "网格员 And 党员"])
def test_what_joins_in_other_search_boxes_is_a_word_and_it_is_said(query: str) -> None:
    assert codes(query) == [NoteCode.WORD_OPERATOR]
    assert len(said(query)) == 3


@pytest.mark.parametrize("query", ["网格员 OR 党员", "FLOOR", "ANDROID", "“AND”", "地区:http://a.b", "地址:http://a.b"])
def test_nothing_is_said_of_joining_elsewhere_nor_of_fields_in_addresses(query: str) -> None:
    assert codes(query) == []
