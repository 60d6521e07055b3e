"""Finds the stories that a channel was briefed on, and the timeline of each."""

import asyncio
from dataclasses import dataclass, replace

from bot.briefing.lines import Briefing
from bot.briefing.same_story import same_story, search_words
from bot.briefing.timeline import MOST_BRIEFINGS, CommitmentMark, Timeline, timeline
from bot.service.ports import Archive, Mention, Reminders, Search

MOST_STORIES = 5
_LOOKED_AT = 60


@dataclass(frozen=True)
class Stories:
    """Finds the stories that a channel was briefed on; in a direct message, those of the person."""

    archive: Archive
    search: Search
    reminders: Reminders

    async def of(self, mention: Mention) -> Timeline | None:
        """The story of the briefing that replied to ``mention``, as its person may see it; None if
        the briefing isn't stored or wasn't shown in the channel."""
        briefing = await self.archive.outcome(mention.key)
        if not isinstance(briefing, Briefing):
            return None
        words = await asyncio.to_thread(search_words, briefing.documents)
        here = replace(mention, key="")  # with the briefing itself
        told = await self.archive.told(here, words, MOST_BRIEFINGS + 1)
        ours = await asyncio.to_thread(same_story, briefing.documents, told, "")
        if mention.key not in {reply.key for reply, _ in ours}:
            return None
        marked = await self.reminders.marked(mention.team, mention.channel)
        marks = {
            each.id: CommitmentMark(each.mark, each.name, each.marked)
            for each in marked
            if each.mark and each.mark != "tomorrow" and each.name
        }
        is_cut = len(told) > MOST_BRIEFINGS
        return await asyncio.to_thread(timeline, ours[:MOST_BRIEFINGS], marks, is_cut=is_cut)

    async def with_words(self, place: Mention, words: str) -> list[tuple[str, Timeline]]:
        """The stories briefed in the channel of ``place`` that contain ``words``, the latest first,
        each with the key of one of its briefings; at most one more than `MOST_STORIES`."""
        found = await self.search.found(place.team, "", (place.channel,), words, _LOOKED_AT)
        stories, seen = list[tuple[str, Timeline]](), set[str]()
        for each in found:
            is_known = each.kind != "briefing" or each.key in seen
            mention = None if is_known else await self.archive.mention(each.key)
            story = await self.of(mention) if mention else None
            if story is not None:
                seen |= {reply.key for reply in story.replies}
                stories.append((each.key, story))
            if len(stories) > MOST_STORIES:
                break
        return stories
