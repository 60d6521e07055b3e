"""Every class of error of a library becomes one of Readout's, with a sentence that quotes nothing;
classes that an upgrade adds are found by name."""

import json
import ssl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from types import ModuleType
from typing import Any

import aiohttp
import httpx2
import openai
import pytest
import slack_sdk.errors
import sqlalchemy.exc

from bot.jobs.workflows import DATABASE_ERRORS
from bot.models.endpoint import Endpoint
from bot.models.faults import translate_errors
from bot.service.errors import ModelFailure, ReadoutError, SlackFailure
from bot.slack.client import slack_errors

SYSTEM_ERRORS = [
    OSError, ConnectionResetError, BrokenPipeError, TimeoutError, ssl.SSLError, ssl.SSLEOFError,
    EOFError, UnicodeDecodeError, json.JSONDecodeError, RecursionError,
]  # fmt: skip
"""Errors that pass through a library unchanged."""
NOT_FROM_CALLS = {
    # Raised when a client or a view is built, or an installed app's token is renewed.
    "SlackClientConfigurationError", "SlackObjectFormationError",
    # Raised by a web socket, and inside aiohttp.
    "WebSocketError", "EofStream", "WSMessageTypeError",
}  # fmt: skip


def error_classes(module: ModuleType) -> Iterator[type[Exception]]:
    """The classes of error that the module names, and all derived from them."""
    named = [each for each in list(vars(module).values()) if isinstance(each, type)]
    for each in {c for base in named for c in (base, *_derived(base))}:
        if issubclass(each, Exception) and not issubclass(each, Warning):
            yield each


def _derived(base: type) -> Iterator[type]:
    if base is not Exception and issubclass(base, BaseException):
        for each in base.__subclasses__():
            yield each
            yield from _derived(each)


def instance_of(kind: type[Exception]) -> Exception:
    """An error of that class, made without its constructor."""
    error = kind.__new__(kind)
    attributes: dict[str, Any] = {
        "response": None,
        "message": "secret",
        "body": {"message": "secret"},
        "status": 500,
        "os_error": None,
    }
    if issubclass(kind, openai.APIStatusError):
        answer = httpx2.Response(500, request=httpx2.Request("POST", "http://localhost"))
        attributes |= {"response": answer, "status_code": 500, "code": None}
    for name, value in attributes.items():
        try:
            setattr(error, name, value)
        except AttributeError:
            continue
    return error


def openai_errors() -> list[type[Exception]]:
    return [*error_classes(openai), *error_classes(httpx2), *SYSTEM_ERRORS, ValueError]


def slack_errors_and_more() -> list[type[Exception]]:
    unchanged = [each for each in SYSTEM_ERRORS if each is not RecursionError]
    return [*error_classes(slack_sdk.errors), *error_classes(aiohttp), *unchanged]


@pytest.mark.parametrize(
    ("kinds", "translation", "ours"),
    [
        (openai_errors, lambda: translate_errors(Endpoint("fake")), ModelFailure),
        (slack_errors_and_more, slack_errors, SlackFailure),
    ],
    ids=["openai", "slack"],
)
def test_every_error_of_a_library_becomes_one_of_ours(
    kinds: Callable[[], list[type[Exception]]],
    translation: Callable[[], AbstractContextManager[None]],
    ours: type[ReadoutError],
) -> None:
    translated = {
        f"{kind.__module__}.{kind.__name__}": raise_inside(translation, instance_of(kind))
        for kind in kinds()
        if kind.__name__ not in NOT_FROM_CALLS
    }
    assert len(translated) > 20
    assert [name for name, error in translated.items() if not isinstance(error, ours)] == []
    assert not any("secret" in str(error) for error in translated.values())
    assert all(str(error).endswith(".") for error in translated.values())
    assert all(error.__cause__ is not None for error in translated.values())


def raise_inside(
    translation: Callable[[], AbstractContextManager[None]], error: Exception
) -> Exception:
    """What ``error`` becomes."""
    with pytest.raises(Exception) as translated, translation():  # noqa: PT011 - any error
        raise error
    return translated.value


@pytest.mark.parametrize("name", ["OperationalError", "TimeoutError", "DisconnectionError"])
def test_errors_of_the_database_do_not_count_against_the_model(name: str) -> None:
    assert issubclass(getattr(sqlalchemy.exc, name), DATABASE_ERRORS)
