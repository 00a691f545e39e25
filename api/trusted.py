"""Builds the manifest of trusted documents: `python -m api.trusted` after any change of a .graphql file in it."""

from __future__ import annotations

import json
from pathlib import Path

from api.documents import MANIFEST, hash_of

_ROOT = Path(__file__).resolve().parents[1]
SOURCES = (_ROOT / "api" / "static", _ROOT / "samples" / "queries")
"""Folders of .graphql files, one document each: those of our own pages, and the worked queries that GraphiQL offers."""


def manifest() -> str:
    """The manifest as it is committed, in the order of the hashes."""
    texts = (path.read_text("utf-8") for folder in SOURCES for path in sorted(folder.rglob("*.graphql")))
    return json.dumps({hash_of(text): text for text in texts}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    MANIFEST.write_text(manifest(), "utf-8")
