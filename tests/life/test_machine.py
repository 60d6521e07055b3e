"""The whole life of requests: asked, repeated, edited, deleted, stopped, retried, pressed, muted,
shared, exported and forgotten, in any order, while processes die and the clock moves.

Hypothesis looks for an order in which something that always has to hold does not. What it prints
then are calls of `Life`: kept below, each is a test of its own.
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
from tests.life.stage import Stage
from tests.life.world import DAYS, World, article
from tests.slacks import running_slack

PEOPLE = ("ann", "bob")
PLACES = ("news", "desk", "dm", "abroad")
FOREIGN = "T2"
WORD = re.compile(r"\bword[a-z]+\b")
SAID = ("Who pays?", "shorter please", "in French please", "thanks", "and this one?")
ENTERED = {"language": "fr", "question": "Who pays?", "text": article("wordpasted")}
Result = TypeVar("Result")
Kept = dict[str, tuple[Mention, Outcome | None]]


@dataclass
class Asked:
    """A message of a person: whether they may ask there, what word stands in what they bring, and
    whether it is deleted by now, or what is kept of it."""

    ts: str
    person: str
    place: str
    channel: str
    thread: str
    word: str
    may_ask: bool
    at: float
    is_deleted: bool = False
    is_forgotten: bool = False


class Life(RuleBasedStateMachine):
    """Two workers and one listener, and people who do what they like."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self.stack = AsyncExitStack()
        self.asked: list[Asked] = []
        self.words = (f"word{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in count())
        self.faults: list[str] = []
        self.gone: dict[str, int] = {}
        self.shared: set[str] = set()
        self.taken_up: set[tuple[str, str]] = set()
        """What was retried, and the pages without a text in whose thread somebody asked; and who
        it was, since the address is theirs from then on."""
        self._run(self._begin())

    # --- what people do ---

    @rule(
        person=st.sampled_from(PEOPLE),
        place=st.sampled_from(PLACES),
        way=st.sampled_from(["link", "link", "text", "again", "gone", "command", "help"]),
        at_once=st.booleans(),
    )
    def ask(self, person: str, place: str, way: str, at_once: bool) -> None:
        self._ask(person, place, way)
        self._go_on(at_once)

    @precondition(lambda self: self.asked)
    @rule(
        person=st.sampled_from(PEOPLE),
        said=st.sampled_from(
            [*SAID, "@readout {link}", "@readout", "stop", "mute", "@readout unmute"]
        ),
        which=st.integers(0, 99),
        at_once=st.booleans(),
    )
    def say_in_thread(self, person: str, said: str, which: int, at_once: bool) -> None:
        first = self._one(self.asked, which)
        if self.slack.state.message(first.channel, first.thread):
            self._say(person, first.place, said, thread=first.thread)
            # Who asks in a thread may have the messages read that still stand there.
            for each in self.asked:
                if (each.channel, each.thread) == (first.channel, first.thread):
                    each.is_forgotten &= each.is_deleted
                    if each.word.startswith("gone"):
                        self.taken_up.add((each.word, self._who(person, first.channel)))
        self._go_on(at_once)

    @precondition(lambda self: self.asked)
    @rule(which=st.integers(0, 99))
    def deliver_again(self, which: int) -> None:
        asked = self._one(self.asked, which)
        if asked.may_ask or not asked.is_deleted:  # else nothing is kept that says it was deleted
            self._is_asked_now(asked)
            self._call(lambda: self.slack.deliver_again(asked.ts))
        self._go_on(False)

    @precondition(lambda self: self.asked)
    @rule(which=st.integers(0, 99), at_once=st.booleans())
    def edit(self, which: int, at_once: bool) -> None:
        asked = self._one(self.asked, which)
        if not asked.is_deleted and self.slack.state.message(asked.channel, asked.ts):
            self._is_asked_now(asked)
            said = f"@readout https://example.org/{asked.word} in short, please"
            self._call(lambda: self.slack.edit(asked.ts, said))
        self._go_on(at_once)

    @precondition(lambda self: self.asked)
    @rule(which=st.integers(0, 99), at_once=st.booleans())
    def delete(self, which: int, at_once: bool) -> None:
        asked = self._one(self.asked, which)
        if not asked.is_deleted and self.slack.state.message(asked.channel, asked.ts):
            asked.is_deleted = True
            # Of what is not kept any more nobody knows where its reply stands.
            asked.is_forgotten |= self.world.clock() - asked.at > 3_000
            self._call(lambda: self.slack.delete(asked.ts))
        self._go_on(at_once)

    @rule(person=st.sampled_from(PEOPLE), which=st.integers(0, 9_999), at_once=st.booleans())
    def press(self, person: str, which: int, at_once: bool) -> None:
        """Any button of any message, or any entry of its menu."""
        pressable = [
            (message, element, choice)
            for _, message in self.world.own_messages()
            for _, element in controls(message.blocks)
            for choice in _choices(element)
        ]
        if pressable:
            message, element, choice = self._one(pressable, which)
            note(f"pressed: {element.get('action_id')} {choice}")
            who = self._who(person, message.channel)
            named = element.get("value") or element["action_id"]
            if element["action_id"].startswith("retry"):
                about = [each for each in self.asked if each.ts in str(message.metadata)]
                self.taken_up |= {(each.word, who) for each in about}
            self._call(lambda: self.slack.click(who, message.ts, str(named), choice=choice))
        self._go_on(at_once)

    @rule(person=st.sampled_from(PEOPLE), which=st.integers(0, 9_999), submits=st.booleans())
    def use_modal(self, person: str, which: int, submits: bool) -> None:
        """The box on top: submit it, or use one of its controls."""
        view = self.slack.modal(person)
        if view is None:
            return
        used = [(e, c) for _, e in controls(view.content["blocks"]) for c in _choices(e)]
        note(f"modal: {view.content.get('callback_id')}")
        if view.content.get("submit") and (submits or not used):
            channel = self._one([self._channel("news"), self._channel("desk")], which)
            if view.content.get("callback_id") == "shared.v1":
                self.shared |= set(WORD.findall(str(vars(self.slack.state))))
            self._call(lambda: self.slack.submit(view, {**ENTERED, "channel": channel}))
        elif used:
            element, choice = self._one(used, which)
            if element["type"] in ("button", "overflow"):
                name = str(element["action_id"])
                self._call(lambda: self.slack.click_in_view(view, name, choice=choice))
        self._go_on(False)

    @rule(person=st.sampled_from(PEOPLE), forgets=st.booleans())
    def open_home(self, person: str, forgets: bool) -> None:
        self._call(lambda: self.slack.open_home(person))
        self._go_on(False)
        view = self.slack.home(person)
        known = {e["action_id"] for _, e in controls(view.content["blocks"])} if view else set()
        if view and forgets and (names := [each for each in known if "forget" in each]):
            self._call(lambda: self.slack.click_in_view(view, names[0]))
            who = self.slack.person(person).id
            for each in self.asked:
                each.is_forgotten |= each.person == who
            self.taken_up = {each for each in self.taken_up if each[1] != who}
            # Who asked in the same thread and waits for a reply may yet have it read.
            others = [m for m, o in self._run(self.world.mentions()).values() if o is None]
            self.taken_up |= {
                (each.word, m.person)
                for m in others
                for each in self.asked
                if m.person != who == each.person
                and (m.channel, m.thread) == (each.channel, each.thread)
            }
            self._go_on(False)

    @rule(
        place=st.sampled_from(PLACES),
        people=st.sampled_from([(), ("ann",)]),
        is_fleeting=st.booleans(),
    )
    def settle_channel(self, place: str, people: tuple[str, ...], is_fleeting: bool) -> None:
        """Who may ask there, and for how long it is kept."""
        if place == "dm":
            return
        channel = self._channel(place)
        ids = tuple(self._who(each, channel) for each in people)
        settled = ChannelSettings(people=ids, is_fleeting=is_fleeting)
        self._run(self.world.go_on())  # what was asked under the old settings
        channels = DatabaseChannels(self.world.engine, self.world.clock)
        team = self.slack.state.channels[channel].team
        self._run(channels.keep(team, channel, ids[0] if ids else "U0", settled))
        self.may_ask[channel] = ids
        self._go_on(True)

    # --- what happens to Readout ---

    @rule()
    def model_is_slow(self) -> None:
        self.world.model.hold()
        self._go_on(True)

    @rule()
    def model_answers(self) -> None:
        self.world.model.release()
        self._go_on(False)

    @rule(is_short=st.booleans())
    def set_deadline(self, is_short: bool) -> None:
        """When the reply comes without the model, and the model's own after it."""
        for worker in self.world.workers:
            worker.deadline(0.0 if is_short else 3_600.0)
        self._go_on(True)

    @rule(who=st.integers(0, 2), at=st.integers(-60, 60).filter(bool))
    def will_be_killed(self, who: int, at: int) -> None:
        """A process is killed before or after so many more calls."""
        process = (self.world.listener, *self.world.workers)[who % 3]
        calls = len(process.calls)
        process.kill_at = calls + at if at > 0 else -(calls - at)
        self._go_on(True)

    @rule(who=st.integers(0, 2))
    def is_killed(self, who: int) -> None:
        process = (self.world.listener, *self.world.workers)[who % 3]
        process.is_over = True
        self._run(process.kill())
        self._go_on(False)

    @rule(seconds=st.sampled_from([-3_600.0, 60.0, 700.0, 3_700.0, 86_400.0 * DAYS / 2]))
    def time_passes(self, seconds: float) -> None:
        if self.world.clock.ahead + seconds < 300 * 86_400:
            self.world.clock.ahead += seconds
        self._go_on(True)

    @rule()
    def tidy(self) -> None:
        self._run(self.world.go_on())  # what is being deleted goes before its time
        before, now = self._run(self._expiries()), self.world.clock()
        for worker in self.world.workers:
            if not worker.is_over:
                self._run(worker.tidied(worker.left.enqueue))
                self._run(worker.tidied(worker.end_streams))
                self._run(worker.tidied(worker.purge))
        after, then = self._run(self._expiries()), self.world.clock()
        early = [each for each in before.keys() - after.keys() if before[each] > then]
        late = [each for each, expires in after.items() if expires <= now]
        assert not early, f"purged before its time: {early}"
        if not any(worker.is_over for worker in self.world.workers):
            assert not late, f"kept past its time: {late}"
        self._go_on(False)

    @rule()
    def all_is_done(self) -> None:
        """Everybody has their reply: what has to hold then?"""
        self._run(self._settle())
        self.check()
        self._go_on(True)

    def teardown(self) -> None:
        try:
            self._run(self._settle())
            self.check()
        finally:
            self._run(self.stack.aclose())

    # --- what has to hold ---

    def check(self) -> None:
        assert not self.faults, self.faults
        loose = self._run(self.world.loose_ends())
        assert not loose, loose
        kept = self._run(self.world.mentions())
        self._who_may_not_ask_was_not_served(kept)
        self._the_deleted_is_gone(kept)
        self._nobody_reads_of_others()
        self._run(self._each_token_is_accounted())

    def _who_may_not_ask_was_not_served(self, kept: Kept) -> None:
        for asked in self.asked:
            if not asked.may_ask:
                served = [
                    m for m, _ in kept.values() if m.message == asked.ts and not m.is_about_others
                ]
                assert not served, f"served, though they may not ask: {served}"

    def _the_deleted_is_gone(self, kept: Kept) -> None:
        for asked in (each for each in self.asked if each.is_deleted):
            left = [
                m for m, _ in kept.values() if (m.channel, m.message) == (asked.channel, asked.ts)
            ]
            left = [m for m in left if m.is_a_message or m.about is None]
            assert not left, f"kept, though it was deleted: {left}"
            key = f":{asked.channel}:{asked.ts}"
            events = [event for event, _ in self.world.own_messages() if event]
            stays = [] if asked.is_forgotten else [e for e in events if e["key"].endswith(key)]
            assert not stays, f"stands, though it was deleted: {stays}"
            calls = self.slack.calls
            since = calls[self.gone.setdefault(key, len(calls)) :]
            late = [c for c in since if key in str(c.args.get("metadata", ""))]
            assert not late, f"called for what was deleted: {late}"
        rows = self._run(self._everything_kept())
        named: dict[str, list[Asked]] = {}
        for asked in self.asked:
            named.setdefault(asked.word, []).append(asked)
        stays_with_others = self.shared | {word for word, _ in self.taken_up} | {""}
        for word, by in named.items():
            is_gone = all(each.is_deleted or each.is_forgotten for each in by)
            if is_gone and word not in stays_with_others:
                where = [table for table, row in rows if word in row]
                assert not where, f"{word} is kept in {where}, though it was deleted"

    def _nobody_reads_of_others(self) -> None:
        foreign = {each.word for each in self.asked if each.place == "abroad"} - {""}
        own = {each.word for each in self.asked if each.place != "abroad"} - {""}
        state = self.slack.state
        for channel in state.channels.values():
            forbidden = own if channel.team == FOREIGN else foreign
            for message in state.messages(channel.id):
                found = forbidden & set(WORD.findall(str(message)))
                assert not found, f"{found} is read in {channel.name}"
        for view in state.views.values():
            forbidden = own if view.team == FOREIGN else foreign
            assert not forbidden & set(WORD.findall(str(view.content))), view
        for request in self.world.model.read:
            words = set(WORD.findall(request))
            assert not (words & own and words & foreign), "a request mixes two teams"

    async def _each_token_is_accounted(self) -> None:
        rows = await self.world.rows("SELECT model, tokens_in, tokens_out, estimated FROM attempts")
        entered = Counter(tuple(row[:3]) for row in rows if not row.estimated)
        given = Counter(self.world.model.given)
        assert not entered - given, f"entered and never given: {entered - given}"
        asked = Counter(self.world.model.asked)
        for worker in self.world.workers:
            entries = sum(row.model == worker.mind.name for row in rows)
            # One that is cut off as it begins is entered, and may not have reached the model.
            cut_off = sum(row.model == worker.mind.name and row.estimated for row in rows)
            assert entries - cut_off <= asked[worker.mind.name] <= entries, (
                f"{asked[worker.mind.name]} requests to the model, {entries} entries"
            )

    # --- how it is done ---

    async def _begin(self) -> None:
        rules = Rules(rate_limits=False, retry_delays=(0.0, 0.5, 1.0))
        self.slack = await self.stack.enter_async_context(running_slack(rules))
        model = await self.stage.fresh_model()
        engine = engine_for(self.stage.fresh())
        self.stack.push_async_callback(engine.dispose)
        self.stack.enter_context(self._listening_for_faults())
        self.world = World(self.slack, model, engine)
        self.stack.push_async_callback(self.world.close)
        self.may_ask: dict[str, tuple[str, ...]] = {}
        for place in PLACES[:2]:
            self.slack.channel(place, creator="ann")
        self.slack.channel("abroad", team=FOREIGN)
        for place in PLACES:
            for person in PEOPLE:
                channel = self._channel(place, person)
                self.slack.state.channels[channel].members.add(self._who(person, channel))
        await self.world.start(workers=2)

    @contextmanager
    def _listening_for_faults(self) -> Iterator[None]:
        """An error in the log is a fault of ours, since nothing else is broken here."""
        told = self.faults

        class Ear(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                told.append(self.format(record))

        listener = Ear(logging.ERROR)
        logging.getLogger("bot").addHandler(listener)
        try:
            yield
        finally:
            logging.getLogger("bot").removeHandler(listener)

    def _run(self, work: Any) -> Any:
        async def run() -> Any:
            return await work

        return self.stage.runner.run(run())

    def _call(self, work: Callable[[], Result]) -> Result:
        async def call() -> Result:
            last = int(self.world.clock() * 1_000_000)
            self.slack.state._last_ts = max(self.slack.state._last_ts, last)
            return work()

        return self.stage.runner.run(call())

    def _go_on(self, at_once: bool) -> None:
        """``at_once``: what comes next comes before anything is done."""
        self.stage.steps += 1
        if not at_once:
            self._run(self.world.go_on())

    async def _settle(self) -> None:
        for process in (self.world.listener, *self.world.workers):
            process.kill_at = 0
        await self.world.settle()

    def _is_asked_now(self, asked: Asked) -> None:
        """What was refused is asked once more, under the settings of now."""
        allowed = self.may_ask.get(asked.channel, ())
        asked.may_ask |= not allowed or asked.person in allowed

    def _one(self, among: list[Result], which: int) -> Result:
        return among[which % len(among)]

    def _channel(self, place: str, person: str = "ann") -> str:
        if place == "dm":
            return self.slack.find(person)[1].id
        team = FOREIGN if place == "abroad" else self.slack.person("ann").team
        return self.slack.channel(place, team=team).id

    def _who(self, person: str, channel: str) -> str:
        team = self.slack.state.channels[channel].team
        return self.slack.person(person, team=team).id

    def _ask(self, person: str, place: str, way: str) -> None:
        word = next(self.words)
        if way == "again" and (same := [a for a in self.asked if a.word and a.place == place]):
            word = same[-1].word
        if way == "gone":
            word = f"gone{word}"
        link = f"https://example.org/{word}"
        said = {"text": article(word), "help": "help"}.get(way, link)
        if way == "command":
            channel = self._channel(place, person)
            who = self._who(person, channel)
            self._call(lambda: self.slack.command(who, channel, f"/brief {link}"))
        else:
            self._say(person, place, f"@readout {said}", word=word if way != "help" else "")

    def _say(self, person: str, place: str, said: str, thread: str = "", word: str = "") -> None:
        if "{link}" in said:
            word = next(self.words)
            said = said.format(link=f"https://example.org/{word}")
        channel = self._channel(place, person)
        if thread and self.slack.state.message(channel, thread) is None:
            return
        who = self._who(person, channel)
        ts = self._call(lambda: self.slack.say(who, channel, said, thread_ts=thread))
        allowed = self.may_ask.get(channel, ())
        may_ask = not allowed or who in allowed
        at = self.world.clock()
        self.asked.append(Asked(ts, who, place, channel, thread or ts, word, may_ask, at))

    async def _expiries(self) -> dict[tuple[str, str], float]:
        # A withdrawal is deleted with what it withdraws.
        query = "SELECT key, expires FROM mentions WHERE key NOT LIKE 'gone:%'"
        rows = await self.world.rows(query)
        return {("mentions", row.key): row.expires for row in rows}

    async def _everything_kept(self) -> list[tuple[str, str]]:
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


def deleted_and_delivered_again(life: Life) -> None:
    life.ask("ann", "news", "link", at_once=False)
    life.delete(0, at_once=False)
    life.deliver_again(0)
    life.tidy()
    life.tidy()
    life.ask("bob", "news", "link", at_once=False)


def deleted_before_it_is_known_where_its_sign_stands(life: Life) -> None:
    life.slack.fail("assistant.threads.setStatus", Fault(error="feature_disabled"), times=9)
    life.will_be_killed(0, at=8)
    life.ask("ann", "news", "link", at_once=True)
    life.delete(0, at_once=False)


def forgotten_while_the_model_writes(life: Life) -> None:
    life.model_is_slow()
    life.ask("ann", "news", "link", at_once=False)
    life.open_home("ann", forgets=True)


def deleted_while_a_question_is_answered(life: Life) -> None:
    life.ask("ann", "news", "link", at_once=False)
    life.model_is_slow()
    life.say_in_thread("ann", "Who pays?", 0, at_once=False)
    life.delete(1, at_once=False)


def forgotten_while_anothers_question_is_answered(life: Life) -> None:
    life.ask("bob", "news", "link", at_once=False)
    life.all_is_done()
    life.model_is_slow()
    before = len(life.world.model.asked)
    life.say_in_thread("ann", "Who pays?", 0, at_once=False)
    while len(life.world.model.asked) == before:
        life._go_on(False)
    life.open_home("bob", forgets=True)
    life.taken_up.clear()  # it was read already, and is at the model
    life.model_answers()


def expired_while_the_model_writes(life: Life) -> None:
    life.settle_channel("desk", people=(), is_fleeting=True)
    life.model_is_slow()
    life.ask("ann", "desk", "link", at_once=False)
    life.time_passes(3_700.0)


KEPT = (
    deleted_and_delivered_again,
    deleted_before_it_is_known_where_its_sign_stands,
    forgotten_while_the_model_writes,
    deleted_while_a_question_is_answered,
    forgotten_while_anothers_question_is_answered,
    expired_while_the_model_writes,
)
"""In which something was wrong once."""


@pytest.mark.parametrize("told", KEPT, ids=lambda told: told.__name__)
def test_a_kept_life(on_sqlite: Stage, told: Callable[[Life], None]) -> None:
    life = Life(on_sqlite)
    try:
        told(life)
    finally:
        life.teardown()


def live(stage: Stage, lives: int, steps: int) -> None:
    begun = time.monotonic()
    bounds = settings(
        max_examples=lives,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
        print_blob=True,
    )
    try:
        run_state_machine_as_test(
            lambda: Life(stage),  # type: ignore[arg-type]  # whatever makes one
            settings=bounds,
        )
    finally:
        minutes = (time.monotonic() - begun) / 60
        print(f"{stage.steps} steps, {stage.steps / minutes:.0f} a minute")  # noqa: T201


def test_a_few_lives_on_sqlite(on_sqlite: Stage) -> None:
    live(on_sqlite, lives=6, steps=12)


@pytest.mark.long
@pytest.mark.parametrize("where", ["on_sqlite", "on_postgresql"])
def test_many_lives(request: pytest.FixtureRequest, where: str) -> None:
    live(request.getfixturevalue(where), lives=300, steps=40)
