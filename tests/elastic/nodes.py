"""Fixtures: a real Elasticsearch for a whole session, a name of its own for each test, a cluster that a test may break."""

import os
import uuid
from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch

from tools.elasticsearch.jars import NotReady, prepare
from tools.elasticsearch.node import QUICK, Node, Nodes


def unique_alias() -> str:
    """A name that no other test has."""
    return f"t-{uuid.uuid4().hex[:12]}"


def remove_indexes(url: str, prefix: str) -> None:
    """Delete every index whose name begins with `prefix`."""
    with Elasticsearch(url) as client:
        names = list(client.indices.get_alias(index=f"{prefix}*", expand_wildcards="all"))
        if names:
            client.indices.delete(index=names)


@pytest.fixture(scope="session")
def elasticsearch_ready() -> None:
    """Whether nodes can be started here. Where not, a failure in CI and a skip elsewhere."""
    problem = ""
    try:
        prepare()
    except NotReady as error:
        problem = str(error)
    if problem and os.environ.get("CI"):
        pytest.fail(problem, pytrace=False)
    if problem:
        pytest.skip(problem)


@pytest.fixture(scope="session")
def elasticsearch_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where one answers that all tests share: FANGZHI_TEST_ELASTICSEARCH, or else a node started for this session."""
    url = os.environ.get("FANGZHI_TEST_ELASTICSEARCH")
    if url:
        yield url
        return
    request.getfixturevalue("elasticsearch_ready")
    with Node(tmp_path_factory.mktemp("elasticsearch"), jvm_flags=QUICK) as node:
        yield node.url


@pytest.fixture
def fresh_alias(elasticsearch_url: str) -> Iterator[str]:
    """A name of this test's own; whatever indexes begin with it are deleted after the test."""
    alias = unique_alias()
    yield alias
    remove_indexes(elasticsearch_url, alias)


@pytest.fixture
def own_node(elasticsearch_ready: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """A node of this test's own, which it may kill, pause and restart. It is not started yet."""
    node = Node(tmp_path_factory.mktemp("node"), heap="256m", jvm_flags=QUICK)
    yield node
    node.stop()


@pytest.fixture(scope="module")
def three_nodes(elasticsearch_ready: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nodes]:
    """A cluster of three of this module's own, whose nodes tests may kill and must start again (`three_nodes.start()`)."""
    with Nodes(tmp_path_factory.mktemp("cluster"), jvm_flags=QUICK) as cluster:
        yield cluster
