"""Ask for something that is useful only as a whole: verdicts, a selection."""

import json
from contextlib import aclosing
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.briefing.tasks import Usage
from bot.llm.chat import Ask, Chat

Given = TypeVar("Given", bound=BaseModel)


async def whole_answer(chat: Chat, ask: Ask, shape: type[Given]) -> tuple[Given, Usage]:
    """The answer to ``ask`` and what it took.

    Raises:
        ModelFailure: it is none of that ``shape``, or none came.
        TooLong: the endpoint did not take so long a request.
    """
    async with chat.answer(ask) as answer:
        async with aclosing(answer.text()) as pieces:
            text = "".join([piece async for piece in pieces])
        given = _parsed(text, shape)
        if given is None:
            raise answer.failure()
    return given, answer.usage


def _parsed(text: str, shape: type[Given]) -> Given | None:
    """What stands in ``text``, whatever stands around it; None where there is nothing."""
    start = text.find("{", text.rfind("</think>") + 1)
    try:
        whole, _ = json.JSONDecoder().raw_decode(text[start:]) if start >= 0 else (None, 0)
        return shape.model_validate(whole)
    except (ValueError, RecursionError, ValidationError):
        return None
