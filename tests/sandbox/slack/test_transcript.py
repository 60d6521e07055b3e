"""A thread is printed as the people in it see it."""

import json
import re

from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import LocalFile, LocalSlack
from sandbox.slack.people import transcript

BLOCKS = [
    {"type": "header", "text": {"type": "plain_text", "text": "Briefing"}},
    {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": [{"type": "text", "text": "Bottom line."}]},
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [
                            {"type": "text", "text": "They agreed, said "},
                            {"type": "user", "user_id": "ANA"},
                            {"type": "link", "url": "https://x.org", "text": " [1]"},
                        ],
                    }
                ],
            },
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "Their words."}]},
        ],
    },
    {"type": "section", "text": {"type": "mrkdwn", "text": "*Note:* a_b &lt; <https://x.org|x>"}},
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "2 withheld"}]},
    {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "text": {"type": "plain_text", "text": each},
                "action_id": each,
            }
            for each in ("Evidence", "Shorter")
        ],
    },
]

SEEN = """\
news
RULE
ana  TIME  [file: a.txt]
  @readout see https://x.org

    readout  APP  TIME
      BRIEFING
      Bottom line.
      • They agreed, said @ana [1]
      │ Their words.
      Note: a_b < x
      2 withheld
      [Evidence] [Shorter]

    readout is reading …
"""


async def test_every_kind_of_block_is_shown(slack: LocalSlack, client: AsyncWebClient) -> None:
    file = LocalFile("a.txt", "text/plain", b"a")
    ts = slack.say("ana", "#news", "@readout see https://x.org", files=[file])
    channel = slack.channel("#news").id
    blocks = json.loads(json.dumps(BLOCKS).replace("ANA", slack.person("ana").id))
    await client.chat_postMessage(channel=channel, thread_ts=ts, text="x", blocks=blocks)
    await client.assistant_threads_setStatus(
        channel_id=channel, thread_ts=ts, status="is reading …"
    )
    text = transcript(slack, ts)
    text = re.sub(r"\d\d:\d\d", "TIME", text).replace("─" * 96, "RULE")
    assert text == SEEN
