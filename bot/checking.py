"""The command that checks claims: `readout check`."""

import asyncio
from collections.abc import Iterable
from typing import Annotated

import typer

from bot import assembly
from bot.commands.claims import Malformed, Verdict, checked, judged, verdict_json
from bot.commands.output import print_aside, print_json
from bot.commands.sources import rows_of
from bot.errors import SettingsError, UsageError
from bot.settings import load_settings
from bot.terminal import Progress, show, verdict_view


def check(
    claims: Annotated[str, typer.Argument(metavar="CLAIMS.jsonl", help="A file, or -.")],
    with_judge: Annotated[
        bool,
        typer.Option(
            "--judge", help="Let the configured model judge what the checks can't decide."
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")] = False,
) -> int:
    """Check claims that somebody else wrote against their sources.

    Each line of the file is a JSON object with "source" and "claim", and perhaps "evidence"
    (spans of the source), "id", "voice", "speaker", "published" and "language": that of the
    claim. Where the source is in another, the claim is checked as a translation.

    ```text
    readout check claims.jsonl
    readout check claims.jsonl --judge --json
    ```
    """
    status = 0
    verdicts: Iterable[Verdict] = checked(rows_of(claims))
    for verdict in asyncio.run(_judged(verdicts)) if with_judge else verdicts:
        if isinstance(verdict, Malformed):
            status = UsageError.exit_status
        if as_json:
            print_json(verdict_json(verdict))
        else:
            show(verdict_view(verdict))
    return status


async def _judged(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """The verdicts once the configured judge has decided what no proof decides."""
    judge = assembly.judge(load_settings(), "openai")
    if judge is None:
        raise SettingsError(
            "No judge is available: READOUT_SECOND_OPINION is off, or the model measured too "
            "weak as a judge. readout doctor says which."
        )
    try:
        with Progress("Judging"):
            decided, unjudged = await judged(list(verdicts), judge)
    finally:
        await judge.close()
    if unjudged:
        print_aside(unjudged)
    return decided
