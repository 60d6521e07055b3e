"""`readout demo`: runs the bot in a simulated Slack, and prints a thread with it.

Only Slack is simulated: Bolt, Socket Mode, the jobs and the database run as they do in a workspace.
The thread is printed as the people in it would see it.
"""

import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.briefing.lines import EXTRACTIVE
from bot.operations.settings import Settings, load_settings
from bot.runtime.bootstrap import briefing_services
from bot.runtime.listener_process import listener_process
from bot.runtime.worker import running_worker
from bot.service.briefing_service import BriefingService
from bot.service.ports import Reader
from sandbox.playground import slack_settings
from sandbox.recorded import (
    ANSWERED,
    NOT_ANSWERED,
    RecordedModel,
    later_article,
    model_settings,
    recorded_answers,
    sample_article,
)
from sandbox.slack import LocalSlack
from sandbox.slack.people import transcript

PERSON, CHANNEL = "Ana", "#foreign-desk"
_RECORDED = "WITH A RECORDED MODEL: a strong model's answers about this article, played back"
_NO_MODEL = "WITHOUT A MODEL: the same article, in its own sentences"
_LONGEST_REQUEST = 6  # lines of the article, when it is shown a second time

# Starting takes a second or two, a slow model a minute.
_PATIENCE = 120.0


@asynccontextmanager
async def running_demo(
    make_service: Callable[[Reader], BriefingService],
) -> AsyncIterator[LocalSlack]:
    """A simulated Slack with the bot in it, until the block ends; the database is deleted then."""
    with tempfile.TemporaryDirectory(prefix="readout-demo-") as folder:
        async with LocalSlack.running() as slack, listener_process() as listener:
            settings = Settings.model_validate(slack_settings(slack, Path(folder)))
            async with running_worker(listener, settings, make_service):
                yield slack


async def brief_article(slack: LocalSlack, article: str) -> str:
    """Ask for a briefing of ``article`` and wait for it; returns the timestamp of the thread."""
    return await ask(slack, f"@readout brief this\n\n{article}")


async def ask(slack: LocalSlack, text: str, thread: str = "") -> str:
    """Write ``text`` and wait for the reply; returns the timestamp of the message."""
    ts = slack.say(PERSON, CHANNEL, text, thread_ts=thread)
    root = thread or ts

    def is_answered() -> bool:
        last = slack.replies(root)[-1:]
        is_whole = bool(last) and bool(last[0].bot_id) and last[0].stream is None
        is_acknowledged = all(each.acked_at for each in slack.deliveries)
        return is_whole and is_acknowledged and not slack.status(root)

    await slack.wait_for(is_answered, _PATIENCE)
    return ts


async def run_demo(engine: str | None, say: Callable[[str], None]) -> str:
    """The text of threads in a simulated Slack: one with ``engine``, or if that is None, one with
    the recorded model and one without a model. ``say`` gets the progress.
    """
    if engine is not None:
        return await demo_thread(briefing_services(load_settings(), engine), say)
    async with RecordedModel(recorded_answers()) as model:
        settings = Settings.model_validate(model_settings(model.url))
        recorded = await demo_thread(briefing_services(settings, "openai"), say)
    plain = await demo_thread(briefing_services(load_settings(), EXTRACTIVE), say, _LONGEST_REQUEST)
    return f"{_RECORDED}\n\n{recorded}\n{_NO_MODEL}\n\n{plain}"


async def demo_thread(
    make_service: Callable[[Reader], BriefingService],
    say: Callable[[str], None],
    longest_request: int | None = None,
) -> str:
    """The text of a thread with a briefing, a question that the article answers and one that it
    doesn't, and of the thread of a later article of the story. Of the articles at most
    ``longest_request`` lines are shown.
    """
    say("Starting Readout in a simulated Slack")
    async with running_demo(make_service) as slack:
        say("Briefing an article")
        root = await brief_article(slack, sample_article())
        for question in (ANSWERED, NOT_ANSWERED):
            say(question)
            await ask(slack, question, root)
        say("Briefing an article of the next days")
        later = await brief_article(slack, later_article())
        return "\n".join(transcript(slack, each, longest_request) for each in (root, later))
