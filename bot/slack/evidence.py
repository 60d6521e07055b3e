"""Which passage does each line rest on, and how was it verified? A modal with pages.

Line by line in the order of the reply, under its headings. The asker can drop or rewrite the
reply's lines here, and sees what was dropped. A source's words are in rich_text, or in plain_text
where they should be grey: Slack parses neither.
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
from bot.service.ports import Correction, Mention, Notice, Outcome
from bot.slack import modals
from bot.slack.blocks import sentences
from bot.slack.buttons import actions, confirmation, header, labelled, plain
from bot.slack.event_inbox import Intake
from bot.slack.mentions import again
from bot.slack.payloads import JsonObject
from bot.slack.pressed import (
    GONE,
    Pressed,
    name_of,
    on_press,
    on_submit,
    refusal_of_another,
    replied,
    update,
)
from bot.slack.rich_text import directed, link, quotation, rich_text, section, shortened, words

MOST_BYTES = 200_000
"""Of the 250,000 that a view may have as JSON (`view_too_large`); a letter of Arabic is two."""
BEFORE, AFTER = "evidence_before.v1", "evidence_after.v1"
WITHHELD = "withheld.v1"
"""The button that shows the withheld lines, and folds them again."""
OF_A_LINE = re.compile(r"(rewrite|drop|restore|mine|earlier|wrong)_line\.v1\.(\d+)")
"""The buttons under a line, each with the line's number."""

_MOST_BLOCKS = 94
"""Of the 100 that a view may have: the fold and the buttons for turning need some."""
_DIVIDER: JsonObject = {"type": "divider"}
_LONGEST_HEADING = 150
_LONGEST_LABEL = 75
_MOST_IN_CONTEXT = 10
"""Passages of one line that are shown with the sentences around them."""
_LONGEST_AROUND = 300
_SURE = (
    "Every reply with this line, shared copies included, is marked as corrected, and a message in "
    "its thread says that you marked the line as wrong. This can’t be undone."
)


@dataclass(frozen=True)
class Page:
    """What a modal shows: of the reply to the mention ``key`` the page of that ``number``, counted
    from 0, with the withheld lines or without."""

    key: str
    number: int = 0
    is_unfolded: bool = False

    def __str__(self) -> str:
        return f"{self.number}:{int(self.is_unfolded)}:{self.key}"


def page_of(view: JsonObject) -> Page:
    """The page that a modal shows."""
    return _page(modals.about(view))


def _page(told: str) -> Page:
    page, unfolded, key = told.split(":", 2)
    return Page(key, int(page), unfolded == "1")


def turned(pressed: Pressed) -> Page:
    """The page that the button in a modal leads to. In modals of earlier versions the mention's key
    follows its number."""
    return replace(page_of(pressed.view), number=int(pressed.value.partition(":")[0]))


def evidence_view(
    outcome: Outcome | None,
    at: Page,
    *,
    is_askers: bool = False,
    told: str = "",
    checking: int | None = None,
) -> JsonObject:
    """The modal: every line, and under it its passages word for word. What is too much for one
    page is on the next. Where it ``is_askers`` the lines can be edited; ``told`` stands above
    them, and the line of the number ``checking`` is just being checked."""
    fixed = catalogue(outcome.language if isinstance(outcome, Briefing | Answer) else None)
    if outcome is None or isinstance(outcome, Notice):
        told, shown = told or GONE, []
    else:
        lines = _Lines(outcome, fixed, at, is_askers=is_askers, checking=checking)
        shown = lines.page()
    return {
        "type": "modal",
        "private_metadata": str(at),
        "title": plain(fixed.buttons["evidence"]),
        "close": plain(fixed.close),
        "blocks": [*([sentences(told)] if told else []), *shown],
    }


def passages(line: Line, outcome: Briefing | Answer, fixed: Catalogue) -> list[JsonObject]:
    """The sentences that ``line`` rests on, with what stands around each in grey."""
    found = cited_sentences(line, outcome.documents, outcome.language)
    first, others = found[:_MOST_IN_CONTEXT], found[_MOST_IN_CONTEXT:]
    surrounded = (block for each in first for block in _with_surroundings(each, fixed))
    return [*surrounded, *(_marked(each, fixed) for each in others)]


@dataclass
class Sheets:
    """The blocks of a modal, page by page; the last page still grows."""

    filled: list[list[JsonObject]] = field(default_factory=lambda: [[]])
    _left: int = MOST_BYTES

    def add(self, blocks: Sequence[JsonObject]) -> None:
        """Put blocks that stay together onto the page, or onto a new one."""
        if not self.has_room(blocks):
            self.filled.append([])
            self._left = MOST_BYTES
        self.filled[-1].extend(blocks)
        self._left -= _bytes(blocks)

    def has_room(self, blocks: Sequence[JsonObject]) -> bool:
        """Whether they fit on the page; the first always do."""
        held = self.filled[-1]
        fits = _bytes(blocks) <= self._left and len(held) + len(blocks) <= _MOST_BLOCKS
        return not held or fits


def turning(page: int, count: int, fixed: Catalogue, ids: tuple[str, str]) -> list[JsonObject]:
    """A row with the buttons to the page before and the page after, where there are such."""
    others = zip(ids, (page - 1, page + 1), strict=True)
    buttons = [
        labelled(action, fixed.part.format(number=other + 1, count=count), value=str(other))
        for action, other in others
        if 0 <= other < count
    ]
    return [actions(*buttons)] if buttons else []


@dataclass
class _Lines:
    """The lines of a reply, laid out page by page."""

    outcome: Briefing | Answer
    fixed: Catalogue
    at: Page
    is_askers: bool
    checking: int | None
    _sheets: Sheets = field(default_factory=Sheets)
    _told: set[str] = field(default_factory=set)
    """The passages that stand on this page under this heading."""
    _around: set[str] = field(default_factory=set)
    """The sentences that stand on this page, whatever for."""

    def page(self) -> list[JsonObject]:
        """The blocks of the page that is asked for, or of the last one: the reply may be a shorter
        one by now."""
        shown = [line for part in parts_of(self.outcome) for line in part.lines]
        of_all, of_each = verification_texts(self.outcome, shown, self.fixed)
        is_settled = self.is_askers and self.outcome.awaits is None
        if is_settled and shown and not any(map(may_be_rewritten, shown)):
            of_all.append(self.fixed.only_dropped)
        opening = [[sentences("\n".join(of_all))]] if of_all else []
        for blocks in (*opening, *self._changes()):
            self._sheets.add(blocks)
        ways = iter(of_each)
        number = 0
        for part in parts_of(before_edits(self.outcome)):
            if heading := self._heading(part):
                self._told = set()
            for each in part.lines:
                line = current_line(self.outcome, number)
                way = next(ways) if line else ""
                if line or self.is_askers:
                    heading = self._put(heading, number, line or each, way, is_dropped=not line)
                number += 1
        for blocks in self._withheld():
            self._sheets.add(blocks)
        pages = self._sheets.filled
        page = min(self.at.number, len(pages) - 1)
        row = turning(page, len(pages), self.fixed, (BEFORE, AFTER))
        shown_here = [*pages[page], *row] or [sentences(self.fixed.no_line)]
        return [*self._to_decide(), *shown_here]

    def _to_decide(self) -> list[JsonObject]:
        """The first version that doesn't hold, above all lines: a modal that changes is shown from
        its top."""
        is_open = self.is_askers and self.outcome.awaits is None
        pending = (each for each in self.outcome.edits if is_open and not each.is_decided)
        first = next((each for each in pending if each.line), None)
        if first is None or first.line is None or first.number == self.checking:
            return []
        earlier = current_line(self.outcome, first.number)
        text = earlier.text if earlier else ""
        before = [rich_text(section(directed([words(text)], (), text)))] if text else []
        asked = _undecided(first.number, first.line, earlier or first.line, self.fixed)
        return [*before, *asked, _DIVIDER]

    def _put(
        self, heading: list[JsonObject], number: int, line: Line, way: str, *, is_dropped: bool
    ) -> list[JsonObject]:
        """Put a line with all that belongs to it onto the page, or onto a new one; the heading
        that is left for the next line, which is none."""
        blocks = [*heading, *self._line(number, line, way, is_dropped=is_dropped)]
        if not self._sheets.has_room(blocks):
            self._told, self._around = set(), set()
            blocks = [*heading, *self._line(number, line, way, is_dropped=is_dropped)]
        self._sheets.add(blocks)
        for each in () if is_dropped else self._cited(line):
            self._told.add(each.passage.reference)
            self._around |= {each.before, each.passage.text, each.after}
        return []

    def _heading(self, part: Part) -> list[JsonObject]:
        if part.about is not None:
            title = self.fixed.differ.format(about=part.about)
        elif part.name == "nearest":
            title = self.fixed.nearest
        else:
            title = self.fixed.headings.get(part.name, "")
        return [header(shortened(title, _LONGEST_HEADING))] if title else []

    def _line(self, number: int, line: Line, way: str, *, is_dropped: bool) -> list[JsonObject]:
        """A line, in which ``way`` it was verified, its passages, and what can be done to it."""
        if is_dropped:
            restore = _button("restore", number, line, self.fixed)
            row = {**actions(restore), "block_id": _row_of(number)}
            return [_struck(line, self.fixed), row, _DIVIDER]
        told = "; ".join(
            filter(None, (line_remarks(line, self.fixed), edit_remark(line, self.fixed), way))
        )
        borne = [words(f" ({told})", "italic")] if told else []
        blocks = self._passages(line, borne)
        if line.edited and line.edited.objections:
            why = describe_reasons(line.edited.objections, self.fixed)
            blocks.append(rich_text(quotation([words(why)])))
        return [*blocks, *(self._editing(number, line) if self.is_askers else []), _DIVIDER]

    def _passages(self, line: Line, borne: list[JsonObject]) -> list[JsonObject]:
        """A line and its passages; one that is a sentence of the source stands there once."""
        found = self._cited(line)
        is_passage = line.is_source_wording and bool(found)
        blocks: list[JsonObject] = []
        if not is_passage:
            shown = directed([words(line.text, "bold"), *borne], (), line.text)
            blocks.append(rich_text(section(shown)))
        for place, each in enumerate(found):
            behind = borne if is_passage and place == 0 else []
            is_told = each.passage.reference in self._told
            if is_told and not (is_passage and place == 0):
                above = self.fixed.above.format(reference=each.passage.reference)
                blocks.append(rich_text(quotation([words(above, "italic")])))
            elif is_told or place >= _MOST_IN_CONTEXT:
                blocks.append(_marked(each, self.fixed, behind))
            else:
                blocks += _with_surroundings(each, self.fixed, self._around, behind)
        return blocks

    def _cited(self, line: Line) -> tuple[CitedSentence, ...]:
        return cited_sentences(line, self.outcome.documents, self.outcome.language)

    def _editing(self, number: int, line: Line) -> Iterator[JsonObject]:
        """What who asked can do to a line: nothing while a model's version may still come."""
        if self.checking == number:
            yield {**_grey(self.fixed.checking), "block_id": _row_of(number)}
        elif self.outcome.awaits is None:
            if any(not each.is_decided and each.line for each in self._edits(number)):
                return
            rewrite = ["rewrite"] if may_be_rewritten(line) else []
            restore = ["restore"] if self._edits(number) else []
            names = (*rewrite, "drop", *restore)
            buttons = [_button(name, number, line, self.fixed) for name in names]
            if line.corrected is None:
                buttons.append(_marking(number, line, self.fixed))
            yield {**actions(*buttons), "block_id": _row_of(number)}

    def _edits(self, number: int) -> list[Edit]:
        return [each for each in self.outcome.edits if each.number == number]

    def _changes(self) -> Iterator[list[JsonObject]]:
        """What is new since the story was last briefed, with the passages of both days."""
        since = self.outcome.since if isinstance(self.outcome, Briefing) else None
        if since is None or not since.changes:
            return
        day = self.fixed.day(since.replies[0].day)
        yield [header(self.fixed.since.format(date=day))]
        for change in since.changes:
            way = "" if change.judge is None else self.fixed.judged_by.format(model=change.judge)
            told = f"{self.fixed.changes[change.kind]}: {change.text}"
            behind = [words(f" ({way})", "italic")] if way else []
            shown = directed([words(told, "bold"), *behind], (), change.text)
            then = (_then(line, self.fixed) for line in change.then)
            now = passages(change, self.outcome, self.fixed)
            yield [rich_text(section(shown)), *now, *then, _DIVIDER]

    def _withheld(self) -> Iterator[list[JsonObject]]:
        """How many lines were withheld, and where that is wanted each with what is against it."""
        lines = self.outcome.withheld
        if not lines:
            return
        label = self.fixed.pluralise(self.fixed.withheld_lines, len(lines))
        yield [actions(labelled(WITHHELD, label))]
        if self.at.is_unfolded:
            yield from ([_refused(line, self.fixed)] for line in lines)


def _button(name: str, number: int, line: Line, fixed: Catalogue) -> JsonObject:
    """A button for the line of that number, read out with what the line says."""
    label = fixed.buttons[name]
    told = shortened(f"{label}: {line.text}", _LONGEST_LABEL)
    return labelled(f"{name}_line.v1.{number}", label, accessibility_label=told)


def _marking(number: int, line: Line, fixed: Catalogue) -> JsonObject:
    """The button that marks a line as wrong, in every reply that has it."""
    sure = confirmation(fixed.buttons["wrong"], _SURE, "Mark as wrong", "Cancel")
    return {**_button("wrong", number, line, fixed), "confirm": sure}


def _row_of(number: int) -> str:
    """The id of the block with the buttons of that line: the same whatever they are by now."""
    return f"line.{number}"


def _undecided(number: int, mine: Line, earlier: Line, fixed: Catalogue) -> Iterator[JsonObject]:
    """A version that doesn't hold, and why, for its writer to decide."""
    reasons = mine.edited.objections if mine.edited else ()
    told = words(f"{fixed.your_version} ({fixed.not_verified}): ")
    shown = directed([told, words(mine.text, "bold")], (), mine.text)
    yield rich_text(section(shown), quotation([words(describe_reasons(reasons, fixed))]))
    row = actions(_button("mine", number, mine, fixed), _button("earlier", number, earlier, fixed))
    yield {**row, "block_id": _row_of(number)}


def _with_surroundings(
    found: CitedSentence,
    fixed: Catalogue,
    told: Collection[str] = (),
    behind: Sequence[JsonObject] = (),
) -> Iterator[JsonObject]:
    """A sentence with the one before and the one after in grey, where they were not ``told``."""
    if found.before and found.before not in told:
        yield _grey(f"… {found.before}")
    yield _marked(found, fixed, behind)
    if found.after and found.after not in told:
        yield _grey(f"{found.after} …")


def _grey(text: str) -> JsonObject:
    """Small print of words that Slack does not parse."""
    return {"type": "context", "elements": [plain(shortened(text, _LONGEST_AROUND))]}


def _marked(
    found: CitedSentence, fixed: Catalogue, behind: Sequence[JsonObject] = ()
) -> JsonObject:
    """The passage untouched, its marks in bold; only what stands around it says in which
    direction it runs."""
    passage = found.passage
    right = is_rtl(passage.text)
    opening, ending = direction_marks(passage.text, rtl=right)
    place = link(fixed.place(passage), passage.url)
    between = words(f" {directed_space(rtl=right)}")
    runs = list(_runs(found))
    return rich_text(quotation([words(opening), *runs, between, place, words(ending), *behind]))


def _runs(found: CitedSentence) -> Iterator[JsonObject]:
    text, done = found.passage.text, 0
    for mark in found.marks:
        yield words(text[done : mark.start])
        yield words(text[mark.start : mark.end], "bold")
        done = mark.end
    yield words(text[done:])


def _then(line: EarlierLine, fixed: Catalogue) -> JsonObject:
    """An earlier line with the day it was briefed and its source, and its passages."""
    day = words(fixed.told_on.format(date=fixed.day(line.reply.day)), "italic")
    url = next((passage.url for passage in line.passages if passage.url), None)
    source = [words(" · "), link(line.source, url)] if line.source else []
    texts = dict.fromkeys((line.text, *(passage.text for passage in line.passages)))
    said = (quotation(directed([words(text)], (), text)) for text in texts if text)
    return rich_text(section([day, *source]), *said)


def _struck(line: Line, fixed: Catalogue) -> JsonObject:
    told = words(f" ({fixed.dropped})", "italic")
    return rich_text(section([words(line.text, "strike"), told]))


def _refused(line: Withheld, fixed: Catalogue) -> JsonObject:
    """A withheld line, struck through, and why; of one that the door stopped, only why."""
    reasons = quotation([words(describe_reasons(line.reasons, fixed))])
    if any(reason.check == "output" for reason in line.reasons):
        return rich_text(reasons)
    return rich_text(section([words(defang(line.text), "strike")]), reasons)


def _bytes(blocks: Sequence[JsonObject]) -> int:
    return sum(len(json.dumps(block, ensure_ascii=False).encode()) for block in blocks)


# How does the asker drop or rewrite a line there?
#
# What is pressed is recorded before it is acknowledged, as a job of its own: it corrects the reply,
# shows it in the thread and in the modal, and goes on where it was after a crash. A second delivery
# is the same job.

REWRITTEN = "rewritten.v1"
"""The callback id of the modal for rewriting a line."""
EDIT_FIRST = "edit_lines.v1"
"""The button that opens the evidence from another modal."""
NEW_TEXT = "text"
"""The field in the modal."""
_CHANGED = "This line has changed in the meantime. Close this to see what it says now."
_NO_LINE = "The line is empty. To remove it, close this and press Drop."
_UNCHANGED = "That’s what the line already says."
_TOO_LONG = "That’s {words} words; the limit here is {most}."
_LONGEST_FIELD = 600


class Editing:
    """Listeners for what stands in the modal with the evidence."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake

    def listen(self, app: AsyncApp) -> None:
        app.action(BEFORE)(on_press(self.turned))
        app.action(AFTER)(on_press(self.turned))
        app.action(WITHHELD)(on_press(self.folded))
        app.action(EDIT_FIRST)(on_press(self.opened))
        app.action(OF_A_LINE)(on_press(self.line_pressed))
        app.view(REWRITTEN)(on_submit(self.rewritten))

    async def turned(self, pressed: Pressed) -> None:
        await pressed.ack()
        await self._show(turned(pressed), pressed)

    async def folded(self, pressed: Pressed) -> None:
        await pressed.ack()
        at = page_of(pressed.view)
        await self._show(replace(at, is_unfolded=not at.is_unfolded), pressed)

    async def opened(self, pressed: Pressed) -> None:
        await pressed.ack()
        await pressed.open(await self._evidence(Page(pressed.value), pressed))

    async def line_pressed(self, pressed: Pressed) -> None:
        """Open the modal for a line, or begin the job that drops or restores it, or keeps one of
        two."""
        action, _, place = pressed.action.partition("_line.v1.")
        number = int(place)
        at = page_of(pressed.view)
        mention, outcome = await replied(at.key, self._intake.archive)
        refusal = _refusal(mention, outcome, pressed)
        if refusal or mention is None:
            await pressed.open(modals.notice(pressed.view["title"]["text"], words(refusal or GONE)))
            return
        line = current_line(outcome, number) if isinstance(outcome, Briefing | Answer) else None
        if action == "rewrite":
            view = evidence_view(outcome, at, is_askers=True, told=_CHANGED)
            if line and isinstance(outcome, Briefing | Answer):
                view = _rewriting_view(line, number, outcome, pressed.view)
            await pressed.open(view)
            return
        seen, dialog = line_fingerprint(line) if line else "", pressed.view["id"]
        by = name_of(pressed.user)
        correction = Correction(action, number, seen, by, dialog, at.number)  # type: ignore[arg-type]  # one of `OF_A_LINE`
        once = pressed.body["trigger_id"]
        await self._intake.take(_correcting(mention, correction, once, pressed.user))

    async def rewritten(self, sent: Pressed) -> JsonObject | None:
        """Begin the job that proves the asker's words, and say so under the line."""
        number, seen, dialog, dialog_hash, at = _rewriting(sent.view)
        mention, outcome = await replied(at.key, self._intake.archive)
        text = " ".join(modals.typed(sent.view, NEW_TEXT).split())
        refusal = _refusal(mention, outcome, sent) or _objection(text, number, seen, outcome)
        if refusal or mention is None:
            return modals.refused(NEW_TEXT, refusal or GONE)
        by = name_of(sent.user)
        correction = Correction("rewrite", number, seen, by, dialog, at.number, text=text)
        await self._intake.take(_correcting(mention, correction, sent.view["id"], sent.user))
        await sent.ack()
        shown = evidence_view(outcome, at, is_askers=True, checking=number)
        # Only while it shows what it did before: the job may be done by now.
        await update(shown, dialog, sent.client, dialog_hash)
        return None

    async def _evidence(self, at: Page, pressed: Pressed) -> JsonObject:
        mention, outcome = await replied(at.key, self._intake.archive)
        is_askers = mention is not None and mention.person == pressed.person
        return evidence_view(outcome, at, is_askers=is_askers)

    async def _show(self, at: Page, pressed: Pressed) -> None:
        view = await self._evidence(at, pressed)
        await update(view, pressed.view["id"], pressed.client)


def editing_button(key: str) -> JsonObject:
    """A block for a modal, with a button that opens the lines of the reply to the mention ``key``
    on top of it."""
    return actions(labelled(EDIT_FIRST, "Edit lines", value=key))


def _rewriting_view(
    line: Line, number: int, outcome: Briefing | Answer, below: JsonObject
) -> JsonObject:
    """The box with the line and its passages; ``below`` is the modal that it stands on."""
    fixed = catalogue(outcome.language)
    here = f"{number} {line_fingerprint(line)} {below['id']} {below['hash']} {page_of(below)}"
    text = modals.text_field(
        NEW_TEXT, _LONGEST_FIELD, is_long=True, initial=line.text[:_LONGEST_FIELD]
    )
    blocks = [*passages(line, outcome, fixed), modals.field(fixed.your_version, text)]
    name = fixed.buttons["rewrite"]
    return {**modals.modal(REWRITTEN, here, name, name, blocks), "close": plain(fixed.close)}


def _rewriting(view: JsonObject) -> tuple[int, str, str, str, Page]:
    """The line and how it stood, the modal below and its state, and the page that it shows."""
    number, seen, dialog, dialog_hash, page = modals.about(view).split(" ", 4)
    return int(number), seen, dialog, dialog_hash, _page(page)


def _objection(text: str, number: int, seen: str, outcome: Outcome | None) -> str | None:
    """Why ``text`` can't take the place of the line of that number, before anything is proved."""
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


def _correcting(mention: Mention, correction: Correction, once: str, user: JsonObject) -> Mention:
    """The job that corrects the reply to ``mention``; what is sent ``once`` is one job."""
    key = again(mention, "correct", once, user).key
    return Mention(
        key=key,
        team=mention.team,
        channel=mention.channel,
        thread=mention.thread,
        message=mention.message,
        person=mention.person,
        intent="correct",
        direct=mention.direct,
        fleeting=mention.fleeting,
        about=mention.key,
        correction=correction,
    )


def _refusal(mention: Mention | None, outcome: Outcome | None, by: Pressed) -> str | None:
    """Why who pressed may not change the lines: only who asked may."""
    if not isinstance(outcome, Briefing | Answer):
        return GONE
    return refusal_of_another(mention, by.person, "change its lines")
