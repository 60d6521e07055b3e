"""Scripts a model on localhost with good answers about the articles of the benchmarks."""

from benchmarks.article import article, draft
from bot.briefing.numbering import numbered
from tests.model_server import ModelServer, Says

_CHARACTERS_AT_A_TIME = 60


def add_answer(
    model: ModelServer, words: int, number: int, lines: int, *, pause: float = 0.0
) -> None:
    """Let ``model`` answer a request about that article with a valid draft of ``lines`` lines, with
    a pause of ``pause`` seconds after every sixty characters."""
    known = article(words, number)
    says = draft(numbered("A", known.text), known.facts, lines).model_dump_json()
    # The end of the headline, as in the JSON of a request.
    model.play(Says(says, _CHARACTERS_AT_A_TIME, pause), about=rf"part {number}\n")
