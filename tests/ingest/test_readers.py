from __future__ import annotations

import codecs
import random
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import UnreadableFile
from archive.ids import content_hash
from archive.records import SourceState
from ingest import readers
from ingest.pipeline import run
from ingest.readers.encodings import decode
from ingest.readers.foreign import FOREIGN, Foreign
from ingest.readers.inside import STREAMS
from tests.ingest.readers.containers import ole

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.txt"))
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日"
    "那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指"
    "几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集"
    "温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属"
    "圆包火住调满县局照参红细引听该铁价严"
)
PUNCTUATION = "，。、；：？！“”（）《》0123456789%\n"
chinese = st.text(alphabet=st.sampled_from(COMMON * 3 + PUNCTUATION), min_size=12, max_size=200).map(lambda text: f"基层治理{text}")


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=chinese)
@settings(max_examples=60, deadline=None)
def test_chinese_text_comes_back_identical_in_every_encoding(encoding: str, text: str) -> None:
    assert readers.read("a.txt", text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-32"])
@given(text=st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=4, max_size=80))
@settings(max_examples=60, deadline=None)
def test_rare_characters_come_back_identical_where_the_bytes_settle_it(encoding: str, text: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded is not None
    if encoding != "gb18030":  # a handful of rare characters in GBK can be read as UTF-16 as well; prose cannot
        assert decoded.text == text


@pytest.mark.parametrize("encoding", [*ENCODINGS, "gbk"])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name[:3])
def test_the_samples_come_back_identical_in_every_encoding(path: Path, encoding: str) -> None:
    text = path.read_text("utf-8")
    for part in (text, text[:40], text[1000:1012]):
        assert readers.read("a.txt", part.encode(encoding)).text == part


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("网格员350人".encode(), "utf-8"),
        ("网格员350人".encode("utf-8-sig"), "utf-8-bom"),
        ("网格员350人".encode("gb2312"), "gb18030"),
        ("岗巴县㐂村𠀀".encode("gb18030"), "gb18030"),
        (codecs.BOM_UTF16_BE + "网格员".encode("utf-16-be"), "utf-16-be-bom"),
        ("臺灣縣政府的基層治理，推動社區發展".encode("big5"), "big5hkscs"),
        (b"plain ASCII, 1998", "utf-8"),
        ("café".encode(), "utf-8"),
        ("Привет".encode(), "utf-8"),
        ("联通".encode("gb2312"), "gb18030"),
    ],
)
def test_the_source_names_the_encoding(data: bytes, encoding: str) -> None:
    assert readers.read("a.txt", data).source.encoding == encoding


def test_two_byte_chinese_that_is_valid_utf8_by_chance_is_read_as_chinese() -> None:
    chance = [char for char in COMMON if (data := char.encode("gb2312")) and 0xC2 <= data[0] <= 0xDF and data[1] <= 0xBF]
    text = "".join(chance[:20])
    text.encode("gb2312").decode("utf-8")  # the trap is real
    assert readers.read("a.txt", text.encode("gb2312")).text == text


def test_line_breaks_stay_as_they_are() -> None:
    assert readers.read("a.txt", "一、做法\r\n二、成效\r三\n".encode()).text == "一、做法\r\n二、成效\r三\n"


def test_a_source_says_what_it_is() -> None:
    data = "网格员350人".encode()
    source = readers.read("甲.TXT", data).source
    assert (source.sha256, source.name, source.size, source.media_type) == (content_hash(data), "甲.TXT", len(data), "text/plain")
    assert source.state is SourceState.READ
    assert source.warnings == ()


def test_a_few_damaged_bytes_cost_a_warning_and_not_the_text() -> None:
    data = bytearray(("网格员三百五十人，" * 300).encode())
    data[3000] = 0xFF
    raw = readers.read("a.txt", bytes(data))
    assert raw.source.state is SourceState.PARTIAL
    assert "damaged" in raw.source.warnings[0]
    assert raw.text.count("\ufffd") <= 3


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig"])
@pytest.mark.parametrize("control", ["\0", "\x1b"])
def test_a_few_control_characters_cost_a_warning_and_not_the_text(encoding: str, control: str) -> None:
    text = f"{'网格员三百五十人，' * 250}{control}{'网格员三百五十人，' * 250}{control}。"
    raw = readers.read("a.txt", text.encode(encoding))
    assert raw.text == text
    assert raw.source.state is SourceState.PARTIAL
    assert raw.source.warnings == ("2 control characters are left out (the original keeps what it held)",)
    (document,) = run(raw)
    assert control not in document.text


def test_more_than_a_few_nuls_are_no_text() -> None:
    with pytest.raises(UnreadableFile, match="save it as"):
        readers.read("a.txt", (f"{'网格员三百五十人，' * 20}\0" * 20).encode())


def test_a_refusal_names_every_encoding_that_is_read() -> None:
    with pytest.raises(UnreadableFile) as refused:
        readers.read("a.txt", bytes(range(256)) * 10)
    assert all(name in str(refused.value) for name in ("UTF-8", "GB18030", "GBK", "UTF-16", "UTF-32", "Big5"))


def _ole_example(row: Foreign) -> bytes:
    return ole(next(stream for stream, media_type in STREAMS if media_type in row.media_types))


@pytest.mark.parametrize("row", FOREIGN, ids=lambda row: row.name[:12])
def test_a_known_format_is_refused_by_its_name(row: Foreign) -> None:
    with pytest.raises(UnreadableFile) as refused:
        readers.read("a.txt", (row.example or _ole_example(row)) + bytes(range(256)))
    assert row.name in str(refused.value)
    assert row.advice in str(refused.value)
    assert set(row.extensions) <= readers.known_extensions()


@pytest.mark.parametrize(
    "data", [b"", b" ", b"\r\n\t ", "\u3000\u3000\n".encode(), codecs.BOM_UTF8, codecs.BOM_UTF16_LE, "\ufeff\u200b".encode()]
)
def test_a_file_without_words_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"empty|white space"):
        readers.read("a.txt", data)


@pytest.mark.parametrize(
    "data",
    [
        b"\0" * 100,
        bytes(range(256)) * 10,
        "网格员".encode() + b"\0" * 10,
        random.Random(7).randbytes(5000),  # noqa: S311 rubbish, no secret
        ("网格员\x01\x02\x03" * 100).encode(),
        b"\x7fELF\x02\x01\x01" + bytes(9),
        b"\xff\xfe" + b"\x00\xd8" * 20,
        b"\xed\xa0\x80\xed\xb0\x80" * 20,
    ],
)
def test_binary_rubbish_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="save it as"):
        readers.read("a.txt", data)


def test_an_oversized_file_is_refused_by_its_size() -> None:
    with pytest.raises(UnreadableFile, match="11 bytes and the limit is 10"):
        readers.read("a.txt", b"a" * 11, limit=10)
    assert readers.read("a.txt", b"a" * 10, limit=10).text == "a" * 10


@given(data=st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_text_without_lone_surrogates_or_are_refused_in_words(data: bytes) -> None:
    try:
        text = readers.read("a.txt", data).text
    except UnreadableFile as refused:
        assert len(str(refused)) > 20
    else:
        text.encode("utf-8")
        assert text.count("\0") <= 1


def test_five_million_characters_are_decoded_in_a_moment() -> None:
    for text in ("网格员" * 1_700_000, "\x01" * 5_000_000):
        started = time.process_time()
        for encoding in ("gb18030", "utf-8"):
            decode(text.encode(encoding))
        assert time.process_time() - started < 4
