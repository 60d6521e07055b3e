"""Who may use Readout, where, and who may change how it works there?"""

import asyncio
from dataclasses import dataclass, replace

from slack_sdk.web.async_client import AsyncWebClient

from bot.briefing.lines import Answer, Briefing
from bot.service.digest_times import zone_of as known_zone
from bot.service.errors import NO_ANSWER, SlackFailure
from bot.service.ports import AccessRules, Channels, ChannelSettings, Mention, Preferences
from bot.slack.client import attempted, slack_errors
from bot.slack.event_inbox import Intake
from bot.slack.payloads import JsonObject, Workspace

# Who is an admin of the workspace, who created a channel? Asked of Slack each time.
#
# The first needs the scope users:read; the second needs channels:read, or groups:read for private
# channels.
# https://docs.slack.dev/reference/methods/users.info
# https://docs.slack.dev/reference/methods/conversations.info


async def is_admin(person: str, team: str, client: AsyncWebClient) -> bool:
    """Whether ``person`` is an admin or an owner of ``team``; False as well where we may not ask,
    or Slack does not answer."""
    answer = await attempted(client.users_info(user=person))
    return answer is not None and _is_admin(answer["user"], team)


async def workspace_of(team: str | None, client: AsyncWebClient) -> Workspace:
    """The workspace ``team``, to which something was sent.

    Raises:
        SlackFailure: Slack does not say who we are.
    """
    with slack_errors():
        us = await client.auth_test()
    return Workspace(team or "", us["user_id"], us.get("url"))


async def info(channel: str, client: AsyncWebClient) -> JsonObject:
    """What Slack says about ``channel``; empty for direct messages.

    Raises:
        SlackFailure: we may not ask, or Slack does not answer.
    """
    if _is_direct(channel):
        return {}
    with slack_errors():
        found: JsonObject = (await client.conversations_info(channel=channel))["channel"]
    return found


def is_shared(found: JsonObject) -> bool:
    """Whether a channel of which Slack tells that is shared with other organisations, or about to
    be."""
    return bool(found.get("is_ext_shared") or found.get("is_pending_ext_shared"))


_SECONDS_TO_ASK = 2.0  # of the 3 that Slack allows until we answer
NOT_WHERE_SHARED = "I don’t post {what} in channels that are shared with other organisations."
_UNKNOWN = (
    "I can’t post {what} here, because Slack doesn’t tell me whether this channel is shared with "
    "other organisations. An admin can add the scopes channels:read and groups:read to the app, "
    "and /invite me."
)


async def refusal_if_shared(what: str, channel: str, client: AsyncWebClient) -> str | None:
    """Why ``what`` ("digests") can't be posted in ``channel``: other organisations may read it.
    None if it can."""
    try:
        with slack_errors():
            async with asyncio.timeout(_SECONDS_TO_ASK):
                is_refused = is_shared(await info(channel, client))
    except SlackFailure as failure:
        return failure.message if failure.code == NO_ANSWER else _UNKNOWN.format(what=what)
    return NOT_WHERE_SHARED.format(what=what) if is_refused else None


async def zone_of(person: str, client: AsyncWebClient) -> str:
    """The time zone of ``person``; UTC if Slack doesn't tell, or if it isn't a known one."""
    asked = asyncio.wait_for(client.users_info(user=person), _SECONDS_TO_ASK / 2)
    answer = await attempted(asked)
    return known_zone(str(answer["user"].get("tz"))).key if answer else "UTC"


def _is_admin(user: JsonObject, team: str) -> bool:
    """Whether it is an admin of this workspace, and not of one that shares a channel with it."""
    teams = (user.get("enterprise_user") or {}).get("teams") or ()
    is_ours = user.get("team_id") == team or team in teams
    return is_ours and bool(user.get("is_admin") or user.get("is_owner"))


# Every way in asks here: mentions, direct messages, commands, the shortcut, follow-ups, buttons,
# modals and settings. What somebody asked for themselves they may always stop, delete or withdraw.
# Direct messages are open to everybody.

NOT_IN_THIS_CHANNEL = "I can’t be used in this channel; message me directly."
NOT_BY_YOU = "Only some people can use me here; message me directly."
NOT_YOUR_SETTINGS = (
    "Only the workspace’s admins and this channel’s creator can change how I work here."
)
_OWN_BUSINESS = {"withdraw", "stop"}


@dataclass(frozen=True)
class Access:
    """Says why something is refused, in a sentence for who wants it, or None where it is not."""

    rules: AccessRules
    channels: Channels

    async def settings(self, mention: Mention) -> ChannelSettings:
        """The settings of the channel of ``mention``."""
        return await self.channels.of(mention.team, mention.channel)

    def refusal_in(self, channel: str) -> str | None:
        """Why Readout is not used in ``channel`` at all."""
        listed = self.rules.channels
        is_open = not listed or channel in listed or _is_direct(channel)
        return None if is_open else NOT_IN_THIS_CHANNEL

    def refusal(self, mention: Mention, settings: ChannelSettings) -> str | None:
        """Why the person of ``mention`` may not ask in a channel with these ``settings``."""
        if mention.intent in _OWN_BUSINESS or _is_direct(mention.channel):
            return None
        return self.refusal_in(mention.channel) or _refusal_of(mention.person, settings)

    async def refusal_of(self, mention: Mention) -> str | None:
        """The same, by the settings of its channel."""
        return self.refusal(mention, await self.settings(mention))

    async def refusal_to_change(
        self, team: str, channel: str, person: str, client: AsyncWebClient
    ) -> str | None:
        """Why ``person`` may not change the settings of ``channel``."""
        if (refusal := self.refusal_in(channel)) or _is_direct(channel):
            return refusal
        if self.rules.settings_by == "everybody":
            refusal = _refusal_of(person, await self.channels.of(team, channel))
            if refusal is None:
                return None
        try:
            with slack_errors():
                async with asyncio.timeout(_SECONDS_TO_ASK):
                    is_theirs = await is_admin(person, team, client)
                    if not is_theirs:
                        is_theirs = (await info(channel, client)).get("creator") == person
        except SlackFailure as failure:
            return failure.message if failure.code == NO_ANSWER else NOT_YOUR_SETTINGS
        return None if is_theirs else NOT_YOUR_SETTINGS


async def begin(
    mention: Mention, access: Access, intake: Intake, known: Briefing | Answer | None = None
) -> str | None:
    """Take ``mention``, made by a button or a modal, as `Intake.take` does. Returns a refusal if
    its person may not ask."""
    settings = await access.settings(mention)
    if refusal := access.refusal(mention, settings):
        return refusal
    is_fleeting = mention.fleeting or settings.is_fleeting
    await intake.take(replace(mention, fleeting=is_fleeting), known)
    return None


def _refusal_of(person: str, settings: ChannelSettings) -> str | None:
    return None if not settings.people or person in settings.people else NOT_BY_YOU


def _is_direct(channel: str) -> bool:
    return channel.startswith("D")


_OF_WHAT_WAS_ASKED = {"edit", "withdraw", "stop"}


async def as_liked(
    mention: Mention, settings: ChannelSettings, preferences: Preferences
) -> Mention:
    """``mention`` as channel and person like it: what is said counts most, then the channel, then
    the person. A thread keeps to the wishes of its latest briefing."""
    kept = replace(mention, fleeting=settings.is_fleeting)
    if not mention.sources:
        return kept
    own = await preferences.of(mention.team, mention.person)
    return replace(kept, wishes=mention.wishes.override(settings.wishes.override(own)))


def is_heard(mention: Mention, settings: ChannelSettings) -> bool:
    """Whether ``mention`` is heard in a channel with these ``settings`` at all."""
    is_spoken_to = mention.addressed or settings.follow_ups == "all"
    return is_spoken_to or mention.intent in _OF_WHAT_WAS_ASKED
