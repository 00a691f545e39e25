"""A folder of hostile files, and good ones among them: `python -m tests.torture.make FOLDER [--small]`.

The same files each time. `--small` makes those that are hostile by their size a twentieth of it, for runs with limits as much lower.
"""

from __future__ import annotations

import argparse
import gzip
import io
import os
import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from tests.ingest.containers import overlapping, tarred, zipped, zipped_raw
from tests.ingest.readers.containers import ole
from tests.torture import packages, pdfs
from tests.torture.quine import quine

SMALL = 20
"""How many times smaller the small files are."""

_SENTENCE = "甲县第{}乡建成网格{}个，配备网格员{}名。"


def sentence(number: int) -> str:
    """A sentence that is in no other good file."""
    return _SENTENCE.format(number, number * 3 + 2, number * 7 + 1)


def _paragraphs(count: int) -> str:
    return "<w:p/>" * (count - 1) + packages.paragraph("x")


def _printed(grids: int = 12) -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made, invariant=True)
    canvas.drawString(72, 720, f"The county built {grids} grids in 2021 and hired 34 workers.")
    canvas.save()
    return made.getvalue()


def _row(text: str, number: int = 1) -> str:
    return f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def _cut_mail() -> bytes:
    """A mail whose end, in the middle of its attachment, did not arrive."""
    head = "Subject: 报送\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n"
    text = f"Content-Type: text/plain; charset=utf-8\r\n\r\n{sentence(12)}\r\n--B\r\n"
    file = 'Content-Disposition: attachment; filename="a.docx"\r\nContent-Transfer-Encoding: base64\r\n\r\nUEsDBBQACAgIA'
    return (head + text + file).encode()


GOOD: dict[str, Callable[[], bytes]] = {
    "好-utf8.txt": lambda: sentence(1).encode(),
    "好-gbk.txt": lambda: sentence(2).encode("gb18030"),
    "好-utf16.txt": lambda: sentence(3).encode("utf-16"),
    "好-报告.docx": lambda: packages.docx(packages.paragraph(sentence(4))),
    "好-宏.docm": packages.macros,
    "好-表.xlsx": lambda: packages.xlsx(_row(sentence(5))),
    "好-宏.xlsm": lambda: packages.macro_sheet(_row(sentence(13))),
    "好-断.html": f"<html><body><p>{sentence(11)}</p><table><tr><td>甲".encode,
    "好-断.eml": _cut_mail,
    "好-表.csv": "县,网格\n甲县,12\n乙县,31\n".encode,
    "好-页.pdf": _printed,
    "好-归档.zip": lambda: zipped({"里面/好-归档.txt": sentence(6).encode()}),
    "好-归档.tar.gz": lambda: tarred({"里面/好-包.txt": sentence(7).encode()}),
}
"""They are in the archive after it all; two of them broke off, and are read as far as they go."""


def _noise(size: int) -> bytes:
    return random.Random(1).randbytes(size)  # noqa: S311 - the same bytes each time


def _nested_zip(depth: int) -> bytes:
    data = zipped({"底.txt": sentence(9).encode()})
    for number in range(depth):
        data = zipped({f"{number}.zip": data})
    return data


SIZED: dict[str, Callable[[int], bytes]] = {
    "content-64mb.pdf": lambda by: pdfs.long_content(64_000_000 // by),
    "spaces-1gb.pdf": lambda by: pdfs.spaces(1_000_000_000 // by),
    "crossing-60000.pdf": lambda by: pdfs.crossing_lines(60_000 // by),
    "pages-20000.pdf": lambda by: pdfs.many_pages(20_000 // by),
    "pages-10000.pdf": lambda by: pdfs.many_pages(10_000 // by),
    "states-300000.pdf": lambda by: pdfs.nested_states(300_000 // by),
    "paragraphs-1000000.docx": lambda by: packages.docx(_paragraphs(1_000_000 // by)),
    "part-200mb.docx": lambda by: packages.docx(packages.paragraph("他" * (66_000_000 // by))),
    "tables-60000.docx": lambda by: packages.nested_tables(60_000 // by),
    "attributes-300000.docx": lambda by: packages.many_attributes(300_000 // by),
    "divs-200000.html": lambda by: b"<html><body>" + b"<div>" * (200_000 // by) + sentence(8).encode() + b"</body></html>",
    "line-50mb.txt": lambda by: ("他说" * (8_300_000 // by)).encode(),
    "bomb.zip": lambda by: zipped({"bomb.txt": bytes(1_000_000_000 // by)}),
    "bomb.txt.gz": lambda by: gzip.compress(bytes(1_000_000_000 // by), mtime=0),
    "rows-1000000.xlsx": lambda by: packages.xlsx("<row/>" * (1_000_000 // by)),
}
"""Hostile by their size; called with how many times smaller they are to be."""

LAUGHING: dict[str, Callable[[str, str], bytes]] = {
    "laughs.docx": lambda word, prolog: packages.docx(packages.paragraph(word) + packages.paragraph(sentence(21)), prolog),
    "laughs.xlsx": lambda word, prolog: packages.xlsx(_row(word) + _row(sentence(22), 2), prolog),
    "laughs.odt": lambda word, prolog: packages.odt(f"{word}</t:p><t:p>{sentence(23)}", prolog),
    "laughs.ofd": packages.ofd_page,
}
"""With an entity that would be 20 GB; whole files but for that."""

ODD: dict[str, Callable[[], bytes]] = {
    "tree-of-itself.pdf": pdfs.tree_of_itself,
    "draws-itself.pdf": pdfs.drawing_itself,
    "xxe.docx": lambda: packages.docx(packages.paragraph("&k;"), packages.XXE),
    "itself.zip": quine,
    "truncated.pdf": lambda: _printed()[:300],
    "truncated.docx": lambda: packages.docx(packages.paragraph(sentence(4)))[:-40],
    "truncated.xlsx": lambda: packages.xlsx(_row("x"))[:-40],
    "truncated.zip": lambda: zipped({"a.txt": b"x" * 100})[:-20],
    "truncated.tar.gz": lambda: tarred({"a.txt": _noise(5_000)})[:300],
    "truncated.jpg": lambda: b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0",
    "truncated.doc": lambda: ole("WordDocument", "1Table")[:1_000],
    "truncated.odt": lambda: packages.odt(sentence(4))[:-40],
    "truncated.ofd": lambda: packages.ofd_page(sentence(4))[:-40],
    "nothing.txt": lambda: b"",
    "nothing.pdf": lambda: b"",
    "nothing.docx": lambda: b"",
    "noise.txt": lambda: _noise(3_000),
    "noise.pdf": lambda: b"%PDF-1.7\n" + _noise(3_000),
    "jpeg-named.docx": lambda: b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0",
    "nested-5.zip": lambda: _nested_zip(5),
    "overlapping.zip": lambda: overlapping(2_000),
    "locked.zip": lambda: zipped_raw([b"a.txt"], flags=1),
    "locked.docx": lambda: ole("EncryptionInfo", "EncryptedPackage"),
    "locked.xlsx": lambda: ole("EncryptionInfo", "EncryptedPackage"),
    "locked.pdf": pdfs.locked,
    "nothing-in-it.zip": lambda: zipped({}),
    "elf.7z": lambda: b"7z\xbc\xaf\x27\x1c\0\4" + _noise(300),
}
"""Hostile by what they are: each is in the report with its reason."""

ODD |= {name: partial(made, "&k;", packages.LAUGHS) for name, made in LAUGHING.items()}

MISNAMED: dict[str, Callable[[], bytes]] = {
    "pdf-named.txt": lambda: _printed(31),
    "docx-named.pdf": lambda: packages.docx(packages.paragraph(sentence(10))),
}
"""Good files under the name of another format; they are read by what they are."""

NAMES = (
    "字".encode("gb18030") + b"\xb1\xa8.txt",
    "新\n行.txt".encode(),
    b"bell\x07.txt",
    ("长" * 82 + ".txt").encode(),
    "报告\u202etxt.exe.txt".encode(),
)
"""Names with bytes of GB18030, a line break, a control character, 250 bytes, and a mark that turns the direction of writing."""


def make(folder: Path, by: int = 1) -> None:
    """Fill `folder`, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (GOOD | MISNAMED | ODD).items():
        (folder / name).write_bytes(content())
    for name, sized in SIZED.items():
        (folder / name).write_bytes(sized(by))
    for number, odd in enumerate(NAMES):
        Path(os.fsdecode(os.path.join(os.fsencode(folder), odd))).write_bytes(sentence(100 + number).encode())  # noqa: PTH118
    links = {"loop": folder, "nowhere.txt": folder / "gone.txt", "itself.txt": folder / "itself.txt"}
    for name, to in links.items():
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(to)
    if not (folder / "pipe.txt").exists():
        os.mkfifo(folder / "pipe.txt")
    (folder / "closed").mkdir(exist_ok=True)
    (folder / "closed" / "a.txt").write_text("x", "utf-8")
    (folder / "closed").chmod(0)  # the superuser reads it all the same


def main() -> None:
    """Make the folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--small", action="store_true")
    options = parser.parse_args()
    make(options.folder, SMALL if options.small else 1)


if __name__ == "__main__":
    main()
