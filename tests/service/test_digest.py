"""From feeds to a digest: each story once, with a note on what is left out."""

from collections.abc import AsyncGenerator, Mapping
from datetime import UTC, datetime, timedelta

import pytest

from bot.briefing.digest import DatedCommitment, Digest, DigestHistory, DigestWishes, Entry
from bot.briefing.draft import DraftItem, DraftLine
from bot.briefing.lines import Commitment
from bot.briefing.numbering import numbered
from bot.briefing.tasks import AnswerTask, Usage, WritingTask
from bot.service.briefing_service import BriefingService
from bot.service.digest import MOST_READ, DigestResult, DigestService
from bot.service.errors import ModelFailure, SourceError, Unreachable, Unreadable
from bot.service.extractive_writer import ExtractiveWriter
from bot.service.ports import Feed, Writer
from tests.fakes import FixedFeeds, FixedReader, ScriptedWriter, Transcript
from tests.news import BRIDGE, BRIDGE_LATER, BRIDGE_TOO, MUSEUM, OTHER_ORU

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
FEED, OTHER = "https://one.example.org/feed", "https://two.example.org/feed"


def feeds_of(**feeds: list[Entry] | SourceError) -> FixedFeeds:
    return FixedFeeds({FEED: feeds.get("one", []), OTHER: feeds.get("two", [])})


def entry(url: str, at: datetime = AT) -> Entry:
    return Entry(url, url, url, "", at.timestamp() - 3_600)


ONE, TWO, THREE, FOUR = (f"https://{n}.example.org/a" for n in ("one", "two", "three", "four"))
TEXTS = {ONE: BRIDGE, TWO: BRIDGE_TOO, THREE: MUSEUM, FOUR: OTHER_ORU}
ENTRIES = [entry(url) for url in TEXTS]


NONE, WISHES = DigestHistory(), DigestWishes((FEED, OTHER))


async def make_digest(
    feeds: FixedFeeds,
    history: DigestHistory = NONE,
    *,
    writer: Writer | None = None,
    texts: Mapping[str, str | SourceError] = TEXTS,
    at: datetime = AT,
    wishes: DigestWishes = WISHES,
    kept: Mapping[str, Feed] | None = None,
) -> DigestResult:
    service = BriefingService(FixedReader(**texts), writer or ExtractiveWriter(), "1")
    return await DigestService(feeds, service).digest(wishes, history, kept or {}, at, Transcript())


def replace_reference(drafted: DraftLine, task: WritingTask | AnswerTask) -> DraftLine:
    """The same line resting on the first sentence of the first document."""
    label = task.excerpts[0].document.label
    return drafted.model_copy(update={"evidence": [f"{label}1"]})


def labels(digest: Digest) -> list[list[str]]:
    return [[document.label for document in story.documents] for story in digest.stories]


async def test_each_story_appears_once_with_its_outlets_and_passages() -> None:
    digest = (await make_digest(feeds_of(one=ENTRIES[:3], two=ENTRIES[3:]))).digest

    assert digest.stories[0].outlets == ("one.example.org", "two.example.org")
    assert labels(digest) == [["A", "B"], ["C"], ["D"]]
    for story in digest.stories:
        assert story.status == "new"
        assert len(story.lines) <= 3
        texts = {document.label: document.text for document in story.documents}
        for line in (story.headline, *story.lines):
            for passage in line.evidence:
                assert texts[passage.document][passage.start : passage.end] == passage.text


async def test_a_story_is_written_from_its_newest_article_first() -> None:
    old, new = "https://one.example.org/old", "https://two.example.org/new"
    texts = {
        old: f"Karatobe bridge will reopen on 1 June, Dana Oru said\n{BRIDGE}",
        new: f"Bridge is late again\n{BRIDGE_LATER}",
    }
    feeds = feeds_of(one=[entry(old, AT - timedelta(hours=9))], two=[entry(new)])

    digest = (await make_digest(feeds, texts=texts)).digest

    (story,) = digest.stories
    assert [document.text for document in story.documents] == [texts[new], texts[old]]
    assert {passage.document for passage in story.headline.evidence} == {"A"}
    assert not any("Nothing in this briefing" in note for note in digest.all_notes)


async def test_the_second_digest_has_only_what_is_new_since_the_first() -> None:
    first = await make_digest(feeds_of(one=ENTRIES))
    late = "https://one.example.org/b"
    day = AT + timedelta(days=1)
    feeds = feeds_of(one=[entry(late, day), *ENTRIES])

    second = await make_digest(
        feeds, first.told, texts={**TEXTS, late: BRIDGE_LATER}, at=day, kept=first.feeds
    )
    third = await make_digest(feeds, second.told, at=day + timedelta(hours=1))

    assert [story.status for story in second.digest.stories] == ["changed"]
    assert [document.text for document in second.digest.stories[0].documents] == [BRIDGE_LATER]
    assert (third.digest.stories, third.digest.notes) == ((), ("Nothing new.",))
    assert feeds.asked[0] == (FEED, True)


async def test_the_notes_say_what_was_left_out() -> None:
    many = [entry(f"https://one.example.org/{n}") for n in range(MOST_READ)]
    feeds = feeds_of(one=ENTRIES, two=many)
    feeds.left_out = 7

    digest = (await make_digest(feeds, wishes=DigestWishes((FEED, OTHER), stories=1))).digest

    assert len(digest.stories) == 1
    assert digest.notes == (
        "Only 4 of 11 entries in one.example.org/feed were looked at.",
        "Only 40 of 47 entries in two.example.org/feed were looked at.",
        "4 entries were left out: a digest reads at most 40 articles.",
        "36 articles could not be read.",
        "2 more stories were left out.",
    )


async def test_a_story_left_out_comes_next_time_unless_others_matter_more() -> None:
    one_a_day = DigestWishes((FEED,), stories=1)
    first = await make_digest(feeds_of(one=ENTRIES), wishes=one_a_day)

    second = await make_digest(
        feeds_of(one=ENTRIES), first.told, wishes=one_a_day, at=AT + timedelta(days=1)
    )

    assert second.digest.stories[0].id != first.digest.stories[0].id


async def test_a_feed_that_is_down_is_named_and_the_others_are_read() -> None:
    down = Unreachable("The site reported an error.", source=FEED, verdict="error")

    digest = (await make_digest(feeds_of(one=down, two=ENTRIES))).digest
    silent = (await make_digest(feeds_of(one=down, two=[]))).digest

    assert [(each.source, each.message) for each in digest.down] == [(FEED, down.message)]
    assert len(digest.stories) == 3
    assert silent.notes == ("Nothing new in the feeds that could be read.",)


async def test_a_feed_that_was_down_for_a_week_loses_and_repeats_nothing() -> None:
    down, mornings = Unreachable("The site reported an error.", source=FEED), []
    mornings.append(await make_digest(feeds_of(one=ENTRIES[:1])))
    for day in range(1, 7):
        at = AT + timedelta(days=day)
        mornings.append(await make_digest(feeds_of(one=down), mornings[-1].told, at=at))
    at = AT + timedelta(days=7)
    back = feeds_of(one=[*ENTRIES[:1], entry(THREE, AT + timedelta(days=2))])
    mornings.append(await make_digest(back, mornings[-1].told, at=at))
    mornings.append(await make_digest(back, mornings[-1].told, at=at + timedelta(days=1)))

    counts = [len(each.digest.stories) for each in mornings]
    assert counts == [1, 0, 0, 0, 0, 0, 0, 1, 0]
    assert all(each.digest.down[0].message == down.message for each in mornings[1:7])


async def test_an_unreadable_article_is_tried_again_the_next_time() -> None:
    gone: dict[str, str | SourceError] = {
        ONE: Unreadable("The page asks you to log in.", source=ONE, verdict="login")
    }
    first = await make_digest(feeds_of(one=ENTRIES[:1]), texts=gone)

    second = await make_digest(feeds_of(one=ENTRIES[:1]), first.told, at=AT + timedelta(hours=1))

    assert first.digest.notes == ("Nothing new.", "1 article could not be read.")
    assert len(second.digest.stories) == 1


async def test_the_digest_s_notes_are_in_its_language() -> None:
    down = Unreachable("The site reported an error.", source=FEED, verdict="error")
    wishes = DigestWishes((FEED, OTHER), language="de")

    digest = (await make_digest(feeds_of(one=down), wishes=wishes)).digest

    assert digest.notes == ("Nichts Neues in den Quellen, die gelesen werden konnten.",)
    assert digest.down[0].message == "Der Feed konnte nicht gelesen werden."


async def test_a_model_s_wrong_line_is_withheld_and_its_failure_noted() -> None:
    wrong = DraftItem(
        "bottom_line",
        DraftLine(evidence=["A1"], voice="event", speaker=None, text="Atlantis pays 77 million."),
    )
    writer = ScriptedWriter(wrong, ModelFailure("The model did not answer."))

    digest = (await make_digest(feeds_of(one=ENTRIES[:1]), writer=writer)).digest

    (story,) = digest.stories
    assert "Atlantis" not in " ".join(line.text for line in (story.headline, *story.lines))
    assert "The model did not answer." in " ".join(story.notes)
    assert digest.receipt.withheld == 1


async def test_the_receipt_names_a_model_that_wrote_only_some_stories() -> None:
    said = "The museum in Port Hallin bought a painting by Ilse Brandt for 2 million crowns."
    own = DraftLine(evidence=["A1"], voice="event", speaker=None, text=said)

    class SecondOnly(ScriptedWriter):
        async def write(self, task: WritingTask | AnswerTask) -> AsyncGenerator[DraftItem | Usage]:
            self.tasks.append(task)
            if len(self.tasks) == 1:
                raise ModelFailure("The model did not answer.")
            yield DraftItem("bottom_line", replace_reference(own, task))

    digest = (await make_digest(feeds_of(one=[ENTRIES[0], ENTRIES[2]]), writer=SecondOnly())).digest

    assert digest.receipt.engine == "openai"


async def test_a_commitment_is_due_on_its_day_and_forgotten_afterwards() -> None:
    document = numbered("C", BRIDGE, language="en")
    line = Commitment(
        BRIDGE[:79], "event", None, (document.passage(1),), actor="Dana Oru", action="reopen",
        deadline="1 June", condition=None, status="pledged", deadline_date="2026-06-01",
    )  # fmt: skip
    history = DigestHistory(due=(DatedCommitment(line, document),))
    before = await make_digest(feeds_of(), history, at=datetime(2026, 5, 31, 8, tzinfo=UTC))
    day = datetime(2026, 6, 1, 8, tzinfo=UTC)

    on_the_day = await make_digest(feeds_of(one=[entry(THREE, day)]), before.told, at=day)
    later = await make_digest(feeds_of(), on_the_day.told, at=day + timedelta(days=1))

    assert (before.digest.due, before.told.due, later.told.due) == ((), history.due, ())
    (due,) = on_the_day.digest.due
    (passage,) = due.line.evidence
    assert labels(on_the_day.digest) == [["A"]]
    assert (due.document.label, passage.document, passage.reference) == ("B", "B", "B1")
    assert due.document.text[passage.start : passage.end] == passage.text


@pytest.mark.parametrize("count", [1, 3])
async def test_a_feed_named_twice_is_fetched_once(count: int) -> None:
    feeds = feeds_of(one=ENTRIES)

    digest = (await make_digest(feeds, wishes=DigestWishes((FEED,) * count))).digest

    assert feeds.asked == [(FEED, False)]
    assert len(digest.stories) == 3
