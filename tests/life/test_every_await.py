"""A fault is injected at each call of each port, one at a time, in each scenario: it still ends in
a reply or in one plain sentence, and leaves nothing open.

The calls are found by running the scenario once without a fault, so a new call is covered at once.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from sqlalchemy.exc import OperationalError

from bot.service.errors import ModelFailure, Unreachable
from bot.slack.client import STATUS
from bot.storage.database import engine_for
from sandbox.slack import Rules
from sandbox.slack.state import Message
from tests.life.harness import Harness
from tests.life.world import Fault, Process, World
from tests.slacks import choose, running_slack

LINK = "@readout https://example.org/wordone"


async def ask(world: World, said: str = LINK, thread: str = "") -> str:
    ts = world.slack.say("ann", "news", said, thread_ts=thread)
    await world.run_until_done()
    return ts


def reply(world: World, ts: str) -> Message:
    """The last message of the reply, which has the buttons."""
    return [each for each in world.slack.replies(ts) if each.by_app and not each.seen_by][-1]


@dataclass(frozen=True)
class Scenario:
    """Faults are injected into ``run``, which gets the timestamp that ``before`` returned."""

    before: Callable[[World], Awaitable[str]]
    run: Callable[[World, str], Awaitable[object]]


async def no_setup(_: World) -> str:
    return ""


async def briefing(world: World, _: str) -> None:
    await ask(world)


async def several(world: World, _: str) -> None:
    await ask(world, f"{LINK} https://example.org/wordtwo https://example.org/gone and compare")


async def answer(world: World, ts: str) -> None:
    await ask(world, "Who pays for the works?", ts)


async def unread(world: World, _: str) -> None:
    await ask(world, "@readout https://example.org/gone")


async def version(world: World, ts: str) -> None:
    world.slack.click("ann", reply(world, ts).ts, "longer.v1")
    await world.run_until_done()


async def share(world: World, ts: str) -> None:
    slack = world.slack
    choose(slack, "ann", reply(world, ts).ts, "share")
    await world.run_until_idle()
    for entered in ({"channel": slack.channel("desk").id}, {}):
        if view := slack.modal("ann"):
            slack.submit(view, entered)
            await world.run_until_idle()
    await world.run_until_done()


async def export(world: World, ts: str) -> None:
    choose(world.slack, "ann", reply(world, ts).ts, "export")
    await world.run_until_done()


async def stop(world: World, _: str) -> None:
    world.model.hold()
    ts = world.slack.say("ann", "news", LINK)
    await world.run_until_idle()
    world.slack.say("ann", "news", "stop", thread_ts=ts)
    await world.run_until_idle()
    await world.run_until_done()


async def withdraw(world: World, _: str) -> None:
    world.model.hold()
    ts = world.slack.say("ann", "news", LINK)
    await world.run_until_idle()
    world.slack.delete(ts)
    await world.run_until_idle()
    await world.run_until_done()


async def delete(world: World, ts: str) -> None:
    choose(world.slack, "ann", reply(world, ts).ts, "delete")
    await world.run_until_idle()
    if view := world.slack.modal("ann"):
        world.slack.submit(view, {})
    await world.run_until_done()


async def late(world: World, _: str) -> None:
    world.workers[0].set_deadline(0.0)
    world.model.hold()
    world.slack.say("ann", "news", LINK)
    await world.run_until_idle()
    await asyncio.sleep(20)
    await world.run_until_done()


async def purge(world: World, _: str) -> None:
    world.clock.ahead += 40 * 86_400
    worker = world.workers[0]
    for _minute in range(2):
        await worker.housekeeping(worker.purge)
    await world.run_until_done()
    assert await world.mentions() == {}


SCENARIOS = {
    "briefing": Scenario(no_setup, briefing),
    "several sources": Scenario(no_setup, several),
    "an unread page": Scenario(no_setup, unread),
    "answer": Scenario(ask, answer),
    "version": Scenario(ask, version),
    "share": Scenario(ask, share),
    "export": Scenario(ask, export),
    "stop": Scenario(no_setup, stop),
    "withdrawal": Scenario(no_setup, withdraw),
    "deletion": Scenario(ask, delete),
    "late": Scenario(no_setup, late),
    "purge": Scenario(ask, purge),
}
IN_MAKE_CHECK = ("briefing", "withdrawal")
"""The scenarios that `make check` runs too: the others take minutes each."""


# --- what goes wrong ---


async def expected_error(name: str) -> None:
    """Raise an error that the port declares, or one of its vendor that the adapter translates."""
    if "." not in name or name[0].islower():
        answer = AsyncSlackResponse(
            client=None, http_verb="POST", api_url=name, req_args={},
            data={"ok": False, "error": "fatal_error"}, headers={}, status_code=200,
        )  # fmt: skip
        raise SlackApiError("The request failed.", answer)  # type: ignore[no-untyped-call]
    if name.startswith("Database"):
        raise OperationalError("SELECT 1", {}, Exception("secret"))
    if name.startswith("OpenAI"):
        raise ModelFailure("The model did not answer in time.")
    raise Unreachable("The page could not be reached.", source="https://example.org/wordone")


async def unexpected_error(_: str) -> None:
    raise RuntimeError("secret")


async def hang(name: str) -> None:
    """Wait as long as Slack's client does, or at other ports longer than a step may take."""
    await asyncio.sleep(30 if name[0].islower() else 200)
    raise TimeoutError


async def cancel(_: str) -> None:
    task = asyncio.current_task()
    assert task is not None
    task.cancel()
    await asyncio.sleep(0)


FAULTS: tuple[Fault, ...] = (expected_error, unexpected_error, hang, cancel)


Call = tuple[int, int]
"""Which process (0: the listener, 1: the worker), and the number of its call, from 1."""


async def run(
    harness: Harness, scenario: Scenario, at: Call | None = None, fault: Fault | None = None
) -> dict[Call, str]:
    """Run the scenario in a new world, with the fault at that call, and check that nothing is left
    open. Returns the names of the calls."""
    async with AsyncExitStack() as stack:
        rules = Rules(rate_limits=False, retry_delays=(0.0, 3.0, 6.0))
        slack = await stack.enter_async_context(running_slack(rules))
        engine = engine_for(harness.new_database())
        stack.push_async_callback(engine.dispose)
        world = World(slack, await harness.model(), engine)
        stack.push_async_callback(world.close)
        slack.channel("desk")
        slack.state.channels[slack.channel("news").id].members.add(slack.person("ann").id)
        await world.start()
        ts = await scenario.before(world)
        processes: list[Process] = [world.listener, world.workers[0]]
        earlier = [len(each.calls) for each in processes]
        failed_calls: list[str] = []
        if at and fault:

            async def fail(name: str) -> None:
                failed_calls.append(name)
                await fault(name)

            which, number = at
            processes[which].faults[earlier[which] + number] = fail
        await scenario.run(world, ts)
        if fault is hang:
            await asyncio.sleep(200)  # until calls that no reply waits for have ended
            await world.run_until_done()
        problems = await world.problems()
        if STATUS in failed_calls:
            # A status that could not be cleared is cleared by Slack after two minutes.
            problems = [each for each in problems if not each.startswith("leftover status")]
        assert not problems, (failed_calls, problems)
        for message in (m for c in slack.state.channels for m in slack.state.messages(c)):
            assert "secret" not in str(message), message
    return {
        (which, number): name
        for which, process in enumerate(processes)
        for number, name in enumerate(process.calls[earlier[which] :], 1)
    }


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(each, marks=pytest.mark.slow if each in IN_MAKE_CHECK else pytest.mark.long)
        for each in SCENARIOS
    ],
)
def test_a_fault_at_the_first_call_of_each_kind_leaves_nothing_open(
    on_sqlite: Harness, name: str
) -> None:
    calls = on_sqlite.runner.run(run(on_sqlite, SCENARIOS[name]))
    first = {(process, call): number for (process, number), call in reversed(calls.items())}
    # Each call meets one of the faults.
    injected = [
        (at, FAULTS[number % len(FAULTS)])
        for number, (at, call) in enumerate(calls.items())
        if first[at[0], call] == at[1]
    ]
    assert failures(on_sqlite, SCENARIOS[name], calls, injected) == []


@pytest.mark.long
@pytest.mark.parametrize("name", SCENARIOS)
def test_no_fault_at_any_call_leaves_anything_open(on_sqlite: Harness, name: str) -> None:
    calls = on_sqlite.runner.run(run(on_sqlite, SCENARIOS[name]))
    injected = [(at, fault) for at in calls for fault in FAULTS]
    assert failures(on_sqlite, SCENARIOS[name], calls, injected) == []


def failures(
    harness: Harness,
    scenario: Scenario,
    calls: dict[Call, str],
    injected: list[tuple[Call, Fault]],
) -> list[str]:
    """What went wrong with each of the ``injected`` faults, in runs of their own."""
    found = []
    for at, fault in injected:
        try:
            harness.runner.run(run(harness, scenario, at, fault))
        except Exception as failure:  # noqa: BLE001 - all of them are reported
            found.append(f"{fault.__name__} at {at} {calls[at]}: {failure!r}"[:600])
    return found
