"""Traditional characters find simplified text and the other way round; simplified text stays as it is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.places import gazetteer
from search import analysis, traditional
from search.analysis import Form, fold, terms
from search.criteria import Text
from search.highlight import fragments, wanted
from tests.support import SAMPLES

written = st.text() | st.text(st.sampled_from("網格員乾於薴苧裏裡Ａ豈更\ufa10网\U0002f9f4"))


@pytest.mark.parametrize(
    ("printed", "asked"),
    [
        ("網格員", "网格员"),
        ("縣裏的幹部", "县里的干部"),
        ("發展與頭髮", "发展与头发"),
        ("後勤、皇后", "后勤、皇后"),
        ("什麼週期", "什么周期"),
        ("關於臺賬", "关于台账"),
        ("東鄉族自治縣", "东乡族自治县"),
        ("ＮＥＴ網格員３５０名", "net网格员350名"),
    ],
)
def test_traditional_text_and_simplified_text_give_the_same_tokens(printed: str, asked: str) -> None:
    for form in Form:
        assert terms(printed, form) == terms(asked, form)


@pytest.mark.parametrize("row", traditional.kept(), ids=lambda row: row["text"])
def test_a_character_is_kept_where_simplified_text_has_it_in_another_meaning(row: dict[str, str]) -> None:
    assert row["text"] in row["example"]
    assert fold(row["example"]) == row["example"]
    assert row["example"].replace(row["text"], row["folded"]) in row["mistaken"]
    assert row["text"] not in traditional.simplified()


def test_which_of_two_characters_is_meant_is_not_decided() -> None:
    for left in ("著名", "沿著", "瞭望", "瞭解", "覆盖", "慰藉"):
        assert fold(left) == left


@given(written)
def test_folding_leaves_nothing_to_fold_and_takes_nothing_away(text: str) -> None:
    folded = fold(text)
    assert len(folded) >= len(text)
    assert not any(char in traditional.simplified() for char in folded)
    kept = [char for char in text if char not in traditional.simplified()]
    plain = [unicodedata.normalize("NFKC", char).lower() for char in kept]
    assert [fold(char) for char in kept if len(fold(char)) == 1] == [fold(one) for one in plain if len(one) == 1]


def test_every_form_is_one_character_that_is_folded_no_further() -> None:
    table = traditional.simplified()
    assert len(table) > 3_000
    for one, form in table.items():
        assert (len(one), len(form)) == (1, 1)
        assert fold(one) == fold(form) == form


def test_simplified_text_stays_as_it_is() -> None:
    for path in SAMPLES:
        text = path.read_text("utf-8")
        assert not set(text) & set(traditional.simplified())


def test_no_two_counties_get_one_name() -> None:
    names = {place.name for place in gazetteer().upper()}
    assert len(names) > 3_000
    assert len({fold(name) for name in names}) == len(names)


def test_marks_stand_in_the_text_as_it_is_printed() -> None:
    [piece] = fragments("全縣配備網格員三百名。", wanted(Text("网格员", {"unit_words": 1.0})))
    assert [piece.text[start:end] for start, end in piece.ranges] == ["網格員"]


def test_another_table_is_another_fingerprint(monkeypatch: pytest.MonkeyPatch) -> None:
    before = analysis.fingerprint.__wrapped__()
    monkeypatch.setattr(traditional, "version", lambda name: "0")
    assert analysis.fingerprint.__wrapped__() != before
