"""The archive and the postings, the same on SQLite, PostgreSQL and in memory."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.briefing.documents import Span
from bot.briefing.lines import Briefing, EarlierReply, Line, Since, Unread
from bot.briefing.numbering import numbered
from bot.briefing.requests import Turn, Wishes
from bot.service.ports import (
    ROOT,
    SIGN,
    SOURCE_DELETED,
    STREAM,
    Mention,
    Notice,
    Outcome,
    Posting,
    StreamPlaces,
)
from bot.storage.archive import DatabaseArchive, DatabasePostings
from bot.storage.database import open_database, transaction
from bot.storage.retention import Retention
from bot.storage.tables import documents, metadata, outcomes, threads
from tests.storage.examples import FULL_MENTION, UNREAD, answer, briefing, document, mention, since
from tests.storage.stores import Stores

DAY = 86_400.0


async def test_a_mention_comes_back_as_it_was(stores: Stores) -> None:
    assert await stores.archive.record(FULL_MENTION)
    assert await stores.archive.mention(FULL_MENTION.key) == FULL_MENTION


async def test_any_character_survives_storage(stores: Stores) -> None:
    asked = mention(text="\x00 \x85\u2028\ufeff e\u0301 🙂 \\u0000 \"'")
    await stores.archive.record(asked)
    assert await stores.archive.mention(asked.key) == asked


async def test_recording_a_mention_again_changes_nothing(stores: Stores) -> None:
    await stores.archive.record(FULL_MENTION)
    assert not await stores.archive.record(replace(FULL_MENTION, text="other"))
    assert await stores.archive.mention(FULL_MENTION.key) == FULL_MENTION


async def test_a_moved_mention_belongs_to_its_new_thread(stores: Stores) -> None:
    asked = mention(thread="", message="")
    await stores.archive.record(asked)
    moved = replace(asked, thread="7.1", message="7.1")
    await stores.archive.move(moved)
    assert await stores.archive.mention(asked.key) == moved
    assert await stores.archive.thread(asked.team, asked.channel, "7.1")
    assert await stores.archive.thread(asked.team, asked.channel, "") is None


async def test_what_was_never_stored_is_none(stores: Stores) -> None:
    assert await stores.archive.mention("msg:x") is None
    assert await stores.archive.reading("msg:x") is None
    assert await stores.archive.outcome("msg:x") is None
    assert await stores.archive.thread("T1", "C1", "1.0") is None
    assert await stores.postings.of("msg:x") == ()


async def test_a_reading_comes_back_and_can_be_replaced(stores: Stores) -> None:
    asked = mention()
    await stores.archive.record(asked)
    await stores.archive.keep_reading(asked, (document("A"),), ())
    read = (document("A"), document("B", "Rain fell. “Wet,” said Bob."))
    await stores.archive.keep_reading(asked, read, UNREAD)
    assert await stores.archive.reading(asked.key) == (read, UNREAD)


async def test_a_document_keeps_the_sentence_boundaries_of_an_earlier_rule(stores: Stores) -> None:
    asked, text = mention(), "Die 3. Kammer tagt."
    cut = replace(document("A", text), sentences=(Span(0, 6), Span(7, len(text))), numbering=2)
    assert numbered("A", text, language="de").sentences == (Span(0, len(text)),)
    await stores.archive.record(asked)
    await stores.archive.keep_reading(asked, (cut,), ())
    assert await stores.archive.reading(asked.key) == ((cut,), ())


async def test_one_text_under_two_labels_keeps_both(stores: Stores) -> None:
    asked = mention()
    await stores.archive.record(asked)
    await stores.archive.keep_reading(asked, (document("A"), document("B")), ())
    assert await stores.archive.reading(asked.key) == ((document("A"), document("B")), ())


TOLD = briefing(document("A"), document("B", "Rain fell. It ended."))
OUTCOMES = [
    pytest.param(replace(TOLD, since=since(document("A"))), id="briefing"),
    pytest.param(answer(document("A")), id="answer"),
    pytest.param(answer(document("A"), lines=(), notes=("Not said.",)), id="no answer"),
    pytest.param(Notice("It failed.", retry=True), id="notice"),
]


@pytest.mark.parametrize("outcome", OUTCOMES)
async def test_a_reply_comes_back_with_its_documents(stores: Stores, outcome: Outcome) -> None:
    before, asked = mention("0.5", thread="0.5"), mention()
    for each in (before, asked):
        await stores.archive.record(each)
    await stores.archive.keep_outcome(before, briefing(document("A")))
    assert await stores.archive.keep_outcome(asked, outcome) == outcome
    assert await stores.archive.outcome(asked.key) == outcome


async def test_the_first_outcome_stays_until_it_is_superseded(stores: Stores) -> None:
    asked, first, second = mention(), Notice("Stopped."), briefing(document("A"))
    assert await stores.archive.keep_outcome(asked, first) is None
    await stores.archive.record(asked)
    await stores.archive.keep_outcome(asked, first)
    assert await stores.archive.keep_outcome(asked, second) == first
    assert not await stores.archive.supersede(asked, second, first)
    assert await stores.archive.supersede(asked, first, second)
    assert not await stores.archive.supersede(asked, first, second)
    assert await stores.archive.outcome(asked.key) == second


async def test_a_mention_is_wanted_until_it_has_a_reply_or_is_deleted(stores: Stores) -> None:
    asked, other = mention("1.0"), mention("2.0")
    assert not await stores.archive.wanted([asked.key])
    for each in (asked, other):
        await stores.archive.record(each)
        assert await stores.archive.wanted([each.key])
    await stores.archive.keep_outcome(asked, Notice("Done."))
    await stores.archive.delete(other.key)
    assert not await stores.archive.wanted([asked.key])
    assert not await stores.archive.wanted([other.key])


async def test_a_person_s_unfinished_mentions_are_found(stores: Stores) -> None:
    archive = stores.archive
    done, waiting, interim = mention("1.0"), mention("2.0"), mention("3.0")
    others = (mention("4.0", person="U2"), mention("5.0", channel="C2"))
    for each in (done, waiting, interim, *others):
        await archive.record(each)
    await archive.keep_outcome(done, briefing(document("A")))
    await archive.keep_outcome(interim, replace(briefing(document("A")), awaits=1_000_600.0))
    assert await archive.unfinished("T1", "C1", "U1") == (waiting, interim)


async def test_requests_from_a_message_are_found_with_the_answers_that_quote_it(
    stores: Stores,
) -> None:
    archive, hail = stores.archive, document("B", "Hail fell. It ended.")
    root, again = mention("1.0"), mention("1.0", key="msg:T1:C1:1.0:retry:9")
    question, own = mention("2.0"), mention("3.0")
    for each in (root, again, question, own, mention("4.0", thread="4.0")):
        await archive.record(each)
    await archive.keep_reading(root, (document("A"),), ())
    await archive.keep_reading(own, (hail,), ())
    await archive.keep_outcome(question, answer(document("A")))
    await archive.keep_outcome(own, answer(hail))
    assert await archive.arisen_from("T1", "C1", "1.0", "1.0") == (root, again, question)
    assert await archive.arisen_from("T1", "C1", "1.0", "3.0") == (own,)
    assert await archive.arisen_from("T1", "C1", "1.0", "7.0") == ()


async def test_a_thread_knows_its_documents_turns_and_wishes(stores: Stores) -> None:
    archive = stores.archive
    first = mention("1.0", wishes=Wishes("fr"))
    rain = document("B", "Rain fell. It ended.")
    await archive.record(first)
    await archive.keep_reading(first, (document("A"),), UNREAD)
    await archive.keep_outcome(first, briefing(document("A")))
    second = mention("2.0", intent="ask", wishes=Wishes("de"))
    await archive.record(second)
    await archive.keep_reading(second, (rain, document("A")), UNREAD)
    await archive.keep_outcome(second, answer(document("A")))
    third = mention("3.0", intent="ask")
    await archive.record(third)
    await archive.keep_outcome(third, answer(rain, question="Hail?", lines=()))
    fourth = mention("3.5", intent="ask")
    await archive.record(fourth)
    near = (Line("It rained.", "event", None, (rain.passage(1),)),)
    unknown = answer(rain, question="Sleet?", lines=(), nearest=near, is_known=False)
    await archive.keep_outcome(fourth, unknown)
    assert await archive.outcome(fourth.key) == unknown
    await archive.record(mention("4.0", thread="4.0"))

    thread = await archive.thread("T1", "C1", "1.0")
    assert thread is not None
    assert thread.documents == (document("A"), rain)
    assert thread.unread == UNREAD
    assert thread.turns == (
        Turn("What fell?", "Snow fell. It was cold."),
        Turn("Hail?", "The sources do not say."),
        Turn("Sleet?", "No direct answer found."),
    )
    assert thread.wishes == Wishes("fr")
    assert thread.answered == fourth.key
    assert not thread.muted

    before = await archive.thread("T1", "C1", "1.0", before=fourth.key)
    assert before == replace(thread, turns=thread.turns[:2], answered=third.key)
    before = await archive.thread("T1", "C1", "1.0", before=third.key)
    assert before is not None
    assert before.turns == thread.turns[:1]


async def test_documents_are_ordered_by_label(stores: Stores) -> None:
    asked = mention()
    labels = ["AA", "B", "Z", "A"]
    await stores.archive.record(asked)
    read = tuple(document(label, f"Text {label} is here.") for label in labels)
    await stores.archive.keep_reading(asked, read, ())
    thread = await stores.archive.thread("T1", "C1", "1.0")
    assert thread is not None
    assert [found.label for found in thread.documents] == ["A", "B", "Z", "AA"]


async def test_a_thread_is_muted_until_it_is_unmuted(stores: Stores) -> None:
    asked = mention()
    await stores.archive.record(asked)
    for muted in (True, False, True):
        await stores.archive.mute(asked, muted)
        thread = await stores.archive.thread("T1", "C1", "1.0")
        assert thread is not None
        assert thread.muted is muted


async def test_a_thread_stays_muted_for_the_others_once_whoever_muted_it_is_forgotten(
    stores: Stores,
) -> None:
    mutes = mention("2.0", intent="mute")
    for each in (mention(person="U2"), mutes):
        await stores.archive.record(each)
        await stores.archive.keep_outcome(each, Notice("Done."))
    await stores.archive.mute(mutes, muted=True)
    assert await stores.archive.forget("T1", "U1") == (mutes.key,)

    thread = await stores.archive.thread("T1", "C1", "1.0")
    assert thread is not None
    assert thread.muted


async def test_a_mute_lasts_as_long_as_the_thread_is_active(stores: Stores) -> None:
    await stores.archive.record(mention("1.0"))
    await stores.archive.mute(mention("1.0"), muted=True)
    stores.clock.now += 20 * DAY
    await stores.archive.record(mention("2.0"))
    await stores.archive.purge(stores.clock.now + 15 * DAY)
    thread = await stores.archive.thread("T1", "C1", "1.0")
    assert thread is not None
    assert thread.muted


@pytest.mark.parametrize("is_muted_again", [True, False])
async def test_an_ephemeral_mention_does_not_end_a_mute(
    stores: Stores, is_muted_again: bool
) -> None:
    await stores.archive.record(mention("1.0"))
    await stores.archive.mute(mention("1.0"), muted=True)
    fleeting = mention("2.0", fleeting=True)
    await stores.archive.record(fleeting)
    if is_muted_again:
        await stores.archive.mute(fleeting, muted=True)
    await stores.archive.purge(stores.clock.now + DAY)
    thread = await stores.archive.thread("T1", "C1", "1.0")
    assert thread is not None
    assert thread.muted


async def test_an_expired_ephemeral_mention_leaves_documents_that_others_use(
    stores: Stores,
) -> None:
    archive = stores.archive
    first, fleeting = mention("1.0"), mention("2.0", intent="ask", fleeting=True)
    await archive.record(first)
    await archive.keep_reading(first, (document("A"),), ())
    await archive.keep_outcome(first, briefing(document("A")))
    await archive.record(fleeting)
    await archive.keep_reading(fleeting, (document("A"),), ())
    await archive.keep_outcome(fleeting, answer(document("A")))
    stores.clock.now += DAY

    assert await archive.purge(stores.clock.now) == (fleeting.key,)
    assert await archive.reading(first.key) == ((document("A"),), ())
    assert await archive.outcome(first.key) == briefing(document("A"))


async def test_a_document_stays_as_long_as_a_mention_uses_it(stores: Stores) -> None:
    archive = stores.archive
    fleeting, later = mention("1.0", fleeting=True), mention("2.0", intent="ask")
    for each in (fleeting, later):
        await archive.record(each)
        await archive.keep_reading(each, (document("A"),), ())
    stores.clock.now += DAY

    assert await archive.purge(stores.clock.now) == (fleeting.key,)
    assert await archive.reading(later.key) == ((document("A"),), ())


async def test_intents_to_post_are_stored(stores: Stores) -> None:
    asked = mention(f"{stores.clock.now}")
    await stores.archive.record(asked)
    assert await stores.postings.intend(asked, -1, "C1") == "new"
    assert await stores.postings.intend(asked, -1, "C1") == Posting(asked.key, -1, "C1", None)
    assert await stores.postings.posted(asked, -1, "5.0")
    assert await stores.postings.intend(asked, 0, "D9") == "new"
    assert await stores.postings.of(asked.key) == (
        Posting(asked.key, -1, "C1", "5.0"),
        Posting(asked.key, 0, "D9", None),
    )


async def test_deleting_a_mention_deletes_its_documents_and_the_replies_that_rest_on_them(
    stores: Stores,
) -> None:
    archive = stores.archive
    first, second = mention("1.0"), mention("2.0", intent="ask")
    own = document("B", "Rain fell. It ended.")
    await archive.record(first)
    await archive.keep_reading(first, (document("A"),), ())
    await archive.keep_outcome(first, briefing(document("A")))
    await stores.postings.intend(first, 0, "C1")
    await archive.record(second)
    await archive.keep_reading(second, (document("A"), own), ())
    await archive.keep_outcome(second, answer(document("A")))

    await archive.delete(first.key)
    assert await archive.mention(first.key) is None
    assert await archive.outcome(first.key) is None
    assert await archive.reading(first.key) is None
    assert await stores.postings.of(first.key) == ()
    assert await archive.mention(second.key) == second
    assert await archive.reading(second.key) == ((own,), ())
    assert await archive.outcome(second.key) == Notice("", ended_by=first.key)


async def test_a_source_deleted_while_a_question_is_answered_is_not_in_the_answer(
    stores: Stores,
) -> None:
    archive = stores.archive
    first, second = mention("1.0"), mention("2.0", intent="ask")
    for asked, read in ((first, (document("A"),)), (second, ())):
        await archive.record(asked)
        await archive.keep_reading(asked, read, ())
    await archive.delete(first.key)
    assert await archive.keep_outcome(second, answer(document("A"))) == SOURCE_DELETED
    assert await archive.outcome(second.key) == SOURCE_DELETED


@pytest.mark.parametrize("is_deleted", [False, True])
async def test_a_question_below_a_direct_reply_may_use_the_sources_of_the_original_thread(
    stores: Stores, is_deleted: bool
) -> None:
    archive, postings = stores.archive, stores.postings
    first = mention("1.0")
    below = mention(
        "7.0", key="msg:T1:D1:7.0", channel="D1", thread="6.0", direct=True, intent="ask"
    )
    await archive.record(first)
    await archive.keep_reading(first, (document("A"),), ())
    await archive.keep_outcome(first, briefing(document("A")))
    await postings.intend(first, 0, "U1")
    await postings.posted(first, 0, "6.0")
    await archive.record(below)
    await archive.keep_reading(below, (), ())
    if is_deleted:
        await archive.delete(first.key)
    reply = answer(document("A"))
    expected = SOURCE_DELETED if is_deleted else reply
    assert await archive.keep_outcome(below, reply) == expected


async def test_a_question_about_a_copy_may_use_sources_stored_before_the_copy_had_a_thread(
    stores: Stores,
) -> None:
    copy = mention(key="msg:T1:C1:1.0:share:V1", channel="C2", thread="")
    asked = mention("9.5", key="msg:T1:C2:9.5", channel="C2", thread="9.0", intent="ask")
    await stores.archive.record(copy)
    await stores.archive.keep_reading(copy, (document("A"),), ())
    await stores.archive.keep_outcome(copy, briefing(document("A")))
    await stores.archive.move(replace(copy, thread="9.0", message="9.0"))
    await stores.archive.record(asked)
    await stores.archive.keep_reading(asked, (), ())
    reply = answer(document("A"))
    assert await stores.archive.keep_outcome(asked, reply) == reply


async def test_deleting_one_copy_in_a_channel_leaves_the_other_copies_there(stores: Stores) -> None:
    archive = stores.archive
    copies = [
        mention(key=f"msg:T1:C1:1.0:share:V{n}", channel="C2", thread="", person=f"U{n}")
        for n in (1, 2)
    ]
    for n, copy in enumerate(copies, start=8):
        await archive.record(copy)
        await archive.keep_reading(copy, (document("A"),), ())
        await archive.keep_outcome(copy, briefing(document("A")))
        await archive.move(replace(copy, thread=f"{n}.0", message=f"{n}.0"))
    await archive.delete(copies[0].key)
    assert await archive.reading(copies[1].key) == ((document("A"),), ())
    assert await archive.outcome(copies[1].key) == briefing(document("A"))


async def test_storing_a_reply_and_deleting_its_source_do_not_deadlock(
    postgresql: str,
) -> None:
    database = await open_database(postgresql)
    archive = DatabaseArchive(database.engine, Retention(30))
    first, second = mention("1.0"), mention("2.0")
    for asked in (first, second):
        await archive.record(asked)
        await archive.keep_reading(asked, (document("A"),), ())
    await archive.keep_outcome(first, briefing(document("A")))
    earlier = EarlierReply(first.key, "1.0", "2026-01-01", "Snow")
    later = replace(briefing(document("A")), since=Since((earlier,)))

    async with asyncio.TaskGroup() as group, transaction(database.engine) as connection:
        await connection.execute(select(documents.c.id).with_for_update())
        kept = group.create_task(archive.keep_outcome(second, later))
        await until_waiting(connection, 1)
        deleted = group.create_task(archive.delete(first.key))
        await until_waiting(connection, 2)
    await kept
    await deleted
    assert await archive.outcome(second.key) == Notice("", ended_by=first.key)
    await database.close()


async def test_superseding_a_reply_and_deleting_its_source_do_not_deadlock(
    postgresql: str,
) -> None:
    database = await open_database(postgresql)
    archive = DatabaseArchive(database.engine, Retention(30))
    first, second = mention("1.0"), mention("2.0")
    for asked in (first, second):
        await archive.record(asked)
        await archive.keep_reading(asked, (document("A"),), ())
    earlier, later = answer(document("A")), answer(document("A"), question="What else?")
    await archive.keep_outcome(second, earlier)

    async with asyncio.TaskGroup() as group, transaction(database.engine) as connection:
        is_second = outcomes.c.key == second.key
        await connection.execute(select(outcomes.c.key).where(is_second).with_for_update())
        kept = group.create_task(archive.supersede(second, earlier, later))
        await until_waiting(connection, 1)
        deleted = group.create_task(archive.delete(first.key))
        await until_waiting(connection, 2)
    assert await kept
    await deleted
    assert await archive.outcome(second.key) == Notice("", ended_by=first.key)
    await database.close()


async def test_two_replies_deleted_at_once_both_vanish_from_a_later_one(
    postgresql: str,
) -> None:
    database = await open_database(postgresql)
    archive = DatabaseArchive(database.engine, Retention(30))
    first, second, later = (mention(ts, thread=ts) for ts in ("1.0", "2.0", "3.0"))
    replies = tuple(EarlierReply(m.key, m.thread, "2026-01-01", "Snow") for m in (first, second))
    for asked in (first, second, later):
        await archive.record(asked)
        source = document("A", f"Snow fell at {asked.thread}. “Cold,” said Ann — 🙂.")
        known = Since(replies) if asked == later else None
        await archive.keep_outcome(asked, replace(briefing(source), since=known))

    async with asyncio.TaskGroup() as group, transaction(database.engine) as connection:
        is_later = outcomes.c.key == later.key
        await connection.execute(select(outcomes.c.key).where(is_later).with_for_update())
        for count, asked in enumerate((first, second), start=1):
            group.create_task(archive.delete(asked.key))
            await until_waiting(connection, count)
    kept = await archive.outcome(later.key)
    assert isinstance(kept, Briefing)
    assert kept.since is None
    await database.close()


async def until_waiting(connection: AsyncConnection, count: int) -> None:
    """Return once so many sessions are waiting for a lock."""
    waiting = text("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted")
    async with asyncio.timeout(60):
        while (await connection.scalar(waiting) or 0) < count:
            await asyncio.sleep(0.01)


async def test_a_thread_does_not_wait_for_a_reply_deleted_with_its_source(stores: Stores) -> None:
    archive = stores.archive
    first, second, third = mention("1.0"), mention("2.0", intent="ask"), mention("3.0")
    await archive.record(first)
    await archive.keep_reading(first, (document("A"),), ())
    await archive.record(second)
    await archive.keep_outcome(second, answer(document("A")))
    await archive.delete(first.key)
    await archive.record(third)

    assert await archive.unanswered() == (third,)
    assert await archive.next_in_thread("T1", "C1", "1.0") == third


async def test_a_shared_reply_is_unanswered_until_it_is_posted_in_its_thread(
    stores: Stores,
) -> None:
    shared = mention("1.0")
    await stores.archive.record(shared)
    await stores.archive.keep_outcome(shared, briefing(document("A")))
    await stores.postings.intend(shared, ROOT, "C1")
    assert await stores.archive.unanswered() == ()
    await stores.postings.posted(shared, ROOT, "1.0")
    assert await stores.archive.unanswered() == (shared,)
    assert await stores.archive.next_in_thread("T1", "C1", "1.0") is None
    await stores.postings.intend(shared, 0, "C1")
    assert await stores.archive.unanswered() == ()


async def test_deleting_a_question_leaves_its_sources(stores: Stores) -> None:
    archive = stores.archive
    first, second = mention("1.0"), mention("2.0", intent="ask")
    await archive.record(first)
    await archive.keep_reading(first, (document("A"),), ())
    await archive.keep_outcome(first, briefing(document("A")))
    await archive.record(second)
    await archive.keep_outcome(second, answer(document("A")))

    await archive.delete(second.key)
    assert await archive.outcome(first.key) == briefing(document("A"))
    thread = await archive.thread("T1", "C1", "1.0")
    assert thread is not None
    assert thread.documents == (document("A"),)
    assert thread.turns == ()


async def test_nothing_is_stored_for_a_deleted_mention(stores: Stores) -> None:
    asked = mention()
    await stores.archive.record(asked)
    await stores.archive.delete(asked.key)
    await stores.archive.keep_reading(asked, (document("A"),), ())
    await stores.archive.keep_outcome(asked, Notice("Too late."))
    await stores.archive.mute(asked, muted=True)
    assert not await stores.postings.posted(asked, 0, "5.0")
    assert await stores.postings.intend(asked, 0, "C1") == "deleted"
    assert await stores.archive.reading(asked.key) is None
    assert await stores.archive.outcome(asked.key) is None
    assert await stores.postings.of(asked.key) == ()
    assert await stores.archive.thread("T1", "C1", "1.0") is None


async def test_expired_mentions_are_purged(stores: Stores) -> None:
    old, new = mention("1.0"), mention("2.0")
    await stores.archive.record(old)
    await stores.archive.keep_reading(old, (document("A"),), ())
    stores.clock.now += 20 * DAY
    await stores.archive.record(new)
    await stores.archive.keep_outcome(new, answer(document("A")))
    stores.clock.now += 15 * DAY
    assert await stores.archive.mention(old.key) is None
    assert await stores.archive.purge(stores.clock.now) == (old.key,)
    assert await stores.archive.purge(stores.clock.now) == ()
    assert await stores.archive.reading(old.key) is None
    assert await stores.archive.outcome(new.key) == answer(document("A"))


async def test_forgetting_a_person_leaves_what_is_being_withdrawn_to_its_withdrawal(
    stores: Stores,
) -> None:
    archive = stores.archive
    by_message, by_button, other = (mention(f"{n}.0", thread=f"{n}.0") for n in range(3))
    gone = mention("0.0", thread="0.0", key="gone:T1:C1:0.0", intent="withdraw")
    for each in (by_message, by_button, other, gone, by_button.withdrawal):
        await archive.record(each)
    for each in (by_message, by_button, other):
        await archive.keep_outcome(each, answer(document("A")))
    await archive.keep_outcome(gone, Notice("", ends=(by_message.key,)))

    assert await archive.forget("T1", "U1") == (other.key,)
    for each in (by_message, by_button, gone, by_button.withdrawal):
        assert await archive.mention(each.key) == each
    stores.clock.now += 3 * DAY  # no job tries for so long
    await archive.forget("T1", "U1")
    assert await archive.mention(by_message.key) is None


async def test_others_are_served_while_a_persons_requests_are_deleted(sqlite: str) -> None:
    database = await open_database(sqlite)
    archive = DatabaseArchive(database.engine, Retention(30))
    asked = [mention(f"{number}.0") for number in range(5)]
    for each in asked:
        await archive.record(each)
        await archive.keep_outcome(each, answer(document("A")))

    deleting, left = asyncio.create_task(archive.forget("T1", "U1")), set[int]()
    while not deleting.done():
        left.add(len([each for each in asked if await archive.mention(each.key)]))
        await asyncio.sleep(0.001)
    assert {1, 2, 3, 4} & left
    assert set(await deleting) == {each.key for each in asked}
    await database.close()


async def test_a_forgotten_person_is_in_no_mute(address: str) -> None:
    database = await open_database(address)
    archive = DatabaseArchive(database.engine, Retention(30))
    for channel in ("C1", "D1"):
        asked = mention(key=channel, channel=channel)
        await archive.record(asked)
        await archive.mute(asked, muted=True)
    await archive.forget("T1", "U1")
    async with database.engine.begin() as connection:
        rows = await connection.execute(select(threads.c.channel, threads.c.person))
        assert [tuple(row) for row in rows] == [("C1", "")]
    await database.close()


async def test_the_reply_to_what_is_over_an_hour_old_may_be_posted_already(stores: Stores) -> None:
    recent, old = (mention(f"{stores.clock.now - age}") for age in (3_500.0, 3_700.0))
    for each in (recent, old):
        await stores.archive.record(each)
    assert await stores.postings.intend(recent, 0, "C1") == "new"
    assert await stores.postings.intend(old, SIGN, "C1") == "new"
    assert await stores.postings.intend(old, 0, "C1") == "late"
    assert await stores.postings.intend(old, 0, "C1") == Posting(old.key, 0, "C1", None)


async def test_no_rows_are_left_after_everything_expired(address: str) -> None:
    database = await open_database(address)
    retention = Retention(30)
    archive, postings = (
        DatabaseArchive(database.engine, retention),
        DatabasePostings(database.engine, retention),
    )
    asked = mention()
    await archive.record(asked)
    await archive.keep_reading(asked, (document("A"),), (Unread("x", "network", "no"),))
    await archive.keep_outcome(asked, briefing(document("A")))
    await archive.mute(asked, muted=True)
    await postings.intend(asked, 0, "C1")
    await archive.purge(retention.clock() + 31 * DAY)
    async with database.engine.begin() as connection:
        for table in metadata.sorted_tables:
            assert await connection.scalar(select(func.count()).select_from(table)) == 0, table
    await database.close()


async def test_mentions_without_a_reply_are_listed(stores: Stores) -> None:
    asked, answered = mention("a"), mention("b")
    await stores.archive.record(asked)
    await stores.archive.record(answered)
    await stores.archive.keep_outcome(answered, Notice("Here."))
    assert await stores.archive.unanswered() == (asked,)


async def test_the_newest_briefing_made_from_the_same_sources_is_found_until_deleted(
    stores: Stores,
) -> None:
    for key, name in (("1", "same"), ("2", "same"), ("3", "other")):
        asked = mention(key, thread=key)
        await stores.archive.record(asked)
        made = replace(briefing(document("A")), made_from=name, notes=(key,))
        await stores.archive.keep_outcome(asked, made)
    for key in ("2", "1"):
        found = await stores.archive.made_before("same")
        assert found is not None
        assert found.notes == (key,)
        assert found.documents == (document("A"),)
        await stores.archive.delete(mention(key).key)
    assert await stores.archive.made_before("same") is None


async def test_a_mention_answered_directly_is_found_by_its_reply(stores: Stores) -> None:
    asked = mention()
    await stores.archive.record(asked)
    await stores.postings.intend(asked, 0, "U1")
    await stores.postings.posted(asked, 0, "7.0")
    assert await stores.archive.answered_directly("U1", "7.0") == asked
    assert await stores.archive.answered_directly("U2", "7.0") is None
    assert await stores.archive.answered_directly("U1", "8.0") is None


async def test_the_next_mention_in_a_thread_is_the_earliest_message_not_the_earliest_record(
    stores: Stores,
) -> None:
    first, second = mention("8.1"), mention("8.2")
    stop = mention("8.0", intent="stop")
    other = mention("7.0", thread="7.0")
    for each in (stop, second, first, other):
        await stores.archive.record(each)
    place = (first.team, first.channel, first.thread)
    assert await stores.archive.next_in_thread(*place) == first
    await stores.archive.keep_outcome(first, Notice("Done."))
    assert await stores.archive.next_in_thread(*place) == second
    await stores.archive.keep_outcome(second, Notice("Done."))
    assert await stores.archive.next_in_thread(*place) is None


async def test_the_mention_before_another_is_found_even_if_answered(stores: Stores) -> None:
    first, second, third = (mention(ts) for ts in ("8.1", "8.2", "8.3"))
    for each in (mention("8.25", intent="stop"), third, first, second, mention("7", thread="7")):
        await stores.archive.record(each)
    await stores.archive.keep_outcome(second, Notice("Done."))
    assert await stores.archive.before_in_thread(third) == second.key
    assert await stores.archive.before_in_thread(second) == first.key
    assert await stores.archive.before_in_thread(first) is None


async def test_a_button_press_comes_after_messages_sent_before_it(stores: Stores) -> None:
    said = mention("999999.0")
    retry = mention("5.0", key="msg:T1:C1:5.0:retry:6.0")
    for each in (retry, said):
        await stores.archive.record(each)
    assert await stores.archive.next_in_thread(said.team, said.channel, said.thread) == said


async def test_a_person_s_earlier_waiting_mentions_are_counted(
    stores: Stores,
) -> None:
    asked = [mention(key=f"k{n}") for n in range(3)]
    others = [replace(asked[0], key="o", person="U9"), replace(asked[0], key="t", team="T9")]
    for each in (*others, *asked):
        await stores.archive.record(each)
    assert [await stores.archive.waiting_before(each) for each in asked] == [0, 1, 2]
    await stores.archive.keep_outcome(asked[0], Notice("Done."))
    assert await stores.archive.waiting_before(asked[2]) == 1


async def shown_version(stores: Stores, *, of: Mention | None = None) -> tuple[Mention, Mention]:
    """A briefing in two messages, and a shorter version that has taken them over."""
    first = of or mention("1.0")
    await stores.archive.record(first)
    await stores.archive.keep_outcome(first, briefing(document("A")))
    for part, ts in ((ROOT, "0.9"), (SIGN, "1.1"), (0, "1.1"), (1, "1.2")):
        await stores.postings.intend(first, part, first.channel)
        await stores.postings.posted(first, part, ts)
    short = replace(briefing(document("A")), wishes=Wishes(length="short"))
    version = replace(first, key=f"{first.key}:short:1.2", version_of=first.key)
    await stores.archive.record(version)
    await stores.postings.intend(version, SIGN, version.channel)
    await stores.archive.keep_outcome(version, short)
    assert await stores.postings.take_over(version)
    return first, version


async def reply_messages(stores: Stores, asked: Mention) -> list[tuple[int, str | None]]:
    """The messages of the reply, without first signs."""
    postings = await stores.postings.of(asked.key)
    return [(each.part, each.ts) for each in postings if each.part > SIGN or each.part == ROOT]


async def test_a_version_takes_over_the_messages_and_returns_them(stores: Stores) -> None:
    first, version = await shown_version(stores)
    messages = [(ROOT, "0.9"), (0, "1.1"), (1, "1.2")]
    assert await reply_messages(stores, first) == []
    assert await reply_messages(stores, version) == messages
    assert await stores.archive.versions(version) == (first, version)

    for _ in range(2):  # as after a crash
        assert await stores.postings.take_over(first)
        assert await reply_messages(stores, first) == messages
        assert await reply_messages(stores, version) == []


async def test_nothing_is_posted_for_a_hidden_version(stores: Stores) -> None:
    first, version = await shown_version(stores)
    assert await stores.postings.intend(first, 2, first.channel) == "deleted"
    assert await stores.postings.intend(version, 2, version.channel) == "new"


async def test_a_thread_continues_from_the_version_that_is_shown(stores: Stores) -> None:
    first, version = await shown_version(stores)
    for shown, length in ((version, "short"), (first, "standard")):
        await stores.postings.take_over(shown)
        known = await stores.archive.thread(first.team, first.channel, first.thread)
        assert known is not None
        assert (known.briefed, known.wishes.length) == (shown.key, length)


async def test_a_deleted_version_takes_its_messages_with_it(stores: Stores) -> None:
    first, version = await shown_version(stores)
    await stores.archive.delete(version.key)
    assert not await stores.postings.take_over(version)
    assert not await stores.postings.take_over(first)


async def test_a_source_pasted_later_is_no_longer_unread(stores: Stores) -> None:
    archive, (first, *_) = stores.archive, UNREAD
    other = Unread("https://b.example", "login", "Log in.")
    for ts, completes, unread in (
        ("1.0", None, (first, other)),
        ("2.0", mention("1.0").key, (other,)),
    ):
        asked = mention(ts, completes=completes)
        await archive.record(asked)
        await archive.keep_reading(asked, (document("A"),), unread)
        await archive.keep_outcome(asked, briefing(document("A")))
    thread = await archive.thread("T1", "C1", "1.0")
    assert thread is not None
    assert thread.unread == (other,)


async def test_a_version_that_showed_nothing_new_is_not_the_latest_reply(
    stores: Stores,
) -> None:
    archive, first = stores.archive, mention()
    await archive.record(first)
    await archive.keep_outcome(first, briefing(document("A")))
    version = mention("2.0", version_of=first.key)
    await archive.record(version)
    await archive.keep_outcome(version, Notice("That would show the same lines again."))
    thread = await archive.thread("T1", "C1", "1.0")
    assert thread is not None
    assert thread.answered == first.key


PLACES = StreamPlaces(many=3, lifetime=230.0, between=60.0)


async def streamed(stores: Stores, key: str, team: str = "T1") -> bool:
    asked = replace(mention(key, thread=key), team=team)
    await stores.archive.record(asked)
    return await stores.postings.intend_stream(asked, PLACES)


async def test_a_team_never_has_more_streams_than_allowed(stores: Stores) -> None:
    begun = await asyncio.gather(*(streamed(stores, str(n)) for n in range(6)))
    assert sorted(begun) == [False] * 3 + [True] * 3
    assert await streamed(stores, "other", "T2")
    assert not await stores.postings.intend_stream(mention("other", thread="other"), PLACES)


async def test_a_stream_s_place_is_free_a_minute_after_its_reply(stores: Stores) -> None:
    assert [await streamed(stores, str(n)) for n in range(4)] == [True] * 3 + [False]
    await stores.archive.keep_outcome(mention("1", thread="1"), Notice("Here."))
    stores.clock.now += 59.0
    assert not await streamed(stores, "4")
    stores.clock.now += 1.0
    assert [await streamed(stores, str(n)) for n in (5, 6)] == [True, False]


async def test_a_stream_refused_by_slack_takes_no_place(stores: Stores) -> None:
    assert [await streamed(stores, str(n)) for n in range(3)] == [True] * 3
    await stores.postings.posted(mention("1", thread="1"), STREAM, "")
    assert await streamed(stores, "3")


async def test_the_place_of_a_dead_process_s_stream_becomes_free(stores: Stores) -> None:
    assert [await streamed(stores, str(n)) for n in range(3)] == [True] * 3
    stores.clock.now += 290.0
    assert await streamed(stores, "3")


@pytest.mark.parametrize("stores", ["sqlite", "postgresql"], indirect=True)
async def test_expired_mentions_with_a_first_sign_but_no_reply_are_found(stores: Stores) -> None:
    replied, sign, stream, over = (mention(f"{number}.0") for number in range(4))
    for asked in (replied, sign, stream, over):
        await stores.archive.record(asked)
        part = STREAM if asked is stream else SIGN
        await stores.postings.intend(asked, part, asked.channel)
        if asked is not stream:
            await stores.postings.posted(asked, part, "" if asked is over else "7.1")
    await stores.postings.intend(replied, 0, replied.channel)
    await stores.postings.posted(replied, 0, "7.1")
    assert await stores.archive.expired_at_work() == ()
    stores.clock.now += 31 * DAY
    left = await stores.archive.expired_at_work()
    assert set(left) == {sign, stream}


async def test_a_stream_whose_message_was_never_recorded_is_found(stores: Stores) -> None:
    for key in ("known", "begins", "left"):
        await streamed(stores, key)
    await stores.postings.posted(mention("known"), STREAM, "7.2")
    for key in ("known", "left"):
        await stores.archive.keep_outcome(mention(key, thread=key), Notice("Stopped."))
    assert await stores.archive.streams_left() == ()
    stores.clock.now += 61.0
    assert await stores.archive.streams_left() == (mention("left", thread="left"),)
    await stores.postings.posted(mention("left"), STREAM, "")
    assert await stores.archive.streams_left() == ()
