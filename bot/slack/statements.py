"""A line's wording, with references that link to its passages, as rich_text elements."""

from collections.abc import Mapping, Sequence

from bot.briefing import wording
from bot.briefing.catalogue import Catalogue
from bot.briefing.documents import Document
from bot.briefing.lines import Change, Line, Unknown, Unread
from bot.briefing.wording import Wording
from bot.slack.payloads import JsonObject
from bot.slack.rich_text import Style, bidi_line, link, words

Elements = list[JsonObject]

_STYLES: dict[wording.Style, tuple[Style, ...]] = {
    "plain": (),
    "bold": ("bold",),
    "italic": ("italic",),
}


def statement(line: Line, fixed: Catalogue) -> Elements:
    """A line as a statement, whatever its section."""
    return _with_references(line, wording.statement(line, fixed))


def of_its_kind(line: Line, fixed: Catalogue) -> Elements:
    """A line as its section shows it."""
    return _with_references(line, wording.line_wording(line, fixed))


def change(line: Change, links: Mapping[str, str], fixed: Catalogue) -> Elements:
    """What is new, and links to the earlier replies that it is compared with."""
    shown = _with_references(line, wording.change(line, fixed))
    for reply in dict.fromkeys(each.reply for each in line.then):
        date = fixed.told_on.format(date=fixed.day(reply.day))
        shown += [words(" · "), link(date, links.get(reply.key))]
    return shown


def side(line: Line, documents: Sequence[Document], fixed: Catalogue) -> Elements:
    """One side of a difference: who says it, and what."""
    return bidi_line(elements(wording.side(line, documents, fixed)), line.evidence, line.text)


def headline(line: Line, fixed: Catalogue) -> Elements:
    return _with_references(line, wording.headline(line, fixed))


def unknown(gap: Unknown) -> Elements:
    """What the sources don't say."""
    return bidi_line([words(gap.text)], (), gap.text)


def unread(source: Unread) -> Elements:
    """Which source was not read, and why."""
    shown = [words(source.source, "bold"), words(f": {source.message}")]
    return bidi_line(shown, (), source.message)


def _with_references(line: Line, told: Wording) -> Elements:
    return bidi_line(elements(told), line.evidence, wording.direction_text(line))


def elements(told: Wording) -> Elements:
    """A wording in its styles, without references."""
    return [words(each.text, *_STYLES[each.style]) for each in told]
