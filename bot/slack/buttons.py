"""Which buttons does a reply have? One table has everything about them."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, TypeVar

from bot.briefing.catalogue import ENGLISH, Catalogue
from bot.briefing.due import dated_commitments
from bot.briefing.lines import Answer, Briefing
from bot.service.ports import Mention, Notice, Outcome, Reminder
from bot.slack.payloads import JsonObject

Value = TypeVar("Value", bound=str)

Shown = Callable[[Outcome | None, Mention], bool]
"""Whether something is shown under the reply to a mention; None is a reply still to come."""


def _nowhere(_outcome: Outcome | None, _mention: Mention) -> bool:
    """Not by the table: under old messages, or more than once."""
    return False


def _of(*kinds: type[Outcome]) -> Shown:
    return lambda outcome, _: isinstance(outcome, kinds)


def _of_stories(outcome: Outcome | None, _mention: Mention) -> bool:
    return isinstance(outcome, Briefing) and outcome.since is not None


def _while_writing(outcome: Outcome | None, _mention: Mention) -> bool:
    is_late = isinstance(outcome, Briefing | Answer) and outcome.awaits is not None
    return outcome is None or is_late


def _of_questions(outcome: Outcome | None, mention: Mention) -> bool:
    return isinstance(outcome, Answer) and mention.intent == "ask" and bool(mention.sources)


def _after_failures(outcome: Outcome | None, _mention: Mention) -> bool:
    if isinstance(outcome, Briefing):
        return any(source.kind == "network" for source in outcome.unread)
    return isinstance(outcome, Notice) and outcome.retry


def _of_what_will_be_due(outcome: Outcome | None, mention: Mention) -> bool:
    """Of briefings with a commitment that was still to come when they were asked for."""
    if not isinstance(outcome, Briefing):
        return False
    asked = datetime.fromtimestamp(float(mention.message or 0), UTC).date().isoformat()
    return any((line.deadline_date or "") > asked for line in dated_commitments(outcome))


def _after_edits(outcome: Outcome | None, _mention: Mention) -> bool:
    return isinstance(outcome, Notice) and outcome.anew


def _unless(length: str) -> Shown:
    """Of briefings of another length."""
    return lambda outcome, mention: (
        isinstance(outcome, Briefing) and (outcome.wishes or mention.wishes).length != length
    )


def _version_of(length: str) -> Shown:
    """Of versions that were made at that length: the way back stands in place of the way there."""
    return lambda outcome, mention: (
        isinstance(outcome, Briefing)
        and (outcome.wishes or mention.wishes).length == length
        and mention.version_of is not None
    )


@dataclass(frozen=True)
class Button:
    """A button under a reply, or an entry of the menu behind the buttons.

    ``name`` is also that of its words in `Catalogue.buttons`, and of the method of
    `bot.slack.actions.Actions` that does what it says. ``action_id`` is sent by Slack where it is
    pressed, and ``earlier`` by one under an old message: both do the same for ever. ``row`` and
    ``menu`` say under which replies it stands there. ``presser``: everybody who can read the reply;
    those who may ask in the channel; or the asker alone, and then ``deed`` is what nobody else can
    do.
    """

    name: str
    action_id: str
    earlier: str | None = None
    row: Shown = _nowhere
    menu: Shown = _nowhere
    presser: Literal["reader", "may ask", "asker"] = "may ask"
    deed: str = ""

    @property
    def actions(self) -> re.Pattern[str]:
        """The names that it is known by: where it stands more than once, with a number."""
        ids = "|".join(map(re.escape, filter(None, (self.action_id, self.earlier))))
        return re.compile(rf"\A(?:{ids})(?:\.\d+)?\Z")


BUTTONS = (
    Button("evidence", "evidence.v1", row=_of(Briefing, Answer), presser="reader"),
    Button("longer", "longer.v1", row=_unless("long")),
    Button("shorter", "shorter.v1", menu=_unless("short")),
    Button("first", "first.v1", row=_version_of("long"), menu=_version_of("short")),
    Button("brief", "brief.v1", row=_of_questions),
    Button("ask", "ask.v1", row=_of(Briefing, Answer)),
    Button("remind", "remind.v1", row=_of_what_will_be_due),
    Button("story", "story.v1", row=_of_stories),
    Button("stop", "stop.v1", row=_while_writing, presser="asker", deed="stop it"),
    Button("paste", "paste.v1"),  # one for each source that is wanted: `modals.paste_buttons`
    Button("suggested", "suggested.v1"),  # one for each question: `suggested` below
    # One for each commitment in a reminder: `of_a_reminder` below.
    Button("done", "done.v1"),
    Button("missed", "missed.v1"),
    Button("tomorrow", "tomorrow.v1"),
    Button("brief_story", "story_brief.v1"),  # one for each story of a digest: `of_a_story`
    Button("mute_story", "story_mute.v1"),
    Button("retry", "retry.v1", row=_after_failures),
    Button("anew", "anew.v1", row=_after_edits),
    Button("translate", "translate.v1", menu=_of(Briefing)),
    Button("share", "share.v1", menu=_of(Briefing, Answer)),
    Button("export", "export.v1", menu=_of(Briefing, Answer)),
    Button(
        "delete", "delete.v2", "delete.v1", row=_of(Notice), menu=_of(Briefing, Answer),
        presser="asker", deed="delete it",
    ),
)  # fmt: skip
"""All of them, in their order in a row and in the menu."""

NAMED: Mapping[str, Button] = {each.name: each for each in BUTTONS}

DUE_CALENDAR = "due_calendar.v1"
"""Under the list of what is due in a channel."""
MENU, FEEDBACK = "more.v1", "feedback.v1"
THUMBS = {name: Button(name, FEEDBACK, presser="reader") for name in ("good", "bad")}
"""The two halves of one element; the value of each begins with its name, as in the menu."""


def row(outcome: Outcome | None, mention: Mention, fixed: Catalogue = ENGLISH) -> list[JsonObject]:
    """The buttons under the reply to ``mention``, with the menu behind them."""
    key = mention.key
    buttons = [button(key, each, fixed) for each in BUTTONS if each.row(outcome, mention)]
    entries = [_entry(key, each, fixed) for each in BUTTONS if each.menu(outcome, mention)]
    if not entries:
        return buttons
    return [*buttons, {"type": "overflow", "action_id": MENU, "options": entries}]


def button(
    value: str, which: Button, fixed: Catalogue, *, number: int = 0, label: str = ""
) -> JsonObject:
    """One button; where it stands more than once, the one of that ``number`` with its own
    ``label``."""
    action = f"{which.action_id}.{number}" if number else which.action_id
    return labelled(action, label or fixed.buttons[which.name], value=value)


def labelled(action: str, label: str, **more: object) -> JsonObject:
    """A button of that id; ``more`` is what else Slack takes with it, such as its value."""
    return {"type": "button", "action_id": action, "text": plain(label), **more}


def confirmation(title: str, text: str, confirm: str, deny: str) -> JsonObject:
    """What Slack asks before it sends that a button was pressed."""
    told = {"title": title, "text": text, "confirm": confirm, "deny": deny}
    return {name: plain(words) for name, words in told.items()}


def actions(*elements: JsonObject) -> JsonObject:
    """A row of buttons and menus."""
    return {"type": "actions", "elements": list(elements)}


def _entry(key: str, which: Button, fixed: Catalogue) -> JsonObject:
    return {"text": plain(fixed.buttons[which.name]), "value": f"{which.name}:{key}"}


def carried(value: str) -> tuple[str, str]:
    """The key of the mention in the value of a button, and what that carries beside it: the number
    of a source or a story, or a question."""
    first, _, rest = value.partition(" ")
    return (rest, first) if first.isdigit() else (first, rest)


def suggested(key: str, questions: Iterable[str]) -> list[JsonObject]:
    """A button for each question, which a press asks."""
    which = NAMED["suggested"]
    return [
        button(f"{key} {question}", which, ENGLISH, number=number, label=question)
        for number, question in enumerate(questions)
    ]


def of_a_story(key: str, number: int, fixed: Catalogue) -> JsonObject:
    """The buttons under a story of a digest, by its number from 0."""
    both = (NAMED["brief_story"], NAMED["mute_story"])
    return actions(*(button(f"{number} {key}", which, fixed) for which in both))


def of_a_reminder(key: str, number: int, reminder: Reminder) -> JsonObject:
    """The buttons under a commitment in the reminder ``key``, by its number from 0."""
    named = (NAMED[name] for name in ("done", "missed", "tomorrow"))
    value = f"{key} {reminder.id}"
    return actions(*(button(value, each, ENGLISH, number=number) for each in named))


def thumbs(key: str, fixed: Catalogue = ENGLISH) -> JsonObject:
    """A thumb up and a thumb down.

    https://docs.slack.dev/reference/block-kit/blocks/context-actions-block
    """
    return {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": FEEDBACK,
                "positive_button": _thumb(fixed.buttons["good"], f"good:{key}"),
                "negative_button": _thumb(fixed.buttons["bad"], f"bad:{key}"),
            }
        ],
    }


def select(action: str, named: Mapping[Value, str], chosen: Value) -> JsonObject:
    """A menu of options by their values, of which one is chosen."""
    options = {value: {"text": plain(name), "value": value} for value, name in named.items()}
    return {
        "type": "static_select",
        "action_id": action,
        "options": list(options.values()),
        "initial_option": options[chosen],
    }


def header(text: str) -> JsonObject:
    return {"type": "header", "text": plain(text)}


def note(text: str) -> JsonObject:
    """A block in small print; ``text`` is mrkdwn of ours."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def plain(text: str) -> JsonObject:
    """Words on a button, in a title or in a dialog."""
    return {"type": "plain_text", "text": text, "emoji": False}


def _thumb(text: str, value: str) -> JsonObject:
    return {"text": plain(text), "value": value, "accessibility_label": text}
