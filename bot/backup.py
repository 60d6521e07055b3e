"""The command that copies the database while it is in use: `readout backup`."""

from pathlib import Path
from typing import Annotated

import typer

from bot import assembly
from bot.commands.output import print_aside, print_text
from bot.settings import load_settings


def backup(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The folder to copy to; created if missing.")
    ],
) -> None:
    """Copy the database into a folder, even while `readout serve` is running.

    Makes a checked snapshot of both files of a SQLite database. A Readout started on the copies
    answers what was still open; what has been answered since, it finds in Slack and does not
    answer again. For PostgreSQL it prints the `pg_dump` command to run.

    ```text
    readout backup /var/backups/readout/2026-01-31
    ```
    """
    for copy in assembly.backup(load_settings(), folder):
        print_text(str(copy))
    print_aside(
        "The backup is complete. It contains what people sent: protect it like the database itself."
    )
