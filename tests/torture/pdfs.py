"""Hostile PDFs, written by hand."""

from __future__ import annotations

import zlib
from collections.abc import Sequence


def pdf(objects: Sequence[bytes]) -> bytes:
    """A PDF of numbered objects from 1; the first is its catalogue."""
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    start = len(body)
    return body + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        table,
        len(objects) + 1,
        start,
    )


def stream(data: bytes, times: int = 1, extra: bytes = b"") -> bytes:
    """A stream, deflated so many times."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    return b"<</Length %d/Filter[%s]%s>>\nstream\n%s\nendstream" % (len(data), b"/FlateDecode" * times, extra, data)


_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
TEXT = b"BT /F1 12 Tf 72 720 Td (A plain page) Tj ET "


def page(content: bytes) -> bytes:
    """One page with a content stream (an object)."""
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", _PAGE, content, _FONT])


def long_content(size: int) -> bytes:
    return page(stream((b"(x) Tj " * (size // 7 + 1))[:size]))


def spaces(size: int) -> bytes:
    """Spaces deflated twice: some thousandth of a thousandth."""
    pack = zlib.compressobj(9)
    once = b"".join([pack.compress(b" " * 1_000_000) for _ in range(size // 1_000_000)]) + pack.flush()
    twice = zlib.compress(once, 9)
    return page(b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>\nstream\n%s\nendstream" % (len(twice), twice))


def crossing_lines(count: int) -> bytes:
    lines = (b"%d 0 m %d 842 l S 0 %d m 595 %d l S " % (at % 595, (at * 7) % 595, at % 842, (at * 5) % 842) for at in range(count // 2))
    return page(stream(TEXT + b"".join(lines)))


def many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (5 + number) for number in range(count))
    one = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R/Resources<</Font<</F1 4 0 R>>>>>>"
    return pdf(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count), stream(TEXT), _FONT, *[one] * count]
    )


def nested_states(count: int) -> bytes:
    return page(stream(b"q " * count + TEXT))


def tree_of_itself() -> bytes:
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"])


def drawing_itself() -> bytes:
    form = stream(b"/X Do ", extra=b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>")
    own = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>"
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", own, stream(b"/X Do "), form])


def locked() -> bytes:
    """A PDF that says it is encrypted, with a key that no password opens."""
    made = pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", _PAGE, stream(TEXT), _FONT])
    lock = b"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O(%s)/U(%s)>>/ID[(0123456789abcdef)(0123456789abcdef)]>>\nstartxref"
    return made.replace(b">>\nstartxref", lock % (b"o" * 32, b"u" * 32))
