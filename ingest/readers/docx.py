"""Word documents (.docx and its relatives), read part by part: with the numbers that Word prints, and without what it does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive.errors import UnreadableFile
from archive.layout import Location
from ingest.readers.base import ReadOptions, source_of
from ingest.readers.builder import TextBuilder
from ingest.readers.inside import ZIP_MAGIC
from ingest.readers.misnamed import as_text
from ingest.readers.number_formats import roman
from ingest.readers.office_xml import Element, children
from ingest.readers.packages import Package
from ingest.readers.word.blocks import Blocks, check_count
from ingest.readers.word.inline import Seen
from ingest.readers.word.names import ALTERNATE, w
from ingest.readers.word.numbering import Numbering
from ingest.readers.word.package import Parts
from ingest.readers.word.styles import Styles
from ingest.readers.word.writing import Writer, paragraphs_of
from ingest.stages import FileMeta, RawText

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_IN_BODY = (*map(w, ("p", "tbl", "sdt", "customXml", "ins", "moveTo", "altChunk", "subDoc")), ALTERNATE)
_MACROS = "vbaproject.bin"
_OPENING = 2000
"""Code points at the beginning of a text in which its title stands."""


class DocxReader:
    """Word documents of 2007 and later. Places are numbers of paragraphs, and addresses of cells."""

    name = "Word"
    extensions: Sequence[str] = (".docx", ".docm", ".dotx", ".dotm")
    media_types: Sequence[str] = (
        f"{_WORD}.document",
        f"{_WORD}.template",
        "application/vnd.ms-word.document.macroEnabled",
        "application/vnd.ms-word.template.macroEnabledTemplate",
    )
    magic: Sequence[bytes] = ()

    def read(self, name: str, data: bytes, options: ReadOptions = ReadOptions()) -> RawText:
        """The text of the body, then its foot- and endnotes; tables stay tables.

        Raises UnreadableFile when the file is damaged, holds no text, or takes more memory than any document does.
        """
        if not data.startswith(ZIP_MAGIC):
            return as_text(name, data, self.name)
        package = Package(data)
        parts = Parts(package)
        body = package.read(parts.main)
        check_count(body)
        seen = Seen()
        styles = Styles(parts.root("styles"))
        blocks = Blocks(styles, Numbering(parts.root("numbering"), styles), seen)
        writer = Writer(builder := TextBuilder())
        for element in children(body, parts.main, w("body"), _IN_BODY):
            writer.write(blocks.of(element))
        writer.finish()
        _write_notes(builder, writer, blocks, parts)
        built = builder.built()
        if not built.text.strip():
            raise UnreadableFile(_why_empty(seen))
        warnings = [*_warnings(seen), *_macro_warnings(package)]
        return RawText(
            source_of(self, name, data, warnings),
            built.text,
            layout=built.layout,
            tables=built.tables,
            headings=built.headings,
            meta=FileMeta(title=writer.title or _confirmed_title(parts, built.text)),
            reader=self.name,
            set_apart=tuple(dict.fromkeys([*_margins(blocks, parts), *writer.apart])),
        )


def _write_notes(builder: TextBuilder, writer: Writer, blocks: Blocks, parts: Parts) -> None:
    """Add the notes whose marks the body has, under the numbers that Word gives them: 1, 2 at the foot, i, ii at the end."""
    for kind in ("footnote", "endnote"):
        wanted = [note for found, note in dict.fromkeys(writer.notes) if found == kind]
        root = parts.root(f"{kind}s") if wanted else None
        notes = {note.get(w("id")): note for note in root} if root is not None else {}
        for number, note in enumerate((notes[note] for note in wanted if note in notes), 1):
            lines = _lines(blocks, note)
            if lines:
                mark = str(number) if kind == "footnote" else roman(number).lower()
                builder.line(f"[{mark}] {lines[0]}", Location())
                for line in lines[1:]:
                    builder.line(line, Location())


def _lines(blocks: Blocks, story: Element) -> list[str]:
    return [line for paragraph in paragraphs_of(blocks.below(story)) for line in paragraph.lines]


def _margins(blocks: Blocks, parts: Parts) -> Iterator[str]:
    """The lines of headers and footers that say more than a page's number."""
    for kind in ("header", "footer"):
        for root in parts.roots(kind):
            for line in _lines(blocks, root):
                if any(char.isalpha() for char in line):
                    yield line


def _confirmed_title(parts: Parts, text: str) -> str | None:
    """The title among the properties, if the text prints it too: templates leave theirs behind. Who typed it is not asked: no author."""
    core = parts.core()
    title = core.find(_TITLE) if core is not None else None
    said = " ".join((title.text or "").split()) if title is not None else ""
    return said if said and said in text[:_OPENING] else None


def _why_empty(seen: Seen) -> str:
    if seen.pictures:
        return "it holds pictures and no text; save it as PDF, whose pages are recognised"
    return "it holds no text; leave it out or fetch it again"


def _warnings(seen: Seen) -> Iterator[str]:
    if seen.changes:
        yield "it holds changes that nobody accepted or rejected: what they insert was read, what they delete was left out"
    if seen.hidden:
        yield f"{seen.hidden} characters of hidden text were left out"
    if seen.foreign_parts:
        yield f"{seen.foreign_parts} parts of it are files of their own and were left out; save it anew in Word to take them in"


def _macro_warnings(package: Package) -> Iterator[str]:
    if any(name.lower().endswith(_MACROS) for name in package.names):
        yield "its macros were neither run nor read"
