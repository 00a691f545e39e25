"""What can come of a mutation that is nobody's fault but the input's: typed, so that a front end can show it beside the field."""

from __future__ import annotations

import strawberry


@strawberry.interface(description="Why a mutation did nothing.")
class UserError:
    """Each kind has a type of its own."""

    message: str = strawberry.field(description="What is wrong, and what to do.")


@strawberry.type(description="What is wrong with one part of an input.")
class InputProblem:
    """Points into the arguments of the mutation."""

    path: list[str] = strawberry.field(description="Where in the arguments, as in input, source, uploadId.")
    message: str = strawberry.field(description="What is wrong with it, and what to do.")


@strawberry.type(description="An input that cannot be worked with. Nothing was done.")
class InvalidInput(UserError):
    """All that is wrong at once."""

    problems: list[InputProblem] = strawberry.field(description="Each part that is wrong.")


@strawberry.type(description="So many ingests wait that no more is taken. Nothing was done.")
class QueueFull(UserError):
    """The queue is bounded."""

    retry_after_seconds: int = strawberry.field(description="When to try again.")


def invalid(*problems: tuple[tuple[str, ...], str]) -> InvalidInput:
    """Of paths and what is wrong there."""
    listed = [InputProblem(path=list(path), message=message) for path, message in problems]
    return InvalidInput(message=f"Nothing was done: {'; '.join(problem.message for problem in listed)}", problems=listed)
