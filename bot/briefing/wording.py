"""How one line reads: whose words it has, how many sources support it, how it was verified."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from bot.briefing.catalogue import Catalogue
from bot.briefing.dates import published_day
from bot.briefing.documents import Document
from bot.briefing.lines import (
    EXTRACTIVE,
    Answer,
    Briefing,
    Caution,
    Change,
    CheckName,
    Commitment,
    Event,
    Figure,
    Line,
    Quote,
    Reason,
    Receipt,
    RelativeDay,
)
from bot.briefing.normalisation import normalised, quotations
from bot.briefing.numbering import paragraphs
from bot.briefing.text import UNSPACED_CHARACTER, defang
from bot.briefing.verification import Inspector

_SCHEME = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)


@dataclass(frozen=True)
class SourceLine:
    """The line about a source, and its address, if it has one."""

    text: str
    url: str | None


def source_lines(
    documents: Sequence[Document], fixed: Catalogue, *, has_title: bool
) -> tuple[SourceLine, ...]:
    """A line for each of ``documents``. Of several, each has its label and title; a single one has
    its title, unless a title stands above it (``has_title``)."""
    if len(documents) == 1:
        return (_line(documents[0], fixed, None if has_title else documents[0].title),)
    return tuple(_line(each, fixed, each.label, each.title) for each in documents)


def short_name(source: str) -> str:
    """The short name of a source: its address without scheme and "www."."""
    return _SCHEME.sub("", source).rstrip("/")


def _tells_size(document: Document) -> bool:
    """Whether its line says how many words it has; that of a page says where it is from."""
    return not (document.has_fragments or document.outlet)


def _line(document: Document, fixed: Catalogue, *names: str | None) -> SourceLine:
    day = published_day(document)
    parts = (*names, _origin(document, fixed), fixed.date(day.isoformat()) if day else None)
    return SourceLine(" · ".join(part for part in parts if part), document.url)


def _origin(document: Document, fixed: Catalogue) -> str | None:
    if not _tells_size(document):
        return document.outlet or urlsplit(document.url or "").hostname
    size = fixed.pluralise(fixed.words, document.words)
    if document.pasted_for:
        pasted = f"{fixed.pasted[:1].lower()}{fixed.pasted[1:]}"
        return f"{short_name(document.pasted_for)} ({pasted}, {size})"
    return f"{document.file or fixed.pasted}, {size}"


def line_remarks(line: Line, fixed: Catalogue) -> str:
    """The remarks behind ``line`` ("in 2 of 3 sources"); empty if there are none."""
    remarks: list[str] = []
    if line.support and line.support.witnesses > 1:
        count = fixed.number(line.support.witnesses)
        remarks.append(fixed.pluralise(fixed.supported, line.support.of, witnesses=count))
    if line.support and line.support.is_disputed:
        remarks.append(fixed.disputed)
    if line.told:
        remarks.append(fixed.told_on.format(date=fixed.day(line.told)))
    return "; ".join(filter(None, (*remarks, _corrected(line, fixed))))


def _corrected(line: Line, fixed: Catalogue) -> str:
    """When ``line`` was found to be wrong; empty if it wasn't."""
    if line.corrected is None:
        return ""
    return fixed.errata["line"].format(date=fixed.day(line.corrected))


def _source_names(side: Line, documents: Sequence[Document], fixed: Catalogue) -> str:
    """The sources of ``side``, with their dates ("A · Velm Courier · 14 May 2031, B"): a later
    figure may be news and not a contradiction."""
    labels = {passage.document for passage in side.evidence}
    sources = (
        (each.label, each.outlet, each.published and fixed.date(each.published))
        for each in documents
        if each.label in labels
    )
    return ", ".join(" · ".join(part for part in each if part) for each in sources)


# The source's own wording is in quotation marks; a line that somebody says names who; the outlet's
# judgement is marked as the outlet's words. Slack, Markdown and Word all show a line in these words
# and styles, and put the references behind it.

_SAYS_WHO = 4
"""In letters: shorter words of a speaker's name may stand anywhere ("of", "the")."""

Style = Literal["plain", "bold", "italic"]


@dataclass(frozen=True)
class Words:
    """A run of words in one style."""

    text: str
    style: Style = "plain"


Wording = tuple[Words, ...]

# A date stands behind the part of a day ("Tuesday night"); "Tuesday's" and "Tuesday (13 May)" get
# none.
_GOES_ON = re.compile(
    r"(?:[ ](?:morning|afternoon|evening|night|matin|après-midi|soir|früh|mittag|abend|nacht)\b)?+"
    r"(?![-'’]\w|\s*[(（])",
    re.IGNORECASE,
)


def statement(line: Line, fixed: Catalogue) -> Wording:
    """A line with its voice and remarks."""
    return (Words(_text(line, fixed)), *_behind(line, fixed, line_remarks(line, fixed)))


def side(line: Line, documents: Sequence[Document], fixed: Catalogue) -> Wording:
    """A side of a difference, after the sources that say it."""
    names = Words(f"{_source_names(line, documents, fixed)}: ", "bold")
    return (names, Words(_text(line, fixed)), *_behind(line, fixed, _corrected(line, fixed)))


def headline(line: Line, fixed: Catalogue) -> Wording:
    """A line in bold with its voice, without quotation marks."""
    aside = (_voice(line, fixed), _corrected(line, fixed), edit_remark(line, fixed))
    return (Words(line.text, "bold"), *_aside(*aside))


def quote(line: Quote, fixed: Catalogue) -> Wording:
    """A quotation with its speaker and role, and a translation marked as ours."""
    speaker = ", ".join(part for part in (line.speaker, line.role) if part)
    shown = [Words(fixed.quote(line.text))]
    if line.translation:
        ours = fixed.our_translation.format(words=line.translation)
        shown.append(Words(f" ({ours})", "italic"))
    if speaker:
        shown.append(Words(f" — {speaker}"))
    return (*shown, *_aside(line_remarks(line, fixed)))


def commitment(line: Commitment, fixed: Catalogue) -> Wording:
    """Who → what · by when · on which condition (status); if edited, a statement."""
    if line.is_edited:
        return statement(line, fixed)
    action = with_dates(" · ".join([line.action, *line.terms]), line.days, fixed)
    voice = _voice(line, fixed, f"{line.actor} {line.action}")
    return (
        Words(line.actor, "bold"),
        Words(f" → {action}"),
        *_aside(fixed.statuses[line.status], voice, line_remarks(line, fixed)),
    )


def event(line: Event, fixed: Catalogue) -> Wording:
    """When, in the source's words, with the date if it was worked out, and what happened."""
    is_worked_out = line.date is not None and line.date_basis != "stated"
    date = f" ({fixed.date(line.date)})" if line.date and is_worked_out else ""
    return (Words(line.when, "bold"), Words(f"{date}: "), *statement(line, fixed))


def figure(line: Figure, fixed: Catalogue) -> Wording:
    """The figure as written, and what it counts."""
    unit = "" if not line.unit or line.unit in line.figure else f" {line.unit}"
    return (Words(f"{line.figure}{unit}", "bold"), Words(": "), *statement(line, fixed))


def change(line: Change, fixed: Catalogue) -> Wording:
    """The kind of change, what was and what is, and the sentence that says so."""
    values = f"{line.before} → {line.after}. " if line.before and line.after else ""
    sentence = (Words(_text(line, fixed)), *_behind(line, fixed))
    return (Words(f"{fixed.changes[line.kind]}: {values}", "bold"), *sentence)


def _caution(note: Caution, fixed: Catalogue) -> Wording:
    """A caution; before a sentence of the source stands its kind."""
    if note.text != note.evidence[0].text:
        return (Words(note.text), *_aside(_corrected(note, fixed), edit_remark(note, fixed)))
    kind = Words(f"{fixed.kinds[note.kind]}: ", "bold")
    return (kind, Words(fixed.quote(note.text)), *_aside(_corrected(note, fixed)))


def line_wording(line: Line, fixed: Catalogue) -> Wording:
    """``line`` as its section shows it."""
    match line:
        case Caution():
            return _caution(line, fixed)
        case Quote():
            return quote(line, fixed)
        case Commitment():
            return commitment(line, fixed)
        case Event():
            return event(line, fixed)
        case Figure():
            return figure(line, fixed)
    return statement(line, fixed)


def direction_text(line: Line) -> str:
    """The text whose first letter decides the direction of the whole line."""
    return (line.translation if isinstance(line, Quote) else None) or line.text


def with_dates(text: str, days: Sequence[RelativeDay], fixed: Catalogue) -> str:
    """``text`` with the date behind the first mention of each of its ``days``: "on Tuesday (13
    May)". Nothing is added between quotation marks."""
    quoted = quotations(text, paragraphs(text))
    added: dict[int, str] = {}
    for day in days:
        for span in normalised(text).find(day.words):
            end = _GOES_ON.match(text, span.end)
            if end and not any(each.start <= span.start < each.end for each in quoted):
                added[end.end()] = _bracketed(fixed.day(day.date), text[end.end() - 1])
                break
    for place in sorted(added, reverse=True):
        text = f"{text[:place]}{added[place]}{text[place:]}"
    return text


def _bracketed(date: str, before: str) -> str:
    return f"（{date}）" if UNSPACED_CHARACTER.match(before) else f" ({date})"


def _text(line: Line, fixed: Catalogue) -> str:
    if line.is_source_wording:
        return fixed.quote(line.text)
    return with_dates(line.text, line.days, fixed)


def _behind(line: Line, fixed: Catalogue, *remarks: str) -> Wording:
    """What stands behind a line: its voice, dates in the source's words, and ``remarks``."""
    days = line.days if line.is_source_wording else ()
    dates = (f"{day.words}: {fixed.day(day.date)}" for day in days)
    return _aside(_voice(line, fixed), *dates, *remarks, edit_remark(line, fixed))


def edit_remark(line: Line, fixed: Catalogue) -> str:
    """Who rewrote ``line``, and whether it was verified; empty if nobody did."""
    if line.edited is None:
        return ""
    is_open = line.judge is None and line.needs_judgement
    how = [fixed.not_judged] if is_open else []
    how = how if line.is_verified else [fixed.not_verified]
    return " · ".join((*how, fixed.edited_by.format(name=line.edited.by)))


def _voice(line: Line, fixed: Catalogue, shown: str | None = None) -> str:
    """Whose words ``line`` has, unless the words ``shown`` say so themselves."""
    text = line.text if shown is None else shown
    if line.voice == "outlet" and line.is_source_wording:
        return fixed.outlet
    if line.voice == "attributed" and line.speaker and not names_speaker(text, line.speaker):
        return fixed.says.format(speaker=line.speaker)
    return ""


def names_speaker(text: str, speaker: str) -> bool:
    """Whether ``text`` names ``speaker``, perhaps by one word alone ("Lind", "experts", "CDC")."""
    words = re.findall(r"\w+", speaker)
    long = (word for word in words if len(word) >= _SAYS_WHO)
    short = (word for word in words if len(word) == _SAYS_WHO - 1 and word.isupper())
    is_there = any(word.casefold() in text.casefold() for word in (speaker, *long))
    return is_there or any(re.search(rf"\b{word}\b", text) for word in short)


def _aside(*remarks: str) -> Wording:
    known = [each for each in remarks if each]
    return (Words(f" ({'; '.join(known)})", "italic"),) if known else ()


# How a line was verified: which parts were compared, and which model judged it. In the few words
# that fit next to a line, or once if it is the same for all.

_OF_JUDGES: tuple[CheckName, ...] = ("judge", "second_opinion")


def verification_texts(
    outcome: Briefing | Answer, lines: Sequence[Line], fixed: Catalogue
) -> tuple[list[str], list[str]]:
    """How all ``lines`` of a reply were verified, as sentences, and how each was besides."""
    inspector = Inspector(outcome.documents, outcome.language)
    proved = [_proved(line, inspector, fixed) for line in lines]
    at_the_top: list[str] = []
    if len(lines) > 1 and len(set(proved)) == 1 and proved[0]:
        at_the_top.append(fixed.every_line.format(how=proved[0]))
        proved = [""] * len(lines)
    judges = _judges(outcome, lines)
    if len(judges) == 1:
        (judge,) = judges
        how = fixed.judged_by.format(model=judge) if judge else fixed.not_judged
        at_the_top.append(fixed.own_lines.format(how=how))
    judged = [_judged(line, fixed) if len(judges) > 1 else "" for line in lines]
    each = ("; ".join(filter(None, pair)) for pair in zip(proved, judged, strict=True))
    return at_the_top, list(each)


def is_unjudged(line: Line, receipt: Receipt) -> bool:
    """Whether ``line`` was not judged, though other lines were."""
    is_open = line.needs_judgement and line.judge is None and not line.is_edited
    return receipt.is_by_model and bool(receipt.judged) and is_open


def describe_reasons(reasons: Sequence[Reason], fixed: Catalogue) -> str:
    """The ``reasons`` against a line: proofs of checks, the judge's words, and undecided doubts."""
    by_checks = [each for each in reasons if each.check not in _OF_JUDGES]
    proofs = [each for each in by_checks if each.grade != "doubt"]
    doubts = [each for each in by_checks if each.grade == "doubt"]
    quoted = (fixed.quote(defang(each.message)) for each in reasons if each.check in _OF_JUDGES)
    lines = [fixed.refused_by_check.format(why=_named(proofs, fixed))] if proofs else []
    lines += [fixed.refused_by_judge.format(why=each) for each in quoted]
    lines += [fixed.in_doubt.format(why=_named(doubts, fixed))] if doubts else []
    return "\n".join(lines)


def _proved(line: Line, inspector: Inspector, fixed: Catalogue) -> str:
    if not line.is_verified:
        return ""
    if line.is_source_wording:
        return fixed.word_for_word
    names = [fixed.checks.get(check, check) for check in inspector.compared_values(line)]
    return fixed.compared.format(checks=fixed.join_list(names)) if names else ""


def _judges(outcome: Briefing | Answer, lines: Sequence[Line]) -> set[str | None]:
    """The judges of the lines that a model wrote, with None for a line that was not judged; empty
    for a reply of an early version, which doesn't say."""
    receipt = outcome.receipt
    if not receipt.is_by_model or not (receipt.judged or receipt.unjudged):
        return set()
    return {line.judge for line in lines if line.needs_judgement and not line.is_edited}


def _judged(line: Line, fixed: Catalogue) -> str:
    """The judge of ``line``; empty if it needed none."""
    if not line.needs_judgement or (line.is_edited and line.judge is None):
        return ""
    return fixed.judged_by.format(model=line.judge) if line.judge else fixed.not_judged


def _named(reasons: Sequence[Reason], fixed: Catalogue) -> str:
    """The reasons, which are in English; in other languages only the names of the checks."""
    if fixed.checks:
        return ", ".join(dict.fromkeys(fixed.checks[each.check] for each in reasons))
    return " ".join(defang(each.message) for each in reasons)


def receipt_line(receipt: Receipt, documents: Sequence[Document], words: Catalogue) -> str:
    """The receipt in one line, in the language of ``words``. The number of words read is left out
    if the lines of the sources say it."""
    if receipt.model and not receipt.lines:
        parts = [words.read_by.format(model=receipt.model)]
    else:
        parts = [
            words.engines["model" if receipt.is_by_model else EXTRACTIVE],
            *filter(None, (receipt.model,)),
        ]
    by_hand = ((words.by_hand, receipt.edited), (words.unverified, receipt.unverified))
    parts += _counts(((words.checked, receipt.lines), *by_hand), words)
    if receipt.judge:
        parts.append(words.judged_by.format(model=receipt.judge))
    left = ((words.unjudged, receipt.unjudged), (words.withheld, receipt.withheld))
    parts += _counts(left, words)
    written = sum(each.words for each in documents)
    if receipt.words_read < written or not all(map(_tells_size, documents)):
        parts.append(_words_read(receipt.words_read, written, words))
    if receipt.cost_usd is not None:
        cost = f"${receipt.cost_usd:.4f}"
        parts.append(words.estimated.format(cost=cost) if receipt.tokens_estimated else cost)
    return " · ".join(parts)


def effort_line(receipt: Receipt, words: Catalogue) -> str:
    """The tokens, if a model was asked, and the seconds."""
    parts = []
    if tokens := receipt.tokens_in + receipt.tokens_out:
        sentence = words.about_tokens if receipt.tokens_estimated else words.tokens
        parts.append(words.pluralise(sentence, tokens))
    parts.append(words.seconds.format(seconds=words.number(receipt.seconds, places=1)))
    return " · ".join(parts)


def _counts(counts: Iterable[tuple[str, int]], words: Catalogue) -> list[str]:
    return [words.pluralise(sentence, count) for sentence, count in counts if count]


def _words_read(read: int, written: int, words: Catalogue) -> str:
    if read >= written:
        return words.pluralise(words.words, read)
    return words.pluralise(words.words_of, written, read=words.number(read))
