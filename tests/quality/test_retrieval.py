"""How well the default search ranks on a public judged set, where it is there: lay questions over statutes (benchmarks/retrieval.py)."""

import asyncio
from pathlib import Path

import pytest

from benchmarks.retrieval import SHARED, Judged, Outcome, ask, ndcg, read, sources, ways
from search.embedded.engine import EmbeddedEngine

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the public judged set is not beside the project (../shared/ir)")
FLOOR = 0.342
"""Of the 308 questions to report by, as the search box reads them: a question that quotes “words” looks for them as they stand."""
WAYS = ("default", "words")


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    whole = read(SHARED, "全国")
    dev = {key: text for key, text in whole.questions.items() if key in whole.split["dev"]}
    judged = Judged(whole.texts, dev, whole.judgments, whole.split)
    return asyncio.run(measured(judged, tmp_path_factory.mktemp("statutes")))


async def measured(judged: Judged, folder: Path) -> dict[str, Outcome]:
    engine = EmbeddedEngine.open(folder)
    await engine.rebuild(sources(judged.texts))
    try:
        return {name: await ask(engine, judged, ways([])[name]) for name in WAYS}
    finally:
        await engine.close()


def test_lay_questions_are_answered_well_enough(outcomes: dict[str, Outcome]) -> None:
    assert len(outcomes["default"].gains) == 308
    assert outcomes["default"].mean() >= FLOOR


def test_pairs_and_single_characters_rank_better_than_words_alone(outcomes: dict[str, Outcome]) -> None:
    assert outcomes["default"].mean() > outcomes["words"].mean() + 0.01


def test_the_measure_itself() -> None:
    judged = {"a": 1, "b": 1}
    assert ndcg(["a", "b", "c"], judged) == 1.0
    assert ndcg(["c", "a"], judged) == pytest.approx(0.3869, abs=1e-4)
    assert ndcg([*"cdefghijkl", "a"], judged) == 0.0
    assert ndcg([], judged) == 0.0
