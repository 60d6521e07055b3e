"""How each kind of source becomes a document.

What fetches and what takes pages apart are given as functions, so that a text file is read
without their libraries ever being imported.
"""

from dataclasses import replace
from email.message import Message

from bot.briefing.documents import Document
from bot.briefing.numbering import numbered
from bot.briefing.requests import AttachedFile, LinkedMessage, PastedText, Source, WebPage
from bot.errors import ReadoutError, Unreadable
from bot.ports import Attachments
from bot.sources.decoding import decode
from bot.sources.files import FILE_LIMIT, kind_of, text_of
from bot.sources.invisible import without_invisible
from bot.sources.languages import language_of
from bot.sources.material import PAGE_TYPES, Extract, Fetch, Fetched, Markup
from bot.sources.verdicts import unreadable, verdict_of_status

_TEXTS = frozenset({"text/plain", "text/markdown"})


class SourceReader:
    """Reads pages, files and pasted text; one of each collaborator serves all of them."""

    def __init__(self, *, fetch: Fetch, extract: Extract, attachments: Attachments) -> None:
        self._fetch = fetch
        self._extract = extract
        self._attachments = attachments

    async def read(self, source: Source, label: str) -> Document:
        """The source's text and what is known about it, as `bot.ports.Reader` says."""
        match source:
            case WebPage():
                return await self._page(source, label)
            case AttachedFile():
                return await self._file(source, label)
            case PastedText():
                return _pasted(source, label)
            case LinkedMessage():
                raise ReadoutError("A link to a message was not opened before it was read.")

    async def _page(self, source: WebPage, label: str) -> Document:
        fetched = await self._fetch(source.url)
        kind = kind_of(fetched.body)
        has_tags = fetched.content_type in PAGE_TYPES and b"</" in fetched.body
        if kind == "html" or (kind == "text" and has_tags):
            return await self._markup(_markup(fetched), source, label)
        found = verdict_of_status(fetched.status)
        if found == "article" and (
            kind == "other" or fetched.content_type not in PAGE_TYPES | _TEXTS
        ):
            found = "not_html"
        if found != "article":
            raise unreadable(found, source.name)
        text = without_invisible(text_of(fetched.body, source.name, _charset(fetched)))
        document = _plain(label, text, fetched.url)
        return replace(document, verdict="article", has_fragments=True)

    async def _file(self, source: AttachedFile, label: str) -> Document:
        content = await self._attachments.content(source, FILE_LIMIT)
        if kind_of(content) == "html":
            return await self._markup(Markup(decode(content)), source, label)
        return _plain(label, text_of(content, source.name), source.url)

    async def _markup(self, markup: Markup, source: WebPage | AttachedFile, label: str) -> Document:
        article = await self._extract(markup)
        if article.verdict != "article":
            raise unreadable(article.verdict, source.name)
        return numbered(
            label,
            article.text,
            title=article.title,
            outlet=article.outlet,
            author=article.author,
            published=article.published,
            published_basis=article.published_basis,
            url=markup.url or source.url,
            language=language_of(article.text),
            verdict=article.verdict if markup.url else None,
            has_fragments=markup.url is not None,
        )


def _pasted(source: PastedText, label: str) -> Document:
    if not source.text.strip():
        message = "There is no text in it. Paste the text of the article."
        raise Unreadable(message, source=source.name, verdict="empty")
    return _plain(label, source.text, source.url)


def _plain(label: str, text: str, url: str | None) -> Document:
    document = numbered(label, text, url=url, language=language_of(text))
    return replace(document, title=_headline(document))


def _headline(document: Document) -> str | None:
    """The first paragraph, if it looks like a headline: short, no sentence, and not alone."""
    if len(document.paragraphs) < 2:
        return None
    first = document.text[slice(*document.paragraphs[0])].lstrip("#").strip()
    is_headline = 3 <= len(first.split()) <= 25 and not first.endswith((*".!…:;,։。؟।",))
    return first if is_headline else None


def _markup(fetched: Fetched) -> Markup:
    html = decode(fetched.body, _charset(fetched))
    return Markup(html, fetched.url, fetched.status, fetched.headers)


def _charset(fetched: Fetched) -> str | None:
    message = Message()
    message["content-type"] = fetched.headers.get("content-type", "")
    charset = message.get_param("charset")
    return charset if isinstance(charset, str) else None
