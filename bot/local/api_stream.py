"""What do ``chat.startStream``, ``appendStream`` and ``stopStream`` do?

A stream is open until it is stopped, until the person stops it, or until its time is over: then
both appending and stopping are refused, and only ``chat.update`` can fix the message.
"""

import time

from bot.local import block_kit, limits
from bot.local.api_chat import app_message, checked_blocks, posted, thread_root
from bot.local.calls import Call, Refusal
from bot.local.state import Channel, JsonObject, Message, Session, Stream

MARKDOWN_OF_A_CALL = 12_000
_TASK_STATES = ("pending", "in_progress", "complete", "error")


def start(call: Call) -> JsonObject:
    channel = call.channel_to_post()
    _check_recipient(call, channel)
    root = thread_root(call, channel)
    if not root:
        raise Refusal("invalid_thread_ts")
    message = app_message(call, channel, root)
    message.stream = Stream(time.monotonic(), call.word("task_display_mode") or "timeline")
    _append(call, message, message.stream)
    return {key: value for key, value in posted(call, message).items() if key != "message"}


def append(call: Call) -> JsonObject:
    message, stream = _open_stream(call)
    if not (call.args.get("markdown_text") or call.args.get("chunks")):
        raise Refusal("no_text")
    _append(call, message, stream)
    call.state.touch()
    return {"channel": message.channel, "ts": message.ts}


def stop(call: Call) -> JsonObject:
    message, stream = _open_stream(call)
    before = call.slack.shapes.message(message)
    bottom = checked_blocks(call)
    _append(call, message, stream)
    stream.state = "finished"
    message.blocks += bottom
    metadata = call.structure("metadata", "invalid_metadata_format")
    message.metadata = metadata if isinstance(metadata, dict) else {}
    if call.word("session_status"):
        key = (message.channel, message.root)
        call.state.sessions[key] = Session(call.word("session_status"))
    call.state.touch()
    call.slack.events.changed(message, before)
    shape = call.slack.shapes.message(message, with_metadata=True)
    return {"channel": message.channel, "ts": message.ts, "message": shape}


def _blocks(stream: Stream) -> list[JsonObject]:
    """The message so far: runs of text as markdown blocks, each task as its last card."""
    blocks: list[JsonObject] = []
    cards: dict[str, JsonObject] = {}
    for chunk in stream.chunks:
        match chunk:
            case {"type": "markdown_text"} if blocks and blocks[-1]["type"] == "markdown":
                blocks[-1]["text"] += chunk["text"]
            case {"type": "markdown_text"}:
                blocks.append({"type": "markdown", "text": chunk["text"]})
            case {"type": "blocks"}:
                blocks += [dict(each) for each in chunk["blocks"]]
            case {"type": "task_update", "id": task} if task in cards:
                cards[task] |= _card(chunk)
            case {"type": "task_update", "id": task}:
                cards[task] = _card(chunk)
                blocks.append(cards[task])
            case {"type": "plan_update"}:
                blocks.append({"type": "plan", "title": chunk["title"]})
    return blocks


def _card(chunk: JsonObject) -> JsonObject:
    details = {key: value for key, value in chunk.items() if key not in ("type", "id")}
    return {"type": "task_card", "task_id": chunk["id"], **details}


def _open_stream(call: Call) -> tuple[Message, Stream]:
    message = call.own_message(call.channel(), "message_not_owned_by_app")
    stream = message.stream
    if stream and stream.state == "stopped_by_user":
        raise Refusal("stopped_by_user")
    if not stream or not stream.is_open(call.slack.rules.stream_seconds):
        raise Refusal("message_not_in_streaming_state")
    return message, stream


def _check_recipient(call: Call, channel: Channel) -> None:
    if channel.kind == "im":
        return
    if not call.slack.rules.streams_in_channels:
        raise Refusal("channel_type_not_supported")
    for name in ("recipient_team_id", "recipient_user_id"):
        if not call.word(name):
            raise Refusal(f"missing_{name}")
    person = call.state.people.get(call.word("recipient_user_id"))
    if person is None or person.team != call.word("recipient_team_id"):
        raise Refusal("user_not_found")


def _append(call: Call, message: Message, stream: Stream) -> None:
    chunks = [*_chunks(call), *_markdown(call)]
    kept = [*stream.chunks, *chunks]
    if sum(map(_weight, kept)) > call.slack.rules.stream_bytes:
        raise Refusal("msg_too_long")
    stream.chunks = kept
    message.blocks = _blocks(stream)
    message.text = "".join(each["text"] for each in kept if each["type"] == "markdown_text")


def _markdown(call: Call) -> list[JsonObject]:
    text = call.word("markdown_text")
    if len(text) > MARKDOWN_OF_A_CALL:
        raise Refusal("msg_too_long")
    return [{"type": "markdown_text", "text": text}] if text else []


def _chunks(call: Call) -> list[JsonObject]:
    chunks = call.structure("chunks", "invalid_chunks")
    if chunks is None:
        return []
    if not isinstance(chunks, list) or not all(_is_chunk(each) for each in chunks):
        raise Refusal("invalid_chunks")
    for chunk in chunks:
        block_kit.check_message(chunk.get("blocks"))
    return chunks


def _is_chunk(chunk: object) -> bool:
    match chunk:
        case {"type": "markdown_text", "text": str(text)}:
            return len(text) <= MARKDOWN_OF_A_CALL
        case {"type": "task_update", "id": str(), "title": str(), "status": status}:
            return status in _TASK_STATES
        case {"type": "plan_update", "title": str()}:
            return True
        case {"type": "blocks", "blocks": list(blocks)}:
            return len(blocks) <= limits.BLOCKS_OF_A_MESSAGE
    return False


def _weight(chunk: JsonObject) -> int:
    """UTF-8 bytes towards the cap; details and output of a task were measured to count twice."""
    if chunk["type"] == "blocks":
        return len(str(chunk["blocks"]).encode())
    once = sum(len(str(chunk.get(name, "")).encode()) for name in ("text", "title", "sources"))
    return once + 2 * sum(len(str(chunk.get(name, "")).encode()) for name in ("details", "output"))
