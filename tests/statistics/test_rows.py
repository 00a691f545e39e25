"""Every row of the data files carries its own example."""

import pytest

from ingest.extract.check_pairs import PairRow, pair_rows
from ingest.extract.check_splits import ApartRow, SplitRow, apart_rows, split_rows
from ingest.extract.measures import MeasureWord, by_spelling, measure_words
from ingest.extract.statuses import status_rows
from tests.statistics.build import read


@pytest.mark.parametrize("row", measure_words(), ids=lambda row: row.example)
def test_a_measure_word_reads_its_example(row: MeasureWord) -> None:
    (figure,) = read(f"全县{row.example}。").statistics
    assert (figure.value, figure.unit, figure.measure) == (row.value, row.unit, row.measure)


def test_no_spelling_stands_in_two_rows() -> None:
    assert len(by_spelling()) > 150


@pytest.mark.parametrize("row", status_rows(), ids=lambda row: row["example"])
def test_a_status_reads_its_example(row: dict[str, str]) -> None:
    text = row["example"] + "。"
    if row["scope"] == "heading":
        text = f"一、主要成效\n全县修建水渠3公里。\n二、下一步工作安排\n{text}"
    assert read(text).statistics[-1].status == row["status"]


@pytest.mark.parametrize("row", pair_rows(), ids=lambda row: row.example)
def test_a_pair_reads_its_example(row: PairRow) -> None:
    assert [check.holds for check in read(row.example + "。").checks] == [True]


@pytest.mark.parametrize("row", split_rows(), ids=lambda row: row.example)
def test_a_split_holds_in_its_example_and_not_in_the_other(row: SplitRow) -> None:
    for text, holds in ((row.example, True), (row.false, False)):
        assert [check.holds for check in read(text).checks if check.kind == "SUM"] == [holds]


@pytest.mark.parametrize("row", apart_rows(), ids=lambda row: row.example)
def test_names_that_exclude_each_other_are_refuted_in_the_false_example_only(row: ApartRow) -> None:
    for text, refuted in ((row.example, False), (row.false, True)):
        assert any(check.holds is False for check in read(text).checks) is refuted
