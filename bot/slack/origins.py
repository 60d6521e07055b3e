"""From which sources did a reply come?"""

from collections.abc import Sequence

from bot.briefing.catalogue import Catalogue
from bot.briefing.documents import Document
from bot.briefing.source_line import source_lines
from bot.slack.payloads import JsonObject
from bot.slack.rich_text import directed, link, rich_text, section


def origins(documents: Sequence[Document], fixed: Catalogue, *, has_title: bool) -> JsonObject:
    """Where each of ``documents`` is from, one a line, in the direction of the reply's language;
    with the title of a single one where nothing above it ``has_title``."""
    told = source_lines(documents, fixed, has_title=has_title)
    lines = (directed([link(each.text, each.url)], (), fixed.here) for each in told)
    return rich_text(*map(section, lines))
