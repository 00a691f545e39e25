"""Mail: a document that may have files attached to it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from io import BytesIO

from archive.errors import UnreadableFile
from ingest.containers.base import Budget, Entry
from ingest.readers.attachments import attachments_of
from ingest.readers.mail import message_of


def attached_files(data: bytes, budget: Budget) -> Iterator[Entry]:
    """The files attached to the mail in `data`; none where it cannot be taken apart, which its reader says.

    Raises UnreadableFile when there are more of them than are taken out of one mail, after these, and Bomb as a container does.
    """
    try:
        message = message_of(data)
    except UnreadableFile:
        return
    for name, body in attachments_of(message):
        budget.count()
        yield Entry(name, partial(budget.read, BytesIO(body).read, None))
