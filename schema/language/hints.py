"""What is made of words beyond themselves: those of questions are left out; names of places, authors and indicators are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archive.places import Gazetteer
from schema.context import Services
from schema.enums import ItemType
from schema.inputs import place_field
from schema.known_authors import known_authors
from schema.known_indicators import named_indicator
from schema.language.clauses import ClauseKind, Note, NoteCode
from schema.language.parts import Part
from schema.language.places import is_place, places_called
from schema.language.rows import asking_words
from schema.search_box import phrase, says
from search.analysis import fold
from search.analysis import words as tokens
from search.criteria import All, Any, Constant, Term

MAX_SYNONYMS = 8
OF_AUTHOR = 30.0
"""What a document scores for being of the author that is typed: about what a rare word in its title gives."""
_LONGEST_NAME = 30


def without_asking(parts: list[Part]) -> list[Part]:
    """The parts without words of questions, as long as others remain."""
    shorter = [_told(part) for part in parts]
    return shorter if any(part.says for part in shorter) else parts


def _told(part: Part) -> Part:
    if not _typed_as_words(part) or part.clause.excluded:
        return part
    asking = [token for token in tokens(part.words) if token.text in asking_words()]
    if not asking:
        return part
    text, at = "", 0
    for token in asking:
        text += part.words[at : token.start] + " "
        at = token.end
    text = " ".join((text + part.words[at:]).split())
    dropped = "、".join(dict.fromkeys(token.text for token in asking))
    note = Note(NoteCode.ASKING_WORDS, f"“{dropped}”不参加检索")
    if not says(text):
        return replace(part, kind=ClauseKind.IGNORED, label=f"忽略“{part.words}”", notes=(*part.notes, note), words="")
    return replace(part, label=f"包含“{text}”", notes=(*part.notes, note), words=text)


def with_hint(gazetteer: Gazetteer, part: Part, *, inferred: bool) -> Part:
    """With a hint where a word is exactly the name of a place: it finds what prints it, not what lies in it. Left out, both are."""
    if not _typed_as_words(part) or not is_place(part.words, gazetteer):
        return part
    if part.clause.excluded:
        codes = tuple(dict.fromkeys(one.code for one in places_called(part.words, gazetteer, villages=False)))
        note = Note(NoteCode.PLACE_NAME, f'“{part.words}”也是地名，这个地区的也不要；只排除这个词，写“-"{part.words}"”')
        query = Any((phrase(part.words), Term(place_field(inferred), codes)))
        return replace(part, label=f"{part.label}，不要这个地区", notes=(*part.notes, note), query=query)
    note = Note(NoteCode.PLACE_NAME, f"“{part.words}”也是地名；只找这个地区的，写“地区:{part.words}”")
    return replace(part, notes=(*part.notes, note))


async def with_authors(services: Services, parts: Sequence[Part]) -> list[Part]:
    """With the documents of authors whose names are typed like words."""
    likely = [_typed_as_words(part) and not part.clause.excluded and 2 <= len(part.words) <= _LONGEST_NAME for part in parts]
    known = await known_authors(services) if any(likely) else {}
    return [_with_author(part, known.get(fold(part.words), ())) if maybe else part for part, maybe in zip(parts, likely, strict=True)]


def _with_author(part: Part, names: tuple[str, ...]) -> Part:
    if not names:
        return part
    note = Note(NoteCode.AUTHOR_NAME, f"“{part.words}”是作者，也找其文献；只找其文献，写“作者:{names[0]}”")
    written = Constant(All((Term("kind", (ItemType.DOCUMENT.value,)), Term("authors", names))), OF_AUTHOR)
    return replace(part, label=f"{part.label}或作者", notes=(*part.notes, note), also=written)


def widened(part: Part) -> Part:
    """With the synonyms that the thesaurus has for exactly these words: they mean the same and nothing else."""
    known = named_indicator(part.words) if part.plain else None
    if known is None:
        return part
    folded = fold(part.words)
    names = [name for name in (known.term, *known.synonyms) if folded not in fold(name)]
    shortest = [name for name in names if not any(other != name and fold(other) in fold(name) for other in names)][:MAX_SYNONYMS]
    if not shortest:
        return part
    said = "、".join(f"“{name}”" for name in shortest)
    note = Note(NoteCode.SYNONYMS, f"“{part.words}”也找同义词{said}")
    return replace(part, label=f"{part.label}或{said}", notes=(*part.notes, note), synonyms=tuple(shortest))


def _typed_as_words(part: Part) -> bool:
    return part.kind is part.clause.kind is ClauseKind.WORDS
