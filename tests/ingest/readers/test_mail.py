"""Saved pages in one file and mail: the words of whoever wrote them, and nothing that is kept on private persons."""

from __future__ import annotations

from base64 import b64encode
from email.mime.application import MIMEApplication
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from itertools import islice
from quopri import encodestring

import pytest

from archive.errors import UnreadableFile
from ingest.pipeline import run
from ingest.readers import read
from ingest.readers.attachments import MAX_ATTACHMENTS, attachments
from tests.ingest.readers.web_pages import BODY, TEMPLATES

LETTER = "现将我县上半年网格化管理情况报告如下，请审阅。"


def saved_page(html: str, charset: str = "utf-8") -> bytes:
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://www.example.gov.cn/a.html\r\n"
        "Date: Mon, 8 May 2023 10:22:00 +0800\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="--B"\r\n\r\n'
        "----B\r\nContent-Type: text/css\r\n\r\np { color: red }\r\n"
        "----B\r\nContent-Type: text/html\r\nContent-ID: <frame-1>\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    picture = "\r\n----B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n----B--\r\n"
    return head.encode() + encodestring(html.encode(charset)) + picture.encode()


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
@pytest.mark.parametrize("name", ["a.mht", "a.mhtml", "a.doc", "a.txt"])
def test_a_page_saved_with_its_pictures_is_read_as_the_page_is(name: str, charset: str) -> None:
    html = TEMPLATES["TRS editor"](BODY)
    raw = read(name, saved_page(html, charset))
    assert raw.text == read("a.html", html.encode(charset)).text
    assert raw.reader == "web page with its pictures"


def test_a_saved_message_without_a_page_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="no web page"):
        read("a.mht", b"MIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\nabc")
    with pytest.raises(UnreadableFile, match="no head"):
        read("a.mht", "没有头的文字。".encode())


def test_frames_saved_together_are_read_from_the_frame_with_the_text() -> None:
    frames = "<html><frameset><frame src='cid:2'></frameset></html>"
    inner = TEMPLATES["TRS editor"](BODY)
    data = saved_page(frames).replace(
        b"----B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=",
        b"----B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b64encode(inner.encode()),
    )
    assert read("a.mht", data).text == read("a.html", inner.encode()).text


def mail(text: str = LETTER, html: str | None = None, charset: str = "utf-8", **head: str) -> MIMEMultipart:
    message = MIMEMultipart("mixed")
    for name, value in {
        "Subject": "关于报送网格化管理情况的报告",
        "From": "王小明 <wangxm@example.com>",
        "To": "bangongshi@example.com",
        "Date": "Mon, 08 May 2023 23:30:00 +0800",
        **head,
    }.items():
        message[name] = value
    body = MIMEMultipart("alternative")
    body.attach(MIMEText(text, "plain", charset))
    if html is not None:
        body.attach(MIMEText(html, "html", charset))
    message.attach(body)
    return message


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "gb2312"])
def test_a_mail_has_its_subject_as_title_its_day_and_its_writer(charset: str) -> None:
    raw = read("a.eml", mail(charset=charset).as_bytes())
    assert raw.text == f"关于报送网格化管理情况的报告\n{LETTER}\n"
    assert (raw.meta.title, raw.meta.published, raw.meta.authors) == ("关于报送网格化管理情况的报告", "2023-05-08", ("王小明",))
    (document,) = run(raw)
    assert (document.title, document.published, document.text) == (raw.meta.title, "2023-05-08", LETTER)


@pytest.mark.parametrize(
    ("sender", "authors"),
    [
        ("石溪镇 党政办", ("石溪镇党政办",)),
        ("唐家镇党政综合办公室", ("唐家镇党政综合办公室",)),
        ("某县 金家乡 经济发展办", ("某县金家乡经济发展办",)),
        ("石溪镇农业农村服务中心", ("石溪镇农业农村服务中心",)),
        ("县农业局（王小明）", ("县农业局",)),
        ("王小明-某县委宣传部", ("某县委宣传部",)),
        ("石溪镇", ()),
        ("王小明", ("王小明",)),
        ("王小明 李四", ("王小明", "李四")),
        ("欧阳娜娜", ("欧阳娜娜",)),
        ("service", ()),
    ],
)
def test_an_office_that_sends_is_one_author_and_the_person_behind_it_none(sender: str, authors: tuple[str, ...]) -> None:
    raw = read("a.eml", mail(From=f"{sender} <a@example.com>").as_bytes())
    assert raw.meta.authors == authors
    assert run(raw)[0].authors == authors


def test_no_address_and_no_number_of_a_person_is_kept_beside_the_text() -> None:
    signature = "王小明\n某县委办公室\n电话：13900000000 wangxm@example.com"
    text = f"{LETTER}\n\n{signature}\n\n在 2023年5月7日，李四 <lisi@example.com> 写道：\n> 请速报。\n"
    for sender in ("wangxm@example.com", '"wangxm@example.com" <wangxm@example.com>', "某县委办公室 <a@example.com>"):
        raw = read("a.eml", mail(text, From=sender).as_bytes())
        assert LETTER in raw.text
        kept = repr((raw.source, raw.meta, raw.set_apart, raw.text))
        assert "@" not in kept
        assert "13900000000" not in kept
        assert "请速报" not in kept
        assert raw.meta.authors == (("某县委办公室",) if "办公室" in sender else ())
        assert "lines of quoted mail" in "".join(raw.set_apart)


@pytest.mark.parametrize(
    "below",
    [
        "> 上次的材料已收到。\n> 请补充。",
        "-----原始邮件-----\n发件人: 李四\n收件人: 王小明\n主题: 催报\n上次的材料已收到。",
        "发件人: 李四\n发送时间: 2023年5月7日\n主题: 催报\n\n上次的材料已收到。",
        "On Mon, May 8, 2023, Li Si wrote:\n> 上次的材料已收到。",
        "-- \n上次的材料已收到",
        "发自我的iPhone",
    ],
)
def test_what_others_wrote_and_what_programs_add_is_set_apart(below: str) -> None:
    raw = read("a.eml", mail(f"{LETTER}全县共有网格236个，网格员512名。\n\n{below}\n").as_bytes())
    assert raw.text.split("\n")[1:] == [f"{LETTER}全县共有网格236个，网格员512名。", ""]
    assert raw.set_apart


def test_a_mail_that_only_hands_on_another_keeps_the_other_ones_text() -> None:
    text = f"请阅。\n\n---------- 转发邮件 ----------\n发件人: 李四 <lisi@example.com>\n主题: 情况报告\n\n{LETTER}"
    raw = read("a.eml", mail(text, Subject="转发：情况报告").as_bytes())
    assert raw.text == f"情况报告\n请阅。\n{LETTER}\n"


def test_words_with_an_angle_bracket_or_a_source_in_them_are_nobodys_reply() -> None:
    text = f"{LETTER}\n增长率>5%的乡镇有3个。\n日期：2023年5月8日\n来源：统计局。"
    assert read("a.eml", mail(text).as_bytes()).text.split("\n")[2:5] == text.split("\n")[1:]


def test_a_mail_in_html_is_read_with_its_tables() -> None:
    html = f"<html><body><p>{LETTER}</p><table><tr><th>乡镇</th><th>网格</th></tr><tr><td>东乡</td><td>12</td></tr></table></body></html>"
    raw = read("a.eml", mail("", html).as_bytes())
    assert raw.text == f"关于报送网格化管理情况的报告\n{LETTER}\n乡镇\t网格\t\n东乡\t12\t\n"
    assert len(raw.tables) == 1
    assert read("a.eml", mail(LETTER, f"<p>{LETTER}</p>").as_bytes()).text.endswith(f"{LETTER}\n")


def bare(head: bytes, body: bytes = LETTER.encode("gb18030")) -> bytes:
    return b"Received: from a by b\r\n" + head + b"\r\n\r\n" + body


def test_heads_in_bare_gbk_and_broken_words_are_read() -> None:
    assert read("a.txt", bare(b"Subject: " + "网格化管理".encode("gbk"))).meta.title == "网格化管理"
    words = b64encode("网格化管理情况".encode("gbk"))
    split = b"Subject: =?gb2312?B?" + words[:8] + b"?=\r\n =?gb2312?B?" + words[8:] + b"?="
    assert read("a.eml", bare(split)).meta.title == "网格化管理情况"
    assert read("a.eml", bare(b"Subject: =?utf-8?B?abc=?=\r\nDate: yesterday")).meta.published is None


def with_file(name: bytes, body: bytes = b"abc") -> bytes:
    return (
        b"Subject: a\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n\r\nabc\r\n--B\r\n"
        b"Content-Type: application/octet-stream\r\nContent-Disposition: attachment; " + name + b"\r\n\r\n" + body + b"\r\n--B--\r\n"
    )


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (b'filename="=?gb2312?B?' + b64encode("报告.docx".encode("gbk")) + b'?="', "报告.docx"),
        (b"filename*=GB2312''" + b"".join(b"%%%02X" % byte for byte in "报告".encode("gbk")) + b".docx", "报告.docx"),
        (b"filename*0*=UTF-8''%E6%8A%A5;\r\n filename*1*=%E5%91%8A.docx", "报告.docx"),
        (b'filename="' + "报告.docx".encode("gbk") + b'"', "报告.docx"),
        (b'filename="' + "报告.docx".encode() + b'"', "报告.docx"),
        (b'filename="../../etc/passwd"', "passwd"),
        (b'filename="C:\\\\a\\\\b.doc"', "b.doc"),
        (b'filename="a\x00b.doc"', "a_b.doc"),
        (b"filename=..", "附件1"),
    ],
)
def test_an_attachments_name_is_read_however_it_is_written_and_leads_nowhere(given: bytes, name: str) -> None:
    assert list(attachments(with_file(given))) == [(name, b"abc")]


def test_an_attached_mail_comes_whole_and_its_own_attachments_with_it() -> None:
    inner = mail(LETTER)
    inner.attach(MIMEApplication(b"%PDF-1.7", Name="a.pdf"))
    nested = MIMEMultipart()
    nested["Subject"] = "转"
    nested.attach(MIMEText("见附件，请办理并及时反馈结果。", "plain", "utf-8"))
    nested.attach(MIMEMessage(inner))
    ((name, data),) = attachments(nested.as_bytes())
    assert name == "关于报送网格化管理情况的报告.eml"
    assert LETTER in read(name, data).text
    assert [file for file, _ in attachments(data)] == ["a.pdf"]


@pytest.mark.parametrize("cut", range(4))
def test_an_attachment_that_broke_off_comes_as_far_as_it_came(cut: int) -> None:
    whole = b"PK\x03\x04" + bytes(range(200))
    encoded = b64encode(whole)[: 200 + cut]
    message = with_file(b"filename=a.docx\r\nContent-Transfer-Encoding: base64", encoded).replace(b"\r\n--B--\r\n", b"")
    ((_, data),) = attachments(message)
    assert whole.startswith(data) and len(data) >= 150


def test_pictures_in_the_lines_of_a_mail_are_no_attachments() -> None:
    message = mail()
    picture = MIMEApplication(b"GIF89a", _subtype="gif", Name="logo.gif")
    picture.replace_header("Content-Type", 'image/gif; name="logo.gif"')
    picture["Content-ID"] = "<logo>"
    message.attach(picture)
    assert list(attachments(message.as_bytes())) == []


def test_a_mail_with_many_attachments_gives_as_many_as_are_allowed_and_says_so() -> None:
    message = mail()
    for number in range(MAX_ATTACHMENTS + 20):
        message.attach(MIMEApplication(b"abc", Name=f"{number}.bin"))
    found = attachments(message.as_bytes())
    assert len(list(islice(found, MAX_ATTACHMENTS))) == MAX_ATTACHMENTS
    with pytest.raises(UnreadableFile, match="more than 200 attached files"):
        next(found)


def test_a_packed_attachment_is_named_in_a_warning() -> None:
    message = mail()
    message.attach(MIMEApplication(b"x\x9f>\x22", _subtype="ms-tnef", Name="winmail.dat"))
    assert "winmail.dat" in read("a.eml", message.as_bytes()).source.warnings[0]


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (b"Subject: \r\n\r\n", "no text"),
        ("一段没有头的话。".encode(), "no head"),
        (b"MIME-Version: 1.0\r\nTo: a\r\n" + b"Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n" * 5_000, "multipart"),
    ],
)
def test_mail_without_text_or_made_to_hurt_is_refused_with_advice(data: bytes, advice: str) -> None:
    with pytest.raises(UnreadableFile, match=advice):
        read("a.eml", data)
