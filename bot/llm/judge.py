"""A second opinion on lines by a model: one request, lines and passages, nothing else."""

import json
import secrets
from contextlib import aclosing

from pydantic import ValidationError

from bot.briefing.draft import DraftVerdicts
from bot.briefing.lines import Line
from bot.briefing.tasks import Opinion, Usage
from bot.errors import ModelFailure
from bot.llm import prompts
from bot.llm.chat import Answer, Ask, Chat
from bot.llm.endpoint import Endpoint
from bot.llm.tokens import TokenCounter

_TOKENS_A_LINE = 40
"""The most that a verdict on one line takes; the rest is room for a thought or a fence."""
_TOKENS_BESIDE = 2_000


class OpenAIJudge:
    """Implements `bot.ports.Judge` over one endpoint."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._chat = Chat(endpoint)
        self._counter = TokenCounter(endpoint.model)
        self.model = endpoint.model

    async def opinion(self, lines: tuple[Line, ...]) -> Opinion:
        """The opinion on ``lines``.

        Raises:
            ModelFailure: the model gave none, or not on every line.
        """
        room = min(self._endpoint.max_output, len(lines) * _TOKENS_A_LINE + _TOKENS_BESIDE)
        ask = Ask(prompts.load("judge").text(), _message(lines), DraftVerdicts, room)
        answer = self._chat.answer(ask)
        async with aclosing(answer.text()) as pieces:
            text = "".join([piece async for piece in pieces])
        verdicts = _verdicts(text)
        if verdicts is None:
            raise answer.failure()
        supported = {each.number for each in verdicts.lines if each.supported}
        refused = {each.number for each in verdicts.lines if not each.supported}
        if not {*range(1, len(lines) + 1)} <= supported | refused:
            raise ModelFailure("The model did not judge every line.")
        places = frozenset(number - 1 for number in refused if 1 <= number <= len(lines))
        return Opinion(places, self._usage(ask, answer, text))

    async def close(self) -> None:
        """Close the connections to the endpoint."""
        await self._chat.close()

    def _usage(self, ask: Ask, answer: Answer, text: str) -> Usage:
        told = answer.usage
        tokens_in = told.prompt_tokens if told else self._counter.count(ask.system + ask.user)
        tokens_out = told.completion_tokens if told else self._counter.count(text)
        cost = self._endpoint.cost(tokens_in, tokens_out)
        return Usage(tokens_in, tokens_out, estimated=told is None, cost_usd=cost)


def _message(lines: tuple[Line, ...]) -> str:
    told = [_told(number, line) for number, line in enumerate(lines, 1)]
    body = json.dumps({"lines": told}, ensure_ascii=False)
    code = secrets.token_hex(4)
    return f"<lines {code}>\n{body}\n</lines {code}>"


def _told(number: int, line: Line) -> dict[str, object]:
    said = {"said_by": line.speaker} if line.speaker else {}
    passages = list(dict.fromkeys(passage.text for passage in line.evidence))
    return {"number": number, "text": line.text, **said, "passages": passages}


def _verdicts(text: str) -> DraftVerdicts | None:
    """The verdicts in ``text``, whatever stands around them; None where there are none."""
    start = text.find("{", text.rfind("</think>") + 1)
    try:
        whole, _ = json.JSONDecoder().raw_decode(text[start:]) if start >= 0 else (None, 0)
        return DraftVerdicts.model_validate(whole)
    except (ValueError, RecursionError, ValidationError):
        return None
