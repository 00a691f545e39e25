"""What the archive's URL may say, and what it answers to what it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.settings import Settings
from search.elastic.cluster import Cluster
from tests.cli.test_cluster_settings import HERE, SECRET, cluster, refusal, settings


@pytest.mark.parametrize(
    ("url", "hosts", "alias"),
    [
        ("http://localhost:9200", ["http://localhost:9200"], "fangzhi"),
        ("http://localhost:9200/", ["http://localhost:9200"], "fangzhi"),
        (" HTTP://LocalHost:9200/county ", ["http://localhost:9200"], "county"),
        ("https://es.example.org:443/a.b-c_d", ["https://es.example.org:443"], "a.b-c_d"),
        ("http://127.0.0.1:09200/x/", ["http://127.0.0.1:9200"], "x"),
        ("https://[::1]:9200/x", ["https://[::1]:9200"], "x"),
        ("https://[2001:DB8:0::1]:9200", ["https://[2001:db8::1]:9200"], "fangzhi"),
        ("http://es_node-1:9200", ["http://es_node-1:9200"], "fangzhi"),
        ("https://a:9200,https://b:9200/county", ["https://a:9200", "https://b:9200"], "county"),
        ("https://a:9200/county, https://b:9200", ["https://a:9200", "https://b:9200"], "county"),
        ("https://a:9200/county,https://b:9201/county", ["https://a:9200", "https://b:9201"], "county"),
        ("https://a:9200,https://A:9200", ["https://a:9200"], "fangzhi"),
        ("http://localhost:9200/%E5%8E%BF%E5%BF%97", ["http://localhost:9200"], "县志"),
        ("http://localhost:9200/" + "a" * 200, ["http://localhost:9200"], "a" * 200),
    ],
)
def test_a_url_names_hosts_and_alias(url: str, hosts: list[str], alias: str) -> None:
    found = cluster(url)
    assert found == Cluster(hosts=tuple(hosts), alias=alias)


@pytest.mark.parametrize(
    "folder", ["./localhost:9200", "C:\\archive", "C:/archive", "c:9200", "/srv/http:/x", "http", "es.example.org", "a/b:9200"]
)
def test_a_folder_is_no_url(folder: str) -> None:
    assert settings(folder) == Settings(archive=Path(folder))


def test_a_folder_that_is_there_may_look_like_a_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "There is no folder localhost:9200; for an Elasticsearch write http://localhost:9200, " in refusal("localhost:9200")
    Path("localhost:9200").mkdir()
    assert settings("localhost:9200").cluster is None


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("localhost:9200/county", "write http://localhost:9200/county, and for a new folder ./localhost:9200/county"),
        ("[::1]:9200", "write http://[::1]:9200, "),
        (f"elastic:{SECRET}@es.example.org:9200", "write https://es.example.org:9200, "),
        (f"ftp://elastic:{SECRET}@localhost:9200", "neither https:// nor http://"),
        (f"htps://elastic:{SECRET}@localhost:9200", "neither https:// nor http://"),
        (f"https//elastic:{SECRET}@localhost:9200", "neither https:// nor http://"),
        ("file:///srv/archive", "for a folder ./folder"),
        ("http://", "names no host"),
        ("http:localhost", "names no host"),
        ("http://:9200", "names no host"),
        ("http:///fangzhi", "names no host"),
        ("http://localhost", "names no port"),
        ("http://localhost:", "names no port"),
        ("http://localhost:0", "names no port"),
        ("http://localhost:65536", "1 to 65535"),
        ("http://localhost:-1", "1 to 65535"),
        (f"http://elastic:{SECRET}", "1 to 65535"),
        ("http://[::1:9200", "cannot be understood"),
        ("http://[::g]:9200", "cannot be understood"),
        ("http://a b:9200", "no name and no address"),
        ("http://县:9200", "no name and no address"),
        ("http://localhost:9200?pretty", "behind ? or #"),
        ("http://localhost:9200/fangzhi?", "behind ? or #"),
        ("http://localhost:9200/#top", "behind ? or #"),
        (f"http://elastic:a/{SECRET}@localhost:9200", "1 to 65535"),
        (f"http://elastic:1/{SECRET}@localhost:9200", "@ behind its host"),
        (f"http://elastic:1?{SECRET}@localhost:9200", "@ behind its host"),
        (f"http://elastic:1#{SECRET}@localhost:9200", "@ behind its host"),
        ("https://a:9200,b:9200", "write each host whole"),
        ("https://a,b:9200", "write each host whole"),
        ("https://a:9200/x,y", "write each host whole"),
        ("https://a:9200,", "write each host whole"),
        ("https://a:9200/x,https://b:9200/y", "several aliases"),
        (f"https://u:{SECRET}@a:9200,https://v:{SECRET}@b:9200", "several users"),
    ],
)
def test_a_url_that_makes_no_sense_is_refused_with_what_to_write(url: str, said: str) -> None:
    assert said in refusal(url)


@pytest.mark.parametrize(
    ("alias", "good"),
    [
        ("County", "county"),
        ("a/b", "a-b"),
        ("a%20b", "a-b"),
        ("a%2Cb", "a-b"),
        ("a*", "a-"),
        ("a%23b%3Fc", "a-b-c"),
        ("a:b", "a-b"),
        ('a"<>|%5C', "a-----"),
        ("_all", "all"),
        ("-a", "a"),
        ("+a", "a"),
        (".kibana", "kibana"),
        ("..", "fangzhi"),
        ("_", "fangzhi"),
        ("a%00b", "a-b"),
        ("county-000001", "county"),
        ("县" * 67, "县" * 66),
        ("a" * 201, "a" * 200),
    ],
)
def test_an_alias_that_elasticsearch_cannot_have_is_refused_with_one_that_it_can(alias: str, good: str) -> None:
    assert f"; call it {good}, as in https://host:9200/{good}" in refusal(f"{HERE}/{alias}")
    assert cluster(f"{HERE}/{good}").alias == good
