"""An event is acknowledged once it is on disk, and the events of a channel are handled in order."""

import asyncio
import json
from collections.abc import Callable, Sequence

import pytest
from prometheus_client import REGISTRY

from bot.service.errors import ReadoutError
from bot.service.ports import InboxEvent
from bot.slack.event_inbox import EventInbox
from bot.slack.payloads import JsonObject
from bot.storage.database import open_database
from bot.storage.inbox import DatabaseInbox
from tests.fakes import Clock, MemoryInbox

SECONDS = 60


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(SECONDS):
        while not condition():
            await asyncio.sleep(0.01)


class RecordingHandler:
    """Records the events that it handles, after failing for the first ``failures``."""

    def __init__(self, failures: int = 0) -> None:
        self.handled: list[JsonObject] = []
        self.failures = failures
        self.at_once = 0
        self.most_at_once = 0

    async def __call__(self, body: JsonObject) -> bool:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0)
        self.at_once -= 1
        if self.failures:
            self.failures -= 1
            raise RuntimeError("no")
        self.handled.append(body)
        return True

    async def until(self, count: int) -> list[JsonObject]:
        await until(lambda: len(self.handled) >= count)
        return self.handled


async def test_events_that_arrive_together_are_stored_together_and_all_handled() -> None:
    inbox, handler = CountingInbox(), RecordingHandler()
    arrivals = EventInbox(inbox, handler)
    async with arrivals.handling():

        async def keep(n: int) -> int:
            await arrivals.keep(_event(n))
            return len(handler.handled)

        before = await asyncio.gather(*map(keep, range(100)))
        assert inbox.writes == 1
        assert set(before) == {0}
        handled = await handler.until(100)

    assert sorted(each["n"] for each in handled) == list(range(100))
    assert handler.most_at_once <= 4
    assert not inbox.arrivals


async def test_events_of_a_channel_are_handled_in_order() -> None:
    heard: list[int] = []

    async def handle(body: JsonObject) -> bool:
        await asyncio.sleep(0.05 / (1 + body["n"]))  # the first takes longest
        heard.append(body["n"])
        return True

    inbox = MemoryInbox()
    arrivals = EventInbox(inbox, handle)
    async with arrivals.handling():
        for n in range(8):
            await arrivals.keep(_event(n, channel="C1"))
        await until(lambda: len(heard) == 8)

    assert heard == list(range(8))


async def test_a_channel_that_waits_for_slack_does_not_block_another() -> None:
    slack_answers, heard = asyncio.Event(), list[str]()

    async def handle(body: JsonObject) -> bool:
        if body["event"]["channel"] == "slow":
            await slack_answers.wait()
        heard.append(body["event"]["channel"])
        return True

    arrivals = EventInbox(MemoryInbox(), handle)
    async with arrivals.handling():
        for n, channel in enumerate((*["slow"] * 10, "other")):
            await arrivals.keep(_event(n, channel=channel))
        await until(lambda: heard == ["other"])
        slack_answers.set()

    assert heard == ["other", *["slow"] * 10]


async def test_a_reaction_that_waits_for_slack_does_not_block_another_channel() -> None:
    slack_answers, heard = asyncio.Event(), list[str]()

    async def handle(body: JsonObject) -> bool:
        channel = body["event"]["item"]["channel"]
        if channel == "slow":
            await slack_answers.wait()
        heard.append(channel)
        return True

    arrivals = EventInbox(MemoryInbox(), handle)
    async with arrivals.handling():
        for n, channel in enumerate(("slow", "other")):
            event = {"type": "reaction_added", "item": {"channel": channel}}
            await arrivals.keep({"event_id": f"Ev{n}", "event": event})
        await until(lambda: heard == ["other"])
        slack_answers.set()

    assert heard == ["other", "slow"]


async def test_an_event_that_waits_long_for_its_turn_is_handled_once(
    sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.event_inbox._LEFT_SECONDS", 0.04)
    database, clock = await open_database(sqlite), Clock(1_764_000_000.0)
    slack_answers, heard = asyncio.Event(), list[int]()

    async def handle(body: JsonObject) -> bool:
        await slack_answers.wait()
        heard.append(body["n"])
        return True

    inbox = DatabaseInbox(database.engine, clock)
    arrivals = EventInbox(inbox, handle)
    async with arrivals.handling():
        for n in range(2):
            await arrivals.keep(_event(n, channel="C1"))
        for _ in range(10):
            clock.now += 60
            await asyncio.sleep(0.1)
        assert len(await inbox.left(0)) == 2, "they are still on disk"
        slack_answers.set()
        await until(lambda: len(heard) >= 2)

    assert heard == [0, 1]
    await database.close()


async def test_an_event_whose_handling_was_cancelled_is_handled_again(
    sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.event_inbox._LEFT_SECONDS", 0.04)
    database, clock = await open_database(sqlite), Clock(1_764_000_000.0)
    heard = list[int]()

    async def handle(body: JsonObject) -> bool:
        heard.append(body["n"])
        if len(heard) == 1:
            raise asyncio.CancelledError
        return True

    arrivals = EventInbox(DatabaseInbox(database.engine, clock), handle)
    async with arrivals.handling():
        await arrivals.keep(_event(0, channel="C1"))
        await until(lambda: heard == [0])
        clock.now += 60
        await until(lambda: heard == [0, 0])

    await database.close()


async def test_events_whose_storing_is_cancelled_are_refused_and_later_ones_are_stored() -> None:
    inbox, handler = BlockedInbox(), RecordingHandler()
    arrivals = EventInbox(inbox, handler)
    async with asyncio.timeout(SECONDS), arrivals.handling():
        storing = [asyncio.create_task(arrivals.keep(_event(n))) for n in range(2)]
        await inbox.is_storing.wait()
        storing.append(asyncio.create_task(arrivals.keep(_event(2))))
        await asyncio.sleep(0)
        assert inbox.storing is not None
        inbox.storing.cancel()
        for each in storing:
            with pytest.raises(ReadoutError):
                await each
        inbox.may_store.set()
        await arrivals.keep(_event(0))
        assert len(await handler.until(1)) == 1


async def test_events_left_on_disk_are_handled_at_the_start() -> None:
    inbox, handler = MemoryInbox(), RecordingHandler()
    await inbox.keep([InboxEvent("old", json.dumps({"n": 0}))])
    async with EventInbox(inbox, handler).handling():
        assert await handler.until(1) == [{"n": 0}]

    assert not inbox.arrivals


async def test_events_that_ask_for_nothing_do_not_displace_one_that_did() -> None:
    heard: list[int] = []

    async def handle(body: JsonObject) -> bool:
        heard.append(body["n"])
        return bool(body["n"] == 0)

    arrivals = EventInbox(MemoryInbox(), handle)
    async with arrivals.handling():
        for n in (*range(1_200), 0):
            await arrivals.keep(_event(n))
        await until(lambda: len(heard) >= 1_200)

    assert heard.count(0) == 1


class LateInbox(MemoryInbox):
    """Stores an event the second time only after the first was handled and deleted."""

    async def keep(self, arrivals: Sequence[InboxEvent]) -> frozenset[str]:
        while self.arrivals:
            await asyncio.sleep(0.01)
        return await super().keep(arrivals)


def counted_again() -> float:
    return REGISTRY.get_sample_value("readout_mentions_total", {"outcome": "again"}) or 0


async def test_an_event_stored_again_while_it_is_handled_is_handled_once_and_counted() -> None:
    before = counted_again()
    inbox, heard, goes_on = LateInbox(), list[int](), asyncio.Event()

    async def handle(body: JsonObject) -> bool:
        await goes_on.wait()
        heard.append(body["n"])
        return True

    arrivals = EventInbox(inbox, handle)
    async with arrivals.handling():
        await arrivals.keep(_event(1))
        again = asyncio.create_task(arrivals.keep(_event(1)))
        await asyncio.sleep(0)
        goes_on.set()
        await again

    assert heard == [1]
    assert not inbox.arrivals
    assert counted_again() == before + 1


async def test_a_failed_event_is_retried_and_stays_on_disk_until_it_is_handled() -> None:
    inbox, handler = MemoryInbox(), RecordingHandler(failures=1)
    arrivals = EventInbox(inbox, handler)
    async with arrivals.handling():
        await arrivals.keep(_event(1))
        while handler.failures:
            await asyncio.sleep(0)
        assert len(inbox.arrivals) == 1
        await handler.until(1)

    assert not inbox.arrivals


async def test_an_unhandled_event_is_left_on_disk_at_shutdown() -> None:
    inbox, handler = MemoryInbox(), RecordingHandler(failures=1_000)
    arrivals = EventInbox(inbox, handler)
    async with arrivals.handling():
        await arrivals.keep(_event(1))

    assert len(inbox.arrivals) == 1


async def test_a_failure_to_store_an_event_is_raised() -> None:
    inbox, handler = MemoryInbox(), RecordingHandler()
    inbox.refusals = 1
    arrivals = EventInbox(inbox, handler)
    async with arrivals.handling():
        with pytest.raises(Exception, match="no room"):
            await arrivals.keep(_event(1))
        await arrivals.keep(_event(2))
        assert await handler.until(1) == [_event(2)]


async def test_a_message_that_comes_as_two_events_to_two_workers_is_handled_once() -> None:
    inbox, handler = MemoryInbox(), RecordingHandler()
    message, mention = _said("message"), _said("app_mention")
    here, there = EventInbox(inbox, handler), EventInbox(inbox, handler)
    async with here.handling(), there.handling():
        await asyncio.gather(here.keep(message), there.keep(mention), here.keep(message))
        await there.keep(_event(1))
        assert await handler.until(2) == [message, _event(1)]

    assert not inbox.arrivals


async def test_an_event_delivered_again_after_handling_is_not_handled_again() -> None:
    inbox, handler = MemoryInbox(), RecordingHandler()
    arrivals = EventInbox(inbox, handler)
    async with arrivals.handling():
        await arrivals.keep(_said("message"))
        await handler.until(1)
        await until(lambda: not inbox.arrivals)
        await arrivals.keep(_said("app_mention"))
        await arrivals.keep(_event(1))
        assert await handler.until(2) == [_said("message"), _event(1)]


def _event(n: int, channel: str = "") -> JsonObject:
    return {"event_id": f"Ev{n}", "n": n, "event": {"channel": channel}}


def _said(kind: str) -> JsonObject:
    message = {"type": kind, "user": "U1", "channel": "C1", "ts": "1764000000.000100"}
    return {"event_id": f"Ev-{kind}", "team_id": "T1", "event": message}


class CountingInbox(MemoryInbox):
    """How often something was written."""

    def __init__(self) -> None:
        super().__init__()
        self.writes = 0

    async def keep(self, arrivals: Sequence[InboxEvent]) -> frozenset[str]:
        self.writes += 1
        return await super().keep(arrivals)


class BlockedInbox(MemoryInbox):
    """Stores nothing until it ``may_store``."""

    def __init__(self) -> None:
        super().__init__()
        self.is_storing, self.may_store = asyncio.Event(), asyncio.Event()
        self.storing: asyncio.Task[object] | None = None

    async def keep(self, arrivals: Sequence[InboxEvent]) -> frozenset[str]:
        self.storing = asyncio.current_task()
        self.is_storing.set()
        await self.may_store.wait()
        return await super().keep(arrivals)
