"""What does one person see of this Slack, as records that a page can keep?

Each record has a permanent key and a ``kind``. For a message it holds the exact JSON of the Web
API, for a modal the exact view that the app opened.
"""

from collections.abc import Iterator

from bot.local.operations import Operations
from bot.local.state import Channel, JsonObject, Message, Person, View


def records(slack: Operations, person: Person) -> dict[str, JsonObject]:
    """All that ``person`` may see: nobody else's direct messages, modals or private notes."""
    mine = [each for each in slack.state.channels.values() if _is_shown(each, person)]
    found: dict[str, JsonObject] = {"slack": _slack(slack, person)}
    found |= {each.id: _person(each) for each in slack.state.people.values()}
    for channel in mine:
        found[channel.id] = _channel(channel)
        for message in slack.state.messages(channel.id):
            if message.seen_by in ("", person.id):
                found[f"{channel.id} {message.ts}"] = _message(slack, message)
    found |= dict(_notes(slack, {each.id for each in mine}))
    return found | dict(_views(slack, person))


def _slack(slack: Operations, person: Person) -> JsonObject:
    app = slack.workspace.app
    return {
        "kind": "slack",
        "me": person.id,
        "bot": {"id": app.bot_user_id, "name": app.bot_name},
        "connected": slack.sockets.connections > 0,
    }


def _is_shown(channel: Channel, person: Person) -> bool:
    if channel.team != person.team:
        return False
    return channel.kind == "channel" or person.id in channel.members


def _person(person: Person) -> JsonObject:
    return {"kind": "person", "id": person.id, "name": person.name, "bot": bool(person.bot_id)}


def _channel(channel: Channel) -> JsonObject:
    return {
        "kind": "channel",
        "id": channel.id,
        "name": channel.name,
        "type": channel.kind,
        "has_bot": channel.has_bot,
    }


def _message(slack: Operations, message: Message) -> JsonObject:
    shape = slack.workspace.shapes.message(message)
    lifetime = slack.workspace.rules.stream_seconds
    return {
        "kind": "message",
        "channel": message.channel,
        "root": message.root,
        "by_app": message.by_app,
        "seen_by": message.seen_by,
        "streaming": bool(message.stream and message.stream.is_open(lifetime)),
        "message": shape,
    }


def _notes(slack: Operations, channels: set[str]) -> Iterator[tuple[str, JsonObject]]:
    """What the app has set above and below threads: a status, a title, prompts."""
    for (channel, root), status in slack.state.statuses.items():
        note = {"text": status.text, "loading": status.loading_messages, "at": status.at}
        yield from _note(channels, "status", channel, root, note)
    for (channel, root), title in slack.state.titles.items():
        yield from _note(channels, "title", channel, root, {"text": title})
    for (channel, root), session in slack.state.sessions.items():
        note = {"state": session.state, "title": session.title}
        yield from _note(channels, "session", channel, root, note)
    for (channel, root), prompts in slack.state.prompts.items():
        yield from _note(channels, "prompts", channel, root, {"prompts": prompts})


def _note(
    channels: set[str], kind: str, channel: str, root: str, note: JsonObject
) -> Iterator[tuple[str, JsonObject]]:
    if channel in channels:
        place = {"kind": kind, "channel": channel, "root": root}
        yield f"{kind} {channel} {root}", place | note


def _views(slack: Operations, person: Person) -> Iterator[tuple[str, JsonObject]]:
    for place, view in enumerate(slack.state.views.values()):
        if view.person == person.id and view.open:
            yield view.id, _view(view, place)


def _view(view: View, place: int) -> JsonObject:
    return {
        "kind": "view",
        "id": view.id,
        "place": place,
        "view": view.content,
        "errors": view.errors,
    }
