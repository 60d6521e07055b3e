"""Reminders, on SQLite and PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest

from bot.briefing.due import commitment_id
from bot.briefing.edits import mark_corrected, parts_of, with_edits
from bot.briefing.lines import Commitment, Edit, Edited
from bot.service.ports import ChannelSettings, Mark, Mention, Notice, Reminder
from bot.storage.archive import DatabaseArchive
from bot.storage.database import open_database
from bot.storage.preferences import DatabaseChannels
from bot.storage.reminders import DatabaseReminders
from bot.storage.retention import Retention
from tests.fakes import Clock
from tests.storage.examples import briefing, document, mention

NOW = 1_772_438_400.0
DAY = 86_400.0
DUE = NOW + 60 * DAY
"""Long after what it was said in has expired."""
ASKED = mention(permalink="https://slack.test/p3")
LINE = Commitment(
    "Ann stays by 1 May.", "event", None, (document("A").passage(1),), "Ann", "stays", "by 1 May",
    "if it snows", "pledged", "2026-05-01",
)  # fmt: skip
FOUND = Reminder(
    ASKED.key, commitment_id(LINE), "2026-05-01", DUE, "Europe/Vienna", "T1", "C1", "U1", LINE,
    "en", "1.0", "1.5", "https://slack.test/p3",
)  # fmt: skip
TELLS = Mention(
    "due:T1:C1:2026-05-01:1", "T1", "C1", "due", f"{DUE:.6f}", "U1", "due", about=FOUND.day
)


def said(mark: Mark, by: str = "U2") -> Reminder:
    return replace(FOUND, mark=mark, by=by, name=f"Name of {by}", marked="2026-05-01")


@dataclass
class Stores:
    reminders: DatabaseReminders
    archive: DatabaseArchive
    channels: DatabaseChannels
    clock: Clock

    async def kept(self) -> list[Reminder]:
        return await self.reminders.of("T1", "", ["C1", "C2"])


@pytest.fixture
async def stores(address: str) -> AsyncIterator[Stores]:
    database, clock = await open_database(address), Clock(NOW)
    retention = Retention(30, clock)
    archive = DatabaseArchive(database.engine, retention)
    made = Stores(
        DatabaseReminders(database.engine, retention),
        archive,
        DatabaseChannels(database.engine, clock),
        clock,
    )
    await archive.record(ASKED)
    await archive.keep_outcome(ASKED, briefing(document("A")))
    await made.reminders.keep(ASKED, [FOUND])
    yield made
    await database.close()


async def test_a_reminder_is_stored_once_and_found(stores: Stores) -> None:
    other = replace(FOUND, id="other", day="2026-04-30")
    assert await stores.reminders.keep(ASKED, [FOUND, other, other]) == 1
    assert await stores.reminders.keep(ASKED, [FOUND, other]) == 0

    assert await stores.kept() == [other, FOUND]
    assert await stores.reminders.of("T1", "U1", []) == [other, FOUND]
    assert await stores.reminders.of("T1", "U2", []) == []
    assert await stores.reminders.of("T2", "U1", ["C1"]) == []


@pytest.mark.parametrize("what", ["wrong", "dropped", "rewritten"])
async def test_once_its_briefing_has_expired_a_reminder_is_as_last_shown(
    stores: Stores, what: str
) -> None:
    before = replace(briefing(document("A")), commitments=(LINE,))
    number = [each for part in parts_of(before) for each in part.lines].index(LINE)
    later = replace(LINE, text="Ann stays until snow melts, by 1 May.", edited=Edited("Ann"))
    edited = {"dropped": Edit(number, "k"), "rewritten": Edit(number, "k", later)}
    shown = with_edits(before, [edited[what]]) if what in edited else mark_corrected(
        before, lambda line: line.text == LINE.text, "2026-04-30"
    )  # fmt: skip
    known = await stores.archive.outcome(ASKED.key)
    assert known is not None
    assert await stores.archive.supersede(ASKED, known, shown)
    await stores.archive.purge(NOW + 31 * DAY)

    assert await stores.archive.mention(ASKED.key) is None
    left = [each.line.text for each in await stores.kept()]
    assert left == ([later.text] if what == "rewritten" else [])


async def test_no_reminder_is_stored_for_a_deleted_request(stores: Stores) -> None:
    gone = mention("9.0", thread="9.0")
    assert await stores.reminders.keep(gone, [replace(FOUND, key=gone.key)]) == 0
    assert await stores.kept() == [FOUND]


async def test_no_reminder_is_stored_for_a_reply_whose_source_was_deleted(stores: Stores) -> None:
    emptied = mention("9.0", thread="9.0")
    await stores.archive.record(emptied)
    await stores.archive.keep_outcome(emptied, Notice("", ended_by="msg:T1:C1:8.0"))

    assert await stores.reminders.keep(emptied, [replace(FOUND, key=emptied.key)]) == 0
    assert await stores.kept() == [FOUND]


async def test_no_reminder_is_stored_in_a_channel_that_has_become_ephemeral(
    stores: Stores,
) -> None:
    await stores.channels.keep("T1", "C1", "U2", ChannelSettings(is_fleeting=True))

    assert await stores.reminders.keep(ASKED, [replace(FOUND, id="other")]) == 0
    assert await stores.kept() == []


async def test_a_channel_set_to_an_hour_while_somebody_presses_remind_stores_none(
    stores: Stores,
) -> None:
    for number in range(30):
        asked = mention(f"{number}.5", thread=f"{number}.5")
        await stores.archive.record(asked)
        await stores.archive.keep_outcome(asked, briefing(document("A")))
        await stores.channels.keep("T1", "C1", "U2", ChannelSettings())

        async def change(seconds: float = number * 0.0005) -> None:
            await asyncio.sleep(seconds)
            await stores.channels.keep("T1", "C1", "U2", ChannelSettings(is_fleeting=True))

        await asyncio.gather(
            stores.reminders.keep(asked, [replace(FOUND, key=asked.key)]), change()
        )
        assert await stores.kept() == []


async def test_a_press_does_not_bring_back_a_reminder_that_was_deleted_meanwhile(
    stores: Stores,
) -> None:
    await stores.reminders.claim(TELLS)
    await stores.channels.keep("T1", "C1", "U2", ChannelSettings(is_fleeting=True))
    again = replace(FOUND, day="2026-05-02", at=DUE + DAY)

    assert not await stores.reminders.mark(TELLS.key, said("tomorrow"), [again])
    assert await stores.kept() == []


async def test_what_is_deleted_while_somebody_presses_tomorrow_does_not_come_again(
    stores: Stores,
) -> None:
    for number in range(30):
        asked = mention(f"{number}.5", thread=f"{number}.5")
        found = replace(FOUND, key=asked.key, day=f"day {number}")
        tells = replace(TELLS, key=f"due:{number}", about=found.day)
        await stores.archive.record(asked)
        await stores.archive.keep_outcome(asked, briefing(document("A")))
        await stores.reminders.keep(asked, [found])
        await stores.reminders.claim(tells)
        again = replace(found, day=f"after {number}", at=DUE + DAY)

        async def forget(key: str = asked.key, seconds: float = number * 0.0005) -> None:
            await asyncio.sleep(seconds)
            await stores.reminders.forget(key)

        await asyncio.gather(stores.reminders.mark(tells.key, said("tomorrow"), [again]), forget())
    assert await stores.kept() == [FOUND]


async def test_due_reminders_are_claimed_once(stores: Stores) -> None:
    elsewhere = replace(FOUND, id="b", channel="C2")
    await stores.reminders.keep(ASKED, [elsewhere, replace(FOUND, id="c", day="2026-05-02")])
    assert await stores.reminders.due(DUE - 1) == []
    assert len(await stores.reminders.due(DUE)) == 3

    second = replace(TELLS, key="due:T1:C1:2026-05-01:2")
    await asyncio.gather(*(stores.reminders.claim(TELLS) for _ in range(3)))
    await stores.reminders.claim(second)

    claimed = [await stores.reminders.told_by(each.key) for each in (TELLS, second)]
    assert claimed == [[FOUND], []]
    assert {each.id for each in await stores.reminders.due(DUE)} == {"b", "c"}


async def test_what_is_due_later_that_day_in_another_zone_is_not_claimed(stores: Stores) -> None:
    later = replace(FOUND, id="later", at=DUE + 6 * 3_600, zone="America/New_York")
    await stores.reminders.keep(ASKED, [later])
    await stores.reminders.claim(TELLS)

    assert await stores.reminders.told_by(TELLS.key) == [FOUND]
    assert await stores.reminders.due(later.at) == [later]


async def test_the_first_mark_on_a_reminder_counts(stores: Stores) -> None:
    await stores.reminders.claim(TELLS)
    both = [stores.reminders.mark(TELLS.key, said("missed", who)) for who in ("U2", "U3")]
    assert sorted(await asyncio.gather(*both)) == [False, True]

    (kept,) = await stores.kept()
    assert (kept.mark, kept.by in {"U2", "U3"}) == ("missed", True)
    assert await stores.reminders.told_by(TELLS.key) == [kept]
    assert not await stores.reminders.mark("another", said("done"))


@pytest.mark.parametrize("mark", ["done", "missed", "tomorrow"])
async def test_a_mark_is_stored_as_long_as_the_reply_it_is_about(
    stores: Stores, mark: Mark
) -> None:
    soon = replace(FOUND, id="soon", at=NOW + DAY)
    await stores.reminders.keep(ASKED, [soon])
    await stores.reminders.claim(TELLS)
    await stores.reminders.mark(TELLS.key, replace(said(mark), id="soon"))

    for days, left in ((7, True), (29, True), (31, False)):
        stores.clock.now = NOW + days * DAY
        await stores.archive.purge(stores.clock.now)
        marked = await stores.reminders.marked("T1", "C1")
        shown = [(each.id, each.mark, each.name, each.marked) for each in marked]
        is_there = left and mark != "tomorrow"
        assert shown == ([("soon", mark, "Name of U2", "2026-05-01")] if is_there else [])
    assert {each.id for each in await stores.kept()} == {FOUND.id}


async def test_a_postponed_reminder_is_due_again_and_listed_once(stores: Stores) -> None:
    await stores.reminders.claim(TELLS)
    again = replace(FOUND, day="2026-05-02", at=DUE + DAY)
    assert await stores.reminders.mark(TELLS.key, said("tomorrow"), [again])
    assert not await stores.reminders.mark(TELLS.key, said("tomorrow", "U3"), [again])

    assert await stores.kept() == [again]
    assert await stores.reminders.due(DUE + DAY) == [again]


async def test_a_reminder_outlives_its_briefing_until_a_week_after_it_is_due(
    stores: Stores,
) -> None:
    stores.clock.now = NOW + 31 * DAY
    while await stores.archive.purge(stores.clock.now):
        pass
    assert await stores.archive.outcome(ASKED.key) is None
    assert await stores.reminders.due(DUE) == await stores.kept() == [FOUND]

    for days, left in ((6.9, [FOUND]), (7.1, [])):
        stores.clock.now = DUE + days * DAY
        assert await stores.kept() == left
        await stores.archive.purge(stores.clock.now)
        assert await stores.reminders.due(DUE) == left


async def test_a_reminder_is_deleted_with_its_request_or_its_source(stores: Stores) -> None:
    brought = mention("2.0", thread="1.0", key="msg:T1:C1:2.0")
    quoting = mention("3.0", thread="1.0", key="msg:T1:C1:3.0", person="U2")
    for each in (brought, quoting):
        await stores.archive.record(each)
    new = document("B", "Rain fell. “Wet,” said Ann.")
    await stores.archive.keep_reading(brought, (new,), ())
    await stores.archive.keep_outcome(quoting, briefing(new))
    await stores.reminders.keep(quoting, [replace(FOUND, key=quoting.key, person="U2")])
    assert len(await stores.kept()) == 2

    await stores.archive.delete(ASKED.key)
    assert [each.key for each in await stores.kept()] == [quoting.key]
    await stores.archive.delete(brought.key)
    assert await stores.kept() == []


async def test_messages_that_name_a_reply_s_commitments_are_found(stores: Stores) -> None:
    assert await stores.reminders.tellers(ASKED.key) == []
    await stores.archive.record(TELLS)
    await stores.reminders.claim(TELLS)
    assert await stores.reminders.tellers(ASKED.key) == [TELLS.key]
    assert await stores.reminders.tellers("msg:another") == []


@pytest.mark.parametrize("how", ["request", "message", "person", "an hour"])
async def test_messages_that_may_still_show_a_deleted_reminder_are_listed_until_updated(
    stores: Stores, how: str
) -> None:
    digest = replace(TELLS, key="digest:d:1", intent="digest", person="U9")
    tells = replace(TELLS, person="U9")
    for each in (tells, digest, replace(digest, key="digest:d:2", channel="C2")):
        await stores.archive.record(each)
    await stores.reminders.claim(TELLS)
    assert await stores.reminders.outdated() == []
    match how:
        case "request":
            await stores.archive.delete(ASKED.key)
        case "message":
            await stores.reminders.forget(ASKED.key)
        case "person":
            await stores.archive.forget("T1", "U1")
        case _:
            await stores.channels.keep("T1", "C1", "U1", ChannelSettings(is_fleeting=True))

    (gone,) = await stores.reminders.outdated()
    assert (gone.key, gone.id, gone.day) == (ASKED.key, FOUND.id, FOUND.day)
    assert {*gone.tellers} == {TELLS.key, digest.key}
    assert await stores.reminders.told_by(TELLS.key) == await stores.kept() == []
    assert await stores.reminders.due(DUE) == []
    await stores.reminders.settle(gone)
    assert await stores.reminders.outdated() == []


async def test_a_reminder_is_deleted_with_its_message_even_if_the_request_has_expired(
    stores: Stores,
) -> None:
    by_button = mention("1.0", key=f"{ASKED.key}:retry:1.5")
    other = mention("1.01", key=f"{ASKED.key}1")
    for each in (by_button, other):
        await stores.archive.record(each)
        await stores.archive.keep_outcome(each, briefing(document("A")))
        await stores.reminders.keep(each, [replace(FOUND, key=each.key)])

    await stores.reminders.forget(ASKED.key)
    assert [each.key for each in await stores.kept()] == [other.key]


async def test_forgetting_a_person_deletes_their_reminders_and_their_name_on_marks(
    stores: Stores,
) -> None:
    theirs = mention("4.0", thread="4.0", person="U2")
    await stores.archive.record(theirs)
    await stores.archive.keep_outcome(
        theirs, briefing(document("A", "Rain fell. “Wet,” said Ann."))
    )
    await stores.reminders.keep(theirs, [replace(FOUND, key=theirs.key, person="U2")])
    await stores.reminders.claim(TELLS)
    await stores.reminders.mark(TELLS.key, said("done", "U1"))

    await stores.archive.forget("T1", "U1")
    (left,) = await stores.kept()
    assert (left.person, left.mark, left.by, left.name) == ("U2", "done", None, "")


async def test_making_a_channel_ephemeral_deletes_its_reminders(stores: Stores) -> None:
    await stores.channels.keep("T1", "C2", "U1", ChannelSettings(is_fleeting=True))
    await stores.channels.keep("T1", "C1", "U1", ChannelSettings(reminds_of_all=True, zone="UTC"))
    assert await stores.kept() == [FOUND]

    await stores.channels.keep("T1", "C1", "U1", ChannelSettings(is_fleeting=True))
    assert await stores.kept() == []
