"""What do the ``conversations.*`` methods do?"""

from bot.local.calls import Call, Refusal
from bot.local.state import Channel, ChannelKind, JsonObject, Message

_KINDS: dict[str, ChannelKind] = {"public_channel": "channel", "private_channel": "group"}
_PREFIX = {"channel": "channels", "group": "groups", "im": "im"}


def replies(call: Call) -> JsonObject:
    channel = _readable(call, "history")
    message = call.state.message(channel.id, call.needed("ts"))
    if message is None:
        raise Refusal("thread_not_found")
    return _page(call, call.state.thread(channel.id, message.ts) or [message])


def history(call: Call) -> JsonObject:
    channel = _readable(call, "history")
    found = call.state.messages(channel.id)
    roots = [each for each in found if each.root == each.ts or each.subtype == "thread_broadcast"]
    return _page(call, roots[::-1])


def info(call: Call) -> JsonObject:
    return {"channel": call.slack.shapes.channel(_readable(call, "read"))}


def members(call: Call) -> JsonObject:
    channel = _readable(call, "read")
    bot = [call.app.bot_user_id] if channel.has_bot else []
    return {"members": [*sorted(channel.members), *bot]}


def open_direct(call: Call) -> JsonObject:
    call.require_scope("im:write")
    person = call.state.people.get(call.needed("users"))
    if person is None:
        raise Refusal("user_not_found")
    return {"channel": {"id": call.state.direct_messages(person).id}}


def list_channels(call: Call) -> JsonObject:
    call.require_scope("channels:read")
    known = [each for each in call.state.channels.values() if each.kind == "channel"]
    return {
        "channels": [call.slack.shapes.channel(each) for each in known if each.team == call.team]
    }


def of_person(call: Call) -> JsonObject:
    """The channels that a person is in, of the kinds asked for; private ones that the app is in."""
    kinds = {_KINDS[name] for name in call.word("types").split(",") if name in _KINDS}
    for kind in kinds:
        call.require_scope(f"{_PREFIX[kind]}:read")
    found = [
        channel
        for channel in call.state.channels.values()
        if channel.kind in kinds
        and call.needed("user") in channel.members
        and (channel.kind == "channel" or channel.has_bot)
    ]
    return {
        "channels": [call.slack.shapes.channel(each) for each in found],
        "response_metadata": {"next_cursor": ""},
    }


def _readable(call: Call, access: str) -> Channel:
    channel = call.channel()
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
    oldest, latest, at = call.word("oldest"), call.word("latest"), float(message.ts)
    if call.flag("inclusive"):
        return float(oldest or 0) <= at <= float(latest or "inf")
    return float(oldest or 0) < at < float(latest or "inf")
