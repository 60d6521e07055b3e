"""Kills processes at chosen moments while mentions are in flight."""

import asyncio
import itertools
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, TypeAlias

from benchmarks.recording_proxy import MODEL, Call, Moment
from benchmarks.scenario import APPEND, LOOK, POST, START, STATUS, STOP, UPDATE, Scenario
from benchmarks.supervised_workers import Part, Worker, wait_until

When: TypeAlias = Moment | Literal["start", "event", "any time"]

_PARTS: tuple[Part, ...] = ("working", "both", "listening")
_CALLS = (STATUS, POST, MODEL, POST, UPDATE, START, START, APPEND, STOP)
_MOMENTS: tuple[Moment, ...] = ("before", "during", "after")
_OTHERS: tuple[When, ...] = ("start", "start", "event", "event", "any time", "any time")
WORK = (POST, UPDATE, LOOK, MODEL)
"""The calls that show that a job is being worked on."""
_MOST_CRASHES = 4  # after six, the job counts as the cause of the crashes
_SECONDS_TO_START = 60.0
_SECONDS_TO_AIM = 12.0
_SECONDS_AWAY = 30.0
_STAYS_AWAY = 3  # one in this many kills keeps the worker down until another has taken over


@dataclass(frozen=True)
class Aim:
    """When to kill: ``delay`` seconds after a moment of the next call ``name``, or without a
    call."""

    when: When
    name: str
    delay: float

    def __str__(self) -> str:
        return f"{self.when} {self.name}".strip()


@dataclass(frozen=True)
class Kill:
    """One kill, ``at`` monotonic seconds. ``in_flight`` are the mentions without a reply,
    ``in_work`` those of them that the worker had begun; it ``stays_away`` until another has taken
    over. ``is_aimed``: the awaited call came."""

    at: float
    worker: int
    part: Part
    aim: Aim
    in_flight: frozenset[int]
    in_work: frozenset[int]
    is_aimed: bool
    stays_away: bool


@dataclass
class Killer:
    """Kills processes of the workers while the scene has mentions in flight."""

    scene: Scenario
    workers: list[Worker]
    chance: random.Random
    in_flight: int
    kills: list[Kill] = field(default_factory=list)

    async def kill(self, times: int, seconds: float) -> None:
        """Kill ``times`` times, at every kind of moment, and wait for each restart; stop after
        ``seconds``."""
        asking = asyncio.create_task(self._keep_mentions_in_flight())
        parts = itertools.cycle(_PARTS)
        end = time.monotonic() + seconds
        try:
            for aim in itertools.islice(self._aims(), times):
                if time.monotonic() > end:
                    break
                await self._wait_for_frequent_victims()
                await self._kill(aim, next(parts))
        finally:
            asking.cancel()

    def _aims(self) -> Iterator[Aim]:
        kinds: list[tuple[When, str]] = [(when, name) for name in _CALLS for when in _MOMENTS]
        kinds += [(when, "") for when in _OTHERS] + [(when, LOOK) for when in _MOMENTS]
        while True:
            self.chance.shuffle(kinds)
            for when, name in kinds:
                if name == LOOK:  # it only comes after an interrupted post
                    yield Aim("during", POST, 0.0)
                yield Aim(when, name, self._delay(when, name))

    def _delay(self, when: When, name: str) -> float:
        match when:
            case "before":
                return 0.0
            case "during":
                return self.chance.uniform(0.0, 0.5) if name == MODEL else 0.0
            case "after" | "event":
                return self.chance.uniform(0.0, 0.05)
        return self.chance.uniform(0.0, 2.0)

    async def _keep_mentions_in_flight(self) -> None:
        while True:
            while len(self.scene.waiting) < self.in_flight:
                self.scene.say()
            await asyncio.sleep(0.02)

    async def _wait_for_frequent_victims(self) -> None:
        asked = self.scene.asked
        hit = {each for each in self.scene.waiting if asked[each].crashes >= _MOST_CRASHES}
        await wait_until(lambda: not hit & self.scene.waiting, _SECONDS_TO_START)

    async def _kill(self, aim: Aim, part: Part) -> None:
        done = len(self.kills)
        if aim.name:
            self.scene.trigger = partial(self._on_call, aim, part)
            await wait_until(lambda: len(self.kills) > done, _SECONDS_TO_AIM)
            self.scene.trigger = never
        else:
            await self._wait_for(aim)
        while len(self.kills) == done:
            worker = self.chance.choice(self.workers)
            if not self._strike(worker, part, aim, is_aimed=not aim.name):
                await asyncio.sleep(0.02)
        await self._wait_for_restart(self.kills[-1])

    async def _wait_for(self, aim: Aim) -> None:
        if aim.when == "event":
            everybody = len(self.workers)
            await wait_until(
                lambda: self.scene.slack.sockets.connections >= everybody, _SECONDS_TO_START
            )
            self.scene.say()
        await asyncio.sleep(aim.delay)

    def _on_call(self, aim: Aim, part: Part, call: Call, moment: Moment) -> bool:
        if (call.name, moment) != (aim.name, aim.when) or call.number is None:
            return False
        worker = self.workers[call.worker]
        if not aim.delay:
            return self._strike(worker, part, aim, is_aimed=True)
        self.scene.trigger = never
        strike = partial(self._strike, worker, part, aim, is_aimed=True)
        asyncio.get_running_loop().call_later(aim.delay, strike)
        return False

    def _strike(self, worker: Worker, part: Part, aim: Aim, *, is_aimed: bool) -> bool:
        waiting = frozenset(self.scene.waiting)
        begun = frozenset(waiting & self._begun_by(worker))
        is_last = len(self.workers) == 1 or part == "listening"
        stays_away = bool(begun) and not is_last and len(self.kills) % _STAYS_AWAY == 0
        if stays_away:
            worker.may_restart.clear()
        if not waiting or not worker.kill(part):
            worker.may_restart.set()
            return False
        self.scene.trigger = never
        for number in waiting:
            self.scene.asked[number].crashes += 1
        now, number = time.monotonic(), worker.number
        kill = Kill(now, number, part, aim, waiting, begun, is_aimed, stays_away)
        self.kills.append(kill)
        return True

    def _begun_by(self, worker: Worker) -> set[int]:
        """The mentions that this worker was the last to work on."""
        last = {call.number: call.worker for call in self.scene.calls() if call.name in WORK}
        return {number for number, last_by in last.items() if last_by == worker.number and number}

    async def _wait_for_restart(self, kill: Kill) -> None:
        worker = self.workers[kill.worker]
        if kill.stays_away:
            await wait_until(
                lambda: takeover_delay(kill, self.scene.calls()) is not None, _SECONDS_AWAY
            )
            worker.may_restart.set()
        if kill.part == "listening":  # the working process restarts it
            everybody = len(self.workers)
            await asyncio.sleep(0.2)  # until Slack has seen that the connection is gone
            await wait_until(
                lambda: self.scene.slack.sockets.connections >= everybody, _SECONDS_TO_START
            )
        else:
            await wait_until(lambda: worker.spawned[-1] > kill.at, _SECONDS_TO_START)


def never(_call: Call, _moment: Moment) -> bool:
    """A trigger that never kills."""
    return False


def takeover_delay(kill: Kill, calls: Sequence[Call]) -> float | None:
    """The seconds from the kill to the first call of another worker for its work; None if there was
    none."""
    return next(
        (
            call.came - kill.at
            for call in calls
            if call.came > kill.at
            and call.worker != kill.worker
            and call.name in WORK
            and call.number in kill.in_work
        ),
        None,
    )
