"""At each call of each port, in each story, something goes wrong once; every story ends in a reply
or in one plain sentence, and leaves nothing open.

The calls are found by telling the story once without trouble, so a new call is covered at once.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
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
from tests.life.stage import Stage
from tests.life.world import Process, Trouble, World
from tests.slacks import choose, running_slack

LINK = "@readout https://example.org/wordone"


async def asked(world: World, said: str = LINK, thread: str = "") -> str:
    ts = world.slack.say("ann", "news", said, thread_ts=thread)
    await world.settle()
    return ts


def reply(world: World, ts: str) -> Message:
    """The last message of the reply, which has the buttons."""
    return [each for each in world.slack.replies(ts) if each.by_app and not each.seen_by][-1]


# Each story is told after ``before``, which goes well.


@dataclass(frozen=True)
class Story:
    before: Callable[[World], Awaitable[str]]
    told: Callable[[World, str], Awaitable[object]]


async def nothing(_: World) -> str:
    return ""


async def briefing(world: World, _: str) -> None:
    await asked(world)


async def several(world: World, _: str) -> None:
    await asked(world, f"{LINK} https://example.org/wordtwo https://example.org/gone and compare")


async def answer(world: World, ts: str) -> None:
    await asked(world, "Who pays for the works?", ts)


async def unread(world: World, _: str) -> None:
    await asked(world, "@readout https://example.org/gone")


async def version(world: World, ts: str) -> None:
    world.slack.click("ann", reply(world, ts).ts, "longer.v1")
    await world.settle()


async def share(world: World, ts: str) -> None:
    slack = world.slack
    choose(slack, "ann", reply(world, ts).ts, "share")
    await world.go_on()
    for entered in ({"channel": slack.channel("desk").id}, {}):
        if view := slack.modal("ann"):
            slack.submit(view, entered)
            await world.go_on()
    await world.settle()


async def export(world: World, ts: str) -> None:
    choose(world.slack, "ann", reply(world, ts).ts, "export")
    await world.settle()


async def stopped(world: World, _: str) -> None:
    world.model.hold()
    ts = world.slack.say("ann", "news", LINK)
    await world.go_on()
    world.slack.say("ann", "news", "stop", thread_ts=ts)
    await world.go_on()
    await world.settle()


async def withdrawn(world: World, _: str) -> None:
    world.model.hold()
    ts = world.slack.say("ann", "news", LINK)
    await world.go_on()
    world.slack.delete(ts)
    await world.go_on()
    await world.settle()


async def deleted(world: World, ts: str) -> None:
    choose(world.slack, "ann", reply(world, ts).ts, "delete")
    await world.go_on()
    if view := world.slack.modal("ann"):
        world.slack.submit(view, {})
    await world.settle()


async def late(world: World, _: str) -> None:
    world.workers[0].deadline(0.0)
    world.model.hold()
    world.slack.say("ann", "news", LINK)
    await world.go_on()
    await asyncio.sleep(20)
    await world.settle()


async def purge(world: World, _: str) -> None:
    world.clock.ahead += 40 * 86_400
    worker = world.workers[0]
    for _minute in range(2):
        await worker.tidied(worker.purge)
    await world.settle()
    assert await world.mentions() == {}


STORIES = {
    "briefing": Story(nothing, briefing),
    "several sources": Story(nothing, several),
    "an unread page": Story(nothing, unread),
    "answer": Story(asked, answer),
    "version": Story(asked, version),
    "share": Story(asked, share),
    "export": Story(asked, export),
    "stop": Story(nothing, stopped),
    "withdrawal": Story(nothing, withdrawn),
    "deletion": Story(asked, deleted),
    "late": Story(nothing, late),
    "purge": Story(asked, purge),
}
SHORT = ("briefing", "withdrawal")
"""Those that are told in `make test`."""


# --- what goes wrong ---


async def mapped(name: str) -> None:
    """An error that the port tells of, or that its vendor raises where the adapter maps it."""
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


async def unexpected(_: str) -> None:
    raise RuntimeError("secret")


async def hanging(name: str) -> None:
    """As long as the port itself waits, where it does; elsewhere longer than a step may take."""
    await asyncio.sleep(30 if name[0].islower() else 200)
    raise TimeoutError


async def cancelled(_: str) -> None:
    task = asyncio.current_task()
    assert task is not None
    task.cancel()
    await asyncio.sleep(0)


TROUBLES: tuple[Trouble, ...] = (mapped, unexpected, hanging, cancelled)


async def told(stage: Stage, story: Story, at: tuple[int, int], trouble: Trouble | None) -> World:
    """The story, in a world of its own, with trouble at a call of a process, the listener's first;
    by then everything is settled."""
    async with AsyncExitStack() as stack:
        rules = Rules(rate_limits=False, retry_delays=(0.0, 0.5, 1.0))
        slack = await stack.enter_async_context(running_slack(rules))
        engine = engine_for(stage.fresh())
        stack.push_async_callback(engine.dispose)
        world = World(slack, await stage.fresh_model(), engine)
        stack.push_async_callback(world.close)
        slack.channel("desk")
        slack.state.channels[slack.channel("news").id].members.add(slack.person("ann").id)
        await world.start()
        ts = await story.before(world)
        processes: list[Process] = [world.listener, world.workers[0]]
        world.began = [len(each.calls) for each in processes]
        if trouble:
            which, number = at
            met = [""]

            async def meet(name: str, trouble: Trouble = trouble) -> None:
                met[0] = name
                await trouble(name)

            processes[which].trouble[world.began[which] + number] = meet
        await story.told(world, ts)
        if trouble is hanging:
            await asyncio.sleep(200)  # an entry or a look for which no reply waits
        loose = await world.loose_ends()
        if trouble and met[0] == STATUS:
            # Where it could not be ended, Slack ends it by itself after two minutes.
            loose = [each for each in loose if not each.startswith("a status")]
        assert not loose, (trouble and met[0], loose)
        for message in (m for c in slack.state.channels for m in slack.state.messages(c)):
            assert "secret" not in str(message), message
    return world


def calls_of(world: World) -> Iterator[tuple[tuple[int, int], str]]:
    """The calls of a story, by process and number, and what they are."""
    for which, process in enumerate((world.listener, *world.workers)):
        for number, name in enumerate(process.calls[world.began[which] :], 1):
            yield (which, number), name


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(each, marks=pytest.mark.slow if each in SHORT else pytest.mark.long)
        for each in STORIES
    ],
)
def test_trouble_at_a_call_of_each_kind(on_sqlite: Stage, name: str) -> None:
    """The first call of each kind, with each trouble in turn."""
    run(on_sqlite, STORIES[name], is_thorough=False)


@pytest.mark.long
@pytest.mark.parametrize("name", STORIES)
def test_each_trouble_at_each_call(on_sqlite: Stage, name: str) -> None:
    run(on_sqlite, STORIES[name], is_thorough=True)


def run(stage: Stage, story: Story, *, is_thorough: bool) -> None:
    calls = list(calls_of(stage.runner.run(told(stage, story, (0, 0), None))))
    first = {(at[0], name): at for at, name in reversed(calls)}
    failures = []
    for number, (at, name) in enumerate(calls):
        troubles = TROUBLES
        if not is_thorough:
            if first[at[0], name] != at:
                continue
            troubles = (TROUBLES[number % len(TROUBLES)],)
        for trouble in troubles:
            try:
                stage.runner.run(told(stage, story, at, trouble))
            except Exception as failure:  # noqa: BLE001 - all of them are told
                failures.append(f"{trouble.__name__} at {at} {name}: {failure!r}"[:600])
    assert not failures, "\n".join(failures)
