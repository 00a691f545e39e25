"""Several ingests at once into one archive leave what one would have left."""

from __future__ import annotations

import asyncio
from pathlib import Path
from random import Random

import pytest

from ingest.indexing import ingest
from ingest.report import IngestReport
from tests.elastic.archives import ElasticArchive
from tests.elastic.nodes import remove_indexes
from tests.elastic.support import cluster, opened
from tests.ingest.archives import write
from tests.ingest.test_duplicates import prose

COPIES = 3


def share(archive: ElasticArchive, paths: list[Path]) -> list[IngestReport]:
    """Each of COPIES ingests reads its share of the files, at the same time as the others."""

    async def one(part: int) -> IngestReport:
        async with opened(archive.cluster, patient=True) as engine:
            with archive.originals.writing(shared=engine.kind.shared) as writer:
                return await ingest(paths[part::COPIES], writer, engine)

    async def all_at_once() -> list[IngestReport]:
        return await asyncio.gather(*(one(part) for part in range(COPIES)))

    return asyncio.run(all_at_once())


@pytest.mark.parametrize("shards", [1, 3])
def test_copies_of_one_text_that_come_at_once_count_once(elasticsearch_url: str, tmp_path: Path, shards: int) -> None:
    files = {}
    for number in range(8):
        text = prose(number, 700)
        copies = [text, f"{text[:300]}\n2、{text[300:]}", f"{text[:200]}\n5、{text[200:]}"]
        files |= {f"{number}-{copy}.txt": changed for copy, changed in enumerate(copies)}
    folder = write(tmp_path / "in", files)
    paths = [folder / name for name in files]
    alone = ElasticArchive(tmp_path / "alone", cluster(elasticsearch_url))
    together = ElasticArchive(tmp_path / "together", cluster(elasticsearch_url, shards=shards))
    alone.ingest(folder)
    assert sum(of is not None for of in alone.reprints().values()) == 16
    reports = share(together, paths)
    assert sorted(name for report in reports for name in report.read) == sorted(map(str, paths))
    assert not any(report.failed for report in reports)
    assert together.dump() == alone.dump()
    assert together.problems() == []
    Random(shards).shuffle(paths)  # noqa: S311
    assert [report.read for report in share(together, paths)] == [[]] * COPIES
    assert together.dump() == alone.dump()
    for archive in (alone, together):
        remove_indexes(elasticsearch_url, archive.cluster.alias)
