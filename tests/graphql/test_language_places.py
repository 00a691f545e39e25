"""Names of places as they are typed."""

import pytest

from archive.places import gazetteer
from schema.language.places import paths, places_called


def codes(name: str) -> list[str]:
    return [place.code for place in places_called(name, gazetteer()) if place.in_force]


@pytest.mark.parametrize(
    "name", ["台州市", "台州", "浙江台州", "浙江省台州市", "331000", "PLACE-331000", "place-331000", "３３１０００", " 台州 "]
)
def test_a_place_has_many_ways_to_be_called(name: str) -> None:
    assert codes(name) == ["331000"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("西藏", "540000"),
        ("内蒙古", "150000"),
        ("新疆", "650000"),
        ("凉山州", "513400"),
        ("日喀则市聂拉木", "540235"),
        ("波绒乡", "540235204"),
    ],
)
def test_short_names_and_smaller_places_are_known(name: str, code: str) -> None:
    assert code in codes(name)


def test_of_short_names_the_highest_level_is_meant() -> None:
    assert codes("吉林") == ["220000"]
    assert codes("吉林市") == ["220200"]


def test_of_several_places_with_one_short_name_all_are_meant_but_not_what_lies_in_another() -> None:
    assert codes("朝阳") == ["110105", "211300", "220104"]  # 朝阳县 lies in 朝阳市
    assert codes("朝阳市") == ["211300"]
    assert codes("辽宁朝阳") == ["211300"]
    assert codes("河南") == ["410000"]


def test_a_village_is_known_by_its_whole_name_unless_it_is_not_wanted() -> None:
    assert any(len(code) == 12 for code in codes("寺龙村"))
    assert places_called("寺龙村", gazetteer(), villages=False) == ()


def test_a_name_inside_another_place_is_that_one_alone() -> None:
    assert len(codes("鼓楼区")) > 1
    assert codes("南京市鼓楼区") == codes("江苏南京鼓楼区") == ["320106"]


@pytest.mark.parametrize(
    "name", ["", " ", "x", "网格员", "沙河屯子县", "999999", "PLACE-", "台州市市", "江苏台州", "吉林" * 9, "台" * 41, "州", "\0", "𠀀"]
)
def test_what_no_list_has_is_no_place(name: str) -> None:
    assert places_called(name, gazetteer()) == ()


def test_what_lies_above_is_shown_of_the_first_ones() -> None:
    found = tuple(place for place in places_called("鼓楼区", gazetteer()) if place.in_force)
    assert paths(found[:1], gazetteer()).endswith("鼓楼区")
    assert paths(found, gazetteer()).count("、") == 2
    assert paths(found, gazetteer()).endswith("等") == (len(found) > 3)
