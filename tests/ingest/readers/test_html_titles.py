"""The title of a page is the heading that the window's title agrees with, whatever slogans and footers stand beside it."""

from __future__ import annotations

import pytest

from archive.records import Document
from ingest.pipeline import run
from ingest.readers import read
from ingest.stages import RawText
from tests.ingest.readers.web_pages import BODY, SOURCE, TITLE, around, paragraphs

SLOGANS = ("清正廉洁 执政为民", "学思想 强党性 重实践 建新功", "某县人民政府办公室主办", "内部刊物")


def page(html: str) -> RawText:
    return read("页面.html", html.encode())


def only(html: str) -> Document:
    (document,) = run(page(html))
    return document


def saved(body: str, window: str = TITLE) -> str:
    return f"<html><head><meta charset=utf-8><title>{window}</title></head><body>{body}</body></html>"


@pytest.mark.parametrize("slogan", SLOGANS)
@pytest.mark.parametrize("window", [TITLE, f"{TITLE}-某县人民政府", f"{TITLE}_某县新闻网", ""])
def test_a_slogan_above_the_heading_is_neither_title_nor_kicker_nor_text(slogan: str, window: str) -> None:
    html = saved(f"<div>{slogan}</div><h1>{TITLE}</h1>{paragraphs(BODY)}", window)
    document = only(html)
    assert (document.title, document.kicker, document.subtitle) == (TITLE, None, None)
    assert slogan not in document.text
    assert slogan in page(html).set_apart
    assert page(html).text.split("\n")[1:-1] == list(BODY)


@pytest.mark.parametrize("line", ["来之不易的一村平安", "把矛盾化解在屋场里"])
def test_a_line_below_the_heading_of_the_window_is_its_subtitle(line: str) -> None:
    document = only(saved(f"<h1>{TITLE}</h1><div>{line}</div>{paragraphs(BODY)}"))
    assert (document.title, document.subtitle, document.kicker) == (TITLE, line, None)


def test_a_line_below_a_heading_that_goes_on_is_part_of_the_title() -> None:
    document = only(saved(f"<h1>关于某县网格化管理的</h1><div>调研报告</div>{paragraphs(BODY)}", "关于某县网格化管理的"))
    assert document.title == "关于某县网格化管理的调研报告"


def test_the_source_line_above_the_heading_stays_in_the_head() -> None:
    document = only(saved(f"<div>{SOURCE}</div><h1>{TITLE}</h1>{paragraphs(BODY)}"))
    assert (document.title, document.published, document.authors) == (TITLE, "2023-05-08", ("王小明",))


def test_a_line_above_the_title_in_the_element_of_the_body_is_its_kicker() -> None:
    inner = f'<div id="zoom"><p>网格治理系列报道之三</p><h1>{TITLE}</h1>{paragraphs(BODY)}</div>'
    document = only(around(inner))
    assert (document.title, document.kicker) == (TITLE, "网格治理系列报道之三")


@pytest.mark.parametrize("window", ["", "某县人民政府"])
def test_headings_of_the_first_level_that_are_sections_take_no_line_away(window: str) -> None:
    """As Word writes pages: the title is a paragraph, each section a heading of the first level."""
    names = ("某县的主要做法有哪些", "取得的主要成效")
    sections = "".join(f"<h1>{name}</h1><p>{line}</p>" for name, line in zip(names, BODY, strict=False))
    raw = page(saved(f"<p>{TITLE}</p>{sections}<p>{BODY[5]}</p>", window))
    for line in (TITLE, *names, *BODY[:2], BODY[5]):
        assert line in raw.text
