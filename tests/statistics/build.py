"""Documents for the tests of this folder, without places or cleaning."""

from archive.records import Document, Source
from archive.text import MappedText
from ingest.extract.checks import check_arithmetic
from ingest.extract.document_period import find_period
from ingest.extract.outline import find_outline
from ingest.extract.statistics import find_statistics


def document(text: str, **fields: str | None) -> Document:
    source = Source(sha256="0" * 64, name="text.txt", size=1)
    made = Document(id="DOC-0-1", source=source, ordinal=1, text=text, offsets=MappedText.whole(text).offsets)
    for name, value in fields.items():
        object.__setattr__(made, name, value)
    return made


def read(text: str, **fields: str | None) -> Document:
    return check_arithmetic(find_statistics(find_period(find_outline(document(text, **fields)))))
