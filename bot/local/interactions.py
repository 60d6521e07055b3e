"""How does a person use commands, shortcuts, buttons, modals and the Home tab?

Each method sends the payload and returns its delivery at once; what the app answers shows in
the state: an ephemeral message, a changed message, a modal.
"""

import time

from bot.local import entries
from bot.local.answers import answer, tell
from bot.local.api_views import new_content, view_json
from bot.local.calls import Refusal
from bot.local.delivery import Delivery, Kind, Outcome
from bot.local.people import People
from bot.local.state import Channel, JsonObject, Message, Person, View
from bot.local.workspace import ResponseUrl

_TROUBLE = {"": "We had some trouble connecting. Try again?"}


class Interactions(People):
    """The interactive half of what people do."""

    def command(self, person: str, channel: str, typed: str) -> Delivery:
        """Type a slash command with its text, such as ``/brief https://example.org``."""
        who, where = self.find(person, channel)
        name, _, text = typed.partition(" ")
        target = ResponseUrl(where.id, who.id, "")
        payload = {
            "token": "local",
            "team_id": who.team,
            "team_domain": who.team.lower(),
            "channel_id": where.id,
            "channel_name": "directmessage" if where.kind == "im" else where.name,
            "user_id": who.id,
            "user_name": who.name,
            "command": name,
            "text": text.strip(),
            "api_app_id": self.workspace.app.app_id,
            "is_enterprise_install": "false",
            "response_url": self.workspace.new_response_url(target),
            "trigger_id": self.workspace.new_trigger(who.team, who.id),
        }
        return self._send("slash_commands", payload, target, name)

    def shortcut(self, person: str, ts: str, callback_id: str) -> Delivery:
        """Choose a message shortcut from the menu of a message."""
        message = self.written(ts)
        who, where = self.find(person, message.channel)
        target = ResponseUrl(where.id, who.id, ts, message.thread_ts)
        payload = self._base("message_action", who) | {
            "callback_id": callback_id,
            "action_ts": f"{time.time():.6f}",
            "message_ts": ts,
            "message": self.workspace.shapes.message(message),
            "channel": _channel(where),
            "response_url": self.workspace.new_response_url(target),
        }
        return self._send("interactive", payload, target, callback_id)

    def global_shortcut(self, person: str, callback_id: str) -> Delivery:
        """Choose a shortcut that belongs to no message."""
        who, where = self.find(person)
        payload = self._base("shortcut", who) | {
            "callback_id": callback_id,
            "action_ts": f"{time.time():.6f}",
        }
        return self._send("interactive", payload, ResponseUrl(where.id, who.id, ""), callback_id)

    def click(self, person: str, ts: str, control: str, *, choice: str = "") -> Delivery:
        """Use a control of a message, named by its action_id, its label or its value.

        ``choice`` is the value of the option chosen, for menus, or what was typed into a field.

        Raises:
            LookupError: the message has no such control.
        """
        message = self.written(ts)
        who, where = self.find(person, message.channel)
        target = ResponseUrl(where.id, who.id, ts, message.thread_ts)
        # Slack does not show the app an ephemeral message again.
        shown = {} if message.seen_by else {"message": self.workspace.shapes.message(message)}
        payload = self._base("block_actions", who) | {
            **shown,
            "container": _container(message),
            "channel": _channel(where),
            "state": {"values": entries.entered_values(message.blocks, {})},
            "response_url": self.workspace.new_response_url(target),
            "actions": [entries.action(message.blocks, control, choice)],
        }
        return self._send("interactive", payload, target, control)

    def click_in_view(self, view: View, control: str, *, choice: str = "") -> Delivery:
        """Use a control of a modal or of the Home tab, named as for ``click``."""
        who, where = self.find(view.person)
        payload = self._base("block_actions", who, view.id) | {
            "container": {"type": "view", "view_id": view.id},
            "view": self._view(view, {}),
            "actions": [entries.action(view.content["blocks"], control, choice)],
        }
        return self._send("interactive", payload, ResponseUrl(where.id, who.id, ""), control)

    def submit(self, view: View, entered: dict[str, str]) -> Delivery:
        """Press the submit button of a modal; ``entered`` has a value for each action_id.

        Where the app refuses, ``view.errors`` says which fields; else the modal closes,
        changes or is covered by another, as the app answers.
        """
        who = self.find(view.person)[0]
        payload = self._base("view_submission", who, view.id) | {
            "view": self._view(view, entered),
            "response_urls": [],
        }
        delivery = Delivery(self.state.new_id("env-"), "interactive", payload)
        return self.workspace.outbox.send(delivery, lambda outcome: self._submitted(view, outcome))

    def dismiss(self, view: View) -> Delivery | None:
        """Press the close button; the app hears of it only if the modal asks for that."""
        view.open = False
        self.state.touch()
        if not view.content.get("notify_on_close"):
            return None
        who, where = self.find(view.person)
        payload = self._base("view_closed", who) | {
            "view": self._view(view, {}),
            "is_cleared": False,
        }
        return self._send("interactive", payload, ResponseUrl(where.id, who.id, ""), "close")

    def open_home(self, person: str, tab: str = "home") -> None:
        """Open the app's ``home`` or ``messages`` tab."""
        who = self.find(person)[0]
        view = self.home(person)
        shown = self._view(view, {}) if view and tab == "home" else {}
        self.workspace.events.home_opened(who, tab, shown)

    def _send(self, kind: Kind, payload: JsonObject, target: ResponseUrl, name: str) -> Delivery:
        delivery = Delivery(self.state.new_id("env-"), kind, payload)

        def settle(outcome: Outcome) -> None:
            error = "" if outcome.acked else "dispatch_failed"
            self.workspace.answers.append(outcome.payload)
            try:
                answer(self.workspace, target, outcome.payload)
            except Refusal:
                error = "invalid_command_response"
            if error:
                tell(self.workspace, target, f'{name} failed with the error "{error}"')

        return self.workspace.outbox.send(delivery, settle)

    def _submitted(self, view: View, outcome: Outcome) -> None:
        try:
            view.errors = {} if outcome.acked else _TROUBLE
            self.workspace.answers.append(outcome.payload)
            if outcome.acked:
                self._follow(view, outcome.payload)
        except Refusal:
            view.errors = _TROUBLE
        self.state.touch()

    def _follow(self, view: View, answer: JsonObject) -> None:
        match answer.get("response_action"):
            case "errors":
                view.errors = answer["errors"]
            case "update":
                view.content = new_content(answer.get("view"), "modal", self.state)
            case "push":
                self._cover(view, answer["view"])
            case action:
                self._close_all(view, everything=action == "clear")

    def _cover(self, view: View, content: JsonObject) -> None:
        above = View(
            id=self.state.new_id("V"),
            team=view.team,
            person=view.person,
            content=new_content(content, "modal", self.state),
            root=view.root,
            previous=view.id,
        )
        self.state.views[above.id] = above

    def _close_all(self, view: View, *, everything: bool) -> None:
        for each in self.state.views.values():
            if each is view or (everything and each.root == view.root):
                each.open = False

    def _view(self, view: View, entered: dict[str, str]) -> JsonObject:
        values = entries.entered_values(view.content["blocks"], entered)
        app = self.workspace.app
        return view_json(view, values, app.app_id, app.bot_id)

    def _base(self, kind: str, who: Person, view_id: str = "") -> JsonObject:
        return {
            "type": kind,
            "token": "local",
            "api_app_id": self.workspace.app.app_id,
            "team": {"id": who.team, "domain": who.team.lower()},
            "enterprise": None,
            "is_enterprise_install": False,
            "user": {
                "id": who.id,
                "username": who.name,
                "name": who.name,
                "team_id": who.team,
            },
            "trigger_id": self.workspace.new_trigger(who.team, who.id, view_id),
        }


def _container(message: Message) -> JsonObject:
    thread = {"thread_ts": message.root} if message.thread_ts else {}
    return {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": bool(message.seen_by),
        **thread,
    }


def _channel(channel: Channel) -> JsonObject:
    return {"id": channel.id, "name": "directmessage" if channel.kind == "im" else channel.name}
