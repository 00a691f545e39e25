"""What is kept of a file: the source it came in, and the documents (articles) that were read from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from archive.findings import Check, Link, Practice, Statistic, Unit
from archive.ids import source_id
from archive.layout import Heading, Layout, Table
from archive.text import OffsetMap, Span


class Genre(StrEnum):
    """What kind of writing a document is."""

    RESEARCH_REPORT = "RESEARCH_REPORT"  # 调研报告
    CASE = "CASE"  # 典型案例, 经验材料
    NEWS = "NEWS"  # 新闻报道
    PHOTO_NEWS = "PHOTO_NEWS"  # 图片新闻
    WORK_REPORT = "WORK_REPORT"  # 工作总结, 政府工作报告
    OTHER = "OTHER"


class SourceState(StrEnum):
    """What became of a file."""

    READ = "READ"
    PARTIAL = "PARTIAL"  # read, with warnings
    FAILED = "FAILED"  # could not be read; `reason` says why


class TextLayer(StrEnum):
    """Where the characters of a file come from."""

    NATIVE = "NATIVE"  # the file holds them
    RECOGNISED = "RECOGNISED"  # a machine read them in pictures (OCR)
    MIXED = "MIXED"


class Grade(StrEnum):
    """How well a file was read; the rule is ingest.grading.grade."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How well a file was read.

    `reader` is the format as people call it. `pages` is None where a format has none. `confidence` (0 to 1) is the mean over the
    characters that were recognised in pictures. `lines` counts the lines with text on them, `understood` those of them that hold no
    characters which look like damage. `removed` (0 to 1) is the share of the visible characters that stand in no article: boilerplate.
    `set_apart` are headers, footers and the like that the reader kept out of the text, each once.
    """

    grade: Grade
    reader: str
    pages: int | None = None
    text_layer: TextLayer = TextLayer.NATIVE
    confidence: float | None = None
    lines: int = 0
    understood: int = 0
    removed: float = 0.0
    set_apart: tuple[str, ...] = ()


class PlaceLevel(StrEnum):
    """The level of an administrative division."""

    COUNTRY = "COUNTRY"
    PROVINCE = "PROVINCE"
    PREFECTURE = "PREFECTURE"
    COUNTY = "COUNTY"
    TOWNSHIP = "TOWNSHIP"
    VILLAGE = "VILLAGE"
    UNRESOLVED = "UNRESOLVED"


class PlaceRole(StrEnum):
    """Whether a document is about a place, or only names it."""

    PRIMARY = "PRIMARY"
    MENTIONED = "MENTIONED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An original file. `sha256` (hex) is its identity; `name` the file name it came under."""

    sha256: str
    name: str
    size: int
    media_type: str = "text/plain"
    encoding: str | None = None
    state: SourceState = SourceState.READ
    reason: str | None = None
    warnings: tuple[str, ...] = ()
    quality: Quality | None = None

    @property
    def id(self) -> str:
        """The id under which the source is indexed."""
        return source_id(self.sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where the body names a place: `span` is the name itself, `key` the PlaceMention.name it belongs to."""

    key: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """A place that a document names, once per name.

    `name` is as printed (X县, 乃龙乡); a short one (浙江, 苏州) goes under the full name (浙江省, 苏州市). `adcode` is
    the six-digit code of the place or, for a township or village, of its county;
    `division_code` is the place's own longer code. `inferred` marks a code that the text does not print and other places in it settle;
    `evidence` are the words that it rests on, `resolved_name` the official name. `confidence` is 1.0 unless inferred.
    """

    name: str
    level: PlaceLevel
    role: PlaceRole
    evidence: str
    evidence_span: Span | None = None  # None: the evidence stands in a caption or a dateline, outside the body
    adcode: str | None = None
    division_code: str | None = None
    inferred: bool = False
    resolved_name: str | None = None
    evidence_more: tuple[str, ...] = ()
    confidence: float = 1.0
    in_caption: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineNode:
    """A heading or a numbered item. `span` is its title without the mark; `extent` all text from the mark to the end of its section.

    `path` is its address: the marks from the root joined by `/` (`一/（二）/二是`), with full-width brackets whatever the print has.
    """

    path: str
    marker: str
    title: str
    level: int
    span: Span
    extent: Span
    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """A photograph's caption, kept out of the body. `source` is its range in the original's text."""

    text: str
    source: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article of a source. Stages fill it from left to right; a field that no stage could fill is None or empty, never a guess.

    `text` is the clean body; `offsets` leads from it to the decoded original. `ordinal` counts the articles of a source from 1.
    `reprint_of` is the id of the document that this one repeats. `layout` counts in the decoded original, as `offsets` does; `tables` and
    `headings`, which the file itself marks, in `text`.
    """

    id: str
    source: Source
    ordinal: int
    text: str
    offsets: OffsetMap
    title: str | None = None
    kicker: str | None = None
    subtitle: str | None = None
    column: str | None = None
    genre: Genre = Genre.OTHER
    authors: tuple[str, ...] = ()
    byline: str | None = None
    dateline: str | None = None
    dateline_text: str | None = None
    published: str | None = None  # ISO date, or None when the source does not print one
    period: str | None = None
    period_text: str | None = None
    captions: tuple[Caption, ...] = ()
    outline: tuple[OutlineNode, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    units: tuple[Unit, ...] = ()
    practices: tuple[Practice, ...] = ()
    links: tuple[Link, ...] = ()
    checks: tuple[Check, ...] = ()
    themes: tuple[str, ...] = ()
    reprint_of: str | None = None
    warnings: tuple[str, ...] = ()
    layout: Layout = field(default=(), repr=False)
    tables: tuple[Table, ...] = ()
    headings: tuple[Heading, ...] = ()
    shingles: tuple[int, ...] = field(default=(), repr=False)
