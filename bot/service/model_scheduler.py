"""For whom a task works, whose request to the model comes next, and how askers learn that theirs is
waiting.
"""

import asyncio
import itertools
import math
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field

from bot.service.ports import Reply

# Teams take turns, then people within a team, and each person's oldest job comes first. A team with
# nothing waiting or running is a newcomer; if there is only one team, such a person is. A newcomer
# gets the next free place, but not two newcomers in a row.
#
# Judging what is being written goes before all others, and some places are reserved for it: a
# reader waits for it line by line, while a writer that starts a little later is hardly noticed. One
# newcomer may take such a place. Since a judge needs a second or two, one is always free soon;
# where there is no judge, one of eight places or more is kept free instead.
#
# `Turns` only counts; `ModelScheduler` lets requests wait.

_FEWEST_PLACES_TO_KEEP_ONE = 8
_FOR_JUDGES = 5 / 16
"""The share of the places that only judges take: they need half as long as writers, together."""

_Party = tuple[str, ...]

_flows = itertools.count()
_tickets = itertools.count()


@dataclass(eq=False)
class Flow:
    """One job, and for whom it is done; ``number`` counts jobs as they come. ``turns`` is where it
    asked last; ``started`` is when its first request got a place there (`time.monotonic`)."""

    team: str = ""
    person: str = ""
    number: int = field(default_factory=lambda: next(_flows))
    turns: "Turns | None" = None
    started: float | None = None

    @property
    def parties(self) -> tuple[_Party, _Party]:
        """Its team, and its person in that, which take turns."""
        return (self.team,), (self.team, self.person)

    @property
    def ahead(self) -> int | None:
        """How many jobs of its team come before it; None if it isn't waiting for a model."""
        return self.turns.ahead_of(self) if self.turns else None


_NOBODY = Flow()
_flow: ContextVar[Flow] = ContextVar("flow")


def begin_flow(team: str, person: str) -> Flow:
    """From now on this task, and those that it starts, work for that ``person``."""
    flow = Flow(team, person)
    _flow.set(flow)
    return flow


def current_flow() -> Flow:
    """For whom this task works; on the command line, for nobody in particular."""
    return _flow.get(_NOBODY)


@dataclass(frozen=True, eq=False)
class Ticket:
    """One request. A newcomer's may take the place that is kept."""

    flow: Flow
    is_newcomer: bool = False
    is_judge: bool = False
    number: int = field(default_factory=lambda: next(_tickets))


class Turns:
    """The requests that wait and those that run, at most ``places`` at a time. ``has_judge``: some
    places are reserved for judging."""

    def __init__(self, places: int, *, has_judge: bool = False) -> None:
        self._places = places
        self._for_judges = int(_FOR_JUDGES * places) if has_judge else 0
        self._kept = int(places >= _FEWEST_PLACES_TO_KEEP_ONE and not has_judge)
        self._waiting: list[Ticket] = []
        self._judges: list[Ticket] = []
        self._running: set[Ticket] = set()
        self._turns: dict[_Party, tuple[int, int]] = {}
        """Whose turn it is after how many requests, and of several then, who got that first."""
        self._served = 0
        self._latest = Flow()
        self._teams_seen: set[str] = set()
        self._was_newcomer_first = False

    def ask(self, flow: Flow) -> Ticket:
        """Add a request of ``flow`` to those that wait."""
        self._teams_seen.add(flow.team)
        ticket = Ticket(flow, is_newcomer=self._is_newcomer(flow))
        waiting = {party for each in self._waiting for party in each.flow.parties}
        for party in flow.parties:
            if party not in waiting:  # it comes after all others, but before who was served last
                self._give_turn(party, self._served + (party in self._latest.parties))
        self._waiting.append(ticket)
        self._waiting.sort(key=lambda each: (each.flow.number, each.number))
        return ticket

    def ask_to_judge(self, flow: Flow) -> Ticket:
        """Add a request of ``flow`` to judge what it has written so far."""
        ticket = Ticket(flow, is_judge=True)
        self._judges.append(ticket)
        return ticket

    def admit(self) -> Iterator[Ticket]:
        """Yield the requests whose turn it is now; each counts as running from then on."""
        while ticket := self._next():
            self._running.add(ticket)
            if ticket.is_judge:
                self._judges.remove(ticket)
            else:
                self._waiting.remove(ticket)
                self._served, self._latest = self._served + 1, ticket.flow
                for party in ticket.flow.parties:
                    self._give_turn(party, self._served + 1)
            yield ticket

    def end(self, ticket: Ticket) -> None:
        """Remove ``ticket``, which was running or waiting."""
        if ticket in self._running:
            self._running.remove(ticket)
        else:
            (self._judges if ticket.is_judge else self._waiting).remove(ticket)

    def ahead_of(self, flow: Flow) -> int | None:
        """How many jobs of its team come before ``flow``; None if none of its requests waits."""
        of_team = [each.flow for each in self._in_order() if each.flow.team == flow.team]
        return len({*of_team[: of_team.index(flow)]}) if flow in of_team else None

    def _give_turn(self, party: _Party, after: int) -> None:
        self._turns[party] = after, next(_tickets)

    def _is_newcomer(self, flow: Flow) -> bool:
        known = [each.flow for each in (*self._running, *self._waiting)]
        if len(self._teams_seen) > 1:
            return all(each.team != flow.team for each in known)
        return all(each.person != flow.person for each in known)

    def _in_order(self) -> list[Ticket]:
        """What waits to write: team by team, and of a team one of each person at a time."""
        asked_by, turns = Counter[_Party](), dict[Ticket, tuple[object, ...]]()
        for each in self._waiting:
            team, person = each.flow.parties
            turns[each] = (self._turns[team], asked_by[person], self._turns[person])
            asked_by[person] += 1
        return sorted(turns, key=turns.__getitem__)

    @property
    def _free(self) -> int:
        return self._places - len(self._running)

    @property
    def _left_to_writers(self) -> int:
        """The places of writers in which none writes; judges may be there."""
        writing = sum(not ticket.is_judge for ticket in self._running)
        return self._places - self._for_judges - writing

    def _next(self) -> Ticket | None:
        if not self._free:
            return None
        in_order = self._in_order()
        newcomers = [each for each in in_order if each.is_newcomer and self._left_to_writers >= 0]
        others = in_order if min(self._left_to_writers, self._free) > self._kept else []
        in_turn = [*self._judges, *others]
        first = [*in_turn, *newcomers] if self._was_newcomer_first else [*newcomers, *in_turn]
        is_passing = bool(newcomers and in_turn) and first[0] is newcomers[0] is not in_turn[0]
        self._was_newcomer_first = is_passing
        return next(iter(first), None)


class ModelScheduler:
    """Lets at most ``places`` requests to the model run at a time in this process."""

    def __init__(self, places: int, *, has_judge: bool = False) -> None:
        self._turns = Turns(places, has_judge=has_judge)
        self._admissions: dict[Ticket, asyncio.Event] = {}

    @asynccontextmanager
    async def place(self, *, is_judge: bool = False) -> AsyncIterator[None]:
        """Wait until it is the turn of a request of this task's flow, and hold its place until the
        block ends. ``is_judge``: it judges what the flow has written."""
        flow, admitted = current_flow(), asyncio.Event()
        ticket = self._turns.ask_to_judge(flow) if is_judge else self._turns.ask(flow)
        flow.turns = self._turns
        self._admissions[ticket] = admitted
        try:
            self._admit()
            await admitted.wait()
            if flow.started is None:
                flow.started = time.monotonic()
            yield
        finally:
            self._admissions.pop(ticket, None)
            self._turns.end(ticket)
            self._admit()

    def _admit(self) -> None:
        for ticket in self._turns.admit():
            self._admissions.pop(ticket).set()


_EVERY_SECONDS = 4.0
_AGAIN_AFTER_SECONDS = 90.0
"""Slack clears a status after two minutes; each change of the number would take another call."""


@dataclass
class NoticeTimer:
    """When an asker was last told how many are ahead (`time.monotonic`), if ever."""

    last: float = -math.inf

    def is_due(self) -> bool:
        """Whether to tell them now; if so, it counts as done."""
        now = time.monotonic()
        if is_due := now - self.last > _AGAIN_AFTER_SECONDS:
            self.last = now
        return is_due


@asynccontextmanager
async def report_position(
    flow: Flow, reply: Reply, every: float = _EVERY_SECONDS
) -> AsyncIterator[None]:
    """While the block runs and ``flow`` waits for a model, tell ``reply`` how many come before it.
    ``every``: the seconds between two looks."""
    over = asyncio.Event()
    reporting = asyncio.create_task(_report(flow, reply, every, over))
    try:
        yield
    finally:
        # Wait for what is on its way: a status that came after the reply would outlast it.
        over.set()
        await reporting


async def _report(flow: Flow, reply: Reply, every: float, over: asyncio.Event) -> None:
    timer, is_shown = NoticeTimer(), False
    while not over.is_set():
        with suppress(TimeoutError):
            async with asyncio.timeout(every):
                await over.wait()
                return
        if (ahead := flow.ahead) is None:
            if is_shown:
                is_shown = False
                await reply.progress("writing")
        elif timer.is_due():
            is_shown = True
            await reply.waiting(ahead)
