"""What does a sentence say, apart from its figures and days, so that two can be compared?"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from bot.briefing.checks.capitals import capitals, has_small
from bot.briefing.checks.quantities import Quantity, quantities
from bot.briefing.checks.wording import wording
from bot.briefing.content import content
from bot.briefing.dates import Time, times
from bot.briefing.documents import Document, Passage
from bot.briefing.lexicon import function_words
from bot.briefing.normalisation import normalised

_YEARS = range(1000, 2200)
_BEHIND = 40
"""How far behind a figure what it counts may stand, in characters."""


@dataclass(frozen=True)
class Frame:
    """Sentence ``number`` of a document, taken apart."""

    document: Document
    number: int

    @cached_property
    def passage(self) -> Passage:
        """The sentence."""
        return self.document.passage(self.number)

    @cached_property
    def text(self) -> str:
        """Its words without typography."""
        return normalised(self.document.sentence(self.number)).text

    @cached_property
    def times(self) -> tuple[Time, ...]:
        """Its days, months and days of the week."""
        return times(self.passage.text, self.document.language)

    @cached_property
    def figures(self) -> tuple[Quantity, ...]:
        """Its numbers, those of dates and years left out."""
        return tuple(
            each
            for each in quantities(self.passage.text, self.document.language)
            if each.is_certain and each.kind not in ("rank", "decade", "many")
            and not any(time.start <= each.start < time.end for time in self.times)
            and not _is_year(each)
        )  # fmt: skip

    @cached_property
    def years(self) -> frozenset[int]:
        """Its years, alone or in a date."""
        found = quantities(self.passage.text, self.document.language)
        alone = (int(each.words) for each in found if _is_year(each))
        return frozenset((*alone, *(day.year for t in self.times for day in t.days if day.year)))

    @cached_property
    def words(self) -> frozenset[str]:
        """The beginnings of its content words, figures and days left out."""
        return content(_blanked(self.text, self._measured), self.document.language)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Its names in order, each once."""
        return tuple(
            dict.fromkeys(
                word.key
                for run in capitals(self.passage.text).runs
                for word in run
                if not (word.is_opening and self._merely_opens(word.key))
                and not any(start <= word.start < end for start, end in self._measured)
            )
        )

    @cached_property
    def _measured(self) -> tuple[tuple[int, int], ...]:
        """Where its days and figures stand."""
        days = ((each.start, each.end) for each in self.times)
        return (*days, *((each.start, each.end) for each in self.figures))

    def _merely_opens(self, key: str) -> bool:
        """Whether a word at the start of a sentence has its capital for that alone."""
        is_small = key in function_words(self.document.language)
        return is_small or has_small(self.document.text, key)

    def counted(self, figure: Quantity) -> str:
        """The beginning of what ``figure`` counts ("passe"), empty where nothing follows."""
        behind = self.text[figure.end : figure.end + _BEHIND]
        keys = wording(behind, self.document.language).keys
        return next(iter(keys), "")


def _is_year(figure: Quantity) -> bool:
    return not figure.kind and figure.words.isdigit() and int(figure.words) in _YEARS


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
