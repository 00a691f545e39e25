"""Newspaper pages in two columns: each article comes out with its own headline and all of its text, and nothing of its neighbours."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.records import Document
from ingest import readers
from ingest.pipeline import drafts
from tests.ingest.readers.pdfs import Drawing, drawn
from tests.ingest.readers.test_pdf_order import LONG_GRID, LONG_SCHOOL, LONG_WATER

LEFT, RIGHT = 60, 310
GRID, WATER, SCHOOL = "网格员走进家家户户", "清水流进牧民家", "孩子就近上学"
WIDE_GRID, WIDE_WATER, WIDE_SCHOOL = "全县网格员走进家家户户办实事", "清水流进牧民家千家万户乐开怀", "偏远牧区孩子就近上学不再奔波"
SIZES = [(20, 20), (24, 20), (20, 24), (26, 18), (16, 16), (14, 14)]
Head = Callable[[Drawing, tuple[float, float], str, float, str], None]


def told(draw: Callable[[Drawing], object]) -> list[tuple[str | None, str]]:
    """Title of each article, and which of the three texts stand in it how often: a letter for each."""
    return [(one.title, _texts(one)) for one in drafts(readers.read("a.pdf", drawn(draw)))]


def _texts(document: Document) -> str:
    return "".join(letter * document.text.count(text) for letter, text in (("G", LONG_GRID), ("W", LONG_WATER), ("S", LONG_SCHOOL)))


def column(page: Drawing, x: float, y: float, *texts: str, indent: int = 2) -> float:
    for text in texts:
        y = page.paragraph(x, y, text, across=18, indent=indent)
    return y


def bare(page: Drawing, place: tuple[float, float], title: str, size: float, _: str) -> None:
    page.text(*place, title, size)


def signed(page: Drawing, place: tuple[float, float], title: str, size: float, name: str) -> None:
    page.text(*place, title, size)
    page.text(place[0] + 40, place[1] + 22, f"□ 本报记者 {name}", 10)


@pytest.mark.parametrize("indent", [2, 0])
@pytest.mark.parametrize("head", [bare, signed])
@pytest.mark.parametrize("sizes", SIZES)
class TestLayouts:
    """The usual make-up of a page, with headlines of several sizes, with and without a byline, paragraphs with and without indentation."""

    def test_two_articles_side_by_side(self, sizes: tuple[float, float], head: Head, indent: int) -> None:
        def draw(page: Drawing) -> None:
            head(page, (LEFT + 10, 70), GRID, sizes[0], "王小明")
            head(page, (RIGHT + 30, 70), WATER, sizes[1], "李建国")
            column(page, LEFT, 116, *[LONG_GRID] * 3, indent=indent)
            column(page, RIGHT, 116, *[LONG_WATER] * 2, indent=indent)

        assert told(draw) == [(GRID, "GGG"), (WATER, "WW")]

    def test_two_articles_below_each_other_each_with_a_headline_over_both_columns(
        self, sizes: tuple[float, float], head: Head, indent: int
    ) -> None:
        def draw(page: Drawing) -> None:
            head(page, (130, 70), WIDE_GRID, sizes[0], "王小明")
            column(page, RIGHT, 116, LONG_GRID, indent=indent)
            y = column(page, LEFT, 116, LONG_GRID, LONG_GRID, indent=indent)
            head(page, (130, y + 24), WIDE_WATER, sizes[1], "李建国")
            column(page, LEFT, y + 70, LONG_WATER, indent=indent)
            column(page, RIGHT, y + 70, LONG_WATER, LONG_WATER, indent=indent)

        assert told(draw) == [(WIDE_GRID, "GGG"), (WIDE_WATER, "WWW")]

    def test_two_articles_above_one_over_both_columns(self, sizes: tuple[float, float], head: Head, indent: int) -> None:
        def draw(page: Drawing) -> None:
            head(page, (LEFT, 70), GRID, sizes[0], "王小明")
            head(page, (RIGHT + 30, 70), WATER, sizes[0], "李建国")
            y = column(page, LEFT, 116, LONG_GRID, LONG_GRID, indent=indent)
            column(page, RIGHT, 116, LONG_WATER, indent=indent)
            head(page, (130, y + 24), WIDE_SCHOOL, sizes[1], "赵志强")
            column(page, LEFT, y + 70, LONG_SCHOOL, indent=indent)
            column(page, RIGHT, y + 70, LONG_SCHOOL, LONG_SCHOOL, indent=indent)

        assert told(draw) == [(GRID, "GG"), (WATER, "W"), (WIDE_SCHOOL, "SSS")]


@pytest.mark.parametrize("indent", [2, 0])
@pytest.mark.parametrize("head", [bare, signed])
@pytest.mark.parametrize("sizes", SIZES[:-1])
def test_headlines_of_two_lines_in_one_column(sizes: tuple[float, float], head: Head, indent: int) -> None:
    def draw(page: Drawing) -> None:
        for x, size, lines, name in (
            (LEFT, sizes[0], ("网格员走进", "家家户户办实事"), "王小明"),
            (RIGHT, sizes[1], ("清水流进草原", "牧民乐开怀"), "李建国"),
        ):
            page.text(x, 70, lines[0], size)
            head(page, (x, 70 + 1.3 * size), lines[1], size, name)
        column(page, LEFT, 150, *[LONG_GRID] * 3, indent=indent)
        column(page, RIGHT, 150, *[LONG_WATER] * 2, indent=indent)

    assert told(draw) == [("网格员走进家家户户办实事", "GGG"), ("清水流进草原牧民乐开怀", "WW")]


@pytest.mark.parametrize("head", [bare, signed])
@pytest.mark.parametrize("sizes", [(26, 20), (22, 22), (20, 24), (18, 16)])
@pytest.mark.parametrize("paper", ["青山日报", "青山县报", "青山工作简报"])
def test_the_name_of_the_paper_is_no_headline_to_hold_the_others_against(paper: str, sizes: tuple[float, float], head: Head) -> None:
    def draw(page: Drawing) -> None:
        page.text(60, 40, paper, 32)
        page.text(380, 40, "2023年5月6日 星期六 第2版", 10)
        head(page, (130, 90), WIDE_GRID, sizes[0], "王小明")
        y = column(page, LEFT, 136, LONG_GRID, LONG_GRID)
        column(page, RIGHT, 136, LONG_GRID)
        head(page, (LEFT + 10, y + 24), WATER, sizes[1], "李建国")
        head(page, (RIGHT + 10, y + 24), SCHOOL, sizes[1], "赵志强")
        column(page, LEFT, y + 70, LONG_WATER, LONG_WATER)
        column(page, RIGHT, y + 70, LONG_SCHOOL, LONG_SCHOOL)

    assert told(draw) == [(WIDE_GRID, "GGG"), (WATER, "WW"), (SCHOOL, "SS")]


@pytest.mark.parametrize("size", [14, 16])
@pytest.mark.parametrize("names", [("主要做法", "主要成效"), ("基本情况", "下步打算")])
def test_sections_without_numbers_below_a_title_are_no_articles(names: tuple[str, str], size: float) -> None:
    def draw(page: Drawing) -> None:
        page.text(150, 80, "全县基层治理工作情况综述", 24)
        for x, name in zip((LEFT, RIGHT), names, strict=True):
            page.text(x, 120, name, size)
            column(page, x, 150, LONG_GRID, LONG_GRID)

    assert [title for title, _ in told(draw)] == ["全县基层治理工作情况综述"]


def test_sections_of_one_size_on_a_page_that_goes_on_with_a_report_are_no_articles() -> None:
    def draw(page: Drawing) -> None:
        for x, name in zip((LEFT, RIGHT), ("主要做法", "存在问题"), strict=True):
            page.text(x, 70, name, 14)
            column(page, x, 100, LONG_GRID, LONG_GRID)

    assert len(told(draw)) == 1


MASTHEADS = [
    "青山日报 2023年11月8日 星期三 第2版 要闻",
    "青山日报　2023年11月8日　星期三　第2版　要闻　　责任编辑：王芳　电话：0998-7221111",
    "青山日报 国内统一刊号：CN65-0001 2023年11月8日 星期三 第1234期 电话：0998-7221111",
    "2023年11月8日 星期三 青山日报 第1234期",
]


def newspaper(page: Drawing, *masthead: str) -> None:
    for number, line in enumerate(masthead):
        page.text(LEFT, 40 + 14 * number, line, 10)
    for x, first, second, long, other in (
        (LEFT, GRID, WATER, LONG_GRID, LONG_WATER),
        (RIGHT, SCHOOL, "老人吃上热饭", LONG_SCHOOL, LONG_GRID),
    ):
        page.text(x, 90, first, 16)
        y = column(page, x, 116, long)
        page.text(x, y + 24, second, 16)
        column(page, x, y + 50, other)


@pytest.mark.parametrize("masthead", [*([line] for line in MASTHEADS), ["青山日报", "2023年11月8日 星期三", "第1234期 电话：0998-7221111"]])
def test_the_day_of_the_masthead_is_that_of_all_articles_of_the_page_and_the_masthead_is_none(masthead: list[str]) -> None:
    found = drafts(readers.read("a.pdf", drawn(lambda page: newspaper(page, *masthead))))
    assert sorted((one.title, one.published) for one in found) == sorted(
        (title, "2023-11-08") for title in (GRID, WATER, SCHOOL, "老人吃上热饭")
    )
    assert not any(word in one.text for one in found for word in ("青山日报", "电话", "第1234期"))


def test_an_article_s_own_day_is_kept_and_given_to_no_other_one() -> None:
    def draw(page: Drawing, top: str = "") -> None:
        page.text(LEFT, 40, top or "青山日报", 10)
        for x, title, long, day in ((LEFT, GRID, LONG_GRID, "发布时间：2023-11-06"), (RIGHT, WATER, LONG_WATER, "")):
            page.text(x, 80, title, 20)
            page.text(x, 104, day or "本报记者 王小明", 10)
            column(page, x, 126, long, long)

    def days(top: str) -> list[tuple[str | None, str | None]]:
        return [(one.title, one.published) for one in drafts(readers.read("a.pdf", drawn(lambda page: draw(page, top))))]

    assert days("") == [(GRID, "2023-11-06"), (WATER, None)]
    assert days(MASTHEADS[0]) == [(GRID, "2023-11-06"), (WATER, "2023-11-08")]


def test_the_day_of_one_page_is_not_that_of_the_articles_on_the_next() -> None:
    def draw(page: Drawing) -> None:
        newspaper(page, MASTHEADS[0])
        page.page()
        for x, title, long in ((LEFT, "医生常来村里看病", LONG_SCHOOL), (RIGHT, "夜校开到田间地头", LONG_WATER)):
            page.text(x, 70, title, 16)
            column(page, x, 100, long, long)

    days = {one.title: one.published for one in drafts(readers.read("a.pdf", drawn(draw)))}
    assert (days[GRID], days[SCHOOL]) == ("2023-11-08", "2023-11-08")
    assert (days["医生常来村里看病"], days["夜校开到田间地头"]) == (None, None)
