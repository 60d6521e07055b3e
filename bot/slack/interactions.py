"""What did somebody press, submit or type, and how does only that person get an answer?"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.service.errors import ReadoutError, SlackFailure
from bot.service.ports import Archive, Mention, Notice, Outcome
from bot.slack.buttons import split_value
from bot.slack.client import slack_errors, try_call
from bot.slack.modals import InvalidField, field_error
from bot.slack.payloads import JsonObject
from bot.slack.rich_text import safe_mrkdwn

# https://docs.slack.dev/reference/methods/chat.postEphemeral


def display_name(user: JsonObject) -> str:
    """A person's name in plain words: a user element would notify them wherever it is shown."""
    return str(user.get("name") or user.get("username") or user["id"])


async def post_ephemeral(
    client: AsyncWebClient, channel: str, person: str, text: str, thread: str | None = None
) -> None:
    """Show ``text`` to ``person`` alone; failures are only logged."""
    post = client.chat_postEphemeral
    await try_call(post(channel=channel, user=person, thread_ts=thread, text=safe_mrkdwn(text)))


@dataclass(frozen=True)
class Interaction:
    """What somebody pressed, chose, submitted or typed after the command; ``value`` is that of the
    button or of the menu's entry."""

    body: JsonObject
    ack: AsyncAck
    client: AsyncWebClient
    respond: AsyncRespond
    value: str = ""

    @property
    def key(self) -> str:
        """The key of the mention whose reply has the button."""
        return split_value(self.value)[0]

    @property
    def argument(self) -> str:
        """The rest of a button's value, as in `split_value`."""
        return split_value(self.value)[1]

    @property
    def action_id(self) -> str:
        """The action id of the button or the menu."""
        return str(self.body["actions"][0]["action_id"])

    @property
    def user(self) -> JsonObject:
        """Slack's object for the person who pressed or submitted."""
        user: JsonObject = self.body["user"]
        return user

    @property
    def person(self) -> str:
        """The id of the person who pressed, submitted or typed."""
        return str(self.body.get("user_id") or self.user["id"])

    @property
    def team(self) -> str:
        """The id of the workspace. If a whole organisation has installed the app, Slack may name it
        only in the user or the view."""
        body = self.body
        team, user, view = (body.get(part) or {} for part in ("team", "user", "view"))
        ids = (body.get("team_id"), team.get("id"), user.get("team_id"), view.get("team_id"))
        return str(next(filter(None, ids), None) or body["enterprise"]["id"])

    @property
    def message_ts(self) -> str:
        """The timestamp of the message with the button."""
        return str(self.body["container"]["message_ts"])

    @property
    def channel(self) -> str:
        """The channel that the button was pressed or the command typed in."""
        return str(self.body.get("channel_id") or self.body["container"]["channel_id"])

    @property
    def thread(self) -> str:
        """The timestamp of the message's thread, or of the one that it opens."""
        return str(self.body["container"].get("thread_ts") or self.message_ts)

    @property
    def view(self) -> JsonObject:
        """The dialog that was submitted or pressed in; empty where there is none."""
        return dict(self.body.get("view") or {})

    async def tell(self, text: str) -> None:
        """Show ``text`` to that person alone; not possible, and so left out, in a dialog."""
        if self.respond.response_url:
            await self.respond(text, response_type="ephemeral", replace_original=False)

    async def open(self, view: JsonObject) -> str | None:
        """Acknowledge, and show a dialog, on top of one that is open. Returns its id; if Slack
        doesn't show it, tells the person why and returns None."""
        await self.ack()
        is_on_top = self.view.get("type") == "modal"
        show = self.client.views_push if is_on_top else self.client.views_open
        try:
            with slack_errors():
                answer = await show(trigger_id=self.body["trigger_id"], view=view)
        except SlackFailure as failure:
            await self.tell(failure.message)
            return None
        return str(answer["view"]["id"])


Listener = Callable[..., Awaitable[None]]
"""A function that Bolt calls with the arguments that it names."""


def on_press(handle: Callable[[Interaction], Awaitable[str | None]]) -> Listener:
    """A listener for a button or a menu; ``handle`` returns a message for who pressed, or None."""

    async def listen(
        ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        action = body["actions"][0]
        value = (action.get("selected_option") or action).get("value")
        pressed = Interaction(body, ack, client, respond, str(value or ""))
        try:
            message = await handle(pressed)
        except ReadoutError as failure:
            message = failure.message
        await ack()
        if message:
            await pressed.tell(message)

    return listen


def on_submit(handle: Callable[[Interaction], Awaitable[JsonObject | None]]) -> Listener:
    """A listener for a dialog, a command or a shortcut: ``handle`` returns the arguments of the
    acknowledgement, and None closes a dialog; or it raises `InvalidField`."""

    async def listen(
        ack: AsyncAck, body: JsonObject, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        try:
            answer = await handle(Interaction(body, ack, client, respond))
        except InvalidField as error:
            answer = field_error(error.action, error.why)
        await ack(**(answer or {}))

    return listen


async def update_view(
    view: JsonObject, view_id: str, client: AsyncWebClient, view_hash: str | None = None
) -> bool:
    """Show ``view`` in the modal ``view_id``, with a ``view_hash`` only if it is unchanged. Returns
    False if it isn't shown, as when the modal was closed."""
    shown = await try_call(client.views_update(view_id=view_id, view=view, hash=view_hash))
    return shown is not None


async def mention_and_reply(key: str, archive: Archive) -> tuple[Mention | None, Outcome | None]:
    """The mention ``key``, with the wishes that its reply was made for, and the reply; None for
    what was deleted or has expired."""
    mention = await archive.mention(key)
    outcome = await archive.outcome(key) if mention else None
    if isinstance(outcome, Notice) and not outcome.text:
        return None, None  # its sources were deleted, and its words with them
    if mention is None or outcome is None or isinstance(outcome, Notice) or not outcome.wishes:
        return mention, outcome
    return replace(mention, wishes=outcome.wishes, settled=True), outcome


FAULT = "That didn’t work because of an error on our side. Please try again."
GONE = "Nothing is stored for this reply any more: it was deleted or has expired."
NOT_YOURS = "Only the person who asked for this reply, or shared it here, can {deed}."


def refusal_unless_asker(mention: Mention | None, person: str, deed: str) -> str | None:
    """Why ``person`` may not do something ("delete it") with the reply to ``mention``; None for the
    person who asked."""
    if mention is None:
        return GONE
    return None if mention.person == person else NOT_YOURS.format(deed=deed)
