"""Commands, shortcuts, buttons and modals work between a person and the real Bolt app."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import LocalSlack, Rules
from tests.sandbox.slack.conftest import Connect, Start, web_client

CHOICES = [
    {"text": {"type": "plain_text", "text": each.title()}, "value": each}
    for each in ("short", "long")
]
FORM: dict[str, Any] = {
    "type": "modal",
    "callback_id": "wishes",
    "title": {"type": "plain_text", "text": "Wishes"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "language",
            "label": {"type": "plain_text", "text": "Language"},
            "element": {"type": "plain_text_input", "action_id": "language"},
        },
        {
            "type": "input",
            "block_id": "length",
            "label": {"type": "plain_text", "text": "Length"},
            "element": {
                "type": "static_select",
                "action_id": "length",
                "options": CHOICES,
                "initial_option": CHOICES[0],
            },
        },
    ],
}
BUTTONS = {
    "type": "actions",
    "elements": [
        {
            "type": "button",
            "text": {"type": "plain_text", "text": label},
            "action_id": f"{label.lower()}:v1",
            "value": f"{label}-42",
        }
        for label in ("Evidence", "Shorter")
    ],
}


async def test_a_command_is_answered_at_once_and_later(slack: LocalSlack, connect: Connect) -> None:
    app = (await connect(slack)).app

    @app.command("/brief")
    async def brief(ack: Any, respond: Any, body: dict[str, Any]) -> None:
        await ack()
        await respond(f"{body['user_name']} wants {body['text']} in {body['channel_name']}")

    delivery = slack.command("ana", "#news", "/brief  https://example.org")
    channel = slack.channel("#news").id
    answer = (await slack.wait_for(lambda: slack.state.messages(channel)))[0]

    assert answer.text == "ana wants https://example.org in news"
    assert answer.seen_by == slack.person("ana").id
    await slack.wait_for(lambda: delivery.acked_at)


async def test_a_command_that_nobody_handles_fails_visibly(start: Start) -> None:
    slack = await start(Rules(ack_seconds=0.05))
    slack.command("ana", "#news", "/brief help")
    channel = slack.channel("#news").id
    answer = (await slack.wait_for(lambda: slack.state.messages(channel)))[0]
    assert answer.text == '/brief failed with the error "dispatch_failed"'


async def test_a_shortcut_carries_the_message_even_where_the_bot_is_no_member(
    slack: LocalSlack, connect: Connect
) -> None:
    app = (await connect(slack)).app
    seen: list[dict[str, Any]] = []

    @app.shortcut("brief_message")
    async def brief(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        seen.append(body)
        slack.state.touch()

    slack.channel("#elsewhere", has_bot=False)
    ts = slack.say("ana", "#elsewhere", "see https://example.org")
    slack.shortcut("ben", ts, "brief_message")
    await slack.wait_for(lambda: seen)

    assert seen[0]["message"]["text"] == "see <https://example.org>"
    assert seen[0]["user"]["name"] == "ben"


@pytest.mark.parametrize("control", ["evidence:v1", "Evidence", "Evidence-42"])
async def test_a_button_is_named_by_id_label_or_value(
    slack: LocalSlack, connect: Connect, client: AsyncWebClient, control: str
) -> None:
    app = (await connect(slack)).app

    @app.action("evidence:v1")
    async def evidence(ack: Any, body: dict[str, Any], respond: Any) -> None:
        await ack()
        await respond(replace_original=True, text=f"for {body['actions'][0]['value']}")

    channel = slack.channel("#news").id
    ts = (await client.chat_postMessage(channel=channel, text="x", blocks=[BUTTONS]))["ts"]
    slack.click("ana", ts, control)
    await slack.wait_for(lambda: slack.message(ts).text == "for Evidence-42")


async def test_there_must_be_a_button_to_click(slack: LocalSlack) -> None:
    ts = slack.say("ana", "#news", "hello")
    with pytest.raises(LookupError, match="no 'Evidence' to click"):
        slack.click("ana", ts, "Evidence")


async def test_a_modal_is_opened_refused_and_submitted(slack: LocalSlack, connect: Connect) -> None:
    app = (await connect(slack)).app
    entered: list[dict[str, Any]] = []

    @app.shortcut("wishes")
    async def open_form(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @app.view("wishes")
    async def save(ack: Any, view: dict[str, Any]) -> None:
        values = view["state"]["values"]
        if not values["language"]["language"]["value"]:
            await ack(response_action="errors", errors={"language": "Which language?"})
        else:
            entered.append(values)
            await ack()

    slack.shortcut("ana", slack.say("ana", "#news", "hello"), "wishes")
    modal = await slack.wait_for(lambda: slack.modal("ana"))
    slack.submit(modal, {})
    await slack.wait_for(lambda: modal.errors)
    slack.submit(modal, {"language": "French"})
    await slack.wait_for(lambda: not modal.open)

    assert entered[0]["language"]["language"]["value"] == "French"
    assert entered[0]["length"]["length"]["selected_option"]["value"] == "short"
    assert slack.modal("ana") is None


async def test_a_trigger_opens_one_modal_and_not_for_long(start: Start) -> None:
    slack = await start(Rules(trigger_seconds=60))
    client = web_client(slack)
    trigger = slack.new_trigger("T0LOCAL01", slack.person("ana").id)
    await client.views_open(trigger_id=trigger, view=FORM)
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await client.views_open(trigger_id=trigger, view=FORM)
    slack = await start(Rules(trigger_seconds=-1))
    trigger = slack.new_trigger("T0LOCAL01", slack.person("ana").id)
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        await web_client(slack).views_open(trigger_id=trigger, view=FORM)


async def test_the_home_tab_shows_what_was_published(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    ana = slack.person("ana").id
    for label in ("one", "two"):
        text = {"type": "plain_text", "text": label}
        view = {"type": "home", "blocks": [{"type": "header", "text": text}]}
        await client.views_publish(user_id=ana, view=view)
    home = slack.home("ana")
    assert home is not None
    assert home.content["blocks"][0]["text"]["text"] == "two"


async def test_a_response_url_is_good_for_five_answers(slack: LocalSlack) -> None:
    delivery = slack.command("ana", "#news", "/brief help")
    async with aiohttp.ClientSession() as session:
        answers = [
            (await session.post(delivery.payload["response_url"], json={"text": "x"})).status
            for _ in range(6)
        ]
    assert answers == [200] * 5 + [404]


async def test_an_answer_has_the_limits_of_a_message_and_is_kept_as_it_came(
    slack: LocalSlack,
) -> None:
    address = slack.command("ana", "#news", "/brief help").payload["response_url"]
    too_long = {"text": "x" * 40_001}
    async with aiohttp.ClientSession() as session, session.post(address, json=too_long) as answer:
        assert (answer.status, await answer.text()) == (404, "msg_too_long")
    assert slack.answers == [too_long]
