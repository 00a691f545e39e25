"""What every engine does to an entry before it takes it: values are checked, text is cut, and the whole of a source gets a digest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import msgspec

from search import analysis
from search.criteria import Scalar
from search.mapping import FieldType, Mapping
from search.port import Entry, Refusal, SourceEntries

MAX_ID_BYTES = 500
"""Elasticsearch takes ids of at most 512 bytes."""
RESERVED = "~"
"""Ids that begin with it are the engines' own."""
SENTINEL = "·"
"""The token of an empty text: search.analysis makes a token of letters, digits and percent signs only, so no search can hold it."""

Values: TypeAlias = MappingOf[str, tuple[Scalar, ...]]


@dataclass(frozen=True, slots=True)
class CheckedEntry:
    """An entry whose values fit the mapping, `id`, `kind` and `source_id` among them."""

    id: str
    kind: str
    values: Values
    record: bytes


@dataclass(frozen=True, slots=True)
class CheckedSource:
    """The entries of a source that can be taken, those that cannot, and a digest that is the same for the same content."""

    source_id: str
    entries: tuple[CheckedEntry, ...]
    refused: tuple[Refusal, ...]
    digest: str


def check_source(source: SourceEntries, mapping: Mapping) -> CheckedSource:
    """The source with every entry checked; a bad entry is refused with its reason and takes no other with it."""
    entries: dict[str, CheckedEntry] = {}
    refused: list[Refusal] = []
    for entry in source.entries:
        try:
            found = _checked(entry, source.source_id, mapping)
        except ValueError as error:
            refused.append(Refusal(entry.id, str(error)))
            continue
        if entry.id in entries:
            refused.append(Refusal(entry.id, "the same id stands twice in one source"))
            continue
        entries[entry.id] = found
    taken = tuple(entries.values())
    return CheckedSource(source.source_id, taken, tuple(refused), _digest(taken))


def indexed_text(entry: CheckedEntry, mapping: Mapping) -> dict[str, tuple[str, ...]]:
    """What an engine indexes for each text field of an entry: the tokens of each value, with a space after each but the last.

    A field that belongs to the entry's kind and has no token here gets SENTINEL. Engines differ in which entries they count for the
    statistics of a field (tantivy all of an index, Lucene those that have it); so all of them have it.
    """
    found: dict[str, tuple[str, ...]] = {}
    for field in mapping.texts:
        form = field.form or analysis.Form.WORDS
        cut = (analysis.held(str(value), form) for value in entry.values.get(field.of or field.name, ()))
        if tokens := tuple(filter(None, cut)):
            found[field.name] = tokens
        elif entry.kind in field.kinds:
            found[field.name] = (SENTINEL,)
    return found


def _checked(entry: Entry, source_id: str, mapping: Mapping) -> CheckedEntry:
    given = {**entry.fields, "id": entry.id, "kind": entry.kind, "source_id": source_id}
    found: dict[str, tuple[Scalar, ...]] = {}
    for name, value in given.items():
        field = mapping.fields.get(name)
        if field is None or field.type is FieldType.STORED:
            raise ValueError(f"the mapping has no field {name!r:.80}")
        if field.of is not None:
            raise ValueError(f"{name} holds the text of {field.of}: give that")
        found[name] = field.values(value)
    if not entry.id or entry.id.startswith(RESERVED) or len(entry.id.encode()) > MAX_ID_BYTES:
        raise ValueError(f"an id has between 1 and {MAX_ID_BYTES} bytes and does not begin with {RESERVED}")
    try:
        entry.record.decode()
    except UnicodeDecodeError:
        raise ValueError("its record is no UTF-8") from None
    return CheckedEntry(entry.id, entry.kind, found, entry.record)


def _digest(entries: Sequence[CheckedEntry]) -> str:
    """The same for the same entries, whatever the order of their fields."""
    whole = hashlib.blake2b(digest_size=16)
    for entry in entries:
        fields = _encoded(sorted(entry.values.items()))
        whole.update(b"%d %d " % (len(fields), len(entry.record)) + fields + entry.record)
    return whole.hexdigest()


def _encoded(fields: list[tuple[str, tuple[Scalar, ...]]]) -> bytes:
    """The fields as bytes, each different content differently. JSON is several times as fast as `repr`, and knows no lone surrogates."""
    try:
        return msgspec.json.encode(fields)
    except UnicodeEncodeError:
        return repr(fields).encode("utf-8", "backslashreplace")
