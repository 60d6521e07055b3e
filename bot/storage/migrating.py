"""Brings the tables of an earlier version up to date, with Alembic.

It is imported only if there is something to do: the import would take a tenth of each start.
"""

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from bot.service.errors import SettingsError

_MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(connection: Connection) -> None:
    """Bring the tables up to date, within the transaction of ``connection``.

    Raises:
        SettingsError: a newer Readout made them.
    """
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise SettingsError(
            "A newer Readout has used this database. Start that version, or choose another "
            "database with READOUT_DATABASE_URL."
        ) from error
