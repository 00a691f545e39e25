"""A ZIP file that holds itself, and so holds itself for ever (after R. Cox, "Zip Files All The Way Down", 2010).

Deflate has two orders: print what follows (a stored block), and print once more what was printed last (a match). Each is 5 bytes here, so
that a program of them can print itself with what stands before and behind it: the heads of the ZIP file. Its checksum stands in itself
four times; as a CRC is affine in every bit, it and some free bytes are the solution of 32 linear equations.
"""

from __future__ import annotations

import struct
from zlib import crc32

NAME = b"r.zip"

_ORDER = 5  # bytes of an order
_FREE = 8  # bytes in the ZIP file's comment
_PADDING = 80  # bytes in the local head, so that a match over all of it has the one length that makes an order of 5 bytes
_COMMENT = 42  # and in the comment, for what stands behind


def quine() -> bytes:
    """The file."""
    return _file(*_solution())


def _file(checksum: int, free: int) -> bytes:
    size = len(_program(bytes(len(NAME) + 30 + _PADDING), bytes(len(NAME) + 68 + _COMMENT)))
    whole = size + 30 + _PADDING + 68 + _COMMENT + 2 * len(NAME)
    head = struct.pack("<HHHHHLLL", 20, 0, 8, 0, 0x21, checksum, size, whole)
    local = b"PK\x03\x04" + head + struct.pack("<HH", len(NAME), _PADDING) + NAME + struct.pack("<HH", 0x7777, _PADDING - 4)
    local += bytes(_PADDING - 4)
    central = b"PK\x01\x02" + struct.pack("<H", 20) + head + struct.pack("<HHHHHLL", len(NAME), 0, 0, 0, 0, 0, 0) + NAME
    comment = free.to_bytes(_FREE, "little").ljust(_COMMENT, b".")
    behind = central + b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(central), len(local) + size, _COMMENT) + comment
    return local + _program(local, behind) + behind


def _program(before: bytes, behind: bytes) -> bytes:
    """What prints `before`, itself and `behind`."""
    stored = [_print(size * _ORDER) for size in (0, 1, 4)]
    nothing, one, four = stored
    copy = _print(len(before) + _ORDER)
    again = _repeat(len(before) + _ORDER, first=before[0])
    again_4 = _repeat_four()
    end = _print(len(behind) + _ORDER)
    last = _repeat(len(behind) + _ORDER, last=behind[-1], final=True)
    return b"".join(
        (
            *(copy, before, copy),
            again,
            *(one, again),
            *(one, one),
            *(four, again, one, one, four),
            again_4,
            *(four, again_4, four, again_4, four),
            again_4,
            *(four, again_4, nothing, nothing, end),
            again_4,
            *(nothing, nothing),
            *(end, last, behind),
            last,
        )
    )


def _print(size: int) -> bytes:
    return b"\0" + struct.pack("<HH", size, size ^ 0xFFFF)


def _repeat(size: int, first: int | None = None, last: int | None = None, *, final: bool = False) -> bytes:
    """Prints the last `size` bytes (116 to 128) again: a match, and one byte by itself so that it comes to 40 bits."""
    length = f"{0xC0:08b}" + f"{size - 1 - 115:04b}"[::-1]  # 115 to 130
    code, base = (12, 65) if size < 97 else (13, 97)
    match = length + f"{code:05b}" + f"{size - base:05b}"[::-1]
    own = "" if first is None else f"{0x30 + first:08b}"
    return _bits(f"{int(final)}10" + own + match + ("" if last is None else f"{0x30 + last:08b}") + "0" * 7)


def _repeat_four() -> bytes:
    ten_of_twenty = f"{264 - 256:07b}" + f"{8:05b}" + f"{20 - 17:03b}"[::-1]
    return _bits("010" + ten_of_twenty * 2 + "0" * 7)


def _bits(bits: str) -> bytes:
    """As deflate packs them, the first one lowest."""
    return int(bits[::-1], 2).to_bytes(_ORDER, "little")


def _solution() -> tuple[int, int]:
    """A checksum and free bytes with which the checksum is that of the file: elimination over bits."""
    wanted = crc32(_file(0, 0))
    rows: dict[int, tuple[int, int]] = {}  # the highest bit that a choice of unknowns changes, what it changes, and the choice
    for bit in range(32 + _FREE * 8):
        unknowns = 1 << bit
        changed = crc32(_file(unknowns & 0xFFFFFFFF, unknowns >> 32)) ^ wanted ^ (unknowns & 0xFFFFFFFF)
        changed, unknowns = _reduced(changed, unknowns, rows)
        if changed:
            rows[changed.bit_length()] = (changed, unknowns)
    left, found = _reduced(wanted, 0, rows)
    assert left == 0
    return found & 0xFFFFFFFF, found >> 32


def _reduced(value: int, unknowns: int, rows: dict[int, tuple[int, int]]) -> tuple[int, int]:
    while value and value.bit_length() in rows:
        changed, choice = rows[value.bit_length()]
        value, unknowns = value ^ changed, unknowns ^ choice
    return value, unknowns
