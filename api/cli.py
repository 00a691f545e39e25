"""The command line: `fangzhi`, with one file a command in api/commands."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from api.commands import extract, ingest, query, rebuild, schema, search, serve, verify
from api.commands.common import archive_option, complain
from api.health import package_version
from archive.errors import ArchiveError

INTERRUPTED = 130  # 128 and the number of SIGINT, as shells have it


class _Fangzhi(click.Group):
    """A group whose failures are one plain sentence on standard error and an exit code."""

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run and exit: 0, 1 for what failed, 2 for bad usage, 130 when interrupted."""
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


@click.group(cls=_Fangzhi, no_args_is_help=False, context_settings={"help_option_names": ["-h", "--help"]})
@archive_option
@click.version_option(package_version(), prog_name="fangzhi")
def main(archive: Path | None) -> None:
    """A knowledge and document archive of what China's counties tried: every fact is a quote with its place in the original."""


for module in (ingest, extract, search, query, serve, schema, verify, rebuild):
    main.add_command(module.command)
