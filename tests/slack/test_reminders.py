"""A button sets a reminder for a channel; people mark the outcome and list what is due."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest

from bot.briefing.digest import DatedCommitment, Digest
from bot.briefing.due import commitment_id
from bot.briefing.lines import Briefing, Commitment
from bot.service.briefing_service import BriefingService
from bot.service.extractive_writer import ExtractiveWriter
from bot.service.ports import ChannelSettings, Due, Mention, Notice, Reminder
from bot.service.reminders import fill
from bot.slack.blocks import messages
from bot.slack.reminders import NOTHING, due_blocks
from sandbox.slack import Fault
from sandbox.slack.blocks import check_message
from sandbox.slack.state import DEFAULT_TEAM as TEAM
from sandbox.slack.state import Message
from tests.fakes import FixedReader, job_steps, reminder_jobs
from tests.slack.examples import briefing, document
from tests.slack.examples import mention as example
from tests.slack.workspace import (
    Workspace,
    configure_channel,
    control_of,
    ephemeral_texts,
    home_text,
    press,
    replied,
)

TODAY = datetime.now(UTC).date()
SOON, LATER, PAST = (str(TODAY + timedelta(days=days)) for days in (3, 30, -3))


def promise(day: str = SOON, actor: str = "Arland") -> Commitment:
    return Commitment(
        f"{actor} will reopen the line.", "event", None, (document().passage(2),), actor,
        "reopen the line", "by June", "if inspectors clear the bridge", "agreed", day,
    )  # fmt: skip


def promising(*lines: Commitment) -> Briefing:
    return briefing(commitments=lines)


def reminder(workspace: Workspace, line: Commitment, **fields: object) -> Reminder:
    channel, person = workspace.slack.channel("news").id, workspace.slack.person("ann").id
    day, at = line.deadline_date or "", 1.0
    made = Reminder(
        "msg:1", commitment_id(line), day, at, "UTC", TEAM, channel, person, line, "en", "5.0",
        "5.1", "https://acme.slack.test/archives/C1/p50",
    )  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]  # named by the tests


async def posted(workspace: Workspace, *lines: Commitment) -> tuple[Mention, Message]:
    """The reminder of these lines, as it is posted in the channel."""
    kept = [reminder(workspace, each) for each in lines]
    channel, key = workspace.slack.channel("news").id, "due:1"
    mention = Mention(key, TEAM, channel, key, "1.000000", "", "due", about=SOON)
    await workspace.archive.record(mention)
    workspace.home.reminders.kept = {(each.key, each.id, each.day): each for each in kept}
    await workspace.home.reminders.claim(mention)
    notice = Notice("2 commitments are due.", due=Due(SOON))
    await workspace.archive.keep_outcome(mention, notice)
    shown = await fill(notice, mention, workspace.home.reminders, workspace.archive)
    await workspace.replies().to(mention).done(shown)
    (message,) = workspace.slack.state.messages(channel)
    return mention, message


def text_of(message: Message) -> str:
    return json.dumps(message.blocks, ensure_ascii=False)


def kept(workspace: Workspace) -> list[Reminder]:
    return list(workspace.home.reminders.kept.values())


@pytest.mark.parametrize(
    ("day", "stands"), [(SOON, True), (str(TODAY), False), (PAST, False), ("", False)]
)
async def test_the_button_is_only_under_future_commitments(
    workspace: Workspace, day: str, stands: bool
) -> None:
    _, ts = await replied(workspace, promising(promise(day)))
    assert bool(control_of("remind", workspace.slack.message(ts).blocks)) is stands


async def test_a_press_stores_reminders_and_says_when_they_come(
    listening: Workspace,
) -> None:
    mention, ts = await replied(listening, promising(promise(), promise(PAST), promise(LATER)))
    press(listening, "bob", ts, "remind")
    (said,) = await listening.slack.wait_for(lambda: ephemeral_texts(listening, mention.channel))
    press(listening, "ann", ts, "remind")
    await listening.slack.wait_for(lambda: len(ephemeral_texts(listening, mention.channel)) == 2)

    assert [each.day for each in kept(listening)] == [SOON, LATER]
    (first, _) = kept(listening)
    assert (first.person, first.zone) == (mention.person, "Europe/London")
    assert (first.reply, first.thread) == (ts, mention.thread)
    assert said.startswith("This channel will be reminded on ")
    assert "at 09:00 (Europe/London)" in said
    assert ephemeral_texts(listening, mention.channel)[1].startswith(
        "This channel already has a reminder for this."
    )


async def test_the_time_zone_of_the_channel_takes_precedence(listening: Workspace) -> None:
    configure_channel(listening, "news", ChannelSettings(zone="Asia/Tokyo"))
    _, ts = await replied(listening, promising(promise()))
    press(listening, "bob", ts, "remind")

    (found,) = await listening.slack.wait_for(lambda: kept(listening))
    assert found.zone == "Asia/Tokyo"


@pytest.mark.parametrize("why", ["only an hour", "other organisations", "channels:read"])
async def test_some_channels_cannot_have_reminders(listening: Workspace, why: str) -> None:
    mention, ts = await replied(listening, promising(promise()))
    if why == "only an hour":
        configure_channel(listening, "news", ChannelSettings(is_fleeting=True))
    elif why == "other organisations":
        guest = listening.slack.person("guest", team="T2")
        listening.slack.say(guest.id, mention.channel, "hello")
    else:
        listening.slack.fail("conversations.info", Fault(error="missing_scope"))
    press(listening, "bob", ts, "remind")

    await listening.slack.wait_for(lambda: why in str(ephemeral_texts(listening, mention.channel)))
    assert kept(listening) == []


@pytest.mark.parametrize("kind", ["due", "digest"])
async def test_what_is_due_in_a_closed_channel_is_sent_to_nobody(
    workspace: Workspace, kind: Literal["due", "digest"]
) -> None:
    channel, person = workspace.slack.channel("news").id, workspace.slack.person("ann")
    workspace.slack.state.channels[channel].archived = True
    asker = person.id if kind == "digest" else ""
    mention = Mention("due:1", TEAM, channel, "due:1", "1.000000", asker, kind, about=SOON)
    await workspace.archive.record(mention)
    due = Due(SOON, (reminder(workspace, promise()),))
    empty = Digest(SOON, (), briefing().receipt, notes=("1 undertaking is due.",))
    notice = Notice("1 undertaking is due.", digest=empty if kind == "digest" else None, due=due)

    await workspace.replies().to(mention).done(notice)

    sent = workspace.slack.state.messages(workspace.slack.state.direct_messages(person).id)
    if kind == "due":
        assert sent == []
        return
    (direct,) = sent
    assert direct.text.startswith("I could not reply where you asked.")
    assert "1 undertaking is due." in direct.text
    assert "Arland" not in text_of(direct) + direct.text


async def test_a_reminder_says_who_promised_what_on_which_condition_and_where(
    workspace: Workspace,
) -> None:
    _, message = await posted(workspace, promise(), promise(actor="Borland"))
    shown = text_of(message)

    for said in ("Arland", "Borland", "if inspectors clear the bridge", "See the briefing", "A2"):
        assert said in shown
    channel = workspace.slack.channel("news").id
    assert f"https://acme.slack.test/archives/{channel}/p51?thread_ts=5.0" in shown
    assert message.text.startswith("Due on ")
    assert message.root == message.ts
    for name in ("done", "missed", "tomorrow"):
        assert shown.count(f'"{name}.v1') == 2


async def test_a_mark_is_shown_with_the_person_who_set_it(listening: Workspace) -> None:
    mention, message = await posted(listening, promise(), promise(actor="Borland"))
    press(listening, "bob", message.ts, "missed")
    await listening.slack.wait_for(lambda: "marked missed" in text_of(message))

    bob = listening.slack.person("bob").id
    assert [(each.line.actor, each.mark, each.by) for each in kept(listening)] == [
        ("Arland", "missed", bob),
        ("Borland", None, None),
    ]
    assert {(each.name, each.marked) for each in kept(listening) if each.mark} == {
        ("bob", str(datetime.now(UTC).date()))
    }
    shown = text_of(message)
    assert f'" by "}}, {{"type": "user", "user_id": "{bob}"}}' in shown
    assert shown.count('"missed.v1') == 1
    assert await listening.archive.outcome(mention.key) == Notice(
        "2 commitments are due.", due=Due(SOON)
    )


async def test_the_first_mark_counts_and_a_later_one_is_refused(listening: Workspace) -> None:
    mention, message = await posted(listening, promise())
    (found,) = kept(listening)
    await listening.home.reminders.mark(mention.key, replace(found, mark="done", by="U7"))
    press(listening, "bob", message.ts, "missed")
    await listening.slack.wait_for(lambda: ephemeral_texts(listening, mention.channel))

    assert ephemeral_texts(listening, mention.channel) == ["Somebody has already marked this one."]
    assert "marked done" in text_of(message)


async def test_a_reminder_can_be_moved_to_the_next_day(listening: Workspace) -> None:
    _, message = await posted(listening, promise())
    press(listening, "bob", message.ts, "tomorrow")
    await listening.slack.wait_for(lambda: "moved to the next day" in text_of(message))

    first, second = kept(listening)
    assert (first.mark, second.mark, second.id) == ("tomorrow", None, first.id)
    assert second.day == str(TODAY + timedelta(days=4))


async def test_a_deleted_commitment_is_removed_from_posted_reminders(workspace: Workspace) -> None:
    reminders, archive = workspace.home.reminders, workspace.archive
    steps = job_steps(
        BriefingService(FixedReader(), ExtractiveWriter(), "1"), archive, workspace.replies(),
    )  # fmt: skip
    steps = replace(steps, reminders=reminder_jobs(archive, reminders))
    _, message = await posted(workspace, promise(actor="Corland"), promise())
    first, second = kept(workspace)
    reminders.kept = {
        ("msg:1", first.id, first.day): first,
        ("msg:2", second.id, second.day): replace(second, key="msg:2"),
    }
    reminders.claimed = dict.fromkeys(reminders.kept, "due:1")
    assert "Corland" in text_of(message)
    await reminders.forget("msg:1")
    workspace.slack.fail("chat.update", Fault(status=503))
    for _ in range(2):
        await steps.update_outdated_messages()

    assert "Corland" not in f"{text_of(message)} {message.text}"
    assert "Due on" in text_of(message)
    assert "Arland will reopen" in message.text
    assert await reminders.outdated() == []


async def test_whoever_may_not_ask_cannot_set_marks(listening: Workspace) -> None:
    mention, message = await posted(listening, promise())
    configure_channel(listening, "news", ChannelSettings(people=("U7",)))
    press(listening, "bob", message.ts, "done")
    await listening.slack.wait_for(lambda: ephemeral_texts(listening, mention.channel))

    assert [each.mark for each in kept(listening)] == [None]


async def listed(workspace: Workspace) -> Message:
    """The list for somebody who asks what is due."""
    workspace.slack.command("bob", "news", "/brief due")
    channel = workspace.slack.channel("news").id

    def found() -> list[Message]:
        return [each for each in workspace.slack.state.messages(channel) if each.seen_by]

    return (await workspace.slack.wait_for(found))[-1]


async def test_nothing_due_is_one_sentence(listening: Workspace) -> None:
    assert (await listed(listening)).text == NOTHING


async def test_the_list_has_this_week_then_later_then_what_was_marked(
    listening: Workspace,
) -> None:
    bob = listening.slack.person("bob").id
    rows = [
        reminder(listening, promise(PAST, "Borland")),
        reminder(listening, promise(LATER, "Corland")),
        reminder(listening, promise(PAST, "Dorland"), mark="done", by=bob),
        reminder(listening, promise(SOON, "Elsewhere"), channel="C0OTHER"),
    ]
    listening.home.reminders.kept = {(e.key, e.id, e.day): e for e in rows}
    shown = text_of(await listed(listening))

    parts = ["Due this week", "Borland", "Due later", "Corland", "Marked lately", "Dorland", bob]
    places = [shown.index(each) for each in parts]
    assert places == sorted(places)
    assert "Elsewhere" not in shown


def test_slack_accepts_a_long_list() -> None:
    line = replace(promise(), condition="if " + "x" * 300)
    one = Reminder("k", "i", SOON, 1.0, "UTC", "T1", "C1", "U1", line, "en", "5.0", "5.1", None)
    some = [replace(one, id=str(n), mark="done" if n % 3 == 0 else None) for n in range(100)]

    listed_ = due_blocks(some, 0, datetime.now(UTC).timestamp())
    check_message(listed_)
    assert re.search(r"and \d+ more", str(listed_))
    for message in messages(Notice("Due.", due=Due(SOON, tuple(some))), example()):
        check_message(list(message.blocks))
    nothing = messages(Notice("Due.", due=Due(SOON)), example())
    assert "since been dropped or deleted" in str(nothing)


def test_if_everything_is_marked_no_calendar_file_is_offered() -> None:
    one = Reminder(
        "k", "i", SOON, 1.0, "UTC", "T1", "C1", "U1", promise(), "en", "5.0", "5.1", None
    )
    shown = [due_blocks([replace(one, mark=mark)], 0, 1.0) for mark in (None, "missed")]
    assert ["Calendar file" in str(blocks) for blocks in shown] == [True, False]


async def test_the_calendar_file_comes_into_the_channel(listening: Workspace) -> None:
    listening.home.reminders.kept = {("k", "i", SOON): reminder(listening, promise())}
    ephemeral = await listed(listening)
    listening.slack.click("bob", ephemeral.ts, "due_calendar.v1")
    await listening.slack.wait_for(
        lambda: "calendar file is" in str(ephemeral_texts(listening, "news"))
    )

    (file,) = listening.slack.state.files.values()
    assert (file.name, b"SUMMARY:Arland: reopen the line" in file.content) == ("due.ics", True)


async def test_without_the_files_scope_the_missing_calendar_is_explained(
    listening: Workspace,
) -> None:
    listening.home.reminders.kept = {("k", "i", SOON): reminder(listening, promise())}
    listening.slack.fail("files.getUploadURLExternal", Fault(error="missing_scope"))
    ephemeral = await listed(listening)
    listening.slack.click("bob", ephemeral.ts, "due_calendar.v1")
    await listening.slack.wait_for(lambda: "files:write" in str(ephemeral_texts(listening, "news")))


def test_a_digest_lists_the_reminders_of_its_channel_and_its_own_commitments() -> None:
    told, other = promise(), promise(actor="Borland")
    one = Reminder("k", "", SOON, 1.0, "UTC", "T1", "C1", "U1", told, "en", "5.0", "5.1", None)
    rows = [replace(one, id=commitment_id(each), line=each) for each in (told, other)]
    digest = Digest(
        "2026-03-02", (), briefing().receipt, (DatedCommitment(told, document()),), (), ("No.",)
    )
    notice = Notice("New.", digest=digest, due=Due(SOON, tuple(rows)))
    (message,) = messages(notice, example())

    shown = str(message.blocks)
    assert (shown.count("'Arland'"), shown.count("'Borland'")) == (1, 1)
    assert (shown.count("'A2'"), shown.count("'B2'")) == (1, 1), "one label is one source"
    assert "Due today" in shown


async def test_home_shows_what_is_due_this_week(listening: Workspace) -> None:
    rows = [reminder(listening, promise(day, day)) for day in (SOON, LATER)]
    listening.home.reminders.kept = {(e.key, e.id, e.day): e for e in rows}
    listening.slack.open_home("ann")
    shown = await home_text(listening, "ann", "Due this week")

    assert f'"{SOON}"' in shown
    assert LATER not in shown


@pytest.mark.parametrize("way", ["msg", "memo"])
async def test_deleting_an_expired_request_deletes_its_reminders(
    listening: Workspace, way: str
) -> None:
    channel = listening.slack.channel("news").id
    ts = listening.slack.say("ann", "news", "Hello")
    row = reminder(listening, promise(), key=f"{way}:{TEAM}:{channel}:{ts}")
    listening.home.reminders.kept = {(row.key, row.id, row.day): row}
    listening.slack.delete(ts)
    await listening.handled()

    assert kept(listening) == []
    assert listening.jobs.accepted == []
