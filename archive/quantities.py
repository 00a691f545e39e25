"""Units and their normal units: how a figure is converted so that it can be laid beside one of another county."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

_ROWS = Path(__file__).with_name("data") / "units.toml"


@dataclass(frozen=True, slots=True)
class NormalUnit:
    """The normal unit of a printed one; `factor` is how many of it one of the printed unit is, exactly."""

    name: str
    factor: Fraction
    same: bool  # whether the factor is 1, as it mostly is

    def of(self, value: int | float) -> int | float:
        """`value` of the printed unit in the normal one: whole where it is whole, else the nearest double.

        A double stands for the shortest decimal that it prints as, so 0.1 is a tenth.
        """
        if self.same:
            return value
        exact = Fraction(value if isinstance(value, int) else repr(value)) * self.factor
        return exact.numerator if exact.denominator == 1 else float(exact)


@cache
def unit_rows() -> tuple[Mapping[str, Any], ...]:
    """The rows of units.toml, in their order."""
    return tuple(tomllib.loads(_ROWS.read_text("utf-8"))["unit"])


@lru_cache(maxsize=1024)
def normal_unit(printed: str) -> NormalUnit:
    """The normal unit of `printed`; one that no row knows is its own. Of a rate (元/斤) both sides are made normal."""
    above, slash, below = printed.partition("/")
    if not slash:
        return _table().get(printed) or _made(printed, Fraction(1))
    upper, lower = normal_unit(above), normal_unit(below)
    return _made(f"{upper.name}/{lower.name}", upper.factor / lower.factor)


def _made(name: str, factor: Fraction) -> NormalUnit:
    return NormalUnit(name, factor, factor == 1)


@cache
def _table() -> Mapping[str, NormalUnit]:
    """Every printed unit. Raises ValueError when one stands in two rows."""
    found: dict[str, NormalUnit] = {}
    for row in unit_rows():
        for printed, factor in {row["name"]: "1", **row["from"]}.items():
            if printed in found:
                raise ValueError(f"units.toml: {printed} stands twice; keep one")
            found[printed] = _made(row["name"], Fraction(factor))
    return MappingProxyType(found)
