"""A file becomes a document: with its pages, under whatever name, by a link or from a disk."""

from pathlib import Path

import pytest

from bot.briefing.requests import AttachedFile, WebPage
from bot.service.errors import Unreadable
from bot.sources.reading import SourceReader
from tests.sources import papers, samples
from tests.sources.site import Site

TITLE = "Ministers to meet again in May"


def at(path: Path, content: bytes) -> AttachedFile:
    path.write_bytes(content)
    return AttachedFile(name=path.name, location=str(path))


async def test_a_pdf_tells_the_page_of_every_passage(reader: SourceReader, tmp_path: Path) -> None:
    content = papers.printed(samples.PARAGRAPHS * 12, title=TITLE)

    document = await reader.read(at(tmp_path / "story.txt", content), "A")

    assert (document.title, document.url, document.verdict) == (TITLE, None, None)
    assert len(document.pages) == 3
    found = [document.passage(number).page or 0 for number in range(1, len(document.sentences) + 1)]
    assert found == sorted(found)
    assert set(found) == {1, 2, 3}


async def test_a_linked_pdf_leads_to_the_page_of_a_passage(
    reader: SourceReader, site: Site
) -> None:
    pages = [samples.PARAGRAPHS[n].split(", ") for n in (0, 2)]
    url = site.gives("/a.pdf", papers.pdf(*pages), "application/pdf")

    document = await reader.read(WebPage(url), "A")

    last = document.passage(len(document.sentences))
    assert (document.verdict, document.url) == ("article", url)
    assert (last.page, last.url) == (2, f"{url}#page=2")


@pytest.mark.parametrize(
    ("content", "verdict", "said"),
    [
        pytest.param(papers.scanned(), "scanned", "made of pictures", id="scan"),
        pytest.param(
            papers.pdf(["x" * 30], password="secret"), "encrypted", "password", id="encrypted"
        ),
        pytest.param(papers.pdf(["x" * 30])[:300], "not_html", "The PDF is damaged", id="damaged"),
    ],
)
async def test_a_linked_file_without_text_says_why(
    reader: SourceReader, site: Site, content: bytes, verdict: str, said: str
) -> None:
    with pytest.raises(Unreadable) as caught:
        await reader.read(WebPage(site.gives("/a.pdf", content, "application/pdf")), "A")

    assert caught.value.verdict == verdict
    assert said in caught.value.message
    assert "aste" in caught.value.message


async def test_a_word_file_and_a_message_are_read_whatever_they_are_called(
    reader: SourceReader, tmp_path: Path
) -> None:
    text = at(tmp_path / "a.txt", papers.word(TITLE, *samples.PARAGRAPHS))
    sent = at(tmp_path / "a.pdf", papers.mail("\n\n".join(samples.PARAGRAPHS), From="Dana Oru"))

    assert (await reader.read(text, "A")).title == TITLE
    assert (await reader.read(sent, "B")).author == "Dana Oru"
