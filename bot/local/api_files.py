"""How does an app upload files? It asks for an address, sends the bytes there, and completes.

https://docs.slack.dev/messaging/working-with-files#upload
"""

from bot.local.api_chat import app_message, posted, thread_root
from bot.local.calls import Call, Refusal
from bot.local.files import file_json
from bot.local.state import JsonObject, State, StoredFile

_TYPES = {
    "md": "text/markdown",
    "txt": "text/plain",
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


def get_upload_address(call: Call) -> JsonObject:
    name, length = call.needed("filename"), call.number("length", 0)
    if length <= 0:
        raise Refusal("invalid_arguments")
    kind = _TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
    file = StoredFile(
        call.state.new_id("F"), name, kind, b"", call.app.bot_user_id, snippet=False, created=0
    )
    call.state.uploads[file.id] = (file, length)
    return {"file_id": file.id, "upload_url": f"{call.slack.url}upload/{file.id}"}


def take_upload(state: State, file_id: str, content: bytes) -> bool:
    """Keep the bytes that were sent to an upload address; whether they were as many as said."""
    file, length = state.uploads.get(file_id, (None, 0))
    if file is None or len(content) != length:
        return False
    file.content = content
    return True


def complete_upload(call: Call) -> JsonObject:
    given = call.structure("files", "invalid_arguments")
    if not isinstance(given, list) or not given:
        raise Refusal("invalid_arguments")
    files = [_uploaded(call, each) for each in given]
    if call.word("channel_id"):
        channel = call.channel_to_post("channel_id")
        message = app_message(call, channel, thread_root(call, channel))
        message.text, message.subtype = call.word("initial_comment"), "file_share"
        message.files = [file.id for file in files]
        posted(call, message)
    return {"files": [file_json(file, call.slack.url) for file in files]}


def _uploaded(call: Call, given: object) -> StoredFile:
    name = str(given.get("id")) if isinstance(given, dict) else ""
    file, length = call.state.uploads.pop(name, (None, 0))
    if file is None or len(file.content) != length:
        raise Refusal("file_not_found")
    call.state.files[file.id] = file
    return file
