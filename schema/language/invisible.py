"""Characters that nobody sees and pasted text is full of: they are dropped before a query is read, and its ranges still count them."""

from __future__ import annotations

import re
from dataclasses import replace

from schema.language.clauses import Clause

_UNSEEN = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
"""Soft hyphen, spaces without width, joiners, marks of direction, byte order mark."""
_ONE = re.compile(f"[{_UNSEEN}]")


def seen(text: str) -> str:
    """`text` without what nobody sees."""
    return _ONE.sub("", text)


def as_typed(query: str, clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """Clauses of `seen(query)` with their places in `query` itself; what is unseen goes with the clause before it, or else behind it."""
    kept = [at for at, char in enumerate(query) if not _ONE.match(char)]
    if len(kept) == len(query):
        return clauses
    ends = [*kept, len(query)]
    found: list[Clause] = []
    for clause in clauses:
        before = found[-1].end if found else 0
        start = max(before, kept[clause.start - 1] + 1 if clause.start else 0)
        end = ends[clause.end]
        found.append(replace(clause, start=start, end=end, text=query[start:end]))
    return tuple(found)
