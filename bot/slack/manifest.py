"""The manifest of the Slack app, and which scopes it needs for what.

`manifest.json` has all but the scopes and the public address. The caps of the form: name 35
characters, description 140, agent description 300, 4 suggested prompts.
https://docs.slack.dev/reference/app-manifest
"""

import json
from importlib.resources import files
from urllib.parse import urlsplit

from bot.service.errors import UsageError
from bot.slack.payloads import JsonObject

SCOPES = {
    "app_mentions:read": "to receive mentions",
    "assistant:write": "to appear among the workspace's agents, with suggestions and titles",
    "channels:read": "to list the briefings of people's public channels on the Home tab, and to "
    "know who created a channel",
    "channels:history": "to receive follow-ups in the threads of public channels",
    "chat:write": "to answer",
    "commands": "for /brief and the message shortcut",
    "files:read": "to read files and snippets",
    "files:write": "to export a briefing, or a calendar of what is due, as a file",
    "groups:read": "the same for private channels",
    "groups:history": "to receive follow-ups in the threads of private channels",
    "im:history": "to receive direct messages",
    "reactions:read": "to brief a message when somebody adds :memo: to it",
    "users:read": "to know who is an admin and so can change a channel's settings; and to know "
    "people's time zones, for digests and reminders",
}
"""Each scope of the bot token, and what Readout needs it for."""

OPTIONAL = {
    "assistant:write": "nothing is suggested in direct messages",
    "channels:read": (
        "people see only their own requests on the Home tab, whoever created a public channel "
        "can't change its settings, and there are no digests or reminders in public channels"
    ),
    "files:write": "Export doesn't work, and there are no calendar files",
    "groups:read": (
        "people see only their own requests on the Home tab, whoever created a private channel "
        "can't change its settings, and there are no digests or reminders in private channels"
    ),
    "reactions:read": "a message isn't briefed when somebody adds :memo: to it",
    "users:read": "only a channel's creator can change its settings, and digests and reminders use "
    "UTC where no time zone is set",
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
