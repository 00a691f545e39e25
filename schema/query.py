"""Everything that can be asked, put together from the roots."""

from __future__ import annotations

import strawberry

from schema.roots.comparing import CompareQueries
from schema.roots.ingesting import JobQueries
from schema.roots.listing import ListQueries
from schema.roots.looking_up import LookUpQueries
from schema.roots.searching import SearchQueries
from schema.roots.suggesting import SuggestQueries


@strawberry.type(description="What can be asked.")
class Query(SearchQueries, LookUpQueries, ListQueries, CompareQueries, SuggestQueries, JobQueries):
    """A new root is a method in one of these, or a class of its own and its name here."""
