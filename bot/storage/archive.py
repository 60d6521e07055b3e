"""Stores mentions, what was read for them and their replies, until they expire or are deleted."""

import asyncio
import json
import time
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Update,
    and_,
    bindparam,
    delete,
    exists,
    false,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.briefing.changes import EarlierBriefing, forget_reply
from bot.briefing.documents import Document
from bot.briefing.due import current_commitment
from bot.briefing.lines import Briefing, Unread
from bot.service.ports import (
    HIDDEN,
    LONGEST_AWAITED,
    ROOT,
    SHARED,
    SIGN,
    SOURCE_DELETED,
    STREAM,
    Intended,
    Mention,
    Notice,
    Outcome,
    Posting,
    Reminder,
    StreamPlaces,
    ThreadMemory,
    is_awaited,
)
from bot.storage import codec
from bot.storage.budgets import delete_idle_budgets
from bot.storage.conversation import (
    ThreadPlace,
    is_in_thread,
    load_thread_memory,
    select_mentions,
    select_versions,
)
from bot.storage.database import snapshot, statement, transaction
from bot.storage.documents import (
    delete_unused,
    document_ids,
    is_any_deleted,
    load_documents,
    mentions_resting_on,
    store_documents,
)
from bot.storage.reminders import clear_reminders, rewrite_reminders
from bot.storage.retention import FLEETING_SECONDS, Retention, extended_expiry, is_kept
from bot.storage.search import find_earlier_briefings, index_reply, overwrite_deleted
from bot.storage.tables import (
    defaults,
    digests,
    documents,
    feedback,
    findings,
    mentions,
    outcome_documents,
    outcomes,
    postings,
    reading_documents,
    readings,
    reminders,
    shared_work,
    threads,
)
from bot.storage.usage import delete_expired_usage, remove_names


async def select_outcome(connection: AsyncConnection, key: str) -> Outcome | None:
    """The reply to a mention, its documents included."""
    return (await _select_outcomes(connection, [key])).get(key)


async def _select_outcomes(
    connection: AsyncConnection, keys: Collection[str]
) -> dict[str, Outcome]:
    """The replies to mentions by their keys, their documents included."""
    rows = select(outcomes.c.key, outcomes.c.kind, outcomes.c.content)
    found = (await connection.execute(rows.where(outcomes.c.key.in_(keys)))).all()
    carried = await load_documents(connection, outcome_documents, [row.key for row in found])
    return {row.key: codec.load_outcome(row.kind, row.content, carried[row.key]) for row in found}


async def store_outcome(
    connection: AsyncConnection, mention: Mention, outcome: Outcome, retention: Retention
) -> None:
    """Store ``outcome`` as the reply to ``mention``, in place of an earlier one."""
    kind, content = codec.dump_outcome(outcome)
    made_from = outcome.made_from if isinstance(outcome, Briefing) else None
    row = {"key": mention.key, "kind": kind, "content": content, "made_from": made_from}
    await connection.execute(delete(outcomes).where(outcomes.c.key == mention.key))
    await connection.execute(insert(outcomes), {**row, **retention.owner_columns(mention)})
    carried = codec.outcome_documents(outcome)
    await store_documents(connection, outcome_documents, mention, carried, retention)
    await index_reply(connection, mention, outcome, retention)


def _asked_at(mention: Mention, recorded: float) -> float:
    """When it was asked, in seconds since 1970; only messages have a timestamp from Slack."""
    return float(mention.message) if mention.is_a_message else recorded


# An arbitrary number for the places for streams among the advisory locks of a database.
_STREAMS = 0x52454153
ANY_PART = -1_000
"""Marks a mention in a backup: any part of its reply may have been posted since it was made."""


class DatabasePostings:
    """The postings (`ports.Postings`) in the database."""

    def __init__(self, engine: AsyncEngine, retention: Retention) -> None:
        self._engine = engine
        self._retention = retention

    async def intend(self, mention: Mention, part: int, channel: str) -> Intended:
        async with transaction(self._engine) as connection:
            return await self._intend(connection, mention, part, channel)

    async def intend_stream(self, mention: Mention, places: StreamPlaces) -> bool:
        async with transaction(self._engine) as connection:
            if connection.dialect.name != "sqlite":  # there one writes at a time
                turn = func.pg_advisory_xact_lock(_STREAMS, func.hashtext(mention.team))
                await connection.execute(select(turn))
            taken = await connection.scalar(
                _count_streams(mention.team, places, self._retention.clock())
            )
            if (taken or 0) >= places.many:
                return False
            return await self._intend(connection, mention, STREAM, mention.channel) == "new"

    async def _intend(
        self, connection: AsyncConnection, mention: Mention, part: int, channel: str
    ) -> Intended:
        found = (await connection.execute(_select_parts(mention, part))).all()
        if not found or any(each.part == HIDDEN for each in found):
            return "deleted"
        if earlier := next((each for each in found if each.part == part), None):
            return Posting(*earlier)
        row = {"key": mention.key, "part": part, "place": channel}
        owned = self._retention.owner_columns(mention)
        await connection.execute(insert(postings), {**row, **owned})
        if any(each.part == ANY_PART for each in found):
            return Posting(mention.key, part, channel, None)
        return "late" if part > SIGN and self._may_be_forgotten(mention) else "new"

    def _may_be_forgotten(self, mention: Mention) -> bool:
        """Whether it is so old that it may have been answered, and forgotten since. Channels may
        keep things for just an hour."""
        now = self._retention.clock()
        return now - _asked_at(mention, now) > FLEETING_SECONDS

    async def posted(self, mention: Mention, part: int, ts: str) -> bool:
        row = update(postings).where(postings.c.key == mention.key, postings.c.part == part)
        async with statement(self._engine) as connection:
            return (await connection.execute(row.values(ts=ts))).rowcount > 0

    async def of(self, key: str) -> tuple[Posting, ...]:
        rows = _ROWS.where(postings.c.key == key, postings.c.part != ANY_PART)
        async with snapshot(self._engine) as connection:
            parts = await connection.execute(rows.order_by(postings.c.part))
            return tuple(Posting(*row) for row in parts)

    async def take_over(self, mention: Mention) -> bool:
        async with transaction(self._engine) as connection:
            if not await is_kept(connection, mention):
                return False
            others = [each.key for each in await select_versions(connection, mention)]
            others = [key for key in others if key != mention.key]
            of_others = postings.c.key.in_(others)
            showing = select(postings.c.key).where(of_others, postings.c.part > SIGN).distinct()
            for other in (await connection.scalars(showing)).all():
                await self._hand_over(connection, other, mention)
            own = (postings.c.key == mention.key, postings.c.part > SIGN)
            return await connection.scalar(select(postings.c.key).where(*own).limit(1)) is not None

    async def _hand_over(self, connection: AsyncConnection, other: str, mention: Mention) -> None:
        # A first sign or a stream of the other became its first message long ago.
        of_other, of_own = postings.c.key == other, postings.c.key == mention.key
        stands = or_(postings.c.part > SIGN, postings.c.part == ROOT)
        is_past = postings.c.part.in_([SIGN, STREAM])
        await connection.execute(delete(postings).where(of_other, is_past))
        await connection.execute(delete(postings).where(of_own, postings.c.part == HIDDEN))
        await connection.execute(update(postings).where(of_other, stands).values(key=mention.key))
        await hide(connection, replace(mention, key=other), self._retention)


async def hide(connection: AsyncConnection, mention: Mention, retention: Retention) -> None:
    """Mark the reply to ``mention`` as hidden, since another version is shown."""
    row = {"key": mention.key, "part": HIDDEN, "place": mention.channel, "ts": ""}
    await connection.execute(insert(postings), {**row, **retention.owner_columns(mention)})


def _count_streams(team: str, places: StreamPlaces, now: float) -> Select[int]:
    """Counts the places that a team uses; a stream is stopped once its reply is stored."""
    began = now - places.lifetime - places.between
    is_held = or_(outcomes.c.key.is_(None), outcomes.c.created > now - places.between)
    return (
        select(func.count())
        .select_from(postings)
        .outerjoin(outcomes, outcomes.c.key == postings.c.key)
        .where(postings.c.team == team, postings.c.part == STREAM, postings.c.created > began)
        .where(or_(postings.c.ts.is_(None), postings.c.ts != ""), is_held)
    )


def _select_parts(mention: Mention, part: int) -> Select[Any]:
    """The postings with that part, `HIDDEN` or `ANY_PART`; one row without a part if there are
    none, and no row if the mention was deleted. Like `is_kept`, it makes a Delete wait."""
    parts = and_(postings.c.key == mentions.c.key, postings.c.part.in_([part, HIDDEN, ANY_PART]))
    columns = (mentions.c.key, postings.c.part, postings.c.place, postings.c.ts)
    kept = select(*columns).outerjoin(postings, parts).where(mentions.c.key == mention.key)
    return kept.with_for_update(of=mentions)


_ROWS = select(postings.c.key, postings.c.part, postings.c.place, postings.c.ts)


_PURGED_AT_ONCE = 10
"""Takes some milliseconds, for which all other writers wait."""
_PAUSE = 0.02
"""The seconds between the deletion of two requests: long enough for others who want to write."""
_SECONDS_TO_BEGIN = 60.0
"""Twice as long as a call to Slack takes at most."""
_SECONDS_SHARED = 8 * 86_400.0
"""How long work shared by digests is kept. A claim that is as old is a dead worker's."""
_SECONDS_OF_WITHDRAWALS = 2 * 86_400.0
"""No job that withdraws a request tries for so long."""
_SECONDS_BETWEEN_OVERWRITES = 3_600.0
"""An overwrite takes a second for ten thousand replies."""


class DatabaseArchive:
    """The archive (`ports.Archive`) in the database."""

    def __init__(self, engine: AsyncEngine, retention: Retention) -> None:
        self._engine = engine
        self._retention = retention
        self._overwrite_at = 0.0

    async def record(self, mention: Mention) -> bool:
        row = {
            "key": mention.key,
            "thread": mention.thread,
            "content": codec.to_json(codec.mentions, mention),
        }
        owned = self._retention.owner_columns(mention)
        opens_thread = mention.thread == mention.message
        begin = statement if opens_thread else transaction
        try:
            async with begin(self._engine) as connection:
                await connection.execute(insert(mentions), {**row, **owned})
                if not opens_thread:  # a muted thread stays muted as long as people write in it
                    extended = _update_thread(mention).values(
                        expires=extended_expiry(threads.c.expires, owned)
                    )
                    await connection.execute(extended)
        except IntegrityError:
            return False
        return True

    async def mention(self, key: str) -> Mention | None:
        alive = mentions.c.expires > self._retention.clock()
        row = select(mentions.c.content).where(mentions.c.key == key, alive)
        async with snapshot(self._engine) as connection:
            content = await connection.scalar(row)
        return None if content is None else codec.mentions.validate_json(content)

    async def move(self, mention: Mention) -> None:
        content = codec.to_json(codec.mentions, mention)
        row = update(mentions).where(mentions.c.key == mention.key)
        async with transaction(self._engine) as connection:
            await connection.execute(row.values(thread=mention.thread, content=content))

    async def streams_left(self) -> tuple[Mention, ...]:
        long_ago = self._retention.clock() - _SECONDS_TO_BEGIN
        rows = (
            select(mentions.c.content)
            .join(postings, postings.c.key == mentions.c.key)
            .join(outcomes, outcomes.c.key == mentions.c.key)
            .where(
                postings.c.part == STREAM,
                postings.c.ts.is_(None),
                postings.c.created < long_ago,
                outcomes.c.created < long_ago,
            )
        )
        async with snapshot(self._engine) as connection:
            return await select_mentions(connection, rows)

    async def expired_at_work(self) -> tuple[Mention, ...]:
        expired = mentions.c.expires <= self._retention.clock()
        rows = select(mentions.c.content).where(expired, exists(_SIGNS), ~exists(_STANDS))
        async with snapshot(self._engine) as connection:
            return await select_mentions(connection, rows)

    async def unanswered(self) -> tuple[Mention, ...]:
        alive = mentions.c.expires > self._retention.clock()
        is_unshown = and_(exists(_ROOT), ~exists(_SHOWN))
        is_open = or_(~exists(_REPLY), is_unshown, self._is_recent_withdrawal())
        rows = select(mentions.c.content).where(alive, is_open)
        async with snapshot(self._engine) as connection:
            return await select_mentions(connection, rows.order_by(mentions.c.created))

    async def thread(
        self, team: str, channel: str, thread: str, before: str = ""
    ) -> ThreadMemory | None:
        place, now = ThreadPlace(team, channel, thread), self._retention.clock()
        async with snapshot(self._engine) as connection:
            return await load_thread_memory(connection, place, now, before)

    async def answered_directly(self, person: str, ts: str) -> Mention | None:
        row = select(postings.c.key).filter_by(place=person, ts=ts)
        async with snapshot(self._engine) as connection:
            key = await connection.scalar(row)
        return await self.mention(key) if key else None

    async def mute(self, mention: Mention, muted: bool) -> None:
        owned = self._retention.owner_columns(mention)
        values = {
            "muted": muted,
            "person": mention.person,
            "expires": extended_expiry(threads.c.expires, owned),
        }
        async with transaction(self._engine) as connection:
            if not await is_kept(connection, mention):
                return
            if (await connection.execute(_update_thread(mention).values(values))).rowcount == 0:
                row = {"thread": mention.thread, "muted": muted, **owned}
                await connection.execute(insert(threads), row)

    async def keep_reading(
        self, mention: Mention, documents: tuple[Document, ...], unread: tuple[Unread, ...]
    ) -> None:
        row = {"key": mention.key, "unread": codec.to_json(codec.unread, unread)}
        owned = self._retention.owner_columns(mention)
        async with transaction(self._engine) as connection:
            if await is_kept(connection, mention):
                before = await document_ids(connection, [mention.key])
                await connection.execute(delete(readings).where(readings.c.key == mention.key))
                await connection.execute(insert(readings), {**row, **owned})
                await store_documents(
                    connection, reading_documents, mention, documents, self._retention
                )
                await delete_unused(connection, before)

    async def reading(self, key: str) -> tuple[tuple[Document, ...], tuple[Unread, ...]] | None:
        row = select(readings.c.unread).where(readings.c.key == key)
        async with snapshot(self._engine) as connection:
            unread = await connection.scalar(row)
            found = await load_documents(connection, reading_documents, [key])
        return None if unread is None else (found[key], codec.unread.validate_json(unread))

    async def keep_outcome(self, mention: Mention, outcome: Outcome) -> Outcome | None:
        async with transaction(self._engine) as connection:
            if not await is_kept(connection, mention):
                return None
            if (kept := await select_outcome(connection, mention.key)) is not None:
                return kept
            # A Delete also locks the mention before its documents: another order could deadlock.
            outcome = await _without_deleted(connection, outcome)
            if await is_any_deleted(connection, mention, codec.outcome_documents(outcome)):
                outcome = SOURCE_DELETED
            await store_outcome(connection, mention, outcome, self._retention)
            if mention.version_of is not None:
                await hide(connection, mention, self._retention)
        return outcome

    async def supersede(self, mention: Mention, earlier: Outcome, later: Outcome) -> bool:
        async with transaction(self._engine) as connection:
            if not await is_kept(connection, mention):
                return False
            later = await _without_deleted(connection, later)
            before = await document_ids(connection, [mention.key])
            brought_ids = select(documents.c.id).where(documents.c.id.in_(before))
            # A Delete of one of these waits for this transaction, or has emptied the reply already.
            await connection.execute(brought_ids.order_by(documents.c.id).with_for_update())
            if await select_outcome(connection, mention.key) != earlier:
                return False
            await store_outcome(connection, mention, later, self._retention)
            await delete_unused(connection, before)
        return True

    async def versions(self, mention: Mention) -> tuple[Mention, ...]:
        async with snapshot(self._engine) as connection:
            return await select_versions(connection, mention)

    async def outcome(self, key: str) -> Outcome | None:
        async with snapshot(self._engine) as connection:
            return await select_outcome(connection, key)

    async def next_in_thread(self, team: str, channel: str, thread: str) -> Mention | None:
        waiting = await self._taking_turns(ThreadPlace(team, channel, thread), ~exists(_REPLY))
        return waiting[0] if waiting else None

    async def before_in_thread(self, mention: Mention) -> str | None:
        place = ThreadPlace(mention.team, mention.channel, mention.thread)
        keys = [each.key for each in await self._taking_turns(place)]
        before = keys[: keys.index(mention.key)] if mention.key in keys else []
        return before[-1] if before else None

    async def _taking_turns(
        self, place: ThreadPlace, *conditions: ColumnElement[bool]
    ) -> list[Mention]:
        """The mentions in a thread, in the order in which they were made, except those that
        don't wait their turn."""
        alive = is_in_thread(place, self._retention.clock())
        rows = select(mentions.c.content, mentions.c.created).where(alive, *conditions)
        async with snapshot(self._engine) as connection:
            found = [
                (codec.mentions.validate_json(content), created)
                for content, created in await connection.execute(rows)
            ]
        taking_turns = [each for each in found if not each[0].is_about_others]
        taking_turns.sort(key=lambda each: (_asked_at(*each), each[0].key))
        return [mention for mention, _ in taking_turns]

    async def waiting_before(self, mention: Mention) -> int:
        recorded = select(mentions.c.created).where(mentions.c.key == mention.key)
        before = (
            select(func.count())
            .select_from(mentions)
            .where(
                mentions.c.team == mention.team,
                mentions.c.person == mention.person,
                mentions.c.created < recorded.scalar_subquery(),
                ~exists(_REPLY),
            )
        )
        async with snapshot(self._engine) as connection:
            return await connection.scalar(before) or 0

    async def answered_at(self, key: str) -> float | None:
        row = select(outcomes.c.created).where(outcomes.c.key == key)
        async with snapshot(self._engine) as connection:
            return await connection.scalar(row)

    async def wanted(self, keys: Collection[str]) -> frozenset[str]:
        async with snapshot(self._engine) as connection:
            return frozenset(await connection.scalars(_WANTED, {"keys": list(keys)}))

    async def unfinished(self, team: str, channel: str, person: str) -> tuple[Mention, ...]:
        now = self._retention.clock()
        rows = (
            select(mentions.c.content, outcomes.c.kind, outcomes.c.content)
            .outerjoin(outcomes, outcomes.c.key == mentions.c.key)
            .where(
                mentions.c.team == team,
                mentions.c.channel == channel,
                mentions.c.person == person,
                mentions.c.expires > now,
                or_(outcomes.c.key.is_(None), outcomes.c.created > now - LONGEST_AWAITED),
            )
            .order_by(mentions.c.created, mentions.c.key)
        )
        async with snapshot(self._engine) as connection:
            found = (await connection.execute(rows)).all()
        return tuple(
            codec.mentions.validate_json(mention)
            for mention, kind, content in found
            if kind is None or is_awaited(codec.load_outcome(kind, content, ()))
        )

    async def arisen_from(
        self, team: str, channel: str, thread: str, message: str
    ) -> tuple[Mention, ...]:
        place = {"team": team, "channel": channel, "thread": thread}
        quoted = (
            select(documents.c.key, outcome_documents.c.key)
            .join(outcome_documents, outcome_documents.c.document == documents.c.id)
            .where(documents.c.key.in_(select(mentions.c.key).filter_by(**place)))
        )
        rows = select(mentions.c.content).filter_by(**place).order_by(mentions.c.created)
        bringers: dict[str, set[str]] = {}
        async with snapshot(self._engine) as connection:
            for bringer, quoter in await connection.execute(quoted):
                bringers.setdefault(quoter, set()).add(bringer)
            said = await select_mentions(connection, rows)
        own = {mention.key for mention in said if mention.message == message}
        return tuple(m for m in said if m.key in own or bringers.get(m.key, set()) & own)

    async def made_before(self, made_from: str) -> Briefing | None:
        alive = outcomes.c.expires > self._retention.clock()
        same = select(outcomes.c.key).where(outcomes.c.made_from == made_from, alive)
        async with snapshot(self._engine) as connection:
            key = await connection.scalar(same.order_by(outcomes.c.created.desc()).limit(1))
        outcome = await self.outcome(key) if key else None
        return outcome if isinstance(outcome, Briefing) else None

    async def told(
        self, mention: Mention, words: Sequence[str], most: int = 8
    ) -> tuple[EarlierBriefing, ...]:
        now = self._retention.clock()
        async with snapshot(self._engine) as connection:
            replies = await find_earlier_briefings(connection, mention, words, now, most)
            kept = await _select_outcomes(connection, [each.key for each in replies])
        replies_with_outcomes = ((each, kept.get(each.key)) for each in replies)
        return tuple(
            (each, outcome)
            for each, outcome in replies_with_outcomes
            if isinstance(outcome, Briefing)
        )

    async def resting_on(self, mention: Mention, document: Document) -> tuple[Mention, ...]:
        async with snapshot(self._engine) as connection:
            found = await mentions_resting_on(connection, mention, document)
            alive = mentions.c.expires > self._retention.clock()
            rows = select(mentions.c.content).where(mentions.c.key.in_(found), alive)
            in_order = rows.order_by(mentions.c.created, mentions.c.key)
            there = await select_mentions(connection, in_order)
            copied = {f"{each.first_request}:{SHARED}:" for each in there}
            copies = [mentions.c.key.startswith(each, autoescape=True) for each in copied]
            of_team = (mentions.c.team == mention.team, alive)
            rows = select(mentions.c.content).where(or_(false(), *copies), *of_team)
            shared = await select_mentions(connection, rows)
        return tuple({each.key: each for each in (*there, *shared)}.values())

    async def delete(self, key: str) -> None:
        # With it go its documents, the words of replies that quote them, reminders from these
        # replies, and what later briefings of the channel say about them.
        brought = documents.c.key == key
        own = select(mentions.c.key).where(mentions.c.key == key)
        brought_ids = select(documents.c.id).where(brought).order_by(documents.c.id)
        async with transaction(self._engine) as connection:
            # Wait for transactions that are storing replies with these documents, to find them too.
            await connection.execute(own.with_for_update())
            await connection.execute(brought_ids.with_for_update())
            quoting = await _mentions_quoting(connection, brought)
            before = await document_ids(connection, [key, *quoting])
            for gone in dict.fromkeys((key, *quoting)):  # its own reply quotes them too
                await _remove_from_later_briefings(connection, gone)
            await _empty_replies(connection, quoting, key)
            await clear_reminders(connection, reminders.c.key.in_((key, *quoting)))
            await connection.execute(delete(documents).where(brought))
            await _delete(connection, [key], before)

    async def forget(self, team: str, person: str) -> tuple[str, ...]:
        asked = select(mentions.c.key).filter_by(team=team, person=person).where(exists(_REPLY))
        async with snapshot(self._engine) as connection:
            left = await self._being_withdrawn(connection, team)
            keys = [key for key in await connection.scalars(asked) if key not in left]
        for key in keys:
            await self.delete(key)
            # On SQLite nothing in a deletion lets others have their turn.
            await asyncio.sleep(_PAUSE)
        of_team = reminders.c.team == team
        by_person = (of_team, reminders.c.marked_by == person)
        async with transaction(self._engine) as connection:
            # In channels, what they muted stays muted for the others.
            muted = update(threads).filter_by(team=team, person=person)
            in_channels = muted.where(threads.c.channel.not_like("D%"))
            await connection.execute(in_channels.values(person=""))
            for table in (defaults, feedback, threads, digests):
                await connection.execute(delete(table).filter_by(team=team, person=person))
            await clear_reminders(connection, and_(of_team, reminders.c.person == person))
            await rewrite_reminders(connection, _without_name, *by_person)
            await connection.execute(update(reminders).where(*by_person).values(marked_by=None))
        return tuple(keys)

    async def _being_withdrawn(self, connection: AsyncConnection, team: str) -> set[str]:
        """The keys of withdrawals whose jobs may still be trying, and of what they withdraw."""
        rows = select(mentions.c.content).filter_by(team=team)
        withdrawals = await select_mentions(connection, rows.where(self._is_recent_withdrawal()))
        meant = await _select_outcomes(connection, [each.key for each in withdrawals])
        ends = {key for each in meant.values() if isinstance(each, Notice) for key in each.ends}
        return ends | {key for each in withdrawals for key in (each.key, each.about or "")}

    def _is_recent_withdrawal(self) -> ColumnElement[bool]:
        """Whether it is a withdrawal whose job may still be trying, or has to be run again."""
        since = self._retention.clock() - _SECONDS_OF_WITHDRAWALS
        return and_(mentions.c.key.startswith("gone:"), mentions.c.created > since)

    async def purge(self, now: float) -> tuple[str, ...]:
        expired = select(mentions.c.key).where(mentions.c.expires <= now).limit(_PURGED_AT_ONCE)
        async with transaction(self._engine) as connection:
            keys = (await connection.scalars(expired)).all()
            outlives = partial(_as_last_shown, connection)
            await rewrite_reminders(connection, outlives, reminders.c.key.in_(keys))
            await _delete(connection, keys, await document_ids(connection, keys))
            for table in (threads, reminders):
                await connection.execute(delete(table).where(table.c.expires <= now))
            old = now - _SECONDS_SHARED
            is_old = (shared_work.c.made < old, shared_work.c.begun < old)
            await connection.execute(delete(shared_work).where(*is_old))
            await delete_expired_usage(connection, now, _PURGED_AT_ONCE)
            await delete_idle_budgets(connection, now)
        if not keys and time.monotonic() > self._overwrite_at:
            self._overwrite_at = time.monotonic() + _SECONDS_BETWEEN_OVERWRITES
            await overwrite_deleted(self._engine)
        return tuple(keys)


_REPLY = select(outcomes.c.key).where(outcomes.c.key == mentions.c.key)
# Built once: it runs twice a second, and building it takes as long as running it.
_WANTED = select(mentions.c.key).where(
    mentions.c.key.in_(bindparam("keys", expanding=True)), ~exists(_REPLY)
)
_POSTED = select(postings.c.key).where(postings.c.key == mentions.c.key)
# A shared reply is stored before the message that it is shown under is posted.
_ROOT = _POSTED.where(postings.c.part == ROOT, postings.c.ts > "")
_SHOWN = _POSTED.where(postings.c.part >= 0)
_STANDS = _SHOWN.where(postings.c.ts > "")
_SIGNS = _POSTED.where(
    postings.c.part.in_([SIGN, STREAM]), or_(postings.c.ts.is_(None), postings.c.ts > "")
)


def _update_thread(mention: Mention) -> Update:
    """A statement that updates the row of the thread of ``mention``."""
    place = {"team": mention.team, "channel": mention.channel, "thread": mention.thread}
    return update(threads).filter_by(**place)


async def _delete(connection: AsyncConnection, keys: Sequence[str], before: Sequence[str]) -> None:
    """Delete the mentions and everything that belongs to them, and those of the documents
    ``before`` that nothing else uses."""
    await remove_names(connection, keys)
    await connection.execute(delete(mentions).where(mentions.c.key.in_(keys)))
    await delete_unused(connection, before)


async def _as_last_shown(connection: AsyncConnection, reminder: Reminder) -> Reminder | None:
    """``reminder`` with its line as the reply, which expires now, shows it; None if it doesn't."""
    outcome = await select_outcome(connection, reminder.key)
    if not isinstance(outcome, Briefing):
        return reminder
    line = current_commitment(reminder.id, reminder.line, outcome)
    return replace(reminder, line=line) if line else None


async def _without_name(reminder: Reminder) -> Reminder:
    return replace(reminder, name="")


async def _mentions_quoting(
    connection: AsyncConnection, brought: ColumnElement[bool]
) -> Sequence[str]:
    """The keys of the mentions whose replies quote the documents selected by ``brought``."""
    rows = (
        select(outcome_documents.c.key)
        .distinct()
        .join(documents, documents.c.id == outcome_documents.c.document)
        .where(brought)
    )
    return (await connection.scalars(rows)).all()


async def _remove_from_later_briefings(connection: AsyncConnection, key: str) -> None:
    """Remove what the reply to the mention ``key`` said from the channel's later briefings, which
    say what is new since."""
    place = select(mentions.c.team, mentions.c.channel)
    asked = (await connection.execute(place.where(mentions.c.key == key))).one_or_none()
    if asked is None:
        return
    rows = (
        select(outcomes.c.key, outcomes.c.content)
        .join(mentions, mentions.c.key == outcomes.c.key)
        .where(
            mentions.c.team == asked.team,
            mentions.c.channel == asked.channel,
            mentions.c.key != key,  # it may have been asked before, and answered later
            outcomes.c.kind == "briefing",
            outcomes.c.content.contains(f'"key":{json.dumps(key)}', autoescape=True),
        )
        .order_by(outcomes.c.key)
        .with_for_update(of=outcomes)
    )
    for later, content in (await connection.execute(rows)).all():
        outcome = codec.load_outcome("briefing", content, ())
        if isinstance(outcome, Briefing):
            _, left = codec.dump_outcome(forget_reply(outcome, key))
            row = update(outcomes).where(outcomes.c.key == later)
            await connection.execute(row.values(content=left))


async def _without_deleted(connection: AsyncConnection, outcome: Outcome) -> Outcome:
    """``outcome`` without what it says about earlier replies that were deleted in the meantime."""
    if not isinstance(outcome, Briefing) or outcome.since is None:
        return outcome
    keys = {each.key for each in outcome.since.replies}
    rows = (
        select(outcomes.c.key)
        .join(mentions, mentions.c.key == outcomes.c.key)
        .where(outcomes.c.key.in_(keys), outcomes.c.kind == "briefing")
        .with_for_update(read=True, of=mentions)
    )
    for gone in sorted(keys.difference(await connection.scalars(rows))):
        outcome = forget_reply(outcome, gone)
    return outcome


async def _empty_replies(connection: AsyncConnection, quoting: Sequence[str], by: str) -> None:
    """Replace each reply with an empty one: a request without any would make its thread wait."""
    for table in (outcome_documents, findings):
        await connection.execute(delete(table).where(table.c.key.in_(quoting)))
    kind, content = codec.dump_outcome(Notice("", ended_by=by))
    nothing = update(outcomes).where(outcomes.c.key.in_(quoting))
    await connection.execute(nothing.values(kind=kind, content=content, made_from=None))
