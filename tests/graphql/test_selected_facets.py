"""What the filter of a search names can always be shown and taken away."""

from __future__ import annotations

from typing import Any

import pytest

from tests.graphql.test_search import FACETS
from tests.graphql.world import ask, execute


def test_what_is_selected_is_among_the_buckets_however_rare_it_is() -> None:
    few = FACETS.replace("size: 100", "size: 1")
    whole = {bucket["value"]: bucket["count"] for bucket in ask(FACETS, query="网格", fields=["PLACE"])["search"]["facets"][0]["buckets"]}
    rare = min(whole, key=lambda value: (whole[value], value))
    (facet,) = ask(few, query="网格", filter={"placeIds": [rare]}, fields=["PLACE"])["search"]["facets"]
    assert [(bucket["value"], bucket["count"], bucket["selected"]) for bucket in facet["buckets"]][1:] == [(rare, whole[rare], True)]
    assert facet["otherCount"] == sum(whole.values()) - sum(bucket["count"] for bucket in facet["buckets"])


@pytest.mark.parametrize(
    ("field", "filter", "value"),
    [
        ("PLACE", {"placeIds": ["PLACE-110105"]}, "PLACE-110105"),
        ("YEAR", {"years": [1800]}, "1800"),
        ("GENRE", {"genres": ["CASE"]}, "CASE"),
        ("INDICATOR", {"figure": {"indicators": ["GDP"]}}, "地区生产总值"),
        ("PRACTICE", {"practices": ["“没有”超市"]}, "没有超市"),
    ],
)
def test_a_selected_value_that_nothing_has_is_listed_once_with_no_count(field: str, filter: dict[str, Any], value: str) -> None:
    narrowed = {"years": [1801], **filter}
    (facet,) = ask(FACETS, query="网格", filter=narrowed, fields=[field])["search"]["facets"]
    assert [(bucket["value"], bucket["count"]) for bucket in facet["buckets"] if bucket["selected"]] == [(value, 0)]
    assert facet["otherCount"] == 0


def test_the_number_of_buckets_is_bounded_and_told_by_its_name() -> None:
    for size in (0, 101, 1000):
        _, errors = execute(f"{{ search {{ facets(fields: [TYPE], size: {size}) {{ label }} }} }}")
        assert errors[0]["extensions"]["code"] == "BAD_REQUEST" and "`size`" in errors[0]["message"]
