"""What the service says of how a query was read, and what it finds by it."""

from typing import Any

import pytest

from tests.graphql.world import ask, refusal

ASKED = """query(
  $query: String!, $match: MatchMode = AUTO, $synonyms: Boolean = true, $filter: SearchFilter, $first: Int = 100, $after: String
) {
  search(query: $query, match: $match, synonyms: $synonyms, filter: $filter, first: $first, after: $after) {
    totalCount
    pageInfo { endCursor hasNextPage }
    nodes { __typename ... on Document { id title } ... on Fact { id quote place { name } } ... on Statistic { value unit subject } }
    edges { highlights { text ranges { start end } } }
    reading { text match notes { code message }
      clauses { text range { start end } kind excluded label synonyms notes { code message } } }
  }
}"""


def found(query: str, **more: Any) -> Any:
    return ask(ASKED, query=query, **more)["search"]


def clauses(query: str, **more: Any) -> Any:
    return found(query, **more)["reading"]["clauses"]


def codes(query: str, **more: Any) -> list[str]:
    reading = found(query, **more)["reading"]
    return [note["code"] for one in (reading, *reading["clauses"]) for note in one["notes"]]


def test_each_clause_is_told_with_its_range_and_a_label() -> None:
    query = "地区：林芝市  网格员>300 -“双联户长” 党员"
    told = clauses(query)
    assert [(one["kind"], one["label"]) for one in told] == [
        ("FIELD", "地区：林芝市"),
        ("FIGURE", "数据：网格员＞300"),
        ("PHRASE", "不含“双联户长”"),
        ("WORDS", "包含“党员”"),
    ]
    assert all(query[one["range"]["start"] : one["range"]["end"]] == one["text"] for one in told)
    assert [one["excluded"] for one in told] == [False, False, True, False]


def test_what_is_read_again_finds_the_same() -> None:
    once = found("网格员  >=  300人   地区: 林芝市")
    again = found(once["reading"]["text"])
    assert [one["label"] for one in again["reading"]["clauses"]] == [one["label"] for one in once["reading"]["clauses"]]
    assert again["nodes"] == once["nodes"] != []


@pytest.mark.parametrize("name", ["林芝市", "林芝", "540400", "PLACE-540400", "西藏林芝市", "西藏自治区林芝市"])
def test_a_place_is_known_by_short_names_paths_and_codes(name: str) -> None:
    one = found(f"地区:{name} 网格员")
    assert one["reading"]["clauses"][0]["label"] == "地区：林芝市"
    assert one["totalCount"] == found("网格员", filter={"placeIds": ["PLACE-540400"]})["totalCount"] > 0


def test_of_several_places_with_one_name_all_are_taken_and_it_is_said() -> None:
    (clause,) = clauses("地区:鼓楼区")
    (note,) = clause["notes"]
    assert note["code"] == "AMBIGUOUS_PLACE"
    assert "江苏省南京市鼓楼区" in note["message"]


def test_values_of_one_field_are_joined_by_or_and_fields_by_and() -> None:
    both = found("地区:林芝市、日喀则市 网格员")["totalCount"]
    assert both == found("网格员", filter={"placeIds": ["PLACE-540400", "PLACE-540200"]})["totalCount"]
    assert both > found("地区:林芝市 网格员")["totalCount"] > found("地区:林芝市 类别:数据 网格员")["totalCount"] > 0


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("主题:网格化管理", {"themeIds": ["THEME-grid-management"]}),
        ("主题:网格治理", {"themeIds": ["THEME-grid-management"]}),
        ("类别:问题", {"unitKinds": ["PROBLEM"]}),
        ("类别:短板|建议", {"unitKinds": ["PROBLEM", "RECOMMENDATION"]}),
        ("类别:PROBLEM", {"unitKinds": ["PROBLEM"]}),
        ("类型:典型案例", {"genres": ["CASE"]}),
        ("kind:数据", {"types": ["STATISTIC"]}),
        ("年份:2025", {"years": [2025]}),
        ("年份:2016-2018", {"years": [2016, 2017, 2018]}),
        ("做法:“书记项目”", {"practices": ["书记项目"]}),
        ("状态:试用中", {"practiceStates": ["TRIAL"]}),
        ("指标:网格管理员", {"figure": {"indicators": ["网格员"]}}),
        ("来源:003_00cfb12b3edd994b.txt", {"sources": ["003_00cfb12b3edd994b.txt"]}),
    ],
)
def test_a_field_finds_what_its_filter_finds(query: str, same: Any) -> None:
    assert found(query)["totalCount"] == found("", filter=same)["totalCount"] > 0


def test_years_may_be_open_at_one_end() -> None:
    since = found("年份:2021以来")["totalCount"]
    assert since == found("年份>=2021")["totalCount"] == found("年份:2021年以后")["totalCount"] > 0
    assert found("年份<2021")["totalCount"] > 0
    assert found("年份:2020以前")["totalCount"] == found("年份<=2020")["totalCount"] == found("年份<2021")["totalCount"]


def test_a_field_can_be_left_out() -> None:
    assert found("网格员 -地区:林芝市")["totalCount"] == found("网格员")["totalCount"] - found("网格员 地区:林芝市")["totalCount"]


def test_alternatives_may_be_of_different_kinds() -> None:
    either = found("类别:问题 OR 类别:建议")["totalCount"]
    assert either == found("类别:问题、建议")["totalCount"]
    mixed = found("地区:林芝市 OR “枫桥经验”")["totalCount"]
    assert max(found("地区:林芝市")["totalCount"], found("“枫桥经验”")["totalCount"]) <= mixed


@pytest.mark.parametrize(
    ("query", "value", "left"),
    [
        ("地区:沙河屯子县 网格员", "沙河屯子县", "网格员"),
        ("主题:量子计算 网格员", "量子计算", "网格员"),
        ("类别:随笔 网格员", "随笔", "网格员"),
    ],
)
def test_a_value_that_nothing_is_known_of_is_read_as_words(query: str, value: str, left: str) -> None:
    told = clauses(query)
    assert (told[0]["kind"], told[0]["label"]) == ("WORDS", f"包含“{value}”")
    assert [note["code"] for note in told[0]["notes"]] == ["UNKNOWN_VALUE"]
    assert value in told[0]["notes"][0]["message"]
    assert found(query)["totalCount"] == found(f"{value} {left}")["totalCount"]


def test_beside_a_known_value_an_unknown_one_is_ignored() -> None:
    assert codes("地区:林芝市、沙河屯子县") == ["UNKNOWN_VALUE"]
    assert found("地区:林芝市、沙河屯子县")["totalCount"] == found("地区:林芝市")["totalCount"]


def test_a_condition_on_a_figure_finds_figures_and_says_so() -> None:
    one = found("网格员>=300人")
    assert {node["__typename"] for node in one["nodes"]} == {"Statistic"}
    assert sorted(node["value"] for node in one["nodes"]) == [350, 399, 16000]
    assert codes("网格员>=300人") == ["FIGURES_ONLY"]


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("网格员>350人", [399, 16000]),
        ("网格员>=350名", [350, 399, 16000]),
        ("网格员=399", [399]),
        ("网格员 300-400人", [350, 399]),
        ("网格员≥1.6万名", [16000]),
        ("网格员≥一万六千名", [16000]),
        ("面积>=500万公顷", [65000]),
        ("面积≥6.5万平方公里", [65000]),
        ("面积>6.5万平方公里", []),
        ("边境线>=30万米", [369]),
        ("网格管理员人数>=300人", [350, 399, 16000]),
        ("网格员>=300户", []),
        ("网格员中党员>=200人", [278]),
    ],
)
def test_bounds_are_met_in_whatever_unit_a_figure_is_printed(query: str, values: list[float]) -> None:
    assert sorted(node["value"] for node in found(query)["nodes"]) == values


def test_what_merely_has_a_part_that_is_called_so_is_left_out() -> None:
    assert 278 not in [node["value"] for node in found("网格员>=200人")["nodes"]]


def test_a_subject_that_no_figure_has_is_told() -> None:
    assert codes("飞船>=3艘") == ["UNKNOWN_SUBJECT"]
    assert found("飞船>=3艘")["totalCount"] == 0


def test_a_figure_can_be_left_out_or_be_one_of_two() -> None:
    assert found("类别:数据 -网格员>=300人")["totalCount"] == found("类别:数据")["totalCount"] - 3
    assert found("网格员>=1万人 OR 合作社>=50家")["totalCount"] == 2


def test_exact_synonyms_are_looked_for_and_shown() -> None:
    (clause,) = clauses("联户长")
    assert "双联户长" not in clause["synonyms"]  # it holds the word, and is found by it
    (clause,) = clauses("群众满意率")
    assert clause["synonyms"] == ["群众满意度"]
    assert clause["label"] == "包含“群众满意率”或“群众满意度”"
    assert [note["code"] for note in clause["notes"]] == ["SYNONYMS"]
    assert found("群众满意率")["totalCount"] > found("群众满意率", synonyms=False, match="ALL")["totalCount"]


@pytest.mark.parametrize("query", ["“群众满意率”", "-群众满意率", "群众满意率的提升", "题名:群众满意率"])
def test_phrases_and_what_is_left_out_are_never_widened(query: str) -> None:
    assert all(one["synonyms"] == [] for one in clauses(query))


def test_synonyms_can_be_switched_off() -> None:
    (clause,) = clauses("群众满意率", synonyms=False)
    assert clause["synonyms"] == []
    assert clause["notes"] == []


def test_a_highlight_marks_what_was_found_by_a_synonym() -> None:
    pieces = [piece for edge in found("群众满意率")["edges"] for piece in edge["highlights"]]
    marked = {piece["text"][span["start"] : span["end"]] for piece in pieces for span in piece["ranges"]}
    assert any("满意度" in words for words in marked)


def test_words_of_a_question_are_left_out_and_it_is_said() -> None:
    assert "ASKING_WORDS" in codes("村规民约怎么修订")
    assert found("村规民约怎么修订")["totalCount"] == found("村规民约 修订")["totalCount"]
    assert codes("怎么") == []
    assert codes("村规民约怎么修订", match="ALL") == []


def test_where_too_little_holds_every_word_any_is_taken_and_it_is_said() -> None:
    one = found("区块链 网格员")
    assert one["reading"]["match"] == "ANY"
    assert [note["code"] for note in one["reading"]["notes"]] == ["ANY_WORD"]
    assert one["totalCount"] == found("区块链 网格员", match="ANY")["totalCount"] > 0
    assert found("区块链 网格员", match="ALL")["totalCount"] == 0
    assert found("网格员 党员")["reading"]["match"] == "ALL"
    assert found("网格员 党员")["reading"]["notes"] == []


def test_what_holds_every_word_comes_first_when_any_is_taken() -> None:
    whole = [node["id"] for node in found("驻寺机构 党建", match="ALL")["nodes"]]
    relaxed = [node["id"] for node in found("驻寺机构 党建")["nodes"]]
    assert 0 < len(whole) < 3 <= len(relaxed)
    assert set(relaxed[: len(whole)]) == set(whole)


def test_all_pages_of_a_list_match_alike() -> None:
    whole = found("区块链 网格员")["totalCount"]
    paged: list[str] = []
    after = None
    for _ in range(whole):
        page = found("区块链 网格员", first=15, after=after)
        assert page["reading"]["match"] == "ANY"
        assert page["totalCount"] == whole
        paged += [node["id"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(set(paged)) == len(paged) == whole


@pytest.mark.parametrize("query", ["网格员 地区:", '网格员 "', "网格员 OR", "网格员 >=", "网格员 、", "网格员 -"])
def test_what_is_only_half_typed_finds_what_stands_before_it(query: str) -> None:
    assert found(query)["nodes"] == found("网格员")["nodes"]


def test_figures_and_practices_tell_their_reading_too() -> None:
    read = "reading { text clauses { kind } }"
    data = ask(f'{{ practices(query: "“书记项目”") {{ {read} }} figures(subject: "网格员") {{ {read} }} }}')
    assert [one["kind"] for one in data["practices"]["reading"]["clauses"]] == ["PHRASE"]
    assert data["figures"]["reading"] == {"text": "", "clauses": []}


def test_each_figure_takes_a_search_so_there_are_only_so_many() -> None:
    asked = "query($query: String!) { search(query: $query) { totalCount } }"
    assert ask(asked, query="网格员>3人 " * 10)
    assert refusal(asked, query="网格员>3人 " * 11)[0] == "BAD_REQUEST"
