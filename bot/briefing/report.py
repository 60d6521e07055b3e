"""The JSON that other programs read: one object for a briefing, an answer, a document, a failure.

`schema` is 2 and grows only with an incompatible change; keys may be added. A statement has both
`text` and `evidence`, and its evidence is never empty.
"""

from dataclasses import asdict
from typing import Any

from bot.briefing.documents import Document
from bot.briefing.harmless import harmless
from bot.briefing.lines import Answer, Briefing, Caution, Difference, Line, Withheld

SCHEMA = 2
_NEVER_TOLD = ("doubts", "edited")

Report = dict[str, Any]


def briefing_json(briefing: Briefing) -> Report:
    """A briefing, every key present; an empty section is a list, an unknown value null."""
    documents = zip(briefing.documents, briefing.words_read, strict=True)
    return {
        "schema": SCHEMA,
        "kind": "briefing",
        "documents": [_document(document, words_read) for document, words_read in documents],
        "headline": briefing.headline and _statement(briefing.headline),
        "bottom_line": briefing.bottom_line and _statement(briefing.bottom_line),
        "key_points": [_statement(line) for line in briefing.key_points],
        "quotes": [_statement(quote) for quote in briefing.quotes],
        "commitments": [_statement(commitment) for commitment in briefing.commitments],
        "timeline": [_statement(event) for event in briefing.timeline],
        "figures": [_statement(figure) for figure in briefing.figures],
        "differences": [_difference(each) for each in briefing.differences],
        "cautions": [_caution(caution) for caution in briefing.cautions],
        "unknowns": [asdict(unknown) for unknown in briefing.unknowns],
        "withheld": [_withheld(line) for line in briefing.withheld],
        "unread": [asdict(unread) for unread in briefing.unread],
        "notes": list(briefing.notes),
        "receipt": asdict(briefing.receipt),
    }


def answer_json(answer: Answer) -> Report:
    """An answer; no lines where the sources do not say, or (``answered`` is null) where no model
    has read them."""
    return {
        "schema": SCHEMA,
        "kind": "answer",
        "documents": [_document(document, document.words) for document in answer.documents],
        "question": answer.question,
        "answered": answer.answered,
        "lines": [_statement(line) for line in answer.lines],
        "nearest": [_statement(line) for line in answer.nearest],
        "withheld": [_withheld(line) for line in answer.withheld],
        "unread": [asdict(unread) for unread in answer.unread],
        "notes": list(answer.notes),
        "receipt": asdict(answer.receipt),
    }


def document_json(document: Document, notes: tuple[str, ...] = ()) -> Report:
    """A document as it was read."""
    whole = _document(document, document.words)
    return {"schema": SCHEMA, "kind": "document", "document": whole, "notes": list(notes)}


def failure_json(kind: str, message: str, verdict: str | None, source: str | None) -> Report:
    """A failure: what kind, and a sentence for the asker."""
    error = {"kind": kind, "verdict": verdict, "source": source, "message": message}
    return {"schema": SCHEMA, "kind": "failure", "error": error}


def _document(document: Document, words_read: int) -> Report:
    return {
        "label": document.label,
        "title": document.title,
        "outlet": document.outlet,
        "author": document.author,
        "published": document.published,
        "published_basis": document.published_basis,
        "url": document.url,
        "canonical": document.key,
        "language": document.language,
        "verdict": document.verdict,
        "words": document.words,
        "words_read": words_read,
        "numbering": document.numbering,
        "text": document.text,
    }


def _statement(line: Line) -> Report:
    """A line that is shown has no doubts left. Who wrote it is told only of one that somebody
    edited."""
    told = {name: value for name, value in asdict(line).items() if name not in _NEVER_TOLD}
    return {**told, **_edited(line)}


def _edited(line: Line) -> Report:
    if line.edited is None:
        return {}
    return {"edited_by": harmless(line.edited.by), "verified": line.is_verified}


def _difference(difference: Difference) -> Report:
    return {
        "about": difference.about,
        "sides": [_statement(side) for side in difference.sides],
    }


def _caution(caution: Caution) -> Report:
    evidence = [asdict(passage) for passage in caution.evidence]
    return {
        "kind": caution.kind,
        "text": caution.text,
        "evidence": evidence,
        **_edited(caution),
    }


def _withheld(line: Withheld) -> Report:
    """Words that failed, with the addresses and mentions in them made harmless."""
    return {
        "section": line.section,
        "text": harmless(line.text),
        "reasons": [
            {"check": reason.check, "grade": reason.grade, "message": harmless(reason.message)}
            for reason in line.reasons
        ],
        "references": [harmless(reference) for reference in line.references],
    }
