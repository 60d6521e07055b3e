"""Does every name of a line stand in its passages, letter for letter?

A name that the passages call by its last word may be given in full where its document does so.
Words that open a sentence are names unless the document knows them without a capital. Limits:
in German, where nouns have capitals too, only acronyms and words in a row ("Antony Blinken")
are names. Translations are compared in `translated_names`. Months and days of the week
are left to the check of dates.
"""

import re
from functools import cached_property

from bot.briefing.checks import translated_names
from bot.briefing.checks.capitals import Capitals, Word, capitals, has_small
from bot.briefing.checks.cited import cited
from bot.briefing.checks.name_forms import are_one_name
from bot.briefing.checks.statement import Statement
from bot.briefing.checks.uncased import uncased
from bot.briefing.dates import times
from bot.briefing.lexicon import function_words
from bot.briefing.lines import Reason

# Endings of English adverbs, plurals and abstract nouns. A word alone that opens a sentence with
# one of them, and that the document has nowhere, is taken for an ordinary one ("Talks").
_ORDINARY = re.compile(
    r"(?:(?:[ai]b|[aeu]al|at|[ae]nt|ar|ed|iv|ing|ous|[nct]al)ly|..s|ing|tion|ment|ship|ness)$"
)

# "Oct." is October, "Gen." is General, and the other way round.
_SHORT = frozenset((
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun",
    "adm", "amb", "brig", "capt", "col", "cmdr", "corp", "dept", "gen", "gov", "insp", "maj",
    "pres", "prof", "rep", "rev", "sen", "sgt", "supt",
))  # fmt: skip


def names(statement: Statement) -> list[Reason]:
    """One reason for every name, of one word or several in a row, that the passages lack."""
    where = cited(statement)
    if statement.is_translation:
        foreign = translated_names.lacking(statement)
        return [Reason("names", f"“{name}” has no counterpart in {where}.") for name in foreign]
    line, sources = capitals(statement.text), _Sources(statement)
    missing = (" ".join(word.text for word in run if sources.lack(word, line)) for run in line.runs)
    lacking = dict.fromkeys((*filter(None, missing), *uncased(statement)))
    return [Reason("names", f"“{name}” is not in {where}.") for name in lacking]


class _Sources:
    """The passages of a statement and the documents they are cut from."""

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._times = times(statement.text, statement.language)
        labels = dict.fromkeys(passage.document for passage in statement.passages)
        self._texts = [statement.library[label].text for label in labels]
        self._passages = [capitals(passage.text) for passage in statement.passages]

    @cached_property
    def _documents(self) -> list[Capitals]:
        return [capitals(text) for text in self._texts]

    def lack(self, word: Word, line: Capitals) -> bool:
        """Whether ``word`` of ``line`` is a name that neither stands in the passages nor is tied
        to a name beside it that does."""
        if not self._is_name(word, line):
            return False
        run = next(run for run in line.runs if word in run)
        if any(_has(passage, word, run) for passage in self._passages):
            return any(_has_another(passage, word, run) for passage in self._passages)
        beside = {other.key for run in line.titled if word in run for other in run}
        return not any(
            word.key in document.fuller.get(name, ())
            for document in self._documents
            for passage in self._passages
            for name in beside & passage.names
        )

    def _is_name(self, word: Word, line: Capitals) -> bool:
        if len(word.text) < 2 or any(time.start <= word.start < time.end for time in self._times):
            return False
        if word.is_acronym:
            return True
        run = next(run for run in line.runs if word in run)
        if self._merely_opens(word, run):
            return False
        beside = (other for other in run if other != word)
        is_german = self._statement.language == "de"
        return not is_german or any(not self._merely_opens(other, run) for other in beside)

    def _merely_opens(self, word: Word, run: tuple[Word, ...]) -> bool:
        """Whether ``word`` has its capital only for opening a sentence: the document knows it, or
        a word that begins alike, without one ("Negotiators" where it has "negotiations")."""
        if not word.is_opening:
            return False
        if word.key in function_words(self._statement.language):
            return True
        if any(has_small(text, word.key) for text in self._texts):
            return True
        return len(run) == 1 and bool(_ORDINARY.search(word.key)) and not self._is_known(word)

    def _is_known(self, word: Word) -> bool:
        return any(word.key in document.names for document in self._documents)


def _has(passage: Capitals, word: Word, run: tuple[Word, ...]) -> bool:
    if word.is_acronym:
        return word.key in passage.names or word.key in passage.initials
    return (
        (word.key in passage.words and not _is_made_a_name(passage, word, run))
        or any(are_one_name(word.key, name) for name in passage.names)
        or any(word.key.startswith(short) for short in passage.names & _SHORT)
        or (word.key in _SHORT and any(name.startswith(word.key) for name in passage.names))
    )


def _is_made_a_name(passage: Capitals, word: Word, run: tuple[Word, ...]) -> bool:
    """Whether ``word``, which the passage has without a capital alone, stands behind a name that
    it does not stand behind there ("Airservices System" of "Airservices’ new system")."""
    place = run.index(word)
    if not place or word.key in passage.names or run[place - 1].key not in passage.names:
        return False
    before = rf"\b{re.escape(run[place - 1].key)}(?:'s|')? {re.escape(word.key)}\b"
    return re.search(before, passage.text.casefold()) is None


def _has_another(passage: Capitals, word: Word, run: tuple[Word, ...]) -> bool:
    """Whether the passage has another word between the same two ("New Sarn Wales")."""
    place = run.index(word)
    if not 0 < place < len(run) - 1:
        return False
    between = {
        name.key
        for others in passage.runs
        for first, name, last in zip(others, others[1:], others[2:], strict=False)
        if (first.key, last.key) == (run[place - 1].key, run[place + 1].key)
    }
    return bool(between) and not any(
        word.key.startswith(name) or are_one_name(word.key, name) for name in between
    )
