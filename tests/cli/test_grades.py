"""What an ingest says of how well files were read."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from archive.records import Document, Grade, Quality, Source
from ingest.grading import doubts
from ingest.report import IngestReport
from tests.cli.test_commands import fangzhi
from tests.ingest.archives import write
from tests.support import only, raw

GOOD = Quality(grade=Grade.A, reader="PDF", lines=100, understood=100)
SOURCE = replace(raw("text").source, quality=GOOD)


@pytest.mark.parametrize(
    ("source", "articles", "said"),
    [
        (SOURCE, 1, ()),
        (replace(SOURCE, quality=None), 1, ()),
        (SOURCE, 0, ("no article was found in it",)),
        (replace(SOURCE, quality=replace(GOOD, understood=60)), 1, ("40 of 100 lines are damaged or unsure",)),
        (replace(SOURCE, quality=replace(GOOD, confidence=0.61)), 1, ("confidence 0.61 in what was read in pictures",)),
        (replace(SOURCE, quality=replace(GOOD, confidence=0.96)), 1, ()),
        (replace(SOURCE, warnings=("page 3 was left out",)), 1, ("1 warning",)),
    ],
)
def test_what_keeps_a_file_from_the_best_grade_is_said(source: Source, articles: int, said: tuple[str, ...]) -> None:
    assert doubts(source, [only("甲县建成网格12个。")] * articles) == said


def test_what_was_left_out_of_an_article_keeps_its_file_from_the_best_grade() -> None:
    document = replace(only("甲县建成网格12个。"), warnings=("table 1 does not say what is counted, or of which row: 2 figures left out",))
    assert doubts(SOURCE, [document]) == ("1 warning",)


def test_a_report_counts_its_grades_best_first() -> None:
    report, document = IngestReport(), only("甲县建成网格12个。")
    for number, grade in enumerate((Grade.D, Grade.A, Grade.D, Grade.B)):
        report.count(f"{number}.pdf", replace(SOURCE, quality=replace(GOOD, grade=grade)), [document])
    assert list(report.grades().items()) == [(Grade.A, 1), (Grade.B, 1), (Grade.D, 2)]
    assert [file.name for file in report.of_grade(Grade.D)] == ["0.pdf", "2.pdf"]
    assert report.files[0].articles == 1 and report.statistics == 4


def test_ingest_sums_up_the_grades_and_names_what_was_read_badly(tmp_path: Path) -> None:
    damaged = "".join(f"第{number}行\ue000\ue001\ue002坏了。\n" for number in range(20))
    folder = write(tmp_path / "in", {"good.txt": "甲县建成网格12个。\n", "bad.txt": damaged})
    said = fangzhi("ingest", folder, archive=tmp_path / "archive").stdout
    assert "Grades: A 1, D 1.\n" in said
    (line,) = [line for line in said.splitlines() if line.startswith("Read badly (D): ")]
    assert f"{folder}/bad.txt: 20 of 20 lines are damaged or unsure" in line
    assert "good.txt" not in line


def test_a_script_gets_the_grade_of_each_file(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"good.txt": "甲县建成网格12个。\n"})
    report = json.loads(fangzhi("ingest", folder, "--json", archive=tmp_path / "archive").stdout)
    assert report["grades"] == {"A": 1}
    (file,) = report["files"]
    assert (file["name"], file["grade"], file["doubts"]) == (f"{folder}/good.txt", "A", [])
    assert file["statistics"] == report["statistics"] == 1


def test_a_file_without_an_article_is_named_with_that(tmp_path: Path) -> None:
    report = IngestReport()
    none: list[Document] = []
    report.count("empty.pdf", replace(SOURCE, quality=replace(GOOD, grade=Grade.D)), none)
    assert report.of_grade(Grade.D)[0].doubts == ("no article was found in it",)
    assert report.warnings == ["empty.pdf: no article was found in it"]


def test_files_that_are_passed_over_are_named_with_the_reason(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("甲县建成网格12个。", "utf-8")
    names = [f"notes-{number}.log" for number in range(7)]
    for name in names[:2]:
        (folder / name).write_text("x", "utf-8")
    few = fangzhi("--archive", str(tmp_path / "few"), "ingest", str(folder)).stdout
    listed = ", ".join(str(folder / name) for name in names[:2])
    assert f"Passed over: {listed} (its name has no extension of a document; name one to have it read)." in few.splitlines()
    for name in names:
        (folder / name).write_text("x", "utf-8")
    many = fangzhi("--archive", str(tmp_path / "many"), "ingest", str(folder)).stdout
    assert f"{folder / names[4]} and 2 more (--json lists them all)" in many and names[5] not in many
    told = json.loads(fangzhi("--archive", str(tmp_path / "json"), "ingest", "--json", str(folder)).stdout)
    assert told["skipped"] == [str(folder / name) for name in names]
