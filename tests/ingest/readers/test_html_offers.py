"""Lists of other articles at the end of a page are no text of it, with and without links, whatever heads them; the body stays whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.cleaning.link_lists import rows
from ingest.pipeline import run
from ingest.readers import read
from ingest.stages import RawText
from tests.ingest.readers.web_pages import BODY, TEMPLATES, TITLE, paragraphs

OTHERS = ("某乡投资860万元建成冷库", "某镇硬化村道23公里", "我县新增就业4200人")
HEADINGS = [row.examples[-1] for row in rows() if row.most > 1]
LISTS = {
    "links": lambda items: "<ul>" + "".join(f'<li><a href="/{at}.html">{item}</a></li>' for at, item in enumerate(items)) + "</ul>",
    "links with dates": lambda items: "".join(
        f'<p><a href="a.html">{item}</a><span>2024-03-0{at + 1}</span></p>' for at, item in enumerate(items)
    ),
    "lines": lambda items: "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>",
    "breaks": lambda items: "<div>" + "<br>".join(items) + "</div>",
}


def page(tail: str, around: str = "{}") -> RawText:
    """A page with `tail` below its body, in the same element; `around` is put around the two."""
    inner = around.format(f"<h1>{TITLE}</h1>{paragraphs(BODY)}{tail}")
    return read("页面.html", f"<html><head><title>{TITLE}</title></head><body>{inner}</body></html>".encode())


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("shape", LISTS)
@pytest.mark.parametrize("heading", HEADINGS)
def test_a_headed_list_at_the_end_is_no_text(heading: str, shape: str, count: int) -> None:
    listed = LISTS[shape](OTHERS[:count])
    for head in (f"<div>{heading}：</div>", f"<h3>{heading}</h3>", f"<p>【{heading}】</p>"):
        for around in ("{}", "<div>{}</div>", '<div class="article-content">{}</div>'):
            raw = page(head + listed, around)
            assert raw.text.split("\n")[1:-1] == list(BODY)
            assert not [one for document in run(raw) for one in document.statistics if any(one.quote in item for item in OTHERS)]


@pytest.mark.parametrize("shape", LISTS)
def test_the_articles_before_and_behind_are_no_text(shape: str) -> None:
    raw = page("".join(f"<div>{label}：</div>{LISTS[shape]([item])}" for label, item in zip(("上一篇", "下一篇"), OTHERS, strict=False)))
    assert raw.text.split("\n")[1:-1] == list(BODY)


@pytest.mark.parametrize("heading", HEADINGS)
def test_links_on_one_line_with_their_heading_are_no_text(heading: str) -> None:
    links = " ".join(f'<a href="/{at}.html">{item}，群众的日子越过越有奔头</a>' for at, item in enumerate(OTHERS * 2))
    for label in (f"{heading}：", f"【{heading}】"):
        assert page(f"<p>{label}{links}</p>").text.split("\n")[1:-1] == list(BODY)


@pytest.mark.parametrize("label", ["附件", "相关政策", "参考文献", "主要做法"])
@pytest.mark.parametrize("shape", ["links", "lines"])
def test_what_a_document_lists_itself_stays(label: str, shape: str) -> None:
    raw = page(f"<p>{label}：</p>{LISTS[shape](OTHERS[:2])}")
    assert raw.text.split("\n")[1:-1] == [*BODY, f"{label}：", *OTHERS[:2]]


def test_text_behind_a_list_stays_and_so_do_lines_that_may_be_its_own() -> None:
    more = "<p>某县还将把这一做法推广到所有乡镇，年底前实现网格全覆盖。</p>"
    lines = page(f"<p>相关阅读：</p>{LISTS['lines'](OTHERS)}{more}").text.split("\n")
    assert lines[1:-1] == [*BODY, *OTHERS, "某县还将把这一做法推广到所有乡镇，年底前实现网格全覆盖。"]


SYLLABLES = st.text(alphabet="县乡村镇党委群众干部工作治理服务网格矛盾纠纷发展产业收入项目资金培训走访调解", min_size=12, max_size=60)
PROSE = st.lists(SYLLABLES.map(lambda text: f"{text[:8]}，{text[8:]}，共{len(text)}件。"), min_size=3, max_size=12, unique=True)


@given(PROSE, st.sampled_from(HEADINGS), st.sampled_from(sorted(LISTS)), st.sampled_from(sorted(TEMPLATES)), st.data())
@settings(max_examples=80, deadline=None)
def test_wherever_a_list_stands_no_sentence_is_lost(body: list[str], heading: str, shape: str, name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(body)))
    pieces = [*body[:at], f"</p><p>{heading}：</p>{LISTS[shape](OTHERS[:2])}<p>", *body[at:]]
    lines = read("页面.html", TEMPLATES[name](pieces).encode()).text.split("\n")
    assert [line for line in lines if line in set(body)] == body
