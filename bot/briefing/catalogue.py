"""The fixed sentences of briefings, answers and their evidence, in each language.

The English sentences are below; those of other languages are gettext catalogues, one file of
`messages/` each, in which a sentence's context is the field that it is for. Buttons of a message,
notes and headings come from here; what is said about a request that could not be served is English.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cache
from gettext import c2py
from importlib.resources import files

from babel.localedata import exists
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot.briefing.cldr import format_date
from bot.briefing.documents import Passage
from bot.briefing.lines import Answer

LANGUAGES = ("ar", "de", "en", "es", "fr", "hy", "ru")
"""The languages that have sentences, as ISO 639-1 codes."""

_SINGLE = str.maketrans("“”", "‘’")
_STRAIGHT = re.compile(r'"([^"]*)"')


def _plural_in_english(count: int) -> int:
    return int(count != 1)


def _by_name(**sentences: str) -> Mapping[str, str]:
    """A field of several sentences, each with a name."""
    return field(default_factory=lambda: sentences)


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """The fixed sentences of one language, by default of English. Forms for several numbers have
    "|" between them."""

    is_rtl: bool = False
    """Whether the language is written from right to left."""
    locale: str = "en_GB"
    """The CLDR locale that dates are written in."""
    thousands: str = ","
    """What stands between the thousands of a number."""
    decimal: str = "."
    quoted: str = "“{words}”"
    """Quotation marks around ``{words}``."""
    plural: Callable[[int], int] = _plural_in_english
    """Which of a sentence's forms a number takes, from 0."""

    headings: Mapping[str, str] = _by_name(
        key_points="Key points",
        quotes="In their words",
        commitments="Next steps",
        timeline="Timeline",
        figures="Figures",
        unknowns="What the sources do not say",
        cautions="Read with care",
        unread="Not read",
        notes="Notes",
    )
    says_nothing: str = "The sources do not say."
    not_found: str = "No direct answer found."
    """Said where no model has read the sources and no passage comes close; over passages that do,
    the next sentence is."""
    comes_closest: str = "This comes closest. Whether it answers the question is for you to judge."
    nearest: str = "Closest passages"
    """The heading of such passages where the sources do not say."""
    differ: str = "Where the sources differ: {about}"
    supported: str = "in {witnesses} of {count} sources"
    """How many of how many sources support a line, copies counted once."""
    disputed: str = "the sources differ"
    continued: str = "{title} (continued)"
    part: str = "Part {number} of {count}."
    here: str = "Here is the briefing."
    pasted: str = "Pasted text"
    untitled: str = "Untitled text"
    page: str = "p. {page}"

    engines: Mapping[str, str] = _by_name(
        extractive="Quoted from the source, no model",
        model="AI-written, checked against the source",
    )
    read_by: str = "Read by {model}"
    """What the receipt says of a model none of whose lines are shown."""
    words: str = "{count} word|{count} words"
    words_of: str = "{read} of {count} words"
    checked: str = "{count} line checked|{count} lines checked"
    judged_by: str = "judged by {model}"
    unjudged: str = "{count} not judged"
    word_for_word: str = "word for word"
    """How one line was verified, as are the next two."""
    compared: str = "{checks} compared"
    not_judged: str = "not judged"
    every_line: str = "Every line: {how}."
    """How all lines were verified, if in the same way."""
    own_lines: str = "Lines the model wrote: {how}."
    withheld: str = "{count} withheld"
    by_hand: str = "{count} edited by hand"
    """How many lines a person wrote; the next, how many of these the source does not support."""
    unverified: str = "{count} not verified"
    tokens: str = "{count} tokens"
    about_tokens: str = "about {count} tokens"
    estimated: str = "{cost} (estimated)"
    seconds: str = "{seconds} s"

    outlet: str = "the outlet’s words"
    says: str = "according to {speaker}"
    edited_by: str = "edited by {name}"
    not_verified: str = "not verified"
    statuses: Mapping[str, str] = _by_name(
        agreed="agreed",
        pledged="pledged",
        ordered="ordered",
        decided="decided",
        planned="planned",
        proposed="proposed",
        warned="warned",
        forecast="forecast",
        reported="reported",
        denied="denied",
    )
    our_translation: str = "our translation: {words}"

    kinds: Mapping[str, str] = _by_name(
        name_spelling="Name spelling",
        loaded_wording="Loaded wording",
        anonymous_source="Anonymous source",
        second_hand="Unconfirmed",
        single_source="Single source",
        denial="Denial",
        figures_disagree="Figures disagree",
        headline="Headline",
        addresses_machine="Instructions to AI tools",
    )
    loaded: str = "Loaded wording: {words}."
    spelt: str = "{one} is also spelt {other}."
    to_machines: str = "The source contains instructions aimed at AI tools; they were ignored."

    last_of_list: str = " and "

    made_before: str = (
        "Reused from an earlier request with the same sources and wishes; the model was not asked "
        "again."
    )
    edited_elsewhere: str = "Edits made in another version of this briefing are not in this one."
    """The note of a version when somebody edited another one."""
    extracted: str = "No model was used: every line is a sentence from the source."
    nothing_to_quote: str = (
        "No model was used, and none of the source’s sentences is complete and short enough "
        "to be quoted alone. Open the source, or ask a question about it."
    )
    cannot_translate: str = "Translation needs a model; the lines are in the source’s language."
    no_reader: str = "Tailoring to a reader or an angle needs a model."
    style_orders: str = "Without a model, the style changes only the order of the sections."
    mixed: str = (
        "Lines by the model: {written}. Sentences from the source, used where the model’s lines "
        "failed a check: {filled}."
    )
    names_not_compared: str = (
        "In translated lines, numbers and dates were checked against the source; names and other "
        "words could not be."
    )
    partly_read: str = (
        "Only the first {read} of {count} words of source {label} were read; the rest did not fit."
    )
    parts_failed: str = (
        "Only {read} of {count} words of source {label} were read; the model failed on the rest."
    )
    free_part: str = (
        "Only the free part of source {label} was read ({count} words); the rest is behind a "
        "paywall. Paste the text for a full briefing."
    )
    live: str = "Source {label} is a live page and may have changed since it was read."
    goes_on: str = "Only the first page of source {label} was read; the article continues."
    alike: str = "Sources {first} and {second} carry the same article and count as one."
    unused: str = "Nothing in this briefing comes from {labels}."
    joined: str = "Compared with source {labels} from earlier in this thread."
    house: str = "House style applied: {words}."
    not_repaired: str = "Lines that failed a check were not rewritten: {why}"
    judge_failed: str = "{count} line was not judged: {why}|{count} lines were not judged: {why}"
    left_out: str = "The model skipped them."
    model_failed: str = "The model gave no usable answer."
    model_follows: str = (
        "The model is still working. Its version will replace this one if it arrives within ten "
        "minutes."
    )
    model_came: str = (
        "Updated at {time} with the model’s version; the first version may already have been "
        "forwarded."
    )
    model_stayed_away: str = "The model didn’t finish in time; this version is final."
    model_stopped: str = "The model was stopped; this version is final."

    buttons: Mapping[str, str] = _by_name(
        evidence="Evidence",
        brief="Brief",
        paste="Paste the text",
        retry="Retry",
        anew="Brief again",
        stop="Stop",
        delete="Delete",
        shorter="Shorter",
        longer="Full briefing",
        first="First version",
        translate="Translate",
        ask="Ask",
        story="Story",
        share="Share",
        export="Export",
        remind="Remind",
        done="Done",
        missed="Missed",
        tomorrow="Tomorrow",
        brief_story="Brief this story",
        mute_story="Mute this story",
        good="Useful",
        bad="Not useful",
        rewrite="Rewrite",
        drop="Drop",
        restore="Restore",
        mine="Keep mine anyway",
        earlier="Keep the earlier line",
        wrong="This is wrong",
    )
    since: str = "Since {date}"
    """The heading of what is new since the story was last briefed."""
    briefed_before: str = "Briefed here before"
    """Stands before the days of earlier briefings where nothing is said about what is new."""
    rewritten: str = "The page of source {label} has changed since {date}."
    told_on: str = "briefed on {date}"
    """When a line, or the line that it is compared with, was briefed."""
    changes: Mapping[str, str] = _by_name(
        changed="Changed",
        contradicts="Contradicted",
        done="Done",
        missed="Missed",
        new="New",
    )

    errata: Mapping[str, str] = _by_name(
        reply="Corrected on {date}: see this thread.",
        line="corrected on {date}",
        by_hand="Correction ({date}): {name} marked this line as wrong: {line}",
        by_source="Correction ({date}): {source} now says otherwise. Before: {line}",
        now="Now: {line}",
    )
    """Said when a line turned out wrong: the mark of the reply, that of the line, and the sentence
    in the thread."""
    story: Mapping[str, str] = _by_name(
        undertakings="Commitments",
        disputed="Disputed",
        open="open",
        done="done",
        missed="missed",
        marked_done="marked done by {name} on {date}",
        marked_missed="marked missed by {name} on {date}",
        cut=(
            "More than {most} briefings here may be about this story; this timeline has only the "
            "{most} closest to it."
        ),
        counted="Briefings in this timeline: {count}",
    )
    """The words of a timeline."""

    remade: Mapping[str, str] = _by_name(
        shorter="Shorter version of this briefing",
        longer="Full briefing",
        translated="Translation of this briefing",
        other="Another version of this briefing",
    )
    """What a version in a new reply says about the briefing that it was made from and links to."""
    delete_asked: str = "Delete this reply?"
    delete_told: str = (
        "This deletes the reply and its stored sources. Exported files stay in the thread."
    )
    keep: str = "Keep"
    close: str = "Close"
    no_line: str = "There are no lines to show evidence for."
    above: str = "Passage {reference} above"
    """Refers to a passage that was shown before and is not repeated."""
    dropped: str = "dropped"
    only_dropped: str = "Lines that are the source’s own words can be dropped, but not rewritten."
    """Said where no line can be rewritten."""
    your_version: str = "Your version"
    checking: str = "Checking your version against its passage…"
    withheld_lines: str = "{count} line was withheld|{count} lines were withheld"
    refused_by_check: str = "Failed a check: {why}"
    refused_by_judge: str = "Rejected by the judge: {why}"
    in_doubt: str = "Doubtful and not judged: {why}"
    checks: Mapping[str, str] = _by_name()
    """The names of the checks; empty in English, which uses those of `CheckName`."""
    digest: Mapping[str, str] = _by_name(
        nothing="Nothing new.",
        nothing_of_others="Nothing new in the feeds that could be read.",
        new="New",
        changed="Update",
        outlets="Reported by {outlets}.",
        due="Due today",
        down="Feeds that are down",
        no_feed="The feed could not be read.",
        long_feed="Only {read} of {count} entries in {source} were looked at.",
        not_looked_at=(
            "{count} entry was left out: a digest reads at most {most} articles."
            "|{count} entries were left out: a digest reads at most {most} articles."
        ),
        unread="{count} article could not be read.|{count} articles could not be read.",
        more="{count} more story was left out.|{count} more stories were left out.",
    )
    """The words of a digest."""
    unread: Mapping[str, str] = _by_name()
    """Why a source was not read, by kind; empty in English, which the reasons are written in."""

    def date(self, iso: str) -> str:
        """The ISO date ``iso`` as the language writes it ("14 May 2025")."""
        return format_date(date.fromisoformat(iso[:10]), self.locale)

    def day(self, iso: str) -> str:
        """The same without the year ("14 May")."""
        return format_date(date.fromisoformat(iso[:10]), self.locale, with_year=False)

    def number(self, number: float, places: int = 0) -> str:
        """``number`` as the language writes it, with that many decimal ``places``."""
        whole, _, rest = f"{number:,.{places}f}".partition(".")
        grouped = whole.replace(",", self.thousands)
        return f"{grouped}{self.decimal}{rest}" if rest else grouped

    def pluralise(self, sentence: str, count: int, **others: object) -> str:
        """``sentence`` in its form for ``count``, with ``count`` and ``others`` filled in."""
        forms = sentence.split("|")
        form = forms[min(self.plural(count), len(forms) - 1)]
        return form.format(count=self.number(count), **others)

    def quote(self, words: str) -> str:
        """``words`` of a source in quotation marks; those inside become single ones."""
        inner = _paired(words).translate(_SINGLE) if self.quoted.startswith("“") else words
        return self.quoted.format(words=inner)

    def why_unread(self, kind: str, message: str) -> str:
        """Why a source of that ``kind`` was not read; ``message`` says so in English."""
        return self.unread.get(kind, self.unread["unreadable"]) if self.unread else message

    def no_answer(self, answer: Answer) -> str:
        """The sentence for an answer without lines."""
        if answer.answered is not None:
            return self.says_nothing
        return self.comes_closest if answer.nearest else self.not_found

    def nearest_heading(self, answer: Answer) -> str | None:
        """The heading of the passages that come closest; None if `no_answer` says it."""
        return None if answer.answered is None or not answer.nearest else self.nearest

    def place(self, passage: Passage) -> str:
        """Where ``passage`` stands, for a reader: its reference and, if there is one, its page."""
        page = self.page.format(page=passage.page) if passage.page else ""
        return f"{passage.reference}, {page}" if page else passage.reference

    def join_list(self, words: Sequence[str]) -> str:
        """``words`` as one string, joined as the language joins a list ("A, B and C")."""
        last = [self.last_of_list.join((words[-2], words[-1]))] if len(words) > 1 else words
        return ", ".join((*words[:-2], *last))


def _paired(words: str) -> str:
    """``words`` with curly quotation marks in pairs: where a quotation goes on in the sentence
    before or after, the missing mark is added."""
    if "„" in words:  # there “ is what closes
        return words
    curly = _STRAIGHT.sub(r"“\1”", words)
    opening, closing = curly.find("“"), curly.find("”")
    if closing >= 0 and not 0 <= opening < closing:
        curly = f"“{curly}"
    return f"{curly}”" if curly.rfind("“") > curly.rfind("”") else curly


ENGLISH = Catalogue()


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
