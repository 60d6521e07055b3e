"""Which replies rest on a source, and where they were shared; in databases and in memory."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from bot.briefing.digest import Digest, Story, without_text
from bot.service.ports import Archive, Mention, Notice
from bot.storage.archive import DatabaseArchive
from bot.storage.database import open_database
from bot.storage.retention import Retention
from tests.fakes import MemoryArchive
from tests.storage.examples import briefing, document, line, mention

PAGE = replace(document("A"), key="https://example.org/snow_100%?a=“b”")
PASTED = replace(document("A", "Snow fell, “50 %” of it_here. " * 40), key=None, url=None)


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def archive(request: pytest.FixtureRequest) -> AsyncIterator[Archive]:
    if request.param == "memory":
        yield MemoryArchive()
        return
    database = await open_database(request.getfixturevalue(request.param))
    yield DatabaseArchive(database.engine, Retention(30))
    await database.close()


async def replied(archive: Archive, ts: str, source: Any = PAGE, **fields: Any) -> Mention:
    asked = mention(ts, **{"thread": ts, **fields})
    await archive.record(asked)
    await archive.keep_outcome(asked, briefing(source))
    return asked


async def found(archive: Archive, source: Any = PAGE, **fields: Any) -> set[str]:
    there = await archive.resting_on(mention("900.0", **fields), source)
    assert len({each.key for each in there}) == len(there)
    return {each.key for each in there}


async def test_replies_in_the_channel_are_found_by_their_source_s_address(
    archive: Archive,
) -> None:
    own = await replied(archive, "1.0")
    edited = await replied(archive, "2.0", replace(document("A", "Rain fell."), key=PAGE.key))
    await replied(archive, "3.0", replace(PAGE, key="https://example.org/snowX100%?a=“b”"))
    await replied(archive, "4.0", channel="C2")
    await replied(archive, "5.0", team="T2")
    assert await found(archive) == {own.key, edited.key}


async def test_digests_in_the_channel_are_found_by_their_source(archive: Archive) -> None:
    other = replace(PAGE, key="https://example.org/snowX100%?a=“b”")
    for ts, source, channel in (("1", PAGE, "C1"), ("2", other, "C1"), ("3", PAGE, "C2")):
        key, shown = f"digest:d:{ts}", briefing(source)
        story = Story("s", line(source), shown.key_points, "new", (without_text(source),), (9,), ())
        asked = mention(ts, key=key, thread=key, intent="digest", channel=channel)
        await archive.record(asked)
        made = Digest("2026-01-02T08:00:00", (story,), shown.receipt)
        await archive.keep_outcome(asked, Notice("New.", digest=made))
    assert await found(archive) == {"digest:d:1"}


async def test_replies_about_a_pasted_text_are_found_by_its_words(archive: Archive) -> None:
    own = await replied(archive, "1.0", PASTED)
    await replied(archive, "2.0", replace(PASTED, text=PASTED.text.replace("_", "x")))
    assert await found(archive, PASTED) == {own.key}


async def test_copies_are_found_in_every_channel_of_the_team(archive: Archive) -> None:
    own = await replied(archive, "1.0")
    longer = await replied(archive, "1.0", key=f"{own.key}:longer:7.0")
    copies = [
        await replied(archive, f"{n}.0", key=f"{own.key}:share:V{n}", channel=f"C{n}")
        for n in (2, 3)
    ]
    await replied(archive, "5.0", key=f"{own.key}:share:V5", team="T2")
    await replied(archive, "6.0", key="msg:T1:C1:11.0:share:V6", channel="C6")
    assert await found(archive) == {own.key, longer.key, *(each.key for each in copies)}
    # A copy's channel doesn't lead back to the original.
    assert await found(archive, channel="C2") == {each.key for each in copies}


async def test_in_a_direct_message_only_the_person_s_own_replies_are_found(
    archive: Archive,
) -> None:
    own = await replied(archive, "1.0", channel="D1", direct=True)
    await replied(archive, "2.0", channel="D1", direct=True, person="U2")
    assert await found(archive, channel="D1", direct=True) == {own.key}


async def test_deleted_replies_are_not_found(archive: Archive) -> None:
    own = await replied(archive, "1.0")
    copy = await replied(archive, "2.0", key=f"{own.key}:share:V2", channel="C2")
    await archive.delete(copy.key)
    assert await found(archive) == {own.key}
    await archive.delete(own.key)
    assert await found(archive) == set()
