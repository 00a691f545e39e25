"""What hostile queries cost: time and growth of the memory, each in a fresh server. `python -m benchmarks.hostile [WORDS]`.

Every query of tests/http/hostile.py whose name holds WORDS is sent three times to a service of its own, after a plain query. `wall` and
`cpu` are the worst of the three. `cpu` (in ticks of 10 ms, with that of `/health`, which is asked meanwhile) is what is held against the
budget, because a busy machine does not change it. Growth is the highest resident memory after it less that before, read from /proc, so
this runs on Linux only.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import httpx2 as httpx

from tests.http.hostile import ANSWERED, REFUSED, Body
from tests.support import SAMPLES

SECONDS, MEGABYTES = 0.5, 50.0
TICKS = os.sysconf("SC_CLK_TCK")


def main(words: str = "") -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = str(Path(folder) / "archive")
        subprocess.run([sys.executable, "-m", "api", "ingest", "--archive", archive, *map(str, SAMPLES)], check=True, capture_output=True)
        print(f"{'query':48} {'KB':>5} {'wall ms':>9} {'cpu ms':>7} {'MB':>6} {'health ms':>9}  answer")
        for name, body in {**REFUSED, **ANSWERED}.items():
            if words in name:
                _measure(archive, name, body)


def _measure(archive: str, name: str, body: Body) -> None:
    command = [sys.executable, "-m", "api", "serve", "--archive", archive, "--port", "0"]
    served = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert served.stderr is not None
        line = served.stderr.readline()
        found = re.search("on (http://[^ ]+)/ ", line)
        assert found, line
        threading.Thread(target=served.stderr.read, daemon=True).start()
        with httpx.Client(base_url=found[1], timeout=60, headers={"accept": "application/graphql-response+json"}) as client:
            for _ in range(3):
                client.post("/graphql", json={"query": '{ search(query: "网格") { totalCount nodes { __typename } } }'})
            sent = json.dumps(body, ensure_ascii=False).encode()
            before, used = _peak(served.pid), _used(served.pid)
            times, waited, spent = [], [], []
            for _ in range(3):
                watch = threading.Thread(target=_health, args=(found[1], waited))
                watch.start()
                began = time.perf_counter()
                answer = client.post("/graphql", content=sent, headers={"content-type": "application/json"})
                times.append(time.perf_counter() - began)
                watch.join()
                spent.append(_used(served.pid) - used)
                used = _used(served.pid)
            grown = (_peak(served.pid) - before) / 1024
        errors = answer.json().get("errors")
        told = errors[0]["extensions"]["code"] if errors else "data"
        size = len(answer.content)
        marks = (" SLOW" if max(spent) > SECONDS else "") + (" BIG" if grown > MEGABYTES else "")
        first, cpu, health = 1000 * max(times), 1000 * max(spent), 1000 * max(waited)
        row = f"{name[:48]:48} {len(sent) // 1024:5} {first:9.1f} {cpu:7.0f} {grown:6.1f} {health:9.1f}"
        print(f"{row}  {answer.status_code} {told} {size:,} B{marks}", flush=True)
    finally:
        served.terminate()
        served.wait()


def _health(address: str, waited: list[float]) -> None:
    """How long another reader waits who asks at the same time."""
    time.sleep(0.005)
    began = time.perf_counter()
    httpx.get(f"{address}/health", timeout=60)
    waited.append(time.perf_counter() - began)


def _used(pid: int) -> float:
    """Seconds of the processor so far; other work on the machine does not change it."""
    return sum(int(field) for field in Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[11:13]) / TICKS


def _peak(pid: int) -> int:
    """The highest resident memory so far, in KiB."""
    found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text("ascii"))
    assert found
    return int(found[1])


if __name__ == "__main__":
    main(*sys.argv[1:])
