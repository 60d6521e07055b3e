from collections.abc import AsyncIterator

import pytest

from bot.sources.local_files import LocalFiles
from bot.sources.material import Article, Markup
from bot.sources.on_demand import taken_apart
from bot.sources.pages import article_in
from bot.sources.reading import SourceReader
from tests.sources.site import Site, listening


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with listening() as site:
        yield site


@pytest.fixture
def reader(site: Site) -> SourceReader:
    return SourceReader(
        fetch=site.fetcher.fetch, extract=extract, parse=parse, attachments=LocalFiles()
    )


async def extract(markup: Markup) -> Article:
    return article_in(markup)


async def parse(content: bytes, kind: str, _name: str) -> Article:
    return taken_apart(content, kind)
