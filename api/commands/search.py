"""fangzhi search: titles, highlighted fragments, place and date in the terminal."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import click
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from api.commands.common import json_option, print_json, with_settings
from api.commands.query import execute, report_errors
from api.settings import Settings
from ingest.files import shown
from schema.enums import ItemType

_KINDS = click.Choice([item.name for item in ItemType], case_sensitive=False)
_WORDS = re.compile(r"[!-~]+|.", re.DOTALL)
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
@click.option("--any", "match", flag_value="ANY", help="Any of the words is enough.")
@click.option("--all", "match", flag_value="ALL", help="Every word, also where too little holds them all.")
@click.option("--no-synonyms", is_flag=True, help="Not also what means the same (GDP, 地区生产总值).")
@click.option("--include-reprints", is_flag=True, help="Also what is in documents that repeat another one.")
@json_option
@with_settings
def command(
    settings: Settings,
    words: tuple[str, ...],
    *,
    first: int,
    types: tuple[str, ...],
    match: str | None,
    no_synonyms: bool,
    include_reprints: bool,
    as_json: bool,
) -> int:
    """Search the archive.

    QUERY holds words, "phrases" in quotation marks, -words to leave out, OR, fields (地区:台州市 主题: 类别: 年份: 题名: 作者:) and
    figures (网格员300人以上, or in quotes '网格员>=300人'). What is broken is read in the next best way, and a note says how.
    """
    for word in words:
        if word.startswith("--"):
            raise click.NoSuchOption(word)
    variables = {
        "query": " ".join(words),
        "match": match or "AUTO",
        "synonyms": not no_synonyms,
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
    for note in _notes(found):
        click.echo(click.style(note, dim=True))
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() or os.environ.get("COLUMNS") else None
    for number, edge in enumerate(edges, 1):
        node = edge["node"]
        document = node.get("document") or node
        _print(click.style(f"{number}. {_heading(edge, document)}", bold=True), width)
        pieces = [_marked(piece) for piece in edge["highlights"] if piece["field"] != "title"]
        for piece in pieces or filter(None, [node.get("quote")]):  # a field or a figure marks no words
            _print(f"   {' '.join(piece.split())}", width)
        where = "、".join(filter(None, [node.get("placeName") or _places(document)]))
        when = document["publishedOn"] or document["period"] or ""
        details = "  ".join(filter(None, [where, when, shown(document["source"]["name"]), node["id"]]))
        _print(click.style(f"   {details}", dim=True), width)
    click.echo(f"{len(edges):,} of {found['totalCount']:,} hits." if edges else "No hits; try fewer words, or --any.")


def _notes(found: Mapping[str, Any]) -> list[str]:
    """What is to be said of how the query was read, of why nothing holds all of it, and of what may have been meant."""
    reading = found["reading"]
    said = [note["message"] for clause in reading["clauses"] for note in clause["notes"]]
    said += [note["message"] for note in reading["notes"]]
    if found["nothingFound"] is not None:
        said.append(found["nothingFound"]["message"])
    if found["didYouMean"] is not None:
        said.append(f"是不是要找：{found['didYouMean']['text']}（{found['didYouMean']['count']}条）")
    return said


def _print(line: str, width: int | None) -> None:
    """A line, broken where the terminal ends (`width` in columns, a Chinese character takes two); whole where nothing is known of it."""
    if width is None:
        click.echo(line)
        return
    indent = min(3, width - 1) if line.startswith("   ") else 0
    console = Console(width=max(width, 2), highlight=False, file=sys.stdout, legacy_windows=False)
    text = Text.from_ansi(line.strip())
    for part in text.divide(_breaks(text.plain, max(width - indent, 2))):
        part.rstrip()
        console.print(Text(" " * indent) + part, no_wrap=True, overflow="ignore", crop=False)


def _breaks(text: str, width: int) -> list[int]:
    """Where to break: anywhere between Chinese characters, and within a Latin word or a number only when it is wider than a line."""
    found, used = [], 0
    for word in _WORDS.finditer(text):
        for offset, part in enumerate(word[0]) if cell_len(word[0]) > width else ((0, word[0]),):
            if used + cell_len(part) > width:
                found.append(word.start() + offset)
                used = 0
            used += cell_len(part)
    return found


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
