"""Which lines of printed pages go on with the paragraph above, and which do not."""

from __future__ import annotations

import pytest

from ingest.readers.printed_text import breaks_off
from tests.ingest.readers.pdfs import Drawing, drawn
from tests.ingest.readers.test_pdf_order import GRID, LONG_GRID, SCHOOL, WATER, lines, read


def test_a_line_that_could_not_be_broken_at_its_quotation_marks_goes_on() -> None:
    above, below = f"{GRID[:26]}“抓什", f"么”“怎么抓”{GRID[26:40]}。"
    rows = [WATER[:33], above, below]

    def draw(page: Drawing) -> None:
        for number, row in enumerate(rows):
            page.text(72, 100 + 18 * number, row)

    assert lines(read(drawn(draw))) == ["".join(rows)]


def test_a_line_a_little_short_in_the_middle_of_a_sentence_goes_on_over_the_page() -> None:
    def draw(page: Drawing) -> None:
        page.text(72, 100, WATER[:33])
        page.text(72, 118, GRID[:30])
        page.page()
        page.text(72, 100, f"{GRID[30:]}{SCHOOL[:16]}")
        page.text(72, 118, f"{SCHOOL[16:]}。")

    assert lines(read(drawn(draw))) == [f"{WATER[:33]}{GRID}{SCHOOL}。"]


def test_short_lines_that_are_no_prose_stay_apart() -> None:
    rows = ["某县人民政府办公室", "县发展和改革委员会", "县农业农村局", "县民政局"]

    def draw(page: Drawing) -> None:
        page.paragraph(72, 100, LONG_GRID)
        for number, row in enumerate(rows):
            page.text(72, 300 + 18 * number, row)

    assert lines(read(drawn(draw)))[1:] == rows


def test_an_item_a_little_short_does_not_take_the_next_one() -> None:
    rows = [f"一、{GRID[:28]}", f"二、{WATER[:28]}", f"三、{SCHOOL[:31]}"]

    def draw(page: Drawing) -> None:
        for number, row in enumerate(rows):
            page.text(72, 100 + 18 * number, row)

    assert lines(read(drawn(draw))) == rows


BODY = "各村选聘廉情监督员，定期开展监督检查并且整改。"


def first_paragraph(head: str, *rows: str) -> str:
    return read(drawn(lambda page: [page.text(72, 72 + 18 * at, row) for at, row in enumerate((head, *rows))])).text.split("\n")[0]


def test_a_line_that_breaks_off_behind_a_number_goes_on_although_figures_are_narrow() -> None:
    head, more = "2023年，礼贤县推行村级清单制度，全县126", "个村全部建立清单，梳理办理事项并向群众公开。"
    assert first_paragraph(head, more, BODY).startswith(head + more)


def test_a_heading_that_ends_in_a_number_joins_no_line_below() -> None:
    assert first_paragraph("办好实事126", BODY, BODY) == "办好实事126"


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("东岭乡共有搬迁户360户、21", "00人，已经全部入住新居。"),
        ("东岭乡各村群众满意率达到96.", "7%，比上年提高两成。"),
        ("东岭乡累计投入治理资金1560万", "元，惠及全部村庄的群众。"),
        ("东岭乡全年入户走访率达到95.9%", "，比上年提高两成。"),
        ("东岭乡聘请的调解人员共有4", "800人，调解纠纷的成功率很高。"),
    ],
)
def test_a_number_that_a_narrow_column_breaks_is_one(above: str, below: str) -> None:
    assert f"{above}{below}" in first_paragraph("东岭乡积极开展各项工作，群众都很满意，", above, below)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("东岭乡治理工作要点2022", "2023年，全乡继续推进治理工作。"),
        ("东岭乡的联系电话：0792-7221", "0792-722是另一个号码。"),
        ("东岭乡治理的做法有以下3", "1、健全各项机制，压实责任。"),
    ],
)
def test_a_line_that_ends_in_a_number_does_not_take_a_year_or_an_item(above: str, below: str) -> None:
    assert not breaks_off(above, below)
