"""The manifest of the Slack app, and which scopes it needs for what.

The caps of the form: name 35 characters, description 140, agent description 300, 4 suggested
prompts. https://docs.slack.dev/reference/app-manifest
"""

from urllib.parse import urlsplit

from bot.service.errors import UsageError

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

_EVENTS = [
    "agent_session_stopped",
    "app_home_opened",
    "app_mention",
    "message.channels",
    "message.groups",
    "message.im",
    "reaction_added",
]

Json = dict[str, object]

SUGGESTED_AT_FIRST = [
    {"title": "Brief a link", "message": "Brief this article: https://"},
    {"title": "Brief pasted text", "message": "Brief the following text:"},
    {"title": "Compare two articles", "message": "Compare these two articles: https:// https://"},
    {"title": "What can you do?", "message": "What can you do?"},
]
"""What is suggested to somebody who talks to Readout alone, before anything was said."""


def manifest(address: str | None = None) -> Json:
    """Return the app manifest: for socket mode, or for events sent to the public ``address``.

    Raises:
        UsageError: the address is not an https one.
    """
    url = _events_url(address) if address else None
    request = {"request_url": url} if url else {}
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Readout",
            "description": "Briefs articles, pasted text and files: every line with the passage "
            "it rests on.",
            "background_color": "#1d3557",
        },
        "features": _features({"url": url} if url else {}),
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**request, "bot_events": _EVENTS},
            "interactivity": {"is_enabled": True, **request},
            "org_deploy_enabled": True,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": False,
        },
    }


def _events_url(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname:
        raise UsageError(
            f"Slack sends events to https addresses only, and {address} is not one. "
            "Give the public address of this machine, such as https://readout.example.org."
        )
    return f"https://{parts.netloc}/slack/events"


def _features(command_address: Json) -> Json:
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": "readout", "always_online": True},
        "agent_view": {
            "agent_description": "Paste a link or text and get a briefing with its passages; "
            "ask follow-ups in the same thread.",
            "suggested_prompts": SUGGESTED_AT_FIRST,
        },
        "slash_commands": [
            {
                "command": "/brief",
                "description": "Brief a link or pasted text",
                "usage_hint": "<link or text>",
                "should_escape": False,
                **command_address,
            }
        ],
        "shortcuts": [
            {
                "name": "Brief this message",
                "type": "message",
                "callback_id": "brief_message",
                "description": "Make a briefing from this message",
            }
        ],
    }
