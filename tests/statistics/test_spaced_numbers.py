"""Numbers whose digits a setter held apart by blanks; rows of numbers, labels and years are none of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.statistics.build import read

SPACED = [
    ("栽植油茶5 6 0 0亩，年产值1 3 2 0万元，户均增收2 7 0 0元。", [5600, 13_200_000, 2700]),
    ("带动农户1 5户，吸纳务工2 0人。", [15, 20]),
    ("栽植油茶３ ４ ０亩。", [340]),
    ("建成厂房3　2　0平方米。", [320]),
    ("办结事项1 2 0件。", [120]),
    ("完成投资 1 2 . 5 亿元，入户率9 8.5%。", [1_250_000_000, 98.5]),
    ("亩产5 0 0至6 0 0公斤。", [500]),
    ("年产值3 260万元，人均纯收入8 450.5元。", [32_600_000, 8450.5]),
    ("补助 12 500 元，建成厂房1\u2009234\u2009567平方米。", [12_500, 1_234_567]),
    ("存栏3 5 0头，出栏2 0 0余头。", [350, 200]),
]


@pytest.mark.parametrize(("text", "values"), SPACED, ids=[text for text, _ in SPACED])
def test_digits_held_apart_by_blanks_are_one_number(text: str, values: list[float]) -> None:
    assert [item.value for item in read(text).statistics] == values


def test_the_quote_keeps_the_blanks() -> None:
    assert [item.quote for item in read("栽植油茶5 6 0 0亩。").statistics] == ["油茶5 6 0 0亩"]


APART = [
    ("2021年 150户搬迁，2022年 230户搬迁。", [150, 230]),
    ("三年来 12 15 18户搬迁。", [18]),
    ("2022 2023年建房45户。", [45]),
    ("表1 5户搬迁。", [5]),
    ("1 260户搬迁。", [260]),
    ("绿化 15亩 200株。", [15, 200]),
    ("占地1 3/5亩。", []),
]


@pytest.mark.parametrize(("text", "values"), APART, ids=[text for text, _ in APART])
def test_numbers_that_stand_side_by_side_stay_apart(text: str, values: list[float]) -> None:
    assert [item.value for item in read(text).statistics] == values


@pytest.mark.parametrize(
    "text",
    [
        "东村、西村农户 120 150户。",
        "两村分别有农户120 150户。",
        "联系电话1 3 8 0 7 9 0 0 0 0 0。",
        "栽植油茶0 0 5亩。",
        "编号1 2 3 4 5 6 7 8 9 0 1 2 3 4户。",
    ],
)
def test_what_nobody_can_tell_is_no_figure(text: str) -> None:
    assert read(text).statistics == ()


@given(st.integers(10, 99_999_999))
def test_any_number_set_in_squares_is_read_as_if_it_were_not(number: int) -> None:
    spaced = " ".join(str(number))
    assert [item.value for item in read(f"共栽植油茶{spaced}亩。").statistics] == [number]
