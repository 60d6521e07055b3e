"""Queries a bot's database from outside, while the bot runs, dies and restarts."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass

import psycopg

from benchmarks.figures import Figure

_LEFT = "select count(*) from {} where status in ('PENDING', 'ENQUEUED')"
_GIVEN_UP = "select count(*) from {} where status = 'CANCELLED' or name = 'give_up'"


@dataclass(frozen=True)
class BotDatabase:
    """The database at ``address``."""

    address: str

    def has_answer(self, key: str) -> bool:
        """Whether there is a reply to the mention ``key``."""
        return self._count("select count(*) from outcomes where key = {}", key) > 0

    def job_figures(self) -> list[Figure]:
        """Figures: jobs that wait or are in progress, and jobs that were given up."""
        return [
            Figure("jobs not done", "", (self._jobs(_LEFT),), 1),
            Figure("jobs given up", "", (self._jobs(_GIVEN_UP),), 1),
        ]

    def _jobs(self, query: str) -> int:
        if not self.address.startswith("sqlite"):
            return self._count(query.format("dbos.workflow_status"))
        jobs = BotDatabase(self.address.removesuffix(".db") + ".jobs.sqlite")
        return jobs._count(query.format("workflow_status"))

    def _count(self, query: str, *values: str) -> int:
        if self.address.startswith("sqlite"):
            path = self.address.removeprefix("sqlite:///")
            with closing(sqlite3.connect(path, timeout=30)) as connection:
                return int(connection.execute(query.format("?"), values).fetchone()[0])
        with psycopg.connect(self.address, autocommit=True) as connection:
            row = connection.execute(query.format("%s").encode(), values).fetchone()
            return int(row[0]) if row else 0
