"""Which documents are one group, and which of them is counted, hangs on the files alone, never on their order or their batches."""

from __future__ import annotations

import tempfile
from functools import cache
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.archives import Archive, write
from tests.ingest.test_duplicates import prose

A, B, C = prose(70, 900), prose(71, 700), prose(72, 500)
FILES = {
    "a.txt": A,
    "a-marks.txt": f"{A[:300]}\n2、{A[300:600]}\n3、{A[600:]}",
    "a-head.txt": A[:360],
    "a-tail.txt": A[540:],
    "a-dirt.txt": f"当前位置：首页 > 正文\n{A}\n分享到：微信 微博",
    "ab.txt": f"{A}\n{B}",
    "b.txt": B,
    "b-longer.txt": f"{B}全县建成网格129个。",
    "c.txt": C,
    "bc.txt": f"{B[350:]}\n{C}",
}


@cache
def folder() -> Path:
    return write(Path(tempfile.mkdtemp(prefix="fangzhi-test-")), FILES)


def groups(batches: list[list[str]]) -> dict[str, str | None]:
    """File name to the file that it repeats, after an ingest for each batch."""
    with tempfile.TemporaryDirectory() as place:
        archive = Archive(Path(place) / "archive")
        for batch in batches:
            archive.ingest(*(folder() / name for name in batch))
        return archive.reprints()


@cache
def at_once() -> dict[str, str | None]:
    return groups([list(FILES)])


def test_the_group_is_what_it_should_be() -> None:
    found = at_once()
    assert {name for name, of in found.items() if of == "ab.txt"} >= {"a.txt", "a-marks.txt", "a-head.txt", "a-tail.txt", "a-dirt.txt"}
    assert found["ab.txt"] is None


@given(st.permutations(list(FILES)), st.lists(st.integers(0, len(FILES)), max_size=4))
@settings(max_examples=5, deadline=None)
def test_no_order_and_no_batches_change_it(order: list[str], cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(order)]
    batches = [order[start:end] for start, end in pairwise(edges) if start < end]
    assert groups(batches) == at_once()
