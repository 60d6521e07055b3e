"""Who may ask, where, and who may change that: the same for every way in."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.briefing.requests import WebPage, Wishes
from bot.service.ports import AccessRules, ChannelSettings, Mention, Notice, Outcome
from bot.slack.access import NOT_BY_YOU, NOT_IN_THIS_CHANNEL, NOT_YOUR_SETTINGS, zone_of
from bot.slack.app import run_socket_mode
from bot.slack.buttons import BUTTONS
from bot.slack.sharing import NOT_ALLOWED_THERE
from sandbox.slack import Fault
from sandbox.slack.state import View
from tests.slack.examples import briefing
from tests.slack.workspace import (
    BOTH_WAYS,
    Workspace,
    configure_channel,
    ephemeral_texts,
    opened,
    press,
    replied,
    reply_with_button,
)

LINK = "https://example.org/a"
TEXT = "The council met on Monday. " * 10
CHANNEL = "news"
FAILED = Notice("No.", retry=True, paste=True)
ASKING = [each.name for each in BUTTONS if each.presser == "may ask"]
READING = [each.name for each in BUTTONS if each.presser == "reader"]
WAYS = ["mention", "follow-up", "command", "shortcut"]


def ask_as(workspace: Workspace, person: str, way: str, thread: str = "") -> None:
    """Ask in one of the ways that are no buttons."""
    slack = workspace.slack
    match way:
        case "mention":
            slack.say(person, CHANNEL, f"@readout {LINK}")
        case "follow-up":
            slack.say(person, CHANNEL, "Who pays?", thread_ts=thread)
        case "command":
            slack.command(person, CHANNEL, f"/brief {LINK}")
        case "shortcut":
            slack.shortcut(person, slack.say("cleo", CHANNEL, TEXT), "brief_message")


def only(workspace: Workspace, *names: str, channel: str = CHANNEL) -> None:
    """Let those alone ask in the channel."""
    people = tuple(workspace.slack.person(name).id for name in names)
    configure_channel(workspace, channel, ChannelSettings(people=people))


async def asked(workspace: Workspace, outcome: Outcome) -> tuple[Mention, str]:
    sources = (WebPage(LINK),)
    return await replied(workspace, outcome, intent="ask", question="Who?", sources=sources)


@BOTH_WAYS
@pytest.mark.parametrize("way", WAYS)
async def test_whoever_may_not_ask_is_told_privately_in_every_way_in(
    listening: Workspace, way: str
) -> None:
    mention, _ = await replied(listening, briefing())
    only(listening, "ann")
    ask_as(listening, "bob", way, mention.thread)
    await listening.slack.wait_for(lambda: ephemeral_texts(listening, CHANNEL))
    await listening.handled()

    assert ephemeral_texts(listening, CHANNEL) == [NOT_BY_YOU], "told once"
    assert listening.jobs.accepted == []


@pytest.mark.parametrize("name", ASKING)
async def test_whoever_may_not_ask_cannot_press_buttons_that_ask(
    listening: Workspace, name: str
) -> None:
    mention, ts = await reply_with_button(listening, name)
    only(listening, "ann")
    press(listening, "bob", ts, name)
    (sentence,) = await listening.slack.wait_for(
        lambda: ephemeral_texts(listening, mention.channel)
    )

    assert sentence == NOT_BY_YOU
    assert listening.slack.modal("bob") is None
    assert listening.jobs.accepted == []


@BOTH_WAYS
@pytest.mark.parametrize("name", ["translate", "ask", "share", "paste"])
async def test_whoever_is_excluded_while_a_dialog_is_open_is_refused_in_it(
    listening: Workspace, name: str
) -> None:
    mention, ts = await reply_with_button(listening, name)
    press(listening, "bob", ts, name)
    box = await listening.slack.wait_for(lambda: listening.slack.modal("bob"))
    only(listening, "ann")
    entered = {"language": "fr", "question": "Who?", "channel": mention.channel, "text": TEXT}
    listening.slack.submit(box, entered)
    await listening.slack.wait_for(lambda: box.errors)

    assert list(box.errors.values()) == [NOT_BY_YOU]
    assert listening.jobs.accepted == []


async def test_a_guest_can_only_start_requests_for_the_public_web(
    listening: Workspace,
) -> None:
    guest = listening.slack.person("guest", team="T2")
    _, ts = await asked(listening, FAILED)
    listening.slack.click(guest.id, ts, "retry.v1")
    (begun,) = await listening.mentions()

    assert (begun.outside, begun.home) == (True, "T2")


async def test_a_guests_link_stays_untrusted_when_somebody_else_retries(
    listening: Workspace,
) -> None:
    _, ts = await replied(listening, FAILED, outside=True, sources=(WebPage(LINK),))
    listening.slack.click("bob", ts, "retry.v1")
    (begun,) = await listening.mentions()

    assert begun.outside


async def test_a_button_in_a_channel_that_keeps_nothing_starts_a_request_that_is_not_kept(
    listening: Workspace,
) -> None:
    _, ts = await replied(listening, briefing())
    configure_channel(listening, CHANNEL, ChannelSettings(is_fleeting=True, follow_ups="mentions"))
    listening.slack.click("bob", ts, "longer.v1")
    (begun,) = await listening.mentions()

    assert begun.fleeting


# --- the channels that the operator has listed ---


@pytest.fixture
def elsewhere(workspace: Workspace) -> None:
    """Readout is used in another channel alone."""
    workspace.home.rules = AccessRules(channels=(workspace.slack.channel("other").id,))


@pytest.mark.usefixtures("elsewhere")
class TestUnlistedChannel:
    """In a channel that the operator has not listed."""

    @pytest.mark.parametrize("way", [*WAYS, "help", "settings"])
    async def test_every_way_in_says_so_privately(self, listening: Workspace, way: str) -> None:
        mention, _ = await replied(listening, briefing())
        if way in ("help", "settings"):
            listening.slack.person("bob").is_admin = True
            listening.slack.command("bob", CHANNEL, f"/brief {way}")
        else:
            ask_as(listening, "bob", way, mention.thread)
        (sentence,) = await listening.slack.wait_for(lambda: ephemeral_texts(listening, CHANNEL))

        assert sentence == NOT_IN_THIS_CHANNEL
        assert listening.slack.modal("bob") is None
        assert listening.jobs.accepted == []

    async def test_the_shortcut_says_so_even_if_the_bot_is_not_a_member(
        self, listening: Workspace
    ) -> None:
        listening.slack.channel(CHANNEL, has_bot=False)
        ask_as(listening, "bob", "shortcut")
        (sentence,) = await listening.slack.wait_for(lambda: ephemeral_texts(listening, CHANNEL))

        assert sentence == NOT_IN_THIS_CHANNEL

    @pytest.mark.parametrize("name", [*ASKING, *READING])
    async def test_every_button_says_so(self, listening: Workspace, name: str) -> None:
        mention, ts = await reply_with_button(listening, name)
        press(listening, "bob", ts, name)
        (sentence,) = await listening.slack.wait_for(
            lambda: ephemeral_texts(listening, mention.channel)
        )

        assert sentence == NOT_IN_THIS_CHANNEL

    async def test_the_thumbs_say_so(self, listening: Workspace) -> None:
        mention, ts = await replied(listening, briefing())
        listening.slack.click("bob", ts, "Useful")
        (sentence,) = await listening.slack.wait_for(
            lambda: ephemeral_texts(listening, mention.channel)
        )

        assert sentence == NOT_IN_THIS_CHANNEL
        assert listening.home.thumbs == {}

    async def test_direct_messages_and_the_listed_channel_are_open(
        self, listening: Workspace
    ) -> None:
        listening.slack.say("bob", "dm", LINK)
        listening.slack.say("bob", "other", f"@readout {LINK}")

        assert len(await listening.mentions(2)) == 2

    async def test_nothing_is_shared_there(self, listening: Workspace) -> None:
        target = listening.slack.channel("ministers").id
        mention = await listening.asked(channel="other")
        await listening.archive.keep_outcome(mention, briefing())
        await listening.replies().to(mention).done(briefing())
        box = await opened(listening, listening.own(mention.thread)[-1].ts, "share")
        listening.slack.submit(box, {"channel": target})
        await listening.slack.wait_for(lambda: box.errors)

        assert box.errors == {"channel": NOT_ALLOWED_THERE}

    async def test_what_was_asked_there_before_can_be_stopped_and_withdrawn(
        self, listening: Workspace
    ) -> None:
        ts = listening.slack.say("ann", CHANNEL, f"@readout {LINK}")
        await listening.handled()
        channel, ann = listening.slack.channel(CHANNEL).id, listening.slack.person("ann").id
        mention = Mention(
            f"msg:T0LOCAL01:{channel}:{ts}", "T0LOCAL01", channel, ts, ts, ann, "brief"
        )
        await listening.archive.record(mention)
        listening.slack.say("ann", CHANNEL, "@readout stop", thread_ts=ts)
        (stop,) = await listening.mentions()
        listening.slack.delete(ts)

        assert stop.intent == "stop"
        assert [each.intent for each in await listening.mentions(2)] == ["stop", "withdraw"]


async def test_whoever_may_not_ask_in_a_channel_cannot_share_there(
    listening: Workspace,
) -> None:
    _, ts = await replied(listening, briefing())
    target = listening.slack.channel("ministers").id
    box = await opened(listening, ts, "share")
    listening.slack.submit(box, {"channel": target})
    await listening.slack.wait_for(lambda: target in str(box.content["blocks"]))
    only(listening, "ann", channel="ministers")
    listening.slack.submit(box, {})
    await listening.slack.wait_for(lambda: NOT_ALLOWED_THERE in str(box.content["blocks"]))

    assert listening.slack.state.messages(target) == []


# --- the settings of a channel ---


async def settings_opened(workspace: Workspace, person: str) -> View | None:
    """The dialog with the settings; None if that person may not change them."""
    before = ephemeral_texts(workspace, CHANNEL)
    workspace.slack.command(person, CHANNEL, "/brief settings")
    await workspace.slack.wait_for(
        lambda: workspace.slack.modal(person) or ephemeral_texts(workspace, CHANNEL) != before
    )
    return workspace.slack.modal(person)


def _admin(workspace: Workspace) -> None:
    workspace.slack.person("ann").is_admin = True


def _creator(workspace: Workspace) -> None:
    workspace.slack.channel(CHANNEL).creator = workspace.slack.person("ann").id


def _creator_without_the_right_to_ask_for_admins(workspace: Workspace) -> None:
    _creator(workspace)
    workspace.slack.fail("users.info", Fault(error="missing_scope"), times=9)


def _everybody(workspace: Workspace) -> None:
    workspace.home.rules = AccessRules(settings_by="everybody")


def _admin_whom_the_list_leaves_out(workspace: Workspace) -> None:
    _everybody(workspace)
    _admin(workspace)
    only(workspace, "cleo")


@pytest.mark.parametrize(
    "arrange",
    [
        _admin, _creator, _creator_without_the_right_to_ask_for_admins, _everybody,
        _admin_whom_the_list_leaves_out,
    ],
)  # fmt: skip
async def test_whoever_may_change_settings_can_open_and_save_them(
    workspace: Workspace, arrange: Callable[[Workspace], None]
) -> None:
    workspace.slack.channel(CHANNEL)
    arrange(workspace)
    app = workspace.app()
    async with run_socket_mode(app, workspace.connection):
        box = await settings_opened(workspace, "ann")
        assert box is not None
        workspace.slack.submit(box, {"length": "short"})
        await workspace.slack.wait_for(lambda: not box.open)

    kept = workspace.home.channels.settings[workspace.slack.person("ann").team, box_channel(box)]
    assert kept.wishes == Wishes(length="short")


def box_channel(box: View) -> str:
    return str(box.content["private_metadata"])


def _somebody(workspace: Workspace) -> None:
    workspace.slack.channel(CHANNEL).creator = workspace.slack.person("cleo").id


def _nobody_can_be_known(workspace: Workspace) -> None:
    workspace.slack.fail("users.info", Fault(error="missing_scope"), times=9)
    workspace.slack.fail("conversations.info", Fault(error="missing_scope"), times=9)


def _excluded(workspace: Workspace) -> None:
    _everybody(workspace)
    only(workspace, "cleo")


@pytest.mark.parametrize("arrange", [_somebody, _nobody_can_be_known, _excluded])
async def test_nobody_else_sees_the_settings(
    workspace: Workspace, arrange: Callable[[Workspace], None]
) -> None:
    workspace.slack.channel(CHANNEL)
    arrange(workspace)
    app = workspace.app()
    async with run_socket_mode(app, workspace.connection):
        assert await settings_opened(workspace, "bob") is None

    assert ephemeral_texts(workspace, CHANNEL) == [NOT_YOUR_SETTINGS]


async def test_permission_is_checked_again_when_settings_are_saved(
    listening: Workspace,
) -> None:
    channel = listening.slack.channel(CHANNEL, creator="ann")
    box = await settings_opened(listening, "ann")
    assert box is not None
    channel.creator = listening.slack.person("cleo").id
    listening.slack.submit(box, {})
    await listening.slack.wait_for(lambda: NOT_YOUR_SETTINGS in str(box.content["blocks"]))

    assert listening.home.channels.settings == {}


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (Fault(status=500), "Slack did not respond"),
        (Fault(error="internal_error"), "Slack has a problem"),
    ],
)
async def test_a_failed_permission_check_is_reported_and_not_remembered(
    listening: Workspace, fault: Fault, why: str
) -> None:
    listening.slack.channel(CHANNEL)
    listening.slack.person("ann").is_admin = True
    listening.slack.fail("users.info", fault)
    listening.slack.fail("conversations.info", fault)
    assert await settings_opened(listening, "ann") is None
    (sentence,) = ephemeral_texts(listening, CHANNEL)
    assert why in sentence

    assert await settings_opened(listening, "ann") is not None


async def test_everybody_may_change_the_settings_of_their_direct_messages(
    listening: Workspace,
) -> None:
    listening.slack.command("bob", "dm", "/brief settings")

    assert await listening.slack.wait_for(lambda: listening.slack.modal("bob")) is not None


async def test_in_direct_messages_nobody_is_excluded(listening: Workspace) -> None:
    channel = listening.slack.state.direct_messages(listening.slack.person("bob"))
    configure_channel(listening, channel.id, ChannelSettings(people=("U7",)))
    listening.slack.say("bob", "dm", LINK)

    assert len(await listening.mentions()) == 1


async def test_an_edit_by_somebody_who_may_no_longer_ask_is_refused(listening: Workspace) -> None:
    ts = listening.slack.say("bob", CHANNEL, f"@readout {LINK}")
    await listening.mentions()
    only(listening, "ann")
    listening.slack.edit(ts, f"@readout {LINK} in French")
    await listening.slack.wait_for(lambda: ephemeral_texts(listening, CHANNEL))

    assert ephemeral_texts(listening, CHANNEL) == [NOT_BY_YOU]
    assert len(listening.jobs.accepted) == 1


class Zones(AsyncWebClient):
    """A Slack in which everybody is in that zone."""

    def __init__(self, zone: str | None) -> None:
        super().__init__()
        self.zone = zone

    async def users_info(self, **_: object) -> Any:
        return {"user": {"tz": self.zone}}


@pytest.mark.parametrize(
    ("told", "zone"),
    [("Asia/Tokyo", "Asia/Tokyo"), ("Mars/Phobos", "UTC"), ("../etc", "UTC"), (None, "UTC")],
)
async def test_an_unknown_time_zone_is_utc(told: str | None, zone: str) -> None:
    assert await zone_of("U1", Zones(told)) == zone
