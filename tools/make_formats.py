"""One article in every format that is read: `python -m tools.make_formats` fills samples/formats from samples/004….txt.

Needs LibreOffice, a Chinese font (Debian: fonts-noto-cjk) and libarchive. What LibreOffice and reportlab write holds the hour it was
written, so two runs give files of other bytes and the same text.
"""

from __future__ import annotations

import csv
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from html import escape
from pathlib import Path

import libarchive
import numpy
import pypdfium2
from docx import Document as WordDocument
from docx.oxml.ns import qn
from openpyxl import Workbook
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

from ingest.pipeline import run
from ingest.readers import read
from tests.ingest.readers.ofd_writer import write_ofd

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "samples" / "formats"
ARTICLE = ROOT / "samples" / "004_ba4e5abbe85d1466.txt"
FONT = "Noto Serif CJK SC"
SITE = "某县人民政府"
DPI = 200
TURN = 0.6
"""Degrees by which the scanned page is turned."""
NOISE = 8
"""Standard deviation of the scan's noise, of 255 grey levels."""

Lines = Sequence[str]


def article() -> tuple[str, ...]:
    """The title and the paragraphs."""
    document = run(read(ARTICLE.name, ARTICLE.read_bytes()))[0]
    return (document.title or "", *document.text.split("\n"))


def heading_level(line: str) -> int | None:
    """1 for 一、…, 2 for （一）…, None for a paragraph: as a typist would style them."""
    if len(line) > 40 or line.endswith("。"):
        return None
    return 1 if line[1:2] == "、" or line[2:3] == "、" else 2 if line.startswith("（") else None


def text(lines: Lines, path: Path) -> None:
    path.write_text("\n".join(lines) + "\n", "utf-8")


def gb18030(lines: Lines, path: Path) -> None:
    path.write_bytes("\r\n".join(lines).encode("gb18030"))


def markdown(lines: Lines, path: Path) -> None:
    title, *body = lines
    marked = [f"{'#' * ((heading_level(line) or 0) + 1)} {line}" if heading_level(line) else line for line in body]
    path.write_text("\n\n".join([f"# {title}", *marked]) + "\n", "utf-8")


def page(lines: Lines) -> str:
    """The article as a county's site prints it, with what such a site prints around it."""
    title, *body = lines
    paragraphs = "\n".join(f"<p>　　{escape(line)}</p>" for line in body)
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}_{SITE}</title>
<meta name="SiteName" content="{SITE}"><style>p {{ line-height: 2; }}</style></head>
<body><div class="nav"><a href="/">首页</a> <a href="/zwgk/">政务公开</a> <a href="/hd/">互动交流</a></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; 正文</div>
<div class="article"><h1>{escape(title)}</h1>
<div class="share">分享到： <a href="#">微信</a> <a href="#">微博</a> 字号：<a>大</a> <a>中</a> <a>小</a> <a>打印</a></div>
<div id="zoom" class="TRS_Editor">
{paragraphs}
</div><div class="more">
<p>上一篇：<a href="1.html">关于召开全县工作会议的通知</a></p><p>下一篇：<a href="2.html">节假日值班安排</a></p></div>
</div><div class="footer"><p>主办：{SITE}办公室　网站标识码：0000000000</p><p>版权所有 未经许可不得转载</p></div>
<script>var read = 1200;</script></body></html>
"""


def html(lines: Lines, path: Path) -> None:
    path.write_text(page(lines), "utf-8")


def mhtml(lines: Lines, path: Path) -> None:
    whole = MIMEMultipart("related", boundary="----fangzhi", type="text/html")
    whole["Subject"] = lines[0]
    part = MIMEText(page(lines), "html", "utf-8")
    part["Content-Location"] = "https://example.invalid/article.html"
    whole.attach(part)
    path.write_bytes(whole.as_bytes())


def email(lines: Lines, path: Path) -> None:
    message = EmailMessage()
    message["Subject"], message["From"] = lines[0], "办公室 <office@example.invalid>"  # a date would settle when 近三年 was
    message.set_content("\n".join(lines[1:]))
    path.write_bytes(message.as_bytes())


def docx(lines: Lines, path: Path) -> None:
    word = WordDocument()
    for style in word.styles:
        if style.type == 1:
            style.font.name = FONT
            style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    title, *body = lines
    word.add_heading(title, 0)
    for line in body:
        level = heading_level(line)
        word.add_heading(line, level) if level else word.add_paragraph(line)
    word.sections[0].header.paragraphs[0].text = "某县基层治理资料汇编"
    word.save(str(path))


def office(suffix: str, of: str = "article.docx", filter: str = "") -> Callable[[Lines, Path], None]:
    """A maker that has LibreOffice convert another format."""

    def convert(lines: Lines, path: Path) -> None:
        with tempfile.TemporaryDirectory() as folder:
            profile = f"-env:UserInstallation=file://{folder}/profile"
            target = f"{suffix}:{filter}" if filter else suffix
            subprocess.run(
                ["soffice", profile, "--headless", "--convert-to", target, "--outdir", folder, str(FOLDER / of)],
                check=True,
                capture_output=True,
            )
            path.write_bytes((Path(folder) / of).with_suffix(f".{suffix}").read_bytes())

    return convert


def columns(lines: Lines, path: Path) -> None:
    """Two columns below a headline across both, with a page number."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle("body", fontName="STSong-Light", fontSize=10.5, leading=17, firstLineIndent=21, wordWrap="CJK")
    head = ParagraphStyle("head", parent=body, fontSize=18, leading=28, firstLineIndent=0, alignment=1)
    width, height = A4
    top = Frame(50, height - 120, width - 100, 70, id="head")
    frames = [Frame(50 + at * (width - 90) / 2, 60, (width - 110) / 2, height - 185, id=f"column{at}") for at in range(2)]
    later = [Frame(50 + at * (width - 90) / 2, 60, (width - 110) / 2, height - 120, id=f"later{at}") for at in range(2)]

    def number(canvas: object, made: object) -> None:
        canvas.setFont("STSong-Light", 9)  # type: ignore[attr-defined]
        canvas.drawCentredString(width / 2, 30, f"- {made.page} -")  # type: ignore[attr-defined]

    made = BaseDocTemplate(str(path), pagesize=A4, title="")
    made.addPageTemplates(
        [
            PageTemplate("first", [top, *frames], onPage=number, autoNextPageTemplate="later"),
            PageTemplate("later", later, onPage=number),
        ]
    )
    made.build([Paragraph(escape(lines[0]), head), *(Paragraph(escape(line), body) for line in lines[1:])])


def _scanned() -> list[Image.Image]:
    """The pages of article.pdf as a flatbed gives them: grey, noisy, slightly turned."""
    noise = numpy.random.default_rng(20240506)
    pages = []
    for one in pypdfium2.PdfDocument(FOLDER / "article.pdf"):
        grey = one.render(scale=DPI / 72, grayscale=True).to_pil()
        turned = grey.rotate(TURN, resample=Image.Resampling.BICUBIC, fillcolor=245)
        pixels = numpy.asarray(turned, dtype=float) * 0.93 + noise.normal(0, NOISE, (turned.height, turned.width))
        pages.append(Image.fromarray(pixels.clip(0, 255).astype("uint8")))
    return pages


def scan(lines: Lines, path: Path) -> None:
    first, *others = _scanned()
    first.save(path, "PDF", save_all=True, append_images=others, resolution=DPI, quality=40)


def photo(lines: Lines, path: Path) -> None:
    _scanned()[0].save(path, quality=40)


def sheet(lines: Lines, path: Path) -> None:
    book = Workbook()
    for line in lines:
        book.active.append([line])
    book.save(path)


def comma_separated(lines: Lines, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([line] for line in lines)


def ofd(lines: Lines, path: Path) -> None:
    title, *body = lines
    path.write_bytes(write_ofd(body, title=title, header="某县基层治理资料汇编"))


def zipped(lines: Lines, path: Path) -> None:
    """A ZIP as Chinese Windows makes it: the member's name in GBK, and no sign that it is."""
    name = "材料/基层治理.txt"
    stand_in = "?" * len(name.encode("gbk"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(stand_in, "\n".join(lines))
    path.write_bytes(path.read_bytes().replace(stand_in.encode(), name.encode("gbk")))


def seven_zipped(lines: Lines, path: Path) -> None:
    data = "\n".join(lines).encode()
    with libarchive.file_writer(str(path), "7zip") as archive:
        archive.add_file_from_memory("材料/基层治理.txt", len(data), data)


MAKERS: dict[str, Callable[[Lines, Path], None]] = {
    "article.txt": text,
    "article-gb18030.txt": gb18030,
    "article.md": markdown,
    "article.html": html,
    "article.mht": mhtml,
    "article.eml": email,
    "article.docx": docx,
    "article.doc": office("doc", filter="MS Word 97"),
    "article.wps": lambda lines, path: path.write_bytes((FOLDER / "article.doc").read_bytes()),  # Kingsoft's own format is the same
    "article.rtf": office("rtf"),
    "article.odt": office("odt"),
    "article.pdf": office("pdf"),
    "article-columns.pdf": columns,
    "article-scan.pdf": scan,
    "article-page-1.jpg": photo,
    "article.ofd": ofd,
    "article.xlsx": sheet,
    "article.xls": office("xls", "article.xlsx", "MS Excel 97"),
    "article.ods": office("ods", "article.xlsx"),
    "article.csv": comma_separated,
    "article.zip": zipped,
    "article.7z": seven_zipped,
}
"""A file each, in an order in which what one is made from stands before it."""


def main() -> None:
    """Make them all anew."""
    FOLDER.mkdir(exist_ok=True)
    lines = article()
    for name, make in MAKERS.items():
        make(lines, FOLDER / name)
        print(f"{name}: {(FOLDER / name).stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
