"""Headlines of other articles, listed below one, go with their heading; what follows them stays."""

import pytest

from ingest.cleaning import clean
from tests.cleaning.prose import LINKS, SENTENCES

BODY = f"某某县推进基层治理\n{SENTENCES[0]}\n{SENTENCES[1]}"


@pytest.mark.parametrize(
    "heading", ["相关阅读", "相关链接：", "【延伸阅读】", "推荐阅读", "热门文章", "猜你喜欢", "▼往期回顾", "更多相关文档："]
)
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
