"""Search: replies are found by their words, by those who may see them, until they are gone."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.briefing.edits import with_edits
from bot.briefing.lines import Briefing, Difference, Edit, Edited, Line
from bot.briefing.requests import Wishes
from bot.service.ports import ChannelSettings, Mention, Outcome
from bot.storage.archive import DatabaseArchive, DatabasePostings
from bot.storage.database import open_database
from bot.storage.preferences import (
    DatabaseChannels,
    DatabaseFeedback,
    DatabasePreferences,
)
from bot.storage.retention import Retention
from bot.storage.search import DatabaseSearch
from tests.fakes import Clock
from tests.storage.examples import EARLIER, answer, briefing, document, line, mention, since


@dataclass
class Stores:
    archive: DatabaseArchive
    postings: DatabasePostings
    search: DatabaseSearch
    preferences: DatabasePreferences
    feedback: DatabaseFeedback
    channels: DatabaseChannels
    clock: Clock

    async def kept(self, ts: str, outcome: Outcome, **fields: Any) -> Mention:
        asked = mention(ts, **fields)
        await self.archive.record(asked)
        await self.archive.keep_outcome(asked, outcome)
        return asked

    async def keys(self, words: str = "", person: str = "U1", *channels: str) -> list[str]:
        found = await self.search.found("T1", person, channels, words, 10)
        return [each.key for each in found]


@pytest.fixture
async def stores(address: str) -> AsyncIterator[Stores]:
    clock = Clock(1_000_000.0, tick=1.0)
    database = await open_database(address)
    engine, retention = database.engine, Retention(30, clock)
    archive = DatabaseArchive(engine, retention)
    yield Stores(
        archive,
        DatabasePostings(engine, retention),
        DatabaseSearch(engine, clock),
        DatabasePreferences(engine),
        DatabaseFeedback(engine, retention),
        DatabaseChannels(engine, clock),
        clock,
    )
    await database.close()


def about(text: str) -> Outcome:
    """A briefing whose bottom line is ``text``."""
    source = document("A")
    bottom = Line(text, "event", None, (source.passage(1),))
    return replace(briefing(source), bottom_line=bottom)


async def test_the_newest_result_comes_first_with_title_and_opening(stores: Stores) -> None:
    first = await stores.kept("1.0", about("The bridge is closed."), permalink="https://s.test/p1")
    second = await stores.kept("2.0", answer(document("A")))
    found = await stores.search.found("T1", "U1", (), "", 10)

    assert [each.key for each in found] == [second.key, first.key]
    assert found[1].opening == "The bridge is closed."
    assert (found[1].permalink, found[1].kind) == ("https://s.test/p1", "briefing")
    assert found[0].title == "What fell?"


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("La réglementation européenne change.", "reglementation europeenne"),
        ("La reglementation change.", "Réglementation"),
        ("Совет одобрил заём.", "ЗАЕМ одобрил"),
        ("Նախարարը հայտարարեց։", "նախարար"),
        ("أعلن الوزير الاتفاق", "الوزير"),
        ("The 5% levy rose_again.", "5 levy"),
    ],
)
async def test_search_ignores_case_and_accents(stores: Stores, said: str, asked: str) -> None:
    kept = await stores.kept("1.0", about(said))
    await stores.kept("2.0", about("Nothing of the kind."))

    assert await stores.keys(asked) == [kept.key]


@pytest.mark.parametrize(
    ("asked", "said", "beside"),
    [
        ("2,900", "It cost 2,900 crowns.", "It cost 2 crowns, and 900 came."),
        ("2.900", "It cost 2,900 crowns.", "By 2029 it had cost 29,000 crowns, not 900."),
        ("2,900", "On 2 May it cost 2,900 crowns.", "Of 900 only 2 came."),
        ("1.5", "It rose by 1.5 percent.", "It rose by 5 percent on day 1."),
        ("follow-up", "A follow-up is planned.", "They follow it, and go up."),
        ("pre-war rates", "The rates were at pre-war levels.", "The war rates were pre-set."),
        ("Oru’s", "It is Oru's bridge.", "It is Oru who says so."),
        ("2,9", "It cost 2,900 crowns.", "It cost 2 of 9 crowns."),
    ],
)
async def test_a_word_with_punctuation_inside_is_found_as_written(
    stores: Stores, asked: str, said: str, beside: str
) -> None:
    await stores.kept("2.0", about(beside))
    kept = await stores.kept("1.0", about(said))

    assert await stores.keys(asked) == [kept.key]


@pytest.mark.parametrize("asked", ["idge", "bridge tunnel", "%", "_ridge", "b%e"])
async def test_only_beginnings_of_words_are_found(stores: Stores, asked: str) -> None:
    await stores.kept("1.0", about("The bridge is closed."))

    assert await stores.keys(asked) == ([] if asked != "%" else ["msg:T1:C1:1.0"])


async def test_a_result_names_the_earlier_briefings_of_its_story(stores: Stores) -> None:
    shown = about("The bridge is closed.")
    assert isinstance(shown, Briefing)
    await stores.kept("0.5", shown)
    await stores.kept("2.0", replace(shown, since=since(document("A"))))
    await stores.kept("3.0", answer(document("A")))
    found = await stores.search.found("T1", "U1", (), "", 10)
    assert [each.earlier for each in found] == [(), (EARLIER.key,), ()]


async def test_others_find_only_replies_in_their_channels(stores: Stores) -> None:
    here = await stores.kept("1.0", about("It is here."))
    await stores.kept("2.0", about("It is there."), channel="C2", key="msg:T1:C2:2.0")
    await stores.kept("3.0", about("It is elsewhere."), team="T2", key="msg:T2:C1:3.0")

    assert await stores.keys("it", "U2", "C1") == [here.key]
    assert await stores.keys("it", "U2") == []


async def test_deleted_and_expired_replies_are_not_found(stores: Stores) -> None:
    gone = await stores.kept("1.0", about("It is here."))
    await stores.kept("2.0", about("It is here too."), thread="2.0")
    await stores.archive.delete(gone.key)
    assert await stores.keys("here") == ["msg:T1:C1:2.0"]

    stores.clock.now += 31 * 86_400
    assert await stores.keys("here") == []


async def test_deleted_words_leave_the_index(sqlite: str) -> None:
    database = await open_database(sqlite)
    archive = DatabaseArchive(database.engine, Retention(30))
    asked = mention("1.0")
    await archive.record(asked)
    await archive.keep_outcome(asked, about("It is here."))
    await archive.delete(asked.key)
    async with database.engine.begin() as connection:
        check = "INSERT INTO findings_words(findings_words) VALUES ('integrity-check')"
        await connection.execute(text(check))  # fails where index and rows do not agree
        left = await connection.scalar(text("SELECT count(*) FROM findings_words_docsize"))
    await database.close()

    assert left == 0


async def test_deleted_words_leave_the_file_too(sqlite: str) -> None:
    database = await open_database(sqlite)
    archive = DatabaseArchive(database.engine, Retention(30))
    for ts, said in (("1.0", "Ibis is here."), ("2.0", "Kingfisher is here.")):
        asked = mention(ts, thread=ts)
        await archive.record(asked)
        await archive.keep_outcome(asked, about(said))
    await archive.delete(mention("1.0").key)
    assert await archive.purge(0.0) == ()
    await database.close()

    kept = Path(sqlite.removeprefix("sqlite:///")).read_bytes()
    assert (b"ibis" in kept, b"kingfisher" in kept) == (False, True)


async def test_a_superseded_reply_is_found_by_its_new_words(stores: Stores) -> None:
    earlier, later = about("It was early."), about("It is late.")
    asked = await stores.kept("1.0", earlier)
    await stores.archive.supersede(asked, earlier, later)

    assert await stores.keys("early") == []
    assert await stores.keys("late") == [asked.key]


async def test_edited_lines_are_found_by_their_current_words(stores: Stores) -> None:
    first = about("The bridge is closed.")
    assert isinstance(first, Briefing)
    source = first.documents[0]
    first = replace(first, headline=line(source, "A quay collapsed."))
    asked = await stores.kept("1.0", first)
    mine = replace(line(source, "The bridge is shut."), edited=Edited("U1"))

    later = with_edits(first, [Edit(0, "k1"), Edit(1, "k2", mine, is_decided=True)])
    await stores.archive.supersede(asked, first, later)

    for gone in ("quay", "closed"):
        assert await stores.keys(gone) == []
    assert await stores.keys("shut") == [asked.key]


async def test_the_title_of_a_source_does_not_keep_an_edited_headline_findable(
    stores: Stores,
) -> None:
    source = replace(document("A"), title="A quay collapsed.")
    first = replace(briefing(source), headline=line(source, "A quay collapsed."))
    asked = await stores.kept("1.0", first)
    assert await stores.keys("quay") == [asked.key]

    mine = replace(line(source, "A pier fell."), edited=Edited("U1"))
    later = with_edits(first, [Edit(0, "k1", mine, is_decided=True)])
    await stores.archive.supersede(asked, first, later)

    assert await stores.keys("quay") == []
    assert await stores.keys("pier") == [asked.key]


async def test_differences_cautions_and_nearest_passages_are_found_too(stores: Stores) -> None:
    source = document("A")
    drawn = briefing(source)
    sides = (line(source, "Forty fell."), line(source, "Fifty sank."))
    cautions = (replace(drawn.cautions[0], text="Velm is spelt in two ways."),)
    outcome = replace(drawn, differences=(Difference("40 / 50", sides),), cautions=cautions)
    kept = await stores.kept("1.0", outcome)
    near = answer(source, lines=(), nearest=(line(source, "The ferry sailed."),))
    later = await stores.kept("2.0", near)

    assert [await stores.keys(asked) for asked in ("sank", "spelt", "ferry")] == [
        [kept.key], [kept.key], [later.key]
    ]  # fmt: skip


async def test_wishes_are_remembered_for_each_person(stores: Stores) -> None:
    await stores.preferences.keep("T1", "U1", Wishes("fr"))
    await stores.preferences.keep("T1", "U1", Wishes("de", "short"))

    assert await stores.preferences.of("T1", "U1") == Wishes("de", "short")
    assert await stores.preferences.of("T1", "U2") == Wishes()


async def test_the_settings_of_a_channel_are_remembered(stores: Stores) -> None:
    settings = ChannelSettings(Wishes("fr", "short"), ("U1", "U2"), "mentions", True)
    await stores.channels.keep("T1", "C1", "U1", ChannelSettings())
    await stores.channels.keep("T1", "C1", "U1", settings)

    assert await stores.channels.of("T1", "C1") == settings
    assert await stores.channels.of("T1", "C2") == ChannelSettings()


async def test_settings_and_wishes_saved_twice_at_once_are_those_of_one_of_the_two(
    stores: Stores,
) -> None:
    settings = (ChannelSettings(zone="UTC"), ChannelSettings(is_fleeting=True))
    wishes = (Wishes("fr"), Wishes("de"))
    for n in range(10):
        await asyncio.gather(
            *(stores.channels.keep("T1", f"C{n}", "U1", each) for each in settings),
            *(stores.preferences.keep("T1", f"U{n}", each) for each in wishes),
        )
        assert await stores.channels.of("T1", f"C{n}") in settings
        assert await stores.preferences.of("T1", f"U{n}") in wishes


async def test_an_ephemeral_reply_is_gone_after_an_hour(stores: Stores) -> None:
    await stores.kept("1.0", about("It is here."), fleeting=True)
    await stores.kept("2.0", about("It is here too."), thread="2.0")
    stores.clock.now += 3_600

    assert await stores.archive.purge(stores.clock.now) == ("msg:T1:C1:1.0",)
    assert await stores.keys("here") == ["msg:T1:C1:2.0"]


async def test_feedback_is_stored_until_it_changes(stores: Stores) -> None:
    asked = await stores.kept("1.0", about("It is here."))
    said = [
        await stores.feedback.give(asked, person, is_good=is_good)
        for person, is_good in (("U1", False), ("U1", True), ("U1", True), ("U2", False))
    ]
    assert said == [True, True, False, True]
    assert await stores.feedback.of(asked.key) == {"U1": True, "U2": False}

    await stores.archive.delete(asked.key)
    await stores.feedback.give(asked, "U3", is_good=True)
    assert await stores.feedback.of(asked.key) == {}


async def test_forgetting_a_person_deletes_what_they_thought_of_the_replies_to_others(
    stores: Stores,
) -> None:
    asked = await stores.kept("1.0", about("The bridge is closed."), person="U2")
    for person in ("U1", "U2"):
        await stores.feedback.give(asked, person, is_good=False)
    await stores.archive.forget("T1", "U1")

    assert await stores.feedback.of(asked.key) == {"U2": False}


async def test_a_person_is_forgotten_and_nobody_else(stores: Stores) -> None:
    own = await stores.kept("1.0", about("It is here."))
    other = await stores.kept("2.0", about("It is here."), person="U2")
    await stores.preferences.keep("T1", "U1", Wishes("fr"))

    under_way = mention("3.0")
    await stores.archive.record(under_way)

    assert await stores.archive.forget("T1", "U1") == (own.key,)
    assert await stores.archive.mention(own.key) is None
    assert await stores.archive.mention(under_way.key) == under_way, "its withdrawal deletes it"
    assert await stores.archive.mention(other.key) == other
    assert await stores.preferences.of("T1", "U1") == Wishes()


async def test_only_the_version_that_is_shown_is_found(stores: Stores) -> None:
    first = await stores.kept("1.0", about("The bridge is closed."))
    await stores.postings.intend(first, 0, first.channel)
    await stores.postings.posted(first, 0, "1.1")
    version = replace(first, key=f"{first.key}:short:1.1", version_of=first.key)
    await stores.archive.record(version)
    await stores.archive.keep_outcome(version, about("The bridge is shut."))
    assert await stores.keys() == [first.key]

    for shown in (version, first):
        await stores.postings.take_over(shown)
        assert await stores.keys("bridge") == [shown.key]
