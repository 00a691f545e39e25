"""Periods: normal forms, their days, and the one that a document reports on."""

import pytest

from ingest.extract.periods import bounds, parse, scan
from tests.statistics.build import read

FORMS = [
    ("2025年上半年", "2025-H1"),
    ("2025年下半年", "2025-H2"),
    ("2025年", "2025"),
    ("2016年以来", "2016-"),
    ("2024年1—6月", "2024-01/2024-06"),
    ("2024年1月至6月", "2024-01/2024-06"),
    ("2021年5月至2022年3月", "2021-05/2022-03"),
    ("2025年第一季度", "2025-Q1"),
    ("2023年前三季度", "2023-01/2023-09"),
    ("2020—2022年", "2020/2022"),
    ("二〇二四年", "2024"),
    ("2023年底", "2023"),
    ("2021年3月5日", "2021-03-05"),
    ("“十四五”期间", "2021/2025"),
    ("今年以来", None),
    ("近年来", None),
    ("五年来", None),
]
DAYS = [
    ("2025", "2025-01-01", "2025-12-31"),
    ("2025-H2", "2025-07-01", "2025-12-31"),
    ("2025-Q2", "2025-04-01", "2025-06-30"),
    ("2024-02", "2024-02-01", "2024-02-29"),
    ("2016-", "2016-01-01", None),
    ("2024-01/2024-06", "2024-01-01", "2024-06-30"),
    ("2021-03-05", "2021-03-05", "2021-03-05"),
]


@pytest.mark.parametrize(("text", "normal"), FORMS)
def test_a_period_has_a_normal_form(text: str, normal: str | None) -> None:
    found = parse(f"全县{text},成绩明显")
    assert found is not None
    assert found.normal == normal
    assert found.span.of(f"全县{text},成绩明显") == found.text


@pytest.mark.parametrize("text", ["2008人", "1795名干部", "第5名", "3个月", "一月一谈心", "2083个联户", "12025元", "20.25米"])
def test_a_count_is_no_year(text: str) -> None:
    assert list(scan(text)) == []


@pytest.mark.parametrize(("period", "first", "last"), DAYS)
def test_a_period_has_days(period: str, first: str, last: str | None) -> None:
    assert bounds(period) == (first, last)


@pytest.mark.parametrize("period", ["", "x", "2025-13", "2025-H3", "今年"])
def test_other_text_has_no_days(period: str) -> None:
    with pytest.raises(ValueError, match="is no period"):
        bounds(period)


def test_this_year_is_known_where_the_source_prints_its_date() -> None:
    assert parse("去年上半年", 2024) is not None
    assert [found.normal for found in scan("今年以来,去年上半年", 2024)] == ["2024", "2023-H1"]


@pytest.mark.parametrize(
    ("text", "title", "period", "words"),
    [
        ("近年来,某县抓党建。2025年上半年,解决问题9个。", None, "2025-H1", "2025年上半年"),
        ("全县各项工作取得进展。", "某县2023年工作总结", "2023", "2023年"),
        (
            "近年来,某县把党建与扶贫结合起来,围绕扶贫抓党建,抓好党建促脱贫,为决战脱贫攻坚提供了有力保障,全县各级党组织和广大党员干部齐心协力,625户贫困户全部脱贫。\n2016年以来,提拔干部32名。",
            None,
            None,
            "近年来",
        ),
        ("2018年,村里成立了合作社。", None, None, None),
        ("着眼2026年换届,开展摸排。", None, None, None),
        ("今年以来,开展活动1800余次。", None, None, "今年以来"),
        ("2023年,全县完成投资5亿元。", None, "2023", "2023年"),
    ],
)
def test_a_document_reports_on_a_period(text: str, title: str | None, period: str | None, words: str | None) -> None:
    found = read(text, title=title)
    assert (found.period, found.period_text) == (period, words)
