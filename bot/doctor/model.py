"""Does the model's endpoint answer, and does it offer the models that were named?"""

import difflib

from openai import (
    APIConnectionError,
    APIStatusError,
    AsyncOpenAI,
    AuthenticationError,
    OpenAIError,
    PermissionDeniedError,
)

from bot.doctor.findings import Finding
from bot.settings import Settings

_TIMEOUT_S = 10
_SHOWN = 8  # a hosted endpoint lists a hundred


async def model_findings(settings: Settings) -> list[Finding]:
    """What `GET /models` says about the endpoint and the models that were named."""
    if settings.writes_with == "extractive":
        message = (
            "No model is used: lines are quoted from the source, and no text leaves this machine."
        )
        return [Finding("READOUT_ENGINE", "note", message)]
    if settings.openai_api_key is None and settings.openai_base_url is None:
        return [_no_endpoint()]
    try:
        offered = await _offered(settings)
    except OpenAIError as error:
        return [_failed(error, _address(settings)), *_model_not_named(settings, [])]
    reached = Finding("OPENAI_BASE_URL", "good", f"{_address(settings)} answers.")
    return [reached, *_model_not_named(settings, offered), *_named(settings, offered)]


async def _offered(settings: Settings) -> list[str]:
    key = settings.openai_api_key
    async with AsyncOpenAI(
        api_key=key.get_secret_value() if key else "none",
        base_url=settings.openai_base_url,
        timeout=_TIMEOUT_S,
        max_retries=0,
    ) as client:
        page = await client.models.list()
    return sorted(model.id for model in page.data or [])


def _address(settings: Settings) -> str:
    return settings.openai_base_url or "OpenAI's endpoint"


def _no_endpoint() -> Finding:
    message = "READOUT_ENGINE is openai, but neither OPENAI_API_KEY nor OPENAI_BASE_URL is set. "
    return Finding("READOUT_ENGINE", "mend", message + "Set one, or READOUT_ENGINE=extractive.")


def _failed(error: OpenAIError, address: str) -> Finding:
    if isinstance(error, AuthenticationError | PermissionDeniedError):
        message = f"{address} rejected OPENAI_API_KEY. Check the key and its permissions."
        return Finding("OPENAI_API_KEY", "mend", message)
    if isinstance(error, APIConnectionError):
        message = (
            f"{address} is not responding. Check that it is running, and check OPENAI_BASE_URL."
        )
        return Finding("OPENAI_BASE_URL", "mend", message)
    status = error.status_code if isinstance(error, APIStatusError) else "not JSON"
    message = f"{address} did not list its models ({status}). Check OPENAI_BASE_URL: it mostly "
    return Finding("OPENAI_BASE_URL", "mend", message + "ends in /v1.")


def _model_not_named(settings: Settings, offered: list[str]) -> list[Finding]:
    if settings.openai_model:
        return []
    message = f"OPENAI_MODEL is not set. {_choice(offered)}"
    return [Finding("OPENAI_MODEL", "mend", message.strip())]


def _choice(offered: list[str]) -> str:
    more = ", …" if len(offered) > _SHOWN else ""
    return f"The endpoint offers {', '.join(offered[:_SHOWN])}{more}." if offered else ""


def _named(settings: Settings, offered: list[str]) -> list[Finding]:
    named = {
        "OPENAI_MODEL": settings.openai_model,
        "READOUT_FALLBACK_MODEL": settings.fallback_model,
        "READOUT_SECOND_OPINION_MODEL": settings.second_opinion_model,
    }
    return [_model(name, model, offered) for name, model in named.items() if model]


def _model(name: str, model: str, offered: list[str]) -> Finding:
    if model in offered:
        return Finding(name, "good", f"{model} is available.")
    near = difflib.get_close_matches(model, offered, n=1)
    hint = f"Did you mean {near[0]}?" if near else _choice(offered)
    return Finding(name, "mend", f"{name} is {model}, which the endpoint does not offer. {hint}")
