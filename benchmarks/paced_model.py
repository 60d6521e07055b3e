"""A model on localhost that sends tokens at a steady pace, and records when each line is
complete."""

import asyncio
import json
import re
import time
from dataclasses import dataclass, field

from aiohttp import web

from benchmarks.article import article, draft
from bot.briefing.numbering import numbered
from bot.models.tokens import TokenCounter
from tests.model_server import JUDGE, ModelServer, judgement

WORDS = 700
_ARTICLE = re.compile(r"building works, part (\d+)")
_CHARACTERS_OF_A_TOKEN = 4
_TOKENS_OF_A_MESSAGE = 4  # its role and its ends, in OpenAI's count


@dataclass(frozen=True)
class Pace:
    """``first`` seconds to the first token, then ``rate`` tokens a second."""

    first: float = 0.5
    rate: float = 80.0


@dataclass
class JudgeUsage:
    """The requests to the judge, and their texts in both directions."""

    requests: int = 0
    texts: list[str] = field(default_factory=list)

    def tokens(self) -> int:
        """All tokens, as counted by OpenAI's o200k_base."""
        counter = TokenCounter("gpt-4o")  # a model of that vocabulary
        return sum(map(counter.count, self.texts)) + 2 * _TOKENS_OF_A_MESSAGE * self.requests


class PacedModel(ModelServer):
    """Briefs the articles of the benchmarks in ``lines`` lines, and as a judge finds all of them
    supported.

    ``said`` has the time when the last token of each line was sent, in seconds since the epoch, by
    the number of the article and the text of the line; ``judging`` the usage as a judge.
    """

    def __init__(self, lines: int = 16, pace: Pace = Pace()) -> None:
        super().__init__()
        self.said: dict[tuple[int, str], float] = {}
        self.judging = JudgeUsage()
        self._lines = lines
        self._pace = pace

    async def complete(self, request: web.Request) -> web.StreamResponse:
        messages = [each["content"] for each in (await request.json())["messages"]]
        if JUDGE in messages[0]:
            said = judgement(messages[1])
            self.judging.requests += 1
            self.judging.texts += [*messages, said]
            return await self._send(request, said, {})
        found = _ARTICLE.search(messages[-1])
        number = int(found[1]) if found else 0
        document = numbered("A", article(WORDS, number).text)
        drafted = draft(document, article(WORDS, number).facts, self._lines)
        text = drafted.model_dump_json()
        lines = [
            each
            for each in (drafted.headline, drafted.bottom_line, *drafted.key_points)
            if each is not None
        ]
        ends = {
            text.index("}", text.index(json.dumps(line.text))): (number, line.text)
            for line in lines
        }
        return await self._send(request, text, ends)

    async def _send(
        self, request: web.Request, text: str, ends: dict[int, tuple[int, str]]
    ) -> web.StreamResponse:
        """Send ``text`` at the model's pace, and record the lines that end at these characters."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        began = time.monotonic() + self._pace.first
        for at in range(0, len(text), _CHARACTERS_OF_A_TOKEN):
            due = began + at / _CHARACTERS_OF_A_TOKEN / self._pace.rate
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            piece = text[at : at + _CHARACTERS_OF_A_TOKEN]
            await response.write(f"data: {_chunk({'content': piece})}\n\n".encode())
            for end in range(at, at + len(piece)):
                if line := ends.get(end):
                    self.said[line] = time.time()
        await response.write(f"data: {_chunk({}, 'stop')}\n\ndata: [DONE]\n\n".encode())
        return response


def request_about(number: int) -> str:
    """The message of somebody who wants that article briefed."""
    return f"@readout\n{article(WORDS, number).text}"


def _chunk(delta: dict[str, str], finish: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    kind = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "fake"}
    return json.dumps({**kind, "choices": [choice]})
