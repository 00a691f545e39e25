"""`ingestProgress` as it happens: server-sent events and graphql-transport-ws, and what neither lets through."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from starlette.testclient import WebSocketDenialResponse, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from archive.originals import Originals
from tests.writing.service import Client, Service

FOLLOW = "subscription Follow($id: ID!) { ingestProgress(jobId: $id) { id state stage done total problems { message } } }"
PROTOCOL = "graphql-transport-ws"


def events(client: Client, query: str, **variables: Any) -> list[tuple[str, Any]]:
    """The events of a stream that has ended."""
    headers = {**client.headers, "accept": "text/event-stream"}
    response = client.http.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
    assert response.status_code == 200 and response.headers["content-type"].startswith("text/event-stream")
    blocks = [block for block in response.text.split("\n\n") if block and not block.startswith(":")]
    lines = [dict(line.split(": ", 1) if ": " in line else (line.rstrip(":"), "") for line in block.split("\n")) for block in blocks]
    return [(line["event"], json.loads(line["data"]) if line["data"] else None) for line in lines]


def codes(found: list[tuple[str, Any]]) -> list[str]:
    assert [name for name, _ in found] == ["next", "complete"] and found[0][1].get("data") is None
    return [error["extensions"]["code"] for error in found[0][1]["errors"]]


@contextmanager
def socket(service: Service, **headers: str) -> Iterator[WebSocketTestSession]:
    with service.http.websocket_connect("ws://127.0.0.1:8000/graphql", subprotocols=[PROTOCOL], headers=headers) as made:
        yield made


def opened(session: WebSocketTestSession, client: Client | None = None) -> None:
    session.send_json({"type": "connection_init", "payload": client.headers if client else {}})
    assert session.receive_json()["type"] == "connection_ack"


def closed(session: WebSocketTestSession) -> int:
    with pytest.raises(WebSocketDisconnect) as gone:
        session.receive_json()
    return gone.value.code


def job_of(service: Service, key: str = "k") -> str:
    return str(service.writer.ingest(key, text=f"乙县建成网格15个，{key}。")["job"]["id"])


def test_a_stream_begins_with_the_present_state_and_ends_with_the_job(service: Service) -> None:
    job = job_of(service)
    found = events(service.writer, FOLLOW, id=job)
    assert [name for name, _ in found[:-1]] == ["next"] * (len(found) - 1) and found[-1] == ("complete", None)
    states = [data["data"]["ingestProgress"]["state"] for _, data in found[:-1]]
    assert states[-1] == "SUCCEEDED" and set(states) <= {"QUEUED", "RUNNING", "SUCCEEDED"}
    assert all(data["extensions"]["cost"]["requested"] > 0 for _, data in found[:-1])
    assert [name for name, _ in events(service.writer, FOLLOW, id=job)] == ["next", "complete"]  # again: the end at once


def test_who_may_not_follow_learns_it_in_one_event(service: Service) -> None:
    assert codes(events(service.anyone, FOLLOW, id="JOB-1")) == ["UNAUTHENTICATED"]
    assert codes(events(service.writer, FOLLOW, id="JOB-1")) == ["NOT_FOUND"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("subscription { ", "GRAPHQL_PARSE_FAILED"),
        ("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ __typename }", "BAD_REQUEST"),
        ("mutation { __typename }", "BAD_REQUEST"),
        ('subscription { ingestProgress(jobId: "JOB-1") { ' + "...A " * 1_000 + "} } fragment A on IngestJob { id }", "LIMIT_EXCEEDED"),
    ],
)
def test_the_limits_of_queries_hold_for_streams(quiet: Service, query: str, code: str) -> None:
    assert codes(events(quiet.writer, query)) == [code]


def test_a_stream_is_asked_for_by_post_and_with_a_token_that_counts(quiet: Service) -> None:
    headers = {"accept": "text/event-stream"}
    assert quiet.http.get("/graphql", params={"query": "{ __typename }"}, headers=headers).status_code == 406
    bad = {**headers, "authorization": "Bearer fz_x"}
    assert quiet.http.post("/graphql", json={"query": FOLLOW}, headers=bad).status_code == 401


def test_a_socket_follows_several_jobs_at_once(service: Service) -> None:
    jobs = {"1": job_of(service, "k1"), "2": job_of(service, "k2")}
    with socket(service) as session:
        opened(session, service.writer)
        for identifier, job in jobs.items():
            session.send_json({"type": "subscribe", "id": identifier, "payload": {"query": FOLLOW, "variables": {"id": job}}})
        last: dict[str, Any] = {}
        complete: set[str] = set()
        while complete != set(jobs):
            message = session.receive_json()
            if message["type"] == "complete":
                complete.add(message["id"])
            else:
                last[message["id"]] = message["payload"]["data"]["ingestProgress"]
    assert {key: (value["id"], value["state"]) for key, value in last.items()} == {key: (job, "SUCCEEDED") for key, job in jobs.items()}


def test_a_socket_may_bear_its_token_in_the_header(service: Service) -> None:
    job = job_of(service)
    with socket(service, **service.writer.headers) as session:
        opened(session)
        session.send_json({"type": "subscribe", "id": "1", "payload": {"query": FOLLOW, "variables": {"id": job}}})
        assert session.receive_json()["payload"]["data"]["ingestProgress"]["id"] == job


def test_a_socket_without_a_token_is_told_by_each_operation(quiet: Service) -> None:
    with socket(quiet) as session:
        opened(session)
        session.send_json({"type": "subscribe", "id": "1", "payload": {"query": FOLLOW, "variables": {"id": "JOB-1"}}})
        message = session.receive_json()
        assert message["payload"]["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
        assert session.receive_json() == {"type": "complete", "id": "1"}
        session.send_json({"type": "ping"})
        assert session.receive_json() == {"type": "pong"}


@pytest.mark.parametrize("given", [{"authorization": "Bearer fz_x"}, {"authorization": "x"}, {"Authorization": ["Bearer"]}])
def test_a_socket_with_a_token_that_does_not_count_is_closed(quiet: Service, given: dict[str, Any]) -> None:
    with socket(quiet) as session:
        session.send_json({"type": "connection_init", "payload": given})
        assert closed(session) == 4403


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("nonsense", 4400),
        ("[1]", 4400),
        ('"x"', 4400),
        ('{"type": 1}', 4400),
        ('{"type": "nothing"}', 4400),
        ('{"type": "connection_init", "payload": []}', 4400),
        ('{"type": "subscribe", "id": "1", "payload": {"query": 1}}', 4400),
        ('{"type": "subscribe", "id": "1", "payload": {"query": "{ a }"}}', 4401),
        ('{"type": "subscribe", "id": "1"}', 4400),
        (json.dumps({"type": "ping", "payload": {"x": "x" * 70_000}}), 4400),
        ("[" * 60_000, 4400),
    ],
)
def test_messages_that_break_the_protocol_close_the_socket(quiet: Service, message: str, code: int) -> None:
    with socket(quiet) as session:
        session.send_text(message)
        assert closed(session) == code


def test_a_binary_message_closes_the_socket(quiet: Service) -> None:
    with socket(quiet) as session:
        session.send_bytes(b'{"type": "ping"}')
        assert closed(session) == 4400


def test_a_socket_that_says_nothing_is_closed(quiet: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.sockets.INIT_SECONDS", 0.05)
    with socket(quiet) as session:
        assert closed(session) == 4408


def test_a_connection_has_so_many_subscriptions(service: Service) -> None:
    with Originals(service.archive.folder).writing():
        job = job_of(service)
        with socket(service) as session:
            opened(session, service.writer)
            for number in range(11):
                session.send_json({"type": "subscribe", "id": str(number), "payload": {"query": FOLLOW, "variables": {"id": job}}})
            while (message := session.receive_json())["type"] == "next":
                assert message["id"] != "10"
            assert (message["type"], message["id"]) == ("error", "10")
    service.writer.ended(job)


def test_an_address_has_so_many_connections(quiet: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.streams.STREAMS_AN_ADDRESS", 1)
    body = {"query": FOLLOW, "variables": {"id": "x"}}
    for client in (quiet.anyone, quiet.writer):
        with socket(quiet) as session:
            opened(session, client)
            with socket(quiet) as other:
                other.send_json({"type": "connection_init", "payload": client.headers})
                assert closed(other) == 4403
            assert quiet.http.post("/graphql", json=body, headers={**client.headers, "accept": "text/event-stream"}).status_code == 429
        with socket(quiet) as session:  # its place is free again
            opened(session, client)
    with (
        socket(quiet, **quiet.writer.headers) as session,
        pytest.raises(WebSocketDenialResponse) as denied,
        socket(quiet, **quiet.writer.headers),
    ):
        pass
    assert denied.value.status_code == 429


def test_strangers_take_no_place_of_who_bears_a_token(quiet: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.streams.STREAMS_AN_ADDRESS", 1)
    with socket(quiet) as stranger, socket(quiet) as one, socket(quiet) as other:
        opened(stranger)
        opened(one, quiet.writer)
        opened(other, quiet.admin)


def test_sockets_that_do_not_say_who_they_are_are_bounded_too(quiet: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.streams.OPENING_AN_ADDRESS", 1)
    with socket(quiet) as silent:
        with pytest.raises(WebSocketDenialResponse) as denied, socket(quiet):
            pass
        assert denied.value.status_code == 429
        opened(silent)
        with socket(quiet) as session:
            opened(session)


def test_a_socket_on_which_nothing_is_followed_is_closed(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.sockets.IDLE_SECONDS", 0.2)
    with socket(service) as session:
        opened(session)
        assert closed(session) == 4408
    with Originals(service.archive.folder).writing():  # so that the job goes on
        job = job_of(service)
        with socket(service) as session:
            opened(session, service.writer)
            session.send_json({"type": "subscribe", "id": "1", "payload": {"query": FOLLOW, "variables": {"id": job}}})
            assert session.receive_json()["type"] == "next"
            time.sleep(0.5)
            session.send_json({"type": "ping"})
            while (message := session.receive_json())["type"] != "pong":
                assert message["type"] == "next"
            session.send_json({"type": "complete", "id": "1"})
            assert closed(session) == 4408
    service.writer.ended(job)


@pytest.mark.parametrize(
    ("headers", "protocols", "status"),
    [
        ({"origin": "http://evil.example"}, [PROTOCOL], 403),
        ({"origin": "null"}, [PROTOCOL], 403),
        ({"origin": "http://["}, [PROTOCOL], 403),
        ({}, ["graphql-ws"], 400),
        ({}, [], 400),
        ({"authorization": "Bearer fz_x"}, [PROTOCOL], 401),
    ],
)
def test_handshakes_that_are_refused(quiet: Service, headers: dict[str, str], protocols: list[str], status: int) -> None:
    with (
        pytest.raises(WebSocketDenialResponse) as denied,
        quiet.http.websocket_connect("ws://127.0.0.1:8000/graphql", subprotocols=protocols, headers=headers),
    ):
        pass
    assert denied.value.status_code == status


def test_a_page_of_this_service_may_open_a_socket(quiet: Service) -> None:
    with socket(quiet, origin="http://127.0.0.1:8000") as session:
        opened(session)


def test_a_socket_under_a_foreign_name_is_refused(quiet: Service) -> None:
    with pytest.raises(WebSocketDisconnect), socket(quiet, host="evil.example"):
        pass


def test_a_stream_ends_when_its_token_is_revoked(service: Service) -> None:
    from archive.tokens import Scope

    token, secret = service.tokens.create([Scope.INGEST])
    client = Client(service.http, secret)
    with Originals(service.archive.folder).writing():
        job = client.ingest(text="乙县建成网格15个。")["job"]["id"]
        with socket(service) as session:
            opened(session, client)
            session.send_json({"type": "subscribe", "id": "1", "payload": {"query": FOLLOW, "variables": {"id": job}}})
            assert session.receive_json()["type"] == "next"
            service.tokens.revoke(token.id)
            while not (message := session.receive_json())["payload"].get("errors"):
                assert message["type"] == "next"
            assert message["payload"]["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
            assert session.receive_json()["type"] == "complete"
    assert service.admin.ended(job)["state"] == "SUCCEEDED"
