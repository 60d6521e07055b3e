"""Every kind of source becomes a document, or an error that says what to do."""

import subprocess
import sys
from pathlib import Path

import pytest
from aiohttp import web

from bot.briefing.documents import Document
from bot.briefing.requests import (
    AttachedFile,
    LinkedMessage,
    PastedText,
    Source,
    WebPage,
    restrict_to_public_web,
)
from bot.service.errors import (
    ReadoutError,
    Refused,
    SourceError,
    Unreachable,
    Unreadable,
    UsageError,
)
from bot.sources.content import Fetched
from bot.sources.local_files import LocalFiles
from bot.sources.reading import SourceReader
from tests.sources import papers, samples
from tests.sources.site import InProcessParsers, Site

TITLE = "Ministers to meet again in May"
TEXT = f"{TITLE}\n\n" + "\n\n".join(samples.PARAGRAPHS)


def at(path: Path, content: bytes) -> AttachedFile:
    path.write_bytes(content)
    return AttachedFile(name=path.name, location=str(path))


async def verdict(reader: SourceReader, source: Source) -> str:
    with pytest.raises(Unreadable) as caught:
        await reader.read(source, "A")
    assert caught.value.source == source.name
    assert "aste" in caught.value.message
    return caught.value.verdict


async def test_a_page_becomes_a_document_with_links_to_its_passages(
    reader: SourceReader, site: Site
) -> None:
    url = site.gives("/a", samples.news(head=samples.JSON_LD).encode())

    document = await reader.read(WebPage(url), "B")

    assert isinstance(document, Document)
    assert (document.label, document.title) == ("B", "Ministers to meet again in May")
    assert (document.verdict, document.language, document.url) == ("article", "en", url)
    assert document.published == "2026-04-06"
    number = document.number_at(document.text.index("The transport ministers"))
    assert (document.passage(number).url or "").startswith(f"{url}#:~:text=The%20transport")


async def test_a_page_of_plain_text_is_read_as_text(reader: SourceReader, site: Site) -> None:
    url = site.gives("/a.txt", TEXT.encode("utf-16"), "text/plain")

    document = await reader.read(WebPage(f"{url}?utm_source=feed"), "A")

    assert document.text == TEXT
    assert (document.verdict, document.url) == ("article", url)


@pytest.mark.parametrize(
    ("content_type", "body", "expected"),
    [
        pytest.param("application/pdf", b"%PDF-1.7 ...", "not_html", id="pdf"),
        pytest.param("text/html", b"%PDF-1.7 ...", "not_html", id="pdf-called-a-page"),
        pytest.param("video/mp4", b"\0\0\0\x18ftypmp42", "not_html", id="video"),
        pytest.param("application/json", b'{"a": 1}', "not_html", id="json"),
        pytest.param("text/html", b'{"error": "no such page"}', "not_html", id="json-as-page"),
        pytest.param("text/plain", b"Access denied.", "thin", id="a-line"),
        pytest.param("text/html", samples.CONSENT.encode(), "consent", id="consent"),
        pytest.param("text/html", b"", "empty", id="empty"),
    ],
)
async def test_a_page_without_an_article_gets_its_verdict(
    reader: SourceReader, site: Site, content_type: str, body: bytes, expected: str
) -> None:
    assert await verdict(reader, WebPage(site.gives("/a", body, content_type))) == expected


async def test_a_page_that_is_not_there_is_an_error(reader: SourceReader, site: Site) -> None:
    assert await verdict(reader, WebPage(site.url("/missing"))) == "error"


@pytest.mark.parametrize("status", [500, 502, 503])
@pytest.mark.parametrize("content_type", ["text/html", "text/plain"])
async def test_an_error_of_the_site_is_a_fault_of_the_network(
    reader: SourceReader, site: Site, status: int, content_type: str
) -> None:
    async def broken(_: web.Request) -> web.Response:
        return web.Response(status=status, text="internal details", content_type=content_type)

    with pytest.raises(Unreachable) as caught:
        await reader.read(WebPage(site.answer("/a", broken)), "A")
    assert "details" not in caught.value.message
    assert caught.value.verdict == "error"


async def test_a_bot_check_is_distinguished_from_an_error_of_the_site(
    reader: SourceReader, site: Site
) -> None:
    async def checked(_: web.Request) -> web.Response:
        return web.Response(status=503, text=samples.CHALLENGE, content_type="text/html")

    assert await verdict(reader, WebPage(site.answer("/a", checked))) == "blocked"


async def test_a_page_is_shown_and_known_by_its_clean_address(
    reader: SourceReader, site: Site
) -> None:
    head = "<link rel='canonical' href='/bridge'>"
    url = site.gives("/a", samples.news(head=head).encode())

    document = await reader.read(WebPage(f"{url}?utm_source=mail&id=7#top"), "A")

    assert document.url == f"{url}?id=7"
    assert document.key == site.url("/bridge")


async def test_a_link_of_google_news_is_refused_before_anything_is_fetched(
    reader: SourceReader,
) -> None:
    assert await verdict(reader, WebPage("https://news.google.com/rss/articles/CBMi")) == "js_shell"


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("https://docs.google.com/document/d/1a/edit", "A document in Google Docs"),
        ("https://docs.google.com/a/x.example/document/d/1a/edit", "A document in Google Docs"),
        ("https://docs.google.com/spreadsheets/d/1a/edit#gid=0", "A spreadsheet in Google Sheets"),
        ("https://docs.google.com/spreadsheets/u/1/d/1a", "A spreadsheet in Google Sheets"),
        ("https://docs.google.com/presentation/d/1a/edit", "A presentation in Google Slides"),
        ("https://drive.google.com/file/d/1a/view", "A document in Google Drive"),
        (
            "https://www.google.com/url?q=https://docs.google.com/presentation/d/1a/edit",
            "A presentation in Google Slides",
        ),
    ],
)
async def test_a_link_to_an_editor_is_refused_with_what_it_is_and_what_to_do(
    url: str, what: str
) -> None:
    async def fetch(address: str, _public_only: bool) -> Fetched:
        return Fetched(address, 200, {}, "text/html", samples.news().encode())

    reader = SourceReader(fetch, InProcessParsers(), LocalFiles())

    with pytest.raises(Unreadable) as caught:
        await reader.read(WebPage(url), "A")
    assert caught.value.message == (
        f"{what} can’t be read from this link. Paste the text, or save it as a PDF and attach that."
    )


@pytest.mark.parametrize(
    ("led_to", "said"),
    [
        ("https://docs.google.com/document/d/1a/edit", "A document in Google Docs can’t be read"),
        ("https://x.com/someone/status/1", "X shows its posts only to people who are logged in"),
        ("https://a.example/paper/", "There is no text in it"),
    ],
)
async def test_a_page_without_text_is_refused_for_the_site_it_is_on(led_to: str, said: str) -> None:
    async def fetch(_address: str, _public_only: bool) -> Fetched:
        return Fetched(led_to, 200, {}, "text/html", b"<p>Please enable JavaScript</p>")

    reader = SourceReader(fetch, InProcessParsers(), LocalFiles())

    with pytest.raises(Unreadable) as caught:
        await reader.read(WebPage("https://t.co/abc"), "A")
    assert caught.value.message.startswith(said)


async def test_a_document_behind_a_login_is_refused_for_what_was_linked() -> None:
    async def fetch(_address: str, _public_only: bool) -> Fetched:
        led_to = "https://accounts.google.com/v3/signin/identifier"
        return Fetched(led_to, 200, {}, "text/html", samples.LOGIN.encode())

    reader = SourceReader(fetch, InProcessParsers(), LocalFiles())

    with pytest.raises(Unreadable) as caught:
        await reader.read(WebPage("https://docs.google.com/document/d/1a/edit"), "A")
    assert caught.value.message.startswith("A document in Google Docs can’t be read")
    assert caught.value.verdict == "login"


@pytest.mark.parametrize("text", [TEXT, f"\ufeff {TEXT}\u200b\r\n\t"])
async def test_pasted_text_is_kept_to_the_character(reader: SourceReader, text: str) -> None:
    document = await reader.read(PastedText(text, url="https://courier.slack.example/p1"), "A")

    assert document.text == text
    assert document.url == "https://courier.slack.example/p1"
    assert (document.verdict, document.has_fragments) == (None, False)


@pytest.mark.parametrize(
    ("name", "address"),
    [("https://a.example/x?utm_source=y", "https://a.example/x"), ("scan.pdf", None)],
)
async def test_text_pasted_for_a_source_leads_to_it_where_it_has_an_address(
    reader: SourceReader, name: str, address: str | None
) -> None:
    document = await reader.read(PastedText(TEXT, pasted_for=name), "A")

    assert (document.pasted_for, document.url) == (name, address)
    assert (document.has_fragments, document.is_public) == (False, False)


async def test_blank_text_is_empty(reader: SourceReader) -> None:
    assert await verdict(reader, PastedText(" \n\t")) == "empty"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param(TEXT, "Ministers to meet again in May", id="headline"),
        pytest.param(f"# {TEXT}", "Ministers to meet again in May", id="markdown"),
        pytest.param("\n".join(samples.PARAGRAPHS), None, id="sentence"),
        pytest.param("Ministers to meet again in May", None, id="nothing-under-it"),
    ],
)
async def test_a_headline_is_a_title(reader: SourceReader, text: str, title: str | None) -> None:
    assert (await reader.read(PastedText(text), "A")).title == title


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
async def test_a_text_file_of_any_encoding_is_read(
    reader: SourceReader, tmp_path: Path, encoding: str
) -> None:
    source = at(tmp_path / "story.pdf", TEXT.replace("\n", "\r\n").encode(encoding))

    document = await reader.read(source, "A")

    assert document.text == TEXT
    assert (document.file, document.url, document.verdict) == (source.name, None, None)


async def test_an_html_file_is_read_like_a_page(reader: SourceReader, tmp_path: Path) -> None:
    document = await reader.read(at(tmp_path / "story.txt", samples.news().encode()), "A")

    assert samples.PARAGRAPHS[1] in document.text
    assert (document.url, document.has_fragments, document.verdict) == (None, False, None)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"%PDF-1.7\n", "corrupt", id="damaged-pdf"),
        pytest.param(b"PK\x03\x04word/document.xml", "corrupt", id="damaged-docx"),
        pytest.param(b"{\\rtf1 Hello}", "unsupported", id="rtf"),
        pytest.param(b"text\0with a zero", "unsupported", id="binary"),
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"\xef\xbb\xbf \r\n", "empty", id="blank"),
        pytest.param(b"a" * 20_000_001, "unsupported", id="too-large"),
    ],
)
async def test_a_file_without_text_gets_its_verdict(
    reader: SourceReader, tmp_path: Path, content: bytes, expected: str
) -> None:
    source = at(tmp_path / "story.txt", content)
    with pytest.raises(Unreadable) as caught:
        await reader.read(source, "A")
    assert caught.value.verdict == expected
    assert caught.value.source == "story.txt"


@pytest.mark.parametrize("name", ["missing.txt", "."])
async def test_a_path_that_is_not_a_file_is_a_usage_error(
    reader: SourceReader, tmp_path: Path, name: str
) -> None:
    with pytest.raises(UsageError):
        await reader.read(AttachedFile(name=name, location=str(tmp_path / name)), "A")


async def test_a_linked_message_must_have_been_opened_before(reader: SourceReader) -> None:
    with pytest.raises(ReadoutError) as caught:
        await reader.read(LinkedMessage("https://a.slack.example/p1", "C1", "1.1"), "A")
    assert not isinstance(caught.value, SourceError)


def test_reading_a_file_imports_neither_the_web_nor_the_extractor() -> None:
    program = (
        "import sys, bot.sources.reading, bot.sources.local_files;"
        "print({'aiohttp', 'trafilatura', 'lxml', 'docx', 'pypdfium2'} & set(sys.modules))"
    )
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert printed.stdout.strip() == b"set()"


# A file becomes a document: with its pages, under whatever name, by a link or from a disk.


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

    document = await reader.read(WebPage(f"{url}?utm_source=feed"), "A")

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


# Only people of the workspace may read the operator's own network, at addresses they typed.


async def test_an_allowed_host_is_read_for_our_people_alone(
    reader: SourceReader, site: Site
) -> None:
    page = WebPage(site.gives("/a", samples.news().encode()))

    assert (await reader.read(page, "A")).verdict == "article"
    with pytest.raises(Refused):
        await reader.read(restrict_to_public_web(page), "A")
    assert len(site.requests) == 1


async def test_a_wrapped_address_leads_to_no_allowed_host(reader: SourceReader, site: Site) -> None:
    inside = site.gives("/a", samples.news().encode())

    with pytest.raises(Refused):
        await reader.read(WebPage(f"https://www.google.com/url?q={inside}"), "A")
    assert site.requests == []
