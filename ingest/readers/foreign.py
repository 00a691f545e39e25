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
    media_types: tuple[str, ...]
    example: bytes
    advice: str


def _rows() -> tuple[Foreign, ...]:
    rows = tomllib.loads((files(__package__) / "foreign.toml").read_text("utf-8"))["format"]
    return tuple(
        Foreign(
            name=row["name"],
            extensions=tuple(row["extensions"]),
            magic=tuple(bytes.fromhex(magic) for magic in row.get("magic", [])),
            media_types=tuple(row.get("media_types", [])),
            example=bytes.fromhex(row.get("example", "")),
            advice=row["advice"],
        )
        for row in rows
    )


FOREIGN = _rows()


def recognised(data: bytes, media_type: str | None = None) -> Foreign | None:
    """The format that the first bytes of `data` prove, or for a container `media_type`, among those that no reader reads."""
    if media_type is not None:
        return next((row for row in FOREIGN if media_type in row.media_types), None)
    return next((row for row in FOREIGN if row.magic and data.lstrip(b" \t\r\n").startswith(row.magic)), None)
