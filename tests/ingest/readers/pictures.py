"""Pictures of printed lines, made for the tests with a font that the machine has."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from functools import cache

import pytest
from PIL import Image, ImageDraw, ImageFont

SCALE = 200 / 72
"""Pixels to a point, unless a test says otherwise."""


@cache
def font_path() -> tuple[str, int]:
    """A font with Chinese characters and its number in its file. Without one a test is skipped, but never where tests must run."""
    command = ["fc-match", "-f", "%{file}\t%{index}\t%{lang}", "Noto Serif CJK SC:lang=zh-cn"]
    try:
        file, index, languages = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\t")  # noqa: S603
    except (OSError, ValueError, subprocess.CalledProcessError):
        file, index, languages = "", "0", ""
    if "zh-cn" not in languages:
        reason = "no font with Chinese characters is installed (fc-match finds none)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return file, int(index) & 0xFFFF


def font(points: float, scale: float = SCALE) -> ImageFont.FreeTypeFont:
    """The font at a size."""
    file, index = font_path()
    return ImageFont.truetype(file, round(points * scale), index=index)


def picture_of(lines: Sequence[str], points: float = 14, scale: float = SCALE, ink: str = "black", paper: str = "white") -> Image.Image:
    """Lines on paper as wide as A4, the first one 72 points from the top and from the left."""
    height = 144 + round(2 * points * len(lines)) + 20
    image = Image.new("RGB", (round(595 * scale), round(height * scale)), paper)
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        draw.text((72 * scale, (72 + 2 * points * number) * scale), line, fill=ink, font=font(points, scale))
    return image
