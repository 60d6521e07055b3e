"""A channel's settings are changed in a dialog, announced in the channel, and obeyed."""

from dataclasses import replace

import pytest

from bot.briefing.requests import HouseStyle, Wishes
from bot.service.ports import ChannelSettings, Mention
from bot.slack.settings import (
    banned_as_text,
    parse_banned,
    parse_spellings,
    settings_summary,
    settings_view,
    spellings_as_text,
)
from sandbox.slack.blocks import check_view
from sandbox.slack.state import View
from tests.slack.workspace import BOTH_WAYS, Workspace, configure_channel

TEAM = "T0LOCAL01"


async def opened(workspace: Workspace, typed: str = "/brief settings") -> View:
    """The dialog with the settings of a channel, opened by Ann, who is an admin."""
    workspace.slack.person("ann").is_admin = True
    workspace.slack.command("ann", "news", typed)
    return await workspace.slack.wait_for(lambda: workspace.slack.modal("ann"))


@pytest.mark.parametrize("has_model", [True, False])
def test_the_dialog_says_what_needs_a_model_only_if_there_is_none(has_model: bool) -> None:
    shown = str(settings_view("C1", ChannelSettings(), has_model=has_model))
    for said in ("Translating needs a model", "a style only changes the order"):
        assert (said in shown) is not has_model


def test_the_dialog_says_that_one_hour_counts_from_now_on_but_deletes_reminders() -> None:
    shown = str(settings_view("C1", ChannelSettings(), has_model=True))
    assert "from now on; what is already stored is kept as long as before" in shown
    assert "deletes this channel’s reminders at once" in shown


@BOTH_WAYS
async def test_settings_are_changed_in_a_dialog_and_announced_in_the_channel(
    listening: Workspace,
) -> None:
    channel, bob = listening.slack.channel("news").id, listening.slack.person("bob").id
    box = await opened(listening)
    entered = {
        "length": "short", "language": "fr", "follow_ups": "mentions", "keeping": "hour",
        "people": bob, "banned": "slash, amid", "spellings": "Kiev = Kyiv\n",
        "style": "minister", "zone": "Asia/Tokyo",
    }  # fmt: skip
    listening.slack.submit(box, entered)
    (message,) = await listening.slack.wait_for(lambda: listening.slack.state.messages(channel))

    assert listening.home.channels.settings == {
        (TEAM, channel): ChannelSettings(
            Wishes(
                "fr", "short", "minister", house=HouseStyle(("slash", "amid"), (("Kiev", "Kyiv"),))
            ),
            (bob,),
            "mentions",
            True,
            zone="Asia/Tokyo",
        )
    }
    assert message.text.endswith("never slash, amid · Kyiv for Kiev.")
    assert (
        "short · French · minister style · follow-ups need a mention · limited to 1 person"
        in message.text
    )
    assert listening.jobs.accepted == []


async def test_the_dialog_shows_the_current_settings(listening: Workspace) -> None:
    configure_channel(
        listening, "news", ChannelSettings(Wishes("hy", "long"), ("U7",), "mentions", True)
    )
    box = await opened(listening, "/brief  Settings ")
    initial = [b["element"].get("initial_option", {}).get("value") for b in box.content["blocks"]]

    assert initial == [
        "long",
        "hy",
        "briefing",
        "mentions",
        None,
        "hour",
        "asked",
        None,
        None,
        None,
    ]
    assert box.content["blocks"][4]["element"]["initial_users"] == ["U7"]


async def test_a_removed_style_is_shown_as_the_default(listening: Workspace) -> None:
    configure_channel(listening, "news", ChannelSettings(Wishes(style="sonnet")))
    box = await opened(listening)

    assert box.content["blocks"][2]["element"]["initial_option"]["value"] == "briefing"


async def test_an_invalid_spelling_keeps_the_dialog_open(listening: Workspace) -> None:
    box = await opened(listening)
    listening.slack.submit(box, {"spellings": "Kiev = Kyiv\nKharkiv ="})
    await listening.slack.wait_for(lambda: box.errors)

    assert "“Kharkiv =” isn’t valid: one pair per line" in box.errors["spellings"]
    assert listening.home.channels.settings == {}


@pytest.mark.parametrize(
    ("entered", "field", "why"),
    [
        ({"zone": "Brussels"}, "zone", "“Brussels” isn’t a time zone."),
        ({"reminders": "all", "keeping": "hour"}, "reminders", "what I keep for only an hour"),
    ],
)
async def test_invalid_reminder_settings_keep_the_dialog_open(
    listening: Workspace, entered: dict[str, str], field: str, why: str
) -> None:
    box = await opened(listening)
    listening.slack.submit(box, entered)
    await listening.slack.wait_for(lambda: box.errors)

    assert why in box.errors[field]
    assert listening.home.channels.settings == {}


async def test_a_channel_with_other_organisations_is_not_reminded_of_everything(
    listening: Workspace,
) -> None:
    guest = listening.slack.person("guest", team="T2")
    listening.slack.say(guest.id, listening.slack.channel("news").id, "hello")
    box = await opened(listening)
    listening.slack.submit(box, {"reminders": "all"})
    await listening.slack.wait_for(lambda: "reminders in channels" in str(box.content))

    assert listening.home.channels.settings == {}


def test_house_rules_are_shown_as_they_were_typed() -> None:
    house = HouseStyle(("slash", "in the wake of"), (("Kiev", "Kyiv"), ("chairman", "chair")))
    assert parse_banned(banned_as_text(house)) == house.banned
    assert parse_spellings(spellings_as_text(house)) == house.spellings


def test_lists_as_long_as_slack_allows_can_be_opened_again() -> None:
    banned = ",".join(f"w{n:03}" for n in range(200))
    spellings = "\n".join(f"k{n:03}=z{n:03}" for n in range(100))
    house = HouseStyle(parse_banned(banned), parse_spellings(spellings))
    shown = settings_view("C1", ChannelSettings(Wishes(house=house)), has_model=True)

    fields = {block["block_id"]: block["element"] for block in shown["blocks"]}
    for name, read, kept in (
        ("banned", parse_banned, house.banned),
        ("spellings", parse_spellings, house.spellings),
    ):
        assert len(fields[name]["initial_value"]) <= fields[name]["max_length"]
        assert read(fields[name]["initial_value"]) == kept


async def mention_by(workspace: Workspace, person: str, text: str) -> Mention:
    workspace.slack.say(person, "news", text)
    (mention,) = await workspace.mentions()
    return mention


async def test_the_request_takes_precedence_over_the_channel_and_the_channel_over_the_person(
    listening: Workspace,
) -> None:
    configure_channel(listening, "news", ChannelSettings(Wishes(language="fr", length="short")))
    ann = listening.slack.person("ann").id
    listening.home.liked[TEAM, ann] = Wishes(language="de", length="long", angle="money")
    mention = await mention_by(listening, "ann", "@readout https://example.org/a in Russian")

    assert mention.wishes == Wishes(language="ru", length="short", angle="money")


async def test_a_request_in_a_channel_that_keeps_nothing_is_marked(listening: Workspace) -> None:
    configure_channel(listening, "news", ChannelSettings(is_fleeting=True))

    assert (await mention_by(listening, "ann", "@readout https://example.org/a")).fleeting


async def test_whoever_may_ask_is_answered(listening: Workspace) -> None:
    ann = listening.slack.person("ann").id
    configure_channel(listening, "news", ChannelSettings(people=(ann,)))

    assert (await mention_by(listening, "ann", "@readout https://example.org/a")).person == ann


async def test_a_follow_up_without_a_mention_is_ignored_if_it_needs_one(
    listening: Workspace,
) -> None:
    first = await mention_by(listening, "ann", "@readout https://example.org/a")
    configure_channel(listening, "news", ChannelSettings(follow_ups="mentions"))
    listening.slack.say("ann", "news", "Who pays?", thread_ts=first.thread)
    listening.slack.say("ann", "news", "@readout Who pays?", thread_ts=first.thread)
    _, second = await listening.mentions(2)

    assert second.addressed
    assert len(listening.jobs.accepted) == 2


def test_slack_accepts_the_dialog() -> None:
    many = ChannelSettings(people=("U1",) * 50)
    check_view(settings_view("C1", many, has_model=True), "modal")
    check_view(settings_view("C1", ChannelSettings(), has_model=False), "modal")


def test_every_setting_is_in_the_summary() -> None:
    usual = ChannelSettings()
    others = (
        replace(usual, wishes=Wishes(language="fr")),
        replace(usual, wishes=Wishes(length="long")),
        replace(usual, people=("U1",)),
        replace(usual, follow_ups="mentions"),
        replace(usual, is_fleeting=True),
        replace(usual, reminds_of_all=True),
        replace(usual, zone="Asia/Tokyo"),
        replace(usual, wishes=Wishes(house=HouseStyle(banned=("amid",)))),
        replace(usual, wishes=Wishes(house=HouseStyle(spellings=(("Kiev", "Kyiv"),)))),
    )
    assert len({settings_summary(each) for each in (usual, *others)}) == 10


async def test_an_empty_field_keeps_the_dialog_open(listening: Workspace) -> None:
    box = await opened(listening)
    del box.content["blocks"][0]["element"]["initial_option"]
    listening.slack.submit(box, {})
    await listening.slack.wait_for(lambda: box.errors)

    assert box.errors == {"length": "Choose one."}
    assert listening.home.channels.settings == {}
