"""docs/operate.md names every setting, call, series and sentence as the code has it."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import fields

import pytest

from api.cluster_settings import CLUSTER_PREFIX, NAMES
from api.metrics import Metrics, Observed
from api.settings import Settings
from api.variables import PREFIX
from api.web_settings import RATE_POINTS, WEB_NAMES, Web
from search.elastic.cluster import Cluster
from tests.support import ROOT

PAGE = (ROOT / "docs" / "operate.md").read_text("utf-8")
ROLES = json.loads((ROOT / "docs" / "privileges.json").read_text("utf-8"))
# https://www.elastic.co/docs/reference/elasticsearch/security-privileges: those that a role here may need
INDEX_PRIVILEGES = {"read", "index", "delete", "maintenance", "monitor", "view_index_metadata", "manage"}
HELD_BY_MANAGE = {"maintenance", "monitor", "view_index_metadata"}


def table(heading: str) -> list[list[str]]:
    """The cells of the rows of the first table under a heading."""
    section = re.split(r"^#+ ", PAGE.partition(f"# {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
    lines = re.findall(r"(?:^\|.*\n)+", section, re.MULTILINE)[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_every_setting_has_its_row_and_every_row_is_a_setting() -> None:
    named = [name for row in table("Settings") for name in quoted(row[0])]
    wanted = [f"{PREFIX}{field.name.upper()}" for field in fields(Settings) if field.name not in ("cluster", "web")]
    wanted += [f"{PREFIX}{name.upper()}" for name in WEB_NAMES]
    wanted += [f"{PREFIX}ORIGINALS", f"{PREFIX}SOFFICE", *(f"{CLUSTER_PREFIX}{name.upper()}" for name in NAMES)]
    assert sorted(named) == sorted(wanted)


def test_the_defaults_are_those_of_the_code() -> None:
    usual, on = Settings(), Cluster(hosts=())
    plain = ("host", "port", "max_file_bytes", "file_seconds", "page_seconds", "file_memory", "lock_seconds", "request_seconds")
    defaults = {f"{PREFIX}{name.upper()}": getattr(usual, name) for name in plain}
    elastic = ("sniff", "request_seconds", "patience_seconds", "shards", "refresh_seconds")
    defaults |= {f"{CLUSTER_PREFIX}{name.upper()}": getattr(on, name) for name in elastic}
    printed = {name: row[1] for row in table("Settings") for name in quoted(row[0])}
    for name, value in defaults.items():
        assert (printed[name] if isinstance(value, str) else float(printed[name].replace(",", ""))) == value, name


def test_the_defaults_of_what_strangers_may_do_are_those_of_the_code() -> None:
    printed = {name: row[1] for row in table("Settings") for name in quoted(row[0])}
    usual = Web()
    assert {name.upper() for name in WEB_NAMES} == {field.name.upper() for field in fields(Web)}
    assert printed[f"{PREFIX}RATE_POINTS"].startswith(f"{RATE_POINTS:,}")
    for name in ("introspection", "suggestions", "trusted_only"):
        assert printed[f"{PREFIX}{name.upper()}"] == str(int(getattr(usual, name)))


def called() -> Iterator[str]:
    """The methods of the client that the engine calls, as `indices.get`."""
    for path in sorted((ROOT / "search" / "elastic").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and (name := method(node.func)):
                yield name


def method(node: ast.expr) -> str:
    """`indices.get` for `client.indices.get` and for `client.options(…).indices.get`; empty for what is no method of the client."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.insert(0, node.attr)
        node = node.value
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "options":
            node = node.func.value
    name = ".".join(parts)
    return name if isinstance(node, ast.Name) and node.id == "client" and name not in ("", "options", "close") else ""


CALLS = table("6. Roles and least privileges")


def test_every_call_of_the_client_has_its_row_and_every_row_is_called() -> None:
    assert sorted(quoted(row[0])[0] for row in CALLS) == sorted(set(called()))


def test_roles_are_what_elasticsearch_takes() -> None:
    for role in ROLES.values():
        assert set(role) == {"cluster", "indices"} and set(role["cluster"]) <= {"monitor"}
        for entry in role["indices"]:
            assert entry["names"] == ["fangzhi", "fangzhi-*"] and set(entry["privileges"]) <= INDEX_PRIVILEGES


@pytest.mark.parametrize("row", CALLS, ids=lambda row: quoted(row[0])[0])
def test_the_named_role_and_all_larger_ones_grant_the_call_and_no_smaller_one_does(row: list[str]) -> None:
    [first] = quoted(row[3])
    order = list(ROLES)
    for at, name in enumerate(order):
        held = set(ROLES[name]["indices"][0]["privileges"])
        held |= HELD_BY_MANAGE if "manage" in held else set()
        held = set(ROLES[name]["cluster"]) if row[2].startswith("cluster") else held
        assert (set(quoted(row[2])) <= held) is (at >= order.index(first)), name


def literals() -> Iterator[str]:
    """Every sentence in the code, with a `{}` for what is filled in."""
    for package in ("api", "archive", "ingest", "search", "schema"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.JoinedStr):
                    yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
                elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


SENTENCES = "\n".join(literals())


@pytest.mark.parametrize("row", table("8. Troubleshooting"), ids=lambda row: row[0].strip("`"))
def test_every_sentence_that_is_explained_stands_in_the_code(row: list[str]) -> None:
    assert row[0].strip("`") in SENTENCES


def test_every_series_is_described() -> None:
    names = {metric.name for metric in Metrics().registry.collect() if metric.name.startswith("fangzhi_")}
    rows = {name: row for row in table("7. Monitoring") for name in quoted(row[0])}
    assert {name for name in rows if name.startswith("fangzhi_")} == names
    used = re.findall(r"\bfangzhi_[a-z_]+(?=[ {\[])", "".join(re.findall(r"```promql\n(.+?)```", PAGE, re.DOTALL)))
    assert {re.sub(r"_(count|bucket)$", "", name) for name in used} <= names
    methods = set(quoted(rows["fangzhi_engine_call_duration_seconds"][1])) - {"method", "outcome"}
    assert methods == {name for name in vars(Observed) if not name.startswith("_")} - {"status", "close"}


def test_the_json_of_the_commands_can_be_read() -> None:
    bodies = re.findall(r"-d '(\{.+?\})'", PAGE)
    assert len(bodies) >= 4
    for body in bodies:
        json.loads(body)
