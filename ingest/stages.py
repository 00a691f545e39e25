"""What passes between the rim and the pipeline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from archive.records import Document, Source

Stage: TypeAlias = Callable[[Document], Document]
"""A pure function that fills further fields of a document (`dataclasses.replace`) and changes none that is filled."""


@dataclass(frozen=True, slots=True)
class RawText:
    """A file after its reader: every offset of the pipeline leads back into `text`."""

    source: Source
    text: str
