"""fangzhi ingest: files and folders into the archive."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path
from shlex import quote

import click

from api.bootstrap import answering
from api.commands.common import READING_SETTINGS, complain, counted, json_option, print_json, program, say, warn_of_damage, with_settings
from api.commands.progress import progress
from api.engine import open_engine
from api.executors import Opening, with_executor
from api.settings import Settings
from archive.originals import Originals
from archive.records import Grade
from ingest.indexing import ingest
from ingest.report import PASSED_OVER, FileRead, IngestReport

_SHOWN_WARNINGS = 10
_SHOWN_NAMES = 5


@click.command(name="ingest", epilog=READING_SETTINGS)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65_535), help="The port named in the examples printed at the end.")
@json_option
@with_settings
@with_executor
def command(settings: Settings, paths: tuple[Path, ...], executor: Opening, port: int | None, as_json: bool) -> int:
    """Read files and folders (recursively) into the archive.

    Safe to repeat: what is there already is reported as such and not stored twice. A file that cannot be read is listed with its reason,
    everything else is in the archive, and the exit code is 1.
    """
    with executor as pool:
        report = asyncio.run(_ingest(settings, paths, pool))
    for failure in report.failed:
        complain(f"{failure.name} was not read: {failure.reason}")
    if as_json:
        print_json(as_json_report(report, settings))
    else:
        _summary(report, settings, port if port is not None else settings.port)
    return 1 if report.failed else 0


async def _ingest(settings: Settings, paths: tuple[Path, ...], executor: Executor | None = None) -> IngestReport:
    def waiting() -> None:
        say(f"Another process is writing to {settings.archive}; waiting up to {settings.lock_seconds:g} seconds for it.")

    originals = Originals(settings.archive)
    warn_of_damage(originals)
    async with open_engine(settings, patient=True) as engine:
        if settings.cluster is not None:
            await answering(engine)  # before a folder is made for originals that could not be indexed
        writing = originals.writing(settings.lock_seconds, waiting, shared=engine.kind.shared)
        with writing as writer, progress() as watching:
            return await ingest(paths, writer, engine, watching, executor=executor, max_bytes=settings.max_file_bytes)


def as_json_report(report: IngestReport, settings: Settings) -> dict[str, object]:
    """The report for a script."""
    return {
        "archive": settings.place,
        "read": report.read,
        "completed": report.completed,
        "already": report.already,
        "failed": [{"name": failure.name, "reason": failure.reason} for failure in report.failed],
        "skipped": report.skipped,
        "warnings": report.warnings,
        "characters": report.characters,
        "articles": report.articles,
        "reprints": report.reprints,
        "units": report.units,
        "statistics": report.statistics,
        "practices": report.practices,
        "checks": report.checks,
        "checked": report.checked,
        "grades": {grade.value: count for grade, count in report.grades().items()},
        "files": [as_json_file(file) for file in report.files],
    }


def as_json_file(file: FileRead) -> dict[str, object]:
    """What was found in one file, for a script."""
    return {
        "name": file.name,
        "grade": file.grade.value if file.grade else None,
        "doubts": list(file.doubts),
        "articles": file.articles,
        "units": file.units,
        "statistics": file.statistics,
        "practices": file.practices,
    }


def found(report: IngestReport) -> str:
    """What was found in the files, in words."""
    articles = counted(report.articles, "article")
    if report.reprints:
        articles += f" ({counted(report.reprints, 'reprint')})"
    counts = ((report.characters, "character"), (report.units, "unit"), (report.statistics, "statistic"), (report.practices, "practice"))
    words = ", ".join((articles, *(counted(number, noun) for number, noun in counts)))
    return f"{words}, checked {report.checked:,} of {report.statistics:,} figures" if report.statistics else words


def _summary(report: IngestReport, settings: Settings, port: int) -> None:
    click.echo(f"Read {counted(len(report.read), 'file')}: {found(report)}, {counted(len(report.warnings), 'warning')}.")
    if report.completed:
        click.echo(f"Completed from an earlier run: {counted(len(report.completed), 'original')}.")
    if report.already:
        click.echo(f"There already: {counted(len(report.already), 'file')}.")
    if report.skipped:
        click.echo(f"Passed over: {_few(report.skipped)} ({PASSED_OVER}; name one to have it read).")
    if report.failed:
        click.echo(f"Not read: {counted(len(report.failed), 'file')}; the reasons are on standard error.")
    grades(report)
    warnings(report)
    if report.read or report.already:
        _next(settings, port)


def _few(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    shown = ", ".join(names[:_SHOWN_NAMES])
    more = len(names) - _SHOWN_NAMES
    return f"{shown} and {more:,} more (--json lists them all)" if more > 0 else shown


def grades(report: IngestReport) -> None:
    """How well the files were read, and which of them badly."""
    if report.grades():
        click.echo(f"Grades: {in_letters(report)}.")
    bad = report.of_grade(Grade.D)
    for file in bad[:_SHOWN_WARNINGS]:
        click.echo(f"Read badly (D): {file.name}: {'; '.join(file.doubts)}; look at the original before you quote from it")
    if len(bad) > _SHOWN_WARNINGS:
        click.echo(f"… and {len(bad) - _SHOWN_WARNINGS:,} more; --json lists them all.")


def in_letters(report: IngestReport) -> str:
    """`A 12, B 3, D 1`."""
    return ", ".join(f"{grade.value} {count:,}" for grade, count in report.grades().items())


def warnings(report: IngestReport) -> None:
    """The first warnings, a line each."""
    for warning in report.warnings[:_SHOWN_WARNINGS]:
        click.echo(f"Warning: {warning}")
    more = len(report.warnings) - _SHOWN_WARNINGS
    if more > 0:
        click.echo(f"… and {more:,} more warning{'s' * (more > 1)}; --json lists them all.")


def _next(settings: Settings, port: int) -> None:
    call = program()
    if settings.address is not None:
        call += f" --archive {quote(settings.address)}"
    click.echo("\nNext:")
    click.echo(f"  http://{settings.host}:{port}/     ask in the browser (served by: {call} serve --port {port})")
    click.echo(f"  {call} search 网格员")
    click.echo(f"  {call} query '{{ practices(first: 5) {{ nodes {{ name state placeName quote }} }} }}'")
