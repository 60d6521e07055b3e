"""What is in a bot's database, queried from outside while the bot runs, dies and comes back?"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass

import psycopg

from benchmarks.figures import Figure

_LEFT = "select count(*) from {} where status in ('PENDING', 'ENQUEUED')"
_GIVEN_UP = "select count(*) from {} where status = 'CANCELLED' or name = 'give_up'"


@dataclass(frozen=True)
class Store:
    """The database at ``address``."""

    address: str

    def has_answer(self, key: str) -> bool:
        """Whether the answer to the mention of that key is kept."""
        return self._count("select count(*) from outcomes where key = {}", key) > 0

    def left(self) -> list[Figure]:
        """How many jobs wait or are in progress, and how many were given up."""
        return [
            Figure("jobs not done", "", (self._jobs(_LEFT),), 1),
            Figure("jobs given up", "", (self._jobs(_GIVEN_UP),), 1),
        ]

    def _jobs(self, question: str) -> int:
        if not self.address.startswith("sqlite"):
            return self._count(question.format("dbos.workflow_status"))
        beside = Store(self.address.removesuffix(".db") + ".jobs.sqlite")
        return beside._count(question.format("workflow_status"))

    def _count(self, question: str, *values: str) -> int:
        if self.address.startswith("sqlite"):
            path = self.address.removeprefix("sqlite:///")
            with closing(sqlite3.connect(path, timeout=30)) as connection:
                return int(connection.execute(question.format("?"), values).fetchone()[0])
        with psycopg.connect(self.address, autocommit=True) as connection:
            row = connection.execute(question.format("%s").encode(), values).fetchone()
            return int(row[0]) if row else 0
