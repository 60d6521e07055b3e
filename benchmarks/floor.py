"""The least a bot on Bolt can do: acknowledge, set a status, post one line.

Started by the other benchmarks in a process of its own; Readout's figures are given as multiples of
what this needs on the same machine, minutes apart.
"""

import asyncio
import os
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient


async def main() -> None:
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(
            token=os.environ["SLACK_BOT_TOKEN"],
            base_url=os.environ["SLACK_API_BASE_URL"],
            session=session,
        )
        app = AsyncApp(client=client, attaching_conversation_kwargs_enabled=False)
        app.event("app_mention")(_answer)
        app.event("message")(_nothing)
        handler = AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"], web_client=client)
        await handler.start_async()  # type: ignore[no-untyped-call]


async def _answer(event: dict[str, Any], client: AsyncWebClient) -> None:
    place = {"channel": event["channel"], "thread_ts": event["ts"]}
    await client.assistant_threads_setStatus(
        channel_id=event["channel"], thread_ts=event["ts"], status="is reading…"
    )
    await client.chat_postMessage(**place, text="Read.")


async def _nothing() -> None:
    """Do nothing: the mention also comes as `app_mention`."""


if __name__ == "__main__":
    asyncio.run(main())
