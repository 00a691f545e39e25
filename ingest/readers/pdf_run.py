"""A run of a PDF page: characters that were drawn one behind the other on one base line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Run:
    """Characters drawn in a row. `xs` are the left edges of the characters, points from the page's left top corner; `x1` ends the last.

    `quarter` counts the quarter turns to the left by which the characters lie, None when they slant. `hidden` is text that is not painted.
    """

    chars: list[str]
    xs: list[float]
    base: float
    size: float
    top: float = 0.0
    bottom: float = 0.0
    x1: float = 0.0
    bold: bool = False
    hidden: bool = False
    quarter: int | None = 0
    expanded: bool = False
    rights: dict[int, float] | None = None
    """Where the character before that of a number ends, as far as white space follows it."""

    def spread(self) -> None:
        """Give the characters of a ligature, which stand at one place, an even share of its width."""
        start = 0
        for index in range(1, len(self.xs) + 1):
            x = self.xs[index] if index < len(self.xs) else self.x1
            if index == len(self.xs) or x != self.xs[start]:
                step = (x - self.xs[start]) / (index - start)
                self.xs[start:index] = [self.xs[start] + step * part for part in range(index - start)]
                start = index

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(self.chars)
