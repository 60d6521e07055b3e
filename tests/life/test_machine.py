"""Requests are made, repeated, edited, deleted, stopped, retried, muted, shared, exported and
forgotten, in any order, while processes are killed and the clock moves.

Hypothesis looks for an order in which an invariant breaks, and prints it as calls of `Lifecycle`:
added to `REGRESSIONS`, they are a test of their own.
"""

import logging
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.service.ports import ChannelSettings, Mention, Outcome
from bot.storage.database import engine_for
from bot.storage.preferences import DatabaseChannels
from bot.storage.tables import metadata
from sandbox.slack import Fault, Rules
from sandbox.slack.people import controls
from tests.life.harness import Harness
from tests.life.world import DAYS, World, article, is_killed
from tests.slacks import running_slack

PEOPLE = ("ann", "bob")
PLACES = ("news", "desk", "dm", "abroad")
OTHER_TEAM = "T2"
"""The team of the channel `abroad`."""
MARKER = re.compile(r"\bword[a-z]+\b")
FOLLOW_UPS = ("Who pays?", "shorter please", "in French please", "thanks", "and this one?")
FORM_VALUES = {"language": "fr", "question": "Who pays?", "text": article("wordpasted")}
Result = TypeVar("Result")
Stored = dict[str, tuple[Mention, Outcome | None]]


@dataclass
class Request:
    """A message with which a person asked for something. ``marker`` is the word by which its source
    is recognised in texts, and ``is_forgotten`` says that nothing of it may be stored."""

    ts: str
    person: str
    place: str
    channel: str
    thread: str
    marker: str
    may_ask: bool
    at: float
    is_deleted: bool = False
    is_forgotten: bool = False
    was_forgotten: bool = False
    """Nobody knows any more where its reply is."""


class Lifecycle(RuleBasedStateMachine):
    """Two workers and one listener, and people who do anything in any order.

    After most rules everything runs until idle; with ``without_pause`` the next rule follows at
    once."""

    def __init__(self, harness: Harness) -> None:
        super().__init__()
        self.harness = harness
        self.stack = AsyncExitStack()
        self.requests: list[Request] = []
        self.markers = (f"word{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in count())
        self.logged_errors: list[str] = []
        self.calls_before_deletion: dict[str, int] = {}
        self.shared: set[str] = set()
        self.adopted: set[tuple[str, str]] = set()
        """The markers of sources that somebody asked for again, by retrying a request or by asking
        in the thread of an unread page, each with that person's id: from then on the address is
        theirs."""
        self._run(self._set_up())

    # --- what people do ---

    @rule(
        person=st.sampled_from(PEOPLE),
        place=st.sampled_from(PLACES),
        kind=st.sampled_from(["link", "link", "text", "again", "gone", "command", "help"]),
        without_pause=st.booleans(),
    )
    def ask(self, person: str, place: str, kind: str, without_pause: bool) -> None:
        self._ask(person, place, kind)
        self._continue(without_pause)

    @precondition(lambda self: self.requests)
    @rule(
        person=st.sampled_from(PEOPLE),
        said=st.sampled_from(
            [*FOLLOW_UPS, "@readout {link}", "@readout", "stop", "mute", "@readout unmute"]
        ),
        which=st.integers(0, 99),
        without_pause=st.booleans(),
    )
    def say_in_thread(self, person: str, said: str, which: int, without_pause: bool) -> None:
        first = self._pick(self.requests, which)
        if self.slack.state.message(first.channel, first.thread):
            self._say(person, first.place, said, thread=first.thread)
            # Whoever asks in a thread may have the messages read that are still in it.
            for each in self.requests:
                if (each.channel, each.thread) == (first.channel, first.thread):
                    each.is_forgotten &= each.is_deleted
                    if each.marker.startswith("gone"):
                        self.adopted.add((each.marker, self._user_id(person, first.channel)))
        self._continue(without_pause)

    @precondition(lambda self: self.requests)
    @rule(which=st.integers(0, 99))
    def deliver_again(self, which: int) -> None:
        request = self._pick(self.requests, which)
        # Nothing is stored of a deleted message of somebody who may not ask.
        if request.may_ask or not request.is_deleted:
            self._update_permission(request)
            self._call(lambda: self.slack.deliver_again(request.ts))
        self._continue(False)

    @precondition(lambda self: self.requests)
    @rule(which=st.integers(0, 99), without_pause=st.booleans())
    def edit(self, which: int, without_pause: bool) -> None:
        request = self._pick(self.requests, which)
        if not request.is_deleted and self.slack.state.message(request.channel, request.ts):
            self._update_permission(request)
            said = f"@readout https://example.org/{request.marker} in short, please"
            self._call(lambda: self.slack.edit(request.ts, said))
        self._continue(without_pause)

    @precondition(lambda self: self.requests)
    @rule(which=st.integers(0, 99), without_pause=st.booleans())
    def delete(self, which: int, without_pause: bool) -> None:
        request = self._pick(self.requests, which)
        if not request.is_deleted and self.slack.state.message(request.channel, request.ts):
            request.is_deleted = True
            # Once a request has expired, its reply can't be found.
            request.is_forgotten |= self.world.clock() - request.at > 3_000
            self._call(lambda: self.slack.delete(request.ts))
        self._continue(without_pause)

    @rule(person=st.sampled_from(PEOPLE), which=st.integers(0, 9_999), without_pause=st.booleans())
    def press(self, person: str, which: int, without_pause: bool) -> None:
        """Press any button of any message, or choose any entry of its menu."""
        pressable = [
            (message, element, choice)
            for _, message in self.world.bot_messages()
            for _, element in controls(message.blocks)
            for choice in _choices(element)
        ]
        if pressable:
            message, element, choice = self._pick(pressable, which)
            note(f"pressed: {element.get('action_id')} {choice}")
            who = self._user_id(person, message.channel)
            named = element.get("value") or element["action_id"]
            if element["action_id"].startswith("retry"):
                about = [each for each in self.requests if each.ts in str(message.metadata)]
                self.adopted |= {(each.marker, who) for each in about}
            self._call(lambda: self.slack.click(who, message.ts, str(named), choice=choice))
        self._continue(without_pause)

    @rule(person=st.sampled_from(PEOPLE), which=st.integers(0, 9_999), submits=st.booleans())
    def use_modal(self, person: str, which: int, submits: bool) -> None:
        """Submit the open modal, or use one of its controls."""
        view = self.slack.modal(person)
        if view is None:
            return
        used = [(e, c) for _, e in controls(view.content["blocks"]) for c in _choices(e)]
        note(f"modal: {view.content.get('callback_id')}")
        if view.content.get("submit") and (submits or not used):
            channel = self._pick([self._channel_id("news"), self._channel_id("desk")], which)
            if view.content.get("callback_id") == "shared.v1":
                self.shared |= set(MARKER.findall(str(vars(self.slack.state))))
            self._call(lambda: self.slack.submit(view, {**FORM_VALUES, "channel": channel}))
        elif used:
            element, choice = self._pick(used, which)
            if element["type"] in ("button", "overflow"):
                name = str(element["action_id"])
                self._call(lambda: self.slack.click_in_view(view, name, choice=choice))
        self._continue(False)

    @rule(person=st.sampled_from(PEOPLE), forgets=st.booleans())
    def open_home(self, person: str, forgets: bool) -> None:
        self._call(lambda: self.slack.open_home(person))
        self._continue(False)
        view = self.slack.home(person)
        known = {e["action_id"] for _, e in controls(view.content["blocks"])} if view else set()
        if view and forgets and (names := [each for each in known if "forget" in each]):
            # A press is not on disk: one that a kill cuts off is not confirmed, and is made again.
            self.world.listener.kill_at = 0
            self._call(lambda: self.slack.click_in_view(view, names[0]))
            who = self.slack.person(person).id
            for each in self.requests:
                each.is_forgotten |= each.person == who
                each.was_forgotten |= each.person == who
            self.adopted = {each for each in self.adopted if each[1] != who}
            # Whoever asked in the same thread and still waits for a reply may have it read.
            others = [m for m, o in self._run(self.world.mentions()).values() if o is None]
            self.adopted |= {
                (each.marker, m.person)
                for m in others
                for each in self.requests
                if m.person != who == each.person
                and (m.channel, m.thread) == (each.channel, each.thread)
            }
            self._continue(False)

    @rule(
        place=st.sampled_from(PLACES),
        people=st.sampled_from([(), ("ann",)]),
        is_fleeting=st.booleans(),
    )
    def change_channel_settings(
        self, place: str, people: tuple[str, ...], is_fleeting: bool
    ) -> None:
        """Set who may ask in a channel, and whether its requests are stored only for an hour."""
        if place == "dm":
            return
        channel = self._channel_id(place)
        ids = tuple(self._user_id(each, channel) for each in people)
        changed = ChannelSettings(people=ids, is_fleeting=is_fleeting)
        self._run(self.world.run_until_idle())  # requests under the old settings
        channels = DatabaseChannels(self.world.engine, self.world.clock)
        team = self.slack.state.channels[channel].team
        self._run(channels.keep(team, channel, ids[0] if ids else "U0", changed))
        self.may_ask[channel] = ids
        self._continue(True)

    # --- what happens to Readout ---

    @rule()
    def hold_model(self) -> None:
        self.world.model.hold()
        self._continue(True)

    @rule()
    def release_model(self) -> None:
        self.world.model.release()
        self._continue(False)

    @rule(is_short=st.booleans())
    def set_deadline(self, is_short: bool) -> None:
        """Set when Readout replies without the model, whose own version follows later."""
        for worker in self.world.workers:
            worker.set_deadline(0.0 if is_short else 3_600.0)
        self._continue(True)

    @rule(who=st.integers(0, 2), at=st.integers(-60, 60).filter(bool))
    def schedule_kill(self, who: int, at: int) -> None:
        """Kill a process before (or, where ``at`` is negative, after) one of its next calls."""
        process = (self.world.listener, *self.world.workers)[who % 3]
        calls = len(process.calls)
        process.kill_at = calls + at if at > 0 else -(calls - at)
        self._continue(True)

    @rule(who=st.integers(0, 2))
    def kill(self, who: int) -> None:
        process = (self.world.listener, *self.world.workers)[who % 3]
        process.is_dead = True
        self._run(process.kill())
        self._continue(False)

    @rule(seconds=st.sampled_from([-3_600.0, 60.0, 700.0, 3_700.0, 86_400.0 * DAYS / 2]))
    def advance_clock(self, seconds: float) -> None:
        if self.world.clock.ahead + seconds < 300 * 86_400:
            self.world.clock.ahead += seconds
        self._continue(True)

    @rule()
    def run_housekeeping(self) -> None:
        self._run(self.world.run_until_idle())  # or deletions would look like early purges
        before, now = self._run(self._expiries()), self.world.clock()
        for worker in self.world.workers:
            if not worker.is_dead:
                self._run(worker.housekeeping(worker.abandoned.enqueue))
                self._run(worker.housekeeping(worker.end_streams))
                self._run(worker.housekeeping(worker.purge))
        after, then = self._run(self._expiries()), self.world.clock()
        early = [each for each in before.keys() - after.keys() if before[each] > then]
        late = [each for each, expires in after.items() if expires <= now]
        assert not early, f"purged before its time: {early}"
        if not any(worker.is_dead for worker in self.world.workers):
            assert not late, f"kept past its time: {late}"
        self._continue(False)

    @rule()
    def finish_everything(self) -> None:
        """Wait until everybody has their reply, and check the invariants."""
        self._run(self._finish())
        self.check()
        self._continue(True)

    def teardown(self) -> None:
        try:
            self._run(self._finish())
            self.check()
        finally:
            self._run(self.stack.aclose())

    # --- invariants ---

    def check(self) -> None:
        assert not self.logged_errors, self.logged_errors
        problems = self._run(self.world.problems())
        assert not problems, problems
        stored = self._run(self.world.mentions())
        self._only_the_permitted_were_served(stored)
        self._deletions_are_complete(stored)
        self._teams_are_separate()
        self._run(self._every_token_is_accounted_for())

    def _only_the_permitted_were_served(self, stored: Stored) -> None:
        for request in self.requests:
            if not request.may_ask:
                served = [
                    mention
                    for mention, _ in stored.values()
                    if mention.message == request.ts and not mention.is_about_others
                ]
                assert not served, f"served, though they may not ask: {served}"

    def _deletions_are_complete(self, stored: Stored) -> None:
        for request in (each for each in self.requests if each.is_deleted):
            place = (request.channel, request.ts)
            left = [m for m, _ in stored.values() if (m.channel, m.message) == place]
            left = [m for m in left if m.is_a_message or m.about is None]
            assert not left, f"stored, though it was deleted: {left}"
            key = f":{request.channel}:{request.ts}"
            events = [event for event, _ in self.world.bot_messages() if event]
            is_unknown = request.is_forgotten or request.was_forgotten
            shown = [] if is_unknown else [e for e in events if e["key"].endswith(key)]
            assert not shown, f"shown, though it was deleted: {shown}"
            calls = self.slack.calls
            since = calls[self.calls_before_deletion.setdefault(key, len(calls)) :]
            late = [c for c in since if key in str(c.args.get("metadata", ""))]
            assert not late, f"called Slack for a deleted request: {late}"
        rows = self._run(self._stored_rows())
        by_marker: dict[str, list[Request]] = {}
        for request in self.requests:
            by_marker.setdefault(request.marker, []).append(request)
        may_stay = self.shared | {marker for marker, _ in self.adopted} | {""}
        for marker, requests in by_marker.items():
            is_gone = all(each.is_deleted or each.is_forgotten for each in requests)
            if is_gone and marker not in may_stay:
                where = [table for table, row in rows if marker in row]
                assert not where, f"{marker} is stored in {where}, though it was deleted"

    def _teams_are_separate(self) -> None:
        foreign = {each.marker for each in self.requests if each.place == "abroad"} - {""}
        own = {each.marker for each in self.requests if each.place != "abroad"} - {""}
        state = self.slack.state
        for channel in state.channels.values():
            forbidden = own if channel.team == OTHER_TEAM else foreign
            for message in state.messages(channel.id):
                found = forbidden & set(MARKER.findall(str(message)))
                assert not found, f"{found} is shown in {channel.name}"
        for view in state.views.values():
            forbidden = own if view.team == OTHER_TEAM else foreign
            assert not forbidden & set(MARKER.findall(str(view.content))), view
        for prompt in self.world.model.prompts:
            markers = set(MARKER.findall(prompt))
            assert not (markers & own and markers & foreign), "a prompt mixes two teams"

    async def _every_token_is_accounted_for(self) -> None:
        rows = await self.world.rows("SELECT model, tokens_in, tokens_out, estimated FROM attempts")
        entered = Counter(tuple(row[:3]) for row in rows if not row.estimated)
        completed = Counter(self.world.model.completed)
        assert not entered - completed, f"entered, never completed: {entered - completed}"
        requested = Counter(self.world.model.requested)
        for worker in self.world.workers:
            name = worker.model_client.name
            entries = sum(row.model == name for row in rows)
            # An attempt that is cancelled at its start is entered, and may not reach the model.
            cut_off = sum(row.model == name and row.estimated for row in rows)
            assert entries - cut_off <= requested[name] <= entries, (
                f"{requested[name]} requests to the model, {entries} entries"
            )

    # --- helpers ---

    async def _set_up(self) -> None:
        rules = Rules(rate_limits=False, retry_delays=(0.0, 3.0, 6.0))
        self.slack = await self.stack.enter_async_context(running_slack(rules))
        model = await self.harness.model()
        engine = engine_for(self.harness.new_database())
        self.stack.push_async_callback(engine.dispose)
        self.stack.enter_context(self._collecting_errors())
        self.world = World(self.slack, model, engine)
        self.stack.push_async_callback(self.world.close)
        self.may_ask: dict[str, tuple[str, ...]] = {}
        for place in PLACES[:2]:
            self.slack.channel(place, creator="ann")
        self.slack.channel("abroad", team=OTHER_TEAM)
        for place in PLACES:
            for person in PEOPLE:
                channel = self._channel_id(place, person)
                self.slack.state.channels[channel].members.add(self._user_id(person, channel))
        await self.world.start(workers=2)

    @contextmanager
    def _collecting_errors(self) -> Iterator[None]:
        """Collect logged errors: nothing is broken here but Readout itself."""
        errors = self.logged_errors

        class Collector(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                if not is_killed():
                    errors.append(self.format(record))

        collector = Collector(logging.ERROR)
        logging.getLogger("bot").addHandler(collector)
        try:
            yield
        finally:
            logging.getLogger("bot").removeHandler(collector)

    def _run(self, work: Any) -> Any:
        async def run() -> Any:
            return await work

        return self.harness.runner.run(run())

    def _call(self, work: Callable[[], Result]) -> Result:
        async def call() -> Result:
            last = int(self.world.clock() * 1_000_000)
            self.slack.state._last_ts = max(self.slack.state._last_ts, last)
            return work()

        return self.harness.runner.run(call())

    def _continue(self, without_pause: bool) -> None:
        self.harness.steps += 1
        if not without_pause:
            self._run(self.world.run_until_idle())

    async def _finish(self) -> None:
        for process in (self.world.listener, *self.world.workers):
            process.kill_at = 0
        await self.world.run_until_done()

    def _update_permission(self, request: Request) -> None:
        """Today's channel settings apply when a refused message is delivered again or edited."""
        allowed = self.may_ask.get(request.channel, ())
        request.may_ask |= not allowed or request.person in allowed

    def _pick(self, among: list[Result], which: int) -> Result:
        return among[which % len(among)]

    def _channel_id(self, place: str, person: str = "ann") -> str:
        if place == "dm":
            return self.slack.find(person)[1].id
        team = OTHER_TEAM if place == "abroad" else self.slack.person("ann").team
        return self.slack.channel(place, team=team).id

    def _user_id(self, person: str, channel: str) -> str:
        team = self.slack.state.channels[channel].team
        return self.slack.person(person, team=team).id

    def _ask(self, person: str, place: str, kind: str) -> None:
        marker = next(self.markers)
        assert MARKER.fullmatch(marker), "the checks would not find it in texts"
        if kind == "again" and (
            same := [a for a in self.requests if a.marker and a.place == place]
        ):
            marker = same[-1].marker
        if kind == "gone":
            marker = f"gone{marker}"
        link = f"https://example.org/{marker}"
        said = {"text": article(marker), "help": "help"}.get(kind, link)
        if kind == "command":
            channel = self._channel_id(place, person)
            who = self._user_id(person, channel)
            self._call(lambda: self.slack.command(who, channel, f"/brief {link}"))
        else:
            self._say(person, place, f"@readout {said}", marker=marker if kind != "help" else "")

    def _say(self, person: str, place: str, said: str, thread: str = "", marker: str = "") -> None:
        if "{link}" in said:
            marker = next(self.markers)
            said = said.format(link=f"https://example.org/{marker}")
        channel = self._channel_id(place, person)
        if thread and self.slack.state.message(channel, thread) is None:
            return
        who = self._user_id(person, channel)
        ts = self._call(lambda: self.slack.say(who, channel, said, thread_ts=thread))
        allowed = self.may_ask.get(channel, ())
        may_ask = not allowed or who in allowed
        at = self.world.clock()
        self.requests.append(Request(ts, who, place, channel, thread or ts, marker, may_ask, at))

    async def _expiries(self) -> dict[tuple[str, str], float]:
        # A withdrawal expires with the request that it withdraws.
        query = "SELECT key, expires FROM mentions WHERE key NOT LIKE 'gone:%'"
        rows = await self.world.rows(query)
        return {("mentions", row.key): row.expires for row in rows}

    async def _stored_rows(self) -> list[tuple[str, str]]:
        kept = []
        for table in metadata.tables:
            if table != "arrivals":
                kept += [
                    (table, str(row)) for row in await self.world.rows(f"SELECT * FROM {table}")
                ]
        return kept


def _choices(element: dict[str, Any]) -> list[str]:
    options = element.get("options")
    return [str(option["value"]) for option in options] if options else [""]


def deleted_and_delivered_again(machine: Lifecycle) -> None:
    machine.ask("ann", "news", "link", without_pause=False)
    machine.delete(0, without_pause=False)
    machine.deliver_again(0)
    machine.run_housekeeping()
    machine.run_housekeeping()
    machine.ask("bob", "news", "link", without_pause=False)


def deleted_before_it_is_known_where_its_sign_stands(machine: Lifecycle) -> None:
    machine.slack.fail("assistant.threads.setStatus", Fault(error="feature_disabled"), times=9)
    machine.schedule_kill(0, at=8)
    machine.ask("ann", "news", "link", without_pause=True)
    machine.delete(0, without_pause=False)


def forgotten_while_the_model_writes(machine: Lifecycle) -> None:
    machine.hold_model()
    machine.ask("ann", "news", "link", without_pause=False)
    machine.open_home("ann", forgets=True)


def deleted_while_a_question_is_answered(machine: Lifecycle) -> None:
    machine.ask("ann", "news", "link", without_pause=False)
    machine.hold_model()
    machine.say_in_thread("ann", "Who pays?", 0, without_pause=False)
    machine.delete(1, without_pause=False)


def forgotten_while_anothers_question_is_answered(machine: Lifecycle) -> None:
    machine.ask("bob", "news", "link", without_pause=False)
    machine.finish_everything()
    machine.hold_model()
    before = len(machine.world.model.requested)
    machine.say_in_thread("ann", "Who pays?", 0, without_pause=False)
    while len(machine.world.model.requested) == before:
        machine._continue(False)
    machine.open_home("bob", forgets=True)
    machine.adopted.clear()  # it was read already, and is at the model
    machine.release_model()


def expired_while_the_model_writes(machine: Lifecycle) -> None:
    machine.change_channel_settings("desk", people=(), is_fleeting=True)
    machine.hold_model()
    machine.ask("ann", "desk", "link", without_pause=False)
    machine.advance_clock(3_700.0)


def a_command_expired_while_the_model_writes(machine: Lifecycle) -> None:
    machine.change_channel_settings("desk", people=(), is_fleeting=True)
    machine.hold_model()
    machine.ask("ann", "desk", "command", without_pause=False)
    machine.advance_clock(3_700.0)
    machine.ask("ann", "desk", "link", without_pause=False)
    machine.kill(1)


def delivered_again_when_nothing_is_known_of_it(machine: Lifecycle) -> None:
    machine.ask("bob", "dm", "text", without_pause=False)
    machine.finish_everything()
    machine.advance_clock(86_400.0 * DAYS)
    machine.finish_everything()
    machine.kill(0)
    machine.deliver_again(0)


REGRESSIONS = (
    deleted_and_delivered_again,
    deleted_before_it_is_known_where_its_sign_stands,
    forgotten_while_the_model_writes,
    deleted_while_a_question_is_answered,
    forgotten_while_anothers_question_is_answered,
    expired_while_the_model_writes,
    a_command_expired_while_the_model_writes,
    delivered_again_when_nothing_is_known_of_it,
)
"""Each broke an invariant once."""


@pytest.mark.parametrize("scenario", REGRESSIONS, ids=lambda scenario: scenario.__name__)
def test_invariants_hold_where_they_once_broke(
    on_sqlite: Harness, scenario: Callable[[Lifecycle], None]
) -> None:
    machine = Lifecycle(on_sqlite)
    try:
        scenario(machine)
    finally:
        machine.teardown()


def run_machine(harness: Harness, examples: int, steps: int) -> None:
    """Let hypothesis try so many sequences of so many steps, and print how fast that was."""
    started = time.monotonic()
    bounds = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
        print_blob=True,
    )
    try:
        run_state_machine_as_test(
            lambda: Lifecycle(harness),  # type: ignore[arg-type]  # whatever makes one
            settings=bounds,
        )
    finally:
        minutes = (time.monotonic() - started) / 60
        print(f"{harness.steps} steps, {harness.steps / minutes:.0f} a minute")  # noqa: T201


def test_invariants_hold_in_a_few_random_sequences(on_sqlite: Harness) -> None:
    run_machine(on_sqlite, examples=6, steps=12)


@pytest.mark.long
@pytest.mark.parametrize("where", ["on_sqlite", "on_postgresql"])
def test_invariants_hold_in_many_random_sequences(
    request: pytest.FixtureRequest, where: str
) -> None:
    run_machine(request.getfixturevalue(where), examples=300, steps=40)
