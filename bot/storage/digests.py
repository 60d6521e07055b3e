"""Stores scheduled digests and what each has told, and shares work between workers."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar
from weakref import WeakValueDictionary

from pydantic import TypeAdapter
from sqlalchemy import Row, and_, delete, exists, insert, or_, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.briefing.digest import DatedCommitment, DigestHistory, DigestPlan
from bot.briefing.documents import Document
from bot.briefing.lines import Briefing
from bot.briefing.requests import WebPage
from bot.service.errors import SourceError, Unreachable
from bot.service.ports import Feed, Mention, Notice, PlannedDigest
from bot.storage.archive import store_outcome
from bot.storage.codec import briefings, to_json
from bot.storage.database import snapshot, transaction
from bot.storage.retention import Clock, Retention, is_kept
from bot.storage.tables import digests, outcomes, shared_work

_PLANS, _TOLD = TypeAdapter(DigestPlan), TypeAdapter(DigestHistory)
_MOST_DUE = 200

_log = logging.getLogger(__name__)


class DatabaseDigests:
    """Stores digests (`ports.Digests`) in the database."""

    def __init__(self, engine: AsyncEngine, retention: Retention) -> None:
        self._engine = engine
        self._retention = retention

    async def keep(self, digest: PlannedDigest) -> None:
        row = {
            "id": digest.id,
            "team": digest.team,
            "channel": digest.channel,
            "person": digest.person,
            "created": self._retention.clock(),
            "next": None if digest.is_paused else digest.next,
            "plan": to_json(_PLANS, digest.plan),
            "told": to_json(_TOLD, DigestHistory()),
            "muted": "[]",
        }
        async with transaction(self._engine) as connection:
            await connection.execute(insert(digests).values(row))

    async def get(self, id_: str) -> PlannedDigest | None:
        async with snapshot(self._engine) as connection:
            found = await connection.execute(_PLANNED.filter_by(id=id_))
            row = found.one_or_none()
        return None if row is None else _planned(row)

    async def of(self, team: str, person: str, channels: Iterable[str]) -> list[PlannedDigest]:
        shown = or_(digests.c.person == person, digests.c.channel.in_(list(channels)))
        rows = _PLANNED.where(digests.c.team == team, shown)
        async with snapshot(self._engine) as connection:
            by_time = digests.c.next.nulls_last(), digests.c.id
            found = await connection.execute(rows.order_by(*by_time))
        return [_planned(row) for row in found]

    async def due(self, now: float) -> list[PlannedDigest]:
        rows = _PLANNED.where(digests.c.next <= now).order_by(digests.c.next).limit(_MOST_DUE)
        async with snapshot(self._engine) as connection:
            return [_planned(row) for row in await connection.execute(rows)]

    async def due_after(self, time: float) -> list[PlannedDigest]:
        async with snapshot(self._engine) as connection:
            found = await connection.execute(_PLANNED.where(digests.c.next > time))
        return [_planned(row) for row in found]

    async def move_on(self, digest: PlannedDigest, next_: float) -> None:
        unmoved = update(digests).filter_by(id=digest.id, next=digest.next)
        async with transaction(self._engine) as connection:
            await connection.execute(unmoved.values(next=next_))

    async def change(self, digest: PlannedDigest, plan: DigestPlan, next_: float) -> bool:
        async with transaction(self._engine) as connection:
            found = await connection.execute(_PLANNED.filter_by(id=digest.id).with_for_update())
            row = found.one_or_none()
            if row is None or (now := _planned(row)).plan != digest.plan:
                return False
            changed = {"plan": to_json(_PLANS, plan), "next": None if now.is_paused else next_}
            await connection.execute(update(digests).filter_by(id=digest.id).values(changed))
        return True

    async def pause(self, id_: str, next_: float | None) -> None:
        async with transaction(self._engine) as connection:
            await connection.execute(update(digests).filter_by(id=id_).values(next=next_))

    async def delete(self, id_: str) -> None:
        async with transaction(self._engine) as connection:
            await connection.execute(delete(digests).filter_by(id=id_))

    async def told(self, id_: str) -> DigestHistory:
        row = select(digests.c.told, digests.c.muted).filter_by(id=id_)
        async with snapshot(self._engine) as connection:
            found = (await connection.execute(row)).one_or_none()
        if found is None:
            return DigestHistory()
        told = _TOLD.validate_json(found.told)
        for story in json.loads(found.muted):
            told = told.mute(story)
        return told

    async def mute(self, id_: str, story: str) -> None:
        row = select(digests.c.muted).filter_by(id=id_).with_for_update()
        async with transaction(self._engine) as connection:
            muted = await connection.scalar(row)
            if muted is not None:
                stories = json.dumps(sorted({*json.loads(muted), story}))
                await connection.execute(update(digests).filter_by(id=id_).values(muted=stories))

    async def forget_due(self, id_: str, is_wrong: Callable[[DatedCommitment], bool]) -> None:
        own = digests.c.id == id_
        async with transaction(self._engine) as connection:
            content = await connection.scalar(select(digests.c.told).where(own).with_for_update())
            if content is None:
                return
            told = _TOLD.validate_json(content)
            due = tuple(each for each in told.due if not is_wrong(each))
            if due != told.due:
                row = {"told": to_json(_TOLD, replace(told, due=due))}
                await connection.execute(update(digests).where(own).values(row))

    async def keep_told(
        self, mention: Mention, notice: Notice, before: DigestHistory, told: DigestHistory
    ) -> None:
        own = digests.c.id == mention.about
        has_reply = select(exists().where(outcomes.c.key == mention.key))
        async with transaction(self._engine) as connection:
            if not await is_kept(connection, mention) or await connection.scalar(has_reply):
                return
            await store_outcome(connection, mention, notice, self._retention)
            content = await connection.scalar(select(digests.c.told).where(own).with_for_update())
            if content is not None:
                told = told.without_forgotten(before, _TOLD.validate_json(content))
                row = {"told": to_json(_TOLD, told)}
                await connection.execute(update(digests).where(own).values(row))


_PLANNED = select(
    digests.c.id,
    digests.c.team,
    digests.c.channel,
    digests.c.person,
    digests.c.plan,
    digests.c.next,
)


def _planned(row: Row[str, str, str, str, str, float | None]) -> PlannedDigest:
    id_, team, channel, person, content, slot = row
    plan = _PLANS.validate_json(content)
    return PlannedDigest(id_, team, channel, person, plan, slot or 0.0, slot is None)


# Work that is done once for all workers.
#
# The first worker claims the row with the name; the others poll it until the result is there. The
# worker renews its claim, so that another soon takes over the claim of one that died.

_CLAIM_SECONDS = 20.0
_MOST_AHEAD = 60.0
"""How far another worker's clock may be ahead. What is from still later doesn't count: the clock
has been set back since."""
_POLL_SECONDS = 0.2
_SECONDS_IF_BAD = 600.0
"""How long a bad result is reused, so that not everybody tries in turn."""


Result = TypeVar("Result", Feed, Document)


@dataclass(frozen=True)
class _Read(Generic[Result]):
    """What was last read, and why a later attempt failed, if it did."""

    thing: Result | None = None
    failure: str | None = None


_FEEDS, _PAGES = TypeAdapter(_Read[Feed]), TypeAdapter(_Read[Document])


_Work = Callable[[str], Awaitable[tuple[str, bool]]]
"""Makes a new result from the previous one, and says whether it is good. Results are JSON."""


class DatabaseSharedWork:
    """`ports.SharedWork` in the database; a claim is renewed every ``renewal`` seconds."""

    def __init__(self, engine: AsyncEngine, clock: Clock, renewal: float = 5.0) -> None:
        self._engine = engine
        self._clock = clock
        self._renewal = renewal
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def feed(
        self, url: str, since: float, read: Callable[[Feed | None], Awaitable[Feed]]
    ) -> Feed:
        return await self._read(f"feed:{url}", since, _FEEDS, read, url)

    async def page(
        self, page: WebPage, since: float, read: Callable[[], Awaitable[Document]]
    ) -> Document:
        name = f"{'public ' if page.public_only else ''}page:{page.url}"
        return await self._read(name, since, _PAGES, lambda _: read(), page.url)

    async def _read(
        self,
        name: str,
        since: float,
        adapter: TypeAdapter[_Read[Result]],
        read: Callable[[Result | None], Awaitable[Result]],
        source: str,
    ) -> Result:
        async def work(before: str) -> tuple[str, bool]:
            known = adapter.validate_json(before).thing if before else None
            try:
                return to_json(adapter, _Read(await read(known))), True
            except SourceError as error:
                return to_json(adapter, _Read(known, error.message)), True

        found = adapter.validate_json(await self._once(name, since, work))
        if found.thing is None or found.failure is not None:
            raise Unreachable(found.failure or "", source=source)
        return found.thing

    async def draft(
        self, name: str, since: float, make: Callable[[], Awaitable[tuple[Briefing, bool]]]
    ) -> Briefing:
        async def work(_: str) -> tuple[str, bool]:
            briefing, is_good = await make()
            return to_json(briefings, briefing), is_good

        return briefings.validate_json(await self._once(f"draft:{name}", since, work))

    async def drafted(self, name: str, since: float) -> Briefing | None:
        content = await self._result(f"draft:{name}", since)
        return briefings.validate_json(content) if content else None

    async def _once(self, name: str, since: float, work: _Work) -> str:
        # One job polls for all in its worker: a hundred would use up the connections.
        async with self._locks.setdefault(name, asyncio.Lock()):
            while not (content := await self._result(name, since)):
                before = await self._claim(name, since)
                if before is None:
                    await asyncio.sleep(_POLL_SECONDS)
                    continue
                content, is_good = await self._run(name, work, before)
                at = self._clock() if is_good else since + _SECONDS_IF_BAD
                await self._keep(name, content, at)
                break
        return content

    async def _result(self, name: str, since: float) -> str | None:
        """The result if it was made at ``since`` or later; None or empty if there is none."""
        made = shared_work.c.made.between(since, self._clock() + _MOST_AHEAD)
        own = and_(shared_work.c.name == name, made)
        async with snapshot(self._engine) as connection:
            return await connection.scalar(select(shared_work.c.content).where(own))

    async def _claim(self, name: str, since: float) -> str | None:
        """Claim the work unless somebody has done it or is doing it; returns the previous result if
        the claim succeeds (empty for none), None if not."""
        own, now = select(shared_work).filter_by(name=name).with_for_update(), self._clock()
        try:
            async with transaction(self._engine) as connection:
                row = (await connection.execute(own)).one_or_none()
                if row is None:
                    new = {"name": name, "begun": now, "made": 0.0, "content": ""}
                    await connection.execute(insert(shared_work).values(new))
                    return ""
                is_done = row.content and since <= row.made <= now + _MOST_AHEAD
                if is_done or now - _CLAIM_SECONDS < row.begun <= now + _MOST_AHEAD:
                    return None
                claim = update(shared_work).filter_by(name=name)
                await connection.execute(claim.values(begun=now))
                return str(row.content)
        except IntegrityError:  # somebody else was first
            return None

    async def _run(self, name: str, work: _Work, before: str) -> tuple[str, bool]:
        renewal = asyncio.create_task(self._renew(name))
        try:
            try:
                return await work(before)
            finally:
                renewal.cancel()
                await asyncio.wait([renewal])
        except BaseException:
            await self._set_claim(name, 0.0)
            raise

    async def _renew(self, name: str) -> None:
        while True:
            await asyncio.sleep(self._renewal)
            try:
                await self._set_claim(name, self._clock())
            except SQLAlchemyError:
                _log.warning("a claim could not be renewed", exc_info=True)

    async def _set_claim(self, name: str, begun: float) -> None:
        row = update(shared_work).filter_by(name=name).values(begun=begun)
        async with transaction(self._engine) as connection:
            await connection.execute(row)

    async def _keep(self, name: str, content: str, made: float) -> None:
        row = update(shared_work).filter_by(name=name).values(begun=0.0, made=made, content=content)
        async with transaction(self._engine) as connection:
            await connection.execute(row)
