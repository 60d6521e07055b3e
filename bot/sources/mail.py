"""What was written in an e-mail.

Attachments are not opened. A reply keeps what it quotes, in place and with the marks before it, so
that readers of a passage see whose words they are.
"""

from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import parseaddr

from bot.sources.decoding import decode
from bot.sources.invisible import without_invisible
from bot.sources.material import Article, Markup
from bot.sources.pages import article_in


def article_of_mail(content: bytes) -> Article:
    """The plain part of a message, or the article in its HTML part where there is no other.

    The subject is the title, the sender the author, and the day it was sent, which the sender
    states, that of publication.
    """
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(content)
    text, verdict = _text(message.get_body(("plain", "html")))
    sent = getattr(_header(message, "date"), "datetime", None)  # damaged, it is a plain string
    return Article(
        text,
        verdict,
        title=_shown(_header(message, "subject")),
        author=_sender(_header(message, "from")),
        published=sent.date().isoformat() if sent else None,
        published_basis="stated" if sent else None,
    )


def _text(body: MIMEPart | None) -> tuple[str, str]:
    """The text of a part, and `article` or what it holds instead."""
    if body is None:
        return "", "empty"
    payload = body.get_payload(decode=True)
    written = decode(payload, body.get_content_charset()) if isinstance(payload, bytes) else ""
    if body.get_content_subtype() == "html":
        # Mail programs send fragments, which the extractor takes for no page.
        article = article_in(Markup(f"<html><body>{written}</body></html>"))
        if article.verdict == "too_deep":
            return "", "too_deep"
        return article.text, "article" if article.text else "empty"
    text = without_invisible(written.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return text, "article" if text else "empty"


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        header: str | None = message[name]
    except (AttributeError, IndexError, TypeError, ValueError):  # the library's, over damaged ones
        return None
    return header


def _sender(header: str | None) -> str | None:
    name, address = parseaddr(header or "")
    return _shown(name or address)


def _shown(header: str | None) -> str | None:
    return " ".join(without_invisible(header or "").split()) or None
