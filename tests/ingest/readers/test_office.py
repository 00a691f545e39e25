"""Word 97, RTF and OpenDocument are read through LibreOffice, which gets no say in what it does beside."""

from __future__ import annotations

import http.server
import io
import os
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from archive.errors import UnreadableFile
from archive.layout import locations
from archive.records import SourceState
from ingest import readers
from ingest.readers import office, soffice
from tests.ingest.readers.containers import ole, package

TEXTS = ("关于基层治理的调研报告", "一、主要做法", "（一）建强队伍。全县有网格员350人。", "二、主要成效", "调解矛盾纠纷1250件。")
OPEN = "application/vnd.oasis.opendocument.text"


@pytest.fixture(scope="session")
def libreoffice() -> str:
    """LibreOffice. Where there is none, a failure in CI and a skip elsewhere."""
    try:
        return soffice.program()
    except UnreadableFile as missing:
        if os.environ.get("CI"):
            pytest.fail(str(missing), pytrace=False)
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def saved_as(libreoffice: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """One report with a table as LibreOffice saves it in each format, by the formats' endings."""
    folder = tmp_path_factory.mktemp("office")
    document = docx.Document()
    document.add_heading(TEXTS[0], 0)
    for text in TEXTS[1:]:
        document.add_paragraph(text)
    table = document.add_table(2, 2)
    for index, text in enumerate(("乡镇", "网格员", "甲镇", "35")):
        table.cell(index // 2, index % 2).text = text
    document.add_paragraph("（此件公开）")
    document.save(str(folder / "a.docx"))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    found = {}
    for suffix in ("doc", "rtf", "odt"):
        command = [libreoffice, profile, "--headless", "--convert-to", suffix, "--outdir", str(folder), str(folder / "a.docx")]
        subprocess.run(command, check=True, capture_output=True, timeout=170, start_new_session=True)  # noqa: S603
        found[suffix] = (folder / f"a.{suffix}").read_bytes()
    return found


@pytest.mark.parametrize(
    ("suffix", "name", "media_type"),
    [("doc", "Word 97", "application/msword"), ("rtf", "RTF", "application/rtf"), ("odt", "OpenDocument", OPEN)],
)
def test_a_report_is_the_same_in_every_format(saved_as: dict[str, bytes], suffix: str, name: str, media_type: str) -> None:
    raw = readers.read("乙.dat", saved_as[suffix])
    assert raw.text.splitlines() == [*TEXTS, "乡镇\t网格员\t", "甲镇\t35\t", "（此件公开）"]
    assert raw.reader == f"{name}, through LibreOffice"
    assert (raw.source.name, raw.source.media_type, raw.source.size) == ("乙.dat", media_type, len(saved_as[suffix]))
    assert raw.source.state is SourceState.READ
    (figure,) = [cell.span for cell in raw.tables[0].cells if cell.span.of(raw.text) == "35"]
    (place,) = locations(raw.layout, [figure])
    assert (place.paragraph, place.cell) == (9, "表1!B2")


@pytest.mark.parametrize("kind", ["web", "template"])
@pytest.mark.parametrize("name", ["a.oth", "a.ott", "a.odt", "a"])
def test_a_web_document_and_a_template_are_read_as_the_document_that_they_would_be(libreoffice: str, kind: str, name: str) -> None:
    data = _calling_home("http://127.0.0.1:1", f"{OPEN}-{kind}")
    raw = readers.read(name, data)
    assert raw.text.splitlines()[0] == "网格员350人。"
    assert raw.reader == "OpenDocument, through LibreOffice"


def test_a_word_template_is_read_as_a_document() -> None:
    made = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("网格员350人。")
    document.save(made)
    kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml"
    members = {name: zipfile.ZipFile(made).read(name) for name in zipfile.ZipFile(made).namelist()}
    members["[Content_Types].xml"] = members["[Content_Types].xml"].replace(kind + b".document.main", kind + b".template.main")
    raw = readers.read("a.dotx", package(members))
    assert (raw.text.strip(), raw.reader) == ("网格员350人。", "Word")


def test_what_libreoffice_cannot_open_is_refused(libreoffice: str) -> None:
    with pytest.raises(UnreadableFile, match="LibreOffice cannot open it"):
        readers.read("a.doc", ole("WordDocument"))


@pytest.fixture
def visits() -> Iterator[list[str]]:
    """The addresses that were asked of a server on this machine."""
    seen: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 names of the protocol

        def log_message(self, format: str, *args: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    seen.append(f"http://127.0.0.1:{server.server_port}")
    yield seen
    server.shutdown()
    thread.join()
    server.server_close()


def _calling_home(address: str, kind: str = OPEN) -> bytes:
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("text", "text"), ("draw", "drawing"), ("svg", "svg-compatible"))
    )
    picture = f'<draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href="{address}/picture.png"/></draw:frame>'
    section = f'<text:section text:name="s"><text:section-source xlink:href="{address}/other.odt"/><text:p>旧</text:p></text:section>'
    content = (
        f'<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body><office:text>'
        f"<text:p>网格员350人。{picture}</text:p>{section}</office:text></office:body></office:document-content>"
    )
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media_type}"/>'
        for path, media_type in (("/", kind), ("content.xml", "text/xml"))
    )
    manifest = f'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{entries}</manifest:manifest>'
    return package({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest}, stored=["mimetype"])


@pytest.mark.parametrize("cut_off", [True, False])
def test_a_document_that_calls_home_gets_no_answer(
    libreoffice: str, visits: list[str], cut_off: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system cannot take the network away, LibreOffice's own settings must do."""
    if not cut_off:
        monkeypatch.setattr(soffice, "_cut_off", lambda: ())
    raw = readers.read("a.odt", _calling_home(visits[0]))
    assert raw.text.splitlines()[0] == "网格员350人。"
    assert len(visits) == 1


def test_without_libreoffice_the_reason_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("FANGZHI_SOFFICE", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableFile, match=r"LibreOffice, which is not there; install it .*libreoffice-writer-nogui"):
        readers.read("a.rtf", b"{\\rtf1 text}")


def test_a_named_libreoffice_that_is_not_there_is_not_replaced_by_another(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FANGZHI_SOFFICE", str(tmp_path / "soffice"))
    with pytest.raises(UnreadableFile, match="FANGZHI_SOFFICE"):
        soffice.program()


def _stand_in(folder: Path, script: str) -> str:
    path = folder / "stand-in"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return str(path)


def test_a_program_that_does_not_end_is_ended_with_all_it_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    alive = tmp_path / "alive"
    script = f"(while true; do date +%s%N > {alive}; sleep 0.05; done) & wait"
    monkeypatch.setenv("FANGZHI_SOFFICE", _stand_in(tmp_path, script))
    monkeypatch.setattr(soffice, "SECONDS", 1)
    with pytest.raises(UnreadableFile, match="not done with it in 1 s"):
        readers.read("a.rtf", b"{\\rtf1 text}")
    last = alive.read_bytes()
    threading.Event().wait(0.5)
    assert alive.read_bytes() == last


def test_a_program_that_fills_the_disk_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script = "sleep 0.2; mkdir out; head -c 5000000 /dev/zero > out/in.docx"
    monkeypatch.setenv("FANGZHI_SOFFICE", _stand_in(tmp_path, script))
    monkeypatch.setattr(soffice, "MAX_OUTPUT", 1_000_000)
    with pytest.raises(UnreadableFile, match="more than 1,000,000 bytes"):
        readers.read("a.rtf", b"{\\rtf1 text}")


def test_the_program_sees_a_home_of_its_own_and_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    monkeypatch.setenv("FANGZHI_SOFFICE", _stand_in(tmp_path, f"env > {seen}"))
    monkeypatch.setenv("FANGZHI_ELASTICSEARCH_PASSWORD", "secret")
    with pytest.raises(UnreadableFile, match="cannot open"):
        readers.read("a.rtf", b"{\\rtf1 text}")
    said = dict(line.split("=", 1) for line in seen.read_text("utf-8").splitlines())
    assert "FANGZHI_ELASTICSEARCH_PASSWORD" not in said
    assert said["HOME"] != os.environ.get("HOME")
    assert not Path(said["HOME"]).exists()


def test_documents_with_a_password_are_refused_before_libreoffice_is_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    locked = package({"mimetype": OPEN, "META-INF/manifest.xml": "<manifest:encryption-data/>"})
    with pytest.raises(UnreadableFile, match="a password protects it"):
        readers.read("a.odt", locked)
    monkeypatch.setattr(office.WORD_97, "locked", lambda _: True)
    with pytest.raises(UnreadableFile, match="a password protects it"):
        readers.read("a.doc", ole("WordDocument"))


def test_the_password_of_a_word_97_file_is_seen_in_its_head(saved_as: dict[str, bytes]) -> None:
    data = bytearray(saved_as["doc"])
    assert not office.WORD_97.locked(bytes(data))
    data[data.index(b"\xec\xa5") + 11] |= 1  # the stream WordDocument begins with this mark
    assert office.WORD_97.locked(bytes(data))


@pytest.mark.parametrize("name", ["a.doc", "a.docx", "a.wps", "a.odt", "a.rtf", "a.ppt"])
def test_text_that_somebody_called_a_document_is_read_as_text(name: str) -> None:
    raw = readers.read(name, "一、主要做法\n网格员350人。".encode("gb18030"))
    assert (raw.text, raw.reader) == ("一、主要做法\n网格员350人。", "plain text")


@pytest.mark.parametrize("name", ["a.doc", "a.docx", "a.odt", "a.rtf", "a.ppt", "a.pptx", "a.PPS", "a.xlsb", "a.msg"])
def test_rubbish_that_somebody_called_a_document_is_refused_by_what_its_name_says(name: str) -> None:
    with pytest.raises(UnreadableFile, match=r"its name says .*neither that nor text"):
        readers.read(name, bytes(range(256)) * 10)


def test_the_format_is_told_by_the_bytes_and_not_by_the_name(saved_as: dict[str, bytes]) -> None:
    buffer = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("网格员350人。")
    document.save(buffer)
    assert readers.read("a.doc", buffer.getvalue()).reader == "Word"
