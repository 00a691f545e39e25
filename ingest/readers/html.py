"""Web pages, saved as HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from types import ModuleType

from lxml import etree

from archive.errors import UnreadableFile
from archive.layout import Location
from ingest.cleaning.lines import LineKind, kind_of
from ingest.readers.base import Reader, ReadOptions, source_of
from ingest.readers.builder import CellText, TextBuilder
from ingest.readers.encodings import Decoded
from ingest.readers.web.article import Article, article_of
from ingest.readers.web.blocks import Block, Page, page_of
from ingest.readers.web.metadata import metadata, window_title
from ingest.readers.web.source import decoded_page, parsed
from ingest.stages import RawText

MAX_BLOCKS_FOR_SECOND_OPINION = 5_000
"""A long law has 2,000 paragraphs; trafilatura takes 1 ms for each ten of them, and much longer where pages are made to hurt."""

_MAX_APART = 12  # lines of furniture that a record keeps: enough to see what was left out
_LABEL = re.compile(
    r"(?<=[^\s【（(\[|｜:：])(?=(?:(?:信息|文章)来源|(?<!信息)(?<!文章)来源|(?:发布|发表|更新)时间|发布日期|作者|(?<!责任)编辑|责任编辑|浏览次数|点击数|字体|字号)\s*[:：])"
)
"""Where a source line goes on with another label: templates put each in an element of its own, with a margin for a space."""
_LONG_LINE = 25  # characters from which on a line is a paragraph that ought to end like a sentence
_LOADS = "it holds no text; save the page after it has loaded"


class HtmlReader:
    """Saved pages. The text is the article: its title and source line as printed, its body; what sites print around it is left out."""

    name = "web page"
    extensions: Sequence[str] = (".html", ".htm", ".xhtml", ".shtml", ".xht")
    media_types: Sequence[str] = ("text/html", "application/xhtml+xml")
    magic: Sequence[bytes] = tuple(
        mark + start
        for mark in (b"", b"\xef\xbb\xbf")
        for start in (b"<!DOCTYPE html", b"<!doctype html", b"<!DOCTYPE HTML", b"<!Doctype html", b"<html", b"<HTML", b"<Html")
    )

    def read(self, name: str, data: bytes, options: ReadOptions = ReadOptions()) -> RawText:
        """The article of a page. Raises UnreadableFile where there is none: frames, lists of links, pages that scripts fill."""
        return read_page(self, name, data, decoded_page(data))


def read_page(reader: Reader, name: str, data: bytes, page: Decoded, warnings: Sequence[str] = ()) -> RawText:
    """The article of a page whose characters are `page`, in a file `data` that `reader` reads."""
    tree = parsed(page.text)
    told = [*warnings, *tree.warnings]
    if page.damaged:
        told.append(f"{page.damaged} damaged characters could not be decoded as {page.encoding}")
    found = page_of(tree.root)
    meta = metadata(tree.root)
    if not found.blocks:
        raise UnreadableFile(_why_empty(tree.root))
    titles = [title for title in (meta.title, window_title(tree.root)) if title]
    article = article_of(found, titles, lambda: second_opinion(tree.root, found))
    if article is None:
        raise UnreadableFile("it is a page of links without an article; open the article that you want and save that page")
    builder = TextBuilder()
    order = _put(builder, found, article)
    built = builder.built()
    return RawText(
        source_of(reader, name, data, told, page.encoding),
        built.text,
        built.layout,
        built.tables,
        built.headings,
        meta=meta,
        paragraphs=not _broken(order),
        reader=reader.name,
        set_apart=(*article.set_apart, *(f"struck out: {text}" for text in found.struck if text))[:_MAX_APART],
    )


def _put(builder: TextBuilder, page: Page, article: Article) -> list[Block]:
    """Add the article, line by line; paragraphs and tables count in the order of the text."""
    titles = set(article.title)
    order = [*article.title, *article.head, *article.body]
    paragraph = tables = 0
    for index in order:
        block = page.blocks[index]
        if block.grid is not None:
            tables += 1
            paragraph = put_table(builder, block, tables, paragraph)
            continue
        paragraph += 1
        text = _LABEL.sub(" ", block.text) if kind_of(block.text) is LineKind.META else block.text
        builder.line(block.mark + text, Location(paragraph=paragraph), 0 if index in titles else block.level)
    return [page.blocks[index] for index in order]


def put_table(builder: TextBuilder, block: Block, number: int, paragraph: int) -> int:
    """Add table `number`; the number of its last paragraph comes back."""
    rows: list[list[CellText | None]] = []
    for row, cells in enumerate(block.grid.rows if block.grid else ()):
        line: list[CellText | None] = []
        for column, cell in enumerate(cells):
            if cell is not None and cell.text:
                paragraph += 1
            place = Location(paragraph=paragraph if cell and cell.text else None, cell=f"表{number}!{address(row, column)}")
            line.append(CellText(cell.text, place, cell.rows, cell.columns, cell.head) if cell is not None else None)
        rows.append(line)
    builder.table(rows, f"表{number}")
    return paragraph


def address(row: int, column: int) -> str:
    """The place of a cell in A1 notation; both count from 0."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


def _broken(blocks: Sequence[Block]) -> bool:
    """Whether lines break off in mid-sentence, as they do where a printed page was pasted: then they are to be joined."""
    long = [block.text for block in blocks if block.grid is None and block.level is None and len(block.text) >= _LONG_LINE]
    ended = [text for text in long if text.rstrip("”』」）)》】\"'’")[-1:] in tuple("。！？!?…；;：:")]
    return len(long) >= 4 and len(ended) * 2 < len(long)


def _why_empty(root: etree._Element) -> str:
    if root.find(".//frameset") is not None or root.find(".//frame") is not None:
        return "it is a set of frames without text of its own; open the frame that holds the text and save that"
    refresh = [
        one
        for one in root.iter("meta")
        if (one.get("http-equiv") or "").lower() == "refresh" and "url" in (one.get("content") or "").lower()
    ]
    if refresh:
        return "it only leads on to another page; save the page that it leads to"
    if root.find(".//iframe") is not None or root.find(".//embed") is not None or root.find(".//object") is not None:
        return "it shows another document in a window of its own; save that document"
    return _LOADS


def second_opinion(root: etree._Element, page: Page) -> str | None:
    """What trafilatura takes for the article; None for a page too large to ask."""
    if len(page.blocks) > MAX_BLOCKS_FOR_SECOND_OPINION:
        return None
    found = _trafilatura().bare_extraction(root, fast=True, include_comments=False, include_tables=True, include_formatting=False)
    return None if found is None or found.body is None else " ".join(found.body.itertext())


@cache
def _trafilatura() -> ModuleType:
    """Loaded when it is first needed: it takes half a second, which only pages without a known template are to pay."""
    import_module("logging").getLogger("trafilatura").setLevel("CRITICAL")
    return import_module("trafilatura")
