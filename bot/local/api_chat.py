"""What do the ``chat.*`` methods do?"""

import time

from bot.local import block_kit
from bot.local.calls import Call, Refusal
from bot.local.limits import TEXT_OF_A_POST, TEXT_OF_AN_UPDATE
from bot.local.state import Channel, JsonObject, Message

CONTENTS = ("text", "blocks", "attachments", "markdown_text")


def post_message(call: Call) -> JsonObject:
    channel = call.channel_to_post()
    message = _composed(call, channel, TEXT_OF_A_POST)
    message.metadata = _metadata(call)
    return posted(call, message)


def posted(call: Call, message: Message) -> JsonObject:
    """Keep the app's new message, clear the thread's status, send the echo, and answer."""
    call.state.statuses.pop((message.channel, message.root), None)
    call.state.add_message(message)
    call.slack.events.posted(message)
    shape = call.slack.shapes.message(message, with_metadata=True)
    return {"channel": message.channel, "ts": message.ts, "message": shape}


def post_ephemeral(call: Call) -> JsonObject:
    channel = call.channel_to_post()
    user = call.needed("user")
    if user not in channel.members:
        raise Refusal("user_not_in_channel")
    message = _composed(call, channel, TEXT_OF_A_POST)
    message.seen_by = user
    call.state.add_message(message)
    return {"message_ts": message.ts}


def update(call: Call) -> JsonObject:
    channel = call.channel()
    message = call.own_message(channel, "cant_update_message")
    if message.stream and message.stream.is_open(call.slack.rules.stream_seconds):
        raise Refusal("streaming_state_conflict")
    before = call.slack.shapes.message(message, with_metadata=True)
    _change(call, message)
    message.stream = None  # it is a message like any other from now on
    call.state.touch()
    call.slack.events.changed(message, before)
    shape = call.slack.shapes.message(message)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shape}


def delete(call: Call) -> JsonObject:
    channel = call.channel()
    message = call.own_message(channel, "cant_delete_message")
    before = call.slack.shapes.message(message)
    call.state.remove_message(message)
    call.slack.events.deleted(message, before)
    return {"channel": channel.id, "ts": message.ts}


def get_permalink(call: Call) -> JsonObject:
    channel = call.channel()
    message = call.state.message(channel.id, call.needed("message_ts"))
    if message is None:
        raise Refusal("message_not_found")
    return {"channel": channel.id, "permalink": permalink(call.slack.url, message)}


def permalink(url: str, message: Message) -> str:
    """The address of a message, in the form of Slack's own."""
    place = f"{url}archives/{message.channel}/p{message.ts.replace('.', '')}"
    if message.root == message.ts:
        return place
    return f"{place}?thread_ts={message.thread_ts}&cid={message.channel}"


def thread_root(call: Call, channel: Channel) -> str:
    """The root of the thread to post in, empty for none; a reply's ts stands for its thread."""
    given = call.word("thread_ts")
    if not given:
        return ""
    message = call.state.message(channel.id, given)
    if message is None:
        raise Refusal("thread_not_found")
    return message.root


def checked_blocks(call: Call) -> list[JsonObject]:
    """The blocks of the call if Slack would take them, each with a block_id."""
    given = call.structure("blocks", "invalid_blocks_format")
    block_kit.check_message(given)
    return block_kit.with_ids(given, lambda: call.state.new_id("b"))


def app_message(call: Call, channel: Channel, thread_ts: str) -> Message:
    """An empty message by the app."""
    return Message(
        ts=call.state.new_ts(),
        channel=channel.id,
        user=call.app.bot_user_id,
        text="",
        thread_ts=thread_ts,
        bot_id=call.app.bot_id,
        by_app=True,
    )


def _composed(call: Call, channel: Channel, text_limit: int) -> Message:
    message = app_message(call, channel, thread_root(call, channel))
    if not any(call.args.get(name) for name in CONTENTS):
        raise Refusal("no_text")
    _fill(call, message, text_limit)
    if call.flag("reply_broadcast") and message.thread_ts:
        message.subtype = "thread_broadcast"
    return message


def _fill(call: Call, message: Message, text_limit: int) -> None:
    text, markdown = call.word("text"), call.word("markdown_text")
    if markdown and (text or call.args.get("blocks")):
        raise Refusal("markdown_text_conflict")
    if len(text) > text_limit or len(markdown) > 12_000:
        raise Refusal("msg_too_long")
    message.blocks = checked_blocks(call)
    message.text = text or markdown
    attachments = call.structure("attachments", "invalid_attachments")
    message.attachments = attachments if isinstance(attachments, list) else []


def _change(call: Call, message: Message) -> None:
    if not any(name in call.args for name in CONTENTS):
        raise Refusal("no_text")
    blocks = message.blocks
    _fill(call, message, TEXT_OF_AN_UPDATE)
    if "blocks" not in call.args and not call.args.get("text"):
        message.blocks = blocks
    if "metadata" in call.args:
        message.metadata = _metadata(call)
    if not message.blocks:  # Slack shows no "(edited)" where blocks are used
        message.edited = f"{time.time():.6f}"


def _metadata(call: Call) -> JsonObject:
    given = call.structure("metadata", "invalid_metadata_format")
    if given in (None, {}):
        return {}
    if not isinstance(given, dict) or set(given) != {"event_type", "event_payload"}:
        raise Refusal("invalid_metadata_format")
    if not isinstance(given["event_payload"], dict):
        raise Refusal("invalid_metadata_format")
    return given
