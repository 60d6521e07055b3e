"""How does the bot call Slack, and how does a refusal become a sentence for the asker?"""

import asyncio
import logging
import math
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from typing import Any, TypeVar
from weakref import WeakValueDictionary

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.service import metrics
from bot.service.errors import NO_ANSWER, SlackFailure
from bot.service.model_scheduler import current_flow
from bot.service.ports import Allowance, Budget, CallBudgets
from bot.slack.payloads import JsonObject
from bot.slack.tables import read_table

# Some log lines of Slack's libraries have people's words. Bolt logs the whole body of a request
# with a bad signature, or of one that isn't handled; the client logs what it sends at DEBUG.

# Bolt reads SLACK_BOT_TOKEN itself, and warns if it is given a client as well.
_FALSE_ALARM = "`token` will be unused"
_SHOWS_A_BODY = re.compile(r"Invalid request signature|Unhandled request|Skipped self event|body:")


class WithoutBodies(logging.Filter):
    """Cuts the body out of a log line, and drops a warning about a token that is not used."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if _FALSE_ALARM in message:
            return False
        if found := _SHOWS_A_BODY.search(message):
            record.msg, record.args = f"{message[: found.end()]} (left out)", None
        return True


def quiet_logger(name: str) -> logging.Logger:
    """The logger ``name``, which logs no bodies and nothing below INFO. Bolt makes its own loggers
    like the one that it is given."""
    logger = logging.getLogger(name)
    if not any(isinstance(each, WithoutBodies) for each in logger.filters):
        logger.addFilter(WithoutBodies())
    logger.setLevel(max(logging.INFO, logger.getEffectiveLevel()))
    return logger


_CODES = read_table("error_codes")
_MEANINGS = _CODES["meanings"]
WORKSPACE_REFUSALS: frozenset[str] = frozenset(_MEANINGS["refused_in_workspace"])
CHANNEL_REFUSALS: frozenset[str] = frozenset(_MEANINGS["refused_in_channel"])

_REFUSAL_SECONDS = 3_600.0  # an admin may grant it by then


class Refusals:
    """Methods that were refused in the last hour, each with where (a workspace, a channel, …)."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: dict[tuple[str, ...], float] = {}

    def is_refused(self, method: str, *where: str) -> bool:
        return self._clock() < self._until.get((method, *where), 0.0)

    def record(self, method: str, *where: str) -> None:
        now = self._clock()
        self._until = {each: until for each, until in self._until.items() if until > now}
        self._until[method, *where] = now + _REFUSAL_SECONDS


RATE_LIMITED = "ratelimited"
"""Slack's code for too many calls."""
THREAD_GONE = "thread_not_found"
"""Slack's code for a thread that has no message left."""

_MESSAGES: Mapping[str, str] = _CODES["messages"]
_CLOSED_CODES: frozenset[str] = frozenset(_MEANINGS["place_closed"])
_FORMAT_CODES: frozenset[str] = frozenset(_MEANINGS["format_rejected"])
_RESTRICTED = "restricted_action"

# Besides the errors of the client and of aiohttp: a socket or a certificate that failed, and an
# answer that is not text or not JSON.
_NO_ANSWERS = (SlackClientError, aiohttp.ClientError, OSError, EOFError, ValueError)

_log = logging.getLogger(__name__)

Result = TypeVar("Result")
Call = Callable[..., Awaitable[AsyncSlackResponse]]
"""One of the methods of Slack's client."""

_unfinished: set[asyncio.Task[Any]] = set()


def in_background(work: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
    """Begin ``work``, which posts or shows something. Nobody is told if it fails."""
    task = asyncio.create_task(work)
    _unfinished.add(task)
    task.add_done_callback(_finish)
    return task


async def within(seconds: float, work: Coroutine[Any, Any, Result]) -> Result:
    """The result of ``work``, which posts something. It is never cancelled, since a message may
    have been posted already and nobody would know of it.

    Raises:
        TimeoutError: it takes longer, and continues in the background.
    """
    task = in_background(work)
    done, _ = await asyncio.wait({task}, timeout=seconds)
    if not done:
        raise TimeoutError
    return task.result()


async def finish_posts(seconds: float) -> None:
    """Wait up to ``seconds`` for what is still under way in the background."""
    if _unfinished:
        await asyncio.wait(_unfinished, timeout=seconds)


def _finish(task: asyncio.Task[Any]) -> None:
    _unfinished.discard(task)
    failure = None if task.cancelled() else task.exception()
    if failure is not None and not isinstance(failure, SlackFailure):
        _log.error("a post failed", exc_info=failure)


@contextmanager
def slack_errors() -> Iterator[None]:
    """Turn the errors of calls to Slack in the block into `SlackFailure`.

    Raises:
        SlackFailure: Slack refused the call, or did not answer.
    """
    try:
        yield
    except SlackApiError as error:
        code = _code(error)
        method = _method(error)
        _log.info("Slack refused a call: %s: %s", method, code)
        metrics.SLACK_REFUSALS.labels(method, code).inc()
        seconds = seconds_to_wait(error)
        raise SlackFailure(_message_for(code), code=code, retry_after=seconds) from error
    except _NO_ANSWERS as error:
        _log.info("Slack did not answer a call: %s", type(error).__name__)
        metrics.SLACK_REFUSALS.labels("unknown", NO_ANSWER).inc()
        raise SlackFailure(_MESSAGES[NO_ANSWER], code=NO_ANSWER) from error


async def try_call(call: Awaitable[Result]) -> Result | None:
    """The result of ``call``; None if Slack refused it or did not answer, which is logged."""
    with suppress(SlackFailure), slack_errors():
        return await call
    return None


_SECONDS_TO_INTRODUCE = 1.0  # whoever asks meanwhile waits for it


async def introduce(client: AsyncWebClient) -> None:
    """Ask Slack who we are, so that the first mention doesn't wait for it; if this fails, the first
    mention asks again."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_SECONDS_TO_INTRODUCE):
            await try_call(client.auth_test())


async def pages(call: Call, **arguments: object) -> AsyncIterator[AsyncSlackResponse]:
    """The answers to ``call``, page by page.

    Raises:
        SlackFailure: Slack refused a page, or did not answer.
    """
    cursor: str | None = None
    while True:
        with slack_errors():
            page = await call(**arguments, cursor=cursor)
        yield page
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
        if cursor is None:
            return


_MOST_SECONDS_ASKED = 86_400


def seconds_to_wait(error: SlackApiError) -> int:
    """The seconds that Slack wants us to wait before the next call, a day at most; 0 unless it said
    so."""
    if getattr(error.response, "status_code", 0) != 429:
        return 0
    named = str(error.response.headers.get("Retry-After", ""))
    # Python refuses to read a number of more than 4,300 digits.
    return min(int(named[:9]) or 1, _MOST_SECONDS_ASKED) if named.isdecimal() else 1


def is_place_closed(failure: SlackFailure) -> bool:
    """Whether it failed because we can't, or nobody can, post in that place."""
    return failure.code in _CLOSED_CODES or failure.code.startswith(_RESTRICTED)


def is_format_rejected(failure: SlackFailure) -> bool:
    return failure.code in _FORMAT_CODES


def _code(error: SlackApiError) -> str:
    # If the body is not JSON, the client puts aiohttp's own response into the error.
    answer = getattr(error.response, "data", None)
    return str(answer.get("error") or NO_ANSWER) if isinstance(answer, dict) else NO_ANSWER


def _method(error: SlackApiError) -> str:
    """The method that was called, such as chat.update."""
    address = getattr(error.response, "api_url", None) or getattr(error.response, "url", "unknown")
    return str(address).partition("?")[0].rpartition("/")[2]


def _message_for(code: str) -> str:
    if code.startswith(_RESTRICTED):
        return "An admin has restricted who can post in that channel."
    return _MESSAGES.get(code, f"Slack rejected the call (“{code}”). Please try again.")


# When may the next call to Slack be made?
#
# Slack limits the calls of each method in each workspace (`rate_limits.toml`), and the messages in
# each channel. A call waits here until it is within the limit; `CallBudgets` counts the calls of
# all workers. If Slack refuses one all the same, no call of that method (for a message: in that
# channel) is made before the time that Slack names.
#
# A late status is worthless, and so is a late piece of a stream: callers ask first whether there is
# room. `Postings` limits how many streams are started, and so how many are stopped. A message that
# offers to stop has to be edited later, when it becomes the reply, and such replies take
# precedence: so there are ten offers a minute. "stop" in the thread always works.

STATUS = "assistant.threads.setStatus"
START, APPEND = "chat.startStream", "chat.appendStream"
SESSION = "agents.sessions.setStatus"
UPDATE = "chat.update"
STOP_OFFER = "an offer to stop"
_POST = "chat.postMessage"
_PER_MINUTE: Mapping[str, int] = read_table("rate_limits")
_ALLOWANCES: Mapping[str, Allowance] = {
    # Half a minute's calls may come at once.
    **{method: Allowance(calls / 2, 30.0) for method, calls in _PER_MINUTE.items()},
    _POST: Allowance(3.0, 3.0),  # in one channel; Slack takes one a second and short bursts
    STOP_OFFER: Allowance(10.0, 60.0),
}
_NOT_RETRIED = {STATUS, START, APPEND, SESSION}
LONGEST_WAIT = 120
"""The seconds that a call itself waits; if Slack wants more, the call fails."""
_MOST_TRIES = 3
_MOST_BUDGETS, _LONGEST_SECONDS = 1_000, 60.0


class ProcessBudgets:
    """The call budgets (`ports.CallBudgets`) of a single process, in memory."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._taken: dict[Budget, tuple[float, float]] = {}

    async def room(self, budget: Budget, allowance: Allowance) -> float:
        return allowance.most - self._level(budget, allowance)

    async def is_taken(self, budget: Budget, allowance: Allowance) -> bool:
        level = self._level(budget, allowance) + 1
        if is_room := level <= allowance.most:
            if len(self._taken) >= _MOST_BUDGETS:
                ago = self._clock() - _LONGEST_SECONDS
                self._taken = {b: each for b, each in self._taken.items() if each[1] > ago}
            self._taken[budget] = level, self._clock()
        return is_room

    def _level(self, budget: Budget, allowance: Allowance) -> float:
        level, at = self._taken.get(budget, (0.0, 0.0))
        return max(0.0, level - (self._clock() - at) * allowance.most / allowance.seconds)


async def message_at(
    client: AsyncWebClient, channel: str, ts: str, thread: str | None = None
) -> JsonObject | None:
    """The message ``ts`` of a channel, or of a thread in it; None if it is gone.

    Raises:
        SlackFailure: we aren't allowed to read it, or Slack does not answer.
    """
    with slack_errors():
        answer = await client.conversations_replies(
            channel=channel, ts=thread or ts, oldest=ts, latest=ts, inclusive=True, limit=2
        )
    return next((each for each in answer["messages"] if each["ts"] == ts), None)


class RateLimitedClient(AsyncWebClient):
    """Slack's client, whose calls wait until they are within Slack's limits."""

    def __init__(self, budgets: CallBudgets | None = None, **settings: Any) -> None:  # noqa: ANN401 - those of Slack's own client
        super().__init__(**settings, retry_handlers=[])
        self._budgets = budgets or ProcessBudgets()
        self._waiting: WeakValueDictionary[Budget, asyncio.Lock] = WeakValueDictionary()
        self._closed_until: dict[Budget, float] = {}
        self._who_we_are: AsyncSlackResponse | None = None
        self._asking = asyncio.Lock()

    async def auth_test(self, **request: Any) -> AsyncSlackResponse:  # noqa: ANN401 - as below
        """Our identity; Slack is asked once, however many events come at the start."""
        async with self._asking:
            if self._who_we_are is None:
                self._who_we_are = await super().auth_test(**request)
        return self._who_we_are

    async def has_room(self, method: str, calls: int = 1) -> bool:
        """Whether ``calls`` calls of ``method`` could be made now without waiting."""
        budget, allowance = _budget(method, {}), _ALLOWANCES.get(method)
        if self._seconds_closed(budget):
            return False
        return allowance is None or await self._budgets.room(budget, allowance) >= calls

    async def may_offer(self) -> bool:
        """Whether one more offer to stop may be posted, which is then counted."""
        return await self._budgets.is_taken(_budget(STOP_OFFER, {}), _ALLOWANCES[STOP_OFFER])

    async def api_call(
        self,
        api_method: str,
        **request: Any,  # noqa: ANN401 - as in Slack's own client
    ) -> AsyncSlackResponse:
        """Slack's answer to a call. The call waits for its turn and, if it is rate-limited, as long
        as Slack says, up to `LONGEST_WAIT`."""
        arguments = request.get("json") or request.get("params") or request.get("data")
        budget = _budget(api_method, arguments if isinstance(arguments, Mapping) else {})
        for tries_left in reversed(range(_MOST_TRIES)):
            await self._take_turn(budget)
            try:
                return await self._call(api_method, **request)
            except SlackApiError as error:
                seconds = seconds_to_wait(error)
                if seconds:
                    self._closed_until[budget] = time.monotonic() + seconds
                is_late = seconds > LONGEST_WAIT or api_method in _NOT_RETRIED
                if not seconds or is_late or not tries_left:
                    raise
                metrics.SLACK_REFUSALS.labels(api_method, RATE_LIMITED).inc()
        raise AssertionError("the last try returns or raises")

    async def _call(self, api_method: str, **request: Any) -> AsyncSlackResponse:  # noqa: ANN401
        try:
            return await super().api_call(api_method, **request)
        except (AttributeError, UnicodeError) as error:
            # Slack's client expects a JSON object even if a proxy sends something else.
            raise SlackClientError("Slack gave no answer") from error

    async def _take_turn(self, budget: Budget) -> None:
        """Wait until there is room for one call, which is then counted; calls with the same budget
        wait in order.

        Raises:
            SlackFailure: there will be none for more than `LONGEST_WAIT` seconds.
        """
        if (seconds := self._seconds_closed(budget)) > LONGEST_WAIT:
            wait = math.ceil(seconds)
            raise SlackFailure(_MESSAGES[RATE_LIMITED], code=RATE_LIMITED, retry_after=wait)
        if seconds:
            await asyncio.sleep(seconds)
        if allowance := _ALLOWANCES.get(budget[0]):
            async with self._waiting.setdefault(budget, asyncio.Lock()):
                # No event says when another process leaves room.
                while not await self._budgets.is_taken(budget, allowance):  # noqa: ASYNC110
                    await asyncio.sleep(allowance.seconds / allowance.most)

    def _seconds_closed(self, budget: Budget) -> float:
        """For how many seconds Slack still refuses calls with that budget."""
        seconds = self._closed_until.get(budget, 0.0) - time.monotonic()
        if seconds <= 0:
            self._closed_until.pop(budget, None)
        return max(0.0, seconds)


def _budget(method: str, arguments: Mapping[str, object]) -> Budget:
    if method == _POST:
        return method, str(arguments.get("channel", ""))
    return method, current_flow().team


# One HTTP session serves all calls: without it the client opens a new connection for each. The
# session is made inside the running loop and has the timeout, since the client's own is not applied
# to a session given to it. A call is repeated only if Slack said that it had not accepted it (429):
# a message whose response was lost may well have been posted.

CALL_SECONDS = 30.0


@dataclass(frozen=True)
class Connection:
    """Where Slack is, and who we are there. ``api_url`` ends in ``/api/``."""

    api_url: str
    bot_token: str
    app_token: str | None = None
    signing_secret: str | None = None


@asynccontextmanager
async def slack_client(
    connection: Connection, budgets: CallBudgets | None = None
) -> AsyncIterator[RateLimitedClient]:
    """The client for all calls, open until the block ends. ``budgets`` counts the calls of all
    processes; without it only those of this one are counted."""
    timeout = aiohttp.ClientTimeout(total=CALL_SECONDS)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        yield RateLimitedClient(
            budgets,
            token=connection.bot_token,
            base_url=connection.api_url,
            session=session,
            logger=quiet_logger("bot.slack.client"),
        )
