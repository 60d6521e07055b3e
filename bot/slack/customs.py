"""Which settings apply in a channel and for a person, whatever is asked?"""

from dataclasses import replace

from bot.home import ChannelSettings, Defaults
from bot.ports import Mention

_OF_WHAT_WAS_ASKED = {"edit", "withdraw", "stop"}


class Customs:
    """The wishes of channels and people."""

    def __init__(self, defaults: Defaults) -> None:
        self._defaults = defaults

    async def applied(self, mention: Mention, settings: ChannelSettings) -> Mention:
        """``mention`` as channel and person like it: what is said counts most, then the channel,
        then the person. A thread keeps to the wishes of its latest briefing."""
        kept = replace(mention, fleeting=settings.is_fleeting)
        if not mention.sources:
            return kept
        own = await self._defaults.of(mention.team, mention.person)
        return replace(kept, wishes=mention.wishes.over(settings.wishes.over(own)))


def is_heard(mention: Mention, settings: ChannelSettings) -> bool:
    """Whether ``mention`` is heard in a channel with these ``settings`` at all."""
    is_spoken_to = mention.addressed or settings.follow_ups == "all"
    return is_spoken_to or mention.intent in _OF_WHAT_WAS_ASKED
