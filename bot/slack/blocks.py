"""What does a reply look like as messages of Slack?"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from bot.slack.buttons import (
    actions,
    feedback_buttons,
    note,
    question_buttons,
    reminder_buttons,
    reply_buttons,
    story_buttons,
)
from bot.slack.modals import paste_buttons
from bot.slack.payloads import JsonObject, permalink, workspace_address
from bot.slack.rich_text import (
    bidi_line,
    bullets,
    heading,
    link,
    person_mention,
    pieces,
    rich_text,
    safe_mrkdwn,
    section,
    shortened,
    size,
    words,
)
from bot.slack.statements import Elements


def source_paragraphs(
    documents: Sequence[Document], fixed: Catalogue, *, has_title: bool
) -> list[JsonObject]:
    """The source of each of ``documents``, one a paragraph, in the direction of the reply's
    language; a single one with its title, unless something above ``has_title``."""
    lines = source_lines(documents, fixed, has_title=has_title)
    return [section(bidi_line([link(each.text, each.url)], (), fixed.here)) for each in lines]


# How is a reply split into as few messages as possible?
#
# Lines fill one message after the other. A line is never split; a section that continues in the
# next message says so there. Limits: https://docs.slack.dev/reference/block-kit/blocks

MESSAGE_SIZE = 9_000
"""In characters; Slack takes about 12,000 in all blocks, containers included."""
MESSAGE_BLOCKS = 45
SECTION_SIZE = 3_000
MOST_WITH_LINKS = 3
"""In a reply of more messages, references have no links: the addresses can be twice as long as the
lines, above all in other scripts, and Evidence has them as well."""


@dataclass(frozen=True)
class Section:
    """A list with bullets, under its title if it has one."""

    title: str | None
    lines: tuple[Elements, ...]


Part: TypeAlias = Section | JsonObject
"""A section, or a block that stays whole."""


def pack(
    parts: Sequence[Part], foot: Sequence[JsonObject], fixed: Catalogue
) -> list[list[JsonObject]]:
    """The blocks of each message; those of ``foot`` stay together, at the end."""
    filled = _lay_out(parts, foot, fixed)
    if len(filled) <= MOST_WITH_LINKS:
        return filled
    return _lay_out(map(_without_links, parts), foot, fixed)


def _lay_out(
    parts: Iterable[Part], foot: Sequence[JsonObject], fixed: Catalogue
) -> list[list[JsonObject]]:
    pages = _Messages(fixed)
    for part in parts:
        if isinstance(part, Section):
            pages.add_section(part)
        else:
            pages.add([part])
    pages.add(foot)
    return pages.filled


class Pages:
    """The blocks of messages, or of the pages of a modal, which are filled one after the other.
    ``measure`` says how much of ``most`` some blocks take up."""

    def __init__(
        self, measure: Callable[[list[JsonObject]], int], most: int, most_blocks: int
    ) -> None:
        self.filled: list[list[JsonObject]] = [[]]
        self._size = 0  # of the last one
        self._measure = measure
        self._most = most
        self._most_blocks = most_blocks

    def add(self, blocks: Sequence[JsonObject]) -> None:
        """Add blocks that stay together to the last page, or to a new one."""
        if not self.has_room(blocks):
            self.filled.append([])
            self._size = 0
        self.filled[-1].extend(blocks)
        self._size += self._measure(list(blocks))

    def has_room(self, blocks: Sequence[JsonObject], count: int | None = None) -> bool:
        """Whether ``blocks`` fit on the last page, where they add ``count`` blocks (all by
        default); on an empty one they always do."""
        held = self.filled[-1]
        number = len(held) + (len(blocks) if count is None else count)
        fits = self._size + self._measure(list(blocks)) <= self._most
        return not held or (fits and number <= self._most_blocks)


class _Messages(Pages):
    def __init__(self, fixed: Catalogue) -> None:
        super().__init__(size, MESSAGE_SIZE, MESSAGE_BLOCKS)
        self._fixed = fixed

    def add_section(self, part: Section) -> None:
        """Add the lines in blocks of about `SECTION_SIZE` at most, with the title above the first
        one in each message."""
        title = part.title
        items: list[JsonObject] = []
        length = 0
        for line in part.lines:
            item = section(line)
            own = size(item)
            if items and length + own <= SECTION_SIZE and self.has_room([item], 0):
                items.append(item)
                length += own
                self._size += own
                continue
            if items and not self.has_room(_titled_list(title, line)):
                title = self._fixed.continued.format(title=part.title) if part.title else None
            blocks = _titled_list(title, line)
            self.add(blocks)
            items, title, length = blocks[-1]["elements"][-1]["elements"], None, own


def _titled_list(title: str | None, line: Elements) -> list[JsonObject]:
    return [*([heading(title)] if title else []), rich_text(bullets([line]))]


def _without_links(part: Part) -> Part:
    if isinstance(part, Section):
        return Section(part.title, tuple([*map(_without_link, line)] for line in part.lines))
    return part


def _without_link(element: JsonObject) -> JsonObject:
    """A reference without its link; other elements unchanged."""
    is_reference = element["type"] == "link" and element.get("style", {}).get("code")
    return words(element["text"], "code") if is_reference else element


# What is suggested after a briefing? Only what has a result: questions about what the briefing
# itself shows, and a length that it doesn't have yet.

MOST_SUGGESTED = 4
"""The suggestions that Slack shows."""
_MOST_SPEAKERS = 2
# A name that Slack would not act on, since it becomes part of a message from the person.
_NAME = re.compile(r"[^\W\d_][\w .’'-]{1,38}\w")


def suggestions(briefing: Briefing, mention: Mention) -> tuple[str, ...]:
    """Messages that the person may send after ``briefing``, the reply to ``mention``."""
    is_short = (briefing.wishes or mention.wishes).length == "short"
    shorter = () if is_short else ("Shorter",)
    return (*islice(suggested_questions(briefing), MOST_SUGGESTED - len(shorter)), *shorter)


def suggested_questions(briefing: Briefing) -> Iterator[str]:
    """Questions about an English briefing; none about one in another language. Without a model,
    only those that would be answered with the briefing's own passages."""
    if (briefing.language or "en") != "en":
        return
    by_model = briefing.receipt.is_by_model
    for question, lines in _candidate_questions(briefing):
        if by_model or _finds_lines(question, lines, briefing):
            yield question


def _finds_lines(question: str, lines: Sequence[Line], briefing: Briefing) -> bool:
    """Whether one of the passages closest to ``question`` is one that ``lines`` rest on."""
    near = closest_sentences(question, whole_excerpts(briefing.documents))
    references = {reference for each in near for reference in each.evidence}
    return any(line.evidence[0].reference in references for line in lines)


def _candidate_questions(briefing: Briefing) -> Iterator[tuple[str, Sequence[Line]]]:
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


# Headline and bottom line first, then each section with lines, and a receipt in small print.

TEXT_LENGTH = 900
_CONTEXT_LENGTH = 1_900
_SOURCES_AT_THE_TOP = 3
_MOST_QUESTIONS = 3
_MOST_REPLIES = 3


@dataclass(frozen=True)
class Message:
    """One message; ``text`` is for notifications and screen readers."""

    text: str
    blocks: tuple[JsonObject, ...]


def announcement(person: str, did: Sequence[JsonObject], *below: JsonObject) -> Message:
    """A message that says what ``person`` ``did``: elements that follow the name, and more
    paragraphs ``below``."""
    block = rich_text(section([person_mention(person), *did]), *below)
    return Message(f"Somebody {pieces((block,))[0]}", (block,))


def messages(
    outcome: Outcome, mention: Mention, links: Mapping[str, str] = {}
) -> tuple[Message, ...]:
    """The messages that show ``outcome``, in order; at least one. ``links`` are the addresses of
    earlier replies that it mentions, by the keys of their mentions."""
    match outcome:
        case Briefing():
            return _briefing_messages(outcome, mention, links)
        case Answer():
            return _answer_messages(outcome, mention)
        case Notice(digest=Digest() as digest):
            return _digest_messages(outcome, digest, mention)
        case Notice(due=Due() as due):
            return _due_messages(outcome.text, due, mention)
        case Notice():
            return (_notice_message(outcome, mention),)


def text_block(text: str) -> JsonObject:
    """Plain sentences, line by line, as one block."""
    lines = [line for line in text.split("\n") if line.strip()]
    return rich_text(*(section([words(line)]) for line in lines))


def _briefing_messages(
    briefing: Briefing, mention: Mention, links: Mapping[str, str]
) -> tuple[Message, ...]:
    top = [line for line in (briefing.headline, briefing.bottom_line) if line]
    fixed = catalogue(briefing.language)
    text = " — ".join(line.text for line in top) or fixed.here
    differences = difference_sections(briefing.differences, briefing.documents, fixed)
    opening = [
        *_correction_note(briefing, fixed),
        *_remake_note(briefing, links, fixed),
        *_changes_since(briefing.since, links, fixed),
        *_opening(briefing, fixed),
    ]
    unread = _unread_section(briefing.unread, fixed)
    body: list[Part] = [*opening, *differences, *_sections(briefing, fixed), unread]
    sources = [] if _has_sources_at_top(briefing) else _sources_below(briefing, fixed)
    foot = _button_row(paste_buttons(mention.key, briefing, fixed))
    buttons = _button_row(reply_buttons(briefing, mention, fixed))
    foot += [*sources, _receipt_block(briefing, fixed), *buttons]
    if not mention.direct:  # in direct messages Slack shows suggestions itself
        questions = islice(suggested_questions(briefing), _MOST_QUESTIONS)
        foot += _button_row(question_buttons(mention.key, questions))
    foot += [feedback_buttons(mention.key, fixed)]
    return _messages((text, briefing.title), body, foot, fixed)


def _button_row(buttons: list[JsonObject]) -> list[JsonObject]:
    return [actions(*buttons)] if buttons else []


def _correction_note(outcome: Briefing | Answer | Digest, fixed: Catalogue) -> Iterator[JsonObject]:
    """Yield a note with the date of the latest correction, if there was one."""
    if outcome.corrected:
        yield note(fixed.errata["reply"].format(date=fixed.day(outcome.corrected)))


def _remake_note(
    briefing: Briefing, links: Mapping[str, str], fixed: Catalogue
) -> Iterator[JsonObject]:
    """Yield a note that links to the reply from which the briefing was made, if it was."""
    if briefing.remake and (address := links.get(briefing.remake.of)):
        yield note(f"<{address}|{fixed.remade[briefing.remake.how]}>")


def _changes_since(
    since: Since | None, links: Mapping[str, str], fixed: Catalogue
) -> Iterator[Part]:
    """What has changed since the story was last briefed here, or else links to its earlier
    briefings; then the sources that were rewritten."""
    if since is None:
        return
    if since.changes:
        lines = tuple(statements.change(each, links, fixed) for each in since.changes)
        yield Section(fixed.since.format(date=fixed.day(since.replies[0].day)), lines)
    elif stands := [each for each in since.replies if each.key in links]:
        days: dict[str, str] = {}
        for reply in stands:
            days.setdefault(reply.day, f"<{links[reply.key]}|{fixed.day(reply.day)}>")
        dates = ", ".join(islice(days.values(), _MOST_REPLIES))
        yield note(f"{fixed.briefed_before}: {dates}")
    for each in since.rewritten:
        yield note(fixed.rewritten.format(label=each.label, date=fixed.day(each.day)))


def _answer_messages(answer: Answer, mention: Mention) -> tuple[Message, ...]:
    fixed = catalogue(answer.language)
    lines = [statements.statement(line, fixed) for line in answer.lines]
    said: list[Part] = [Section(None, tuple(lines))]
    if not answer.answered:
        said = _no_answer(answer, fixed)
    elif len(lines) == 1:
        said = [rich_text(section(lines[0]))]
    body: list[Part] = [*_correction_note(answer, fixed), *_question(answer, mention), *said]
    body.append(_unread_section(answer.unread, fixed))
    first = " ".join(line.text for line in answer.lines) or fixed.no_answer(answer)
    buttons = _button_row(reply_buttons(answer, mention, fixed))
    foot = [*_sources_below(answer, fixed), _receipt_block(answer, fixed), *buttons]
    foot += [feedback_buttons(mention.key, fixed)]
    return _messages((first, answer.title), body, foot, fixed)


def _question(answer: Answer, mention: Mention) -> Iterator[JsonObject]:
    """Yield the question, if it was asked in a modal and isn't in the thread."""
    if mention.intent == "follow_up" and not mention.is_a_message:
        yield rich_text(section([words(answer.question, "italic")]))


def _notice_message(notice: Notice, mention: Mention) -> Message:
    buttons = [*paste_buttons(mention.key, notice, ENGLISH), *reply_buttons(notice, mention)]
    is_more_than_delete = len(buttons) > 1
    rows = _button_row(buttons) if is_more_than_delete else []
    return Message(_notification_text(notice.text), (text_block(notice.text), *rows))


def _digest_messages(notice: Notice, digest: Digest, mention: Mention) -> tuple[Message, ...]:
    text, fixed = notice.text, catalogue(digest.language)
    parts: list[Part] = [*_correction_note(digest, fixed)]
    for number, story in enumerate(digest.stories):
        parts += _story_parts(story, fixed)
        parts.append(story_buttons(mention.key, number, fixed))
    due = [statements.of_its_kind(each.line, fixed) for each in digest.due]
    own = dict(with_ids(each.line for each in digest.due))
    others = [r for r in (notice.due.reminders if notice.due else ()) if r.id not in own]
    labelled = sum(len(story.documents) for story in digest.stories) + len(digest.due)
    due += [commitment(_with_label(label(labelled + n), each)) for n, each in enumerate(others)]
    down = tuple([words(f"{each.source}: {each.message}")] for each in digest.down)
    parts += [Section(fixed.digest["due"], tuple(due)), Section(fixed.digest["down"], down)]
    if digest.stories:
        notes = dict.fromkeys(note for story in digest.stories for note in story.notes)
        receipt = receipt_line(digest.receipt, (), fixed)
        lines = _notes_and_receipt(receipt, [*notes, *digest.notes], fixed)
    else:
        parts.insert(0, text_block(digest.notes[0]))
        lines = list(digest.notes[1:])
    foot = [_context(lines)] if lines else []
    return _messages((text, text), parts, foot, fixed)


def _with_label(name: str, reminder: Reminder) -> Reminder:
    """``reminder`` with references to the label ``name``, which no story around it has."""
    passages = tuple(each.relabelled(name) for each in reminder.line.evidence)
    return replace(reminder, line=replace(reminder.line, evidence=passages, support=None))


_MARK_WORDS: Mapping[Mark, str] = {
    "done": "marked done",
    "missed": "marked missed",
    "tomorrow": "moved to the next day",
}


def commitment(reminder: Reminder) -> Elements:
    """A reminder's commitment, with a link to its briefing."""
    reply, at = reminder.reply, reminder.permalink
    if reply and at:
        at = permalink(workspace_address(at), reminder.channel, reply, reminder.thread)
    line = statements.of_its_kind(reminder.line, catalogue(reminder.language))
    return [*line, words(" · "), link("See the briefing", at)] if at else line


def mark_elements(reminder: Reminder) -> Elements:
    """How a commitment was marked, and by whom."""
    if reminder.mark is None:
        return []
    who = [words(" by "), person_mention(reminder.by)] if reminder.by else []
    return [words(_MARK_WORDS[reminder.mark], "italic"), *who]


def _due_messages(text: str, due: Due, mention: Mention) -> tuple[Message, ...]:
    title = f"Due on {ENGLISH.date(due.day)}"
    parts: list[Part] = [heading(title)]
    for number, each in enumerate(due.reminders):
        said = [section(commitment(each)), *([section(mark_elements(each))] if each.mark else [])]
        parts.append(rich_text(*said))
        if each.mark is None:
            parts.append(reminder_buttons(mention.key, number, each))
    if not due.reminders:
        parts.append(text_block("Everything that was due has since been dropped or deleted."))
    lines = " · ".join(each.line.text for each in due.reminders)
    return _messages((f"{title}: {lines}" if lines else text, title), parts, (), ENGLISH)


def _story_parts(story: Story, fixed: Catalogue) -> Iterator[Part]:
    """What is new in a story, where its sources differ, and which they are."""
    headline = statements.headline(story.headline, fixed)
    yield rich_text(section([words(f"{fixed.digest[story.status]}: ", "italic"), *headline]))
    yield Section(None, tuple(statements.statement(line, fixed) for line in story.lines))
    yield from difference_sections(story.differences, story.documents, fixed)
    yield rich_text(*source_paragraphs(story.documents, fixed, has_title=False))


def _no_answer(answer: Answer, fixed: Catalogue) -> list[Part]:
    said = rich_text(section([words(fixed.no_answer(answer), "bold")]))
    nearest = tuple(statements.statement(line, fixed) for line in answer.nearest)
    return [said, Section(fixed.nearest_heading(answer), nearest)]


def _opening(briefing: Briefing, fixed: Catalogue) -> Iterator[JsonObject]:
    """Headline, sources and bottom line, as paragraphs of one block."""
    paragraphs = []
    if briefing.headline:
        paragraphs.append(section(statements.headline(briefing.headline, fixed)))
    if _has_sources_at_top(briefing):
        paragraphs += _source_list(briefing, fixed)
    if briefing.bottom_line:
        paragraphs.append(section(statements.statement(briefing.bottom_line, fixed)))
    if paragraphs:
        yield rich_text(*paragraphs)


def _sections(briefing: Briefing, fixed: Catalogue) -> Iterator[Section]:
    for name, lines in briefing.sections():
        told = (statements.of_its_kind(line, fixed) for line in lines)
        yield Section(fixed.headings[name], tuple(told))
    cautions = tuple(statements.of_its_kind(note, fixed) for note in briefing.cautions)
    yield Section(fixed.headings["cautions"], cautions)
    gaps = tuple(map(statements.unknown, briefing.unknowns))
    yield Section(fixed.headings["unknowns"], gaps)


def difference_sections(
    differences: Iterable[Difference], documents: Sequence[Document], fixed: Catalogue
) -> Iterator[Section]:
    """A section for each matter on which the sources differ."""
    for difference in differences:
        sides = (statements.side(line, documents, fixed) for line in difference.sides)
        title = fixed.differ.format(about=difference.about)
        yield Section(title, tuple(sides))


def _unread_section(sources: Sequence[Unread], fixed: Catalogue) -> Section:
    return Section(fixed.headings["unread"], tuple(map(statements.unread, sources)))


def _source_list(outcome: Briefing | Answer, fixed: Catalogue) -> list[JsonObject]:
    """The sources that the labels stand for, as paragraphs."""
    has_title = isinstance(outcome, Briefing) and outcome.headline is not None
    return source_paragraphs(outcome.documents, fixed, has_title=has_title)


def _sources_below(outcome: Briefing | Answer, fixed: Catalogue) -> list[JsonObject]:
    paragraphs = _source_list(outcome, fixed)
    return [rich_text(*paragraphs)] if paragraphs else []


def _has_sources_at_top(briefing: Briefing) -> bool:
    """Whether the sources are few enough to be listed under the headline."""
    return len(briefing.documents) <= _SOURCES_AT_THE_TOP


def _receipt_block(outcome: Briefing | Answer, fixed: Catalogue) -> JsonObject:
    line = receipt_line(outcome.receipt, outcome.documents, fixed)
    return _context(_notes_and_receipt(line, outcome.notes, fixed))


def _notes_and_receipt(receipt: str, notes: Iterable[str], fixed: Catalogue) -> list[str]:
    """The notes, except that no model was used, which the receipt says itself; and the receipt."""
    return [*(note for note in notes if note != fixed.extracted), receipt]


def _context(lines: Sequence[str]) -> JsonObject:
    text = "\n".join(safe_mrkdwn(shortened(line, _CONTEXT_LENGTH // len(lines))) for line in lines)
    return note(text)


def _messages(
    texts: tuple[str, str], parts: Sequence[Part], foot: Sequence[JsonObject], fixed: Catalogue
) -> tuple[Message, ...]:
    """Messages with ``texts``: that of the first one, and the title that the others have."""
    filled = pack(parts, foot, fixed)
    text, title = texts
    others = range(2, len(filled) + 1)
    more = (f"{fixed.part.format(number=number, count=len(filled))} {title}" for number in others)
    return tuple(
        Message(_notification_text(each), tuple(blocks))
        for each, blocks in zip([text, *more], filled, strict=True)
    )


def _notification_text(text: str) -> str:
    return safe_mrkdwn(shortened(text, TEXT_LENGTH))
