"""What is said where nothing holds all that was typed, and of words that are misspelt."""

import asyncio
from typing import Any

import pytest

from schema.context import Services
from schema.known_authors import known_authors
from schema.vocabulary import vocabulary
from search.criteria import SearchRequest
from search.port import SearchPage
from tests.graphql.world import ask, execute, services

ASKED = """query($query: String!, $match: MatchMode = ALL, $filter: SearchFilter) {
  search(query: $query, match: $match, filter: $filter) {
    totalCount
    nothingFound { clauses { text range { start end } alone without } filters { field label without } relaxed { text count } message }
    didYouMean { text count replaced replacement }
  }
}"""


def found(query: str, **more: Any) -> Any:
    return ask(ASKED, query=query, **more)["search"]


def total(query: str, **more: Any) -> int:
    return int(found(query, **more)["totalCount"])


def test_nothing_is_said_where_something_is_found() -> None:
    assert found("网格员")["nothingFound"] is None
    assert found("")["nothingFound"] is None


def test_each_clause_tells_what_it_finds_alone_and_what_is_found_without_it() -> None:
    told = found("区块链 网格员 党员")["nothingFound"]
    assert [(one["text"], one["alone"], one["without"]) for one in told["clauses"]] == [
        ("区块链", 0, total("网格员 党员")),
        ("网格员", total("网格员"), 0),
        ("党员", total("党员"), 0),
    ]
    assert told["relaxed"] == {"text": "网格员 党员", "count": total("网格员 党员")}
    assert "“区块链”" in told["message"]


def test_what_would_be_found_is_found() -> None:
    for query in ("区块链 网格员", "地区:台州市 网格员", "网格员>=50万人 党员", "年份:1998 书记项目", "夜校 乡镇 仁布县 嘎查村"):
        relaxed = found(query)["nothingFound"]["relaxed"]
        assert relaxed["count"] == total(relaxed["text"]) > 0, query


def test_clauses_that_are_only_never_together_are_told_apart_from_words_that_stand_nowhere() -> None:
    told = found("嘎查村 养羊合作社")["nothingFound"]
    assert all(one["alone"] for one in told["clauses"])
    assert "没有一条同时满足" in told["message"]


def test_a_single_clause_is_told_word_by_word() -> None:
    query = "量子计算机 "
    told = found(query)["nothingFound"]
    assert len(told["clauses"]) > 1
    assert all(query[one["range"]["start"] : one["range"]["end"]] == one["text"] for one in told["clauses"])


def test_a_filter_in_the_way_is_told() -> None:
    told = found("网格员", filter={"placeIds": ["PLACE-331000"], "types": ["STATISTIC"]})["nothingFound"]
    within = total("网格员", filter={"types": ["STATISTIC"]})
    assert told["filters"] == [
        {"field": "types", "label": "类型", "without": 0},
        {"field": "placeIds", "label": "地区", "without": within},
    ]
    assert f"去掉筛选“地区”有{within}条" in told["message"]


def test_alternatives_are_told_together_and_exclusions_too() -> None:
    told = found("区块链 OR 元宇宙 网格员")["nothingFound"]
    assert [one["text"] for one in told["clauses"]] == ["区块链 OR 元宇宙", "网格员"]
    told = found("网格员 -网格员")["nothingFound"]
    assert told["clauses"][1]["without"] == total("网格员")
    assert told["relaxed"]["text"] == "网格员"


def test_where_any_word_was_taken_it_is_told_for_all_of_them() -> None:
    relaxed = found("区块链 网格员", match="AUTO")
    assert relaxed["totalCount"] > 0
    assert relaxed["nothingFound"] == found("区块链 网格员")["nothingFound"]


@pytest.mark.parametrize("query", ["甲乙丙丁戊己庚辛", "𠀀𠀁 𠀂", "量子 -网格员", "OR", "飞船>=3艘"])
def test_whatever_finds_nothing_has_an_answer(query: str) -> None:
    one = found(query)
    assert (one["nothingFound"] is None) == (one["totalCount"] > 0)
    assert one["nothingFound"] is None or one["nothingFound"]["message"]


@pytest.mark.parametrize("query", ["书记项目 值", "值", "网 区块链"])
def test_a_character_that_stands_only_inside_words_is_not_called_absent(query: str) -> None:
    message = found(query)["nothingFound"]["message"]
    char = next(one for one in query.split() if len(one) == 1)
    assert f"没有“{char}”" not in message
    assert f"“{char}”只在别的词里出现" in message
    assert total(f"“{char}”") > 0


def test_a_character_that_stands_nowhere_is() -> None:
    assert "库中没有“𠀀”" in found("网格员 𠀀")["nothingFound"]["message"]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("网格员 9.9万", "库中没有“9.9万”；"),
        ("网格员9.9万", "库中没有“9.9万”；"),
        ("9.9万", "库中没有“9.9万”"),
        ("次仁片少", "库中没有“次仁片少”"),
        ("abc<script>script", "库中没有“abc”、“script”"),
        ("a" * 500, "库中没有“aaaaaaaaaaaaaaaaaaaa…”"),
    ],
)
def test_what_is_missing_is_named_once_as_it_was_typed(query: str, message: str) -> None:
    told = found(query)["nothingFound"]
    assert told["message"].startswith(message)
    assert told["relaxed"] is None or told["relaxed"]["text"] == "网格员"


@pytest.mark.parametrize("query", ["1.6万", "网格员 1.6万", "网格员1.6万", "5930万", "6.5万", "18万", "１．６万"])
def test_a_number_of_ten_thousands_is_found_whatever_is_counted_behind_it(query: str) -> None:
    one = found(query)
    assert one["totalCount"] > 0
    assert one["nothingFound"] is None


@pytest.mark.parametrize("query", ["超过9999人", "1923年6月18日", "𠀀 人", "1人 𠀀𠀁", "𠀀 的人"])
def test_what_nearly_everything_holds_is_never_offered(query: str) -> None:
    assert found(query)["nothingFound"]["relaxed"] is None


class Counting:
    """The engine of the tests, with its searches counted."""

    def __init__(self) -> None:
        self.searches = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(services().engine, name)

    async def search(self, request: SearchRequest) -> SearchPage:
        self.searches += 1
        return await services().engine.search(request)


def searches(selected: str, query: str, **filters: Any) -> int:
    from schema.context import Context
    from tests.graphql.world import schema

    engine = Counting()
    asked = f"query($query: String!, $filter: SearchFilter) {{ search(query: $query, match: ALL, filter: $filter) {{ {selected} }} }}"
    context = Context.of(Services(engine=engine, gazetteer=services().gazetteer))  # type: ignore[arg-type]
    asyncio.run(known_authors(context.services))  # read once until something is written
    engine.searches = 0
    result = asyncio.run(schema().execute(asked, variable_values={"query": query, "filter": filters}, context_value=context))
    assert not result.errors
    return engine.searches


def test_it_costs_a_bounded_number_of_searches_and_none_where_it_is_not_asked_for() -> None:
    filters = {"types": ["STATISTIC"], "placeIds": ["PLACE-331000"], "years": [1998], "genres": ["NEWS"]}
    query = "区块链 元宇宙 量子 飞船 火箭 卫星"
    assert searches("totalCount", query, **filters) == 1
    assert searches("nothingFound { message }", query, **filters) <= 1 + 11
    assert searches("didYouMean { text }", "网络员 书计项目 村规名约 积份超市 双连户 往格化", **filters) <= 1 + 1 + 8
    assert searches("nothingFound { message }", "区块链 元宇宙 " * 10) <= 1 + 4
    assert searches("didYouMean { text }", "一不少于" * 125) <= 1 + 1 + 8
    assert searches("didYouMean { text }", "往格化 " * 98) <= 1 + 1 + 8


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("网络员", "网格员"),  # one character off
        ("书计项目", "书记项目"),  # sounds alike
        ("红色往格", "红色网格"),
        ("兼职网络员 -党员", "兼职网格员 -党员"),
        ("聂拉木县的书计项目", "聂拉木县的书记项目"),
        ("地区:聂拉目县", "地区:聂拉木县"),
        ("地区:“聂拉目县”、台州市", "地区:“聂拉木县”、台州市"),
        ("网络员>=300人", "网格员>=300人"),
        ("作者:索郎琼珠", "作者:索朗琼珠"),
        ("做法:书计项目", "做法:书记项目"),
        ("wanggeyuan", "网格员"),  # letters that are no word are taken for its sound
        ("linzhi", "林芝市"),
        ("地区:linzhi", "地区:林芝市"),
        ("cirenpianduo", "次仁片多"),
    ],
)
def test_a_word_that_stands_nowhere_leads_to_one_like_it(query: str, text: str) -> None:
    suggestion = found(query)["didYouMean"]
    assert suggestion["text"] == text
    assert suggestion["count"] == total(text) > 0
    assert query.replace(suggestion["replaced"], suggestion["replacement"]) == text


@pytest.mark.parametrize(
    "query",
    [
        "",
        "网格员",
        "书记项目",
        "“书计项目”",
        "-书计项目",
        "区块链",
        "量子计算机",
        "的",
        "a",
        "基层治理",
        "http://a.b",
        "𠀀𠀁𠀂",
        "300",
        "地区:台州市",
        "abcd",
        "lin",
        "网格员≠350",
        "网格员!=350",
    ],
)
def test_nothing_is_suggested_for_known_words_nor_for_what_is_like_no_other(query: str) -> None:
    assert found(query)["didYouMean"] is None


def test_the_same_is_suggested_each_time() -> None:
    assert found("网络员")["didYouMean"] == found("网络员")["didYouMean"]


def test_the_words_of_the_archive_are_read_once_until_something_is_written() -> None:
    async def twice() -> bool:
        return await vocabulary(services()) is await vocabulary(services())

    assert asyncio.run(twice())


def test_figures_without_a_hit_name_the_filter() -> None:
    asked = """{ figures(subject: "网格员", filter: {placeIds: ["PLACE-331000"]}) {
      totalCount nothingFound { clauses { text } filters { field without } } didYouMean { text } } }"""
    data, errors = execute(asked)
    assert not errors
    assert data["figures"]["nothingFound"]["clauses"] == []
    assert data["figures"]["nothingFound"]["filters"][0]["without"] > 0
    assert data["figures"]["didYouMean"] is None
