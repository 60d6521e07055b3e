"""Who may use Readout, where, and who may change how it works there?"""

import asyncio
from dataclasses import dataclass, replace

from slack_sdk.web.async_client import AsyncWebClient

from bot.service.digest_times import zone_of as known_zone
from bot.service.errors import SlackFailure
from bot.service.ports import AccessRules, Channels, ChannelSettings, Mention, Preferences
from bot.slack.client import WORKSPACE_REFUSALS, is_place_closed, slack_errors, try_call
from bot.slack.payloads import JsonObject, Workspace

# Slack is asked each time who is an admin of the workspace (scope users:read) and who created a
# channel (channels:read, or groups:read for private channels).
# https://docs.slack.dev/reference/methods/users.info
# https://docs.slack.dev/reference/methods/conversations.info


async def is_admin(person: str, team: str, client: AsyncWebClient) -> bool:
    """Whether ``person`` is an admin or an owner of ``team``; False if we aren't allowed to ask or
    Slack does not answer."""
    answer = await try_call(client.users_info(user=person))
    return answer is not None and _is_admin(answer["user"], team)


async def workspace_of(team: str | None, client: AsyncWebClient) -> Workspace:
    """The workspace ``team``, with our user and its web address.

    Raises:
        SlackFailure: Slack does not say who we are.
    """
    with slack_errors():
        us = await client.auth_test()
    return Workspace(team or "", us["user_id"], us.get("url"))


async def channel_info(channel: str, client: AsyncWebClient) -> JsonObject:
    """Slack's channel object for ``channel``; empty for direct messages.

    Raises:
        SlackFailure: we aren't allowed to ask, or Slack does not answer.
    """
    if _is_direct(channel):
        return {}
    with slack_errors():
        found: JsonObject = (await client.conversations_info(channel=channel))["channel"]
    return found


async def visible_channel(channel: str, client: AsyncWebClient) -> JsonObject:
    """As `channel_info`; empty if we aren't allowed to ask. A channel that is closed to us is one
    that we aren't in.

    Raises:
        SlackFailure: Slack doesn't say; unless it rejects our token, another try may succeed.
    """
    try:
        return await channel_info(channel, client)
    except SlackFailure as failure:
        if is_place_closed(failure):
            return {"is_member": False}
        if failure.code in WORKSPACE_REFUSALS:
            return {}
        raise


def is_shared(channel: JsonObject) -> bool:
    """Whether a channel, as Slack describes it, is or will be shared with other organisations."""
    return bool(channel.get("is_ext_shared") or channel.get("is_pending_ext_shared"))


def is_closed(channel: JsonObject) -> bool:
    """Whether we aren't in a channel, as Slack describes it, and so can't post there."""
    return channel.get("is_member") is False


_LOOKUP_SECONDS = 2.0  # of the 3 that Slack allows until we answer
NOT_IN_SHARED_CHANNELS = "I don’t post {what} in channels that are shared with other organisations."
_NOT_A_MEMBER = "I can only post {what} in channels that I’m in. Use /invite there to add me."
_UNKNOWN = (
    "I can’t post {what} here, because Slack doesn’t tell me whether this channel is shared with "
    "other organisations. An admin can add the scopes channels:read and groups:read to the app, "
    "and /invite me."
)


async def refusal_to_post(what: str, channel: str, client: AsyncWebClient) -> str | None:
    """Why ``what`` ("digests") can't be posted in ``channel``: other organisations may read it, or
    we aren't in it. None if it can be."""
    try:
        with slack_errors():
            async with asyncio.timeout(_LOOKUP_SECONDS):
                found = await channel_info(channel, client)
    except SlackFailure as failure:
        return failure.message if failure.is_transient else _UNKNOWN.format(what=what)
    if is_shared(found):
        return NOT_IN_SHARED_CHANNELS.format(what=what)
    return _NOT_A_MEMBER.format(what=what) if is_closed(found) else None


async def zone_of(person: str, client: AsyncWebClient) -> str:
    """The time zone of ``person``; UTC if Slack doesn't say, or if it isn't a known one."""
    call = asyncio.wait_for(client.users_info(user=person), _LOOKUP_SECONDS / 2)
    answer = await try_call(call)
    return known_zone(str(answer["user"].get("tz"))).key if answer else "UTC"


def _is_admin(user: JsonObject, team: str) -> bool:
    """Whether ``user`` is an admin of this workspace, and not of one that shares a channel."""
    teams = (user.get("enterprise_user") or {}).get("teams") or ()
    is_ours = user.get("team_id") == team or team in teams
    return is_ours and bool(user.get("is_admin") or user.get("is_owner"))


# Everything that people do is checked here: mentions, direct messages, commands, the shortcut,
# follow-ups, buttons, modals and settings. People may always stop, delete or withdraw their own
# requests. Direct messages are open to everybody.

NOT_IN_THIS_CHANNEL = "I can’t be used in this channel; message me directly."
NOT_BY_YOU = "Only some people can use me here; message me directly."
NOT_YOUR_SETTINGS = (
    "Only the workspace’s admins and this channel’s creator can change how I work here."
)
_ALWAYS_ALLOWED = {"withdraw", "stop"}


@dataclass(frozen=True)
class Access:
    """Decides who may do what. Methods return a sentence for the person who is refused, or None."""

    rules: AccessRules
    channels: Channels

    async def settings(self, mention: Mention) -> ChannelSettings:
        return await self.channels.of(mention.team, mention.channel)

    def refusal_in(self, channel: str) -> str | None:
        """Why nobody may use Readout in ``channel``; None if it may be used there."""
        listed = self.rules.channels
        is_open = not listed or channel in listed or _is_direct(channel)
        return None if is_open else NOT_IN_THIS_CHANNEL

    def refusal(self, mention: Mention, settings: ChannelSettings) -> str | None:
        """Why the person of ``mention`` may not ask in a channel with these ``settings``; None if
        they may."""
        if mention.intent in _ALWAYS_ALLOWED or _is_direct(mention.channel):
            return None
        return self.refusal_in(mention.channel) or _refusal_of(mention.person, settings)

    async def refusal_of(self, mention: Mention) -> str | None:
        """As `refusal`, with the settings of the mention's channel."""
        return self.refusal(mention, await self.settings(mention))

    async def refusal_to_change(
        self, team: str, channel: str, person: str, client: AsyncWebClient
    ) -> str | None:
        """Why ``person`` may not change the settings of ``channel``; None if they may."""
        if (refusal := self.refusal_in(channel)) or _is_direct(channel):
            return refusal
        if self.rules.settings_by == "everybody":
            refusal = _refusal_of(person, await self.channels.of(team, channel))
            if refusal is None:
                return None
        try:
            with slack_errors():
                async with asyncio.timeout(_LOOKUP_SECONDS):
                    is_theirs = await is_admin(person, team, client)
                    if not is_theirs:
                        is_theirs = (await channel_info(channel, client)).get("creator") == person
        except SlackFailure as failure:
            return failure.message if failure.is_transient else NOT_YOUR_SETTINGS
        return None if is_theirs else NOT_YOUR_SETTINGS


def _refusal_of(person: str, settings: ChannelSettings) -> str | None:
    return None if not settings.people or person in settings.people else NOT_BY_YOU


def _is_direct(channel: str) -> bool:
    return channel.startswith("D")


_ALWAYS_HEARD = {"edit", "withdraw", "stop"}


async def with_preferences(
    mention: Mention, settings: ChannelSettings, preferences: Preferences
) -> Mention:
    """``mention`` with the preferences of its channel and its person: wishes in the request count
    most, then the channel's, then the person's. A thread keeps the wishes of its latest briefing.
    """
    kept = replace(mention, fleeting=settings.is_fleeting)
    if not mention.sources:
        return kept
    own = await preferences.of(mention.team, mention.person)
    return replace(kept, wishes=mention.wishes.override(settings.wishes.override(own)))


def is_heard(mention: Mention, settings: ChannelSettings) -> bool:
    """Whether ``mention`` is responded to in a channel with these ``settings``."""
    is_addressed = mention.addressed or settings.follow_ups == "all"
    return is_addressed or mention.intent in _ALWAYS_HEARD
