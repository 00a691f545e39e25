"""Pages a second, read whole and by bare trafilatura, and what each loses: `python -m benchmarks.reader_html [--rounds N]`.

The pages are the templates of the tests around a body of 9 and of 90 paragraphs. `lost` counts paragraphs of the body that are not in the
text, `extra` lines of the site that are. The target: reading takes at most twice the time that trafilatura alone takes.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import trafilatura

from ingest.readers import read
from tests.ingest.readers.web_pages import BODY, FURNITURE, TEMPLATES

TIMES = (1, 10)


def ours(page: bytes) -> str:
    """The text by our reader."""
    return read("a.html", page).text


def bare(page: bytes) -> str:
    """The text by trafilatura alone, with the settings that lose the least."""
    found = trafilatura.bare_extraction(page, favor_recall=True, include_comments=False)
    return "\n".join(found.body.itertext()) if found is not None and found.body is not None else ""  # type: ignore[union-attr]


def measured(name: str, method: Callable[[bytes], str], pages: list[tuple[list[str], bytes]], rounds: int) -> float:
    """Processor seconds for all pages, the best of `rounds`; prints the row."""
    best = min(_seconds(method, pages) for _ in range(rounds))
    lost = extra = 0
    for body, page in pages:
        text = "".join(method(page).split())
        lost += sum("".join(line.split()) not in text for line in body)
        extra += sum(words in text for words in FURNITURE)
    print(f"{name:14} {len(pages) / best:8.0f} pages/s {lost:6} lost {extra:6} extra")
    return best


def _seconds(method: Callable[[bytes], str], pages: list[tuple[list[str], bytes]]) -> float:
    started = time.process_time()
    for _, page in pages:
        method(page)
    return time.process_time() - started


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    for times in TIMES:
        bodies = [[f"{line[:-1]}（之{number}）{line[-1]}" for number in range(times) for line in BODY] for _ in TEMPLATES]
        pages = [(body, template(body).encode()) for body, template in zip(bodies, TEMPLATES.values(), strict=True)]
        print(f"{len(BODY) * times} paragraphs")
        share = measured("this reader", ours, pages, options.rounds) / measured("trafilatura", bare, pages, options.rounds)
        print(f"               {share:.2f} of trafilatura's time")


if __name__ == "__main__":
    main()
