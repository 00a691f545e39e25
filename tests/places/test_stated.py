"""A text that says where a place lies settles it itself; one that says what it lies beside does not."""

from __future__ import annotations

import pytest

from tests.places.builders import places


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("丙中洛镇位于贡山县北部，辖村4个。", "丙中洛镇", "533324"),
        ("独龙江乡地处云南省怒江州贡山县西部，辖村6个。", "独龙江乡", "533324"),
        ("马踏镇隶属井研县，辖村17个。", "马踏镇", "511124"),
        ("马踏镇隶属于四川省乐山市井研县，辖村17个。", "马踏镇", "511124"),
        ("马踏镇坐落在美丽的井研县。", "马踏镇", "511124"),
        ("柳坪村位于井研县马踏镇，全村有农户386户。", "柳坪村", "511124"),
        ("柳坪村地处马踏镇。马踏镇隶属井研县。", "柳坪村", "511124"),
    ],
)
def test_where_the_text_says_that_a_place_lies_is_not_inferred(text: str, name: str, code: str) -> None:
    place = places(text)[name]
    assert (place.adcode, place.inferred, place.confidence) == (code, False, 1.0)


def test_a_place_that_no_list_has_there_takes_the_county_that_is_stated() -> None:
    place = places("马踏镇隶属贡山县，辖村8个。")["马踏镇"]
    assert (place.adcode, place.division_code, place.inferred) == ("533324", None, False)


@pytest.mark.parametrize(
    "text",
    [
        "柳坪村位于县城西部，全村有农户386户。",
        "柳坪村建成公厕12座。",
        "柳坪村地处井研县以西，全村有农户386户。",
        "柳坪村位于井研县与仁寿县交界处，全村有农户386户。",
        "柳坪村地处井研县、仁寿县之间，全村有农户386户。",
        "柳坪村建成公厕12座，归属感增强。井研县有村120个。",
    ],
)
def test_what_does_not_say_in_what_a_place_lies_settles_nothing(text: str) -> None:
    place = places(text).get("柳坪村")
    assert place is None or place.adcode is None or place.inferred
