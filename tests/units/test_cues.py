"""Every row of unit_cues.toml holds for its own examples and for none of its counter-examples."""

from __future__ import annotations

import re
from functools import cache

import pytest

from archive.findings import UnitKind
from ingest.extract.unit_cues import GATES, PATTERNS, WORDS, cues, introduced_by, rows, section_of, wording_of
from tests.support import ROOT, SAMPLES

_SECTIONS = [(row["kind"], heading, wanted) for row in rows()["section"] for wanted in ("yes", "no") for heading in row[wanted]]
_WORDINGS = [(row["kind"], heading, wanted) for row in rows()["wording"] for wanted in ("yes", "no") for heading in row[wanted]]
_INTRODUCTIONS = [(row["kind"], words, wanted) for row in rows()["introduction"] for wanted in ("yes", "no") for words in row[wanted]]
_SENTENCES = [(name, words, wanted) for name in PATTERNS for wanted in ("yes", "no") for words in rows()[name][wanted]]


@pytest.mark.parametrize(("kind", "heading", "wanted"), _SECTIONS)
def test_a_heading_that_only_names_its_section_is_known(kind: str, heading: str, wanted: str) -> None:
    section = section_of(heading)
    named = section is not None and (section.kind.value if section.kind else "NONE") == kind
    assert named is (wanted == "yes")


@pytest.mark.parametrize(("kind", "heading", "wanted"), _WORDINGS)
def test_the_wording_of_a_heading_decides_its_kind(kind: str, heading: str, wanted: str) -> None:
    worded = wording_of(heading)
    assert (worded is not None and worded[0] is UnitKind(kind)) is (wanted == "yes")


@pytest.mark.parametrize(("kind", "sentence", "wanted"), _INTRODUCTIONS)
def test_a_sentence_that_introduces_a_list_decides_its_kind(kind: str, sentence: str, wanted: str) -> None:
    introduced = introduced_by(sentence)
    assert (introduced is not None and introduced.kind is UnitKind(kind)) is (wanted == "yes")


@pytest.mark.parametrize(("name", "words", "wanted"), _SENTENCES)
def test_a_pattern_of_running_text_holds_for_its_examples_only(name: str, words: str, wanted: str) -> None:
    pattern: re.Pattern[str] = getattr(cues(), name)
    assert any(pattern.search(part) for part in (words, *words.split("，"))) is (wanted == "yes")


@pytest.mark.parametrize("name", WORDS)
def test_word_lists_have_no_word_twice(name: str) -> None:
    words = rows()[name]["words"]
    assert len(words) == len(set(words))


_GATED = [(gate, name) for gate in GATES for name in getattr(cues(), gate)]


@pytest.mark.parametrize(("gate", "name"), _GATED)
def test_the_characters_that_spare_a_search_stand_in_every_match(gate: str, name: str) -> None:
    """Tried on the row's own examples and on every clause and sentence of the samples."""
    pattern: re.Pattern[str] = getattr(cues(), name)
    wanted: frozenset[str] = getattr(cues(), gate)[name]
    for words in (*rows()[name]["yes"], *_corpus()):
        if words and pattern.search(words):
            held = {"needs": words, "heads": words[0], "tails": words[-1]}[gate]
            assert not wanted.isdisjoint(held), words


@cache
def _corpus() -> tuple[str, ...]:
    found: list[str] = []
    for path in (*SAMPLES, *sorted((ROOT / "tests" / "quality" / "made_up" / "samples").glob("*.txt"))):
        for sentence in re.split(r"[。；！？\n]", path.read_text("utf-8")):
            found += (sentence, *sentence.split("，"))
    return tuple(dict.fromkeys(found))
