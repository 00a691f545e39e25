"""Queries that are made to cost much and ask for little. The tests hold how each is refused; benchmarks/hostile.py what it costs."""

from __future__ import annotations

from typing import Any

from graphql import get_introspection_query

Body = dict[str, Any]
LEAF = "on Query { __typename }"


def _doubling(depth: int, inside: str = "") -> str:
    """Fragments of which each spreads the next one twice: 2^depth when they are walked at every spread."""
    nested = " ".join(f"fragment F{n} on Query {{ {inside.replace('#', str(n))} ...F{n + 1} ...F{n + 1} }}" for n in range(depth))
    return f"query {{ ...F0 }} {nested} fragment F{depth} {LEAF}"


def _chain(length: int) -> str:
    nested = " ".join(f"fragment F{n} on Query {{ ...F{n + 1} }}" for n in range(length))
    return f"query {{ ...F0 }} {nested} fragment F{length} {LEAF}"


def _each(count: int, text: str) -> str:
    return " ".join(text.replace("#", str(n)) for n in range(count))


def _filter(**given: Any) -> Body:
    return {"query": "query($f: SearchFilter) { search(filter: $f) { totalCount } }", "variables": {"f": given}}


def _deep(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


_UNITS = "units(first: 100) { nodes { document { units(first: 100) { nodes { id } } } } }"
_FACT = "... on Fact { document { title } }"
# fields of one name under many fragments: the rule that compares them takes quadratic time
_OVERLAP = "{" + _each(30, "...O#") + "} " + _each(30, "fragment O# on Query { s: search { totalCount tookMs totalRelation } }")
# every G spreads its H, and all of them meet in one place
_NESTED_OVERLAP = (
    "{ search(first: 3) { nodes {"
    + _each(40, "...G#")
    + "} } } "
    + _each(40, "fragment G# on KnowledgeUnit { place { path { ...P# } } ...H# } fragment H# on KnowledgeUnit { place { path { ...P# } } }")
    + _each(40, "fragment P# on Place { id name level }")
)
_META = "{ __schema { types { ...T0 } } } " + _each(
    60, "fragment T# on __Type { a#: ofType { ...N# } b#: ofType { ...N# } } "
) + " ".join(f"fragment N{n} on __Type {{ ...T{n + 1} ...T{n + 1} }}" for n in range(59)) + " fragment N59 on __Type { name }"  # fmt: skip

REFUSED: dict[str, Body] = {
    "fragments that double, with fields, 20 deep": {"query": _doubling(20, "a#: node(id: 1) { id }")},
    "fragments that double, with fields, 60 deep": {"query": _doubling(60, "a#: node(id: 1) { id }")},
    "fragments that double, 20 deep": {"query": _doubling(20)},
    "fragments that double, 60 deep": {"query": _doubling(60)},
    "fragments that double, 200 deep": {"query": _doubling(200)},
    "a chain of 240 fragments": {"query": _chain(240)},
    "2,000 aliases": {"query": "{" + _each(2000, "a#: corpusStats { documentCount }") + "}"},
    "10,000 aliases": {"query": "{" + _each(10_000, "a#: __typename") + "}"},
    "300 aliases of a search": {"query": "{" + _each(300, "a#: search { totalCount }") + "}"},
    "the same field 20,000 times": {"query": "{" + "__typename " * 20_000 + "}"},
    "the same leaf 1,900 times": {"query": "{ corpusStats {" + "documentCount " * 1900 + "} }"},
    "unknown fields": {"query": "{" + _each(1900, "serch#") + "}"},
    "16,000 @skip": {"query": "{ __typename " + "@skip(if:false)" * 16_000 + "}"},
    "280 @include": {"query": "{ __typename " + "@include(if: true) " * 280 + "}"},
    "20,000 variables": {"query": "query(" + _each(20_000, "$a#:Int") + ") { __typename }"},
    "450 variables that nothing uses": {"query": "query(" + _each(450, "$a#:Int") + ") { __typename }"},
    "1,500 overlapping selections": {"query": "{" + "corpusStats { documentCount } " * 1500 + "}"},
    "390 overlapping selections": {"query": "{" + "corpusStats { documentCount } " * 390 + "}"},
    "150 levels": {"query": "{ document(id: 1) {" + "reprintOf {" * 150 + "id" + "}" * 150 + "} }"},
    "3,000 levels": {"query": "{a" * 3000 + "}" * 3000},
    "100 x 100 x 100": {"query": f"{{ search(first: 100) {{ nodes {{ ... on Document {{ {_UNITS} }} }} }} }}"},
    "first: 1000000": {"query": "{ search(first: 1000000) { totalCount nodes { __typename } } }"},
    "a number of 100,000 digits": {"query": "{ search(first: " + "9" * 100_000 + ") { totalCount } }"},
    "a text of 80,000 characters": {"query": '{ search(query: "' + "网" * 80_000 + '") { totalCount } }'},
    "a name of 100,000 characters": {"query": "{ " + "n" * 100_000 + " }"},
    "an alias of 100,000 characters in a list": {"query": "{ themes { " + "n" * 100_000 + ": id } }"},
    "100,000 brackets": {"query": "[" * 100_000},
    "100,000 braces": {"query": "{a" * 100_000},
    "comments without end": {"query": "# x\n" * 40_000 + "{ nope }"},
    "a type of 900 lists": {"query": "query($a: " + "[" * 900 + "Int" + "]" * 900 + ") { __typename }"},
    "a value of 900 lists": {"query": "{ search(filter: {years: " + "[" * 900 + "1" + "]" * 900 + "}) { totalCount } }"},
    "introspection 40 deep": {"query": "{ __schema { types {" + "fields { type {" * 40 + "name" + "} }" * 40 + "} } }"},
    "introspection, fragments that double": {"query": _META},
    "introspection, 30 times the whole": {"query": "{" + _each(30, "a#: __schema { types { name fields { name args { name } } } }") + "}"},
    "a circle of fragments": {"query": "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"},
    "a comparison of 300 places": {
        "query": "{ compare(placeIds: [" + '"PLACE-540235" ' * 300 + '], themeIds: ["THEME-a"]) { cells { state } } }'
    },
    "100 texts of 20,000 characters, 190 times": {
        "query": "{ search(first: 100) { nodes { ... on Document { " + _each(190, "a#: text(length: 20000)") + " } } } }"
    },
    "a search for 250 words": {"query": '{ search(query: "' + "县 " * 250 + '") { totalCount } }'},
    "a query of 120 times OR": {"query": '{ search(query: "' + _each(120, "县# OR ") + '村") { totalCount reading { text } } }'},
    "a query of 400 quotation marks and brackets": {"query": "{ search(query: " + '"' + "“县( -" * 100 + '") { totalCount } }'},
    "40,000 years in a variable": _filter(years=[2020] * 40_000),
    "40,000 places in a variable": _filter(placeIds=["P"] * 40_000),
    "40,000 file names in a variable": _filter(sources=["x"] * 40_000),
    "a variable of 400 lists": _filter(years=_deep(400)),
    "a text of 80,000 characters in a variable": {
        "query": "query($q: String!) { search(query: $q) { totalCount } }",
        "variables": {"q": "网" * 80_000},
    },
    "20,000 variables that nobody declared": {"query": "{ nope }", "variables": {f"v{n}": 1 for n in range(20_000)}},
    "a cursor of 200,000 characters": {
        "query": "query($a: String) { search(after: $a) { totalCount } }",
        "variables": {"a": "A" * 200_000},
    },
}
"""Each is refused, with one of CODES."""

ANSWERED: dict[str, Body] = {
    "a hundred hits, 450 aliases each": {
        "query": "{ search(first: 100, filter: {types: [STATISTIC]}) { nodes { ... on Statistic { " + _each(450, "a#: value") + " } } } }"
    },
    "a fraction of 100,000 digits": {"query": "{ search(filter: {figure: {min: 1." + "9" * 100_000 + "}}) { totalCount } }"},
    "an id of 200,000 characters": {"query": "query($i: ID!) { node(id: $i) { id } }", "variables": {"i": "x" * 200_000}},
    "a place by 80,000 characters": {"query": "query($q: String) { places(query: $q) { id } }", "variables": {"q": "村" * 80_000}},
    "30 fragments that overlap": {"query": _OVERLAP},
    "120 fragments that overlap inside": {"query": _NESTED_OVERLAP},
    "30 searches": {"query": "{" + _each(30, 'a#: search(query: "网格 干部 治理", first: 1) { totalCount }') + "}"},
    "hundreds of objects": {"query": f"{{ search(first: 100) {{ nodes {{ __typename {_FACT} }} }} }}"},
    "a search for one character 500 times": {"query": '{ search(query: "' + "的" * 500 + '") { totalCount nodes { __typename } } }'},
    "a hundred figures": {"query": '{ figures(subject: "网格员", first: 100) { nodes { value unit quote evidence { before after } } } }'},
    "an offset behind the last hit": {"query": "{ search(offset: 1000, first: 100) { totalCount nodes { __typename } } }"},
    "an offset of 300": {"query": "{ search(offset: 300, first: 100) { totalCount nodes { __typename } } }"},
    "10 times why nothing was found": {
        "query": "{"
        + _each(10, 'a#: search(query: "网格 书记 缺#", match: ALL, first: 1) { nothingFound { message relaxed { text } } }')
        + "}"
    },
    "10 times what was meant": {"query": "{" + _each(10, 'a#: search(query: "网络员 干布#", first: 1) { didYouMean { text } }') + "}"},
    "highlights of a hundred hits": {
        "query": '{ search(query: "的 县 村 干部", match: ANY, first: 100) { edges { highlights(fragments: 3, chars: 500) { text } } } }'
    },
    "fifty practices across all documents": {"query": "{ namedPractices(first: 50) { name } }"},
    "introspection as GraphiQL asks it": {
        "query": get_introspection_query(input_value_deprecation=True, specified_by_url=True, schema_description=True)
    },
}
"""Each asks for what is allowed, and is answered."""

CODES = frozenset({"LIMIT_EXCEEDED", "GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED", "BAD_REQUEST", "BAD_CURSOR", "NOT_FOUND"})
