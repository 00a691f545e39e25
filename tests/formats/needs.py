"""What of the machine a format needs; where it is missing a test is skipped, and fails in CI."""

from __future__ import annotations

import os
import shutil

import pytest

from ingest.readers import ocr

OFFICE = (".doc", ".wps", ".rtf", ".odt")
PICTURES = ("-scan.pdf", ".jpg")


def needed(name: str) -> None:
    """Skip, or fail in CI, when what reads the file `name` is not installed."""
    if name.endswith(OFFICE) and not (shutil.which("soffice") or shutil.which("libreoffice")):
        _missing("LibreOffice")
    if name.endswith(PICTURES) and not ocr.available():
        _missing("the extra fangzhi[ocr]")


def _missing(what: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"{what} is not installed")
    pytest.skip(f"{what} is not installed")
