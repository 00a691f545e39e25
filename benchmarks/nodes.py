"""An answer of hundreds of objects: ours, beside graphql-core alone. `python -m benchmarks.nodes [--copies N] [--rounds N]`.

graphql-core completes the same selection over the same schema from plain dicts, which hold the answer already: it searches, decodes and
looks up nothing. Both begin with the text of the query and the document parsed and valid, and neither writes JSON; that stands apart.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from graphql import build_schema as core_schema
from graphql import execute_sync, parse

from api.bootstrap import open_services
from api.limits import limits
from benchmarks.copies import filled
from schema.build import build_schema, sdl
from schema.context import Context
from tests.support import ROOT

QUERY = """{ search(query: "网格", first: 100) { totalCount edges { cursor score
 node { __typename ... on Document { id title genre publishedOn source { id name } }
  ... on Fact { id quote evidence { quote range { start end } document { id } } place { id name level } ownPlace { id name level }
   document { id title genre publishedOn source { id name } } }
  ... on KnowledgeUnit { kind cue path } ... on Statistic { value unit subject } } } } }"""


async def measure(options: argparse.Namespace) -> None:
    """Fill an archive, complete by turns, print."""
    with tempfile.TemporaryDirectory() as folder:
        settings = await filled(Path(folder), ROOT / "samples", options.copies)
        ours, plain, document = build_schema([limits()]), core_schema(sdl()), parse(QUERY)
        async with open_services(settings) as services:

            async def answered() -> dict[str, Any]:
                result = await ours.execute(QUERY, context_value=Context.of(services))
                assert result.data and not result.errors, result.errors
                return result.data

            data = await answered()
            assert execute_sync(plain, document, data).data == data
            times: dict[str, list[float]] = {"ours": [], "graphql-core": [], "JSON": []}
            for _ in range(options.rounds):
                began = time.process_time()
                await answered()
                times["ours"].append(time.process_time() - began)
                began = time.process_time()
                execute_sync(plain, document, data)
                times["graphql-core"].append(time.process_time() - began)
                began = time.process_time()
                msgspec.json.encode(data)
                times["JSON"].append(time.process_time() - began)
    objects, fields = map(sum, zip(*((1, len(one)) for one in _objects(data)), strict=True))
    print(f"{objects:,} objects, {fields:,} fields; milliseconds of the processor, all threads")
    for name, seconds in times.items():
        ratio = statistics.median(one / base for one, base in zip(seconds, times["graphql-core"], strict=True))
        print(f"{name:14} median {1000 * statistics.median(seconds):7.2f}  least {1000 * min(seconds):7.2f}  {ratio:5.2f} x")


def _objects(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _objects(inner)


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--copies", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=30)
    asyncio.run(measure(parser.parse_args()))


if __name__ == "__main__":
    main()
