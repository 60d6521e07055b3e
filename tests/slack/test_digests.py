"""A digest is set up in a dialog, posted in the channel, and paused and deleted in the Home tab."""

import ast
from dataclasses import replace

import pytest

from bot.briefing.digest import Digest, DigestHistory, DigestPlan, DigestWishes, FailedFeed, Story
from bot.briefing.errata import erratum_by_person
from bot.briefing.requests import WebPage
from bot.service.errors import SlackFailure
from bot.service.ports import AccessRules, ChannelSettings, Mention, Notice, PlannedDigest
from bot.slack.blocks import messages
from bot.slack.conversations import SlackConversations
from bot.slack.home import MOST_DIGESTS
from bot.slack.settings import digest_summary, digest_view
from sandbox.slack import Fault
from sandbox.slack.blocks import check_message, check_view
from sandbox.slack.state import DEFAULT_TEAM as TEAM
from sandbox.slack.state import View
from tests.fakes import corrections
from tests.slack.examples import briefing, document, line
from tests.slack.workspace import Workspace, configure_channel, ephemeral_texts, home_text

ENTERED = {
    "feeds": "https://example.org/feed\nhttps://example.com/", "focus": "railways",
    "days": "Monday,Tuesday", "time": "07:30", "language": "de", "stories": "2",
}  # fmt: skip
WISHES = DigestWishes(("https://example.org/feed", "https://example.com/"), "railways", "de", 2)


async def opened(workspace: Workspace, channel: str = "news") -> View:
    workspace.slack.channel(channel)
    workspace.slack.command("ann", channel, "/brief digest")
    return await workspace.slack.wait_for(lambda: workspace.slack.modal("ann"))


def story(number: int = 0) -> Story:
    known = replace(document(), url="https://example.org/a", is_public=True)
    headline, *lines = (line(text, known) for text in (f"Headline {number}", "One", "Two"))
    outlets = ("example.org",)
    return Story(f"s{number}", headline, tuple(lines), "new", (known,), (9,), outlets)


def digest(*stories: Story, **fields: object) -> Digest:
    made = Digest("2026-03-02T08:00:00+00:00", stories, briefing().receipt)
    return replace(made, **fields)  # type: ignore[arg-type]


def planned(workspace: Workspace, **fields: object) -> PlannedDigest:
    channel, person = workspace.slack.channel("news").id, workspace.slack.person("ann").id
    plan = DigestPlan(WISHES, (0,), "08:00")
    made = PlannedDigest("d1", TEAM, channel, person, plan, 1_772_438_400.0)
    return replace(made, **fields)  # type: ignore[arg-type]


def digest_mention(channel: str, person: str = "U1") -> Mention:
    key = "digest:d1:1"
    return Mention(key, TEAM, channel, key, "1.000000", person, "digest", about="d1")


async def shown(workspace: Workspace, made: Digest) -> tuple[Mention, str]:
    """The mention of a digest that is posted in the channel, and its timestamp."""
    channel = workspace.slack.channel("news").id
    mention = digest_mention(channel, workspace.slack.person("ann").id)
    await workspace.archive.record(mention)
    notice = Notice("Headline 0", digest=made)
    await workspace.archive.keep_outcome(mention, notice)
    await workspace.replies().to(mention).done(notice)
    (message,) = workspace.slack.state.messages(channel)
    return mention, message.ts


def at_home(workspace: Workspace) -> View:
    view = workspace.slack.home("ann")
    assert view is not None
    return view


def test_slack_accepts_the_dialog() -> None:
    check_view(digest_view("C1", "Europe/Vienna"), "modal")


async def test_a_digest_is_set_up_in_a_dialog_and_announced_in_the_channel(
    listening: Workspace,
) -> None:
    channel = listening.slack.channel("news").id
    listening.slack.submit(await opened(listening), ENTERED)
    (message,) = await listening.slack.wait_for(lambda: listening.slack.state.messages(channel))

    (kept,) = listening.home.digests.plans.values()
    assert kept.plan == DigestPlan(WISHES, (0, 1), "07:30", "Europe/London")
    assert (kept.channel, kept.person) == (channel, listening.slack.person("ann").id)
    assert "what is new in 2 feeds about railways, Monday, Tuesday at 07:30" in message.text


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"feeds": "example.org"}, "“example.org” isn’t a web address."),
        ({"feeds": "https://example.org javascript:alert(1)"}, "isn’t a web address."),
        ({"feeds": "\n".join(f"https://example.org/{n}" for n in range(31))}, "at most 30 feeds"),
    ],
)
async def test_an_invalid_feed_is_reported_in_the_dialog(
    listening: Workspace, wrong: dict[str, str], why: str
) -> None:
    box = await opened(listening)
    listening.slack.submit(box, {**ENTERED, **wrong})
    await listening.slack.wait_for(lambda: box.errors)

    assert why in box.errors["feeds"]
    assert listening.home.digests.plans == {}


@pytest.mark.parametrize(
    "why", ["for only an hour", "shared with other", "channels:read", "Use /invite there"]
)
async def test_some_channels_cannot_have_a_digest(listening: Workspace, why: str) -> None:
    if why == "for only an hour":
        configure_channel(listening, "news", ChannelSettings(is_fleeting=True))
    elif why == "shared with other":
        guest = listening.slack.person("guest", team="T2")
        listening.slack.say(guest.id, listening.slack.channel("news").id, "hello")
    elif why == "Use /invite there":
        listening.slack.channel("news").has_bot = False
    else:
        listening.slack.fail("conversations.info", Fault(error="missing_scope"))
    listening.slack.command("ann", "news", "/brief digest")

    await listening.slack.wait_for(lambda: why in str(ephemeral_texts(listening, "news")))


async def test_it_is_posted_in_the_channel_with_buttons_for_each_story(
    workspace: Workspace,
) -> None:
    down = (FailedFeed("https://example.com/", "The site reported an error."),)
    await shown(workspace, digest(story(0), story(1), down=down, notes=("1 more story",)))

    (message,) = workspace.slack.state.messages(workspace.slack.channel("news").id)
    shown_ = str(message.blocks)
    assert message.text == "Headline 0"
    assert shown_.count("story_brief.v1") == shown_.count("story_mute.v1") == 2
    for said in ("Headline 1", "One", "https://example.com/: The site reported", "1 more story"):
        assert said in shown_


async def test_a_correction_is_posted_in_the_thread_of_the_digest_and_marked(
    workspace: Workspace,
) -> None:
    mention, ts = await shown(workspace, digest(story()))
    archive, replies = workspace.archive, workspace.replies()
    wrong = story().lines[0]
    for _ in range(2):
        await corrections(archive, replies).post_erratum(
            mention, erratum_by_person("Ana", wrong, story().documents[0])
        )

    first, below = workspace.slack.state.messages(mention.channel)
    assert (first.ts, below.thread_ts) == (ts, ts)
    assert "see this thread" in str(first.blocks[0])
    assert str(first.blocks).count("(corrected on ") == 1
    assert "Ana marked this line as wrong: “One”" in below.text


def test_nothing_new_is_one_line() -> None:
    mention = Mention("digest:d1:1", "T1", "C1", "digest:d1:1", "1.0", "U1", "digest")
    notice = Notice("Nothing new.", digest=digest(notes=("Nothing new.",)))

    (message,) = messages(notice, mention)

    assert str(message.blocks).count("Nothing new.") == 1
    assert "checked" not in str(message.blocks)
    assert "no model" not in str(message.blocks)
    check_message(list(message.blocks))


async def test_it_is_posted_once_even_if_the_response_was_lost(
    workspace: Workspace,
) -> None:
    channel = workspace.slack.channel("news").id
    mention = digest_mention(channel)
    await workspace.archive.record(mention)
    notice = Notice("Headline 0", digest=digest(story()))
    workspace.slack.fail("chat.postMessage", Fault(lost_reply=True))

    with pytest.raises(SlackFailure):
        await workspace.replies().to(mention).done(notice)
    await workspace.replies().to(mention).done(notice)

    assert len(workspace.slack.state.messages(channel)) == 1
    assert workspace.called("assistant.threads.setStatus") == 0


async def test_a_channel_that_is_shared_archived_or_closed_to_us_refuses_digests(
    workspace: Workspace,
) -> None:
    names = ("news", "s", "a", "left")
    news, shared, archived, left = (workspace.slack.channel(name) for name in names)
    shared.members.add(workspace.slack.person("guest", team="T2").id)
    archived.archived = True
    left.has_bot = False
    conversations = SlackConversations(workspace.client)

    why = [
        await conversations.refusal_of_digests(digest_mention(each.id))
        for each in (news, shared, archived, left, replace(news, id="C0GONE"))
    ]

    assert why[0] is None
    said = ("shared with other", "archived", "I’m not in the channel", "I’m not in the channel")
    assert all(words in str(each) for words, each in zip(said, why[1:], strict=True))


async def test_if_the_channel_is_archived_the_notice_goes_to_whoever_set_up_the_digest(
    workspace: Workspace,
) -> None:
    channel, person = workspace.slack.channel("news").id, workspace.slack.person("ann").id
    workspace.slack.state.channels[channel].archived = True
    mention = digest_mention(channel, person)
    await workspace.archive.record(mention)

    await workspace.replies().to(mention).done(Notice("It is paused."))

    direct = workspace.slack.state.messages(workspace.slack.find("ann")[1].id)
    assert [each.text.startswith("I could not reply where you asked.") for each in direct] == [True]


async def test_a_digest_whose_creator_has_left_still_comes(workspace: Workspace) -> None:
    channel = workspace.slack.channel("news").id
    mention = digest_mention(channel, "U0GONE")
    await workspace.archive.record(mention)

    await workspace.replies().to(mention).done(Notice("Headline 0", digest=digest(story())))

    assert [each.text for each in workspace.slack.state.messages(channel)] == ["Headline 0"]


async def test_a_whole_story_is_briefed_in_the_thread_of_the_digest(listening: Workspace) -> None:
    _, ts = await shown(listening, digest(story(0), story(1)))
    listening.slack.click("bob", ts, "story_brief.v1")
    (begun,) = await listening.mentions()

    assert begun.sources == (WebPage("https://example.org/a", public_only=True),)
    assert (begun.thread, begun.intent, begun.about) == (ts, "brief", None)
    assert begun.permalink == listening.slack.permalink(ts)
    assert begun.person == listening.slack.person("bob").id


async def test_a_story_is_muted(listening: Workspace) -> None:
    _, ts = await shown(listening, digest(story(0), story(1)))
    listening.slack.click("bob", ts, "story_mute.v1")
    await listening.slack.wait_for(
        lambda: "won’t mention" in str(ephemeral_texts(listening, "news"))
    )

    assert listening.home.digests.muted == [("d1", "s0")]
    assert await listening.home.digests.told("d1") == DigestHistory()


async def test_a_digest_is_paused_resumed_and_deleted_on_the_home_tab_and_the_channel_is_told(
    listening: Workspace,
) -> None:
    listening.home.digests.plans = {"d1": planned(listening)}
    listening.slack.open_home("ann")

    about = "2 feeds about railways"
    for shown_, control, did in (
        ("Next: ", "digest_pause.v1", f"paused a digest of {about}."),
        ("Paused", "digest_resume.v1", "resumed a digest."),  # others may read the channel by now
        ("Next: ", "digest_delete.v1", f"deleted a digest of {about}."),
    ):
        await home_text(listening, "ann", shown_)
        listening.slack.click_in_view(at_home(listening), control)
        await channel_told(listening, did)
    assert not listening.home.digests.plans


async def channel_told(workspace: Workspace, words: str) -> None:
    """Wait until the last message in the channel says these words."""
    place = workspace.slack.channel("news").id

    def said() -> bool:
        return any(words in each.text for each in workspace.slack.state.messages(place)[-1:])

    await workspace.slack.wait_for(said)


@pytest.mark.parametrize("button", ["digest_pause.v1", "digest_resume.v1", "digest_delete.v1"])
async def test_who_may_not_use_readout_in_a_channel_changes_none_of_its_digests(
    listening: Workspace, button: str
) -> None:
    slack, ann = listening.slack, listening.slack.person("ann").id
    before = planned(listening, is_paused=button == "digest_resume.v1")
    listening.home.digests.plans = {"d1": before}
    slack.channel("news").members.add(slack.person("bob").id)
    configure_channel(listening, "news", ChannelSettings(people=(ann,)))
    slack.open_home("bob")
    await home_text(listening, "bob", "2 feeds about railways")
    home = slack.home("bob")
    assert home is not None
    slack.click_in_view(home, button)

    await home_text(listening, "bob", "Only people who can use me in that channel can pause")
    assert listening.home.digests.plans == {"d1": before}
    assert slack.state.messages(before.channel) == []


async def test_people_can_always_end_their_own_digests(listening: Workspace) -> None:
    listening.home.digests.plans = {"d1": planned(listening)}
    bob = listening.slack.person("bob").id
    configure_channel(listening, "news", ChannelSettings(people=(bob,)))
    await delete_at_home(listening)


@pytest.fixture
def _closed(workspace: Workspace) -> None:
    """Readout may be used in another channel alone."""
    workspace.home.rules = AccessRules(channels=("C0OTHER",))


@pytest.mark.usefixtures("_closed")
async def test_anybody_can_end_a_digest_in_a_channel_that_was_closed_since(
    listening: Workspace,
) -> None:
    listening.home.digests.plans = {"d1": planned(listening, person="U0GONE")}
    listening.slack.channel("news").members.add(listening.slack.person("ann").id)
    await delete_at_home(listening)


async def delete_at_home(workspace: Workspace) -> None:
    workspace.slack.open_home("ann")
    await home_text(workspace, "ann", "Next: ")
    workspace.slack.click_in_view(at_home(workspace), "digest_delete.v1")
    await workspace.slack.wait_for(lambda: not workspace.home.digests.plans)


async def test_the_digests_a_person_set_up_come_first_and_the_others_left_out_are_counted(
    listening: Workspace,
) -> None:
    first = planned(listening, person="U0OTHER")
    plans = [replace(first, id=f"other {number}") for number in range(MOST_DIGESTS + 1)]
    plans.append(planned(listening, id="own", is_paused=True, next=0.0))
    listening.home.digests.plans = {each.id: each for each in plans}
    listening.slack.channel("news").members.add(listening.slack.person("ann").id)
    listening.slack.open_home("ann")

    shown_ = await home_text(listening, "ann", "Next: ")
    assert 0 < shown_.index("Paused") < shown_.index("Next: ")
    assert "Not shown: 2." in shown_


async def changing(workspace: Workspace, person: str = "ann") -> View:
    """The dialog for changing the digest of the channel, opened in the Home tab."""
    workspace.slack.open_home(person)
    await home_text(workspace, person, "Next: ")
    home = workspace.slack.home(person)
    assert home is not None
    workspace.slack.click_in_view(home, "digest_change.v1")
    return await workspace.slack.wait_for(lambda: workspace.slack.modal(person))


async def test_a_digest_is_changed_on_the_home_tab_and_the_channel_is_told(
    listening: Workspace,
) -> None:
    before = planned(listening, is_paused=True, next=0.0)
    listening.home.digests.plans = {"d1": replace(before, is_paused=False)}
    box = await changing(listening)
    listening.home.digests.plans = {"d1": before}
    check_view(box.content, "modal")
    for known in ("https://example.org/feed\\nhttps://example.com/", "railways", "08:00", "German"):
        assert known in str(box.content)
    listening.slack.submit(box, {**ENTERED, "focus": "", "time": "09:00"})
    (message,) = await listening.slack.wait_for(
        lambda: listening.slack.state.messages(before.channel)
    )

    plan = DigestPlan(replace(WISHES, focus=None), (0, 1), "09:00", "UTC")
    assert listening.home.digests.plans == {"d1": replace(before, plan=plan)}
    assert "changed a digest: what is new in 2 feeds, Monday, Tuesday at 09:00" in message.text


async def test_the_second_of_two_simultaneous_changes_to_a_digest_is_refused(
    listening: Workspace,
) -> None:
    listening.home.digests.plans = {"d1": planned(listening)}
    channel = listening.slack.channel("news")
    channel.members.add(listening.slack.person("bob").id)
    first, second = await changing(listening), await changing(listening, "bob")
    listening.slack.submit(first, ENTERED)
    await listening.slack.wait_for(lambda: listening.slack.state.messages(channel.id))
    kept = dict(listening.home.digests.plans)
    listening.slack.submit(second, {**ENTERED, "time": "10:00"})

    await listening.slack.wait_for(
        lambda: "Somebody else changed this digest" in str(second.content)
    )
    assert listening.home.digests.plans == kept
    assert len(listening.slack.state.messages(channel.id)) == 1


async def test_a_digest_that_was_deleted_meanwhile_is_not_changed(listening: Workspace) -> None:
    listening.home.digests.plans = {"d1": planned(listening)}
    box = await changing(listening)
    listening.home.digests.plans = {}
    listening.slack.submit(box, ENTERED)

    await listening.slack.wait_for(lambda: "has been deleted" in str(box.content))
    assert listening.home.digests.plans == {}


async def test_only_whoever_a_digest_concerns_can_delete_it(listening: Workspace) -> None:
    listening.home.digests.plans = {"d1": planned(listening, person="U0OTHER", channel="C0OTHER")}
    listening.home.digests.plans["d2"] = planned(listening, id="d2")
    listening.slack.open_home("ann")
    await home_text(listening, "ann", "Next: ")
    view = at_home(listening)
    moved = str(view.content).replace("'d2'", "'d1'")
    view.content = ast.literal_eval(moved)
    listening.slack.click_in_view(view, "digest_delete.v1")
    await listening.handled()

    assert sorted(listening.home.digests.plans) == ["d1", "d2"]


def test_the_summary_of_a_digest_is_one_line() -> None:
    plan = DigestPlan(
        replace(WISHES, focus=None, feeds=("https://example.org/",)), tuple(range(5)), "08:00"
    )
    assert digest_summary(plan) == "what is new in 1 feed, Monday to Friday at 08:00 (UTC)"
    assert "every day" in digest_summary(replace(plan, days=tuple(range(7))))
