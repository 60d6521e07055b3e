"""A source, its briefing and answers about it, and messages as Slack sends them."""

from typing import Any

from bot.briefing.documents import Document, Span
from bot.briefing.lines import (
    Answer,
    Briefing,
    Caution,
    Commitment,
    Difference,
    Event,
    Figure,
    Line,
    Quote,
    Reason,
    Receipt,
    Unknown,
    Unread,
    Withheld,
)
from bot.service.ports import Mention
from bot.slack.payloads import Workspace

WORKSPACE = Workspace("T1", "UBOT", "https://acme.slack.test/")
LINK = "https://acme.slack.test/archives/C1/p1700000000000100"
TS = "1700000000.000100"
ROOT = "1600000000.000100"

ARTICLE = (
    "Ministers to meet again in May\n"
    "The transport ministers of Arland and Borland agreed on Monday to reopen the northern rail "
    "line by 1 June, if inspectors clear the bridge.\n"
    "“We will not pay for the bridge alone,” said Dana Oru, Arland’s transport minister.\n"
    "Borland denied that it had asked for money."
)


def event(text: str = "", **fields: Any) -> dict[str, Any]:
    """A message without blocks, in the form of the Events API."""
    base = {"type": "message", "user": "U1", "channel": "C1", "ts": TS, "text": text}
    return base | fields


def rich(*elements: dict[str, Any]) -> list[dict[str, Any]]:
    """The blocks of a message typed in one go."""
    section = {"type": "rich_text_section", "elements": list(elements)}
    return [{"type": "rich_text", "elements": [section]}]


def words(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


def mention(**fields: Any) -> Mention:
    stated: dict[str, Any] = {
        "key": f"msg:T1:C1:{TS}", "team": "T1", "channel": "C1", "thread": TS,
        "message": TS, "person": "U1", "intent": "brief",
    }  # fmt: skip
    return Mention(**(stated | fields))


def document(text: str = ARTICLE, label: str = "A", **fields: Any) -> Document:
    """A document whose sentences are its lines."""
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    stated: dict[str, Any] = {
        "label": label, "text": text, "sentences": tuple(spans), "paragraphs": tuple(spans),
        "quotations": (), "numbering": 1, "url": "https://example.org/rail",
        "has_fragments": True, "title": "Ministers to meet again in May", "outlet": "The Daily",
    }  # fmt: skip
    return Document(**(stated | fields))


def line(text: str, source: Document, number: int = 1, **fields: Any) -> Line:
    stated: dict[str, Any] = {"voice": "event", "speaker": None}
    return Line(text=text, evidence=(source.passage(number),), **(stated | fields))


def briefing(source: Document | None = None, **fields: Any) -> Briefing:
    """A briefing with every section filled."""
    source = source or document()
    first, agreed, said, denied = (source.passage(n) for n in range(1, 5))
    stated: dict[str, Any] = {
        "documents": (source,),
        "words_read": (source.words,),
        "receipt": Receipt(
            "extractive", "0.1.0", words_read=source.words, lines=9, withheld=1, seconds=0.04
        ),
        "headline": Line(first.text, "event", None, (first,)),
        "bottom_line": Line("The two agreed to reopen the line.", "event", None, (agreed,)),
        "key_points": (
            Line("Borland denied that it had asked.", "attributed", "Borland", (denied,)),
            Line("It never asked for money.", "attributed", "Borland", (denied,)),
            Line("The talks were a charade.", "outlet", None, (first, agreed)),
        ),
        "quotes": (Quote(said.text[1:37], "attributed", "Dana Oru", (said,), "minister"),),
        "commitments": (
            Commitment(
                agreed.text, "event", None, (agreed,), "Arland and Borland", "reopen the line",
                "by 1 June", "if inspectors clear the bridge", "agreed",
            ),
        ),
        "timeline": (Event("The two agreed.", "event", None, (agreed,), "on Monday"),),
        "figures": (Figure("Two ministers met.", "event", None, (agreed,), "two", "ministers"),),
        "differences": (
            Difference("who pays", (line("A pays.", source), line("B pays.", source))),
        ),
        "cautions": (Caution("Borland denies that it asked.", (denied,), kind="denial"),),
        "unknowns": (Unknown("amount", "What the bridge costs is not said."),),
        "withheld": (
            Withheld("key_points", "It costs 3 million.", (Reason("numbers", "No."),), ("A4",)),
        ),
        "unread": (Unread("https://example.org/2", "network", "It did not answer."),),
        "notes": ("Without a model Readout can’t translate.",),
    }  # fmt: skip
    return Briefing(**(stated | fields))


def answer(source: Document | None = None, **fields: Any) -> Answer:
    source = source or document()
    stated: dict[str, Any] = {
        "documents": (source,),
        "question": "Who pays?",
        "receipt": Receipt("openai", "0.1.0", "some-model", words_read=30, lines=1, seconds=1.2),
        "lines": (line("Arland will not pay alone.", source, 3),),
    }
    return Answer(**(stated | fields))
