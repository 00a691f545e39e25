"""The thesaurus of themes as SKOS (W3C Simple Knowledge Organization System, 2009), written as JSON-LD 1.1."""

from __future__ import annotations

from archive.themes import Theme, themes

SCHEME = "urn:fangzhi:themes"
"""Ours is no web address: the archive runs on any machine, and a concept must have one name on all of them."""


def skos() -> dict[str, object]:
    """The concept scheme: every theme with its label, its other names, its broader and narrower themes, its cue words and an example.

    Cue words are hidden labels, which SKOS means for text matching (section 5.1 of the SKOS reference); words that only take others out are
    left out.
    """
    narrower: dict[str, list[str]] = {}
    for theme in themes().values():
        if theme.broader:
            narrower.setdefault(theme.broader, []).append(theme.id)
    concepts = [_concept(theme, narrower.get(theme.id, [])) for theme in themes().values()]
    tops = [_address(theme.id) for theme in themes().values() if theme.broader is None]
    scheme = {"@id": SCHEME, "@type": "ConceptScheme", "prefLabel": "方志主题词表", "hasTopConcept": tops}
    return {"@context": _CONTEXT, "@graph": [scheme, *concepts]}


_CONTEXT = {
    "@vocab": "http://www.w3.org/2004/02/skos/core#",
    "@language": "zh-Hans",
    **{name: {"@type": "@id"} for name in ("inScheme", "topConceptOf", "hasTopConcept", "broader", "narrower")},
}


def _address(theme_id: str) -> str:
    return f"{SCHEME}:{theme_id}"


def _concept(theme: Theme, narrower: list[str]) -> dict[str, object]:
    place: dict[str, object] = {"broader": _address(theme.broader)} if theme.broader else {"topConceptOf": SCHEME}
    names = {theme.label, *theme.synonyms}
    return {
        "@id": _address(theme.id),
        "@type": "Concept",
        "inScheme": SCHEME,
        "notation": theme.id,
        "prefLabel": theme.label,
        "altLabel": list(theme.synonyms),
        "hiddenLabel": [cue.word for cue in theme.cues if cue.weight and cue.word not in names],
        "example": theme.example,
        **place,
        "narrower": [_address(one) for one in narrower],
    }
