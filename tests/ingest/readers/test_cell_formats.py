"""Number formats: what a cell shows of its number."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers import cell_formats
from ingest.readers.cell_formats import builtin, builtin_rows, shown


@pytest.mark.parametrize("row", builtin_rows(), ids=lambda row: str(row["ids"]))
def test_a_built_in_format_shows_its_example(row: dict[str, Any]) -> None:
    value, text = row["example"]
    assert {shown(value, builtin(number)) for number in row["ids"]} == {text}


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.1 + 0.2, "General", "0.3"),
        (12345678.5, "General", "12345678.5"),
        (1 / 3, "General", "0.3333333333"),
        (350.0, "General", "350"),
        (0.794, "0.0%", "79.4%"),
        (0.79, "0.0%", "79.0%"),
        (0.125, "0%", "13%"),
        (350, '0"人"', "350人"),
        (350, "0\\人", "350人"),
        (2.5, 'G/通用格式"人"', "2.5人"),
        (-1234.5, "#,##0.00_);(#,##0.00)", "(1,234.50)"),
        (-0.05, "0.0%", "-5.0%"),
        (-0.05, "[Red]0.0%;[Blue]-0.0%", "-5.0%"),
        (-0.001, "0.0", "0.0"),
        (0, '0;-0;"—"', "—"),
        (7, "000", "007"),
        (0.05, "0.##", "0.05"),
        (1234567, '0.0,"千"', "1234.6千"),
        (1234, "[$¥-804]#,##0", "¥1,234"),
        (45052, "yyyy/m/d;@", "2023-05-06"),
        (45052, '[$-804]yyyy"年"m"月"d"日";@', "2023年5月6日"),
        (45052.5, "m/d/yy h:mm", "2023-05-06 12:00"),
        (45052, "aaaa", ""),
        (1.5, "[h]:mm", "36:00"),
        (3, "@", "3"),
        (0.5, "# ?/?", "0.5"),
        (123456, "0.00E+00", "123456"),
        (5, ";;;", ""),
        (1e300, "0.00", "1" + "0" * 300),
        (-5, "yyyy-mm-dd", "-5"),
        (4e6, "yyyy-mm-dd", "4000000"),
        (5, "0" * 300, "5"),
    ],
)
def test_a_number_is_read_as_its_format_shows_it(value: float, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_a_day_of_a_workbook_that_counts_from_1904_is_the_day_it_shows() -> None:
    assert shown(43590, "yyyy-mm-dd", since_1904=True) == "2023-05-06"


@given(value=st.floats(-1e12, 1e12), code=st.text(alphabet='0#?.,%;"年月日ymdhs@_*[]\\ E+-', max_size=20))
@settings(max_examples=200, deadline=None)
def test_every_format_shows_something_or_nothing_but_never_fails(value: float, code: str) -> None:
    assert isinstance(shown(value, code), str)
    assert cell_formats.general(value) == cell_formats.general(value)
