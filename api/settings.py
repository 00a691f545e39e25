"""What can be set from outside, read once from the environment when the program starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_data_dir

from api.cluster_settings import CLUSTER_PREFIX, check_names, cluster, concern
from api.places import folder_name, is_url, parse
from api.variables import Variables
from api.web_settings import WEB_NAMES, Web
from archive.errors import BadRequest
from ingest.files import readable, shown
from ingest.limits import FILE_MEMORY, FILE_SECONDS, PAGE_SECONDS, Limits
from ingest.readers import MAX_BYTES
from search.elastic.cluster import Cluster

_MAX_PORT = 65_535
_LEAST_MEMORY = 100_000_000  # bytes: rules and tables of the pipeline take 70 MB


NAMES = (
    "archive",
    "originals",
    "host",
    "port",
    "max_file_bytes",
    "file_seconds",
    "page_seconds",
    "file_memory",
    "lock_seconds",
    "request_seconds",
    *WEB_NAMES,
    "upload_bytes",
)
"""What can be set, each as FANGZHI_ and its name in capitals, beside what cluster_settings names."""


def default_archive() -> Path:
    """The folder `fangzhi` in the user's data directory."""
    return Path(user_data_dir("fangzhi", appauthor=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting; each is also an environment variable: FANGZHI_ and its name in capitals.

    `archive` is the folder of originals and journal, and of the index unless `cluster` says which Elasticsearch holds that: then
    FANGZHI_ARCHIVE is its URL, and FANGZHI_ORIGINALS the folder. `max_file_bytes` is the largest file that is read, `file_seconds` how
    long that may take beside its pages, `page_seconds` how long one of them may take, `file_memory` how many bytes of memory it may take.
    `lock_seconds` is how long a writer waits for another one. `request_seconds` is how long one GraphQL request may take.
    `web` is what the service lets strangers do.
    `upload_bytes` is how much may wait that was sent and not ingested yet.
    """

    archive: Path = field(default_factory=default_archive)
    cluster: Cluster | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    max_file_bytes: int = MAX_BYTES
    file_seconds: float = FILE_SECONDS
    page_seconds: float = PAGE_SECONDS
    file_memory: int = FILE_MEMORY
    lock_seconds: float = 60.0
    request_seconds: float = 10.0
    web: Web = field(default_factory=Web)
    upload_bytes: int = 2_000_000_000

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], archive: str | None = None) -> Settings:
        """The settings that `environment` names, defaults for the rest. `archive` is the folder or URL that goes before FANGZHI_ARCHIVE.

        Raises BadRequest, naming the variable, when one cannot be understood.
        """
        given = Variables.of({**environment, "FANGZHI_ARCHIVE": archive} if archive else environment)
        elastic = Variables.of(environment, CLUSTER_PREFIX)
        check_names(elastic)
        check_names(given, NAMES, others=("elasticsearch_", "soffice", "test_"))
        usual = cls()
        folder, on = _place(given, elastic, usual.archive)
        return cls(
            archive=folder,
            cluster=on,
            host=given.text("host") or usual.host,
            port=given.number("port", int, usual.port, largest=_MAX_PORT),
            max_file_bytes=given.number("max_file_bytes", int, usual.max_file_bytes),
            file_seconds=given.number("file_seconds", float, usual.file_seconds, least=1),
            page_seconds=given.number("page_seconds", float, usual.page_seconds, least=1),
            file_memory=given.number("file_memory", int, usual.file_memory, least=_LEAST_MEMORY),
            lock_seconds=given.number("lock_seconds", float, usual.lock_seconds),
            upload_bytes=given.number("upload_bytes", int, usual.upload_bytes),
            request_seconds=given.number("request_seconds", float, usual.request_seconds),
            web=Web.of(given),
        )

    @property
    def limits(self) -> Limits:
        """What reading one file may cost."""
        return Limits(self.file_seconds, self.page_seconds, self.file_memory)

    @property
    def place(self) -> str:
        """Where the archive is, for people to read: its folder, or hosts and alias. Shows no secret."""
        return readable(str(self.archive)) if self.cluster is None else self.cluster.shown

    @property
    def address(self) -> str | None:
        """What --archive must be given to mean this archive; None when it is the default. Shows no secret."""
        if self.cluster is not None:
            return f"{','.join(self.cluster.hosts)}/{self.cluster.alias}"
        return None if self.archive == default_archive() else readable(str(self.archive))

    @property
    def concern(self) -> str | None:
        """What whoever set this should be warned of."""
        return None if self.cluster is None else concern(self.cluster)


def _place(given: Variables, elastic: Variables, usual: Path) -> tuple[Path, Cluster | None]:
    """The folder, and the cluster if the archive's place is a URL."""
    named = given.text("archive") or ""
    if is_url(named):
        found = cluster(parse(named), elastic)
        if is_url(given.text("originals") or ""):
            raise BadRequest("FANGZHI_ORIGINALS is a URL; the originals of an archive on Elasticsearch are kept in a folder: name that.")
        folder = given.path("originals") or usual / "clusters" / folder_name(found.hosts, found.alias)
        advice = "name a folder with FANGZHI_ORIGINALS"
    else:
        found, folder = None, given.path("archive") or usual
        advice = "name a folder with --archive or FANGZHI_ARCHIVE"
    if folder.is_file():
        raise BadRequest(f"{shown(folder)} is a file, not an archive folder; {advice}.")
    return folder, found
