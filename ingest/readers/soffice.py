"""LibreOffice, run once for each file: in a folder of its own, without macros, without the network, and not for longer than it may."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path

from archive.errors import UnreadableFile

PROGRAMS = ("soffice", "libreoffice")
SECONDS = 180
"""A document of 5,000 characters takes 2 to 3 s, most of it to start the program; others allow 300 s."""

MAX_OUTPUT = 200_000_000
"""Bytes that it may write into one file."""

_BUILD = "versionrc"

_NO_PROGRAM = (
    "it is read through LibreOffice, which is not there; install it (Debian: libreoffice-writer-nogui), name it in FANGZHI_SOFFICE, "
    "or save the file as .docx"
)


def program() -> str:
    """The path of LibreOffice: FANGZHI_SOFFICE, or what PATH has. Raises UnreadableFile when there is none."""
    named = os.environ.get("FANGZHI_SOFFICE")
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        raise UnreadableFile(_NO_PROGRAM)
    return found


def version_mark() -> bytes:
    """What tells one LibreOffice from another: the file in which it keeps its build, for to ask it takes a second. b"" where there is none.

    A launcher that is elsewhere than the program has no such file beside it, and its own bytes stand for it.
    """
    try:
        path = Path(program()).resolve()
        places = (path.parent, path.parent.parent / "Resources")  # the second one on macOS
        return next((file for place in places if (file := place / _BUILD).is_file()), path).read_bytes()
    except (UnreadableFile, OSError):
        return b""


def to_docx(data: bytes, suffix: str) -> bytes:
    """`data`, a file whose name ends in `suffix`, as a Word document.

    Raises UnreadableFile when LibreOffice is not there, cannot open the file, or takes longer than SECONDS.
    """
    soffice = program()
    with tempfile.TemporaryDirectory(prefix="fangzhi-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / f"in{suffix}").write_bytes(data)
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_settings(), "utf-8")
        options = ("--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault", "--nofirststartwizard")
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        target = ("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"))
        _run([*_cut_off(), soffice, profile, *options, *target, str(folder / f"in{suffix}")], folder)
        written = folder / "out" / "in.docx"
        if not written.is_file():
            raise UnreadableFile("LibreOffice cannot open it (damaged, or protected by a password); open it yourself and save it as .docx")
        if written.stat().st_size >= MAX_OUTPUT:
            raise UnreadableFile(f"as .docx it has more than {MAX_OUTPUT:,} bytes, the limit; split it")
        return written.read_bytes()


@cache
def _settings() -> str:
    """The settings of a fresh profile, in LibreOffice's own form."""
    rows = tomllib.loads((files(__package__) / "soffice.toml").read_text("utf-8"))["setting"]
    items = "".join(
        f'<item oor:path="/{row["path"]}"><prop oor:name="{row["name"]}" oor:op="fuse"><value>{row["value"]}</value></prop></item>'
        for row in rows
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'


def _run(command: list[str], folder: Path) -> None:
    """Run `command` and end it with all that it started when its time is over."""
    kept = {key: os.environ[key] for key in ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT") if key in os.environ}
    environment = {**kept, "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(  # noqa: S603 the program is the administrator's choice, the file's name is ours
        command, cwd=folder, env=environment, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    ) as process:
        _bound(process.pid)
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired as error:
            raise UnreadableFile(f"LibreOffice was not done with it in {SECONDS} s; split it, or save it as .docx yourself") from error
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End all that is left of the group: the launcher may be gone before the program that it started."""
    if hasattr(os, "killpg"):
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return
    else:
        process.kill()


def _bound(pid: int) -> None:
    """Bound what the process writes, where the system can; it starts the program only after some milliseconds of a shell script."""
    try:
        import resource  # noqa: PLC0415 not on Windows

        resource.prlimit(pid, resource.RLIMIT_FSIZE, (MAX_OUTPUT, MAX_OUTPUT))
    except (ImportError, AttributeError, OSError):
        return


@cache
def _cut_off() -> tuple[str, ...]:
    """What starts a program without any network, where the system lets us; its settings forbid it anyway."""
    unshare = shutil.which("unshare")
    command = (unshare, "--map-root-user", "--net") if unshare else ()
    if not command:
        return ()
    tried = subprocess.run([*command, "true"], capture_output=True, check=False, timeout=10)  # noqa: S603 no input of others in it
    return command if tried.returncode == 0 else ()
