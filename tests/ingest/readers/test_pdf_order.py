"""In which order the text of printed pages comes out, what becomes a paragraph, and what is set apart."""

from __future__ import annotations

from archive.layout import locations
from archive.text import Span
from ingest import readers
from ingest.stages import RawText
from tests.ingest.readers.pdfs import Drawing, drawn

GRID = "全县把网格员队伍建设作为基层治理的重要抓手选派机关干部到村任职为群众办理实事解决急难愁盼问题"
WATER = "水利部门沿河修建防洪堤坝疏浚灌溉渠道为沿岸村庄接通自来水管网农牧民从此用上干净的饮用水源"
SCHOOL = "教育部门改造乡镇寄宿学校食堂宿舍增配教师周转房让偏远牧区的孩子就近入学不再长途往返奔波"
LONG_GRID, LONG_WATER, LONG_SCHOOL = f"{GRID}{GRID[4:]}。", f"{WATER}{WATER[4:]}。", f"{SCHOOL}{SCHOOL[4:]}。"


def read(data: bytes) -> RawText:
    return readers.read("a.pdf", data)


def lines(raw: RawText) -> list[str]:
    return [line for line in raw.text.split("\n") if line]


def test_broken_lines_become_paragraphs_by_their_indentation() -> None:
    def draw(page: Drawing) -> None:
        y = page.paragraph(72, 100, LONG_GRID)
        page.paragraph(72, y, LONG_WATER)

    assert lines(read(drawn(draw))) == [LONG_GRID, LONG_WATER]


def test_without_indentation_paragraphs_end_where_a_line_ends_early() -> None:
    def draw(page: Drawing) -> None:
        y = page.paragraph(72, 100, LONG_GRID, indent=0)
        page.paragraph(72, y, LONG_WATER, indent=0)

    assert lines(read(drawn(draw))) == [LONG_GRID, LONG_WATER]


def test_two_columns_below_a_headline_across_them_are_read_one_after_the_other() -> None:
    def draw(page: Drawing) -> None:
        page.text(150, 80, "全县基层治理工作情况综述", 22)
        page.paragraph(60, 120, LONG_GRID, across=18)
        page.paragraph(310, 120, LONG_WATER, across=18)

    raw = read(drawn(draw))
    assert lines(raw) == ["全县基层治理工作情况综述", LONG_GRID, LONG_WATER]
    assert [(heading.span.of(raw.text), heading.level) for heading in raw.headings] == [("全县基层治理工作情况综述", 0)]
    assert raw.articles == ()


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    whole = f"{GRID}{WATER}{SCHOOL}{GRID}{WATER}{SCHOOL}。"
    rows = [whole[:16], *(whole[at : at + 18] for at in range(16, len(whole), 18))]

    def draw(page: Drawing) -> None:
        for number, row in enumerate(rows):
            if number == 10:
                page.page()
            x = (60, 310)[number % 10 // 5]
            page.text(x + (0 if number else 24), 120 + 18 * (number % 5), row)

    assert lines(read(drawn(draw))) == [whole]


def test_a_footnote_does_not_stand_in_the_middle_of_a_sentence() -> None:
    whole = f"{GRID}{WATER}{SCHOOL}。"

    def draw(page: Drawing) -> None:
        for number in range(4):
            page.text(
                72 + (0 if number else 24), 700 + 18 * number, whole[:18] if not number else whole[20 * number - 2 : 20 * number + 18]
            )
        page.line(72, 770, 172, 770)
        page.text(72, 785, "①网格员由村民代表会议推选产生。", 9)
        page.page()
        for number in range(4, 8):
            page.text(72, 100 + 18 * (number - 4), whole[20 * number - 2 : 20 * number + 18])

    assert lines(read(drawn(draw))) == [whole, "①网格员由村民代表会议推选产生。"]


def test_a_caption_in_a_column_does_not_break_the_sentence_around_it() -> None:
    whole = f"{GRID}{WATER}{SCHOOL}。"

    def draw(page: Drawing) -> None:
        rows = [whole[:18], *(whole[at : at + 20] for at in range(18, len(whole), 20))]
        for number, row in enumerate(rows):
            page.text(72 + (0 if number else 24), 100 + 18 * number + (120 if number > 2 else 0), row)
        page.text(100, 250, "图为网格员入户走访", 9)

    assert lines(read(drawn(draw))) == [whole, "图为网格员入户走访"]


def test_a_word_that_was_broken_is_whole_again_and_words_keep_their_spaces() -> None:
    def draw(page: Drawing) -> None:
        for number, row in enumerate(
            ("the county government asked all vil-", "lages for state-of-the-art water pipes and", "got them within a year")
        ):
            page.text(72, 100 + 16 * number, row, 12, "Helvetica")

    assert lines(read(drawn(draw))) == [
        "the county government asked all villages for state-of-the-art water pipes and got them within a year"
    ]


def test_a_title_on_two_lines_is_one_heading_and_levels_follow_the_sizes() -> None:
    def draw(page: Drawing) -> None:
        page.text(105, 80, "某县关于进一步加强和改进基层治理工作的", 20)
        page.text(225, 110, "调研情况报告", 20)
        page.text(72, 150, "一、基本情况", 15)
        page.paragraph(72, 180, LONG_GRID, across=36)
        page.text(72, 260, "（一）做法", 13.5)
        page.paragraph(72, 290, LONG_WATER, across=36)

    raw = read(drawn(draw))
    assert [(heading.span.of(raw.text), heading.level) for heading in raw.headings] == [
        ("某县关于进一步加强和改进基层治理工作的调研情况报告", 0),
        ("一、基本情况", 1),
        ("（一）做法", 2),
    ]


def newspaper(page: Drawing) -> None:
    """Three articles: one over two columns at the top, two side by side below, each with its headline."""
    page.text(60, 70, "网格员走进家家户户", 26)
    page.paragraph(60, 110, f"本报讯{LONG_GRID}", across=18)
    page.paragraph(310, 110, LONG_GRID, across=18)
    page.text(60, 290, "清水流进牧民家", 24)
    page.text(310, 290, "孩子就近上学", 24)
    page.paragraph(60, 330, f"{LONG_WATER}{LONG_WATER}", across=18)
    page.paragraph(310, 330, f"{LONG_SCHOOL}{LONG_SCHOOL}", across=18)


def test_the_articles_of_a_page_come_out_one_by_one() -> None:
    raw = read(drawn(newspaper))
    articles = [span.of(raw.text).split("\n")[:-1] for span in raw.articles]
    assert articles == [
        ["网格员走进家家户户", f"本报讯{LONG_GRID}", LONG_GRID],
        ["清水流进牧民家", f"{LONG_WATER}{LONG_WATER}"],
        ["孩子就近上学", f"{LONG_SCHOOL}{LONG_SCHOOL}"],
    ]


def test_articles_cover_the_text_in_order_and_go_on_over_the_page() -> None:
    def draw(page: Drawing) -> None:
        newspaper(page)
        page.page()
        page.paragraph(60, 110, LONG_SCHOOL, across=18)
        page.paragraph(310, 110, LONG_SCHOOL, across=18)

    raw = read(drawn(draw))
    assert len(raw.articles) == 3
    assert (raw.articles[0].start, raw.articles[-1].end) == (0, len(raw.text))
    assert all(one.end == other.start for one, other in zip(raw.articles, raw.articles[1:], strict=False))


def test_sections_of_one_article_in_columns_are_no_articles() -> None:
    def draw(page: Drawing) -> None:
        page.text(150, 80, "全县基层治理工作情况综述", 24)
        page.text(60, 120, "一、主要做法", 16)
        page.paragraph(60, 150, LONG_GRID + LONG_GRID, across=18)
        page.text(310, 120, "二、主要成效", 16)
        page.paragraph(310, 150, LONG_WATER + LONG_WATER, across=18)

    assert read(drawn(draw)).articles == ()


def test_a_table_that_goes_on_over_the_page_is_one_with_its_head_once() -> None:
    head, rows = ["村", "户数", "人口"], [["东村", "120", "350"], ["西村", "80", "210"], ["南村", "64", "188"]]

    def draw(page: Drawing) -> None:
        page.paragraph(72, 100, LONG_GRID)
        page.table(72, 700, [head, *rows[:2]])
        page.page()
        bottom = page.table(72, 80, [head, *rows[2:]])
        page.paragraph(72, bottom + 40, LONG_WATER)

    raw = read(drawn(draw))
    (table,) = raw.tables
    assert [cell.span.of(raw.text) for cell in table.cells] == [*head, *rows[0], *rows[1], *rows[2]]
    assert [locations(raw.layout, [cell.span])[0].page for cell in table.cells][::3] == [1, 1, 1, 2]


def test_tables_of_different_columns_on_following_pages_stay_two() -> None:
    def draw(page: Drawing) -> None:
        page.table(72, 700, [["村", "户数"], ["东村", "120"]])
        page.page()
        page.table(72, 80, [["项目", "金额", "年份"], ["水渠", "30", "2023"]])

    assert len(read(drawn(draw)).tables) == 2


def test_a_merged_cell_says_what_it_covers() -> None:
    def draw(page: Drawing) -> None:
        for y, x0 in ((100, 72), (124, 172), (148, 72)):
            page.line(x0, y, 372, y)
        for x, y0 in ((72, 100), (172, 100), (272, 124), (372, 100)):
            page.line(x, y0, x, 148)
        for x, y, text in ((80, 128, "村"), (230, 116, "人口"), (180, 140, "男"), (280, 140, "女")):
            page.text(x, y, text, 10)

    raw = read(drawn(draw))
    (table,) = raw.tables
    cells = {cell.span.of(raw.text): (cell.row, cell.column, cell.rows, cell.columns) for cell in table.cells}
    assert cells == {"村": (0, 0, 2, 1), "人口": (0, 1, 1, 2), "男": (1, 1, 1, 1), "女": (1, 2, 1, 1)}


def test_a_frame_around_prose_is_no_table() -> None:
    def draw(page: Drawing) -> None:
        page.canvas.rect(60, 500, 300, 300)
        page.paragraph(72, 100, LONG_GRID)

    raw = read(drawn(draw))
    assert raw.tables == ()
    assert lines(raw) == [LONG_GRID]


def test_places_lead_to_the_words_also_in_a_joined_paragraph() -> None:
    raw = read(drawn(lambda page: page.paragraph(72, 100, LONG_GRID)))
    start = raw.text.index(GRID[20:24])
    (place,) = locations(raw.layout, [Span(start, start + 4)])
    assert place.box is not None
    assert abs(place.box.x0 - (72 + 2 * 12)) < 1
    assert abs(place.box.x1 - (72 + 6 * 12)) < 1


def test_the_last_row_alone_on_its_page_belongs_to_the_table_of_the_page_before() -> None:
    drawing = Drawing()
    drawing.table(60, 700, [["乡镇", "户数", "人口"], ["甲镇", "10", "30"]])
    drawing.page()
    drawing.table(60, 60, [["乙镇", "20", "60"]])
    raw = read(drawing.bytes())
    (table,) = raw.tables
    assert [cell.span.of(raw.text) for cell in table.cells][-3:] == ["乙镇", "20", "60"]


def test_a_headline_beside_a_gap_between_two_paragraphs_parts_its_own_column_only() -> None:
    drawing = Drawing()
    left = right = 60.0
    for number in range(6):
        left = drawing.paragraph(40, left, f"左{number}" + "栏里的文字一行接一行地写下去" * 3 + "。") + 14
    for number in range(3):
        right = drawing.paragraph(320, right, f"右{number}" + "栏里的文字一行接一行地写下去" * 3 + "。") + 14
    drawing.text(320, right, "另一篇文章的标题在此", 18)
    drawing.paragraph(320, right + 30, "右三" + "栏里的文字一行接一行地写下去" * 4 + "。")
    text = read(drawing.bytes()).text
    places = [text.index(word) for word in ("左3", "左4", "左5", "右0", "右1")]
    assert places == sorted(places)
