"""Which passages does each line rest on, and how was it verified? A modal with pages.

The lines are in the order of the reply, under its headings. The asker can drop or rewrite them
here, and sees what was dropped. A source's words are in rich_text, or in plain_text where they
should be grey: Slack parses neither.
"""

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from slack_bolt.async_app import AsyncApp

from bot.briefing.catalogue import Catalogue, catalogue
from bot.briefing.edits import (
    Part,
    current_line,
    find_line,
    line_fingerprint,
    may_be_rewritten,
    parts_of,
    word_limit,
)
from bot.briefing.edits import original_of as before_edits
from bot.briefing.evidence import CitedSentence, cited_sentences
from bot.briefing.lines import Answer, Briefing, EarlierLine, Edit, Line, Withheld
from bot.briefing.text import count_words, defang, directed_space, direction_marks, is_rtl
from bot.briefing.wording import describe_reasons, edit_remark, line_remarks, verification_texts
from bot.service.intake import Intake
from bot.service.ports import Correction, Mention, Notice, Outcome
from bot.slack import modals
from bot.slack.blocks import Pages, text_block
from bot.slack.buttons import actions, button_element, confirmation, header, plain
from bot.slack.interactions import (
    GONE,
    Interaction,
    display_name,
    mention_and_reply,
    on_press,
    on_submit,
    refusal_unless_asker,
    update_view,
)
from bot.slack.mentions import derived_mention
from bot.slack.payloads import JsonObject
from bot.slack.rich_text import bidi_line, link, quotation, rich_text, section, shortened, words

MOST_BYTES = 200_000
"""Slack allows 250,000 for a view as JSON (`view_too_large`); an Arabic letter takes two."""
BEFORE, AFTER = "evidence_before.v1", "evidence_after.v1"
WITHHELD = "withheld.v1"
"""The button that shows the withheld lines, and folds them again."""
LINE_BUTTONS = re.compile(r"(rewrite|drop|restore|mine|earlier|wrong)_line\.v1\.(\d+)")
"""The buttons under a line, each with the line's number."""

_MOST_BLOCKS = 94
"""Slack allows 100 in a view; the buttons for pages and for withheld lines need some."""
_DIVIDER: JsonObject = {"type": "divider"}
_LONGEST_HEADING = 150
_LONGEST_LABEL = 75
_MOST_IN_CONTEXT = 10
"""Passages of one line that are shown with the sentences around them."""
_LONGEST_SMALL_PRINT = 300
_SURE = (
    "Every reply with this line, shared copies included, is marked as corrected, and a message in "
    "its thread says that you marked the line as wrong. This can’t be undone."
)


@dataclass(frozen=True)
class Page:
    """What a modal shows: page ``number``, from 0, of the reply to the mention ``key``, with the
    withheld lines if it ``is_unfolded``."""

    key: str
    number: int = 0
    is_unfolded: bool = False

    def __str__(self) -> str:
        return f"{self.number}:{int(self.is_unfolded)}:{self.key}"


def page_of(view: JsonObject) -> Page:
    return _parse_page(modals.private_metadata(view))


def _parse_page(text: str) -> Page:
    number, unfolded, key = text.split(":", 2)
    return Page(key, int(number), unfolded == "1")


def target_page(pressed: Interaction) -> Page:
    """The page that a button in a modal leads to. In modals of earlier versions the button's value
    has the mention's key after the number."""
    return replace(page_of(pressed.view), number=int(pressed.value.partition(":")[0]))


def evidence_view(
    outcome: Outcome | None,
    at: Page,
    *,
    is_askers: bool = False,
    message: str = "",
    checking: int | None = None,
) -> JsonObject:
    """A page of the modal: each line, with its passages word for word below it. If it ``is_askers``
    the lines can be edited. ``message`` is at the top; the line with the number ``checking`` is
    being checked."""
    fixed = catalogue(outcome.language if isinstance(outcome, Briefing | Answer) else None)
    if outcome is None or isinstance(outcome, Notice):
        message, shown = message or GONE, []
    else:
        pages = _EvidencePages(outcome, fixed, at, is_askers=is_askers, checking=checking)
        shown = pages.blocks()
    return page_view(at, fixed.buttons["evidence"], fixed, message, shown)


def page_view(
    at: Page, title: str, fixed: Catalogue, message: str, blocks: Sequence[JsonObject]
) -> JsonObject:
    """A modal that shows a page, with a ``message`` above its blocks if there is one."""
    return {
        "type": "modal",
        "private_metadata": str(at),
        "title": plain(title),
        "close": plain(fixed.close),
        "blocks": [*([text_block(message)] if message else []), *blocks],
    }


def passage_blocks(line: Line, outcome: Briefing | Answer, fixed: Catalogue) -> list[JsonObject]:
    """The sentences that ``line`` rests on, each between its neighbours in grey."""
    found = cited_sentences(line, outcome.documents, outcome.language)
    first, others = found[:_MOST_IN_CONTEXT], found[_MOST_IN_CONTEXT:]
    surrounded = (block for each in first for block in _with_surroundings(each, fixed))
    return [*surrounded, *(_passage_block(each, fixed) for each in others)]


def modal_pages() -> Pages:
    """Empty pages, with the limits of a modal."""
    return Pages(_bytes, MOST_BYTES, _MOST_BLOCKS)


def page_buttons(page: int, count: int, fixed: Catalogue, ids: tuple[str, str]) -> list[JsonObject]:
    """A row with buttons to the previous and the next page, if there are any. ``ids`` are their
    action ids."""
    others = zip(ids, (page - 1, page + 1), strict=True)
    buttons = [
        button_element(action, fixed.part.format(number=other + 1, count=count), value=str(other))
        for action, other in others
        if 0 <= other < count
    ]
    return [actions(*buttons)] if buttons else []


@dataclass
class _EvidencePages:
    outcome: Briefing | Answer
    fixed: Catalogue
    at: Page
    is_askers: bool
    checking: int | None
    _pages: Pages = field(default_factory=modal_pages)
    _shown_passages: set[str] = field(default_factory=set)
    """References of the passages on this page under this heading."""
    _shown_sentences: set[str] = field(default_factory=set)
    """All sentences of sources on this page."""

    def blocks(self) -> list[JsonObject]:
        """The blocks of the page ``at``, or of the last one if the reply has become shorter."""
        shown = [line for part in parts_of(self.outcome) for line in part.lines]
        of_all, of_each = verification_texts(self.outcome, shown, self.fixed)
        is_settled = self.is_askers and self.outcome.awaits is None
        if is_settled and shown and not any(map(may_be_rewritten, shown)):
            of_all.append(self.fixed.only_dropped)
        opening = [[text_block("\n".join(of_all))]] if of_all else []
        for blocks in (*opening, *self._changes()):
            self._pages.add(blocks)
        ways = iter(of_each)
        number = 0
        for part in parts_of(before_edits(self.outcome)):
            if heading := self._heading(part):
                self._shown_passages = set()
            for each in part.lines:
                line = current_line(self.outcome, number)
                way = next(ways) if line else ""
                if line or self.is_askers:
                    self._add_line(heading, number, line or each, way, is_dropped=not line)
                    heading = []
                number += 1
        for blocks in self._withheld():
            self._pages.add(blocks)
        pages = self._pages.filled
        page = min(self.at.number, len(pages) - 1)
        row = page_buttons(page, len(pages), self.fixed, (BEFORE, AFTER))
        shown_here = [*pages[page], *row] or [text_block(self.fixed.no_line)]
        return [*self._pending_decision(), *shown_here]

    def _pending_decision(self) -> list[JsonObject]:
        """The first rewritten line that isn't supported, for the asker to decide. It goes above all
        lines, since Slack shows a changed modal from its top."""
        is_open = self.is_askers and self.outcome.awaits is None
        pending = (each for each in self.outcome.edits if is_open and not each.is_decided)
        first = next((each for each in pending if each.line), None)
        if first is None or first.line is None or first.number == self.checking:
            return []
        earlier = current_line(self.outcome, first.number)
        text = earlier.text if earlier else ""
        before = [rich_text(section(bidi_line([words(text)], (), text)))] if text else []
        asked = _decision_blocks(first.number, first.line, earlier or first.line, self.fixed)
        return [*before, *asked, _DIVIDER]

    def _add_line(
        self, heading: list[JsonObject], number: int, line: Line, way: str, *, is_dropped: bool
    ) -> None:
        """Add a line, below its ``heading`` if it has one, to the last page or to a new one."""
        blocks = [*heading, *self._line(number, line, way, is_dropped=is_dropped)]
        if not self._pages.has_room(blocks):
            self._shown_passages, self._shown_sentences = set(), set()
            blocks = [*heading, *self._line(number, line, way, is_dropped=is_dropped)]
        self._pages.add(blocks)
        for each in () if is_dropped else self._cited(line):
            self._shown_passages.add(each.passage.reference)
            self._shown_sentences |= {each.before, each.passage.text, each.after}

    def _heading(self, part: Part) -> list[JsonObject]:
        if part.about is not None:
            title = self.fixed.differ.format(about=part.about)
        elif part.name == "nearest":
            title = self.fixed.nearest
        else:
            title = self.fixed.headings.get(part.name, "")
        return [header(shortened(title, _LONGEST_HEADING))] if title else []

    def _line(self, number: int, line: Line, way: str, *, is_dropped: bool) -> list[JsonObject]:
        """A line, how it was verified (``way``), its passages and its buttons."""
        if is_dropped:
            restore = _line_button("restore", number, line, self.fixed)
            dropped = words(f" ({self.fixed.dropped})", "italic")
            said = rich_text(section([words(line.text, "strike"), dropped]))
            return [said, _line_row(number, actions(restore)), _DIVIDER]
        told = "; ".join(
            filter(None, (line_remarks(line, self.fixed), edit_remark(line, self.fixed), way))
        )
        remark = [words(f" ({told})", "italic")] if told else []
        blocks = self._passages(line, remark)
        if line.edited and line.edited.objections:
            why = describe_reasons(line.edited.objections, self.fixed)
            blocks.append(rich_text(quotation([words(why)])))
        return [*blocks, *(self._edit_buttons(number, line) if self.is_askers else []), _DIVIDER]

    def _passages(self, line: Line, remark: list[JsonObject]) -> list[JsonObject]:
        """A line and its passages; a line that is a sentence of the source is shown only once."""
        found = self._cited(line)
        is_passage = line.is_source_wording and bool(found)
        blocks: list[JsonObject] = []
        if not is_passage:
            shown = bidi_line([words(line.text, "bold"), *remark], (), line.text)
            blocks.append(rich_text(section(shown)))
        for place, each in enumerate(found):
            behind = remark if is_passage and place == 0 else []
            is_told = each.passage.reference in self._shown_passages
            if is_told and not (is_passage and place == 0):
                above = self.fixed.above.format(reference=each.passage.reference)
                blocks.append(rich_text(quotation([words(above, "italic")])))
            elif is_told or place >= _MOST_IN_CONTEXT:
                blocks.append(_passage_block(each, self.fixed, behind))
            else:
                blocks += _with_surroundings(each, self.fixed, self._shown_sentences, behind)
        return blocks

    def _cited(self, line: Line) -> tuple[CitedSentence, ...]:
        return cited_sentences(line, self.outcome.documents, self.outcome.language)

    def _edit_buttons(self, number: int, line: Line) -> Iterator[JsonObject]:
        """The asker's buttons for a line; none while a model's version may still come."""
        if self.checking == number:
            yield _line_row(number, _grey(self.fixed.checking))
        elif self.outcome.awaits is None:
            if any(not each.is_decided and each.line for each in self._edits(number)):
                return
            rewrite = ["rewrite"] if may_be_rewritten(line) else []
            restore = ["restore"] if self._edits(number) else []
            names = (*rewrite, "drop", *restore)
            buttons = [_line_button(name, number, line, self.fixed) for name in names]
            if line.corrected is None:
                buttons.append(_wrong_button(number, line, self.fixed))
            yield _line_row(number, actions(*buttons))

    def _edits(self, number: int) -> list[Edit]:
        return [each for each in self.outcome.edits if each.number == number]

    def _changes(self) -> Iterator[list[JsonObject]]:
        """The changes since the story was last briefed, with the passages of both days."""
        since = self.outcome.since if isinstance(self.outcome, Briefing) else None
        if since is None or not since.changes:
            return
        day = self.fixed.day(since.replies[0].day)
        yield [header(self.fixed.since.format(date=day))]
        for change in since.changes:
            way = "" if change.judge is None else self.fixed.judged_by.format(model=change.judge)
            told = f"{self.fixed.changes[change.kind]}: {change.text}"
            behind = [words(f" ({way})", "italic")] if way else []
            shown = bidi_line([words(told, "bold"), *behind], (), change.text)
            then = (_earlier_line(line, self.fixed) for line in change.then)
            now = passage_blocks(change, self.outcome, self.fixed)
            yield [rich_text(section(shown)), *now, *then, _DIVIDER]

    def _withheld(self) -> Iterator[list[JsonObject]]:
        """How many lines were withheld and, if unfolded, each line with the reasons."""
        lines = self.outcome.withheld
        if not lines:
            return
        label = self.fixed.pluralise(self.fixed.withheld_lines, len(lines))
        yield [actions(button_element(WITHHELD, label))]
        if self.at.is_unfolded:
            yield from ([_withheld_line(line, self.fixed)] for line in lines)


def _line_button(name: str, number: int, line: Line, fixed: Catalogue) -> JsonObject:
    """A button for the line ``number``; screen readers say the line's text with it."""
    label = fixed.buttons[name]
    spoken = shortened(f"{label}: {line.text}", _LONGEST_LABEL)
    return button_element(f"{name}_line.v1.{number}", label, accessibility_label=spoken)


def _wrong_button(number: int, line: Line, fixed: Catalogue) -> JsonObject:
    sure = confirmation(fixed.buttons["wrong"], _SURE, "Mark as wrong", "Cancel")
    return {**_line_button("wrong", number, line, fixed), "confirm": sure}


def _line_row(number: int, block: JsonObject) -> JsonObject:
    """The ``block`` with a line's buttons; its id stays the same when they change."""
    return {**block, "block_id": f"line.{number}"}


def _decision_blocks(
    number: int, mine: Line, earlier: Line, fixed: Catalogue
) -> Iterator[JsonObject]:
    """A rewritten line that isn't supported, why, and buttons to keep it or the earlier one."""
    reasons = mine.edited.objections if mine.edited else ()
    label = words(f"{fixed.your_version} ({fixed.not_verified}): ")
    shown = bidi_line([label, words(mine.text, "bold")], (), mine.text)
    yield rich_text(section(shown), quotation([words(describe_reasons(reasons, fixed))]))
    versions = {"mine": mine, "earlier": earlier}
    row = actions(*(_line_button(name, number, each, fixed) for name, each in versions.items()))
    yield _line_row(number, row)


def _with_surroundings(
    found: CitedSentence,
    fixed: Catalogue,
    already: Collection[str] = (),
    behind: Sequence[JsonObject] = (),
) -> Iterator[JsonObject]:
    """A sentence, with the ones before and after it in grey unless they are ``already`` shown."""
    if found.before and found.before not in already:
        yield _grey(f"… {found.before}")
    yield _passage_block(found, fixed, behind)
    if found.after and found.after not in already:
        yield _grey(f"{found.after} …")


def _grey(text: str) -> JsonObject:
    """Small print of words that Slack does not parse."""
    return {"type": "context", "elements": [plain(shortened(text, _LONGEST_SMALL_PRINT))]}


def _passage_block(
    found: CitedSentence, fixed: Catalogue, behind: Sequence[JsonObject] = ()
) -> JsonObject:
    """The passage word for word, with what matches the line in bold, then its place and the
    elements ``behind`` that; the marks of direction are outside the passage."""
    passage = found.passage
    right = is_rtl(passage.text)
    opening, ending = direction_marks(passage.text, rtl=right)
    place = link(fixed.place(passage), passage.url)
    between = words(f" {directed_space(rtl=right)}")
    runs = list(_marked_text(found))
    return rich_text(quotation([words(opening), *runs, between, place, words(ending), *behind]))


def _marked_text(found: CitedSentence) -> Iterator[JsonObject]:
    text, done = found.passage.text, 0
    for mark in found.marks:
        yield words(text[done : mark.start])
        yield words(text[mark.start : mark.end], "bold")
        done = mark.end
    yield words(text[done:])


def _earlier_line(line: EarlierLine, fixed: Catalogue) -> JsonObject:
    day = words(fixed.told_on.format(date=fixed.day(line.reply.day)), "italic")
    url = next((passage.url for passage in line.passages if passage.url), None)
    source = [words(" · "), link(line.source, url)] if line.source else []
    texts = dict.fromkeys((line.text, *(passage.text for passage in line.passages)))
    said = (quotation(bidi_line([words(text)], (), text)) for text in texts if text)
    return rich_text(section([day, *source]), *said)


def _withheld_line(line: Withheld, fixed: Catalogue) -> JsonObject:
    """A withheld line, struck through, and why. The text of a line that the output filter stopped
    is left out."""
    reasons = quotation([words(describe_reasons(line.reasons, fixed))])
    if any(reason.check == "output" for reason in line.reasons):
        return rich_text(reasons)
    return rich_text(section([words(defang(line.text), "strike")]), reasons)


def _bytes(blocks: Sequence[JsonObject]) -> int:
    return sum(len(json.dumps(block, ensure_ascii=False).encode()) for block in blocks)


# How does the asker drop or rewrite a line?
#
# A press is recorded as a job of its own before it is acknowledged. The job corrects the reply,
# shows it in the thread and in the modal, and resumes after a crash; a second delivery of the press
# is the same job.

REWRITE_DIALOG = "rewritten.v1"
OPEN_EVIDENCE = "edit_lines.v1"
"""The button that opens the evidence from another modal."""
NEW_TEXT = "text"
"""The field in the modal."""
_CHANGED = "This line has changed in the meantime. Close this to see what it says now."
_NO_LINE = "The line is empty. To remove it, close this and press Drop."
_UNCHANGED = "That’s what the line already says."
_TOO_LONG = "That’s {words} words; the limit here is {most}."
_LONGEST_FIELD = 600


class EvidenceListeners:
    def __init__(self, intake: Intake) -> None:
        self._intake = intake

    def listen(self, app: AsyncApp) -> None:
        app.action(BEFORE)(on_press(self.turn_page))
        app.action(AFTER)(on_press(self.turn_page))
        app.action(WITHHELD)(on_press(self.toggle_withheld))
        app.action(OPEN_EVIDENCE)(on_press(self.open_evidence))
        app.action(LINE_BUTTONS)(on_press(self.press_line_button))
        app.view(REWRITE_DIALOG)(on_submit(self.submit_rewrite))

    async def turn_page(self, pressed: Interaction) -> None:
        await pressed.ack()
        await self._show(target_page(pressed), pressed)

    async def toggle_withheld(self, pressed: Interaction) -> None:
        await pressed.ack()
        at = page_of(pressed.view)
        await self._show(replace(at, is_unfolded=not at.is_unfolded), pressed)

    async def open_evidence(self, pressed: Interaction) -> None:
        await pressed.ack()
        await pressed.open(await self._evidence(Page(pressed.value), pressed))

    async def press_line_button(self, pressed: Interaction) -> None:
        """Open the modal for rewriting a line, or start the job that another button asks for."""
        action, _, place = pressed.action_id.partition("_line.v1.")
        number = int(place)
        at = page_of(pressed.view)
        mention, outcome = await mention_and_reply(at.key, self._intake.archive)
        refusal = _refusal(mention, outcome, pressed)
        if refusal or mention is None:
            title = pressed.view["title"]["text"]
            await pressed.open(modals.notice_view(title, refusal or GONE))
            return
        line = current_line(outcome, number) if isinstance(outcome, Briefing | Answer) else None
        if action == "rewrite":
            view = evidence_view(outcome, at, is_askers=True, message=_CHANGED)
            if line and isinstance(outcome, Briefing | Answer):
                view = _rewrite_view(line, number, outcome, pressed.view)
            await pressed.open(view)
            return
        seen, dialog = line_fingerprint(line) if line else "", pressed.view["id"]
        by = display_name(pressed.user)
        correction = Correction(action, number, seen, by, dialog, at.number)  # type: ignore[arg-type]  # one of `LINE_BUTTONS`
        once = pressed.body["trigger_id"]
        await self._intake.take(_correction_request(mention, correction, once, pressed.user))

    async def submit_rewrite(self, sent: Interaction) -> JsonObject | None:
        """Start the job that checks the asker's words, and say so under the line."""
        number, seen, dialog, dialog_hash, at = _rewritten_line(sent.view)
        mention, outcome = await mention_and_reply(at.key, self._intake.archive)
        text = " ".join(modals.typed_text(sent.view, NEW_TEXT).split())
        refusal = _refusal(mention, outcome, sent) or _rewrite_problem(text, number, seen, outcome)
        if refusal or mention is None:
            return modals.field_error(NEW_TEXT, refusal or GONE)
        by = display_name(sent.user)
        correction = Correction("rewrite", number, seen, by, dialog, at.number, text=text)
        await self._intake.take(
            _correction_request(mention, correction, sent.view["id"], sent.user)
        )
        await sent.ack()
        shown = evidence_view(outcome, at, is_askers=True, checking=number)
        # Only if the modal is unchanged: the job may be done by now.
        await update_view(shown, dialog, sent.client, dialog_hash)
        return None

    async def _evidence(self, at: Page, pressed: Interaction) -> JsonObject:
        mention, outcome = await mention_and_reply(at.key, self._intake.archive)
        is_askers = mention is not None and mention.person == pressed.person
        return evidence_view(outcome, at, is_askers=is_askers)

    async def _show(self, at: Page, pressed: Interaction) -> None:
        view = await self._evidence(at, pressed)
        await update_view(view, pressed.view["id"], pressed.client)


def editing_button(key: str) -> JsonObject:
    """A block for a modal, with a button that opens the evidence of the reply to the mention
    ``key`` on top of it."""
    return actions(button_element(OPEN_EVIDENCE, "Edit lines", value=key))


def _rewrite_view(
    line: Line, number: int, outcome: Briefing | Answer, below: JsonObject
) -> JsonObject:
    """The modal for rewriting a line, with its passages; ``below`` is the modal that it covers."""
    fixed = catalogue(outcome.language)
    here = f"{number} {line_fingerprint(line)} {below['id']} {below['hash']} {page_of(below)}"
    text = modals.text_field(
        NEW_TEXT, _LONGEST_FIELD, is_long=True, initial=line.text[:_LONGEST_FIELD]
    )
    blocks = [*passage_blocks(line, outcome, fixed), modals.field(fixed.your_version, text)]
    name = fixed.buttons["rewrite"]
    return {**modals.modal(REWRITE_DIALOG, here, name, name, blocks), "close": plain(fixed.close)}


def _rewritten_line(view: JsonObject) -> tuple[int, str, str, str, Page]:
    number, seen, dialog, dialog_hash, page = modals.private_metadata(view).split(" ", 4)
    return int(number), seen, dialog, dialog_hash, _parse_page(page)


def _rewrite_problem(text: str, number: int, seen: str, outcome: Outcome | None) -> str | None:
    """Why ``text`` can't replace the line ``number``; None if it may be checked."""
    if not isinstance(outcome, Briefing | Answer):
        return GONE
    place, line = find_line(outcome, number), current_line(outcome, number)
    if place is None or line is None or line_fingerprint(line) != seen:
        return _CHANGED
    if not text:
        return _NO_LINE
    if text == line.text:
        return _UNCHANGED
    most = word_limit(place[0], outcome)
    length = count_words(text)
    return _TOO_LONG.format(words=length, most=most) if length > most else None


def _correction_request(
    mention: Mention, correction: Correction, once: str, user: JsonObject
) -> Mention:
    """The request to correct the reply to ``mention``; the same ``once`` makes the same job."""
    place = (mention.team, mention.channel, mention.thread, mention.message, mention.person)
    return Mention(
        derived_mention(mention, "correct", once, user).key,
        *place,
        intent="correct",
        direct=mention.direct,
        fleeting=mention.fleeting,
        about=mention.key,
        correction=correction,
    )


def _refusal(mention: Mention | None, outcome: Outcome | None, by: Interaction) -> str | None:
    """Why the person of ``by`` may not change the lines; None for the asker."""
    if not isinstance(outcome, Briefing | Answer):
        return GONE
    return refusal_unless_asker(mention, by.person, "change its lines")
