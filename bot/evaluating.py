"""The command that measures the checks: `readout eval`."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from bot.briefing.report import SCHEMA
from bot.commands.claim_sets import measured_sets
from bot.commands.output import print_aside, print_json, print_text
from bot.errors import UsageError
from bot.evaluation import floors
from bot.evaluation.cases import PLAIN, digest
from bot.evaluation.measuring import own_outcomes
from bot.evaluation.report import Measured, measured_json, mistakes, tables

# Other sets are told and never a gate: they were made to tell models apart, with sources that a
# tokeniser has spoilt, and what they call benign must fail here.
_PINNED = re.compile(r"own|perturb|verify_open_\w+(?:\+advice)?")
_NEARBY = Path("..", "shared", "data", "claims")


def evaluate(
    claims: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Labelled claims of others.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")] = False,
    ablation: Annotated[
        bool, typer.Option("--ablation", help="What each check catches that no other does.")
    ] = False,
    list_mistakes: Annotated[
        bool, typer.Option("--mistakes", help="List what was missed, and the false alarms.")
    ] = False,
    update: Annotated[bool, typer.Option("--update", help="Pin what was reached.")] = False,
    allow_regression: Annotated[
        bool, typer.Option("--allow-regression", help="Pin it though it is less than before.")
    ] = False,
) -> int:
    """Measure the checks: what they catch of corrupted claims, and what they say of honest ones.

    The claims are made from articles that come with Readout, the same ones every time. The
    status is 1 where a figure has fallen below the floor that was pinned for it.

    ```text
    readout eval
    readout eval --ablation --claims claims/
    readout eval --update              # in a checkout, after the checks got better
    ```
    """
    measured = list(_measured(claims))
    if as_json:
        sets = {each.name: measured_json(each) for each in measured}
        print_json({"schema": SCHEMA, "kind": "evaluation", "sets": sets})
    else:
        print_text("\n".join(tables(each, has_ablation=ablation) for each in measured))
        if list_mistakes:
            print_text("\n".join(map(mistakes, measured)))
    return _held(measured, update=update, allow_regression=allow_regression)


def _measured(claims: Path | None) -> Iterator[Measured]:
    own = own_outcomes()
    yield Measured("own", own)
    yield Measured("own, plain kinds", [each for each in own if each.kind in PLAIN])
    if claims or _NEARBY.is_dir():
        yield from measured_sets(claims or _NEARBY)
    else:
        print_aside("No claims of others were measured: give their folder with --claims.")


def _held(measured: list[Measured], *, update: bool, allow_regression: bool) -> int:
    found: dict[str, float] = {}
    for each in measured:
        if _PINNED.fullmatch(each.name):
            found |= floors.figures(each.name, each.outcomes)
    known = floors.pinned()
    if update:
        raised = known.raised(found, digest(), allow_regression=allow_regression)
        _write(raised.written())
        return 0
    if known.digest != digest():
        print_aside("The claims are not those that the floors were pinned for: --update pins anew.")
    below = known.below(found)
    for sentence in below:
        print_aside(sentence)
    return int(bool(below))


def _write(text: str) -> None:
    path = Path(floors.__file__).with_name("floors.json")
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} can't be written. Pin floors in a checkout.") from error
