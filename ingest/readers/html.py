"""Web pages, saved as HTML."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from types import ModuleType

from lxml import etree

from archive.errors import UnreadableFile
from ingest.readers.base import Reader, ReadOptions, source_of
from ingest.readers.builder import TextBuilder
from ingest.readers.encodings import Decoded
from ingest.readers.web.article import SURE_TITLE, Article, article_of
from ingest.readers.web.blocks import Page, page_of
from ingest.readers.web.compose import broken_off, put
from ingest.readers.web.metadata import is_site, metadata, own_part, window_title
from ingest.readers.web.source import decoded_page, parsed
from ingest.readers.web.tables import MAX_PLACES, title_in
from ingest.stages import RawText

MAX_BLOCKS_FOR_SECOND_OPINION = 5_000
"""A long law has 2,000 paragraphs; trafilatura takes 1 ms for each ten of them, and much longer where pages are made to hurt."""

MAX_CHARACTERS_FOR_SECOND_OPINION = 500_000
"""Of text. It copies the page several times over: 16 million characters took 3 GB."""

_MAX_APART = 12  # lines of furniture that a record keeps: enough to see what was left out
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
    if found.large_tables:
        told.append(f"too large for a table: {found.large_tables} of more than {MAX_PLACES:,} rows by columns, read as lines; check them")
    meta = metadata(tree.root)
    if not found.blocks:
        raise UnreadableFile(_why_empty(tree.root))
    titles = [title for title in (meta.title, window_title(tree.root)) if title]
    article = article_of(found, titles, lambda: second_opinion(tree.root, found))
    if article is None:
        raise UnreadableFile("it is a page of links without an article; open the article that you want and save that page")
    first = found.blocks[article.body[0]] if article.body else None
    if not article.title and meta.title is None and first is not None and first.grid is not None:
        meta = replace(meta, title=title_in(first.grid))
    builder = TextBuilder()
    order = [found.blocks[index] for index in (*article.above, *article.title, *article.head, *article.body)]
    put(builder, order, range(len(article.above), len(article.above) + len(article.title)))
    built = builder.built()
    return RawText(
        source_of(reader, name, data, told, page.encoding),
        built.text,
        built.layout,
        built.tables,
        built.headings,
        meta=replace(meta, heads=_agree(found, article, {meta.title, own_part(window_title(tree.root))})),
        paragraphs=not broken_off(order),
        reader=reader.name,
        set_apart=(*article.set_apart, *(f"struck out: {text}" for text in found.struck if text))[:_MAX_APART],
    )


def _agree(page: Page, article: Article, titles: Collection[str | None]) -> str | None:
    """The title that the page prints as a heading of the first level and calls itself by; None where there is none."""
    if any(page.blocks[index].level != 1 for index in article.title):
        return None
    printed = "".join(page.blocks[index].text for index in article.title)
    bare = "".join(printed.split())
    agrees = bare in {"".join(title.split()) for title in titles if title}
    return printed if agrees and len(bare) >= SURE_TITLE and not is_site(printed) else None


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
    size = sum(len(block.text) for block in page.blocks)
    if len(page.blocks) > MAX_BLOCKS_FOR_SECOND_OPINION or size > MAX_CHARACTERS_FOR_SECOND_OPINION:
        return None
    found = _trafilatura().bare_extraction(root, fast=True, include_comments=False, include_tables=True, include_formatting=False)
    return None if found is None or found.body is None else " ".join(found.body.itertext())


@cache
def _trafilatura() -> ModuleType:
    """Loaded when it is first needed: it takes half a second, which only pages without a known template are to pay."""
    import_module("logging").getLogger("trafilatura").setLevel("CRITICAL")
    return import_module("trafilatura")
