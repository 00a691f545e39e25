"""Items like one that is read, each with the reason."""

from typing import Any

import pytest

from search.analysis import Form, terms
from tests.graphql.made import archive_of, ask_of
from tests.graphql.world import ask, document_ids, refusal

ASKED = """query($id: ID!, $first: Int! = 20, $minScore: Float! = 0.25, $includeReprints: Boolean! = false) {
  similar(id: $id, first: $first, minScore: $minScore, includeReprints: $includeReprints) {
    score reason sharedWords sharedThemes { name }
    item { ... on Document { id } ... on KnowledgeUnit { id quote document { id } } ... on Practice { id name } }
  }
}"""
PAY = """网格员队伍建设调研报告

聂拉木县委组织部

一、存在的问题

（一）网格员待遇偏低。网格员每月补贴只有三百元，专职网格员流失严重，网格巡查无人接手，网格长疲于应付。

（二）网格员培训不足。网格员上岗前没有培训，网格巡查的要点不清，台账记录混乱。
"""
AGAIN = """网格员待遇保障调研报告

波密县委组织部

一、存在的问题

（一）网格员补贴不高。专职网格员补贴每月不到五百元，网格员流失较多，网格长反映网格巡查常常无人接手。
"""
ROAD = """农村公路养护调研报告

波密县委组织部

一、存在的问题

（一）养护资金短缺。沥青路面坑槽得不到修补，雨季塌方路段清理缓慢，护栏缺损。
"""


def like(identifier: str, **more: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(ASKED, id=identifier, **more)["similar"]
    return found


def ids_of(archive: Any, kind: str, query: str) -> list[str]:
    nodes = ask_of(archive, f'{{ search(query: "{query}", filter: {{types: [{kind}]}}) {{ nodes {{ ... on Node {{ id }} }} }} }}')
    return [node["id"] for node in nodes["search"]["nodes"]]


def reprint() -> str:
    (found,) = [
        one for one in document_ids() if ask("query($id: ID!) { document(id: $id) { reprintOf { id } } }", id=one)["document"]["reprintOf"]
    ]
    return found


def test_a_report_leads_to_those_on_the_same_matter_with_what_they_share() -> None:
    (start,) = [one for one in document_ids() if "d858abd5" in one]
    found = like(start)
    assert {one["reason"] for one in found[:3]} == {"TEXT"}
    assert all(len(one["sharedWords"]) >= 3 and one["score"] >= 0.25 for one in found if one["reason"] == "TEXT")
    assert "网格" in found[0]["sharedWords"]
    assert "组织体系建设" in {theme["name"] for theme in found[0]["sharedThemes"]}


def test_neither_the_item_nor_its_copies_are_among_what_is_like_it_unless_asked_for() -> None:
    copy = reprint()
    principal = ask("query($id: ID!) { document(id: $id) { reprintOf { id } } }", id=copy)["document"]["reprintOf"]["id"]
    for start, other in ((copy, principal), (principal, copy)):
        found = like(start)
        assert found
        assert not {copy, principal} & {one["item"]["id"] for one in found}
        (first, *rest) = like(start, includeReprints=True)
        assert (first["item"]["id"], first["reason"], first["score"]) == (other, "REPRINT", 1.0)
        assert [one["item"]["id"] for one in rest] == [one["item"]["id"] for one in found]


def test_a_unit_of_a_copy_is_the_same_unit_and_not_its_neighbour() -> None:
    copy = reprint()
    units = ask("query($id: ID!) { document(id: $id) { units(first: 100) { nodes { id quote } } } }", id=copy)["document"]["units"]["nodes"]
    paired = 0
    for unit in units[::4]:
        copies = [one["item"] for one in like(unit["id"], includeReprints=True) if one["reason"] == "REPRINT"]
        assert {terms(one["quote"], Form.WORDS) == terms(unit["quote"], Form.WORDS) for one in copies} <= {True}
        paired += len(copies)
    assert paired >= len(units[::4]) - 1


def test_units_are_like_units_of_other_documents_only() -> None:
    units = ask('{ search(query: "网格员", filter: {types: [KNOWLEDGE_UNIT]}) { nodes { ... on KnowledgeUnit { id document { id } } } } }')
    for unit in units["search"]["nodes"]:
        assert unit["document"]["id"] not in {one["item"]["document"]["id"] for one in like(unit["id"])}


def test_what_is_told_of_one_matter_in_two_counties_is_paired_and_what_is_not_is_alone() -> None:
    archive = archive_of(PAY, AGAIN, ROAD)
    (first, *_) = ids_of(archive, "KNOWLEDGE_UNIT", "网格员待遇偏低")
    (found, *_) = ask_of(archive, ASKED, id=first)["similar"]
    assert (found["reason"], found["item"]["quote"]) == ("TEXT", "网格员补贴不高")
    assert {"网格员", "补贴"} <= set(found["sharedWords"])
    (road, *_) = ids_of(archive, "KNOWLEDGE_UNIT", "养护资金短缺")
    assert [one for one in ask_of(archive, ASKED, id=road)["similar"] if one["reason"] == "TEXT"] == []


def test_two_documents_that_share_only_how_reports_are_written_are_not_alike() -> None:
    archive = archive_of(PAY, AGAIN, ROAD)
    (road, *_) = ids_of(archive, "DOCUMENT", "沥青路面")
    assert [one for one in ask_of(archive, ASKED, id=road)["similar"] if one["reason"] != "THEME"] == []


def test_a_practice_leads_to_the_same_practice_elsewhere() -> None:
    told = "{0}网格化治理调研报告\n\n{0}委组织部\n\n{0}推行“红心网格”工作法，网格员逐户走访，{1}。"
    here, there = (
        told.format("聂拉木县", "群众诉求当天登记"),
        told.format("波密县", "矛盾纠纷就地化解，并由驻村工作队每月汇总上报") + "\n" + "村里另有夜校。" * 9,
    )
    archive = archive_of(here, there, ROAD)
    first, second = ids_of(archive, "PRACTICE", "红心网格")
    (found,) = ask_of(archive, ASKED, id=first)["similar"]
    assert (found["item"]["id"], found["item"]["name"], found["reason"], found["sharedThemes"]) == (second, "红心网格工作法", "TEXT", [])


def test_an_archive_of_one_document_holds_nothing_like_it() -> None:
    archive = archive_of(ROAD)
    (road, *_) = ids_of(archive, "DOCUMENT", "沥青路面")
    assert ask_of(archive, ASKED, id=road, includeReprints=True)["similar"] == []


def test_themes_are_a_reason_where_half_of_them_are_shared() -> None:
    for start in document_ids():
        own = {theme["name"] for theme in ask("query($id: ID!) { document(id: $id) { themes { name } } }", id=start)["document"]["themes"]}
        for one in like(start):
            shared = {theme["name"] for theme in one["sharedThemes"]}
            assert shared <= own
            assert one["reason"] != "THEME" or (len(shared) * 2 >= len(own) and one["score"] >= 0.5)


def test_reasons_come_in_their_order_and_scores_fall_within_each() -> None:
    order = ["REPRINT", "TEXT", "THEME"]
    for start in document_ids():
        keys = [(order.index(one["reason"]), -one["score"]) for one in like(start, includeReprints=True)]
        assert keys == sorted(keys)
        assert [one["item"]["id"] for one in like(start, first=2)] == [one["item"]["id"] for one in like(start)][:2]


def test_a_higher_floor_leaves_only_what_is_above_it() -> None:
    (start,) = [one for one in document_ids() if "d858abd5" in one]
    assert {one["score"] >= 0.6 for one in like(start, minScore=0.6)} == {True}
    assert like(start, minScore=1.0) == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"id": "DOC-0000000000000000-1"}, "NOT_FOUND"),
        ({"id": "nothing"}, "NOT_FOUND"),
        ({"id": "PLACE-540235"}, "NOT_FOUND"),
        ({"first": 0}, "BAD_REQUEST"),
        ({"first": 21}, "BAD_REQUEST"),
        ({"minScore": 0.0}, "BAD_REQUEST"),
        ({"minScore": 1.5}, "BAD_REQUEST"),
    ],
)
def test_what_cannot_be_asked_is_refused(given: dict[str, Any], code: str) -> None:
    assert refusal(ASKED, **{"id": document_ids()[0], **given})[0] == code


def test_a_figure_has_no_kin_and_the_refusal_says_what_to_ask() -> None:
    (figure,) = ask("{ search(filter: {types: [STATISTIC]}, first: 1) { nodes { ... on Statistic { id } } } }")["search"]["nodes"]
    code, message = refusal(ASKED, id=figure["id"])
    assert code == "BAD_REQUEST"
    assert "compareFigures" in message
