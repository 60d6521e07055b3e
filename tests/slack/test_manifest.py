"""The manifest is what Slack's form takes, and asks for nothing that is not used."""

import json
from typing import Any

import pytest

from bot.service.errors import UsageError
from bot.slack.manifest import manifest
from sandbox.slack.state import DEFAULT_SCOPES, DEFAULT_SUBSCRIPTIONS


def test_socket_mode_needs_no_public_address() -> None:
    form = json.dumps(manifest())

    assert '"socket_mode_enabled": true' in form
    assert "request_url" not in form
    assert '"url"' not in form


@pytest.mark.parametrize("address", ["https://readout.example.org", "https://readout.example.org/"])
def test_http_mode_names_one_address_everywhere(address: str) -> None:
    form = json.dumps(manifest(address))

    assert '"socket_mode_enabled": false' in form
    assert form.count('"https://readout.example.org/slack/events"') == 3


@pytest.mark.parametrize("address", ["http://readout.example.org", "readout.example.org", "https:"])
def test_only_https_addresses_are_accepted(address: str) -> None:
    with pytest.raises(UsageError, match="https"):
        manifest(address)


def test_slack_on_localhost_has_the_app_as_the_manifest_installs_it() -> None:
    shown: Any = manifest()

    assert set(shown["oauth_config"]["scopes"]["bot"]) == DEFAULT_SCOPES
    assert set(shown["settings"]["event_subscriptions"]["bot_events"]) == DEFAULT_SUBSCRIPTIONS


@pytest.mark.parametrize(
    ("section", "field", "cap"),
    [
        ("display_information", "name", 35),
        ("display_information", "description", 140),
    ],
)
def test_texts_fit_the_form(section: str, field: str, cap: int) -> None:
    part = manifest()[section]

    assert isinstance(part, dict)
    assert 0 < len(part[field]) <= cap
