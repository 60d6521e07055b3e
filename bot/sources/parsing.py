"""Parses files that aren't text: PDF, DOCX and e-mail.

Meant for a process of its own (`bot.sources.workers`): such files come from strangers, their
readers are native code or slow, and a large one would hold up everybody else.
"""

from collections.abc import Callable, Mapping

from bot.sources.docx import article_of_docx
from bot.sources.mail import article_of_mail
from bot.sources.material import Article, Binary
from bot.sources.pdf import article_of_pdf

_PARSERS: Mapping[Binary, Callable[[bytes], Article]] = {
    "pdf": article_of_pdf,
    "docx": article_of_docx,
    "mail": article_of_mail,
}


def parsed(content: bytes, kind: Binary) -> Article:
    """The text in a file of ``kind``; where there is none, a verdict that `files` has a sentence
    for.

    Raises:
        MemoryError: it needs more than this process may have.
    """
    return _PARSERS[kind](content)
