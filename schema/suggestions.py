"""What may be meant by what somebody has typed so far."""

from __future__ import annotations

import strawberry

from archive.errors import BadRequest
from schema.describe import describe
from schema.fields import resolved
from schema.known_names import known_names
from schema.name_index import SuggestedName, SuggestionKind
from schema.node import Info
from schema.pagination import check_first
from schema.text_range import TextRange

MAX_SUGGESTIONS = 50
MAX_PREFIX = 100
LABELS = {
    SuggestionKind.PRACTICE: "做法与系统",
    SuggestionKind.INDICATOR: "指标",
    SuggestionKind.SUBJECT: "统计对象",
    SuggestionKind.PLACE: "地区",
    SuggestionKind.THEME: "主题",
    SuggestionKind.TITLE: "题名",
}

describe(
    SuggestionKind,
    "What a suggested name names.",
    {
        "PRACTICE": "A named practice or system.",
        "INDICATOR": "An indicator of figures, under the thesaurus's preferred term where it has one.",
        "SUBJECT": "What figures count, as printed, where it is no indicator.",
        "PLACE": "A place; down to the counties also those that nothing in the archive is about.",
        "THEME": "A theme of the closed list.",
        "TITLE": "The title of a document.",
    },
)


@strawberry.type(description="A name that what has been typed so far may become.")
class Suggestion:
    """Resolved from SuggestedName."""

    @resolved(description="The name; one of several places with one name with what lies above it.")
    @staticmethod
    def text(parent: strawberry.Parent[SuggestedName]) -> str:
        """To be shown."""
        return parent.name.text

    @resolved(description="What it names.")
    @staticmethod
    def kind(parent: strawberry.Parent[SuggestedName]) -> SuggestionKind:
        """For an icon."""
        return parent.name.kind

    @resolved(description="The Chinese name of its kind.")
    @staticmethod
    def label(parent: strawberry.Parent[SuggestedName]) -> str:
        """To be shown beside it."""
        return LABELS[parent.name.kind]

    @resolved(description="How many items are filed under it, reprints left out; 0 for a place or a theme that nothing is about.")
    @staticmethod
    def count(parent: strawberry.Parent[SuggestedName]) -> int:
        """Counted when the archive was last written."""
        return parent.name.count

    @resolved(description="What to put into the search box for it, as in 地区:聂拉木县.")
    @staticmethod
    def input(parent: strawberry.Parent[SuggestedName]) -> str:
        """In the language of the box."""
        return parent.name.input

    @resolved(
        description="Where the characters that were typed stand in the name; empty if it was found by its sound.",
        graphql_type=list[TextRange],
    )
    @staticmethod
    def matched(parent: strawberry.Parent[SuggestedName]) -> list[TextRange]:
        """Half-open ranges of code points."""
        return [TextRange(start=span.start, end=span.end) for span in parent.matched]


async def suggested(info: Info, prefix: str, first: int) -> list[SuggestedName]:
    """The suggestions. Raises BadRequest for a `first` out of range or a prefix that nobody types."""
    check_first(first, MAX_SUGGESTIONS)
    if len(prefix) > MAX_PREFIX:
        raise BadRequest(f"`prefix` has at most {MAX_PREFIX} characters, not {len(prefix)}.")
    return (await known_names(info.context.services)).find(prefix, first)
