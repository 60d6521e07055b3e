"""From which sources did a reply come?"""

from bot.briefing.documents import Document
from bot.briefing.phrases import counted
from bot.slack.rich_text import link, words
from bot.slack.statements import Elements


def source_line(document: Document) -> Elements:
    """A document's label, title and origin."""
    title = document.title or "Untitled text"
    origin = [part for part in (document.outlet, document.author, document.published) if part]
    return [
        words(f"{document.label}  ", "bold"),
        link(title, document.url),
        words("".join(f" · {part}" for part in (*origin, counted(document.words, "word")))),
    ]
