"""The methods of the Web API."""

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aiohttp import web

from sandbox.slack.blocks import check_chunk, check_message, check_view, with_block_ids
from sandbox.slack.calls import ApiCall, Call, Refusal, Trigger, Workspace
from sandbox.slack.state import (
    POST_BURST,
    TEXT_OF_A_POST,
    TEXT_OF_AN_UPDATE,
    TIER_2,
    TIER_3,
    TIER_4,
    Channel,
    ChannelKind,
    Credentials,
    Fault,
    JsonObject,
    Message,
    Session,
    State,
    Status,
    StoredFile,
    Stream,
    View,
    file_json,
)

CONTENTS = ("text", "blocks")


def post_message(call: Call) -> JsonObject:
    channel = call.channel_to_post()
    message = _compose(call, channel, TEXT_OF_A_POST)
    message.metadata = _metadata(call)
    return post(call, message)


def post(call: Call, message: Message) -> JsonObject:
    """Store the app's new message, clear the thread's status, send the event, and answer."""
    call.state.statuses.pop((message.channel, message.root), None)
    call.state.add_message(message)
    call.slack.events.posted(message)
    shape = call.slack.shapes.message(message, with_metadata=True)
    return {"channel": message.channel, "ts": message.ts, "message": shape}


def post_ephemeral(call: Call) -> JsonObject:
    channel = call.channel_to_post()
    user = call.required("user")
    if user not in channel.members:
        raise Refusal("user_not_in_channel")
    message = _compose(call, channel, TEXT_OF_A_POST)
    message.seen_by = user
    call.state.add_message(message)
    return {"message_ts": message.ts}


def update_message(call: Call) -> JsonObject:
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


def delete_message(call: Call) -> JsonObject:
    channel = call.channel()
    message = call.own_message(channel, "cant_delete_message")
    before = call.slack.shapes.message(message)
    call.state.remove_message(message)
    call.slack.events.deleted(message, before)
    return {"channel": channel.id, "ts": message.ts}


def thread_root(call: Call, channel: Channel) -> str:
    """The root of the thread to post in, empty for none; a reply's ts also names its thread."""
    given = call.text("thread_ts")
    return call.message_in_thread(channel, given).root if given else ""


def checked_blocks(call: Call) -> list[JsonObject]:
    """The blocks of the call if Slack would take them, each with a block_id."""
    given = call.structure("blocks", "invalid_blocks_format")
    check_message(given)
    return with_block_ids(given, call.state)


def app_message(slack: Workspace, channel: str, thread_ts: str) -> Message:
    """An empty message by the app in the channel with that id."""
    return Message(
        ts=slack.state.new_ts(),
        channel=channel,
        user=slack.app.bot_user_id,
        text="",
        thread_ts=thread_ts,
        bot_id=slack.app.bot_id,
        by_app=True,
    )


def _compose(call: Call, channel: Channel, text_limit: int) -> Message:
    message = app_message(call.slack, channel.id, thread_root(call, channel))
    if not any(call.args.get(name) for name in CONTENTS):
        raise Refusal("no_text")
    _fill(call, message, text_limit)
    return message


def _fill(call: Call, message: Message, text_limit: int) -> None:
    text = call.text("text")
    if len(text) > text_limit:
        raise Refusal("msg_too_long")
    message.blocks = checked_blocks(call)
    message.text = text


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
        message.edited = f"{call.state.now():.6f}"


def _metadata(call: Call) -> JsonObject:
    given = call.structure("metadata", "invalid_metadata_format")
    if given in (None, {}):
        return {}
    if not isinstance(given, dict) or set(given) != {"event_type", "event_payload"}:
        raise Refusal("invalid_metadata_format")
    if not isinstance(given["event_payload"], dict):
        raise Refusal("invalid_metadata_format")
    return given


_KINDS: dict[str, ChannelKind] = {"public_channel": "channel", "private_channel": "group"}
_PREFIX = {"channel": "channels", "group": "groups", "im": "im"}


def replies(call: Call) -> JsonObject:
    channel = _readable(call, "history")
    message = call.message_in_thread(channel, call.required("ts"))
    return _page(call, call.state.thread(channel.id, message.ts) or [message])


def history(call: Call) -> JsonObject:
    channel = _readable(call, "history")
    found = call.state.messages(channel.id)
    return _page(call, [each for each in found if each.root == each.ts][::-1])


def channel_info(call: Call) -> JsonObject:
    return {"channel": call.slack.shapes.channel(_readable(call, "read"))}


def person_channels(call: Call) -> JsonObject:
    """The channels of a person, of the requested kinds; private ones only if the app is in them."""
    kinds = {_KINDS[name] for name in call.text("types").split(",") if name in _KINDS}
    for kind in kinds:
        call.require_scope(f"{_PREFIX[kind]}:read")
    found = [
        channel
        for channel in call.state.channels.values()
        if channel.kind in kinds
        and call.required("user") in channel.members
        and (channel.kind == "channel" or channel.has_bot)
    ]
    return {
        "channels": [call.slack.shapes.channel(each) for each in found],
        "response_metadata": {"next_cursor": ""},
    }


def _readable(call: Call, access: str) -> Channel:
    channel = call.channel()
    if channel.id != call.required("channel"):  # a person's id is only good for posting
        raise Refusal("channel_not_found")
    call.require_scope(f"{_PREFIX[channel.kind]}:{access}")
    if access == "history" and not channel.has_bot:
        raise Refusal("not_in_channel")
    return channel


def _page(call: Call, found: list[Message]) -> JsonObject:
    visible = [each for each in found if not each.seen_by and _within(call, each)]
    start = call.number("cursor", 0)
    limit = min(call.number("limit", 100), 1000)
    page = visible[start : start + limit]
    more = start + limit < len(visible)
    with_metadata = call.flag("include_all_metadata")
    return {
        "messages": [call.slack.shapes.message(m, with_metadata=with_metadata) for m in page],
        "has_more": more,
        "response_metadata": {"next_cursor": str(start + limit) if more else ""},
    }


def _within(call: Call, message: Message) -> bool:
    oldest, latest, at = call.text("oldest"), call.text("latest"), float(message.ts)
    if call.flag("inclusive"):
        return float(oldest or 0) <= at <= float(latest or "inf")
    return float(oldest or 0) < at < float(latest or "inf")


# Uploads: an app asks for an address, sends the bytes there, and completes the upload.
#
# https://docs.slack.dev/messaging/working-with-files#upload

_TYPES = {
    "md": "text/markdown",
    "txt": "text/plain",
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


def get_upload_address(call: Call) -> JsonObject:
    name, length = call.required("filename"), call.number("length", 0)
    if length <= 0:
        raise Refusal("invalid_arguments")
    kind = _TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
    file = StoredFile(
        call.state.new_id("F"), name, kind, b"", call.app.bot_user_id, snippet=False, created=0
    )
    call.state.uploads[file.id] = (file, length)
    return {"file_id": file.id, "upload_url": f"{call.slack.url}upload/{file.id}"}


def complete_upload(call: Call) -> JsonObject:
    given = call.structure("files", "invalid_arguments")
    if not isinstance(given, list) or not given:
        raise Refusal("invalid_arguments")
    files = [_finish_upload(call, each) for each in given]
    if call.text("channel_id"):
        channel = call.channel_to_post("channel_id")
        message = app_message(call.slack, channel.id, thread_root(call, channel))
        message.text, message.subtype = call.text("initial_comment"), "file_share"
        message.files = [file.id for file in files]
        post(call, message)
    return {"files": [file_json(file, call.slack.url) for file in files]}


def _finish_upload(call: Call, given: object) -> StoredFile:
    name = str(given.get("id")) if isinstance(given, dict) else ""
    file, length = call.state.uploads.pop(name, (None, 0))
    if file is None or len(file.content) != length:
        raise Refusal("file_not_found")
    call.state.files[file.id] = file
    return file


# Streams (``chat.startStream``, ``appendStream``, ``stopStream``) are open until the app or the
# person stops them, or their time is over: then both appending and stopping are refused, and only
# ``chat.update`` can change the message.


def start_stream(call: Call) -> JsonObject:
    channel = call.channel_to_post()
    _check_recipient(call, channel)
    root = thread_root(call, channel)
    if not root:
        raise Refusal("invalid_thread_ts")
    message = app_message(call.slack, channel.id, root)
    message.stream = Stream(time.monotonic())
    _append(call, message, message.stream)
    return {key: value for key, value in post(call, message).items() if key != "message"}


def append_to_stream(call: Call) -> JsonObject:
    message, stream = _open_stream(call)
    if not call.args.get("chunks"):
        raise Refusal("no_text")
    _append(call, message, stream)
    call.state.touch()
    return {"channel": message.channel, "ts": message.ts}


def stop_stream(call: Call) -> JsonObject:
    message, stream = _open_stream(call)
    before = call.slack.shapes.message(message)
    stream.state = "finished"
    call.state.touch()
    call.slack.events.changed(message, before)
    shape = call.slack.shapes.message(message, with_metadata=True)
    return {"channel": message.channel, "ts": message.ts, "message": shape}


def _blocks(stream: Stream) -> list[JsonObject]:
    """The message so far; each task as its latest card."""
    blocks: list[JsonObject] = []
    cards: dict[str, JsonObject] = {}
    for chunk in stream.chunks:
        match chunk:
            case {"type": "blocks"}:
                blocks += [dict(each) for each in chunk["blocks"]]
            case {"type": "task_update", "id": task} if task in cards:
                cards[task] |= _card(chunk)
            case {"type": "task_update", "id": task}:
                cards[task] = _card(chunk)
                blocks.append(cards[task])
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
        if not call.text(name):
            raise Refusal(f"missing_{name}")
    person = call.state.people.get(call.text("recipient_user_id"))
    if person is None or person.team != call.text("recipient_team_id"):
        raise Refusal("user_not_found")


def _append(call: Call, message: Message, stream: Stream) -> None:
    kept = [*stream.chunks, *_chunks(call)]
    if sum(map(_weight, kept)) > call.slack.rules.stream_bytes:
        raise Refusal("msg_too_long")
    stream.chunks = kept
    message.blocks = _blocks(stream)


def _chunks(call: Call) -> list[JsonObject]:
    chunks = call.structure("chunks", "invalid_chunks")
    if chunks is None:
        return []
    if not isinstance(chunks, list):
        raise Refusal("invalid_chunks")
    for chunk in chunks:
        check_chunk(chunk)
    return chunks


def _weight(chunk: JsonObject) -> int:
    """The UTF-8 bytes that count towards the limit of a stream."""
    return sum(len(str(chunk.get(name, "")).encode()) for name in ("blocks", "title"))


def open_modal(call: Call) -> JsonObject:
    return _show_modal(call, _spend_trigger(call))


def push_view(call: Call) -> JsonObject:
    trigger = _spend_trigger(call)
    below = call.state.views.get(trigger.view_id)
    if below is None or not below.open:
        raise Refusal("not_found")
    return _show_modal(call, trigger)


def update_view(call: Call) -> JsonObject:
    view = _open_view(call)
    if call.text("hash") and call.text("hash") != view.hash:
        raise Refusal("hash_conflict")
    view.content = _content(call, str(view.content["type"]))
    return _show_view(call, view)


def publish_view(call: Call) -> JsonObject:
    person = call.state.people.get(call.required("user_id"))
    if person is None:
        raise Refusal("user_not_found")
    content = _content(call, "home")
    view = home_of(call.state, person.id)
    if view is None:
        view = View(call.state.new_id("V"), person.team, person.id, content)
    view.content = content
    return _show_view(call, view)


def home_of(state: State, person: str) -> View | None:
    """The Home tab of a person; None if none was published."""
    views = (each for each in state.views.values() if each.content["type"] == "home")
    return next((each for each in views if each.person == person), None)


def view_json(view: View, values: JsonObject, app: Credentials) -> JsonObject:
    """The view as answers and interactions show it, with what the person has entered."""
    return {
        **view.content,
        "id": view.id,
        "team_id": view.team,
        "hash": view.hash,
        "state": {"values": values},
        "app_id": app.app_id,
        "bot_id": app.bot_id,
    }


def new_content(content: object, kind: str, state: State) -> JsonObject:
    """The checked view with its defaults filled in."""
    view = check_view(content, kind)
    blocks = with_block_ids(view["blocks"], state)
    return {"private_metadata": "", "callback_id": "", **view, "blocks": blocks}


def _content(call: Call, kind: str) -> JsonObject:
    return new_content(call.structure("view", "invalid_arguments"), kind, call.state)


def _show_modal(call: Call, trigger: Trigger) -> JsonObject:
    content = _content(call, "modal")
    return _show_view(call, View(call.state.new_id("V"), trigger.team, trigger.person, content))


def _show_view(call: Call, view: View) -> JsonObject:
    view.hash = f"{time.time():.6f}"
    view.errors = {}
    call.state.views[view.id] = view
    call.state.touch()
    return {"view": view_json(view, {}, call.app)}


def _open_view(call: Call) -> View:
    view = call.state.views.get(call.text("view_id"))
    if view is None or not view.open:
        raise Refusal("not_found")
    return view


def _spend_trigger(call: Call) -> Trigger:
    trigger = call.slack.triggers.get(call.required("trigger_id"))
    if trigger is None:
        raise Refusal("invalid_trigger_id")
    if trigger.used:
        raise Refusal("exchanged_trigger_id")
    if time.time() > trigger.expires:
        raise Refusal("expired_trigger_id")
    trigger.used = True
    return trigger


def test_auth(call: Call) -> JsonObject:
    return {
        "url": call.slack.url,
        "team": "Local",
        "team_id": call.team,
        "user": call.app.bot_name,
        "user_id": call.app.bot_user_id,
        "bot_id": call.app.bot_id,
        "is_enterprise_install": False,
    }


def user_info(call: Call) -> JsonObject:
    person = call.state.people.get(call.required("user"))
    if person is None:
        raise Refusal("user_not_found")
    return {"user": call.slack.shapes.person(person)}


def file_info(call: Call) -> JsonObject:
    file = call.state.files.get(call.required("file"))
    if file is None:
        raise Refusal("file_not_found")
    return {"file": file_json(file, call.slack.url)}


def set_status(call: Call) -> JsonObject:
    key = _thread(call)
    loading = _loading_messages(call)
    if call.text("status"):
        call.state.statuses[key] = Status(call.text("status"), loading, call.state.now())
    else:
        call.state.statuses.pop(key, None)
    call.state.touch()
    return {}


def set_suggested_prompts(call: Call) -> JsonObject:
    _agents_only(call, "not_agent_app")
    prompts = call.structure("prompts", "invalid_arguments")
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= 4:
        raise Refusal("invalid_arguments")
    if not all(map(_is_prompt, prompts)):
        raise Refusal("invalid_arguments")
    place = _thread(call) if call.text("thread_ts") else (call.channel("channel_id").id, "")
    call.state.prompts[place] = prompts
    call.state.touch()
    return {}


def set_title(call: Call) -> JsonObject:
    call.state.titles[_thread(call)] = call.required("title")
    call.state.touch()
    return {}


def set_session_status(call: Call) -> JsonObject:
    _agents_only(call, "feature_disabled")
    if call.required("status") not in ("active", "processing", "suspended", "closed"):
        raise Refusal("invalid_status")
    title = call.text("title")
    if len(title) > 200:
        raise Refusal("invalid_title")
    call.state.sessions[_thread(call)] = Session(call.text("status"), title)
    call.state.touch()
    return {}


def _loading_messages(call: Call) -> list[str]:
    """The messages that Slack shows in turn: none, or 1 to 10 of 1 to 50 characters."""
    loading = call.structure("loading_messages", "invalid_arguments")
    if loading is None:
        return []
    if not isinstance(loading, list) or not 1 <= len(loading) <= 10:
        raise Refusal("invalid_arguments")
    if not all(isinstance(each, str) and 1 <= len(each) <= 50 for each in loading):
        raise Refusal("invalid_arguments")
    return loading


def _is_prompt(prompt: object) -> bool:
    """Whether it has a title and a message, and nothing else."""
    if not isinstance(prompt, dict) or set(prompt) != {"title", "message"}:
        return False
    return all(isinstance(each, str) and each.strip() for each in prompt.values())


def _agents_only(call: Call, error: str) -> None:
    if not call.slack.rules.agent_features:
        raise Refusal(error)


def _thread(call: Call) -> tuple[str, str]:
    channel = call.channel_to_post("channel_id")
    return channel.id, call.message_in_thread(channel, call.required("thread_ts")).root


@dataclass(frozen=True)
class Method:
    """``per_minute`` is the tier, 0 for Slack's special tiers, which are not limited here."""

    run: Callable[[Call], JsonObject]
    scope: str = ""
    per_minute: int = 0


METHODS: Mapping[str, Method] = {
    "agents.sessions.setStatus": Method(set_session_status, "chat:write", TIER_3),
    "assistant.threads.setStatus": Method(set_status, "chat:write"),
    "assistant.threads.setSuggestedPrompts": Method(
        set_suggested_prompts, "assistant:write", TIER_4
    ),
    "assistant.threads.setTitle": Method(set_title, "assistant:write", TIER_4),
    "auth.test": Method(test_auth),
    "chat.appendStream": Method(append_to_stream, "chat:write", TIER_4),
    "chat.delete": Method(delete_message, "chat:write", TIER_3),
    "chat.postEphemeral": Method(post_ephemeral, "chat:write", TIER_4),
    "chat.postMessage": Method(post_message, "chat:write"),
    "chat.startStream": Method(start_stream, "chat:write", TIER_2),
    "chat.stopStream": Method(stop_stream, "chat:write", TIER_2),
    "chat.update": Method(update_message, "chat:write", TIER_3),
    "conversations.history": Method(history, "", TIER_3),
    "conversations.info": Method(channel_info, "", TIER_3),
    "conversations.replies": Method(replies, "", TIER_3),
    "files.completeUploadExternal": Method(complete_upload, "files:write", TIER_4),
    "files.getUploadURLExternal": Method(get_upload_address, "files:write", TIER_4),
    "files.info": Method(file_info, "files:read", TIER_4),
    "users.conversations": Method(person_channels, "", TIER_3),
    "users.info": Method(user_info, "users:read", TIER_4),
    "views.open": Method(open_modal, "", TIER_4),
    "views.publish": Method(publish_view, "", TIER_4),
    "views.push": Method(push_view, "", TIER_4),
    "views.update": Method(update_view, "", TIER_4),
}


_LOGIN_PAGE = "<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body></body></html>"

# A request is handled in Slack's order: a fault that a test asked for, the token, the method, its
# rate limit, its scope, and then the method itself.


class WebApi:
    """Answers ``/api/<method>``, form-encoded or JSON, by GET or POST; serves and takes files."""

    def __init__(self, slack: Workspace) -> None:
        self._slack = slack

    async def serve(self, request: web.Request) -> web.Response:
        name = request.match_info["method"]
        args, token = await _read(request)
        channel = str(args.get("channel") or args.get("channel_id") or "")
        fault = self._slack.faults.take(name, channel)
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.page:
            return web.Response(text="<html>Please sign in</html>", content_type=fault.page)
        answer, status = self._answer(name, args, token, fault)
        outcome = "ok" if answer.get("ok") else str(answer.get("error", status))
        self._slack.calls.append(ApiCall(name, args, time.time(), outcome))
        self._slack.state.touch()
        if fault.lost_reply and request.transport:
            request.transport.abort()
        return self._response(answer, status)

    async def serve_file(self, request: web.Request) -> web.Response:
        """The bytes of a file. Without a valid token and scope Slack answers with a login page and
        status 200, which a bot must not mistake for the file."""
        can_read = "files:read" in self._slack.rules.scopes
        if _bearer(request) != self._slack.app.bot_token or not can_read:
            return web.Response(text=_LOGIN_PAGE, content_type="text/html")
        file = self._slack.state.files.get(request.match_info["file"])
        if file is None:
            return web.Response(status=404, text="File not found")
        return web.Response(body=file.content, content_type=file.mimetype)

    async def take_upload(self, request: web.Request) -> web.Response:
        """Store the bytes of an upload if they are as many as was announced."""
        file, length = self._slack.state.uploads.get(request.match_info["file"], (None, 0))
        content = await request.read()
        if file is None or len(content) != length:
            return web.Response(text="wrong size", status=400)
        file.content = content
        return web.Response(text="OK")

    def _answer(
        self, name: str, args: JsonObject, token: str, fault: Fault
    ) -> tuple[JsonObject, int]:
        if fault.error:
            return {"ok": False, "error": fault.error}, 200
        if fault.status:
            return {"retry_after": fault.retry_after}, fault.status
        try:
            return {"ok": True, **self._run(name, Call(self._slack, args), token)}, 200
        except Refusal as refusal:
            status = 429 if refusal.answer["error"] == "ratelimited" else 200
            return refusal.answer, status

    def _run(self, name: str, call: Call, token: str) -> JsonObject:
        if name == "apps.connections.open":
            return self._open_connection(token)
        if token != self._slack.app.bot_token:
            raise Refusal("invalid_auth" if token else "not_authed")
        method = METHODS.get(name)
        if method is None:
            raise Refusal("unknown_method", req_method=name)
        self._limit(name, method, call)
        call.require_scope(method.scope)
        return method.run(call)

    def _open_connection(self, token: str) -> JsonObject:
        if token == self._slack.app.bot_token:
            raise Refusal("not_allowed_token_type")
        if token != self._slack.app.app_token:
            raise Refusal("invalid_auth" if token else "not_authed")
        if "connections:write" not in self._slack.rules.app_scopes:
            raise Refusal("missing_scope", needed="connections:write", provided="")
        ticket = self._slack.state.new_id("ticket-")
        self._slack.sockets.issue_ticket(ticket)
        address = self._slack.url.replace("http://", "ws://")
        return {"url": f"{address}socket?ticket={ticket}"}

    def _limit(self, name: str, method: Method, call: Call) -> None:
        if not self._slack.rules.rate_limits:
            return
        rates = self._slack.rates
        wait = 0
        if method.per_minute:
            key = (name, call.team)
            wait = rates.seconds_to_wait(key, method.per_minute, method.per_minute / 60)
        elif name == "chat.postMessage":
            wait = rates.seconds_to_wait((name, call.text("channel")), POST_BURST, 1.0)
        if wait:
            raise Refusal("ratelimited", retry_after=wait)

    def _response(self, answer: JsonObject, status: int) -> web.Response:
        headers = {"x-slack-req-id": self._slack.state.new_id("req")}
        if self._slack.rules.tells_scopes:
            headers["x-oauth-scopes"] = ",".join(sorted(self._slack.rules.scopes))
        retry_after = answer.pop("retry_after", 0)
        if status == 429:
            headers["Retry-After"] = str(retry_after)
            answer = {"ok": False, "error": "ratelimited"}
        elif status != 200:
            return web.Response(status=status, text="upstream error", headers=headers)
        return web.json_response(answer, status=status, headers=headers)


async def _read(request: web.Request) -> tuple[JsonObject, str]:
    args: JsonObject = dict(request.query)
    if request.content_type == "application/json":
        args |= json.loads(await request.text() or "{}")
    else:
        args |= dict(await request.post())
    token = str(args.pop("token", ""))
    return args, _bearer(request) or token


def _bearer(request: web.Request) -> str:
    """The token of the Authorization header; empty if there is none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else ""
