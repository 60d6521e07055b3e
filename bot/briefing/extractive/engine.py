"""A briefing without a model: sentences of the sources, in the sections they belong to.

Anything that takes judgement is left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.briefing.catalogue import catalogue
from bot.briefing.composition import Budget, cautions, shown_words
from bot.briefing.documents import Excerpt
from bot.briefing.draft import DraftCommitment, DraftItem, DraftLine, DraftQuote, LineSection
from bot.briefing.extractive.commitments import commitments
from bot.briefing.extractive.quotes import SizedQuote, choose_quotes
from bot.briefing.extractive.selection import (
    SentencePlace,
    choose_sentences,
    difference_words,
    extract_headline,
    is_said_elsewhere,
    may_be_chosen,
    sentence_line,
)
from bot.briefing.requests import Wishes
from bot.briefing.text import count_words
from bot.briefing.wording import names_speaker

_SECTIONS: tuple[LineSection, ...] = ("key_points", "commitments", "quotes")
# How many key points come before the first quotation, if there is room for few lines.
_FIRST_POINTS = 3
_ASIDE = 3  # words behind a line that may say whose words they are


_Units = Sequence[Sequence[DraftLine | SizedQuote]]
"""The lines and quotations for a section, the best first, in groups that are shown together or not
at all."""
_Offers = Mapping[LineSection, _Units]


def extract(excerpts: Sequence[Excerpt], wishes: Wishes) -> Iterator[DraftItem]:
    """Yield the items of a briefing, of each section the most important first, and no more than
    have room. Every text is cut from the sources."""
    budgets = tuple(_budgets(excerpts, wishes))
    first, budget = budgets[0], budgets[-1]
    pledged = _commitments(excerpts)
    quotes = choose_quotes(excerpts, budget.ceilings.get("quotes", 0))
    elsewhere = {each.evidence[0] for each in pledged}
    elsewhere |= set(map(_sentence, quotes[: first.ceilings.get("quotes", 0)]))
    choice = choose_sentences(excerpts, budget.longest_copied, elsewhere)
    if choice.lead is None:
        return
    lead = sentence_line(choice.lead, budget.longest_copied["bottom_line"])
    source = next(each for each in excerpts if each.document == choice.lead[0])
    title = extract_headline(source, lead.text, budget.longest["headline"])
    shown = {
        "headline": [_shown(title) if title else 0],
        "bottom_line": [_shown(lead)],
        "differences": list(difference_words(excerpts).values()),
    }
    offered: _Offers = {
        "commitments": [[each] for each in pledged if each.evidence[0] != lead.evidence[0]],
        "key_points": [
            [sentence_line(place, budget.longest_copied["key_points"]) for place in together]
            for together in choice.points
        ],
        "quotes": [[each] for each in quotes],
    }
    taken: dict[LineSection, list[DraftLine | DraftQuote]] = {section: [] for section in _SECTIONS}
    documents = [each.document for each in excerpts]
    fixed = catalogue(documents[0].language)
    noted = sum(shown_words(each, fixed) for each in cautions(documents, fixed))
    for each in budgets:
        shown["cautions"] = [min(noted, int(each.words * each.shares.get("cautions", 0)))]
        _fill(taken, shown, each, offered)
    if title:
        yield DraftItem("headline", title)
    yield DraftItem("bottom_line", lead)
    for section in _SECTIONS:
        yield from (DraftItem(section, each) for each in taken[section])


def _budgets(excerpts: Sequence[Excerpt], wishes: Wishes) -> Iterator[Budget]:
    """Yield the budgets to fill one after the other: a long briefing has every line of the standard
    one."""
    words = [each.document.words for each in excerpts]
    if wishes.length == "long":
        yield Budget.of(replace(wishes, length="standard"), words)
    yield Budget.of(wishes, words)


def _fill(
    taken: dict[LineSection, list[DraftLine | DraftQuote]],
    shown: dict[str, list[int]],
    budget: Budget,
    offered: _Offers,
) -> None:
    """Put into ``taken`` what is most important and has room beside the words ``shown``. A point is
    not quoted again, nor the other way round, and a group is taken as a whole or not at all."""
    points_taken = {point.evidence[0] for point in taken["key_points"]}
    quotes = offered["quotes"][: budget.ceilings.get("quotes", 0)]
    quoted = [[each] for [each] in quotes if _sentence(each) not in points_taken]
    quoted_in = {_sentence(each) for [each] in quoted}
    points = [
        together
        for together in offered["key_points"]
        if quoted_in.isdisjoint(map(_sentence, together))
    ]

    def take(section: LineSection, these: _Units, most: int | None = None) -> None:
        place, ceiling = taken[section], budget.ceilings.get(section, 0)
        for together in these:
            drafts = [each.draft if isinstance(each, SizedQuote) else each for each in together]
            words = [_shown(each) for each in together]
            has_place = len(place) + len(drafts) <= min(ceiling, most or ceiling)
            is_new = not any(draft in place for draft in drafts)
            if (
                has_place
                and is_new
                and budget.has_room(section, sum(words), shown, more_comes=False)
            ):
                place += drafts
                shown.setdefault(section, []).extend(words)

    take("commitments", offered["commitments"])
    take("key_points", points, _FIRST_POINTS)
    take("quotes", quoted, 1)
    take("key_points", points)
    take("quotes", quoted)


def _commitments(excerpts: Sequence[Excerpt]) -> list[DraftCommitment]:
    found: list[DraftCommitment] = []
    places: list[SentencePlace] = []
    for document, number in ((each.document, n) for each in excerpts for n in each.numbers):
        here = commitments(document, number) if may_be_chosen(document, number) else []
        is_new = not is_said_elsewhere((document, number), places)
        if here and is_new and all(here[0].action != each.action for each in found):
            found += here
            places.append((document, number))
    return found


def _sentence(item: DraftLine | SizedQuote) -> str:
    """The reference of the sentence of a line or quotation: that of `A12q1` is `A12`."""
    return (
        item.draft.quotation.partition("q")[0] if isinstance(item, SizedQuote) else item.evidence[0]
    )


def _shown(item: DraftLine | SizedQuote) -> int:
    """About how many words are shown of an item, rounded up."""
    match item:
        case SizedQuote():
            return item.words
        case DraftCommitment():
            parts = (item.actor, item.action, item.deadline, item.condition)
            return sum(count_words(part) for part in parts if part) + _ASIDE
    says_who = item.speaker is None or names_speaker(item.text, item.speaker)
    aside = 0 if says_who else count_words(item.speaker or "") + 1
    return count_words(item.text) + max(aside, _ASIDE * (item.voice == "outlet"))
