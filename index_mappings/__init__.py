"""The mappings of the index as Elasticsearch takes them, unaltered; every engine builds its own schema from these files."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, cast


def read(name: str) -> dict[str, Any]:
    """The mapping file `<name>.json` of this folder, parsed."""
    return cast("dict[str, Any]", json.loads((files(__name__) / f"{name}.json").read_text("utf-8")))
