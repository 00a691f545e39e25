"""Environment variables turned into values; an error names the variable, and never shows a secret."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from archive.errors import BadRequest

T = TypeVar("T", int, float)

PREFIX = "FANGZHI_"

_SWITCH = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


@dataclass(frozen=True, slots=True)
class Variables:
    """What is set, by name in small letters without the prefix; a variable that is empty counts as not set."""

    given: Mapping[str, str] = field(repr=False)
    prefix: str = PREFIX

    @classmethod
    def of(cls, environment: Mapping[str, str], prefix: str = PREFIX) -> Variables:
        """Those of `environment` whose names begin with `prefix`."""
        return cls(
            {name.removeprefix(prefix).lower(): value for name, value in environment.items() if name.startswith(prefix) and value}, prefix
        )

    def variable(self, name: str) -> str:
        """The name that people set."""
        return f"{self.prefix}{name.upper()}"

    def text(self, name: str) -> str | None:
        """The value as it stands, None when it is not set."""
        return self.given.get(name)

    def number(self, name: str, kind: Callable[[str], T], default: T, least: float = 0, largest: float = float("inf")) -> T:
        """A number from `least` to `largest`. Raises BadRequest for anything else."""
        if name not in self.given:
            return default
        try:
            value = kind(self.given[name])
            fits = least <= value <= largest
        except ValueError:
            fits = False
        if not fits:
            noun = "whole number" if kind is int else "number"
            span = f"of {least:g} or more" if largest == float("inf") else f"from {least:g} to {int(largest)}"
            raise BadRequest(f"{self.variable(name)} is {self.given[name]!r}; set it to a {noun} {span}, or leave it out.")
        return value

    def switch(self, name: str, default: bool) -> bool:
        """On or off. Raises BadRequest for anything else."""
        value = self.given.get(name)
        if value is None:
            return default
        if value.strip().lower() not in _SWITCH:
            raise BadRequest(f"{self.variable(name)} is {value!r}; set it to 1 or 0, or leave it out.")
        return _SWITCH[value.strip().lower()]

    def path(self, name: str) -> Path | None:
        """A path, with ~ for the home folder. Raises BadRequest for the home of a user who is not known."""
        value = self.given.get(name)
        if value is None:
            return None
        try:
            return Path(value).expanduser()
        except RuntimeError:
            raise BadRequest(f"{self.variable(name)} is {value!r}, and no such home folder is known; write the whole path.") from None

    def secret(self, name: str) -> str | None:
        """A secret: the variable itself, or the content of the file that NAME_FILE names, without the line end that editors put there.

        Raises BadRequest when both are set, and when the file cannot be read or holds no single line of text.
        """
        file = self.path(f"{name}_file")
        if file is None:
            value, where = self.given.get(name), self.variable(name)
        elif name in self.given:
            raise BadRequest(f"{self.variable(name)} and {self.variable(f'{name}_file')} are both set; leave one of them out.")
        else:
            where = f"The file {file} that {self.variable(f'{name}_file')} names"
            value = _first_line(file, where)
        if value is not None and not (value and value.isprintable()):
            raise BadRequest(f"{where} holds characters that cannot be sent, or none; it must be one line of text.")
        return value


def _first_line(file: Path, where: str) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig").removesuffix("\n").removesuffix("\r")
    except OSError as error:
        raise BadRequest(f"{where} cannot be read ({error.strerror}); name another, or leave the variable out.") from None
    except UnicodeDecodeError:
        return ""
