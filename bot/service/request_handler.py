"""Reads what a mention brings, and decides what the reply to it is."""

import asyncio
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, astuple, dataclass, field, replace
from difflib import get_close_matches
from typing import get_args

from bot.briefing.catalogue import catalogue
from bot.briefing.changes import EarlierBriefing, replace_since, since_without_changes
from bot.briefing.documents import Document, label_index
from bot.briefing.edits import copy_corrections, first_version, note_earlier_edits, note_other_edits
from bot.briefing.lines import Answer, Briefing, RemadeHow, Remake
from bot.briefing.requests import (
    DIFFERENCES_FIRST,
    Length,
    LinkedMessage,
    Source,
    Wishes,
    restrict_to_public_web,
)
from bot.briefing.same_story import same_story, search_words
from bot.briefing.tasks import WritingTask
from bot.briefing.text import count_words
from bot.service import styles
from bot.service.briefing_service import BriefingService, Reading, as_unread
from bot.service.errors import SourceError
from bot.service.ports import (
    Archive,
    Conversations,
    DetachableReply,
    Mention,
    Notice,
    Outcome,
    Reply,
    ThreadMemory,
)
from bot.service.usage import ModelUsage

# What can you ask Readout to do, and what does it say to a command it doesn't know?
#
# It offers only what works in this installation: without a model, what takes one is left out.

_COMMANDS = ("help", "settings", "stop", "digest", "due", "story")
_ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_LONGEST = 60
_ASKED = """\
I turn articles into briefings where every line shows the passage behind it.
Mention me with links, pasted text or a file, for example: \
@Readout https://example.com/article {wished}"""
_ANSWERED = """\
Then ask in the thread: I answer only from the sources, or tell you if they don’t say."""
_SHOWN = """\
Then ask in the thread: I show the passages that come closest to your question."""
_MORE = """\
“stop” stops what I’m doing for you. “mute” stops me from answering in a thread unless I’m \
mentioned; “unmute” undoes that.
/brief with links or text does the same as a mention. /brief settings shows how I work in a \
channel; /brief stop stops what I’m doing for you there.
/brief story with a name shows that story as a timeline, from all its briefings in this channel.
/brief digest sets up a digest of feeds for the channel: what is new, on the days and at the time \
you choose.
Remind, under a briefing, sets a reminder for the day a commitment is due; /brief due lists what \
is due.
My Home tab has your preferences, digests, stories and earlier briefings, with search."""


def help_text(*, has_model: bool) -> str:
    """What Readout does and how to ask for it, one thing a line."""
    wished = "in French, short, for the minister" if has_model else "short"
    answer = _ANSWERED if has_model else _SHOWN
    return "\n".join((_ASKED.format(wished=wished), answer, *_styles(has_model=has_model), _MORE))


def not_understood(mention: Mention) -> str:
    """The reply to a command that we don't know and that brings nothing to read."""
    said = " ".join(mention.text.split())
    quoted = said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"
    if mention.question or replace(mention.wishes, note=None) != Wishes():
        return (
            f"“{quoted}” needs something to read. Add a link or text (40 words or more) after it, "
            "or say it in a briefing’s thread."
        )
    meant = _guess(said)
    guess = f" Did you mean /brief {meant}?" if meant else ""
    return (
        f"I don’t understand “{quoted}”.{guess} Use /brief with a link or at least 40 words of "
        "text, or try /brief help, /brief settings or /brief stop."
    )


def _guess(said: str) -> str | None:
    if _ADDRESS.fullmatch(said):
        return f"https://{said}"
    return next(iter(get_close_matches(said.casefold(), _COMMANDS, 1)), None)


def _styles(*, has_model: bool) -> Iterator[str]:
    named = [f"“in the {name} style”" for name in styles.known() if name != styles.PLAIN]
    if named:
        what = "Name a style" if has_model else "A style changes the order of the sections"
        yield f"{what}: {', '.join(named)}."


# When can an earlier briefing be used again?
#
# If the same sources were read for the same wishes by the same model with the same prompt. What
# only some people may read (pasted text, files, pages of a private network) is never reused in
# another channel.


@dataclass(frozen=True)
class Maker:
    """What makes a briefing: ``version`` is Readout's own, ``prompt`` that of the prompt file."""

    version: str
    model: str
    prompt: str
    judge: str | None


def reuse_key(
    documents: Sequence[Document],
    wishes: Wishes,
    maker: Maker,
    mention: Mention,
    *,
    is_for_all: bool = False,
) -> str:
    """A hash of all that a briefing depends on: if it is equal, the briefing may be reused. Public
    sources may be reused in the whole workspace (with ``is_for_all`` in all of them), others in the
    same channel. Their address doesn't count: it is that of the message they stood in."""
    where: tuple[str, ...] = (mention.team, mention.channel)
    if all(document.is_public for document in documents):
        where = () if is_for_all else (mention.team,)
    read = [
        (d.label, d.text, d.title, d.outlet, d.author, d.published, _shown_address(d))
        for d in documents
    ]
    # "whole": what was stored before `Briefing.is_whole` may have broken off.
    depends = json.dumps(["whole", where, astuple(maker), asdict(wishes), read])
    return hashlib.sha256(depends.encode("utf-8", "surrogatepass")).hexdigest()


def _shown_address(document: Document) -> str | None:
    """The address that the briefing shows, if it says something about the source."""
    return document.url if document.is_public else document.pasted_for


def is_reusable(briefing: Briefing, maker: Maker) -> bool:
    """Whether the briefing is complete: nothing went wrong that may go right the next time."""
    is_all_read = all(
        document.words == words
        for document, words in zip(briefing.documents, briefing.words_read, strict=True)
    )
    is_by_maker = briefing.receipt.model == maker.model
    return is_by_maker and is_all_read and briefing.is_whole and not briefing.unread


def reuse(briefing: Briefing, note: str) -> Briefing:
    """``briefing`` for another asker, with a ``note`` that says so; it took no tokens."""
    receipt = replace(briefing.receipt, tokens_in=0, tokens_out=0, cost_usd=None, seconds=0.0)
    notes = (note, *briefing.notes)
    return replace(briefing, receipt=receipt, notes=notes, remake=None)


# A `RequestHandler` starts from what the archive holds, and stores nothing itself: `JobSteps`
# decides what is stored and said.

_MUTED = "Muted: I’ll answer in this thread only when I’m mentioned. “unmute” undoes that."
_UNMUTED = "I’m answering in this thread again."
_EDITED = "You edited your request. My reply covers the earlier version."
_TOO_SHORT = (
    "That is too short to brief ({words}), and there is no link or file with it. Paste the whole "
    "text (40 words or more), send a link or attach a file."
)
_ALREADY = "The briefing is already {what}."
_NOTHING_CHANGES = "That would show the same lines again, so the briefing stays as it is."
_NOTHING_TO_COMPARE = (
    "There is only one source in this thread, and I compare sources with each other. Mention me "
    "here with a link, the text or a file of the other one, and I’ll show where they differ."
)
_NOTHING_TO_READ = (
    "I found nothing to brief here. Send a link, paste the text (40 words or more) or attach a "
    "file."
)


@dataclass(frozen=True)
class RequestHandler:
    """Handles the mentions of a thread, one at a time. ``language_of`` returns the language of a
    question (ISO 639-1), or None if it can't tell; ``reply`` is told of the progress."""

    briefing_service: BriefingService
    archive: Archive
    conversations: Conversations
    usage: ModelUsage
    language_of: Callable[[str], str | None]
    reply: Reply = field(default_factory=DetachableReply)

    async def read(self, mention: Mention) -> Reading:
        """What the mention brings. An edit brings nothing until somebody wants it briefed."""
        if mention.intent == "edit":
            return Reading(())
        memory = await self._memory(mention)
        sources, failures = await self._sources(mention, memory)
        if mention.outside:
            sources = tuple(map(restrict_to_public_web, sources))
        known = memory.documents if memory else ()
        after = max((label_index(document.label) for document in known), default=-1) + 1
        reading = await self.briefing_service.read(sources, after)
        own = Reading(reading.documents, (*as_unread(failures), *reading.unread))
        if mention.completes and own.documents and memory:
            return await self._complete(mention, own, memory)
        return own

    async def outcome(self, mention: Mention) -> Outcome:
        """The reply, from what was read for the mention and what its thread knew. Its requests to a
        model are entered into the ledger."""
        match mention.intent:
            case "help":
                return Notice(self._help())
            case "edit":
                return Notice(_EDITED, anew=True)
            case "mute" | "unmute":
                muted = mention.intent == "mute"
                await self.archive.mute(mention, muted)
                return Notice(_MUTED if muted else _UNMUTED)
        own = Reading(*(await self.archive.reading(mention.key) or ((), ())))
        with self.usage.recording(mention):
            if own.documents:
                return await self._reply_to_sources(mention, own)
            return _unread_notice(own) if own.unread else await self._follow_up(mention)

    async def _reply_to_sources(self, mention: Mention, own: Reading) -> Outcome:
        """The reply to a mention that brings sources: they join those of its thread, unless they
        are the sources of a briefing that is made again."""
        memory = await self._memory(mention)
        wishes = _wishes_in_thread(mention, memory)
        if mention.remakes:
            return await self._remake(mention, own, wishes, mention.remakes)
        if mention.version_of:
            return await self._write_version(mention, own, wishes)
        texts = {
            each.text for each in (*own.documents, *await self._documents_replaced_by(mention))
        }
        again = _pasted_for(own.documents)
        known = tuple(
            each
            for each in (memory.documents if memory else ())
            if each.text not in texts and each.pasted_for not in again
        )
        if mention.question is None:
            return await self._brief(mention, own, wishes, known)
        reading = Reading((*known, *own.documents), own.unread)
        return await self._answer_or_brief(mention, reading, wishes, memory)

    async def _write_version(self, mention: Mention, own: Reading, wishes: Wishes) -> Outcome:
        """Another version of the briefing that a button stands under: of the same sources, to be
        shown in its messages."""
        briefing = await self._brief(mention, own, wishes)
        keys = [each.key for each in await self.archive.versions(mention)]
        versions = [await self._briefing_of(key) for key in keys if key != mention.key]
        others = list(filter(None, versions))
        version = copy_corrections(briefing, others)
        first = await self._briefing_of(mention.version_of)  # it may have been edited meanwhile
        if first is None or _shows_same_lines(version, first):
            return Notice(_NOTHING_CHANGES) if first else version
        if first.remake:
            before = await self._briefing_of(first.remake.of)
            version = _with_remake(version, first.remake.of, before)
        return note_other_edits(version, others)

    async def _remake(
        self, mention: Mention, reading: Reading, wishes: Wishes, earlier: str
    ) -> Outcome:
        """The briefing of the mention ``earlier`` for other wishes; if they change nothing, a
        notice that says so."""
        before = await self._briefing_of(earlier)
        if before and _is_as_wished(styles.with_existing_style(wishes), before):
            return Notice(_already_so(mention.wishes))
        briefing = await self._brief(mention, reading, wishes)
        before = await self._briefing_of(earlier)  # it may have been edited meanwhile
        briefing = copy_corrections(briefing, [before] if before else [])
        if before is None or _shows_same_lines(briefing, before):
            return Notice(_NOTHING_CHANGES) if before else briefing
        return note_earlier_edits(_with_remake(briefing, earlier, before), before)

    async def _briefing_of(self, key: str | None) -> Briefing | None:
        outcome = await self.archive.outcome(key) if key else None
        return outcome if isinstance(outcome, Briefing) else None

    async def _documents_replaced_by(self, mention: Mention) -> tuple[Document, ...]:
        """What was read for the mention's message before it was edited, or for the mention that
        this one completes."""
        key = mention.about or mention.completes
        earlier = await self.archive.reading(key) if key else None
        return earlier[0] if earlier else ()

    async def _complete(self, mention: Mention, own: Reading, memory: ThreadMemory) -> Reading:
        """What was read for the mention that this one completes, with the texts that were pasted
        for its unread sources, and what of these is unread now."""
        read, unread = await self.archive.reading(mention.completes or "") or ((), ())
        if not (read or unread):
            read, unread = memory.documents, memory.unread
        wanted = {each.source for each in unread}
        pasted = [each for each in memory.documents if each.pasted_for in wanted]
        known = (*read, *pasted)
        now = _pasted_for(own.documents)
        given = now | _pasted_for(known)
        left = tuple(each for each in unread if each.source not in given)
        if await self._count_texts_since(mention) >= sum(each.takes_text for each in left):
            left = tuple(each for each in left if not each.takes_text)
        kept = (
            d for d in known if d.pasted_for not in now and (d.pasted_for or d.url not in given)
        )
        documents = {each.text: each for each in (*kept, *own.documents)}
        return Reading(tuple(documents.values()), (*left, *own.unread))

    async def _count_texts_since(self, mention: Mention) -> int:
        """How many texts were pasted one after the other without saying for which source."""
        found, texts = mention, 0
        while found.completes:
            texts += sum(getattr(each, "pasted_for", None) is None for each in found.sources)
            found = await self.archive.mention(found.completes) or replace(found, completes=None)
        return texts

    async def _follow_up(self, mention: Mention) -> Outcome:
        """The reply to what is said in a thread whose sources are known."""
        memory = await self._memory(mention)
        if memory is None or not memory.documents:
            return Notice(self._nothing_to_read(mention))
        reading = Reading(memory.documents, memory.unread)
        wishes = _wishes_in_thread(mention, memory)
        if mention.question is None and mention.intent == "follow_up" and memory.briefed:
            if again := await self._repeated_question(mention, memory):
                before = replace(memory, turns=memory.turns[:-1])
                outcome = await self._answer_or_brief(again, reading, wishes, before)
                latest = await self.archive.outcome(memory.answered or "")
                if isinstance(outcome, Answer) and isinstance(latest, Answer):
                    return copy_corrections(outcome, [latest])
                return outcome
            if len(memory.documents) == 1 and DIFFERENCES_FIRST in (mention.wishes.note or ""):
                return Notice(_NOTHING_TO_COMPARE)
            return await self._remake(mention, reading, wishes, memory.briefed)
        return await self._answer_or_brief(mention, reading, wishes, memory)

    async def _repeated_question(self, mention: Mention, memory: ThreadMemory) -> Mention | None:
        """``mention`` with the question of the latest reply, if it asks for that reply in the
        language of the briefing; else None."""
        latest = await self.archive.outcome(memory.answered) if memory.answered else None
        wished = mention.wishes.language
        if not isinstance(latest, Answer) or wished in (None, latest.language):
            return None
        briefing = await self._briefing_of(memory.briefed)
        if briefing is None or briefing.language != wished:
            return None
        return replace(mention, question=latest.question)

    async def _answer_or_brief(
        self, mention: Mention, reading: Reading, wishes: Wishes, memory: ThreadMemory | None
    ) -> Outcome:
        if mention.question is None:
            return await self._brief(mention, reading, wishes)
        turns = memory.turns if memory else ()
        if not mention.wishes.language:
            wishes = self._in_language_of(mention.question, reading, wishes)
        refusal = await self.usage.refusal(mention)
        briefing_service = self.briefing_service.without_model(refusal)
        return await briefing_service.answer(reading, mention.question, wishes, self.reply, turns)

    def _in_language_of(self, question: str, reading: Reading, wishes: Wishes) -> Wishes:
        """``wishes`` for an answer in the language of its ``question``, if that is known."""
        asked_in = self.language_of(question)
        if asked_in is None:
            return wishes
        source = next((each.language for each in reading.documents), None)
        return replace(wishes, language=None if asked_in == source else asked_in)

    async def _brief(
        self, mention: Mention, reading: Reading, wishes: Wishes, known: tuple[Document, ...] = ()
    ) -> Briefing:
        """An earlier briefing of the same sources for the same wishes, or else a new one."""
        wishes = styles.with_existing_style(wishes)
        maker = maker_for(self.briefing_service, wishes)
        earlier = await self._earlier_briefings(mention, reading.documents)
        if maker is None:
            return await self.briefing_service.brief(reading, wishes, self.reply, known, earlier)
        name = reuse_key((*reading.documents, *known), wishes, maker, mention)
        if kept := await self.archive.made_before(name):
            again = reuse(kept, catalogue(kept.language).made_before)
            own = {each.label: each for each in (*reading.documents, *known)}
            again = replace(again, documents=tuple(own[each.label] for each in again.documents))
            return replace_since(again, since_without_changes(earlier, reading.documents))
        refusal = await self.usage.refusal(mention)
        briefing_service = self.briefing_service.without_model(refusal)
        briefing = await briefing_service.brief(reading, wishes, self.reply, known, earlier)
        return replace(briefing, made_from=name) if is_reusable(briefing, maker) else briefing

    async def _earlier_briefings(
        self, mention: Mention, documents: tuple[Document, ...]
    ) -> tuple[EarlierBriefing, ...]:
        """The briefings of the same story that were shown where the mention was made, the latest
        first."""
        words = await asyncio.to_thread(search_words, documents)
        shown = await self.archive.told(mention, words)
        return await asyncio.to_thread(same_story, documents, shown, mention.thread)

    def _help(self) -> str:
        return help_text(has_model=self.briefing_service.writer.model is not None)

    def _nothing_to_read(self, mention: Mention) -> str:
        if not mention.text:
            return self._help()
        if not mention.thread:
            return not_understood(mention)
        if mention.thread != mention.message:
            return _NOTHING_TO_READ
        words = count_words(mention.text)
        return _TOO_SHORT.format(words="1 word" if words == 1 else f"{words} words")

    async def _memory(self, mention: Mention) -> ThreadMemory | None:
        """What is kept of the thread, with the replies before that to ``mention``, which may be
        there already and await the model's version. If the thread's reply had to be sent directly,
        what is kept of the thread where it was asked for."""
        place = (mention.team, mention.channel, mention.thread)
        memory = await self.archive.thread(*place, before=mention.key)
        if not mention.direct or _has_documents(memory):
            return memory
        asked = await self.archive.answered_directly(mention.person, mention.thread)
        first = asked and await self.archive.thread(asked.team, asked.channel, asked.thread)
        if first and memory:
            return replace(first, turns=(*first.turns, *memory.turns))
        return first or memory

    async def _sources(
        self, mention: Mention, memory: ThreadMemory | None
    ) -> tuple[tuple[Source, ...], tuple[SourceError, ...]]:
        """The sources that the mention names, or in a thread that is new to us those of the
        messages above it; and what could not be found."""
        if (
            mention.thread != mention.message
            and _needs_sources(mention)
            and not _has_documents(memory)
        ):
            try:
                return await self.conversations.above(mention), ()
            except SourceError as failure:
                return (), (failure,)
        sources: list[Source] = []
        failures: list[SourceError] = []
        for source in mention.sources:
            try:
                if isinstance(source, LinkedMessage):
                    sources += await self.conversations.linked(source, mention)
                else:
                    sources.append(source)
            except SourceError as failure:
                failures.append(failure)
        return tuple(sources), tuple(failures)


def maker_for(briefing_service: BriefingService, wishes: Wishes) -> Maker | None:
    """What makes a briefing for ``wishes``; None without a model, since that costs nothing."""
    if briefing_service.writer.model is None:
        return None
    prompt = briefing_service.writer.prompts.get(WritingTask((), wishes).prompt, "")
    return Maker(
        briefing_service.version,
        briefing_service.writer.model,
        prompt,
        briefing_service.judge.model if briefing_service.judge else None,
    )


def _wishes_in_thread(mention: Mention, memory: ThreadMemory | None) -> Wishes:
    """The wishes of the mention, and where it has none those of its thread."""
    if mention.settled or memory is None:
        return mention.wishes
    return mention.wishes.override(replace(memory.wishes, note=None))


def _pasted_for(documents: Iterable[Document]) -> set[str]:
    return {each.pasted_for for each in documents if each.pasted_for}


def _is_as_wished(wishes: Wishes, before: Briefing) -> bool:
    """Whether the briefing ``before`` is what the wishes ask for. It may be in the language that is
    wished for now although nobody had wished for one."""
    made_for = before.wishes
    if made_for is None:
        return False
    is_its_language = wishes.language in (made_for.language, before.language)
    return is_its_language and wishes == replace(made_for, note=None, language=wishes.language)


def _already_so(said: Wishes) -> str:
    """The sentence that the briefing already is what was asked for."""
    if said.language:
        return _ALREADY.format(what="in that language")
    if said.length != "standard":
        return _ALREADY.format(what=f"the {'short' if said.length == 'short' else 'full'} version")
    return _ALREADY.format(what="like that")


def _shows_same_lines(briefing: Briefing, before: Briefing) -> bool:
    """Whether it shows the same as the one ``before``, as that was written before any edits."""
    return _shown(briefing) == _shown(first_version(before))


def _shown(briefing: Briefing) -> tuple[object, ...]:
    rest = (briefing.differences, briefing.cautions, briefing.unknowns, briefing.notes)
    return (*briefing.lines(), *rest, briefing.language)


def _with_remake(briefing: Briefing, earlier: str, before: Briefing | None) -> Briefing:
    """``briefing`` with a link to the one ``before``, the reply to the mention ``earlier``."""
    if before is None:
        return briefing
    how = _remade_how(briefing.wishes or Wishes(), before)
    return replace(briefing, remake=Remake(earlier, how))


def _remade_how(wishes: Wishes, before: Briefing) -> RemadeHow:
    made_for = before.wishes or Wishes()
    if wishes.language not in (made_for.language, before.language):
        return "translated"
    lengths = get_args(Length)
    if lengths.index(wishes.length) < lengths.index(made_for.length):
        return "shorter"
    return "longer" if wishes.length == "long" != made_for.length else "other"


def _has_documents(memory: ThreadMemory | None) -> bool:
    return memory is not None and bool(memory.documents)


def _needs_sources(mention: Mention) -> bool:
    return not mention.sources and mention.intent in {"brief", "follow_up"}


def _unread_notice(reading: Reading) -> Notice:
    """Says why none of the sources could be read. The asker can try again after a fault of the
    network, and else paste the text."""
    kinds = {unread.kind for unread in reading.unread}
    is_one = len(reading.unread) == 1
    messages = (
        each.message if is_one else f"{each.source}: {each.message}" for each in reading.unread
    )
    paste = any(each.takes_text for each in reading.unread)
    retry = "network" in kinds
    return Notice("\n".join(messages), retry=retry, paste=paste, unread=reading.unread)
