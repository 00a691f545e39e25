"""What an ingest or a rebuild did, and how it says so while it does it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from archive.findings import check_coverage
from archive.records import Document, Grade, Source
from ingest.files import Failure
from ingest.grading import doubts

PASSED_OVER = "its name has no extension of a document"
"""Why a file in a folder or a container is passed over."""


class Progress(Protocol):
    """Told what happens to each file, in the order in which it happens."""

    def started(self, files: int) -> None:
        """`files` are going to be looked at."""
        ...

    def reading(self, name: str) -> None:
        """One of them is in hand."""
        ...

    def page(self, name: str, number: int, of: int) -> None:
        """Of the one in hand, page `number` of `of` is being read; said from another thread."""
        ...

    def more(self, files: int) -> None:
        """A container was opened: `files` more are going to be looked at."""
        ...

    def finished(self, name: str, outcome: str) -> None:
        """One of them is done: `outcome` is read, completed, already there, unpacked, failed or skipped."""
        ...


class Silent:
    """Progress that nobody watches."""

    def started(self, files: int) -> None:
        """Says nothing."""

    def reading(self, name: str) -> None:
        """Says nothing."""

    def page(self, name: str, number: int, of: int) -> None:
        """Says nothing."""

    def more(self, files: int) -> None:
        """Says nothing."""

    def finished(self, name: str, outcome: str) -> None:
        """Says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead:
    """What was found in one file. `grade` is None where nobody graded it, and `doubts` say what keeps it from the best one."""

    name: str
    grade: Grade | None = None
    doubts: tuple[str, ...] = ()
    articles: int = 0
    units: int = 0
    statistics: int = 0
    practices: int = 0


@dataclass(slots=True)
class IngestReport:
    """Counts and lists of one run. Files are named by their path as it was found, fit to be shown; `warnings` name their file.

    `completed` are originals of an earlier run that was cut short: the archive had them, and the index has them now. `checked` counts the
    figures that took part in a check. `files` has a line for each file that was read or completed. `sources` are the ids of the sources
    that were read, or were there already.
    """

    read: list[str] = field(default_factory=list)
    completed: list[str] = field(default_factory=list)
    already: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    files: list[FileRead] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    characters: int = 0
    articles: int = 0
    reprints: int = 0
    units: int = 0
    statistics: int = 0
    practices: int = 0
    checks: int = 0
    checked: int = 0

    def count(self, name: str, source: Source, documents: Sequence[Document], completed: bool = False) -> None:
        """Add what was read from the file `name`."""
        (self.completed if completed else self.read).append(name)
        if not completed:
            self.sources.append(source.id)
        found = FileRead(
            name=name,
            grade=source.quality.grade if source.quality else None,
            doubts=doubts(source, documents),
            articles=len(documents),
            units=sum(len(document.units) for document in documents),
            statistics=sum(len(document.statistics) for document in documents),
            practices=sum(len(document.practices) for document in documents),
        )
        self.files.append(found)
        self.articles += found.articles
        self.units += found.units
        self.statistics += found.statistics
        self.practices += found.practices
        for document in documents:
            self.reprints += document.reprint_of is not None
            self.characters += len(document.text)
            self.checks += len(document.checks)
            self.checked += check_coverage(document.statistics, document.checks).checked
            self.warnings += [f"{name}: {warning}" for warning in document.warnings]
        self.warnings += [f"{name}: {warning}" for warning in source.warnings]
        if not documents:
            self.warnings.append(f"{name}: no article was found in it")

    def grades(self) -> dict[Grade, int]:
        """How many files were read how well, best first; grades that no file has are left out."""
        counts = Counter(file.grade for file in self.files)
        return {grade: counts[grade] for grade in Grade if counts[grade]}

    def of_grade(self, grade: Grade) -> list[FileRead]:
        """The files of a grade."""
        return [file for file in self.files if file.grade is grade]
