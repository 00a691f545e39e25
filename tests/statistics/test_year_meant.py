"""今年, 去年, 明年 and 过去一年 in reports that are given in one year, look back on the one before, and plan for their own."""

from __future__ import annotations

import pytest

from archive.records import Genre
from tests.statistics.build import read

SESSION = "——2024年1月8日在云台县第十八届人民代表大会第四次会议上"
TWO_PARTS = "各位代表：\n一、2023年工作回顾\n{}\n二、2024年重点工作\n{}"


def told(text: str, **head: str | None) -> list[tuple[float, str | None]]:
    found = read(text, genre=Genre.WORK_REPORT, **head)
    return [(figure.value, figure.period) for figure in found.statistics]


@pytest.mark.parametrize(
    ("back", "ahead", "periods"),
    [
        ("过去一年，新建道路31公里。", "今年，新建道路42公里。", ["2023", "2024"]),
        ("去年，新建道路31公里。", "明年建成道路42公里，今年建成20公里。", ["2023", "2025", "2024"]),
        ("2023年，新建道路31公里。", "今年的主要预期目标是：粮食产量达到26万吨。", ["2023", "2024"]),
        ("一年来，新建道路31公里。硬化巷道15公里。", "（一）抓路网。今年以来栽树330棵。", ["2023", "2023", "2024"]),
        ("过去的一年，建成大棚310座。", "今年上半年，建成大棚42座。", ["2023", "2024-H1"]),
        ("前年建成大棚310座，去年建成大棚42座。", "新建大棚50座。", ["2022", "2023", "2024"]),
    ],
)
@pytest.mark.parametrize(
    "head",
    [
        {"title": "政府工作报告", "subtitle": SESSION},
        {"title": "云台县2024年政府工作报告", "subtitle": None},
        {"title": "政府工作报告", "subtitle": None},
        {"title": None, "subtitle": None},
    ],
)
def test_this_year_of_an_address_is_the_one_in_which_it_was_given(
    back: str, ahead: str, periods: list[str], head: dict[str, str | None]
) -> None:
    assert [period for _, period in told(TWO_PARTS.format(back, ahead), **head)] == periods


@pytest.mark.parametrize(
    ("text", "head", "period", "periods"),
    [
        (
            "各位代表：\n过去一年，修路31公里。\n二、今年工作安排\n今年，修路42公里。",
            {"title": "云台县2024年政府工作报告"},
            "2023",
            ["2023", "2024"],
        ),
        (
            "各位代表：\n过去一年，修路31公里。\n今年，修路42公里。",
            {"title": "政府工作报告", "subtitle": SESSION},
            "2023",
            ["2023", "2024"],
        ),
        (f"{SESSION}\n各位代表：\n去年，修路31公里。\n今年，修路42公里。", {"title": "政府工作报告"}, "2023", ["2023", "2024"]),
        (
            "各位代表：\n一、2024年工作回顾\n2024年，修路31公里。\n二、2025年工作安排\n今年，修路42公里。",
            {"title": "云台县2024年政府工作报告"},
            "2024",
            ["2024", "2025"],
        ),
        (
            "一、2023年工作总结\n今年以来，修路31公里。\n二、2024年工作计划\n明年，修路42公里。",
            {"title": "云台县水务局2023年工作总结"},
            "2023",
            ["2023", "2024"],
        ),
        ("今年以来，修路31公里。去年修路42公里。", {"title": "云台县水务局2023年工作总结"}, "2023", ["2023", "2022"]),
        ("各位代表：\n过去五年，修路31公里。", {"title": "政府工作报告", "subtitle": SESSION}, None, [None]),
        ("2019年5月8日，省里在表彰大会上授旗，此后全县大变样。\n今年，修路42公里。", {"title": "水务简讯"}, None, [None]),
    ],
)
def test_a_report_looks_back_on_a_year_and_plans_for_the_next(
    text: str, head: dict[str, str | None], period: str | None, periods: list[str | None]
) -> None:
    found = read(text, genre=Genre.WORK_REPORT, **head)
    assert found.period == period
    assert [figure.period for figure in found.statistics] == periods
