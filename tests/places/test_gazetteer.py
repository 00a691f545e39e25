from __future__ import annotations

import time

import pytest

from archive.places import DATA, Gazetteer, gazetteer, level_of, read_lines
from archive.records import PlaceLevel


@pytest.mark.parametrize(
    ("code", "name", "level"),
    [
        ("540000", "西藏自治区", PlaceLevel.PROVINCE),
        ("540200", "日喀则市", PlaceLevel.PREFECTURE),
        ("540235", "聂拉木县", PlaceLevel.COUNTY),
        ("540235202", "乃龙乡", PlaceLevel.TOWNSHIP),
        ("110000", "北京市", PlaceLevel.PROVINCE),
        ("441900", "东莞市", PlaceLevel.PREFECTURE),
        ("659001", "石河子市", PlaceLevel.COUNTY),
        ("429021", "神农架林区", PlaceLevel.COUNTY),
        ("810000", "香港特别行政区", PlaceLevel.PROVINCE),
        ("820000", "澳门特别行政区", PlaceLevel.PROVINCE),
        ("710100", "台北市", PlaceLevel.PREFECTURE),
    ],
)
def test_a_code_leads_to_its_division(code: str, name: str, level: PlaceLevel) -> None:
    division = gazetteer().get(code)
    assert division is not None
    assert (division.name, division.level, division.in_force) == (name, level, True)


@pytest.mark.parametrize(
    ("code", "above"),
    [
        ("540235202", ["西藏自治区", "日喀则市", "聂拉木县"]),
        ("540235204203", ["西藏自治区", "日喀则市", "聂拉木县", "波绒乡"]),
        ("110105", ["北京市"]),
        ("429021", ["湖北省"]),
        ("441900003", ["广东省", "东莞市"]),
        ("542425", ["西藏自治区", "那曲地区"]),
        ("540000", []),
    ],
)
def test_ancestors_run_from_the_province_down(code: str, above: list[str]) -> None:
    assert [division.name for division in gazetteer().ancestors(code)] == above


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("540422", "540481"),  # 米林县 → 米林市
        ("542425", "540624"),  # 安多县, recoded with its prefecture
        ("542300", "540200"),  # 日喀则地区 → 日喀则市
        ("542301", "540202"),  # the old county-level 日喀则市 → 桑珠孜区
        ("120225", "120119"),  # 蓟县 → 蓟州区
        ("110103", "110101"),  # 崇文区, merged
        ("540235", "540235"),
    ],
)
def test_a_retired_code_leads_to_its_successor(old: str, new: str) -> None:
    assert [division.code for division in gazetteer().current(old)] == [new]


def test_a_division_that_was_divided_has_several_successors() -> None:
    assert {division.code for division in gazetteer().current("130421")} == {"130402", "130403"}  # 邯郸县


def test_a_former_name_keeps_its_years() -> None:
    (miling,) = [division for division in gazetteer().named("米林县") if division.code == "540422"]
    assert (miling.since, miling.until, miling.successors) == (2015, 2023, ("540481",))
    assert miling.valid_in(2020)
    assert not miling.valid_in(2025)
    (xiangfan,) = gazetteer().named("襄樊市")
    assert (xiangfan.code, xiangfan.until) == ("420600", 2010)


def test_short_forms_of_autonomous_names_are_known() -> None:
    assert {division.name for division in gazetteer().named("凉山州")} == {"凉山彝族自治州"}
    assert "540481201" in {division.code for division in gazetteer().named("南伊乡")}


def test_levels_narrow_a_name() -> None:
    assert all(division.level is PlaceLevel.COUNTY for division in gazetteer().named("和平县", [PlaceLevel.COUNTY]))
    assert gazetteer().named("和平县", [PlaceLevel.PROVINCE]) == ()
    assert gazetteer().named("没有这个县") == ()


def test_children_are_those_in_force_directly_below() -> None:
    places = gazetteer()
    assert len(places.children("")) == 34
    assert "朝阳区" in {division.name for division in places.children("110000")}
    assert [division.name for division in places.children("540235")] == [
        "聂拉木镇",
        "樟木镇",
        "亚来乡",
        "锁作乡",
        "乃龙乡",
        "门布乡",
        "波绒乡",
    ]
    below = {division.name for division in places.children("540400")}
    assert "米林市" in below
    assert "米林县" not in below
    assert "东城街道" in {division.name for division in places.children("441900")}
    assert places.children("999999") == ()


def test_every_child_names_its_parent() -> None:
    places = gazetteer()
    for province in places.children(""):
        for child in places.children(province.code):
            assert child.parent == province.code
            assert places.ancestors(child.code)[-1].code == province.code


def test_search_puts_the_name_itself_first_then_beginnings() -> None:
    found = gazetteer().search("聂拉木", 5)
    assert [division.code for division in found[:2]] == ["540235", "540235100"]
    assert gazetteer().search("和平", 3)[0].level is PlaceLevel.COUNTY
    assert gazetteer().search("  ", 5) == ()
    assert gazetteer().search("聂拉木", 0) == ()
    assert len(gazetteer().search("县", 7)) == 7


def test_longer_codes_are_filed_under_their_county() -> None:
    assert gazetteer().adcode_of("540235202") == "540235"
    assert gazetteer().adcode_of("540235204203") == "540235"
    with pytest.raises(ValueError, match="6, 9 or 12 digits"):
        gazetteer().adcode_of("54")


@pytest.mark.parametrize("code", ["", "54", "54023X", "５４０２３５", "5402352020"])
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="6, 9 or 12 digits"):
        level_of(code)
    assert gazetteer().get(code) is None


def test_within_follows_renames() -> None:
    places = gazetteer()
    assert places.within("540235202", "540200")
    assert places.within("542336", "540200")  # 聂拉木县 under its code until 2014
    assert not places.within("540235", "540400")


def test_codes_and_names_of_the_present_are_unique() -> None:
    places = gazetteer()
    seen: dict[str, str] = {}
    for line in read_lines(DATA):
        code, name, _, until, *_ = line.split("\t")
        if not until:
            assert seen.setdefault(code, name) == name
            division = places.get(code)
            assert division is not None
            assert division.name == name
    assert 2840 < sum(level_of(code) is PlaceLevel.COUNTY for code in seen if code[:2] not in {"71", "81", "82"}) < 3200


def test_loading_is_fast() -> None:
    best = min(_loading() for _ in range(3))
    assert best < 3  # 0.2 s on an idle core; the bound leaves room for a busy machine


def _loading() -> float:
    begin = time.process_time()
    Gazetteer(read_lines(DATA))
    return time.process_time() - begin


def test_villages_are_divisions_with_their_own_codes() -> None:
    places = gazetteer()
    village = places.get("540235204203")
    assert village is not None
    assert (village.name, village.level, village.parent, village.in_force) == ("寺龙村", PlaceLevel.VILLAGE, "540235204", True)
    assert [above.name for above in places.ancestors(village.code)] == ["西藏自治区", "日喀则市", "聂拉木县", "波绒乡"]
    assert village in places.children("540235204")
    assert places.current(village.code) == (village,)
    assert places.within(village.code, "540235")
    assert places.get("540235204999") is places.get("999999999999") is None
    assert places.children("999999999") == ()


@pytest.mark.parametrize("query", ["十八洞村", "十八洞"])
def test_a_village_is_found_by_its_whole_name(query: str) -> None:
    assert ("433124110226", "十八洞村") in {(division.code, division.name) for division in gazetteer().search(query)}
    assert all(division.level is not PlaceLevel.VILLAGE for division in gazetteer().search("和平", 100))
    assert len(gazetteer().search(query, 1)) == 1
