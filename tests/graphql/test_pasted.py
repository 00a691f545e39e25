"""Sentences that are pasted: their figures are conditions where some figure meets them, and words where none does."""

from typing import Any

import pytest

from tests.graphql.made import archive_of, ask_of
from tests.graphql.test_reading import ASKED

PASTED = """测试县乡村数字化调研报告

测试县现有乡村数字化专业人才不足50人，全县网格员超过300人，覆盖率90%以上。
全县村级集体经济收入低于30万元的村有12个。平均每个村不到0.3人。网格员配备率达到98.5%。
"""


def pasted(query: str, **more: Any) -> Any:
    return ask_of(archive_of(PASTED), ASKED, query=query, **more)["search"]


@pytest.mark.parametrize(
    "query",
    [
        "乡村数字化专业人才不足50人",
        "平均每个村不到0.3人",
        "村级集体经济收入低于30万元的村",
        "网格员配备率达到98.5%",
        "网格员超过300人",
        "全县网格员超过300人",
    ],
)
def test_a_sentence_that_is_pasted_is_found(query: str) -> None:
    nodes = pasted(query)["nodes"]
    assert nodes
    assert ask_of(archive_of(PASTED), NOTHING, query=query)["search"]["nothingFound"] is None


NOTHING = "query($query: String!) { search(query: $query) { nothingFound { message } } }"


def test_what_is_printed_as_less_than_a_number_is_below_it() -> None:
    assert [node.get("value") for node in pasted("乡村数字化专业人才<50人")["nodes"]] == [50]
    assert [node.get("value") for node in pasted("网格员>300人")["nodes"]] == [300]
    assert pasted("乡村数字化专业人才<49人")["nodes"] == []
    assert pasted("覆盖率>90%")["nodes"] == []  # 90%以上 may be 90% itself


def test_a_figure_that_nothing_meets_becomes_words_and_it_is_said() -> None:
    query = "全县网格员超过300人"
    told = pasted(query)["reading"]
    assert [one["label"] for one in told["clauses"]] == [f"包含“{query}”"]
    assert "FIGURE_AS_WORDS" in [note["code"] for note in told["clauses"][0]["notes"]]
    assert pasted(query, match="ALL")["nodes"] == []


@pytest.mark.parametrize(
    "query", ["网格员>=3000人", "网格员不少于3000人", "网格员超过3000人", "网格员>=300户", "飞船3艘以上", "党员 -网格员超过300人"]
)
def test_a_condition_that_nothing_meets_finds_nothing_where_the_words_do_not_stand_together(query: str) -> None:
    told = pasted(query)
    assert told["nodes"] == []
    assert "FIGURE_AS_WORDS" not in [note["code"] for one in told["reading"]["clauses"] for note in one["notes"]]


def test_all_pages_of_a_figure_that_became_words_match_alike() -> None:
    query, paged, after = "全县网格员超过300人", [], None
    whole = pasted(query)["totalCount"]
    for _ in range(whole):
        page = pasted(query, first=1, after=after)
        assert page["totalCount"] == whole
        paged += [node["id"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
    assert len(set(paged)) == whole > 0
