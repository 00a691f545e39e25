"""The index mapping as typed fields: the one place that says what a field may hold, for every engine."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any

import index_mappings
from search import analysis
from search.criteria import Scalar
from search.port import FieldValue

MAX_KEYWORD_BYTES = 32_766
"""Elasticsearch refuses a longer keyword; tantivy would silently not index one over 65,530 bytes."""

_INTEGER_BITS = {"integer": 31, "long": 63}
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class FieldType(StrEnum):
    """The types of Elasticsearch that every engine here can index; `object` is the stored record."""

    KEYWORD = "keyword"
    TEXT = "text"
    INTEGER = "integer"
    LONG = "long"
    DOUBLE = "double"
    DATE = "date"
    BOOLEAN = "boolean"
    STORED = "object"


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `form` is set for analysed text; `single` says that an entry holds at most one value, so that it can be sorted by.

    `kinds` are the kinds of entries whose text it is: each of them counts in its word statistics, also one that has no such text.
    `of` names the field whose text it holds once more, cut in another way; it is given no text of its own.
    """

    name: str
    type: FieldType
    form: analysis.Form | None = None
    positions: bool = False
    single: bool = False
    kinds: tuple[str, ...] = ()
    of: str | None = None

    @property
    def integral(self) -> bool:
        """Whether its values are whole numbers."""
        return self.type in {FieldType.INTEGER, FieldType.LONG}

    @property
    def numeric(self) -> bool:
        """Whether its values can be summed."""
        return self.integral or self.type is FieldType.DOUBLE

    def value(self, given: object) -> Scalar:
        """`given` in the form that is compared and kept; dates stay ISO strings. Raises ValueError, saying what is wrong with it."""
        match self.type:
            case FieldType.KEYWORD | FieldType.TEXT:
                return self._string(given)
            case FieldType.INTEGER | FieldType.LONG:
                return self._integer(given)
            case FieldType.DOUBLE:
                return self._double(given)
            case FieldType.BOOLEAN if isinstance(given, bool):
                return given
            case FieldType.DATE if isinstance(given, str) and _ISO_DATE.fullmatch(given):
                return date.fromisoformat(given).isoformat()
        raise self._wrong(given, f"a {self.type}")

    def values(self, given: FieldValue) -> tuple[Scalar, ...]:
        """The one or more values of `given`, each checked. Raises ValueError."""
        many = given if isinstance(given, tuple) else (given,)
        if self.single and len(many) > 1:
            raise ValueError(f"{self.name} takes one value, not {len(many)}")
        if self.type is FieldType.KEYWORD and all(type(one) is str and one.isascii() and len(one) <= MAX_KEYWORD_BYTES for one in many):
            return many  # what most values are, hashes and codes above all, needs no closer look
        return tuple(map(self.value, many))

    def _wrong(self, given: object, wanted: str) -> ValueError:
        return ValueError(f"{self.name} takes {wanted}, not {given!r:.80}")

    def _string(self, given: object) -> str:
        if not isinstance(given, str):
            raise self._wrong(given, "text")
        if self.type is FieldType.KEYWORD:
            try:
                size = len(given.encode())
            except UnicodeEncodeError:
                raise ValueError(f"{self.name} holds a lone surrogate, which is no character") from None
            if size > MAX_KEYWORD_BYTES:
                raise ValueError(f"{self.name} has {size} bytes; a keyword has at most {MAX_KEYWORD_BYTES}")
        return given

    def _integer(self, given: object) -> int:
        if isinstance(given, float) and given.is_integer():
            given = int(given)
        if not isinstance(given, int) or isinstance(given, bool):
            raise self._wrong(given, "a whole number")
        limit = 2 ** _INTEGER_BITS[self.type]
        if not -limit <= given < limit:
            raise ValueError(f"{self.name} takes numbers from {-limit} to {limit - 1}")
        return given

    def _double(self, given: object) -> float:
        if not isinstance(given, int | float) or isinstance(given, bool):
            raise self._wrong(given, "a number")
        try:
            number = float(given)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise ValueError(f"{self.name} takes a finite number")
        return number + 0.0  # -0.0 and 0.0 are one value


@dataclass(frozen=True, slots=True)
class Mapping:
    """All fields of the index by name, and those of text. `fingerprint` changes with everything that decides what stands in an index.

    `in_order` names, for a field whose own tokens keep no order, the one that keeps the order of its text: its phrases are there.
    """

    version: int
    fingerprint: str
    fields: MappingOf[str, Field]
    texts: tuple[Field, ...]
    in_order: MappingOf[str, str]


def parse(raw: dict[str, Any]) -> Mapping:
    """The fields of a mapping file. Raises ValueError for a type or a setting that an engine here does not have."""
    mappings = raw["mappings"]
    if mappings.get("dynamic") != "strict":
        raise ValueError("the mapping must be strict: an unknown field would be indexed by guess")
    fields = {name: _field(name, properties) for name, properties in mappings["properties"].items()}
    canonical = json.dumps(raw, sort_keys=True, ensure_ascii=False) + analysis.fingerprint()
    digest = hashlib.sha256(canonical.encode()).hexdigest()[:16]
    texts = tuple(field for field in fields.values() if field.form is not None)
    in_order = {field.of: field.name for field in texts if field.of is not None and field.positions}
    if wrong := [field.name for field in texts if field.of is not None and (field.of not in fields or fields[field.of].form is None)]:
        raise ValueError(f"{wrong[0]}: it holds the text of {fields[wrong[0]].of}, which is no text of this mapping")
    return Mapping(mappings["_meta"]["version"], digest, MappingProxyType(fields), texts, MappingProxyType(in_order))


@cache
def archive() -> Mapping:
    """The mapping of the archive's one index."""
    return parse(index_mappings.read("archive"))


def _field(name: str, raw: dict[str, Any]) -> Field:
    try:
        kind = FieldType(raw["type"])
    except ValueError:
        raise ValueError(f"{name}: no engine here has the type {raw['type']}") from None
    meta = raw.get("meta", {})
    if kind is FieldType.STORED and raw.get("enabled") is not False:
        raise ValueError(f"{name}: an object is only ever stored (enabled: false); nested fields are not indexed")
    if kind is not FieldType.TEXT:
        return Field(name, kind, single=meta.get("values") == "one")
    if raw.get("analyzer") != "whitespace":
        raise ValueError(f"{name}: text comes cut already, so its analyzer is whitespace")
    positions = raw.get("index_options", "positions") == "positions"
    kinds = tuple(filter(None, meta.get("kinds", "").split(",")))
    return Field(name, kind, form=analysis.Form(meta["tokens"]), positions=positions, kinds=kinds, of=meta.get("of"))
