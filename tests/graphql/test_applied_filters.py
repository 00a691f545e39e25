"""Every filter of a search is told back, ready to be taken away, with a label to show."""

from typing import Any

import pytest

from tests.graphql.world import ask

QUERY = "query($filter: SearchFilter) { search(filter: $filter) { appliedFilters { field value label } } }"


def test_applied_filters_are_listed_with_labels() -> None:
    chosen = {"types": ["KNOWLEDGE_UNIT"], "placeIds": ["PLACE-540235"], "themeIds": ["THEME-grid-management"], "unitKinds": ["PROBLEM"]}
    found = [tuple(one.values()) for one in ask(QUERY, filter=chosen)["search"]["appliedFilters"]]
    assert found == [
        ("types", "KNOWLEDGE_UNIT", "要点"),
        ("placeIds", "PLACE-540235", "聂拉木县"),
        ("themeIds", "THEME-grid-management", "网格化管理"),
        ("unitKinds", "PROBLEM", "问题"),
    ]


@pytest.mark.parametrize(
    ("chosen", "listed"),
    [
        ({"published": {"from": "2020-01-01"}}, [("published.from", "2020-01-01", "2020-01-01 起发布")]),
        ({"published": {"to": "2024-12-31"}}, [("published.to", "2024-12-31", "2024-12-31 止发布")]),
        ({"figure": {"min": 1.5, "max": 300}}, [("figure.min", "1.5", "数值不小于 1.5"), ("figure.max", "300", "数值不大于 300")]),
        ({"figure": {"min": 0, "qualifiers": ["ABOUT"]}}, [("figure.qualifiers", "ABOUT", "约数"), ("figure.min", "0", "数值不小于 0")]),
        ({"includeDescendants": False}, [("includeDescendants", "false", "不含下辖地区")]),
        ({"includeInferred": True}, [("includeInferred", "true", "含推断地区")]),
        ({"includeReprints": True}, [("includeReprints", "true", "含转载")]),
        ({"includeDescendants": True, "includeInferred": False, "includeReprints": False, "figure": {}, "published": {}}, []),
        ({"documentIds": ["DOC-0000000000000000-1"]}, [("documentIds", "DOC-0000000000000000-1", "DOC-0000000000000000-1")]),
    ],
)
def test_whatever_narrows_or_widens_a_search_is_an_applied_filter(chosen: dict[str, Any], listed: list[tuple[str, str, str]]) -> None:
    assert [tuple(one.values()) for one in ask(QUERY, filter=chosen)["search"]["appliedFilters"]] == listed
