"""How are files kept and handed out?

Slack answers a download without a good token with a login page and status 200, which is what
a bot must not mistake for the file.
"""

import time
from dataclasses import dataclass
from urllib.parse import quote

from aiohttp import web

from bot.local.state import JsonObject, Person, State, StoredFile

LOGIN_PAGE = "<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body></body></html>"


@dataclass(frozen=True)
class LocalFile:
    """A file that a person attaches; ``snippet`` as when a long paste becomes a file."""

    name: str
    mimetype: str
    content: bytes
    snippet: bool = False


def keep(state: State, owner: Person, file: LocalFile) -> StoredFile:
    """Store the file under a new id."""
    stored = StoredFile(
        id=state.new_id("F"),
        name=file.name,
        mimetype=file.mimetype,
        content=file.content,
        owner=owner.id,
        snippet=file.snippet,
        created=int(time.time()),
    )
    state.files[stored.id] = stored
    return stored


def file_json(file: StoredFile, url: str) -> JsonObject:
    """The file as messages and ``files.info`` show it; ``url`` is this server's address."""
    address = f"{url}files-pri/{file.id}"
    extension = file.name.rpartition(".")[2].lower() if "." in file.name else "text"
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.name,
        "mimetype": file.mimetype,
        "filetype": "text" if extension == "txt" else extension,
        "pretty_type": "Plain Text" if file.mimetype == "text/plain" else extension.upper(),
        "user": file.owner,
        "mode": "snippet" if file.snippet else "hosted",
        "editable": file.snippet,
        "size": len(file.content),
        "is_external": False,
        "external_type": "",
        "is_public": True,
        "file_access": "visible",
        "url_private": f"{address}/{quote(file.name)}",
        "url_private_download": f"{address}/download/{quote(file.name)}",
        "permalink": f"{url}files/{file.owner}/{file.id}/{quote(file.name)}",
    }


def download(file: StoredFile | None, *, allowed: bool) -> web.Response:
    """The bytes for a reader with a good token and scope, else the login page."""
    if not allowed:
        return web.Response(text=LOGIN_PAGE, content_type="text/html")
    if file is None:
        return web.Response(status=404, text="File not found")
    return web.Response(body=file.content, content_type=file.mimetype)
