"""What `fangzhi watch` says: one line an event, for people on standard error or for a script on standard output."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from api.commands.common import complain, counted, print_json, say
from api.commands.ingest import as_json_file, found, in_letters
from api.commands.progress import Lines
from ingest.arrivals import Look
from ingest.files import Failure, shown
from ingest.report import FileRead, IngestReport

_NAMED = 5  # files of one batch that are there already and are named; of more the number is told


class WatchLog(Lines):
    """Told what happens, by the watch and by each ingest that it makes. `failed` counts the files that could not be read."""

    def __init__(self, as_json: bool) -> None:
        super().__init__()
        self._as_json = as_json
        self._last = ""
        self.failed = 0

    def watching(self, folders: Sequence[Path]) -> None:
        """Names the folders."""
        names = [shown(folder) for folder in folders]
        self._event("watching", f"watching {', '.join(names)} (Ctrl-C ends it)", folders=names)

    def looked(self, look: Look) -> None:
        """Names what is not read, and folders that went away or came back."""
        for folder in look.gone:
            self._event("gone", f"{shown(folder)} is gone; waiting for it to come back", folder=shown(folder))
        for folder in look.back:
            self._event("back", f"{shown(folder)} is back", folder=shown(folder))
        for path in look.passed:
            self._event("passed over", f"passed over: {shown(path)} has no extension of a document", file=shown(path))
        for failure in look.failures:
            self._failed(failure)

    def taken(self, report: IngestReport) -> None:
        """A line for each file that was read, and one for all of them."""
        self._last = ""
        completed = set(report.completed)
        for file in report.files:
            self._read("completed" if file.name in completed else "read", file)
        if len(report.already) <= _NAMED:
            for name in report.already:
                self._event("already there", f"already there: {name}", file=name)
        else:
            self._event("already there", f"already there: {counted(len(report.already), 'file')}", count=len(report.already))
        for failure in report.failed:
            self._failed(failure)
        if not self._as_json:
            for warning in report.warnings:
                say(f"warning: {warning}")
            if len(report.files) > 1:
                say(f"together: {counted(len(report.files), 'file')}, {found(report)}; grades {in_letters(report)}")

    def waiting(self, reason: str, seconds: float) -> None:
        """Says why, once for each length of the pause."""
        told = f"waiting: {reason.rstrip('.')}; next try in {seconds:g} s"
        if told != self._last:
            self._last = told
            self._event("waiting", told, reason=reason, seconds=seconds)

    def polling(self, reason: str, seconds: float) -> None:
        """Says why."""
        self._event("polling", f"{reason}; looking every {seconds:g} s", reason=reason, seconds=seconds)

    def ended(self, asked: bool) -> None:
        """Says that nothing is read any more."""
        self._event("ended", "stopped; what was not read yet is read by the next run" if asked else "done", asked=asked)

    def started(self, files: int) -> None:
        """Says nothing: files come one by one."""

    def finished(self, name: str, outcome: str) -> None:
        """Says nothing: `taken` names the file with what was found in it."""
        self.close()

    def _read(self, outcome: str, file: FileRead) -> None:
        counts = ((file.articles, "article"), (file.units, "unit"), (file.statistics, "statistic"), (file.practices, "practice"))
        grade = f", grade {file.grade.value}" if file.grade else ""
        told = f"{outcome}: {file.name} ({', '.join(counted(number, noun) for number, noun in counts)}{grade})"
        self._event(outcome, told, **{("file" if key == "name" else key): value for key, value in as_json_file(file).items()})

    def _failed(self, failure: Failure) -> None:
        self.failed += 1
        self._event("failed", f"{failure.name} was not read: {failure.reason}", file=failure.name, reason=failure.reason)

    def _event(self, event: str, told: str, **details: object) -> None:
        if self._as_json:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            print_json({"at": now, "event": event, **details}, indent=None)
        elif event == "failed":
            complain(told)
        else:
            say(told)
