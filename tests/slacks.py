"""A Slack on localhost that lets no payload of a bot pass which Slack would not take."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.local import LocalSlack, Rules
from tests.payloads import complaints


@asynccontextmanager
async def running_slack(rules: Rules | None = None) -> AsyncIterator[LocalSlack]:
    """A Slack until the block ends; then all that it was sent is looked at once more.

    Raises:
        AssertionError: a payload was bad, though nobody may have noticed.
    """
    async with LocalSlack.running(rules) as slack:
        yield slack
        found = complaints(slack)
        assert not found, "\n".join(found)
