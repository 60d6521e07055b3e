"""What does a reply look like as messages of Slack?"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeAlias

from bot.briefing.catalogue import ENGLISH, Catalogue, catalogue
from bot.briefing.digest import Digest, Story
from bot.briefing.documents import Document, label, whole_excerpts
from bot.briefing.due import with_ids
from bot.briefing.extractive.answering import closest_sentences
from bot.briefing.lines import Answer, Briefing, Difference, Line, Since, Unread
from bot.briefing.wording import receipt_line, source_lines
from bot.service.ports import Due, Mark, Mention, Notice, Outcome, Reminder
from bot.slack import statements
from bot.slack.buttons import actions, note, of_a_reminder, of_a_story, row, suggested, thumbs
from bot.slack.modals import paste_buttons
from bot.slack.payloads import JsonObject, permalink, workspace_of
from bot.slack.rich_text import (
    bullets,
    directed,
    heading,
    link,
    parsed,
    pieces,
    rich_text,
    section,
    shortened,
    size,
    words,
)
from bot.slack.statements import Elements


def origins(
    documents: Sequence[Document], fixed: Catalogue, *, has_title: bool
) -> list[JsonObject]:
    """Where each of ``documents`` is from, one a paragraph, in the direction of the reply's
    language; with the title of a single one where nothing above it ``has_title``."""
    told = source_lines(documents, fixed, has_title=has_title)
    return [section(directed([link(each.text, each.url)], (), fixed.here)) for each in told]


# How few messages does a reply fit in, and what goes into each?
#
# Lines are laid into messages one after the other, so that each is as full as it may be. A line is
# never cut in two; a section that goes on in the next message says so there. Limits:
# https://docs.slack.dev/reference/block-kit/blocks

MESSAGE_SIZE = 9_000
"""Of about 12,000 characters that Slack takes in all blocks, containers included."""
MESSAGE_BLOCKS = 45
SECTION_SIZE = 3_000
FEW = 3
"""A reply of more messages is laid out anew with marks that lead nowhere: their addresses are up
to twice as long as the lines, most of all in other scripts, and Evidence has them as well."""


@dataclass(frozen=True)
class Section:
    """Lines with bullets, under a title if it has one."""

    title: str | None
    lines: tuple[Elements, ...]


Part: TypeAlias = Section | JsonObject
"""A section, or a block that stays whole."""


def packed(
    parts: Sequence[Part], foot: Sequence[JsonObject], fixed: Catalogue
) -> list[list[JsonObject]]:
    """The blocks of each message; those of the foot stay together, under the last."""
    found = _laid(parts, foot, fixed)
    return found if len(found) <= FEW else _laid(map(_without_links, parts), foot, fixed)


def _laid(
    parts: Iterable[Part], foot: Sequence[JsonObject], fixed: Catalogue
) -> list[list[JsonObject]]:
    sheets = _Sheets(fixed)
    for part in parts:
        if isinstance(part, Section):
            sheets.add_section(part)
        else:
            sheets.add([part])
    sheets.add(foot)
    return sheets.filled


class _Sheets:
    """The messages while they are filled; only the last one still is."""

    def __init__(self, fixed: Catalogue) -> None:
        self.filled: list[list[JsonObject]] = [[]]
        self._size = 0  # of the last one
        self._fixed = fixed

    def add(self, blocks: Sequence[JsonObject]) -> None:
        """Put blocks that stay together into the message, or into a new one."""
        if not self._has_room(blocks):
            self.filled.append([])
            self._size = 0
        self.filled[-1].extend(blocks)
        self._size += size(list(blocks))

    def add_section(self, part: Section) -> None:
        """Put the lines into blocks none of which is much over `SECTION_SIZE`; only the first one
        of a message has the title."""
        title = part.title
        items: list[JsonObject] = []
        length = 0
        for line in part.lines:
            item = section(line)
            own = size(item)
            if items and length + own <= SECTION_SIZE and self._has_room([item], 0):
                items.append(item)
                length += own
                self._size += own
                continue
            if items and not self._has_room(_blocks(title, line)):
                title = self._fixed.continued.format(title=part.title) if part.title else None
            blocks = _blocks(title, line)
            self.add(blocks)
            items, title, length = blocks[-1]["elements"][-1]["elements"], None, own

    def _has_room(self, blocks: Sequence[JsonObject], count: int | None = None) -> bool:
        """Whether they fit in, ``count`` of them as blocks of their own; the first always does."""
        held = self.filled[-1]
        number = len(held) + (len(blocks) if count is None else count)
        fits = self._size + size(list(blocks)) <= MESSAGE_SIZE and number <= MESSAGE_BLOCKS
        return not held or fits


def _blocks(title: str | None, line: Elements) -> list[JsonObject]:
    return [*([heading(title)] if title else []), rich_text(bullets([line]))]


def _without_links(part: Part) -> Part:
    if isinstance(part, Section):
        return Section(part.title, tuple([*map(_unlinked, line)] for line in part.lines))
    return part


def _unlinked(element: JsonObject) -> JsonObject:
    """A mark without its address; other elements as they are."""
    is_mark = element["type"] == "link" and element.get("style", {}).get("code")
    return words(element["text"], "code") if is_mark else element


# What may somebody say next, once they have a briefing?
#
# Only what leads somewhere is suggested: a question about what the briefing itself shows, a length
# that the reply doesn't have yet.

MOST_SUGGESTED = 4
"""So many does Slack show where it has a place for suggestions."""
_MOST_SPEAKERS = 2
# A name as it may stand in a message of the person's own: nothing that Slack would act on.
_NAME = re.compile(r"[^\W\d_][\w .’'-]{1,38}\w")


def leading_on(briefing: Briefing, mention: Mention) -> tuple[str, ...]:
    """What may be said next after ``briefing``, the reply to ``mention``, as the person's own
    words."""
    is_short = (briefing.wishes or mention.wishes).length == "short"
    shorter = () if is_short else ("Shorter",)
    return (*islice(questions(briefing), MOST_SUGGESTED - len(shorter)), *shorter)


def questions(briefing: Briefing) -> Iterator[str]:
    """Questions that the briefing raises, in English; none of what is in another language. Without
    a model only those whose passages would be shown."""
    if (briefing.language or "en") != "en":
        return
    by_model = briefing.receipt.is_by_model
    for question, lines in _raised(briefing):
        if by_model or _is_shown(question, lines, briefing):
            yield question


def _is_shown(question: str, lines: Sequence[Line], briefing: Briefing) -> bool:
    """Whether one of the passages that come closest to ``question`` is what ``lines`` rest on."""
    near = closest_sentences(question, whole_excerpts(briefing.documents))
    references = {reference for each in near for reference in each.evidence}
    return any(line.evidence[0].reference in references for line in lines)


def _raised(briefing: Briefing) -> Iterator[tuple[str, Sequence[Line]]]:
    """The questions, each with the lines that it asks about."""
    speakers = dict.fromkeys(quote.speaker for quote in briefing.quotes)
    named = [speaker for speaker in speakers if speaker and _NAME.fullmatch(speaker)]
    for speaker in named[:_MOST_SPEAKERS]:
        said = [each for each in briefing.quotes if each.speaker == speaker]
        yield f"What did {speaker} say?", said
    if agreed := [each for each in briefing.commitments if each.status == "agreed"]:
        yield "What was agreed?", agreed
    pledged = [each for each in briefing.commitments if each.status == "pledged"]
    for actor in dict.fromkeys(each.actor for each in pledged if _is_a_name(each.actor)):
        yield f"What will {actor} do?", [each for each in pledged if each.actor == actor]


def _is_a_name(words: str) -> bool:
    return words[:1].isupper() and not words.startswith("The ") and bool(_NAME.fullmatch(words))


# Headline and bottom line first, then each section that the source fills, and a quiet line that
# says how it came about.

TEXT_LENGTH = 900
_CONTEXT_LENGTH = 1_900
_SOURCES_AT_THE_TOP = 3
_MOST_QUESTIONS = 3
_MOST_REPLIES = 3


@dataclass(frozen=True)
class Message:
    """One message: ``text`` is what a notification and a screen reader say."""

    text: str
    blocks: tuple[JsonObject, ...]


def announcement(person: str, did: Sequence[JsonObject], *below: JsonObject) -> Message:
    """The message that tells a channel what ``person`` did: the elements behind their name, and
    more paragraphs below."""
    block = rich_text(section([{"type": "user", "user_id": person}, *did]), *below)
    return Message(f"Somebody {pieces((block,))[0]}", (block,))


def messages(
    outcome: Outcome, mention: Mention, links: Mapping[str, str] = {}
) -> tuple[Message, ...]:
    """The messages that show ``outcome``, in order; at least one. ``links`` lead to the earlier
    replies it mentions, by the keys of their mentions, as far as they still exist."""
    match outcome:
        case Briefing():
            return _of_briefing(outcome, mention, links)
        case Answer():
            return _of_answer(outcome, mention)
        case Notice(digest=Digest() as digest):
            return _of_digest(outcome, digest, mention)
        case Notice(due=Due() as due):
            return _of_due(outcome.text, due, mention)
        case Notice():
            return (_of_notice(outcome, mention),)


def sentences(text: str) -> JsonObject:
    """Plain sentences, line by line, as one block."""
    lines = [line for line in text.split("\n") if line.strip()]
    return rich_text(*(section([words(line)]) for line in lines))


def _of_briefing(
    briefing: Briefing, mention: Mention, links: Mapping[str, str]
) -> tuple[Message, ...]:
    top = [line for line in (briefing.headline, briefing.bottom_line) if line]
    fixed = catalogue(briefing.language)
    text = " — ".join(line.text for line in top) or fixed.here
    differences = differing(briefing.differences, briefing.documents, fixed)
    opening = [
        *_corrected(briefing, fixed),
        *_remade(briefing, links, fixed),
        *_since(briefing.since, links, fixed),
        *_opening(briefing, fixed),
    ]
    body: list[Part] = [*opening, *differences, *_sections(briefing, fixed)]
    sources = [] if _is_at_the_top(briefing) else _at_the_foot(briefing, fixed)
    foot = _row(paste_buttons(mention.key, briefing, fixed))
    foot += [*sources, _receipt(briefing, fixed), *_row(row(briefing, mention, fixed))]
    if not mention.direct:  # there Slack has a place of its own for what may be asked
        foot += _row(suggested(mention.key, islice(questions(briefing), _MOST_QUESTIONS)))
    foot += [thumbs(mention.key, fixed)]
    return _messages((text, briefing.title), [*body, _unread(briefing.unread, fixed)], foot, fixed)


def _row(buttons: list[JsonObject]) -> list[JsonObject]:
    return [actions(*buttons)] if buttons else []


def _corrected(outcome: Briefing | Answer | Digest, fixed: Catalogue) -> Iterator[JsonObject]:
    """The date on which a line of it was marked as corrected."""
    if outcome.corrected:
        yield note(fixed.errata["reply"].format(date=fixed.day(outcome.corrected)))


def _remade(briefing: Briefing, links: Mapping[str, str], fixed: Catalogue) -> Iterator[JsonObject]:
    """From which reply it was made, with a link to that."""
    if briefing.remake and (address := links.get(briefing.remake.of)):
        told = fixed.remade[briefing.remake.how]
        yield note(f"<{address}|{told}>")


def _since(since: Since | None, links: Mapping[str, str], fixed: Catalogue) -> Iterator[Part]:
    """What is new since the story was last briefed here, or, if that isn't known, when it was."""
    if since is None:
        return
    if since.changes:
        told = tuple(statements.change(each, links, fixed) for each in since.changes)
        yield Section(fixed.since.format(date=fixed.day(since.replies[0].day)), told)
    elif stands := [each for each in since.replies if each.key in links]:
        days: dict[str, str] = {}
        for reply in stands:
            days.setdefault(reply.day, f"<{links[reply.key]}|{fixed.day(reply.day)}>")
        told_on = ", ".join(islice(days.values(), _MOST_REPLIES))
        yield note(f"{fixed.briefed_before}: {told_on}")
    for each in since.rewritten:
        yield note(fixed.rewritten.format(label=each.label, date=fixed.day(each.day)))


def _of_answer(answer: Answer, mention: Mention) -> tuple[Message, ...]:
    fixed = catalogue(answer.language)
    lines = [statements.statement(line, fixed) for line in answer.lines]
    silence = fixed.no_answer(answer)
    said: list[Part] = [Section(None, tuple(lines))]
    if not answer.answered:
        said = _silence(answer, fixed)
    elif len(lines) == 1:
        said = [rich_text(section(lines[0]))]
    body: list[Part] = [*_corrected(answer, fixed), *_asked(answer, mention), *said]
    first = " ".join(line.text for line in answer.lines) or silence
    buttons = _row(row(answer, mention, fixed))
    foot = [*_at_the_foot(answer, fixed), _receipt(answer, fixed), *buttons]
    foot += [thumbs(mention.key, fixed)]
    return _messages((first, answer.title), [*body, _unread(answer.unread, fixed)], foot, fixed)


def _asked(answer: Answer, mention: Mention) -> Iterator[JsonObject]:
    """The question, if it was asked in a modal and isn't in the thread."""
    if mention.intent == "follow_up" and not mention.is_a_message:
        yield rich_text(section([words(answer.question, "italic")]))


def _of_notice(notice: Notice, mention: Mention) -> Message:
    buttons = [*paste_buttons(mention.key, notice, ENGLISH), *row(notice, mention)]
    is_more_than_delete = len(buttons) > 1
    rows = _row(buttons) if is_more_than_delete else []
    return Message(_spoken(notice.text), (sentences(notice.text), *rows))


def _of_digest(notice: Notice, digest: Digest, mention: Mention) -> tuple[Message, ...]:
    text, fixed = notice.text, catalogue(digest.language)
    parts: list[Part] = [*_corrected(digest, fixed)]
    for number, story in enumerate(digest.stories):
        parts += _of_story(story, fixed)
        parts.append(of_a_story(mention.key, number, fixed))
    due = [statements.of_its_kind(each.line, fixed) for each in digest.due]
    own = dict(with_ids(each.line for each in digest.due))
    others = [r for r in (notice.due.reminders if notice.due else ()) if r.id not in own]
    labelled = sum(len(story.documents) for story in digest.stories) + len(digest.due)
    due += [told_of(_under(label(labelled + n), each)) for n, each in enumerate(others)]
    down = tuple([words(f"{each.source}: {each.message}")] for each in digest.down)
    parts += [Section(fixed.digest["due"], tuple(due)), Section(fixed.digest["down"], down)]
    if digest.stories:
        noted = (note for story in digest.stories for note in story.notes)
        receipt = receipt_line(digest.receipt, (), fixed)
        told = _beside(receipt, [*dict.fromkeys(noted), *digest.notes], fixed)
    else:
        parts.insert(0, sentences(digest.notes[0]))
        told = list(digest.notes[1:])
    foot = [_context(told)] if told else []
    return _messages((text, text), parts, foot, fixed)


def _under(name: str, reminder: Reminder) -> Reminder:
    """The same with references to another label than those of the stories around it."""
    passages = tuple(each.relabelled(name) for each in reminder.line.evidence)
    return replace(reminder, line=replace(reminder.line, evidence=passages, support=None))


_MARKED: Mapping[Mark, str] = {
    "done": "marked done",
    "missed": "marked missed",
    "tomorrow": "moved to the next day",
}


def told_of(reminder: Reminder) -> Elements:
    """A commitment, with a link to the briefing that has it."""
    reply, at = reminder.reply, reminder.permalink
    if reply and at:
        at = permalink(workspace_of(at), reminder.channel, reply, reminder.thread)
    line = statements.of_its_kind(reminder.line, catalogue(reminder.language))
    return [*line, words(" · "), link("See the briefing", at)] if at else line


def marked(reminder: Reminder) -> Elements:
    """How a commitment was marked, and by whom."""
    if reminder.mark is None:
        return []
    who = [words(" by "), {"type": "user", "user_id": reminder.by}] if reminder.by else []
    return [words(_MARKED[reminder.mark], "italic"), *who]


def _of_due(text: str, due: Due, mention: Mention) -> tuple[Message, ...]:
    """What is due, each with buttons until somebody has pressed one."""
    title = f"Due on {ENGLISH.date(due.day)}"
    parts: list[Part] = [heading(title)]
    for number, each in enumerate(due.reminders):
        said = [section(told_of(each)), *([section(marked(each))] if each.mark else [])]
        parts.append(rich_text(*said))
        if each.mark is None:
            parts.append(of_a_reminder(mention.key, number, each))
    if not due.reminders:
        parts.append(sentences("Everything that was due has since been dropped or deleted."))
    lines = " · ".join(each.line.text for each in due.reminders)
    return _messages((f"{title}: {lines}" if lines else text, title), parts, (), ENGLISH)


def _of_story(story: Story, fixed: Catalogue) -> Iterator[Part]:
    """What is new in a story, who reports it, and where they differ."""
    headline = statements.headline(story.headline, fixed)
    yield rich_text(section([words(f"{fixed.digest[story.status]}: ", "italic"), *headline]))
    yield Section(None, tuple(statements.statement(line, fixed) for line in story.lines))
    yield from differing(story.differences, story.documents, fixed)
    yield rich_text(*origins(story.documents, fixed, has_title=False))


def _silence(answer: Answer, fixed: Catalogue) -> list[Part]:
    said = rich_text(section([words(fixed.no_answer(answer), "bold")]))
    nearest = tuple(statements.statement(line, fixed) for line in answer.nearest)
    return [said, Section(fixed.nearest_heading(answer), nearest)]


def _opening(briefing: Briefing, fixed: Catalogue) -> Iterator[JsonObject]:
    """Headline, sources and bottom line, as paragraphs of one block."""
    told = []
    if briefing.headline:
        told.append(section(statements.headline(briefing.headline, fixed)))
    if _is_at_the_top(briefing):
        told += _sources(briefing, fixed)
    if briefing.bottom_line:
        told.append(section(statements.statement(briefing.bottom_line, fixed)))
    if told:
        yield rich_text(*told)


def _sections(briefing: Briefing, fixed: Catalogue) -> Iterator[Section]:
    for name, lines in briefing.sections():
        told = (statements.of_its_kind(line, fixed) for line in lines)
        yield Section(fixed.headings[name], tuple(told))
    cautions = tuple(statements.of_its_kind(note, fixed) for note in briefing.cautions)
    yield Section(fixed.headings["cautions"], cautions)
    gaps = tuple(map(statements.unknown, briefing.unknowns))
    yield Section(fixed.headings["unknowns"], gaps)


def differing(
    differences: Iterable[Difference], documents: Sequence[Document], fixed: Catalogue
) -> Iterator[Section]:
    """What sources differ in, a section each."""
    for difference in differences:
        sides = (statements.side(line, documents, fixed) for line in difference.sides)
        title = fixed.differ.format(about=difference.about)
        yield Section(title, tuple(sides))


def _unread(sources: Sequence[Unread], fixed: Catalogue) -> Section:
    return Section(fixed.headings["unread"], tuple(map(statements.unread, sources)))


def _sources(outcome: Briefing | Answer, fixed: Catalogue) -> list[JsonObject]:
    """What the labels stand for, as paragraphs."""
    has_title = isinstance(outcome, Briefing) and outcome.headline is not None
    return origins(outcome.documents, fixed, has_title=has_title)


def _at_the_foot(outcome: Briefing | Answer, fixed: Catalogue) -> list[JsonObject]:
    told = _sources(outcome, fixed)
    return [rich_text(*told)] if told else []


def _is_at_the_top(briefing: Briefing) -> bool:
    """Whether the sources are so few that they stand under the headline."""
    return len(briefing.documents) <= _SOURCES_AT_THE_TOP


def _receipt(outcome: Briefing | Answer, fixed: Catalogue) -> JsonObject:
    line = receipt_line(outcome.receipt, outcome.documents, fixed)
    return _context(_beside(line, outcome.notes, fixed))


def _beside(receipt: str, notes: Iterable[str], fixed: Catalogue) -> list[str]:
    """The notes, and the receipt, which says itself where no model was used."""
    return [*(note for note in notes if note != fixed.extracted), receipt]


def _context(lines: Sequence[str]) -> JsonObject:
    text = "\n".join(parsed(shortened(line, _CONTEXT_LENGTH // len(lines))) for line in lines)
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def _messages(
    said: tuple[str, str], parts: Sequence[Part], foot: Sequence[JsonObject], fixed: Catalogue
) -> tuple[Message, ...]:
    """``said`` is what who only hears it is told of the first message, and of the others."""
    filled = packed(parts, foot, fixed)
    text, title = said
    others = range(2, len(filled) + 1)
    told = (f"{fixed.part.format(number=number, count=len(filled))} {title}" for number in others)
    return tuple(
        Message(_spoken(each), tuple(blocks))
        for each, blocks in zip([text, *told], filled, strict=True)
    )


def _spoken(text: str) -> str:
    return parsed(shortened(text, TEXT_LENGTH))
