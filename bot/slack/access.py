"""Who may use Readout, where, and who may change how it works there?

Every way in asks here: mentions, direct messages, commands, the shortcut, follow-ups, buttons,
boxes and settings. What somebody asked for themselves they may always stop, delete or withdraw.
Direct messages are open to everybody.
"""

from dataclasses import replace

from slack_sdk.web.async_client import AsyncWebClient

from bot.briefing.lines import Answer, Briefing
from bot.errors import NO_ANSWER, SlackFailure
from bot.home import AccessRules, Channels, ChannelSettings
from bot.ports import Mention
from bot.slack.admins import Admins, is_creator
from bot.slack.durable import Durable

NOT_IN_THIS_CHANNEL = "I can’t be used in this channel; message me directly."
NOT_BY_YOU = "Only some people can use me here; message me directly."
NOT_YOUR_SETTINGS = (
    "Only the workspace’s admins and this channel’s creator can change how I work here."
)
_OWN_BUSINESS = {"withdraw", "stop"}


class Access:
    """Says why something is refused, in a sentence for who wants it, or None where it is not."""

    def __init__(self, rules: AccessRules, channels: Channels, admins: Admins) -> None:
        self._rules = rules
        self._channels = channels
        self._admins = admins

    async def settings(self, mention: Mention) -> ChannelSettings:
        """The settings of the channel of ``mention``."""
        return await self._channels.of(mention.team, mention.channel)

    def refusal_in(self, channel: str) -> str | None:
        """Why Readout is not used in ``channel`` at all."""
        listed = self._rules.channels
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
        if self._rules.settings_by == "everybody":
            refusal = _refusal_of(person, await self._channels.of(team, channel))
            if refusal is None:
                return None
        if await self._admins.has(person, team, client):
            return None
        try:
            return None if await is_creator(person, channel, client) else NOT_YOUR_SETTINGS
        except SlackFailure as failure:
            return failure.message if failure.code == NO_ANSWER else NOT_YOUR_SETTINGS


async def begin(
    mention: Mention, access: Access, durable: Durable, known: Briefing | Answer | None = None
) -> str | None:
    """Take ``mention``, which a button or a box makes, as `Durable.take` does; why not, where its
    person may not ask."""
    settings = await access.settings(mention)
    if refusal := access.refusal(mention, settings):
        return refusal
    is_fleeting = mention.fleeting or settings.is_fleeting
    await durable.take(replace(mention, fleeting=is_fleeting), known)
    return None


def _refusal_of(person: str, settings: ChannelSettings) -> str | None:
    return None if not settings.people or person in settings.people else NOT_BY_YOU


def _is_direct(channel: str) -> bool:
    return channel.startswith("D")
