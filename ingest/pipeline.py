"""The way of a text from its reader to its findings: clean, split, then the stages in their order."""

from __future__ import annotations

from archive.ids import document_id
from archive.records import Document, Genre
from ingest.cleaning import clean
from ingest.duplicates import find_shingles
from ingest.extract.checks import check_arithmetic
from ingest.extract.document_period import find_period
from ingest.extract.genre import find_genre
from ingest.extract.outline import find_outline
from ingest.extract.places import find_places
from ingest.extract.practices import find_practices
from ingest.extract.statistics import find_statistics
from ingest.extract.themes import find_themes
from ingest.extract.unit_links import find_links
from ingest.extract.units import find_units, link_units
from ingest.splitting import split
from ingest.stages import RawText, Stage

STAGES: tuple[Stage, ...] = (
    find_outline,
    find_genre,
    find_places,
    find_period,
    find_statistics,
    find_units,
    find_practices,
    link_units,
    find_links,
    check_arithmetic,
    find_themes,
    find_shingles,
)
"""In the order in which they need each other: each one reads what those before it filled."""

COMPARED: tuple[Stage, ...] = (find_places, find_shingles)
"""The stages that fill what reprints are told by (`ingest.duplicates.Copy`)."""


def run(raw: RawText, stages: tuple[Stage, ...] = STAGES) -> tuple[Document, ...]:
    """The documents of a file, complete with their findings. Pure: the same text gives the same documents."""
    documents = drafts(raw)
    for stage in stages:
        documents = tuple(stage(document) for document in documents)
    return documents


def drafts(raw: RawText) -> tuple[Document, ...]:
    """The documents of a file before any stage: heads, bodies and captions."""
    cleaned = clean(raw.text)
    found = []
    for ordinal, draft in enumerate(split(cleaned.page, cleaned.banner_title), 1):
        head = draft.head
        found.append(
            Document(
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
        )
    return tuple(found)
