"""Which buttons does a reply have? One table has everything about them."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, TypeVar

from bot.briefing.catalogue import ENGLISH, Catalogue
from bot.briefing.due import dated_commitments
from bot.briefing.lines import Answer, Briefing
from bot.briefing.requests import Length
from bot.service.ports import Mention, Notice, Outcome, Reminder
from bot.slack.payloads import JsonObject

Value = TypeVar("Value", bound=str)

Condition = Callable[[Outcome | None, Mention], bool]
"""Whether a button is shown under the reply to a mention; None stands for a reply still to come."""


def _never(_outcome: Outcome | None, _mention: Mention) -> bool:
    """For buttons that are only under old messages, or are added one by one."""
    return False


def _of(*kinds: type[Outcome]) -> Condition:
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


def _with_future_deadlines(outcome: Outcome | None, mention: Mention) -> bool:
    """Whether it is a briefing with a deadline after the day of the request."""
    if not isinstance(outcome, Briefing):
        return False
    asked = datetime.fromtimestamp(float(mention.message or 0), UTC).date().isoformat()
    return any((line.deadline_date or "") > asked for line in dated_commitments(outcome))


def _after_edits(outcome: Outcome | None, _mention: Mention) -> bool:
    return isinstance(outcome, Notice) and outcome.anew


def _length(outcome: Outcome | None, mention: Mention) -> Length | None:
    return (outcome.wishes or mention.wishes).length if isinstance(outcome, Briefing) else None


def _unless(length: Length) -> Condition:
    """Whether it is a briefing of another length."""
    return lambda outcome, mention: _length(outcome, mention) not in (None, length)


def _version_of(length: Length) -> Condition:
    """Whether it is a later version of that length, where "First version" replaces the button that
    led there."""
    return lambda outcome, mention: (
        _length(outcome, mention) == length and mention.version_of is not None
    )


@dataclass(frozen=True)
class Button:
    """A button under a reply, or an entry of the menu behind the buttons.

    ``name`` is also the key of its label in `Catalogue.buttons`, and the method of
    `bot.slack.actions.Actions` that handles it. Slack sends ``action_id`` when it is pressed, and
    ``earlier_id`` when it is pressed under an old message: both work for ever. ``row`` and ``menu``
    say which replies have it there. ``presser`` may press it: everybody who can read the reply,
    those who may ask in the channel, or only the asker; then ``deed`` completes
    `bot.slack.interactions.NOT_YOURS`.
    """

    name: str
    action_id: str
    earlier_id: str | None = None
    row: Condition = _never
    menu: Condition = _never
    presser: Literal["reader", "may ask", "asker"] = "may ask"
    deed: str = ""

    @property
    def actions(self) -> re.Pattern[str]:
        """Matches its action ids, with a number where a message has the button more than once."""
        ids = "|".join(map(re.escape, filter(None, (self.action_id, self.earlier_id))))
        return re.compile(rf"\A(?:{ids})(?:\.\d+)?\Z")


BUTTONS = (
    Button("evidence", "evidence.v1", row=_of(Briefing, Answer), presser="reader"),
    Button("longer", "longer.v1", row=_unless("long")),
    Button("shorter", "shorter.v1", menu=_unless("short")),
    Button("first", "first.v1", row=_version_of("long"), menu=_version_of("short")),
    Button("brief", "brief.v1", row=_of_questions),
    Button("ask", "ask.v1", row=_of(Briefing, Answer)),
    Button("remind", "remind.v1", row=_with_future_deadlines),
    Button("story", "story.v1", row=_of_stories),
    Button("stop", "stop.v1", row=_while_writing, presser="asker", deed="stop it"),
    Button("paste", "paste.v1"),  # one for each source without its text: `modals.paste_buttons`
    Button("suggested", "suggested.v1"),  # one for each question: `question_buttons` below
    # One for each commitment in a reminder: `reminder_buttons` below.
    Button("done", "done.v1"),
    Button("missed", "missed.v1"),
    Button("tomorrow", "tomorrow.v1"),
    Button("brief_story", "story_brief.v1"),  # one for each story of a digest: `story_buttons`
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
"""All buttons, in their order in a row and in the menu."""

BUTTONS_BY_NAME: Mapping[str, Button] = {each.name: each for each in BUTTONS}

DUE_CALENDAR = "due_calendar.v1"
"""The button under the list of what is due in a channel."""
MENU, FEEDBACK = "more.v1", "feedback.v1"
THUMBS = {name: Button(name, FEEDBACK, presser="reader") for name in ("good", "bad")}
"""The two halves of one element; the value of each begins with its name, as in the menu."""


def reply_buttons(
    outcome: Outcome | None, mention: Mention, fixed: Catalogue = ENGLISH
) -> list[JsonObject]:
    """The buttons under the reply to ``mention``, with the menu behind them."""
    key = mention.key
    buttons = [button(key, each, fixed) for each in BUTTONS if each.row(outcome, mention)]
    entries = [_menu_entry(key, each, fixed) for each in BUTTONS if each.menu(outcome, mention)]
    if not entries:
        return buttons
    return [*buttons, {"type": "overflow", "action_id": MENU, "options": entries}]


def button(
    value: str, which: Button, fixed: Catalogue, *, number: int = 0, label: str = ""
) -> JsonObject:
    """The button ``which``; one that a message has more than once has a ``number`` and may have its
    own ``label``."""
    action = f"{which.action_id}.{number}" if number else which.action_id
    return button_element(action, label or fixed.buttons[which.name], value=value)


def button_element(action: str, label: str, **more: object) -> JsonObject:
    """Slack's button element; ``more`` are further fields of it, such as its value."""
    return {"type": "button", "action_id": action, "text": plain(label), **more}


def confirmation(title: str, text: str, confirm: str, deny: str) -> JsonObject:
    """A confirmation dialog, which Slack shows when the button is pressed."""
    texts = {"title": title, "text": text, "confirm": confirm, "deny": deny}
    return {name: plain(words) for name, words in texts.items()}


def actions(*elements: JsonObject) -> JsonObject:
    """A row of buttons and menus."""
    return {"type": "actions", "elements": list(elements)}


def _menu_entry(key: str, which: Button, fixed: Catalogue) -> JsonObject:
    return {"text": plain(fixed.buttons[which.name]), "value": f"{which.name}:{key}"}


def split_value(value: str) -> tuple[str, str]:
    """The mention's key in the value of a button, and its argument: the number of a source or a
    story, the id of a reminder, or a question; else empty."""
    first, _, rest = value.partition(" ")
    return (rest, first) if first.isdigit() else (first, rest)


def question_buttons(key: str, questions: Iterable[str]) -> list[JsonObject]:
    """A button for each question, which asks it."""
    which = BUTTONS_BY_NAME["suggested"]
    return [
        button(f"{key} {question}", which, ENGLISH, number=number, label=question)
        for number, question in enumerate(questions)
    ]


def story_buttons(key: str, number: int, fixed: Catalogue) -> JsonObject:
    """The buttons under a story of a digest, by its number from 0."""
    both = (BUTTONS_BY_NAME[name] for name in ("brief_story", "mute_story"))
    return actions(*(button(f"{number} {key}", each, fixed) for each in both))


def reminder_buttons(key: str, number: int, reminder: Reminder) -> JsonObject:
    """The buttons under a commitment in the reminder ``key``, by its number from 0."""
    named = (BUTTONS_BY_NAME[name] for name in ("done", "missed", "tomorrow"))
    value = f"{key} {reminder.id}"
    return actions(*(button(value, each, ENGLISH, number=number) for each in named))


def feedback_buttons(key: str, fixed: Catalogue) -> JsonObject:
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
    """A menu of options, named by value, with one of them chosen."""
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
    """A block in small print; ``text`` is mrkdwn that we wrote."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def plain(text: str) -> JsonObject:
    """A plain_text object: words on a button, in a title or in a dialog."""
    return {"type": "plain_text", "text": text, "emoji": False}


def _thumb(text: str, value: str) -> JsonObject:
    return {"text": plain(text), "value": value, "accessibility_label": text}
