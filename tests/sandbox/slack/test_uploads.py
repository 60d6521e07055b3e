"""An app uploads files in Slack's three steps, and only with the scope for it."""

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.slack import LocalSlack, Rules
from sandbox.slack.state import DEFAULT_SCOPES
from tests.sandbox.slack.conftest import Start, web_client

TWO = [
    {"content": b"# Rail", "filename": "rail.md", "title": "Rail"},
    {"content": b"PK", "filename": "rail.docx", "title": "Rail"},
]


async def test_two_files_are_in_one_message_of_the_thread(slack: LocalSlack) -> None:
    root = slack.say("ana", "news", "hello")
    channel = slack.channel("news").id
    await web_client(slack).files_upload_v2(file_uploads=TWO, channel=channel, thread_ts=root)

    (message,) = slack.replies(root)
    files = [slack.state.files[name] for name in message.files]
    assert [(file.name, file.content) for file in files] == [
        ("rail.md", b"# Rail"), ("rail.docx", b"PK")
    ]  # fmt: skip


async def test_without_the_scope_nothing_is_uploaded(start: Start) -> None:
    slack = await start(Rules(scopes=DEFAULT_SCOPES - {"files:write"}))
    with pytest.raises(SlackApiError, match="missing_scope"):
        await web_client(slack).files_upload_v2(file_uploads=TWO, channel=slack.channel("news").id)


async def test_an_incomplete_upload_cannot_be_completed(slack: LocalSlack) -> None:
    client = web_client(slack)
    address = await client.files_getUploadURLExternal(filename="rail.md", length=6)
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_completeUploadExternal(
            files=[{"id": address["file_id"], "title": "Rail"}], channel_id=slack.channel("news").id
        )
