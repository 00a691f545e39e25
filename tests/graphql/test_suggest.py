"""Suggestions as one types, over the samples."""

from typing import Any

import pytest

from schema.known_names import typed_as
from schema.name_index import SuggestionKind
from tests.graphql.made import add, archive_of, ask_of
from tests.graphql.world import ask, refusal

ASKED = """query($prefix: String!, $first: Int! = 50) {
  suggest(prefix: $prefix, first: $first) { text kind label count input matched { start end } }
}"""
READ = """query($query: String!) {
  search(query: $query, match: ALL, synonyms: false) { totalCount reading { clauses { kind notes { code } } } }
}"""


def suggested(prefix: str, **more: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(ASKED, prefix=prefix, **more)["suggest"]
    return found


@pytest.mark.parametrize("prefix", ["书记", "sjxm", "shujixiangmu"])
def test_practices_indicators_and_themes_of_one_name_are_told_apart(prefix: str) -> None:
    kinds = {one["kind"]: (one["label"], one["input"]) for one in suggested(prefix) if one["text"] == "书记项目"}
    assert kinds["PRACTICE"] == ("做法与系统", "做法:书记项目")
    assert kinds["THEME"] == ("主题", "主题:书记项目")


@pytest.mark.parametrize("prefix", ["聂拉", "nielamu", "nlm", "nlmx"])
def test_places_are_found_by_name_and_sound(prefix: str) -> None:
    (place,) = [one for one in suggested(prefix) if one["kind"] == "PLACE"]
    assert (place["text"], place["input"]) == ("聂拉木县", "地区:聂拉木县")
    assert place["count"] > 0


def test_places_with_documents_come_first_and_others_are_there_too() -> None:
    places = [one for one in suggested("林") if one["kind"] == "PLACE"]
    assert places[0]["text"] == "林芝市"
    assert places[0]["count"] > places[1]["count"] == 0


def test_places_with_one_name_are_shown_with_what_lies_above_and_found_one_by_one() -> None:
    places = suggested("鼓楼区")
    assert {one["text"] for one in places} == {"江苏省南京市鼓楼区", "江苏省徐州市鼓楼区", "福建省福州市鼓楼区", "河南省开封市鼓楼区"}
    for one in places:
        assert [one["text"][span["start"] : span["end"]] for span in one["matched"]] == ["鼓楼区"]
        (clause,) = ask(READ, query=one["input"])["search"]["reading"]["clauses"]
        assert (clause["kind"], clause["notes"]) == ("FIELD", [])


def test_titles_are_found_by_their_beginning_by_what_they_hold_and_by_sound() -> None:
    for prefix in ("党建引领边", "边疆民族", "djylbj", "dangjianyinlingbian"):
        titles = [one["text"] for one in suggested(prefix) if one["kind"] == "TITLE"]
        assert titles == ["党建引领边疆民族地区基层治理探索实践"]


def test_what_is_suggested_is_read_as_such_and_finds_as_many_items_as_it_says() -> None:
    seen = 0
    for prefix in ("网", "党", "书", "基层", "聂", "林", "数", "组织", "双", "志愿", "互联网"):
        for one in suggested(prefix):
            if one["kind"] in ("PRACTICE", "INDICATOR", "PLACE", "THEME"):
                search = ask(READ, query=one["input"])["search"]
                assert [clause["kind"] for clause in search["reading"]["clauses"]] == ["FIELD"], one
                assert search["totalCount"] == one["count"], one
                seen += 1
    assert seen > 50


def test_subjects_and_titles_find_what_they_name() -> None:
    seen = 0
    for prefix in ("网", "党", "干", "村", "群", "户", "支部", "书"):
        for one in suggested(prefix):
            if one["kind"] in ("SUBJECT", "TITLE"):
                assert ask(READ, query=one["input"])["search"]["totalCount"] >= 1, one
                seen += 1
    assert seen > 10


def test_no_reprint_is_suggested_or_counted() -> None:
    text = (
        "关于网格化治理的调研报告\n\n聂拉木县委组织部\n\n"
        + "聂拉木县推行“红心网格”工作法，由网格员逐户走访，收集群众诉求，分类办理并当场答复。" * 3
    )
    twice = archive_of(text, text + "\n（来源：本报）")
    (title,) = ask_of(twice, ASKED, prefix="关于网格")["suggest"]
    assert title["count"] == 1


def test_what_is_written_later_is_suggested_at_once() -> None:
    archive = archive_of("甲镇推行积分制的调研报告\n\n聂拉木县委组织部\n\n聂拉木县推行积分制，群众按月兑换。")
    assert ask_of(archive, ASKED, prefix="乙镇")["suggest"] == []
    add(archive, "乙镇建设夜校的调研报告\n\n波密县委组织部\n\n波密县村村办起夜校，农闲时请技术员讲课。")
    assert [one["text"] for one in ask_of(archive, ASKED, prefix="乙镇")["suggest"]] == ["乙镇建设夜校的调研报告"]


@pytest.mark.parametrize("prefix", ["", "  ", "qqqq", "无此名称之物", "*", "%", "网.*"])
def test_what_nothing_is_called_suggests_nothing(prefix: str) -> None:
    assert suggested(prefix) == []


@pytest.mark.parametrize(("more", "says"), [({"first": 0}, "first"), ({"first": 51}, "first"), ({"prefix": "网" * 101}, "prefix")])
def test_too_much_is_refused(more: dict[str, Any], says: str) -> None:
    code, message = refusal(ASKED, **{"prefix": "网", **more})
    assert code == "BAD_REQUEST"
    assert says in message


@pytest.mark.parametrize("subject", ["300人以上企业", "5A级景区"])
def test_a_number_in_a_subject_is_no_condition(subject: str) -> None:
    (clause,) = ask(READ, query=typed_as(SuggestionKind.SUBJECT, subject))["search"]["reading"]["clauses"]
    assert clause["kind"] == "PHRASE"


@pytest.mark.parametrize("name", ["互联网+基层治理", "我来抓、我带头", "a|b", "1+1", "a:b", "-网格", "说“好”"])
def test_signs_of_the_search_language_in_a_name_are_only_signs(name: str) -> None:
    typed = typed_as(SuggestionKind.PRACTICE, name)
    (clause,) = ask(READ, query=typed)["search"]["reading"]["clauses"]
    assert clause["kind"] == "FIELD" or not clause["notes"]
