"""Values to store, with every field in use."""

from bot.briefing.documents import Document, Passage, Span
from bot.briefing.lines import (
    Answer,
    Briefing,
    Caution,
    Change,
    Commitment,
    Difference,
    EarlierLine,
    EarlierReply,
    Event,
    Figure,
    Line,
    Quote,
    Reason,
    Receipt,
    Rewritten,
    Since,
    Unknown,
    Unread,
    Withheld,
)
from bot.briefing.requests import AttachedFile, LinkedMessage, PastedText, WebPage, Wishes
from bot.service.ports import Mention


def mention(ts: str = "1.0", *, thread: str = "1.0", **fields: object) -> Mention:
    stated: dict[str, object] = {
        "key": f"msg:T1:C1:{ts}", "team": "T1", "channel": "C1", "thread": thread,
        "message": ts, "person": "U1", "intent": "brief",
    }  # fmt: skip
    return Mention(**(stated | fields))  # type: ignore[arg-type] # fields are named by the tests


def document(label: str, text: str = "Snow fell. “Cold,” said Ann — 🙂.") -> Document:
    return Document(
        label=label, text=text, sentences=(Span(0, 10), Span(11, len(text))),
        paragraphs=(Span(0, len(text)),), quotations=(Span(12, 17),), numbering=1,
        language="en", pages=(Span(0, len(text)),), title="Snow", outlet="Daily", author="Ann",
        published="2026-01-02", published_basis="stated", url="https://example.org/snow",
        verdict="article", has_fragments=True,
    )  # fmt: skip


FULL_MENTION = mention(
    text="brief these",
    sources=(
        WebPage("https://example.org/snow"),
        PastedText("Snow fell.", url="https://slack.test/p1"),
        AttachedFile("a.txt", "https://slack.test/a.txt", 12),
        LinkedMessage("https://slack.test/p2", "C1", "2.0"),
    ),
    wishes=Wishes("fr", "short", "briefing", "board", "money", "please"),
    question="Who?", addressed=False, direct=True, permalink="https://slack.test/p3",
    response_url="https://slack.test/r",
)  # fmt: skip

UNREAD = (Unread("https://example.org/x", "network", "It did not answer."),)


def evidence(source: Document) -> tuple[Passage, ...]:
    return (source.passage(1),)


EARLIER = EarlierReply("msg:T1:C1:0.5", "0.5", "2026-01-01", "Rain")


def earlier(source: Document, reply: EarlierReply = EARLIER) -> EarlierLine:
    shown = evidence(source)
    return EarlierLine("Rain fell.", shown, reply, "Daily", "2026-01-01", "en", True)


def line(source: Document, text: str = "Snow fell.") -> Line:
    return Line(text, "event", None, evidence(source))


def answer(source: Document, **fields: object) -> Answer:
    stated: dict[str, object] = {
        "documents": (source,), "question": "What fell?", "receipt": Receipt("extractive", "1"),
        "lines": (line(source), line(source, "It was cold.")), "unread": UNREAD,
    }  # fmt: skip
    return Answer(**(stated | fields))  # type: ignore[arg-type] # fields are named by the tests


def briefing(*documents: Document) -> Briefing:
    source = documents[0]
    shown = evidence(source)
    return Briefing(
        documents=documents, words_read=tuple(d.words for d in documents),
        receipt=Receipt("openai", "1", "some-model", "abc", 7, 5, 6, 1, 10, 20, True, 0.5, 1.25),
        headline=line(source), bottom_line=line(source), key_points=(line(source),),
        quotes=(Quote("Cold,", "attributed", "Ann", shown, "reporter", "Froid,"),),
        commitments=(
            Commitment("Ann stays.", "event", None, shown, "Ann", "stays", None, "if", "agreed"),
        ),
        timeline=(Event("Snow fell.", "event", None, shown, "Monday", "2026-01-05", "stated"),),
        figures=(Figure("Two.", "outlet", None, shown, "2", "cm"),),
        differences=(Difference("snow", (line(source), line(source))),),
        cautions=(
            Caution("Denied.", shown, kind="denial"),
            Caution("Ann alone says so.", shown, kind="single_source", is_drafted=True, judge="j"),
        ),
        unknowns=(Unknown("place", "Where it fell."),),
        withheld=(Withheld("figures", "Ten.", (Reason("numbers", "10 is not there."),), ("A1",)),),
        unread=UNREAD, notes=("A note.",), language="en",
    )  # fmt: skip


def since(source: Document) -> Since:
    """What `EARLIER` said of the same."""
    return Since(
        (EARLIER,),
        (Change("Snow fell.", "event", None, evidence(source), kind="changed", before="Rain",
                after="Snow", then=(earlier(source),)),),
        (Rewritten("A", "2026-01-01"),),
    )  # fmt: skip
