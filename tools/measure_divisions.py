"""How much of an independent list of divisions the gazetteer resolves.

    python tools/measure_divisions.py [--list DIR] [--misses]

DIR holds current_2024.jsonl (full name → code in force) and renamed_since_2000.jsonl (old name → old code, successors), built from the
Ministry of Civil Affairs' yearly lists by yescallop/areacodes (CC0); by default ../shared/peers/areacodes beside the project. The list is a
yardstick only, nothing of it is in the data. A current name is right when reading it as text gives its code; an old one when it gives
the old code or a successor (`text`), and its successors are right when following the old code leads to one of those listed (`follow`).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from archive.places import gazetteer  # noqa: E402
from ingest.extract.place_names import find_names  # noqa: E402
from ingest.extract.place_sense import Senses  # noqa: E402

DEFAULT = ROOT.parent / "shared" / "peers" / "areacodes"


def last_code(text: str) -> str | None:
    """The code of the last place that `text` names."""
    names = find_names(text)
    sense = Senses([names]).senses.get(names[-1].text) if names else None
    return sense.county if sense else None


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", type=Path, default=DEFAULT)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    if not options.list.is_dir():
        print(f"Nothing measured: {options.list} is not there. Give the folder with --list.")
        return 0
    places = gazetteer()
    missed: list[str] = []
    current = rows(options.list / "current_2024.jsonl")
    known = right = 0
    for row in current:
        (want,) = row["expected"]  # type: ignore[misc]
        division = places.get(want["adcode"])
        known += division is not None and division.name == want["name"] and division.in_force
        got = last_code(str(row["text"]))
        right += got == want["adcode"]
        if got != want["adcode"]:
            missed.append(f"current {row['text']} {want['adcode']} read as {got}")
    print(f"current: {known}/{len(current)} in the gazetteer under that code and name, {right}/{len(current)} read right as text")
    renamed = rows(options.list / "renamed_since_2000.jsonl")
    known = right = followed = 0
    for row in renamed:
        (want,) = row["expected"]  # type: ignore[misc]
        old, new = want["adcode_old"], set(want["adcode_new"])
        known += any(division.code == old for division in places.named(want["name"]))
        got = last_code(str(row["text"]))
        right += got == old or got in new
        leads = {division.code for division in places.current(old)}
        later = new | {division.code for code in new for division in places.current(code)}
        followed += bool(leads & later) or (not new and bool(leads))
        if not (got == old or got in new):
            missed.append(f"renamed {row['text']} {old} {sorted(new)} read as {got}")
        if not leads & later and (new or not leads):
            missed.append(f"follow {row['text']} {old} {sorted(new)} leads to {sorted(leads)}")
    print(f"renamed: {known}/{len(renamed)} old name and code known, {right}/{len(renamed)} read right as text, ", end="")
    print(f"{followed}/{len(renamed)} lead to a listed successor")
    if options.misses:
        print("\n".join(missed))
    return 0


if __name__ == "__main__":
    sys.exit(main())
