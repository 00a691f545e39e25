"""Headlines of other articles, listed below one, go with their heading; what follows them stays."""

import pytest

from ingest.cleaning import clean
from ingest.cleaning.link_lists import Row, links_offered, rows
from tests.cleaning.prose import LINKS, SENTENCES

BODY = f"某某县推进基层治理\n{SENTENCES[0]}\n{SENTENCES[1]}"


ROWS = rows()
HEADINGS = [example for row in ROWS for example in row.examples if row.most > 1]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.examples[0])
def test_every_row_covers_its_examples_and_none_of_its_counter_examples(row: Row) -> None:
    for example in row.examples:
        for printed in (example, f"{example}：", f"【{example}】", f"▼{example}", f"★ {example} ★"):
            assert links_offered(printed) == row.most
        assert next(one for one in ROWS if one.pattern.fullmatch(example)) is row
    for keep in row.keeps:
        assert not links_offered(keep)
        assert not links_offered(f"{keep}：")


@pytest.mark.parametrize("missing", ["pattern", "most", "example", "keep"])
def test_a_row_without_its_example_or_its_counter_example_is_refused(missing: str) -> None:
    row = {"pattern": "更多", "most": 3, "example": ["更多"], "keep": ["更多群众"]}
    assert Row.of(row).keeps == ("更多群众",)
    with pytest.raises(ValueError, match="a row of link lists needs"):
        Row.of({key: value for key, value in row.items() if key != missing})


@pytest.mark.parametrize("heading", [*HEADINGS, "相关链接：", "【延伸阅读】", "▼往期回顾", "更多相关文档："])
@pytest.mark.parametrize("footer", ["", "\n分享到：微信 微博 QQ空间", "\n来源：某某日报\n责任编辑：张三"])
def test_a_list_at_the_end_goes_whole(heading: str, footer: str) -> None:
    cleaned = clean(f"{BODY}\n\n{heading}\n" + "\n".join(LINKS) + footer).page.text
    assert not [link for link in (*LINKS, heading) if link in cleaned]
    assert cleaned.startswith(BODY)
    assert ("来源：某某日报" in cleaned) == ("来源" in footer)


@pytest.mark.parametrize("mark", ["· {}", "■{}", "{} 2024-01-05", "{}（01月05日）", "《{}》"])
def test_links_in_the_middle_of_a_page_go_when_they_are_marked_as_links(mark: str) -> None:
    links = [mark.format(link) for link in LINKS]
    page = "\n".join([BODY, "相关链接", *links, "另一个县化解矛盾有新招", "本报记者 张三", SENTENCES[2]])
    assert clean(page).page.text == "\n".join([BODY, "另一个县化解矛盾有新招", "本报记者 张三", SENTENCES[2]])


def test_headlines_without_a_mark_stay_when_text_follows_because_one_may_be_its_own() -> None:
    page = "\n".join([BODY, "相关链接", *LINKS, SENTENCES[2]])
    assert clean(page).page.text == "\n".join([BODY, *LINKS, SENTENCES[2]])


@pytest.mark.parametrize("text", [SENTENCES[3], "一、主要做法", "（一）建机制", "全县共有以下做法："])
def test_what_reads_as_text_below_the_heading_stays(text: str) -> None:
    assert text in clean(f"{BODY}\n相关链接\n{text}\n{SENTENCES[4]}").page.text


def test_a_sentence_about_links_is_no_heading() -> None:
    page = f"{BODY}\n相关链接机制已经建立\n{LINKS[0]}\n{LINKS[1]}"
    assert clean(page).page.text == page


@pytest.mark.parametrize("row", [row for row in ROWS if row.most > 1], ids=lambda row: row.examples[0])
@pytest.mark.parametrize("line", [SENTENCES[3], "一、主要做法", "（二）搭建平台聚合力"])
def test_no_heading_takes_a_body_line_with_it(row: Row, line: str) -> None:
    page = f"{BODY}\n{row.examples[0]}\n{LINKS[0]}\n{line}\n{SENTENCES[4]}"
    assert clean(page).page.text.endswith("\n".join([LINKS[0], line, SENTENCES[4]]))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.examples[0])
def test_a_section_of_a_text_with_a_name_that_is_near_keeps_its_lines(row: Row) -> None:
    for keep in row.keeps:
        page = f"{BODY}\n{keep}\n{LINKS[0]}\n{LINKS[1]}"
        assert clean(page).page.text == page


@pytest.mark.parametrize("mark", ["{}：", "{}", "【{}】"])
def test_the_article_before_and_the_one_behind_go_with_their_labels(mark: str) -> None:
    page = "\n".join([BODY, mark.format("上一篇"), LINKS[0], mark.format("下一篇"), LINKS[1]])
    assert clean(page).page.text.rstrip("\n") == BODY


def test_below_the_label_of_one_article_no_second_line_goes() -> None:
    page = "\n".join([BODY, "上一篇：", LINKS[0], LINKS[1]])
    assert clean(page).page.text.endswith("\n".join([LINKS[0], LINKS[1]]))
