"""What place filters find, and what they refuse."""

from typing import Any

import pytest

from tests.graphql.world import ask, refusal

NAMED = (
    """query($filter: SearchFilter) { practices(filter: $filter, first: 100) { nodes { name placeName place { id } document { id } } } }"""
)


def test_a_named_place_without_a_code_is_found_under_its_documents_place_when_asked_for() -> None:
    everywhere = ask(NAMED)["practices"]["nodes"]
    (unresolved,) = [one for one in everywhere if one["name"].startswith("四级智慧党建")]
    assert (unresolved["placeName"], unresolved["place"]) == ("边境旗", None)
    here = {"placeIds": ["PLACE-150800"]}
    assert unresolved not in ask(NAMED, filter=here)["practices"]["nodes"]
    assert unresolved in ask(NAMED, filter={**here, "includeInferred": True})["practices"]["nodes"]
    assert unresolved not in ask(NAMED, filter={"placeIds": ["PLACE-540000"], "includeInferred": True})["practices"]["nodes"]


def test_a_comparison_finds_them_too_when_asked_for() -> None:
    compare = """query($themes: [ID!]!, $inferred: Boolean!) {
      compare(placeIds: ["PLACE-150800"], themeIds: $themes, filter: {includeInferred: $inferred}) {
        cells { state unitCount units(first: 20) { placeName place { id } } } } }"""
    themes = [one["id"] for one in ask("{ themes { id } }")["themes"]][:20]
    printed, inferred = (ask(compare, themes=themes, inferred=asked)["compare"]["cells"] for asked in (False, True))
    assert all(less["unitCount"] <= more["unitCount"] for less, more in zip(printed, inferred, strict=True))
    assert all(unit["place"] for cell in printed for unit in cell["units"] if unit["placeName"])


@pytest.mark.parametrize(
    ("filter", "code"),
    [
        ({"placeIds": ["PLACE-999999"]}, "NOT_FOUND"),
        ({"placeIds": ["PLACE-540235", "PLACE-999999"]}, "NOT_FOUND"),
        ({"placeIds": ["PLACE-999999"], "includeDescendants": False}, "NOT_FOUND"),
        ({"themeIds": ["THEME-no-such-theme"]}, "NOT_FOUND"),
        ({"published": {"from": "2030-01-01", "to": "2020-01-01"}}, "BAD_REQUEST"),
        ({"figure": {"min": 2, "max": 1}}, "BAD_REQUEST"),
    ],
)
@pytest.mark.parametrize("root", ["search({})", 'figures(subject: "网格员", {})', "practices({})"])
def test_a_filter_that_can_match_nothing_is_said(root: str, filter: dict[str, object], code: str) -> None:
    field = root.format("filter: $filter")
    got, message = refusal(f"query($filter: SearchFilter) {{ {field} {{ totalCount }} }}", filter=filter)
    assert got == code and any(given in message for given in ("PLACE-999999", "THEME-no-such-theme", "2030-01-01", "figure.min"))


def test_townships_and_villages_are_places_with_ids() -> None:
    village = ask('{ place(code: "540235204203") { id name level path { name } } }')["place"]
    assert (village["id"], village["name"], village["level"]) == ("PLACE-540235204203", "寺龙村", "VILLAGE")
    assert village["path"][-1]["name"] == "波绒乡"
    assert ask('{ places(query: "寺龙村") { id } }')["places"] == [{"id": village["id"]}]
    assert village["id"] in {one["id"] for one in ask('{ places(parentId: "PLACE-540235204", first: 100) { id } }')["places"]}
    assert ask('{ place(code: "540235204999") { id } }')["place"] is None


FACTS = """query($filter: SearchFilter) { search(filter: $filter, first: 100) { nodes { ... on Fact {
  id placeName place { id level } ownPlace { id level } } } } }"""


@pytest.mark.parametrize("kind", ["STATISTIC", "KNOWLEDGE_UNIT", "PRACTICE"])
def test_facts_are_found_under_the_township_or_village_that_they_name(kind: str) -> None:
    def found(*places: str, **more: object) -> list[dict[str, Any]]:
        chosen = {"types": [kind], "includeInferred": True, "placeIds": places, **more}
        nodes: list[dict[str, Any]] = ask(FACTS, filter=chosen)["search"]["nodes"]
        return nodes

    facts = found("PLACE-540235")
    low = [one for one in facts if one["ownPlace"] != one["place"]]
    assert kind == "PRACTICE" or low
    for own in {one["ownPlace"]["id"] for one in low}:
        inside = found(own)
        assert {one["id"] for one in low if one["ownPlace"]["id"] == own} <= {one["id"] for one in inside} < {one["id"] for one in facts}
        assert all(one["ownPlace"]["id"].startswith(own) for one in inside)
    alone = found("PLACE-540235", includeDescendants=False)
    assert not {one["id"] for one in low} & {one["id"] for one in alone}
