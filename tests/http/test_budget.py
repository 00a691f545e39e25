"""Lists that are as long as a document, one inside the other: priced as short ones, ended when they turn out to be long."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.limits import MAX_COST
from archive.ids import content_hash
from archive.records import Source
from ingest.pipeline import run
from ingest.stages import RawText
from tests.http.shelf import serving

NAMES = [place + kind for place in "东南西北" for kind in ("片网格", "片学校", "片商店", "片医院", "片公园", "片工厂")]
FIGURES = "，".join(f"建成{name}{100 + number}个" for number, name in enumerate(NAMES))
LONG = "\n".join(["二、主要成效", *("全县推进网格化管理。" * 40 for _ in range(50))])
BULLETIN = f"甲县工作总结\n\n一、主要做法\n（一）加强建设。全县{FIGURES}。\n{LONG}\n"
UNITS = "{ search(first: 100, filter: {types: [KNOWLEDGE_UNIT]}) { nodes { ... on KnowledgeUnit { id statistics { id } } } } }"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    data = BULLETIN.encode()
    source = Source(sha256=content_hash(data), name="甲.txt", size=len(data))
    with serving(tmp_path_factory.mktemp("budget"), [(source, data, run(RawText(source, BULLETIN)))]) as made:
        yield made


def asked(client: TestClient, query: str) -> Any:
    return client.post("/graphql", json={"query": query}).json()


def nested(levels: int) -> str:
    return "id" if not levels else f"statistics {{ within {{ {nested(levels - 1)} }} }}"


@pytest.fixture(scope="module")
def unit(client: TestClient) -> str:
    found = asked(
        client, "{ search(first: 100, filter: {types: [KNOWLEDGE_UNIT]}) { nodes { ... on KnowledgeUnit { id statistics { id } } } } }"
    )
    longest = max(found["data"]["search"]["nodes"], key=lambda node: len(node["statistics"]))
    assert len(longest["statistics"]) > 12
    return str(longest["id"])


def test_lists_inside_lists_are_ended_when_they_come_to_too_much(client: TestClient, unit: str) -> None:
    for levels in (3, 4):
        began = time.process_time()
        answer = asked(client, f'{{ unit(id: "{unit}") {{ {nested(levels)} }} }}')
        assert time.process_time() - began < 10  # half a second of work; 13 million objects took minutes
        assert "data" not in answer
        (error,) = answer["errors"]
        assert error["extensions"]["code"] == "LIMIT_EXCEEDED" and "too long together" in error["message"]
        assert "path" not in error


def test_what_is_within_the_budget_is_answered(client: TestClient, unit: str) -> None:
    answer = asked(client, f'{{ unit(id: "{unit}") {{ {nested(2)} }} }}')
    assert "errors" not in answer
    assert answer["extensions"]["cost"]["requested"] < MAX_COST


def test_the_next_request_begins_anew(client: TestClient, unit: str) -> None:
    for _ in range(2):
        assert "data" not in asked(client, f'{{ unit(id: "{unit}") {{ {nested(4)} }} }}')
        assert asked(client, f'{{ unit(id: "{unit}") {{ {nested(1)} }} }}')["data"]


@pytest.mark.parametrize(
    "inner",
    [
        " ".join(f"a{number}: citation(style: GBT7714)" for number in range(300)),
        " ".join(f"a{number}: text" for number in range(300)),
    ],
)
def test_values_that_are_worked_out_or_long_count_for_more(client: TestClient, unit: str, inner: str) -> None:
    answer = asked(client, f'{{ unit(id: "{unit}") {{ statistics {{ document {{ {inner} }} }} }} }}')
    assert "data" not in answer and answer["errors"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"
