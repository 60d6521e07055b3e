"""Which Web API methods are there, what scope does each need, and how often may it be called?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.local import (
    api_chat,
    api_conversations,
    api_files,
    api_stream,
    api_views,
    api_workspace,
)
from bot.local.calls import Call
from bot.local.rate_limits import TIER_2, TIER_3, TIER_4
from bot.local.state import JsonObject


@dataclass(frozen=True)
class Method:
    """``per_minute`` is the tier, 0 for Slack's special tiers, which are not limited here."""

    run: Callable[[Call], JsonObject]
    scope: str = ""
    per_minute: int = 0


METHODS: Mapping[str, Method] = {
    "agents.sessions.rename": Method(api_workspace.rename_session, "chat:write", TIER_3),
    "agents.sessions.setStatus": Method(api_workspace.set_session_status, "chat:write", TIER_3),
    "api.test": Method(api_workspace.test_api, "", TIER_4),
    "assistant.threads.setStatus": Method(api_workspace.set_status, "chat:write"),
    "assistant.threads.setSuggestedPrompts": Method(
        api_workspace.set_suggested_prompts, "assistant:write", TIER_4
    ),
    "assistant.threads.setTitle": Method(api_workspace.set_title, "assistant:write", TIER_4),
    "auth.test": Method(api_workspace.test_auth),
    "bots.info": Method(api_workspace.bot_info, "users:read", TIER_3),
    "chat.appendStream": Method(api_stream.append, "chat:write", TIER_4),
    "chat.delete": Method(api_chat.delete, "chat:write", TIER_3),
    "chat.getPermalink": Method(api_chat.get_permalink),
    "chat.postEphemeral": Method(api_chat.post_ephemeral, "chat:write", TIER_4),
    "chat.postMessage": Method(api_chat.post_message, "chat:write"),
    "chat.startStream": Method(api_stream.start, "chat:write", TIER_2),
    "chat.stopStream": Method(api_stream.stop, "chat:write", TIER_2),
    "chat.update": Method(api_chat.update, "chat:write", TIER_3),
    "conversations.history": Method(api_conversations.history, "", TIER_3),
    "conversations.info": Method(api_conversations.info, "", TIER_3),
    "conversations.list": Method(api_conversations.list_channels, "", TIER_2),
    "conversations.members": Method(api_conversations.members, "", TIER_4),
    "conversations.open": Method(api_conversations.open_direct, "", TIER_3),
    "conversations.replies": Method(api_conversations.replies, "", TIER_3),
    "files.completeUploadExternal": Method(api_files.complete_upload, "files:write", TIER_4),
    "files.getUploadURLExternal": Method(api_files.get_upload_address, "files:write", TIER_4),
    "files.info": Method(api_workspace.file_info, "files:read", TIER_4),
    "reactions.add": Method(api_workspace.add_reaction, "reactions:write", TIER_3),
    "reactions.remove": Method(api_workspace.remove_reaction, "reactions:write", TIER_2),
    "team.info": Method(api_workspace.team_info, "team:read", TIER_3),
    "users.conversations": Method(api_conversations.of_person, "", TIER_3),
    "users.info": Method(api_workspace.user_info, "users:read", TIER_4),
    "views.open": Method(api_views.open_modal, "", TIER_4),
    "views.publish": Method(api_views.publish, "", TIER_4),
    "views.push": Method(api_views.push, "", TIER_4),
    "views.update": Method(api_views.update, "", TIER_4),
}
