"""How a long run shows itself: a bar on a terminal, a line a file elsewhere; always on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock, Timer
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TextColumn
from rich.progress import Progress as Bar
from rich.text import Text

from api.commands.common import counted, say
from api.commands.pace import Pace
from ingest.report import Progress

_SLOW = 5.0  # seconds after which a log says which file is in hand
_QUIET = 30.0  # seconds after which it says so again, with its page and what is left
_WIDTH = 60


class Lines:
    """One line a file, for logs; one more for a file that takes long, and one now and then while nothing else is said."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """`clock` gives seconds and only goes forward."""
        self._clock = clock
        self._pace = Pace(clock())
        self._timer: Timer | None = None
        self._changing = RLock()

    def close(self) -> None:
        """Says nothing any more."""
        with self._changing:
            if self._timer:
                self._timer.cancel()

    def started(self, files: int) -> None:
        """Says how many there are."""
        self._pace.more(files)
        say(f"{counted(files, 'file')} to look at")

    def reading(self, name: str) -> None:
        """Says so if it is not done soon."""
        self._pace.reading()
        self._later(_SLOW, self._slow, name)

    def page(self, name: str, number: int, of: int) -> None:
        """Is told with the next line."""
        self._pace.at_page(number, of, self._clock())

    def more(self, files: int) -> None:
        """Adds to what is left; each is named when it is done."""
        self._pace.more(files)

    def finished(self, name: str, outcome: str) -> None:
        """Says what became of one; what was passed over is counted at the end, and a failure is told there with its reason."""
        self.close()
        self._pace.finished(self._clock())
        if outcome not in {"skipped", "failed"}:
            say(f"{outcome}: {name}")

    def _later(self, seconds: float, tell: Callable[[str, Timer | None], None], name: str) -> None:
        with self._changing:
            self.close()
            timer = Timer(seconds, lambda: tell(name, timer))
            timer.daemon = True
            self._timer = timer
            timer.start()

    def _slow(self, name: str, timer: Timer | None) -> None:
        self._tell(f"reading: {name}", name, timer)

    def _quiet(self, name: str, timer: Timer | None) -> None:
        told = self._pace.told(self._clock())
        self._tell(f"reading: {name}{self._pace.page}{f'; {told}' if told else ''}", name, timer)

    def _tell(self, line: str, name: str, timer: Timer | None) -> None:
        """Unless the file was done just now."""
        with self._changing:
            if self._timer is not timer or (timer and timer.finished.is_set()):
                return
            say(line)
            self._later(_QUIET, self._quiet, name)


class Shown:
    """A bar with the name of the file in hand, or of the one that was finished last."""

    def __init__(self, bar: Bar, pace: Pace) -> None:
        self._bar = bar
        self._pace = pace
        self._task = bar.add_task("", total=None)

    def started(self, files: int) -> None:
        """Sets the length of the bar."""
        self._pace.more(files)
        self._bar.update(self._task, total=files)

    def reading(self, name: str) -> None:
        """Names the file."""
        self._pace.reading()
        self._bar.update(self._task, description=_described("reading", name))

    def page(self, name: str, number: int, of: int) -> None:
        """Names the page, and moves the bar on by it."""
        self._pace.at_page(number, of, monotonic())
        self._bar.update(self._task, completed=self._pace.files, description=f"{_described('reading', name)}{self._pace.page}")

    def more(self, files: int) -> None:
        """Makes the bar longer."""
        self._pace.more(files)
        self._bar.update(self._task, total=(self._bar.tasks[0].total or 0) + files)

    def finished(self, name: str, outcome: str) -> None:
        """Moves the bar on."""
        self._pace.finished(monotonic())
        self._bar.update(self._task, completed=self._pace.files, description=_described(outcome, name))


class PaceColumn(ProgressColumn):
    """The rate and the time left, anew with each drawing of the bar."""

    def __init__(self, pace: Pace) -> None:
        super().__init__()
        self._pace = pace

    def render(self, task: Task) -> Text:
        """`4.2 files/s, about 5 min left`."""
        now = monotonic()
        return Text(", ".join(part for part in (self._pace.rate(now), self._pace.left(now)) if part))


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
    pace = Pace(monotonic())
    columns = (BarColumn(), MofNCompleteColumn(), PaceColumn(pace), TextColumn("{task.description}"))
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        yield Shown(bar, pace)
