"""Choose from a part of a long source what its writer has to read.

A part is shown as plainly as can be, a number and a sentence on each line, because everything
beside the sentences is paid for with every part of a book.
"""

import json
import time
from dataclasses import replace
from functools import reduce

from bot.briefing.draft import DraftSelection
from bot.briefing.passages import Excerpt, costs, gathered, parts
from bot.briefing.tasks import Selection, SelectionTask, Usage
from bot.errors import ModelFailure
from bot.llm import prompts
from bot.llm.chat import Ask, Chat
from bot.llm.faults import TooLong
from bot.llm.learnt import Clock, Learnt
from bot.llm.source_text import absent_from, harmless
from bot.llm.tokens import TokenCounter
from bot.llm.whole_answers import whole_answer

_TOKENS_A_NUMBER = 6
_TOKENS_BESIDE = 200
# Fences, wishes, a question, and what servers add between messages.
_ROOM_FOR_THE_REST = 300


class OpenAISelector:
    """Implements `bot.ports.Selector` over one endpoint. An endpoint whose window turns out to be
    smaller than it was said to be gets smaller parts for an hour."""

    def __init__(self, chat: Chat, counter: TokenCounter, clock: Clock = time.monotonic) -> None:
        self._chat = chat
        self._counter = counter
        what = "the window of the model that reads parts"
        self._window = Learnt(what, chat.endpoint.window, clock)

    def parts(self, excerpt: Excerpt) -> list[Excerpt]:
        """``excerpt`` in parts that fit the window, in order."""
        return parts(excerpt, self._budget(), self._cost)

    async def select(self, task: SelectionTask) -> Selection:
        """The sentences of a part that matter.

        Raises:
            ModelFailure: the endpoint chose none that there are, or failed.
        """
        try:
            return await self._selected(task)
        except TooLong as error:
            self._shrink(task.part, error.window)
            smaller = self.parts(task.part)
            if len(smaller) < 2:
                raise
        most = -(-task.most // len(smaller))
        tasks = [replace(task, part=part, most=most) for part in smaller]
        chosen = [await self.select(each) for each in tasks]
        usage = reduce(Usage.plus, (each.usage for each in chosen))
        return Selection(gathered([each.chosen for each in chosen])[0], usage)

    async def _selected(self, task: SelectionTask) -> Selection:
        instructions = prompts.load("select").text(most=str(task.most))
        room = task.most * _TOKENS_A_NUMBER + _TOKENS_BESIDE
        ask = Ask("selection", instructions, _message(task), DraftSelection, room)
        given, usage = await whole_answer(self._chat, ask, DraftSelection)
        places = dict.fromkeys(n - 1 for n in given.sentences if 0 < n <= len(task.part.numbers))
        if given.sentences and not places:
            raise ModelFailure("The model chose sentences that don't exist.")
        numbers = sorted(task.part.numbers[place] for place in list(places)[: task.most])
        return Selection(Excerpt(task.part.document, tuple(numbers)), usage)

    def _shrink(self, part: Excerpt, window: int | None) -> None:
        """Make room for the window that was told, or else for three quarters of ``part``."""
        cost = sum(costs(part, self._cost))
        known = self._window.value
        fixed = known - self._budget()
        self._window.learn(min(known, window or known, fixed + max(1, cost * 3 // 4)))

    def _budget(self) -> int:
        fixed = self._counter.count(prompts.load("select").body.template) + _TOKENS_BESIDE
        return max(1, self._window.value - fixed - _ROOM_FOR_THE_REST)

    def _cost(self, sentence: str) -> int:
        return self._counter.count(f"999 {sentence}\n")


def _message(task: SelectionTask) -> str:
    document = task.part.document
    lines = [
        f"{place} {harmless(document.sentence(number))}"
        for place, number in enumerate(task.part.numbers, 1)
    ]
    body = "\n".join(lines)
    code = absent_from(body)
    asked = {
        "question": task.question,
        "title": document.title,
        **task.wishes.told(),
    }
    wanted = json.dumps({k: v for k, v in asked.items() if v}, ensure_ascii=False)
    return f"<part {code}>\n{body}\n</part {code}>\n\nWhat the person asked, as JSON:\n{wanted}"
