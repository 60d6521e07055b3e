"""The notes under a reply: who wrote what, what was not read, what was not done."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.briefing.catalogue import ENGLISH, Catalogue, catalogue
from bot.briefing.composition import PARTS, Composition
from bot.briefing.documents import Document, Excerpt
from bot.briefing.lines import EXTRACTIVE, Unread
from bot.briefing.machine_speech import unfit_reason
from bot.briefing.requests import DIFFERENCES_FIRST, Wishes
from bot.service.errors import ModelFailure, NotRecorded, QuotaUsedUp
from bot.service.ports import Writer


def briefing_notes(
    composition: Composition, writer: Writer, failure: ModelFailure | None
) -> tuple[str, ...]:
    """What the asker must know about how a briefing came about, in its language."""
    words = catalogue(composition.language)
    by_source = composition.written == 0 or writer.engine == EXTRACTIVE
    notes = [_why(failure, words)] if failure else []
    if by_source:
        notes.append(words.nothing_to_quote if _shows_nothing(composition) else words.extracted)
        notes += _not_done(composition.wishes, composition, words)
    else:
        notes += [*_mixed(composition, words), *_translated(composition, words)]
        notes += _house_spellings(composition, words)
    return (
        *notes,
        *_partly_read(composition.excerpts, words),
        *page_notes(composition.documents, words),
    )


def _shows_nothing(composition: Composition) -> bool:
    """Whether the briefing has no line although its sources have something to say."""
    return not any(composition.lines(part) for part in PARTS) and any(
        unfit_reason(document, number) is None
        for document in composition.documents
        for number in document.numbers
    )


def _house_spellings(composition: Composition, words: Catalogue) -> Iterator[str]:
    """Says which names are spelt as in the house style, and not as in the source."""
    lines = composition.lines_in_own_words()
    changed = [
        ours
        for theirs, ours in composition.wishes.house.spellings
        for line in lines
        if ours in line.text and any(theirs in passage.text for passage in line.evidence)
    ]
    if changed:
        yield words.house.format(words=words.join_list(list(dict.fromkeys(changed))))


def answer_notes(
    composition: Composition, excerpts: Sequence[Excerpt], failure: ModelFailure | None
) -> tuple[str, ...]:
    """What the asker must know about how an answer came about, in its language."""
    words = catalogue(composition.language)
    documents = [excerpt.document for excerpt in excerpts]
    failed = [_why(failure, words)] if failure else []
    failed += _house_spellings(composition, words)
    return (*failed, *_partly_read(excerpts, words), *page_notes(documents, words))


def unread_notes(unread: Sequence[Unread], language: str | None) -> tuple[Unread, ...]:
    """The same sources, with the reasons in ``language``."""
    words = catalogue(language)
    told = (words.why_unread(each.kind, each.message) for each in unread)
    return tuple(replace(each, message=why) for each, why in zip(unread, told, strict=True))


def not_repaired(failure: ModelFailure | None, language: str | None) -> tuple[str, ...]:
    """Says that failed lines could not be repaired, and why; nothing without a ``failure``."""
    words = catalogue(language)
    return (words.not_repaired.format(why=_why(failure, words)),) if failure else ()


def not_judged(count: int, failure: ModelFailure | None, language: str | None) -> tuple[str, ...]:
    """Says how many lines the judge should have judged and did not, and why."""
    words = catalogue(language)
    why = _why(failure, words) if failure else words.left_out
    return (words.pluralise(words.judge_failed, count, why=why),) if count else ()


def _why(failure: ModelFailure, words: Catalogue) -> str:
    """What failed: in English with the reason, in other languages only that it did. A used-up quota
    and what a recording doesn't have are no failures, and said in English everywhere."""
    in_english = not words.unread or isinstance(failure, QuotaUsedUp | NotRecorded)
    return failure.message if in_english else words.model_failed


def _partly_read(excerpts: Sequence[Excerpt], words: Catalogue) -> Iterator[str]:
    """Says for each document that was too long how much of it was read."""
    for excerpt in excerpts:
        if not excerpt.is_whole:
            document, numbers = excerpt.document, excerpt.numbers
            is_start = not numbers or numbers[-1] == len(numbers)
            sentence = words.partly_read if is_start else words.parts_failed
            read = words.number(excerpt.words)
            yield words.pluralise(sentence, document.words, label=document.label, read=read)


def page_notes(documents: Iterable[Document], words: Catalogue = ENGLISH) -> Iterator[str]:
    """Says for each page that is not the whole article what it is."""
    for document in documents:
        label = document.label
        if document.verdict == "teaser":
            yield words.pluralise(words.free_part, document.words, label=label)
        elif document.verdict == "live":
            yield words.live.format(label=label)
        if document.has_more:
            yield words.goes_on.format(label=label)


def _mixed(composition: Composition, words: Catalogue) -> Iterator[str]:
    if composition.filled:
        written, filled = words.number(composition.written), words.number(composition.filled)
        yield words.mixed.format(written=written, filled=filled)


def _translated(composition: Composition, words: Catalogue) -> Iterator[str]:
    """Says that names in unjudged lines were not compared with sources in another language."""
    if all(line.judge for line in composition.lines_in_own_words()):
        return
    own = composition.language
    others = {document.language for document in composition.documents} - {own}
    if others:
        yield words.names_not_compared


def _not_done(wishes: Wishes, composition: Composition, words: Catalogue) -> Iterator[str]:
    """Says which wishes were not met because they take a model."""
    languages = {document.language for document in composition.documents}
    if wishes.language and languages != {wishes.language}:
        yield words.cannot_translate
    if wishes.audience or wishes.angle or wishes.note not in (None, DIFFERENCES_FIRST):
        yield words.no_reader
    if wishes.style != Wishes().style:
        yield words.style_orders
