"""What the commands share: the archive they work on, and how they speak."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from api.settings import Settings
from archive.originals import Originals
from ingest.files import shown

T = TypeVar("T")

ARCHIVE_HELP = (
    "The archive's folder, or https://host:9200/alias on Elasticsearch. Default: FANGZHI_ARCHIVE, or a folder in your data directory."
)


_USUAL = Settings()
READING_SETTINGS = f"""\b
What reading one file may cost is set in the environment:
  FANGZHI_MAX_FILE_BYTES  bytes of the largest file that is read ({_USUAL.max_file_bytes:,})
  FANGZHI_FILE_SECONDS    seconds for a file beside its pages ({_USUAL.file_seconds:g})
  FANGZHI_PAGE_SECONDS    seconds for one page; each page adds a third of it
                          to the file's ({_USUAL.page_seconds:g})
  FANGZHI_FILE_MEMORY     bytes of memory, on Linux ({_USUAL.file_memory:,})
  FANGZHI_SOFFICE         the LibreOffice for old formats (what PATH has)
"""
"""The end of the help of each command that reads files."""


def archive_option(function: Callable[..., T]) -> Callable[..., T]:
    """The option --archive, for the program and for each command, whichever place someone thinks of."""
    return click.option("--archive", callback=_named, metavar="PLACE", help=ARCHIVE_HELP)(function)


def _named(_context: click.Context, _parameter: click.Parameter, given: str | None) -> str | None:
    if given is not None and not given.strip():
        raise click.BadParameter("it is empty; name a folder, or leave the option out")
    return given


def with_settings(function: Callable[..., T]) -> Callable[..., T]:
    """Gives a command `settings`: from the environment, with the archive that was named on the command line."""

    @archive_option
    @wraps(function)
    def run(archive: str | None, **given: Any) -> T:
        settings = Settings.from_environment(os.environ, archive or click.get_current_context().find_root().params.get("archive"))
        if settings.concern:
            warn(settings.concern)
        return function(settings=settings, **given)

    return run


def with_environment(function: Callable[..., T]) -> Callable[..., T]:
    """Gives a command that needs no archive its `settings`, from the environment alone."""

    @wraps(function)
    def run(**given: Any) -> T:
        return function(settings=Settings.from_environment(os.environ), **given)

    return run


def json_option(function: Callable[..., T]) -> Callable[..., T]:
    """The flag --json."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON for a script instead of text for people.")(function)


def say(text: str) -> None:
    """A line for people, on standard error; the results of a command are on standard output."""
    click.echo(text.encode("utf-8", "replace").decode(), err=True)


def complain(text: str) -> None:
    """One plain sentence about something that went wrong, on standard error."""
    say(f"fangzhi: {text.rstrip('.')}.")


def warn(text: str) -> None:
    """One sentence about something that is not as it should be and stops nothing, on standard error."""
    say(f"fangzhi: warning: {text.rstrip('.')}.")


def warn_of_damage(originals: Originals) -> None:
    """Name the damaged lines of the journal, if there are any."""
    lines = originals.damage()
    if lines:
        named = ", ".join(map(str, lines[:5])) + (f" and {len(lines) - 5:,} more" if len(lines) > 5 else "")
        plural = len(lines) > 1
        warn(
            f"line{'s' * plural} {named} of {shown(originals.journal.path)} {'are' if plural else 'is'} damaged and passed over; "
            "`fangzhi rebuild` takes in the originals that are named nowhere else"
        )


def counted(number: int, noun: str) -> str:
    """`1 file`, `1,200 files`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def print_json(value: object, *, indent: int | None = 2) -> None:
    """A JSON value on standard output, in UTF-8 whatever the terminal's encoding is."""
    print_text(json.dumps(value, ensure_ascii=False, indent=indent) + "\n")


def print_text(text: str) -> None:
    """A text on standard output as it stands, in UTF-8 whatever the terminal's encoding is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def program() -> str:
    """How this program was called, for examples that can be copied."""
    called = Path(sys.argv[0])
    return str(called) if called.name == "fangzhi" and str(called.parent) != "." and not _on_path(called) else "fangzhi"


def _on_path(called: Path) -> bool:
    return str(called.parent.resolve()) in os.environ.get("PATH", "").split(os.pathsep)
