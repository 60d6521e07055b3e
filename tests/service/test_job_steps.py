"""The steps of a mention, also after a crash."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest

from bot.briefing.draft import DraftItem
from bot.briefing.edits import mark_corrected
from bot.briefing.lines import Answer, Briefing, Remake, Unread
from bot.briefing.requests import LinkedMessage, PastedText, WebPage, Wishes
from bot.briefing.tasks import AnswerTask, Usage, WritingTask
from bot.service import job_steps as steps_of_jobs
from bot.service.briefing_service import BriefingService
from bot.service.errors import ModelFailure, Refused, Unreachable
from bot.service.ports import Mention, Notice, Outcome
from bot.service.request_handler import help_text
from bot.slack.actions import remake_request, version_request, with_length
from bot.slack.interactions import mention_and_reply
from bot.slack.modals import question_from_dialog
from bot.slack.parse_wishes import parse_request
from tests.fakes import (
    FixedConversations,
    FixedReader,
    ScriptedWriter,
    Transcript,
    job_steps,
)
from tests.service.service import ASK, BRIEF, DEMO, Service
from tests.texts import text_of

HELP = help_text(has_model=False)


async def test_a_mention_with_a_source_is_briefed() -> None:
    service = Service()
    outcome = await service.tell(BRIEF)
    assert isinstance(outcome, Briefing)
    assert outcome.bottom_line is not None
    assert service.transcript.stages[0] == "reading the source"


async def test_a_question_in_the_thread_is_answered_from_what_was_read() -> None:
    service = Service()
    await service.tell(BRIEF)
    outcome = await service.tell(ASK)
    assert isinstance(outcome, Answer)
    assert "48 million" in outcome.nearest[0].text
    assert service.reader.read_names == ["pasted text"]


@pytest.mark.parametrize(
    ("first", "said", "already"),
    [
        (Wishes(length="short"), "shorter", "the short version"),
        (Wishes(length="long"), "in detail", "the full version"),
        (Wishes(), "in English please", "in that language"),
        (Wishes(language="fr"), "in French", "in that language"),
        (Wishes(style="newsroom"), "in the newsroom style", "like that"),
        (Wishes(audience="the minister"), "for the minister", "like that"),
        (Wishes(), "in the same style", "like that"),
        (Wishes(length="short"), "keep it short, in the same style", "the short version"),
    ],
)
async def test_a_wish_that_changes_nothing_says_so(first: Wishes, said: str, already: str) -> None:
    service = Service()
    await service.tell(replace(BRIEF, wishes=first))
    heard = parse_request(said)
    wished = replace(ASK, text=said, question=heard.question, wishes=heard.wishes)
    assert await service.tell(wished) == Notice(f"The briefing is already {already}.")


@pytest.mark.parametrize("said", ["compare this with yesterday’s position", "compare these two"])
async def test_a_comparison_of_one_source_is_answered_with_what_can_be_compared(said: str) -> None:
    service = Service()
    await service.tell(BRIEF)
    wished = replace(ASK, text=said, question=None, wishes=parse_request(said).wishes)
    outcome = await service.tell(wished)
    assert isinstance(outcome, Notice)
    assert "only one source in this thread" in outcome.text


@pytest.mark.parametrize(
    ("said", "how"),
    [
        ("shorter", "shorter"),
        ("in detail", "longer"),
        ("in French, shorter", "translated"),
        ("for the minister", "other"),
    ],
)
async def test_a_wish_in_words_makes_a_new_reply_that_links_to_the_earlier_one(
    said: str, how: str
) -> None:
    service = Service()
    await service.tell(BRIEF)
    wished = replace(ASK, text=said, question=None, wishes=parse_request(said).wishes)
    outcome = await service.tell(wished)
    assert isinstance(outcome, Briefing)
    assert outcome.remake == Remake(BRIEF.key, how)  # type: ignore[arg-type]  # one of its words
    other = replace(wished, key="msg:T1:C1:5", wishes=Wishes(style="newsroom"))
    again = await service.tell(other)
    assert isinstance(again, Briefing)
    assert again.remake == Remake(wished.key, "other")


async def test_a_source_with_a_question_gets_an_answer() -> None:
    outcome = await Service().tell(replace(BRIEF, intent="ask", question=ASK.question))
    assert isinstance(outcome, Answer)


async def test_earlier_turns_help_to_understand_the_next_question() -> None:
    service = Service()
    await service.tell(BRIEF)
    await service.tell(replace(ASK, question="What did Lorn say?"))
    outcome = await service.tell(replace(ASK, key="msg:T1:C1:3", question="and Brull?"))
    assert isinstance(outcome, Answer)
    assert any("Brull" in line.text for line in outcome.nearest)


async def test_a_wish_in_the_thread_makes_a_new_briefing() -> None:
    service = Service()
    await service.tell(BRIEF)
    shorter = replace(ASK, text="shorter", question=None, wishes=Wishes(length="short"))
    outcome = await service.tell(shorter)
    assert isinstance(outcome, Briefing)
    assert len(outcome.key_points) <= 2


async def test_new_sources_join_those_of_the_thread() -> None:
    service = Service()
    await service.tell(BRIEF)
    text = "Terren and Maske met on Monday in Port Hallin. It rained in Lorrimar all the week."
    more = replace(BRIEF, key="msg:T1:C1:3", sources=(PastedText(text),))
    outcome = await service.tell(more)
    assert isinstance(outcome, Briefing)
    assert [document.label for document in outcome.documents] == ["A", "B"]
    assert all(line.evidence[0].document == "B" for line in outcome.lines())
    assert outcome.notes[0] == "Compared with source A from earlier in this thread."


async def test_a_question_with_a_new_source_is_answered_from_all_sources() -> None:
    service = Service()
    await service.tell(BRIEF)
    rain = PastedText("It rained in Lorrimar all the week, and the market was cancelled.")
    asked = replace(BRIEF, key="msg:T1:C1:3", sources=(rain,), question=ASK.question, intent="ask")
    outcome = await service.tell(asked)
    assert isinstance(outcome, Answer)
    assert [document.label for document in outcome.documents] == ["A", "B"]
    assert "48 million" in outcome.nearest[0].text


async def test_follow_ups_cover_sources_that_joined_later() -> None:
    service = Service()
    await service.tell(BRIEF)
    rain = PastedText("Dora Vell cancelled the market in Lorrimar because it rained.")
    await service.tell(replace(BRIEF, key="msg:T1:C1:3", sources=(rain,)))
    outcome = await service.tell(
        replace(ASK, key="msg:T1:C1:4", question="Who cancelled the market?")
    )
    assert isinstance(outcome, Answer)
    assert outcome.nearest[0].evidence[0].reference == "B1"


async def test_the_same_text_again_is_not_a_second_source() -> None:
    service = Service()
    await service.tell(BRIEF)
    outcome = await service.tell(replace(BRIEF, key="msg:T1:C1:3"))
    assert isinstance(outcome, Briefing)
    assert [document.label for document in outcome.documents] == ["B"]


async def test_labels_continue_after_the_last_one_even_if_some_are_gone() -> None:
    service = Service()
    await service.tell(BRIEF)
    rain = PastedText("Dora Vell cancelled the market in Lorrimar because it rained.")
    await service.tell(replace(BRIEF, key="msg:T1:C1:3", sources=(DEMO, rain)))
    snow = PastedText("The road to Carrow is closed because snow has fallen all the night.")
    outcome = await service.tell(replace(BRIEF, key="msg:T1:C1:4", sources=(snow,)))
    assert isinstance(outcome, Briefing)
    assert [document.label for document in outcome.documents] == ["A", "C", "D"]


async def test_a_source_that_joins_is_briefed_in_the_language_of_the_thread() -> None:
    service = Service()
    await service.tell(replace(BRIEF, wishes=Wishes(language="fr", length="short", note="please")))
    rain = PastedText("Dora Vell cancelled the market in Lorrimar because it rained.")
    outcome = await service.tell(replace(BRIEF, key="msg:T1:C1:3", sources=(rain,)))
    assert isinstance(outcome, Briefing)
    assert outcome.language == "fr"


async def test_in_an_unknown_thread_the_messages_above_are_read() -> None:
    service = Service(conversations=FixedConversations(above=(DEMO,)))
    outcome = await service.tell(ASK)
    assert isinstance(outcome, Answer)
    assert "48 million" in outcome.nearest[0].text


async def test_a_linked_message_is_read_as_its_content() -> None:
    link = LinkedMessage("https://chat.example/p1", "C1", "1")
    service = Service(conversations=FixedConversations(linked=(DEMO,)))
    assert isinstance(await service.tell(replace(BRIEF, sources=(link,))), Briefing)


async def test_a_linked_message_that_may_not_be_read_is_refused_with_the_reason() -> None:
    link = LinkedMessage("https://chat.example/p1", "C2", "1")
    refused = Refused("That message is in another channel.", source=link.url)
    service = Service(conversations=FixedConversations(linked=refused))
    outcome = await service.tell(replace(BRIEF, sources=(link,)))
    assert outcome == Notice(
        "That message is in another channel.",
        paste=True,
        unread=(Unread(link.url, "refused", "That message is in another channel."),),
    )


async def test_one_unread_source_of_two_is_named_beside_the_briefing() -> None:
    page = WebPage("https://b.example")
    outcome = await Service().tell(replace(BRIEF, sources=(page, DEMO)))
    assert isinstance(outcome, Briefing)
    assert [one.source for one in outcome.unread] == ["https://b.example"]
    assert [document.label for document in outcome.documents] == ["A"]


async def test_if_nothing_could_be_read_the_reply_says_why_and_offers_what_may_help() -> None:
    page = WebPage("https://b.example")
    gone = Unreachable("The site did not answer.", source=page.url)
    service = Service(FixedReader(**{page.url: gone}))
    mention = replace(BRIEF, sources=(page,))
    unread = (Unread(page.url, "network", "The site did not answer."),)
    expected = Notice("The site did not answer.", retry=True, unread=unread)
    assert await service.tell(mention) == expected
    unread = (Unread(page.url, "empty", "There is no article in it."),)
    expected = Notice("There is no article in it.", paste=True, unread=unread)
    assert await Service().tell(mention) == expected


ONE, TWO = WebPage("https://one.example/x"), WebPage("https://two.example/y")
BOTH = replace(BRIEF, sources=(ONE, TWO))
OTHER = PastedText(text_of("flood"))


def pasting(text: PastedText, page: WebPage | None, earlier: Mention, number: int) -> Mention:
    """A mention with the text that was missing in the reply to ``earlier``."""
    source = replace(text, pasted_for=page.url if page else None)
    return replace(
        earlier, key=f"{BOTH.key}:paste:{number}", sources=(source,), completes=earlier.key
    )


def sources_of(outcome: Outcome) -> tuple[list[str | None], list[str]]:
    """What each document of a briefing was pasted for, and the unread sources."""
    assert isinstance(outcome, Briefing)
    return [d.pasted_for for d in outcome.documents], [each.source for each in outcome.unread]


async def test_two_unreadable_sources_are_each_named_with_a_reason() -> None:
    refused = Refused("That host is not allowed.", source=TWO.url)
    outcome = await Service(FixedReader(**{TWO.url: refused})).tell(BOTH)
    assert isinstance(outcome, Notice)
    assert outcome.text.splitlines() == [
        "https://one.example/x: There is no article in it.",
        "https://two.example/y: That host is not allowed.",
    ]
    assert [each.source for each in outcome.unread] == [ONE.url, TWO.url]


@pytest.mark.parametrize("is_under_the_first", [True, False])
async def test_texts_pasted_for_two_pages_make_one_briefing_of_both(
    is_under_the_first: bool,
) -> None:
    service = Service()
    await service.tell(BOTH)
    first = pasting(DEMO, ONE, BOTH, 1)
    assert sources_of(await service.tell(first)) == ([ONE.url], [TWO.url])
    second = pasting(OTHER, TWO, BOTH if is_under_the_first else first, 2)
    outcome = await service.tell(second)
    assert sources_of(outcome) == ([ONE.url, TWO.url], [])
    assert isinstance(outcome, Briefing)
    assert [document.label for document in outcome.documents] == ["A", "B"]


async def test_a_text_pasted_beside_what_was_read_makes_a_briefing_of_all() -> None:
    service = Service(FixedReader(**{TWO.url: OTHER.text}))
    assert sources_of(await service.tell(BOTH)) == ([None], [ONE.url])
    assert sources_of(await service.tell(pasting(DEMO, ONE, BOTH, 1))) == ([None, ONE.url], [])


async def test_pasted_texts_not_assigned_to_a_page_are_accepted_until_there_are_enough() -> None:
    service = Service()
    await service.tell(BOTH)
    first = pasting(DEMO, None, BOTH, 1)
    assert sources_of(await service.tell(first)) == ([None], [ONE.url, TWO.url])
    outcome = await service.tell(pasting(OTHER, None, first, 2))
    assert sources_of(outcome) == ([None, None], [])


async def test_a_text_pasted_again_replaces_the_earlier_one() -> None:
    service = Service()
    await service.tell(BOTH)
    await service.tell(pasting(OTHER, ONE, BOTH, 1))
    outcome = await service.tell(pasting(DEMO, ONE, BOTH, 2))
    assert sources_of(outcome) == ([ONE.url], [TWO.url])
    assert isinstance(outcome, Briefing)
    assert outcome.documents[0].text == DEMO.text
    assert not any("source A" in note for note in outcome.notes)


async def test_the_whole_text_replaces_the_free_part() -> None:
    service = Service(FixedReader(**{ONE.url: "Free part. " + OTHER.text[:300]}))
    await service.tell(replace(BRIEF, sources=(ONE,)))
    (teaser,), _ = await service.archive.reading(BRIEF.key) or ((), ())
    teaser = replace(teaser, url=ONE.url, verdict="teaser")
    await service.archive.keep_reading(BRIEF, (teaser,), ())
    assert sources_of(await service.tell(pasting(OTHER, ONE, BRIEF, 1))) == ([ONE.url], [])


async def test_a_question_is_answered_from_the_pasted_text_and_the_earlier_sources() -> None:
    service = Service(FixedReader(**{TWO.url: OTHER.text}))
    asked = replace(BOTH, intent="ask", question=ASK.question)
    await service.tell(asked)
    outcome = await service.tell(pasting(DEMO, ONE, asked, 1))
    assert isinstance(outcome, Answer)
    assert [d.pasted_for for d in outcome.documents] == [None, ONE.url]
    assert "48 million" in outcome.nearest[0].text


async def test_help_mute_and_unmute_are_answered_with_notices() -> None:
    service = Service()
    await service.tell(BRIEF)
    assert await service.tell(replace(ASK, key="h", intent="help")) == Notice(HELP)
    for intent, muted in (("mute", True), ("unmute", False)):
        outcome = await service.tell(replace(ASK, key=intent, intent=intent))  # type: ignore[arg-type]
        assert isinstance(outcome, Notice)
        memory = await service.archive.thread("T1", "C1", "1")
        assert memory is not None
        assert memory.muted is muted


async def test_a_text_that_is_too_short_is_answered_with_advice() -> None:
    service = Service()
    short = replace(BRIEF, intent="follow_up", sources=(), text="The council voted on Tuesday.")
    outcome = await service.tell(short)

    assert isinstance(outcome, Notice)
    assert "too short to brief (5 words)" in outcome.text
    assert "send a link or attach a file" in outcome.text


async def test_an_empty_mention_in_an_empty_thread_gets_help() -> None:
    outcome = await Service().tell(replace(ASK, text="", question=None))
    assert outcome == Notice(HELP)


async def test_words_without_a_source_are_answered_with_what_to_send() -> None:
    outcome = await Service().tell(ASK)
    assert isinstance(outcome, Notice)
    assert outcome.text.startswith("I found nothing to brief here.")


async def test_repeated_steps_read_and_write_once() -> None:
    service = Service()
    await service.archive.record(BRIEF)
    for step in (
        service.steps.read,
        service.steps.read,
        service.steps.write,
    ):
        await step(BRIEF.key)
    first = await service.archive.outcome(BRIEF.key)
    await service.steps.write(BRIEF.key)
    assert await service.archive.outcome(BRIEF.key) is first
    assert service.reader.read_names == ["pasted text"]


async def test_another_process_continues_where_the_first_one_died() -> None:
    service = Service()
    await service.archive.record(BRIEF)
    await service.steps.read(BRIEF.key)
    transcript = Transcript()
    other = job_steps(service.steps.request_handler.briefing_service, service.archive, transcript)
    for step in (other.read, other.write, other.post):
        await step(BRIEF.key)
    assert isinstance(transcript.outcomes[-1], Briefing)
    assert service.reader.read_names == ["pasted text"]


async def test_a_deleted_mention_ends_quietly() -> None:
    service = Service()
    await service.archive.record(BRIEF)
    await service.steps.read(BRIEF.key)
    await service.archive.delete(BRIEF.key)
    for step in (
        service.steps.read,
        service.steps.write,
        service.steps.post,
    ):
        await step(BRIEF.key)
    await service.steps.give_up(BRIEF.key)
    assert service.transcript.outcomes == []
    assert service.transcript.stages == []


async def test_giving_up_offers_a_retry() -> None:
    service = Service()
    await service.archive.record(BRIEF)
    await service.steps.give_up(BRIEF.key)
    [outcome] = service.transcript.outcomes
    assert isinstance(outcome, Notice)
    assert outcome.retry


FRENCH = replace(
    ASK, key="msg:T1:C1:8", text="in French", question=None, wishes=Wishes(language="fr")
)


async def as_button_sees_it(service: Service, mention: Mention) -> Mention:
    """``mention`` with all wishes of its reply, as for a button under it."""
    found, _ = await mention_and_reply(mention.key, service.archive)
    assert found is not None
    return found


async def test_a_button_remakes_the_reply_that_it_is_under_not_the_latest_of_the_thread() -> None:
    service = Service()
    english = await service.tell(BRIEF)
    assert isinstance(english, Briefing)
    french = await service.tell(FRENCH)
    assert isinstance(french, Briefing)
    assert (english.language, french.language) == ("en", "fr")
    for mention, language in ((BRIEF, "en"), (FRENCH, "fr")):
        written = await as_button_sees_it(service, mention)
        short = with_length("short", written.wishes)
        shorter = remake_request(written, "shorter", short, "9.9", {"id": "U2"})
        await service.archive.record(shorter)
        reading = await service.archive.reading(BRIEF.key)
        await service.archive.keep_reading(shorter, *(reading or ((), ())))
        outcome = await service.tell(shorter)
        assert isinstance(outcome, Briefing)
        assert outcome.wishes == Wishes(None if language == "en" else "fr", "short")
        assert outcome.language == language


async def test_a_question_from_a_dialog_is_answered_in_the_language_of_the_reply_it_is_under() -> (
    None
):
    service = Service()
    await service.tell(BRIEF)
    await service.tell(FRENCH)
    state = {"question": {"question": {"value": ASK.question}}}
    body = {"user": {"id": "U2"}, "view": {"id": "V1", "state": {"values": state}}}
    for mention, language in ((BRIEF, "en"), (FRENCH, "fr")):
        body["view"]["id"] = f"V{language}"  # type: ignore[index]  # an object
        outcome = await service.tell(
            question_from_dialog(await as_button_sees_it(service, mention), body)
        )
        assert isinstance(outcome, Answer)
        assert outcome.language == language


async def test_wishes_of_a_thread_add_up() -> None:
    service = Service()
    await service.tell(BRIEF)
    await service.tell(FRENCH)
    shorter = replace(FRENCH, key="msg:T1:C1:9", wishes=Wishes(length="short"))
    await service.tell(shorter)
    board = replace(FRENCH, key="msg:T1:C1:10", wishes=Wishes(audience="the board"))
    outcome = await service.tell(board)
    assert isinstance(outcome, Briefing)
    assert outcome.wishes == Wishes("fr", "short", audience="the board")


async def test_after_an_internal_error_the_second_attempt_uses_no_model() -> None:
    service, writer = Service(), ScriptedWriter(ModelFailure("It was asked."))
    briefing_service = replace(service.steps.request_handler.briefing_service, writer=writer)
    story = job_steps(briefing_service, service.archive, service.transcript)
    await service.archive.record(BRIEF)
    await story.read(BRIEF.key)
    await story.write(BRIEF.key, with_model=False)
    outcome = await service.archive.outcome(BRIEF.key)
    assert isinstance(outcome, Briefing)
    assert writer.tasks == []
    assert outcome.bottom_line is not None
    assert outcome.receipt.engine == "extractive"
    assert outcome.notes[0] == (
        "Readout could not finish the model's version because of an internal error."
    )


class SlowWriter(ScriptedWriter):
    """`ports.Writer` that takes half a second."""

    async def write(self, task: WritingTask | AnswerTask) -> AsyncGenerator[DraftItem | Usage]:
        await asyncio.sleep(0.5)
        async for each in super().write(task):
            yield each


class UnofferableTranscript(Transcript):
    """A reply under which a Stop can't be offered."""

    async def offer_stop(self, stage: str) -> None:
        raise OSError("the database is gone")


async def test_a_stop_that_cannot_be_offered_does_not_interrupt_the_model(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(steps_of_jobs, "_SECONDS_BEFORE_AN_OFFER", 0.1)
    service, transcript = Service(), UnofferableTranscript()
    briefing_service = BriefingService(service.reader, SlowWriter(), "0.1.0", clock=lambda: 0.0)
    steps = job_steps(briefing_service, service.archive, transcript)
    await service.archive.record(BRIEF)
    await steps.read(BRIEF.key)
    await steps.write(BRIEF.key)
    assert isinstance(await service.archive.outcome(BRIEF.key), Briefing)


async def in_french(service: Service) -> None:
    """A thread whose briefing was translated."""
    await service.tell(BRIEF)
    wished = replace(ASK, key="msg:T1:C1:3", question=None, wishes=Wishes(language="fr"))
    await service.tell(wished)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("How much will the repairs to the bridge cost?", "en"),
        ("Combien coûteront les travaux du pont ?", "fr"),
        ("Wie viel kosten die Reparaturen an der Brücke?", "de"),
        ("Maske?", "fr"),  # its language can't be recognised
    ],
)
async def test_an_answer_is_in_the_language_of_its_question(question: str, language: str) -> None:
    service = Service()
    await in_french(service)
    outcome = await service.tell(replace(ASK, question=question))
    assert isinstance(outcome, Answer)
    assert outcome.language == language


async def test_a_requested_language_takes_precedence_over_that_of_the_question() -> None:
    service = Service()
    await service.tell(BRIEF)
    outcome = await service.tell(replace(ASK, wishes=Wishes(language="fr")))
    assert isinstance(outcome, Answer)
    assert outcome.language == "fr"


async def test_an_answer_can_be_translated_into_the_language_of_the_briefing() -> None:
    service = Service()
    await in_french(service)
    await service.tell(ASK)
    wished = replace(ASK, key="msg:T1:C1:6", question=None, wishes=Wishes(language="fr"))
    outcome = await service.tell(wished)
    assert isinstance(outcome, Answer)
    assert (outcome.question, outcome.language) == (ASK.question, "fr")
    again = await service.tell(replace(wished, key="msg:T1:C1:7"))
    assert again == Notice("The briefing is already in that language.")


async def test_only_the_full_briefing_is_called_longer() -> None:
    service = Service()
    await service.tell(replace(BRIEF, wishes=Wishes(length="short")))
    for key, length, how in (("5", "standard", "other"), ("6", "long", "longer")):
        wishes = replace(Wishes(), length=length)  # type: ignore[arg-type]  # one of its words
        wished = replace(ASK, key=f"msg:T1:C1:{key}", question=None, wishes=wishes, settled=True)
        outcome = await service.tell(wished)
        assert isinstance(outcome, Briefing)
        assert outcome.remake
        assert outcome.remake.how == how


async def test_a_version_of_a_reply_with_a_link_keeps_the_link() -> None:
    service = Service()
    await service.tell(BRIEF)
    wished = replace(ASK, text="shorter", question=None, wishes=Wishes(length="short"))
    await service.tell(wished)
    full = version_request(await as_button_sees_it(service, wished), "long", "9.9", {"id": "U1"})
    await service.archive.record(full)
    await service.archive.keep_reading(
        full, *(await service.archive.reading(BRIEF.key) or ((), ()))
    )
    outcome = await service.tell(full)
    assert isinstance(outcome, Briefing)
    assert outcome.wishes == Wishes(length="long")
    assert outcome.remake == Remake(BRIEF.key, "longer")
    assert full.version_of == wished.key


@pytest.mark.parametrize("how", ["in its messages", "in a new reply"])
async def test_a_version_of_a_corrected_reply_carries_the_correction_mark(
    how: str,
) -> None:
    service = Service()
    first = await service.tell(BRIEF)
    assert isinstance(first, Briefing)
    wrong = first.key_points[0]
    corrected = mark_corrected(first, lambda each: each.text == wrong.text, "2031-05-14")
    assert await service.archive.supersede(BRIEF, first, corrected)
    asked = await as_button_sees_it(service, BRIEF)
    made = version_request(asked, "long", "9.9", {"id": "U1"})
    if how == "in a new reply":
        made = remake_request(
            asked, "longer", with_length("long", asked.wishes), "9.9", {"id": "U2"}
        )
    await service.archive.record(made)
    await service.archive.keep_reading(
        made, *(await service.archive.reading(BRIEF.key) or ((), ()))
    )
    outcome = await service.tell(made)

    assert isinstance(outcome, Briefing)
    marked = [each.text for each in outcome.lines() if each.corrected]
    assert marked == [wrong.text]
    assert (outcome.corrected, outcome.made_from) == ("2031-05-14", None)


async def test_a_version_uses_only_the_sources_of_the_first() -> None:
    service = Service()
    await service.tell(BRIEF)
    rain = PastedText("Dora Vell cancelled the market in Lorrimar because it rained.")
    await service.tell(replace(BRIEF, key="msg:T1:C1:3", message="3", sources=(rain,)))
    asked = await as_button_sees_it(service, BRIEF)
    for made in (
        version_request(asked, "short", "9.9", {"id": "U1"}),
        remake_request(asked, "longer", with_length("long", asked.wishes), "9.9", {"id": "U2"}),
    ):
        await service.archive.record(made)
        reading = await service.archive.reading(BRIEF.key) or ((), ())
        await service.archive.keep_reading(made, *reading)
        outcome = await service.tell(made)
        assert isinstance(outcome, Briefing)
        assert [each.label for each in outcome.documents] == ["A"]
        assert "reading the source" not in service.transcript.stages[-2:]
