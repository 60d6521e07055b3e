"""How do the bytes of a file come from Slack, without our token going anywhere else?"""

import re
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.briefing.requests import AttachedFile
from bot.errors import Refused, SlackFailure, SourceError, Unreachable, Unreadable
from bot.slack.calling import slack_errors
from bot.slack.material import UNASKED

_FILE_HOSTS = {"slack.com": "files.slack.com", "slack-gov.com": "files.slack-gov.com"}
_CHUNK = 64 * 1024
_LOGIN = re.compile(rb"<title>[^<]*\bSlack\s*</title>")


class SlackAttachments:
    """Downloads files with the bot's token (`ports.Attachments`).

    The token goes to the host of the API, and for Slack itself to its host for files; never to
    another, and never along a redirect.
    """

    def __init__(self, client: AsyncWebClient, session: aiohttp.ClientSession) -> None:
        self._client = client
        self._session = session
        api = urlsplit(client.base_url)
        self._hosts = {(api.scheme, api.netloc)}
        if file_host := _FILE_HOSTS.get(api.netloc.removeprefix("www.")):
            self._hosts.add(("https", file_host))

    async def content(self, file: AttachedFile, limit: int) -> bytes:
        if file.size is not None and file.size > limit:
            raise _too_large(file, limit)
        address = await self._address(file)
        target = urlsplit(address)
        if (target.scheme, target.netloc) not in self._hosts:
            raise Refused("That file isn’t stored in Slack, so I left it alone.", source=file.name)
        try:
            return await self._downloaded(address, file, limit)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Unreachable(
                "Slack did not provide the file. Please try again.", source=file.name
            ) from error

    async def _address(self, file: AttachedFile) -> str:
        if not file.location.startswith(UNASKED):
            return file.location
        try:
            with slack_errors():
                answer = await self._client.files_info(file=file.location.removeprefix(UNASKED))
        except SlackFailure as failure:
            raise Unreachable(failure.message, source=file.name) from failure
        known = answer["file"]
        return str(known.get("url_private_download") or known.get("url_private") or "")

    async def _downloaded(self, address: str, file: AttachedFile, limit: int) -> bytes:
        headers = {"Authorization": f"Bearer {self._client.token}"}
        async with self._session.get(address, headers=headers, allow_redirects=False) as response:
            if response.status != 200:
                raise _gone(file, response.status)
            content = bytearray()
            async for chunk in response.content.iter_chunked(_CHUNK):
                content += chunk
                if len(content) > limit:
                    raise _too_large(file, limit)
        if response.content_type == "text/html" and _LOGIN.search(content[:_CHUNK]):
            raise _login_page(file)
        return bytes(content)


def _too_large(file: AttachedFile, limit: int) -> SourceError:
    return Unreadable(
        f"The file is larger than the {limit / 1e6:.0f} MB I can read. Send part of it.",
        source=file.name,
        verdict="unsupported",
    )


def _gone(file: AttachedFile, status: int) -> SourceError:
    if status in (404, 410):
        message = "The file is gone. Please send it again."
        return Unreadable(message, source=file.name, verdict="error")
    return Unreachable("Slack did not provide the file. Please try again.", source=file.name)


def _login_page(file: AttachedFile) -> SourceError:
    return Unreadable(
        "Slack sent a login page instead of the file: I’m not allowed to read files here. An "
        "admin can add the scope files:read to the app and reinstall it.",
        source=file.name,
        verdict="login",
    )
