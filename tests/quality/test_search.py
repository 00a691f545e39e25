"""Judged searches over the samples, asked of the service on the embedded engine. A floor only rises.

Who gives bounds of a figure wants figures: for those searches nothing else counts.

`python -m tests.quality.test_search` prints what each search misses.
"""

import json
import math
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from tests.graphql.world import ask
from tests.support import ROOT

QUERIES: list[dict[str, Any]] = tomllib.loads((ROOT / "tests/quality/queries.toml").read_text("utf-8"))["query"]
FLOORS = json.loads((ROOT / "tests/quality/search_floors.json").read_text("utf-8"))
JUDGED = [row for row in QUERIES if row["answers"]]
USERS = {"researcher", "cadre", "developer"}
KINDS = {"words", "phrase", "field", "figure", "traditional", "typo", "synonym", "question", "nothing"}
DEPTH = 10
SUCCESS = 3
ITEM = """
  __typename
  ... on Document { id title text(length: 100000) }
  ... on KnowledgeUnit { id quote passage { quote } }
  ... on Statistic { id quote subject }
  ... on Practice { id quote name }
"""
SEARCH = f"""query($text: String!) {{ search(query: $text, first: {DEPTH}) {{
  totalCount nodes {{ {ITEM} }} reading {{ match }} didYouMean {{ text count }} nothingFound {{ clauses {{ text alone without }} }}
}} }}"""
ALL = f"query($after: String) {{ search(first: 100, after: $after) {{ nodes {{ {ITEM} }} pageInfo {{ endCursor hasNextPage }} }} }}"


def bare(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum() or char in "%.")


def grade(item: Mapping[str, Any], answers: Mapping[str, int]) -> int:
    """The grade of the best answer in its own quote or title; what holds an answer further down has 1."""
    own = bare(" ".join(filter(None, (item.get("quote"), item.get("title"), item.get("subject"), item.get("name")))))
    further = bare(item.get("text") or item.get("passage", {}).get("quote", ""))
    best = 0
    for answer, worth in answers.items():
        wanted = bare(answer)
        best = max(best, worth if wanted in own else 1 if wanted in further else 0)
    return best


@cache
def everything() -> tuple[Mapping[str, Any], ...]:
    found, after = [], None
    while True:
        page = ask(ALL, after=after)["search"]
        found += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return tuple(found)


def gain(grades: list[int]) -> float:
    return sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades[:DEPTH]))


@cache
def answered() -> Mapping[str, Any]:
    return {row["text"]: ask(SEARCH, text=row["text"])["search"] for row in QUERIES}


@cache
def figures() -> Mapping[str, Mapping[str, tuple[float, bool]]]:
    """nDCG@10 of each judged search, and whether an answer of grade 2 is among the first 3."""
    found: dict[str, dict[str, tuple[float, bool]]] = {}
    for row in JUDGED:
        grades = [grade(node, row["answers"]) for node in answered()[row["text"]]["nodes"]]
        wanted = [item for item in everything() if row["kind"] != "figure" or item["__typename"] == "Statistic"]
        ideal = gain(sorted((grade(item, row["answers"]) for item in wanted), reverse=True))
        assert ideal > 0, f"nothing in the samples answers {row['text']}"
        found.setdefault(row["kind"], {})[row["text"]] = (gain(grades) / ideal, 2 in grades[:SUCCESS])
    return found


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


def test_there_are_enough_queries_of_every_user_and_kind() -> None:
    assert len(QUERIES) >= 60
    assert {row["user"] for row in QUERIES} == USERS
    assert {row["kind"] for row in QUERIES} == KINDS
    assert len({row["text"] for row in QUERIES}) == len(QUERIES)


@pytest.mark.parametrize("kind", sorted(KINDS - {"nothing"}))
def test_no_kind_of_search_falls_below_its_floor(kind: str) -> None:
    ranked = figures()[kind]
    missed = {text: round(figure, 3) for text, (figure, _) in sorted(ranked.items(), key=lambda pair: pair[1]) if figure < 0.5}
    assert mean([figure for figure, _ in ranked.values()]) >= FLOORS[kind]["ndcg"], missed
    failed = [text for text, (_, success) in ranked.items() if not success]
    assert mean([float(success) for _, success in ranked.values()]) >= FLOORS[kind]["success"], failed


def test_all_searches_together_do_not_fall_below_their_floor() -> None:
    ranked = [one for kind in figures().values() for one in kind.values()]
    assert mean([figure for figure, _ in ranked]) >= FLOORS["all"]["ndcg"]
    assert mean([float(success) for _, success in ranked]) >= FLOORS["all"]["success"]


@pytest.mark.parametrize("row", [row for row in QUERIES if "suggests" in row], ids=lambda row: row["text"])
def test_a_misspelt_word_is_told(row: dict[str, Any]) -> None:
    suggestion = answered()[row["text"]]["didYouMean"]
    assert row["suggests"] in suggestion["text"]
    assert suggestion["count"] > 0


@pytest.mark.parametrize("row", [row for row in QUERIES if "kills" in row], ids=lambda row: row["text"])
def test_what_keeps_a_search_from_finding_anything_is_told(row: dict[str, Any]) -> None:
    clauses = answered()[row["text"]]["nothingFound"]["clauses"]
    guilty = [one for one in clauses if not one["alone"]]
    assert guilty
    assert all(one["text"] in row["kills"] for one in guilty)


@pytest.mark.parametrize(
    "row", [row for row in JUDGED if row["kind"] in {"words", "phrase", "field", "figure"}], ids=lambda row: row["text"]
)
def test_nothing_is_suggested_for_what_is_spelt_right(row: dict[str, Any]) -> None:
    assert answered()[row["text"]]["didYouMean"] is None


if __name__ == "__main__":
    for kind, ranked in figures().items():
        ndcg, success = mean([one for one, _ in ranked.values()]), mean([float(one) for _, one in ranked.values()])
        print(f"{kind}: nDCG@10 {ndcg:.3f}, success@{SUCCESS} {success:.3f}")
        for text, (figure, success) in ranked.items():
            found = answered()[text]
            print(f"  {figure:.3f} {'yes' if success else ' no'} {text} ({found['totalCount']}, {found['reading']['match']})")
    every = [one for ranked in figures().values() for one in ranked.values()]
    print(f"all: nDCG@10 {mean([one for one, _ in every]):.3f}, success@{SUCCESS} {mean([float(one) for _, one in every]):.3f}")
    for row in QUERIES:
        if {"suggests", "kills"} & row.keys():
            found = answered()[row["text"]]
            print(row["text"], row.get("suggests"), row.get("kills"), found["didYouMean"], found["nothingFound"])
