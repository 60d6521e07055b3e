"""How does each record look in the JSON of the Web API and of the events?"""

from bot.local.files import file_json
from bot.local.rules import Credentials
from bot.local.state import Channel, JsonObject, Message, Person, State


class Shapes:
    """Turns records into Slack's JSON; ``url`` is the address of this server, with a slash."""

    def __init__(self, state: State, app: Credentials, url: str) -> None:
        self._state = state
        self._app = app
        self._url = url

    def message(self, message: Message, *, with_metadata: bool = False) -> JsonObject:
        """A message as history shows it; metadata only for those who ask for it."""
        shape: JsonObject = {
            "type": "message",
            "user": message.user,
            "ts": message.ts,
            "text": message.text,
            "team": self._state.channels[message.channel].team,
        }
        who = self._state.people.get(message.user)
        if who is not None and who.team != shape["team"]:
            shape |= {"user_team": who.team, "source_team": who.team}
        if message.subtype:
            shape["subtype"] = message.subtype
        if message.bot_id:
            shape |= self._as_bot(message)
        else:
            shape["client_msg_id"] = f"msg-{message.ts}"
        shape |= self._contents(message) | self._thread(message)
        if with_metadata and message.metadata:
            shape["metadata"] = message.metadata
        return shape

    def channel(self, channel: Channel) -> JsonObject:
        """A conversation as ``conversations.info`` shows it."""
        shape: JsonObject = {
            "id": channel.id,
            "context_team_id": channel.team,
            "is_archived": channel.archived,
            "is_channel": channel.kind == "channel",
            "is_group": channel.kind == "group",
            "is_im": channel.kind == "im",
            "is_mpim": False,
            "is_private": channel.kind != "channel",
            "is_member": channel.has_bot,
        }
        if channel.kind == "im":
            return shape | {"user": channel.name}
        return shape | {
            "name": channel.name,
            "name_normalized": channel.name,
            "creator": channel.creator,
        }

    def person(self, person: Person) -> JsonObject:
        """A user as ``users.info`` shows it."""
        return {
            "id": person.id,
            "team_id": person.team,
            "name": person.name,
            "deleted": False,
            "real_name": person.name,
            "tz": "Europe/London",
            "profile": {"real_name": person.name, "display_name": person.name},
            "is_admin": person.is_admin,
            "is_owner": False,
            "is_bot": bool(person.bot_id),
            "is_app_user": False,
        }

    def _as_bot(self, message: Message) -> JsonObject:
        name = self._app.bot_name if message.by_app else message.bot_id
        app_id = self._app.app_id if message.by_app else "A0OTHERAPP"
        profile = {"id": message.bot_id, "app_id": app_id, "name": name, "deleted": False}
        return {"bot_id": message.bot_id, "app_id": app_id, "bot_profile": profile}

    def _contents(self, message: Message) -> JsonObject:
        parts: JsonObject = {}
        if message.blocks or message.stream:
            parts["blocks"] = message.blocks
        if message.attachments:
            parts["attachments"] = message.attachments
        if message.files:
            files = [self._state.files[each] for each in message.files]
            parts |= {"files": [file_json(each, self._url) for each in files], "upload": False}
        if message.edited:
            parts["edited"] = {"user": message.user, "ts": message.edited}
        if message.reactions:
            parts["reactions"] = _reactions(message.reactions)
        return parts

    def _thread(self, message: Message) -> JsonObject:
        if message.thread_ts and message.thread_ts != message.ts:
            parent = self._state.message(message.channel, message.thread_ts)
            return {"thread_ts": message.thread_ts} | (
                {"parent_user_id": parent.user} if parent else {}
            )
        replies = [
            each
            for each in self._state.thread(message.channel, message.ts)
            if each.ts != message.ts and not each.seen_by
        ]
        if not replies:
            return {}
        return {
            "thread_ts": message.ts,
            "reply_count": len(replies),
            "reply_users": sorted({each.user for each in replies}),
            "latest_reply": replies[-1].ts,
        }


def _reactions(given: list[tuple[str, str]]) -> list[JsonObject]:
    names = dict.fromkeys(name for name, _ in given)
    return [
        {"name": name, "users": (users := [u for n, u in given if n == name]), "count": len(users)}
        for name in names
    ]
