"""A model on localhost that is slow, and answers a limited number of requests at once."""

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
_ALL_SUPPORTED = (
    '{"unsupported": [], "supported": [1, 2, 3, 4]}'  # with fewer lines, the rest is ignored
)


class BusyModel(ModelServer):
    """Knows the articles of the benchmarks, and judges every line to be supported. The first piece
    of an answer takes ``first`` seconds and a draft ``whole``; at most ``places`` requests are
    answered at once.

    ``begun`` has the time of the first request about each article, in seconds since the epoch,
    ``waited`` the number of requests that had to wait.
    """

    def __init__(self, places: int = 16, first: float = 2.0, whole: float = 6.0) -> None:
        super().__init__()
        self.begun: dict[int, float] = {}
        self.waited = 0
        self._places = asyncio.Semaphore(places)
        self._first = first
        self._rest = whole - first

    def add_answer(self, words: int, number: int) -> None:
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
            except ConnectionResetError:  # the client hung up
                return web.Response()
