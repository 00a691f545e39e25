"""How often each row of boilerplate.toml fires: `python -m benchmarks.boilerplate FOLDER…`; rows that never do come last.

A row that a large collection of pages never needs is a row to take out; one that takes hundreds of different lines is one to look at.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from archive.errors import UnreadableFile
from archive.text import MappedText
from ingest.cleaning.boilerplate import MAX_LINE, Row, rows
from ingest.cleaning.invisible import drop_invisible
from ingest.readers import read


def main() -> None:
    """Read all files of the folders, and print for each row lines, different lines and one of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="*", default=[Path("samples"), Path("tests/quality/made_up/samples")])
    taken: dict[Row, Counter[str]] = {row: Counter() for row in rows()}
    files = [path for folder in parser.parse_args().folders for path in sorted(folder.rglob("*")) if path.is_file()]
    for path in files:
        try:
            text = read(path.name, path.read_bytes()).text
        except UnreadableFile:
            continue
        for raw in drop_invisible(MappedText.whole(text)).text.split("\n"):
            count(taken, raw.strip())
    for row, lines in sorted(taken.items(), key=lambda item: -item[1].total()):
        sample = lines.most_common(1)[0][0] if lines else f"never; {row.examples[0]}"
        print(f"{lines.total():7} {len(lines):7}  {sample[:80]}")
    print(f"{sum(not lines for lines in taken.values())} of {len(taken)} rows never fired in {len(files)} files")


def count(taken: dict[Row, Counter[str]], line: str) -> None:
    for row, lines in taken.items():
        found = (row.pattern.fullmatch(line) if len(line) <= MAX_LINE else None) if row.whole_line else row.pattern.search(line)
        if line and found:
            lines[found.group()] += 1
            return


if __name__ == "__main__":
    main()
