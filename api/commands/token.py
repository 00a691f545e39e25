"""fangzhi token: who may write through the API."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from api.commands.common import json_option, print_json, say, with_settings
from api.settings import Settings
from archive.originals import Originals
from archive.tokens import Scope, Token, Tokens
from ingest.files import shown


@click.group(name="token", no_args_is_help=True)
def command() -> None:
    """Make, list and revoke the tokens with which the API lets people write.

    Without a token the API only reads. Tokens are kept as hashes beside the originals; a running server sees a change at once.
    """


@command.command()
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    type=click.Choice([scope.value for scope in Scope]),
    help="ingest: upload and ingest. admin: also delete, and see everybody's jobs. May be given twice.",
)
@click.option("--name", default="", help="Whose it is, or for what, to know it by in the list.")
@click.option("--days", type=int, help="Days until it expires. Default: it does not.")
@json_option
@with_settings
def create(settings: Settings, scopes: tuple[str, ...], name: str, days: int | None, as_json: bool) -> int:
    """Make a token and print it, once: it is not kept. Where there is no archive yet, an empty one is made, which can be served."""
    token, secret = Tokens(settings.archive).create(map(Scope, scopes), name, days)
    if settings.cluster is None:
        Originals(settings.archive).begin()
    if as_json:
        print_json({**_as_json(token), "token": secret})
        return 0
    click.echo(secret)
    until = f" until {token.expires_at}" if token.expires_at else ""
    say(f"{token.id} lets its bearer {_scopes(token)} at {shown(settings.place)}{until}. It is shown this once: keep it like a password.")
    return 0


@command.command(name="list")
@json_option
@with_settings
def listed(settings: Settings, as_json: bool) -> int:
    """List the tokens, with those that do not count any more."""
    tokens = Tokens(settings.archive).listed()
    if as_json:
        print_json([_as_json(token) for token in tokens])
        return 0
    for token in tokens:
        click.echo(f"{token.id}  {_state(token):<8}  {_scopes(token):<13}  {token.created_at}  {token.expires_at or '-'}  {token.name}")
    if not tokens:
        say("There are no tokens, so the API only reads; `fangzhi token create --scope ingest` makes one.")
    return 0


@command.command()
@click.argument("identifier", metavar="ID")
@with_settings
def revoke(settings: Settings, identifier: str) -> int:
    """Revoke a token: the next request that bears it is refused."""
    click.echo(f"{Tokens(settings.archive).revoke(identifier).id} is revoked.")
    return 0


def _state(token: Token) -> str:
    if token.revoked_at:
        return "revoked"
    return "live" if token.live(datetime.now(UTC)) else "expired"


def _scopes(token: Token) -> str:
    return "+".join(sorted(token.scopes))


def _as_json(token: Token) -> dict[str, object]:
    return {
        "id": token.id,
        "name": token.name,
        "scopes": sorted(token.scopes),
        "state": _state(token),
        "createdAt": token.created_at,
        "expiresAt": token.expires_at,
        "revokedAt": token.revoked_at,
    }
