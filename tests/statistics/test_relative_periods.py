"""Words for a time that name no year, against the day on which they were written."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.periods import bounds, parse, scan
from ingest.extract.relative_periods import resolve

TODAY = date(2024, 7, 10)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("截至6月底，全县", "2024-06"),
        ("上半年，全县", "2024-H1"),
        ("一季度，全县", "2024-Q1"),
        ("1—6月，全县", "2024-01/2024-06"),
        ("上个月，全县", "2024-06"),
        ("近三年来，全县", "2021-07-10/2024-07-10"),
        ("五年来，全县", "2019-07-10/2024-07-10"),
        ("7月3日，全县", "2024-07-03"),
        ("今年前五个月，全县", "2024-01/2024-05"),
        ("去年3月3日，全县", "2023-03-03"),
        ("上一年，全县", "2023"),
        ("2017年8月11日至22日，全县", "2017-08-11/2017-08-22"),
        ("2017年8月30日至9月2日，全县", "2017-08-30/2017-09-02"),
        ("2023年前七个月，全县", "2023-01/2023-07"),
        ("2024—2026年，全县", "2024/2026"),
        ("“十三五”期间，全县", "2016/2020"),
    ],
)
def test_relative_words_are_resolved_against_the_day(text: str, expected: str) -> None:
    (found, *_) = scan(text, TODAY.year, today=TODAY)
    assert found.normal == expected
    bounds(expected)


@pytest.mark.parametrize("text", ["截至目前", "近年来", "近几年", "12月", "四季度", "下半年", "15年3月2日", "目前"])
def test_what_the_day_does_not_settle_is_kept_as_printed(text: str) -> None:
    day = date(2024, 6, 10)
    assert all(found.normal is None for found in scan(text, day.year, today=day))


@pytest.mark.parametrize("text", ["近三年", "6月底", "上半年", "上个月", "今年以来"])
def test_without_a_day_nothing_is_resolved(text: str) -> None:
    found = parse(text)
    assert found is not None and found.normal is None


def test_a_leap_day_has_a_day_before_it_in_every_year() -> None:
    assert resolve("近三年", date(2024, 2, 29)) == "2021-02-28/2024-02-29"


@given(st.text(alphabet="近过去上下本年月季度半一二三十012345来以底至", max_size=8), st.dates(date(1990, 1, 1), date(2049, 12, 31)))
def test_every_resolved_period_has_days(words: str, today: date) -> None:
    normal = resolve(words, today)
    assert normal is None or bounds(normal)[0] <= today.isoformat()
