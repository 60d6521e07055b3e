"""A story is shown as a timeline of its own channel's briefings that are still stored."""

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.briefing.changes import EarlierBriefing
from bot.briefing.due import commitment_id
from bot.briefing.lines import Briefing, Commitment, EarlierReply, Since
from bot.briefing.timeline import MOST_BRIEFINGS, timeline
from bot.service.ports import ChannelSettings, Found, Mention, Reminder
from bot.slack.actions import delete_reply
from bot.slack.evidence import Page
from bot.slack.stories import STORY_COMMAND, story_view
from sandbox.slack.blocks import check_view
from sandbox.slack.state import View
from tests.slack.examples import ARTICLE, briefing, document, line
from tests.slack.workspace import BOTH_WAYS, Workspace, configure_channel, ephemeral_texts, press

LATER = document(
    ARTICLE.replace("1 June", "1 July"), url="https://example.org/later", outlet="The Hourly"
)
OTHER = document(
    "Karatobe wins the cup\nThe football club of Karatobe beat Velm three to one on Sunday.\n"
    "The coach, Aman Serik, praised the goalkeeper.\nThousands of supporters sang in the streets.",
    url="https://example.org/cup", title="Karatobe wins the cup",
)  # fmt: skip
NEW = "It reopens by 1 July."


async def briefed(
    workspace: Workspace, outcome: Briefing, channel: str = "news", **fields: Any
) -> Mention:
    """A mention whose reply is in the channel and found by "rail"."""
    mention = replace(await workspace.asked(channel=channel), **fields)
    await workspace.archive.delete(mention.key)
    await workspace.archive.record(mention)
    await workspace.archive.keep_outcome(mention, outcome)
    await workspace.replies().to(mention).done(outcome)
    title = f"rail: {outcome.title}"
    found = Found(
        mention.key, mention.channel, mention.thread, mention.permalink, "briefing", title, "",
        float(mention.message),
    )  # fmt: skip
    workspace.home.kept.insert(0, found)
    return mention


def then(of: Mention) -> Since:
    return Since((EarlierReply(of.key, of.thread, "2031-05-12", "Rail"),))


async def story(workspace: Workspace) -> tuple[Mention, Mention]:
    """Two briefings of one story."""
    first = await briefed(workspace, briefing())
    points = (line(NEW, LATER, 2),)
    return first, await briefed(workspace, briefing(LATER, key_points=points, since=then(first)))


def text(view: View) -> str:
    return json.dumps(view.content, ensure_ascii=False)


async def shown(workspace: Workspace, words: str, person: str = "bob") -> View:
    """The modal of that person once it says ``words``."""

    def said() -> View | None:
        view = workspace.slack.modal(person)
        return view if view and words in text(view) else None

    return await workspace.slack.wait_for(said)


def own_ts(workspace: Workspace, mention: Mention) -> str:
    return workspace.own(mention.thread)[-1].ts


@BOTH_WAYS
async def test_a_command_shows_a_story_with_each_passage_and_a_link_to_each_reply(
    listening: Workspace,
) -> None:
    first, second = await story(listening)
    await briefed(listening, briefing(OTHER))
    listening.home.kept.pop(0)
    listening.slack.command("bob", "news", "/brief story rail")
    view = await shown(listening, "Briefings in this timeline: 2")

    assert NEW in text(view)
    assert "B · Ministers to meet again in May · The Hourly" in text(view)
    assert text(view).count("The two agreed to reopen the line.") == 1
    assert "by 1 July, if inspectors clear the bridge." in text(view)
    assert "https://example.org/later#:~:text=" in text(view)
    for each in (first, second):
        assert f"p{own_ts(listening, each).replace('.', '')}" in text(view)
    assert "Karatobe" not in text(view)


async def test_one_of_several_stories_can_be_chosen(listening: Workspace) -> None:
    await story(listening)
    await briefed(listening, briefing(OTHER, bottom_line=line("Karatobe beat Velm.", OTHER, 2)))
    listening.slack.command("bob", "news", "/brief story rail")
    view = await shown(listening, "Several stories here contain “rail”")
    assert len([each for each in view.content["blocks"] if each["type"] == "section"]) == 2
    button = view.content["blocks"][1]["accessory"]
    listening.slack.click_in_view(view, button["action_id"], choice=button["value"])
    view = await shown(listening, "Briefings in this timeline: 1")
    assert "Karatobe beat Velm." in text(view)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("story", "Add a word or two"), ("story Velm", "No stored briefing")],
)
async def test_a_command_without_a_story_says_so(
    listening: Workspace, typed: str, said: str
) -> None:
    await briefed(listening, briefing())
    listening.slack.command("bob", "news", f"/brief {typed}")

    def heard() -> bool:
        view = listening.slack.modal("bob")
        return said in str(ephemeral_texts(listening, "news")) or bool(view and said in text(view))

    await listening.slack.wait_for(heard)
    assert listening.jobs.accepted == []


async def test_whoever_may_not_ask_is_shown_no_story(listening: Workspace) -> None:
    await story(listening)
    configure_channel(
        listening, "news", ChannelSettings(people=(listening.slack.person("ann").id,))
    )
    listening.slack.command("bob", "news", "/brief story rail")
    await listening.slack.wait_for(
        lambda: "Only some people" in str(ephemeral_texts(listening, "news"))
    )
    assert listening.slack.modal("bob") is None


async def test_a_briefing_has_the_button_if_its_story_was_briefed_before(
    listening: Workspace,
) -> None:
    first, second = await story(listening)
    elsewhere = await briefed(listening, briefing(LATER, key_points=()), "ministers")
    assert "story.v1" not in json.dumps([each.blocks for each in listening.own(first.thread)])
    press(listening, "bob", own_ts(listening, second), "story")
    view = await shown(listening, "Briefings in this timeline: 2")
    assert own_ts(listening, elsewhere).replace(".", "") not in text(view)


async def test_a_deleted_briefing_is_in_no_story(listening: Workspace) -> None:
    first, second = await story(listening)
    here = (first.channel, own_ts(listening, first))
    await delete_reply(first, here, listening.intake, listening.client)
    listening.slack.command("bob", "news", "/brief story rail")
    await shown(listening, "Briefings in this timeline: 1")

    here = (second.channel, own_ts(listening, second))
    await delete_reply(second, here, listening.intake, listening.client)
    listening.slack.command("bob", "news", "/brief story rail")
    await shown(listening, "No stored briefing")


async def test_a_story_says_how_its_own_channel_marked_a_commitment(
    listening: Workspace,
) -> None:
    first, second = await story(listening)
    promise = briefing().commitments[0]
    marked = Reminder(
        first.key, commitment_id(promise), "2031-06-01", 1.0, "UTC", first.team, first.channel,
        first.person, promise, mark="done", by="U7", name="zoe", marked="2031-06-02",
    )  # fmt: skip
    elsewhere = replace(marked, channel="C9", mark="missed", name="yan", day="2031-06-02")
    both = {(each.key, each.id, each.day): each for each in (marked, elsewhere)}
    listening.home.reminders.kept = both
    press(listening, "bob", own_ts(listening, second), "story")
    view = await shown(listening, "marked done by zoe on 2 June")
    assert "yan" not in text(view)

    listening.slack.click_in_view(view, "story_export.v1")
    await shown(listening, "The files are in the briefing’s thread")
    [files] = [each.files for each in listening.slack.replies(second.thread) if each.files]
    stored = [listening.slack.state.files[each] for each in files]
    [paper] = [each for each in stored if each.name.endswith(".md")]
    assert "marked done by zoe on 2 June" in str(paper)


async def test_a_story_is_exported_into_the_thread_of_its_briefing(listening: Workspace) -> None:
    _, second = await story(listening)
    press(listening, "bob", own_ts(listening, second), "story")
    view = await shown(listening, "Briefings in this timeline: 2")
    listening.slack.click_in_view(view, "story_export.v1")
    await shown(listening, "The files are in the briefing’s thread")

    messages = listening.slack.replies(second.thread)
    [files] = [each.files for each in messages if each.files]
    names = [listening.slack.state.files[each].name for each in files]
    assert [name.rpartition(".")[2] for name in names] == ["md", "docx", "txt"]


async def test_the_home_tab_lists_the_stories_of_the_persons_channels(listening: Workspace) -> None:
    first, second = await story(listening)
    newest, *others = listening.home.kept
    listening.home.kept[:] = [replace(newest, earlier=(first.key,)), *others]
    listening.slack.open_home("ann")
    home = await listening.slack.wait_for(lambda: listening.slack.home("ann"))
    await listening.slack.wait_for(lambda: "Stories" in text(home))
    [row] = [each for each in home.content["blocks"] if "accessory" in each]
    assert row["accessory"]["value"] == second.key
    listening.slack.click_in_view(home, "story_open.v1")
    await shown(listening, "Briefings in this timeline: 2", "ann")


async def test_whoever_has_left_the_channel_sees_no_story_of_it(listening: Workspace) -> None:
    first, _ = await story(listening)
    newest, *others = listening.home.kept
    listening.home.kept[:] = [replace(newest, earlier=(first.key,)), *others]
    listening.slack.say("bob", "news", "hello")
    listening.slack.open_home("bob")
    home = await listening.slack.wait_for(lambda: listening.slack.home("bob"))
    await listening.slack.wait_for(lambda: "Stories" in text(home))
    channel, person = listening.slack.channel("news"), listening.slack.person("bob")
    channel.members.discard(person.id)
    listening.slack.click_in_view(home, "story_open.v1")
    await shown(listening, "Nothing is stored for this reply any more")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("story Karatobe dam", "Karatobe dam"),
        ("Story", ""),
        ("stories of old", None),
        ("story https://example.org/a", None),
        ("Story of a flood: " + "the ministers said that " * 10, None),
    ],
)
def test_only_a_few_words_after_story_are_a_command(typed: str, words: str | None) -> None:
    match = STORY_COMMAND.fullmatch(typed)
    assert (match and match[1]) == words


@pytest.mark.slow
def test_slack_accepts_every_page_of_a_long_story_and_the_end_says_what_is_left_out() -> None:
    many: list[EarlierBriefing] = []
    for number in range(MOST_BRIEFINGS):
        points = tuple(line(f"Line {number} of {each}. " + "x" * 400, LATER) for each in range(9))
        reply = EarlierReply(f"k{number}", f"{number}.0", "2031-05-12", "Rail")
        many.append((reply, briefing(LATER, key_points=points, differences=())))
    whole = timeline(many, is_cut=True)
    number, seen = 0, ""
    while True:
        view = story_view(whole, Page("k", number), {})
        check_view(view, "modal")
        seen += json.dumps(view)
        number += 1
        if not any(
            each.get("value") == str(number)
            for b in view["blocks"]
            for each in b.get("elements", [])
        ):
            break
    assert number > 5
    assert all(f"Line {n} of {each}." in seen for n in range(MOST_BRIEFINGS) for each in range(9))
    assert "this timeline has only the 100 closest to it" in seen


def test_slack_accepts_the_pages_of_a_story_with_many_sources() -> None:
    many: list[EarlierBriefing] = []
    for number in range(MOST_BRIEFINGS):
        sources = [
            replace(
                LATER, label=each, text=f"{LATER.text} {number}", title="t" * 280,
                url=f"https://example.org/{number}{each}?{'u' * 600}",
            )
            for each in "ABC"
        ]  # fmt: skip
        due = tuple(
            Commitment(
                f"{each.label}{number}.", "event", None, (each.passage(2),), "Arland", "pay", None,
                None, "agreed",
            )
            for each in sources
        )  # fmt: skip
        reply = EarlierReply(f"k{number}", f"{number}.0", "2031-05-12", "Rail")
        many.append((reply, briefing(documents=tuple(sources), commitments=due)))
    for number in range(3):
        check_view(story_view(timeline(many, is_cut=False), Page("k", number), {}), "modal")
