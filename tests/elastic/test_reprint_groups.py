"""Both engines make the same groups of reprints of the same files."""

from __future__ import annotations

from pathlib import Path

from tests.elastic.archives import ElasticArchive
from tests.elastic.nodes import remove_indexes
from tests.elastic.support import cluster
from tests.ingest.test_reprint_order import FILES, at_once, folder


def test_the_groups_are_those_of_the_embedded_engine_whatever_the_order(elasticsearch_url: str, tmp_path: Path) -> None:
    archive = ElasticArchive(tmp_path / "archive", cluster(elasticsearch_url))
    for name in reversed(FILES):
        archive.ingest(folder() / name)
    assert archive.reprints() == at_once()
    remove_indexes(elasticsearch_url, archive.cluster.alias)
