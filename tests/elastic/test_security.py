"""Who we say we are, whom we believe, and that no secret is shown. Tried on a stub: the nodes of the other tests know no security."""

from __future__ import annotations

import base64
import hashlib
import logging
import ssl
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme

from archive.errors import SearchUnavailable
from search.criteria import SearchRequest
from search.elastic.cluster import Cluster
from search.elastic.engine import ElasticEngine
from tests.contract.driver import Driver
from tests.elastic.stub import CUT, HTML, Reply, Stub, opened, refuses, says

USER, PASSWORD = "elastic", "密码:s3cr3t p4ss%s"
KEY = "VnVhQ2ZHY0JDZGJrU2VjcmV0OnM="
BASIC = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
SECRETS = (PASSWORD, BASIC, KEY)
WHO: list[dict[str, Any]] = [{"user": USER, "password": PASSWORD}, {"api_key": KEY}]
REFUSED = {
    401: ("security_exception", "unable to authenticate user [elastic] for REST request [/county]"),
    403: ("security_exception", "action [indices:data/read/search] is unauthorized for user [elastic]"),
}


def fingerprint(cert: trustme.LeafCert | trustme.CA) -> str:
    pem = cert.cert_pem if isinstance(cert, trustme.CA) else cert.cert_chain_pems[0]
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem.bytes().decode())).hexdigest()


def context(cert: trustme.LeafCert) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    cert.configure_cert(made)
    return made


def refusal(driver: Driver) -> SearchUnavailable:
    """What a search raises, at once: trying again would take two seconds."""
    start = time.monotonic()
    with pytest.raises(SearchUnavailable) as caught:
        driver.search(SearchRequest())
    assert time.monotonic() - start < 1.5
    return caught.value


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def certificate(authority: trustme.CA) -> trustme.LeafCert:
    return authority.issue_cert("localhost", "127.0.0.1")


@pytest.fixture(scope="module")
def ca_file(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("authority") / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return path


@pytest.fixture(scope="module")
def secure(certificate: trustme.LeafCert) -> Iterator[Stub]:
    with Stub(tls=context(certificate), host="localhost") as stub:
        yield stub


@pytest.mark.parametrize(("who", "sent"), [(WHO[0], f"Basic {BASIC}"), (WHO[1], f"ApiKey {KEY}")], ids=["password", "key"])
def test_every_request_says_who_asks(who: dict[str, Any], sent: str) -> None:
    with Stub() as stub, opened(stub.url, **who) as driver:
        assert driver.status().ready
        assert len(stub.seen) > 2 and {seen.headers["authorization"] for seen in stub.seen} == {sent}


def test_without_credentials_none_are_sent() -> None:
    with Stub() as stub, opened(stub.url) as driver:
        driver.status()
        assert stub.seen and all("authorization" not in seen.headers for seen in stub.seen)


def test_a_redirect_to_another_place_does_not_take_the_credentials_along() -> None:
    with Stub() as elsewhere, Stub() as stub, opened(stub.url, **WHO[0]) as driver:
        stub.on("", says(Reply(307, b"", {"location": f"{elsewhere.url}/county"})))
        elsewhere.on("", says(Reply(200, b"<html>log in</html>", HTML)))
        assert not driver.status().ready
        assert all("authorization" not in seen.headers for seen in elsewhere.seen)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_a_named_authority_is_trusted(secure: Stub, ca_file: Path, host: str) -> None:
    with opened(f"https://{host}:{secure.port}", ca_file=ca_file, **WHO[0]) as driver:
        assert driver.status().ready


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_an_unknown_authority_is_refused_at_once_with_the_setting_that_names_it(secure: Stub, host: str) -> None:
    secure.seen.clear()
    with opened(f"https://{host}:{secure.port}", patience_seconds=30, **WHO[0]) as driver:
        said = str(refusal(driver))
    assert "is not trusted" in said and "FANGZHI_ELASTICSEARCH_CA" in said and "FANGZHI_ELASTICSEARCH_FINGERPRINT" in said
    assert not secure.seen


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_a_certificate_of_another_host_is_refused_though_its_authority_is_known(authority: trustme.CA, ca_file: Path, host: str) -> None:
    with Stub(tls=context(authority.issue_cert("other.example")), host=host) as stub, opened(stub.url, ca_file=ca_file, **WHO[0]) as driver:
        assert "is not trusted" in str(refusal(driver))
        assert not stub.seen


def test_a_right_fingerprint_needs_no_authority(secure: Stub, certificate: trustme.LeafCert) -> None:
    with opened(secure.url, fingerprint=fingerprint(certificate)) as driver:
        assert driver.status().ready


def test_a_wrong_fingerprint_is_refused_at_once_and_the_sentence_says_whose_is_wanted(secure: Stub, authority: trustme.CA) -> None:
    """The client compares with the node's own certificate: the fingerprint of its authority, which Elasticsearch prints, never fits."""
    secure.seen.clear()
    with opened(secure.url, fingerprint=fingerprint(authority), patience_seconds=30) as driver:
        said = str(refusal(driver))
        with pytest.raises(SearchUnavailable, match="FINGERPRINT"):
            driver.delete("SRC-1")
    assert "FANGZHI_ELASTICSEARCH_FINGERPRINT" in said and "node's own" in said and "FANGZHI_ELASTICSEARCH_CA" in said
    assert not secure.seen


def test_https_to_a_port_without_tls_says_so() -> None:
    with Stub() as stub, opened(f"https://127.0.0.1:{stub.port}", patience_seconds=30) as driver:
        assert "http://" in str(refusal(driver))


@pytest.mark.parametrize("content", [None, b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"], ids=["gone", "broken"])
def test_a_file_of_the_authority_that_cannot_be_used_is_named(secure: Stub, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_bytes(content)
    with opened(secure.url, ca_file=file) as driver:
        assert "FANGZHI_ELASTICSEARCH_CA" in str(refusal(driver))
        assert "FANGZHI_ELASTICSEARCH_CA" in str(driver.status().reason)


def test_hosts_with_and_without_tls_may_stand_side_by_side(secure: Stub, ca_file: Path) -> None:
    with Stub() as plain, opened(secure.url, plain.url, ca_file=ca_file) as driver:
        secure.seen.clear()
        for _ in range(4):
            driver.search(SearchRequest())
        assert secure.seen and plain.seen


@pytest.mark.parametrize("status", REFUSED)
@pytest.mark.parametrize("page", [False, True], ids=["node", "proxy"])
def test_refused_credentials_and_privileges_are_said_at_once(status: int, page: bool) -> None:
    with Stub() as stub, opened(stub.url, patience_seconds=30, **WHO[0]) as driver:
        stub.on("", says(Reply(status, b"<html><h1>no</h1></html>", HTML)) if page else refuses(status, *REFUSED[status]))
        said = str(refusal(driver))
        assert "refuses who we are or what we may do" in said and "docs/operate.md" in said
        assert "<" not in said and (page or REFUSED[status][1] in said)
        with pytest.raises(SearchUnavailable):
            driver.delete("SRC-1")
        assert len(stub.seen) == 2


def reachable(value: object, seen: set[int]) -> Iterator[str]:
    """The reprs of an object and of everything of ours and of the clients' that it leads to."""
    if id(value) in seen:
        return
    seen.add(id(value))
    ours = type(value).__module__.startswith(("search.", "archive."))
    if ours:
        yield repr(value)
        names = [*getattr(value, "__dict__", {}), *getattr(type(value), "__slots__", ())]
        for name in names:
            below = getattr(value, name, None)
            if not isinstance(below, str):  # the secret itself is kept, and read by no repr
                yield repr(below)
                yield from reachable(below, seen)


@pytest.mark.parametrize("who", WHO, ids=["password", "key"])
def test_no_secret_is_in_errors_reprs_or_logs(who: dict[str, Any], caplog: pytest.LogCaptureFixture, secure: Stub) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("elastic_transport", "elastic_transport.transport", "elastic_transport.node", "elasticsearch", "aiohttp", "fangzhi"):
        caplog.set_level(logging.DEBUG, name)
    shown: list[str] = []
    rules = [refuses(status, *REFUSED[status]) for status in REFUSED] + [
        CUT,
        says(Reply(200, b"<html>", HTML)),
        says(Reply(200, b'{"hits"')),
    ]
    for rule in rules:
        with Stub() as stub, opened(stub.url, patience_seconds=0.2, **who) as driver:
            driver.search(SearchRequest())
            stub.on("_search", rule)
            error = refusal(driver)
            shown += ["".join(traceback.format_exception(error)), *reachable(driver.engine, set())]
            shown += [str(cause) for cause in (error, error.__cause__, error.__context__)]
    with opened(secure.url, **who) as driver:
        shown.append("".join(traceback.format_exception(refusal(driver))))
    assert any("GET" in record.getMessage() for record in caplog.records if record.name == "elastic_transport.node")
    shown += [record.getMessage() for record in caplog.records]
    assert shown and not [text for text in shown if any(secret in text for secret in SECRETS)]


def test_a_cluster_shows_no_secret() -> None:
    for who in WHO:
        cluster = Cluster(hosts=("https://localhost:9200",), **who)
        shown = f"{cluster!r} {cluster} {cluster.shown} {ElasticEngine.open(cluster).__dict__!r}"
        assert not any(secret in shown for secret in SECRETS)
