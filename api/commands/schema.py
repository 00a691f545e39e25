"""fangzhi schema: the SDL."""

from __future__ import annotations

import click

from api.commands.common import print_text
from schema.build import sdl


@click.command(name="schema")
def command() -> int:
    """Print the GraphQL schema (SDL)."""
    print_text(sdl())
    return 0
