"""How a long run shows itself: a bar on a terminal, a line a file elsewhere; always on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from api.commands.common import counted, say
from ingest.report import Progress


class Lines:
    """One line a file, for logs."""

    def started(self, files: int) -> None:
        """Says how many there are."""
        say(f"{counted(files, 'file')} to look at")

    def finished(self, name: str, outcome: str) -> None:
        """Says what became of one; what was passed over is counted at the end, and a failure is told there with its reason."""
        if outcome not in {"skipped", "failed"}:
            say(f"{outcome}: {name}")


class Shown:
    """A bar with the name of the file that was finished last."""

    def __init__(self, bar: Bar) -> None:
        self._bar = bar
        self._task = bar.add_task("", total=None)

    def started(self, files: int) -> None:
        """Sets the length of the bar."""
        self._bar.update(self._task, total=files)

    def finished(self, name: str, outcome: str) -> None:
        """Moves the bar on."""
        self._bar.update(self._task, advance=1, description=f"{outcome}: {name}"[:60].replace("[", "\\["))


@contextmanager
def progress() -> Iterator[Progress]:
    """What to give to an ingest or a rebuild, for as long as it runs."""
    if not sys.stderr.isatty():
        yield Lines()
        return
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        yield Shown(bar)
