"""Names of the thesaurus as people type them: in either case, width and script."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from archive.indicators import Indicator, bare, indicator_names
from search.analysis import fold


def named_indicator(name: str) -> Indicator | None:
    """The indicator with this term or synonym, however it is written (gdp, ＧＤＰ, 網格員); None when the list has none."""
    return _folded().get(fold(bare(name)))


@cache
def _folded() -> Mapping[str, Indicator]:
    found: dict[str, Indicator] = {}
    for name, indicator in indicator_names().items():
        found.setdefault(fold(name), indicator)
    return found
