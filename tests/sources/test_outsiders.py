"""The operator's own network is for the people of the workspace, at addresses they typed."""

import pytest

from bot.briefing.requests import WebPage, from_the_public_web
from bot.service.errors import Refused
from bot.sources.reading import SourceReader
from tests.sources import samples
from tests.sources.site import Site


async def test_an_allowed_host_is_read_for_our_people_alone(
    reader: SourceReader, site: Site
) -> None:
    page = WebPage(site.gives("/a", samples.news().encode()))

    assert (await reader.read(page, "A")).verdict == "article"
    with pytest.raises(Refused):
        await reader.read(from_the_public_web(page), "A")
    assert len(site.requests) == 1


async def test_an_address_inside_another_leads_to_no_allowed_host(
    reader: SourceReader, site: Site
) -> None:
    inside = site.gives("/a", samples.news().encode())

    with pytest.raises(Refused):
        await reader.read(WebPage(f"https://www.google.com/url?q={inside}"), "A")
    assert site.requests == []
