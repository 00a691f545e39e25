"""Deleting: what is gone, what takes its place, and that nothing brings it back but its own file."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from archive.ids import content_hash, source_id
from archive.originals import Originals, Writer
from ingest import deleting
from search.embedded.engine import EmbeddedEngine
from tests.cli.test_commands import fangzhi, sentence
from tests.ingest.archives import Archive, write
from tests.ingest.test_duplicates import prose
from tests.support import SAMPLES
from tests.writing.service import FIRST, Service, archive_with, serving

DELETE = """mutation Delete($id: ID!) { deleteDocument(id: $id) { __typename
  ... on DocumentDeleted { sourceId name documents units statistics practices changed }
  ... on DocumentNotFound { message id } ... on InvalidInput { message problems { path message } } } }"""
SECOND = "乙县建成网格15个，配备网格员40人。\n"


def source_of(text: str) -> str:
    return source_id(content_hash(text.encode()))


def deleted(archive: Archive, identifier: str) -> deleting.Deleted:
    async def work(engine: EmbeddedEngine) -> deleting.Deleted:
        found = await deleting.target(identifier, archive.originals, engine)
        assert found is not None
        with archive.originals.writing() as writer:
            return await deleting.delete(found, "TOK-1", writer, engine)

    return archive.run(work)


def without(folder: Path, files: dict[str, str], *gone: str) -> Archive:
    """An archive that never had some of the files."""
    return archive_with(folder, {name: text for name, text in files.items() if name not in gone})


def test_a_source_is_gone_with_all_that_was_found_in_it(service: Service) -> None:
    service.archive.ingest(write(service.archive.folder.parent / "more", {"乙.txt": SECOND}))
    answer = service.admin.ask(DELETE, id=source_of(SECOND))["deleteDocument"]
    assert (answer["__typename"], answer["name"], answer["documents"]) == ("DocumentDeleted", "乙.txt", 1)
    assert answer["statistics"] == 2
    assert [document.source.name for document in service.archive.documents()] == ["甲.txt"]
    assert service.anyone.ask('{ search(query: "乙县") { totalCount } }') == {"search": {"totalCount": 0}}
    assert service.http.get(f"/originals/{source_of(SECOND)}").status_code == 404
    assert not service.archive.originals.path(content_hash(SECOND.encode())).exists()
    assert service.archive.problems() == []
    line = json.loads((service.archive.folder / "journal.jsonl").read_text("utf-8").splitlines()[-2])
    assert (line["event"], line["name"]) == ("ORIGINAL_REMOVED", "乙.txt") and line["by"].startswith("TOK-")


def test_a_second_deletion_finds_nothing(service: Service) -> None:
    assert service.admin.ask(DELETE, id=source_of(FIRST))["deleteDocument"]["__typename"] == "DocumentDeleted"
    again = service.admin.ask(DELETE, id=source_of(FIRST))["deleteDocument"]
    assert (again["__typename"], again["id"]) == ("DocumentNotFound", source_of(FIRST))


def test_of_several_deletions_at_once_one_deletes(service: Service) -> None:
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: service.admin.ask(DELETE, id=source_of(FIRST))["deleteDocument"]["__typename"], range(6)))
    assert sorted(answers) == ["DocumentDeleted", *["DocumentNotFound"] * 5]
    lines = (service.archive.folder / "journal.jsonl").read_text("utf-8").splitlines()
    assert sum(json.loads(line)["event"] == "ORIGINAL_REMOVED" for line in lines) == 1


def test_only_admin_deletes(quiet: Service) -> None:
    assert quiet.anyone.code(DELETE, id=source_of(FIRST)) == "UNAUTHENTICATED"
    assert quiet.writer.code(DELETE, id=source_of(FIRST)) == "FORBIDDEN"
    assert len(quiet.archive.documents()) == 1


@pytest.mark.parametrize(
    "identifier", ["", "x", "UNIT-0123456789abcdef-1-1", "PLACE-540000", "SRC-../../x", "DOC-0123456789abcdef", "S" * 500]
)
def test_ids_of_other_things_are_refused(quiet: Service, identifier: str) -> None:
    answer = quiet.admin.ask(DELETE, id=identifier)["deleteDocument"]
    assert (answer["__typename"], answer["problems"][0]["path"]) == ("InvalidInput", ["id"])


@pytest.mark.parametrize("identifier", ["SRC-0123456789abcdef", "DOC-0123456789abcdef-1"])
def test_ids_of_nothing_are_told_so(quiet: Service, identifier: str) -> None:
    assert quiet.admin.ask(DELETE, id=identifier)["deleteDocument"]["__typename"] == "DocumentNotFound"


def test_one_of_several_articles_does_not_go_alone(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    archive.ingest(*SAMPLES)
    several = next(one for one in archive.documents() if one.ordinal > 1)
    alone = next(one for one in archive.documents() if sum(one.source == each.source for each in archive.documents()) == 1)
    with serving(archive) as service:
        refused = service.admin.ask(DELETE, id=several.id)["deleteDocument"]
        assert refused["__typename"] == "InvalidInput" and several.source.id in refused["problems"][0]["message"]
        assert len(archive.documents()) == 10
        assert service.admin.ask(DELETE, id=alone.id)["deleteDocument"]["documents"] == 1
        whole = service.admin.ask(DELETE, id=several.source.id)["deleteDocument"]
        assert whole["documents"] > 1 and archive.problems() == []


def test_neither_a_rebuild_nor_another_ingest_brings_it_back_and_its_own_file_does(tmp_path: Path) -> None:
    files = {"甲.txt": FIRST, "乙.txt": SECOND}
    archive = archive_with(tmp_path, files)
    deleted(archive, source_of(SECOND))
    rest = without(tmp_path / "rest", files, "乙.txt").dump()
    assert archive.dump() == rest
    archive.rebuild()
    assert archive.dump() == rest
    archive.ingest(tmp_path / "in" / "甲.txt")
    assert archive.dump() == rest and archive.originals.count() == 1
    archive.ingest(tmp_path / "in" / "乙.txt")
    assert len(archive.documents()) == 2 and archive.originals.count() == 2 and archive.problems() == []
    archive.rebuild()
    assert len(archive.documents()) == 2


def test_when_the_counted_copy_goes_another_takes_its_place(tmp_path: Path) -> None:
    text = prose(3, 40)
    files = {"一.txt": text, "二.txt": f"{text}\n转载", "三.txt": f"{text}\n又转"}
    archive = archive_with(tmp_path, files)
    before = archive.reprints()
    (principal,) = [name for name, of in before.items() if of is None]
    found = deleted(archive, source_of(files[principal]))
    assert found.changed == 2
    assert sum(of is None for of in archive.reprints().values()) == 1
    assert archive.dump() == without(tmp_path / "rest", files, principal).dump()
    assert archive.problems() == []
    (second,) = [name for name, of in archive.reprints().items() if of is None]
    deleted(archive, source_of(files[second]))
    assert list(archive.reprints().values()) == [None]


STEPS = ["left_behind", "affected", "delete", "erase"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("mend", ["ingest", "rebuild", "delete"])
def test_a_deletion_that_was_cut_short_is_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, mend: str) -> None:
    class Killed(BaseException):
        pass

    def killed(*_: Any, **__: Any) -> Any:
        raise Killed

    text = prose(3, 40)
    files = {"一.txt": text, "二.txt": f"{text}\n转载", "三.txt": SECOND, "四.txt": FIRST}
    archive = archive_with(tmp_path, files)
    (principal,) = [name for name, of in archive.reprints().items() if of is None and name in ("一.txt", "二.txt")]
    with monkeypatch.context() as patched:
        place = {"delete": EmbeddedEngine, "erase": Writer}.get(step, deleting)
        patched.setattr(place, step, killed)
        with pytest.raises(Killed):
            deleted(archive, source_of(files[principal]))
    assert [problem.id for problem in archive.problems()] == [source_of(files[principal])]
    gone = [principal]
    if mend == "ingest":
        archive.ingest(write(tmp_path / "empty", {}))
    elif mend == "rebuild":
        archive.rebuild()
    else:
        gone.append("四.txt")
        result = fangzhi("delete", source_of(FIRST), "--yes", archive=archive.folder)
        assert result.exit_code == 0, result.output
    assert archive.problems() == []
    assert archive.dump() == without(tmp_path / "rest", files, *gone).dump()
    assert not archive.originals.path(content_hash(files[principal].encode())).exists()


def test_an_original_that_is_missing_can_be_deleted(tmp_path: Path) -> None:
    archive = archive_with(tmp_path, {"甲.txt": FIRST, "乙.txt": SECOND})
    archive.originals.path(content_hash(SECOND.encode())).unlink()
    assert len(archive.problems()) == 1
    deleted(archive, source_of(SECOND))
    assert archive.problems() == []


def test_one_whose_index_is_lost_stays_deleted(tmp_path: Path) -> None:
    archive = archive_with(tmp_path, {"甲.txt": FIRST, "乙.txt": SECOND})
    deleted(archive, source_of(SECOND))
    shutil.rmtree(archive.folder / "index")
    archive.rebuild()
    assert [document.source.name for document in archive.documents()] == ["甲.txt"]


def test_deleting_waits_for_an_ingest_for_a_moment_only(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.desk._PATIENCE_SECONDS", 0.1)
    with Originals(service.archive.folder).writing():
        assert service.admin.code(DELETE, id=source_of(FIRST)) == "ARCHIVE_LOCKED"
    assert service.admin.ask(DELETE, id=source_of(FIRST))["deleteDocument"]["documents"] == 1


def test_the_command_asks_says_what_is_gone_and_refuses_what_it_does_not_know(tmp_path: Path) -> None:
    archive = archive_with(tmp_path, {"甲.txt": FIRST, "乙.txt": SECOND})
    refused = fangzhi("delete", source_of(SECOND), archive=archive.folder)
    assert refused.exit_code == 130 and len(archive.documents()) == 2
    done = fangzhi("delete", source_of(SECOND), "--yes", archive=archive.folder)
    assert done.exit_code == 0 and "Deleted 乙.txt" in done.stdout and "2 statistics" in done.stdout
    assert "is no source" in sentence(fangzhi("delete", source_of(SECOND), "--yes", archive=archive.folder), 2)
    as_json = json.loads(fangzhi("delete", source_of(FIRST), "--yes", "--json", archive=archive.folder).stdout)
    assert (as_json["source_id"], as_json["documents"]) == (source_of(FIRST), 1)
