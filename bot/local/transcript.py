"""How does a thread look to the people in it?"""

import re
import textwrap
import time

from bot.local.people import People
from bot.local.plain_text import Screen
from bot.local.state import Message

WIDTH = 96
_HANGING = re.compile(r"\s*(?:[•│·✓✗…-] |\d+\. )?")


def transcript(
    slack: People, channel: str, thread_ts: str, longest_request: int | None = None
) -> str:
    """The thread as text: who, when, and what each message shows, the replies indented.

    ``channel`` is a channel's id. Of the first message no more lines are shown than
    ``longest_request``.
    """
    screen = Screen(lambda name: name_of(slack, name))
    lines = [name_of(slack, channel), "─" * WIDTH]
    for message in slack.state.thread(channel, thread_ts):
        indent = "" if message.ts == thread_ts else "    "
        body = _body(screen, message, WIDTH - len(indent))
        if longest_request and not indent and len(body) > longest_request:
            body = [*body[:longest_request], f"  … {len(body) - longest_request} more lines"]
        shown = [_head(slack, message), *body]
        lines += [*(f"{indent}{line}".rstrip() for line in shown), ""]
    status = slack.state.statuses.get((channel, thread_ts))
    if status:
        lines.append(f"    {slack.workspace.app.bot_name} {status.text}")
    return "\n".join(lines).rstrip() + "\n"


def name_of(slack: People, name: str) -> str:
    """The name that people see for the id of a person, a bot or a channel."""
    app, state = slack.workspace.app, slack.state
    if name == app.bot_user_id:
        return app.bot_name
    if name in state.people:
        return state.people[name].name
    if name in state.channels:
        channel = state.channels[name]
        return f"Direct messages with {app.bot_name}" if channel.kind == "im" else channel.name
    return "Slackbot" if name == "USLACKBOT" else name


def _head(slack: People, message: Message) -> str:
    at = time.strftime("%H:%M", time.localtime(float(message.ts)))
    notes = [
        "  APP" if message.bot_id else "",
        f"  {at}",
        "  (edited)" if message.edited else "",
        f"  (only {name_of(slack, message.seen_by)} sees this)" if message.seen_by else "",
    ]
    files = [f"  [file: {slack.state.files[each].name}]" for each in message.files]
    return "".join([name_of(slack, message.user), *notes, *files])


def _body(screen: Screen, message: Message, width: int) -> list[str]:
    return [
        line
        for each in screen.lines(message)
        for line in textwrap.wrap(
            each,
            width,
            initial_indent="  ",
            subsequent_indent="  " + " " * _hanging(each),
            break_long_words=False,
            break_on_hyphens=False,
        )
        or [""]
    ]


def _hanging(line: str) -> int:
    match = _HANGING.match(line)
    return match.end() if match else 0
