"""What the doctor says: one sentence on each thing that was looked at."""

import os
from dataclasses import dataclass
from typing import Literal

from pydantic import SecretStr

from bot.operations.settings import Settings
from bot.service import styles
from bot.service.errors import SettingsError
from bot.slack.manifest import APP_SCOPE

# Nothing here uses the network, so that `readout serve` can say the same about a missing token.

SCOPES_SUBJECT = "Slack scopes"

State = Literal["good", "note", "mend"]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. ``mend``: it must be mended; ``note``: it may stay so."""

    subject: str
    state: State
    message: str


_MISSING = {
    "SLACK_BOT_TOKEN": "Create a Slack app from `readout manifest`, install it, and copy the bot "
    "token (xoxb-…) from OAuth & Permissions.",
    "SLACK_APP_TOKEN": "Make an app-level token (xapp-…) with the scope "
    f"{APP_SCOPE} under Basic Information.",
    "SLACK_SIGNING_SECRET": "Copy the signing secret from Basic Information.",
}
_OAUTH = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET")
_BEGINNINGS = {"SLACK_BOT_TOKEN": "xoxb-", "SLACK_APP_TOKEN": "xapp-"}


def credential_findings(settings: Settings) -> list[Finding]:
    """What is wrong with Slack's tokens at first sight: those that the mode needs and that are
    missing, or of the wrong kind."""
    seen = [_credential(name, secret) for name, secret in _credentials(settings).items()]
    return [finding for finding in (_for_many_workspaces(), *seen) if finding]


def _for_many_workspaces() -> Finding | None:
    """What Slack's library takes from the environment by itself, whatever the settings are."""
    if not all(name in os.environ for name in _OAUTH):
        return None
    message = (
        "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are set: with them Slack's library expects an app "
        "that is installed into many workspaces, and does not use SLACK_BOT_TOKEN. Remove them "
        "from the environment."
    )
    return Finding("SLACK_CLIENT_ID", "mend", message)


def _credentials(settings: Settings) -> dict[str, SecretStr | None]:
    second = (
        {"SLACK_APP_TOKEN": settings.slack_app_token}
        if settings.slack_mode == "socket"
        else {"SLACK_SIGNING_SECRET": settings.slack_signing_secret}
    )
    return {"SLACK_BOT_TOKEN": settings.slack_bot_token, **second}


def _credential(name: str, secret: SecretStr | None) -> Finding | None:
    if secret is None:
        return Finding(name, "mend", f"{name} is not set. {_MISSING[name]}")
    beginning = _BEGINNINGS.get(name, "")
    if not secret.get_secret_value().startswith(beginning):
        message = f"{name} does not begin with {beginning}, so it is the wrong token. "
        return Finding(name, "mend", message + _MISSING[name])
    return None


def style_findings() -> list[Finding]:
    """Which styles there are, or which file is none and why."""
    try:
        named = ", ".join(styles.titles().values())
    except SettingsError as error:
        return [Finding("Styles", "mend", error.message)]
    return [Finding("Styles", "good", f"Briefings are written in these styles: {named}.")]
