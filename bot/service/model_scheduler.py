"""Whom is something done for, whose request to the model comes next, and does the asker know that
their request is waiting?
"""

import asyncio
import itertools
import math
import time
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from operator import attrgetter

from bot.service.ports import Reply

# Whom is something done for, and whose request to the model comes next?
#
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

_flows = itertools.count()
_tickets = itertools.count()


@dataclass(eq=False)
class Flow:
    """One job, and for whom it is done; ``number`` counts them as they come. ``gate`` is where it
    asked last; ``begun`` is when its first request got a place there (`time.monotonic`)."""

    team: str = ""
    person: str = ""
    number: int = field(default_factory=lambda: next(_flows))
    gate: "ModelScheduler | None" = None
    begun: float | None = None

    @property
    def ahead(self) -> int | None:
        """How many jobs of its team come before it; None where it does not wait for a model."""
        return self.gate.ahead_of(self) if self.gate else None


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


@dataclass
class _Person:
    """``turn``: the service after which it is theirs, the lowest first; the same for a team."""

    turn: int
    waiting: list[Ticket] = field(default_factory=list)


@dataclass
class _Team:
    turn: int
    people: dict[str, _Person] = field(default_factory=dict)


class Turns:
    """Requests that wait and that run, at most ``places`` of the latter; ``has_judge``: some of
    them judge."""

    def __init__(self, places: int, *, has_judge: bool = False) -> None:
        self._places = places
        self._for_judges = int(_FOR_JUDGES * places) if has_judge else 0
        self._judges: deque[Ticket] = deque()
        self._kept = int(places >= _FEWEST_PLACES_TO_KEEP_ONE and not has_judge)
        self._served = 0
        self._latest = Flow()
        self._waiting: dict[str, _Team] = {}
        self._running: set[Ticket] = set()
        self._teams_seen: set[str] = set()
        self._has_one_come_first = False

    def ask(self, flow: Flow) -> Ticket:
        """A request of ``flow``, which waits from now on."""
        self._teams_seen.add(flow.team)
        ticket = Ticket(flow, is_newcomer=self._comes_anew(flow))
        team = self._waiting.setdefault(
            flow.team, _Team(self._turn(flow.team == self._latest.team))
        )
        was_served = (flow.team, flow.person) == (self._latest.team, self._latest.person)
        person = team.people.setdefault(flow.person, _Person(self._turn(was_served)))
        person.waiting.append(ticket)
        person.waiting.sort(key=lambda each: (each.flow.number, each.number))
        return ticket

    def ask_to_judge(self, flow: Flow) -> Ticket:
        """A request of ``flow`` that judges what it has written so far."""
        ticket = Ticket(flow, is_judge=True)
        self._judges.append(ticket)
        return ticket

    def begun(self) -> Iterator[Ticket]:
        """Those whose turn it is now, one after the other; they run from then on."""
        while ticket := self._next():
            self._running.add(ticket)
            if ticket.is_judge:
                self._judges.remove(ticket)
            else:
                self._served, self._latest = self._served + 1, ticket.flow
                team = self._waiting[ticket.flow.team]
                team.turn = team.people[ticket.flow.person].turn = self._served + 1
                self._remove(ticket)
            yield ticket

    def end(self, ticket: Ticket) -> None:
        """``ticket`` runs no longer, or does not wait any more."""
        if ticket in self._running:
            self._running.remove(ticket)
        elif ticket.is_judge:
            self._judges.remove(ticket)
        else:
            self._remove(ticket)

    def ahead_of(self, flow: Flow) -> int | None:
        """How many jobs of its team come before ``flow``; None where none of its requests waits."""
        team = self._waiting.get(flow.team)
        before: set[Flow] = set()
        for ticket in _in_order(team) if team else ():
            if ticket.flow is flow:
                return len(before)
            before.add(ticket.flow)
        return None

    def _turn(self, was_served: bool) -> int:
        """The turn of who comes now: before who was served last, after all the others."""
        return self._served + was_served

    def _comes_anew(self, flow: Flow) -> bool:
        if len(self._teams_seen) > 1:
            return not any(flow.team == each.team for each in self._flows())
        return not any(flow.person == each.person for each in self._flows())

    def _flows(self) -> Iterator[Flow]:
        yield from (ticket.flow for ticket in self._running)
        for team in self._waiting.values():
            yield from (ticket.flow for each in team.people.values() for ticket in each.waiting)

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
        by_turn = sorted(self._waiting.values(), key=attrgetter("turn"))
        in_order = [ticket for team in by_turn for ticket in _in_order(team)]
        newcomers = [each for each in in_order if each.is_newcomer and self._left_to_writers >= 0]
        others = in_order if min(self._left_to_writers, self._free) > self._kept else []
        in_turn = [*self._judges, *others]
        first = [*in_turn, *newcomers] if self._has_one_come_first else [*newcomers, *in_turn]
        is_passing = bool(newcomers and in_turn) and first[0] is newcomers[0] is not in_turn[0]
        self._has_one_come_first = is_passing
        return next(iter(first), None)

    def _remove(self, ticket: Ticket) -> None:
        """Out of those that wait."""
        flow = ticket.flow
        team = self._waiting[flow.team]
        person = team.people[flow.person]
        person.waiting.remove(ticket)
        if not person.waiting:
            del team.people[flow.person]
        if not team.people:
            del self._waiting[flow.team]


class ModelScheduler:
    """Lets at most ``places`` requests to the model be under way in this process."""

    def __init__(self, places: int, *, has_judge: bool = False) -> None:
        self._turns = Turns(places, has_judge=has_judge)
        self._calls: dict[Ticket, asyncio.Event] = {}

    @asynccontextmanager
    async def place(self, *, is_judge: bool = False) -> AsyncIterator[None]:
        """A place for a request of this task's flow, once it is its turn, until the block ends.
        ``is_judge``: it judges what the flow has written."""
        flow, called = current_flow(), asyncio.Event()
        ticket = self._turns.ask_to_judge(flow) if is_judge else self._turns.ask(flow)
        flow.gate = self
        self._calls[ticket] = called
        try:
            self._call()
            await called.wait()
            if flow.begun is None:
                flow.begun = time.monotonic()
            yield
        finally:
            self._calls.pop(ticket, None)
            self._turns.end(ticket)
            self._call()

    def ahead_of(self, flow: Flow) -> int | None:
        """How many jobs of its team come before ``flow``; None where none of its requests waits."""
        return self._turns.ahead_of(flow)

    def _call(self) -> None:
        for ticket in self._turns.begun():
            self._calls.pop(ticket).set()


def _in_order(team: _Team) -> Iterator[Ticket]:
    """What waits of a team, one of each person at a time."""
    people = sorted(team.people.values(), key=attrgetter("turn"))
    for of_each in itertools.zip_longest(*(person.waiting for person in people)):
        yield from (ticket for ticket in of_each if ticket is not None)


_EVERY_SECONDS = 4.0
_AGAIN_AFTER_SECONDS = 90.0
"""Slack takes a status away after two minutes; each change of the number would be a call."""


@dataclass
class Told:
    """When an asker was told last how many are ahead (`time.monotonic`), if ever."""

    at: float = -math.inf

    def is_due(self) -> bool:
        """Whether to say it now; then it counts as said."""
        now = time.monotonic()
        if is_due := now - self.at > _AGAIN_AFTER_SECONDS:
            self.at = now
        return is_due


@asynccontextmanager
async def position_told(
    flow: Flow, reply: Reply, every: float = _EVERY_SECONDS
) -> AsyncIterator[None]:
    """While ``flow`` waits for a model inside the block, ``reply`` says how many come before it,
    not more often than ``every`` so many seconds."""
    over = asyncio.Event()
    telling = asyncio.create_task(_tell(flow, reply, every, over))
    try:
        yield
    finally:
        # What is on its way is waited for: a status that came after the reply would outlast it.
        over.set()
        await telling


async def _tell(flow: Flow, reply: Reply, every: float, over: asyncio.Event) -> None:
    told, is_shown = Told(), False
    while not over.is_set():
        with suppress(TimeoutError):
            async with asyncio.timeout(every):
                await over.wait()
                return
        if (ahead := flow.ahead) is None:
            if is_shown:
                is_shown = False
                await reply.progress("writing")
        elif told.is_due():
            is_shown = True
            await reply.waiting(ahead)
