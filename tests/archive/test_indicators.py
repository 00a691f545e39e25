"""The thesaurus of indicators is sound: every row by its example, and nothing near taken for the same."""

from __future__ import annotations

from itertools import islice

import pytest

from archive.indicators import Indicator, Kinship, broader, find_indicator, holder_of, indicators, kin, kinship
from archive.quantities import normal_unit
from ingest.extract.normal_subjects import take_apart


@pytest.mark.parametrize("row", indicators().values(), ids=lambda row: row.term)
def test_an_indicator_is_read_from_its_example_and_not_from_its_counter_examples(row: Indicator) -> None:
    read = [take_apart(subject) for subject in (row.example, row.term, *row.synonyms)]
    assert [one and one.indicator for one in read] == [row.term] * len(read)
    assert row.term not in {one and one.indicator for one in map(take_apart, row.counter_examples)}


@pytest.mark.parametrize("row", indicators().values(), ids=lambda row: row.term)
def test_an_indicator_leads_only_to_others_of_the_list(row: Indicator) -> None:
    assert {*row.related, *filter(None, [row.broader])} <= set(indicators()) - {row.term}
    assert all(row.term in indicators()[other].related for other in row.related)
    assert len(list(islice(broader(row.term), 10))) < 10
    assert row.unit is None or normal_unit(row.unit).name == row.unit


def test_the_list_is_long_enough_to_be_of_use() -> None:
    assert len(indicators()) > 250


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("专职网格员", "网格员", Kinship.BROADER),
        ("网格员", "兼职网格员", Kinship.NARROWER),
        ("农村居民人均可支配收入", "农民人均纯收入", Kinship.RELATED),
        ("农民人均纯收入", "农村居民人均可支配收入", Kinship.RELATED),
        ("养羊合作社", "合作社", Kinship.BROADER),
        ("合作社", "养羊合作社", Kinship.NARROWER),
        ("网格员", "网格员", None),
        ("网格员", "粮食产量", None),
        ("红色驿站", "蓝色驿站", None),
    ],
)
def test_kinship_is_told_from_both_sides(one: str, other: str, wanted: Kinship | None) -> None:
    assert kinship(one, other) is wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("老区青年志愿者", "志愿者"),
        ("两山养蜂合作社", "合作社"),
        ("民办养老机构", "养老机构"),
        ("非党员", None),
        ("副网格长", None),
        ("原贫困户", None),
        ("党员和志愿者", None),
        ("护林员、网格员", None),
        ("合作社", None),
        ("员", None),
        ("", None),
        ("合作社理事长", None),
        ("长" * 300 + "合作社", None),
    ],
)
def test_a_kind_of_a_listed_thing_is_told_from_what_only_looks_like_one(name: str, wanted: str | None) -> None:
    found = holder_of(name)
    assert (found.term if found else None) == wanted


def test_names_are_found_with_and_without_their_quotation_marks() -> None:
    assert find_indicator("“两新”党组织") is find_indicator("两新党组织") is not None
    assert find_indicator("村(居)") is find_indicator("村（社区）") is not None
    assert find_indicator("GDP") is indicators()["地区生产总值"]
    assert find_indicator("外星人") is None


def test_next_of_kin_are_one_step_away() -> None:
    assert set(kin("软弱涣散村党组织")) == {"软弱涣散党组织", "村党组织"}
    assert list(broader("软弱涣散村党组织")) == ["软弱涣散党组织", "党组织"]
