"""A unit shows what it leads to and what leads to it, each link with the words that say so."""

from __future__ import annotations

from typing import Any

from tests.graphql.world import ask

_UNITS = """query ($document: ID!) {
  document(id: $document) {
    text
    units(first: 100) { nodes { id kind
      links { relation cue { quote range { start end } } source { id } target { id __typename quote ... on KnowledgeUnit { kind } } }
      linkedBy { relation source { id } target { id } }
    } }
  }
}"""
_ENDS = {
    "ADDRESSES": ({"MEASURE"}, {"PROBLEM"}),
    "ACHIEVES": ({"MEASURE"}, {"RESULT"}),
    "MEASURED_BY": ({"RESULT"}, {None}),
    "ANSWERS": ({"RECOMMENDATION"}, {"PROBLEM"}),
}


def documents() -> list[dict[str, Any]]:
    found = ask('{ search(query: "", filter: {types: [DOCUMENT]}, first: 20) { edges { node { ... on Document { id } } } } }')
    return [ask(_UNITS, document=edge["node"]["id"])["document"] for edge in found["search"]["edges"]]


def test_links_lead_between_the_kinds_that_their_relation_names() -> None:
    read = documents()
    relations = set()
    for document in read:
        for unit in document["units"]["nodes"]:
            for link in unit["links"]:
                starts, ends = _ENDS[link["relation"]]
                relations.add(link["relation"])
                assert link["source"]["id"] == unit["id"]
                assert unit["kind"] in starts
                assert link["target"].get("kind") in ends
    assert {"ACHIEVES", "MEASURED_BY", "ANSWERS"} <= relations


def test_every_cue_is_a_quote() -> None:
    for document in documents():
        for unit in document["units"]["nodes"]:
            for link in unit["links"]:
                span = link["cue"]["range"]
                assert document["text"][span["start"] : span["end"]] == link["cue"]["quote"] != ""


def test_a_link_is_seen_from_both_of_its_ends() -> None:
    for document in documents():
        units = document["units"]["nodes"]
        ids = {unit["id"] for unit in units}
        out = {(unit["id"], one["relation"], one["target"]["id"]) for unit in units for one in unit["links"] if one["target"]["id"] in ids}
        back = {
            (one["source"]["id"], one["relation"], unit["id"]) for unit in units for one in unit["linkedBy"] if one["source"]["id"] in ids
        }
        assert out == back
