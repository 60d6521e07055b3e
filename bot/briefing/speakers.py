"""Who is named next to the words: the only speakers shown without a model to judge.

A speaker is a name next to a verb of speech, and that next to the words. Nobody is inferred: no
pronoun, no office without a name, no surname that several people in the text may have. Anything
unclear names nobody, and the words are then shown without a speaker.
"""

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from bot.briefing.documents import Document, Span
from bot.briefing.lexicon import Lexicon, factored, function_words, lexicon
from bot.briefing.names_meant import NAME, Names, Speaker
from bot.briefing.words import count_words

# Fewer words in quotation marks are a turn of phrase within somebody's sentence.
_FEWEST_QUOTED = 4
# Between a name and its verb.
_ADVERB = r"(?:also|then|later|earlier|once|has|had|have|[a-z]{3,}ly)"
_ADVERBS = rf"(?: {_ADVERB}){{0,2}}\s*"
_NOT_OF_AN_OFFICE = re.compile(
    r"of|for|to|from|at|in|with|on|by|near|against|about|like|and|or|but|who|whose|that|which|"
    r"as|than|not|de|des|du|d|aux?|à|pour|avec|et|von|der|für|y|con|para|is|are|was|were|be|been",
    re.IGNORECASE,
)
_LONGEST_OFFICE = 7
# What opens the words said, or ends a clause before a name.
_OPENS = r"[“\"«‘'„‹]?"
_STARTS = re.compile(
    r"(?:^|[,;:—–”\"»])\s*(?:(?:and|but|while|yet|so|still|then|mais|et)\s+)?$", re.IGNORECASE
)
_GOES_ON = r"(?: (?:he|she|it|they|il|elle) (?:had|has|was|is|were|are|would|will|could|can))?"
_JOINS = re.compile(
    r"\b(?:as|when|while|after|before|because|and|but|who|whom|which|that|if|whether|quand|qui|et|"
    r"que|lorsque)\b"
)
_OF_A_TEAM = re.compile(
    rf" ((?!(?:late|early|earlier|last)\b)[a-zß-ÿ][\w’'-]*(?: [a-zß-ÿ][\w’'-]*){{0,2}}) ({NAME})"
)
# What follows a verb whose object is all that was quoted before it.
_IS_ALL = re.compile(r"\s*(?:[.,;:)—–-]|$)|\s+(?:in|on|at|during|to|after|when|as)\b")
_ASIDE = re.compile(r"[,;\s]*(?:[—–-]+\s*)?")
_HIDDEN = "\0"
_MARKS = "”\"»’'“«‘›‹„ \u00a0\u202f"


def speaker_of_quotation(document: Document, quotation: Span) -> Speaker | None:
    """Who is named beside the words of ``quotation``; None where nobody plainly is."""
    page = _page(document)
    paragraph = document.paragraphs[bisect_right(page.starts, quotation.start) - 1]
    after = page.text[quotation.end : paragraph.end].lstrip(_MARKS)
    if page.is_tagged(document.text[quotation.end - 1], after):
        return page.names.meant(page.behind(after).name, quotation.end)
    start = document.sentences[document.number_at(quotation.start) - 1].start
    if found := page.before(page.text[start : quotation.start]):
        return page.names.meant(found, quotation.start)
    earlier = [
        each for each in document.quotations_touching(paragraph) if each.end < quotation.start
    ]
    if not earlier:
        return None
    between = page.text[earlier[-1].end : quotation.start].strip(_MARKS)
    return page.names.meant(page.between(between), earlier[-1].end)


def speaker_of_sentence(document: Document, number: int) -> Speaker | None:
    """Who is named as saying the whole of sentence ``number``; None where nobody plainly is."""
    span = document.sentences[number - 1]
    quoted = [
        each
        for each in document.quotations_touching(span)
        if count_words(document.text[slice(*each)]) >= _FEWEST_QUOTED
    ]
    if quoted:
        found = {speaker_of_quotation(document, each) for each in quoted}
        return found.pop() if len(found) == 1 else None
    page = _page(document)
    return page.names.meant(page.telling(page.text[slice(*span)]), span.start)


class Named(NamedTuple):
    """A name beside a verb, and what follows the two."""

    name: str
    rest: str


_NOBODY = Named("", "")


class _Page:
    """The text of a document with what is quoted blanked, and who is named in it."""

    def __init__(self, document: Document) -> None:
        self._words = lexicon(document.language)
        self._small = function_words(document.language)
        self.names = Names(document)
        self.starts = [each.start for each in document.paragraphs]
        self._verb, self._addressing, self._according = _patterns(self._words)
        parts, last = [], 0
        for start, end in document.quotations:
            parts += [document.text[last:start], _HIDDEN * (end - start)]
            last = end
        self.text = "".join([*parts, document.text[last:]])

    def is_tagged(self, last: str, after: str) -> bool:
        """Whether ``after`` a quotation, whose last character is given, it is said whose it is."""
        begins = _ASIDE.sub("", after, count=1)
        if not begins.strip():
            return False
        is_cut = last in ",?!" or after.lstrip()[:1] in (",", "—", "–", "-")
        if is_cut:
            return True
        verb = self._verb.search(re.split(rf"[.,;:—{_HIDDEN}]", begins)[0])
        return verb is not None and bool(verb.start() == 0 or _IS_ALL.match(begins, verb.end()))

    def behind(self, after: str) -> Named:
        """The name in "…”, said Dana Oru" and "…”, Oru said"."""
        after = _ASIDE.sub("", after, count=1)
        verb = self._verb.search(after)
        if verb is None or _HIDDEN in after[: verb.start()]:
            return _NOBODY
        if verb.start() > 0:
            return Named(self._subject(after[: verb.start()]), after[verb.end() :])
        rest = after[verb.end() :].lstrip()
        found = re.search(NAME, rest)
        if found is None or self._addressing.fullmatch(verb[0]):
            return _NOBODY
        found = self._behind_a_team(rest, found)
        before, rest = rest[: found.start()], rest[found.end() :]
        is_one = not re.match(r",? (?:and|et|y|und|&) ", rest)
        is_whole = not before or self._is_office(before)
        return Named(found[0], rest) if is_one and is_whole else _NOBODY

    def _behind_a_team(self, rest: str, found: re.Match[str]) -> re.Match[str]:
        """The name behind what was ``found``, where that says whose coach or striker it is."""
        other = _OF_A_TEAM.match(rest, found.end())
        if other is None or any(
            word in self._small or _NOT_OF_AN_OFFICE.fullmatch(word) for word in other[1].split()
        ):
            return found
        return re.compile(NAME).match(rest, other.start(2)) or found

    def before(self, before: str) -> str:
        """The name in "Oru said: “…" and "Oru said that she had “…"."""
        verbs = [each for each in self._verb.finditer(before) if self._leads_to_words(before, each)]
        return self._subject(before[: verbs[-1].start()]) if verbs else ""

    def between(self, between: str) -> str:
        """The name in "“…,” Oru told reporters. “…”", where nobody else comes in."""
        name, rest = self.behind(between)
        is_one_clause = not (re.search(r"[.;:?!]\s", rest) or _JOINS.search(rest))
        goes_on = rest.rstrip()[-1:] in (*".,:",) and is_one_clause and _HIDDEN not in rest
        others = {word for each in re.findall(NAME, rest) for word in each.split()}
        return name if goes_on and others.isdisjoint(self.names.words) else ""

    def telling(self, sentence: str) -> str:
        """The name in "Oru said that …", "…, said Dana Oru." and "According to Oru, …"."""
        for verb in self._verb.finditer(sentence):
            return self._subject(sentence[: verb.start()]) or self._at_the_end(sentence, verb)
        if according := self._according.search(sentence):
            found = re.match(rf"\s*(?:the )?({NAME})(?=[,.])", sentence[according.end() :])
            return found[1] if found else ""
        return ""

    def _at_the_end(self, sentence: str, verb: re.Match[str]) -> str:
        if not sentence[: verb.start()].rstrip().endswith(","):
            return ""
        return self.behind(sentence[verb.start() :]).name

    def _leads_to_words(self, before: str, verb: re.Match[str]) -> bool:
        """Whether nothing but "that" or whom they are told stands between a verb and the words."""
        between = before[verb.end() :]
        if re.match(rf"(?:{self._words.denial})$", verb[0], re.IGNORECASE):
            return False
        if re.fullmatch(rf"(?: that| que)?{_GOES_ON}\s*[:,]?\s*{_OPENS}\s*", between):
            return True
        told = re.fullmatch(
            rf"(?P<whom>(?: [\w’'.-]+){{1,8}}?)(?:(?P<colon>:)|,| (?:that|que){_GOES_ON})"
            rf"\s*{_OPENS}\s*",
            between,
        )
        if told is None or _JOINS.search(told["whom"]) or self._verb.search(told["whom"]):
            return False
        is_where = re.match(r" (?:in|on|at|during) ", told["whom"])
        return bool(told["colon"] or is_where or self._addressing.fullmatch(verb[0]))

    def _subject(self, before: str) -> str:
        """The name that is the subject of a verb behind ``before``."""
        if apposed := re.search(rf",\s({NAME}),{_ADVERBS}$", before):
            lead = before[: apposed.start()]
            return apposed[1] if self._is_office(f"{lead}, ") else ""
        if direct := re.search(rf"(?P<name>{NAME}){_ADVERBS}$", before):
            lead = before[: direct.start()]
            is_free = bool(_STARTS.search(lead)) or self._is_office(lead)
            return direct["name"] if is_free else ""
        aside = re.search(rf"(?P<name>{NAME}), [^,.:;{_HIDDEN}]{{2,90}},{_ADVERBS}$", before)
        if aside is None or self._verb.search(before):
            return ""
        lead = before[: aside.start()]
        return aside["name"] if not lead.strip() or self._is_office(lead) else ""

    def _is_office(self, before: str) -> bool:
        """Whether ``before`` a name stands what the person is, and nothing else in its clause:
        "the transport minister", "its engineer,"."""
        clause = re.split(r"[;:—–”\"»]|,(?=\s*\S)", before)[-1].split()
        if not clause or len(clause) > _LONGEST_OFFICE:
            return False
        *others, last = clause
        plain = [word.strip(",") for word in others]
        return self._words.is_role(last.strip(",")) and not any(
            _NOT_OF_AN_OFFICE.fullmatch(word) or self._verb.fullmatch(word) for word in plain
        )


@lru_cache(maxsize=8)
def _page(document: Document) -> _Page:
    return _Page(document)


@lru_cache(maxsize=16)
def _patterns(words: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    verbs = factored(words.weak_speech_verbs, words.speech_verbs)
    return (
        re.compile(rf"\b(?:{verbs})\b"),
        re.compile(words.addressing_verbs),
        re.compile(rf"\b(?i:{words.according_to})\b"),
    )
