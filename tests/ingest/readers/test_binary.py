"""Bytes that are no text are read as none, whatever their name promises; text in every Chinese encoding is."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import UnreadableFile
from ingest import readers
from tests.ingest.readers.containers import ole

NAMES = ("a.txt", "a.doc", "a.ppt", "a.xls", "a.wps", "a.docx", "a.rtf", "a.md", "a.csv", "a.html", "a.mht", "a.eml", "a.bin", "a")
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
PROSE = "甲县建成网格12个，配备网格员35名，调解矛盾纠纷1250件。"
TEXT = (Path(__file__).parents[3] / "samples" / "formats" / "article.txt").read_text("utf-8")


def noise(size: int, low: int = 0, high: int = 256) -> bytes:
    chance = random.Random(7)  # noqa: S311 the same bytes each time
    return bytes(chance.randrange(low, high) for _ in range(size))


JUNK = {
    "noise": noise(3_000),
    "noise in the upper half": noise(3_000, 0x80),
    "noise that GB18030 reads": noise(3_000, 0xA1, 0xFE),
    "noise without controls": noise(3_000, 0x20),
    "letters with controls": bytes(byte if byte % 9 else 2 for byte in noise(3_000, 0x61, 0x7B)),
    "zeros": bytes(3_000),
    "letters in zeros": b"a\0\0" * 700,
    "a program": b"\x7fELF\2\1\1" + bytes(9) + noise(2_000),
    "OLE, then noise": OLE + noise(3_000),
    "OLE, then text": OLE + PROSE.encode() * 40,
    "OLE in Chinese, then text": OLE + PROSE.encode("gb18030") * 40,
    "half a mark of OLE, then letters": OLE[:4] + b"junk" * 50,
    "half a mark of OLE, then Chinese": OLE[:4] + b"a" + PROSE.encode("gb18030") * 40,
    "a broken directory": ole("WordDocument", "1Table")[:600],
    "a broken table of sectors": ole("WordDocument")[:512] + noise(1_536),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", JUNK)
def test_junk_is_refused_with_a_reason_under_any_name(name: str, kind: str) -> None:
    with pytest.raises(UnreadableFile, match=r"; |: "):
        readers.read(name, JUNK[kind])


@pytest.mark.parametrize("name", ["a.txt", "a.doc", "a.md", "a.csv", "a.bin"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_text_in_any_chinese_encoding_is_read(name: str, encoding: str) -> None:
    assert PROSE[:8] in readers.read(name, (PROSE * 20).encode(encoding)).text
    assert TEXT[:8] in readers.read(name, TEXT.encode(encoding)).text


def test_traditional_text_in_big5_and_a_text_with_rare_and_private_characters_are_read() -> None:
    traditional = "縣政府推動基層治理，設立網格三百五十個，調解糾紛一千二百件。" * 20
    assert readers.read("a.txt", traditional.encode("big5")).text == traditional
    rare = ("㙍塬镇、䢺村、𬒈家沟、\ue5e5庄等四个村建成网格三十五个，" * 30).replace("\n", "")
    for encoding in ("utf-8", "gb18030"):
        assert readers.read("a.txt", rare.encode(encoding)).text == rare


@pytest.mark.parametrize("words", ["他说", "a", "=-", PROSE])
@pytest.mark.parametrize("around", ["", "甲县的报告\n", " "])
def test_a_line_that_repeats_itself_without_end_is_refused_and_says_where(words: str, around: str) -> None:
    line = words * (600_000 // len(words) + 1)
    start, end = len(around) + 1, len(around) + len(line)
    with pytest.raises(UnreadableFile, match=f"its characters {start:,} to {end:,} only repeat each other, in one line; "):
        readers.read("a.txt", f"{around}{line}\n{around}".encode())


def test_a_book_on_one_line_is_read_and_so_are_repeated_lines_and_a_long_line_beside_more_text() -> None:
    chance = random.Random(3)  # noqa: S311 the same text each time
    book = "".join(f"第{number}户{chance.randrange(10_000)}元，" for number in range(60_000))
    for text in (book, f"{PROSE}\n" * 30_000, "他说" * 200_000, "=" * 600_000 + "\n" + f"{PROSE}\n" * 60_000):
        assert readers.read("a.txt", text.encode()).text == text


@given(st.binary(min_size=40, max_size=2_000), st.sampled_from(NAMES))
@settings(max_examples=150, deadline=None)
def test_what_begins_like_an_old_office_file_and_goes_on_as_anything_is_never_text(rest: bytes, name: str) -> None:
    with pytest.raises(UnreadableFile, match=r"; |: "):
        readers.read(name, OLE[:4] + rest)
