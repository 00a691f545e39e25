"""Pages of a paper: the masthead is no article and dates those below it; 本报讯 begins one, and is no word of it."""

import pytest

from ingest.pipeline import run
from tests.support import articles, raw

BODY = "近年来，青山县坚持以人民为中心，大力推进基层治理创新，取得了明显成效，群众满意度不断提升。"
MORE = "全县共划分网格三百个，配备网格员六百名，矛盾纠纷明显减少。"

CUES = [
    "本报讯",
    "本报讯 ",
    "本报讯　",
    "【本报讯】",
    "［本报讯］",
    "（本报讯）",
    "[本网讯]",
    "本刊讯",
    "本报11月8日讯 ",
    "讯 ",
    "讯　",
    "讯：",
]


@pytest.mark.parametrize("cue", CUES)
def test_a_piece_of_news_without_a_byline_begins_an_article(cue: str) -> None:
    page = f"绿水县促增收\n本报记者 张三\n{BODY}\n红土镇清理河道\n{cue}红土镇清理河道12公里，打捞垃圾30吨。\n{MORE}"
    first, second = articles(page)
    assert (first.title, first.text) == ("绿水县促增收", BODY)
    assert (second.title, second.text) == ("红土镇清理河道", f"红土镇清理河道12公里，打捞垃圾30吨。\n{MORE}")
    assert second.dateline_text == cue.strip().rstrip("：")
    found = run(raw(page))[1]
    assert not any("讯" in (item.subject or "") or "讯" in (item.place or "") for item in found.statistics)
    assert not any("讯" in unit.quote for unit in found.units)


@pytest.mark.parametrize("cue", ["（本报讯 记者 李明）", "【本报讯　通讯员 李明】", "本报讯（记者 李明）"])
def test_the_writer_in_the_bracket_of_the_cue_is_the_author(cue: str) -> None:
    (article,) = articles(f"红土镇清理河道\n{cue}红土镇清理河道12公里。\n{MORE}")
    assert (article.authors, article.dateline_text, article.text) == (("李明",), cue, f"红土镇清理河道12公里。\n{MORE}")


@pytest.mark.parametrize(
    "text",
    [
        "本报讯息部设在县城，",
        "本报通讯员走进山村，",
        "本报资讯栏目开办以来，",
        "本网讯问处理群众留言，",
        "讯号塔建成以来，",
        "讯息员走村入户，",
        "本报记者李明走进村里，",
    ],
)
def test_words_that_only_look_like_the_cue_of_news_begin_no_article(text: str) -> None:
    (article,) = articles(f"绿水县促增收\n本报记者 张三\n{BODY}\n丰收\n{text}{MORE}")
    assert f"{text}{MORE}" in article.text


MASTHEADS = [
    "绿水日报　2023年11月8日　星期三　第2版　要闻　　责任编辑：李芳　电话：0792-7221111",
    "绿水日报 国内统一刊号：CN36-0001 2023年11月8日 第1234期",
    "绿水日报2023-11-08第2版",
    "绿水日报2023年11月8日星期三第2版要闻",
    "绿水日报\n2023年11月8日\n第1234期　电话：0792-7221111",
]


@pytest.mark.parametrize("masthead", MASTHEADS)
def test_a_masthead_is_no_article_and_dates_those_below_it(masthead: str) -> None:
    found = articles(f"{masthead}\n绿水县促增收\n本报记者 张三\n{BODY}\n红土镇推行积分制\n本报记者 孙七\n{MORE}")
    assert [(one.title, one.published, one.text) for one in found] == [
        ("绿水县促增收", "2023-11-08", BODY),
        ("红土镇推行积分制", "2023-11-08", MORE),
    ]


@pytest.mark.parametrize(
    "line", ["县长热线电话：12345", f"第3期简报　{BODY}", "全县开通服务电话36部", "绿水日报2023年11月8日报道县里的做法"]
)
def test_what_tells_something_above_the_articles_is_kept(line: str) -> None:
    found = articles(f"{line}\n绿水县促增收\n本报记者 张三\n{BODY}\n红土镇推行积分制\n本报记者 孙七\n{MORE}")
    assert line in "".join(f"{one.kicker}{one.title}{one.text}{one.byline}" for one in found)


def test_the_day_below_a_headline_goes_before_that_of_the_masthead() -> None:
    (article,) = articles(f"{MASTHEADS[0]}\n绿水县促增收\n发布时间：2023-11-06\n{BODY}")
    assert (article.title, article.published) == ("绿水县促增收", "2023-11-06")
