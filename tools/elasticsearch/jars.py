"""Fetches the jars of a bare Elasticsearch node once, through Maven, into a cache folder."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import platformdirs
from filelock import FileLock

VERSION = "8.19.21"
HERE = Path(__file__).parent
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
# No `modulename`, which the jar's own descriptor has: it would need Elasticsearch itself on Java's module path.
DESCRIPTOR = f"""\
name=transport-netty4
description=HTTP and transport
version={VERSION}
elasticsearch.version={VERSION}
java.version=17
classname=org.elasticsearch.transport.netty4.Netty4Plugin
"""


class NotReady(RuntimeError):
    """Elasticsearch cannot be started here; the message says what to install or to look at."""


def prepare() -> Path:
    """The folder with `core/*.jar`, `modules/` and the compiled launcher, filled when it is not.

    It is `FANGZHI_TEST_ELASTICSEARCH_CACHE`, or a folder in the user's cache. What is there is complete: a download that was cut off
    is none, and of two processes one waits for the other.

    Raises:
        NotReady: there is no Java, or there are no jars yet and no Maven, or the download failed.
    """
    folder = Path(
        os.environ.get("FANGZHI_TEST_ELASTICSEARCH_CACHE") or Path(platformdirs.user_cache_dir("fangzhi")) / f"elasticsearch-{VERSION}"
    )
    java = command("java", "openjdk-17-jre-headless")
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".lock"):
        _once(folder / "jars", _download)
        _once(launcher(folder), lambda made: _compile(java, folder, made))
    return folder


def command(name: str, package: str) -> str:
    """The path of a program.

    Raises:
        NotReady: it is not installed.
    """
    found = shutil.which(name)
    if found is None:
        raise NotReady(
            f"A real Elasticsearch needs Java 17 or newer, and Maven for its first start, and there is no `{name}` here: install it "
            f"(Debian and Ubuntu: apt-get install {package}), or set FANGZHI_TEST_ELASTICSEARCH to the URL of one that runs."
        )
    return found


def launcher(folder: Path) -> Path:
    """The folder with the launcher's class, which changes with its source."""
    return folder / f"launcher-{hashlib.sha256((HERE / 'Start.java').read_bytes()).hexdigest()[:12]}"


def class_path(folder: Path) -> str:
    """What Java gets as its class path; wildcards are not expanded for every way to call it."""
    return os.pathsep.join(map(str, (launcher(folder), *sorted((folder / "jars" / "core").glob("*.jar")))))


def _once(target: Path, make: Callable[[Path], None]) -> None:
    """Have `make` fill a folder beside `target`, which gets its name only when it is complete."""
    if target.exists():
        return
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".making-") as scratch:
        made = Path(scratch) / target.name
        made.mkdir()
        make(made)
        made.rename(target)


def _download(made: Path) -> None:
    maven = command("mvn", "maven")
    where = (f"-Delasticsearch.version={VERSION}", f"-DoutputDirectory={made / 'core'}", "-DincludeScope=runtime")
    _run((maven, "-B", "-q", "-f", str(HERE / "pom.xml"), COPY, *where), "Maven could not fetch Elasticsearch's jars; is there a network?")
    module = made / "modules" / "transport-netty4"
    module.mkdir(parents=True)
    for jar in (*(made / "core").glob("netty-*.jar"), *(made / "core").glob("transport-netty4-*.jar")):
        jar.rename(module / jar.name)
    (module / "plugin-descriptor.properties").write_text(DESCRIPTOR, "utf-8")


def _compile(java: str, folder: Path, made: Path) -> None:
    compiler = (java, "-m", "jdk.compiler/com.sun.tools.javac.Main", "-cp", class_path(folder), "-d", str(made), str(HERE / "Start.java"))
    _run(compiler, "Java could not compile the launcher of Elasticsearch; is it Java 17 or newer, with the module jdk.compiler?")


def _run(line: Sequence[str], failed: str) -> None:
    done = subprocess.run(line, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        raise NotReady(f"{failed}\n{done.stdout[-2000:]}")
