"""What a check is given: the words of a line, and the passages that should support them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.briefing.documents import Library, Passage
from bot.briefing.lexicon import has_word_lists
from bot.briefing.lines import Reason

Group = Literal["english", "listed", "unlisted", "translated"]
"""By which the checks are measured: English, other languages with and without lists of words, and
lines in another language than their passages."""


@dataclass(frozen=True, eq=False)  # known by its identity
class Statement:
    """Words to be checked against the union of ``passages``.

    ``references`` are as the writer gave them, some perhaps leading nowhere; ``passages`` are
    those that lead somewhere. ``language`` is that of ``text``. ``is_translation`` is set where
    it differs from that of the passages: then words can't be compared, figures and names can.
    ``speaker`` is who says the line, as far as its writer says so.
    ``is_detail`` is set for a speaker, a role, a deadline and the like, which is no sentence.
    """

    text: str
    references: tuple[str, ...]
    passages: tuple[Passage, ...]
    library: Library
    language: str | None = None
    is_translation: bool = False
    is_detail: bool = False
    speaker: str | None = None

    @classmethod
    def of_passages(
        cls,
        text: str,
        passages: tuple[Passage, ...],
        library: Library,
        language: str | None,
        *,
        is_detail: bool = False,
    ) -> "Statement":
        """``text`` in ``language``, None for that of the ``passages``, which it refers to."""
        languages = {library[passage.document].language for passage in passages}
        return cls(
            text,
            tuple(passage.reference for passage in passages),
            passages,
            library,
            language=language or next(iter(languages), None),
            is_translation=bool(language and languages - {language, None}),
            is_detail=is_detail,
        )

    @property
    def group(self) -> Group:
        """The group of languages that the statement is of."""
        if self.is_translation:
            return "translated"
        if self.language in (None, "en"):
            return "english"
        return "listed" if has_word_lists(self.language) else "unlisted"


Check = Callable[[Statement], list[Reason]]


def references_text(statement: Statement) -> str:
    """The sentences that it cites, as in "A4", "A4 or A7", "A4, A7 or B1"."""
    names = list(dict.fromkeys(passage.reference for passage in statement.passages))
    return " or ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
