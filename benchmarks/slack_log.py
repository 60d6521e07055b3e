"""Reads the log of a Slack on localhost about the mentions posted there."""

import asyncio
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sandbox.slack import LocalSlack
from sandbox.slack.delivery import Delivery

Thread = tuple[str, str]
"""A channel and the timestamp of the message that opens the thread."""
_SHOWING = ("chat.postMessage", "chat.update")


def reply_counts(slack: LocalSlack) -> Counter[Thread]:
    """The number of reply messages in each thread, without first signs and streams."""
    return Counter(
        (message.channel, message.root)
        for channel in slack.state.channels
        for message in slack.state.messages(channel)
        if message.by_app and not message.seen_by and not message.stream
        if _part(message.metadata) >= 0
    )


def reply_times(slack: LocalSlack) -> dict[Thread, float]:
    """When the reply was there in each thread; its first message if there are several."""
    found: dict[Thread, float] = {}
    for call in slack.calls:
        if (
            call.method in _SHOWING
            and call.outcome == "ok"
            and _part(call.args.get("metadata") or {}) >= 0
        ):
            channel, ts = str(call.args["channel"]), call.args.get("ts", "")
            message = slack.state.message(channel, ts)
            root = message.root if message else call.args.get("thread_ts", "")
            found.setdefault((channel, root), call.at)
    return found


def _part(metadata: Mapping[str, Any]) -> int:
    """The part of a reply that a message is; 0 for another bot's."""
    return int(metadata.get("event_payload", {}).get("part", 0))


async def wait_for_replies(slack: LocalSlack, asked: Collection[Thread], seconds: float) -> None:
    """Wait until each mention has a reply.

    Raises:
        TimeoutError: that took longer than ``seconds``.
    """
    async with asyncio.timeout(seconds):
        while len(reply_counts(slack).keys() & set(asked)) < len(asked):
            await asyncio.sleep(0.25)
    await asyncio.sleep(1)  # a duplicate would come now


def first_calls(slack: LocalSlack, methods: Iterable[str]) -> dict[Thread, float]:
    """When the first of these calls came for each thread."""
    found: dict[Thread, float] = {}
    for call in slack.calls:
        if call.method in methods and call.outcome == "ok":
            place = call.args.get("channel") or call.args.get("channel_id")
            found.setdefault((str(place), call.args.get("thread_ts", "")), call.at)
    return found


def deliveries(slack: LocalSlack, asked: Collection[Thread]) -> list[tuple[Delivery, Thread]]:
    """The deliveries of the mentions (two for each), with the mention's thread."""
    placed = [(each, each.payload.get("event", {})) for each in slack.deliveries]
    found = [(each, (event.get("channel"), event.get("ts"))) for each, event in placed]
    return [(each, place) for each, place in found if place in asked]


def acknowledgements(slack: LocalSlack, asked: Mapping[Thread, float]) -> list[float]:
    """The seconds until each delivery was acknowledged: since it was sent, or since the mention if
    it had to be sent again."""
    return [
        each.acked_at - (each.sent_at if each.attempts == 1 else asked[place])
        for each, place in deliveries(slack, asked)
        if each.acked_at
    ]
