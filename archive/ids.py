"""Ids that come from content, so that reading the same file again changes nothing."""

from __future__ import annotations

import hashlib


def content_hash(data: bytes) -> str:
    """The SHA-256 of `data`, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def source_id(sha256: str) -> str:
    """`SRC-<16 hex digits>`: the original itself."""
    return f"SRC-{sha256[:16]}"


def document_id(sha256: str, ordinal: int) -> str:
    """`DOC-<16 hex digits>-<ordinal>`: the article's place in its original."""
    return f"DOC-{sha256[:16]}-{ordinal}"


def fact_id(kind: str, document: str, ordinal: int) -> str:
    """`<kind>-<16 hex digits>-<article>-<ordinal>` for kind UNIT, STAT, CHECK or PRAC; ordinals count from 1 in the order of the text."""
    return f"{kind}-{document.removeprefix('DOC-')}-{ordinal}"
