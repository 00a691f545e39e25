"""A comparison says what it found, what it read in vain, and what it never read."""

import pytest

from tests.graphql.world import ask, execute, refusal

COMPARE = """query($places: [ID!]!, $themes: [ID!]!, $filter: SearchFilter) {
  compare(placeIds: $places, themeIds: $themes, filter: $filter) {
  places { id name } themes { id } cells { placeId themeId place { name } theme { name } state unitCount documentCount
  units(first: 20) { quote placeName placeInferred themes { id } evidence { quote } document { id } }
  statistics(first: 5) { quote } } } }"""
COUNTIES = ["PLACE-540229", "PLACE-540237", "PLACE-540422", "PLACE-540235"]
THEMES = ["THEME-grid-management", "THEME-service-centres", "THEME-team-building"]


def test_cells_come_row_by_row_and_every_found_one_has_quotes_of_its_theme() -> None:
    table = ask(COMPARE, places=COUNTIES, themes=THEMES)["compare"]
    assert [(cell["placeId"], cell["themeId"]) for cell in table["cells"]] == [(place, theme) for place in COUNTIES for theme in THEMES]
    states = {cell["state"] for cell in table["cells"]}
    assert "FOUND" in states
    for cell in table["cells"]:
        assert (cell["state"] == "FOUND") is bool(cell["unitCount"]) is bool(cell["units"])
        assert len(cell["units"]) == min(20, cell["unitCount"])
        for unit in cell["units"]:
            assert cell["themeId"] in [theme["id"] for theme in unit["themes"]]
            assert unit["evidence"]["quote"] == unit["quote"]
            assert not unit["placeInferred"]
        if cell["state"] != "FOUND":
            assert cell["statistics"] == []


def test_a_place_that_nothing_was_read_about_is_told_from_one_that_is_silent() -> None:
    cells = ask(COMPARE, places=["PLACE-540235", "PLACE-110105"], themes=["THEME-epidemic-control"])["compare"]["cells"]
    assert [(cell["place"]["name"], cell["state"]) for cell in cells] == [("聂拉木县", "READ_NOT_MENTIONED"), ("朝阳区", "NO_DOCUMENT")]
    assert [cell["documentCount"] > 0 for cell in cells] == [True, False]


def test_what_was_read_in_vain_can_be_looked_at_and_what_names_the_theme_comes_first() -> None:
    query = """query($places: [ID!]!, $themes: [ID!]!) { compare(placeIds: $places, themeIds: $themes) { cells {
      themeId state documentCount documents(first: 20) { id themes { id } } } } }"""
    themes = [one["id"] for one in ask("{ themes { id } }")["themes"]][:20]
    cells = ask(query, places=["PLACE-540000", "PLACE-540235", "PLACE-110105"], themes=themes)["compare"]["cells"]
    assert {cell["state"] for cell in cells} == {"FOUND", "READ_NOT_MENTIONED", "NO_DOCUMENT"}
    mixed = 0
    for cell in cells:
        assert len(cell["documents"]) == len({one["id"] for one in cell["documents"]}) == min(20, cell["documentCount"])
        named = [cell["themeId"] in [theme["id"] for theme in one["themes"]] for one in cell["documents"]]
        assert named == sorted(named, reverse=True)
        mixed += len(set(named)) == 2
    assert mixed


@pytest.mark.parametrize("first", [0, 21])
def test_a_number_of_documents_out_of_range_is_refused(first: int) -> None:
    query = """query($first: Int!) { compare(placeIds: ["PLACE-540235"], themeIds: ["THEME-grid-management"]) {
      cells { documents(first: $first) { id } } } }"""
    assert refusal(query, first=first)[0] == "BAD_REQUEST"


def test_a_prefecture_counts_its_counties() -> None:
    cells = ask(COMPARE, places=["PLACE-540200", "PLACE-540235"], themes=["THEME-grid-management"])["compare"]["cells"]
    assert cells[0]["unitCount"] >= cells[1]["unitCount"] > 0
    assert cells[0]["documentCount"] >= cells[1]["documentCount"] > 0


def test_inferred_places_enter_only_when_asked_for() -> None:
    one = {"places": ["PLACE-540235"], "themes": ["THEME-grid-management"]}
    (printed,) = ask(COMPARE, **one)["compare"]["cells"]
    (inferred,) = ask(COMPARE, **one, filter={"includeInferred": True})["compare"]["cells"]
    assert inferred["documentCount"] == printed["documentCount"] + 1
    assert {unit["placeName"] for unit in inferred["units"] if unit["placeInferred"]} <= {"X县", "乃龙乡", "寺龙村"}


def test_an_old_name_and_its_successor_show_the_same() -> None:
    old, new = ask(COMPARE, places=["PLACE-540422", "PLACE-540481"], themes=["THEME-grid-management"])["compare"]["cells"]
    assert (old["place"]["name"], new["place"]["name"]) == ("米林县", "米林市")
    assert (old["state"], old["unitCount"]) == (new["state"], new["unitCount"])


@pytest.mark.parametrize(
    ("places", "themes", "code"),
    [
        ([], THEMES, "BAD_REQUEST"),
        (COUNTIES, [], "BAD_REQUEST"),
        ([f"PLACE-5402{number:02}" for number in range(21)], THEMES, "BAD_REQUEST"),
        (["PLACE-999999"], THEMES, "NOT_FOUND"),
        (COUNTIES, ["THEME-nothing"], "NOT_FOUND"),
        (["聂拉木县"], THEMES, "BAD_REQUEST"),
    ],
)
def test_what_cannot_be_compared_is_said(places: list[str], themes: list[str], code: str) -> None:
    assert refusal(COMPARE, places=places, themes=themes)[0] == code


def test_a_number_of_quotes_out_of_range_is_refused() -> None:
    query = '{ compare(placeIds: ["PLACE-540235"], themeIds: ["THEME-grid-management"]) { cells { units(first: 21) { id } } } }'
    _, errors = execute(query)
    assert errors[0]["extensions"]["code"] == "BAD_REQUEST"
