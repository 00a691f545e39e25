"""PDF: text layers by PDFium, ruled tables by pdfplumber, pages without a usable layer by the machine that reads pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium2
import pypdfium2.raw as pdfium

from archive.errors import UnreadableFile
from archive.records import TextLayer
from ingest.readers import ocr
from ingest.readers.base import ReadOptions, source_of
from ingest.readers.pages import at_page, pages_named
from ingest.readers.pdf_guard import without_bombs
from ingest.readers.pdf_layers import Layer
from ingest.readers.pdf_pages import picture_of, read_page
from ingest.readers.printed import PrintedPage, compose
from ingest.stages import RawText

MOST_PAGES = 3_000
"""Pages of one file; a yearbook has some 1,000."""


@dataclass(slots=True)
class _Reading:
    """What was read so far, and the pages of which something is to be said."""

    pages: list[PrintedPage] = field(default_factory=list)
    native: int = 0
    recognised: int = 0
    remarks: dict[str, list[int]] = field(default_factory=dict)

    def remark(self, number: int, what: str) -> None:
        self.remarks.setdefault(what, []).append(number)

    @property
    def layer(self) -> TextLayer:
        if self.native and self.recognised:
            return TextLayer.MIXED
        return TextLayer.RECOGNISED if self.recognised else TextLayer.NATIVE

    def warnings(self) -> list[str]:
        return [f"{pages_named(numbers)} {what}" for what, numbers in self.remarks.items()]


class PdfReader:
    """PDF files, printed or scanned."""

    name = "PDF"
    extensions: Sequence[str] = (".pdf",)
    media_types: Sequence[str] = ("application/pdf",)
    magic: Sequence[bytes] = (b"%PDF-",)

    def read(self, name: str, data: bytes, options: ReadOptions = ReadOptions()) -> RawText:
        """The text of all pages in reading order.

        Raises UnreadableFile when the file is encrypted or damaged beyond reading, has too many pages, or no page that can be read.
        """
        whole, bombs = without_bombs(data)
        document = _opened(whole)
        try:
            reading = _read(document, options)
            count = len(document)
        finally:
            document.close()
        warnings = reading.warnings()
        if bombs:
            warnings.append(f"{bombs} of its parts would unpack to an enormous size and are left out")
        if not data.rstrip(b"\0\r\n\t ")[-1024:].count(b"%%EOF"):
            warnings.append("its end is missing, and pages may be missing with it; fetch it again")
        composed = compose(reading.pages)
        if not composed.built.text.strip():
            raise UnreadableFile(_nothing_read(warnings, count))
        return composed.raw(source_of(self, name, data, [*warnings, *composed.remarks]), self.name, count, reading.layer)


def _opened(data: bytes) -> Any:
    try:
        document = pdfium2.PdfDocument(data)
    except pdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD or "assword" in str(error):
            raise UnreadableFile("it is encrypted, and opens only with a password; save it without one") from None
        raise UnreadableFile("it is no PDF that can be opened, or is damaged; fetch it again, or print it anew") from None
    count = len(document)
    if count > MOST_PAGES:
        document.close()
        raise UnreadableFile(f"it has {count:,} pages and the limit is {MOST_PAGES:,}; split it")
    if not count:
        document.close()
        raise UnreadableFile("it has no pages, or is damaged; fetch it again, or print it anew")
    return document


def _read(document: Any, options: ReadOptions) -> _Reading:
    reading = _Reading()
    count = len(document)
    for number in range(1, count + 1):
        if number in options.without_pages:
            reading.remark(number, "took too much time or memory and was left out")
            continue
        at_page(number, count)
        try:
            page = document[number - 1]
        except pdfium2.PdfiumError:
            reading.remark(number, "is damaged and was left out; fetch the file again")
            continue
        try:
            _read_page(page, number, reading)
        finally:
            page.close()
    return reading


def _read_page(page: Any, number: int, reading: _Reading) -> None:
    found = read_page(page, number)
    if found.remark:
        reading.remark(number, found.remark)
    if found.layer in (Layer.BROKEN, Layer.MISSING):
        fault = "has a broken text layer" if found.layer is Layer.BROKEN else "is a picture without text"
        if ocr.available():
            image, scale = picture_of(page)
            recognised = ocr.recognise(image, number, scale)
            if recognised.lines or recognised.tables:
                reading.pages.append(recognised)
                reading.recognised += 1
            return
        reading.remark(number, f"{fault} and was left out; to read it, {ocr.ADVICE}")
        return
    reading.pages.append(found.page)
    if found.layer is Layer.HIDDEN:
        reading.recognised += 1
    elif found.layer is Layer.SOUND:
        reading.native += 1


def _nothing_read(warnings: Sequence[str], count: int) -> str:
    if warnings:
        return f"no page of it could be read: {'; '.join(warnings)}"
    return f"its {count} page{'s hold' if count > 1 else ' holds'} no text; leave it out or fetch it again"
