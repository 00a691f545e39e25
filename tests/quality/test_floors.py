"""The extraction against hand-made annotations. A floor only rises.

The samples are real, and the rules were written beside them; the made-up documents are invented and keep other layouts and trades from
falling back. What documents that nobody had seen gave is told in docs/quality.md.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from ingest.duplicates import mark_reprints
from ingest.output import as_record
from ingest.pipeline import run
from tests.gold.score import score
from tests.support import ROOT, SAMPLES, raw_file

MADE_UP = ROOT / "tests/quality/made_up"
SETS = {
    "samples": (SAMPLES, ROOT / "tests/gold"),
    "made_up": (tuple(sorted((MADE_UP / "samples").glob("*.txt"))), MADE_UP / "gold"),
}
FLOORS = json.loads((ROOT / "tests/quality/floors.json").read_text("utf-8"))
FIGURES = [
    (name, part, figure) for name, floors in FLOORS.items() for part, figures in floors.items() if part != "cleaning" for figure in figures
]


@cache
def scores(name: str) -> Mapping[str, Any]:
    paths, gold = SETS[name]
    documents = mark_reprints([document for path in paths for document in run(raw_file(path))])
    names = {document.id: document.source.name for document in documents}
    with TemporaryDirectory() as folder:
        extracted = Path(folder) / "extracted.jsonl"
        extracted.write_text("\n".join(json.dumps(as_record(document, names), ensure_ascii=False) for document in documents), "utf-8")
        result, _ = score(gold, extracted)
    return result


@pytest.mark.parametrize(("name", "part", "figure"), FIGURES)
def test_extraction_does_not_fall_below_its_floor(name: str, part: str, figure: str) -> None:
    assert scores(name)[part][figure] >= FLOORS[name][part][figure]


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("kind", ["must_drop", "must_join", "must_not_join", "must_keep"])
def test_cleaning_does_not_fall_below_its_floor(name: str, kind: str) -> None:
    right, wanted = map(int, scores(name)["cleaning"][kind].split("/"))
    assert right >= FLOORS[name]["cleaning"] * wanted


@pytest.mark.parametrize("name", SETS)
def test_every_quote_stands_where_its_span_says(name: str) -> None:
    right, wanted = map(int, scores(name)["quotes that stand where their span says"].split("/"))
    assert right == wanted > 300
