"""Turns each kind of source into a document.

Pages and files are parsed in other processes (`parser_processes`), so that reading a text file
never imports their libraries.
"""

import asyncio
from dataclasses import replace

from bot.briefing.documents import Document
from bot.briefing.numbering import numbered
from bot.briefing.publication import with_publication_day
from bot.briefing.requests import AttachedFile, LinkedMessage, PastedText, Source, WebPage
from bot.briefing.text import count_words
from bot.service.errors import NO_TEXT, ReadoutError, Unreadable
from bot.service.ports import Attachments
from bot.sources.addresses import article_key, hides_target, unwrap, without_trackers
from bot.sources.content import PAGE_TYPES, Article, Fetch, Fetched, Markup
from bot.sources.files import (
    FILE_KINDS,
    FILE_LIMIT,
    decode,
    kind_of,
    text_of,
    unreadable_file,
    without_invisible,
)
from bot.sources.languages import language_of
from bot.sources.parser_processes import ParserProcesses
from bot.sources.refusals import (
    BRIEFED_VERDICTS,
    PASTE_INSTEAD,
    server_error,
    unreadable_page,
    verdict_of_status,
    verdict_of_text,
)

_HIDDEN = (
    "Google News hides where its links lead. Open the article and share its own address. "
    f"{PASTE_INSTEAD}"
)
_TEXTS = frozenset({"text/plain", "text/markdown"})


class SourceReader:
    """Reads pages, files and pasted text (`ports.Reader`)."""

    def __init__(self, fetch: Fetch, parsers: ParserProcesses, attachments: Attachments) -> None:
        self._fetch = fetch
        self._parsers = parsers
        self._attachments = attachments

    async def read(self, source: Source, label: str) -> Document:
        match source:
            case WebPage():
                return await self._page(source, label)
            case AttachedFile():
                return replace(await self._file(source, label), file=source.name)
            case PastedText():
                return await asyncio.to_thread(_pasted, source, label)
            case LinkedMessage():
                raise ReadoutError("A link to a message was not opened before it was read.")

    async def _page(self, source: WebPage, label: str) -> Document:
        if hides_target(source.url):
            raise Unreadable(_HIDDEN, source=source.name, verdict="js_shell")
        url = unwrap(source.url)
        # Whoever posts an address that wraps another may not know where it leads.
        public_only = source.public_only or url != source.url
        fetched = await self._fetch(url, public_only)
        document = await self._from_response(fetched, source, label)
        return replace(document, is_public=fetched.is_public)

    async def _from_response(self, fetched: Fetched, source: WebPage, label: str) -> Document:
        kind = kind_of(fetched.body)
        has_tags = fetched.content_type in PAGE_TYPES and b"</" in fetched.body
        if kind == "html" or (kind == "text" and has_tags):
            return await self._markup(_markup(fetched), source, label)
        if fetched.status >= 500:
            raise server_error(source.name)
        found = verdict_of_status(fetched.status)
        if found == "article" and kind in FILE_KINDS:
            return await self._linked_file(fetched, kind, source, label)
        if found == "article" and (
            kind == "other" or fetched.content_type not in PAGE_TYPES | _TEXTS
        ):
            found = "not_html"
        if found != "article":
            raise unreadable_page(found, source.name, fetched.url)
        text = without_invisible(text_of(fetched.body, source.name, fetched.charset))
        if (found := verdict_of_text(text)) != "article":
            raise unreadable_page(found, source.name, fetched.url)
        return _from_web(await asyncio.to_thread(_plain, label, text, None), fetched.url)

    async def _linked_file(
        self, fetched: Fetched, kind: str, source: WebPage, label: str
    ) -> Document:
        try:
            document = await self._parsed(fetched.body, kind, source, label)
        except Unreadable as error:
            if error.verdict == "corrupt":
                error.verdict = "not_html"
            raise
        return _from_web(document, fetched.url)

    async def _file(self, source: AttachedFile, label: str) -> Document:
        content = await self._attachments.content(source, FILE_LIMIT)
        kind = kind_of(content)
        if kind == "html":
            return await self._markup(Markup(decode(content)), source, label)
        if kind in FILE_KINDS:
            return await self._parsed(content, kind, source, label)
        text = text_of(content, source.name)
        return await asyncio.to_thread(_plain, label, text, source.url)

    async def _parsed(
        self, content: bytes, kind: str, source: WebPage | AttachedFile, label: str
    ) -> Document:
        article: Article = await self._parsers.run(source.name, FILE_KINDS[kind].parser, content)
        if article.verdict != "article":
            raise unreadable_file(article.verdict, source.name, kind)
        document = await asyncio.to_thread(_numbered, article, label, source.url)
        return replace(document, title=document.title or _headline(document))

    async def _markup(self, markup: Markup, source: WebPage | AttachedFile, label: str) -> Document:
        name = markup.url or "the file"
        article: Article = await self._parsers.run(name, "bot.sources.pages:parse_page", markup)
        if markup.status >= 500 and article.verdict != "blocked":
            raise server_error(source.name)
        if article.verdict not in BRIEFED_VERDICTS or not article.text:
            raise unreadable_page(article.verdict, source.name, markup.url)
        url = without_trackers(markup.url) if markup.url else source.url
        document = await asyncio.to_thread(_numbered, article, label, url)
        return replace(
            document,
            verdict=article.verdict if markup.url or article.verdict != "article" else None,
            has_fragments=markup.url is not None,
            key=article_key(article.canonical or markup.url) if markup.url else None,
            has_more=article.has_more,
        )


def _numbered(article: Article, label: str, url: str | None) -> Document:
    """The document of an article; slow for a book (a second), so call it in a thread."""
    document = numbered(
        label,
        article.text,
        title=article.title,
        outlet=article.outlet,
        author=article.author,
        published=article.published,
        published_basis=article.published_basis,
        url=url,
        language=language_of(article.text),
        pages=article.pages,
    )
    return with_publication_day(document)


def _from_web(document: Document, url: str) -> Document:
    """``document``, which was read from a file or plain text at ``url``."""
    address, key = without_trackers(url), article_key(url)
    return replace(document, url=address, key=key, verdict="article", has_fragments=True)


def _pasted(source: PastedText, label: str) -> Document:
    if not source.text.strip():
        message = f"{NO_TEXT} Paste the text of the article."
        raise Unreadable(message, source=source.name, verdict="empty")
    is_page = source.pasted_for is not None and "://" in source.pasted_for
    url = without_trackers(source.pasted_for) if source.pasted_for and is_page else None
    document = _plain(label, source.text, source.url or url)
    return replace(document, pasted_for=source.pasted_for)


def _plain(label: str, text: str, url: str | None) -> Document:
    document = numbered(label, text, url=url, language=language_of(text))
    return with_publication_day(replace(document, title=_headline(document)))


def _headline(document: Document) -> str | None:
    """The first paragraph, if it is short, not a sentence, and not the only one."""
    if len(document.paragraphs) < 2:
        return None
    first = document.text[slice(*document.paragraphs[0])].lstrip("#").strip()
    is_headline = 3 <= count_words(first) <= 25 and not first.endswith((*".!…:;,։。؟।",))
    return first if is_headline else None


def _markup(fetched: Fetched) -> Markup:
    html = decode(fetched.body, fetched.charset)
    return Markup(html, fetched.url, fetched.status, fetched.headers)
