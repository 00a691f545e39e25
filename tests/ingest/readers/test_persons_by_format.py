"""A roster, the work of one person and the lines of a notice: withheld, and no units, whatever the file is written in."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import docx
import pypdfium2
import pytest

from archive.records import Document
from ingest.readers import soffice
from ingest.reading import extract
from tests.formats.needs import needed

HEAD = ["序 号", "姓  名", "职  务", "联 系 电 话", "负 责 区 域"]
ROSTER = [
    ["1", "张山", "网格员", "13812345678", "一组至三组，负责日常巡查"],
    ["2", "李秀英", "网格员", "13912345678", "四组至六组，负责矛盾调解"],
    ["3", "王芳", "网格员", "13712345678", "七组"],
]
WORK = [["项  目", "数  量"], ["走访农户", "120户"], ["调解矛盾", "35起"]]
NOTICE = ["监督电话：0899-1234567", "公示期：2023年5月1日至5月7日", "举报邮箱：abc@163.com"]
WITHHELD = ("张山", "李秀英", "王芳", "走访", "调解矛盾", "电话", "公示", "邮箱", "姓", "名单")


def written(as_table: bool) -> bytes:
    """A report with a roster and what one person did, as tables or as lines with spaces."""
    page = docx.Document()
    for line in ("某村网格工作总结", "一、工作成效", "全村建成网格12个，配备网格员35名。", *NOTICE, "网格员名单"):
        page.add_paragraph(line)
    for rows, caption in (([HEAD, *ROSTER], "李秀英同志2023年工作量统计"), (WORK, "二、下一步打算")):
        if as_table:
            table = page.add_table(len(rows), len(rows[0]), style="Table Grid")
            for row, texts in zip(table.rows, rows, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
        else:
            for row_texts in rows:
                page.add_paragraph(" ".join(row_texts))
        page.add_paragraph(caption)
    page.add_paragraph("全村计划培训网格员300人。")
    out = io.BytesIO()
    page.save(out)
    return out.getvalue()


def saved(folder: Path, kind: str, as_table: bool) -> tuple[str, bytes]:
    data = written(as_table)
    if kind == "docx":
        return "a.docx", data
    needed("a.doc")
    (folder / "a.docx").write_bytes(data)
    suffix = "pdf" if kind == "scan" else kind
    command = [soffice.program(), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", suffix]
    subprocess.run(  # noqa: S603 LibreOffice, as the reader starts it
        [*command, "--outdir", str(folder), str(folder / "a.docx")], check=True, capture_output=True, timeout=120
    )
    made = (folder / f"a.{suffix}").read_bytes()
    if kind != "scan":
        return f"a.{kind}", made
    needed("a.jpg")
    out = io.BytesIO()
    pypdfium2.PdfDocument(made)[0].render(scale=3).to_pil().convert("RGB").save(out, "PNG")
    return "a.png", out.getvalue()


@pytest.mark.parametrize("as_table", [True, False], ids=["tables", "lines"])
@pytest.mark.parametrize("kind", ["docx", "doc", "pdf", "scan"])
def test_nothing_of_private_persons_or_notices_is_found_in_any_format(tmp_path: Path, kind: str, as_table: bool) -> None:
    documents: tuple[Document, ...] = extract(*saved(tmp_path, kind, as_table)).documents
    found = [quote for document in documents for quote in (*document.statistics, *document.units)]
    assert not [one.quote for one in found if any(word in one.quote for word in WITHHELD)]
    assert {one.quote for document in documents for one in document.statistics} == {"网格12个", "网格员35名", "培训网格员300人"}
    assert any("persons" in warning for document in documents for warning in document.warnings)
    assert "李秀英" in "".join(document.text for document in documents)
