"""Forward paging: strict cursors, and connections over lists in memory and over search."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec
import strawberry

from archive.errors import BadCursor, BadRequest
from schema.cost import priced
from search.criteria import Scalar

T = TypeVar("T")

MAX_FIRST = 100
MAX_OFFSET = 1000
MAX_CURSOR = 4096
Position = tuple[Scalar | None, ...]


class _Payload(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    version: int
    listed: str
    position: tuple[str | int | float | bool | None, ...]


def list_of(*parts: object) -> str:
    """The name of a list, for its cursors: 12 letters that tell what was asked, and nothing of what the archive holds at the moment.

    `parts` are all that decides which items are in the list and in which order; each has a `repr` that tells it from others.
    """
    return hashlib.blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def encode_cursor(position: Position, listed: str) -> str:
    """An opaque cursor behind an item at `position` of the list that `list_of` has named: URL-safe text without padding."""
    payload = _Payload(2, listed, position)
    return base64.urlsafe_b64encode(msgspec.json.encode(payload)).rstrip(b"=").decode("ascii")


def decode_cursor(cursor: str, listed: str) -> Position:
    """The position behind a cursor. Raises BadCursor for anything that encode_cursor never gave out for this list."""
    refusal = BadCursor("This cursor was not given out for this list; take an endCursor of its pageInfo, or leave `after` out.")
    if len(cursor) > MAX_CURSOR:
        raise refusal
    try:
        data = base64.b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        payload = msgspec.json.decode(data, type=_Payload)
    except (UnicodeEncodeError, binascii.Error, msgspec.DecodeError) as error:
        raise refusal from error
    if payload.version != 2 or not payload.position or encode_cursor(payload.position, listed) != cursor:
        raise refusal  # base64 is lenient about spare bits and JSON about spaces, so only the exact text is taken
    return payload.position


def check_first(first: int, most: int = MAX_FIRST) -> int:
    """`first` itself. Raises BadRequest when it is not between 1 and `most`."""
    if not 1 <= first <= most:
        raise BadRequest(f"`first` must be between 1 and {most}, not {first}; page on with `after`.")
    return first


def check_offset(offset: int | None, after: str | None) -> int:
    """The number of hits to skip. Raises BadRequest when it is out of range or goes with a cursor."""
    if offset is None:
        return 0
    if after is not None:
        raise BadRequest("Give `after` or `offset`, not both.")
    if not 0 <= offset <= MAX_OFFSET:
        raise BadRequest(f"`offset` must be between 0 and {MAX_OFFSET}, not {offset}; narrow the search, or page on with `after`.")
    return offset


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    """Relay's PageInfo, forward only."""

    has_next_page: bool = strawberry.field(description="Whether more follow.")
    has_previous_page: bool = strawberry.field(description="Whether the page was reached by a cursor or an offset.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first item; null on an empty page.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last item, for `after`; null on an empty page.")


@strawberry.type(description="An item of a list with its cursor.")
class Edge(Generic[T]):
    """Relay's edge."""

    cursor: str = strawberry.field(description="Opaque; give it as `after` to go on behind this item.")
    node: T = strawberry.field(description="The item.")


@strawberry.type(description="A page of a list.")
class Connection(Generic[T]):
    """Relay's connection, with the items themselves beside the edges."""

    edges: list[Edge[T]] = strawberry.field(description="The items with their cursors.", metadata=priced(inherits=True))
    nodes: list[T] = strawberry.field(description="The items.", metadata=priced(inherits=True))
    page_info: PageInfo = strawberry.field(description="Where this page stands.")
    total_count: int = strawberry.field(description="How many there are on all pages.")


@dataclass(frozen=True, slots=True)
class EdgeOf(Generic[T]):
    """What an Edge is resolved from."""

    cursor: str
    node: T


@dataclass(frozen=True, slots=True)
class PageOf(Generic[T]):
    """What a Connection is resolved from."""

    edges: tuple[EdgeOf[T], ...]
    page_info: PageInfo
    total_count: int

    @property
    def nodes(self) -> list[T]:
        """The items without their cursors."""
        return [edge.node for edge in self.edges]


def page_info(cursors: Sequence[str], *, more: bool, moved: bool) -> PageInfo:
    """The PageInfo of a page with these cursors."""
    return PageInfo(
        has_next_page=more,
        has_previous_page=moved,
        start_cursor=cursors[0] if cursors else None,
        end_cursor=cursors[-1] if cursors else None,
    )


def page_of(items: Sequence[T], scope: str, key: Callable[[T], str], first: int, after: str | None) -> PageOf[T]:
    """A page of a list that is in memory; `key` gives each item's id, `scope` names the list. Raises BadRequest and BadCursor."""
    check_first(first)
    listed = list_of(scope)
    start = 0
    if after is not None:
        last = decode_cursor(after, listed)
        keys: list[Scalar | None] = [key(item) for item in items]
        if len(last) != 1 or last[0] not in keys:
            raise BadCursor("The item behind this cursor is not in this list; begin again without `after`.")
        start = keys.index(last[0]) + 1
    edges = tuple(EdgeOf(encode_cursor((key(item),), listed), item) for item in items[start : start + first])
    info = page_info([edge.cursor for edge in edges], more=start + first < len(items), moved=start > 0)
    return PageOf(edges, info, len(items))
