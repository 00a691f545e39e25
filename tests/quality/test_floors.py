"""The extraction of the samples against hand-made annotations. A floor only rises.

The annotated documents are the ones that the rules were written beside; a later set of documents that nobody has seen tells more.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from ingest.duplicates import mark_reprints
from ingest.output import as_record
from ingest.pipeline import run
from tests.gold.score import score
from tests.support import ROOT, SAMPLES, raw_file

FLOORS = json.loads((ROOT / "tests/quality/floors.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, object]:
    documents = mark_reprints([document for path in SAMPLES for document in run(raw_file(path))])
    names = {document.id: document.source.name for document in documents}
    extracted = Path(tmp_path_factory.mktemp("gold")) / "extracted.jsonl"
    extracted.write_text("\n".join(json.dumps(as_record(document, names), ensure_ascii=False) for document in documents), "utf-8")
    result, _ = score(ROOT / "tests/gold", extracted)
    return result


@pytest.mark.parametrize(
    ("part", "figure"), [(part, figure) for part, floors in FLOORS.items() if isinstance(floors, dict) for figure in floors]
)
def test_extraction_does_not_fall_below_its_floor(scores: Mapping[str, dict[str, float]], part: str, figure: str) -> None:
    assert scores[part][figure] >= FLOORS[part][figure]


@pytest.mark.parametrize("kind", ["must_drop", "must_join", "must_not_join", "must_keep"])
def test_cleaning_does_not_fall_below_its_floor(scores: Mapping[str, dict[str, str]], kind: str) -> None:
    right, wanted = map(int, scores["cleaning"][kind].split("/"))
    assert wanted > 0
    assert right / wanted >= FLOORS["cleaning"]


def test_every_quote_stands_where_its_span_says(scores: Mapping[str, str]) -> None:
    right, wanted = map(int, scores["quotes that stand where their span says"].split("/"))
    assert wanted > 300
    assert right == wanted
