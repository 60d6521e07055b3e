"""When is there room for extras that a reply can do without: a Stop button, a stream?

A message that only offers to stop is overwritten by the reply, and Slack takes 50 edits a minute
in a workspace (https://docs.slack.dev/reference/methods/chat.update), which replies that need one
come first in. So a process offers ten a minute in each workspace, and leaves the rest out: where
many ask at once they see a status, and "stop" said in the thread stops as well as the button.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

_MOST = 10
_MOST_STREAMS = 15
_SECONDS = 60.0
LIFETIME = 230.0
"""The seconds that a stream may last. Slack ends it after about five minutes, whatever it is at
(github.com/slackapi/python-slack-sdk/issues/1859)."""


@dataclass(frozen=True)
class Pace:
    """When a stream is begun and ended, in seconds: once the writing has taken ``worth_while`` and
    the reply was not done ``soon`` after its first line; and before it has lasted ``lifetime``.
    Lines that come within the time ``between`` two pieces go out together. For a call of it that is
    under way the reply waits as long as ``last_call``."""

    worth_while: float = 0.7
    soon: float = 0.1
    between: float = 1.0
    lifetime: float = LIFETIME
    last_call: float = 3.0


PACE = Pace()


class StopOffers:
    """The offers of the last minute, by workspace."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._made: dict[str, deque[float]] = {}

    def is_room_for_one(self, team: str) -> bool:
        """Whether one more may be made now; then it counts as made."""
        made, now = self._made.setdefault(team, deque(maxlen=_MOST)), self._clock()
        if len(made) == _MOST and now - made[0] < _SECONDS:
            return False
        made.append(now)
        return True


class StreamPlaces:
    """The places for streams, by workspace. One is free again a minute after its stream ended, so
    that in no minute more are begun or stopped than there are.

    Slack takes 20 of each a minute (https://docs.slack.dev/reference/methods/chat.startStream);
    the rest is for other processes of ours.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._held: dict[str, dict[str, float]] = {}

    def is_one_taken(self, team: str, key: str) -> bool:
        """Whether one could be taken for the reply ``key``; it is held until it is left, or for
        as long as a stream can last."""
        now = self._clock()
        held = {each: until for each, until in self._held.get(team, {}).items() if until > now}
        self._held[team] = held
        if len(held) >= _MOST_STREAMS:
            return False
        held[key] = now + LIFETIME + _SECONDS
        return True

    def leave(self, team: str, key: str) -> None:
        """The stream of the reply ``key`` has ended."""
        if key in self._held.get(team, {}):
            self._held[team][key] = self._clock() + _SECONDS
