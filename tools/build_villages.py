"""Build archive/data/villages.bin anew: China's villages and communities with their twelve-digit codes.

    python tools/build_villages.py SOURCES

SOURCES is the folder that tools/build_divisions.py takes; of it only china-division-2.7.0 (npm, MIT; state of June 2023) is read.

The file is read county by county: its first line is the length of a table of contents (compressed lines `county, bytes`), then come one
compressed block a county. A block's lines are `township (three digits)` and its villages, joined by commas: a name leaves out 社区 where
the code begins with 0 and 村 where it does not, and a code is written only where it is not the one before it plus one.
The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import re
import zlib
from collections import defaultdict
from pathlib import Path

DATA = Path(__file__).parents[1] / "archive" / "data" / "villages.bin"
OFFICE = re.compile(r"(社区居民委员会|村民委员会|居民委员会|嘎查委员会|社区居委会|嘎查村委会|居委会|村委会|民委员会|委员会)$")
KIND = re.compile(r"(社区|嘎查|村)$")
NAME = re.compile(r"[一-鿿〇]{1,9}")


def read(path: Path) -> dict[str, dict[str, list[tuple[int, str]]]]:
    """Villages by county and township: the last three digits of each and its short name, by code."""
    found: dict[str, dict[str, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            code, name = row["code"], OFFICE.sub("", row["name"])
            kind = KIND.search(name)
            stem = KIND.sub("", name)
            usual = "社区" if code[9] == "0" else "村"
            if NAME.fullmatch(stem):
                found[code[:6]][code[6:9]].append((int(code[9:]), stem if kind is None or kind[1] == usual else name))
    return found


def block(townships: dict[str, list[tuple[int, str]]]) -> bytes:
    """One county, compressed."""
    lines = []
    for township, villages in sorted(townships.items()):
        before, words = -1, []
        for code, name in sorted(villages):
            words.append(name if code == before + 1 else f"{code}{name}")
            before = code
        lines.append(f"{township},{','.join(words)}")
    return zlib.compress("\n".join(lines).encode("gb18030"), 9)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", type=Path)
    counties = read(parser.parse_args().sources / "china-division-2.7.0" / "dist" / "villages.csv")
    blocks = {county: block(townships) for county, townships in sorted(counties.items())}
    contents = zlib.compress("\n".join(f"{county},{len(packed)}" for county, packed in blocks.items()).encode(), 9)
    DATA.write_bytes(b"%d\n" % len(contents) + contents + b"".join(blocks.values()))
    villages = sum(len(names) for townships in counties.values() for names in townships.values())
    print(f"{DATA.name}: {villages} villages of {len(blocks)} counties, {DATA.stat().st_size} bytes")


if __name__ == "__main__":
    main()
