"""Our reading of numbers, shares, amounts, measures and ages on the test suites of other projects: cases right, items found, false finds.

Usage: python -m benchmarks.peers [FOLDER] [--misses]. FOLDER (default: shared/peers beside the project) holds suites as JSON lines,
one case a line: `text`, and `expected` items with `start`, `end`, `value`, `max_value`, or `min` and `max`. A case is right when every
item is found; one that expects nothing is right when nothing is found. Much in these suites is no task of ours (bare digits, 打八折,
small Chinese numerals in talk, which our documents use in slogans): the table shows what a change of a rule costs, not a mark to reach.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from archive.findings import Measure
from ingest.extract.figure_numbers import numbers
from ingest.extract.numerals import fold, plain, read
from ingest.extract.statistic_figures import Figure, figures

_HAN = re.compile(r"[零〇一二两三四五六七八九十百千万亿点壹贰叁肆伍陆柒捌玖拾佰仟]+")
SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "peers"


class Found(NamedTuple):
    """A quantity at `[start, end)`."""

    start: int
    end: int
    value: float | int
    max_value: float | int | None = None


Reader = Callable[[str], list[Found]]


def _of(*measures: Measure) -> Reader:
    """Reads the figures of these measures, or of all but money, shares and rates when none is named."""
    others = frozenset(Measure) - {Measure.MONEY, Measure.PERCENT, Measure.FREQUENCY}
    wanted = frozenset(measures) or others
    return lambda text: [_found(figure) for figure in figures(fold(text)) if figure.measure in wanted]


def _found(figure: Figure) -> Found:
    return Found(figure.start, figure.end, figure.value, figure.max_value)


def _ages(text: str) -> list[Found]:
    return [_found(figure) for figure in figures(fold(text)) if figure.unit in ("岁", "周岁")]


def _figures_and_numbers(text: str) -> list[Found]:
    """Every figure, and every number that is part of none."""
    found = [_found(figure) for figure in figures(fold(text))]
    return found + [item for item in _numbers(text) if not any(item.start < other.end and other.start < item.end for other in found)]


def _numbers(text: str) -> list[Found]:
    return [Found(item.start, item.end, plain(item.value), plain(item.last) if item.last else None) for item in numbers(fold(text))]


def _numeral(text: str) -> list[Found]:
    """The whole text as one numeral, with its multiplier."""
    value = read(text) if _HAN.fullmatch(text) else None
    return _figures_and_numbers(text) if value is None else [Found(0, len(text), plain(value))]


SUITES: tuple[tuple[str, Reader], ...] = (
    ("recognizers-text/dimension", _of()),
    ("recognizers-text/money", _of(Measure.MONEY)),
    ("recognizers-text/percent", _of(Measure.PERCENT)),
    ("recognizers-text/age", _ages),
    ("recognizers-text/duration_extract", _of(Measure.DURATION)),
    ("recognizers-text/numberrange", _figures_and_numbers),
    ("recognizers-text/number", _numbers),
    ("jionlp/money_parse", _of(Measure.MONEY)),
    ("jionlp/money_extract", _of(Measure.MONEY)),
    ("cn2an/numerals", _numeral),
    ("wetextprocessing/values_derived", _numeral),
)


class Score(NamedTuple):
    """Cases right of all, items found of all, and cases that expect nothing but yielded something of all such."""

    right: int
    cases: int
    found: int
    items: int
    false: int
    empty: int


def score(cases: Iterable[dict[str, Any]], reader: Reader, misses: list[str]) -> Score:
    """Runs a reader over the cases of a suite; what it missed is added to `misses`."""
    total = [0] * 6
    for case in cases:
        found = reader(case["text"])
        left, extra = list(found), len(found)
        hits = 0
        for item in case["expected"]:
            match = next((one for one in left if _same(item, one)), None)
            if match is not None:
                left.remove(match)
                hits += 1
        expected = len(case["expected"])
        right = hits == expected and (bool(expected) or not extra)
        counts = (right, 1, hits, expected, not expected and extra > 0, not expected)
        total = [had + int(more) for had, more in zip(total, counts, strict=True)]
        if not right:
            misses.append(
                f"{case['text'][:60]!r}: {[item.get('span') for item in case['expected']]}, found {[tuple(one) for one in found[:3]]}"
            )
    return Score(*total)


def _same(item: dict[str, Any], found: Found) -> bool:
    """As the suites' own scorer has it: overlapping, and of one value, or of one span where the suite gives no value."""
    if "start" in item and not (found.start < item["end"] and found.end > item["start"]):
        return False
    if "min" in item or "max" in item:
        return all(item.get(name) is None or _close(value, item[name]) for name, value in (("min", found.value), ("max", found.max_value)))
    if item.get("value") is not None:
        return _close(found.value, item["value"]) and (item.get("max_value") is None or _close(found.max_value, item["max_value"]))
    return (found.start, found.end) == (item["start"], item["end"])


def _close(have: float | None, want: float) -> bool:
    return have is not None and abs(have - float(want)) <= 1e-6 * max(1, abs(float(want)))


def main(argv: list[str] | None = None) -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="benchmarks.peers", description="our reading of figures on other projects' test suites")
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED)
    parser.add_argument("--misses", action="store_true", help="print the cases that are not right")
    arguments = parser.parse_args(argv)
    if not arguments.folder.is_dir():
        print(f"{arguments.folder} is not there: the suites of other projects are no part of this one, so there is nothing to run.")
        return 0
    print(f"{'suite':36}{'right':>6}/{'cases':<6}{'items found':>12}{'false finds':>14}")
    for name, reader in SUITES:
        path = arguments.folder / f"{name}.jsonl"
        if not path.is_file():
            print(f"{name:36} not there")
            continue
        misses: list[str] = []
        result = score(map(json.loads, path.read_text("utf-8").splitlines()), reader, misses)
        print(f"{name:36}{result.right:>6}/{result.cases:<6}{result.found:>6}/{result.items:<5}{result.false:>8}/{result.empty:<5}")
        for miss in misses if arguments.misses else ():
            print(f"    {miss}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
