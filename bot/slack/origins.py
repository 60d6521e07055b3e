"""From which sources did a reply come?"""

from collections.abc import Sequence

from bot.briefing.catalogue import Catalogue
from bot.briefing.documents import Document
from bot.briefing.source_line import source_lines
from bot.slack.payloads import JsonObject
from bot.slack.rich_text import directed, link, section


def origins(
    documents: Sequence[Document], fixed: Catalogue, *, has_title: bool
) -> list[JsonObject]:
    """Where each of ``documents`` is from, one a paragraph, in the direction of the reply's
    language; with the title of a single one where nothing above it ``has_title``."""
    told = source_lines(documents, fixed, has_title=has_title)
    return [section(directed([link(each.text, each.url)], (), fixed.here)) for each in told]
