"""A model on localhost that takes its time and answers only so many requests at once."""

import asyncio
import re
import time
from dataclasses import replace

from aiohttp import web

from benchmarks.article import article, draft
from bot.briefing.numbering import numbered
from tests.model_server import JUDGE, ModelServer, Says

_ARTICLE = re.compile(rb"building works, part (\d+)")
_CHARACTERS_AT_A_TIME = 60
_LINES = 8
_ALL_SUPPORTED = '{"unsupported": [], "supported": [1, 2, 3, 4]}'  # of fewer, the rest is ignored


class BusyModel(ModelServer):
    """Knows the articles of the benchmarks, and judges every line to be supported. ``first``
    seconds pass before the first piece of an answer and ``whole`` until the end of a draft; what is
    more than ``places`` requests at once has to wait.

    ``begun`` says when the first request about an article came, in seconds since the epoch, and
    ``waited`` how many requests found no place.
    """

    def __init__(self, places: int = 16, first: float = 2.0, whole: float = 6.0) -> None:
        super().__init__()
        self.begun: dict[int, float] = {}
        self.waited = 0
        self._places = asyncio.Semaphore(places)
        self._first = first
        self._rest = whole - first

    def know(self, words: int, number: int) -> None:
        """Answer requests about that article with a valid draft."""
        known = article(words, number)
        text = draft(numbered("A", known.text), known.facts, _LINES).model_dump_json()
        says = Says(text, _CHARACTERS_AT_A_TIME)
        pause = self._rest / -(-len(text) // _CHARACTERS_AT_A_TIME)
        self.play(replace(says, pause=pause), about=rf"part {number}\n")
        self.play(Says(_ALL_SUPPORTED, _CHARACTERS_AT_A_TIME, pause), about=JUDGE)

    async def complete(self, request: web.Request) -> web.StreamResponse:
        if found := _ARTICLE.search(await request.read()):
            self.begun.setdefault(int(found[1]), time.time())
        self.waited += self._places.locked()
        async with self._places:
            await asyncio.sleep(self._first)
            try:
                return await super().complete(request)
            except ConnectionResetError:  # who asked has hung up
                return web.Response()
