"""Search over the samples: pages, facets, filters, highlights; each fact is where its quote says."""

from typing import Any

import pytest

from schema.enums import FacetField
from tests.graphql.world import ask, document_ids, execute, refusal, services

PAGE = """query(
  $query: String! = "", $filter: SearchFilter, $sort: SearchSort! = RELEVANCE, $first: Int! = 20, $after: String, $offset: Int
) {
  search(query: $query, filter: $filter, sort: $sort, first: $first, after: $after, offset: $offset) {
    totalCount pageInfo { hasNextPage hasPreviousPage endCursor } nodes { __typename ... on Node { id } } edges { cursor score }
  }
}"""
FACETS = """query($query: String!, $filter: SearchFilter, $fields: [FacetField!]!) {
  search(query: $query, filter: $filter, first: 1) {
    totalCount facets(fields: $fields, size: 100) { field label otherCount buckets { value label count selected parentValue } }
  }
}"""
INPUT_OF = {
    "TYPE": lambda value: {"types": [value]},
    "GENRE": lambda value: {"genres": [value]},
    "PLACE": lambda value: {"placeIds": [value]},
    "THEME": lambda value: {"themeIds": [value]},
    "UNIT_KIND": lambda value: {"unitKinds": [value]},
    "PRACTICE": lambda value: {"practices": [value]},
    "PRACTICE_KIND": lambda value: {"practiceKinds": [value]},
    "PRACTICE_STATE": lambda value: {"practiceStates": [value]},
    "YEAR": lambda value: {"years": [int(value)]},
    "SUBJECT": lambda value: {"figure": {"subjects": [value]}},
    "INDICATOR": lambda value: {"figure": {"indicators": [value]}},
    "ASPECT": lambda value: {"figure": {"aspects": [value]}},
    "MEASURE": lambda value: {"figure": {"measures": [value]}},
    "MEASURE_WORD": lambda value: {"figure": {"units": [value]}},
    "STATUS": lambda value: {"figure": {"statuses": [value]}},
    "SOURCE": lambda value: {"sources": [value]},
}


def ids(page: dict[str, Any]) -> list[str]:
    return [node["id"] for node in page["nodes"]]


@pytest.mark.parametrize("sort", ["RELEVANCE", "PUBLISHED_DESC", "PUBLISHED_ASC", "VALUE_DESC", "VALUE_ASC"])
@pytest.mark.parametrize(("query", "first"), [("", 100), ("网格", 7), ("网格员", 3)])
def test_pages_give_every_hit_once(query: str, first: int, sort: str) -> None:
    seen: list[str] = []
    after = None
    for number in range(1000):
        page = ask(PAGE, query=query, sort=sort, first=first, after=after)["search"]
        assert page["pageInfo"]["hasPreviousPage"] is (number > 0)
        seen += ids(page)
        if not page["pageInfo"]["hasNextPage"]:
            break
        assert len(page["nodes"]) == first
        after = page["pageInfo"]["endCursor"]
    assert len(seen) == len(set(seen)) == page["totalCount"] > 0


def test_numbered_pages_are_the_same_pages() -> None:
    first = ask(PAGE, query="网格", first=10)["search"]
    second = ask(PAGE, query="网格", first=5, offset=5)["search"]
    assert ids(second) == ids(first)[5:]


@pytest.mark.parametrize("field", list(FacetField))
@pytest.mark.parametrize(("query", "filter"), [("", {}), ("网格", {"genres": ["CASE", "NEWS"], "includeInferred": True})])
def test_a_bucket_counts_what_its_filter_finds(query: str, filter: dict[str, Any], field: FacetField) -> None:
    (facet,) = ask(FACETS, query=query, filter=filter, fields=[field])["search"]["facets"]
    assert facet["otherCount"] == 0 or len(facet["buckets"]) == 100
    for bucket in facet["buckets"][:12]:
        narrowed = {**filter, **INPUT_OF[field](bucket["value"])}
        assert ask(PAGE, query=query, filter=narrowed)["search"]["totalCount"] == bucket["count"], bucket


def test_a_facet_is_counted_without_its_own_filter_and_with_all_others() -> None:
    free = {bucket["value"]: bucket for bucket in ask(FACETS, query="网格", fields=["GENRE"])["search"]["facets"][0]["buckets"]}
    data = ask(FACETS, query="网格", filter={"genres": ["CASE"]}, fields=["GENRE", "TYPE"])["search"]
    genre, kind = data["facets"]
    assert {bucket["value"]: bucket["count"] for bucket in genre["buckets"]} == {value: one["count"] for value, one in free.items()}
    assert [bucket["value"] for bucket in genre["buckets"] if bucket["selected"]] == ["CASE"]
    assert sum(bucket["count"] for bucket in kind["buckets"]) == data["totalCount"] == free["CASE"]["count"]


def test_place_buckets_lead_up_the_tree() -> None:
    (facet,) = ask(FACETS, query="网格员", fields=["PLACE"])["search"]["facets"]
    by_value = {bucket["value"]: bucket for bucket in facet["buckets"]}
    county = by_value["PLACE-540235"]
    assert (county["label"], county["parentValue"]) == ("聂拉木县", "PLACE-540200")
    assert by_value["PLACE-540200"]["count"] >= county["count"]


@pytest.mark.parametrize(
    "filter",
    [
        {"placeIds": ["PLACE-110105"]},
        {"years": [1800]},
        {"published": {"from": "1900-01-01", "to": "1900-12-31"}},
        {"sources": ["no-such-file.txt"]},
        {"documentIds": ["DOC-0000000000000000-1"]},
        {"figure": {"min": 1e18}},
        {"types": ["DOCUMENT"], "unitKinds": ["PROBLEM"]},
    ],
)
def test_a_filter_that_matches_nothing_gives_an_empty_page(filter: dict[str, Any]) -> None:
    page = ask(PAGE, filter=filter)["search"]
    assert (page["totalCount"], page["nodes"], page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]) == (0, [], None, False)
    assert all(facet["buckets"] == [] for facet in ask(FACETS, query="", filter=filter, fields=["SUBJECT"])["search"]["facets"])


def test_inferred_places_and_reprints_enter_only_when_asked_for() -> None:
    here: dict[str, Any] = {"types": ["DOCUMENT"], "placeIds": ["PLACE-540235"]}
    printed = ids(ask(PAGE, filter=here)["search"])
    inferred = ids(ask(PAGE, filter={**here, "includeInferred": True})["search"])
    everything = ids(ask(PAGE, filter={**here, "includeInferred": True, "includeReprints": True})["search"])
    assert (len(printed), len(inferred), len(everything)) == (1, 2, 3)
    assert set(printed) < set(inferred) < set(everything)


def test_descendants_can_be_left_out() -> None:
    whole = ask(PAGE, filter={"types": ["KNOWLEDGE_UNIT"], "placeIds": ["PLACE-540200"]})["search"]["totalCount"]
    alone = ask(PAGE, filter={"types": ["KNOWLEDGE_UNIT"], "placeIds": ["PLACE-540200"], "includeDescendants": False})["search"][
        "totalCount"
    ]
    assert alone < whole


def test_quotation_marks_and_minus_are_understood() -> None:
    kinds = {"types": ["DOCUMENT"]}
    grid = set(ids(ask(PAGE, query="网格", filter=kinds)["search"]))
    project = set(ids(ask(PAGE, query="“书记项目”", filter=kinds)["search"]))
    assert set(ids(ask(PAGE, query="网格 -书记项目", filter=kinds)["search"])) == grid - project
    assert set(ids(ask(PAGE, query='网格 "书记项目"', filter=kinds)["search"])) == grid & project
    assert ids(ask(PAGE, query='"', filter=kinds)["search"]) == ids(ask(PAGE, query="", filter=kinds)["search"])


def test_any_finds_what_all_finds_and_more() -> None:
    query = (
        'query($match: MatchMode!) { search(query: "网格员 党费", match: $match, first: 100) { totalCount nodes { ... on Node { id } } } }'
    )
    every, some = ask(query, match="ALL")["search"], ask(query, match="ANY")["search"]
    assert {node["id"] for node in every["nodes"]} <= {node["id"] for node in some["nodes"]}
    assert some["totalCount"] > every["totalCount"]


@pytest.mark.parametrize("query", ["聂拉木县 网格员", "积分制 聂拉木"])
def test_where_any_word_will_do_what_holds_them_all_comes_first(query: str) -> None:
    asked = """query($query: String!, $match: MatchMode) { search(query: $query, match: $match, first: 100) {
      reading { match } nodes { ... on Document { id } ... on KnowledgeUnit { id } ... on Statistic { id } ... on Practice { id } } } }"""
    whole, some = (ask(asked, query=query, match=match)["search"] for match in ("ALL", "AUTO"))
    assert some["reading"]["match"] == "ANY"
    assert 0 < len(whole["nodes"]) < 3
    first = [node["id"] for node in some["nodes"][: len(whole["nodes"])]]
    assert sorted(first) == sorted(node["id"] for node in whole["nodes"])


def test_highlights_mark_the_words_in_the_text() -> None:
    data = ask("""{ search(query: "网格员", first: 50) { edges {
      node { __typename ... on Document { id text(length: 100000) } ... on Fact { document { text(length: 100000) } } }
      highlights(fragments: 2, chars: 60) { field text start ranges { start end } } } } }""")
    for edge in data["search"]["edges"]:
        assert 1 <= len(edge["highlights"]) <= 2
        for piece in edge["highlights"]:
            assert any("网格" in piece["text"][one["start"] : one["end"]] for one in piece["ranges"])
            if piece["start"] is not None:
                text = edge["node"].get("text") or edge["node"]["document"]["text"]
                assert text[piece["start"] : piece["start"] + len(piece["text"])] == piece["text"]


def test_every_quote_stands_where_its_range_says() -> None:
    query = """query($id: ID!) { document(id: $id) { text(length: 100000) charCount
      units(first: 100) { nodes { quote evidence { ...E } passage { quote range { start end } } } }
      statistics(first: 100) { nodes { quote evidence { ...E } } } practices(first: 100) { nodes { quote evidence { ...E } } }
      checks { quotes { ...E } } places { evidence { ...E } } } }
      fragment E on Evidence { quote range { start end } before(chars: 5) after(chars: 5) originalRanges { start end } document { id } }"""
    counted = 0
    for identifier in document_ids():
        document = ask(query, id=identifier)["document"]
        text = document["text"]
        assert len(text) == document["charCount"]
        facts = [*document["units"]["nodes"], *document["statistics"]["nodes"], *document["practices"]["nodes"]]
        evidence = [fact["evidence"] for fact in facts] + [one for check in document["checks"] for one in check["quotes"]]
        evidence += [place["evidence"] for place in document["places"] if place["evidence"]]
        for one in evidence:
            start, end = one["range"]["start"], one["range"]["end"]
            assert text[start:end] == one["quote"]
            assert text[max(0, start - 5) : start] == one["before"]
            assert text[end : end + 5] == one["after"]
            assert one["originalRanges"] and one["document"]["id"] == identifier
            counted += 1
        for unit in document["units"]["nodes"]:
            assert unit["quote"] in unit["passage"]["quote"]
    assert counted > 300


def test_a_reprint_is_shown_under_its_principal() -> None:
    data = ask("""{ search(filter: {types: [DOCUMENT], includeReprints: true}, first: 100) {
      nodes { ... on Document { id reprintOf { id reprints { id } } } } } }""")
    (reprint,) = [node for node in data["search"]["nodes"] if node["reprintOf"]]
    assert reprint["reprintOf"]["reprints"] == [{"id": reprint["id"]}]


def test_ids_lead_back_to_the_same_thing() -> None:
    found = ids(ask(PAGE, first=100)["search"])
    wanted = [
        *found[:40],
        "PLACE-540235",
        "THEME-grid-management",
        "DOC-ffffffffffffffff-1",
        "nonsense",
        "",
        "PLACE-",
        "SRC-a450f7cf30cd59a8",
        "x" * 10_000,
    ]
    nodes = ask("query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", ids=wanted)["nodes"]
    assert [node and node["id"] for node in nodes] == [*wanted[:42], *[None] * 6]
    one = ask("query($id: ID!) { node(id: $id) { id } }", id=found[0])
    assert one["node"]["id"] == found[0]


@pytest.mark.parametrize("root", ["document", "unit", "statistic", "practice", "node"])
@pytest.mark.parametrize("identifier", ["DOC-ffffffffffffffff-1", "UNIT-x", "", "💥", "STAT-' OR 1=1", "PLACE-1", "../etc/passwd\u0000"])
def test_a_lookup_of_a_missing_id_is_null(root: str, identifier: str) -> None:
    assert ask(f"query($id: ID!) {{ {root}(id: $id) {{ id }} }}", id=identifier) == {root: None}


def test_places_and_themes_can_be_found_by_name() -> None:
    data = ask("""{ places(query: "聂拉木") { id name level path { name } childCount documentCount }
      place(code: "540422") { name inForce successors { name } } provinces: places { name level }
      below: places(parentId: "PLACE-540200", query: "县") { name }
      themes(name: "网格员") { id name parentId unitCount } all: themes { id } none: themes(name: "没有这个") { id } }""")
    assert data["places"][0]["id"] == "PLACE-540235"
    assert [above["name"] for above in data["places"][0]["path"]] == ["西藏自治区", "日喀则市"]
    assert data["places"][0]["documentCount"] == 1
    assert data["place"] == {"name": "米林县", "inForce": False, "successors": [{"name": "米林市"}]}
    assert {place["level"] for place in data["provinces"]} == {"PROVINCE"}
    assert "聂拉木县" in [place["name"] for place in data["below"]]
    assert data["themes"][0]["name"] == "网格化管理" and data["themes"][0]["unitCount"] > 0
    assert len(data["all"]) == 32 and data["none"] == []


def test_the_corpus_counts_what_the_engine_holds() -> None:
    stats = ask(
        "{ corpusStats { sourceCount documentCount unitCount statisticCount reprintCount engine generation byYear { year count } } }"
    )
    assert (stats["corpusStats"]["sourceCount"], stats["corpusStats"]["documentCount"], stats["corpusStats"]["reprintCount"]) == (5, 10, 1)
    assert stats["corpusStats"]["engine"] == "EMBEDDED" and services().engine.kind == "EMBEDDED"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{ search(first: 0) { totalCount } }", "BAD_REQUEST"),
        ("{ search(first: 101) { totalCount } }", "BAD_REQUEST"),
        ("{ search(offset: 1001) { totalCount } }", "BAD_REQUEST"),
        ('{ search(after: "x", offset: 1) { totalCount } }', "BAD_CURSOR"),
        ('{ search(after: "") { totalCount } }', "BAD_CURSOR"),
        ('{ search(after: "bm9uc2Vuc2U") { totalCount } }', "BAD_CURSOR"),
        ('{ search(filter: {placeIds: ["540235"]}) { totalCount } }', "BAD_REQUEST"),
        ('{ search(filter: {themeIds: ["网格化管理"]}) { totalCount } }', "BAD_REQUEST"),
        ('{ figures(subject: " ") { totalCount } }', "BAD_REQUEST"),
        ("{ place { id } }", "BAD_REQUEST"),
        ('{ place(id: "PLACE-540235", code: "540235") { id } }', "BAD_REQUEST"),
        ('{ place(id: "540235") { id } }', "BAD_REQUEST"),
        ("{ search { facets(fields: [TYPE], size: 0) { label } } }", "BAD_REQUEST"),
        ('{ search(query: "网格") { edges { highlights(chars: 5) { text } } } }', "BAD_REQUEST"),
        ("{ search { nope } }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ search(filter: {types: [NOPE]}) { totalCount } }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ search(", "GRAPHQL_PARSE_FAILED"),
        ("", "GRAPHQL_PARSE_FAILED"),
    ],
)
def test_a_mistake_has_a_code_and_a_sentence(query: str, code: str) -> None:
    _, errors = execute(query or "#")
    message = errors[0]["message"]
    assert {error["extensions"]["code"] for error in errors} == {code}
    assert len(message) > 10 and "Traceback" not in message


def test_overlong_inputs_are_refused() -> None:
    assert refusal(PAGE, query="网" * 501)[0] == "BAD_REQUEST"
    assert refusal(PAGE, query="网 " * 200)[0] == "BAD_REQUEST"
    assert refusal(PAGE, filter={"years": list(range(201))})[0] == "BAD_REQUEST"
    assert refusal("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=["x"] * 101)[0] == "BAD_REQUEST"
    assert refusal(PAGE, query=5)[0] == "GRAPHQL_VALIDATION_FAILED"
