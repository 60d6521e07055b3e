"""`readout eval`: measures the checks."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.output import print_stderr, print_text
from bot.service.errors import UsageError
from evals.claim_sets import check_sets
from evals.scores import (
    ClaimSet,
    Outcome,
    figures,
    load_floors,
    mistakes,
    own_outcomes,
    regressions,
    tables,
    weak_proofs,
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
    sets = [ClaimSet("own", own), *(check_sets(claims, half) if claims else ())]
    print_text("\n".join(map(tables, sets)))
    if list_mistakes:
        print_text("\n".join(map(mistakes, sets)))
    return _compare_with_floors(own, update=update)


def _compare_with_floors(own: Sequence[Outcome], *, update: bool) -> int:
    found = figures(own)
    faults = regressions(found, load_floors()) + weak_proofs(own)
    for sentence in faults:
        print_stderr(sentence)
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
