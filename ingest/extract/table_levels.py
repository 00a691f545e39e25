"""Which column a column of shares or growth speaks of, where its own head names nothing: 增幅（%） beside 税收（万元）."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extract.table_subjects import Said
from ingest.extract.table_words import HeadText

_COMPARES = re.compile(r"同比|环比|[比较](?:上年|去年|上期|上月|\d{4}年)")


class Levels:
    """The columns of a table, with the heads of each, what those say, and whether it holds numbers that are no growth, share or rank."""

    def __init__(self, heads: Sequence[Sequence[HeadText]], said: Sequence[Said], numeric: Sequence[bool]) -> None:
        self._heads, self._said = heads, said
        self._level = [counts and not one.kind for counts, one in zip(numeric, said, strict=True)]
        self._named = any(level and one.words for level, one in zip(self._level, said, strict=True))
        self._nearest: dict[int, int | None] = {}

    def beside(self, column: int) -> int | None:
        """The nearest column of levels to the left under the same heads, or the total that heads those."""
        if column not in self._nearest:
            left = self._left(column, -1)
            since = self._since(column)
            totals = [one for one in left if one > since and self._said[one].total]
            self._nearest[column] = totals[-1] if totals else left[-1] if left else None
        return self._nearest[column]

    def words_of(self, column: int) -> str | None:
        """What the columns say that a column of growth is of: nothing where none of them names anything, None where it is not evident.

        It is evident where all that stands between it and the growth before counts one thing, where a total heads that, or where the head
        compares (同比) and stands right behind numbers.
        """
        if not self._named:
            return ""
        at = column
        while at and self._said[at - 1].kind and self._heads[at - 1][:-1] == self._heads[column][:-1]:
            at -= 1  # 同比增长 | 环比增长
        near = self._left(at, self._since(at))
        totals = [one for one in near if self._said[one].total]
        if totals:
            return self._said[totals[-1]].words
        words = {self._said[one].words for one in near}
        compares = _COMPARES.search("".join(head.words for head in self._heads[column]))
        if len(words) == 1 or (near and near[-1] == at - 1 and compares):
            return self._said[near[-1]].words
        return None

    def _left(self, column: int, since: int) -> list[int]:
        above = self._heads[column][:-1]
        return [one for one in range(since + 1, column) if self._level[one] and self._heads[one][: len(above)] == above]

    def _since(self, column: int) -> int:
        """The last column before this one that is of growth or shares, -1 where there is none."""
        return next((one for one in range(column - 1, -1, -1) if self._said[one].kind), -1)
