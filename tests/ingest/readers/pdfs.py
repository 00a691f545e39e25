"""PDFs for tests, drawn line by line; made anew in each test, so that what is in them can be read where they are tested."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

SONG = "STSong-Light"
A4 = (595.0, 842.0)


class Drawing:
    """A canvas whose points count from the left top corner, as boxes do."""

    def __init__(self, size: tuple[float, float] = A4, **settings: Any) -> None:
        if SONG not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(UnicodeCIDFont(SONG))
        self._file = BytesIO()
        self.size = size
        self.canvas = Canvas(self._file, pagesize=size, invariant=1, **settings)

    def text(self, x: float, y: float, text: str, size: float = 12, font: str = SONG) -> None:
        """Draw `text` with its base line at `y`."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.size[1] - y, text)

    def paragraph(
        self, x: float, y: float, text: str, *, across: int = 20, size: float = 12, leading: float = 18, indent: int = 2
    ) -> float:
        """Draw full-width `text` broken into lines of `across` characters, the first one indented; the base line below the last one."""
        first = across - indent
        lines = [text[:first], *(text[at : at + across] for at in range(first, len(text), across))]
        for number, line in enumerate(lines):
            self.text(x + (0 if number else indent * size), y, line, size)
            y += leading
        return y

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Rule a line."""
        self.canvas.line(x0, self.size[1] - y0, x1, self.size[1] - y1)

    def table(self, x: float, y: float, rows: list[list[str]], width: float = 100, height: float = 24) -> float:
        """Draw a ruled table; the y of its lower edge."""
        right, bottom = x + width * len(rows[0]), y + height * len(rows)
        for number in range(len(rows) + 1):
            self.line(x, y + number * height, right, y + number * height)
        for number in range(len(rows[0]) + 1):
            self.line(x + number * width, y, x + number * width, bottom)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                self.text(x + column * width + 4, y + row * height + 16, cell, 10)
        return bottom

    def page(self) -> None:
        """Begin the next page."""
        self.canvas.showPage()

    def bytes(self) -> bytes:
        """The file."""
        self.canvas.save()
        return self._file.getvalue()


def drawn(draw: Callable[[Drawing], object], **settings: Any) -> bytes:
    """A file of what `draw` draws."""
    drawing = Drawing(**settings)
    draw(drawing)
    return drawing.bytes()


def encrypted(password: str, owner: str = "owner") -> bytes:
    """A file of one sentence that opens with `password`."""
    return drawn(lambda page: page.text(72, 72, "网格员350人。"), encrypt=StandardEncryption(password, ownerPassword=owner, strength=128))


def raw_pdf(objects: list[bytes]) -> bytes:
    """A file of the given objects, the first of which is the catalogue; numbers count from 1."""
    parts, places = [b"%PDF-1.7\n"], []
    for number, body in enumerate(objects, 1):
        places.append(sum(map(len, parts)))
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    at = sum(map(len, parts))
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    parts += [b"%010d 00000 n \n" % place for place in places]
    parts.append(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, at))
    return b"".join(parts)


def stream(content: bytes, extra: bytes = b"") -> bytes:
    """A stream object of `content`."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (extra, len(content), content)


def one_page(content: bytes, resources: bytes = b"/Font << /F 5 0 R >>", more: list[bytes] | None = None) -> bytes:
    """A file of one page with the content stream object `content`, a font called /F, and further objects from number 6 on."""
    return raw_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << %s >> >>" % resources,
            content,
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            *(more or []),
        ]
    )
