"""Search latency through the port and through GraphQL: `python -m benchmarks.search [FOLDER] [--copies N] [--rounds N]`.

The folder's files are ingested into a temporary archive, `--copies` times with a changed first line, so that the index has a size.
Every question is asked in turn in each round; the table gives the median and the ratio to the plainest question of the same run.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from api.bootstrap import open_services
from benchmarks.copies import filled
from schema.build import build_schema
from schema.context import Context, Services
from search.criteria import Facet, Metric, Phrase, SearchRequest, Sort, Term, Text
from search.weights import WORDS, full_text

QUESTION = """{
  search(query: "网格", first: 20) { totalCount nodes { ... on Fact { quote } } facets(fields: [PLACE, THEME, UNIT_KIND]) { field } }
}"""


async def questions(services: Services) -> dict[str, Callable[[], Awaitable[object]]]:
    """What is asked, from the plainest to the whole way through GraphQL."""
    schema = build_schema()

    async def through_graphql() -> object:
        result = await schema.execute(QUESTION, context_value=Context.of(services))
        if result.errors:
            raise SystemExit(str(result.errors))
        return result.data

    words = Text("网格 党员", {"document_words": 1.0, "unit_words": 1.0, "statistic_words": 1.0}, every=True)
    one = Text("网格", {"unit_words": 1.0})
    facets = tuple(Facet(field, field) for field in ("places", "themes", "unit_kind"))
    return {
        "port, one kind": lambda: services.engine.search(SearchRequest(one, {"kind": Term("kind", ("UNIT",))})),
        "port, one field": lambda: services.engine.search(SearchRequest(one)),
        "port, three fields": lambda: services.engine.search(SearchRequest(words)),
        "port, phrase": lambda: services.engine.search(SearchRequest(Phrase("网格员待遇", WORDS))),
        "port, every word": lambda: services.engine.search(SearchRequest(full_text("网格员 待遇", every=True))),
        "port, any word": lambda: services.engine.search(SearchRequest(full_text("网格员的待遇怎么样", every=False))),
        "port, three facets": lambda: services.engine.search(SearchRequest(words, facets=facets)),
        "port, all kinds by date": lambda: services.engine.search(SearchRequest(sort=Sort("published"), metrics=(Metric("v", "value"),))),
        "port, all kinds by id": lambda: services.engine.search(SearchRequest(sort=Sort("id", descending=False))),
        "GraphQL, page with facets": through_graphql,
    }


async def measure(options: argparse.Namespace) -> None:
    """Fill an archive, ask, print."""
    with tempfile.TemporaryDirectory() as folder:
        settings = await filled(Path(folder), options.folder, options.copies)
        async with open_services(settings) as services:
            status = await services.engine.status()
            print(f"{sum(status.entries.values()):,} entries")
            times: dict[str, list[float]] = {}
            asked = await questions(services)
            for _ in range(options.rounds + 1):
                for name, ask in asked.items():
                    started = time.perf_counter()
                    await ask()
                    times.setdefault(name, []).append(time.perf_counter() - started)
    medians = {name: statistics.median(seconds[1:]) for name, seconds in times.items()}
    first = next(iter(medians.values()))
    for name, seconds in medians.items():
        print(f"{name:28} {1000 * seconds:8.2f} ms {seconds / first:6.1f} x")


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("samples"))
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=30)
    asyncio.run(measure(parser.parse_args()))


if __name__ == "__main__":
    main()
