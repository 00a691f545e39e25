"""One indicator through the years: every point a printed figure, in one unit, and nothing filled in."""

from typing import Any

import pytest

from tests.graphql.made import archive_of, ask_of
from tests.graphql.world import refusal

ASKED = """query($indicator: String!, $placeIds: [ID!]!, $aspect: Aspect! = LEVEL, $unit: String, $includePlanned: Boolean! = false) {
  statisticSeries(indicator: $indicator, placeIds: $placeIds, aspect: $aspect, unit: $unit, includePlanned: $includePlanned) {
    place { name } indicator aspect unit undatedCount narrowedCount plannedCount otherUnits leftOut
    points { period value maxValue status conflicting mentionCount statistic { quote value unit evidence { quote } } }
  }
}"""
HEAD = "关于{}的调研报告\n\n聂拉木县委组织部\n\n一、基本情况\n"
PAGES = (
    HEAD.format("网格化治理")
    + "2021年，聂拉木县共有网格员300名。2022年，聂拉木县网格员320名，其中党员80名。2024年，聂拉木县新增网格员30名。",
    HEAD.format("平安建设")
    + "2022年，聂拉木县网格员322名。樟木镇2022年有网格员20名。2025年，聂拉木县计划配备网格员500名。2021年，聂拉木县网格员300名。",
    HEAD.format("农业生产") + "2023年，聂拉木县耕地面积1.2万亩。2024年，聂拉木县耕地面积900公顷。2024年，聂拉木县网格员占比5%。",
    HEAD.format("队伍建设") + "聂拉木县网格员330名。",
    HEAD.format("春耕备耕").replace("聂拉木", "波密") + "2022年，波密县耕地面积800公顷。",
)
NYALAM, BOMI = "PLACE-540235", "PLACE-540424"


def series(indicator: str, *places: str, **more: Any) -> Any:
    return ask_of(archive_of(*PAGES), ASKED, indicator=indicator, placeIds=places, **more)["statisticSeries"]


def points(found: Any) -> list[tuple[Any, ...]]:
    return [(one["period"], one["value"]) for one in found["points"]]


def test_each_point_is_a_printed_figure_with_its_quote() -> None:
    (found,) = series("网格员", NYALAM)
    assert (found["place"]["name"], found["indicator"], found["aspect"], found["unit"]) == ("聂拉木县", "网格员", "LEVEL", "人")
    assert points(found) == [("2021", 300), ("2022", 320), ("2022", 322)]
    for one in found["points"]:
        assert str(int(one["value"])) in one["statistic"]["evidence"]["quote"]


def test_two_values_for_one_year_are_two_points_and_the_same_value_twice_is_one() -> None:
    (found,) = series("网格员", NYALAM)
    assert [(one["period"], one["conflicting"], one["mentionCount"]) for one in found["points"]] == [
        ("2021", False, 2),
        ("2022", True, 1),
        ("2022", True, 1),
    ]


def test_parts_changes_places_inside_and_what_has_no_time_are_no_points_and_are_counted() -> None:
    (found,) = series("网格员", NYALAM)
    assert not {20, 30, 330} & {value for _, value in points(found)}
    assert (found["undatedCount"], found["narrowedCount"], found["plannedCount"], found["leftOut"]) == (1, 0, 1, 0)
    (members,) = series("党员", NYALAM)
    assert (members["points"], members["narrowedCount"], members["unit"]) == ([], 1, None)


def test_a_township_without_a_code_does_not_stand_for_its_county() -> None:
    archive = archive_of(HEAD.format("网格化治理") + "2022年，聂拉木县网格员320名。2022年，X镇网格员25名。")
    asked = ASKED.replace("indicator: $indicator,", "indicator: $indicator, filter: {includeInferred: true},")
    (found,) = ask_of(archive, asked, indicator="网格员", placeIds=[NYALAM])["statisticSeries"]
    assert (points(found), found["narrowedCount"]) == ([("2022", 320)], 1)


def test_plans_are_left_out_or_marked() -> None:
    (found,) = series("网格员", NYALAM, includePlanned=True)
    assert [(one["period"], one["value"], one["status"]) for one in found["points"] if one["status"] != "ACTUAL"] == [
        ("2025", 500, "PLANNED")
    ]
    assert found["plannedCount"] == 0
    assert {one["status"] for one in series("网格员", NYALAM)[0]["points"]} == {"ACTUAL"}


def test_all_places_are_given_in_one_unit_whatever_is_printed() -> None:
    first, second = series("耕地", NYALAM, BOMI)
    assert first["unit"] == second["unit"] == "平方米"
    assert points(first) == [("2023", 8_000_000), ("2024", 9_000_000)]
    assert points(second) == [("2022", 8_000_000)]
    assert [one["statistic"]["unit"] for one in first["points"]] == ["亩", "公顷"]


def test_other_aspects_are_series_of_their_own() -> None:
    (found,) = series("网格员", NYALAM, aspect="CHANGE")
    assert found["narrowedCount"] == 1  # 新增 is another thing than what there is
    (share,) = series("网格员", NYALAM, aspect="SHARE")
    assert (share["unit"], points(share)) == ("%", [("2024", 5)])


def test_figures_in_a_unit_that_is_not_asked_for_are_named() -> None:
    (found,) = series("网格员", NYALAM, unit="户")
    assert (found["unit"], found["points"], found["otherUnits"]) == ("户", [], ["人"])


def test_a_synonym_of_the_thesaurus_is_the_same_series_and_an_unknown_name_an_empty_one() -> None:
    assert series("耕地", NYALAM) == series("耕地面积", NYALAM)
    (found,) = series("无人知晓之物", NYALAM)
    assert (found["points"], found["unit"]) == ([], None)


def test_a_place_that_nothing_is_printed_of_has_a_series_without_points() -> None:
    _, found = series("网格员", NYALAM, BOMI)
    assert (found["place"]["name"], found["points"], found["unit"]) == ("波密县", [], "人")


def test_a_county_is_not_its_city_and_a_township_not_its_county() -> None:
    (city,) = series("耕地", "PLACE-540200")
    assert city["points"] == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"placeIds": []}, "BAD_REQUEST"),
        ({"placeIds": [f"PLACE-54020{n}" for n in range(10)] + [NYALAM]}, "BAD_REQUEST"),
        ({"placeIds": ["DOC-1"]}, "BAD_REQUEST"),
        ({"placeIds": ["PLACE-999999"]}, "NOT_FOUND"),
        ({"indicator": " "}, "BAD_REQUEST"),
        ({"indicator": "网" * 51}, "BAD_REQUEST"),
    ],
)
def test_what_cannot_be_asked_is_refused(given: dict[str, Any], code: str) -> None:
    assert refusal(ASKED, **{"indicator": "网格员", "placeIds": [NYALAM], **given})[0] == code


FIGURES = """query($sort: SearchSort!) {
  figures(subject: "耕地", sort: $sort) { nodes { value unit normal { value } } }
}"""


@pytest.mark.parametrize(("sort", "printed"), [("VALUE_DESC", [900, 12000, 800]), ("VALUE_ASC", [12000, 800, 900])])
def test_figures_are_sorted_by_what_they_amount_to_and_not_by_the_printed_number(sort: str, printed: list[float]) -> None:
    nodes = ask_of(archive_of(*PAGES), FIGURES, sort=sort)["figures"]["nodes"]
    values = [node["normal"]["value"] for node in nodes]
    assert values == sorted(values, reverse=sort == "VALUE_DESC")
    assert sorted(node["value"] for node in nodes) == sorted(printed)
    assert {node["unit"] for node in nodes} == {"亩", "公顷"}


def test_what_is_no_figure_stands_behind_all_figures() -> None:
    nodes = ask_of(archive_of(*PAGES), '{ search(query: "", sort: VALUE_ASC, first: 100) { nodes { __typename } } }')["search"]["nodes"]
    figures = [node["__typename"] == "Statistic" for node in nodes]
    assert True in figures
    assert False in figures
    assert figures == sorted(figures, reverse=True)
