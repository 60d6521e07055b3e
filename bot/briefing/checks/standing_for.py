"""Whom may a word of a copied line name, and who else is meant by it?

A name stands for a pronoun, and for "the company"; "the mayor" stands for a name, and a longer name
for a shorter. Two names that share nothing are two.
"""

from collections.abc import Sequence

from bot.briefing.checks.name_forms import stems
from bot.briefing.checks.rows import Word, heavy
from bot.briefing.checks.small_words import listed
from bot.briefing.lexicon import lexicon


def may_stand_for(ours: Sequence[Word], theirs: Sequence[Word], language: str | None) -> bool:
    """Whether ``ours`` may name whom ``theirs`` means: a name for a pronoun or for "the company",
    "the mayor" for a name, a longer name for a shorter."""
    own, others = (
        tuple(word for word in heavy(words) if not word.is_number) for words in (ours, theirs)
    )
    if not own or _share(own, others):
        return True
    if not others:
        pronouns = listed(lexicon(language).pronouns)
        is_of_numbers = any(word.is_number for word in theirs)
        is_known = any(word.text.lower() in pronouns for word in theirs)
        return is_of_numbers or is_known or not (theirs and pronouns)
    is_named, are_named = (any(w.is_name for w in words) for words in (own, others))
    if is_named == are_named:
        return False
    if not listed(lexicon(language).definite):
        return True
    if is_named:
        return _is_definite(theirs, language)
    return are_named and _is_definite(ours, language) and _is_a_body(ours[-1], language)


def _is_a_body(word: Word, language: str | None) -> bool:
    """Whether ``word`` is what somebody is called by who has a name ("the mayor")."""
    known, lower = lexicon(language), word.text.lower()
    return known.is_role(lower) or lower in listed(known.bodies)


def _is_definite(words: Sequence[Word], language: str | None) -> bool:
    return words[0].text.lower() in listed(lexicon(language).definite)


def _share(ours: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Whether both have a word, or one the initials of the other."""
    keys, others = ({word.key for word in words} for words in (ours, theirs))
    forms, other_forms = (
        {form for word in words for form in stems(word.text.lower())} for words in (ours, theirs)
    )
    if keys & others or forms & other_forms:
        return True
    initials, other = ("".join(w.text[0] for w in words).lower() for words in (ours, theirs))
    return initials in {w.text.lower() for w in theirs} or other in {w.text.lower() for w in ours}
