"""A Slack on localhost that lets no payload of a bot pass which Slack would not take, and what
people do in it again and again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sandbox.slack import LocalSlack, Rules
from sandbox.slack.state import View
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


def choose(slack: LocalSlack, person: str, ts: str, name: str) -> None:
    """Choose the entry of that name in the menu under the message ``ts``."""
    slack.click(person, ts, "more.v1", choice=entries(slack, ts)[name])


def entries(slack: LocalSlack, ts: str) -> dict[str, str]:
    """The values of the entries of the menu under the message ``ts``, by their names, in order."""
    elements = [each for block in slack.message(ts).blocks for each in block.get("elements", [])]
    options = [option for each in elements for option in each.get("options", [])]
    return {str(each["value"]).partition(":")[0]: str(each["value"]) for each in options}


async def asked_to_delete(slack: LocalSlack, person: str, ts: str) -> View:
    """The box that opens for that person who presses Delete under the message ``ts``."""

    def box() -> View | None:
        view = slack.modal(person)
        return view if view and ts in view.content["private_metadata"] else None

    if "delete" in entries(slack, ts):
        choose(slack, person, ts, "delete")
    else:
        slack.click(person, ts, "delete.v2")
    return await slack.wait_for(box)


async def delete_reply(slack: LocalSlack, person: str, ts: str) -> None:
    """Press Delete under the message ``ts``, and confirm it."""
    slack.submit(await asked_to_delete(slack, person, ts), {})
