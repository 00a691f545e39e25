"""Many entries of real shape: those of a folder's documents, again and again under other ids and with other figures."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from archive.places import gazetteer
from ingest.reading import extract
from search.port import Entry, FieldValue, SourceEntries
from search.projection import entries

T = TypeVar("T", str, FieldValue)
_ID = re.compile(r"[0-9a-f]{16}")
_DIGITS = re.compile(r"[0-9]+")


def sources(folder: Path, wanted: int) -> Iterator[SourceEntries]:
    """Sources with at least `wanted` entries in all; the first ones are the folder's own, the others differ in ids and figures."""
    own = [_projected(path) for path in sorted(folder.glob("*.txt"))]
    made = copy = 0
    while made < wanted:
        for source in own:
            made += len(source.entries)
            yield source if not copy else _copied(source, copy)
        copy += 1


def _projected(path: Path) -> SourceEntries:
    extracted = extract(path.name, path.read_bytes())
    return entries(extracted.source, extracted.documents, gazetteer())


def _copied(source: SourceEntries, copy: int) -> SourceEntries:
    def changed(value: FieldValue) -> FieldValue:
        if isinstance(value, tuple):
            return tuple(one if not isinstance(one, str) else _renamed(one, copy) for one in value)
        return _renamed(value, copy) if isinstance(value, str) else value

    def entry(one: Entry) -> Entry:
        fields = {name: changed(value) for name, value in one.fields.items()}
        fields |= {name: _refigured(str(value), copy) for name, value in fields.items() if name.endswith(("_words", "_grams"))}
        return replace(one, id=_renamed(one.id, copy), fields=fields, record=_renamed(one.record.decode(), copy).encode())

    return SourceEntries(_renamed(source.source_id, copy), tuple(map(entry, source.entries)))


def _renamed(text: str, copy: int) -> str:
    return _ID.sub(lambda found: hashlib.sha256(f"{found[0]} {copy}".encode()).hexdigest()[:16], text)


def _refigured(text: str, copy: int) -> str:
    return _DIGITS.sub(lambda found: str(int(found[0][:9]) + copy), text)
