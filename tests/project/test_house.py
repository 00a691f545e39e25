"""The rules of the house that no linter knows."""

import re
import subprocess
from itertools import chain

import pytest

from tests.support import ROOT

PACKAGES = ("archive", "index_mappings", "search", "ingest", "schema", "api")
MODULES = sorted(path for package in (*PACKAGES, "tests", "benchmarks", "tools") for path in (ROOT / package).rglob("*.py"))
LONGEST = 300
HOSTS_AND_MACHINES = re.compile(r"pypi\.org|pythonhosted|npmjs|debian\.org|maven\.org|/work/|/root/|/home/\w+|/tmp/\w")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_is_longer_than_a_reader_can_hold(path) -> None:  # type: ignore[no-untyped-def]
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.parts[len(ROOT.parts)] in PACKAGES], ids=lambda path: str(path.relative_to(ROOT))
)
def test_every_module_says_why_it_exists(path) -> None:  # type: ignore[no-untyped-def]
    assert path.read_text("utf-8").startswith('"""')


def tracked_files() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607
    return [name for name in listed.stdout.split("\0") if name]


def test_no_file_names_a_machine_or_a_registrys_host() -> None:
    guilty = []
    for name in tracked_files():
        path = ROOT / name
        if name.startswith(("api/static/", "tests/gold/")) or name == "tests/project/test_house.py" or not path.is_file():
            continue
        text = path.read_bytes().decode("utf-8", "ignore")
        guilty += [f"{name}: {match.group()}" for match in HOSTS_AND_MACHINES.finditer(text)]
    assert guilty == []


PLACES_OF_THE_SAMPLES = (
    "聂拉木",
    "仁布",
    "岗巴",
    "米林",
    "安多县",
    "波密",
    "乌拉特",
    "巴彦淖尔",
    "优知",
    "汇文",
    "乃龙",
    "琐作",
    "珠峰",
    "希峰",
)


def test_no_rule_names_a_sample_its_county_or_its_site() -> None:
    """Extraction is for documents that nobody has seen yet; the table of all divisions is compressed and so not searched here."""
    guilty = []
    for path in [*(ROOT / "ingest").rglob("*"), *(ROOT / "archive").rglob("*"), *(ROOT / "search").rglob("*")]:
        if path.suffix not in (".py", ".toml", ".txt", ".csv", ".json"):
            continue
        code = re.sub(r'"""[\s\S]*?"""|#.*', "", path.read_text("utf-8"))
        guilty += [f"{path.name}: {name}" for name in PLACES_OF_THE_SAMPLES if name in code]
    assert guilty == []


def test_no_installed_package_uses_the_names_of_ours() -> None:
    """`schema` and `api` are also names on the package index; nothing that we import may expect those."""
    from importlib.metadata import packages_distributions

    owners = packages_distributions()
    for package in PACKAGES:
        assert set(owners.get(package, ["fangzhi"])) == {"fangzhi"}


def test_the_makefile_lists_every_command() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.+)$", text, re.MULTILINE)
    described = re.findall(r"^([a-z]+):.*## ", text, re.MULTILINE)
    assert sorted(phony.split()) == sorted(described)


def test_the_lock_file_pins_every_dependency_with_its_hash() -> None:
    import tomllib

    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = wanted["optional-dependencies"].values()
    names = [re.split(r"[<>=\[; ]", line)[0] for line in chain(wanted["dependencies"], *extras)]
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    for name in set(names) - {wanted["name"]}:  # one extra may hold another
        assert re.search(rf"^{re.escape(name)}==\S+.*\\\n\s+--hash=sha256:", lock, re.MULTILINE), name
    for line in chain(wanted["dependencies"], *extras):
        if not line.startswith(f"{wanted['name']}["):
            assert ">=" in line and "<" in line, f"{line} needs a floor and a ceiling"


POSSESSIVE_GROUP = re.compile(r"\)(?:[+*?]|\{{1,2}\d*,?\d*\}{1,2})\+|\(\?>")
"""Before 3.11.5 Python's `re` fails on some patterns with one beside a capture (cpython issue 101955); Debian 12 has 3.11.2."""


@pytest.mark.parametrize("text", [r"(?:,\d{3})++", r"(?:ab){0,2}+", r"(?:a){{0,2}}+", r"(a|b)*+", r"(?>ab)"])
def test_possessive_groups_are_told(text: str) -> None:
    assert POSSESSIVE_GROUP.search(text)


def test_no_pattern_has_a_possessive_group_because_older_pythons_fail_on_them() -> None:
    rules = [path for package in PACKAGES for path in (ROOT / package).rglob("*.[pt][yo]*") if path.suffix in (".py", ".toml")]
    assert not [f"{path.name}: {found[0]}" for path in rules if (found := POSSESSIVE_GROUP.search(path.read_text("utf-8")))]
