"""Whether memory stays flat: mixed requests to a real service, and what it holds as they go by. `python -m benchmarks.soak [REQUESTS]`.

A third of the documents, variables and hashes are new each time, and some requests are refused, so that every cache is filled and emptied.
Prints a line for each twentieth of the requests; Linux only. The first fifth fills caches, growth is counted from there.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import httpx2 as httpx

from tests.http.hostile import ANSWERED, REFUSED
from tests.support import ROOT, SAMPLES

CONNECTIONS = 8
PATHS = ("/health", "/metrics", "/schema.graphql", "/graphiql", "/nothing{}", "/originals/x")
WORDS = ("网格", "干部", "治理", "乡村振兴", "党建", "合作社", "就业", "矛盾纠纷")


def main(requests: int = 20_000) -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = str(Path(folder) / "archive")
        subprocess.run([sys.executable, "-m", "api", "ingest", "--archive", archive, *map(str, SAMPLES)], check=True, capture_output=True)
        command = [sys.executable, "-m", "api", "serve", "--archive", archive, "--port", "0"]
        served = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        try:
            assert served.stderr is not None
            found = re.search("on (http://[^ ]+)/ ", served.stderr.readline())
            assert found
            threading.Thread(target=served.stderr.read, daemon=True).start()
            asyncio.run(_soak(found[1], served.pid, requests))
        finally:
            served.terminate()
            served.wait()


async def _soak(address: str, pid: int, requests: int) -> None:
    statuses: Counter[int] = Counter()
    held: list[float] = []
    step = max(CONNECTIONS, requests // 20)
    began = time.perf_counter()
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        for start in range(0, requests, step):
            waiting = iter(range(start, min(requests, start + step)))

            async def work(numbers: object = waiting) -> None:
                for number in numbers:  # type: ignore[attr-defined]
                    statuses[(await _ask(client, number)).status_code] += 1

            await asyncio.gather(*(work() for _ in range(CONNECTIONS)))
            held.append(_resident(pid))
            done = start + step
            print(f"{done:7} requests {held[-1]:7.1f} MB {done / (time.perf_counter() - began):6.0f}/s  {dict(statuses)}", flush=True)
    settled = held[len(held) // 5]
    print(f"growth after the first fifth: {held[-1] - settled:+.1f} MB, the highest {max(held) - settled:+.1f} MB")


async def _ask(client: httpx.AsyncClient, number: int) -> httpx.Response:
    """One of several kinds of request, by its number."""
    kind, word = number % 12, WORDS[number % len(WORDS)]
    if kind < 2:
        return await client.get("/graphql", params={"query": SEARCH, "variables": json.dumps({"q": f"{word} {number}"})})
    if kind == 2:
        return await client.get(PATHS[number // 12 % len(PATHS)].format(number))
    return await client.post("/graphql", json=_body(kind, number, word))


def _body(kind: int, number: int, word: str) -> dict[str, object]:
    search: dict[str, object] = {"query": SEARCH, "variables": {"q": word}}
    if kind < 6:
        return QUERIES[number // 12 % len(QUERIES)]
    if kind < 8:
        return {**search, "query": f"# {number}\n{SEARCH}"}
    if kind == 8:
        query = f"{{ a{number}: __typename }}"
        return {"query": query, "extensions": {"persistedQuery": {"version": 1, "sha256Hash": hashlib.sha256(query.encode()).hexdigest()}}}
    if kind == 9:
        return {"query": f"{{ nope{number} }}"}
    return HOSTILE[number // 60 % len(HOSTILE)] if number % 60 == 10 else search


def _worked() -> list[dict[str, object]]:
    found = []
    for path in sorted((ROOT / "samples" / "queries").glob("*.graphql")):
        given = path.with_suffix(".json")
        found.append({"query": path.read_text("utf-8"), "variables": json.loads(given.read_text("utf-8")) if given.exists() else {}})
    return found


def _resident(pid: int) -> float:
    """What the process holds now, in MB."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text("ascii"))
    assert found
    return int(found[1]) / 1024


QUERIES = _worked()
HOSTILE = [*REFUSED.values(), *ANSWERED.values()]
SEARCH = """query Soak($q: String!) { search(query: $q) { totalCount facets(fields: [PLACE, THEME]) { buckets { value count } }
 edges { cursor highlights { text ranges { start end } } node { __typename ... on Fact { quote document { title } } } } } }"""

if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
