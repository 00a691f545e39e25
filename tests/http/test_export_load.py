"""What exports and feeds may cost the others: a turn between rows, a thread for a workbook, bounds on an address."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from typing import Any

import anyio
import anyio.lowlevel
import pytest
import xlsxwriter
from starlette.testclient import TestClient

from api.app import create_app
from api.exporting.formats import FORMATS
from api.settings import Settings
from tests.graphql.world import services


async def ready(count: int) -> AsyncIterator[dict[str, Any]]:
    """Records that nothing has to be waited for."""
    for number in range(count):
        yield {"type": "DOCUMENT", "id": f"{number}", "documentTitle": "报告", "url": "/"}


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_others_have_their_turn_between_the_rows_of_a_file(form: str) -> None:
    async def turns() -> int:
        taken = 0

        async def other() -> None:
            nonlocal taken
            while True:
                taken += 1
                await anyio.lowlevel.checkpoint()

        async with anyio.create_task_group() as group:
            group.start_soon(other)
            await anyio.lowlevel.checkpoint()
            begun = taken
            assert b"".join([chunk async for chunk in FORMATS[form].write(ready(1000))])
            group.cancel_scope.cancel()
        return taken - begun

    assert anyio.run(turns) >= 20


@pytest.mark.parametrize("whole", [True, False])
def test_a_workbook_is_packed_in_a_thread_of_its_own(monkeypatch: pytest.MonkeyPatch, whole: bool) -> None:
    closed: list[int] = []
    close = xlsxwriter.Workbook.close
    monkeypatch.setattr(xlsxwriter.Workbook, "close", lambda book: (closed.append(threading.get_ident()), close(book))[1])

    async def records() -> AsyncIterator[dict[str, Any]]:
        async for one in ready(3):
            yield one
        if not whole:
            raise TimeoutError

    async def write() -> None:
        async for _ in FORMATS["xlsx"].write(records()):
            pass

    if whole:
        anyio.run(write)
    else:
        with pytest.raises(TimeoutError):
            anyio.run(write)
    assert closed and threading.get_ident() not in closed


@pytest.mark.parametrize("path", ["/feed", "/export"])
def test_an_address_takes_so_many_parameters(path: str) -> None:
    client = TestClient(create_app(Settings(), services()), "http://localhost")
    answer = client.get(path, params={"placeIds": ["PLACE-540235"] * 501})
    assert answer.status_code == 400 and "takes 500 parameters" in answer.json()["errors"][0]["message"]
