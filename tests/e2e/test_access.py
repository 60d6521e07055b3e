"""The operator's settings for who may use the bot, and where."""

from pathlib import Path

from bot.slack.access import NOT_IN_THIS_CHANNEL, NOT_YOUR_SETTINGS
from tests.e2e.articles import ASKED
from tests.e2e.readout import serving, shown
from tests.slacks import running_slack


async def test_only_listed_channels_are_served_and_only_their_creator_changes_settings(
    tmp_path: Path,
) -> None:
    async with running_slack() as slack:
        listed, other = slack.channel("listed", creator="Ana").id, slack.channel("other").id
        async with serving(slack, tmp_path, settings={"READOUT_CHANNELS": listed}) as readout:
            assert (await readout.ask(ASKED, "listed")).messages
            assert (await readout.ask(ASKED, "other")).messages == []
            (refusal,) = [each for each in slack.state.messages(other) if each.seen_by]
            assert shown(refusal) == NOT_IN_THIS_CHANNEL

            slack.command("Ben", "listed", "/brief settings")
            await slack.wait_for(lambda: NOT_YOUR_SETTINGS in str(slack.state.messages(listed)))
            slack.command("Ana", "listed", "/brief settings")
            assert await slack.wait_for(lambda: slack.modal("Ana")) is not None
