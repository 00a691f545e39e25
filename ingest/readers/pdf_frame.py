"""How the space in which a PDF page is drawn lies on the page that people see: its crop box, and how it is turned."""

from __future__ import annotations

from typing import Any, NamedTuple


class Frame(NamedTuple):
    """How user space lies on the page that people see: `x = a·x + c·y + e`, `y = b·x + d·y + f`, y downwards."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float
    width: float
    height: float

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A point of user space, from the left top corner of the page."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def turned(self, quarters: int) -> Frame:
        """The frame of the page turned to the left by so many quarters."""
        frame = self
        for _ in range(quarters % 4):
            a, b, c, d, e, f, width, height = frame
            frame = Frame(b, -a, d, -c, f, width - e, height, width)
        return frame


def frame_of(page: Any) -> Frame:
    """The frame of a page of pypdfium2, by its crop box and rotation."""
    left, bottom, right, top = page.get_bbox() if hasattr(page, "get_bbox") else page.get_cropbox()
    width, height = right - left, top - bottom
    rotation = page.get_rotation()
    if rotation == 90:
        return Frame(0, 1, 1, 0, -bottom, -left, height, width)
    if rotation == 180:
        return Frame(-1, 0, 0, 1, right, -bottom, width, height)
    if rotation == 270:
        return Frame(0, -1, -1, 0, top, right, height, width)
    return Frame(1, 0, 0, -1, -left, top, width, height)
