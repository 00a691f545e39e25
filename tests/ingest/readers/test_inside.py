"""ZIP and OLE files share their first bytes; what they are is told by what is in them."""

from __future__ import annotations

import io
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import UnreadableFile
from ingest import readers
from ingest.readers import inside
from ingest.readers.inside import PLAIN_ZIP, UNKNOWN_OLE, media_type_inside
from ingest.readers.packages import MAX_MEMBERS, Package
from tests.ingest.readers.containers import office_package, ole, package

OOXML = "application/vnd.openxmlformats-officedocument"


@pytest.mark.parametrize(
    "kind",
    [
        f"{OOXML}.wordprocessingml.document",
        f"{OOXML}.spreadsheetml.sheet",
        f"{OOXML}.presentationml.presentation",
        "application/vnd.ms-word.document.macroEnabled",
    ],
)
def test_an_office_package_is_told_by_its_main_part(kind: str) -> None:
    assert media_type_inside(office_package(kind)) == kind


@pytest.mark.parametrize(
    ("members", "kind"),
    [
        ({"mimetype": "application/epub+zip"}, "application/epub+zip"),
        ({"mimetype": "application/vnd.oasis.opendocument.text\n"}, "application/vnd.oasis.opendocument.text"),
        ({"OFD.xml": "<OFD/>"}, "application/ofd"),
        ({"ofd.XML": "<OFD/>"}, "application/ofd"),
        ({"word\\document.xml": "<document/>"}, f"{OOXML}.wordprocessingml.document"),
        ({"a.txt": "甲", "folder/b.docx": "乙"}, PLAIN_ZIP),
        ({"folder/OFD.xml": "<OFD/>", "a/mimetype": "application/epub+zip"}, PLAIN_ZIP),
        ({}, PLAIN_ZIP),
    ],
)
def test_other_packages_are_told_by_their_members(members: dict[str, str], kind: str) -> None:
    assert media_type_inside(package(members)) == kind


@pytest.mark.parametrize(("stream", "kind"), inside.STREAMS)
def test_an_ole_file_is_told_by_the_streams_at_its_root(stream: str, kind: str) -> None:
    assert media_type_inside(ole("\x05SummaryInformation", stream, "Other")) == kind


def test_an_ole_file_of_another_kind_is_refused_by_its_kind() -> None:
    assert media_type_inside(ole("Something")) == UNKNOWN_OLE
    with pytest.raises(UnreadableFile, match="a container of a kind that is not read"):
        readers.read("a.doc", ole("Something"))


@pytest.mark.parametrize("data", [b"", b"PK", "一、做法".encode(), b"%PDF-1.7", b"\xd0\xcf"])
def test_other_files_are_no_containers(data: bytes) -> None:
    assert media_type_inside(data) is None


@pytest.mark.parametrize("share", [0.3, 0.6])
@pytest.mark.parametrize("whole", [office_package(f"{OOXML}.wordprocessingml.document", {"a": bytes(9000)}), ole("WordDocument")])
def test_a_truncated_container_is_refused_as_damaged(whole: bytes, share: float) -> None:
    with pytest.raises(UnreadableFile, match="damaged"):
        readers.read("a.docx", whole[: int(len(whole) * share)])


def test_more_members_than_any_document_has_are_not_looked_at() -> None:
    with pytest.raises(UnreadableFile, match=r"of 10,001 members and the limit is 10,000"):
        media_type_inside(package({f"{number}": "" for number in range(MAX_MEMBERS + 1)}))


def test_a_member_that_unpacks_to_more_than_it_may_is_refused() -> None:
    bomb = Package(package({"a.xml": bytes(100_001), "b.xml": bytes(100_000)}))
    assert len(bomb.read("b.xml", 100_000)) == 100_000
    with pytest.raises(UnreadableFile, match=r"a\.xml unpacks to more than 100,000 bytes"):
        bomb.read("a.xml", 100_000)


def test_a_member_that_lies_about_its_size_is_not_believed() -> None:
    data = package({"a.xml": bytes(5_000_000)})
    said = (5_000_000).to_bytes(4, "little")
    assert data.count(said) == 2
    liar = Package(data.replace(said, (10).to_bytes(4, "little")))
    with pytest.raises(UnreadableFile, match=r"unpacks to more|damaged"):
        liar.read("a.xml", 1000)


def test_all_that_is_read_of_a_package_is_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.packages.MAX_PACKAGE_BYTES", 150)
    whole = Package(package({"a": bytes(100), "b": bytes(100)}))
    whole.read("a")
    with pytest.raises(UnreadableFile, match="b unpacks to more than 50 bytes"):
        whole.read("b")


def test_a_package_with_a_password_is_refused() -> None:
    data = bytearray(package({"mimetype": "x"}, stored=["mimetype"]))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableFile, match="protected by a password"):
        media_type_inside(bytes(data))


def test_paths_are_compared_as_office_does() -> None:
    paths = Package(package({"Word\\Document.XML": "x", "/xl//workbook.xml": "y"}))
    assert (paths.read("word/document.xml"), paths.read("xl/workbook.xml"), paths.read("gone")) == (b"x", b"y", b"")
    assert "word/document.xml" in paths
    assert "document.xml" not in paths


@given(seed=st.integers(0, 10_000))
@settings(max_examples=150, deadline=None)
def test_a_damaged_container_is_read_or_refused_in_words(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 damage, no secret
    whole = chance.choice(
        (office_package(f"{OOXML}.wordprocessingml.document", {"word/document.xml": "<a/>"}), ole("WordDocument", "Data"))
    )
    data = bytearray(whole)
    for _ in range(chance.randint(1, 12)):
        data[chance.randrange(8, len(data))] = chance.randrange(256)
    try:
        assert media_type_inside(bytes(data)) is not None
    except UnreadableFile as refused:
        assert len(str(refused)) > 20


def test_the_makers_of_these_tests_make_real_containers() -> None:
    assert zipfile.ZipFile(io.BytesIO(package({"a": "b"}))).testzip() is None
