"""What does Slack say about the tokens?

Apart from the rest of the doctor, because every start asks it, and waits for no client of a model.
"""

import asyncio

from bot.operations.settings import Settings
from bot.runtime.findings import SCOPES_SUBJECT, Finding
from bot.service.errors import NO_ANSWER, SlackFailure
from bot.slack.client import RateLimitedClient, slack_errors
from bot.slack.manifest import APP_SCOPE, OPTIONAL, SCOPES

_SECONDS = 10

_REINSTALL = "Add it under OAuth & Permissions (or paste `readout manifest`) and reinstall the app."

_UNSEEN = (
    "Slack did not say which scopes the app has. Compare `readout manifest` with OAuth & "
    "Permissions yourself."
)


async def token_findings(settings: Settings, but: frozenset[str] = frozenset()) -> list[Finding]:
    """What Slack says about the tokens of our mode, ``but`` those that are wrong at first sight."""
    asked = []
    if "SLACK_BOT_TOKEN" not in but:
        asked.append(_bot_token_findings(settings))
    if settings.slack_mode == "socket" and "SLACK_APP_TOKEN" not in but:
        asked.append(_app_token_findings(settings))
    return [finding for found in await asyncio.gather(*asked) for finding in found]


async def _bot_token_findings(settings: Settings) -> list[Finding]:
    """What `auth.test` says about the bot token: whose it is, and the scopes it lacks."""
    client = _client(settings)
    token = settings.slack_bot_token
    try:
        with slack_errors():
            answer = await client.auth_test(token=token.get_secret_value() if token else None)
    except SlackFailure as failure:
        is_silent = failure.code == NO_ANSWER
        return [_unreached(settings) if is_silent else _refused("SLACK_BOT_TOKEN", failure.code)]
    granted = _granted(answer.headers.get("x-oauth-scopes"))
    name, team = answer["user"], answer["team"]
    signed_in = Finding("SLACK_BOT_TOKEN", "good", f"Signed in to Slack as {name} in {team}.")
    if not granted:
        return [signed_in, Finding(SCOPES_SUBJECT, "note", _UNSEEN)]
    lacking = [_scope_lacking(scope) for scope in SCOPES if scope not in {*granted, *OPTIONAL}]
    return [signed_in, *lacking, *(_optional(scope, granted) for scope in OPTIONAL)]


async def _app_token_findings(settings: Settings) -> list[Finding]:
    """Whether the app-level token may open a socket. None is connected: the address that Slack
    gives for one is left to expire."""
    client = _client(settings)
    token = settings.slack_app_token
    try:
        with slack_errors():
            await client.apps_connections_open(app_token=token.get_secret_value() if token else "")
    except SlackFailure as failure:
        is_silent = failure.code == NO_ANSWER
        return [_unreached(settings) if is_silent else _socket_refused(failure.code)]
    return [Finding("SLACK_APP_TOKEN", "good", "Slack lets this app connect in socket mode.")]


def _client(settings: Settings) -> RateLimitedClient:
    return RateLimitedClient(base_url=settings.slack_api_base_url, timeout=_SECONDS)


def _granted(header: str | None) -> frozenset[str]:
    """The scopes in ``header``; none where Slack does not say which there are."""
    return frozenset(scope.strip() for scope in (header or "").split(",") if scope.strip())


def _optional(scope: str, granted: frozenset[str]) -> Finding:
    """Whether a scope is there that Readout can do without, and what is missing otherwise."""
    if scope in granted:
        return Finding(SCOPES_SUBJECT, "good", f"The app has {scope}, {SCOPES[scope]}.")
    without = f"Without the scope {scope} {OPTIONAL[scope]}; everything else works. {_REINSTALL}"
    return Finding(SCOPES_SUBJECT, "note", without)


def _scope_lacking(scope: str) -> Finding:
    message = f"The app lacks the scope {scope}, {SCOPES[scope]}. {_REINSTALL}"
    return Finding(SCOPES_SUBJECT, "mend", message)


def _refused(name: str, code: str) -> Finding:
    message = f"Slack rejected {name} ({code}). Copy it again from the app's settings, "
    return Finding(name, "mend", message + "or reinstall the app.")


def _socket_refused(code: str) -> Finding:
    if code not in {"missing_scope", "not_allowed_token_type"}:
        return _refused("SLACK_APP_TOKEN", code)
    return Finding(
        "SLACK_APP_TOKEN",
        "mend",
        f"SLACK_APP_TOKEN can't open a socket ({code}). Make an app-level token with the scope "
        f"{APP_SCOPE} under Basic Information.",
    )


def _unreached(settings: Settings) -> Finding:
    return Finding(
        "SLACK_API_BASE_URL",
        "mend",
        f"Slack is not responding at {settings.slack_api_base_url}. Check the network, the proxy "
        "and SLACK_API_BASE_URL.",
    )
