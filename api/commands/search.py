"""fangzhi search: titles, highlighted fragments, place and date in the terminal."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import click

from api.commands.common import json_option, print_json, with_settings
from api.commands.query import execute, report_errors
from api.settings import Settings
from schema.enums import ItemType

_KINDS = click.Choice([item.name for item in ItemType], case_sensitive=False)
_OPERATION = (files(__package__) / "search.graphql").read_text("utf-8")


@click.command(name="search", context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, required=True, metavar="QUERY")
@click.option("-n", "--first", type=click.IntRange(1, 100), default=10, show_default=True, help="How many hits to print.")
@click.option(
    "--type",
    "types",
    multiple=True,
    type=_KINDS,
    help="Only this kind of item.",
)
@click.option("--any", "match_any", is_flag=True, help="Any of the words is enough.")
@click.option("--include-reprints", is_flag=True, help="Also what is in documents that repeat another one.")
@json_option
@with_settings
def command(
    settings: Settings,
    words: tuple[str, ...],
    *,
    first: int,
    types: tuple[str, ...],
    match_any: bool,
    include_reprints: bool,
    as_json: bool,
) -> int:
    """Search the archive.

    QUERY holds words, "phrases" in quotation marks, and -words to leave out.
    """
    for word in words:
        if word.startswith("--"):
            raise click.NoSuchOption(word)
    variables = {
        "query": " ".join(words),
        "match": "ANY" if match_any else "ALL",
        "first": first,
        "filter": {"types": [name.upper() for name in types], "includeReprints": include_reprints},
    }
    result = asyncio.run(execute(settings, _OPERATION, variables))
    if result.data is not None:
        if as_json:
            print_json(result.data["search"])
        else:
            _show(result.data["search"])
    return report_errors(result)


def _show(found: Mapping[str, Any]) -> None:
    edges = found["edges"]
    for number, edge in enumerate(edges, 1):
        node = edge["node"]
        document = node.get("document") or node
        click.echo(f"{number}. {click.style(_heading(edge, document), bold=True)}")
        for piece in edge["highlights"]:
            if piece["field"] != "title":
                click.echo(f"   {_marked(piece)}")
        where = "、".join(filter(None, [node.get("placeName") or _places(document)]))
        when = document["publishedOn"] or document["period"] or ""
        details = "  ".join(filter(None, [where, when, document["source"]["name"], node["id"]]))
        click.echo(click.style(f"   {details}", dim=True))
    shown = f"{len(edges):,} of {found['totalCount']:,} hits" if edges else "No hits; try fewer words, or --any"
    click.echo(f"{shown}.")


def _heading(edge: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    title = next((_marked(piece) for piece in edge["highlights"] if piece["field"] == "title"), None)
    return title or document["title"] or f"{' '.join(document['opening'].split())}…"


def _places(document: Mapping[str, Any]) -> str:
    primary = [place for place in document["places"] if place["role"] == "PRIMARY"]
    return "、".join(f"{place['name']}{'（推断）' if place['inferred'] else ''}" for place in primary[:3])


def _marked(piece: Mapping[str, Any]) -> str:
    """The piece on one line with the words that were looked for set off: by colour on a terminal, by brackets elsewhere."""
    text, shown, at = piece["text"], "", 0
    for span in piece["ranges"]:
        shown += text[at : span["start"]] + _set_off(text[span["start"] : span["end"]])
        at = span["end"]
    return " ".join((shown + text[at:]).split())


def _set_off(words: str) -> str:
    return click.style(words, fg="yellow", bold=True) if sys.stdout.isatty() else f"【{words}】"
