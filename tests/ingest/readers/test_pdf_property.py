"""Whatever a page's columns, sizes and margins are: every sentence comes out whole, once, and in order."""

from __future__ import annotations

from itertools import islice, product
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ingest import readers
from tests.ingest.readers.pdfs import Drawing, drawn

HEADS = "甲乙丙丁戊己庚辛壬癸"
BODY = "网格员走访农牧民家庭修建防洪堤坝疏浚渠道改造寄宿学校食堂宿舍选派干部到村任职锻炼"


def sentences(count: int, length: int) -> list[str]:
    """Sentences of about `length` characters, no two of which are alike."""
    names = ("".join(pair) for pair in product(HEADS, HEADS))
    return [f"{name}组{''.join(Random(name).choices(BODY, k=length))}。" for name in islice(names, count)]  # noqa: S311 no secret


@given(
    columns=st.integers(1, 3),
    size=st.sampled_from([9.0, 10.5, 12.0]),
    margin=st.integers(40, 80),
    leading=st.floats(1.35, 1.9),
    gutter=st.floats(1.6, 3.0),
    length=st.integers(30, 90),
    rows=st.integers(8, 30),
)
@settings(max_examples=25, deadline=None, derandomize=True)
def test_sentences_in_columns_come_out_whole_and_in_order(  # noqa: PLR0917 hypothesis gives them by name
    columns: int, size: float, margin: int, leading: float, gutter: float, length: int, rows: int
) -> None:
    across = int(((595 - 2 * margin - (columns - 1) * gutter * size) / columns) / size)
    assume(across < length)  # paragraphs of one line each, all equally long, are a paragraph of several lines to the eye
    planted = sentences(columns * 14, length)
    lines: list[tuple[int, str]] = []
    for sentence in planted:
        lines += [(2, sentence[: across - 2]), *((0, sentence[at : at + across]) for at in range(across - 2, len(sentence), across))]

    def draw(page: Drawing) -> None:
        for number, (indent, line) in enumerate(lines):
            column, row = divmod(number % (columns * rows), rows)
            if number and not number % (columns * rows):
                page.page()
            x = margin + column * (across + gutter) * size + indent * size
            page.text(x, 120 + row * leading * size, line, size)

    raw = readers.read("a.pdf", drawn(draw))
    assert raw.text.split("\n")[:-1] == planted
