"""What of printed pages is set apart as running head, footer, page number or watermark, and what is text all the same."""

from __future__ import annotations

from tests.ingest.readers.pdfs import Drawing, drawn
from tests.ingest.readers.test_pdf_order import LONG_GRID, LONG_SCHOOL, LONG_WATER, lines, read


def test_heads_feet_and_page_numbers_are_set_apart() -> None:
    def draw(page: Drawing) -> None:
        for number, text in enumerate((LONG_GRID, LONG_WATER, LONG_SCHOOL), 1):
            page.text(200, 40, "某县年鉴", 9)
            page.paragraph(72, 100, text)
            page.text(72, 800, f"编印：档案室 {2020 + number}年", 9)
            page.text(280, 815, f"— {number} —", 9)
            page.page()

    raw = read(drawn(draw))
    assert lines(raw) == [LONG_GRID, LONG_WATER, LONG_SCHOOL]
    assert "某县年鉴" in raw.set_apart
    assert [text for text in raw.set_apart if text.startswith("—")] == []


def test_a_line_that_stands_on_one_page_only_is_no_running_head() -> None:
    def draw(page: Drawing) -> None:
        page.text(72, 60, "某县年鉴", 12)
        page.paragraph(72, 100, LONG_GRID)
        page.page()
        page.paragraph(72, 100, LONG_WATER)

    assert read(drawn(draw)).text.startswith("某县年鉴\n")


def test_a_watermark_is_set_apart_wherever_it_stands() -> None:
    def draw(page: Drawing) -> None:
        for text in (LONG_GRID, LONG_WATER):
            page.paragraph(72, 100, text)
            page.canvas.saveState()
            page.canvas.rotate(45)
            page.text(300, 842, "内部资料", 40)
            page.canvas.restoreState()
            page.text(150, 300, "仅供参考", 40)
            page.page()

    raw = read(drawn(draw))
    assert lines(raw) == [LONG_GRID, LONG_WATER]
    assert {"内部资料", "仅供参考"} <= set(raw.set_apart)


def test_the_first_line_of_a_page_is_no_running_head_where_the_text_goes_on_below_it() -> None:
    """Two forms on two pages, filled in differently from their second line on."""

    def draw(page: Drawing) -> None:
        for number, text in enumerate((LONG_GRID, LONG_WATER), 1):
            page.text(72, 90, f"第{number}号建议办理情况：")
            page.paragraph(72, 108, text)
            page.page()

    raw = read(drawn(draw))
    assert lines(raw) == ["第1号建议办理情况：", LONG_GRID, "第2号建议办理情况：", LONG_WATER]
    assert raw.set_apart == ()


def test_a_running_head_in_small_print_right_above_the_text_of_two_pages_is_set_apart() -> None:
    def draw(page: Drawing) -> None:
        for text in (LONG_GRID, LONG_WATER):
            page.text(72, 90, "某县年鉴", 9)
            page.paragraph(72, 108, text)
            page.page()

    raw = read(drawn(draw))
    assert lines(raw) == [LONG_GRID, LONG_WATER]
    assert raw.set_apart == ("某县年鉴",)


def test_the_only_line_of_each_page_is_what_the_file_has_to_say() -> None:
    def draw(page: Drawing) -> None:
        for number in range(1, 9):
            page.text(72, 90, f"第{number}页 新建网格{number * 7}个")
            page.page()

    raw = read(drawn(draw))
    assert lines(raw) == [f"第{number}页 新建网格{number * 7}个" for number in range(1, 9)]
    assert raw.set_apart == ()


def test_a_running_head_on_a_page_without_text_is_set_apart() -> None:
    def draw(page: Drawing) -> None:
        for text in (LONG_GRID, LONG_WATER, "", LONG_SCHOOL):
            page.text(72, 60, "某县年鉴")
            if text:
                page.paragraph(72, 120, text)
            page.page()

    raw = read(drawn(draw))
    assert lines(raw) == [LONG_GRID, LONG_WATER, LONG_SCHOOL]
    assert raw.set_apart == ("某县年鉴",)
