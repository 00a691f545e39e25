"""The one text analysis: offsets, words, pairs, and what hostile text does to it."""

import re
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

import pytest
import rjieba
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search import analysis
from search.analysis import Form, chars, fold, grams, terms, words
from tests.support import SAMPLES

with warnings.catch_warnings():  # its source has escapes that Python warns of
    warnings.simplefilter("ignore")
    import jieba

HAN = re.compile(r"[\u4e00-\u9fd5]+")
PARTS = ["网格员", "双联户长", "79.4％", "1,234.5", "1，234", ",", ".", "㎡", "½", "Ａ1", "ﷺ", "\ud800", "\0", "𠀀", "，", "5-15", "é"]
LOCATED = {Form.WORDS: words, Form.GRAMS: grams, Form.CHARS: chars}
written = st.text() | st.lists(st.sampled_from(PARTS)).map("".join)


def strings(text: str, form: Form = Form.WORDS) -> list[str]:
    return [token.text for token in LOCATED[form](text)]


@settings(deadline=None)
@given(written, st.sampled_from(list(Form)))
@example("İstanbul ㈠网格员", Form.WORDS)
def test_every_token_is_what_stands_at_its_place(text: str, form: Form) -> None:
    tokens = LOCATED[form](text)
    assert [token.text for token in tokens] == terms(text, form, held=True)
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)
    for token in tokens:
        assert 0 <= token.start < token.end <= len(text)
        folded = fold(text[token.start : token.end])
        assert token.text in folded.replace(",", "")  # a part of it only where one character folds to several (½ to 1⁄2)
        assert token.text in (folded, folded.replace(",", "")) or len(folded) > token.end - token.start


@settings(deadline=None)
@given(st.lists(st.sampled_from([*PARTS, "。", "；", "\n", " "])).map("".join), st.sampled_from(list(Form)))
@example("1,234。5；１，２３４．５\n79.4、2025.06.30", Form.WORDS)
def test_a_long_text_that_is_cut_part_by_part_gives_the_tokens_of_the_whole(text: str, form: Form) -> None:
    whole = " ".join(terms(text, form, held=True))
    for size in (0, 1, 5):
        with patch.object(analysis, "_SMALL", size):
            assert analysis.held(text, form) == whole


@settings(deadline=None)
@given(written)
def test_folding_is_by_character_and_settles_at_once(text: str) -> None:
    assert fold(text) == "".join(map(fold, text))
    assert len(fold(text)) >= len(text)


@settings(deadline=None)
@given(written)
def test_words_leave_out_nothing_that_can_be_read(text: str) -> None:
    covered = {index for token in words(text) for index in range(token.start, token.end)}
    assert all(index in covered for index, char in enumerate(text) if char.isalnum() and fold(char).isalnum())


def test_chinese_runs_are_cut_as_jieba_cuts_them() -> None:
    ours, theirs = rjieba.Jieba(), jieba.Tokenizer()
    runs = {run for path in SAMPLES for run in HAN.findall(path.read_text("utf-8"))}
    assert len(runs) > 1000
    assert [run for run in runs if ours.cut(run) != theirs.lcut(run)] == []
    for row in analysis.user_words():
        ours.add_word(row["text"], row["frequency"], None)
        theirs.add_word(row["text"], row["frequency"])
    assert [run for run in runs if ours.cut(run) != theirs.lcut(run)] == []


@pytest.mark.parametrize("row", analysis.user_words(), ids=lambda row: row["text"])
def test_each_domain_word_comes_out_whole_in_its_example(row: dict[str, str]) -> None:
    assert row["text"] in terms(row["example"], Form.WORDS)
    assert row["text"] != row["example"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025年", ["2025", "年"]),
        ("占79.4%", ["占", "79", "79.4", "%"]),
        ("占７９．４％", ["占", "79", "79.4", "%"]),
        ("1,234人", ["1234", "1", "234", "人"]),
        ("1,234,567.89元", ["1234567.89", "1234567", "1", "234", "567.89", "元"]),
        ("１，２３４人", ["1234", "1", "234", "人"]),
        ("2019,100人", ["2019", "100", "人"]),
        ("1,23人", ["1", "23", "人"]),
        ("1,2345人", ["1", "2345", "人"]),
        ("1,234,5人", ["1", "234", "5", "人"]),
        ("0.5‰", ["0", "0.5", "‰"]),
        ("5-15户", ["5", "15", "户"]),
        ("2025.06.30", ["2025", "06", "30"]),
        ("2023-08-14", ["2023", "08", "14"]),
        ("RISC-V", ["risc", "v"]),
        ("5G基站", ["5g", "基站"]),
        ("1+2+N+X", ["1", "2", "n", "x"]),
        ("Ｘ县", ["x", "县"]),
        ("⼀、⼆", ["一", "二"]),
        ("snake_case", ["snake", "case"]),
        ("བོད་", ["བ", "ད"]),
        ("，。！\n\t", []),
        ("", []),
    ],
)
def test_what_is_not_chinese_is_cut_by_our_own_rules(text: str, expected: list[str]) -> None:
    assert strings(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("网格员350人", ["网格", "格员", "350", "人"]), ("县", ["县"]), ("ab中", ["ab", "中"]), ("一二三四", ["一二", "二三", "三四"])],
)
def test_pairs_overlap_within_a_run_and_never_reach_over_its_end(text: str, expected: list[str]) -> None:
    assert strings(text, Form.GRAMS) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("79.4%", ["79.4", "%"]), ("79", ["79"]), ("1,234", ["1234"]), ("１２３４．５", ["1234.5"]), ("1,234.5", ["1234.5"])],
)
def test_a_search_asks_for_a_number_in_one_way(asked: str, expected: list[str]) -> None:
    for form in (Form.WORDS, Form.GRAMS):
        assert terms(asked, form) == expected


def test_in_a_phrase_a_number_is_what_is_printed() -> None:
    assert strings("占79.4%，1,234人", Form.CHARS) == terms("占79.4%，1,234人", Form.CHARS) == ["占", "79.4", "%", "1", "234", "人"]


def test_single_characters_are_chinese_ones_and_whole_runs_of_others() -> None:
    assert strings("专职網格员350人，占79.4％", Form.CHARS) == ["专", "职", "网", "格", "员", "350", "人", "占", "79.4", "%"]


@pytest.mark.parametrize("hostile", ["中", "1", "1.", "a", "%", "，", "\0", "\ud800", "㎡", "ﷺ", "中a", "é"])
@pytest.mark.parametrize("form", list(Form))
def test_hostile_repetition_takes_linear_time_and_loses_nothing(hostile: str, form: Form) -> None:
    started = time.process_time()
    tokens = terms(hostile * 50_000, form)
    assert time.process_time() - started < 5
    assert max(map(len, tokens), default=0) <= analysis.MAX_TOKEN
    if form is not Form.GRAMS:
        assert (
            sum(map(len, tokens)) == 50_000 * sum(char.isalnum() or char == "%" for char in fold(hostile)) - 50_000 * (hostile == "1.") * 0
        )


def test_threads_may_cut_at_once() -> None:
    text = "".join(path.read_text("utf-8") for path in SAMPLES[:2])
    with ThreadPoolExecutor(4) as pool:
        assert len({tuple(found) for found in pool.map(lambda _: terms(text, Form.WORDS), range(8))}) == 1


@given(
    st.text(alphabet="网格员走访 积分制79.4%aＡ，\n𠀀"),
    st.sets(st.sampled_from(["网格员", "走访", "积分制", "网格", "分制", "𠀀"])),
    st.sets(st.sampled_from(["79.4", "a", "%"])),
)
def test_looking_for_some_words_finds_those_of_all(text: str, han: set[str], others: set[str]) -> None:
    assert analysis.words(text, han) == [token for token in analysis.words(text) if token.text in han]
    assert analysis.grams(text, han) == [token for token in analysis.grams(text) if token.text in han]
    some = han | others
    assert analysis.words(text, some) == [token for token in analysis.words(text) if token.text in some]
    assert analysis.grams(text, some) == [token for token in analysis.grams(text) if token.text in some]
    many = some | {f"w{number}" for number in range(40)}
    assert analysis.words(text, many) == analysis.words(text, some)
