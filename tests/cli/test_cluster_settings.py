"""What FANGZHI_ARCHIVE and FANGZHI_ELASTICSEARCH_… may say, and what they answer to what they may not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from api.cluster_settings import CLUSTER_PREFIX, NAMES
from api.settings import Settings, default_archive
from archive.errors import BadRequest
from search.elastic.cluster import Cluster
from tests.cli.test_commands import fangzhi, sentence

SECRET = "s3cr3t"  # noqa: S105
KEY = "VnVhQ2ZHY0JDZGJrU2VjcmV0OnM="
DIGITS = "ab" * 32
HERE = "http://localhost:9200"


def settings(archive: str, **elastic: object) -> Settings:
    """The settings that FANGZHI_ARCHIVE and FANGZHI_ELASTICSEARCH_… give."""
    given = {f"{CLUSTER_PREFIX}{name.upper()}": str(value) for name, value in elastic.items()}
    return Settings.from_environment({"FANGZHI_ARCHIVE": archive, **given})


def cluster(archive: str, **elastic: object) -> Cluster:
    found = settings(archive, **elastic).cluster
    assert found is not None
    return found


def refusal(archive: str, **elastic: object) -> str:
    with pytest.raises(BadRequest) as refused:
        settings(archive, **elastic)
    said = str(refused.value)
    assert SECRET not in said and KEY not in said
    return said


@pytest.mark.parametrize(
    ("url", "elastic", "wanted"),
    [
        (f"http://elastic:{SECRET}@localhost:9200", {}, ("elastic", SECRET, None)),
        ("http://elastic:p%40ss%2Fw%3A@localhost:9200", {}, ("elastic", "p@ss/w:", None)),
        ("http://elastic:p@ss@localhost:9200", {}, ("elastic", "p@ss", None)),
        ("http://elastic@localhost:9200", {"password": SECRET}, ("elastic", SECRET, None)),
        (HERE, {"user": "elastic", "password": SECRET}, ("elastic", SECRET, None)),
        (f"http://elastic:{SECRET}@localhost:9200", {"user": "elastic", "password": SECRET}, ("elastic", SECRET, None)),
        (f"http://u:{SECRET}@a:9200,http://b:9200", {}, ("u", SECRET, None)),
        (HERE, {"api_key": KEY}, (None, None, KEY)),
    ],
)
def test_credentials_come_from_the_url_or_the_environment(url: str, elastic: Mapping[str, str], wanted: tuple[str | None, ...]) -> None:
    found = cluster(url, **elastic)
    assert (found.user, found.password, found.api_key) == wanted
    assert all("@" not in host for host in found.hosts)


def test_secrets_may_stand_in_files(tmp_path: Path) -> None:
    for content in (SECRET, f"{SECRET}\n", f"{SECRET}\r\n", f"\N{ZERO WIDTH NO-BREAK SPACE}{SECRET}\n"):
        (tmp_path / "secret").write_bytes(content.encode())
        assert cluster(HERE, user="elastic", password_file=tmp_path / "secret").password == SECRET
        assert cluster(HERE, api_key_file=tmp_path / "secret").api_key == SECRET
    assert "PASSWORD_FILE are both set" in refusal(HERE, user="u", password=SECRET, password_file=tmp_path / "secret")
    assert "cannot be read (No such file" in refusal(HERE, api_key_file=tmp_path / "gone")
    assert "cannot be read (Is a directory" in refusal(HERE, api_key_file=tmp_path)
    for content in (b"", b"\n", f"{SECRET}\nmore\n".encode(), b"\xff\xfe" + SECRET.encode()):
        (tmp_path / "secret").write_bytes(content)
        assert "one line of text" in refusal(HERE, api_key_file=tmp_path / "secret")


@pytest.mark.parametrize(
    ("elastic", "said"),
    [
        ({"user": "elastic"}, "ELASTICSEARCH_PASSWORD or FANGZHI_ELASTICSEARCH_PASSWORD_FILE"),
        ({"password": SECRET}, "set FANGZHI_ELASTICSEARCH_USER"),
        ({"api_key": KEY, "user": "elastic", "password": SECRET}, "FANGZHI_ELASTICSEARCH_API_KEY is set, and a user or password is too"),
        ({"api_key": KEY, "password": SECRET}, "leave one of them out"),
        ({"api_key": f"{KEY} {SECRET}"}, "no API key has"),
        ({"api_key": f"{SECRET}县"}, "no API key has"),
        ({"api_key": f"{SECRET}\n{KEY}"}, "one line of text"),
        ({"user": "a:b", "password": SECRET}, "no user of Elasticsearch has"),
        ({"ca": "/nonexistent/ca.crt"}, "FANGZHI_ELASTICSEARCH_CA names /nonexistent/ca.crt, which cannot be read"),
        ({"ca": "~nobody-of-this-name/ca.crt"}, "write the whole path"),
        ({"fingerprint": "ab" * 20}, "64 hexadecimal digits"),
        ({"fingerprint": "xy" * 32}, "64 hexadecimal digits"),
        ({"fingerprint": DIGITS}, "begins with http://"),
        ({"sniff": "maybe"}, "FANGZHI_ELASTICSEARCH_SNIFF is 'maybe'; set it to 1 or 0"),
        ({"request_seconds": "0"}, "FANGZHI_ELASTICSEARCH_REQUEST_SECONDS"),
        ({"request_seconds": "nan"}, "FANGZHI_ELASTICSEARCH_REQUEST_SECONDS"),
        ({"patience_seconds": "-1"}, "a number from 0 to 86400"),
        ({"shards": "0"}, "a whole number from 1 to 1024"),
        ({"shards": "1.5"}, "a whole number from 1 to 1024"),
        ({"replicas": "-1"}, "FANGZHI_ELASTICSEARCH_REPLICAS"),
        ({"refresh_seconds": "inf"}, "FANGZHI_ELASTICSEARCH_REFRESH_SECONDS"),
        ({"pasword": SECRET}, "FANGZHI_ELASTICSEARCH_PASWORD is no setting; FANGZHI_ELASTICSEARCH_PASSWORD may be meant"),
        ({"url": "http://x"}, "USER, PASSWORD, PASSWORD_FILE, API_KEY"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(elastic: Mapping[str, str], said: str) -> None:
    assert said in refusal(HERE, **elastic)


def test_credentials_that_contradict_the_url_are_refused() -> None:
    url = f"http://elastic:{SECRET}@localhost:9200"
    assert "another user than FANGZHI_ELASTICSEARCH_USER" in refusal(url, user="reader")
    assert "another password than FANGZHI_ELASTICSEARCH_PASSWORD" in refusal(url, password=f"{SECRET}2")
    assert "FANGZHI_ELASTICSEARCH_API_KEY" in refusal(url, api_key=KEY)


def test_every_setting_reaches_the_cluster(tmp_path: Path) -> None:
    ca = tmp_path / "ca.crt"
    ca.write_text("-----BEGIN CERTIFICATE-----\n", "ascii")
    colons = ":".join(re.findall("..", DIGITS.upper()))
    found = cluster(
        "https://a:9200",
        ca=ca,
        fingerprint=colons,
        sniff="true",
        request_seconds="5",
        patience_seconds="0",
        shards="3",
        replicas="0",
        refresh_seconds=30,
    )
    assert found == Cluster(
        hosts=("https://a:9200",),
        ca_file=ca,
        fingerprint=DIGITS,
        sniff=True,
        request_seconds=5.0,
        patience_seconds=0.0,
        shards=3,
        replicas=0,
        refresh_seconds=30.0,
    )
    ca.write_bytes(b"\x30\x82")
    assert "no certificate in PEM form" in refusal("https://a:9200", ca=ca)
    named = {*NAMES} - {"user", "password", "password_file", "api_key", "api_key_file"}
    assert named == {"ca", *(name for name in Cluster.__slots__ if name in NAMES and name not in ("user", "password", "api_key"))}


def test_a_misspelt_setting_is_refused_for_a_folder_too() -> None:
    assert "SNIF is no setting" in refusal("/srv/archive", snif="1")
    assert settings("/srv/archive", user="elastic").cluster is None


def test_the_originals_of_a_cluster_have_a_folder_of_their_own(tmp_path: Path) -> None:
    folder = settings("https://a:9200,https://b:9200/county").archive
    assert folder.parent == default_archive() / "clusters"
    assert re.fullmatch("county-a-9200-[0-9a-f]{12}", folder.name)
    for same in (
        "https://b:9200/county,https://a:9200",
        "http://a:9200/county,http://b:9200",
        f"https://u:{SECRET}@A:9200/county,https://b:9200",
    ):
        assert settings(same).archive == folder
    others = [
        "https://a:9200/county",
        "https://a:9200,https://b:9200",
        "https://a:9201,https://b:9200/county",
        "https://a-9200:9200/county",
    ]
    assert len({folder, *(settings(other).archive for other in others)}) == 1 + len(others)
    assert re.fullmatch("[a-z0-9-]+", settings("http://[::1]:9200/县志").archive.name)
    given = {"FANGZHI_ARCHIVE": HERE, "FANGZHI_ORIGINALS": str(tmp_path)}
    assert Settings.from_environment(given).archive == tmp_path
    assert Settings.from_environment({**given, "FANGZHI_ARCHIVE": "/srv/archive"}).archive == Path("/srv/archive")
    for wrong, said in ((__file__, "FANGZHI_ORIGINALS"), (HERE, "FANGZHI_ORIGINALS is a URL")):
        with pytest.raises(BadRequest, match=said):
            Settings.from_environment({**given, "FANGZHI_ORIGINALS": wrong})


def test_the_place_on_the_command_line_goes_first() -> None:
    assert Settings.from_environment({"FANGZHI_ARCHIVE": "http://"}, "/srv/archive").archive == Path("/srv/archive")
    assert Settings.from_environment({"FANGZHI_ARCHIVE": "/srv/archive"}, HERE).cluster == Cluster(hosts=(HERE,))


def test_the_place_is_shown_and_named_without_secrets() -> None:
    found = settings(f"https://elastic:{SECRET}@a:9200,https://b:9200/county")
    assert found.place == "https://a:9200, https://b:9200 (county)"
    assert found.address == "https://a:9200,https://b:9200/county"
    assert Settings.from_environment({}, found.address).archive == found.archive
    keyed = settings(HERE, api_key=KEY)
    assert keyed.address == f"{HERE}/fangzhi"
    for shown in map(repr, (found, found.cluster, keyed, keyed.cluster)):
        assert SECRET not in shown and KEY not in shown
    assert (Settings().address, Settings(archive=Path("/srv/a")).address, Settings(archive=Path("/srv/a")).place) == (
        None,
        "/srv/a",
        "/srv/a",
    )


@pytest.mark.parametrize(
    ("url", "warned"),
    [
        ("http://es.example.org:9200", True),
        ("http://10.0.0.1:9200", True),
        ("http://localhost:9200,http://b:9200", True),
        ("https://es.example.org:9200", False),
        ("http://localhost:9200", False),
        ("http://es.localhost:9200", False),
        ("http://127.0.0.2:9200", False),
        ("http://[::1]:9200", False),
    ],
)
def test_credentials_that_anyone_can_read_are_warned_of(url: str, *, warned: bool) -> None:
    assert settings(url).concern is None
    for elastic in ({"api_key": KEY}, {"user": "elastic", "password": SECRET}):
        said = settings(url, **elastic).concern
        assert (said is not None and "unencrypted" in said and SECRET not in said and KEY not in said) if warned else said is None


def test_settings_of_a_cluster_can_be_replaced() -> None:
    found = settings(HERE)
    assert replace(found, port=1).cluster == found.cluster


@pytest.mark.parametrize(
    "arguments", [("search", "a"), ("verify",), ("--archive", f"http://u:{SECRET}@h", "verify"), ("ingest", "x"), ("serve",)]
)
def test_a_bad_url_is_one_sentence_and_bad_usage(arguments: tuple[str, ...]) -> None:
    given = {"FANGZHI_ARCHIVE": f"http://elastic:{SECRET}@localhost"}
    said = sentence(fangzhi(*arguments, **given), 2)
    assert "port" in said and SECRET not in said
