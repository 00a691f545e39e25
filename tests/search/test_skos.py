"""The thesaurus of themes as others read it."""

from __future__ import annotations

from typing import Any

import pytest

from archive.skos import SCHEME, skos
from archive.themes import themes


@pytest.fixture(scope="module")
def graph() -> dict[str, dict[str, Any]]:
    found: Any = skos()["@graph"]
    return {node["@id"]: node for node in found}


def test_every_theme_is_a_concept_with_one_preferred_label(graph: dict[str, dict[str, Any]]) -> None:
    labels = [node["prefLabel"] for node in graph.values() if node["@type"] == "Concept"]
    assert labels == list(themes())


def test_broader_and_narrower_are_each_others_inverse(graph: dict[str, dict[str, Any]]) -> None:
    concepts = [node for node in graph.values() if node["@type"] == "Concept"]
    up = {(node["@id"], node["broader"]) for node in concepts if "broader" in node}
    down = {(below, node["@id"]) for node in concepts for below in node["narrower"]}
    assert up == down != set()


def test_what_has_no_broader_concept_is_a_top_concept(graph: dict[str, dict[str, Any]]) -> None:
    tops = {name for name, node in graph.items() if node["@type"] == "Concept" and "broader" not in node}
    assert tops == set(graph[SCHEME]["hasTopConcept"])


def test_labels_of_a_concept_are_disjoint_as_skos_demands(graph: dict[str, dict[str, Any]]) -> None:
    for node in graph.values():
        if node["@type"] == "Concept":
            names = [node["prefLabel"], *node["altLabel"], *node["hiddenLabel"]]
            assert len(names) == len(set(names)), node["prefLabel"]
