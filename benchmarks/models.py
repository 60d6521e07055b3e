"""What a good model on localhost says about each article that a benchmark posts."""

from benchmarks.article import article, draft
from bot.briefing.numbering import numbered
from tests.model_server import ModelServer, Says

_CHARACTERS_AT_A_TIME = 60


def know(model: ModelServer, words: int, number: int, lines: int, *, pause: float = 0.0) -> None:
    """Have ``model`` answer a request about that article with a valid draft of ``lines`` lines,
    with ``pause`` seconds after each sixty characters of it."""
    known = article(words, number)
    says = draft(numbered("A", known.text), known.facts, lines).model_dump_json()
    # The end of its headline, as the JSON of a request has it.
    model.play(Says(says, _CHARACTERS_AT_A_TIME, pause), about=rf"part {number}\n")
