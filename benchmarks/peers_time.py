"""How many periods of other projects' test suites are read right: `python -m benchmarks.peers_time [FOLDER] [--misses]`.

FOLDER holds jionlp/time_parse.jsonl and recognizers-text/dateperiod_parse.jsonl; by default ../shared/peers beside the project. Only cases
in our scope are counted: whole days, months, quarters, halves and years, with the day that the text was written on as the reference; no
clock times, weekdays, holidays, lunar dates, reigns, years of two digits or times counted from now (3年后). A case is right when one of
the periods read has the days of one accepted. Both suites are talk to an assistant and written dates, of which our documents have few
kinds: the share shows what a change of a rule costs, not a mark to reach.
"""

from __future__ import annotations

import argparse
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from ingest.extract.periods import bounds, scan

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "peers"
SUITES = ("jionlp/time_parse.jsonl", "recognizers-text/dateperiod_parse.jsonl")
OUT_OF_SCOPE = re.compile(
    r"[点时分秒钟]|周|星期|礼拜|节|腊月|正月|农历|阴历|除夕|春|夏|秋|冬|世纪|年代|[天日]前|[天日]后|后天|前天|昨|明天|今天|今日|当[天日]|早|晚|夜|旬|\d{8}"
    r"|(?<!\d)\d\d年|(?<![一二零〇])[零〇一二三四五六七八九]{2}年|康熙|雍正|民国|半[前后以]|[年月度]后|年前|多[年个]|未来|[廿闰]|十[一二三四五]$|初五|暑假"
)


def main() -> None:
    """Print the share of each suite."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=DEFAULT)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    for suite in SUITES:
        path = options.folder / suite
        if not path.is_file():
            print(f"{suite}: not measured, {path} is not there")
            continue
        measure(suite, path, options.misses)


def measure(suite: str, path: Path, misses: bool) -> None:
    """Print how many cases of one suite are in scope, and how many of them are right."""
    cases = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    kept = [case for case in cases if in_scope(case)]
    wrong = [case for case in kept if not is_right(case)]
    share = 100 * (1 - len(wrong) / len(kept)) if kept else 0
    print(f"{suite}: {len(kept) - len(wrong)} of {len(kept)} in scope right ({share:.1f}%), {len(cases)} cases in all")
    for case in wrong if misses else ():
        print("   ", case["text"], case["ref"][:10], [entry.get("accept") for entry in case["expected"]], read(case))


def in_scope(case: dict[str, Any]) -> bool:
    """Whether a case states one period of days or more."""
    expected = case["expected"]
    return len(expected) == 1 and bool(expected[0].get("accept")) and case.get("core", True) and not OUT_OF_SCOPE.search(case["text"])


def read(case: dict[str, Any]) -> list[tuple[str, str | None]]:
    """The first and last days of what we read, an open range up to the reference day."""
    found = [
        period.normal for period in scan(case["text"], int(case["ref"][:4]), today=date.fromisoformat(case["ref"][:10])) if period.normal
    ]
    ends = [bounds(normal) for normal in found]
    return [(first, last or case["ref"][:10]) for first, last in ends]


def is_right(case: dict[str, Any]) -> bool:
    """Whether a period read has exactly the days of an accepted one."""
    accepted = {tuple(days) for days in case["expected"][0]["accept"]}
    return any(days in accepted for days in read(case))


if __name__ == "__main__":
    main()
