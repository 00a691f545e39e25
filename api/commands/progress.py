"""How a long run shows itself: a bar on a terminal, a line a file elsewhere; always on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from api.commands.common import counted, say
from ingest.report import Progress

_SLOW = 5.0  # seconds after which a log says which file is in hand
_QUIET = 30.0  # seconds after which a log says which page of it
_WIDTH = 60


class Lines:
    """One line a file, for logs; one more for a file that takes long, and for its pages now and then."""

    def __init__(self) -> None:
        self._timer: Timer | None = None
        self._said = monotonic()

    def close(self) -> None:
        """Says nothing any more."""
        if self._timer:
            self._timer.cancel()

    def reading(self, name: str) -> None:
        """Says so if it is not done soon."""
        self.close()
        self._said = monotonic()
        self._timer = Timer(_SLOW, say, (f"reading: {name}",))
        self._timer.daemon = True
        self._timer.start()

    def page(self, name: str, number: int, of: int) -> None:
        """Says so when nothing was said for a while."""
        if monotonic() - self._said > _QUIET:
            self._said = monotonic()
            say(f"reading: {name} {_page(number, of)}")

    def more(self, files: int) -> None:
        """Says nothing: each is named when it is done."""

    def started(self, files: int) -> None:
        """Says how many there are."""
        say(f"{counted(files, 'file')} to look at")

    def finished(self, name: str, outcome: str) -> None:
        """Says what became of one; what was passed over is counted at the end, and a failure is told there with its reason."""
        self.close()
        if outcome not in {"skipped", "failed"}:
            say(f"{outcome}: {name}")


class Shown:
    """A bar with the name of the file in hand, or of the one that was finished last."""

    def __init__(self, bar: Bar) -> None:
        self._bar = bar
        self._task = bar.add_task("", total=None)

    def started(self, files: int) -> None:
        """Sets the length of the bar."""
        self._bar.update(self._task, total=files)

    def reading(self, name: str) -> None:
        """Names the file."""
        self._bar.update(self._task, description=_described("reading", name))

    def page(self, name: str, number: int, of: int) -> None:
        """Names the page."""
        self._bar.update(self._task, description=f"{_described('reading', name)} {_page(number, of)}")

    def more(self, files: int) -> None:
        """Makes the bar longer."""
        self._bar.update(self._task, total=(self._bar.tasks[0].total or 0) + files)

    def finished(self, name: str, outcome: str) -> None:
        """Moves the bar on."""
        self._bar.update(self._task, advance=1, description=_described(outcome, name))


def _page(number: int, of: int) -> str:
    return f"(page {number:,} of {of:,})"


def _described(what: str, name: str) -> str:
    """The end of a path is what tells files apart."""
    cut = name if len(name) <= _WIDTH else f"…{name[-_WIDTH:]}"
    return f"{what}: {cut}".replace("[", "\\[")


@contextmanager
def progress() -> Iterator[Progress]:
    """What to give to an ingest or a rebuild, for as long as it runs."""
    if not sys.stderr.isatty():
        lines = Lines()
        try:
            yield lines
        finally:
            lines.close()
        return
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        yield Shown(bar)
