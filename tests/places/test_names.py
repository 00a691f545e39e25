from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract.place_names import find_names
from ingest.extract.place_words import rows
from tests.places.builders import codes, read
from tests.places.cases import NAMED, NOT_NAMED

EXAMPLES = [(kind, row) for kind, entries in rows().items() for row in entries]
CHARACTERS = "县市区旗盟州乡镇村省街道社苏木嘎查XX某×的和聂拉木日喀则波绒扎青我全自治朝阳合作，。、\n“”19a "


@pytest.mark.parametrize(("text", "expected"), NAMED, ids=[text[:16] for text, _ in NAMED])
def test_places_are_found_with_their_codes(text: str, expected: dict[str, str | None]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize("text", NOT_NAMED, ids=[text[:16] for text in NOT_NAMED])
def test_everyday_words_are_no_places(text: str) -> None:
    assert codes(text) == {}


@pytest.mark.parametrize(("kind", "row"), EXAMPLES, ids=[f"{kind}-{row['example'][:12]}" for kind, row in EXAMPLES])
def test_every_row_holds_for_its_own_example(kind: str, row: dict[str, Any]) -> None:
    assert sorted(codes(row["example"])) == sorted(row.get("finds", []))


@given(st.text(alphabet=CHARACTERS, max_size=120))
@settings(max_examples=300, deadline=None)
def test_every_mention_stands_where_it_says(text: str) -> None:
    document = read(text)
    names = {place.name for place in document.places}
    end = 0
    for mention in document.mentions:
        assert mention.key == mention.span.of(text) or mention.key.startswith(mention.span.of(text)[:2])
        assert mention.key in names
        assert mention.span.start >= end
        end = mention.span.end
    for place in document.places:
        assert place.evidence in text
        assert place.evidence_span is None or place.evidence_span.of(text) == place.evidence
        assert place.inferred is (place.confidence < 1)


@given(st.text(alphabet=CHARACTERS, max_size=80))
@settings(max_examples=100, deadline=None)
def test_the_same_text_gives_the_same_places(text: str) -> None:
    assert read(text) == read(text)


@pytest.mark.parametrize(
    "unit",
    ["县", "市民", "日喀则市", "X县", "XX", "的村", "合作市场", "乃龙乡寺龙村", "一二三四五六七八", "朝阳区、", "朝阳区城关镇、", "我区"],
)
def test_time_grows_with_the_length_and_no_faster(unit: str) -> None:
    short, long = unit * (1000 // len(unit)), unit * (8000 // len(unit))
    find_names(short)
    once, eight = min(_took(short) for _ in range(3)), min(_took(long) for _ in range(2))
    assert eight < 30 * max(once, 0.001)


def test_a_name_repeated_without_end_is_read() -> None:
    assert set(codes("乃龙乡寺龙村" * 3000)) == {"乃龙乡", "寺龙村"}


def _took(text: str) -> float:
    begin = time.process_time()
    find_names(text)
    return time.process_time() - begin


@pytest.mark.parametrize("county", ["和平县", "富民县", "民乐县", "清水县", "安化县", "建始县", "大方县", "合水县"])
@pytest.mark.parametrize("session", ["第十二届人民代表大会第三次会议上", "第9届人大二次会议上", "第十届委员会第四次会议上"])
def test_a_county_that_has_an_assembly_is_a_place_whatever_its_name_is(county: str, session: str) -> None:
    place = next(iter(read("各位代表：现在报告工作。", title="政府工作报告", subtitle=f"——2023年1月6日在{county}{session}").places))
    assert (place.name, place.adcode is not None, place.role.value) == (county, True, "PRIMARY")
    assert county in codes(f"2023年1月6日，报告人在{county}{session}作报告。")


@pytest.mark.parametrize(
    "text", ["城区第三届运动会开幕。", "在全县第六届人民代表大会上。", "园区第二届委员会成立。", "新区第一届人大代表履职。"]
)
def test_an_assembly_makes_no_place_of_a_kind(text: str) -> None:
    assert codes(text) == {}
