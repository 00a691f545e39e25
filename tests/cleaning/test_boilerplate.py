"""What sites print around a document goes; the sentences beside it stay."""

import pytest

from archive.text import MappedText
from ingest.cleaning import clean
from ingest.cleaning.boilerplate import Row, drop_banners, rows
from tests.support import SAMPLES

ROWS = rows()
EXAMPLES = [(row, text) for row in ROWS for text in row.examples]
KEEPS = [(row, text) for row in ROWS for text in row.keeps]


@pytest.mark.parametrize(("row", "text"), EXAMPLES, ids=lambda value: value[:12] if isinstance(value, str) else "")
def test_the_examples_of_every_row_go(row: Row, text: str) -> None:
    page, _ = drop_banners(MappedText.whole(f"第一段。\n{text}\n第二段。\n"))
    assert page.text.split() == ["第一段。", "第二段。"]


@pytest.mark.parametrize(("row", "text"), EXAMPLES, ids=lambda value: value[:12] if isinstance(value, str) else "")
def test_no_row_does_what_an_earlier_one_does_already(row: Row, text: str) -> None:
    assert next(one for one in ROWS if one.whole_line == row.whole_line and one.pattern.fullmatch(text)) is row


@pytest.mark.parametrize(("row", "text"), KEEPS, ids=lambda value: value[:12] if isinstance(value, str) else "")
def test_what_a_row_says_must_stay_stays(row: Row, text: str) -> None:
    page, _ = drop_banners(MappedText.whole(f"第一段。\n{text}\n第二段。\n"))
    assert text in page.text


@pytest.mark.parametrize("missing", ["where", "pattern", "example", "keep"])
def test_a_row_without_its_example_or_its_counter_example_is_refused(missing: str) -> None:
    row = {"where": "line", "pattern": "打印", "example": "打印", "keep": "打印店。"}
    assert Row.of(row).keeps == ("打印店。",)
    with pytest.raises((ValueError, KeyError), match=missing):
        Row.of({key: value for key, value in row.items() if key != missing})


def test_a_row_with_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a where"):
        Row.of({"where": "line", "pattern": "打印", "example": "打印", "keep": "打印店。", "note": "?"})


def test_rows_of_tables_are_never_boilerplate() -> None:
    table = "编号\t页码\t\n3 / 12\t\n- 3 -\t\n打印\t关闭\t\n"
    assert drop_banners(MappedText.whole(table))[0].text == table


@pytest.mark.parametrize(
    "sentence",
    [
        "下载客户端的群众超过3万人，网上办事率达到90%。",
        "村里的广播、打印服务点方便了群众。",
        "全县共有网站3个、公众号12个，访问量突破100万次。",
        "编辑部设在县委宣传部，每月编印简报一期。",
        "首页推送、专栏展示等方式宣传先进典型。",
        "当前，全县基层治理仍存在一些短板。",
        "相关部门上传下达，及时处理文件。",
        "客服热线12345全年接听群众来电4000余件。",
        "责任编辑制度、三审三校制度全面落实。",
    ],
)
def test_sentences_that_speak_of_websites_stay(sentence: str) -> None:
    assert sentence in clean(f"标题\n{sentence}\n{sentence}").page.text


def test_a_banner_gives_its_title_without_the_file_ending() -> None:
    banner = "《关于农村养老的调研报告.docx》由会员分享,可在线阅读,更多相关《关于农村养老的调研报告.docx(3页珍藏版)》请在某某文库上搜索。"
    cleaned = clean(f"{banner}\n近年来，养老服务不断完善。")
    assert cleaned.banner_title == "关于农村养老的调研报告"
    assert cleaned.page.text.strip() == "近年来，养老服务不断完善。"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name[:3])
def test_no_row_of_the_samples_bodies_is_longer_than_it_came(path) -> None:  # type: ignore[no-untyped-def]
    source = path.read_text("utf-8")
    page = clean(source).page
    assert len(page.text) <= len(source) + page.text.count("\n")


def test_remains_of_mark_up_go_and_what_they_held_stays() -> None:
    page = (
        "标题在这里\n<P>&nbsp;&nbsp; 全县建成园区3个。</P>\n"
        "<META name=ContentEnd><!--rss.end--><!--<$[信息内容]>end-->\n<BR>产值<B>增长</B>6%。"
    )
    assert clean(page).page.text.split() == ["标题在这里", "全县建成园区3个。", "产值增长6%。"]


@pytest.mark.parametrize("text", ["积分<60分的农户", "3<5且7>4", "a<b的情况"])
def test_marks_of_comparison_are_no_mark_up(text: str) -> None:
    assert clean(f"标题在这里\n{text}。").page.text.endswith(f"{text}。")


def test_scripts_go_with_what_they_hold() -> None:
    script = '<script>var a=1;document.write("<b>12345</b>");</script>'
    page = f'标题在这里\n{script}全县建成园区3个。\n<style type="text/css">p{{width:10px}}\n产值增长6%。'
    assert clean(page).page.text.split() == ["标题在这里", "全县建成园区3个。", "产值增长6%。"]


@pytest.mark.parametrize(
    "tools",
    [
        "打印此页 关闭窗口 【字体：大 中 小】",
        "【打印本页】【关闭窗口】",
        " 打印 关闭",
        "（字号：大 中 小）",
        "分享到：微信 微博",
        "【打印】 【字号 大 中 小】【关闭】",
        "[收藏] 打印本文 | 关闭",
    ],
)
@pytest.mark.parametrize("sentence", ["村里的服务站每天开门，代办事项31件。", "“办事不出村，真方便！”"])
def test_a_pages_tools_behind_a_sentence_go_and_the_sentence_stays(tools: str, sentence: str) -> None:
    assert clean(f"标题在这里\n{sentence}{tools}\n第二段话也在这里。").page.text.split("\n")[1:] == [sentence, "第二段话也在这里。"]


@pytest.mark.parametrize(
    "rest", ["打印复印全免费", "关闭窗口", "分享到村民手中", "【字体】", "打印、关闭", "字体要大，中间要小", "关闭 3个窗口", "打印"]
)
def test_what_goes_on_behind_a_sentence_in_words_that_tools_have_stays(rest: str) -> None:
    assert f"代办事项31件。{rest}" in clean(f"标题在这里\n村里的服务站每天开门，代办事项31件。{rest}\n第二段话也在这里。").page.text
