from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, is_dataclass, replace
from types import ModuleType

import pytest

from archive import findings, records
from archive.changed import changed
from archive.records import OutlineNode
from archive.text import Span

NODE = OutlineNode(path="一", marker="一、", title="组织", level=1, span=Span(2, 4), extent=Span(0, 9))


def test_a_copy_has_the_new_values_and_leaves_the_old_ones_alone() -> None:
    copy = changed(NODE, extent=Span(0, 5), parent="前")
    assert copy == replace(NODE, extent=Span(0, 5), parent="前")
    assert NODE.extent == Span(0, 9)
    assert changed(NODE) == NODE


def test_a_copy_is_as_frozen_as_its_original() -> None:
    with pytest.raises(FrozenInstanceError):
        changed(NODE).level = 2  # type: ignore[misc]


def test_a_name_that_is_no_field_is_refused() -> None:
    with pytest.raises(AttributeError):
        changed(NODE, levle=2)


@pytest.mark.parametrize("module", [findings, records])
def test_no_record_computes_anything_when_it_is_made(module: ModuleType) -> None:
    kinds = [kind for kind in vars(module).values() if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == module.__name__]
    assert kinds
    assert all(not hasattr(kind, "__post_init__") and len(fields(kind)) > 1 for kind in kinds)
