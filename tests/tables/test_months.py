"""Rows and columns of months, quarters and halves: they say when, and are no part of what is counted."""

from __future__ import annotations

import pytest

from tests.tables.support import document

PARTS = [
    ("1月", "2023-01"),
    ("12月", "2023-12"),
    ("1月份", "2023-01"),
    ("十一月", "2023-11"),
    ("1-2月", "2023-01/2023-02"),
    ("1-6月", "2023-01/2023-06"),
    ("一季度", "2023-Q1"),
    ("第三季度", "2023-Q3"),
    ("前三季度", "2023-01/2023-09"),
    ("上半年", "2023-H1"),
    ("下半年", "2023-H2"),
    ("全年", "2023"),
]


@pytest.mark.parametrize(("label", "period"), PARTS)
def test_a_row_is_of_the_part_of_the_year_that_its_label_names(label: str, period: str) -> None:
    found = document("永定区2023年招商引资情况", ["月份|项目数（个）|到位资金（亿元）", f"{label}|3|1.2"])
    assert [(item.subject, item.period, item.period_text) for item in found.statistics] == [
        ("项目数", period, label),
        ("到位资金", period, label),
    ]


@pytest.mark.parametrize(("label", "period"), PARTS)
def test_a_column_is_of_the_part_of_the_year_that_its_head_names(label: str, period: str) -> None:
    found = document("永定区2023年招商引资情况", [f"指标|{label}", "新签项目（个）|3", "到位资金（亿元）|1.2"])
    assert [(item.subject, item.period) for item in found.statistics] == [("新签项目", period), ("到位资金", period)]


@pytest.mark.parametrize("title", ["永定区招商引资情况", "永定区2021—2023年招商引资情况"])
def test_a_month_of_no_single_year_is_kept_as_it_is_printed(title: str) -> None:
    found = document(title, ["月份|项目数（个）", "1月|3", "2月|5"])
    assert [(item.subject, item.period, item.period_text) for item in found.statistics] == [
        ("项目数", None, "1月"),
        ("项目数", None, "2月"),
    ]


@pytest.mark.parametrize("label", ["月饼", "2月兰", "13月", "月嫂"])
def test_other_words_with_a_month_in_them_are_what_is_counted(label: str) -> None:
    found = document("永定区2023年情况", ["品种|产量（吨）", f"{label}|3", "苹果|5"])
    assert found.statistics[0].period == "2023"
    assert "产量" in found.statistics[0].subject
