"""How well the default search ranks: `python -m benchmarks.retrieval [FOLDER] [--region 全国] [--shares 0.2 0.5 1]`.

FOLDER (../shared/ir beside the project) holds a public judged set: articles of statutes, questions as lay people ask them, judgments. The
articles of the region become units of an embedded archive; every question is asked in each way of the table, with the project's engine,
text analysis and query tree. nDCG@10 over all questions, over those to tune by (train) and those to report (dev); `found` is the share of
questions that find anything, `ms` the mean time of a search.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import lzma
import math
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from archive.places import gazetteer
from schema.context import Services
from schema.enums import MatchMode
from schema.language.plan import planned
from schema.search import FEW
from search.criteria import Any as AnyOf
from search.criteria import Query, SearchRequest, Text
from search.embedded.engine import EmbeddedEngine
from search.port import Entry, SearchEngine, SourceEntries

SHARED = Path(__file__).resolve().parents[2] / "shared" / "ir"
DEPTH = 10
_SOURCE = 500  # articles written as one source

Asked: TypeAlias = Callable[[SearchEngine, str], Awaitable[Query]]
"""The query of a question; the engine is there for what asks it first."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Texts by id, questions by id, for each question the relevance of the texts that were judged, and the split of the questions."""

    texts: Mapping[str, str]
    questions: Mapping[str, str]
    judgments: Mapping[str, Mapping[str, int]]
    split: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one way of asking gave: nDCG@10 of each question, how many found anything, and the mean seconds of a question."""

    gains: Mapping[str, float]
    found: int
    seconds: float

    def mean(self, among: Collection[str] | None = None) -> float:
        """nDCG@10 over the questions, or over those of a part of them."""
        chosen = [gain for question, gain in self.gains.items() if among is None or question in among]
        return sum(chosen) / len(chosen)


def read(folder: Path, region: str | None = None) -> Judged:
    """The set in `folder`, articles of one region only where given. Raises FileNotFoundError."""
    texts = {row["id"]: row["text"] for row in _rows(folder / "statutes.docs.jsonl.xz") if region in (None, row["region"])}
    judgments: dict[str, dict[str, int]] = {}
    for row in _rows(folder / "statutes.qrels.jsonl.xz"):
        judgments.setdefault(row["q"], {})[row["d"]] = row["rel"]
    questions = {row["id"]: row["text"] for row in _rows(folder / "statutes.queries.jsonl.xz")}
    split = json.loads((folder / "statutes.split.json").read_text("utf-8"))
    return Judged(texts, questions, judgments, {name: frozenset(several) for name, several in split.items()})


async def sources(texts: Mapping[str, str]) -> AsyncIterator[list[SourceEntries]]:
    """The texts as units, in batches for `rebuild`."""
    entries = [Entry(key, "UNIT", {"unit_words": text, "unit_grams": text}, b"{}") for key, text in texts.items()]
    for at in range(0, len(entries), _SOURCE):
        yield [SourceEntries(f"S{at}", tuple(entries[at : at + _SOURCE]))]


def ndcg(ranked: Sequence[str], judged: Mapping[str, int]) -> float:
    """Normalised discounted cumulative gain of the first ten, between 0 and 1."""
    best = _gain(sorted(judged.values(), reverse=True))
    return _gain([judged.get(one, 0) for one in ranked]) / best if best else 0.0


async def ask(engine: SearchEngine, judged: Judged, way: Asked) -> Outcome:
    """Every question, asked in one way."""
    gains: dict[str, float] = {}
    found = 0
    started = time.perf_counter()
    for key, question in judged.questions.items():
        page = await engine.search(SearchRequest(await way(engine, question), size=DEPTH))
        ranked = [hit.id for hit in page.hits]
        found += bool(ranked)
        gains[key] = ndcg(ranked, judged.judgments.get(key, {}))
    return Outcome(gains, found, (time.perf_counter() - started) / len(gains))


def ways(shares: Iterable[float]) -> dict[str, Asked]:
    """What is compared. A share is the weight of the pairs (of single characters) beside words of weight 1."""

    def box(match: MatchMode) -> Asked:
        """As the search box reads it, clauses, quotation marks and all."""

        async def asked(engine: SearchEngine, text: str) -> Query:
            plan = await planned(Services(engine, gazetteer()), text, match)
            if match is not MatchMode.AUTO:
                return plan.query(every=match is MatchMode.ALL)
            whole = await engine.search(SearchRequest(plan.query(every=True), size=0))
            return plan.query(every=whole.total >= FEW or not plan.can_relax)

        return asked

    def fields(**weights: float) -> Asked:
        async def asked(_: SearchEngine, text: str) -> Query:
            return AnyOf(tuple(Text(text, {f"unit_{form}": weight}) for form, weight in weights.items() if weight))

        return asked

    return {
        "default": box(MatchMode.AUTO),
        "default, ANY": box(MatchMode.ANY),
        "default, ALL": box(MatchMode.ALL),
        "words": fields(words=1.0),
        "pairs": fields(grams=1.0),
        "single characters": fields(chars=1.0),
        **{f"words + {share:g} pairs": fields(words=1.0, grams=share) for share in shares},
        **{f"pairs + {share:g} single characters": fields(grams=1.0, chars=share) for share in shares},
        **{f"words + pairs + {share:g} single characters": fields(words=1.0, grams=1.0, chars=share) for share in shares},
    }


async def measure(options: argparse.Namespace) -> None:
    """Index, ask, print."""
    try:
        judged = read(options.folder, options.region)
    except FileNotFoundError as error:
        raise SystemExit(f"{error.filename} is not there: name the folder of the judged set (its README tells where it is from)") from error
    with tempfile.TemporaryDirectory() as folder:
        engine = EmbeddedEngine.open(Path(folder))
        await engine.rebuild(sources(judged.texts))
        size = _bytes(Path(folder))
        raw = sum(len(text.encode()) for text in judged.texts.values())
        print(f"{len(judged.texts):,} texts, {len(judged.questions):,} questions, index {size / raw:.2f} of the text")
        print(f"{'nDCG@10':50} {'all':>6} {'train':>6} {'dev':>6} {'found':>6} {'ms':>6}")
        for name, way in ways(options.shares).items():
            found = await ask(engine, judged, way)
            parts = (found.mean(), *(found.mean(judged.split[part]) for part in ("train", "dev")), found.found / len(found.gains))
            print(f"{name:50} " + " ".join(f"{part:6.3f}" for part in parts) + f" {1000 * found.seconds:6.1f}")
        await engine.close()


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _gain(relevance: Sequence[int]) -> float:
    return sum(value / math.log2(rank + 2) for rank, value in enumerate(relevance[:DEPTH]))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=SHARED)
    parser.add_argument("--region", default="全国")
    parser.add_argument("--shares", type=float, nargs="+", default=[0.2, 0.5, 1.0])
    asyncio.run(measure(parser.parse_args()))


if __name__ == "__main__":
    main()
