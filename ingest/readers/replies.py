"""What stands in a mail besides what its writer wrote: quoted mails, heads of forwarded ones, signatures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.readers.web.blocks import Block

_QUOTED = re.compile(r"\s*(?:>|&gt;|》\s?>)")
_ORIGINAL = re.compile(
    r"[-_—=\s]{2,}\s*(?:原始邮件|原邮件|转发的?邮件(?:信息)?|original (?:message|appointment)|forwarded message|转发邮件)\s*[-_—=\s]*$"
    r"|(?:在|于)?\s*.{0,60}(?:写道|wrote)\s*[:：]\s*$|begin forwarded message\s*:\s*$",
    re.IGNORECASE,
)
_HEAD_FIELD = re.compile(
    r"(?:发件人|收件人|抄送|密送|发送时间|发送日期|发送|日期|时间|主题|附件|from|to|cc|bcc|sent|date|subject)\s*[:：]", re.IGNORECASE
)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}[-—]\d{7,8}(?!\d)")
_SIGNATURE = re.compile(
    r"-{2,3}\s*$|_{5,}\s*$|(?:发自|来自)我?的?.{0,20}(?:手机|iPhone|iPad|邮箱|企业微信|QQ邮箱)\s*$|sent from my ", re.IGNORECASE
)
_LONGEST_SIGNATURE = 10  # lines
_LONGEST_LINE = 60  # characters of a signature's line: no sentence is set apart with it
_OWN_WORDS = 30  # characters above a forwarded mail that make it a quotation; below, it is what the mail is about


def without_replies(blocks: Sequence[Block]) -> tuple[list[Block], tuple[str, ...]]:
    """The blocks that the writer of a mail wrote, and what was set apart, by kind and number of lines: never its words, nor addresses.

    A mail that only hands on another one is about that one: its text stays, its head goes.
    """
    kept, quoted = _parted(blocks)
    own = [block for block in kept if not _QUOTED.match(block.text)]
    signature = _signature(own)
    own = own[: len(own) - signature]
    lines = len(blocks) - len(own) - signature
    apart = [(lines, "lines of quoted mail" if quoted or lines else ""), (signature, "lines of a signature")]
    return own, tuple(f"{count} {kind}" for count, kind in apart if count)


def _parted(blocks: Sequence[Block]) -> tuple[list[Block], int]:
    """What stands above the first mail that is quoted below, and how many lines were taken; a mail handed on keeps its text."""
    for index, block in enumerate(blocks):
        if block.grid is not None or not (_ORIGINAL.match(block.text) or _is_head(blocks, index)):
            continue
        if sum(len(one.text) for one in blocks[:index]) >= _OWN_WORDS:
            return list(blocks[:index]), len(blocks) - index
        below = index + (not _HEAD_FIELD.match(block.text))
        while below < len(blocks) and _HEAD_FIELD.match(blocks[below].text):
            below += 1
        return [*blocks[:index], *blocks[below:]], below - index
    return list(blocks), 0


def _is_head(blocks: Sequence[Block], index: int) -> bool:
    """Whether the head of a mail begins here: its sender's field, and at least one more below it."""
    fields = [bool(_HEAD_FIELD.match(block.text)) for block in blocks[index : index + 3]]
    return sum(fields) >= 2 and fields[0] and bool(re.match(r"发件人|from", blocks[index].text, re.IGNORECASE))


def _signature(blocks: Sequence[Block]) -> int:
    """How many lines at the end are a signature: from a mark on, or short lines with an address among them."""
    last = blocks[-_LONGEST_SIGNATURE:]
    for index, block in enumerate(last):
        if _SIGNATURE.match(block.text):
            return len(last) - index
    count = 0
    for block in reversed(last):
        if block.grid is not None or len(block.text) > _LONGEST_LINE or block.text[-1:] in ("。", "：", "；", "！"):
            break
        count += 1
    tail = [bool(_ADDRESS.search(block.text)) for block in last[len(last) - count :]]
    return len(tail) - tail.index(True) if any(tail) and count < len(blocks) else 0
