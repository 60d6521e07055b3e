"""Presses, submitted dialogs and commands are read from what Bolt passes on."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.evidence import Page, target_page
from bot.slack.interactions import Interaction


def pressed(body: dict[str, Any], value: str = "") -> Interaction:
    respond = AsyncRespond(response_url=None)
    return Interaction(body, AsyncAck(), AsyncWebClient(), respond, value)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    ("body", "team"),
    [
        ({"team_id": "T1", "user_id": "U1"}, "T1"),
        ({"team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T2"}}, "T1"),
        (
            {
                "team": None,
                "enterprise": {"id": "E1"},
                "user": {"id": "U1", "team_id": "T1"},
            },
            "T1",
        ),
        ({"team": None, "enterprise": {"id": "E1"}, "view": {"team_id": "T1"}}, "T1"),
        ({"team": None, "enterprise": {"id": "E1"}, "user": {"id": "U1"}}, "E1"),
    ],
)
def test_the_workspace_is_found_in_an_org_wide_installation(
    body: dict[str, Any], team: str
) -> None:
    assert pressed(body).team == team


@pytest.mark.parametrize("value", ["2", "2:msg:T1:C1:1.2"])
def test_the_paging_buttons_of_earlier_versions_still_work(value: str) -> None:
    body = {"view": {"private_metadata": "0:1:msg:T1:C1:1.2"}}
    assert target_page(pressed(body, value)) == Page("msg:T1:C1:1.2", 2, is_unfolded=True)
