"""fangzhi themes: the closed list of themes."""

from __future__ import annotations

import json

import click

from api.commands.common import print_text
from archive.skos import skos
from archive.themes import Theme, themes


@click.command(name="themes")
@click.option("--skos", "as_skos", is_flag=True, help="As a SKOS concept scheme (JSON-LD), for other thesauri and catalogues.")
def command(as_skos: bool) -> int:
    """Print the themes: a tree with their other names, or SKOS."""
    print_text(json.dumps(skos(), ensure_ascii=False, indent=1) if as_skos else "\n".join(_tree(None, 0)))
    return 0


def _tree(broader: str | None, depth: int) -> list[str]:
    lines: list[str] = []
    for theme in themes().values():
        if theme.broader == broader:
            lines += [_line(theme, depth), *_tree(theme.id, depth + 1)]
    return lines


def _line(theme: Theme, depth: int) -> str:
    others = f"（{'、'.join(theme.synonyms)}）" if theme.synonyms else ""
    return f"{'  ' * depth}{theme.label}{others}  THEME-{theme.id}"
