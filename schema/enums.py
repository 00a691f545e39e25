"""The API's own enums."""

from __future__ import annotations

from enum import StrEnum

from schema.describe import describe
from search.port import EngineKind


class ItemType(StrEnum):
    """What a search can find; values are the kinds of index entries."""

    DOCUMENT = "DOCUMENT"
    KNOWLEDGE_UNIT = "UNIT"
    STATISTIC = "STATISTIC"
    PRACTICE = "PRACTICE"


class MatchMode(StrEnum):
    """How many words of a query an item must hold."""

    AUTO = "AUTO"
    ALL = "ALL"
    ANY = "ANY"


class SearchSort(StrEnum):
    """The order of a search's hits."""

    RELEVANCE = "RELEVANCE"
    PUBLISHED_DESC = "PUBLISHED_DESC"
    PUBLISHED_ASC = "PUBLISHED_ASC"
    VALUE_DESC = "VALUE_DESC"
    VALUE_ASC = "VALUE_ASC"


class FacetField(StrEnum):
    """What hits can be counted by."""

    TYPE = "TYPE"
    GENRE = "GENRE"
    PLACE = "PLACE"
    THEME = "THEME"
    UNIT_KIND = "UNIT_KIND"
    PRACTICE = "PRACTICE"
    PRACTICE_KIND = "PRACTICE_KIND"
    PRACTICE_STATE = "PRACTICE_STATE"
    YEAR = "YEAR"
    SUBJECT = "SUBJECT"
    MEASURE = "MEASURE"
    MEASURE_WORD = "MEASURE_WORD"
    STATUS = "STATUS"
    INDICATOR = "INDICATOR"
    ASPECT = "ASPECT"
    SOURCE = "SOURCE"


class TotalRelation(StrEnum):
    """How exact a total is."""

    EXACT = "EXACT"
    AT_LEAST = "AT_LEAST"


class CellState(StrEnum):
    """What a cell of a comparison knows."""

    FOUND = "FOUND"
    READ_NOT_MENTIONED = "READ_NOT_MENTIONED"
    NO_DOCUMENT = "NO_DOCUMENT"


describe(
    ItemType,
    "What a search can find.",
    {
        "DOCUMENT": "A whole document: an article, a report or a case.",
        "KNOWLEDGE_UNIT": "An experience, measure, result, problem or recommendation.",
        "STATISTIC": "One figure with its subject, its unit and its quote.",
        "PRACTICE": "A practice or system that a text calls by a name of its own.",
    },
)
describe(
    MatchMode,
    "How many words of the query an item must hold.",
    {
        "AUTO": "Every word but those of questions (怎么, 哪些), and where fewer than three items hold them all, any; `reading` tells.",
        "ALL": "Every word.",
        "ANY": "At least one word; the more, the higher it ranks.",
    },
)
describe(
    SearchSort,
    "The order of the hits; ties are broken by id.",
    {
        "RELEVANCE": "The best match first.",
        "PUBLISHED_DESC": "The newest document first; undated ones last.",
        "PUBLISHED_ASC": "The oldest document first; undated ones last.",
        "VALUE_DESC": "The largest figure first, by its value in the normal unit (1公顷 before 2亩); items that are no figures last.",
        "VALUE_ASC": "The smallest figure first, by its value in the normal unit; items that are no figures last.",
    },
)
describe(
    FacetField,
    "What hits can be counted by.",
    {
        "TYPE": "Documents, units, statistics, practices.",
        "GENRE": "The genre of the document.",
        "PLACE": "The place and each place above it; a bucket's parentValue leads up the tree.",
        "THEME": "The themes.",
        "UNIT_KIND": "The kind of a knowledge unit.",
        "PRACTICE": "Named practices and systems.",
        "PRACTICE_KIND": "What a named practice calls itself: project, model, system, platform.",
        "PRACTICE_STATE": "Whether a practice is in use, on trial or planned.",
        "YEAR": "The year of the document.",
        "SUBJECT": "What a figure counts.",
        "MEASURE": "The kind of quantity of a figure.",
        "MEASURE_WORD": "The measure word of a figure, as printed.",
        "STATUS": "Whether a figure is a fact, a plan or a rule.",
        "INDICATOR": "What a figure counts, under the thesaurus's preferred term.",
        "ASPECT": "What a figure says of its indicator: level, change, share, rate, average.",
        "SOURCE": "The file that it came in.",
    },
)
describe(
    TotalRelation,
    "How exact a total is.",
    {"EXACT": "Counted to the last one.", "AT_LEAST": "There are this many or more."},
)
describe(
    CellState,
    "What a cell of a comparison knows; a place without documents is not a place without measures.",
    {
        "FOUND": "Documents about the place say something on the theme; the quotes stand in the cell.",
        "READ_NOT_MENTIONED": "Documents about the place were read, and no unit in them was found under the theme; "
        "the cell's `documents` are what was read.",
        "NO_DOCUMENT": "The archive holds no document about the place.",
    },
)
describe(
    EngineKind,
    "The search engine behind the archive.",
    {"EMBEDDED": "The engine inside the process (tantivy).", "ELASTICSEARCH": "An Elasticsearch cluster."},
)
