"""Every error of a vendor becomes one of ours, with a sentence: whichever class of error a library
has, by name, and whichever it will have after an upgrade."""

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

OF_THE_SYSTEM = [
    OSError, ConnectionResetError, BrokenPipeError, TimeoutError, ssl.SSLError, ssl.SSLEOFError,
    EOFError, UnicodeDecodeError, json.JSONDecodeError, RecursionError,
]  # fmt: skip
"""What comes through a library as it is."""
OF_NO_CALL = {
    # Said where a client is built, a view is made, or an installed app's token is renewed.
    "SlackClientConfigurationError", "SlackObjectFormationError",
    # Said of a web socket, and inside aiohttp.
    "WebSocketError", "EofStream", "WSMessageTypeError",
}  # fmt: skip


def classes(module: ModuleType, *bases: type[BaseException]) -> Iterator[type[Exception]]:
    """Every class of error that the module names, and whatever was derived from them."""
    named = [each for each in list(vars(module).values()) if isinstance(each, type)]
    for each in {c for base in (*named, *bases) for c in (base, *_derived(base))}:
        if issubclass(each, Exception) and not issubclass(each, Warning):
            yield each


def _derived(base: type) -> Iterator[type]:
    if base is not Exception and issubclass(base, BaseException):
        for each in base.__subclasses__():
            yield each
            yield from _derived(each)


def made(kind: type[Exception]) -> Exception:
    """An error of that class, whatever its constructor asks for."""
    error = kind.__new__(kind)
    known: dict[str, Any] = {
        "response": None,
        "message": "secret",
        "body": None,
        "status": 500,
        "os_error": None,
    }
    if issubclass(kind, openai.APIStatusError):
        answer = httpx2.Response(500, request=httpx2.Request("POST", "http://localhost"))
        known |= {"response": answer, "status_code": 500, "code": None}
    for name, value in known.items():
        try:
            setattr(error, name, value)
        except AttributeError:
            continue
    return error


def of_openai() -> list[type[Exception]]:
    return [*classes(openai), *classes(httpx2), *OF_THE_SYSTEM]


def of_slack() -> list[type[Exception]]:
    through = [each for each in OF_THE_SYSTEM if each is not RecursionError]
    return [*classes(slack_sdk.errors), *classes(aiohttp), *through]


@pytest.mark.parametrize(
    ("kinds", "inside", "ours"),
    [
        (of_openai, lambda: translate_errors(Endpoint("fake")), ModelFailure),
        (of_slack, slack_errors, SlackFailure),
    ],
)
def test_each_error_of_a_vendor_becomes_one_of_ours(
    kinds: Callable[[], list[type[Exception]]],
    inside: Callable[[], AbstractContextManager[None]],
    ours: type[ReadoutError],
) -> None:
    met = [each for each in kinds() if each.__name__ not in OF_NO_CALL]
    became = {f"{kind.__module__}.{kind.__name__}": of(inside, made(kind)) for kind in met}
    assert len(became) > 20
    assert [name for name, error in became.items() if not isinstance(error, ours)] == []
    assert not any("secret" in error.args[0] for error in became.values())


def of(inside: Callable[[], AbstractContextManager[None]], error: Exception) -> Exception:
    """What becomes of an error that is raised inside."""
    with pytest.raises(Exception) as became, inside():  # noqa: PT011 - whatever it is
        raise error
    return became.value


@pytest.mark.parametrize("name", ["OperationalError", "TimeoutError", "DisconnectionError"])
def test_trouble_of_the_database_says_nothing_against_the_model(name: str) -> None:
    assert issubclass(getattr(sqlalchemy.exc, name), DATABASE_ERRORS)
