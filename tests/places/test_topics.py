"""Paragraphs that go on about the village or township of an earlier one, and names in brackets."""

from __future__ import annotations

import pytest

from ingest.extract.places import place_at
from tests.places.builders import about, codes, read

TOWNS = (
    "会东县共有20个镇。\n"
    "姜州镇是农业大镇，辖12个村。\n"
    "镇里建有学校3所，教师97人。\n"
    "铅锌镇辖9个村（甲村、乙村除外），种有核桃8万亩。\n"
    "2023年，核桃收入达到2100万元。\n"
)


def at(text: str, words: str) -> str | None:
    found = place_at(read(text), text.index(words))
    return found.name if found else None


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (TOWNS, "3所", "姜州镇"),
        (TOWNS, "97人", "姜州镇"),
        (TOWNS, "8万亩", "铅锌镇"),
        (TOWNS, "2100万元", "铅锌镇"),
        (TOWNS + "二、存在的问题\n全县缺技术员60人。", "60人", "会东县"),
        (TOWNS + "（二）下一步打算\n计划投入300万元。", "300万元", "会东县"),
        ("会东县推行清单制。\n近日，姜州镇弯德村修路。\n施工队有工人36人。", "36人", "弯德村"),
        ("会东县推行清单制。\n姜州镇辖12个村（含铅锌镇划入的2个村），路灯500盏。", "500盏", "姜州镇"),
        ("姜州镇，地处高山，\n全镇有耕地4万亩，其中水\n田8000亩。", "8000亩", "姜州镇"),
        ("会东县姜州镇的茶园通过成都市的平台竞价，卖得90万元。", "90万元", "姜州镇"),
    ],
)
def test_a_paragraph_goes_on_about_the_town_above(text: str, words: str, expected: str) -> None:
    assert at(text, words) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("石榴熟了，会东县很热闹。姜州镇弯德村有石榴园。弯德村的石榴卖到外地，弯德村富了。", {"会东县", "弯德村"}),
        ("会东县姜州镇修路。会东县铅锌镇修桥。", {"会东县"}),
        ("会东县给了补助。弯德村修了路，弯德村和新田村、新田村的邻村都通车。", {"会东县"}),
    ],
)
def test_a_village_that_the_text_is_all_about_is_primary(text: str, expected: set[str]) -> None:
    assert about(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "沿着高邮湖岸线巡查。",
        "走过青岛路和上海路。",
        "街边开着一家湖南菜馆。",
        "王遵义说：“路修好了。”",
        "他爱听河南话。",
        "新建规模猪场，新建道路。",
    ],
)
def test_lakes_roads_and_people_are_no_short_names(text: str) -> None:
    assert codes(text) == {}


def test_a_part_of_a_town_that_another_city_bears_as_a_name_is_no_place() -> None:
    assert codes("奔赴菏泽市单县、曹县及菏泽城区。") == {"菏泽市": "371700", "单县": "371722", "曹县": "371721"}


def test_a_village_that_stands_alone_lies_where_the_list_has_it() -> None:
    found = codes("聂拉木县波绒乡修路。昭觉县解放沟镇修桥。火普村种蓝莓，寺龙村办会客厅。")
    assert (found["火普村"], found["寺龙村"]) == ("513431", "540235")
