"""The tables of practices.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def rows() -> Mapping[str, Any]:
    """All tables as they stand: kinds, names, states, what only looks like a name, and what makes one key of several names."""
    return tomllib.loads(files("ingest.extract").joinpath("practices.toml").read_text("utf-8"))
