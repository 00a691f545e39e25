"""Whether copies are found, and at what price: `python -m benchmarks.reprints [--documents N] [--elasticsearch URL]`.

The first table tells the share of copies that are told as such, by what was done to them and by the length of the text. The second one
fills an archive with made documents and asks for the candidates of copies: how many the engine's one query gives, and in what time.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from archive.ids import content_hash, document_id
from archive.records import Document, Source
from archive.text import MappedText
from benchmarks.report_texts import HAN, alike, varied
from ingest.cleaning import clean
from ingest.duplicates import Copy, find_shingles, related
from ingest.indexing import projected
from ingest.reprints import candidates
from search.elastic.cluster import Cluster
from search.elastic.engine import ElasticEngine
from search.embedded.engine import EmbeddedEngine
from search.port import SearchEngine

LENGTHS = (300, 1_000, 5_000, 20_000)
TRIES = 40
_BATCH = 500
TEXTS = {"alike": alike, "varied": varied}


def noisy(share: float, figures: bool) -> Callable[[str, random.Random], str]:
    """Wrong characters, as a machine reads them in a bad scan; with `figures` digits suffer as well."""

    def spoilt(given: str, chance: random.Random) -> str:
        def one(char: str) -> str:
            if chance.random() >= share or not (char.isdigit() if figures and char.isascii() else char >= "一"):
                return char
            return chance.choice("0123456789") if char.isdigit() else chance.choice(HAN)

        return "".join(map(one, given))

    return spoilt


def scattered(given: str, chance: random.Random) -> str:
    """Every so often a paragraph, 40% of all."""
    parts = given.split("。")
    kept = sorted(chance.sample(range(len(parts)), max(1, 2 * len(parts) // 5)))
    return "。".join(parts[number] for number in kept)


def reordered(given: str, chance: random.Random) -> str:
    """The paragraphs in another order."""
    parts = given.split("\n")
    chance.shuffle(parts)
    return "\n".join(parts)


def with_dirt(given: str, _chance: random.Random) -> str:
    """What a site prints around it, as cleaning leaves it: most of it goes."""
    top = "您现在的位置：首页 > 县区动态 > 正文\n【字体：大 中 小】\n"
    return clean(f"{top}{given}。\n分享到：微信 微博\n相关阅读：\n某某镇开展义诊活动\n某某村修通产业路\n版权所有：某某网").page.text


def corrected(given: str, _chance: random.Random) -> str:
    """One figure is another."""
    digits = [at for at, char in enumerate(given) if char.isdigit()]
    at = digits[len(digits) // 2]
    return given[:at] + ("7" if given[at] != "7" else "8") + given[at + 1 :]


def another_county(given: str, chance: random.Random) -> str:
    """The same pattern with other figures."""
    return "".join(str(chance.randrange(1, 10)) if char.isdigit() else char for char in given)


def within(factor: int) -> Callable[[str, random.Random], str]:
    """In a collection that is so many times as long."""
    return lambda given, chance: (
        alike(len(given) * (factor - 1) // 2, chance) + "\n" + given + "\n" + alike(len(given) * (factor - 1) // 2, chance)
    )


CHANGES: dict[str, tuple[Callable[[str, random.Random], str], bool]] = {
    "cut to 40%, head": (lambda given, _: given[: len(given) * 2 // 5], True),
    "cut to 40%, middle": (lambda given, _: given[len(given) * 3 // 10 : len(given) * 7 // 10], True),
    "cut to 40%, tail": (lambda given, _: given[len(given) * 3 // 5 :], True),
    "cut to 40%, scattered": (scattered, True),
    "a site's dirt around": (with_dirt, True),
    "paragraphs reordered": (reordered, True),
    "1% wrong, no digits": (noisy(0.01, False), True),
    "2% wrong, no digits": (noisy(0.02, False), True),
    "3% wrong, no digits": (noisy(0.03, False), True),
    "3% wrong, digits too": (noisy(0.03, True), True),
    "in a collection, 5 x": (within(5), True),
    "in a collection, 20 x": (within(20), True),
    "cut to 40%, 3% wrong": (lambda given, chance: noisy(0.03, False)(given[: len(given) * 2 // 5], chance), True),
    "one figure corrected": (corrected, False),
    "pattern of another county": (another_county, False),
}


def document(given: str) -> Document:
    """As the stages before `find_shingles` leave it."""
    sha256 = content_hash(given.encode())
    source = Source(sha256=sha256, name=f"{sha256[:8]}.txt", size=len(given))
    return find_shingles(Document(id=document_id(sha256, 1), source=source, ordinal=1, text=given, offsets=MappedText.whole(given).offsets))


def recall() -> None:
    """The first table."""
    print(f"{'told as a copy':28}" + "".join(f"{length:>9,}" for length in LENGTHS))
    for name, (change, wanted) in CHANGES.items():
        shares = []
        for length in LENGTHS:
            chance = random.Random(length)
            tries = [alike(length, chance) for _ in range(TRIES)]
            told = sum(related(Copy.of(document(one)), Copy.of(document(change(one, chance)))) for one in tries)
            shares.append(told / TRIES)
        print(f"{name:28}" + "".join(f"{100 * share:8.0f}%" for share in shares) + ("" if wanted else "   none wanted"))


async def cost(engine: SearchEngine, wanted: int, text: Callable[[int, random.Random], str]) -> None:
    """The second table; `text` makes the documents."""
    chance = random.Random(1)
    kept = [text(chance.choice(LENGTHS[:3]), chance) for _ in range(100)]
    started = time.perf_counter()

    def all_documents() -> Iterator[Document]:
        yield from map(document, kept)
        for _ in range(wanted - len(kept)):
            yield document(text(chance.randrange(300, 3_000), chance))

    batch: list[Document] = []
    for one in all_documents():
        batch.append(one)
        if len(batch) == _BATCH:
            await engine.write([projected(each.source, [each]) for each in batch])
            batch = []
    await engine.write([projected(each.source, [each]) for each in batch])
    print(f"{wanted:,} documents written in {time.perf_counter() - started:.0f} s")
    changes = {"no copy of any": (lambda given, chance: text(len(given), chance), False), **CHANGES}
    for name in ("no copy of any", "cut to 40%, head", "cut to 40%, scattered", "3% wrong, no digits", "in a collection, 5 x"):
        counts, times, found = [], [], 0
        for original in kept:
            copy = document(changes[name][0](original, chance))
            started = time.perf_counter()
            others = [other async for other in candidates(copy, engine)]
            times.append(time.perf_counter() - started)
            counts.append(len(others))
            found += any(other.text == original for other in others)
        print(
            f"{name:28} {found:4} of {len(kept)} found   candidates: mean {statistics.mean(counts):6.2f}, most {max(counts):4}   "
            f"median {1000 * statistics.median(times):7.1f} ms, slowest {1000 * max(times):7.1f} ms"
        )


async def measure(options: argparse.Namespace) -> None:
    if not options.documents:
        return
    with tempfile.TemporaryDirectory() as folder:
        if options.elasticsearch:
            alias = f"bench-reprints-{int(time.time())}"
            engine: SearchEngine = ElasticEngine.open(Cluster(hosts=(options.elasticsearch,), alias=alias))
        else:
            engine = EmbeddedEngine.open(Path(folder) / "index")
        try:
            await cost(engine, options.documents, TEXTS[options.texts])
        finally:
            await engine.close()


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000, help="how many to fill the archive with; 0 leaves the second table out")
    parser.add_argument("--elasticsearch", metavar="URL", help="a node to ask instead of the embedded engine; its index is left behind")
    parser.add_argument("--texts", choices=TEXTS, default="alike", help="of the second table: with many shared sentences, or with few")
    parser.add_argument("--no-recall", action="store_true", help="leave the first table out")
    options = parser.parse_args()
    if not options.no_recall:
        recall()
    asyncio.run(measure(options))


if __name__ == "__main__":
    main()
