"""How does a briefing leave Slack: as files in its thread, and as text to copy?

A modal says at once that the files are on their way, and then that they are there; until then, a
second press waits for the same files. It has the text to paste into an e-mail. Only uploads need
the scope files:write: without it, only the files are missing.
https://docs.slack.dev/messaging/working-with-files#upload
"""

import asyncio
import logging

from bot.briefing.lines import Answer, Briefing
from bot.briefing.plain_text import plain_text
from bot.errors import SlackFailure
from bot.ports import Exporter, Notice
from bot.slack.boxes import notice
from bot.slack.calling import slack_errors
from bot.slack.durable import Durable
from bot.slack.editing import editing_button
from bot.slack.evidence import GONE
from bot.slack.packing import MESSAGE_SIZE
from bot.slack.payloads import JsonObject
from bot.slack.pressed import Pressed, update
from bot.slack.replied import replied
from bot.slack.rich_text import LONGEST_WORDS, rich_text, section, words

_PREPARING = "Preparing the files… They’ll appear in this thread."
_READY = "The files are in the thread: Markdown, Word and plain text."
_NO_RIGHT = (
    "I’m not allowed to add files here: an admin can add the scope files:write to the app and "
    "reinstall it. Everything else still works."
)
_FAULT = "The files couldn’t be created because of an error on our side."
_COPY = "Or copy the text for an e-mail:"
_EDIT = "To change or drop lines first, then export again:"
_TOO_LONG = "The text is too long to copy from here."

_log = logging.getLogger(__name__)


class Exports:
    """Exports replies; knows which are under way in this process."""

    def __init__(self, durable: Durable, exporter: Exporter) -> None:
        self._durable = durable
        self._exporter = exporter
        self._under_way: dict[tuple[str, str], asyncio.Task[str | None]] = {}

    async def export(self, pressed: Pressed) -> None:
        """Put the reply into its thread, as files in one message, and show its text."""
        mention, outcome = await replied(pressed.key, self._durable.archive)
        if mention is None or outcome is None or isinstance(outcome, Notice):
            await pressed.tell(GONE)
            return
        is_asker = mention.person == pressed.person
        below = [*_text(plain_text(outcome)), *(_editing(pressed.key) if is_asker else [])]
        uploading = self._uploading(pressed, outcome)
        view = await pressed.open(_view(_PREPARING, below))
        failed = await uploading
        told = _view(failed or _READY, below)
        is_told = view is not None and await update(told, view, pressed.client)
        if failed and not is_told:
            await pressed.tell(failed)

    def _uploading(self, pressed: Pressed, outcome: Briefing | Answer) -> asyncio.Task[str | None]:
        """The upload that is under way, or else a new one."""
        place = (pressed.channel, pressed.key)
        if place not in self._under_way:
            task = asyncio.create_task(self._uploaded(pressed, outcome))
            task.add_done_callback(lambda _: self._under_way.pop(place))
            self._under_way[place] = task
        return self._under_way[place]

    async def _uploaded(self, pressed: Pressed, outcome: Briefing | Answer) -> str | None:
        """Upload the files; why that failed, if it did."""
        try:
            files = await asyncio.to_thread(self._exporter, outcome)
            uploads = [{"content": f.content, "filename": f.name, "title": f.title} for f in files]
            with slack_errors():
                await pressed.client.files_upload_v2(
                    file_uploads=uploads, channel=pressed.channel, thread_ts=pressed.thread
                )
        except SlackFailure as failure:
            return _NO_RIGHT if failure.code == "missing_scope" else failure.message
        except Exception:  # noqa: BLE001 - whatever it is, who waits for the files is told
            _log.exception("a reply could not be exported")
            return _FAULT
        return None


def _view(told: str, below: list[JsonObject]) -> JsonObject:
    view = notice("Export", words(told))
    return {**view, "blocks": [*view["blocks"], *below]}


def _text(text: str) -> list[JsonObject]:
    """The text in one piece, to copy."""
    if len(text) > MESSAGE_SIZE:
        return [rich_text(section([words(_TOO_LONG)]))]
    pieces = range(0, len(text), LONGEST_WORDS)
    elements = [words(text[start : start + LONGEST_WORDS]) for start in pieces]
    copied: JsonObject = {"type": "rich_text_preformatted", "elements": elements}
    return [rich_text(section([words(_COPY)]), copied)]


def _editing(key: str) -> list[JsonObject]:
    return [rich_text(section([words(_EDIT)])), editing_button(key)]
