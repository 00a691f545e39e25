"""Which figures two copies of a text differ in."""

from archive.figure_changes import FigureChangeKind, figure_changes
from archive.text_changes import text_changes
from ingest.pipeline import run
from tests.support import raw

TITLE = "青川县网格化管理工作情况\n"
FIRST = "2024年，全县划分网格128个，配备专职网格员350名，投入资金1200万元。"
SECOND = "各乡镇建成党群服务中心36个，群众满意度达到97.5%。"


def told(before: str, after: str) -> list[tuple[str, str | None, str | None]]:
    (one,), (other,) = run(raw(TITLE + before)), run(raw(TITLE + after))
    assert one.statistics and other.statistics
    found = figure_changes(one.statistics, other.statistics, text_changes(one.text, other.text))
    return [(change.kind.value, *(figure and figure.quote for figure in change)) for change in found]


def test_copies_of_one_text_differ_in_no_figure() -> None:
    assert told(FIRST + SECOND, FIRST + SECOND) == []


def test_a_paragraph_that_was_moved_changes_no_figure() -> None:
    assert told(f"{FIRST}\n{SECOND}", f"{SECOND}\n{FIRST}") == []


def test_a_figure_of_another_value_is_a_change_at_its_place() -> None:
    assert told(FIRST + SECOND, FIRST.replace("350", "380") + SECOND) == [("CHANGED", "专职网格员350名", "专职网格员380名")]
    assert told(FIRST + SECOND, FIRST + SECOND.replace("97.5", "98")) == [("CHANGED", "群众满意度达到97.5%", "群众满意度达到98%")]


def test_a_figure_that_is_less_exact_is_a_change() -> None:
    changes = told(FIRST + SECOND, FIRST.replace("350名", "350余名") + SECOND)
    assert changes == [("CHANGED", "专职网格员350名", "专职网格员350余名")]


def test_the_same_amount_in_another_unit_of_the_language_is_no_change() -> None:
    assert told(FIRST + SECOND, FIRST.replace("1200万元", "0.12亿元") + SECOND) == []


def test_figures_of_a_part_that_was_cut_are_removed_and_those_of_one_that_came_are_added() -> None:
    removed = told(FIRST + SECOND, FIRST)
    assert [kind for kind, _, _ in removed] == ["REMOVED", "REMOVED"]
    assert [before for _, before, _ in removed] == ["党群服务中心36个", "群众满意度达到97.5%"]
    added = told(FIRST, FIRST + SECOND)
    assert [(kind, after) for kind, _, after in added] == [("ADDED", "党群服务中心36个"), ("ADDED", "群众满意度达到97.5%")]


def test_every_figure_is_named_once_or_says_the_same() -> None:
    (one,), (other,) = run(raw(TITLE + FIRST + SECOND)), run(raw(TITLE + SECOND.replace("36", "39") + FIRST.replace("128", "12")))
    found = figure_changes(one.statistics, other.statistics, text_changes(one.text, other.text))
    for side, figures in ((0, one.statistics), (1, other.statistics)):
        named = [change[side].id for change in found if change[side]]  # type: ignore[union-attr]
        assert len(named) == len(set(named)) <= len(figures)
    assert all((change.kind is FigureChangeKind.ADDED) == (change.before is None) for change in found)
