"""Tokens: made once, kept as hashes, refused when they do not count."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import ArchiveCorrupt, ArchiveMissing, BadRequest
from archive.originals import Originals
from archive.tokens import Scope, Tokens, _sum, well_formed
from tests.cli.test_commands import fangzhi, sentence
from tests.ingest.archives import Archive
from tests.writing.service import FIRST, archive_with, serving


def test_a_token_is_known_by_itself_and_by_nothing_else(tmp_path: Path) -> None:
    tokens = Tokens(tmp_path)
    token, secret = tokens.create([Scope.INGEST], "门户")
    assert tokens.holder(secret) == token
    assert tokens.holder(secret[:-1] + ("A" if secret[-1] != "A" else "B")) is None
    assert tokens.holder(token.id) is None and tokens.holder("") is None
    assert token.allows(Scope.INGEST) and not token.allows(Scope.ADMIN)


def test_admin_may_do_what_ingest_may(tmp_path: Path) -> None:
    token, _ = Tokens(tmp_path).create([Scope.ADMIN])
    assert token.allows(Scope.INGEST) and token.allows(Scope.ADMIN)


def test_only_a_hash_is_kept_and_only_the_owner_may_read_it(tmp_path: Path) -> None:
    tokens = Tokens(tmp_path)
    _, secret = tokens.create([Scope.INGEST])
    content = tokens.path.read_text("utf-8")
    assert secret not in content and secret[3:46] not in content
    assert json.loads(content)["sha256"] == hashlib.sha256(secret.encode()).hexdigest()
    assert stat.S_IMODE(tokens.path.stat().st_mode) == 0o600
    assert secret not in repr(tokens.listed()) and json.loads(content)["sha256"] not in repr(tokens.listed())


def test_every_candidate_is_compared_in_constant_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = Tokens(tmp_path)
    made = [tokens.create([Scope.INGEST])[1] for _ in range(3)]
    compared: list[bytes] = []
    real = hmac.compare_digest
    monkeypatch.setattr("archive.tokens.hmac.compare_digest", lambda a, b: compared.append(a) or real(a, b))
    assert tokens.holder(made[0])
    assert len(compared) == 3


def test_a_revoked_token_counts_no_more_also_where_it_was_read_before(tmp_path: Path) -> None:
    server, operator = Tokens(tmp_path), Tokens(tmp_path)
    token, secret = operator.create([Scope.INGEST])
    assert server.holder(secret) and server.any()
    operator.revoke(token.id)
    assert server.holder(secret) is None and not server.any()
    assert [one.revoked_at is not None for one in server.listed()] == [True]


def test_an_expired_token_counts_no_more(tmp_path: Path) -> None:
    tokens = Tokens(tmp_path)
    token, secret = tokens.create([Scope.INGEST], days=1)
    assert tokens.holder(secret)
    assert not token.live(datetime.now(UTC) + timedelta(days=1, seconds=1))
    past = tokens.path.read_text("utf-8").replace(str(token.expires_at), "2020-01-01T00:00:00+00:00")
    tokens.path.write_text(past, "utf-8")
    assert tokens.holder(secret) is None and not tokens.any()


def test_a_damaged_line_may_have_revoked_one_so_none_is_accepted(tmp_path: Path) -> None:
    tokens = Tokens(tmp_path)
    _, secret = tokens.create([Scope.INGEST])
    with tokens.path.open("a") as file:
        file.write('{"event":"TOKEN_REV###\n')
    with pytest.raises(ArchiveCorrupt, match="Line 2"):
        tokens.holder(secret)


def test_a_line_that_was_being_written_when_the_power_went_does_no_harm(tmp_path: Path) -> None:
    tokens = Tokens(tmp_path)
    _, secret = tokens.create([Scope.INGEST])
    with tokens.path.open("a") as file:
        file.write('{"event":"TOKEN_CREATED","id":"TO')
    assert tokens.holder(secret)
    _, second = tokens.create([Scope.ADMIN])
    assert tokens.holder(second) and len(tokens.listed()) == 2


@pytest.mark.parametrize("days", [0, -1, 3_651])
def test_days_that_make_no_sense_are_refused(tmp_path: Path, days: int) -> None:
    with pytest.raises(BadRequest):
        Tokens(tmp_path).create([Scope.INGEST], days=days)


@pytest.mark.parametrize("name", ["a\nb", "x" * 101, "\x1b[31m"])
def test_names_that_would_not_show_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadRequest):
        Tokens(tmp_path).create([Scope.INGEST], name)


def test_what_is_made_is_well_formed(tmp_path: Path) -> None:
    secrets = {Tokens(tmp_path).create([Scope.INGEST])[1] for _ in range(20)}
    assert len(secrets) == 20
    assert all(well_formed(secret) and re.fullmatch(r"fz_[0-9A-Za-z]{49}", secret) for secret in secrets)


@given(st.integers(min_value=0, max_value=51), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_ "))
def test_one_wrong_character_is_told_without_a_look_at_any_token(at: int, char: str) -> None:
    right = f"fz_{'0' * 43}{_sum('0' * 43)}"
    assert well_formed(right)
    wrong = right[:at] + char + right[at + 1 :]
    assert well_formed(wrong) == (wrong == right)


def test_the_command_prints_a_token_once_and_lists_what_is_known_of_it(tmp_path: Path) -> None:
    made = fangzhi("token", "create", "--scope", "ingest", "--scope", "admin", "--name", "门户", "--days", 30, archive=tmp_path)
    secret = made.stdout.strip()
    assert made.exit_code == 0 and well_formed(secret) and secret not in made.stderr
    listed = fangzhi("token", "list", archive=tmp_path)
    assert "admin+ingest" in listed.stdout and "门户" in listed.stdout and "live" in listed.stdout
    assert secret not in listed.stdout and "fz_" not in listed.stdout
    identifier = listed.stdout.split()[0]
    assert fangzhi("token", "revoke", identifier, archive=tmp_path).exit_code == 0
    assert "revoked" in fangzhi("token", "list", archive=tmp_path).stdout
    assert "revoked already" in sentence(fangzhi("token", "revoke", identifier, archive=tmp_path), 2)
    assert "is not the id" in sentence(fangzhi("token", "revoke", "TOK-0", archive=tmp_path), 2)


def test_the_command_says_that_the_api_only_reads_without_tokens(tmp_path: Path) -> None:
    result = fangzhi("token", "list", archive=tmp_path)
    assert result.exit_code == 0 and "only reads" in result.stderr and result.stdout == ""
    assert json.loads(fangzhi("token", "list", "--json", archive=tmp_path).stdout) == []


def test_a_scope_is_needed_and_must_exist(tmp_path: Path) -> None:
    assert fangzhi("token", "create", archive=tmp_path).exit_code == 2
    assert fangzhi("token", "create", "--scope", "root", archive=tmp_path).exit_code == 2
    assert not (tmp_path / "tokens.jsonl").exists()


def test_a_token_for_a_place_without_an_archive_makes_one_that_can_be_served(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "new")
    with pytest.raises(ArchiveMissing):
        Originals(archive.folder).require()
    assert fangzhi("token", "create", "--archive", str(archive.folder), "--scope", "ingest").exit_code == 0
    with serving(archive) as service:
        assert service.anyone.ask('{ search(query: "网格") { totalCount } }') == {"search": {"totalCount": 0}}
        assert service.writer.ended(service.writer.ingest(text=FIRST)["job"]["id"])["state"] == "SUCCEEDED"
    assert archive.problems() == [] and len(archive.documents()) == 1


def test_a_token_touches_nothing_of_an_archive_that_is_there(tmp_path: Path) -> None:
    archive = archive_with(tmp_path, {"甲.txt": FIRST})
    before = Originals(archive.folder).journal.content()
    assert fangzhi("token", "create", "--archive", str(archive.folder), "--scope", "ingest").exit_code == 0
    assert Originals(archive.folder).journal.content() == before
    Originals(archive.folder).journal.path.unlink()  # lost: what is damaged is not made to look empty
    assert fangzhi("token", "create", "--archive", str(archive.folder), "--scope", "ingest").exit_code == 0
    assert not Originals(archive.folder).journal.path.exists()
