"""The feed of a search: the documents that came last, as Atom."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from starlette.testclient import TestClient

from api.exporting.feed import ATOM
from archive.originals import Originals
from tests.http.shelf import serving
from tests.http.test_export import lines, sample
from tests.support import SAMPLES


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("feed")


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    with serving(folder, list(map(sample, SAMPLES))) as made:
        yield made


def entries(client: TestClient, **parameters: Any) -> list[dict[str, str]]:
    response = client.get("/feed", params=parameters)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = etree.fromstring(response.content)
    for needed in ("id", "title", "updated", "author/{*}name"):
        assert feed.find(f"{{{ATOM}}}{needed.replace('{*}', f'{{{ATOM}}}')}") is not None
    return [{etree.QName(part).localname: part.text or "" for part in entry} for entry in feed.findall(f"{{{ATOM}}}entry")]


def test_a_feed_holds_the_documents_of_a_search(client: TestClient) -> None:
    found = entries(client, query="网格员")
    wanted = lines(client, query="网格员", types="DOCUMENT")
    assert len(found) == len(wanted) > 1
    assert len({entry["id"] for entry in found}) == len(found)
    assert {line["documentTitle"] for line in wanted if "documentTitle" in line} <= {entry["title"] for entry in found}


def test_what_came_last_stands_first(client: TestClient, folder: Path) -> None:
    days = [entry["updated"] for entry in entries(client)]
    assert days == sorted(days, reverse=True)
    arrived = {original.added_at for original in Originals(folder).listed().values()}
    assert set(days) <= arrived


def test_whoever_has_a_feed_already_is_told_so(client: TestClient) -> None:
    first = client.get("/feed", params={"query": "网格"})
    tag = first.headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        again = client.get("/feed", params={"query": "网格"}, headers={"if-none-match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get("/feed", params={"query": "干部"}, headers={"if-none-match": tag}).status_code == 200
    assert client.get("/feed", params={"query": "网格"}, headers={"if-none-match": '"other"'}).content == first.content


def test_a_feed_without_documents_is_still_one(client: TestClient) -> None:
    assert entries(client, query="绝无此词绝无此词") == []
    assert entries(client, sources="nope") == []


def test_a_feed_that_cannot_be_made_is_refused(client: TestClient) -> None:
    for parameters in ({"nope": "1"}, {"query": "长" * 501}, {"sources": [f"{number}.txt" for number in range(201)]}):
        assert client.get("/feed", params=parameters).status_code == 400


def test_addresses_with_signs_of_xml_do_no_harm(client: TestClient) -> None:
    assert entries(client, query="<script>&]]>\x00") == []
