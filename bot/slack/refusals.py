"""What does Slack refuse, so that we needn't try each time?"""

import time
from collections.abc import Callable

OF_THE_WORKSPACE = {
    "access_denied",
    "feature_disabled",
    "missing_scope",
    "not_agent_app",
    "not_allowed_token_type",
    "unknown_method",
}
"""Codes of a method that a workspace does not have, or not for us."""
OF_THE_CHANNEL = {"channel_type_not_supported"}
"""Codes of a method that it does not have in conversations of that kind."""

# An admin may grant it meanwhile.
_SECONDS = 3_600.0


class Refusals:
    """What was refused in the last hour: a method, and where (a workspace, a channel, …)."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: dict[tuple[str, ...], float] = {}

    def hold(self, method: str, *where: str) -> bool:
        """Whether ``method`` need not be asked for there."""
        return self._clock() < self._until.get((method, *where), 0.0)

    def note(self, method: str, *where: str) -> None:
        """It was refused there now."""
        now = self._clock()
        self._until = {each: until for each, until in self._until.items() if until > now}
        self._until[method, *where] = now + _SECONDS
