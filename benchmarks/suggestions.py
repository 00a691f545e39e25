"""How long a suggestion takes: `python -m benchmarks.suggestions [--names 50000]`. Names are made up of those of places."""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time

from archive.places import gazetteer
from schema.name_index import Name, NameIndex, SuggestionKind

TYPED = (
    *("网", "村", "网格员", "治理", "合作社", "没有这个", "重庆"),
    *("w", "x", "wang", "wangg", "wanggeyuan", "wgy", "zhengxie", "zhxie", "xinxixitong", "zhongqing", "GDP", "q1"),
    *("shishishi", "ssssss", 40 * "a", 8 * "xian"),
)
ENDS = ("网格员", "合作社", "党支部", "治理中心", "讲习所", "工作法", "积分制", "服务站", "信息系统", "项目")


def made(count: int) -> list[Name]:
    """Names of practices: each of a real place's name and a usual ending."""
    chance = random.Random(7)
    places = [one.name for one in gazetteer().upper()]
    names = dict.fromkeys(chance.choice(places) + chance.choice(places)[:2] + chance.choice(ENDS) for _ in range(2 * count))
    return [Name(name, SuggestionKind.PRACTICE, chance.randrange(50), name) for name in list(names)[:count]]


def main() -> int:
    """Prints the time of building, then the middle and the worst time of each that is typed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=50_000)
    names = made(parser.parse_args().names)
    began = time.perf_counter()
    index = NameIndex(names)
    print(f"{len(index)} names: built in {time.perf_counter() - began:.2f} s")
    every: list[float] = []
    for typed in TYPED:
        times = []
        for _ in range(21):
            began = time.perf_counter()
            found = index.find(typed, 8)
            times.append(1000 * (time.perf_counter() - began))
        every.append(statistics.median(times))
        print(f"{typed[:20]:22} {len(found)} found  p50 {every[-1]:6.2f} ms  worst {max(times):6.2f} ms")
    print(f"all: p50 {statistics.median(every):.2f} ms, slowest {max(every):.2f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
