"""Word files of raw XML, for what python-docx cannot make."""

from __future__ import annotations

from collections.abc import Mapping

from ingest import readers
from ingest.stages import RawText
from tests.ingest.readers.containers import package

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def p(*content: str, style: str = "", properties: str = "") -> str:
    """A paragraph; content that is no XML becomes a run."""
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style}{properties}</w:pPr>{''.join(one if one.startswith('<') else r(one) for one in content)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def numbered(text: str, list_id: int = 1, level: int = 0) -> str:
    """A paragraph of a list."""
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def cell(*content: str, properties: str = "") -> str:
    """A cell; content that is no XML becomes a paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(one if one.startswith('<') else p(one) for one in content or ('',))}</w:tc>"


def table(*rows: str) -> str:
    """A table of rows of cells; a row that is only cells gets its element."""
    return f"<w:tbl>{''.join(row if row.startswith('<w:tr>') else f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def level(number: int, format: str, text: str, more: str = "") -> str:
    """A level of a list."""
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def abstract(*levels: str, id: int = 0) -> str:
    """The definition of a list."""
    return f'<w:abstractNum w:abstractNumId="{id}">{"".join(levels)}</w:abstractNum>'


def num(id: int = 1, of: int = 0, more: str = "") -> str:
    """A list that paragraphs name."""
    return f'<w:num w:numId="{id}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def word(
    *body: str, styles: str = "", numbering: str = "", parts: Mapping[str, tuple[str, str]] = {}, more: Mapping[str, str | bytes] = {}
) -> bytes:
    """A Word file. `parts` are further ones by kind and path, each the name of its root and what is in it."""
    parts = {"styles:styles.xml": ("styles", styles), "numbering:numbering.xml": ("numbering", numbering)} | {
        f"{kind}": part for kind, part in parts.items()
    }
    relations, files = "", {}
    for number, (key, (root, content)) in enumerate(parts.items()):
        kind, path = key.split(":")
        relations += f'<Relationship Id="r{number}" Type="{RELATION}/{kind}" Target="{path}"/>'
        files[f"word/{path}"] = f"<w:{root} {NAMESPACES}>{content}</w:{root}>"
    spaces = "http://schemas.openxmlformats.org/package/2006"
    main = f'<Override PartName="/word/document.xml" ContentType="{KIND}.main+xml"/>'
    return package(
        {
            "[Content_Types].xml": f'<Types xmlns="{spaces}/content-types">{main}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{spaces}/relationships">'
            f'<Relationship Id="r" Type="{RELATION}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{spaces}/relationships">{relations}</Relationships>',
            "word/document.xml": f"<w:document {NAMESPACES}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>",
            **files,
            **more,
        }
    )


def read(data: bytes, name: str = "a.docx") -> RawText:
    """A file through the registry."""
    return readers.read(name, data)


def lines(*body: str, styles: str = "", numbering: str = "") -> list[str]:
    """The lines that a document of `body` is read as."""
    return read(word(*body, styles=styles, numbering=numbering)).text.splitlines()
