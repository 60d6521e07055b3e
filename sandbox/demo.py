"""A newcomer's first look: the real bot in a Slack on this machine, and one thread with it.

Everything is real except the place: Bolt, Socket Mode, the jobs and the database run as they do in
a workspace. The thread is printed as the people in it would see it.
"""

import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import SecretStr

from bot.briefing.lines import EXTRACTIVE
from bot.operations.settings import Settings, load_settings
from bot.runtime.bootstrap import briefing_services
from bot.runtime.listener_process import started
from bot.runtime.worker import running
from bot.service.briefing_service import BriefingService
from bot.service.ports import Reader
from sandbox.recorded import (
    ANSWERED,
    NOT_ANSWERED,
    RecordedModel,
    sample,
    sample_answers,
    second_day,
    settings_for,
)
from sandbox.slack import LocalSlack
from sandbox.slack.people import transcript

PERSON, CHANNEL = "Ana", "#foreign-desk"
_RECORDED = "WITH A RECORDED MODEL: a strong model's answers about this article, played back"
_NO_MODEL = "WITHOUT A MODEL: the same article, in its own sentences"
_OF_THE_ARTICLE = 6  # lines, where it is shown a second time

# A start from nothing takes a second or two, a slow model a minute.
_PATIENCE = 120.0


@asynccontextmanager
async def stage(service_with: Callable[[Reader], BriefingService]) -> AsyncIterator[LocalSlack]:
    """A Slack on this machine with the real bot in it, which listens until the block ends; its
    database goes with it."""
    with tempfile.TemporaryDirectory(prefix="readout-demo-") as folder:
        async with (
            LocalSlack.running() as slack,
            started() as listener,
            running(listener, _settings(slack, Path(folder)), service_with),
        ):
            yield slack


async def briefed(slack: LocalSlack, article: str) -> str:
    """Have ``article`` briefed; the timestamp of the thread."""
    return await asked(slack, f"@readout brief this\n\n{article}")


async def asked(slack: LocalSlack, text: str, thread: str = "") -> str:
    """Say ``text`` and wait for the reply; the timestamp of what was said."""
    said = slack.say(PERSON, CHANNEL, text, thread_ts=thread)
    root = thread or said

    def is_answered() -> bool:
        last = slack.replies(root)[-1:]
        is_whole = bool(last) and bool(last[0].bot_id) and last[0].stream is None
        is_at_rest = all(each.acked_at for each in slack.deliveries)
        return is_whole and is_at_rest and not slack.status(root)

    await slack.wait_for(is_answered, _PATIENCE)
    return said


async def demo(engine: str | None, say: Callable[[str], None]) -> str:
    """A thread with Readout in a Slack on this machine, as the people in it see it: written by
    ``engine``, or if None, one with the recorded model and one without a model.

    ``say`` is told what is being waited for.
    """
    if engine is not None:
        return await thread_in_a_demo(briefing_services(load_settings(), engine), say)
    async with RecordedModel(sample_answers()) as model:
        settings = Settings.model_validate(settings_for(model.url))
        recorded = await thread_in_a_demo(briefing_services(settings, "openai"), say)
    plain = await thread_in_a_demo(
        briefing_services(load_settings(), EXTRACTIVE), say, _OF_THE_ARTICLE
    )
    return f"{_RECORDED}\n\n{recorded}\n{_NO_MODEL}\n\n{plain}"


async def thread_in_a_demo(
    service_with: Callable[[Reader], BriefingService],
    say: Callable[[str], None],
    longest_request: int | None = None,
) -> str:
    """The thread after a briefing, a question that the article answers and one that it doesn't, and
    that of the next article of the story; of the articles no more lines than ``longest_request``.
    """
    say("Starting Readout in a simulated Slack")
    async with stage(service_with) as slack:
        say("Briefing an article")
        root = await briefed(slack, sample())
        for question in (ANSWERED, NOT_ANSWERED):
            say(question)
            await asked(slack, question, root)
        say("Briefing an article of the next days")
        later = await briefed(slack, second_day())
        return "\n".join(transcript(slack, each, longest_request) for each in (root, later))


def _settings(slack: LocalSlack, folder: Path) -> Settings:
    return Settings(
        slack_bot_token=SecretStr(slack.bot_token),
        slack_app_token=SecretStr(slack.app_token),
        slack_api_base_url=slack.api_url,
        slack_mode="socket",
        database_url=f"sqlite:///{folder / 'readout.db'}",
    )
