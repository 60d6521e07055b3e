"""Turns the errors of openai's client into `ModelFailure`, with a sentence for people.

None of the endpoint's own words reach the sentence: they may come from anywhere.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import openai

from bot.models.endpoint import Endpoint
from bot.service import metrics
from bot.service.errors import ModelFailure, NotRecorded

_log = logging.getLogger(__name__)

# OpenAI, vLLM and llama.cpp have a code, a phrase and a type for the same thing.
_TOO_LONG = re.compile(
    r"context.(length|size|window)|maximum context|prompt is too long|too many tokens",
    re.IGNORECASE,
)
_WINDOW = (
    re.compile(r"n_ctx\D{1,4}(\d{2,8})"),
    re.compile(r"context.(?:length|size|window)\D{1,30}(\d{2,8})", re.IGNORECASE),
)
_SECONDS = re.compile(r"\d{1,7}")  # a longer wait than 115 days is nonsense

CUT_OFF = "The model's answer grew too long and was cut off."
NO_ANSWER = "The model's endpoint sent something that isn't an answer."
FILTERED = "A content filter at the model's endpoint blocked the answer."

# The first that fits.
_SENTENCES: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
    (
        (openai.APITimeoutError, httpx2.TimeoutException, TimeoutError),
        "The model did not answer in time.",
    ),
    (
        (openai.APIConnectionError, httpx2.HTTPError, httpx2.StreamError, OSError, EOFError),
        "The model's endpoint could not be reached, or the connection dropped.",
    ),
    ((openai.APIResponseValidationError, ValueError, RecursionError), NO_ANSWER),
    (Exception, "The model's endpoint reported an error while answering."),
)
_NOT_RECORDED = "The recorded model only plays back answers, and has none for this."
_SENTENCES_BY_CODE = {
    "insufficient_quota": "The account at the model's provider has no credit left.",
    "content_filter": FILTERED,
}
_SENTENCES_BY_STATUS = {
    401: "The model's endpoint refused the API key (OPENAI_API_KEY).",
    403: "The model's endpoint does not let this API key use the model “{model}”.",
    404: "The model's endpoint has no model “{model}” (OPENAI_MODEL, OPENAI_BASE_URL).",
    429: "The model's endpoint is overloaded at the moment.",
}


_ENDPOINT_ERRORS = (
    openai.OpenAIError,
    httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL, httpx2.CookieConflict,
    OSError, EOFError, ValueError, RecursionError,
)  # fmt: skip
"""All errors that a request and the stream of its answer can end in."""


class TooLong(ModelFailure):
    """The sources don't fit; ``window`` is the tokens that would, if the endpoint said so."""

    def __init__(self, window: int | None) -> None:
        super().__init__("The text is longer than the model can read.")
        self.window = window


class TooBusy(ModelFailure):
    """The endpoint takes no requests for some ``seconds``."""

    def __init__(self, seconds: int) -> None:
        wait = f"asks us to wait {seconds} seconds"
        super().__init__(f"The model's endpoint is overloaded at the moment and {wait}.")
        self.seconds = seconds


@contextmanager
def translate_errors(endpoint: Endpoint) -> Iterator[None]:
    """Turn the endpoint's errors inside the block into a `ModelFailure`.

    A `ValueError` is what openai lets through when a server sends something else than JSON, and a
    `RecursionError` when it sends too deep a JSON.

    Raises:
        TooLong: the request was larger than the model's window.
        TooBusy: the endpoint says how long to wait.
        ModelFailure: anything else.
    """
    try:
        yield
    except _ENDPOINT_ERRORS as error:
        kind = _kind(error)
        _log.info("the model failed: %s", kind)
        metrics.MODEL_FAULTS.labels(kind).inc()
        raise _failure(error, endpoint) from error


def _kind(error: Exception) -> str:
    """The kind of failure, without any words of the endpoint's."""
    if isinstance(error, openai.APIStatusError):
        return f"HTTP {error.status_code}"
    return type(error).__name__


def error_text(error: openai.APIStatusError) -> str:
    """All that the endpoint said about the error: to be searched for words, never to be shown."""
    return f"{error.message} {error.body}"


def _failure(error: Exception, endpoint: Endpoint) -> ModelFailure:
    if isinstance(error, openai.APIStatusError):
        return _refused(error, endpoint)
    return ModelFailure(next(words for kind, words in _SENTENCES if isinstance(error, kind)))


def _refused(error: openai.APIStatusError, endpoint: Endpoint) -> ModelFailure:
    if error.code == "not_recorded":
        return NotRecorded(_NOT_RECORDED)
    if _is_too_long(error):
        return TooLong(_window(error_text(error)))
    wait = _SECONDS.fullmatch(error.response.headers.get("retry-after", ""))
    if error.status_code == 429 and error.code not in _SENTENCES_BY_CODE and wait:
        return TooBusy(int(wait[0]))
    sentence = _SENTENCES_BY_CODE.get(error.code or "") or _SENTENCES_BY_STATUS.get(
        error.status_code, "The model's endpoint failed (HTTP {status})."
    )
    status = error.status_code
    return ModelFailure(sentence.format(model=endpoint.model, status=status))


def _is_too_long(error: openai.APIStatusError) -> bool:
    if error.status_code not in (400, 413, 422):
        return False
    return error.status_code == 413 or bool(_TOO_LONG.search(error_text(error)))


def _window(message: str) -> int | None:
    found = (pattern.search(message) for pattern in _WINDOW)
    return next((int(match[1]) for match in found if match), None)
