"""What place filters find, and what they refuse."""

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
