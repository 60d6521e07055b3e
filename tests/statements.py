"""Statements about a source, as the checks get them."""

from bot.briefing.checks.statement import Statement
from bot.briefing.documents import Document, Library, Span
from bot.briefing.normalisation import quotations


def document(*sentences: str, label: str = "A", language: str | None = "en") -> Document:
    """A document with a paragraph for every sentence."""
    text = "\n".join(sentences)
    ends = [sum(len(s) + 1 for s in sentences[: n + 1]) - 1 for n in range(len(sentences))]
    spans = tuple(Span(end - len(s), end) for s, end in zip(sentences, ends, strict=True))
    return Document(label, text, spans, spans, quotations(text, spans), 1, language)


def statement(
    text: str,
    source: Document,
    *numbers: int,
    language: str | None = "en",
    is_translation: bool = False,
) -> Statement:
    """``text`` with the sentences ``numbers`` of ``source`` as its passages; all if none."""
    cited = numbers or tuple(range(1, len(source.sentences) + 1))
    return Statement(
        text,
        tuple(f"{source.label}{number}" for number in cited),
        tuple(source.passage(number) for number in cited),
        Library((source,)),
        language=language,
        is_translation=is_translation,
    )


def about(text: str, passage: str, language: str | None = "en") -> Statement:
    """``text`` with a source of one sentence."""
    return statement(text, document(passage, language=language), language=language)
