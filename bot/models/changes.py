"""Asks a model what sources change about what readers were told before."""

from collections.abc import Mapping

from bot.briefing.documents import fit_excerpts, is_within_budget, whole_excerpts
from bot.briefing.draft import DraftChanges
from bot.briefing.lines import EarlierLine
from bot.briefing.tasks import ComparisonTask, Usage
from bot.models import prompts
from bot.models.chat import Chat, ModelRequest, whole_answer
from bot.models.prompts import harmless, request

_MOST_TOKENS = 12_000
"""The most tokens of sources that are compared; longer ones are cut."""
_ROOM = 4_000
"""The tokens of an answer: eight changes and a hundred known sentences take half of it."""
_LONGEST_SECONDS = 60.0


class ModelChangeFinder:
    """Implements `bot.service.ports.ChangeFinder` with one endpoint."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat

    async def changes(self, task: ComparisonTask) -> tuple[DraftChanges, Usage]:
        endpoint = self._chat.endpoint
        budget = min(_MOST_TOKENS, endpoint.window // 3)
        shown = whole_excerpts(task.documents)
        if not is_within_budget(shown, budget, self._chat.tokens.most):
            shown = fit_excerpts(shown, budget, self._chat.tokens.count)
        told = [_earlier_as_json(number, line) for number, line in enumerate(task.earlier, 1)]
        message = request(shown, {"earlier": told, "language": task.language})
        room = min(endpoint.max_output, _ROOM)
        instructions = prompts.load("changes").text()
        ask = ModelRequest("changes", instructions, message, DraftChanges, room, _LONGEST_SECONDS)
        return await whole_answer(self._chat, ask, DraftChanges)


def _earlier_as_json(number: int, line: EarlierLine) -> Mapping[str, object]:
    passages = [harmless(p.text) for p in line.passages if p.text != line.text]
    told = {
        "number": number,
        "day": line.reply.day,
        "text": harmless(line.text),
        "passages": passages,
        "source": line.source and harmless(line.source),
        "published": line.published,
        "undertaking": line.is_undertaking,
    }
    return {name: value for name, value in told.items() if value}
