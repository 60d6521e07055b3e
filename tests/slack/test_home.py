"""The Home tab shows people their own requests, saves their defaults, and deletes on demand."""

import asyncio
import json
from dataclasses import replace

import pytest
from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.briefing.requests import Wishes
from bot.service.intake import Intake
from bot.service.ports import Found, Notice
from bot.slack.access import _is_admin
from bot.slack.client import RateLimitedClient
from bot.slack.home import (
    LENGTH,
    MOST_FOUND,
    MOST_STORIES,
    STYLE,
    Home,
    HomeTab,
    home_view,
)
from bot.slack.interactions import Interaction
from sandbox.slack import Fault, Rules
from sandbox.slack.blocks import check_view
from sandbox.slack.state import DEFAULT_SCOPES
from tests.fakes import MemoryArchive, MemoryHome, MemoryInbox, MemoryJobs
from tests.slack.workspace import BOTH_WAYS, PATIENT, Workspace, home_text

RAIL = Found(
    "msg:T1:C1:1.1", "C1", "1.1", "https://acme.slack.test/archives/C1/p11", "briefing",
    "Ministers to reopen the rail line", "It reopens by 1 June.", 1_900_000_000.4,
)  # fmt: skip


@BOTH_WAYS
async def test_opening_shows_the_newest_with_a_link(listening: Workspace) -> None:
    listening.home.kept.append(RAIL)
    listening.slack.open_home("ann")
    text = await home_text(listening, "ann", RAIL.title)

    assert RAIL.opening in text
    assert RAIL.permalink is not None
    assert RAIL.permalink in text


async def test_a_thread_is_listed_once_by_its_first_briefing(listening: Workspace) -> None:
    answer = replace(RAIL, key="a", kind="answer", title="Who pays?")
    full = replace(RAIL, key="f", title="The full one")
    alone = replace(answer, key="b", thread="other", title="An answer alone")
    listening.home.kept += [answer, full, RAIL, alone]
    listening.slack.open_home("ann")
    text = await home_text(listening, "ann", alone.title)

    assert RAIL.title in text
    assert full.title not in text
    assert answer.title not in text


async def test_only_channels_of_the_person_are_searched(listening: Workspace) -> None:
    listening.slack.say("ann", "news", "hello")
    listening.slack.channel("ministers")
    listening.slack.open_home("ann")
    await home_text(listening, "ann", "No briefings yet.")

    assert listening.home.asked == [("", frozenset({listening.slack.channel("news").id}))]


async def test_words_are_searched_for(listening: Workspace) -> None:
    listening.home.kept += [RAIL, replace(RAIL, key="k", thread="k", title="Water works shared")]
    listening.slack.open_home("ann")
    await home_text(listening, "ann", "Water works")
    view = listening.slack.home("ann")
    assert view
    listening.slack.click_in_view(view, "search.v1", choice="rail")
    await listening.slack.wait_for(lambda: len(listening.home.asked) == 2)

    assert listening.home.asked[1][0] == "rail"
    await listening.slack.wait_for(lambda: "Water works" not in json.dumps(view.content))


@pytest.fixture
def rules(request: pytest.FixtureRequest) -> Rules:
    missing: set[str] = getattr(request, "param", set())
    scopes = DEFAULT_SCOPES - missing
    return replace(PATIENT, scopes=scopes)


@pytest.mark.parametrize("rules", [{"channels:read"}, {"groups:read"}], indirect=True)
async def test_without_the_scope_only_own_requests_are_shown(listening: Workspace) -> None:
    listening.home.kept.append(RAIL)
    listening.slack.say("ann", "news", "hello")
    listening.slack.open_home("ann")
    text = await home_text(listening, "ann", RAIL.title)

    assert "channels:read and groups:read" in text
    assert listening.home.asked == [("", frozenset())]


async def test_preferences_are_remembered_and_used(listening: Workspace) -> None:
    listening.slack.open_home("ann")
    await home_text(listening, "ann", "What I can do")
    view = listening.slack.home("ann")
    assert view
    listening.slack.click_in_view(view, "default_length.v1", choice="short")
    listening.slack.click_in_view(view, "default_language.v1", choice="hy")
    listening.slack.click_in_view(view, "default_style.v1", choice="newsroom")
    liked = Wishes("hy", "short", "newsroom")
    await listening.slack.wait_for(lambda: liked in listening.home.liked.values())
    listening.slack.say("ann", "news", "@readout https://example.org/a in French")
    listening.slack.say("bob", "news", "@readout https://example.org/a")
    wished = {each.person: each.wishes for each in await listening.mentions(2)}

    assert wished[listening.slack.person("ann").id] == Wishes("fr", "short", "newsroom")
    assert wished[listening.slack.person("bob").id] == Wishes()


class SlowDefaults(MemoryHome):
    """Others come in between when one is asked."""

    async def of(self, team: str, person: str) -> Wishes:
        found = await super().of(team, person)
        await asyncio.sleep(0)
        return found


async def test_neither_of_two_simultaneous_changes_is_lost() -> None:
    home = SlowDefaults()
    archive, jobs = MemoryArchive(), MemoryJobs()
    intake = Intake(archive, archive, MemoryInbox(), jobs.acknowledge, jobs.begin)
    tab = HomeTab(home.memory, intake, RateLimitedClient())

    def chosen(menu: str, value: str) -> Interaction:
        body = {"user": {"id": "U1"}, "team": {"id": "T1"}, "actions": [{"action_id": menu}]}
        ack, respond = AsyncAck(), AsyncRespond(response_url=None)  # type: ignore[no-untyped-call]
        return Interaction(body, ack, AsyncWebClient(), respond, value)

    await asyncio.gather(
        tab.set_preference(chosen(LENGTH, "short")), tab.set_preference(chosen(STYLE, "minister"))
    )

    assert home.liked["T1", "U1"] == Wishes(length="short", style="minister")


async def test_delete_my_data_forgets_and_says_so(listening: Workspace) -> None:
    asked = await listening.asked()
    await listening.archive.keep_outcome(asked, Notice("Help."))
    listening.slack.open_home("ann")
    asks = await home_text(listening, "ann", "How you like")
    assert "the digests you set up, which end for everybody who gets them" in asks
    view = listening.slack.home("ann")
    assert view
    listening.slack.click_in_view(view, "forget_me.v1")
    await home_text(listening, "ann", "are deleted (requests: 1)")

    assert await listening.archive.mention(asked.key) is None


async def test_delete_my_data_withdraws_requests_in_progress(listening: Workspace) -> None:
    under_way = await listening.asked()
    others = await listening.asked()
    await listening.archive.delete(others.key)
    await listening.archive.record(replace(others, person="U2"))
    listening.slack.open_home("ann")
    await home_text(listening, "ann", "How you like")
    view = listening.slack.home("ann")
    assert view
    listening.slack.click_in_view(view, "forget_me.v1")
    await home_text(listening, "ann", "are deleted (requests: 1)")

    assert await listening.mentions() == [under_way.withdrawal]


async def test_slow_home_tabs_hold_up_no_request(listening: Workspace) -> None:
    slack, people = listening.slack, ("ann", "bob", "cleo", "dan")
    slack.fail("users.conversations", Fault(delay=3.0), times=len(people))
    for person in people:
        slack.open_home(person)
    slack.say("eve", "news", "@readout help")
    await listening.mentions()
    assert not any(slack.home(person) for person in people)
    for person in people:
        await home_text(listening, person, "What I can do")


async def test_a_home_tab_opened_again_and_again_is_shown_once_at_a_time(
    listening: Workspace,
) -> None:
    listening.slack.fail("users.conversations", Fault(delay=3.0), times=20)
    for _ in range(20):
        listening.slack.open_home("ann")
    listening.slack.say("eve", "news", "@readout help")
    await listening.mentions()  # by now all of them are under way
    await home_text(listening, "ann", "What I can do")
    await asyncio.sleep(0.5)
    assert listening.called("views.publish") == 1
    listening.slack.open_home("ann")
    async with asyncio.timeout(60):
        while listening.called("views.publish") < 2:
            await asyncio.sleep(0.1)


def test_slack_accepts_the_largest_home_tab() -> None:
    long = replace(RAIL, title="<!channel> " * 60, opening="x" * 300)
    view = home_view(Home(Wishes("hy", "long"), [long] * MOST_FOUND, "x" * 150, True, "Said."))

    check_view(view, "home")


async def test_with_a_model_the_tab_does_not_say_what_needs_one(listening: Workspace) -> None:
    listening.slack.open_home("ann")
    assert "needs a model" not in await home_text(listening, "ann", "How you like")


def test_without_a_model_the_tab_says_so() -> None:
    said = json.dumps(home_view(Home(Wishes(), (), has_model=False)), ensure_ascii=False)

    assert "Translating needs a model, and Readout has none set up here." in said
    assert "I show the passages that come closest" in said


@pytest.mark.parametrize("foreign", ["<!channel>", "<https://evil.example|x>", "*bold*"])
def test_a_title_is_plain_text(foreign: str) -> None:
    view = home_view(Home(Wishes(), [replace(RAIL, title=foreign)]))
    parsed = [b["elements"][0]["text"] for b in view["blocks"] if b["type"] == "context"]

    assert foreign in json.dumps(view["blocks"])
    assert not any(foreign in text for text in parsed)


@pytest.mark.parametrize(
    ("user", "is_ours"),
    [
        pytest.param({"team_id": "T1", "is_admin": True}, True, id="admin"),
        pytest.param({"team_id": "T1", "is_owner": True}, True, id="owner"),
        pytest.param({"team_id": "T1"}, False, id="member"),
        pytest.param({"team_id": "T2", "is_admin": True}, False, id="admin-elsewhere"),
        pytest.param({"team_id": "E1", "enterprise_user": {"teams": ["T1"]}, "is_admin": True},
                     True, id="of-an-organisation"),
    ],
)  # fmt: skip
def test_only_an_admin_of_the_workspace_itself_counts(
    user: dict[str, object], is_ours: bool
) -> None:
    assert _is_admin(user, "T1") is is_ours


def test_slack_accepts_the_largest_home_tab_of_stories() -> None:
    long = replace(RAIL, title="<!channel> " * 60, opening="x" * 300)
    stories = [replace(long, key=str(n), thread=str(n), earlier=("e",)) for n in range(MOST_FOUND)]
    home = Home(Wishes("hy", "long"), stories, "x" * 150, False, "Said.")
    view = home_view(home)

    check_view(view, "home")
    assert sum("accessory" in each for each in view["blocks"]) == MOST_STORIES
