"""How well a file was read."""

from __future__ import annotations

import pytest

from archive.layout import Location
from archive.records import Grade, Quality, Source
from ingest.grading import grade, graded
from ingest.pipeline import run
from ingest.readers.builder import CellText, TextBuilder
from ingest.stages import RawText

BODY = "近年来，全县选聘网格员350人，化解矛盾纠纷1200件。"


def quality(*lines: str, confidence: float | None = None, warnings: tuple[str, ...] = ()) -> Quality:
    builder = TextBuilder()
    for line in lines:
        builder.line(line, Location(page=1, confidence=confidence))
    built = builder.built()
    raw = RawText(Source(sha256="a" * 64, name="甲.pdf", size=1, warnings=warnings), built.text, built.layout, paragraphs=True)
    found = graded(raw, run(raw)).quality
    assert found is not None
    return found


def pieces(*read: tuple[str, float]) -> Quality:
    """The quality of a text whose second line a machine read in pieces, with so much confidence in each."""
    builder = TextBuilder()
    builder.line(BODY, Location(page=1, confidence=0.97))
    for text, confidence in read:
        builder.piece(text, Location(page=1, confidence=confidence))
    builder.newline()
    built = builder.built()
    raw = RawText(Source(sha256="a" * 64, name="甲.pdf", size=1, warnings=()), built.text, built.layout, paragraphs=True)
    found = graded(raw, run(raw)).quality
    assert found is not None
    return found


def test_a_text_without_doubts_is_of_grade_a() -> None:
    found = quality("某县推进基层治理的做法", BODY)
    assert (found.grade, found.lines, found.understood, found.removed, found.confidence) == (Grade.A, 2, 2, 0.0, None)


@pytest.mark.parametrize("damage", ["(cid:123)(cid:77)", "\ufffd\ufffd", "\ue5d2\ue5d3"])
def test_lines_with_characters_that_look_like_damage_are_not_understood(damage: str) -> None:
    found = quality("某县推进基层治理的做法", BODY, f"全县建成{damage}个站点。")
    assert (found.lines, found.understood, found.grade) == (3, 2, Grade.D)


def test_what_a_machine_read_with_doubt_is_not_understood() -> None:
    assert quality("某县推进基层治理的做法", BODY, confidence=0.5).understood == 0
    sure = quality("某县推进基层治理的做法", BODY, confidence=0.96)
    assert (sure.grade, sure.confidence) == (Grade.A, 0.96)


@pytest.mark.parametrize(("doubtful", "understood"), [("，", 2), ("——", 2), ("格", 1), ("5", 1), ("%", 1)])
def test_doubt_about_punctuation_alone_is_none(doubtful: str, understood: int) -> None:
    assert pieces(("新建网格", 0.97), (doubtful, 0.5), ("由村民推选", 0.97)).understood == understood


def test_doubt_about_the_point_within_a_figure_is_one() -> None:
    assert pieces(("增收6", 0.97), (".", 0.5), ("5万元", 0.97)).understood == 1


def test_doubt_about_one_character_in_fifty_is_little() -> None:
    assert pieces((BODY + BODY, 0.97), ("格", 0.5), ("员。", 0.97)).understood == 2


def test_a_warning_costs_the_best_grade() -> None:
    assert quality("某县推进基层治理的做法", BODY, warnings=("2 pages are left out",)).grade is Grade.B


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        pytest.param([["乡镇", "人口（人）"], ["古陶镇", "50"]], Grade.A, id="every figure"),
        pytest.param([["乡镇", "数量", "人口（人）"], ["古陶镇", "5", "50"]], Grade.B, id="figures left out"),
        pytest.param([["姓名", "补助（元）"], ["张三", "500"], ["李四", "600"]], Grade.B, id="a list of persons"),
    ],
)
def test_what_is_left_out_of_a_table_costs_the_best_grade(rows: list[list[str]], wanted: Grade) -> None:
    builder = TextBuilder()
    builder.line("平遥县2023年各乡镇情况")
    builder.table([[CellText(cell) for cell in row] for row in rows])
    built = builder.built()
    raw = RawText(Source(sha256="a" * 64, name="甲.xlsx", size=1), built.text, built.layout, built.tables, paragraphs=True)
    found = graded(raw, run(raw)).quality
    assert found is not None and found.grade is wanted


def test_boilerplate_counts_as_removed() -> None:
    assert quality("某县推进基层治理的做法", BODY, "版权所有 某某文库 未经许可不得转载").removed >= 0


@pytest.mark.parametrize(
    ("understood", "confidence", "warnings", "wanted"),
    [(1.0, None, 0, "A"), (0.98, None, 0, "B"), (1.0, 0.91, 0, "B"), (0.9, 0.99, 0, "C"), (1.0, 0.7, 0, "D"), (0.5, None, 0, "D")],
)
def test_grades_follow_their_limits(understood: float, confidence: float | None, warnings: int, wanted: str) -> None:
    assert grade(understood, confidence, warnings) == Grade(wanted)
