"""In direct messages threads have titles, and what may be said next is suggested."""

from dataclasses import replace
from typing import Literal

import pytest

from bot.briefing.lines import Briefing, Quote, Receipt
from bot.briefing.numbering import numbered
from bot.briefing.requests import Wishes
from bot.service.briefing_service import BriefingService, Reading
from bot.service.extractive_writer import ExtractiveWriter
from bot.service.ports import Mention, Notice
from bot.slack.blocks import MOST_SUGGESTED, suggested_questions, suggestions
from bot.slack.client import Refusals
from bot.slack.manifest import SUGGESTED_AT_FIRST
from bot.slack.streaming import LONGEST_TITLE, AgentView
from sandbox.slack import Fault, Rules
from sandbox.slack.state import DEFAULT_SCOPES
from tests.fakes import FixedReader, Transcript
from tests.slack.workspace import PATIENT, Workspace
from tests.texts import article

SUGGEST = "assistant.threads.setSuggestedPrompts"
SESSION, ENTITLE = "agents.sessions.setStatus", "assistant.threads.setTitle"


async def briefed(text: str, wishes: Wishes | None = None) -> Briefing:
    briefing_service = BriefingService(FixedReader(), ExtractiveWriter(), "0.1.0")
    return await briefing_service.brief(
        Reading((numbered("A", text),)), wishes or Wishes(), Transcript()
    )


async def asked(workspace: Workspace, where: str = "dm") -> Mention:
    """A request of Ann's there."""
    mention = await workspace.asked(channel="news")
    if where != "dm":
        return mention
    ts = workspace.slack.say("ann", "dm", "Brief it.")
    channel = workspace.slack.message(ts).channel
    return replace(mention, channel=channel, thread=ts, message=ts, direct=True)


def prompts(workspace: Workspace, mention: Mention) -> list[str]:
    """What is suggested in the thread of ``mention``."""
    found = workspace.slack.state.prompts.get((mention.channel, mention.thread), [])
    return [str(each["message"]) for each in found]


async def test_opening_direct_messages_shows_suggestions(listening: Workspace) -> None:
    listening.slack.open_home("ann", tab="messages")
    channel = listening.slack.find("ann")[1].id
    shown = await listening.slack.wait_for(lambda: listening.slack.state.prompts.get((channel, "")))

    assert shown == SUGGESTED_AT_FIRST
    assert listening.called("views.publish") == 0


async def test_a_briefing_gives_its_thread_a_title_and_suggestions(workspace: Workspace) -> None:
    mention, briefing = await asked(workspace), await briefed(article("demo").text)
    await AgentView(workspace.client).suggest(mention, briefing)

    session = workspace.slack.state.sessions[mention.channel, mention.thread]
    assert (session.state, session.title) == ("active", briefing.title)
    assert workspace.called(ENTITLE) == 0
    assert prompts(workspace, mention) == [
        "What did Ilva Terren say?", "What will Terren do?", "Shorter",
    ]  # fmt: skip


async def test_a_title_is_plain_words_and_not_too_long(workspace: Workspace) -> None:
    mention, briefing = await asked(workspace), await briefed(article("demo").text)
    assert briefing.headline
    long = replace(briefing.headline, text="<!channel> see https://evil.example " * 20)
    await AgentView(workspace.client).suggest(mention, replace(briefing, headline=long))
    title = workspace.slack.state.sessions[mention.channel, mention.thread].title

    assert len(title) <= LONGEST_TITLE
    assert "<!" not in title
    assert "https://" not in title


@pytest.mark.parametrize("where", ["dm", "news"])
async def test_in_channels_and_after_notices_nothing_is_added(
    workspace: Workspace, where: str
) -> None:
    mention = await asked(workspace, where)
    outcome = Notice("Help.") if where == "dm" else await briefed(article("demo").text)
    await AgentView(workspace.client).suggest(mention, outcome)

    assert [workspace.called(each) for each in (SESSION, ENTITLE, SUGGEST)] == [0, 0, 0]


@pytest.fixture
def rules(request: pytest.FixtureRequest) -> Rules:
    given: Rules = getattr(request, "param", PATIENT)
    return replace(given, rate_limits=False, retry_delays=(0.0,))


@pytest.mark.parametrize(
    ("rules", "calls"),
    [
        pytest.param(Rules(agent_features=False), [1, 2, 1], id="no-agent"),
        pytest.param(Rules(scopes=DEFAULT_SCOPES - {"assistant:write"}), [2, 0, 1], id="scope"),
    ],
    indirect=["rules"],
)
async def test_a_call_that_slack_refuses_for_good_is_not_tried_again_for_an_hour(
    workspace: Workspace, calls: list[int]
) -> None:
    now = [0.0]
    view = AgentView(workspace.client, Refusals(lambda: now[0]))
    mention, briefing = await asked(workspace), await briefed(article("demo").text)
    for _ in range(2):
        await view.suggest(mention, briefing)
    assert [workspace.called(each) for each in (SESSION, ENTITLE, SUGGEST)] == calls
    titles = workspace.slack.state.titles
    assert titles.get((mention.channel, mention.thread), "") in ("", briefing.title)
    assert bool(titles) is not workspace.slack.rules.agent_features

    now[0] = 3_601.0
    await view.suggest(mention, briefing)
    assert workspace.called(SUGGEST) == 2


@pytest.mark.parametrize("fault", [Fault(error="internal_error"), Fault(status=500)])
async def test_a_call_that_fails_for_the_moment_is_tried_again(
    workspace: Workspace, fault: Fault
) -> None:
    mention, briefing = await asked(workspace), await briefed(article("demo").text)
    workspace.slack.fail(SUGGEST, fault, times=1)
    view = AgentView(workspace.client)
    for _ in range(2):
        await view.suggest(mention, briefing)

    assert workspace.called(SUGGEST) == 2
    assert prompts(workspace, mention)


@pytest.mark.parametrize("name", ["demo", "museum", "results", "ruling", "flood", "mail"])
async def test_every_question_that_is_suggested_leads_to_passages(
    workspace: Workspace, name: str
) -> None:
    text = article(name).text
    mention, briefing = await asked(workspace), await briefed(text)
    briefing_service = BriefingService(FixedReader(), ExtractiveWriter(), "0.1.0")
    suggested = suggestions(briefing, mention)
    to_ask = [each for each in suggested if each.endswith("?")]

    assert 1 <= len(suggested) <= MOST_SUGGESTED
    for question in to_ask:
        reading = Reading((numbered("A", text),))
        answer = await briefing_service.answer(reading, question, Wishes(), Transcript())
        shown = {passage.reference for line in answer.nearest for passage in line.evidence}
        asked_about = (*briefing.quotes, *briefing.commitments)
        holders = {line.evidence[0].reference for line in asked_about}
        assert shown & holders, question


_FREIGHT = (
    "Sarn will pay for the freight line. The port of Sarn handled 4 million tonnes of freight last "
    "year. Sarn is a town of 90,000 people in the north. Ships come to Sarn from twelve countries."
)


@pytest.mark.parametrize(("engine", "suggested"), [("extractive", 0), ("openai", 1)])
async def test_without_a_model_only_questions_whose_passage_would_be_shown_are_suggested(
    workspace: Workspace, engine: Literal["extractive", "openai"], suggested: int
) -> None:
    mention, source = await asked(workspace), numbered("A", _FREIGHT, language="en")
    quote = Quote("Ships come", "attributed", "Sarn", (source.passage(4),), None)
    receipt = Receipt(engine, "0.1.0", model="m-1" if engine == "openai" else None)
    briefing = Briefing((source,), (source.words,), receipt, quotes=(quote,), language="en")

    asked_of = [each for each in suggestions(briefing, mention) if "?" in each]
    assert asked_of == ["What did Sarn say?"] * suggested
    assert list(suggested_questions(briefing)) == asked_of


async def test_shorter_and_questions_are_suggested_only_where_they_apply(
    workspace: Workspace,
) -> None:
    mention, briefing = await asked(workspace), await briefed(article("demo").text)
    short = suggestions(replace(briefing, wishes=Wishes(length="short")), mention)

    assert "Shorter" not in short
    assert suggestions(replace(briefing, language="fr"), mention) == ("Shorter",)


@pytest.mark.parametrize("speaker", ["<!channel>", "https://evil.example", "a" * 60, "@here"])
async def test_a_name_that_slack_would_act_on_is_not_suggested(
    workspace: Workspace, speaker: str
) -> None:
    mention, briefing = await asked(workspace), await briefed(article("demo").text)
    quotes = tuple(replace(each, speaker=speaker) for each in briefing.quotes)

    assert all(
        speaker not in each for each in suggestions(replace(briefing, quotes=quotes), mention)
    )
