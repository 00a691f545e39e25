"""Searches a second over HTTP beside the same search without GraphQL: `python -m benchmarks.load [--copies N] [--rounds N] [--seconds S]`.

Each way is asked over 1, 8 and 64 connections in turn, round by round, of one server process; this process is the client:

- `port`: a plain address of the same server that has the engine answer the page and its facets in one request, and sends ids and records;
- `page`: 20 hits with three facets in GraphQL; `marked`: the same with highlights;
- `trusted`: the `page`'s words in a document that the server holds (samples/queries/07-first-page.graphql: 10 hits, six facets, marks);
- `held`: `page` by GET by a client who has the answer (304).

`ratio` is the median over the rounds of requests a second against `port` in the same round.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp

from api.documents import hash_of
from benchmarks.copies import filled
from tests.support import ROOT

WORDS = ("网格", "干部", "治理", "乡村振兴", "党建", "合作社", "就业", "服务")
CONNECTIONS = (1, 8, 64)
PAGE = """query Page($q: String!) { search(query: $q, first: 20) { totalCount facets(fields: [PLACE, THEME, UNIT_KIND]) {
 field label otherCount buckets { value label count selected } } edges { cursor MARKS node { __typename
 ... on Document { id title } ... on Fact { id quote placeName document { id title } } } } } }"""
MARKED = PAGE.replace("MARKS", "highlights { text ranges { start end } }")
PAGE = PAGE.replace("MARKS", "")
TRUSTED = f"sha256:{hash_of((ROOT / 'samples' / 'queries' / '07-first-page.graphql').read_text('utf-8'))}"
Way = Callable[[aiohttp.ClientSession, str], Awaitable[int]]


async def _send(client: aiohttp.ClientSession, **body: object) -> int:
    async with client.post("/graphql", json=body) as answer:
        data = await answer.read()
        assert answer.status == 200 and b'"errors"' not in data, data[:300]
        return len(data)


async def _port(client: aiohttp.ClientSession, word: str) -> int:
    async with client.get("/port", params={"q": word}) as answer:
        assert answer.status == 200
        return len(await answer.read())


def _held() -> Way:
    tags: dict[str, str] = {}

    async def ask(client: aiohttp.ClientSession, word: str) -> int:
        variables = json.dumps({"q": word}, ensure_ascii=False)
        headers = {"if-none-match": tags[word]} if word in tags else {}
        async with client.get("/graphql", params={"query": PAGE, "variables": variables}, headers=headers) as answer:
            assert answer.status == (304 if headers else 200)
            tags[word] = answer.headers["etag"]
            return len(await answer.read())

    return ask


WAYS: dict[str, Way] = {
    "port": _port,
    "page": lambda client, word: _send(client, query=PAGE, variables={"q": word}),
    "marked": lambda client, word: _send(client, query=MARKED, variables={"q": word}),
    "trusted": lambda client, word: _send(client, documentId=TRUSTED, variables={"query": word}),
    "held": _held(),
}


async def _press(client: aiohttp.ClientSession, way: Way, connections: int, seconds: float) -> tuple[float, list[float]]:
    """Requests a second, and how long each took."""
    took: list[float] = []
    began = time.perf_counter()

    async def work(number: int) -> None:
        while time.perf_counter() - began < seconds:
            started = time.perf_counter()
            await way(client, WORDS[number % len(WORDS)])
            took.append(time.perf_counter() - started)
            number += 1

    await asyncio.gather(*(work(number) for number in range(connections)))
    return len(took) / (time.perf_counter() - began), took


async def _measure(address: str, options: argparse.Namespace) -> None:
    async with aiohttp.ClientSession(address, connector=aiohttp.TCPConnector(limit=max(CONNECTIONS))) as client:
        sizes = {name: [await way(client, word) for word in WORDS] for name, way in WAYS.items()}
        for connections in CONNECTIONS:
            rates: dict[str, list[float]] = defaultdict(list)
            times: dict[str, list[float]] = defaultdict(list)
            for _ in range(options.rounds):
                for name, way in WAYS.items():
                    rate, took = await _press(client, way, connections, options.seconds)
                    rates[name].append(rate)
                    times[name] += took
            print(f"{connections} connections    requests/s  ratio   p50 ms   p99 ms  bytes", flush=True)
            for name, found in rates.items():
                ratio = statistics.median(one / base for one, base in zip(found, rates["port"], strict=True))
                cuts = statistics.quantiles(times[name], n=100)
                figures = f"{statistics.median(found):13.1f} {ratio:6.2f} {1000 * cuts[49]:8.1f} {1000 * cuts[98]:8.1f}"
                print(f"  {name:12}{figures} {statistics.median(sizes[name]):7.0f}", flush=True)


def main() -> None:
    """Fill an archive, serve it in another process, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--copies", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = asyncio.run(filled(Path(folder), ROOT / "samples", options.copies))
        command = [sys.executable, "-m", "benchmarks.load_server", str(settings.archive)]
        served = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        try:
            assert served.stderr is not None
            found = re.search("on (http://[^ ]+)/ ", served.stderr.readline())
            assert found
            threading.Thread(target=served.stderr.read, daemon=True).start()
            asyncio.run(_measure(found[1], options))
        finally:
            served.terminate()
            served.wait()


if __name__ == "__main__":
    main()
