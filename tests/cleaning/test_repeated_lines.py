"""Watermarks and running heads go from every page; headings and rows that repeat stay."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.text import MappedText
from ingest.cleaning import clean
from ingest.cleaning.repeated import drop_watermarks
from tests.cleaning.prose import SENTENCES

PARAGRAPHS = ["".join(SENTENCES[start : start + 12]) for start in range(0, 48, 12)]


def paged(mark: str, *, cut: bool, numbers: bool = False) -> str:
    """A text on four pages, each ended by `mark`; with `cut` the pages end within a sentence."""
    pieces: list[str] = ["某某县推进基层治理的实践"]
    for number, paragraph in enumerate(PARAGRAPHS, 1):
        at = paragraph.index("，", 200) + 1 if cut else 0
        pieces += [*filter(None, [paragraph[:at]]), mark, *([f"- {number} -"] if numbers else []), paragraph[at:]]
    return "\n".join(pieces)


@pytest.mark.parametrize("mark", ["某某咨询有限公司", "内部资料", "（仅供参考）", "严禁外传", "某某文库"])
@pytest.mark.parametrize("cut", [True, False])
def test_an_owners_mark_goes_wherever_it_stands(mark: str, cut: bool) -> None:
    assert clean(paged(mark, cut=cut)).page.text.split("\n") == ["某某县推进基层治理的实践", *PARAGRAPHS]


@pytest.mark.parametrize(("cut", "numbers"), [(True, False), (True, True)])
def test_a_running_head_goes_where_pages_end(cut: bool, numbers: bool) -> None:
    cleaned = clean(paged("青山县志稿", cut=cut, numbers=numbers)).page.text
    assert cleaned.split("\n") == ["某某县推进基层治理的实践", *PARAGRAPHS]


def test_the_title_stays_where_it_is_the_title() -> None:
    title = "某某县推进基层治理的实践"
    cleaned = clean(paged(title, cut=True)).page.text
    assert cleaned.startswith(title + "\n")
    assert "\n".join(PARAGRAPHS) in cleaned


@pytest.mark.parametrize("heading", ["主要做法", "一、主要做法", "案例背景", "经验启示", "（一）主要成效"])
def test_headings_that_repeat_in_a_collection_stay(heading: str) -> None:
    page = paged(heading, cut=False)
    assert clean(page).page.text == page


@pytest.mark.parametrize("line", ["某某有限公司", "内部资料"])
def test_lines_that_repeat_close_to_each_other_are_a_list(line: str) -> None:
    page = MappedText.whole("\n".join(["名单", line, "三百户。", line, "四百户。", line, "五百户。"]))
    assert drop_watermarks(page) == page


def test_two_of_a_kind_are_not_enough_and_neither_are_uneven_places() -> None:
    mark = "某某咨询有限公司"
    twice = "\n".join([PARAGRAPHS[0], mark, PARAGRAPHS[1], mark, PARAGRAPHS[2]])
    uneven = "\n".join([mark, PARAGRAPHS[0], mark, *(PARAGRAPHS * 2), mark, PARAGRAPHS[1], mark])
    for page in map(MappedText.whole, (twice, uneven)):
        assert drop_watermarks(page) == page


def test_sentences_and_rows_that_repeat_stay() -> None:
    for line in ("群众满意是最高标准。", "合计\t12\t"):
        page = MappedText.whole("\n".join(f"{paragraph}\n{line}" for paragraph in PARAGRAPHS))
        assert drop_watermarks(page) == page


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=60))
@settings(max_examples=100, deadline=None)
def test_prose_is_never_a_watermark(sentences: list[str]) -> None:
    page = MappedText.whole("\n".join(sentences))
    assert drop_watermarks(page) == page
