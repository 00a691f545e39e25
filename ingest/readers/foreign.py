"""Formats that are recognised and refused, so that the reason names the format instead of calling it rubbish."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """One row of foreign.toml: a format without a reader, and what to do with a file of it."""

    name: str
    extensions: tuple[str, ...]
    magic: tuple[bytes, ...]
    example: bytes
    advice: str


def _rows() -> tuple[Foreign, ...]:
    rows = tomllib.loads((files(__package__) / "foreign.toml").read_text("utf-8"))["format"]
    return tuple(
        Foreign(
            name=row["name"],
            extensions=tuple(row["extensions"]),
            magic=tuple(bytes.fromhex(magic) for magic in row["magic"]),
            example=bytes.fromhex(row["example"]),
            advice=row["advice"],
        )
        for row in rows
    )


FOREIGN = _rows()


def recognised(data: bytes) -> Foreign | None:
    """The format that the first bytes of `data` prove, among those that no reader reads."""
    return next((row for row in FOREIGN if data.lstrip(b" \t\r\n").startswith(row.magic)), None)
