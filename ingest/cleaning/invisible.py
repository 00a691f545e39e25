"""Characters that nobody sees and remains of mark-up: carriage returns, zero-width marks, indents, tags."""

from __future__ import annotations

import re

from archive.text import Edit, MappedText

_TRAILING = "(?<![ \\t\\u3000\\u00a0])[ \\t\\u3000\\u00a0]++(?=\\r?\\n|\\Z)"
_TRAILING_BUT_TABS = "(?<![ \\u3000\\u00a0])[ \\u3000\\u00a0]++(?=\\r?\\n|\\Z)"
_REST = (
    "[\\r\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\ufeff\\u200b-\\u200f\\u202a-\\u202e\\u2060\\u00ad]+"
    "|(?<=\\n)[ \\t\\u3000\\u00a0]++|\\A[ \\t\\u3000\\u00a0]++"
    "|&(?:nbsp|ensp|emsp|ldquo|rdquo|amp);|<!--[^<>\\n]{0,200}(?:<[^<>\\n]{0,80}>[^<>\\n]{0,80})?-->"
    "|<(?i:script|style)\\b[^\\n]*?(?:</(?i:script|style)>|(?=\\n)|\\Z)"
    "|</?(?i:p|br|div|span|strong|b|font|td|tr|th|table|tbody|section|img|a|meta|center|em|u|i|h[1-6]|li|ul|ol|o:p)(?:\\s[^<>\\n]{0,400})?/?>"
)


_UNSEEN = re.compile(f"{_REST}|{_TRAILING}")
_UNSEEN_BUT_ROWS = re.compile(f"{_REST}|{_TRAILING_BUT_TABS}")
"""The tab that ends a row of a table stays: it is what the row is known by (`ingest.cleaning.lines.ROW_END`)."""


def drop_invisible(page: MappedText, rows: bool = False) -> MappedText:
    """The text without them. With `rows` a tab at the end of a line was put there by a reader of tables, and stays."""
    unseen = _UNSEEN_BUT_ROWS if rows else _UNSEEN
    return page.edited(Edit(match.start(), match.end()) for match in unseen.finditer(page.text))
