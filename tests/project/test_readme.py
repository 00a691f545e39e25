"""The README's query gives the README's answer, and its links lead somewhere."""

import asyncio
import json
import re
from pathlib import Path

import pytest

from api.commands.ingest import _ingest
from api.settings import Settings
from tests.support import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def test_the_query_gives_the_answer_that_is_printed(tmp_path: Path) -> None:
    from api.bootstrap import open_services
    from schema.build import build_schema
    from schema.context import Context

    (query,) = re.findall(r"```graphql\n(.+?)```", README, re.DOTALL)
    (answer,) = re.findall(r"```json\n(.+?)```", README, re.DOTALL)
    settings = Settings(archive=tmp_path / "archive")

    async def ask() -> object:
        await _ingest(settings, tuple(sorted((ROOT / "samples").glob("*.txt"))))
        async with open_services(settings) as services:
            result = await build_schema().execute(query, context_value=Context.of(services))
        assert result.errors is None
        return result.data

    assert asyncio.run(ask()) == json.loads(answer)


PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_every_command_is_described() -> None:
    from api.cli import main

    for name in main.list_commands(None):  # type: ignore[arg-type]
        assert f"`fangzhi {name}" in README
