"""What is suggested to somebody who talks to Readout alone?"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.briefing.lines import Briefing
from bot.service.ports import Mention
from bot.slack.payloads import JsonObject

MOST = 4
"""So many does Slack show."""


@dataclass(frozen=True)
class Suggestion:
    """``title`` is what is shown, ``message`` what is then said, as the person's own words."""

    title: str
    message: str

    @property
    def prompt(self) -> JsonObject:
        """As Slack wants it."""
        return {"title": self.title, "message": self.message}


LeadsOn = Callable[[Briefing, Mention], tuple[Suggestion, ...]]
"""What may be said next, after a briefing that is the reply to a mention."""

AT_FIRST = (
    Suggestion("Brief a link", "Brief this article: https://"),
    Suggestion("Brief pasted text", "Brief the following text:"),
    Suggestion("Compare two articles", "Compare these two articles: https:// https://"),
    Suggestion("What can you do?", "What can you do?"),
)
"""Before anything was said."""
