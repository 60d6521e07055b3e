"""Makes scheduled digests: finds those that are due, and writes each.

A digest that is due becomes a mention, named by its plan and its slot. From then on it is a job
like any other: made once, posted once, whatever is restarted.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial

from bot.briefing.catalogue import catalogue
from bot.briefing.digest import DatedCommitment, Digest, DigestHistory, without_text
from bot.briefing.documents import Document
from bot.briefing.lines import Briefing
from bot.briefing.requests import Source, WebPage, Wishes
from bot.service.briefing_service import BriefingService, Reading
from bot.service.digest import DigestService
from bot.service.digest_times import LATEST, at_slot, latest_slot, next_slot
from bot.service.errors import ModelFailure
from bot.service.ports import (
    Archive,
    Channels,
    DetachableReply,
    Digests,
    Feed,
    Feeds,
    Mention,
    Notice,
    PlannedDigest,
    Reader,
    SharedWork,
)
from bot.service.request_handler import is_reusable, maker_for, reuse_key
from bot.service.usage import ModelUsage

_LATE = "late"
"""The text of the mention for a slot that passed while Readout wasn't running."""
_NOT_MADE = (
    "The digest of {time} was not made, because Readout was not running then. The next one comes "
    "on {next}."
)
_FLEETING = "What I write in this channel is kept for only an hour, so I can’t post digests here."
_PAUSED = "This digest is paused; you can resume or delete it on my Home tab."
_FAULT = "The model could not be used because of an error on our side."
_READ_SECONDS = 600.0
"""A feed or an article read longer ago than this is read again."""
_DAY = 86_400.0
_DRAFT_SECONDS = 2 * _DAY
_LONGEST = 8 * _DAY


def _mention(digest: PlannedDigest, slot: float, *, is_late: bool) -> Mention:
    key = f"digest:{digest.id}:{slot:.0f}"
    return Mention(
        key,
        digest.team,
        digest.channel,
        key,
        f"{slot:.6f}",
        digest.person,
        "digest",
        text=_LATE if is_late else "",
        about=digest.id,
        direct=digest.channel.startswith("D"),
    )


@dataclass(frozen=True)
class DigestJobs:
    """Makes scheduled digests. ``refusal`` returns why the channel of a mention, as Slack
    describes it, may not get any more digests, or None."""

    digests: Digests
    archive: Archive
    feeds: Feeds
    shared: SharedWork
    briefing_service: BriefingService
    usage: ModelUsage
    channels: Channels
    refusal: Callable[[Mention], Awaitable[str | None]]

    async def due(self, now: float) -> AsyncIterator[Mention]:
        """Record and yield a mention for each digest due by ``now``. Of several missed slots only
        the last counts; if that was too long ago, the message only says that it was missed. Digests
        that a clock which was ahead has moved on too far come at their next slot."""
        while due := await self.digests.due(now):
            for digest in due:
                slot = latest_slot(digest.plan, digest.next, now)
                mention = _mention(digest, slot, is_late=now - slot > LATEST)
                await self.archive.record(mention)
                yield mention
                await self.digests.move_on(digest, next_slot(digest.plan, now))
        # No slot is more than a week away. What has been told by then is not told again: it is our
        # clock that is behind.
        for digest in await self.digests.due_after(now + _LONGEST):
            slot = next_slot(digest.plan, now)
            told = (await self.digests.told(digest.id)).at
            if told is None or told < slot or told > now + _LONGEST:
                await self.digests.move_on(digest, slot)

    async def write(self, mention: Mention, *, with_model: bool) -> None:
        """Make the digest and store it, with what it has told; for one that has been deleted or
        paused, store an empty reply."""
        planned = await self.digests.get(mention.about or "")
        slot = float(mention.message)
        is_late = mention.text == _LATE
        why = None if planned is None or is_late else await self._refusal(mention)
        if planned is not None and why:  # also if it was paused just before a crash
            await self.digests.pause(planned.id, None)
            await self.archive.keep_outcome(mention, Notice(f"{why} {_PAUSED}"))
        elif planned is None or planned.is_paused:
            await self.archive.keep_outcome(mention, Notice("", ended_by=mention.key))
        elif is_late:
            await self.archive.keep_outcome(mention, _not_made(planned, slot))
        else:
            with self.usage.recording(mention):
                before = await self.digests.told(planned.id)
                digest, told = await self._make(
                    mention, planned, before, slot, with_model=with_model
                )
            notice = Notice(_spoken(digest), digest=digest.without_texts)
            await self.digests.keep_told(mention, notice, before, told)

    async def _refusal(self, mention: Mention) -> str | None:
        settings = await self.channels.of(mention.team, mention.channel)
        return _FLEETING if settings.is_fleeting else await self.refusal(mention)

    async def _make(
        self,
        mention: Mention,
        planned: PlannedDigest,
        told: DigestHistory,
        slot: float,
        *,
        with_model: bool,
    ) -> tuple[Digest, DigestHistory]:
        service = self.briefing_service
        since = slot - _READ_SECONDS
        service = replace(service, reader=_SharedReader(service.reader, self.shared, since))
        why = await self.usage.refusal(mention) if with_model else ModelFailure(_FAULT)
        service = service.without_model(why)
        digest_service = DigestService(
            _SharedFeeds(self.feeds, self.shared),
            service,
            partial(self._brief_once, service, mention, slot),
        )
        at = at_slot(planned.plan, slot)
        made = await digest_service.digest(planned.plan.wishes, told, {}, at, DetachableReply())
        due = tuple(DatedCommitment(d.line, without_text(d.document)) for d in made.told.due)
        return made.digest, replace(made.told, due=due)

    async def _brief_once(
        self,
        service: BriefingService,
        mention: Mention,
        slot: float,
        reading: Reading,
        wishes: Wishes,
    ) -> Briefing:
        """The briefing of a story, made once for all digests that have the story. ``service`` makes
        it if nobody has yet."""
        brief = partial(service.brief, reading, wishes, DetachableReply())
        maker = maker_for(self.briefing_service, wishes)
        if maker is None:
            return await brief()

        async def make() -> tuple[Briefing, bool]:
            briefing = await brief()
            return briefing, is_reusable(briefing, maker)

        name = reuse_key(reading.documents, wishes, maker, mention, is_for_all=True)
        since = slot - _DRAFT_SECONDS
        if service.refusal is not None:
            return await self.shared.drafted(name, since) or await brief()
        return await self.shared.draft(name, since, make)


@dataclass(frozen=True)
class _SharedFeeds:
    """`Feeds` that read each feed once for all digests."""

    feeds: Feeds
    shared: SharedWork

    async def read(self, url: str, kept: Feed | None, now: float) -> Feed:
        async def read(before: Feed | None) -> Feed:
            return await self.feeds.read(url, before, now)

        return await self.shared.feed(url, now - _READ_SECONDS, read)


@dataclass(frozen=True)
class _SharedReader:
    """A `Reader` that reads each page once for all digests."""

    reader: Reader
    shared: SharedWork
    since: float

    async def read(self, source: Source, label: str) -> Document:
        if not isinstance(source, WebPage):
            return await self.reader.read(source, label)
        read = partial(self.reader.read, source, label)
        return replace(await self.shared.page(source, self.since, read), label=label)


def _not_made(planned: PlannedDigest, slot: float) -> Notice:
    missed, next_ = at_slot(planned.plan, slot), at_slot(planned.plan, planned.next)
    return Notice(_NOT_MADE.format(time=f"{missed:%H:%M}", next=f"{next_:%A, %H:%M}"))


def _spoken(digest: Digest) -> str:
    """The digest as a notification says it."""
    told = [story.headline.text for story in digest.stories]
    return " · ".join(told or digest.notes[:1] or [catalogue(digest.language).digest["nothing"]])
