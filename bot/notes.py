"""The plain sentences beside a briefing: who wrote what, what was not read, what was not done."""

from collections.abc import Iterable, Iterator, Sequence

from bot.briefing.composition import Composition
from bot.briefing.documents import Document
from bot.briefing.likeness import alike
from bot.briefing.lines import Reason
from bot.briefing.passages import Excerpt
from bot.briefing.requests import Wishes
from bot.briefing.tasks import Opinion
from bot.errors import ModelFailure
from bot.writers import Judge, Writer


def briefing_notes(
    composition: Composition, writer: Writer, failure: ModelFailure | None
) -> tuple[str, ...]:
    """What the asker must know about how a briefing came about."""
    by_source = composition.written == 0 or writer.engine == "extractive"
    notes = [failure.message] if failure else []
    if by_source:
        notes.append(EXTRACTED)
        notes += _not_done(composition.wishes, composition)
    else:
        notes += _mixed(composition)
    documents = composition.documents
    return (
        *notes,
        *_partly_read(composition.excerpts),
        *page_notes(documents),
        *_alike(documents),
    )


def answer_notes(excerpts: Sequence[Excerpt], failure: ModelFailure | None) -> tuple[str, ...]:
    """What the asker must know about how an answer came about."""
    documents = [excerpt.document for excerpt in excerpts]
    failed = [failure.message] if failure else []
    return (*failed, *_partly_read(excerpts), *page_notes(documents))


UNSUPPORTED = Reason("second_opinion", "A second model finds it unsupported by its passages.")


def not_repaired(failure: ModelFailure | None) -> tuple[str, ...]:
    """That the failed lines could not be sent back, where they could not."""
    return (f"Failed lines were not written anew: {failure.message}",) if failure else ()


def no_opinion(failure: ModelFailure) -> str:
    """That the second opinion is missing."""
    return f"There is no second opinion: {failure.message}"


def opinion_note(judge: Judge, opinion: Opinion) -> str:
    """Who gave the second opinion, and what it did."""
    return f"Second opinion by {judge.model}: {len(opinion.unsupported)} withheld."


EXTRACTED = "Extracted, no model: every line is a sentence of the source."


def _partly_read(excerpts: Sequence[Excerpt]) -> Iterator[str]:
    """For each document that did not fit, how much of it was read."""
    for excerpt in excerpts:
        if not excerpt.is_whole:
            document, numbers = excerpt.document, excerpt.numbers
            is_start = not numbers or numbers[-1] == len(numbers)
            yield (
                f"Of source {document.label} {'the first ' if is_start else ''}{excerpt.words:,} "
                f"of {document.words:,} words were read: "
                f"{'the rest did not fit' if is_start else 'the model failed on the rest'}."
            )


def page_notes(documents: Iterable[Document]) -> Iterator[str]:
    """For each page that is not the whole article, what it is."""
    for document in documents:
        if document.verdict == "teaser":
            yield (
                f"Of source {document.label} only the free part was read ({document.words:,} "
                "words): the rest is for people who pay. Paste the text to have all of it briefed."
            )
        elif document.verdict == "live":
            yield f"Source {document.label} is a live page: it may say something else by now."
        if document.has_more:
            yield f"Of source {document.label} only the first page was read: it goes on."


def _alike(documents: Iterable[Document]) -> Iterator[str]:
    """For each pair of sources that are one article, that they are one witness."""
    for pair in alike(documents):
        yield f"Sources {pair.first} and {pair.second} carry the same article."


def _mixed(composition: Composition) -> Iterator[str]:
    if composition.filled:
        yield (
            f"The model wrote {composition.written} of these lines; {composition.filled} are "
            "sentences of the source, put in by code where the model’s did not stand."
        )


def _not_done(wishes: Wishes, composition: Composition) -> Iterator[str]:
    """What was wished for and takes a model."""
    languages = {document.language for document in composition.documents}
    if wishes.language and languages != {wishes.language}:
        yield "Without a model Readout can’t translate: the lines are in the source’s language."
    if wishes.audience or wishes.angle or wishes.note:
        yield "Without a model Readout can’t write for a reader or an angle."
