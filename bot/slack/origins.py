"""From which sources did a reply come?"""

from bot.briefing.catalogue import Catalogue
from bot.briefing.documents import Document
from bot.slack.rich_text import directed, link, words
from bot.slack.statements import Elements


def source_line(document: Document, fixed: Catalogue) -> Elements:
    """A document's label, title and origin."""
    title = document.title or fixed.untitled
    size = fixed.counted(fixed.words, document.words)
    origin = [document.outlet, document.author, document.published, size]
    told = [
        words(f"{document.label}  ", "bold"),
        link(title, document.url),
        *(words(f" · {part}") for part in origin if part),
    ]
    return directed(told, (), size)
