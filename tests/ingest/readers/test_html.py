"""A saved page becomes its article: every paragraph in its order, the title and source line as printed, nothing of the site around it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import UnreadableFile
from archive.layout import locations
from archive.records import SourceState
from archive.text import Span
from ingest.pipeline import run
from ingest.readers import read
from ingest.stages import RawText
from tests.ingest.readers.web_pages import BODY, FURNITURE, SOURCE, TEMPLATES, TITLE, around, headed, paragraphs


def page(html: str, encoding: str = "utf-8") -> RawText:
    return read("页面.html", html.encode(encoding))


def body_of(raw: RawText) -> list[str]:
    """The lines of a page without its title and source line."""
    return [line for line in raw.text.split("\n") if line and line != TITLE and "".join(line.split()) != "".join(SOURCE.split())]


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_body_is_found_whole_and_alone_in_every_template(name: str) -> None:
    raw = page(TEMPLATES[name](BODY))
    assert [line for line in body_of(raw) if line not in ("菜单", "某县发布 2023-05-08 10:22")] == list(BODY)
    assert raw.source.state is SourceState.READ
    assert raw.reader == "web page"


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_title_is_the_first_line_and_date_and_author_reach_the_document(name: str) -> None:
    raw = page(TEMPLATES[name](BODY))
    assert raw.text.startswith(f"{TITLE}\n")
    (document,) = run(raw)
    assert document.title == TITLE
    assert document.published == "2023-05-08"
    assert name == "public account" or document.authors == ("王小明",)


SYLLABLES = st.text(alphabet="县乡村镇党委群众干部工作治理服务网格矛盾纠纷发展产业收入项目资金培训走访调解", min_size=12, max_size=60)
SENTENCES = st.lists(SYLLABLES.map(lambda text: f"{text[:8]}，{text[8:]}，共{len(text)}件。"), min_size=3, max_size=25, unique=True)


@given(body=SENTENCES, name=st.sampled_from(sorted(TEMPLATES)))
@settings(max_examples=60, deadline=None)
def test_planted_paragraphs_are_all_found_in_order_and_planted_furniture_is_not(body: list[str], name: str) -> None:
    lines = page(TEMPLATES[name](body)).text.split("\n")
    found = [line for line in lines if line in set(body)]
    assert found == body
    assert not [line for line in lines for words in FURNITURE if words in line]


@pytest.mark.parametrize("words", ["样式不是正文", "脚本不是正文", "注释不是正文", "模板不是正文", "隐藏的文字"])
def test_what_a_browser_does_not_show_is_no_text(words: str) -> None:
    assert words not in page(around(headed(paragraphs(BODY)))).text


@pytest.mark.parametrize(
    ("mark_up", "text"),
    [
        ("<p>面积达<b>3.5</b>万<i>亩</i>，惠及农户120户，户均增收2000元。</p>", "面积达3.5万亩，惠及农户120户，户均增收2000元。"),
        ("<p>绿化5000m<sup>2</sup>，同比增长5.2%<sup>1</sup>，群众满意。</p>", "绿化5000m²，同比增长5.2%¹，群众满意。"),
        ("<p>见附件<sup><a href='#n1'>[1]</a></sup>，共有12项，已经办结。</p>", "见附件[1]，共有12项，已经办结。"),
        ("<p><ruby>旮<rp>(</rp><rt>gā</rt><rp>)</rp></ruby>旯村有农户56户，村民210人。</p>", "旮旯村有农户56户，村民210人。"),
        ("<p>全县&#20826;员&#x5E72;部3&middot;0版&mdash;&mdash;共&lt;120&gt;人，占&amp;。</p>", "全县党员干部3·0版——共<120>人，占&。"),
        ("<p>全县共有党\n      员干部120人，\n   其中妇女35人。</p>", "全县共有党员干部120人，其中妇女35人。"),
        ("<p>全县<o:p></o:p>共有<span><![if !supportLists]>党员<![endif]></span>120人，妇女35人。</p>", "全县共有党员120人，妇女35人。"),
        ("<p>方程<math><mi>x</mi><mo>=</mo><mn>3</mn></math>成立，<svg><text>图</text></svg>共3项。</p>", "方程x=3成立，共3项。"),
    ],
)
def test_mark_up_within_a_line_leaves_its_characters_and_no_others(mark_up: str, text: str) -> None:
    assert text in page(around(headed(f'<div id="zoom">{mark_up}{paragraphs(BODY)}</div>'))).text.split("\n")


def test_struck_out_words_are_set_apart_and_not_in_the_text() -> None:
    raw = page(around(headed(f'<div id="zoom"><p>全县有网格<del>236</del>240个，网格员512名，已全部到岗。</p>{paragraphs(BODY)}</div>')))
    assert "全县有网格240个" in raw.text
    assert "struck out: 236" in raw.set_apart


def test_a_numbered_list_keeps_the_numbers_that_a_browser_prints() -> None:
    items = "".join(f"<li>{line}</li>" for line in BODY[5:8:2])
    raw = page(around(headed(f'<div id="zoom"><p>{BODY[0]}</p><ol start="3">{items}</ol><ol><li>一、背景说明</li></ol></div>')))
    assert [line[:3] for line in body_of(raw)[1:]] == ["3. ", "4. ", "一、背"]


def test_headings_carry_their_level_and_the_title_is_level_zero() -> None:
    raw = page(around(headed(f'<div id="zoom"><h2>一、主要做法</h2><p>{BODY[2]}</p><h3>（一）分级</h3><p>{BODY[3]}</p></div>')))
    assert [(heading.span.of(raw.text), heading.level) for heading in raw.headings] == [(TITLE, 0), ("一、主要做法", 2), ("（一）分级", 3)]


def test_every_line_knows_its_paragraph_and_every_cell_its_place() -> None:
    table = "<table><tr><th>乡镇</th><th>网格</th></tr><tr><td>东乡</td><td>12</td></tr></table>"
    raw = page(around(headed(f'<div id="zoom"><p>{BODY[0]}</p>{table}<p>{BODY[5]}</p></div>')))
    at = raw.text.index
    assert [place.paragraph for place in locations(raw.layout, [Span(0, 3)])] == [1]
    assert [place.paragraph for place in locations(raw.layout, [Span(at(BODY[0]), at(BODY[0]) + 3)])] == [3]
    (cell,) = locations(raw.layout, [Span(at("12\t"), at("12\t") + 2)])
    assert (cell.cell, cell.paragraph) == ("表1!B2", 7)
    assert [place.paragraph for place in locations(raw.layout, [Span(at(BODY[5]), at(BODY[5]) + 3)])] == [8]


def test_pages_of_links_frames_scripts_and_nothing_are_refused_with_advice() -> None:
    links = "".join(f'<li><a href="{number}.html">{name}</a><span>2023-05-01</span></li>' for number, name in enumerate(FURNITURE * 3))
    refused = {
        f"<html><body><ul>{links}</ul></body></html>": "page of links",
        "<html><frameset cols='20%,80%'><frame src='a.html'><frame src='b.html'></frameset></html>": "frames",
        "<html><head><meta http-equiv='Refresh' content='0; URL=b.html'></head><body></body></html>": "leads on",
        "<div id='app'></div><script src='app.js'></script><noscript>请启用脚本。</noscript>": "after it has loaded",
        "<html><body><iframe src='a.pdf'></iframe></body></html>": "save that document",
        "<!DOCTYPE html>": "after it has loaded",
    }
    for html, advice in refused.items():
        with pytest.raises(UnreadableFile, match=advice):
            page(html)


def test_a_saved_page_called_txt_is_read_as_a_page() -> None:
    data = TEMPLATES["TRS editor"](BODY).encode()
    for name in ("a.txt", "a.doc", "a"):
        for before in (b"", b"\xef\xbb\xbf", b"\r\n  "):
            assert body_of(read(name, before + data)) == list(BODY)


def test_reading_a_page_twice_gives_the_same() -> None:
    for template in TEMPLATES.values():
        assert page(template(BODY)) == page(template(BODY))


@pytest.mark.parametrize("window", ["某县人民政府门户网站", "某县人民政府", "欢迎访问某县政府网", ""])
@pytest.mark.parametrize("sections", [("一、案例背景", "二、主要做法"), ("案例背景", "主要做法")])
def test_the_first_heading_is_the_title_where_the_window_has_the_name_of_the_site(window: str, sections: tuple[str, str]) -> None:
    parts = "".join(f"<h2>{section}</h2><p>{body}</p>" for section, body in zip(sections, BODY, strict=False))
    raw = page(f"<html><head><title>{window}</title></head><body><h1>{TITLE}</h1>{parts}")
    assert raw.text.split("\n")[:4] == [TITLE, sections[0], BODY[0], sections[1]]
    assert run(raw)[0].title == TITLE


@pytest.mark.parametrize("logo", ["某县人民政府", "某县人民政府门户网站", "某县发布"])
def test_a_first_heading_with_the_name_of_the_site_is_not_the_title(logo: str) -> None:
    raw = page(f"<html><head><title>{logo}</title></head><body><h1>{logo}</h1><h2>{TITLE}</h2><p>{BODY[0]}</p><p>{BODY[1]}</p>")
    assert run(raw)[0].title == TITLE


def test_who_and_when_to_the_minute_is_no_title() -> None:
    line = "<div><span>王小明</span><span>某县融媒</span><em>2023-05-08 10:22</em></div>"
    (document,) = run(page(f"<html><body><h1>{TITLE}</h1>{line}<p>{BODY[0]}</p><p>{BODY[1]}</p>"))
    assert (document.title, document.kicker, document.published) == (TITLE, None, "2023-05-08")
