"""The command line: `fangzhi`, with one file a command in api/commands."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NoReturn

import click

from api.commands.common import archive_option, complain
from archive.errors import ArchiveError

COMMANDS = ("ingest", "watch", "extract", "search", "query", "serve", "token", "delete", "schema", "themes", "verify", "rebuild")
"""Each is the module of its name in api/commands, which holds it as `command`."""

_WHOLE = 1_000  # characters: more than any first sentence has

INTERRUPTED = 130  # 128 and the number of SIGINT, as shells have it


class _Fangzhi(click.Group):
    """A group whose failures are one plain sentence on standard error and an exit code.

    A command is imported when it is called: GraphQL takes longer to import than a small ingest to run, and only some commands need it.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All of them, in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each with its first sentence, whole."""
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.get_short_help_str(_WHOLE)) for name, command in found if command])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        found = import_module(f"api.commands.{cmd_name}").command
        return found if isinstance(found, click.Command) else None

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run and exit: 0, 1 for what failed, 2 for bad usage, 130 when interrupted."""
        if sys.stdout is None:  # closed by the caller, as in `fangzhi search 党 >&-`
            complain("standard output is closed; send the results to a file or a terminal")
            sys.exit(1)
        try:
            code = super().main(*args, **{"prog_name": "fangzhi", **extra, "standalone_mode": False})
        except click.UsageError as error:
            where = error.ctx.command_path if error.ctx else "fangzhi"
            complain(f"{error.format_message().rstrip('.')}; see `{where} --help`")
            code = error.exit_code
        except click.ClickException as error:
            complain(error.format_message())
            code = error.exit_code
        except ArchiveError as error:
            complain(str(error))
            code = error.exit_code
        except OSError as error:
            complain(f"{error.filename or 'the disk'}: {error.strerror or error}; see to it and run the command again.")
            code = 1
        except click.Abort:
            complain("interrupted.")
            code = INTERRUPTED
        sys.exit(code if isinstance(code, int) else 0)


def _version() -> str:
    try:
        return version("fangzhi")
    except PackageNotFoundError:
        return "unknown (not installed)"


@click.group(cls=_Fangzhi, no_args_is_help=False, context_settings={"help_option_names": ["-h", "--help"]})
@archive_option
@click.version_option(_version(), prog_name="fangzhi")
def main(archive: str | None) -> None:
    """A knowledge and document archive of what China's counties tried: every fact is a quote with its place in the original."""
