"""What can you ask Readout to do, and what does it say to a command it doesn't know?

It offers only what works in this installation: without a model, what takes one is left out.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches

from bot import styles
from bot.briefing.requests import Wishes
from bot.ports import Mention

_COMMANDS = ("help", "settings", "stop")
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
My Home tab has your preferences and your earlier briefings, with search."""


def help_text(*, has_model: bool) -> str:
    """What Readout does and how to ask for it, one thing a line."""
    wished = "in French, short, for the minister" if has_model else "short"
    answer = _ANSWERED if has_model else _SHOWN
    return "\n".join((_ASKED.format(wished=wished), answer, *_styles(has_model=has_model), _MORE))


def not_understood(mention: Mention) -> str:
    """What is said to a command that brings nothing to read and is none of ours."""
    said = " ".join(mention.text.split())
    quoted = said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"
    if mention.question or replace(mention.wishes, note=None) != Wishes():
        return (
            f"“{quoted}” needs something to read. Add a link or text (40 words or more) after it, "
            "or say it in a briefing’s thread."
        )
    meant = _meant(said)
    guess = f" Did you mean /brief {meant}?" if meant else ""
    return (
        f"I don’t understand “{quoted}”.{guess} Use /brief with a link or at least 40 words of "
        "text, or try /brief help, /brief settings or /brief stop."
    )


def _meant(said: str) -> str | None:
    if _ADDRESS.fullmatch(said):
        return f"https://{said}"
    return next(iter(get_close_matches(said.casefold(), _COMMANDS, 1)), None)


def _styles(*, has_model: bool) -> Iterator[str]:
    named = [f"“in the {name} style”" for name in styles.known() if name != styles.PLAIN]
    if named:
        what = "Name a style" if has_model else "A style changes the order of the sections"
        yield f"{what}: {', '.join(named)}."
