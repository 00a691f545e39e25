"""fangzhi verify: the proof that every quote stands where its span says."""

from __future__ import annotations

import asyncio

import click

from api.bootstrap import answering, require_originals
from api.commands.common import counted, json_option, print_json, warn_of_damage, with_settings
from api.engine import open_engine
from api.executors import processes
from api.settings import Settings
from ingest.verify import Problem, Proof, verify


@click.command(name="verify")
@json_option
@with_settings
def command(settings: Settings, as_json: bool) -> int:
    """Prove that every stored quote still stands where its span says.

    Looks each quote up in the clean text and in the kept original, and each original up by its hash. Exit code 1 when something does not
    stand, with the id of the fact and what is wrong.
    """
    proof, problems = asyncio.run(_verify(settings))
    if as_json:
        print_json(
            {
                "ok": not problems,
                "originals": proof.originals,
                "documents": proof.documents,
                "facts": proof.facts,
                "quotes": proof.quotes,
                "problems": [{"id": problem.id, "what": problem.what} for problem in problems],
            }
        )
    else:
        for problem in problems:
            click.echo(f"{problem.id}: {problem.what}")
        counts = ((proof.originals, "original"), (proof.documents, "document"), (proof.facts, "fact"), (proof.quotes, "quote"))
        seen = ", ".join(counted(number, noun) for number, noun in counts)
        click.echo(f"{counted(len(problems), 'problem')} in {seen}." if problems else f"Everything stands: {seen}.")
    return 1 if problems else 0


async def _verify(settings: Settings) -> tuple[Proof, list[Problem]]:
    proof = Proof()
    async with open_engine(settings, patient=True) as engine:
        originals = await require_originals(settings, engine)
        warn_of_damage(originals)
        await answering(engine)
        with processes(1, settings.limits) as executor:
            return proof, [problem async for problem in verify(originals, engine, proof, executor)]
