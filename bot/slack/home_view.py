"""What is on a person's Home tab?

What Readout can do, their preferences, recent briefings or search results, and how to delete it
all. Titles are as untrusted as the sources: they go into rich_text elements, which Slack never
parses.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot import styles
from bot.briefing.requests import Length, Wishes
from bot.home import Found
from bot.slack.admin_view import ForAdmins, admin_blocks
from bot.slack.buttons import header, note, plain, select
from bot.slack.languages import ENGLISH_NAMES
from bot.slack.payloads import JsonObject
from bot.slack.rich_text import link, rich_text, section, words

LENGTH, LANGUAGE, STYLE = "default_length.v1", "default_language.v1", "default_style.v1"
SEARCH, FORGET = "search.v1", "forget_me.v1"
MOST_FOUND = 15
LOOKED_AT = 60
"""Of what is found: a thread with much in it is listed once."""

_AS_THE_SOURCE = "source"
NO_TRANSLATION = "Translating needs a model, and Readout has none set up here."
ONLY_ORDER = "Without a model, a style only changes the order of the sections."
_DIVIDER: JsonObject = {"type": "divider"}
LENGTH_NAMES: dict[Length, str] = {"short": "Short", "standard": "Standard", "long": "Full"}
_CAN = (
    "Mention me in a channel with links, pasted text or files, or send them to me here under "
    "Messages. You get a briefing where every line shows the passage behind it. Then ask in "
    "its thread: I "
)
_ANSWER = "answer only from the sources, or tell you if they don’t say."
_SHOW = "show the passages that come closest to your question."
_ONLY_YOURS = (
    "You only see your own requests. To see those from your channels too, an admin can add the "
    "scopes channels:read and groups:read to the app."
)


@dataclass(frozen=True)
class Home:
    """What is shown: ``looked_for`` is None where nothing was; ``told`` is said at the top;
    ``for_admins`` is None for those who are none."""

    wishes: Wishes
    found: Sequence[Found]
    looked_for: str | None = None
    only_own: bool = False
    told: str | None = None
    for_admins: ForAdmins | None = None
    has_model: bool = True


def home_view(home: Home) -> JsonObject:
    """The Home tab."""
    told = [rich_text(section([words(home.told, "bold")]))] if home.told else []
    own = [*_can(home), *_liked(home), *_found(home)]
    admins = [_DIVIDER, *admin_blocks(home.for_admins)] if home.for_admins else []
    return {"type": "home", "blocks": [*told, *own, _DIVIDER, _forget(), *admins]}


def languages_named() -> dict[str, str]:
    """The languages to choose from, by the value of their option."""
    in_order = sorted(ENGLISH_NAMES.items(), key=lambda each: each[1])
    return {_AS_THE_SOURCE: "Language of the source", **dict(in_order)}


def language_of(value: str) -> str | None:
    """The language that an option of the menu stands for."""
    return None if value == _AS_THE_SOURCE else value


def _can(home: Home) -> Iterator[JsonObject]:
    yield header("What I can do")
    yield rich_text(section([words(f"{_CAN}{_ANSWER if home.has_model else _SHOW}")]))


def _liked(home: Home) -> Iterator[JsonObject]:
    wishes = home.wishes
    yield header("How you like your briefings")
    menus = (select(LENGTH, LENGTH_NAMES, wishes.length), _languages(wishes), _styles(wishes))
    yield {"type": "actions", "elements": list(menus)}
    if not home.has_model:
        yield note(f"{NO_TRANSLATION} {ONLY_ORDER}")


def _found(home: Home) -> Iterator[JsonObject]:
    yield header("Briefings")
    yield _search(home.looked_for)
    yield from _results(home)
    if home.only_own:
        yield note(_ONLY_YOURS)


def _results(home: Home) -> Iterator[JsonObject]:
    if not home.found:
        nothing = "No results." if home.looked_for else "No briefings yet."
        yield rich_text(section([words(nothing)]))
    for found in _by_thread(home.found)[:MOST_FOUND]:
        title = link(found.title or "Untitled", found.permalink, "bold")
        opening = [section([words(found.opening)])] if found.opening else []
        yield rich_text(section([title]), *opening)
        yield _dated(found)


def _by_thread(found: Sequence[Found]) -> list[Found]:
    """Of each thread its first briefing, or an answer where there is none, in the order in which
    the threads come. ``found`` has the newest first."""
    threads: dict[tuple[str, str], Found] = {}
    for each in found:
        if each.kind == "briefing" or (each.channel, each.thread) not in threads:
            threads[each.channel, each.thread] = each
    return list(threads.values())


def _dated(found: Found) -> JsonObject:
    """When and where; the date in the reader's own time zone and form."""
    at = int(found.at)
    plainly = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")
    date = f"<!date^{at}^{{date_short_pretty}}, {{time}}|{plainly}>"
    where = f" · <#{found.channel}>" if found.channel.startswith("C") else ""
    kind = "Answer" if found.kind == "answer" else "Briefing"
    return note(f"{kind} · {date}{where}")


def _search(looked_for: str | None) -> JsonObject:
    initial = {"initial_value": looked_for} if looked_for else {}
    return {
        "type": "input",
        "dispatch_action": True,
        "label": plain("Search"),
        "element": {
            "type": "plain_text_input",
            "action_id": SEARCH,
            "max_length": 150,
            "placeholder": plain("Names, places, topics; then Enter"),
            "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
            **initial,
        },
    }


def _languages(wishes: Wishes) -> JsonObject:
    chosen = wishes.language or _AS_THE_SOURCE
    return select(LANGUAGE, languages_named(), chosen)


def _styles(wishes: Wishes) -> JsonObject:
    named = {name: f"{title} style" for name, title in styles.titles().items()}
    return select(STYLE, named, styles.of(wishes.style).name)


def _forget() -> JsonObject:
    sure = {
        "title": plain("Delete all your data?"),
        "text": plain(
            "This deletes your requests, their sources and replies, and your preferences. "
            "Messages in Slack stay; press Delete under a reply to remove that too."
        ),
        "confirm": plain("Delete"),
        "deny": plain("Keep"),
        "style": "danger",
    }
    button = {
        "type": "button",
        "action_id": FORGET,
        "style": "danger",
        "text": plain("Delete my data"),
        "confirm": sure,
    }
    return {"type": "actions", "elements": [button]}
