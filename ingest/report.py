"""What an ingest or a rebuild did, and how it says so while it does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from archive.findings import check_coverage
from archive.records import Document
from ingest.files import Failure


class Progress(Protocol):
    """Told what happens to each file, in the order in which it happens."""

    def started(self, files: int) -> None:
        """`files` are going to be looked at."""
        ...

    def reading(self, name: str) -> None:
        """One of them is in hand."""
        ...

    def finished(self, name: str, outcome: str) -> None:
        """One of them is done: `outcome` is read, completed, already there, failed or skipped."""
        ...


class Silent:
    """Progress that nobody watches."""

    def started(self, files: int) -> None:
        """Says nothing."""

    def reading(self, name: str) -> None:
        """Says nothing."""

    def finished(self, name: str, outcome: str) -> None:
        """Says nothing."""


@dataclass(slots=True)
class IngestReport:
    """Counts and lists of one run. Files are named by their path as it was found, fit to be shown; `warnings` name their file.

    `completed` are originals of an earlier run that was cut short: the archive had them, and the index has them now. `checked` counts the
    figures that took part in a check.
    """

    read: list[str] = field(default_factory=list)
    completed: list[str] = field(default_factory=list)
    already: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    characters: int = 0
    articles: int = 0
    reprints: int = 0
    units: int = 0
    statistics: int = 0
    practices: int = 0
    checks: int = 0
    checked: int = 0

    def count(self, name: str, documents: Sequence[Document], completed: bool = False) -> None:
        """Add what was read from the file `name`."""
        (self.completed if completed else self.read).append(name)
        for document in documents:
            self.articles += 1
            self.reprints += document.reprint_of is not None
            self.characters += len(document.text)
            self.units += len(document.units)
            self.statistics += len(document.statistics)
            self.practices += len(document.practices)
            self.checks += len(document.checks)
            self.checked += check_coverage(document.statistics, document.checks).checked
            self.warnings += [f"{name}: {warning}" for warning in document.warnings]
        if documents:
            self.warnings += [f"{name}: {warning}" for warning in documents[0].source.warnings]
        else:
            self.warnings.append(f"{name}: no article was found in it")
