"""The file that a document came in."""

from __future__ import annotations

import strawberry

from archive import records
from archive.addresses import original_path
from archive.records import SourceState
from schema.fields import resolved
from schema.original import SourceQuality


@strawberry.type(description="An original file, kept as it came.")
class Source:
    """Resolved from archive.records.Source."""

    id: strawberry.ID = strawberry.field(description="Its id, made of its hash.")
    name: str = strawberry.field(description="The file name it came under.")
    sha256: str = strawberry.field(description="The SHA-256 of its bytes, in hexadecimal.")
    size: int = strawberry.field(description="Its length in bytes.")
    media_type: str = strawberry.field(description="Its media type.")
    encoding: str | None = strawberry.field(description="The character encoding it was read in; null where the format has none.")
    state: SourceState = strawberry.field(description="What became of it.")
    warnings: list[str] = strawberry.field(description="What its reader was not sure of.")
    quality: SourceQuality | None = strawberry.field(description="How well it was read; null for one that an earlier version read.")

    @resolved(description="Where the file itself is, as it came: an address on the server that answers this. Takes ranges of bytes.")
    @staticmethod
    def url(parent: strawberry.Parent[records.Source]) -> str:
        """Relative, because only the client knows by which name it reaches the server."""
        return original_path(parent.id)
