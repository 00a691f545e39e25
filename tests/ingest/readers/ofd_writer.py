"""Writes OFD files as office programs do: A4 pages, a text object for each line with its steps, templates, ruled tables, scans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

NAMESPACE = "http://www.ofdspec.org/2016"
MM = 25.4 / 72
"""Millimetres in a point."""
WIDTH, HEIGHT = 210.0, 297.0
LEFT, TOP = 28.0, 37.0


def ems(text: str) -> float:
    """How wide a text is, in the height of its characters."""
    return sum(1.0 if char > "\u2000" else 0.5 for char in text)


def steps(text: str, size: float, across: float = 0.0) -> str:
    """The steps of a line as writers put them down: runs of equal ones with `g`, the last character without one.

    Spread out to `across` ems where that is given.
    """
    slack = (across - ems(text)) * size / (len(text) - 1) if across else 0.0
    widths = [ems(char) * size + slack for char in text[:-1]]
    words: list[str] = []
    at = 0
    while at < len(widths):
        end = at
        while end < len(widths) and widths[end] == widths[at]:
            end += 1
        words += ["g", str(end - at), f"{widths[at]:.4f}"] if end - at > 2 else [f"{widths[at]:.4f}"] * (end - at)
        at = end
    return " ".join(words)


def text_object(
    text: str, x: float, y: float, points: float = 16, *, attributes: str = "", scaled: bool = False, across: float = 0.0
) -> str:
    """A line whose top left corner is at `x` and `y` (millimetres). `scaled` says it in points and a matrix, as converters from PDF do."""
    size = points if scaled else points * MM
    factor = MM if scaled else 1.0
    matrix = f' CTM="{MM} 0 0 {MM} 0 0"' if scaled else ""
    deltas = f' DeltaX="{steps(text, size, across)}"' if len(text) > 1 else ""
    box = f"{x:.3f} {y:.3f} {len(text) * size * factor:.3f} {size * factor * 1.2:.3f}"
    code = f'<ofd:TextCode X="0" Y="{0.86 * size:.4f}"{deltas}>{escape(text)}</ofd:TextCode>'
    return f'<ofd:TextObject ID="9" Boundary="{box}" Font="1" Size="{size:.4f}"{matrix}{attributes}>{code}</ofd:TextObject>'


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    """A ruled line of a table."""
    box = f"{x0} {y0} {max(x1 - x0, 0.1)} {max(y1 - y0, 0.1)}"
    return (
        f'<ofd:PathObject ID="9" Boundary="{box}" LineWidth="0.25"><ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}'
        "</ofd:AbbreviatedData></ofd:PathObject>"
    )


def page_xml(objects: Sequence[str], template: bool = False, area: str = "") -> str:
    """A page, or a template."""
    head = '<ofd:Template TemplateID="3" ZOrder="Background"/>' if template else ""
    box = f"<ofd:Area><ofd:PhysicalBox>{area}</ofd:PhysicalBox></ofd:Area>" if area else ""
    return _xml("Page", f'{head}{box}<ofd:Content><ofd:Layer ID="8" Type="Body">{"".join(objects)}</ofd:Layer></ofd:Content>')


def broken(paragraphs: Sequence[str], across: int = 28) -> list[tuple[str, bool]]:
    """Paragraphs as lines of at most `across` ems, the first line of each with two spaces before it, none with a stop at its beginning.

    With each line, whether its paragraph goes on, so that it reaches the margin.
    """
    lines: list[tuple[str, bool]] = []
    for paragraph in paragraphs:
        line = "\u3000\u3000"
        for at, char in enumerate(paragraph):
            following = paragraph[at + 1 : at + 2]
            full = ems(line + char) > across or (following in tuple("，。、；：！？”）%") and ems(line + char + following) > across)
            if full and char not in "，。、；：！？”）%":
                lines.append((line, True))
                line = ""
            line += char
        lines.append((line, False))
    return lines


def write_ofd(
    paragraphs: Sequence[str],
    *,
    title: str = "",
    header: str = "",
    page_numbers: bool = True,
    points: float = 15,
    per_page: int = 22,
    scaled: bool = False,
    table: Sequence[Sequence[str]] = (),
    extra: Mapping[str, bytes | str] | None = None,
) -> bytes:
    """An OFD file of `paragraphs` below a `title`, with a running `header` in a template and a `table` on the last page."""
    across = int((WIDTH - 2 * LEFT) / (points * MM))
    lines = broken(paragraphs, across)
    pages: list[list[str]] = [[]]
    if title:
        pages[0].append(text_object(title, (WIDTH - len(title) * 22 * MM) / 2, TOP - 2, 22, scaled=scaled))
    y = TOP + (18 if title else 0)
    leading = points * MM * 1.75
    for line, goes_on in lines:
        if y + leading > TOP + leading * (per_page + 1):
            pages.append([])
            y = TOP
        start = len(line) - len(line.lstrip("\u3000"))
        spread = across - start if goes_on else 0
        pages[-1].append(text_object(line[start:], LEFT + start * points * MM, y, points, scaled=scaled, across=spread))
        y += leading
    for row, cells in enumerate(table):
        for column, cell in enumerate(cells):
            pages[-1].append(text_object(cell, LEFT + 40 * column + 2, y + 10 * row + 2, 12, scaled=scaled))
        pages[-1].append(rule(LEFT, y + 10 * row, LEFT + 40 * len(cells), y + 10 * row))
    if page_numbers:
        for number, page in enumerate(pages, 1):
            page.append(text_object(f"- {number} -", WIDTH / 2 - 5, HEIGHT - 20, 10, scaled=scaled))
    template = [text_object(header, LEFT, 15, 10)] if header else None
    return package([page_xml(page, template=bool(header)) for page in pages], template=template, extra=extra, title=title)


def package(
    pages: Sequence[str],
    *,
    template: Sequence[str] | None = None,
    resources: str = "",
    title: str = "",
    document_tail: str = "",
    extra: Mapping[str, bytes | str] | None = None,
) -> bytes:
    """The ZIP file of pages that are written already; `extra` parts are added, or replace those of the same path (None-length: b"")."""
    common = f"<ofd:MaxUnitID>99</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 {WIDTH} {HEIGHT}</ofd:PhysicalBox></ofd:PageArea>"
    common += "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
    if template is not None:
        common += '<ofd:TemplatePage ID="3" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
    listed = "".join(f'<ofd:Page ID="{100 + at}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(pages)))
    body = f"<ofd:DocInfo><ofd:Title>{escape(title)}</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
    parts: dict[str, bytes | str] = {
        "OFD.xml": _xml("OFD", f"<ofd:DocBody>{body}</ofd:DocBody>"),
        "Doc_0/Document.xml": _xml("Document", f"<ofd:CommonData>{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{document_tail}"),
        "Doc_0/DocumentRes.xml": _xml("Res", resources, ' BaseLoc="Res"'),
        **{f"Doc_0/Pages/Page_{at}/Content.xml": page for at, page in enumerate(pages)},
    }
    if template is not None:
        parts["Doc_0/Tpls/Tpl_0/Content.xml"] = page_xml(template)
    parts |= extra or {}
    return zipped(parts)


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """Parts as a ZIP file, with the same bytes every time."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for path, part in parts.items():
            archive.writestr(path, part)
    return file.getvalue()


def _xml(name: str, inside: str, attributes: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<ofd:{name} xmlns:ofd="{NAMESPACE}"{attributes}>{inside}</ofd:{name}>'
