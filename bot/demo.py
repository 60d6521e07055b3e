"""A newcomer's first look: the real bot in a Slack on this machine, and one thread with it.

Everything is real but the place: Bolt, Socket Mode, the jobs and the database run as they do in
a workspace. The thread is printed as the people in it would see it.
"""

import tempfile
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from pydantic import SecretStr

from bot.local import LocalSlack
from bot.local.transcript import transcript
from bot.ports import Writer
from bot.serving import running
from bot.settings import Settings

PERSON, CHANNEL = "Ana", "#foreign-desk"
ANSWERED = "Who will pay for the repairs to the bridge?"
NOT_ANSWERED = "How many passengers will the trains carry?"

# A start from nothing takes a second or two, a slow model a minute.
_PATIENCE = 120.0


async def thread_in_a_demo(writer: Writer, version: str, say: Callable[[str], None]) -> str:
    """The thread after a briefing, a question that the article answers and one that it does not.

    ``say`` is told what is being waited for.
    """
    article = files("bot").joinpath("samples", "demo-article.txt").read_text("utf-8")
    with tempfile.TemporaryDirectory(prefix="readout-demo-") as folder:
        async with LocalSlack.running() as slack:
            say("Starting Readout in a Slack on this machine")
            async with running(_settings(slack, Path(folder)), writer, version):
                say("Briefing an article")
                root = await _asked(slack, f"@readout brief this\n{article}")
                for question in (ANSWERED, NOT_ANSWERED):
                    say(question)
                    await _asked(slack, question, root)
                return transcript(slack, slack.written(root).channel, root)


def _settings(slack: LocalSlack, folder: Path) -> Settings:
    return Settings(
        slack_bot_token=SecretStr(slack.bot_token),
        slack_app_token=SecretStr(slack.app_token),
        slack_api_base_url=slack.api_url,
        slack_mode="socket",
        database_url=f"sqlite:///{folder / 'readout.db'}",
    )


async def _asked(slack: LocalSlack, text: str, thread: str = "") -> str:
    """Say ``text`` and wait for the reply; the timestamp of what was said."""
    said = slack.say(PERSON, CHANNEL, text, thread_ts=thread)
    root = thread or said

    def is_answered() -> bool:
        last = slack.replies(root)[-1:]
        return bool(last) and bool(last[0].bot_id) and not slack.status(root)

    await slack.wait_for(is_answered, _PATIENCE)
    return said
