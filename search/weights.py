"""What the default search looks in, and how much each field counts.

By judgement: a title counts three times its text, a practice's name twice, a fact's own words once and a half. By measurement (nDCG@10 of
1,543 lay questions over 58,618 articles of statutes, any word; `python -m benchmarks.retrieval`):

    words 0.333, pairs of characters 0.348, single characters 0.318
    words and 0.2 of the pairs 0.349, 0.5 0.357, as many 0.358
    words, 0.5 of the pairs and 0.5 of the single characters 0.368 (0.011 more than without them, 95% of resamples between 0.006 and 0.016)
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from search.criteria import Any, Query, Ranked, Text

_KINDS = {"title": 3.0, "practice": 2.0, "unit": 1.5, "statistic": 1.5, "document": 1.0}


def _weighed(form: str, share: float) -> Mapping[str, float]:
    return MappingProxyType({f"{kind}_{form}": weight * share for kind, weight in _KINDS.items()})


WORDS = _weighed("words", 1.0)
"""Words, and where phrases are looked for."""
GRAMS = _weighed("grams", 0.5)
"""Pairs of characters: they find what the cutting into words misses."""
CHARS = _weighed("chars", 0.5)
"""Single characters: they only rank what words or pairs have found."""


def full_text(text: str, *, every: bool) -> Query:
    """What holds every word of `text`, or every pair of its characters; any of them where not `every`, best first."""
    held = Any((Text(text, WORDS, every=every), Text(text, GRAMS, every=every)))
    if every:
        return held
    return Ranked(held, Text(text, CHARS))
