"""The command that measures the checks: `readout eval`."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.output import print_aside, print_text
from bot.service.errors import UsageError
from evals.claim_sets import measured_sets
from evals.scores import (
    Measured,
    Outcome,
    below,
    figures,
    mistakes,
    own_outcomes,
    pinned,
    tables,
    unearned,
)


def evaluate(
    claims: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="A folder of labelled claims.")
    ] = None,
    half: Annotated[
        int | None,
        typer.Option("--articles", min=0, max=1, help="Only one half of those articles."),
    ] = None,
    list_mistakes: Annotated[
        bool, typer.Option("--mistakes", help="List what was missed, and the false alarms.")
    ] = False,
    update: Annotated[
        bool, typer.Option("--update", help="Save the results as the new floors.")
    ] = False,
) -> int:
    """Measure the checks: what they catch of wrong claims, and what they refuse of honest ones, by
    proofs alone and with doubts, for each group of languages and each check.

    The claims come with Readout. With --claims those of others are measured too; to fit rules on
    one half of their articles and measure on the other, give --articles. The status is 1 where our
    own claims fare worse than was pinned, or a check counts as a proof that is none.

    ```text
    readout eval
    readout eval --claims claims/ --articles 0 --mistakes
    readout eval --update              # in a checkout: the floors are these figures from now on
    ```
    """
    own = own_outcomes()
    measured = [Measured("own", own), *(measured_sets(claims, half) if claims else ())]
    print_text("\n".join(map(tables, measured)))
    if list_mistakes:
        print_text("\n".join(map(mistakes, measured)))
    return _held(own, update=update)


def _held(own: Sequence[Outcome], *, update: bool) -> int:
    found = figures(own)
    faults = below(found, pinned()) + unearned(own)
    for sentence in faults:
        print_aside(sentence)
    if update:
        _write(json.dumps(dict(sorted(found.items())), indent=1) + "\n")
        return 0
    return int(bool(faults))


def _write(text: str) -> None:
    path = Path(__file__).with_name("floors.json")
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} is not writable. Set floors in a checkout.") from error
