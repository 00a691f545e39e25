"""Names are found by what somebody has typed of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.name_index import Name, NameIndex, SuggestionKind
from schema.pinyin_keys import MOST_READINGS, readings

COUNTED = {
    "网格员": 9,
    "网格化管理": 30,
    "专职网格员": 4,
    "王各庄": 0,
    "重庆市": 2,
    "乐山市": 1,
    "音乐节": 1,
    "绿色银行": 3,
    "“村BA”": 2,
    "GDP增长": 1,
    "互联网+督查": 5,
    "西安市": 6,
    "县长热线": 7,
}
NAMES = [Name(text, SuggestionKind.PRACTICE, count, text, len(text) - len(text.lstrip("“"))) for text, count in COUNTED.items()]
INDEX = NameIndex(NAMES)


def found(typed: str, most: int = 10) -> list[str]:
    return [one.name.text for one in INDEX.find(typed, most)]


def test_names_that_begin_so_come_before_those_that_hold_it_whatever_their_counts() -> None:
    assert found("网") == ["网格化管理", "网格员", "互联网+督查", "专职网格员"]
    assert found("网格员") == ["网格员", "专职网格员"]


@pytest.mark.parametrize(
    "typed", ["wanggeyuan", "WangGeYuan", "wang ge yuan", "wang'ge'yuan", "ｗａｎｇｇｅｙｕａｎ", "wanggey", "wgy", "WGY", "wanggy", "wgey"]
)
def test_pinyin_initials_and_both_find_a_name_in_any_case_and_with_any_gaps(typed: str) -> None:
    assert found(typed) == ["网格员"]


def test_half_of_a_syllable_is_enough() -> None:
    assert found("wangg") == ["网格化管理", "网格员", "王各庄"]
    assert found("wa") == ["网格化管理", "网格员", "王各庄"]


def test_names_that_sound_alike_are_ordered_by_use() -> None:
    assert found("wangge") == ["网格化管理", "网格员", "王各庄"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("chongqing", "重庆市"),
        ("leshan", "乐山市"),
        ("yinyue", "音乐节"),
        ("lvse", "绿色银行"),
        ("lsyh", "绿色银行"),
        ("cunba", "“村BA”"),
        ("村b", "“村BA”"),
        ("gdp", "GDP增长"),
        ("gdpzeng", "GDP增长"),
        ("hulianwangdu", "互联网+督查"),
    ],
)
def test_words_are_read_as_words_and_letters_stay_letters(typed: str, name: str) -> None:
    assert found(typed) == [name]


def test_letters_are_cut_into_syllables_in_each_way_that_is_possible() -> None:
    assert found("xian") == ["县长热线", "西安市"]


@pytest.mark.parametrize(
    "typed", ["", " ", "'", "zhongqing", "wanggeyin", "员格网", "angge", "网 格", "wgx", "v", "ü", "\ud800", "￥", "0", "wang-ge"]
)
def test_what_no_name_is_called_finds_nothing(typed: str) -> None:
    assert found(typed) == []


def test_characters_are_marked_where_they_stand_and_sounds_nowhere() -> None:
    assert [one.matched for one in INDEX.find("网格", 10)] == [((0, 2),), ((0, 2),), ((2, 4),)]
    assert [one.matched for one in INDEX.find("村BA", 10)] == [((1, 4),)]
    assert [one.matched for one in INDEX.find("wgy", 10)] == [()]


def test_a_name_is_compared_from_its_own_beginning_and_shown_with_what_lies_above() -> None:
    index = NameIndex([Name("江苏省南京市鼓楼区", SuggestionKind.PLACE, 0, "地区:江苏省南京市鼓楼区", 6)])
    assert [one.matched for one in index.find("鼓楼", 5)] == [((6, 8),)]
    assert [one.name.text for one in index.find("gulouq", 5)] == ["江苏省南京市鼓楼区"]
    assert index.find("江苏", 5) == []


def test_the_order_does_not_depend_on_how_names_came() -> None:
    assert [one.name for one in NameIndex(reversed(NAMES)).find("w", 20)] == [one.name for one in INDEX.find("w", 20)]


def test_an_empty_archive_suggests_nothing() -> None:
    assert NameIndex([]).find("网", 5) == NameIndex([]).find("wang", 5) == []


@given(st.sampled_from(NAMES), st.data())
def test_each_beginning_of_a_name_of_its_sound_and_of_its_initials_finds_it(name: Name, data: st.DataObject) -> None:
    text = name.text[name.start :]
    reading = data.draw(st.sampled_from(readings(text)))
    initials = "".join(syllable[0] for syllable in reading)
    mixed = "".join(data.draw(st.sampled_from((syllable, syllable[0]))) for syllable in reading)
    for whole in (text, "".join(reading), initials, mixed):
        typed = whole[: data.draw(st.integers(1, len(whole)))] if whole is not mixed else whole
        assert name.text in found(typed, len(NAMES))


@given(st.text(max_size=60), st.integers(1, 20))
def test_whatever_is_typed_no_name_comes_twice_and_no_more_than_asked_for(typed: str, most: int) -> None:
    names = found(typed, most)
    assert len(names) == len(set(names)) <= most


@given(st.text(alphabet="乐重行长单中国员a1 ，", max_size=40))
def test_readings_of_a_name_are_few_and_made_of_letters(name: str) -> None:
    assert len(readings(name)) <= MOST_READINGS
    assert all(syllable.isascii() and syllable.isalnum() for reading in readings(name) for syllable in reading)
