from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import main
from archive.originals import Originals
from schema.build import PRINTED
from tests.support import SAMPLES

COMMANDS = ("ingest", "watch", "extract", "search", "query", "serve", "token", "delete", "schema", "verify", "rebuild")


def fangzhi(*arguments: object, archive: Path | None = None, **environment: str) -> Result:
    """The command in process; FANGZHI_ARCHIVE names `archive`."""
    given = {"FANGZHI_ARCHIVE": str(archive) if archive else "/nonexistent/archive", **environment}
    return CliRunner().invoke(main, [str(argument) for argument in arguments], env=given, prog_name="fangzhi")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "archive"
    assert fangzhi("ingest", *SAMPLES, archive=folder).exit_code == 0
    return folder


def sentence(result: Result, code: int) -> str:
    """The one sentence that a failed command leaves on standard error."""
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.stderr
    assert result.stderr.count("\n") == 1, result.stderr
    assert result.stderr.startswith("fangzhi: ")
    assert result.stderr.endswith(".\n")
    return result.stderr


@pytest.mark.parametrize("command", ["ingest", "extract", "watch", "rebuild"])
def test_what_reading_may_cost_is_named_by_each_command_that_reads(command: str) -> None:
    text = fangzhi(command, "--help").output
    for name in ("MAX_FILE_BYTES", "FILE_SECONDS", "PAGE_SECONDS", "FILE_MEMORY", "SOFFICE"):
        assert f"\n    FANGZHI_{name} " in text
    assert "(50,000,000)" in text and "(2,000,000,000)" in text


def test_what_a_reader_tells_to_set_is_a_setting() -> None:
    assert fangzhi("extract", SAMPLES[0], FANGZHI_SOFFICE="/opt/libreoffice/program/soffice").exit_code == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    result = fangzhi(command, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: fangzhi {command}")
    assert command in fangzhi("--help").stdout


def test_the_version_is_printed() -> None:
    assert fangzhi("--version").stdout.startswith("fangzhi, version ")


def test_ingest_says_what_it_read_and_what_to_do_next(tmp_path: Path) -> None:
    result = fangzhi("ingest", SAMPLES[0], "--port", "8123", archive=tmp_path / "archive")
    assert result.exit_code == 0
    assert "Read 1 file: 1 article, " in result.stdout
    assert "statistics" in result.stdout
    checked, total = map(int, re.search(r"checked (\d+) of (\d+) figures", result.stdout).groups())  # type: ignore[union-attr]
    assert 0 < checked < total
    following = result.stdout.partition("Next:\n")[2].splitlines()
    assert len(following) == 3
    assert "http://127.0.0.1:8123/" in following[0]
    assert f"read: {SAMPLES[0]}\n" in result.stderr
    again = fangzhi("ingest", SAMPLES[0], archive=tmp_path / "archive")
    assert again.exit_code == 0
    assert "There already: 1 file." in again.stdout


def test_ingest_for_a_script_is_json_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\0" * 20)
    result = fangzhi("ingest", SAMPLES[0], tmp_path / "bad.txt", "--json", "--archive", tmp_path / "archive")
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert report["read"] == [str(SAMPLES[0])]
    assert report["failed"][0]["name"] == str(tmp_path / "bad.txt")
    assert report["statistics"] > report["checked"] > 0
    assert f"fangzhi: {tmp_path / 'bad.txt'} was not read: " in result.stderr


def test_the_archive_can_be_named_before_or_behind_the_command(archive: Path) -> None:
    for arguments in (("--archive", archive, "search", "网格员"), ("search", "网格员", "--archive", archive)):
        assert fangzhi(*arguments).exit_code == 0


def test_extract_prints_one_object_an_article_and_marks_reprints() -> None:
    result = fangzhi("extract", *SAMPLES)
    assert result.exit_code == 0
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(records) == 10
    assert [record["source"][:3] for record in records if record["reprint_of"]] == ["001"]
    assert {record["reprint_of"] for record in records} == {None, SAMPLES[0].name}
    first = list(records[0])
    assert all(list(record) == first for record in records)
    assert first[:3] == ["id", "source", "title"]
    for record in records:
        taking_part = {one for check in record["checks"] for one in check["statistics"]}
        assert record["check_coverage"]["checked"] == len(taking_part)
        assert record["check_coverage"]["total"] == len(record["statistics"])
        for fact in (*record["units"], *record["statistics"], *record["practices"]):
            assert record["text"][fact["start"] : fact["end"]] == fact["quote"]
        quotes = {unit["id"]: unit["quote"] for unit in record["units"]}
        assert all(unit["parent"] == quotes.get(unit["parent_id"]) for unit in record["units"])


def test_extract_names_what_it_cannot_read_and_prints_the_rest(tmp_path: Path) -> None:
    result = fangzhi("extract", tmp_path / "gone.txt", SAMPLES[0], tmp_path)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert [line.rpartition("was not read: ")[2] for line in result.stderr.splitlines()] == [
        "there is no such file or folder; check the path.",
        "it is a folder; name the files in it, or use `fangzhi ingest`.",
    ]


def test_search_prints_title_fragment_place_and_file(archive: Path) -> None:
    result = fangzhi("search", "网格员", "-n", "3", "--type", "statistic", archive=archive)
    assert result.exit_code == 0
    assert "【网格员】" in result.stdout
    assert ".txt" in result.stdout
    assert "STAT-" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("3 of ")


def test_search_takes_the_grammar_of_the_search_box(archive: Path) -> None:
    def total(*words: str) -> int:
        return int(json.loads(fangzhi("search", "--json", *words, archive=archive).stdout)["totalCount"])

    assert 0 < total("网格员", "-双联户长") < total("网格员")
    assert 0 < total('"珠峰党建"') <= total("珠峰党建", "--any")
    assert total("地区:林芝市", "网格员300人以上") == total("地区:林芝市 网格员>=300人") == 1
    assert total("群众满意率", "--all", "--no-synonyms") < total("群众满意率", "--all")
    assert total("区块链", "网格员", "--all") == 0 < total("区块链", "网格员")


def test_search_shows_the_quote_of_what_no_words_led_to(archive: Path) -> None:
    assert "   网格员399名" in fangzhi("search", "网格员300人以上 地区:林芝市", archive=archive).stdout.splitlines()


def test_search_says_how_it_read_what_was_typed(archive: Path) -> None:
    def notes(*words: str) -> list[str]:
        return fangzhi("search", *words, "-n", "1", archive=archive).stdout.splitlines()

    assert notes("书记项目", "地区:")[0] == "“地区”后面没有内容，已忽略"
    assert notes("网格员300人以上")[0] == "“网格员”按数字检索，只找数据"
    assert notes("网格员")[0] == "“网格员”也找同义词“网格管理员”、“网格化管理员”"
    assert any("没有一条同时包含全部检索词" in line for line in notes("区块链", "网格员"))
    assert any(line.startswith("是不是要找：网格员（") for line in notes("网络员"))
    assert notes("书记项目")[0].startswith("1. ")


def test_search_without_a_hit_is_no_failure(archive: Path) -> None:
    result = fangzhi("search", "彗星撞击", archive=archive)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].startswith("库中没有“彗星”")
    assert result.stdout.splitlines()[-1].startswith("No hits")


def test_query_takes_text_a_file_and_standard_input(archive: Path, tmp_path: Path) -> None:
    text = "query ($q: String!) { search(query: $q) { totalCount } }"
    (tmp_path / "q.graphql").write_text(text, "utf-8")
    (tmp_path / "v.json").write_text('{"q": "书记项目"}', "utf-8")
    inline = fangzhi("query", text, "--variables", '{"q": "书记项目"}', archive=archive)
    assert json.loads(inline.stdout)["data"]["search"]["totalCount"] > 0
    assert fangzhi("query", tmp_path / "q.graphql", "--variables", tmp_path / "v.json", archive=archive).stdout == inline.stdout
    piped = CliRunner().invoke(main, ["--archive", str(archive), "query", "-", "--variables", '{"q": "书记项目"}'], input=text)
    assert piped.stdout == inline.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("{ nothing }",), "nothing"),
        (("{ search(query: ",), "Syntax Error"),
        (("no-such-file.graphql",), "no-such-file.graphql"),
        (("{ corpusStats { __typename } }", "--variables", "[1]"), "JSON object"),
        (("{ corpusStats { __typename } }", "--variables", "{x"), "no JSON"),
        (('{ search(first: 1000, query: "a") { totalCount } }',), "first"),
        (('{ search(after: "rubbish", query: "a") { totalCount } }',), "cursor"),
    ],
)
def test_a_query_at_fault_is_one_sentence_and_exit_code_2(archive: Path, arguments: tuple[str, ...], says: str) -> None:
    assert says in sentence(fangzhi("query", *arguments, archive=archive), 2)


def test_an_unknown_id_is_null_and_no_failure(archive: Path) -> None:
    result = fangzhi("query", '{ document(id: "DOC-0000000000000000-1") { id } }', archive=archive)
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"data": {"document": None}}


def test_schema_prints_what_is_committed() -> None:
    result = fangzhi("schema")
    assert result.exit_code == 0
    assert result.stdout == PRINTED.read_text("utf-8")


def test_verify_says_that_everything_stands(archive: Path) -> None:
    result = fangzhi("verify", archive=archive)
    assert result.exit_code == 0
    assert result.stdout.startswith("Everything stands: 5 originals, 10 documents, ")
    assert json.loads(fangzhi("verify", "--json", archive=archive).stdout)["ok"] is True


def test_verify_and_rebuild_name_a_damaged_original(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    assert fangzhi("ingest", *SAMPLES[2:4], archive=folder).exit_code == 0
    originals = Originals(folder)
    victim = next(iter(originals.listed()))
    originals.path(victim).write_bytes(b"X")
    result = fangzhi("verify", archive=folder)
    assert result.exit_code == 1
    assert result.stdout.startswith(f"SRC-{victim[:16]}: ")
    assert json.loads(fangzhi("verify", "--json", archive=folder).stdout)["problems"][0]["id"] == f"SRC-{victim[:16]}"
    assert fangzhi("rebuild", "--json", archive=folder).exit_code == 1


def test_rebuild_says_what_it_found(archive: Path) -> None:
    result = fangzhi("rebuild", archive=archive)
    assert result.exit_code == 0
    assert result.stdout.startswith("The index was made anew from 5 originals: 10 articles (1 reprint), ")


@pytest.mark.parametrize("arguments", [("search", "a"), ("query", "{ __typename }"), ("serve",), ("verify",), ("rebuild",)])
def test_a_missing_archive_is_one_sentence(arguments: tuple[str, ...], tmp_path: Path) -> None:
    assert "fangzhi ingest" in sentence(fangzhi(*arguments, archive=tmp_path / "none"), 1)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nonsense",),
        ("ingest",),
        ("extract",),
        ("search",),
        ("query",),
        ("search", "--tipe", "x"),
        ("ingest", "--workers", "0", "x"),
        ("--bad",),
    ],
)
def test_bad_usage_is_one_sentence_and_exit_code_2(arguments: tuple[str, ...]) -> None:
    assert "--help" in sentence(fangzhi(*arguments), 2)


@pytest.mark.parametrize(("name", "value"), [("PORT", "x"), ("PORT", "70000"), ("MAX_FILE_BYTES", "-1"), ("LOCK_SECONDS", "nan")])
def test_a_setting_that_makes_no_sense_is_named(name: str, value: str) -> None:
    assert f"FANGZHI_{name}" in sentence(fangzhi("verify", **{f"FANGZHI_{name}": value}), 2)


def test_the_size_limit_is_a_setting(tmp_path: Path) -> None:
    result = fangzhi("ingest", SAMPLES[0], archive=tmp_path / "archive", FANGZHI_MAX_FILE_BYTES="100")
    assert result.exit_code == 1
    assert "the limit is 100" in result.stderr


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert fangzhi("ingest", SAMPLES[0], "--archive", tmp_path / "file" / "archive").exit_code == 1
    assert "Traceback" not in fangzhi("ingest", SAMPLES[0], "--archive", tmp_path / "file").stderr


def test_a_broken_index_is_one_sentence_and_rebuild_mends_it(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    assert fangzhi("ingest", SAMPLES[2], archive=folder).exit_code == 0
    before = fangzhi("search", "网格", "--json", archive=folder).stdout
    (folder / "index" / "current").write_bytes(b"rubbish")
    assert "fangzhi rebuild" in fangzhi("search", "网格", archive=folder).stderr
    assert "fangzhi rebuild" in sentence(fangzhi("verify", archive=folder), 1)
    assert fangzhi("rebuild", archive=folder).exit_code == 0
    assert fangzhi("search", "网格", "--json", archive=folder).stdout == before
