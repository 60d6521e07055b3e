"""How does a refusal of Slack, or its silence, become a sentence for the asker?"""

import asyncio
import logging
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot import metrics
from bot.errors import NO_ANSWER, SlackFailure

TOO_FAST = "ratelimited"
"""Slack's code for a call of which there were too many."""
THREAD_GONE = "thread_not_found"
"""Slack's code for a thread of which no message is left."""

SENTENCES = {
    "not_in_channel": "I’m not a member of that channel. Invite me there with /invite.",
    "channel_not_found": "I can’t see that channel. Invite me there with /invite.",
    "is_archived": "That channel is archived, so nobody can post there.",
    "channel_type_not_supported": "Slack does not let apps post in that kind of conversation.",
    "cannot_reply_to_message": "Slack does not allow replies to that message.",
    "messages_tab_disabled": "Nobody can message me there: my Messages tab is turned off.",
    "no_permission": "I’m not allowed to post there.",
    "team_access_not_granted": "I’m not installed in that channel’s workspace.",
    "ekm_access_denied": "An admin has suspended posting in that channel.",
    THREAD_GONE: "The message I was replying to has been deleted.",
    "message_not_found": "That message has been deleted.",
    "missing_scope": (
        "I’m not allowed to do this here. An admin can add the missing scope to the app and "
        "reinstall it; “readout doctor” names the scope."
    ),
    TOO_FAST: "Slack asks me to slow down. Please try again in a minute.",
    "invalid_auth": "Slack rejected my token. An admin can check it with “readout doctor”.",
    NO_ANSWER: "Slack did not respond. Please try again in a minute.",
}
_RESTRICTED = "restricted_action"
_CLOSED = {
    "cannot_reply_to_message",
    "channel_not_found",
    "channel_type_not_supported",
    "ekm_access_denied",
    "is_archived",
    "messages_tab_disabled",
    "no_permission",
    "not_in_channel",
    THREAD_GONE,
    "team_access_not_granted",
}
_INDIGESTIBLE = {
    "block_mismatch",
    "invalid_blocks",
    "invalid_blocks_format",
    "msg_blocks_too_long",
    "msg_blocks_too_many",
    "msg_too_long",
}

# What is neither the client's error nor aiohttp's: a socket or a certificate that failed, and an
# answer that is no text or no JSON.
_NO_ANSWERS = (SlackClientError, aiohttp.ClientError, OSError, EOFError, ValueError)

_log = logging.getLogger(__name__)

Result = TypeVar("Result")

_going_on: set[asyncio.Task[Any]] = set()


async def within(seconds: float, work: Coroutine[Any, Any, Result]) -> Result:
    """What ``work``, which posts something, returns. It is never cut off: what it had posted would
    stand, and nobody would know of it.

    Raises:
        TimeoutError: it took longer, and goes on.
    """
    task = asyncio.create_task(work)
    _going_on.add(task)
    task.add_done_callback(_ended)
    done, _ = await asyncio.wait({task}, timeout=seconds)
    if not done:
        raise TimeoutError
    return task.result()


def _ended(task: asyncio.Task[Any]) -> None:
    _going_on.discard(task)
    failure = None if task.cancelled() else task.exception()
    if failure is not None and not isinstance(failure, SlackFailure):
        _log.error("a post failed", exc_info=failure)


@contextmanager
def slack_errors() -> Iterator[None]:
    """Calls of Slack inside fail with `SlackFailure`, and with nothing else.

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
        raise SlackFailure(_sentence(code), code=code, retry_after=seconds) from error
    except _NO_ANSWERS as error:
        _log.info("Slack did not answer a call: %s", type(error).__name__)
        metrics.SLACK_REFUSALS.labels("unknown", NO_ANSWER).inc()
        raise SlackFailure(SENTENCES[NO_ANSWER], code=NO_ANSWER) from error


def method_of(address: str) -> str:
    """The method, such as chat.update, that is called at ``address``."""
    return address.partition("?")[0].rpartition("/")[2]


def seconds_to_wait(error: SlackApiError) -> int:
    """The whole seconds until Slack wants to be called again; 0 unless it said so."""
    if getattr(error.response, "status_code", 0) != 429:
        return 0
    named = str(error.response.headers.get("Retry-After", ""))
    return int(named) if named.isdecimal() else 1


def is_closed(failure: SlackFailure) -> bool:
    """Whether the place itself can't be written in, by us or by anybody."""
    return failure.code in _CLOSED or failure.code.startswith(_RESTRICTED)


def is_indigestible(failure: SlackFailure) -> bool:
    """Whether it is the shape of the message that Slack did not take."""
    return failure.code in _INDIGESTIBLE


def _code(error: SlackApiError) -> str:
    # For a body that is no JSON the client puts aiohttp's own response into the error.
    answer = getattr(error.response, "data", None)
    return str(answer.get("error") or NO_ANSWER) if isinstance(answer, dict) else NO_ANSWER


def _method(error: SlackApiError) -> str:
    address = getattr(error.response, "api_url", None) or getattr(error.response, "url", "unknown")
    return method_of(str(address))


def _sentence(code: str) -> str:
    if code.startswith(_RESTRICTED):
        return "An admin has restricted who can post in that channel."
    return SENTENCES.get(code, f"Slack rejected the call (“{code}”). Please try again.")
