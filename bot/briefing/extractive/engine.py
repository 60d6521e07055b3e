"""A briefing without a model: sentences of the sources, in the sections they belong to.

It says less and is right: anything that takes judgement is left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.briefing.catalogue import catalogue
from bot.briefing.composition import Budget, cautions, shown_words
from bot.briefing.documents import Excerpt
from bot.briefing.draft import DraftCommitment, DraftItem, DraftLine, DraftQuote, LineSection
from bot.briefing.extractive.commitments import commitments
from bot.briefing.extractive.quotes import Quoted, quotes
from bot.briefing.extractive.selection import (
    SentencePlace,
    chosen,
    headline,
    is_said,
    line,
    may_be_chosen,
    words_of_sides,
)
from bot.briefing.requests import Wishes
from bot.briefing.text import count_words
from bot.briefing.wording import names

_SECTIONS: tuple[LineSection, ...] = ("key_points", "commitments", "quotes")
# So many key points come before the first quotation, where there is room for few lines.
_FIRST_POINTS = 3
# What may stand behind a line: whose words they are.
_ASIDE = 3


def extract(excerpts: Sequence[Excerpt], wishes: Wishes) -> Iterator[DraftItem]:
    """The items of a briefing, of each section the most important first, and no more than have
    room together. Every text is cut from the sources."""
    budgets = tuple(_budgets(excerpts, wishes))
    first, budget = budgets[0], budgets[-1]
    owed = _owed(excerpts)
    said = quotes(excerpts, budget.ceilings.get("quotes", 0))
    elsewhere = {each.evidence[0] for each in owed}
    elsewhere |= set(map(_sentence, said[: first.ceilings.get("quotes", 0)]))
    choice = chosen(excerpts, budget.longest_copied, elsewhere)
    if choice.lead is None:
        return
    lead = line(choice.lead, budget.longest_copied["bottom_line"])
    source = next(each for each in excerpts if each.document == choice.lead[0])
    title = headline(source, lead.text, budget.longest["headline"])
    room = _Room(excerpts)
    for top in filter(None, (title, lead)):
        room.take(top)
    owed = [each for each in owed if each.evidence[0] != lead.evidence[0]]
    points = [
        [line(place, budget.longest_copied["key_points"]) for place in u] for u in choice.points
    ]
    for each in budgets:
        room.widen(each)
        _fill(room, owed, points, said[: each.ceilings.get("quotes", 0)])
    if title:
        yield DraftItem("headline", title)
    yield DraftItem("bottom_line", lead)
    for section in _SECTIONS:
        yield from (DraftItem(section, each) for each in room.taken[section])


def _budgets(excerpts: Sequence[Excerpt], wishes: Wishes) -> Iterator[Budget]:
    """The budgets that are filled one after the other: a long briefing has every line of the
    standard one."""
    words = [each.document.words for each in excerpts]
    if wishes.length == "long":
        yield Budget.of(replace(wishes, length="standard"), words)
    yield Budget.of(wishes, words)


def _fill(
    room: "_Room",
    owed: Sequence[DraftCommitment],
    points: Sequence[Sequence[DraftLine]],
    said: Sequence[Quoted],
) -> None:
    """Fill the room with what is most important; what stands as a point is not quoted again, nor
    the other way round."""
    told = {point.evidence[0] for point in room.taken["key_points"]}
    quoted = [[each] for each in said if _sentence(each) not in told]
    spoken = {_sentence(each) for [each] in quoted}
    points = [unit for unit in points if spoken.isdisjoint(each.evidence[0] for each in unit)]
    room.fill("commitments", [[each] for each in owed])
    room.fill("key_points", points, _FIRST_POINTS)
    room.fill("quotes", quoted, 1)
    room.fill("key_points", points)
    room.fill("quotes", quoted)


class _Room:
    """What has been taken in, by section, and how many words are still free."""

    def __init__(self, excerpts: Sequence[Excerpt]) -> None:
        documents = [each.document for each in excerpts]
        fixed = catalogue(documents[0].language if documents else None)
        self._noted = sum(shown_words(each, fixed) for each in cautions(documents, fixed))
        self._used = sum(words_of_sides(excerpts).values())
        self._words = self._kept = 0.0
        self._ceilings: Mapping[str, int] = {}
        self.taken: dict[LineSection, list[DraftLine | DraftQuote]] = {s: [] for s in _SECTIONS}

    def widen(self, budget: Budget) -> None:
        """Let in what ``budget`` has room for; the cautions keep at least the room they have."""
        share = budget.words * budget.shares.get("cautions", 0)
        self._kept = min(self._noted, max(share, self._words - self._used))
        self._words, self._ceilings = budget.words, budget.ceilings

    def fill(
        self,
        section: LineSection,
        offered: Sequence[Sequence[DraftLine | Quoted]],
        most: int | None = None,
    ) -> None:
        """Take of ``offered`` what has room, up to ``most`` in the section; what stands together
        comes together or not at all."""
        ceiling, taken = self._ceilings.get(section, 0), self.taken[section]
        for together in offered:
            drafts = [each.draft if isinstance(each, Quoted) else each for each in together]
            has_place = len(taken) + len(drafts) <= min(ceiling, most or ceiling)
            if has_place and self._has_room(together) and not any(d in taken for d in drafts):
                taken += drafts
                for each in together:
                    self.take(each)

    def take(self, told: DraftLine | Quoted) -> None:
        """Count the words of ``told`` as shown."""
        self._used += _shown(told)

    def _has_room(self, together: Sequence[DraftLine | Quoted]) -> bool:
        return self._used + sum(map(_shown, together)) <= self._words - self._kept


def _owed(excerpts: Sequence[Excerpt]) -> list[DraftCommitment]:
    """The commitments of the sources, each once."""
    owed: list[DraftCommitment] = []
    told: list[SentencePlace] = []
    for document, number in ((each.document, n) for each in excerpts for n in each.numbers):
        found = commitments(document, number) if may_be_chosen(document, number) else []
        is_new = not is_said((document, number), told)
        if found and is_new and all(found[0].action != each.action for each in owed):
            owed += found
            told.append((document, number))
    return owed


def _sentence(quoted: Quoted) -> str:
    """The reference of the sentence that a quotation stands in: that of `A12q1` is `A12`."""
    return quoted.draft.quotation.partition("q")[0]


def _shown(told: DraftLine | Quoted) -> int:
    """About how many words are shown of it, and not fewer."""
    match told:
        case Quoted():
            return told.words
        case DraftCommitment():
            parts = (told.actor, told.action, told.deadline, told.condition)
            return sum(count_words(part) for part in parts if part) + _ASIDE
    is_told = told.speaker is None or names(told.text, told.speaker)
    aside = 0 if is_told else count_words(told.speaker or "") + 1
    return count_words(told.text) + max(aside, _ASIDE * (told.voice == "outlet"))
