"""The checks that a line says what its passages say: negations, hedges, directions, conditions,
attribution and overstatement.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from bot.briefing.checks.statement import Statement, references_text
from bot.briefing.checks.tokens import TokenComparison, Tokens, are_similar, compare_tokens
from bot.briefing.documents import Passage
from bot.briefing.lexicon import Kind, Phrases, factor_alternatives, lexicon, parse_phrases
from bot.briefing.lines import Reason
from bot.briefing.normalisation import quotations_in
from bot.briefing.speech import is_attributed

# A line must deny what its passages deny, and nothing else.
#
# Only whether there is any "not", or a word that denies by its meaning ("failed to"), is compared:
# which word a "not" is about can't be found in a line told in other words.


def negation(statement: Statement) -> list[Reason]:
    """Reasons if the line has a "not" that the passages lack, or lacks one that they have: any in a
    translation, else one in a clause most of which the line has."""
    both = compare_tokens(statement)
    if both.line.has("negations", "negatives"):
        is_known = any(each.has("negations", "negatives") for each in both.passages)
        is_alike = both.are_alike and not statement.is_translation
        about = (
            () if is_known or not is_alike else map(both.line.about, both.line.cues("negations"))
        )
        added = dict.fromkeys(both.line.words[place] for place in about if place is not None)
        where = references_text(statement)
        return [Reason("negation", f"{where} does not deny “{word}”.", "doubt") for word in added]
    is_lost = any(
        statement.is_translation or _rests_on(both.line, each.clause(cue.start))
        for each in both.passages
        for cue in each.cues("negations")
    )
    return [Reason("negation", "It leaves out a “not”.", "doubt")] if is_lost else []


# A line must leave open what its passages leave open.
#
# What "may" happen, what somebody "plans to" do and what an "alleged" thief took has not happened
# yet, or not for certain. Any hedge may stand for any other; none may be lost. Words of two
# languages can't be compared, but whether there is any hedge can be seen if both have lists of
# them. English hedges in too many ways for that.

_HEDGES = ("hedges", "doubts", "promises")


def hedges(statement: Statement) -> list[Reason]:
    """One reason for every word about which the line is more certain than the passages."""
    both = compare_tokens(statement)
    if both.line.has(*_HEDGES, "abilities"):
        return []
    found = [] if statement.is_translation else list(dict.fromkeys(_lost_hedges(both)))
    reasons = [
        f"{references_text(statement)} says “{hedge}” of “{word}”, the line does not."
        for hedge, word in found
    ]
    enough = any if statement.is_translation else all
    is_hedged = enough(each.has("hedges", "doubts") for each in both.passages)
    if is_hedged and statement.group != "english" and not both.line.has("futures", "conditions"):
        reasons.append("It is more certain than its passages.")
    return [Reason("hedges", each, "doubt") for each in reasons]


def _lost_hedges(both: TokenComparison) -> Iterator[tuple[str, str]]:
    """Yield the hedges of the passages, each with the word of the line that it is about."""
    hedged = [{each.about(cue) for cue in each.cues(*_HEDGES)} for each in both.passages]
    for passage in both.passages:
        for cue in passage.cues(*_HEDGES):
            about = passage.about(cue)
            key = passage.keys[about] if about is not None else ""
            if about is None or about < cue.start or key not in both.line.places:
                continue
            is_also_unhedged = any(
                place not in known
                for each, known in zip(both.passages, hedged, strict=True)
                for place in each.places.get(key, ())
            )
            place = both.line.places[key][0]
            is_promise = cue in passage.cues("promises")
            is_open = is_promise and any(one.start < place for one in both.line.cues("futures"))
            is_one_thing = are_similar(both.line.around(place), passage.around(about))
            if is_one_thing and not (is_also_unhedged or is_open):
                yield " ".join(passage.words[slice(*cue)]), both.line.words[place]


# A line must not say "rose" where its passages say "fell".
#
# Opposites are a closed list. A word of the line is compared with its opposite in the passages if
# both have similar surroundings, and only if the passages don't have the word itself in
# surroundings just as similar.

# So many words around must be the same for two opposites to be about one thing.
_FEWEST_ALIKE = 2


class _Side(NamedTuple):
    """One side of a pair of opposites: which pair, and which side of it."""

    pair: int
    is_second: bool


class _Direction(NamedTuple):
    place: int
    word: str
    side: _Side


def direction(statement: Statement) -> list[Reason]:
    """One reason for every word of the line whose opposite stands in its place in the passages."""
    if statement.is_translation:
        return []
    both, language = compare_tokens(statement), statement.language
    return [
        Reason(
            "direction",
            f"{references_text(statement)} says “{theirs}” where the line says “{ours}”.",
        )
        for ours, theirs in dict.fromkeys(_swapped(both, language))
    ]


def _swapped(both: TokenComparison, language: str | None) -> Iterator[tuple[str, str]]:
    there = [(each, found) for each in both.passages for found in _directions(each, language)]
    for ours in _directions(both.line, language):
        same = [
            _shared_surroundings(both.line, ours, *each)
            for each in there
            if each[1].side == ours.side
        ]
        opposite = ours.side._replace(is_second=not ours.side.is_second)
        others = [
            (_shared_surroundings(both.line, ours, passage, found), found.word)
            for passage, found in there
            if found.side == opposite and not passage.has("negations")
        ]
        if not others:
            continue
        most, word = max(others)
        if most >= _FEWEST_ALIKE and most > max(same, default=0):
            yield ours.word, word


def _shared_surroundings(
    line: Tokens, ours: _Direction, passage: Tokens, theirs: _Direction
) -> int:
    """How many words the surroundings of two words have in common; 0 if they are too different."""
    near, other_near = line.around(ours.place), passage.around(theirs.place)
    return len(near & other_near) if are_similar(near, other_near) else 0


@lru_cache(maxsize=1024)
def _directions(text: Tokens, language: str | None) -> tuple[_Direction, ...]:
    found, sides = _opposites(language)
    return tuple(
        _Direction(cue.start, " ".join(text.words[slice(*cue)]), side)
        for cue in found.find(text.words)
        for side in sides[text.words[cue.start : cue.end]]
    )


@cache
def _opposites(language: str | None) -> tuple[Phrases, Mapping[tuple[str, ...], Sequence[_Side]]]:
    """The words of all pairs, and on which sides each stands."""
    sides: defaultdict[tuple[str, ...], list[_Side]] = defaultdict(list)
    pairs = lexicon(language).opposites
    for number, pair in enumerate(pairs):
        for is_second, words in enumerate(pair):
            for word in parse_phrases(words).listed:
                sides[word].append(_Side(number, bool(is_second)))
    return parse_phrases([word for pair in pairs for words in pair for word in words]), sides


# A line must keep the condition of what it takes from its passages.
#
# "They agreed to reopen the line" is not what "They agreed to reopen the line, if inspectors clear
# the bridge" says. A condition is part of the clause next to it: a line that has most of that
# clause must have a condition too. A translation must have any.

_ENDS_OF_SENTENCES = frozenset(".!?;…։؟")

# A line rests on a clause if it has this share of what the clause says, or of its end.
_SHARE = 0.6


def conditions(statement: Statement) -> list[Reason]:
    """One reason for every condition that the line leaves out."""
    both = compare_tokens(statement)
    if both.line.has("conditions"):
        return []
    if statement.is_translation:
        is_lost = any(each.has("conditions") for each in both.passages)
        return [Reason("conditions", "It leaves out a condition.", "doubt")] if is_lost else []
    lost = dict.fromkeys(
        each for passage in both.passages for each in _lost_conditions(both.line, passage)
    )
    return [Reason("conditions", f"It leaves out the condition “{each}”.") for each in lost]


def _lost_conditions(line: Tokens, passage: Tokens) -> Iterator[str]:
    """Yield the conditions of ``passage`` whose clause ``line`` has, but not the condition."""
    for cue in passage.cues("conditions"):
        end = _until(passage, cue.end, ",")
        opens = cue.start == 0 or passage.words[cue.start - 1] in _ENDS_OF_SENTENCES
        start = end if opens else _from(passage, cue.start)
        stop = _until(passage, end + 1, "") if opens else cue.start
        is_kept = _rests_on(line, passage.keys[cue.end : end], fewest=2)
        if _rests_on(line, passage.keys[start:stop], fewest=2) and not is_kept:
            yield " ".join(passage.words[cue.start : end])


def _rests_on(line: Tokens, clause: Sequence[str], fewest: int = 1) -> bool:
    """Whether ``line`` has most of the content words of ``clause``, which must have at least
    ``fewest``: a single word ("if approved") may be there by chance."""
    keys = [key for key in clause if key]
    return len(keys) >= fewest and sum(key in line.places for key in keys) >= _SHARE * len(keys)


def _until(text: Tokens, start: int, mark: str) -> int:
    """Where the clause at ``start`` ends: at a ``mark`` or with the sentence."""
    ends = (
        place
        for place in range(start, len(text.words))
        if text.words[place] in _ENDS_OF_SENTENCES or text.words[place] == mark
    )
    return next(ends, len(text.words))


def _from(text: Tokens, end: int) -> int:
    """Where the clause before ``end`` begins: behind the last mark, except a comma at ``end``."""
    last = end - 1 if end and text.words[end - 1] == "," else end
    begins = (place + 1 for place in range(last - 1, -1, -1) if text.is_mark(place))
    return next(begins, 0)


# A line must not state as a fact what somebody says in its passages.
#
# Whether it names the right speaker is for the judge: roles, pronouns and shared surnames defeated
# every rule that was tried.


def attribution(statement: Statement) -> list[Reason]:
    """A reason if the line leaves out that it is somebody's claim in the passages."""
    if statement.speaker or _line_attributes(statement):
        return []
    if statement.is_translation:
        passages = [(p.text, statement.library[p.document].language) for p in statement.passages]
        is_lost = any(_is_said(*each) for each in passages) and not _is_said(
            statement.text, statement.language
        )
    else:
        said = [each for passage in statement.passages for each in _are_claims(statement, passage)]
        is_lost = all(said) and compare_tokens(statement).are_alike
    if not is_lost:
        return []
    return [Reason("attribution", "It leaves out that this is somebody’s claim.", "doubt")]


def _are_claims(statement: Statement, passage: Passage) -> Iterator[bool]:
    """Yield, for each sentence of ``passage``, whether it is somebody's claim."""
    document = statement.library[passage.document]
    for number in document.numbers_in(passage.start, passage.end):
        yield is_attributed(document, number)


def _line_attributes(statement: Statement) -> bool:
    """Whether the line has any word of speech, or is mostly a quotation."""
    hearsay = rf"\b(?:{lexicon(statement.language).second_hand})\b"
    return bool(
        _speech(statement.language).search(statement.text)
        or re.search(hearsay, statement.text, re.IGNORECASE)
        or 2 * sum(end - start for start, end in quotations_in(statement.text))
        > len(statement.text)
    )


@lru_cache(maxsize=16)
def _speech(language: str | None) -> re.Pattern[str]:
    known = lexicon(language)
    listed = (
        known.speech_verbs, known.weak_speech_verbs, known.according_to, known.denial,
        known.agreement, known.pledge, known.proposal,
    )  # fmt: skip
    return re.compile(rf"\b[وف]?(?:{factor_alternatives(*listed)})\b", re.IGNORECASE)


def _is_said(text: str, language: str | None) -> bool:
    return _whole(lexicon(language).speaking).search(text) is not None


@cache
def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)[وفبل]{{0,2}}(?:{words})(?!\w)", re.IGNORECASE)


# A line must not say more than its passages by one word: that one thing caused another, that all
# did it, only they, for the first time. Code can't tell whether a passage says as much in other
# words, so this is never more than a doubt.

# In other languages the others take more than one word.
_ADDED: tuple[Kind, ...] = ("cause", "all", "only", "ever", "most")
_IN_TRANSLATION = _ADDED[:1]


def overstatement(statement: Statement) -> list[Reason]:
    """One reason for every word that makes the line stronger."""
    where = references_text(statement)
    return [
        Reason("overstatement", f"“{word}” is not in {where}.")
        for word in _added_strength(statement)
    ]


def _added_strength(statement: Statement) -> Iterator[str]:
    for kind in _IN_TRANSLATION if statement.is_translation else _ADDED:
        ours = lexicon(statement.language).strong.get(kind)
        word = ours and _whole(ours.line).search(statement.text)
        if word and not any(_has_word(kind, statement, place) for place in statement.passages):
            yield word[0]


def _has_word(kind: Kind, statement: Statement, passage: Passage) -> bool:
    """Whether a passage has a word of the kind, or is in a language whose words are not known."""
    theirs = lexicon(statement.library[passage.document].language).strong.get(kind)
    return theirs is None or any(
        _whole(words).search(passage.text) for words in (theirs.line, theirs.passage)
    )
