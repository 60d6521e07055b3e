"""Mentions in a Slack on localhost, and their replies as seen in Slack."""

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.article import article
from benchmarks.bot_database import BotDatabase
from benchmarks.model_answers import add_answer
from benchmarks.recording_proxy import MODEL, Call, Moment, RecordingProxy
from bot.service.request_handler import help_text
from bot.slack.mentions import message_key
from sandbox.slack import Fault, LocalSlack
from sandbox.slack.state import Message
from tests.e2e.readout import shown
from tests.model_server import ModelServer

STATUS, LOOK = "assistant.threads.setStatus", "conversations.replies"
POST, UPDATE = "chat.postMessage", "chat.update"
START, APPEND, STOP = "chat.startStream", "chat.appendStream", "chat.stopStream"
_WORDS, _LINES = 220, 5
# The model is sometimes slow, so that some replies are streamed.
_PAUSES = (0.02, 0.02, 0.1)
_TEAMS, _CHANNELS, _PEOPLE = 5, 60, 20
_WITHOUT_STATUS = 4
_MORE_SAID = 0.2
_FOR_EVER = 1_000_000


@dataclass
class ExpectedReply:
    """A mention in the thread ``root``; only its reply has one of the ``expected`` lines there.
    ``crashes`` is how often a process was killed before the reply."""

    root: str
    channel: str
    key: str
    expected: tuple[str, ...]
    crashes: int = 0


@dataclass
class Scenario:
    """Slack, the model and the bot's database, and what has happened so far. ``trigger`` gets each
    call and returns whether it killed its worker."""

    slack: LocalSlack
    model: ModelServer
    database: BotDatabase
    chance: random.Random
    proxies: list[RecordingProxy] = field(default_factory=list)
    asked: dict[int, ExpectedReply] = field(default_factory=dict)
    waiting: set[int] = field(default_factory=set)
    wasted_calls: list[str] = field(default_factory=list)
    trigger: Callable[[Call, Moment], bool] = lambda _call, _moment: False
    _numbers: dict[str, int] = field(default_factory=dict)
    _in_thread: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def say(self) -> None:
        """Post a mention with an article of its own; after some of them the same person writes
        once more in the thread at once."""
        number = len(self.asked) + 1
        person = f"person-{number % _PEOPLE}"
        team = f"T{number % _TEAMS:09d}"
        channel = self._channel(number, team)
        known = article(_WORDS, number)
        add_answer(self.model, _WORDS, number, _LINES, pause=_PAUSES[number % len(_PAUSES)])
        root = self.slack.say(person, channel, f"@readout\n{known.text}")
        self._numbers[root] = number
        # What was interrupted three times is briefed without the model, under its own headline.
        expected = known.facts[0][1], known.text.partition("\n")[0]
        self._expect(root, channel, message_key(team, channel, root), *expected)
        if self.chance.random() < _MORE_SAID:
            ts = self.slack.say(person, channel, "@readout help", thread_ts=root)
            self._expect(
                root, channel, message_key(team, channel, ts), help_text(has_model=True)[:60]
            )

    def _expect(self, root: str, channel: str, key: str, *lines: str) -> None:
        number = len(self.asked) + 1
        self.asked[number] = ExpectedReply(root, channel, key, lines)
        self._in_thread[root].append(number)
        self.waiting.add(number)

    def watch(self, call: Call, moment: Moment) -> bool:
        """Record a call and what it changed; returns whether its worker was killed."""
        if call.thread:
            message = self.slack.state.find_message(call.thread)
            call.number = self._numbers.get(message.root if message else call.thread)
        if call.number is not None:
            self._note(call, self.asked[call.number], moment)
        return self.trigger(call, moment)

    def messages(self, root: str) -> list[Message]:
        """The messages of the bot in a thread."""
        thread = self.slack.state.thread(self.asked[self._numbers[root]].channel, root)
        return [each for each in thread if each.by_app]

    def replies(self, number: int) -> list[Message]:
        """The messages with the reply to a mention."""
        asked = self.asked[number]
        whole = [each for each in self.messages(asked.root) if not each.stream]
        return [each for each in whole if any(line in shown(each) for line in asked.expected)]

    def is_correct(self, root: str) -> bool:
        """Whether each mention in a thread has its reply, and there is nothing else."""
        numbers = self._in_thread[root]
        place = self.asked[numbers[0]].channel, root
        replies = [len(self.replies(number)) for number in numbers]
        is_all = len(self.messages(root)) == len(numbers)
        return is_all and set(replies) == {1} and place not in self.slack.state.statuses

    @property
    def threads(self) -> list[str]:
        """The roots of all threads."""
        return list(self._in_thread)

    def is_over(self) -> bool:
        """Whether everybody has a reply, and Slack has nothing more to send."""
        sent = self.slack.deliveries
        return not self.waiting and all(each.acked_at or each.given_up for each in sent)

    def calls(self) -> list[Call]:
        """All calls of all workers, the oldest first."""
        return sorted(
            (call for proxy in self.proxies for call in proxy.calls), key=lambda call: call.came
        )

    def _channel(self, number: int, team: str) -> str:
        """A channel; in every fourth, statuses fail, so that the first sign has to be a message."""
        name = f"room-{number % _CHANNELS}"
        known = self.slack.state.find_channel(name, team)
        if known is None:
            known = self.slack.channel(name, team=team)
            if number % _WITHOUT_STATUS == 0:
                # An error for the channel: one for the workspace would keep a worker from clearing
                # statuses that it has set in other channels.
                refused = Fault(error="channel_type_not_supported", channel=known.id)
                self.slack.fail(STATUS, refused, _FOR_EVER)
        return known.id

    def _note(self, call: Call, asked: ExpectedReply, moment: Moment) -> None:
        if call.name == MODEL and moment == "before" and self.database.has_answer(asked.key):
            self.wasted_calls.append(asked.key)
        if call.name in {POST, UPDATE} and moment == "during":
            self.waiting -= {each for each in self._in_thread[asked.root] if self.replies(each)}
