"""A group of reprints from any of its members, and what two of them differ in."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from tests.graphql.world import ask, document_ids, refusal

DIFFERENCE = """query Q($id: ID!, $with: ID!, $first: Int! = 500) {
  document(id: $id) {
    text(length: 100000)
    charCount
    difference(with: $with) {
      equal changeCount figureCount
      other { id text(length: 100000) charCount }
      changes(first: $first) {
        kind leading(chars: 8) trailing(chars: 8)
        before { text range { start end } } after { text range { start end } }
      }
      figures(first: $first) { kind before { id quote } after { id quote } }
    }
  }
}"""


@cache
def by_sample() -> dict[str, str]:
    """The only document of a file, or its first one, by the file's number."""
    named = {}
    for one in document_ids():
        name = ask("query Q($id: ID!) { document(id: $id) { source { name } } }", id=one)["document"]["source"]["name"][:3]
        named.setdefault(name, one)
    return named


def difference(one: str, other: str, **more: Any) -> Any:
    return ask(DIFFERENCE, id=by_sample()[one], **{"with": by_sample()[other], **more})["document"]


@pytest.mark.parametrize("member", ["000", "001"])
def test_a_group_is_the_same_from_each_of_its_members(member: str) -> None:
    query = "query Q($id: ID!) { document(id: $id) { reprintGroup { principal { id } members { id } memberCount } } }"
    assert ask(query, id=by_sample()[member])["document"]["reprintGroup"] == {
        "principal": {"id": by_sample()["000"]},
        "members": [{"id": by_sample()["000"]}, {"id": by_sample()["001"]}],
        "memberCount": 2,
    }


def test_a_document_that_nobody_repeats_is_alone_in_its_group() -> None:
    query = "query Q($id: ID!) { document(id: $id) { reprintGroup { principal { id } members { id } memberCount } } }"
    alone = {"id": by_sample()["002"]}
    assert ask(query, id=alone["id"])["document"]["reprintGroup"] == {"principal": alone, "members": [alone], "memberCount": 1}


def test_the_changes_lead_from_one_text_to_the_other_by_code_points() -> None:
    document = difference("000", "001")
    found = document["difference"]
    text, other = document["text"], found["other"]["text"]
    assert found["other"]["id"] == by_sample()["001"]
    assert found["changeCount"] == len(found["changes"]) > 0
    pieces, at = [], 0
    for change in found["changes"]:
        before, after = change["before"]["range"], change["after"]["range"]
        assert text[before["start"] : before["end"]] == change["before"]["text"]
        assert other[after["start"] : after["end"]] == change["after"]["text"]
        assert text[: before["start"]].endswith(change["leading"])
        assert text[before["end"] :].startswith(change["trailing"])
        pieces += [text[at : before["start"]], change["after"]["text"]]
        at = before["end"]
    assert "".join([*pieces, text[at:]]) == other
    assert 0.5 < found["equal"] < 1


def test_the_other_way_round_what_was_inserted_is_deleted() -> None:
    there, back = difference("000", "001")["difference"], difference("001", "000")["difference"]
    assert there["equal"] == pytest.approx(back["equal"], abs=0.01)
    swapped = {"ADDED": "REMOVED", "REMOVED": "ADDED", "CHANGED": "CHANGED"}
    assert sorted(swapped[one["kind"]] for one in there["figures"]) == sorted(one["kind"] for one in back["figures"])


def test_a_document_differs_in_nothing_from_itself() -> None:
    found = difference("002", "002")["difference"]
    assert (found["equal"], found["changes"], found["figures"]) == (1.0, [], [])
    assert (found["changeCount"], found["figureCount"]) == (0, 0)


def test_documents_that_share_nothing_have_their_figures_on_either_side() -> None:
    found = difference("002", "003")["difference"]
    assert found["equal"] < 0.5
    assert {one["kind"] for one in found["figures"]} >= {"ADDED", "REMOVED"}
    assert all((one["before"] is None) == (one["kind"] == "ADDED") for one in found["figures"])
    assert all((one["after"] is None) == (one["kind"] == "REMOVED") for one in found["figures"])


def test_no_more_changes_than_asked_for_are_told_and_the_count_is_of_all() -> None:
    whole, few = (difference("002", "003", first=first)["difference"] for first in (500, 1))
    assert len(few["changes"]) == len(few["figures"]) == 1
    assert (few["changeCount"], few["figureCount"]) == (whole["changeCount"], whole["figureCount"])


@pytest.mark.parametrize("wrong", ["DOC-0000000000000000-1", "PLACE-540235", "THEME-grid-management", "", "SRC-x"])
def test_what_is_no_document_is_not_found(wrong: str) -> None:
    code, message = refusal(DIFFERENCE, id=by_sample()["000"], **{"with": wrong})
    assert code == "NOT_FOUND"
    assert "document" in message


@pytest.mark.parametrize("first", [0, -1, 501])
def test_a_number_of_changes_out_of_its_range_is_refused(first: int) -> None:
    code, message = refusal(DIFFERENCE, id=by_sample()["000"], **{"with": by_sample()["001"], "first": first})
    assert code == "BAD_REQUEST"
    assert "first" in message
