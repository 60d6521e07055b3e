"""What do we have to do if a message was edited or deleted?

Slack also reports an edit when it only adds a preview, and reports the deletion of a message with
replies as an edit that leaves a tombstone. Only what the message asked us to do counts.
https://docs.slack.dev/reference/events/message/message_changed
https://docs.slack.dev/reference/events/message/message_deleted
"""

from dataclasses import replace

from bot.ports import Intent, Mention
from bot.slack.mentions import again, from_event, message_key
from bot.slack.payloads import JsonObject
from bot.slack.permalinks import Workspace


def from_change(event: JsonObject, workspace: Workspace) -> Mention | None:
    """To withdraw what a message gave rise to that is gone, or to offer the new request that an
    edited one is; None for all else. Whether it ever asked for anything is for the caller to look
    up."""
    if event.get("type") != "message" or (event.get("previous_message") or {}).get("bot_id"):
        return None
    match event.get("subtype"), (event.get("message") or {}).get("subtype"):
        case ("message_deleted", _) | ("message_changed", "tombstone"):
            return _withdrawal(event, workspace)
        case "message_changed", _:
            return _edit(event, workspace)
    return None


def anew(mention: Mention, message: str, user: JsonObject) -> Mention:
    """The new request that an edit offers, as the button on ``message`` asks."""
    intent: Intent = "follow_up" if not mention.sources else "ask" if mention.question else "brief"
    return replace(again(mention, "anew", message, user), intent=intent)


def _withdrawal(event: JsonObject, workspace: Workspace) -> Mention:
    before = event.get("previous_message") or {}
    channel, ts = event["channel"], event.get("deleted_ts") or event["message"]["ts"]
    return Mention(
        key=f"gone:{workspace.team}:{channel}:{ts}",
        team=workspace.team,
        channel=channel,
        thread=before.get("thread_ts") or ts,
        message=ts,
        person=before.get("user") or "",
        intent="withdraw",
    )


def _edit(event: JsonObject, workspace: Workspace) -> Mention | None:
    place = {"type": "message", "channel": event["channel"]}
    place["channel_type"] = event.get("channel_type")
    now, before = (
        from_event({**event[name], **place}, workspace) for name in ("message", "previous_message")
    )
    if now is None or now == before or now.intent not in {"brief", "ask", "follow_up"}:
        return None
    key = message_key(now.team, now.channel, now.message)
    edited = event["message"].get("edited") or {}
    return replace(
        now, key=f"{key}:edit:{edited.get('ts') or event['event_ts']}", intent="edit", about=key
    )
