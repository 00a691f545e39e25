"""Deleting on Elasticsearch leaves what deleting in a folder leaves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from archive.originals import Originals
from ingest import deleting
from tests.elastic.archives import ElasticArchive
from tests.elastic.nodes import remove_indexes
from tests.elastic.support import cluster
from tests.ingest.archives import Archive, write
from tests.ingest.test_duplicates import prose


def test_when_the_counted_copy_goes_another_takes_its_place_and_a_rebuild_keeps_it_so(elasticsearch_url: str, tmp_path: Path) -> None:
    text = prose(3, 40)
    files = {"一.txt": text, "二.txt": f"{text}\n转载", "三.txt": "乙县建成网格15个，配备网格员40人。\n"}
    folder = write(tmp_path / "in", files)
    archive, twin = ElasticArchive(tmp_path / "archive", cluster(elasticsearch_url)), Archive(tmp_path / "twin")
    archive.ingest(folder)
    (principal,) = [name for name, of in archive.reprints().items() if of is None and name != "三.txt"]

    async def gone(engine: Any) -> deleting.Deleted:
        originals = Originals(archive.folder)
        source = next(document.source for document in documents if document.source.name == principal)
        found = await deleting.target(source.id, originals, engine)
        assert found is not None
        with originals.writing(shared=True) as writer:
            return await deleting.delete(found, "TOK-1", writer, engine)

    documents = archive.documents()
    deleted = archive.run(gone)
    assert (deleted.documents, deleted.changed) == (1, 1)
    twin.ingest(write(tmp_path / "rest", {name: text for name, text in files.items() if name != principal}))
    assert archive.dump() == twin.dump()
    assert archive.problems() == []
    archive.rebuild()
    assert archive.dump() == twin.dump()
    archive.ingest(folder / principal)
    assert len(archive.documents()) == 3 and archive.problems() == []
    remove_indexes(elasticsearch_url, archive.cluster.alias)
