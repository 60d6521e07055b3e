"""What must be on disk before Slack is told that we have heard?"""

from dataclasses import dataclass

from bot.ports import Archive, Jobs, Mention, Postings


@dataclass(frozen=True)
class Durable:
    """The neighbours that outlive a crash."""

    archive: Archive
    postings: Postings
    jobs: Jobs

    async def take(self, mention: Mention) -> None:
        """Keep a mention and its job; once more changes nothing.

        The job is accepted even if the mention was there already: the process may have died
        between the two.
        """
        await self.archive.record(mention)
        await self.jobs.accept(mention.key)
