"""A briefing without a model: sentences of the sources, in the sections they belong to."""

from collections.abc import Iterator, Sequence

from bot.briefing.documents import Document
from bot.briefing.draft import DraftItem, DraftLine
from bot.briefing.extractive.commitments import commitments
from bot.briefing.extractive.figures import figures
from bot.briefing.extractive.quotes import quotes
from bot.briefing.extractive.selection import chosen
from bot.briefing.extractive.timeline import event
from bot.briefing.passages import Excerpt
from bot.briefing.requests import Length
from bot.briefing.speech import told


def extract(excerpts: Sequence[Excerpt], length: Length) -> Iterator[DraftItem]:
    """The items of a briefing, every text of which is cut from the sources.

    The sentences are those of `selection`; commitments, timeline and figures are read off the
    same sentences, so that no more is copied than was chosen.
    """
    choice = chosen(excerpts, length)
    for place in choice.headlines[:1]:
        yield DraftItem("headline", DraftLine(**told(*place)))
    if choice.lead is not None:
        yield DraftItem("bottom_line", DraftLine(**told(*choice.lead)))
    for place in choice.others:
        yield DraftItem("key_points", DraftLine(**told(*place)))
    for quote in quotes(excerpts, length):
        yield DraftItem("quotes", quote)
    lead = [choice.lead] if choice.lead else []
    yield from _readings(sorted([*lead, *choice.others], key=lambda p: (p[0].label, p[1])))


def _readings(places: Sequence[tuple[Document, int]]) -> Iterator[DraftItem]:
    for place in places:
        yield from (DraftItem("commitments", found) for found in commitments(*place))
    for place in places:
        if dated := event(*place):
            yield DraftItem("timeline", dated)
    for place in places:
        yield from (DraftItem("figures", found) for found in figures(*place))
