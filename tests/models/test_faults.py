"""Errors of a model's endpoint; tests/test_vendor_errors.py tries every class of error."""

import httpx2
import openai
import pytest

from bot.models.endpoint import Endpoint
from bot.models.faults import TooBusy, TooLong, translate_errors
from bot.service.errors import ModelFailure

ENDPOINT = Endpoint("some-model", api_key="sk-secret")
REQUEST = httpx2.Request("POST", "https://model.example/v1")


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


def test_an_absurdly_long_wait_is_a_plain_refusal() -> None:
    response = httpx2.Response(429, request=REQUEST, headers={"Retry-After": "9" * 5_000})
    with pytest.raises(ModelFailure) as raised, translate_errors(ENDPOINT):
        raise openai.RateLimitError("SECRET", response=response, body=None)
    assert raised.value.message == "The model's endpoint is overloaded at the moment."
    assert not isinstance(raised.value, TooBusy)
