"""Which briefings of a story a channel was shown; in databases and in memory."""

from dataclasses import replace
from typing import Any

import pytest

from bot.briefing.lines import Briefing, Line
from bot.service.ports import Mention
from tests.storage.examples import answer, briefing, document, earlier, mention, since
from tests.storage.stores import Stores

FLOOD = ("castel", "flood", "brell", "sorrel")
DAY = 86_400.0
MAY_23 = 1_937_260_800.0  # 2031


async def post_briefing(
    stores: Stores, ts: str, text: str, posted_in: str = "C1", **fields: Any
) -> Mention:
    """Store and post a briefing whose bottom line is ``text``."""
    asked = mention(ts, **{"thread": ts, **fields})
    await stores.archive.record(asked)
    await stores.archive.keep_outcome(asked, about(text, ts))
    await stores.postings.intend(asked, 0, posted_in)
    await stores.postings.posted(asked, 0, f"{ts}1")
    return asked


async def found_keys(stores: Stores, *words: str, ts: str = "900.0", **fields: Any) -> list[str]:
    found = await stores.archive.told(mention(ts, **fields), words or FLOOD)
    return [reply.key for reply, _ in found]


def about(text: str, source_text: str = "Snow fell.") -> Briefing:
    source = document("A", f"{source_text} “Cold,” said Ann.")
    bottom = Line(text, "event", None, (source.passage(1),))
    return replace(briefing(source), headline=None, bottom_line=bottom, since=None)


async def test_briefings_with_two_of_the_words_are_found_latest_first(stores: Stores) -> None:
    stores.clock.now = MAY_23
    first = await post_briefing(stores, "1.0", "The flood in Castell killed 31 people.")
    await post_briefing(stores, "2.0", "The flood of letters does not end.")
    stores.clock.now += DAY
    second = await post_briefing(stores, "3.0", "Mayor Ona Brell opens the Sorrel bridge.")

    found = await stores.archive.told(mention("900.0"), FLOOD)
    assert [reply.key for reply, _ in found] == [second.key, first.key]
    assert [reply.day for reply, _ in found] == ["2031-05-24", "2031-05-23"]
    assert found[1][1] == await stores.archive.outcome(first.key)
    assert (found[0][0].thread, found[0][0].title) == ("3.0", found[0][1].title)


async def test_a_briefing_keeps_its_day_when_it_is_corrected(stores: Stores) -> None:
    stores.clock.now = MAY_23
    first = await post_briefing(stores, "1.0", "The flood in Castell killed 31 people.")
    stores.clock.now += DAY
    second = await post_briefing(stores, "2.0", "Mayor Ona Brell opens the Sorrel bridge.")
    stores.clock.now += DAY
    outcome = await stores.archive.outcome(first.key)
    assert isinstance(outcome, Briefing)
    await stores.archive.supersede(first, outcome, replace(outcome, corrected="2031-05-25"))

    found = await stores.archive.told(mention("900.0"), FLOOD)
    days = {reply.key: reply.day for reply, _ in found}
    assert days == {first.key: "2031-05-23", second.key: "2031-05-24"}
    assert [reply.key for reply, _ in found] == [second.key, first.key]


@pytest.mark.parametrize("words", [("flood",), ("castel",), ()])
async def test_one_matching_word_is_not_enough(stores: Stores, words: tuple[str, ...]) -> None:
    await post_briefing(stores, "1.0", "The flood in Castell killed 31 people.")
    assert await stores.archive.told(mention("900.0"), words) == ()


@pytest.mark.parametrize(
    "shown",
    [
        {"channel": "C2", "posted_in": "C2"},
        {"team": "T2"},
        {"fleeting": True},
        {"posted_in": "U1"},
    ],
    ids=["another channel", "another team", "kept for an hour", "sent to the asker directly"],
)
async def test_only_briefings_shown_in_the_channel_are_found(
    stores: Stores, shown: dict[str, Any]
) -> None:
    await post_briefing(stores, "1.0", "The flood in Castell killed 31 people.", **shown)
    assert await found_keys(stores) == []


async def test_an_ephemeral_channel_finds_nothing(stores: Stores) -> None:
    await post_briefing(stores, "1.0", "The flood in Castell killed 31 people.")
    assert await found_keys(stores, fleeting=True) == []


async def test_a_direct_message_finds_only_the_same_person_s_briefings(stores: Stores) -> None:
    flood = "The flood in Castell killed 31 people."
    own = await post_briefing(stores, "1.0", flood, channel="D1", direct=True, posted_in="D1")
    await post_briefing(
        stores, "2.0", flood, channel="D1", direct=True, person="U2", posted_in="D1"
    )
    assert await found_keys(stores, channel="D1", direct=True) == [own.key]


async def test_expired_deleted_and_hidden_briefings_are_not_found(stores: Stores) -> None:
    flood = "The flood in Castell killed 31 people."
    await post_briefing(stores, "1.0", flood)
    stores.clock.now += 31 * DAY
    gone = await post_briefing(stores, "2.0", flood)
    first = await post_briefing(stores, "3.0", flood)
    await stores.archive.delete(gone.key)
    version = mention("4.0", thread="3.0", version_of=first.key)
    await stores.archive.record(version)
    await stores.archive.keep_outcome(version, about("The flood in Castell."))
    await stores.postings.take_over(version)
    assert await found_keys(stores) == [version.key]
    assert await found_keys(stores, ts="4.0") == []


async def test_answers_and_unposted_briefings_are_not_found(stores: Stores) -> None:
    asked = mention("1.0", thread="1.0")
    await stores.archive.record(asked)
    await stores.archive.keep_outcome(asked, about("The flood in Castell killed 31."))
    question = await post_briefing(stores, "2.0", "Nothing of the kind.")
    source = document("A")
    said = answer(source, lines=(replace(answer(source).lines[0], text="The flood in Castell."),))
    outcome = await stores.archive.outcome(question.key)
    assert outcome is not None
    await stores.archive.supersede(question, outcome, said)
    assert await found_keys(stores) == []


async def test_only_the_latest_briefings_are_read(stores: Stores) -> None:
    for number in range(1, 121):
        await post_briefing(stores, f"{number}.0", f"Day {number} of the flood in Castell.")
    found = await found_keys(stores)
    assert found == [f"msg:T1:C1:{number}.0" for number in range(120, 112, -1)]
    more = await stores.archive.told(mention("900.0"), FLOOD, 101)
    assert [each.key for each, _ in more] == [f"msg:T1:C1:{n}.0" for n in range(120, 19, -1)]


async def test_deleting_a_reply_removes_its_words_from_later_ones(stores: Stores) -> None:
    first = await post_briefing(stores, "1.0", "The flood in Castell killed 31 people.")
    second = await post_briefing(stores, "2.0", "The flood in Castell killed 40 people.")
    [(latest, _), (reply, _)] = await stores.archive.told(mention("900.0"), FLOOD)
    source = document("A", "Rain fell. “Wet,” said Bob.")
    comparison = since(source)
    changes = (
        replace(comparison.changes[0], then=(earlier(source, reply),)),
        replace(comparison.changes[0], then=(earlier(source, latest),)),
    )
    later = mention("5.0", thread="5.0")
    await stores.archive.record(later)
    known = replace(comparison, replies=(latest, reply), changes=changes)
    await stores.archive.keep_outcome(later, replace(briefing(source), since=known))

    await stores.archive.delete(first.key)
    outcome = await stores.archive.outcome(later.key)
    assert isinstance(outcome, Briefing)
    assert outcome.since == replace(known, replies=(latest,), changes=changes[1:])

    await stores.archive.delete(second.key)
    outcome = await stores.archive.outcome(later.key)
    assert isinstance(outcome, Briefing)
    assert outcome.since is None


async def test_it_removes_them_also_from_what_was_asked_before_and_answered_later(
    stores: Stores,
) -> None:
    slow = mention("0.5", thread="0.5")
    await stores.archive.record(slow)
    first = await post_briefing(stores, "1.0", "The flood in Castell killed 31 people.")
    [(reply, _)] = await stores.archive.told(mention("900.0"), FLOOD)
    source = document("A", "Rain fell. “Wet,” said Bob.")
    known = replace(since(source), replies=(reply,), changes=())
    await stores.archive.keep_outcome(slow, replace(briefing(source), since=known))

    await stores.archive.delete(first.key)
    outcome = await stores.archive.outcome(slow.key)
    assert isinstance(outcome, Briefing)
    assert outcome.since is None


async def test_a_reply_deleted_while_a_later_one_is_written_is_not_quoted_in_it(
    stores: Stores,
) -> None:
    first = await post_briefing(stores, "1.0", "The flood in Castell killed 31 people.")
    [(reply, _)] = await stores.archive.told(mention("900.0"), FLOOD)
    source = document("A", "Rain fell. “Wet,” said Bob.")
    comparison = since(source)
    known = replace(
        comparison,
        replies=(reply,),
        changes=(replace(comparison.changes[0], then=(earlier(source, reply),)),),
    )
    later = mention("5.0", thread="5.0")
    await stores.archive.record(later)
    await stores.archive.delete(first.key)
    kept = await stores.archive.keep_outcome(later, replace(briefing(source), since=known))
    assert kept == briefing(source) == await stores.archive.outcome(later.key)
