"""When can an earlier briefing be used again?

If the same sources were read for the same wishes by the same model with the same prompt. What only
some people may read (pasted text, files, pages of a private network) is never reused in another
channel.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass, replace

from bot.briefing.documents import Document
from bot.briefing.lines import Briefing
from bot.briefing.requests import Wishes


@dataclass(frozen=True)
class Maker:
    """Who makes a briefing: ``version`` is Readout's own, ``prompt`` that of the prompt file."""

    version: str
    model: str
    prompt: str
    judge: str | None


@dataclass(frozen=True)
class Place:
    """Where it is asked for."""

    team: str
    channel: str


def made_from(documents: Sequence[Document], wishes: Wishes, maker: Maker, place: Place) -> str:
    """The name of all that a briefing depends on: equal where it may be had again. The address of
    what is not public is that of the message it stood in, and says nothing about it."""
    is_public = all(document.is_public for document in documents)
    where = (place.team,) if is_public else (place.team, place.channel)
    read = [
        (d.label, d.text, d.title, d.outlet, d.author, d.published, _named(d)) for d in documents
    ]
    depends = json.dumps([where, astuple(maker), asdict(wishes), read])
    return hashlib.sha256(depends.encode("utf-8", "surrogatepass")).hexdigest()


def _named(document: Document) -> str | None:
    """The address that the briefing shows, where it says something about the source."""
    return document.url if document.is_public else document.pasted_for


def may_be_had_again(briefing: Briefing, maker: Maker) -> bool:
    """Whether nothing went wrong that may go right the next time."""
    is_all_read = all(
        document.words == words
        for document, words in zip(briefing.documents, briefing.words_read, strict=True)
    )
    is_by_maker = briefing.receipt.model == maker.model
    return is_by_maker and is_all_read and not briefing.unread


def had_again(briefing: Briefing, note: str) -> Briefing:
    """``briefing`` for another asker, who is told by ``note``; nothing was used for it."""
    receipt = replace(briefing.receipt, tokens_in=0, tokens_out=0, cost_usd=None, seconds=0.0)
    notes = (note, *briefing.notes)
    return replace(briefing, receipt=receipt, notes=notes, remake=None)
