"""An office that signs below the title, with the day."""

from __future__ import annotations

import pytest

from tests.support import only

BODY = "近年来，全县选聘网格员350人，化解矛盾纠纷1200件，群众满意度不断提升。"
TITLE = "推行“边境红色驿站”工作调研报告"


@pytest.mark.parametrize(
    ("line", "published"),
    [("某县县委组织部  2023年6月12日", "2023-06-12"), ("中共某市委办公室　2022-01-08", "2022-01-08"), ("某县民政局 2023年6月", None)],
)
def test_an_office_with_a_day_signs_and_is_no_title(line: str, published: str | None) -> None:
    found = only(f"{TITLE}\n{line}\n{BODY}\n")
    assert (found.title, found.kicker, found.byline, found.published) == (TITLE, None, line, published)


def test_a_title_that_ends_with_a_day_stays_one() -> None:
    found = only(f"某县召开基层治理工作推进会 2023年6月12日\n{BODY}\n")
    assert found.byline is None
