"""What holds in a channel and for a person, whatever is asked?"""

from dataclasses import replace

from bot.home import ChannelSettings, HomeMemory
from bot.ports import Mention

NOT_HERE = (
    "In this channel only some people may ask me: “/brief settings” says who. I answer you in a "
    "direct message."
)
_OWN_BUSINESS = {"edit", "withdraw", "stop"}


class Customs:
    """The settings of channels and the wishes of people."""

    def __init__(self, memory: HomeMemory) -> None:
        self._memory = memory

    async def of(self, mention: Mention) -> ChannelSettings:
        """The settings of the channel of ``mention``."""
        return await self._memory.channels.of(mention.team, mention.channel)

    async def applied(self, mention: Mention, settings: ChannelSettings) -> Mention:
        """``mention`` as channel and person like it: what is said counts most, then the channel,
        then the person. A thread keeps to the wishes of its latest briefing."""
        kept = replace(mention, fleeting=settings.is_fleeting)
        if not mention.sources:
            return kept
        own = await self._memory.defaults.of(mention.team, mention.person)
        return replace(kept, wishes=mention.wishes.over(settings.wishes.over(own)))


def is_heard(mention: Mention, settings: ChannelSettings) -> bool:
    """Whether ``mention`` is heard in a channel with these ``settings`` at all."""
    is_spoken_to = mention.addressed or settings.follow_ups == "all"
    return is_spoken_to or mention.intent in _OWN_BUSINESS


def may_ask(mention: Mention, settings: ChannelSettings) -> bool:
    """Whether its person may ask in a channel with these ``settings``."""
    is_allowed = not settings.people or mention.person in settings.people
    return is_allowed or mention.intent in _OWN_BUSINESS
