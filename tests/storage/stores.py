"""What the archive and its postings are tested with."""

from dataclasses import dataclass

from bot.service.ports import Archive, Postings
from tests.fakes import Clock


@dataclass
class Stores:
    """An archive and its postings, in memory or in a database."""

    archive: Archive
    postings: Postings
    clock: Clock
