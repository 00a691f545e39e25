"""Originals come back as they came, in any range, and never as a page of ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.original_headers import content_type, disposition
from archive.originals import Originals
from tests.http.shelf import kept, report, serving

TEXT = "甲县建成网格12个。\n".encode() * 40_000  # 1.2 MB: more than one chunk of a response
HTML = b"<script>alert(document.domain)</script>"
FILES = [
    kept(TEXT, "甲县 报告.txt", "text/plain", encoding="utf-8"),
    kept("乙县".encode("gb18030"), "b.txt", "text/plain", encoding="gb18030"),
    kept(b"%PDF-1.4", "c.pdf", "application/pdf", pages=1),
    kept(b"\x89PNG", "d.png", "image/png", pages=1),
    kept(HTML, "e.html", "text/html", encoding="utf-8"),
    kept(b"<svg onload='alert(1)'/>", "f.svg", "image/svg+xml"),
    kept(b"<a/>", "g.xml", "application/xml"),
    kept(b"<html/>", "h.xhtml", "application/xhtml+xml"),
    kept(b"PK", "i.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    kept(b"# x", "j.md", "text/markdown", encoding="utf-8"),
    kept(b"a,b", "k.csv", "text/csv", encoding="utf-8"),
    kept(b"zip", "l.zip", "application/zip"),
    kept(b"new", "m.bin", "text/html\r\nx-evil: 1"),
]
BY_NAME = {source.name: (source, data) for source, data, _ in FILES}
SHOWN = {"甲县 报告.txt", "b.txt", "c.pdf", "d.png"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("originals")


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    with serving(folder, FILES) as made:
        yield made


def address(name: str) -> str:
    return f"/originals/{BY_NAME[name][0].id}"


@pytest.mark.parametrize("name", BY_NAME)
def test_an_original_comes_back_byte_for_byte_by_its_id_and_by_its_hash(client: TestClient, name: str) -> None:
    source, data = BY_NAME[name]
    for key in (source.id, source.sha256):
        response = client.get(f"/originals/{key}")
        assert (response.status_code, response.content) == (200, data)
        assert response.headers["etag"] == f'"{source.sha256}"'
        assert response.headers["accept-ranges"] == "bytes"
        assert response.headers["cache-control"] == "private, max-age=31536000, immutable"


@pytest.mark.parametrize("name", BY_NAME)
def test_nothing_in_an_original_can_act_in_our_name(client: TestClient, name: str) -> None:
    headers = client.get(address(name)).headers
    policy = headers["content-security-policy"].split("; ")
    assert "default-src 'none'" in policy and not any(part.startswith("script-src") for part in policy)
    assert "sandbox" in policy and not any(part.startswith("sandbox ") for part in policy)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["content-disposition"].split(";")[0] == ("inline" if name in SHOWN else "attachment")
    assert "x-evil" not in headers


def test_media_types_are_those_of_the_reader_with_the_encoding_it_found(client: TestClient) -> None:
    types = {name: client.head(address(name)).headers["content-type"] for name in BY_NAME}
    assert types["甲县 报告.txt"] == "text/plain; charset=utf-8"
    assert types["b.txt"] == "text/plain; charset=gb18030"
    assert types["c.pdf"] == "application/pdf"
    assert types["e.html"] == "text/html; charset=utf-8"
    assert types["m.bin"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8-bom", "text/plain; charset=utf-8"),
        ("utf-16-le-bom", "text/plain; charset=utf-16-le"),
        ("big5hkscs", "text/plain; charset=big5"),
        (None, "text/plain"),
        ("x; y=z\r\n", "text/plain"),
    ],
)
def test_a_character_set_goes_out_under_the_name_that_the_web_has_for_it(encoding: str | None, said: str) -> None:
    assert content_type("text/plain", encoding) == said


def test_a_chinese_name_is_whole_for_browsers_and_plain_for_old_programs(client: TestClient) -> None:
    said = client.get(address("甲县 报告.txt")).headers["content-disposition"]
    assert said == "inline; filename=\"__ __.txt\"; filename*=UTF-8''%E7%94%B2%E5%8E%BF%20%E6%8A%A5%E5%91%8A.txt"


@given(st.text(st.characters(), max_size=30))
def test_no_name_breaks_out_of_its_header(name: str) -> None:
    said = disposition(name, shown=False)
    plain, _, encoded = said.removeprefix('attachment; filename="').partition("\"; filename*=UTF-8''")
    assert said.isascii() and said.isprintable()
    assert '"' not in plain and "\\" not in plain and "/" not in plain and plain
    assert unquote(encoded) and not set("/\\\r\n\0") & set(unquote(encoded))


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\r\nset-cookie: x", '"; filename="b.exe', "\u202egnp.exe", "\ud800"])
def test_names_that_would_mislead_are_made_harmless(name: str) -> None:
    said = unquote(disposition(name, shown=False))
    assert "/" not in said.replace("UTF-8''", "") and "\n" not in said and "\u202e" not in said and said.count('"') == 2


@settings(deadline=None)  # a busy machine
@given(st.integers(0, len(TEXT) - 1), st.integers(1, 200_000))
def test_any_range_is_that_slice_of_the_file(client: TestClient, start: int, length: int) -> None:
    end = min(start + length, len(TEXT))
    response = client.get(address("甲县 报告.txt"), headers={"range": f"bytes={start}-{end - 1}"})
    assert response.status_code == 206
    assert response.content == TEXT[start:end]
    assert response.headers["content-range"] == f"bytes {start}-{end - 1}/{len(TEXT)}"
    assert "sandbox" in response.headers["content-security-policy"]


def test_ranges_without_a_start_or_an_end_and_beyond_the_end(client: TestClient) -> None:
    def part(asked: str) -> tuple[int, bytes]:
        response = client.get(address("甲县 报告.txt"), headers={"range": asked})
        return response.status_code, response.content

    assert part("bytes=-7") == (206, TEXT[-7:])
    assert part(f"bytes={len(TEXT) - 5}-") == (206, TEXT[-5:])
    assert part(f"bytes=10-{len(TEXT) * 2}") == (206, TEXT[10:])
    assert part(f"bytes={len(TEXT)}-")[0] == 416


@pytest.mark.parametrize(
    ("asked", "status"),
    [(f"bytes={len(TEXT)}-", 416), (f"bytes={len(TEXT) + 5}-{len(TEXT) + 9}", 416), ("lines=1-2", 400), ("bytes=9-2", 400), ("x", 400)],
)
def test_a_range_that_cannot_be_had_is_refused_in_the_form_of_all_errors(client: TestClient, asked: str, status: int) -> None:
    response = client.get(address("甲县 报告.txt"), headers={"range": asked})
    assert (response.status_code, response.headers["content-type"]) == (status, "application/json; charset=utf-8")
    (error,) = response.json()["errors"]
    assert (error["extensions"]["code"], error["message"][:5]) == ("BAD_REQUEST", "This ")
    assert response.headers.get("content-range") == (f"bytes */{len(TEXT)}" if status == 416 else None)
    assert "last-modified" not in response.headers and response.headers["cache-control"] == "no-store"


def test_a_range_of_another_version_is_the_whole_file(client: TestClient) -> None:
    source, data = BY_NAME["甲县 报告.txt"]
    fresh = client.get(address(source.name), headers={"range": "bytes=0-9", "if-range": f'"{source.sha256}"'})
    stale = client.get(address(source.name), headers={"range": "bytes=0-9", "if-range": '"other"'})
    assert (fresh.status_code, fresh.content, stale.status_code, stale.content) == (206, data[:10], 200, data)


def test_who_has_it_already_is_told_so_and_head_sends_no_body(client: TestClient) -> None:
    source, data = BY_NAME["甲县 报告.txt"]
    again = client.get(address(source.name), headers={"if-none-match": f'W/"x", "{source.sha256}"'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", f'"{source.sha256}"')
    head = client.head(address(source.name))
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(data)))


@pytest.mark.parametrize(
    "key",
    [
        "SRC-0000000000000000",
        "0" * 64,
        "SRC-",
        "x",
        "%2e%2e%2fjournal.jsonl",
        "..%2f..%2fetc%2fpasswd",
        "DOC-0000000000000000-1",
        "%00",
        "甲",
        "S" * 5000,
    ],
)
def test_what_is_no_id_of_an_original_is_not_found(client: TestClient, key: str) -> None:
    response = client.get(f"/originals/{key}")
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (404, "NOT_FOUND")


def test_a_hash_that_only_begins_like_one_is_not_found(client: TestClient) -> None:
    sha256 = BY_NAME["b.txt"][0].sha256
    assert client.get(f"/originals/{sha256[:16]}{'0' * 48}").status_code == 404


def test_originals_are_only_read(client: TestClient) -> None:
    assert client.post(address("b.txt")).status_code == client.delete(address("b.txt")).status_code == 405


def test_a_damaged_original_is_refused_also_when_it_was_whole_before(tmp_path: Path) -> None:
    files = [kept(b"one", "1.txt", "text/plain"), kept(b"two", "2.txt", "text/plain")]
    one, two = (source for source, _, _ in files)
    with serving(tmp_path, files) as client:
        assert client.get(f"/originals/{one.id}").content == b"one"
        Originals(tmp_path).path(one.sha256).write_bytes(b"tampered with")
        Originals(tmp_path).path(two.sha256).unlink()
        for source, says in ((one, "no longer matches its hash"), (two, "is missing")):
            response = client.get(f"/originals/{source.id}", headers={"range": "bytes=0-1"})
            (error,) = response.json()["errors"]
            assert (response.status_code, error["extensions"]["code"]) == (500, "ARCHIVE_CORRUPT")
            assert says in error["message"] and str(tmp_path) not in response.text
            assert response.headers["cache-control"] == "no-store"
        Originals(tmp_path).path(one.sha256).write_bytes(b"one")
        assert client.get(f"/originals/{one.id}").content == b"one"


def test_graphql_says_where_the_original_is(tmp_path: Path) -> None:
    with serving(tmp_path, [report([["甲县建成网格12个。"]])]) as client:
        asked = {"query": "{ search(first: 1, filter: {types: [DOCUMENT]}) { nodes { ... on Document { source { id url } } } } }"}
        (node,) = client.post("/graphql", json=asked).json()["data"]["search"]["nodes"]
        assert node["source"]["url"] == f"/originals/{node['source']['id']}"
        assert client.get(node["source"]["url"]).headers["content-type"] == "application/pdf"
