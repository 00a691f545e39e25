"""The way of a text from its reader to its findings: clean, split, then the stages in their order."""

from __future__ import annotations

from bisect import bisect_left

from archive.ids import document_id
from archive.records import Document, Genre
from archive.text import MappedText, Span
from ingest.asides import without_asides, without_contacts, without_marked
from ingest.cleaning import clean
from ingest.cleaning.lines import ROW_END
from ingest.duplicates import find_shingles
from ingest.extract.checks import check_arithmetic
from ingest.extract.confidence import find_confidence
from ingest.extract.document_period import find_period
from ingest.extract.genre import find_genre
from ingest.extract.outline import find_outline
from ingest.extract.places import find_places
from ingest.extract.practices import find_practices
from ingest.extract.private_persons import without_private
from ingest.extract.rosters import find_rosters
from ingest.extract.statistics import find_statistics
from ingest.extract.table_statistics import find_table_statistics
from ingest.extract.themes import find_themes
from ingest.extract.unit_links import find_links
from ingest.extract.units import find_units, link_units
from ingest.layout import outside_tables, with_layout
from ingest.splitting import ArticleDraft, day_above, split
from ingest.stages import RawText, Stage

PROSE: tuple[Stage, ...] = (
    without_asides(find_outline),
    find_genre,
    find_places,
    find_period,
    without_contacts(find_statistics),
    *map(without_asides, (find_units, without_marked, without_private, find_practices, link_units, find_links)),
    check_arithmetic,
    find_themes,
)
"""The stages that read sentences: what stands in tables is hidden from them."""

STAGES: tuple[Stage, ...] = (*map(outside_tables, PROSE), find_table_statistics, find_rosters, find_confidence, find_shingles)
"""In the order in which they need each other: each one reads what those before it filled."""


def run(raw: RawText, stages: tuple[Stage, ...] = STAGES) -> tuple[Document, ...]:
    """The documents of a file, complete with their findings. Pure: the same text gives the same documents."""
    documents = drafts(raw)
    for stage in stages:
        documents = tuple(stage(document) for document in documents)
    return documents


def drafts(raw: RawText) -> tuple[Document, ...]:
    """The documents of a file before any stage: heads, bodies and captions."""
    whole = MappedText.whole(raw.text)
    found: list[ArticleDraft] = []
    days: dict[int | None, str | None] = {}
    for part in raw.articles or (Span(0, len(raw.text)),):
        printed = whole.slice(part)
        day = days.setdefault(_page_at(raw, part), day_above(printed.text)) if raw.articles else None
        cleaned = clean(printed, raw.paragraphs, _ends_rows(raw))
        found += [draft.dated(day) for draft in split(cleaned.page, cleaned.banner_title)]
    if len(found) == 1:
        found = [found[0].told_by(raw.meta)]
    return tuple(_document(raw, ordinal, draft) for ordinal, draft in enumerate(found, 1))


def _page_at(raw: RawText, part: Span) -> int | None:
    """The page on which an article begins; None where the file has no pages."""
    at = bisect_left(raw.layout, part.start, key=lambda fragment: fragment.start)
    return raw.layout[at].location.page if at < len(raw.layout) else None


def _ends_rows(raw: RawText) -> bool:
    """Whether the reader put a tab behind each row of a table."""
    return any(raw.text[: table.span.end].rstrip("\r\n").endswith(ROW_END) for table in raw.tables[:1])


def _document(raw: RawText, ordinal: int, draft: ArticleDraft) -> Document:
    head = draft.head
    document = Document(
        id=document_id(raw.source.sha256, ordinal),
        source=raw.source,
        ordinal=ordinal,
        text=draft.body.text,
        offsets=draft.body.offsets,
        title=head.title,
        kicker=head.kicker,
        subtitle=head.subtitle,
        column=head.column,
        genre=Genre.PHOTO_NEWS if draft.photo_story else Genre.OTHER,
        authors=head.authors,
        byline=head.byline,
        dateline=head.dateline,
        dateline_text=head.dateline_text,
        published=head.published,
        captions=draft.captions,
    )
    return with_layout(document, raw)
