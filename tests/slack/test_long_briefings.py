"""A briefing of any length and script comes whole, in few messages and few calls."""

import json
from typing import Any

import pytest

from bot.briefing.lines import Briefing, Line, Quote
from bot.service.ports import Mention
from bot.slack.blocks import messages
from bot.slack.evidence import Page, evidence_view
from sandbox.slack.people import Screen
from tests.slack.examples import briefing, document, mention
from tests.slack.workspace import Workspace

SENTENCES = {
    "en": "On day {day} the council of Brook voted to pay the workers who laid pipe along the "
    "railway, and asked the treasurer to say by 1 June what the rest of the works will cost.",
    "ar": "في اليوم {day} صوّت مجلس بلدة بروك على دفع أجور العمال الذين مدّوا الأنابيب على طول السكة "
    "الحديدية، وطلب من أمين الصندوق أن يبيّن قبل الأول من يونيو كلفة ما بقي من الأشغال.",
    "hy": "{day}-րդ օրը Բրուքի խորհուրդը որոշեց վճարել երկաթուղու երկայնքով խողովակներ անցկացրած "
    "բանվորներին և խնդրեց գանձապահին մինչև հունիսի 1-ը ասել, թե որքան կարժենա մնացածը։",
    "emoji": "Day {day} 🚇🏗️👷🏽‍♀️: the council of Brook 🏛️ voted to pay the workers 💶 who laid pipe "
    "along the railway 🚂, and asked the treasurer 🧮 to say by 1 June what the rest costs 🤷🏿.",
}  # fmt: skip
PAGE = "https://www.example.org/news/2026/11/26/two-towns-agree-to-share-one-water-works"


def long_briefing(script: str, characters: int) -> Briefing:
    """Of a page whose sentences are the briefing's lines: as long as that, or a line longer."""
    sentence = SENTENCES[script]
    texts = [sentence.format(day=day) for day in range(1, characters // (len(sentence) - 5) + 2)]
    source = document("\n".join(texts), url=PAGE)
    lines = [
        Line(text, "event", None, (source.passage(number),)) for number, text in enumerate(texts, 1)
    ]
    quotes = tuple(Quote(line.text, "attributed", "Mara Lind", line.evidence, "mayor")
                   for line in lines[-5:])  # fmt: skip
    nothing: dict[str, Any] = dict.fromkeys(
        ("commitments", "timeline", "figures", "differences", "cautions", "unread", "withheld"), ()
    )
    return briefing(
        source, headline=lines[0], bottom_line=lines[1], key_points=tuple(lines[2:-5]),
        quotes=quotes, **nothing,
    )  # fmt: skip


def texts_of(outcome: Briefing) -> list[str]:
    return [line.text for line in outcome.lines()]


async def delivered(workspace: Workspace, outcome: Briefing) -> tuple[Mention, str]:
    """The mention that it answers, and all that people see of it."""
    asked = await workspace.asked()
    reply = workspace.replies().to(asked)
    for stage in ("reading the source", "writing", "checking"):
        await reply.progress(stage)
    await reply.done(outcome)
    screen = Screen(lambda name: name)
    return asked, "\n".join(
        line for each in workspace.own(asked.thread) for line in screen.lines(each)
    )


@pytest.mark.parametrize("script", SENTENCES)
async def test_15_000_characters_are_at_most_3_messages_and_8_calls(
    workspace: Workspace, script: str
) -> None:
    outcome = long_briefing(script, 15_000)
    asked, seen = await delivered(workspace, outcome)

    assert sum(map(len, texts_of(outcome))) >= 15_000
    assert len(workspace.own(asked.thread)) <= 3
    assert len(workspace.slack.calls) <= 8
    assert {call.outcome for call in workspace.slack.calls} == {"ok"}
    assert [text for text in texts_of(outcome) if text not in seen] == []


@pytest.mark.parametrize("script", SENTENCES)
async def test_40_000_characters_are_delivered_completely(
    workspace: Workspace, script: str
) -> None:
    outcome = long_briefing(script, 40_000)
    asked, seen = await delivered(workspace, outcome)

    assert len(workspace.own(asked.thread)) <= 8
    assert [text for text in texts_of(outcome) if text not in seen] == []


@pytest.mark.parametrize("script", SENTENCES)
def test_each_message_says_that_it_continues_another_and_the_last_one_has_the_buttons(
    script: str,
) -> None:
    first, *middle, last = messages(long_briefing(script, 15_000), mention())

    for message in (first, *middle):
        assert "actions" not in [block["type"] for block in message.blocks]
    assert [block["type"] for block in last.blocks][-2:] == ["actions", "context_actions"]
    for message in (*middle, last):
        assert "(continued)" in message.blocks[0]["text"]["text"]
        assert message.text.startswith("Part ")


def test_a_section_heading_appears_once_in_a_message() -> None:
    for message in messages(long_briefing("en", 15_000), mention()):
        assert json.dumps(message.blocks).count("Key points") <= 1


def test_if_references_are_not_linked_the_evidence_is() -> None:
    short, long = long_briefing("hy", 2_000), long_briefing("hy", 15_000)

    assert "#:~:text=" in json.dumps([message.blocks for message in messages(short, mention())])
    assert '"A9"' in json.dumps([message.blocks for message in messages(long, mention())])
    assert "#:~:text=" in json.dumps(evidence_view(long, Page("k")))
