"""Which files can a briefing be exported as?"""

import re
from textwrap import shorten

from bot.briefing.lines import Answer, Briefing
from bot.briefing.markdown import markdown
from bot.briefing.plain_text import plain_text
from bot.export.word import word
from bot.ports import ExportedFile

_NO_NAME = re.compile(r"[\W_]+")
_LONGEST_NAME = 60


def exported(outcome: Briefing | Answer) -> tuple[ExportedFile, ...]:
    """The whole of ``outcome`` (an `Exporter`): as Markdown for programs, as Word for people, and
    without its passages as plain text for an e-mail.

    Each file is named after the headline or the question.
    """
    title = outcome.title
    words = _NO_NAME.sub(" ", title).strip().lower()
    short = shorten(words, _LONGEST_NAME, placeholder="") or words[:_LONGEST_NAME] or "briefing"
    name = short.replace(" ", "-")
    return (
        ExportedFile(f"{name}.md", title, markdown(outcome).encode()),
        ExportedFile(f"{name}.docx", title, word(outcome)),
        ExportedFile(f"{name}.txt", title, plain_text(outcome).encode()),
    )
