"""Files attached to mail are files of their own, wherever the mail comes from; the mail stays a document."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from ingest.containers import base
from ingest.files import Failure
from ingest.limits import Limits
from ingest.opening import arriving
from ingest.readers import is_mail, read
from ingest.readers.attachments import attachments, may_have_attachments
from ingest.unpacking import Member, Passed, Unpacked, attached, unpacked
from ingest.workers import Processes
from tests.cli.test_commands import fangzhi
from tests.ingest.archives import Archive, names
from tests.ingest.containers import zipped
from tests.torture.packages import docx, paragraph

LARGEST = 50_000_000
LETTER = "现将我县上半年网格化管理情况报告如下，全县建成网格12个，请审阅。"
REPORT = "甲县建成网格31个，配备网格员350人。"


def mail(files: dict[str, bytes | EmailMessage], body: str = LETTER, subject: str = "关于报送网格化管理情况的报告") -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "someone@example.gov.cn"
    message["Date"] = "Mon, 8 May 2023 10:22:00 +0800"
    message.set_content(body)
    for name, file in files.items():
        if isinstance(file, EmailMessage):
            message.add_attachment(file, filename=name)
        else:
            message.add_attachment(file, "application", "octet-stream", filename=name)
    return message


def found_in(message: EmailMessage) -> list[Unpacked]:
    return list(attached(message.as_bytes(), "信.eml", LARGEST))


def labels(found: list[Unpacked]) -> list[str]:
    return [one.label for one in found if isinstance(one, Member)]


def reasons(found: list[Unpacked]) -> dict[str, str]:
    return {one.name: one.reason for one in found if isinstance(one, Failure)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    return made


def test_a_mail_is_followed_by_what_is_attached_to_it(folder: Path) -> None:
    (folder / "信.eml").write_bytes(mail({"附件.docx": docx(paragraph(REPORT)), "签名.p7s": b"x"}).as_bytes())
    first, second, third = arriving(folder / "信.eml", LARGEST)
    assert isinstance(first, Member) and first.label == f"{folder}/信.eml"
    assert isinstance(second, Member) and (second.name, second.label) == ("附件.docx", f"{folder}/信.eml/附件.docx")
    assert third == Passed(f"{folder}/信.eml/签名.p7s")


def test_an_archive_that_is_attached_is_opened_and_a_mail_in_an_archive_taken_apart() -> None:
    assert labels(found_in(mail({"包.zip": zipped({"里/表.csv": "县,网格\n甲县,12\n".encode()})}))) == ["信.eml/包.zip/里/表.csv"]
    data = zipped({"信.eml": mail({"附件.txt": REPORT.encode()}).as_bytes()})
    assert labels(list(unpacked(data, "a.zip", "a.zip", LARGEST))) == ["a.zip/信.eml", "a.zip/信.eml/附件.txt"]


def test_a_mail_that_is_attached_is_a_document_and_so_is_what_is_attached_to_it() -> None:
    inner = mail({"附件.txt": REPORT.encode()}, subject="转来的报告")
    assert labels(found_in(mail({"转来.eml": inner}))) == ["信.eml/转来.eml", "信.eml/转来.eml/附件.txt"]


def test_mails_in_mails_have_an_end() -> None:
    message = mail({"底.txt": REPORT.encode()})
    for number in range(4):
        message = mail({f"{number}.eml": message}, subject=f"转{number}")
    found = found_in(message)
    assert labels(found) == ["信.eml/3.eml", "信.eml/3.eml/2.eml", "信.eml/3.eml/2.eml/1.eml"]
    ((where, reason),) = reasons(found).items()
    assert where == "信.eml/3.eml/2.eml/1.eml/attachments"
    assert "inside 3 others; save them" in reason


def test_a_file_that_is_too_large_costs_itself() -> None:
    found = list(attached(mail({"大.txt": b"x" * 2_000, "小.txt": REPORT.encode()}).as_bytes(), "信.eml", 1_000))
    assert labels(found) == ["信.eml/小.txt"]
    assert "over 1,000 bytes" in reasons(found)["信.eml/大.txt"]


def test_the_files_of_all_mails_within_each_other_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "MAX_MEMBERS", 5)
    inner = {f"{number}.eml": mail({"a.txt": b"x", "b.txt": b"y"}, subject=f"转{number}") for number in range(3)}
    found = found_in(mail(dict(inner)))
    assert "more than 5 files" in reasons(found)["信.eml/attachments"]
    assert len(labels(found)) == 5


def test_more_attachments_than_are_taken_out_are_told() -> None:
    found = found_in(mail({f"{number}.txt": b"%d" % number for number in range(205)}))
    assert len(labels(found)) == 200
    assert "save the others" in reasons(found)["信.eml/attachments"]


@pytest.mark.parametrize("name", ["../../etc/passwd.txt", "C:\\a\\passwd.txt", "/passwd.txt"])
def test_the_name_of_an_attachment_leads_nowhere(name: str) -> None:
    assert labels(found_in(mail({name: b"x"}))) == ["信.eml/passwd.txt"]


@pytest.mark.parametrize(
    "message",
    [
        mail({}),
        mail({}, body="图见 <meta name=a>，姓名 name 与 attachment 都是字。"),
    ],
)
def test_a_mail_that_cannot_have_attachments_is_told_by_a_look(message: EmailMessage) -> None:
    assert not may_have_attachments(message.as_bytes())
    assert list(attachments(message.as_bytes())) == []


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize(
    "head",
    [
        b"Content-Disposition: attachment",
        b"content-disposition:\n attachment; filename*0*=UTF-8''%E6%8A%A5;\n filename*1*=.docx",
        b"Content-Type: application/pdf;\n\tNAME = a.pdf",
        b"Content-Type: message/rfc822\n\nSubject: a",
    ],
)
def test_no_attachment_escapes_that_look(head: bytes, end: bytes) -> None:
    lines = b"Subject: a\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n--B\n\nabc\n--B\n" + head + b"\n\nabc\n--B--\n"
    data = lines.replace(b"\n", end)
    assert list(attachments(data))
    assert may_have_attachments(data)


def test_a_saved_page_and_a_zip_file_by_the_name_of_a_mail_are_no_mail() -> None:
    assert not is_mail("a.mht", b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n\r\n")
    assert not is_mail("a.eml", zipped({"a.txt": b"x"}))
    assert is_mail("a.txt", b"Received: from a\r\nSubject: b\r\n\r\nc")


def test_a_mail_that_only_brings_its_files_is_read_by_its_subject() -> None:
    raw = read("信.eml", mail({"附件.txt": REPORT.encode()}, body="").as_bytes())
    assert (raw.text.strip(), raw.meta.published) == ("关于报送网格化管理情况的报告", "2023-05-08")
    with pytest.raises(Exception, match="no text of its own; "):
        read("信.eml", mail({}, body="").as_bytes())


def test_a_mail_that_cannot_be_taken_apart_is_told_once(folder: Path, tmp_path: Path) -> None:
    parts = b"Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n" * 100
    (folder / "信.eml").write_bytes(b"Subject: a\r\n" + parts + b"Content-Disposition: attachment; filename=a.txt\r\n\r\nabc")
    report = Archive(tmp_path / "archive").ingest(folder)
    assert names(report) == ([], [], ["信.eml"])
    assert "multipart" in report.failed[0].reason


@pytest.mark.parametrize("apart", [False, True])
def test_ingest_keeps_the_mail_and_its_files_as_originals_of_their_own(folder: Path, tmp_path: Path, apart: bool) -> None:
    inner = mail({"里.txt": (REPORT + "里").encode(), "空.txt": b""}, subject="转来的报告", body=LETTER + "转")
    (folder / "信.eml").write_bytes(mail({"附件.docx": docx(paragraph(REPORT)), "转来.eml": inner}).as_bytes())
    (folder / "另一封.eml").write_bytes(mail({"附件.docx": docx(paragraph(REPORT))}, body=LETTER + "另").as_bytes())
    archive = Archive(tmp_path / "archive")
    with Processes(1, Limits()) as executor:
        report = archive.ingest(folder, executor=executor if apart else None)
    read_, already, failed = names(report)
    assert sorted(read_) == sorted(["信.eml", "附件.docx", "转来.eml", "里.txt", "另一封.eml"])
    assert (already, failed) == (["附件.docx"], ["空.txt"])
    assert f"{folder}/信.eml/转来.eml/里.txt" in report.read
    assert {document.source.name for document in archive.documents()} == set(read_)
    assert archive.problems() == []
    assert len(archive.ingest(folder).already) == 6
    assert len(archive.rebuild().read) == 5


def test_extract_and_watch_take_it_apart_too(folder: Path, tmp_path: Path) -> None:
    (folder / "信.eml").write_bytes(mail({"附件.docx": docx(paragraph(REPORT))}).as_bytes())
    result = fangzhi("extract", folder / "信.eml")
    assert result.exit_code == 0, result.output
    assert "350" in result.stdout and "12个" in result.stdout
    watched = fangzhi("watch", folder, "--settle", "0.1", "--once", archive=tmp_path / "archive")
    assert watched.exit_code == 0, watched.output
    assert f"read: {folder}/信.eml/附件.docx" in watched.stderr


def test_one_process_takes_many_mails_apart(folder: Path) -> None:
    for number in range(3):
        (folder / f"{number}.eml").write_bytes(mail({"附件.txt": b"%d" % number}).as_bytes())
    with Processes(1, Limits()) as executor:
        found = [one for number in range(3) for one in arriving(folder / f"{number}.eml", LARGEST, executor)]
        assert len(executor._alive) == 1
    assert len(labels(found)) == 6
