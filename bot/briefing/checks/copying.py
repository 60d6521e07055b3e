"""Does a line that copies its passages copy them truly?

A writer who takes a sentence over word for word has no reason to change one word of it. So where
most of a line is copied, a content word of its own is an addition; another word in the place of
one, and a word that lost its neighbours, tell something else (`edits`, `moving`). What a writer
tells in words of his own is left to the other checks.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property

from bot.briefing.checks.alignment import Edit, aligned
from bot.briefing.checks.cited import cited
from bot.briefing.checks.denied import negative
from bot.briefing.checks.edits import replaced
from bot.briefing.checks.moving import displaced, moved
from bot.briefing.checks.name_forms import stems
from bot.briefing.checks.rows import RUN, Row, Word, is_of_measure, row
from bot.briefing.checks.small_words import denying, merely_saying, opposed, saying
from bot.briefing.checks.splicing import spliced
from bot.briefing.checks.statement import Statement
from bot.briefing.checks.wording import wording
from bot.briefing.lexicon import function_words, lexicon
from bot.briefing.lines import Reason
from bot.briefing.quotation_marks import quoted_in, unquoted

# This share of a line in copied runs, or in their order, makes it a copy, and so does that share of
# a passage, however much was added to it.
_SHARE = 0.75
_WHOLE = 0.9
_PARTS = 0.7
_FEWEST_WORDS = 6
_LONG_RUN = 4
_SHORTEST_PASSAGE = 5


def copying(statement: Statement) -> list[Reason]:
    """One reason for every word that a copied line has added, changed or moved."""
    if statement.is_translation or statement.is_detail or _is_of_a_whole_text(statement):
        return []
    copy, where = _Copy(statement), cited(statement)
    if copy.is_cut:
        return [Reason("words", _told(edit, where)) for edit in copy.edits()]
    messages = (
        *(f"{where} is copied, but “{word}” is not in it." for word in copy.own()),
        *(_told(edit, where) for edit in copy.edits()),
        *(f"“{word}” stands elsewhere in {where}." for word in copy.moved()),
    )
    return [Reason("words", message) for message in dict.fromkeys(messages)]


class _Copy:
    """A line beside its passages. ``words`` are those outside quotation marks, which have a check
    of their own; ``line`` has all."""

    def __init__(self, statement: Statement) -> None:
        self._language = statement.language
        self._quoted = _quoted(statement.text, statement.language)
        self._line = row(statement.text, statement.language)
        self._words = (
            row(unquoted(statement.text), statement.language) if self._quoted else self._line
        )
        self._statement = statement
        self._passages = [
            row(passage.text, statement.library[passage.document].language)
            for passage in statement.passages
        ]

        self._aligned = [aligned(self._line, passage) for passage in self._passages]
        self._best = max(self._aligned, key=lambda each: len(each.pairs))
        # It has no word of its own, and none moved.
        self.is_cut = len(self._best.pairs) == len(self._line.words)

    @cached_property
    def _is_of_runs(self) -> bool:
        """Whether most of the line stands in runs of any passages."""
        return _is_of_runs(self._words, self._passages)

    @cached_property
    def _is_whole(self) -> bool:
        """Whether the line has all of a passage."""
        return self._is_long and self._best.solid >= _WHOLE * len(self._best.passage.words)

    @cached_property
    def _is_an_edit(self) -> bool:
        """Whether most of the line stands in one passage, in its order."""
        is_most = self._best.solid >= _SHARE * len(self._line.words)
        return self._is_whole or (self._is_long and is_most)

    @property
    def _is_long(self) -> bool:
        words, others = len(self._line.words), len(self._best.passage.words)
        return words >= _FEWEST_WORDS and others >= _SHORTEST_PASSAGE

    @cached_property
    def _is_of_parts(self) -> bool:
        """Whether most of the line stands in rows of words of some passages."""
        found = frozenset[int]().union(*(each.in_rows(RUN) for each in self._aligned))
        return len(self._line.words) >= _FEWEST_WORDS and len(found) >= _PARTS * len(
            self._line.words
        )

    def _earlier(self, place: int) -> frozenset[str]:
        """The beginnings of the passages that stand before the one at ``place``, or in another
        source."""
        passages = self._statement.passages
        return frozenset[str]().union(
            *(
                each.passage.keys
                for each, passage in zip(self._aligned, passages, strict=True)
                if passage.document != passages[place].document
                or passage.start < passages[place].start
            )
        )

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset[str]().union(*(passage.keys for passage in self._passages))

    @cached_property
    def _inner(self) -> list[Word]:
        """The writer's own words inside his sentence, but for another verb of speech."""
        says = merely_saying(self._language)
        return [
            self._line.words[place]
            for gap in self._best.gaps
            if gap.end < len(self._line.words)
            and not any(says.fullmatch(word.text.lower()) for word in self._best.theirs(gap))
            for place in range(gap.start, gap.end)
            if place not in self._quoted
        ]

    @cached_property
    def _in_place(self) -> frozenset[str]:
        """The beginnings of the words that follow upon each other as in one of the passages."""
        return frozenset(
            self._line.words[place].key
            for each in self._aligned
            if each.in_rows(_LONG_RUN)
            for place in each.in_rows(2)
        )

    def own(self) -> Iterator[str]:
        """The words that carry something and are in no passage. Numbers have a check of their own;
        behind most of a sentence a part of his own is the writer's."""
        if self._is_of_runs or self._is_whole:
            yield from self._not_known(self._words.words)
        elif self._is_an_edit:
            yield from self._not_known(self._inner)

    def edits(self) -> Iterator[Edit]:
        """What stands in the place of something else."""
        if self._is_an_edit:
            known = frozenset[str]() if self.is_cut else self._known
            yield from replaced(self._best, self._quoted, known, self._language)
        if not self.is_cut and self._is_of_parts:
            for place, each in enumerate(self._aligned):
                yield from spliced(each, self._earlier(place), self._language)

    def moved(self) -> Iterator[str]:
        """The words that stand elsewhere in the passages."""
        if self._is_an_edit:
            yield from displaced(self._best, self._quoted, self._language)
        is_read = self._is_an_edit and lexicon(self._language).joining
        if self._is_of_runs and not is_read:
            small = function_words(self._language)
            yield from (
                word
                for word in moved(self._words, self._passages, self._in_place)
                if word not in small
            )

    def _not_known(self, words: Sequence[Word]) -> Iterator[str]:
        language, passages = self._language, self._statement.passages
        denies = any(negative(wording(each.text, language), language) for each in passages)
        for word in words:
            lower = word.text.lower()
            if word.key in self._known or word.is_number or _is_harmless(word, language):
                continue
            is_denial = denies and lower in denying(language)
            if not (is_denial or self._is_a_form(lower)):
                yield word.text
        for ours, others in opposed(lexicon(language).genders):
            if others & self._known and not ours & self._known:
                yield from (word.text for word in words if word.key in ours)

    def _is_a_form(self, lower: str) -> bool:
        """Whether a word of the passages is ``lower`` in another case, where its language has
        such."""
        forms = stems(lower)
        return len(forms) > 1 and any(
            not forms.isdisjoint(stems(word.text.lower()))
            for passage in self._passages
            for word in passage.words
            if word.key[:2] == lower[:2]
        )


def _told(edit: Edit, where: str) -> str:
    if not edit.ours:
        return f"{where} says “{edit.theirs}” there, the line does not."
    if not edit.theirs:
        return f"{where} does not say “{edit.ours}” there."
    return f"{where} says “{edit.theirs}” where the line says “{edit.ours}”."


def _is_of_a_whole_text(statement: Statement) -> bool:
    """Whether the line points at no sentences, but is held to all that a source says."""
    return any(
        passage.end - passage.start == len(document.text) and len(document.sentences) > 1
        for passage in statement.passages
        for document in [statement.library[passage.document]]
    )


def _is_of_runs(line: Row, passages: Sequence[Row]) -> bool:
    if len(line.frame) < _FEWEST_WORDS:
        return False
    if _shared(line, passages) >= _SHARE:
        return True
    return any(len(each.frame) > RUN and _shared(each, [line]) >= _WHOLE for each in passages)


def _shared(one: Row, others: Sequence[Row]) -> float:
    """The share of ``one`` that stands in a run which is among those of ``others``."""
    known = set().union(*(other.runs for other in others))
    found = {
        place + step for place, run in enumerate(one.runs) if run in known for step in range(RUN)
    }
    return len(found) / len(one.frame)


def _quoted(text: str, language: str | None) -> frozenset[int]:
    """The places of the words of ``text`` that stand between quotation marks."""
    quoted: set[int] = set()
    end = places = 0
    for span in quoted_in(text):
        places += len(row(text[end : span.start], language).words)
        inside = len(row(text[span.start : span.end], language).words)
        quoted.update(range(places, places + inside))
        end, places = span.end, places + inside
    return frozenset(quoted)


def _is_harmless(word: Word, language: str | None) -> bool:
    """Whether ``word`` may join copied words: a function word that changes nothing, or a verb of
    saying, whose claim is checked elsewhere."""
    if word.is_sweeping:
        return False
    lower = word.text.lower()
    return (
        lower in function_words(language)
        or saying(language).fullmatch(lower) is not None
        or is_of_measure(lower)
    )
