"""What a catalogue of fixed sentences holds: one language's words around what the sources say.

A sentence with a number in it may have two forms with "|" between them, for one and for more;
where a language has more forms than that, it is put so that one does for all ("строк: 5").
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.briefing.cldr import written
from bot.briefing.documents import Passage
from bot.briefing.lines import Answer

_SINGLE = str.maketrans("“”", "‘’")
_STRAIGHT = re.compile(r'"([^"]*)"')


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """The fixed sentences of one language; every field is filled in every language, so that the
    type checker finds what is missing."""

    is_rtl: bool = False
    """Whether the language is written from right to left."""
    locale: str
    """What CLDR calls the language, for dates."""
    thousands: str
    """What stands between the thousands of a number."""
    decimal: str
    quoted: str
    """Quotation marks around ``{words}``."""
    singular: frozenset[int]
    """The numbers that the first of two forms is for."""

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
        """One of the sentences with ``count`` and ``others`` in it."""
        one, _, more = sentence.partition("|")
        form = one if count in self.singular or not more else more
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
