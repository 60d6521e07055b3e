"""In which words does Readout itself speak in a briefing, an answer and their evidence?

The English sentences are below; those of other languages are gettext catalogues, one file of
`messages/` each, in which a sentence's context is the field that it is for. Buttons of a message,
notes and headings come from here; what is said about a request that could not be served is English.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from gettext import c2py
from importlib.resources import files

from babel.localedata import exists
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot.briefing.cldr import written
from bot.briefing.documents import Passage
from bot.briefing.lines import Answer

LANGUAGES = ("ar", "de", "en", "es", "fr", "hy", "ru")
"""All that there are sentences in, by ISO 639-1 code."""

_SINGLE = str.maketrans("“”", "‘’")
_STRAIGHT = re.compile(r'"([^"]*)"')


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """The fixed sentences of one language. Forms for several numbers have "|" between them."""

    is_rtl: bool = False
    """Whether the language is written from right to left."""
    locale: str
    """What CLDR calls the language, for dates."""
    thousands: str
    """What stands between the thousands of a number."""
    decimal: str
    quoted: str
    """Quotation marks around ``{words}``."""
    plural: Callable[[int], int]
    """Which of a sentence's forms a number takes, from 0."""

    headings: Mapping[str, str]
    says_nothing: str
    not_found: str
    """What is said where nobody knows whether the sources say and no passage comes close; over
    passages that do, the next is."""
    comes_closest: str
    nearest: str
    """The heading of such passages where the sources do not say."""
    differ: str
    supported: str
    """How many witnesses of how many bear a line."""
    alone: str
    disputed: str
    continued: str
    part: str
    here: str
    pasted: str
    untitled: str
    page: str

    engines: Mapping[str, str]
    read_by: str
    """What the receipt says of a model none of whose lines are shown."""
    words: str
    words_of: str
    checked: str
    judged_by: str
    unjudged: str
    word_for_word: str
    """How one line was verified; so do the next two say."""
    compared: str
    not_judged: str
    every_line: str
    """How all were, where it was the same way."""
    own_lines: str
    withheld: str
    by_hand: str
    """How many lines a person wrote, and of how many of them the source does not hold."""
    unverified: str
    tokens: str
    about_tokens: str
    estimated: str
    seconds: str

    outlet: str
    says: str
    edited_by: str
    not_verified: str
    statuses: Mapping[str, str]
    our_translation: str

    kinds: Mapping[str, str]
    loaded: str
    spelt: str
    to_machines: str

    last_of_list: str

    made_before: str
    edited_elsewhere: str
    """What a version says where somebody edited another, of which it knows nothing."""
    extracted: str
    nothing_to_quote: str
    cannot_translate: str
    no_reader: str
    style_orders: str
    mixed: str
    names_not_compared: str
    partly_read: str
    parts_failed: str
    free_part: str
    live: str
    goes_on: str
    alike: str
    unused: str
    joined: str
    house: str
    not_repaired: str
    judge_failed: str
    left_out: str
    model_failed: str
    model_follows: str
    model_came: str
    model_stayed_away: str
    model_stopped: str

    buttons: Mapping[str, str]
    since: str
    """The heading over what is new since a story was told before."""
    briefed_before: str
    """What stands before the days, where nothing is said of what is new."""
    rewritten: str
    told_on: str
    """When a line was told before, or the line that one is compared with."""
    changes: Mapping[str, str]

    errata: Mapping[str, str]
    """What is said where a line turned out wrong: the mark of the reply, that of the line, and the
    sentence in the thread."""
    story: Mapping[str, str]
    """What a story as a timeline says of itself."""

    remade: Mapping[str, str]
    """What a version in a new reply says of the one that it was made from, and links to."""
    delete_asked: str
    delete_told: str
    keep: str
    close: str
    no_line: str
    above: str
    """Where a passage stands that is not told once more."""
    dropped: str
    only_dropped: str
    """Said where no line can be rewritten."""
    your_version: str
    checking: str
    withheld_lines: str
    refused_by_check: str
    refused_by_judge: str
    in_doubt: str
    checks: Mapping[str, str]
    """The names of the checks; empty in English, in which they have their own."""
    digest: Mapping[str, str]
    """What a digest says of itself."""
    unread: Mapping[str, str]
    """Why a source was not read, by kind; empty in English, in which the reasons come."""

    def date(self, iso: str) -> str:
        """The ISO date ``iso`` as the language writes it ("14 May 2025")."""
        return written(date.fromisoformat(iso[:10]), self.locale)

    def day(self, iso: str) -> str:
        """The same without the year ("14 May")."""
        return written(date.fromisoformat(iso[:10]), self.locale, with_year=False)

    def number(self, number: float, places: int = 0) -> str:
        """``number`` as the language writes it, with ``places`` digits behind the point."""
        whole, _, rest = f"{number:,.{places}f}".partition(".")
        grouped = whole.replace(",", self.thousands)
        return f"{grouped}{self.decimal}{rest}" if rest else grouped

    def counted(self, sentence: str, count: int, **others: object) -> str:
        """The form of ``sentence`` for ``count``, with that and ``others`` in it."""
        forms = sentence.split("|")
        form = forms[min(self.plural(count), len(forms) - 1)]
        return form.format(count=self.number(count), **others)

    def quote(self, words: str) -> str:
        """``words`` of a source in quotation marks, and what it quotes itself in single ones."""
        inner = _paired(words).translate(_SINGLE) if self.quoted.startswith("“") else words
        return self.quoted.format(words=inner)

    def why_unread(self, kind: str, message: str) -> str:
        """Why a source of that ``kind`` was not read; ``message`` says so in English."""
        return self.unread.get(kind, self.unread["unreadable"]) if self.unread else message

    def silence(self, answer: Answer) -> str:
        """What is said where there is no line that answers."""
        if answer.answered is not None:
            return self.says_nothing
        return self.comes_closest if answer.nearest else self.not_found

    def over_nearest(self, answer: Answer) -> str | None:
        """The heading of the passages that come closest; None where `silence` says it."""
        return None if answer.answered is None or not answer.nearest else self.nearest

    def place(self, passage: Passage) -> str:
        """Where ``passage`` stands, for a reader: its reference and, if there is one, its page."""
        page = self.page.format(page=passage.page) if passage.page else ""
        return f"{passage.reference}, {page}" if page else passage.reference

    def listed(self, words: Sequence[str]) -> str:
        """``words`` in a row, as the language joins them."""
        last = [self.last_of_list.join((words[-2], words[-1]))] if len(words) > 1 else words
        return ", ".join((*words[:-2], *last))


def _paired(words: str) -> str:
    """``words`` with curly quotation marks, and the one that stands in a sentence before or after
    where a quotation goes on there."""
    if "„" in words:  # there “ is what closes
        return words
    curly = _STRAIGHT.sub(r"“\1”", words)
    opening, closing = curly.find("“"), curly.find("”")
    if closing >= 0 and not 0 <= opening < closing:
        curly = f"“{curly}"
    return f"{curly}”" if curly.rfind("“") > curly.rfind("”") else curly


def _plural_in_english(count: int) -> int:
    return int(count != 1)


ENGLISH = Catalogue(
    locale="en_GB",
    thousands=",",
    decimal=".",
    quoted="“{words}”",
    plural=_plural_in_english,
    headings={
        "key_points": "Key points",
        "quotes": "In their words",
        "commitments": "Next steps",
        "timeline": "Timeline",
        "figures": "Figures",
        "unknowns": "What the sources do not say",
        "cautions": "Read with care",
        "unread": "Not read",
        "notes": "Notes",
    },
    says_nothing="The sources do not say.",
    not_found="No direct answer found.",
    comes_closest="This comes closest. Whether it answers the question is for you to judge.",
    nearest="Closest passages",
    differ="Where the sources differ: {about}",
    supported="in {witnesses} of {count} sources",
    alone="only in {label}",
    disputed="the sources differ",
    continued="{title} (continued)",
    part="Part {number} of {count}.",
    here="Here is the briefing.",
    pasted="Pasted text",
    untitled="Untitled text",
    page="p. {page}",
    engines={
        "extractive": "Quoted from the source, no model",
        "model": "AI-written, checked against the source",
    },
    read_by="Read by {model}",
    words="{count} word|{count} words",
    words_of="{read} of {count} words",
    checked="{count} line checked|{count} lines checked",
    judged_by="judged by {model}",
    unjudged="{count} not judged",
    word_for_word="word for word",
    compared="{checks} compared",
    not_judged="not judged",
    every_line="Every line: {how}.",
    own_lines="Lines the model wrote: {how}.",
    withheld="{count} withheld",
    by_hand="{count} edited by hand",
    unverified="{count} not verified",
    tokens="{count} tokens",
    about_tokens="about {count} tokens",
    estimated="{cost} (estimated)",
    seconds="{seconds} s",
    outlet="the outlet’s words",
    says="according to {speaker}",
    edited_by="edited by {name}",
    not_verified="not verified",
    statuses={
        "agreed": "agreed",
        "pledged": "pledged",
        "ordered": "ordered",
        "decided": "decided",
        "planned": "planned",
        "proposed": "proposed",
        "warned": "warned",
        "forecast": "forecast",
        "reported": "reported",
        "denied": "denied",
    },
    our_translation="our translation: {words}",
    kinds={
        "name_spelling": "Name spelling",
        "loaded_wording": "Loaded wording",
        "anonymous_source": "Anonymous source",
        "second_hand": "Unconfirmed",
        "single_source": "Single source",
        "denial": "Denial",
        "figures_disagree": "Figures disagree",
        "headline": "Headline",
        "addresses_machine": "Instructions to AI tools",
    },
    loaded="Loaded wording: {words}.",
    spelt="{one} is also spelt {other}.",
    to_machines="The source contains instructions aimed at AI tools; they were ignored.",
    last_of_list=" and ",
    made_before=(
        "Reused from an earlier request with the same sources and wishes; the model was not asked "
        "again."
    ),
    edited_elsewhere="Edits made in another version of this briefing are not in this one.",
    extracted="No model was used: every line is a sentence from the source.",
    nothing_to_quote=(
        "No model was used, and none of the source’s sentences is complete and short enough "
        "to be quoted alone. Open the source, or ask a question about it."
    ),
    cannot_translate="Translation needs a model; the lines are in the source’s language.",
    no_reader="Tailoring to a reader or an angle needs a model.",
    style_orders="Without a model, the style changes only the order of the sections.",
    mixed=(
        "Lines by the model: {written}. Sentences from the source, used where the model’s lines "
        "failed a check: {filled}."
    ),
    names_not_compared=(
        "In translated lines, numbers and dates were checked against the source; names and other "
        "words could not be."
    ),
    partly_read=(
        "Only the first {read} of {count} words of source {label} were read; the rest did not fit."
    ),
    parts_failed=(
        "Only {read} of {count} words of source {label} were read; the model failed on the rest."
    ),
    free_part=(
        "Only the free part of source {label} was read ({count} words); the rest is behind a "
        "paywall. Paste the text for a full briefing."
    ),
    live="Source {label} is a live page and may have changed since it was read.",
    goes_on="Only the first page of source {label} was read; the article continues.",
    alike="Sources {first} and {second} carry the same article and count as one.",
    unused="Nothing in this briefing comes from {labels}.",
    joined="Compared with source {labels} from earlier in this thread.",
    house="House style applied: {words}.",
    not_repaired="Lines that failed a check were not rewritten: {why}",
    judge_failed="{count} line was not judged: {why}|{count} lines were not judged: {why}",
    left_out="The model skipped them.",
    model_failed="The model gave no usable answer.",
    model_follows=(
        "The model is still working. Its version will replace this one if it arrives within ten "
        "minutes."
    ),
    model_came=(
        "Updated at {time} with the model’s version; the first version may already have been "
        "forwarded."
    ),
    model_stayed_away="The model didn’t finish in time; this version is final.",
    model_stopped="The model was stopped; this version is final.",
    buttons={
        "evidence": "Evidence",
        "brief": "Brief",
        "paste": "Paste the text",
        "retry": "Retry",
        "anew": "Brief again",
        "stop": "Stop",
        "delete": "Delete",
        "shorter": "Shorter",
        "longer": "Full briefing",
        "first": "First version",
        "translate": "Translate",
        "ask": "Ask",
        "story": "Story",
        "share": "Share",
        "export": "Export",
        "remind": "Remind",
        "done": "Done",
        "missed": "Missed",
        "tomorrow": "Tomorrow",
        "brief_story": "Brief this story",
        "mute_story": "Mute this story",
        "good": "Useful",
        "bad": "Not useful",
        "rewrite": "Rewrite",
        "drop": "Drop",
        "restore": "Restore",
        "mine": "Keep mine anyway",
        "earlier": "Keep the earlier line",
        "wrong": "This is wrong",
    },
    since="Since {date}",
    briefed_before="Briefed here before",
    rewritten="The page of source {label} has changed since {date}.",
    told_on="briefed on {date}",
    changes={
        "changed": "Changed",
        "contradicts": "Contradicted",
        "done": "Done",
        "missed": "Missed",
        "new": "New",
    },
    errata={
        "reply": "Corrected on {date}: see this thread.",
        "line": "corrected on {date}",
        "by_hand": "Correction ({date}): {name} marked this line as wrong: {line}",
        "by_source": "Correction ({date}): {source} now says otherwise. Before: {line}",
        "now": "Now: {line}",
    },
    story={
        "undertakings": "Commitments",
        "disputed": "Disputed",
        "open": "open",
        "done": "done",
        "missed": "missed",
        "marked_done": "marked done by {name} on {date}",
        "marked_missed": "marked missed by {name} on {date}",
        "cut": (
            "More than {most} briefings here may be about this story; this timeline has only the "
            "{most} closest to it."
        ),
        "counted": "Briefings in this timeline: {count}",
    },
    remade={
        "shorter": "Shorter version of this briefing",
        "longer": "Full briefing",
        "translated": "Translation of this briefing",
        "other": "Another version of this briefing",
    },
    delete_asked="Delete this reply?",
    delete_told="This deletes the reply and its stored sources. Exported files stay in the thread.",
    keep="Keep",
    close="Close",
    no_line="There are no lines to show evidence for.",
    above="Passage {reference} above",
    dropped="dropped",
    only_dropped="Lines that are the source’s own words can be dropped, but not rewritten.",
    your_version="Your version",
    checking="Checking your version against its passage…",
    withheld_lines="{count} line was withheld|{count} lines were withheld",
    refused_by_check="Failed a check: {why}",
    refused_by_judge="Rejected by the judge: {why}",
    in_doubt="Doubtful and not judged: {why}",
    checks={},
    digest={
        "nothing": "Nothing new.",
        "nothing_of_others": "Nothing new in the feeds that could be read.",
        "new": "New",
        "changed": "Update",
        "outlets": "Reported by {outlets}.",
        "due": "Due today",
        "down": "Feeds that are down",
        "no_feed": "The feed could not be read.",
        "long_feed": "Only {read} of {count} entries in {source} were looked at.",
        "not_looked_at": (
            "{count} entry was left out: a digest reads at most {most} articles."
            "|{count} entries were left out: a digest reads at most {most} articles."
        ),
        "unread": "{count} article could not be read.|{count} articles could not be read.",
        "more": "{count} more story was left out.|{count} more stories were left out.",
    },
    unread={},
)


@cache
def catalogue(language: str | None) -> Catalogue:
    """The fixed sentences in ``language`` (ISO 639-1); in English where there is no catalogue, with
    dates as the language writes them."""
    code = language or "en"
    if code == "en" or not exists(code):
        return ENGLISH
    return _translated(code) if code in LANGUAGES else replace(ENGLISH, locale=code)


def _translated(code: str) -> Catalogue:
    """Every sentence of `ENGLISH` as ``messages/<code>.po`` has it; in English where that has none
    yet, which the tests allow until the release."""
    with (files("bot.briefing") / "messages" / f"{code}.po").open("rb") as file:
        messages = read_po(file, locale=code)
    is_rtl = messages.locale is not None and messages.locale.character_order == "right-to-left"
    plural = c2py(messages.plural_expr)
    found: dict[str, object] = {"locale": code, "is_rtl": is_rtl, "plural": plural}
    for each in fields(ENGLISH):
        value = getattr(ENGLISH, each.name)
        if each.name in found:
            continue
        if isinstance(value, str):
            found[each.name] = _text(messages, each.name, value)
        elif value:
            found[each.name] = {
                key: _text(messages, f"{each.name}.{key}", text) for key, text in value.items()
            }
        else:
            of_its_own = [message for message in messages if message.context == each.name]
            found[each.name] = {str(message.id): str(message.string) for message in of_its_own}
    return Catalogue(**found)  # type: ignore[arg-type]


def _text(messages: Catalog, context: str, english: str) -> str:
    message: Message | None = messages.get(english.partition("|")[0], context)
    if message is None or not message.string or message.fuzzy:
        return english
    return message.string if isinstance(message.string, str) else "|".join(message.string)
