"""How sure the figures of a scan are: what a machine recognised may be misread, and a reader of the archive must see it."""

from __future__ import annotations

from dataclasses import replace

from archive.layout import confidence
from archive.records import Document


def find_confidence(document: Document) -> Document:
    """The document with the confidence of each figure: that of the least sure piece under its quote, None outside pictures."""
    if not document.statistics or all(one.location.confidence is None for one in document.layout):
        return document
    return replace(
        document,
        statistics=tuple(
            replace(figure, confidence=confidence(document.layout, document.offsets.to_source(figure.span)))
            for figure in document.statistics
        ),
    )
