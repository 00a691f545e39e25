"""The mapping as a tantivy schema, and entries as typed tantivy documents."""

from __future__ import annotations

from datetime import date
from typing import Any

from tantivy import Document, Schema, SchemaBuilder
from tantivy import FieldType as TantivyType

from search.criteria import Scalar
from search.entries import CheckedEntry, indexed_text
from search.mapping import Field, FieldType, Mapping

ORDER = ("_order_1", "_order_2", "_order_3")
"""The first 24 bytes of an id as three numbers: orders by id without the string column, which is slow to read back (90 µs a hit)."""
DIGEST = "_digest"
"""A hash of all entries of the source: a source that is written again unchanged is left as it stands."""

_INDEX_OPTIONS = {True: "position", False: "freq"}


def build(mapping: Mapping) -> Schema:
    """The schema of the mapping's fields and of the two above."""
    builder = SchemaBuilder()
    for field in mapping.fields.values():
        match field.type:
            case FieldType.TEXT:
                builder.add_text_field(field.name, tokenizer_name="whitespace", index_option=_INDEX_OPTIONS[field.positions])
            case FieldType.KEYWORD:
                stored = field.name in {"id", "kind"}
                builder.add_text_field(field.name, stored=stored, fast=True, tokenizer_name="raw", index_option="basic")
            case FieldType.INTEGER | FieldType.LONG | FieldType.DATE:  # dates as days: tantivy's own end in 2262
                builder.add_integer_field(field.name, indexed=True, fast=True)
            case FieldType.DOUBLE:
                builder.add_float_field(field.name, indexed=True, fast=True)
            case FieldType.BOOLEAN:
                builder.add_boolean_field(field.name, indexed=True, fast=True)
            case FieldType.STORED:
                builder.add_bytes_field(field.name, stored=True)
    for name in ORDER:
        builder.add_unsigned_field(name, indexed=name == ORDER[0], fast=True)
    builder.add_text_field(DIGEST, tokenizer_name="raw", index_option="basic")
    return builder.build()


def tantivy_type(field: Field) -> TantivyType:
    """The type that a range over `field` has in tantivy."""
    return TantivyType.Float if field.type is FieldType.DOUBLE else TantivyType.Integer


def stored(field: Field, value: Scalar) -> Any:
    """A checked value of `field` in tantivy's form."""
    return date.fromisoformat(str(value)).toordinal() if field.type is FieldType.DATE else value


def loaded(field: Field, value: Any) -> Scalar:
    """A value of a tantivy column in ours."""
    found: Scalar = date.fromordinal(value).isoformat() if field.type is FieldType.DATE else value
    return found


def order_key(entry_id: str) -> tuple[int, ...]:
    """The numbers by which an id is ordered; ids that share all of them are then compared as they are."""
    head = entry_id.encode()[:24].ljust(24, b"\0")
    return tuple(int.from_bytes(head[at : at + 8], "big") for at in (0, 8, 16))


def document(entry: CheckedEntry, digest: str, mapping: Mapping, schema: Schema) -> Document:
    """A typed document: from_dict with the schema refuses what add_document would only choke on at commit."""
    content: dict[str, Any] = {"record": entry.record, DIGEST: digest} | dict(zip(ORDER, order_key(entry.id), strict=True))
    content |= {name: list(tokens) for name, tokens in indexed_text(entry, mapping).items()}
    for name, several in entry.values.items():
        field = mapping.fields[name]
        if field.form is None:
            content[name] = [stored(field, value) for value in several]
    return Document.from_dict(content, schema)
