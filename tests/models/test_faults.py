"""Every error that openai knows becomes a sentence of ours."""

import httpx2
import openai
import pytest
from openai.types.chat import ChatCompletion

from bot.models.endpoint import Endpoint
from bot.models.faults import TooLong, translate_errors
from bot.service.errors import ModelFailure

ENDPOINT = Endpoint("some-model", api_key="sk-secret")
REQUEST = httpx2.Request("POST", "https://model.example/v1")
COMPLETION = ChatCompletion(id="1", choices=[], created=1, model="m", object="chat.completion")
RESPONSE = httpx2.Response(418, request=REQUEST)
ARGUMENTS: dict[str, object] = {
    "message": "SECRET", "request": REQUEST, "response": RESPONSE, "body": {"message": "SECRET"},
    "completion": COMPLETION, "unsent_messages": [],
}  # fmt: skip

EXPORTED = [
    kind
    for kind in list(vars(openai).values())
    if issubclass(type(kind), type) and issubclass(kind, Exception)  # no proxy loads its module
]


def made(kind: type[Exception]) -> Exception:
    """An error as openai would make it, from whichever of the arguments it takes."""
    for names in (
        ("message", "response", "body"), ("message", "request", "body"), ("response", "body"),
        ("message", "request"), ("request",), ("completion",), ("message", "unsent_messages"), (),
    ):  # fmt: skip
        try:
            return kind(**{name: ARGUMENTS[name] for name in names})
        except (TypeError, AttributeError):
            continue
    raise AssertionError(f"{kind.__name__} takes arguments that this test does not know")


@pytest.mark.parametrize("kind", EXPORTED, ids=lambda kind: kind.__name__)
def test_every_error_that_openai_exports_is_translated(kind: type[Exception]) -> None:
    error = made(kind)
    with pytest.raises(ModelFailure) as raised, translate_errors(ENDPOINT):
        raise error
    assert raised.value.__cause__ is error
    assert raised.value.message.endswith(".")
    assert "SECRET" not in raised.value.message


@pytest.mark.parametrize("kind", [httpx2.ReadError, httpx2.ReadTimeout, TimeoutError, ValueError])
def test_errors_that_escape_from_openai_are_translated_too(kind: type[Exception]) -> None:
    with pytest.raises(ModelFailure, match="model"), translate_errors(ENDPOINT):
        raise kind("SECRET")


@pytest.mark.parametrize(
    ("message", "extra", "window"),
    [
        pytest.param(
            "This model's maximum context length is 128000 tokens. However, your messages"
            " resulted in 150000 tokens.", {"code": "context_length_exceeded"}, 128_000,
            id="openai",
        ),
        pytest.param(
            "request (9012 tokens) exceeds the available context size (8192 tokens), try"
            " increasing it", {"type": "exceed_context_size_error", "n_ctx": 8192}, 8192,
            id="llama.cpp",
        ),
        pytest.param(
            "the request exceeds the available context size. try increasing the context size",
            {"type": "exceed_context_size_error", "n_prompt_tokens": 9012, "n_ctx": 4096}, 4096,
            id="older-llama.cpp",
        ),
        pytest.param(
            "This model's maximum context length is 6000 tokens, and your request has 99000 input"
            " tokens", {"type": "BadRequestError"}, 6000, id="vllm",
        ),
        pytest.param("prompt is too long", {}, None, id="no-figure"),
    ],
)  # fmt: skip
def test_an_error_about_the_window_gives_its_size(
    message: str, extra: dict[str, object], window: int | None
) -> None:
    response = httpx2.Response(400, request=REQUEST)
    error = openai.BadRequestError(message, response=response, body={"message": message, **extra})
    with pytest.raises(TooLong) as raised, translate_errors(ENDPOINT):
        raise error
    assert raised.value.window == window


def test_our_own_failures_pass_unchanged() -> None:
    ours = ModelFailure("Said before.")
    with pytest.raises(ModelFailure) as raised, translate_errors(ENDPOINT):
        raise ours
    assert raised.value is ours
