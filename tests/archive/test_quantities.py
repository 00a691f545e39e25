"""Units are converted exactly, and only where one is a number of the other."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.quantities import normal_unit, unit_rows
from ingest.extract.measures import measure_words
from tests.statistics.build import read

PRINTED = [printed for row in unit_rows() for printed in (row["name"], *row["from"])]


@pytest.mark.parametrize("row", unit_rows(), ids=lambda row: row["name"])
def test_a_unit_converts_its_example(row: dict[str, Any]) -> None:
    number, times, unit = re.fullmatch(r"([\d.]+)([万亿]?)[余多]?(.+)", row["example"]).groups()  # type: ignore[union-attr]
    exact = Fraction(number) * {"": 1, "万": 10**4, "亿": 10**8}[times]
    value = exact.numerator if exact.denominator == 1 else float(exact)
    assert (normal_unit(unit).name, normal_unit(unit).of(value)) == (row["name"], row["normal"])


@given(st.sampled_from(PRINTED), st.integers(0, 10**12) | st.decimals(0, 10**6, places=3).map(float))
def test_a_conversion_leads_back_to_what_was_printed(printed: str, value: float) -> None:
    unit = normal_unit(printed)
    exact = Fraction(value if isinstance(value, int) else repr(value))
    assert exact * unit.factor / unit.factor == exact
    assert float(Fraction(unit.of(value)) / unit.factor) == pytest.approx(float(exact), rel=1e-15)


@given(st.sampled_from(PRINTED), st.integers(0, 10**9), st.integers(0, 10**9))
def test_what_is_more_stays_more(printed: str, one: int, other: int) -> None:
    unit = normal_unit(printed)
    assert (unit.of(one) <= unit.of(other)) is (one <= other)


@pytest.mark.parametrize(
    ("printed", "name", "value", "normal"),
    [
        ("亩", "平方米", 1.5, 1000),
        ("亩", "平方米", 15, 10000),
        ("公顷", "平方米", 0.1, 1000),
        ("平方公里", "平方米", 2, 2_000_000),
        ("斤", "公斤", 5_000_000_000, 2_500_000_000),
        ("吨", "公斤", 0.3, 300),
        ("元/斤", "元/公斤", 2.5, 5),
        ("公斤/亩", "公斤/平方米", 400, 0.6),
        ("元/亩", "元/平方米", 500, 0.75),
        ("次/年", "次/个月", 12, 1),
        ("名", "人", 47, 47),
        ("家", "个", 99, 99),
    ],
)
def test_figures_of_one_kind_come_to_one_unit(printed: str, name: str, value: float, normal: float) -> None:
    unit = normal_unit(printed)
    assert (unit.name, unit.of(value)) == (name, normal)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("户", "人"),
        ("户", "个"),
        ("美元", "元"),
        ("港元", "元"),
        ("人次", "人"),
        ("户次", "户"),
        ("批", "次"),
        ("期", "次"),
        ("月", "天"),
        ("个工作日", "天"),
        ("百分点", "%"),
        ("头", "只"),
        ("套", "间"),
        ("栋", "个"),
        ("倍", "%"),
        ("吨标准煤", "吨"),
        ("吨煤", "吨标准煤"),
        ("亩次", "亩"),
    ],
)
def test_what_is_no_number_of_the_other_stays_apart(one: str, other: str) -> None:
    assert normal_unit(one).name != normal_unit(other).name


def test_a_unit_that_no_row_knows_is_its_own() -> None:
    assert (normal_unit("桌").name, normal_unit("桌").of(12)) == ("桌", 12)


def test_every_printed_unit_is_one_that_is_read() -> None:
    spellings = {spelling for row in measure_words() for spelling in (row.unit, *row.aliases)}
    sides = spellings | {side for spelling in spellings for side in spelling.split("/")}
    unread = set(PRINTED) - sides
    assert unread <= {"月", "季", "km2", "m²", "个小时", "工作日", "秒"} | {row["name"] for row in unit_rows()}, unread


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("全县耕地面积3万亩。", 20_000_000, "平方米"),
        ("粮食总产量达65亿斤。", 3_250_000_000, "公斤"),
        ("新建农村公路12.5公里。", 12_500, "米"),
        ("培训志愿者120名。", 120, "人"),
        ("全乡共有12个网格员。", 12, "人"),
        ("全县农户1.2万户。", 12_000, "户"),
    ],
)
def test_a_figure_carries_its_normal_value(text: str, value: float, unit: str) -> None:
    (figure,) = read(text).statistics
    assert figure.normal is not None
    assert (figure.normal.value, figure.normal.unit) == (value, unit)


def test_both_ends_of_a_range_are_converted() -> None:
    (figure,) = read("每户流转土地15—30亩。").statistics
    assert figure.normal is not None
    assert (figure.normal.value, figure.normal.max_value, figure.normal.unit) == (10_000, 20_000, "平方米")
