"""When is there room for a message that only offers to stop?

Such a message is overwritten by the reply, and Slack takes 50 edits a minute in a workspace
(https://docs.slack.dev/reference/methods/chat.update), which replies that need one come first in.
So a process offers ten a minute in each workspace, and leaves the rest out: where many ask at
once they see a status, and "stop" said in the thread stops as well as the button.
"""

import time
from collections import deque
from collections.abc import Callable

_MOST = 10
_SECONDS = 60.0


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
