"""The mapping file is what engines and projection agree on."""

import copy
import json
from typing import Any

import pytest

import index_mappings
from search.mapping import FieldType, archive, parse


def raw() -> dict[str, Any]:
    return copy.deepcopy(index_mappings.read("archive"))


def test_it_is_strict_versioned_and_flat() -> None:
    mappings = raw()["mappings"]
    assert mappings["dynamic"] == "strict"
    assert mappings["_meta"]["version"] >= 1
    assert all("properties" not in field for field in mappings["properties"].values())


def test_single_characters_keep_their_order_and_have_the_text_of_the_words() -> None:
    texts = [field for field in archive().fields.values() if field.type is FieldType.TEXT]
    for field in texts:
        assert field.positions == field.name.endswith("_chars")
        assert field.form == field.name.rsplit("_", 1)[1]
        assert (field.of is not None) == field.positions
    assert archive().in_order == {field.of: field.name for field in texts if field.of}
    assert archive().in_order.keys() == {field.name for field in texts if field.name.endswith("_words")}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"x": {"type": "nested"}}, "no engine here has the type nested"),
        ({"x": {"type": "geo_point"}}, "geo_point"),
        ({"x": {"type": "object"}}, "only ever stored"),
        ({"x": {"type": "text", "analyzer": "standard", "meta": {"tokens": "words"}}}, "whitespace"),
        ({"x": {"type": "text", "analyzer": "whitespace", "meta": {"tokens": "letters"}}}, "letters"),
        ({"x": {"type": "text", "analyzer": "whitespace", "meta": {"tokens": "chars", "of": "y"}}}, "the text of y"),
        ({"x": {"type": "text", "analyzer": "whitespace", "meta": {"tokens": "chars", "of": "year"}}}, "the text of year"),
    ],
)
def test_what_an_engine_lacks_is_refused(change: dict[str, Any], says: str) -> None:
    changed = raw()
    changed["mappings"]["properties"] |= change
    with pytest.raises(ValueError, match=says):
        parse(changed)


def test_a_mapping_that_is_not_strict_is_refused() -> None:
    changed = raw()
    changed["mappings"]["dynamic"] = True
    with pytest.raises(ValueError, match="strict"):
        parse(changed)


def test_every_change_gives_another_fingerprint_and_the_order_of_keys_none() -> None:
    changed = raw()
    changed["mappings"]["properties"]["year"]["type"] = "long"
    assert parse(changed).fingerprint != archive().fingerprint
    shuffled = json.loads(json.dumps(raw(), sort_keys=True))
    assert parse(shuffled).fingerprint == archive().fingerprint
