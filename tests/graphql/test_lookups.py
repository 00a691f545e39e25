"""Names, years and places that are typed otherwise than the lists print them."""

import pytest

from tests.graphql.test_reading import clauses, codes, found
from tests.graphql.world import ask


@pytest.mark.parametrize(("typed", "same"), [("ＧＤＰ", "GDP"), ("gdp", "GDP"), ("網格管理員", "网格管理员")])
def test_names_of_the_thesaurus_are_known_in_any_case_width_and_script(typed: str, same: str) -> None:
    assert clauses(typed)[0]["synonyms"] == clauses(same)[0]["synonyms"] != []
    assert found(typed)["totalCount"] == found(same)["totalCount"]
    assert found(f"指标:{typed}")["totalCount"] == found(f"指标:{same}")["totalCount"]
    asked = "query($name: String!) { indicators(name: $name) { term } }"
    assert ask(asked, name=typed) == ask(asked, name=same) != {"indicators": []}


def test_an_indicator_that_nothing_is_of_is_told() -> None:
    assert codes("指标:不存在指标") == ["UNKNOWN_VALUE"]
    assert codes("指标:网格员") == []


@pytest.mark.parametrize(
    ("typed", "label", "said"),
    [
        ("二〇二一", "2021", []),
        ("二零二一年", "2021", []),
        ("2021年6月", "2021", ["YEAR_ONLY"]),
        ("2021年6月18日", "2021", ["YEAR_ONLY"]),
        ("2021-06-18", "2021", ["YEAR_ONLY"]),
        ("2021.06", "2021", ["YEAR_ONLY"]),
        ("2021-", "2021年以来", []),
        ("2021及以后", "2021年以来", []),
        ("2022年以前", "2022年及以前", []),
        ("2022年及以前", "2022年及以前", []),
        ("二〇二一-二〇二三", "2021–2023", []),
    ],
)
def test_years_are_read_as_they_are_written(typed: str, label: str, said: list[str]) -> None:
    (clause,) = clauses(f"年份:{typed}")
    assert (clause["kind"], clause["label"]) == ("FIELD", f"年份：{label}")
    assert [note["code"] for note in clause["notes"]] == said


@pytest.mark.parametrize("typed", ["近5年", "2021-13", "21", "二十一", "20211", "2021.6.18.3", "去年"])
def test_what_needs_a_clock_or_is_no_year_is_told(typed: str) -> None:
    (clause,) = clauses(f"年份:{typed}", match="ALL")
    assert clause["kind"] == "WORDS"
    assert "年份请写成" in clause["notes"][0]["message"]


def test_the_whole_country_leaves_nothing_out() -> None:
    assert codes("地区:中国 党员") == ["WHOLE_COUNTRY"]
    assert found("地区:中国 网格员")["totalCount"] == found("网格员")["totalCount"]


def test_a_field_may_stand_apart_from_its_colon() -> None:
    assert [one["label"] for one in clauses("地区 : 林芝 网格员")] == [one["label"] for one in clauses("地区:林芝 网格员")]
    assert [one["kind"] for one in clauses("地址 : 林芝", match="ALL")] == ["WORDS", "IGNORED", "WORDS"]


def test_of_places_with_one_short_name_all_are_taken_and_it_is_said() -> None:
    assert codes("地区:朝阳") == ["AMBIGUOUS_PLACE"]
    assert clauses("地区:朝阳")[0]["label"] == "地区：朝阳区、朝阳市"


@pytest.mark.parametrize("name", ["台州", "林芝市", "西藏", "聂拉木县", "林芝"])
def test_a_word_that_is_the_name_of_a_place_gets_a_hint_and_finds_the_same(name: str) -> None:
    (clause,) = clauses(name)
    assert clause["kind"] == "WORDS"
    assert [note["code"] for note in clause["notes"]] == ["PLACE_NAME"]
    assert f"地区:{name}" in clause["notes"][0]["message"]


@pytest.mark.parametrize("query", ["网格员", "书记项目", "巴音", "林", "台州的网格员", "“台州”", "-“台州”", "地区:台州", "中国"])
def test_nothing_else_is_called_a_place(query: str) -> None:
    assert "PLACE_NAME" not in codes(query)
