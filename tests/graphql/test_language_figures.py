"""Conditions on figures as people type them."""

from decimal import Decimal

import pytest

from schema.language.clauses import Bounds, Clause, ClauseKind, NoteCode
from schema.language.reading import read
from schema.language.rows import operator_rows


def said(query: str) -> list[Clause]:
    return [clause for clause in read(query).clauses if clause.says]


def only(query: str) -> Clause:
    (clause,) = read(query).clauses
    return clause


def bounds(**given: object) -> Bounds:
    numbers = {name: Decimal(str(value)) if name in ("low", "high") else value for name, value in given.items()}
    return Bounds(**numbers)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "subject", "wanted"),
    [
        ("网格员>=300人", "网格员", bounds(low=300, unit="人")),
        ("网格员 >= 300人", "网格员", bounds(low=300, unit="人")),
        ("网格员＞３００人", "网格员", bounds(low=300, low_open=True, unit="人")),
        ("覆盖率≥90%", "覆盖率", bounds(low=90, unit="%")),
        ("覆盖率≥百分之九十", "覆盖率", bounds(low=90, unit="%")),
        ("满意度>=九成", "满意度", bounds(low=90, unit="%")),
        ("投资>1亿元", "投资", bounds(low=10**8, low_open=True, unit="元")),
        ("投资>=1.2万亿元", "投资", bounds(low=12 * 10**11, unit="元")),
        ("人均收入≥2万", "人均收入", bounds(low=20000)),
        ("网格员=350", "网格员", bounds(low=350, high=350)),
        ("耕地<=5000亩", "耕地", bounds(high=5000, unit="亩")),
        ("网格员<三百人", "网格员", bounds(high=300, high_open=True, unit="人")),
        ("资金≥3,000万元", "资金", bounds(low=30_000_000, unit="元")),
        ("脱贫户 300以上", "脱贫户", bounds(low=300)),
        ("网格员300人以上", "网格员", bounds(low=300, unit="人")),
        ("网格员300名及以下", "网格员", bounds(high=300, unit="名")),
        ("网格员超过300人", "网格员", bounds(low=300, low_open=True, unit="人")),
        ("网格员 不少于300人", "网格员", bounds(low=300, unit="人")),
        ("网格员不超过300人", "网格员", bounds(high=300, unit="人")),
        ("网格员不足三百人", "网格员", bounds(high=300, high_open=True, unit="人")),
        ("党员 300-500人", "党员", bounds(low=300, high=500, unit="人")),
        ("党员300～500人", "党员", bounds(low=300, high=500, unit="人")),
        ("党员 300至500人", "党员", bounds(low=300, high=500, unit="人")),
        ("党员 500到300人", "党员", bounds(low=300, high=500, unit="人")),
        ("收入=3-5万元", "收入", bounds(low=30_000, high=50_000, unit="元")),
        ("网格员 >= 300 人", "网格员", bounds(low=300, unit="人")),
        ("满意度 >= 90 %", "满意度", bounds(low=90, unit="%")),
        ("网格员 300 人以上", "网格员", bounds(low=300, unit="人")),
        ("网格员 300 人 以上", "网格员", bounds(low=300, unit="人")),
        ("网格员 不少于 300人", "网格员", bounds(low=300, unit="人")),
        ("投入 超过 1亿元", "投入", bounds(low=10**8, low_open=True, unit="元")),
        ("网格员超过 300人", "网格员", bounds(low=300, low_open=True, unit="人")),
        ("满意度 90% 以上", "满意度", bounds(low=90, unit="%")),
        ("党员 300 - 500 人", "党员", bounds(low=300, high=500, unit="人")),
        ("网格员>=1 000人", "网格员", bounds(low=1000, unit="人")),
        ("网格员>=1，000人", "网格员", bounds(low=1000, unit="人")),
        ("网格员多于300人且少于1000人", "网格员", bounds(low=300, low_open=True, high=1000, high_open=True, unit="人")),
        ("网格员大于等于300人", "网格员", bounds(low=300, unit="人")),
        ("网格员小于等于300人", "网格员", bounds(high=300, unit="人")),
        ("网格员等于300人", "网格员", bounds(low=300, high=300, unit="人")),
        ("资金超4万元", "资金", bounds(low=40000, low_open=True, unit="元")),
        ("网格员300+", "网格员", bounds(low=300)),
        ("网格员 300+", "网格员", bounds(low=300)),
        ("网格员30万以下", "网格员", bounds(high=300000)),
        ("网格员超过300", "网格员", bounds(low=300, low_open=True)),
        ("网格员在300人以上400人以下", "网格员", bounds(low=300, high=400, unit="人")),
        ("网格员低于400人高于300人", "网格员", bounds(low=300, low_open=True, high=400, high_open=True, unit="人")),
        ("网格员300人以上、400人以下", "网格员", bounds(low=300, high=400, unit="人")),
        ("网格员300人以上 400人以下", "网格员", bounds(low=300, high=400, unit="人")),
        ("网格员>300人‹400人", "网格员", bounds(low=300, low_open=True, high=400, high_open=True, unit="人")),
        ("网格员>=300人且<400人", "网格员", bounds(low=300, high=400, high_open=True, unit="人")),
        ("300‹网格员<400", "网格员", bounds(low=300, low_open=True, high=400, high_open=True)),
        ("300<=网格员", "网格员", bounds(low=300)),
        ("400人>网格员", "网格员", bounds(high=400, high_open=True, unit="人")),
        ("网格员>=300-400人", "网格员", bounds(low=300, high=400, unit="人")),
        ("网格员≈350", "网格员", bounds(low=350, high=350)),
        ("网格员==350", "网格员", bounds(low=350, high=350)),
        ("网格员>=-5人", "网格员", bounds(low=-5, unit="人")),
        ("增幅超过-5%", "增幅", bounds(low=-5, low_open=True, unit="%")),
        ("网格员一万以上", "网格员", bounds(low=10000)),
        ("网格员≥一万五千名", "网格员", bounds(low=15000, unit="名")),
        ("网格员过万", "网格员", bounds(low=10000, low_open=True)),
        ("网格员过万人", "网格员", bounds(low=10000, low_open=True, unit="人")),
        ("网格员超百万", "网格员", bounds(low=1000000, low_open=True)),
        ("网格员介于300和400之间", "网格员", bounds(low=300, high=400)),
        ("网格员在300至400人之间", "网格员", bounds(low=300, high=400, unit="人")),
        ("满意度达到90%以上", "满意度", bounds(low=90, unit="%")),
        ("网格员超过300人以上", "网格员", bounds(low=300, low_open=True, unit="人")),
        ("300名以上网格员", "网格员", bounds(low=300, unit="名")),
        ("300名以上的网格员", "网格员", bounds(low=300, unit="名")),
        ("超过300名网格员", "网格员", bounds(low=300, low_open=True, unit="名")),
        ("GDP>100亿元", "GDP", bounds(low=10**10, low_open=True, unit="元")),
    ],
)
def test_a_figure_is_a_subject_and_its_bounds(query: str, subject: str, wanted: Bounds) -> None:
    assert (only(query).kind, only(query).value, only(query).bounds) == (ClauseKind.FIGURE, subject, wanted)


@pytest.mark.parametrize(
    "query",
    [
        "合作社 99家",
        "网格员350人",
        "县级以上",
        "两级以上组织",
        "十户联防",
        "书记项目 2021-2023",
        "项目 2020以上",
        "A->B",
        "x=y",
        "a<b",
        "网格员300人大代表以上",
        "合作社 99 家",
        "网格员不等于300人",
        "网格员没超过300人",
        "书记项目 2021 - 2023 年",
        "书记项目 2021年以上",
        "5+2工作法",
        "超市 300 人",
        "超过300人",
        "资金>=1亿3千5百万元",
        "60岁以上老人",
        "达到90%以上",
        "超过5个以上的",
        "两级以上组织",
        "网格员第一以上",
        "项目通过万人",
        "网格员介于村和户之间",
        "投资超过1亿元项目300个以上",
        "350",
        "a!=b",
        "网格员过年",
        "超过300名的",
    ],
)
def test_what_only_looks_like_a_figure_stays_words(query: str) -> None:
    assert {clause.kind for clause in said(query)} == {ClauseKind.WORDS}


def test_a_question_leaves_its_words_beside_the_figure() -> None:
    clauses = said("哪些县的网格员超过300人的镇")
    assert [(clause.kind, clause.value) for clause in clauses] == [
        (ClauseKind.WORDS, "哪些县的"),
        (ClauseKind.FIGURE, "网格员"),
        (ClauseKind.WORDS, "的镇"),
    ]


@pytest.mark.parametrize("row", operator_rows(), ids=lambda row: row.signs[0])
def test_each_operator_is_read_in_its_example_and_not_elsewhere(row) -> None:  # type: ignore[no-untyped-def]
    clause = only(row.example)
    assert clause.kind is ClauseKind.FIGURE
    assert clause.bounds is not None
    assert (clause.bounds.low is not None, clause.bounds.high is not None) == (row.low, row.high)
    assert row.included != (clause.bounds.low_open or clause.bounds.high_open)
    for text in row.no:
        assert all(one.kind is not ClauseKind.FIGURE for one in read(text).clauses), text


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("网格员>=300 人大代表", "人大代表"),
        ("网格员>=300 人 党员", "党员"),
        ("网格员超过300人 以上所述", "以上所述"),
    ],
)
def test_what_stands_apart_is_a_unit_only_as_a_word_of_its_own(query: str, left: str) -> None:
    assert [(clause.kind, clause.value) for clause in said(query)] == [(ClauseKind.FIGURE, "网格员"), (ClauseKind.WORDS, left)]


@pytest.mark.parametrize("query", ["网格员≠350", "网格员!=350", "网格员 ≠ 350人", "网格员！=350", "网格员<>350"])
def test_another_figure_cannot_be_asked_for_and_it_is_said(query: str) -> None:
    words, sign = read(query).clauses
    assert (words.kind, words.value) == (ClauseKind.WORDS, "网格员")
    assert (sign.kind, [note.code for note in sign.notes]) == (ClauseKind.IGNORED, [NoteCode.NOT_EQUAL])


@pytest.mark.parametrize(("query", "code"), [("网格员≈350", NoteCode.ABOUT_EQUAL), ("网格员>=300-400人", NoteCode.RANGE)])
def test_a_sign_that_is_read_otherwise_is_remarked(query: str, code: NoteCode) -> None:
    assert [note.code for note in only(query).notes] == [code]
    assert only("网格员=300-400人").notes == ()


def test_bounds_that_leave_nothing_between_them_are_not_joined_without_a_word_for_it() -> None:
    assert [clause.kind for clause in said("网格员400人以上、300人以下")] == [ClauseKind.FIGURE, ClauseKind.WORDS]
    assert only("网格员超过400人且少于300人").kind is ClauseKind.FIGURE


@pytest.mark.parametrize(("query", "label"), [("合格率三分之二以上", "≥66.67%"), ("合格率>=66.6667%", "≥66.6667%"), ("增幅>=-5%", "≥-5%")])
def test_a_label_rounds_what_has_no_end(query: str, label: str) -> None:
    clause = only(query)
    assert clause.bounds is not None
    assert clause.bounds.label == label


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("超过300人", "“超过300人”前面没有统计对象"),
        ("300 人以上", None),
        ("300人以上", "“300人以上”前面没有统计对象"),
        ("网格员>=多", "“>=”后面不是数字"),
        ("资金>=1亿3千5百万元", "“>=”后面的数没有读懂"),
        ("县级以上", None),
        ("2021-2023", None),
    ],
)
def test_what_is_said_of_a_condition_that_is_none_is_true(query: str, message: str | None) -> None:
    told = [note.message for clause in read(query).clauses for note in clause.notes]
    assert all(message is not None and one.startswith(message) for one in told)
    assert bool(told) == (message is not None)
