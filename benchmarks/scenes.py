"""Mentions in a Slack on localhost, and what became of each, counted from Slack's side."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.article import article
from benchmarks.models import know
from benchmarks.stores import Store
from benchmarks.taps import MODEL, Call, Moment, Tap
from bot.local import Fault, LocalSlack
from bot.local.state import Message
from bot.slack.mentions import message_key
from tests.e2e.house import shown
from tests.model_server import ModelServer

STATUS, LOOK = "assistant.threads.setStatus", "conversations.replies"
POST, UPDATE = "chat.postMessage", "chat.update"
_WORDS, _LINES, _PAUSE = 220, 5, 0.02
_TEAMS, _CHANNELS, _PEOPLE = 5, 60, 20
_WITHOUT_STATUS = 4
_FOR_EVER = 1_000_000


@dataclass
class Asked:
    """One mention; ``expected`` is a line that its briefing alone has, ``crashes`` how often a
    process was killed while it had no reply."""

    ts: str
    channel: str
    key: str
    expected: str
    crashes: int = 0


@dataclass
class Scene:
    """Slack, the model and the bot's database, and what has happened so far. ``trigger`` hears of
    each call and says whether its worker was ended by it."""

    slack: LocalSlack
    model: ModelServer
    store: Store
    chance: random.Random
    taps: list[Tap] = field(default_factory=list)
    asked: dict[int, Asked] = field(default_factory=dict)
    waiting: set[int] = field(default_factory=set)
    in_vain: list[int] = field(default_factory=list)
    trigger: Callable[[Call, Moment], bool] = lambda _call, _moment: False
    _numbers: dict[str, int] = field(default_factory=dict)

    def say(self) -> None:
        """One more mention, with an article of its own."""
        number = len(self.asked) + 1
        team = f"T{number % _TEAMS:09d}"
        channel = self._channel(number, team)
        known = article(_WORDS, number)
        know(self.model, _WORDS, number, _LINES, pause=_PAUSE)
        ts = self.slack.say(f"person-{number % _PEOPLE}", channel, f"@readout\n{known.text}")
        key = message_key(team, channel, ts)
        self.asked[number] = Asked(ts, channel, key, known.facts[0][1])
        self._numbers[ts] = number
        self.waiting.add(number)

    def watch(self, call: Call, moment: Moment) -> bool:
        """Note what a call is about and what it changed; whether its worker was ended by it."""
        if call.thread:
            message = self.slack.state.find_message(call.thread)
            call.number = self._numbers.get(message.root if message else call.thread)
        if call.number is not None:
            self._note(call, call.number, moment)
        return self.trigger(call, moment)

    def messages(self, number: int) -> list[Message]:
        """What the bot has said in the thread of a mention."""
        asked = self.asked[number]
        thread = self.slack.state.thread(asked.channel, asked.ts)
        return [each for each in thread if each.by_app]

    def briefings(self, number: int) -> list[Message]:
        """Those of them that are the mention's own briefing."""
        expected = self.asked[number].expected
        return [each for each in self.messages(number) if expected in shown(each)]

    def is_over(self) -> bool:
        """Whether everybody has a reply, and Slack has nothing more to send."""
        sent = self.slack.deliveries
        return not self.waiting and all(each.acked_at or each.given_up for each in sent)

    def calls(self) -> list[Call]:
        """All calls of all workers, the oldest first."""
        return sorted((call for tap in self.taps for call in tap.calls), key=lambda call: call.came)

    def _channel(self, number: int, team: str) -> str:
        """One of the channels; in every fourth the first sign has to be a message."""
        name = f"room-{number % _CHANNELS}"
        known = self.slack.state.find_channel(name, team)
        if known is None:
            known = self.slack.channel(name, team=team)
            if number % _WITHOUT_STATUS == 0:
                self.slack.fail(STATUS, Fault(error="missing_scope", channel=known.id), _FOR_EVER)
        return known.id

    def _note(self, call: Call, number: int, moment: Moment) -> None:
        if (
            call.name == MODEL
            and moment == "before"
            and self.store.has_answer(self.asked[number].key)
        ):
            self.in_vain.append(number)
        if call.name in {POST, UPDATE} and moment == "during" and self.briefings(number):
            self.waiting.discard(number)
