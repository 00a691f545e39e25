"""Whatever boilerplate stands between the sentences of a text, it goes, and every sentence stays, whole and in its place."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.cleaning import clean
from ingest.cleaning.boilerplate import is_boilerplate, rows
from ingest.pipeline import drafts
from tests.cleaning.prose import HEADINGS, LINKS, SENTENCES
from tests.support import raw

DIRT = [text for row in rows() for text in row.examples]
LISTS = [
    ["相关阅读：", *LINKS[:3]],
    ["【延伸阅读】", f"· {LINKS[3]}", f"· {LINKS[4]}"],
    ["推荐阅读", f"{LINKS[0]} 2024-01-05", f"{LINKS[1]} 2024-01-06"],
]
TITLE = "某某县推进基层治理的实践与思考"


def stands_whole(parts: list[str], text: str) -> None:
    """Every one of `parts` stands in `text`, one after the other."""
    at = 0
    for part in parts:
        found = text.find(part, at)
        assert found >= 0, f"{part} is lost or stands too early"
        at = found + len(part)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_no_sentence_is_boilerplate(sentence: str) -> None:
    assert not is_boilerplate(sentence)
    assert not is_boilerplate(sentence.rstrip("。"))


@pytest.mark.parametrize("sentence", SENTENCES)
def test_no_half_of_a_sentence_is_boilerplate(sentence: str) -> None:
    """As a column breaks it, up to a comma or behind one."""
    commas = [at for at, char in enumerate(sentence) if char in "，、"]
    assert not [half for at in commas for half in (sentence[: at + 1], sentence[at + 1 :]) if is_boilerplate(half)]


lines = st.one_of(
    st.sampled_from(SENTENCES).map(lambda one: (True, [one])),
    st.sampled_from(SENTENCES).map(lambda one: (True, [one])),
    st.sampled_from(HEADINGS).map(lambda one: (True, [one])),
    st.sampled_from(DIRT).map(lambda one: (False, [one])),
    st.sampled_from(LISTS[1:]).map(lambda links: (False, links)),
)


@given(
    st.lists(lines, min_size=1, max_size=40),
    st.sampled_from(SENTENCES),
    st.lists(st.sampled_from(DIRT), max_size=4),
    st.sampled_from([[], *LISTS]),
)
@example([(False, [one]) for one in DIRT], SENTENCES[0], DIRT[:4], LISTS[0])
@settings(max_examples=300, deadline=None)
def test_sentences_between_boilerplate_stay_and_the_boilerplate_goes(
    planted: list[tuple[bool, list[str]]], last: str, footer: list[str], links: list[str]
) -> None:
    body = [(True, [SENTENCES[-1]]), *planted, (True, [last])]
    page = "\n".join([TITLE, *(line for _, some in body for line in some), *links, *footer])
    cleaned = clean(page).page.text
    stands_whole([line for prose, some in body if prose for line in some], cleaned)
    left = {line.strip() for line in cleaned.split("\n")}
    assert not left & {line for prose, some in body if not prose for line in some}
    assert not left & {*links, *footer}


@given(st.lists(st.sampled_from(SENTENCES), min_size=3, max_size=30, unique=True), st.lists(st.sampled_from(DIRT), min_size=1, max_size=8))
@settings(max_examples=100, deadline=None)
def test_sentences_reach_the_documents(sentences: list[str], dirt: list[str]) -> None:
    page = [TITLE, sentences[0]]
    for number, sentence in enumerate(sentences[1:]):
        page += [dirt[number % len(dirt)], sentence]
    stands_whole(sentences, "\n".join(document.text for document in drafts(raw("\n".join(page)))))
