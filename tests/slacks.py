"""A Slack on localhost that checks every payload, and actions that people repeat."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sandbox.slack import LocalSlack, Rules
from sandbox.slack.state import View
from tests.payloads import complaints


@asynccontextmanager
async def running_slack(rules: Rules | None = None) -> AsyncIterator[LocalSlack]:
    """Run a Slack, and check all payloads once more at the end.

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
    """Press Delete under the message ``ts``; returns the dialog."""

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
