"""Figures of places and documents side by side, asked of the API."""

from __future__ import annotations

from typing import Any

import pytest

from tests.graphql.world import ask, document_ids, refusal

COMPARE = """query($places: [ID!], $documents: [ID!], $indicators: [String!], $filter: SearchFilter, $first: Int = 50) {
  compareFigures(placeIds: $places, documentIds: $documents, indicators: $indicators, filter: $filter) {
    sides { place { name } document { id } figureCount leftOut } rowCount
    rows(first: $first) { indicator listed aspect unit figures { side value
      statistic { quote subject placeName period normal { indicator listed value unit aspect whole broader related } }
      differences { kind note } } } } }"""
NYALAM, NYINGCHI = "PLACE-540235", "PLACE-540400"


def compare(**variables: Any) -> Any:
    return ask(COMPARE, **variables)["compareFigures"]


def test_a_county_and_a_city_are_laid_side_by_side_with_what_differs() -> None:
    found = compare(places=[NYALAM, NYINGCHI], indicators=["网格员"])
    assert [side["place"]["name"] for side in found["sides"]] == ["聂拉木县", "林芝市"]
    (row,) = found["rows"]
    assert (row["indicator"], row["listed"], row["aspect"], row["unit"]) == ("网格员", True, "LEVEL", "人")
    figures = {figure["statistic"]["quote"]: figure for figure in row["figures"]}
    assert figures["网格员399名"]["differences"] == []
    kinds = {said["kind"] for said in figures["专职网格员47名"]["differences"]}
    assert {"INDICATOR", "PLACE"} <= kinds
    assert "UNIT" not in kinds


def test_every_row_has_two_sides_and_one_unit() -> None:
    found = compare(documents=document_ids()[:9])
    assert found["rowCount"] == len(found["rows"]) > 3
    for row in found["rows"]:
        assert len({figure["side"] for figure in row["figures"]}) >= 2
        assert row["figures"][0]["differences"] == []
        for figure in row["figures"]:
            normal = figure["statistic"]["normal"]
            assert (normal["unit"], normal["aspect"], normal["value"]) == (row["unit"], row["aspect"], figure["value"])
            near = {said["kind"] for said in figure["differences"]} & {"INDICATOR"}
            assert bool(near) is (normal["indicator"] != row["indicator"])


def test_a_document_and_a_place_can_be_compared() -> None:
    (identifier,) = [one for one in document_ids() if one.startswith("DOC-d858")]
    found = compare(places=[NYINGCHI], documents=[identifier])
    assert [(side["place"] is None, side["document"] is None) for side in found["sides"]] == [(False, True), (True, False)]
    assert found["rowCount"] > 0


def test_synonyms_name_an_indicator_and_unknown_ones_find_nothing() -> None:
    by_term, by_synonym = (compare(places=[NYALAM, NYINGCHI], indicators=[name]) for name in ("网格员", "网格管理员"))
    assert by_term == by_synonym
    assert compare(places=[NYALAM, NYINGCHI], indicators=["外星人"])["rows"] == []


def test_places_that_nothing_was_read_about_have_no_rows() -> None:
    found = compare(places=["PLACE-110105", NYALAM])
    assert (found["rows"], found["sides"][0]["figureCount"]) == ([], 0)


def test_inferred_places_enter_only_when_asked_for_and_are_said() -> None:
    variables = {"places": [NYALAM, "PLACE-540200"], "indicators": ["党员"]}
    inferred = compare(**variables, filter={"includeInferred": True})
    kinds = {said["kind"] for row in inferred["rows"] for figure in row["figures"] for said in figure["differences"]}
    assert {said["kind"] for row in compare(**variables)["rows"] for figure in row["figures"] for said in figure["differences"]} <= kinds


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"places": [NYALAM]}, "BAD_REQUEST"),
        ({"places": [NYALAM, NYALAM]}, "BAD_REQUEST"),
        ({}, "BAD_REQUEST"),
        ({"places": [f"PLACE-{540221 + number}" for number in range(11)]}, "BAD_REQUEST"),
        ({"places": [NYALAM, "PLACE-999999"]}, "NOT_FOUND"),
        ({"places": [NYALAM], "documents": ["DOC-0000000000000000-1"]}, "NOT_FOUND"),
        ({"places": [NYALAM, "聂拉木县"]}, "BAD_REQUEST"),
        ({"places": [NYALAM, NYINGCHI], "indicators": ["网格员"] * 21}, "BAD_REQUEST"),
        ({"places": [NYALAM, NYINGCHI], "first": 51}, "BAD_REQUEST"),
        ({"places": [NYALAM, NYINGCHI], "first": 0}, "BAD_REQUEST"),
    ],
)
def test_what_cannot_be_compared_is_said(variables: dict[str, Any], code: str) -> None:
    assert refusal(COMPARE, **variables)[0] == code


def test_figures_are_filtered_and_counted_by_indicator_and_aspect() -> None:
    query = """query($figure: FigureFilter) { search(filter: {figure: $figure}, first: 100) { totalCount
      nodes { ... on Statistic { subject normal { indicator aspect unit } } }
      facets(fields: [INDICATOR, ASPECT], size: 100) { field label buckets { value label count selected } } } }"""
    found = ask(query, figure={"indicators": ["党员"], "aspects": ["SHARE"]})["search"]
    assert {(node["normal"]["indicator"], node["normal"]["aspect"]) for node in found["nodes"]} == {("党员", "SHARE")}
    indicators, aspects = found["facets"]
    assert {bucket["value"]: bucket["selected"] for bucket in indicators["buckets"]}["党员"] is True
    assert {"LEVEL", "SHARE"} <= {bucket["value"] for bucket in aspects["buckets"]}
    assert {bucket["label"] for bucket in aspects["buckets"] if bucket["value"] == "SHARE"} == {"占比"}
    assert ask(query, figure={"indicators": ["GDP"]})["search"]["totalCount"] == 0


def test_the_thesaurus_can_be_looked_up() -> None:
    query = "query($name: String) { indicators(name: $name) { term unit synonyms broader related } }"
    (found,) = ask(query, name="GDP")["indicators"]
    assert (found["term"], found["unit"]) == ("地区生产总值", "元")
    assert "人均地区生产总值" in found["related"]
    assert ask(query, name="专职网格员")["indicators"][0]["broader"] == "网格员"
    assert ask(query, name="外星人")["indicators"] == []
    assert len(ask(query)["indicators"]) > 250


def test_a_document_says_how_many_of_its_figures_were_checked() -> None:
    query = """query($ids: [ID!]!) { nodes(ids: $ids) { ... on Document { checkCoverage { checked total holding failing undecided }
      checks { holds statistics { id } } statistics(first: 100) { totalCount } } } }"""
    seen = 0
    for document in ask(query, ids=document_ids())["nodes"]:
        coverage = document["checkCoverage"]
        assert coverage["checked"] == len({one["id"] for check in document["checks"] for one in check["statistics"]})
        assert coverage["total"] == document["statistics"]["totalCount"]
        assert coverage["holding"] + coverage["failing"] + coverage["undecided"] == len(document["checks"])
        seen += coverage["checked"]
    assert seen > 0
