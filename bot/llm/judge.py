"""A second opinion on lines by a model: one request, lines and passages, nothing else."""

import json
import secrets

from bot.briefing.draft import DraftVerdicts
from bot.briefing.lines import Line
from bot.briefing.tasks import Opinion
from bot.errors import ModelFailure
from bot.llm import prompts
from bot.llm.chat import Ask, Chat
from bot.llm.endpoint import Endpoint
from bot.llm.tokens import TokenCounter
from bot.llm.whole_answers import whole_answer

_TOKENS_A_LINE = 40
"""The most that a verdict on one line takes; the rest is room for a thought or a fence."""
_TOKENS_BESIDE = 2_000


class OpenAIJudge:
    """Implements `bot.ports.Judge` over one endpoint."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._chat = Chat(endpoint, TokenCounter(endpoint.model).count)
        self.model = endpoint.model

    async def opinion(self, lines: tuple[Line, ...]) -> Opinion:
        """The opinion on ``lines``.

        Raises:
            ModelFailure: the model gave none, or not on every line.
        """
        room = min(self._endpoint.max_output, len(lines) * _TOKENS_A_LINE + _TOKENS_BESIDE)
        ask = Ask("judge", prompts.load("judge").text(), _message(lines), DraftVerdicts, room)
        verdicts, usage = await whole_answer(self._chat, ask, DraftVerdicts)
        supported = {each.number for each in verdicts.lines if each.supported}
        refused = {each.number for each in verdicts.lines if not each.supported}
        if not {*range(1, len(lines) + 1)} <= supported | refused:
            raise ModelFailure("The model did not judge every line.")
        places = frozenset(number - 1 for number in refused if 1 <= number <= len(lines))
        return Opinion(places, usage)

    async def close(self) -> None:
        """Close the connections to the endpoint."""
        await self._chat.close()


def _message(lines: tuple[Line, ...]) -> str:
    told = [_told(number, line) for number, line in enumerate(lines, 1)]
    body = json.dumps({"lines": told}, ensure_ascii=False)
    code = secrets.token_hex(4)
    return f"<lines {code}>\n{body}\n</lines {code}>"


def _told(number: int, line: Line) -> dict[str, object]:
    said = {"said_by": line.speaker} if line.speaker else {}
    passages = list(dict.fromkeys(passage.text for passage in line.evidence))
    return {"number": number, "text": line.text, **said, "passages": passages}
