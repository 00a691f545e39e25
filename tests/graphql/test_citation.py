"""Every document can be cited, as people and as reference managers want it."""

import pytest

from tests.graphql.world import ask, document_ids, execute, refusal

QUERY = """query Q($id: ID!, $style: CitationStyle!, $url: String, $on: Date) {
  document(id: $id) { title citation(style: $style, url: $url, accessedOn: $on) }
}"""


@pytest.mark.parametrize(("style", "begins"), [("GBT7714", ""), ("BIBTEX", "@"), ("RIS", "TY  - ")])
def test_every_document_can_be_cited(style: str, begins: str) -> None:
    for one in document_ids():
        found = ask(QUERY, id=one, style=style, url="https://archive.example/a", on="2026-11-22")["document"]
        assert found["citation"].startswith(begins)
        assert (found["title"] or "无题名") in found["citation"]
        assert "https://archive.example/a" in found["citation"]


def test_people_are_the_readers_unless_somebody_says_otherwise() -> None:
    one = document_ids()[0]
    short = ask("query Q($id: ID!) { document(id: $id) { citation } }", id=one)["document"]
    assert short == {"citation": ask(QUERY, id=one, style="GBT7714")["document"]["citation"]}


@pytest.mark.parametrize("url", ["https://a.example/ b", "https://a.example/" + "a" * 2000])
def test_an_address_that_cannot_be_cited_is_refused(url: str) -> None:
    code, message = refusal(QUERY, id=document_ids()[0], style="RIS", url=url)
    assert (code, "`url`" in message) == ("BAD_REQUEST", True)


def test_an_address_that_cannot_be_cited_costs_its_field_alone() -> None:
    one = document_ids()[0]
    data, errors = execute(QUERY, id=one, style="RIS", url="javascript: 1")
    assert data["document"]["citation"] is None and data["document"]["title"] == ask(QUERY, id=one, style="RIS")["document"]["title"]
    assert [(error["path"], error["extensions"]["code"]) for error in errors] == [(["document", "citation"], "BAD_REQUEST")]
