"""What a name means in its document, and what the document leaves out."""

from __future__ import annotations

import pytest

from archive.records import Caption, PlaceLevel
from archive.text import Span
from tests.places.builders import codes, places


def test_a_county_settles_its_townships_wherever_they_stand() -> None:
    found = codes("贡山县推进网格化。丙中洛镇划分网格12个，城关镇和茨开镇同步推进。")
    assert found["丙中洛镇"] == found["茨开镇"] == "533324"


def test_the_name_in_use_at_the_time_keeps_its_code() -> None:
    found = places("米林县积极探索，南伊乡琼林村率先试点。")
    assert found["米林县"].adcode == found["南伊乡"].adcode == found["琼林村"].adcode == "540422"
    assert found["南伊乡"].division_code == "540422201"
    assert found["南伊乡"].resolved_name == "南伊珞巴民族乡"
    assert not found["南伊乡"].inferred


def test_an_ambiguous_name_stays_open_where_nothing_decides() -> None:
    found = places("鼓楼区和新华区分别制定方案。")
    assert {name: place.adcode for name, place in found.items()} == {"鼓楼区": None, "新华区": None}
    assert found["鼓楼区"].level is PlaceLevel.COUNTY


@pytest.mark.parametrize(("city", "code"), [("南京市", "320106"), ("徐州市", "320302"), ("福州市", "350102"), ("开封市", "410204")])
def test_the_city_of_the_document_decides_between_namesakes(city: str, code: str) -> None:
    assert codes(f"{city}深化基层治理。鼓楼区先行先试。")["鼓楼区"] == code
    assert codes(f"{city}鼓楼区先行先试。")["鼓楼区"] == code


def test_the_place_behind_a_name_decides_too() -> None:
    assert codes("鼓楼区安泰街道、鼓楼区东街街道推进网格化。")["鼓楼区"] == "350102"


def test_a_dateline_is_context_but_no_place_of_the_document() -> None:
    assert codes("鼓楼区先行先试。", dateline="徐州") == {"鼓楼区": "320302"}
    assert codes("近年来，县委高度重视。", dateline="拉萨") == {}


def test_a_name_printed_in_a_place_that_does_not_hold_it_is_no_other_place() -> None:
    assert codes("漯河市西城区管委会参照执行。")["西城区"] is None
    found = places("林芝市波密县顿多镇大力推进。")
    assert found["顿多镇"].adcode == "540424"
    assert found["顿多镇"].division_code is None
    assert found["顿多镇"].level is PlaceLevel.TOWNSHIP


def test_a_township_that_only_one_county_has_is_inferred() -> None:
    (township,) = places("推广借鉴乃龙乡“五星级文明户”评选机制。").values()
    assert (township.adcode, township.division_code, township.inferred) == ("540235", "540235202", True)
    assert township.confidence < 1


@pytest.mark.parametrize("name", ["X县", "Ｘ县", "××县", "XX县", "**县", "某县"])
def test_an_anonymised_county_never_resolves_by_itself(name: str) -> None:
    (county,) = places(f"{name}地处边境，{name}党委高度重视。").values()
    assert (county.name, county.adcode, county.inferred, county.level) == (name, None, False, PlaceLevel.UNRESOLVED)


@pytest.mark.parametrize("title", ["某县的做法", "某某县的做法", "X县的做法", "治理的做法"])
def test_two_masks_of_one_document_are_one_county(title: str) -> None:
    found = places("X县结合实际探索治理。丙中洛镇和独龙江乡率先试点。X县建网格90个。", title=title)
    masked = {name: place.adcode for name, place in found.items() if name[-1] == "县"}
    assert masked["X县"] == "533324" and set(masked.values()) == {"533324"}


def test_two_letters_are_two_counties() -> None:
    found = codes("A县与B县相邻。丙中洛镇和独龙江乡率先试点。", title="某县的做法")
    assert found["A县"] is found["B县"] is None


def test_a_figure_of_speech_is_no_place() -> None:
    assert codes("有人会问，某县这样做行不行？") == {}


def test_unique_townships_settle_an_anonymised_county() -> None:
    text = "X县结合实际探索治理。丙中洛镇和独龙江乡率先试点。"
    county = places(text)["X县"]
    assert (county.adcode, county.resolved_name, county.inferred) == ("533324", "贡山独龙族怒族自治县", True)
    assert "丙中洛镇" in county.evidence
    assert "独龙江乡" in "".join(county.evidence_more)
    assert county.confidence == pytest.approx(0.85)
    assert places("X县结合实际探索治理。丙中洛镇率先试点。")["X县"].confidence == pytest.approx(0.7)


@pytest.mark.parametrize(
    "text",
    [
        "X县结合实际探索治理。城关镇率先试点。",  # hundreds of 城关镇
        "X县学习贡山县经验，考察了丙中洛镇。",  # the township is that of a county that is named
        "X区结合实际探索治理。丙中洛镇率先试点。",  # its county is no 区
        "X县和Y县、X镇。",
        "甘肃省X县结合实际。丙中洛镇率先试点。",  # not in the province that is printed before X县
        "X县结合实际。丙中洛镇、波绒乡率先试点。",  # two counties, one witness each
        "A县和B县结对。丙中洛镇率先试点。",  # which of the two?
    ],
)
def test_weak_or_contradictory_witnesses_settle_nothing(text: str) -> None:
    assert all(place.adcode is None for name, place in places(text).items() if name[0] in "XAB")


def test_counties_of_one_city_settle_an_anonymised_city() -> None:
    city = places("近年来，云南省XX市推进治理。XX市下辖腾冲市和施甸县。")["XX市"]
    assert (city.adcode, city.resolved_name, city.level, city.inferred) == ("530500", "保山市", PlaceLevel.PREFECTURE, True)
    assert any("云南省XX市" in quote for quote in city.evidence_more)
    assert places("XX市赴安吉县学习。")["XX市"].adcode is None
    assert places("XX市安吉县先行先试。")["XX市"].adcode == "330500"
    assert places("XX市下辖安吉县、施甸县。")["XX市"].adcode is None


def test_a_village_is_filed_under_the_only_county() -> None:
    village = places("聂拉木县推进治理，寺龙村建成会客厅。")["寺龙村"]
    assert (village.adcode, village.level, village.inferred) == ("540235", PlaceLevel.VILLAGE, True)
    assert places("聂拉木县、定日县和吉隆县结对，寺龙村建成会客厅。")["寺龙村"].adcode is None


def test_siblings_share_what_is_printed_before_the_first() -> None:
    assert codes("富平县张桥镇原李村和巨贤村，蒲城县、大荔县。")["巨贤村"] == "610528"


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("近年来，我区坚持党建引领。拉萨市全面推行，林芝市主动探索。", "西藏自治区", "540000"),
        ("我省深化改革。太原市、大同市分别出台办法。", "山西省", "140000"),
        ("我市深化改革。岳麓区、望城区先行先试。", "长沙市", "430100"),
        ("我县确定了6个示范点。炉桥镇、藕塘镇、吴圩镇先行。", "定远县", "341125"),
    ],
)
def test_our_own_province_city_or_county_is_inferred(text: str, name: str, code: str) -> None:
    own = places(text)[name]
    assert (own.adcode, own.inferred, own.role.value) == (code, True, "PRIMARY")
    assert own.evidence.startswith("我")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我区深化改革，鼓楼区、玄武区先行。", "江苏省"),
        ("我省深化改革。太原市、西安市分别出台办法。", "山西省"),  # two provinces
        ("全省深化改革。太原市出台办法。", "山西省"),  # 全省 alone, with one city
        ("我县深化改革，县委高度重视。", "定远县"),
        ("我市深化改革。岳麓区、安吉县先行先试。", "长沙市"),
    ],
)
def test_what_the_places_do_not_settle_is_not_inferred(text: str, name: str) -> None:
    assert name not in places(text)


def test_a_place_in_a_caption_only_says_so() -> None:
    caption = Caption(text="图为聂拉木县琐作乡综治中心揭牌", source=Span(0, 15))
    found = places("聂拉木县推进治理。", captions=(caption,))
    assert found["琐作乡"].in_caption
    assert found["琐作乡"].evidence_span is None
    assert found["琐作乡"].adcode == "540235"
    assert not found["聂拉木县"].in_caption


def test_taiwan_and_hong_kong_only_where_they_are_named() -> None:
    assert codes("中山区先行先试，大连市出台办法。")["中山区"] == "210202"
    assert codes("信义区先行先试。台湾省。")["信义区"] == "710105"


@pytest.mark.parametrize(
    ("published", "name", "code", "level"),
    [
        ("2008-05-01", "毕节市", "522401", PlaceLevel.COUNTY),  # a county-level city, today 七星关区
        ("2020-05-01", "毕节市", "520500", PlaceLevel.PREFECTURE),
        (None, "毕节市", "520500", PlaceLevel.PREFECTURE),
        ("2011-08-01", "毕节市", "520500", PlaceLevel.PREFECTURE),  # the year of the change counts for both: the newer one
        ("2008-05-01", "哈密市", "652201", PlaceLevel.COUNTY),
        ("2005-05-01", "思茅市", "530800", PlaceLevel.PREFECTURE),
        ("2003-05-01", "巢湖市", "341400", PlaceLevel.PREFECTURE),
        ("2015-05-01", "巢湖市", "340181", PlaceLevel.COUNTY),
    ],
)
def test_a_name_means_the_place_that_bore_it_at_the_time(published: str | None, name: str, code: str, level: PlaceLevel) -> None:
    place = places(f"近年来，{name}推进治理。", published=published)[name]
    assert (place.adcode, place.level) == (code, level)


@pytest.mark.parametrize("published", ["1998-01-01", "2010-01-01", "2024-01-01", None])
def test_a_name_that_has_meant_one_place_all_along_has_its_code_of_today(published: str | None) -> None:
    assert places("昌平区推进治理。", published=published)["昌平区"].adcode == "110114"
    assert places("襄樊市推进治理。", published=published)["襄樊市"].adcode == "420600"


OWN = "贡山县推进网格化。贡山县落实责任。贡山县召开现场会。"


def test_a_township_far_from_the_county_that_a_document_is_about_is_not_taken_for_the_one_of_its_name() -> None:
    found = places(f"{OWN}乃龙乡划分网格12个。")
    assert found["乃龙乡"].division_code is None
    assert found["乃龙乡"].adcode in (None, "533324")
    found = places("各村落实责任。乃龙乡划分网格12个。", dateline="贡山")
    assert found["乃龙乡"].adcode != "540235"


@pytest.mark.parametrize(
    "text",
    [
        f"{OWN}西藏自治区聂拉木县乃龙乡前来学习。",
        f"{OWN}聂拉木县前来学习，乃龙乡介绍经验。",
        "贡山县推进网格化。推广借鉴乃龙乡评选机制。",
    ],
)
def test_a_township_whose_own_county_is_printed_or_of_a_document_about_no_county_keeps_its_code(text: str) -> None:
    assert places(text)["乃龙乡"].adcode == "540235"
