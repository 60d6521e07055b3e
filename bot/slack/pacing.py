"""When may the next call to Slack be made?

Slack counts the calls of each method in each workspace, and messages in each channel
(https://docs.slack.dev/apis/web-api/rate-limits/). Here a call waits before it is made, so that
few are refused; where others of us call at the same time some still are. Then nobody calls before
the time that Slack names.

A status is worth nothing late, nor is a piece of a stream: callers ask first whether there is room
for one. Of the status Slack calls its limit "special" and names no number; ours is three times the
highest that it names. How many streams are begun `offers` counts, and as many are stopped.
"""

import asyncio
import math
import time
from collections.abc import Mapping
from typing import Any

from aiolimiter import AsyncLimiter
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot import metrics
from bot.errors import SlackFailure
from bot.slack.calling import SENTENCES, TOO_FAST, seconds_to_wait
from bot.turns import current_flow

STATUS = "assistant.threads.setStatus"
START, APPEND = "chat.startStream", "chat.appendStream"
SESSION = "agents.sessions.setStatus"
UPDATE = "chat.update"
_POST = "chat.postMessage"
_TIER_3, _TIER_4 = 50, 100
_PER_MINUTE: Mapping[str, int] = {
    STATUS: 3 * _TIER_4,
    SESSION: _TIER_3,
    APPEND: 80,  # of tier 4's 100: other processes of ours may append as well
    "assistant.threads.setSuggestedPrompts": _TIER_4,
    "assistant.threads.setTitle": _TIER_4,
    "chat.delete": _TIER_3,
    "chat.postEphemeral": _TIER_4,
    UPDATE: _TIER_3,
    "conversations.info": _TIER_3,
    "conversations.replies": _TIER_3,
    "files.completeUploadExternal": _TIER_4,
    "files.getUploadURLExternal": _TIER_4,
    "files.info": _TIER_4,
    "users.info": _TIER_4,
    "views.open": _TIER_4,
    "views.publish": _TIER_4,
    "views.push": _TIER_4,
    "views.update": _TIER_4,
}
_BURST_SECONDS = 30.0
"""Half a minute's calls may come at once."""
_POSTS_AT_ONCE = 3
"""Messages in one channel, of which Slack takes one a second and short bursts."""
_WORTH_NOTHING_LATE = {STATUS, START, APPEND, SESSION}
LONGEST_WAIT = 120
"""The seconds that a call itself waits for Slack; what is longer, its caller has to."""
_MOST_TRIES = 3
_MOST_KEPT = 1_000

Budget = tuple[str, str]
"""A method, and the workspace or the channel that its calls are counted in."""


class PacedClient(AsyncWebClient):
    """Slack's client, through which all calls go, each when there is room for it."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - those of Slack's own client
        super().__init__(**settings, retry_handlers=[])
        self._budgets = Budgets()
        self._who_we_are: AsyncSlackResponse | None = None
        self._asking = asyncio.Lock()

    async def auth_test(self, **request: Any) -> AsyncSlackResponse:  # noqa: ANN401 - as below
        """Who we are, asked once: else each of the first events would ask, and all at once."""
        async with self._asking:
            if self._who_we_are is None:
                self._who_we_are = await super().auth_test(**request)
        return self._who_we_are

    def has_room(self, method: str, calls: int = 1) -> bool:
        """Whether so many ``calls`` could be made now without waiting."""
        return self._budgets.has_room(_budget(method, {}), calls)

    async def api_call(
        self,
        api_method: str,
        **request: Any,  # noqa: ANN401 - as in Slack's own client
    ) -> AsyncSlackResponse:
        """The answer to a call, which waits for its turn, and if refused for as long as Slack
        says, up to `LONGEST_WAIT`."""
        arguments = request.get("json") or request.get("params") or request.get("data")
        budget = _budget(api_method, arguments if isinstance(arguments, Mapping) else {})
        for tries_left in reversed(range(_MOST_TRIES)):
            await self._budgets.take(budget)
            try:
                return await self._called(api_method, **request)
            except SlackApiError as error:
                seconds = seconds_to_wait(error)
                self._budgets.close(budget, seconds)
                is_late = seconds > LONGEST_WAIT or api_method in _WORTH_NOTHING_LATE
                if not seconds or is_late or not tries_left:
                    raise
                metrics.SLACK_REFUSALS.labels(api_method, TOO_FAST).inc()
        raise AssertionError("the last try returns or raises")

    async def _called(self, api_method: str, **request: Any) -> AsyncSlackResponse:  # noqa: ANN401
        try:
            return await super().api_call(api_method, **request)
        except (AttributeError, UnicodeError) as error:
            # Slack's client takes whatever comes for an object, be it the words of some proxy.
            raise SlackClientError("no answer of Slack") from error


class Budgets:
    """What is left of each budget, as far as this process knows."""

    def __init__(self) -> None:
        self._limiters: dict[Budget, AsyncLimiter] = {}
        self._closed_until: dict[Budget, float] = {}

    async def take(self, budget: Budget) -> None:
        """Return when there is room for one call, which then counts as made.

        Raises:
            SlackFailure: there will be none for longer than `LONGEST_WAIT`.
        """
        seconds = self._seconds_closed(budget)
        if seconds > LONGEST_WAIT:
            wait = math.ceil(seconds)
            raise SlackFailure(SENTENCES[TOO_FAST], code=TOO_FAST, retry_after=wait)
        if seconds:
            await asyncio.sleep(seconds)
        if limiter := self._limiter(budget):
            await limiter.acquire()

    def has_room(self, budget: Budget, calls: int = 1) -> bool:
        """Whether there is room for so many ``calls`` now."""
        limiter = self._limiter(budget)
        return not self._seconds_closed(budget) and (limiter is None or limiter.has_capacity(calls))

    def close(self, budget: Budget, seconds: int) -> None:
        """Make no call for so many ``seconds``."""
        if seconds:
            self._closed_until[budget] = time.monotonic() + seconds

    def _seconds_closed(self, budget: Budget) -> float:
        seconds = self._closed_until.get(budget, 0.0) - time.monotonic()
        if seconds <= 0:
            self._closed_until.pop(budget, None)
        return max(0.0, seconds)

    def _limiter(self, budget: Budget) -> AsyncLimiter | None:
        if budget not in self._limiters and (made := _limiter_for(budget[0])):
            self._forget_idle()
            self._limiters[budget] = made
        return self._limiters.get(budget)

    def _forget_idle(self) -> None:
        if len(self._limiters) >= _MOST_KEPT:
            busy = {
                b: each
                for b, each in self._limiters.items()
                if not each.has_capacity(each.max_rate)
            }
            self._limiters = busy


def _budget(method: str, arguments: Mapping[str, object]) -> Budget:
    if method == _POST:
        return method, str(arguments.get("channel", ""))
    return method, current_flow().team


def _limiter_for(method: str) -> AsyncLimiter | None:
    if method == _POST:
        return AsyncLimiter(_POSTS_AT_ONCE, _POSTS_AT_ONCE)
    calls = _PER_MINUTE.get(method)
    return AsyncLimiter(calls * _BURST_SECONDS / 60, _BURST_SECONDS) if calls else None
