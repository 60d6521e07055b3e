"""The manifest of the Slack app, and which scopes it needs for what.

`manifest.json` has all but the scopes (`scopes.toml`) and the public address. The caps of the form:
name 35 characters, description 140, agent description 300, 4 suggested prompts.
https://docs.slack.dev/reference/app-manifest
"""

import json
from importlib.resources import files
from urllib.parse import urlsplit

from bot.service.errors import UsageError
from bot.slack.payloads import JsonObject
from bot.slack.tables import read_table

_SCOPES = read_table("scopes")
SCOPES: dict[str, str] = {scope: each["for"] for scope, each in _SCOPES.items()}
"""Each scope of the bot token, and what Readout needs it for."""
OPTIONAL: dict[str, str] = {
    scope: each["without"] for scope, each in _SCOPES.items() if "without" in each
}
"""What is missing without a scope, where nothing else is."""

APP_SCOPE = "connections:write"
"""The scope of the app-level token, in socket mode."""


def _form() -> JsonObject:
    form = files("bot.slack").joinpath("manifest.json").read_text(encoding="utf-8")
    return dict(json.loads(form))


SUGGESTED_AT_FIRST: list[JsonObject] = _form()["features"]["agent_view"]["suggested_prompts"]
"""What is suggested to somebody who talks to Readout alone, before anything was said."""


def manifest(address: str | None = None) -> JsonObject:
    """The app manifest: for socket mode, or for events sent to the public ``address``.

    Raises:
        UsageError: the address is not an https one.
    """
    form = _form()
    form["oauth_config"]["scopes"]["bot"] = list(SCOPES)
    if address:
        url, settings = _events_url(address), form["settings"]
        form["features"]["slash_commands"][0]["url"] = url
        subscriptions = settings["event_subscriptions"]
        settings["event_subscriptions"] = {"request_url": url, **subscriptions}
        settings["interactivity"]["request_url"] = url
        settings["socket_mode_enabled"] = False
    return form


def _events_url(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname:
        raise UsageError(
            f"Slack sends events to https addresses only, and {address} is not one. "
            "Give the public address of this machine, such as https://readout.example.org."
        )
    return f"https://{parts.netloc}/slack/events"
