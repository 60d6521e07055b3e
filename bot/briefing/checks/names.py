"""Does every name of a line stand in its passages, letter for letter?

A name that the passages call by its last word may be given in full where its document does so.
Words that open a sentence are names unless the document knows them without a capital. Limits:
in German, where nouns have capitals too, only acronyms and words in a row ("Antony Blinken")
are names; in a translation only those that the document itself has.
"""

from bot.briefing.checks.capitals import Capitals, Word, capitals
from bot.briefing.checks.cited import cited
from bot.briefing.checks.name_forms import are_one_name
from bot.briefing.checks.statement import Statement
from bot.briefing.lexicon import function_words
from bot.briefing.lines import Reason

# A word of the document with this beginning makes a word that opens a line an ordinary one:
# "Negotiators" where the document has "negotiations".
_BEGINNING = 5


def names(statement: Statement) -> list[Reason]:
    """One reason for every name, of one word or several in a row, that the passages lack."""
    cases = _Cases(statement)
    where = cited(statement)
    missing = (
        " ".join(word.text for word in run if cases.is_name(word, run) and not cases.stands(word))
        for run in capitals(statement.text).runs
    )
    return [
        Reason("names", f"“{name}” is not in {where}.") for name in dict.fromkeys(missing) if name
    ]


class _Cases:
    def __init__(self, statement: Statement) -> None:
        labels = {passage.document for passage in statement.passages}
        self._statement = statement
        self._documents = [capitals(statement.library[label].text) for label in labels]
        self._passages = [capitals(passage.text) for passage in statement.passages]

    def is_name(self, word: Word, run: tuple[Word, ...]) -> bool:
        """Whether ``word``, with a capital, is more than a word with a capital."""
        if len(word.text) < 2 or word.text.isdigit():
            return False
        if self._statement.is_translation:
            return any(word.key in document.names for document in self._documents)
        if word.is_acronym:
            return True
        if self._statement.language == "de":
            return len(run) > 1
        return not (word.is_opening and self._is_ordinary(word.key))

    def stands(self, word: Word) -> bool:
        """Whether the passages have the name, or the document ties it to one they have."""
        return any(
            _has(passage, word)
            or any(
                word.key in document.fuller.get(name, ())
                for document in self._documents
                for name in passage.names
            )
            for passage in self._passages
        )

    def _is_ordinary(self, key: str) -> bool:
        if key in function_words(self._statement.language):
            return True
        beginning = key[:_BEGINNING]
        return any(
            other.startswith(beginning) for document in self._documents for other in document.lower
        )


def _has(passage: Capitals, word: Word) -> bool:
    if word.is_acronym:
        return word.key in passage.names or word.key in passage.initials
    return (
        word.key in passage.keys
        or any(are_one_name(word.key, name) for name in passage.names)
        or any(word.key.startswith(short) for short in passage.abbreviations)
    )
