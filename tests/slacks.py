"""A Slack on localhost that lets no payload of a bot pass which Slack would not take, and what
people do in it again and again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.local import LocalSlack, Rules
from bot.local.state import View
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


async def asked_to_delete(slack: LocalSlack, person: str, ts: str) -> View:
    """The box that opens for that person who presses Delete under the message ``ts``."""

    def box() -> View | None:
        view = slack.modal(person)
        return view if view and ts in view.content["private_metadata"] else None

    slack.click(person, ts, "delete.v2")
    return await slack.wait_for(box)


async def delete_reply(slack: LocalSlack, person: str, ts: str) -> None:
    """Press Delete under the message ``ts``, and confirm it."""
    slack.submit(await asked_to_delete(slack, person, ts), {})
