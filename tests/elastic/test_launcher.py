"""The real Elasticsearch that other tests rely on: it answers, it keeps what it acknowledged, and it never stays behind."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from tests.support import ROOT
from tools.elasticsearch.jars import NotReady, prepare
from tools.elasticsearch.node import HOST, QUICK, Node, Nodes


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_node_of_the_session_answers_and_is_left_clean(elasticsearch_url: str, fresh_alias: str) -> None:
    with Elasticsearch(elasticsearch_url) as client:
        client.indices.create(index=f"{fresh_alias}-000001", aliases={fresh_alias: {}})
        client.index(index=fresh_alias, document={"title": "网格员"}, refresh=True)
        assert client.count(index=fresh_alias)["count"] == 1


def test_a_killed_node_comes_back_on_its_url_with_its_documents_and_a_stopped_one_is_gone(own_node: Node) -> None:
    own_node.start()
    first, url = own_node.pid, own_node.url
    with Elasticsearch(url) as client:
        client.index(index="kept", id="1", document={"n": 1})
        own_node.kill()
        assert not alive(first)
        own_node.restart()
        assert client.get(index="kept", id="1")["_source"] == {"n": 1}
    second = own_node.pid
    own_node.stop()
    assert not alive(second) and not own_node.running


def test_a_node_ends_with_the_process_that_started_it(elasticsearch_ready: None, tmp_path: Path) -> None:
    program = "import pathlib, sys; from tools.elasticsearch.node import QUICK, Node\n"
    program += (
        "node = Node(pathlib.Path(sys.argv[1]), heap='256m', jvm_flags=QUICK); node.start(); print(node.http_port, flush=True); input()"
    )
    line = (sys.executable, "-c", program, str(tmp_path))
    with subprocess.Popen(line, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as starter:  # noqa: S603
        assert starter.stdout
        port = int(starter.stdout.readline())
        with socket.create_connection((HOST, port), timeout=30) as connection:
            starter.kill()
            assert connection.recv(1) == b""


def test_three_nodes_form_one_cluster_and_take_a_lost_one_back(three_nodes: Nodes) -> None:
    first, _, last = three_nodes.nodes
    with Elasticsearch(first.url) as client:
        client.indices.create(index="kept", settings={"number_of_replicas": 2}, wait_for_active_shards="all")
        last.kill()
        three_nodes.start()
        assert client.cluster.health(wait_for_status="green", timeout="30s")["number_of_nodes"] == 3


def test_a_setting_that_the_node_refuses_is_shown_with_the_end_of_its_log(elasticsearch_ready: None, tmp_path: Path) -> None:
    node = Node(tmp_path, settings={"no.such.setting": "1"}, heap="256m", jvm_flags=QUICK)
    with pytest.raises(NotReady, match=r"no\.such\.setting"):
        node.start()
    assert not node.running


def test_without_java_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotReady, match=r"no `java` here.*openjdk-17-jre-headless"):
        prepare()


def test_without_maven_the_message_says_what_to_install_and_nothing_half_stays(
    elasticsearch_ready: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import shutil

    java = shutil.which("java")
    assert java
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "java").symlink_to(java)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("FANGZHI_TEST_ELASTICSEARCH_CACHE", str(tmp_path / "cache"))
    with pytest.raises(NotReady, match="no `mvn` here"):
        prepare()
    assert [path.name for path in (tmp_path / "cache").iterdir()] in ([], [".lock"])
