"""Villages with their own codes, and what villages and townships tell about a county that is not named."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.villages import homes, villages_of
from tests.places.builders import places, read
from tests.support import only


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("昭觉县解放沟镇火普村种蓝莓。", "火普村", "513431105201"),
        ("聂拉木县波绒乡寺龙村办起会客厅。", "寺龙村", "540235204203"),
        ("花垣县双龙镇十八洞村是首倡地。", "十八洞村", "433124110226"),
        ("花垣县十八洞村是首倡地。", "十八洞村", "433124110226"),
        ("伊金霍洛旗伊金霍洛镇推动查干呼都嘎音希里村、乃玛岱村流转土地。", "查干呼都嘎音希里村", "150627106208"),
        ("长沙县和平村与成县和平村结对。", "和平村", "430121113207"),
    ],
)
def test_a_village_has_its_own_code(text: str, name: str, code: str) -> None:
    assert places(text)[name].division_code == code


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("昭觉县解放沟镇波绒村种蓝莓。", "波绒村"),  # no list has it
        ("XX县寺龙村办起会客厅。", "寺龙村"),  # one village is not enough to know the county by
        ("成县和平村与文县和平村结对。", "和平村"),  # in none or in several townships
    ],
)
def test_a_village_that_no_list_settles_has_no_code(text: str, name: str) -> None:
    found = places(text).get(name)
    assert found is None or found.division_code is None


@pytest.mark.parametrize(
    "text",
    [
        "昭觉县推进新农村建设，建强行政村、示范村、中心村。",
        "聂拉木县波绒乡走以茶兴村的路，各村村民参与。",
        "成县城关镇建设幸福乡村、美丽乡村。",
    ],
)
def test_everyday_villages_of_a_named_place_are_none(text: str) -> None:
    assert not [name for name in places(text) if name.endswith(("村", "社区"))]


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("XX县党委书记带头。XX县的寺龙村办起会客厅，充堆村、扎西岗村跟进。", "XX县", "540235"),
        ("A县推行积分制，其中A县乃龙乡先行。", "A县", "540235"),
        ("××市下辖乌拉特中旗和乌拉特后旗。", "××市", "150800"),
        ("XXX县文江镇位于县城东北，与庆符镇相邻。", "XXX县", "511525"),
    ],
)
def test_a_hidden_place_is_inferred_from_smaller_ones(text: str, name: str, code: str) -> None:
    place = places(text)[name]
    assert (place.adcode, place.inferred) == (code, True)
    assert 0.5 <= place.confidence < 1 and place.evidence in text and place.resolved_name


@pytest.mark.parametrize(
    "text",
    [
        "XX县推行积分制，各村参与。",
        "XX县的双泉村、光明村、新民村发展旅游。",  # half of China has them
        "XX县的寺龙村办起会客厅。",  # one village alone
        "XX县的寺龙村、十八洞村、火普村互相学习。",  # of three counties
        "XX县在聂拉木县学习，寺龙村、充堆村介绍经验。",  # they lie in the county that is named
        "XX市的寺龙村、充堆村介绍经验。",  # no city holds them as its county does
        "四川省XX县的寺龙村、充堆村。",  # they lie elsewhere
    ],
)
def test_thin_or_conflicting_evidence_infers_nothing(text: str) -> None:
    hidden = next(place for name, place in places(text).items() if name.startswith("XX"))
    assert hidden.adcode is None and not hidden.inferred


def test_what_lies_in_an_inferred_county_is_settled_with_it() -> None:
    found = places("XX县的寺龙村办起会客厅，充堆村、扎西岗村跟进。")
    assert found["寺龙村"].division_code == "540235204203"
    assert found["寺龙村"].inferred


def test_places_of_one_name_keep_their_own_codes() -> None:
    document = read("成县城关镇种核桃。文县城关镇种花椒。城关镇的花椒卖得好。")
    assert {place.name: place.division_code for place in document.places if place.name.endswith("镇")} == {
        "城关镇": "621221100",
        "文县城关镇": "621222100",
    }
    assert [mention.key for mention in document.mentions] == ["成县", "城关镇", "文县", "文县城关镇", "文县城关镇"]


def test_one_place_with_two_parents_is_one() -> None:
    found = places("聂拉木县寺龙村办起会客厅。聂拉木县波绒乡寺龙村修路。")
    assert [name for name in found if name.endswith("寺龙村")] == ["寺龙村"]


def test_a_list_of_townships_may_hold_one_that_is_gone() -> None:
    assert places("高县文江镇、庆符镇、庆岭乡三地试点。")["庆岭乡"].adcode == "511525"
    assert not [name for name in places("高县庆符镇、特色小镇、文化名镇、产业强镇") if name not in ("高县", "庆符镇")]


def test_codes_of_villages_lie_in_their_county() -> None:
    for county in ("110101", "513431", "540235", "659001"):
        held = villages_of(county)
        codes = [code for each in held.values() for code in each]
        assert held and len(set(codes)) == len(codes)
        assert all(code.startswith(county) and len(code) == 12 and code.isdigit() for code in codes)


@given(st.text(alphabet="0123456789", min_size=6, max_size=6))
def test_an_unknown_county_has_no_villages(county: str) -> None:
    assert all(code.startswith(county) for codes in villages_of(county).values() for code in codes)


def test_homes_of_a_village_are_the_counties_that_have_it() -> None:
    assert homes("寺龙村") == {"540235"}
    assert homes("不存在的某某某村") == frozenset()
    assert homes("和平村", most=5) == frozenset()


def test_a_list_of_many_townships_takes_time_in_proportion_to_its_length() -> None:
    towns = [name for name, *_ in (village.split("（") for village in villages_of("140105"))][:400]
    short, long = ("。".join(f"昭觉县{name}镇光明村，浙江温州" for name in towns[:count]) for count in (100, 400))
    spent = []
    for text in (short, long):
        started = time.process_time()
        read(text)
        spent.append(time.process_time() - started)
    assert spent[1] < 20 * max(spent[0], 0.02)


def test_the_villagers_of_a_township_are_no_village() -> None:
    found = only("某县典型\n2023年，新宁县黄龙镇村民李秀英发展脐橙。石桥村村民种茶。新宁县黄龙镇石桥村民宿20家。")
    spans = [one.span.of(found.text) for one in found.mentions]
    assert "黄龙镇村" not in spans and "石桥村" in spans
