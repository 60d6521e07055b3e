"""How strict is this Slack, and what has the app been granted?"""

from dataclasses import dataclass

DEFAULT_SCOPES = frozenset(
    {
        "app_mentions:read",
        "assistant:write",
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "users:read",
    }
)
DEFAULT_SUBSCRIPTIONS = frozenset(
    {
        "agent_session_stopped",
        "app_context_changed",
        "app_home_opened",
        "app_mention",
        "app_uninstalled",
        "message.channels",
        "message.groups",
        "message.im",
        "tokens_revoked",
    }
)


@dataclass(frozen=True)
class Rules:
    """Times are in seconds; the defaults are Slack's own where Slack documents one.

    ``retry_delays`` are the pauses before each further delivery of an event that was not
    acknowledged. ``stream_seconds`` and ``stream_bytes`` are measured by others on the live
    platform, undocumented: about five minutes and about 10,600 weighted bytes.
    """

    rate_limits: bool = True
    scopes: frozenset[str] = DEFAULT_SCOPES
    app_scopes: frozenset[str] = frozenset({"connections:write"})
    subscriptions: frozenset[str] = DEFAULT_SUBSCRIPTIONS
    ack_seconds: float = 3.0
    retry_delays: tuple[float, ...] = (0.0, 60.0, 300.0)
    trigger_seconds: float = 3.0
    stream_seconds: float = 300.0
    stream_bytes: int = 10_600
    streams_in_channels: bool = True
    agent_features: bool = True
    tells_scopes: bool = True


@dataclass(frozen=True)
class Credentials:
    """What the app signs in with, and who it is once signed in."""

    bot_token: str = "xoxb-local-readout"
    app_token: str = "xapp-local-readout"
    signing_secret: str = "local-signing-secret"
    app_id: str = "A0LOCALAPP"
    bot_id: str = "B0LOCALBOT"
    bot_user_id: str = "U0LOCALBOT"
    bot_name: str = "readout"
