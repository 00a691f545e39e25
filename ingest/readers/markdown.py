"""Markdown: CommonMark with tables and struck-out words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from archive.errors import UnreadableFile
from ingest.headers import date_in
from ingest.readers.base import ReadOptions, source_of
from ingest.readers.binary import refuse_binary
from ingest.readers.builder import TextBuilder
from ingest.readers.encodings import ENCODINGS, decode
from ingest.readers.web.blocks import Block, page_of
from ingest.readers.web.compose import put
from ingest.readers.web.metadata import persons
from ingest.readers.web.source import parsed, without_silent
from ingest.readers.web.tables import Grid, GridCell
from ingest.stages import FileMeta, RawText

MAX_BYTES = 5_000_000
"""A book has 2 MB; the parser takes 1 s for each of these megabytes."""

_FRONT = re.compile(r"\ufeff?---[ \t]*\n((?:[^\n]{0,2000}\n){0,60}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FIELD = re.compile(r"([A-Za-z_\u4e00-\u9fff][\w-]{0,30})[ \t]*[:：][ \t]*(.*)")
_FIELDS = {
    "title": ("title", "标题", "题目"),
    "author": ("author", "authors", "作者"),
    "published": ("date", "published", "pubdate", "日期", "发布日期", "发布时间"),
    "site": ("site", "source", "来源"),
}
MAX_BRACKETS = 5_000
"""Each looks for its partner in all that follows: 20,000 take 1.5 s, 100,000 over half a minute."""

MAX_EMPHASIS = 200_000
"""Marks of emphasis; 100,000 take 1 s."""

_HAN = re.compile("[\u3400-\u9fff]")
_FEW = 60  # characters: the words of some pictures' descriptions and titles of links
_SHARE = 0.02
_NOTE = re.compile(r"(?<![^\n])\[(\^[^\]\n]{1,60})\]:")
"""A note's text, which CommonMark takes for the address of a link, and leaves out."""
_HAN_BREAK = re.compile(r"(?<=[\u2018-\u201d\u3000-\u9fff\uff00-\uffef])\n(?=[\u2018-\u201d\u3000-\u9fff\uff00-\uffef])")
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"(?i:image|img|图片|图|\S*\.(?:png|jpe?g|gif|webp|svg|bmp))?\s*\d*$")


class MarkdownReader:
    """Markdown files: a paragraph is a line of the text; headings, tables and the numbers of lists are kept, marks go."""

    name = "Markdown"
    extensions: Sequence[str] = (".md", ".markdown", ".mdown")
    media_types: Sequence[str] = ("text/markdown",)
    magic: Sequence[bytes] = ()

    def read(self, name: str, data: bytes, options: ReadOptions = ReadOptions()) -> RawText:
        """The text of a file. Raises UnreadableFile where it is no text, holds none, or is larger than a book."""
        if len(data) > MAX_BYTES:
            raise UnreadableFile(f"it has {len(data):,} bytes, and Markdown is read up to {MAX_BYTES:,}; split it, or call it .txt")
        decoded = decode(data)
        if decoded is None:
            raise UnreadableFile(f"it is no text in {ENCODINGS}; save it as UTF-8 text")
        refuse_binary(decoded)
        text = decoded.text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
        meta, body = _front_matter(text)
        found = _collected(text[body:])
        warnings = [f"{decoded.damaged} damaged characters could not be decoded as {decoded.encoding}"] if decoded.damaged else []
        if found is None or _loses(text[body:], found):
            found = _Collector()
            found.blocks = [Block(line.strip()) for line in text[body:].split("\n") if line.strip()]
            warnings.append("its marks are too many or nested too deep; its lines are kept as they stand; check it")
        blocks = found.blocks
        if not blocks:
            raise UnreadableFile("it holds no text besides its marks; leave it out or fetch it again")
        builder = TextBuilder()
        put(builder, blocks, _title(blocks))
        built = builder.built()
        return RawText(
            source_of(self, name, data, warnings, decoded.encoding),
            built.text,
            built.layout,
            built.tables,
            built.headings,
            meta=meta,
            paragraphs=True,
            reader=self.name,
            set_apart=tuple(f"struck out: {words}" for words in found.struck),
        )


def _collected(text: str) -> _Collector | None:
    """The blocks of a text; None where its marks would take the parser too long."""
    if text.count("[") > MAX_BRACKETS or sum(map(text.count, "*_~")) > MAX_EMPHASIS:
        return None
    found = _Collector()
    for token in MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"]).parse(_NOTE.sub(r"\\[\1\\]:", text)):
        found.take(token)
    return found


def _loses(text: str, found: _Collector) -> bool:
    """Whether Chinese characters of the text are in no block: below its deepest level the parser passes over them in silence."""
    there = len(_HAN.findall(without_silent(text)))
    kept = sum(len(_HAN.findall(words)) for words in (*(block.text for block in found.blocks), *found.struck))
    return there - kept > max(_FEW, there * _SHARE)


def _front_matter(text: str) -> tuple[FileMeta, int]:
    """What stands between two lines of dashes at the start, if all of it looks like fields, and where the text begins."""
    front = _FRONT.match(text)
    lines = [line for line in (front[1].split("\n") if front else []) if line.strip() and line[0] not in " \t#-"]
    if front is None or not lines or not all(_FIELD.match(line) for line in lines):
        return FileMeta(), 0
    fields = {found[1].lower(): found[2].strip().strip("\"'") for line in lines if (found := _FIELD.match(line))}
    given = {field: next((fields[name] for name in names if fields.get(name)), None) for field, names in _FIELDS.items()}
    return (
        FileMeta(
            title=given["title"],
            authors=persons((given["author"] or "").strip("[]")),
            published=date_in(given["published"] or ""),
            site=given["site"],
        ),
        front.end(),
    )


def _title(blocks: Sequence[Block]) -> tuple[int, ...]:
    """The first block, where it is the only heading of the first level."""
    return (0,) if blocks[0].level == 1 and sum(block.level == 1 for block in blocks) == 1 else ()


class _Collector:
    """The lines and tables of a parsed file, token by token, and the words that were struck out."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.struck: list[str] = []
        self._rows: list[list[GridCell | None]] = []
        self._cell: str | None = None
        self._level: int | None = None
        self._mark = ""

    def take(self, token: Token) -> None:
        kind = token.type
        if kind in ("heading_open", "heading_close"):
            self._level = int(token.tag[1]) if kind == "heading_open" else None
        elif kind == "list_item_open":
            self._mark = f"{token.info}. " if token.info else ""
        elif kind in ("fence", "code_block"):
            self.blocks += [Block(line.rstrip()) for line in token.content.split("\n") if line.strip()]
        elif kind == "html_block":
            self.blocks += _html(token.content)
        elif kind == "inline" and self._cell is None:
            for line in _lines(token, self.struck):
                self.blocks.append(Block(line, self._level, mark=self._mark))
                self._mark = ""
        else:
            self._of_table(token)

    def _of_table(self, token: Token) -> None:
        if token.type == "table_open":
            self._rows = []
        elif token.type == "tr_open":
            self._rows.append([])
        elif token.type in ("th_open", "td_open"):
            self._cell = token.tag
        elif token.type in ("th_close", "td_close"):
            self._cell = None
        elif token.type == "inline":
            self._rows[-1].append(GridCell(" ".join(_lines(token, self.struck)), head=self._cell == "th"))
        elif token.type == "table_close":
            text = " ".join(cell.text for row in self._rows for cell in row if cell)
            self.blocks.append(Block(text, grid=Grid(tuple(map(tuple, self._rows)))))


def _html(mark_up: str) -> list[Block]:
    return page_of(parsed(mark_up).root).blocks if re.search(r"[^\s<>/!-]", re.sub(r"<[^>]*>", "", mark_up)) else []


def _lines(token: Token, struck: list[str]) -> list[str]:
    """The lines of inline content: marks and tags go, the words of links stay; the words of a picture are a line of their own."""
    pieces: list[str] = []
    captions: list[str] = []
    taken_back: list[str] | None = None
    for child in token.children or []:
        if child.type == "s_open":
            taken_back = []
        elif child.type == "s_close":
            struck.append("".join(taken_back or []))
            taken_back = None
        elif child.type == "image":
            captions += [] if _PLACEHOLDER.fullmatch(child.content.strip()) else [child.content.strip()]
        else:
            text = _text(child)
            (pieces if taken_back is None else taken_back).append(text)
    whole = _HAN_BREAK.sub("", "".join(pieces)).replace("\n", " ")
    lines = [" ".join(line.split(" ")).strip() for line in whole.split("\v")]
    return [line for line in (*lines, *captions) if line]


def _text(token: Token) -> str:
    if token.type == "softbreak":
        return "\n"
    if token.type == "hardbreak" or (token.type == "html_inline" and _BREAK_TAG.fullmatch(token.content)):
        return "\v"
    return token.content.replace("\v", " ") if token.type in ("text", "code_inline", "text_special") else ""
