"""What passes between the rim and the pipeline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from archive.layout import Heading, Layout, Table
from archive.records import Document, Source, TextLayer
from archive.text import Span

Stage: TypeAlias = Callable[[Document], Document]
"""A pure function that fills further fields of a document (`dataclasses.replace`) and changes none that is filled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMeta:
    """What a file says of itself outside its text (HTML meta tags, a mail's head); it fills what the text does not print.

    `published` is an ISO date. `heads` is the title where the text prints it as a heading, too: then no line beside it is the title.
    """

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    site: str | None = None
    heads: str | None = None


@dataclass(frozen=True, slots=True)
class RawText:
    """A file after its reader: every offset of the pipeline leads back into `text`, and all spans here count in it.

    `layout` leads from `text` into the file. A row of a table is a line of `text`, its cells are parted and ended by tabs, but for those
    that a plain text prints with spaces between them; `tables` says where they are. `headings` are lines that the file marks as such.
    `articles` are the ranges of articles where the file itself parts them (the columns of a newspaper page); empty, the text decides.
    `paragraphs` is set where each line is a whole paragraph, so that no line is joined with the next. `pages`, `text_layer` and
    `set_apart` are as in archive.records.Quality.
    """

    source: Source
    text: str
    layout: Layout = field(default=(), repr=False)
    tables: tuple[Table, ...] = ()
    headings: tuple[Heading, ...] = ()
    articles: tuple[Span, ...] = ()
    meta: FileMeta = FileMeta()
    paragraphs: bool = False
    reader: str = "plain text"
    pages: int | None = None
    text_layer: TextLayer = TextLayer.NATIVE
    set_apart: tuple[str, ...] = ()
