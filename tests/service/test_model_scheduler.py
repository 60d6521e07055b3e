"""The order of requests to the model: nobody starves or waits for another's backlog."""

import asyncio
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.service.model_scheduler import (
    Flow,
    ModelScheduler,
    Ticket,
    Turns,
    begin_flow,
    report_position,
)
from tests.fakes import Transcript

PLACES = 8
Asked = list[tuple[str, str]]

asked = some.lists(some.tuples(some.sampled_from("ABC"), some.sampled_from("xyz")), max_size=40)


def admitted(turns: Turns) -> list[Ticket]:
    return list(turns.admit())


def served(turns: Turns, running: list[Ticket]) -> list[Ticket]:
    """The tickets served from now on, in order, one ending after the other."""
    order = []
    while running:
        turns.end(running.pop(0))
        came = admitted(turns)
        order += came
        running += came
    return order


def test_teams_take_turns_however_much_one_of_them_requests() -> None:
    turns = Turns(1)
    turns.ask(Flow("A", "x"))
    running = admitted(turns)
    backlog = [turns.ask(Flow("A", "x")) for _ in range(5)]
    others = [turns.ask(Flow("B", "y")), turns.ask(Flow("C", "z"))]
    order = served(turns, running)
    assert order[:3] == [others[0], others[1], backlog[0]]
    assert order[3:] == backlog[1:]


def test_within_a_team_people_take_turns() -> None:
    turns = Turns(1)
    turns.ask(Flow("A", "x"))
    running = admitted(turns)
    backlog = [turns.ask(Flow("A", "x")) for _ in range(3)]
    other = [turns.ask(Flow("A", "y")) for _ in range(2)]
    assert served(turns, running) == [other[0], backlog[0], other[1], backlog[1], backlog[2]]


def test_later_requests_of_a_job_come_before_newer_jobs_of_the_same_person() -> None:
    turns = Turns(1)
    old, young = Flow("A", "x"), Flow("A", "x")
    turns.ask(old)
    running = admitted(turns)
    first = turns.ask(young)
    repair = turns.ask(old)
    assert served(turns, running) == [repair, first]


def test_a_new_team_starts_at_once_while_others_fill_all_other_places() -> None:
    turns = Turns(PLACES)
    for team in "AB" * 10:
        turns.ask(Flow(team, "x"))
    running = admitted(turns)
    for _ in range(3):
        turns.end(running.pop(0))
        running += admitted(turns)
    newcomer = turns.ask(Flow("C", "z"))
    assert admitted(turns) == [newcomer]


def test_the_reserved_place_is_not_for_a_newcomer_s_second_request() -> None:
    turns = Turns(PLACES)
    for _ in range(10):
        turns.ask(Flow("A", "x"))
    assert len(admitted(turns)) == PLACES - 1
    first, second = turns.ask(Flow("B", "y")), turns.ask(Flow("B", "y"))
    assert admitted(turns) == [first]
    turns.end(first)
    assert second not in admitted(turns)


def test_if_all_are_of_one_team_the_place_is_reserved_for_another_person() -> None:
    turns = Turns(PLACES)
    for _ in range(10):
        turns.ask(Flow("A", "x"))
    assert len(admitted(turns)) == PLACES - 1
    newcomer = turns.ask(Flow("A", "y"))
    assert admitted(turns) == [newcomer]


def test_with_few_places_none_is_reserved() -> None:
    turns = Turns(7)
    for _ in range(10):
        turns.ask(Flow("A", "x"))
    assert len(admitted(turns)) == 7


def test_without_a_reserved_place_newcomers_and_waiting_requests_alternate() -> None:
    turns = Turns(1)
    for team in "AB" * 3:
        turns.ask(Flow(team, "x"))
    turns.end(*admitted(turns))
    (running,) = admitted(turns)
    newcomers = [turns.ask(Flow(team, "z")) for team in "CDE"]
    served = []
    for _ in range(3):
        turns.end(running)
        (running,) = admitted(turns)
        served.append(running)
    assert [each in newcomers for each in served] == [True, False, True]


def test_the_number_of_jobs_ahead_counts_those_of_the_same_team() -> None:
    turns = Turns(1)
    running_flow = Flow("A", "x")
    turns.ask(running_flow)
    admitted(turns)
    flows = [Flow("A", "x"), Flow("A", "x"), Flow("A", "y"), Flow("B", "z")]
    for flow in flows:
        turns.ask(flow)
        turns.ask(flow)  # a job may ask several times and counts once
    assert [turns.ahead_of(flow) for flow in flows] == [1, 2, 0, 0]
    assert turns.ahead_of(running_flow) is None


@given(asked, some.randoms(use_true_random=False))
def test_no_more_run_than_there_are_places_and_everybody_is_served(
    asked: Asked, random: Random
) -> None:
    turns = Turns(PLACES)
    waiting = {turns.ask(Flow(*each)) for each in asked}
    running: list[Ticket] = []
    while waiting:
        came = admitted(turns)
        running += came
        assert len(running) <= PLACES
        assert set(came) <= waiting
        waiting -= set(came)
        turns.end(running.pop(random.randrange(len(running))))
    assert admitted(turns) == []


@given(asked)
def test_nobody_waits_for_more_than_one_request_of_each_other_team(asked: Asked) -> None:
    turns = Turns(1)
    turns.ask(Flow("A", "x"))
    running = admitted(turns)
    for each in asked:
        turns.ask(Flow(*each))
    newcomer = turns.ask(Flow("new", "x"))
    before = served(turns, running)
    teams = [ticket.flow.team for ticket in before[: before.index(newcomer)]]
    assert len(teams) == len(set(teams))


@given(asked)
def test_a_person_s_requests_are_served_in_order(asked: Asked) -> None:
    turns = Turns(PLACES)
    tickets = [turns.ask(Flow(*each)) for each in asked]
    running = admitted(turns)
    order = running + served(turns, list(running))
    for who in {(ticket.flow.team, ticket.flow.person) for ticket in tickets}:
        own = [t for t in order if (t.flow.team, t.flow.person) == who]
        assert own == sorted(own, key=lambda ticket: ticket.number)


async def test_a_request_waits_until_another_has_left_its_place() -> None:
    scheduler, through = ModelScheduler(1), []

    async def ask(name: str) -> None:
        begin_flow("A", name)
        async with scheduler.place():
            through.append(name)
            await asyncio.sleep(0)
            assert through[-1] == name

    await asyncio.gather(*(ask(name) for name in "abc"))
    assert sorted(through) == ["a", "b", "c"]


async def test_a_cancelled_request_leaves_its_place_to_others() -> None:
    scheduler, hold = ModelScheduler(1), asyncio.Event()

    async def ask() -> None:
        async with scheduler.place():
            await hold.wait()

    running, waiting, last = (asyncio.create_task(ask()) for _ in range(3))
    await asyncio.sleep(0)
    waiting.cancel()
    running.cancel()
    await asyncio.gather(running, waiting, return_exceptions=True)
    hold.set()
    await asyncio.wait_for(last, 60)


def test_judging_goes_before_new_requests_and_has_places_of_its_own() -> None:
    turns = Turns(4, has_judge=True)
    writing, waiting = Flow("T1", "U1"), Flow("T1", "U2")
    for flow in (writing, writing, writing, waiting):
        turns.ask(flow)
    assert len(list(turns.admit())) == 3, "one place is for judges alone"
    judged = [turns.ask_to_judge(writing) for _ in range(2)]
    assert list(turns.admit()) == judged[:1]
    turns.end(judged[0])
    assert list(turns.admit()) == judged[1:], "before the writer that waits"
    turns.end(judged[1])
    assert list(turns.admit()) == []


def test_a_newcomer_gets_the_next_place_however_many_judgements_wait() -> None:
    turns, writing = Turns(4, has_judge=True), Flow("T1", "U1")
    for _ in range(10):
        turns.ask(writing)
        turns.ask_to_judge(writing)
    running = admitted(turns)
    newcomers = [turns.ask(Flow(team, "U2")) for team in ("T2", "T3")]
    assert served(turns, running)[:3:2] == newcomers, "a judge comes in between"


def test_no_place_is_reserved_if_judges_soon_leave_one() -> None:
    turns, writing = Turns(16, has_judge=True), Flow("T1", "U1")
    for _ in range(20):
        turns.ask(writing)
    assert len(admitted(turns)) == 11, "five are for judges"
    for _ in range(9):
        turns.ask_to_judge(writing)
    assert len(admitted(turns)) == 5


def test_newcomers_take_at_most_one_of_the_judges_places() -> None:
    turns = Turns(16, has_judge=True)
    for number in range(20):
        turns.ask(Flow(f"T{number}", "U1"))
    assert len(admitted(turns)) == 12, "all of them are newcomers"
    judged = [turns.ask_to_judge(Flow("T1", "U1")) for _ in range(9)]
    assert admitted(turns) == judged[:4]


def test_a_request_waiting_to_be_judged_is_not_in_line() -> None:
    turns, flow = Turns(1), Flow("T1", "U1")
    turns.ask(flow)
    assert list(turns.admit())
    ticket = turns.ask_to_judge(flow)
    assert turns.ahead_of(flow) is None
    turns.end(ticket)
    assert list(turns.admit()) == []


# Waiting requests report their position.


EVERY = 0.01


async def ask(scheduler: ModelScheduler) -> None:
    async with scheduler.place():
        await asyncio.Event().wait()


async def ask_as(scheduler: ModelScheduler, person: str) -> None:
    begin_flow("T1", person)
    await ask(scheduler)


async def until(transcript: Transcript, stages: int) -> None:
    async with asyncio.timeout(60):
        while len(transcript.stages) < stages:
            await asyncio.sleep(0)


async def test_the_asker_is_told_once_how_many_are_ahead_and_when_their_turn_comes() -> None:
    scheduler, transcript = ModelScheduler(1), Transcript()
    others = [asyncio.create_task(ask_as(scheduler, person)) for person in ("U2", "U3")]
    await asyncio.sleep(0)
    flow = begin_flow("T1", "U1")
    async with report_position(flow, transcript, EVERY):
        mine = asyncio.create_task(ask(scheduler))
        await until(transcript, 1)
        others[1].cancel()
        await asyncio.sleep(5 * EVERY)
        others[0].cancel()
        await until(transcript, 2)
        again = asyncio.create_task(ask(scheduler))
        await asyncio.sleep(5 * EVERY)
    mine.cancel()
    again.cancel()
    assert transcript.stages == ["1 ahead", "writing"]


async def test_a_long_wait_is_reported_again_before_slack_clears_the_status(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.service.model_scheduler._AGAIN_AFTER_SECONDS", 2 * EVERY)
    scheduler, transcript = ModelScheduler(1), Transcript()
    other = asyncio.create_task(ask_as(scheduler, "U2"))
    await asyncio.sleep(0)
    flow = begin_flow("T1", "U1")
    async with report_position(flow, transcript, EVERY):
        mine = asyncio.create_task(ask(scheduler))
        await until(transcript, 2)
    mine.cancel()
    other.cancel()
    assert set(transcript.stages) == {"0 ahead"}


async def test_without_a_wait_nothing_is_reported() -> None:
    scheduler, transcript = ModelScheduler(1), Transcript()
    flow = begin_flow("T1", "U1")
    async with report_position(flow, transcript, EVERY), scheduler.place():
        await asyncio.sleep(5 * EVERY)
    assert transcript.stages == []
