"""From a page as it came to text that reads as it was written: characters go, line breaks come, no character is rewritten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from archive.text import MappedText
from ingest.cleaning.boilerplate import drop_banners
from ingest.cleaning.invisible import drop_invisible
from ingest.cleaning.joins import join_broken_lines
from ingest.cleaning.link_lists import drop_link_lists
from ingest.cleaning.page_marks import drop_page_numbers, join_numbered_pages
from ingest.cleaning.paragraphs import break_run_on_headings
from ingest.cleaning.repeated import drop_watermarks

BEFORE_SPLITTING: tuple[Callable[[MappedText], MappedText], ...] = (
    join_numbered_pages,
    drop_page_numbers,
    break_run_on_headings,
    join_broken_lines,
)
"""The rules, in their order: pages are joined before lines are, because a page mark hides the end of the line above it."""

JOINING = (join_numbered_pages, join_broken_lines)
"""The rules that make one line of several."""


@dataclass(frozen=True, slots=True)
class CleanPage:
    """A page after cleaning. `banner_title` is the title that a site's banner printed, without its file ending."""

    page: MappedText
    banner_title: str | None


def clean(raw: str | MappedText, paragraphs: bool = False, rows: bool = False) -> CleanPage:
    """Clean the decoded text of a file, or a part of it.

    With `paragraphs` each line is known to be a whole one, and none is joined; with `rows` a line that ends with a tab is a table's row.
    """
    seen = drop_invisible(MappedText.whole(raw) if isinstance(raw, str) else raw, rows)
    page, banner_title = drop_banners(drop_watermarks(drop_link_lists(seen)))
    for rule in BEFORE_SPLITTING:
        if not (paragraphs and rule in JOINING):
            page = rule(page)
    return CleanPage(page, banner_title)
