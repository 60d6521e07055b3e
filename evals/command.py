"""The command that measures the checks: `readout eval`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.briefing.paper import SCHEMA
from bot.cli.output import print_aside, print_json, print_text
from bot.service.errors import UsageError
from evals.cases import digest
from evals.claim_sets import measured_sets
from evals.scores import (
    Measured,
    Outcome,
    figures,
    measured_json,
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
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")] = False,
    list_mistakes: Annotated[
        bool, typer.Option("--mistakes", help="List what was missed, and the false alarms.")
    ] = False,
    update: Annotated[
        bool, typer.Option("--update", help="Save the results as the new floors.")
    ] = False,
    allow_regression: Annotated[
        bool, typer.Option("--allow-regression", help="Save them even where they are lower.")
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
    readout eval --update              # in a checkout, after the checks got better
    ```
    """
    own = own_outcomes()
    measured = [Measured("own", own), *(measured_sets(claims, half) if claims else ())]
    if as_json:
        sets = {each.name: measured_json(each) for each in measured}
        print_json({"schema": SCHEMA, "kind": "evaluation", "sets": sets})
    else:
        print_text("\n".join(map(tables, measured)))
        if list_mistakes:
            print_text("\n".join(map(mistakes, measured)))
    return _held(own, update=update, allow_regression=allow_regression)


def _held(own: Sequence[Outcome], *, update: bool, allow_regression: bool) -> int:
    found, known = figures(own), pinned()
    if update:
        raised = known.raised(found, digest(), allow_regression=allow_regression)
        _write(raised.written())
        return 0
    if known.digest != digest():
        print_aside(
            "These are not the claims that the floors were set for; --update sets them again."
        )
    faults = known.below(found) + unearned(own)
    for sentence in faults:
        print_aside(sentence)
    return int(bool(faults))


def _write(text: str) -> None:
    path = Path(__file__).with_name("floors.json")
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} is not writable. Set floors in a checkout.") from error
