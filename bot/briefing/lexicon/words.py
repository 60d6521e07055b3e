"""What a list of words of one language holds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

# What tells where alternatives end; an escaped character and a set of characters are passed over.
_SIGN = re.compile(r"\\.|\[[^\]]*\]|[()|]")


@dataclass(frozen=True)
class Lexicon:
    """Words of one language, lower case.

    The first part are alternatives of a regular expression, for sentences that are cut up; the
    second part, from ``fillers`` on, are lists with "·" between the entries, for the checks.
    """

    speech_verbs: str = r"(?!)"
    weak_speech_verbs: str = r"(?!)"
    addressing_verbs: str = r"(?!)"
    said_first: str = r"(?!)"
    """A verb of speech with ``who`` behind it, where a language has its verb first."""
    according_to: str = r"(?!)"
    roles: str = r"(?!)"
    third_persons: str = r"(?!)"
    pronouns: str = r"(?!)"
    """What stands in a question for somebody or something named before."""
    asking: str = r"(?!)"
    """By what a question asks ("how much")."""
    follows_up: str = r"(?!)"
    """How a question opens that only follows up."""
    relatives: str = r"(?!)"
    """Who may bear the same surname."""
    possessives: str = r"(?!)"
    """"His" and "her", before a relative."""
    namesakes: str = r"(?!)"
    """What is said of people who only share a name."""
    agreement: str = r"(?!)"
    pledge: str = r"(?!)"
    proposal: str = r"(?!)"
    denial: str = r"(?!)"
    denies: str = r"(?!)"
    """Of these, the forms that can't be anything else, such as "denied entry"."""
    unsaid: str = r"(?!)"
    """What is denied, where its words don't say what it was ("the claim")."""
    alleges: str = r"(?!)"
    """Verbs by which somebody lays something to another's charge."""
    no_comment: str = r"(?!)"
    second_hand: str = r"(?!)"
    anonymous: str = r"(?!)"
    loaded: str = r"(?!)"
    dangling: str = r"(?!)"
    adds: str = r"(?!)"
    """What tells in the first words of a sentence that something was told before it."""
    looks_back: str = r"(?!)"
    """What opens a sentence on what went before the news ("Founded in 1924, …")."""
    turns_back: str = r"(?!)"
    """What opens a sentence that takes something back ("However")."""

    speaking: str = r"(?!)"
    """By which words a sentence shows that somebody says it: looser than the verbs of speech, and
    enough for a doubt whether a line in another language tells as a fact what is a claim."""
    dead: str = ""
    """What tells that somebody died."""
    hurt: str = ""
    """What tells that somebody is injured or missing."""
    adds_cause: str = ""
    """What makes a line say more, so that a passage must have it too: "because". First what is
    looked for in a line, then, behind " ¦ ", what else may stand for it in a passage."""
    adds_all: str = ""
    adds_only: str = ""
    adds_ever: str = ""
    adds_most: str = ""

    joined: tuple[tuple[str, str], ...] = ()
    """What is written as one word and read as two ("didn't"), and how it is read."""
    fillers: str = ""
    """What stands between a "not" or a "may" and the word that it is about."""
    negations: str = ""
    """What denies; with "!" before it, what only looks like that ("not only")."""
    negatives: str = ""
    """What denies by its meaning ("failed to"), so that another may say "not" for it."""
    exceptions: str = ""
    """What opens a condition that denies ("unless"): "if … not" says the same."""
    turns: str = ""
    """What takes back a part of what was said before it ("but")."""
    restrictions: str = ""
    """What says that without an "unless" ("only after …")."""
    hedges: str = ""
    """What leaves open whether something is so, or came about ("may", "plans to")."""
    doubts: str = ""
    """The same beside a noun ("alleged")."""
    abilities: str = ""
    """What a hedge may be told with and is none itself ("able to" for "could")."""
    promises: str = ""
    """What somebody undertakes or is told to do and has not done yet ("agreed to")."""
    futures: str = ""
    """What makes something undone without a promise ("will")."""
    conditions: str = ""
    """What opens a condition ("unless")."""
    offices: str = ""
    """Offices, institutions and the like, which are written with a capital and are no names."""
    same_names: str = ""
    """Names for one thing, without full stops and capitals, with ";" between the things."""
    opposites: str = ""
    """Pairs with ";" between them, "|" between the words of one side and of the other, and "_"
    inside a word of two."""
    relative_days: tuple[tuple[str, int], ...] = ()
    """Words for days, and how many days after the day of writing each is."""
    number_words: str = ""
    """Numbers that the rules do not spell: a value and its words, "·" between the values; behind a
    word, ":" and by which power of ten it multiplies; "_" inside of two words."""
    magnitudes: tuple[tuple[str, int], ...] = ()
    """What multiplies the number before it and is unknown to CLDR, with its power of ten."""
    units: tuple[tuple[str, str], ...] = ()
    """Units that are unknown to CLDR, with its names for them."""
    bounds: tuple[str, ...] = ()
    """What says "about", "more than" and "less than" before a number, as alternatives."""
    bounds_behind: tuple[str, ...] = (r"(?!)", r"(?!)", r"(?!)")
    """The same behind it ("or more")."""
    parts: tuple[str, ...] = ()
    """What says a half, a quarter, three quarters and one and a half before what is parted."""
    part_words: tuple[str, ...] = ()
    """Words for a half, a third, a quarter, a fifth and a tenth, in any form."""
    shares: str = r"(?!)"
    """What is a share beyond doubt, in groups: its `top` and its `part`, or a `half`."""

    def is_role(self, word: str) -> bool:
        """Whether ``word`` is what somebody is ("minister")."""
        return _whole_word(self.roles).fullmatch(word) is not None


def factored(*listed: str) -> str:
    """The alternatives of ``listed`` as one, those with the same first letter together: it matches
    the same, and is found three times as fast."""
    grouped: dict[str, list[str]] = {}
    for each in _alternatives("|".join(listed)):
        first = each[:1] if each[:1].isalpha() and each[1:2] not in "?*+{" else ""
        grouped.setdefault(first, []).append(each[len(first) :])
    return "|".join(
        f"{first}(?:{'|'.join(rest)})" if first else "|".join(rest)
        for first, rest in grouped.items()
    )


def _alternatives(pattern: str) -> Iterator[str]:
    """The parts of ``pattern`` between those "|" that stand outside brackets."""
    depth = start = 0
    for sign in _SIGN.finditer(pattern):
        depth += (sign[0] == "(") - (sign[0] == ")")
        if sign[0] == "|" and not depth:
            yield pattern[start : sign.start()]
            start = sign.end()
    yield pattern[start:]


@cache
def _whole_word(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{words})s?", re.IGNORECASE)
