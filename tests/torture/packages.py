"""Hostile Word, Excel, OpenDocument and OFD files: ZIP files with parts from hell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/{part}" ContentType="{type}"/></Types>'
)
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Target="{part}" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + number)} "{f"&{chr(97 + number)};" * 10}">' for number in range(10))
    + "]>"
)
XXE = '<!DOCTYPE a [<!ENTITY k SYSTEM "file:///etc/hostname">]>'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def docx(body: str, prolog: str = "", main: str = _WORD, others: Mapping[str, bytes] | None = None) -> bytes:
    document = f"<?xml version='1.0' encoding='UTF-8'?>{prolog}<w:document {W}><w:body>{body}</w:body></w:document>"
    return zipped(
        {
            "[Content_Types].xml": _TYPES.format(part="word/document.xml", type=main),
            "_rels/.rels": _RELS.format(part="word/document.xml"),
            "word/document.xml": document,
            **(others or {}),
        }
    )


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def ofd_page(laugh: str, prolog: str = "") -> bytes:
    """A whole OFD file of one page with two texts."""
    root = f"<?xml version='1.0'?>{prolog}"
    space = "xmlns:ofd='http://www.ofdspec.org/2016'"
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    pages = "<ofd:Pages><ofd:Page ID='1' BaseLoc='Page.xml'/></ofd:Pages>"
    text = "<ofd:TextObject ID='3' Boundary='10 10 100 10' Size='5'><ofd:TextCode X='0' Y='5' DeltaX='5'>{}</ofd:TextCode></ofd:TextObject>"
    layer = f"<ofd:Content><ofd:Layer ID='2'>{text.format(laugh)}{text.format('乙县建成网格31个。')}</ofd:Layer></ofd:Content>"
    return zipped(
        {
            "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData>{area}</ofd:CommonData>{pages}</ofd:Document>",
            "Doc_0/Page.xml": f"{root}<ofd:Page {space}>{area}{layer}</ofd:Page>",
        }
    )


def macros() -> bytes:
    return docx(paragraph("丙县建成网格31个。"), main=_MACROS, others={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"Shell" * 100})


def nested_tables(depth: int) -> bytes:
    return docx("<w:tbl><w:tr><w:tc>" * depth + paragraph("x") + "</w:tc></w:tr></w:tbl>" * depth)


def many_attributes(count: int) -> bytes:
    return docx("<w:p " + " ".join(f'a{number}="1"' for number in range(count)) + "/>")


def macro_sheet(sheet: str) -> bytes:
    """An Excel file with macros."""
    others = {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"Shell" * 100}
    return xlsx(sheet, main="application/vnd.ms-excel.sheet.macroEnabled.main+xml", others=others)


def xlsx(sheet: str, prolog: str = "", main: str = _EXCEL, others: Mapping[str, bytes] | None = None) -> bytes:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rels = _RELS.format(part="worksheets/sheet1.xml").replace('officeDocument"', 'worksheet"')
    links = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    return zipped(
        {
            "[Content_Types].xml": _TYPES.format(part="xl/workbook.xml", type=main),
            "_rels/.rels": _RELS.format(part="xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook {space} {links}><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": rels,
            "xl/worksheets/sheet1.xml": f"<?xml version='1.0'?>{prolog}<worksheet {space}><sheetData>{sheet}</sheetData></worksheet>",
            **(others or {}),
        }
    )


def odt(text: str, prolog: str = "") -> bytes:
    spaces = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f"<?xml version='1.0'?>{prolog}<o:document-content xmlns:o='{spaces}office:1.0' xmlns:t='{spaces}text:1.0'>"
        f"<o:body><o:text><t:p>{text}</t:p></o:text></o:body></o:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    entries = f"<m:file-entry m:full-path='/' m:media-type='{kind}'/><m:file-entry m:full-path='content.xml' m:media-type='text/xml'/>"
    manifest = f"<m:manifest xmlns:m='{spaces}manifest:1.0'>{entries}</m:manifest>"
    return zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})
