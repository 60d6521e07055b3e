"""What happens when the app answers a command or an interaction, at once or later?"""

import time

from bot.local import block_kit
from bot.local.calls import Refusal
from bot.local.limits import TEXT_OF_A_POST
from bot.local.state import JsonObject, Message
from bot.local.workspace import ResponseUrl, Workspace


def answer_later(slack: Workspace, key: str, payload: JsonObject) -> str:
    """Take what was posted to a response_url; the error's name, or "ok"."""
    target = slack.response_urls.get(key)
    if target is None or time.time() > target.expires:
        return "expired_url"
    if target.uses_left <= 0:
        return "used_url"
    target.uses_left -= 1
    slack.answers.append(payload)
    try:
        answer(slack, target, payload)
    except Refusal as refusal:
        return str(refusal.answer["error"])
    return "ok"


def answer(slack: Workspace, target: ResponseUrl, payload: JsonObject) -> None:
    """Show the answer where the person acted: replacing, deleting, to them alone or to all."""
    block_kit.check_message(payload.get("blocks"))
    if len(str(payload.get("text") or "")) > TEXT_OF_A_POST:
        raise Refusal("msg_too_long")
    original = slack.state.message(target.channel, target.message_ts)
    if payload.get("delete_original") and original:
        slack.state.remove_message(original)
    elif payload.get("replace_original") and original:
        _replace(slack, original, payload)
    elif payload.get("text") or payload.get("blocks"):
        _post(slack, target, payload)


def tell(slack: Workspace, target: ResponseUrl, text: str) -> None:
    """Slack itself says something to the person who acted."""
    message = Message(slack.state.new_ts(), target.channel, "USLACKBOT", text)
    message.seen_by, message.thread_ts = target.person, target.thread_ts
    slack.state.add_message(message)


def _replace(slack: Workspace, original: Message, payload: JsonObject) -> None:
    before = slack.shapes.message(original)
    original.text = str(payload.get("text") or "")
    original.blocks = block_kit.with_ids(payload.get("blocks"), lambda: slack.state.new_id("b"))
    slack.state.touch()
    slack.events.changed(original, before)


def _post(slack: Workspace, target: ResponseUrl, payload: JsonObject) -> None:
    visible = payload.get("response_type") == "in_channel"
    message = Message(
        ts=slack.state.new_ts(),
        channel=target.channel,
        user=slack.app.bot_user_id,
        text=str(payload.get("text") or ""),
        blocks=block_kit.with_ids(payload.get("blocks"), lambda: slack.state.new_id("b")),
        thread_ts=str(payload.get("thread_ts") or target.thread_ts),
        bot_id=slack.app.bot_id,
        by_app=True,
        seen_by="" if visible else target.person,
    )
    slack.state.add_message(message)
    slack.events.posted(message)
