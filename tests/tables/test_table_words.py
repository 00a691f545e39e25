"""Rows of the words in heads: each with its example and what it must leave alone; units and numbers of cells."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from archive.findings import Qualifier
from ingest.extract.table_numbers import is_blank, number_in
from ingest.extract.table_units import unit_rows
from ingest.extract.table_words import role_of, taken_apart, unit_of, word_rows


@pytest.mark.parametrize("row", word_rows(), ids=lambda row: str(row["role"]))
def test_a_row_takes_its_example_and_leaves_what_it_must(row: dict[str, Any]) -> None:
    assert role_of(row["example"]) == row["role"]
    assert [word for word in row["keep"] if re.fullmatch(row["pattern"], word)] == []


@pytest.mark.parametrize("row", unit_rows(), ids=lambda row: str(row["example"]))
def test_a_row_of_units_finds_its_example_and_leaves_what_it_must(row: dict[str, Any]) -> None:
    assert re.search(row["pattern"], row["example"])
    assert [word for word in row["keep"] if re.search(row["pattern"], word)] == []


@pytest.mark.parametrize(
    ("text", "words", "unit", "scale"),
    [
        ("人口（万人）", "人口", "人", 10_000),
        ("金额/万元", "金额", "元", 10_000),
        ("增长%", "增长", "%", 1),
        ("同比±%", "同比", "%", 1),
        ("占比（％）", "占比", "%", 1),
        ("增减(百分点)", "增减", "百分点", 1),
        ("亩产(公斤/亩)", "亩产", "公斤/亩", 1),
        ("单位：亿元", "", "元", 100_000_000),
        ("（单位：千公顷）", "", "公顷", 1_000),
        ("合  计", "合计", None, 1),
        ("医院（含乡镇卫生院）", "医院(含乡镇卫生院)", None, 1),
        ("单位：人、万元", "", None, 1),
        ("2023年", "2023年", None, 1),
    ],
)
def test_a_head_is_taken_apart_into_words_and_unit(text: str, words: str, unit: str | None, scale: int) -> None:
    head = taken_apart(text)
    assert (head.words, head.unit.name if head.unit else None) == (words, unit)
    assert head.unit is None or head.unit.scale == scale


@pytest.mark.parametrize("text", ["", "第", "万", "名称", "甲乙", "2023", "元年", "个性"])
def test_other_words_are_no_units(text: str) -> None:
    assert unit_of(text) is None


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("350", "350", None),
        ("１２３", "123", None),
        ("1,234.5", "1234.5", None),
        ("１，２３４", "1234", None),
        ("350人", "350", "人"),
        ("79.4%", "79.4", "%"),
        ("79.4 ％", "79.4", "%"),
        ("12.5万元", "125000", "元"),
        ("5.6亿", "560000000", None),
        ("-3.2", "-3.2", None),
        ("－3.2", "-3.2", None),
        ("+0.5", "0.5", None),
        ("△5.1", "-5.1", None),
        ("(1,234)", "-1234", None),
        ("（12.5）", "-12.5", None),
        ("3.5*", "3.5", None),
        ("38①", "38", None),
        ("¥1,200.00", "1200", None),
        ("0", "0", None),
        ("0.0", "0", None),
    ],
)
def test_a_cell_with_a_number_is_one(text: str, value: str, unit: str | None) -> None:
    number = number_in(text)
    assert number is not None
    assert (number.value, number.unit.name if number.unit else None) == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("≥90%", Qualifier.AT_LEAST),
        ("90%以上", Qualifier.AT_LEAST),
        ("≤5", Qualifier.AT_MOST),
        ("约350人", Qualifier.ABOUT),
        ("100余户", Qualifier.MORE_THAN),
        ("5-15户", Qualifier.RANGE),
        ("350", Qualifier.EXACT),
    ],
)
def test_how_exactly_a_number_is_stated_is_kept(text: str, qualifier: Qualifier) -> None:
    number = number_in(text)
    assert number is not None
    assert number.qualifier is qualifier


@pytest.mark.parametrize("text", ["", "—", "－", "-", "/", "…", "……", "无", "──".replace("─", "—"), "N/A", "　"])
def test_a_blank_is_no_zero(text: str) -> None:
    assert is_blank(text)
    assert number_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "0471",
        "007",
        "13800001111",
        "0354-1234567",
        "140728199001011234",
        "14072819900101123X",
        "2023-05-06",
        "2023.5.6",
        "2023年5月",
        "12:30",
        "1-6",
        "1/3",
        "2.3.4",
        "（1）",
        "一",
        "第3",
        "3组织",
        "#REF!",
        "TRUE",
        "1.2.3.4",
        "1e5",
        "A12",
    ],
)
def test_codes_dates_telephones_and_words_are_no_numbers(text: str) -> None:
    assert number_in(text) is None
