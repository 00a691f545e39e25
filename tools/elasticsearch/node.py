"""Starts, kills and restarts bare Elasticsearch nodes, alone or as a cluster, on ports of their own on this machine."""

from __future__ import annotations

import http.client
import json
import random
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from tools.elasticsearch import jars

HOST = "127.0.0.1"
QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Java flags for a node that starts sooner and is slower later: for tests, never for measurements."""
PORTS = range(20000, 32000)  # Below the ports that systems hand out to outgoing connections, so that a restart finds its own free.
START_SECONDS = 180.0
STOP_SECONDS = 20.0

Settings = Mapping[str, str | int | bool | Sequence[str]]


def free_ports(count: int) -> list[int]:
    """`count` different ports of this machine on which nothing listens."""
    found: list[int] = []
    with ExitStack() as held:
        while len(found) < count:
            probe = held.enter_context(socket.socket())
            port = random.choice(PORTS)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            found.append(port)
    return found


class Node:
    """One node; its data, settings and log lie in its folder. It ends with the process that started it, however that ends.

    `heap` is Java's, as in `512m`. `settings` are elasticsearch.yml's and win over those made here. A context manager: starts and stops.
    """

    def __init__(
        self,
        folder: Path,
        *,
        name: str = "node-1",
        http_port: int | None = None,
        transport_port: int | None = None,
        settings: Settings | None = None,
        heap: str = "512m",
        jvm_flags: Sequence[str] = (),
    ) -> None:
        spare = iter(free_ports(2))
        self.folder = folder.absolute()
        self.name = name
        self.http_port = http_port or next(spare)
        self.transport_port = transport_port or next(spare)
        self.url = f"http://{HOST}:{self.http_port}"
        self.log = self.folder / "node.log"
        self._flags = (f"-Xms{heap}", f"-Xmx{heap}", "-Dlog4j2.level=INFO", "-Dlog4j2.formatMsgNoLookups=true", *jvm_flags)
        self._settings: dict[str, object] = {
            "cluster.name": "fangzhi",
            "node.name": name,
            "network.host": HOST,
            "http.port": self.http_port,
            "transport.port": self.transport_port,
            "discovery.type": "single-node",
            "cluster.routing.allocation.disk.threshold_enabled": False,
            **(settings or {}),
        }
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process; only while the node runs.

        Raises:
            RuntimeError: it does not run.
        """
        if self._process is None:
            raise RuntimeError(f"{self.name} is not running: start it first")
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.poll() is None

    def start(self, *, wait: bool = True) -> None:
        """Start the process and, unless told otherwise, wait until it serves its data.

        Raises:
            NotReady: Java or the jars are missing, a port is taken, or as `wait`.
        """
        if self.running:
            return
        cache = jars.prepare()
        self._check_ports()
        (self.folder / "config").mkdir(parents=True, exist_ok=True)
        (self.folder / "tmp").mkdir(exist_ok=True)
        lines = (f"{key}: {json.dumps(value)}\n" for key, value in self._settings.items())
        (self.folder / "config" / "elasticsearch.yml").write_text("".join(lines), "utf-8")
        java = jars.command("java", "openjdk-17-jre-headless")
        line = (java, *self._flags, f"-Djava.io.tmpdir={self.folder / 'tmp'}", "-cp", jars.class_path(cache), "Start")
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                (*line, str(self.folder), str(cache / "jars" / "modules")),
                stdin=subprocess.PIPE,  # Never written to: the node ends when it closes.
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for the process that started it, which then stops it in order.
            )
        if wait:
            self.wait()

    def _check_ports(self) -> None:
        for port in (self.http_port, self.transport_port):
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # As the node will: a port that just closed is free.
                try:
                    probe.bind((HOST, port))
                except OSError as error:
                    raise jars.NotReady(f"Port {port} of {HOST} is taken: end what listens there, or choose another port") from error

    def wait(self, *, nodes: int = 1, seconds: float = START_SECONDS) -> None:
        """Wait until this node belongs to a cluster of at least `nodes` and every primary shard is there; ends it when that fails.

        Raises:
            NotReady: it ended or did not get there in time; the message has the end of its log.
        """
        answers = False
        try:
            answers = self._answers(nodes, time.monotonic() + seconds)
        finally:
            if not answers:
                self.kill()
        if not answers:
            tail = "\n".join(self.log.read_text("utf-8", "replace").splitlines()[-20:])
            raise jars.NotReady(f"Elasticsearch's {self.name} ended, or did not answer in {seconds:.0f} s; the end of {self.log}:\n{tail}")

    def join(self) -> None:
        """Wait until it ends by itself."""
        if self._process is not None:
            self._process.wait()

    def _answers(self, nodes: int, deadline: float) -> bool:
        while not self._healthy(nodes):
            if self._gone_within(0.1) or time.monotonic() > deadline:
                return False
        return True

    def _gone_within(self, seconds: float) -> bool:
        try:
            return self._process is None or self._process.wait(seconds) is not None
        except subprocess.TimeoutExpired:
            return False

    def _healthy(self, nodes: int) -> bool:
        connection = http.client.HTTPConnection(HOST, self.http_port, timeout=5)
        try:
            connection.request("GET", f"/_cluster/health?wait_for_status=yellow&wait_for_nodes=ge({nodes})&timeout=1s&master_timeout=1s")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def stop(self) -> None:
        """End it in order, or by force when that takes too long. What does not run is left alone."""
        if self._process is None:
            return
        self.resume()
        self._process.terminate()
        if not self._gone_within(STOP_SECONDS):
            self._process.kill()
        self._reap()

    def kill(self) -> None:
        """End it as a power cut does (-9)."""
        if self._process is not None:
            self._process.kill()
            self._reap()

    def _reap(self) -> None:
        if self._process is not None:
            self._process.wait()
            if self._process.stdin:
                self._process.stdin.close()
            self._process = None

    def restart(self) -> None:
        """Stop it if it runs, and start it on the same data and ports."""
        self.stop()
        self.start()

    def pause(self) -> None:
        """Freeze it: connections stay open and nothing answers."""
        if self._process is not None:
            self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """End a pause."""
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)

    def __enter__(self) -> Node:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()


class Nodes:
    """Several nodes that form one cluster, each in a folder of its own. A context manager: starts and stops all.

    `first_port` is where the first answers over HTTP, and the others on the ports after it; without it they are chosen.
    """

    def __init__(
        self,
        folder: Path,
        *,
        count: int = 3,
        first_port: int | None = None,
        settings: Settings | None = None,
        heap: str = "256m",
        jvm_flags: Sequence[str] = (),
    ) -> None:
        ports = free_ports(2 * count)
        if first_port is not None:
            ports[:count] = range(first_port, first_port + count)
        names = [f"node-{number}" for number in range(1, count + 1)]
        together = {
            "discovery.type": "multi-node",
            "discovery.seed_hosts": [f"{HOST}:{port}" for port in ports[count:]],
            "cluster.initial_master_nodes": names,
            **(settings or {}),
        }
        self.nodes = [
            Node(folder / name, name=name, http_port=web, transport_port=inner, settings=together, heap=heap, jvm_flags=jvm_flags)
            for name, web, inner in zip(names, ports[:count], ports[count:], strict=True)
        ]

    @property
    def urls(self) -> list[str]:
        """Where each node answers."""
        return [node.url for node in self.nodes]

    def start(self) -> None:
        """Start those that do not run, and wait until all have found each other.

        Raises:
            NotReady: as `Node.start`; then none is left running.
        """
        try:
            for node in self.nodes:
                node.start(wait=False)
            for node in self.nodes:
                node.wait(nodes=len(self.nodes))
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop those that run."""
        for node in self.nodes:
            node.stop()

    def __enter__(self) -> Nodes:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()
