"""How a briefing came about, in one line: who wrote it, what was checked, and what it took."""

from collections.abc import Iterable, Sequence

from bot.briefing.catalogue import Catalogue
from bot.briefing.documents import Document
from bot.briefing.lines import Receipt
from bot.briefing.source_line import tells_size


def receipt_line(receipt: Receipt, documents: Sequence[Document], words: Catalogue) -> str:
    """The receipt in one line, in the language of ``words``; how many words were read is left out
    where the lines of the sources say how many there are."""
    if receipt.model and not receipt.lines:
        parts = [words.read_by.format(model=receipt.model)]
    else:
        parts = [words.engines[receipt.engine], *filter(None, (receipt.model,))]
    by_hand = ((words.by_hand, receipt.edited), (words.unverified, receipt.unverified))
    parts += _counts(((words.checked, receipt.lines), *by_hand), words)
    if receipt.judge:
        parts.append(words.judged_by.format(model=receipt.judge))
    left = ((words.unjudged, receipt.unjudged), (words.withheld, receipt.withheld))
    parts += _counts(left, words)
    written = sum(each.words for each in documents)
    if receipt.words_read < written or not all(map(tells_size, documents)):
        parts.append(_words_read(receipt.words_read, written, words))
    if receipt.cost_usd is not None:
        cost = f"${receipt.cost_usd:.4f}"
        parts.append(words.estimated.format(cost=cost) if receipt.tokens_estimated else cost)
    return " · ".join(parts)


def effort_line(receipt: Receipt, words: Catalogue) -> str:
    """The tokens, if a model was asked, and the seconds, for whoever runs it."""
    parts = []
    if tokens := receipt.tokens_in + receipt.tokens_out:
        sentence = words.about_tokens if receipt.tokens_estimated else words.tokens
        parts.append(words.counted(sentence, tokens))
    parts.append(words.seconds.format(seconds=words.number(receipt.seconds, places=1)))
    return " · ".join(parts)


def _counts(counts: Iterable[tuple[str, int]], words: Catalogue) -> list[str]:
    """The sentences with their counts, where there is something to count."""
    return [words.counted(sentence, count) for sentence, count in counts if count]


def _words_read(read: int, written: int, words: Catalogue) -> str:
    if read >= written:
        return words.counted(words.words, read)
    return words.counted(words.words_of, written, read=words.number(read))
