"""The command that shows what the models used: `readout usage`."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import reduce
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from bot import assembly
from bot.briefing.report import SCHEMA, Report
from bot.briefing.tasks import Usage
from bot.commands.output import print_aside, print_json
from bot.ledger import Spent
from bot.settings import load_settings
from bot.terminal import show

_TEXTS = ("day (UTC)", "team", "model", "as")
_NUMBERS = ("requests", "failed", "tokens in", "tokens out", "cost", "seconds")
_ESTIMATED = "≈ The endpoint did not say how many tokens it used; they were counted here."


def usage(
    days: Annotated[int, typer.Option(min=1, metavar="N", help="How many days back.")] = 30,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")] = False,
) -> None:
    """Tell what the models took, by day, team and model, the writer and the judge apart.

    The figures are those of `readout serve`; they stay when a request is deleted or expires, and
    do not say any more who asked it.

    ```text
    readout usage
    readout usage --days 7 --json
    ```
    """
    spent = assembly.spent(load_settings(), days)
    if as_json:
        rows = [_report(each) for each in spent]
        print_json({"schema": SCHEMA, "kind": "usage", "days": days, "rows": rows})
        return
    show(_table(spent))
    if any(each.usage.estimated for each in spent):
        print_aside(_ESTIMATED)


def _report(spent: Spent) -> Report:
    figures: Report = asdict(spent)
    used: Report = figures.pop("usage")
    del used["shown"]  # what was read, and no figure
    return figures | used


def _table(spent: Sequence[Spent]) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in _TEXTS:
        table.add_column(name, no_wrap=True)
    for name in _NUMBERS:
        table.add_column(name, justify="right", no_wrap=True)
    for each in spent:
        table.add_row(*_cells(each))
    if len(spent) > 1:
        table.add_row(*_cells(_total(spent)), style="bold")
    return table


def _total(spent: Sequence[Spent]) -> Spent:
    return Spent(
        "all",
        "",
        "",
        "writer",
        sum(each.requests for each in spent),
        sum(each.failed for each in spent),
        reduce(Usage.plus, (each.usage for each in spent)),
        sum(each.seconds for each in spent),
    )


def _cells(spent: Spent) -> list[Text]:
    used = spent.usage
    about = "≈" if used.estimated else ""
    numbers = [
        f"{spent.requests:,}",
        f"{spent.failed:,}",
        f"{about}{used.tokens_in:,}",
        f"{about}{used.tokens_out:,}",
        "" if used.cost_usd is None else f"{about}${used.cost_usd:.4f}",
        f"{spent.seconds:,.1f}",
    ]
    texts = (spent.day, spent.team, spent.model, spent.role if spent.model else "")
    return [Text(cell) for cell in (*texts, *numbers)]
