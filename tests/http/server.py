"""The service as people run it: a process of its own on a port of this machine, over an archive of one small report."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support import ROOT

REPORT = "关于网格化管理的调研报告\n甲县人民政府\n一、主要做法\n全县建成网格12个,配备网格员350人。\n"


def fill(folder: Path) -> Path:
    """An archive in `folder` with one report in it."""
    report = folder / "report.txt"
    report.write_text(REPORT, "utf-8")
    archive = folder / "archive"
    command = [sys.executable, "-m", "api", "ingest", "--archive", str(archive), str(report)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603
    return archive


@contextmanager
def serving(archive: Path, **settings: str) -> Iterator[str]:
    """The address of a service on `archive`, without a slash at its end; `settings` are its environment variables."""
    command = [sys.executable, "-m", "api", "serve", "--archive", str(archive), "--port", "0"]
    environment = {**os.environ, **settings}
    served = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)  # noqa: S603
    assert served.stderr is not None
    said = ""
    try:
        while not (found := re.search("on (http://[^ ]+)/ ", said)):
            line = served.stderr.readline()
            assert line, f"the service did not start: {said}"
            said += line
        yield found[1]
    finally:
        served.send_signal(signal.SIGINT)
        served.communicate(timeout=20)
