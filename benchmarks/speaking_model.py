"""A model on localhost that speaks at a steady pace, and notes when it had said each line."""

import asyncio
import json
import re
import time

from aiohttp import web

from benchmarks.article import article, draft
from bot.briefing.numbering import numbered
from tests.model_server import ModelServer

_ARTICLE = re.compile(rb"building works, part (\d+)")
_WORDS = 700
_LINES = 8
_CHARACTERS_OF_A_TOKEN = 4


class SpeakingModel(ModelServer):
    """Briefs the articles of the benchmarks with ``tokens`` a second.

    ``said`` has when the last token of each line was sent, in seconds since the epoch, by the
    number of the article and the words of the line.
    """

    def __init__(self, tokens: float = 50.0) -> None:
        super().__init__()
        self.said: dict[tuple[int, str], float] = {}
        self._pause = 1 / tokens

    async def _complete(self, request: web.Request) -> web.StreamResponse:
        found = _ARTICLE.search(await request.read())
        number = int(found[1]) if found else 0
        known = article(_WORDS, number)
        drafted = draft(numbered("A", known.text), known.facts, _LINES)
        text = drafted.model_dump_json()
        lines = [drafted.headline, drafted.bottom_line, *drafted.key_points]
        ends = {line.text: text.index("}", text.index(json.dumps(line.text))) for line in lines}
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        began = time.monotonic()
        for at in range(0, len(text), _CHARACTERS_OF_A_TOKEN):
            piece = text[at : at + _CHARACTERS_OF_A_TOKEN]
            await response.write(f"data: {_chunk({'content': piece})}\n\n".encode())
            for line, end in ends.items():
                if at <= end < at + len(piece):
                    self.said[number, line] = time.time()
            due = began + self._pause * (at / _CHARACTERS_OF_A_TOKEN + 1)
            await asyncio.sleep(max(0.0, due - time.monotonic()))
        await response.write(f"data: {_chunk({}, 'stop')}\n\ndata: [DONE]\n\n".encode())
        return response


def request_about(number: int) -> str:
    """What somebody says who wants that article briefed."""
    return f"@readout\n{article(_WORDS, number).text}"


def _chunk(delta: dict[str, str], finish: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    kind = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "fake"}
    return json.dumps({**kind, "choices": [choice]})
