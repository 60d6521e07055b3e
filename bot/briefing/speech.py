"""The speakers of a document, their roles, and the voice of each sentence."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from bot.briefing.documents import Document, Span
from bot.briefing.draft import DraftLine, Voice
from bot.briefing.lexicon import (
    factor_alternatives,
    function_words,
    in_every_language,
    is_honorific,
    lexicon,
)
from bot.briefing.text import blanked, count_words

# The person whom a name in a document means, even a surname alone.
#
# A surname means somebody if one person in the document has it, and no relative who isn't named in
# full may.

_PARTICLE = r"(?:del?|della|de[rn]|v[ao]n|al|el|bin|ibn|d[aou]|dos|l[ae])"

_CAPITAL = r"(?:[A-ZÀ-ÖØ-Þ]\.|[A-ZÀ-ÖØ-Þ][\w-]*(?:[’'](?!s\b)[\w-]+)?)"
_NAME_OR_OWNER = rf"(?<![\w’'.-]){_CAPITAL}(?: (?:{_PARTICLE} )*{_CAPITAL})*(?![\w-])"
NAME = rf"{_NAME_OR_OWNER}(?![’']| [A-ZÀ-ÖØ-Þ])"
_LONGEST_NAME = 4


class Speaker(NamedTuple):
    """A speaker, whose ``name`` stands letter for letter in one of the sentences ``numbers``."""

    name: str
    numbers: tuple[int, ...]


class Names:
    """The names in a document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._words = lexicon(document.language)
        # Each of these reads the whole text, so it is done once for each name.
        self._full_names = cache(self._read_full_names)
        self._has_kin = cache(self._read_kin)
        self._is_a_name = cache(self._read_capital)
        self._stands_alone = cache(self._read_alone)

    def person(self, name: str, place: int) -> Speaker | None:
        """The only person whom ``name``, which stands near ``place``, can mean; None if unclear."""
        words = self._without_titles(name.split())
        if not words or len(words) > _LONGEST_NAME:
            return None
        here = self._document.number_at(min(place, len(self._document.text) - 1))
        return self._known(words, here)

    def _known(self, words: Sequence[str], here: int) -> Speaker | None:
        name = " ".join(words)
        at = [n for n in (here, here + 1) if self._holds(n, name)]
        if not at:
            return None
        if len(words) > 1:
            return Speaker(name, (at[0],))
        full = self._full_names(name)
        if len(full) > 1 or (full and self._has_kin(name)):
            return None
        if full:
            whole = next(iter(full))
            first = self._document.number_at(self._document.text.index(whole))
            return Speaker(whole, tuple(dict.fromkeys((at[0], first))))
        return Speaker(name, (at[0],)) if self._is_a_name(name) else None

    def _holds(self, number: int, name: str) -> bool:
        return number <= len(self._document.sentences) and name in self._document.sentence(number)

    def _without_titles(self, words: Sequence[str]) -> list[str]:
        """A name without titles, roles ("Health Minister") and words that begin a sentence."""
        left = list(words)
        fillers = function_words(self._document.language)
        while left and (is_honorific(left[0]) or left[0].casefold() in fillers):
            left.pop(0)
        offices = [
            place
            for place, word in enumerate(left)
            if self._words.is_role(word) or self._words.is_role(word.lower())
        ]
        left = left[offices[-1] + 1 :] if offices else left
        # The place is part of a body's name ("Harlan Port Authority").
        is_body = re.search(rf"(?:{in_every_language('organisations')})\b", " ".join(left))
        while len(left) > 2 and not is_body and self._stands_alone(left[0], left[1]):
            left.pop(0)
        return left

    def _read_alone(self, word: str, following: str) -> bool:
        """Whether ``word`` stands somewhere without ``following``: a place, not a first name."""
        alone = rf"\b{re.escape(word)}\b(?! {re.escape(following)})"
        return re.search(alone, self._document.text) is not None

    def _read_full_names(self, surname: str) -> set[str]:
        """The names in the text that end with ``surname``, or begin with it as a first name."""
        found = set()
        for name in self._by_word.get(surname, ()):
            words = self._without_titles(name.split())
            is_full = 1 < len(words) <= _LONGEST_NAME and not words[0].endswith("ing")
            if is_full and surname in (words[0], words[-1]):
                found.add(" ".join(words))
        return found

    def _read_kin(self, surname: str) -> bool:
        """Whether a relative with the same name is mentioned."""
        own = rf"(?:{self._words.possessives})\s(?:\w+\s){{0,2}}(?:{self._words.relatives})\b"
        kin = re.compile(
            rf"\b{surname}(?:[’']s?\s(?:\w+\s){{0,2}}(?:{self._words.relatives})\b|[^.]{{0,30}}\b{own})|"
            rf"\b{surname}\b[^.]*\b(?:{self._words.namesakes})\b|"
            rf"\b{surname}\b[^.]*\.\s+(?i:{own})"
        )
        return kin.search(self._document.text) is not None

    def _read_capital(self, word: str) -> bool:
        """Whether ``word`` has its capital within a sentence too, so that it is a name."""
        inside = re.compile(rf"(?<=[\w,] ){re.escape(word)}\b")
        return inside.search(self._document.text) is not None

    @cached_property
    def _names(self) -> frozenset[str]:
        """Every run of capitalised words, without a possessive "’s"."""
        return frozenset(re.findall(_NAME_OR_OWNER, self._document.text))

    @cached_property
    def _by_word(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for name in self._names:
            for word in set(name.split()):
                found.setdefault(word, []).append(name)
        return found

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of names with more than one word."""
        return frozenset(
            word for name in self._names if len(words := name.split()) > 1 for word in words
        )


# The role that a document gives somebody next to the name: all of it or nothing.
#
# A role that loses its first or last words is another ("general" for a secretary-general,
# "minister" for a former one), so a role whose ends aren't clear is left out.

_LONGEST_ROLE = 14  # words
_POINTS_ELSEWHERE = re.compile(
    r"\b(?:his|her|its|their|my|our|your|who|whose|which|is|was|were|are|has|had|have|said|says|told"
    r"|as|if|when|while|because|but)\b",
    re.IGNORECASE,
)
_OF = re.compile(r"of|for|at|in|to|on|with|from|und|de|du|des|der|von")
_ARTICLE = re.compile(r"the|an?", re.IGNORECASE)
_OWNER = re.compile(r"\S+(?:[’']s|s[’'])")
_OF_OWNER = 3  # words
# What stands before the words for an office and belongs to them.
_MODIFIER = re.compile(
    r"(?:former|acting|interim|outgoing|incoming|late|deputy|assistant|associate|senior|junior|chief"
    r"|executive|managing|general|vice|prime|foreign|co|ex)(?:-\w+)?|and|of|&"
)
_TIME = re.compile(r"week|month|year|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")
_BOUNDARY = re.compile(r"[,;:—–()\"“”«»]")


class Role(NamedTuple):
    """A person's role, which stands beside the name in sentence ``number``, letter for letter."""

    role: str
    number: int


def role_of(document: Document, name: str) -> Role | None:
    """The first role that stands beside ``name``; None if there is none."""
    reader = _RoleReader(document.language)
    for number in _sentences_with(document, name):
        sentence = document.sentence(number)
        for place in re.finditer(rf"(?<![\w’'-]){re.escape(name)}(?![\w’'-])", sentence):
            role = reader.behind(sentence[place.end() :]) or reader.before(
                sentence[: place.start()], sentence[place.end() :]
            )
            if role:
                return Role(role, number)
    return None


def _sentences_with(document: Document, name: str) -> list[int]:
    """The numbers of the sentences in which ``name`` stands, in order."""
    places = (found.start() for found in re.finditer(re.escape(name), document.text))
    return list(dict.fromkeys(map(document.number_at, places)))


class _RoleReader:
    def __init__(self, language: str | None) -> None:
        self._words = lexicon(language)
        self._small = function_words(language)
        self._verb = _speech_verbs(language)

    def behind(self, after: str) -> str:
        """The role in "Dana Oru, Arland’s transport minister, said" and "…, said Dana Oru,
        minister of roads."."""
        apposed = re.match(
            r", ([^,.;:—–()\"“”«»]+)(?P<end>[.;\"”»]|,|$)(?P<rest>.*)", after, re.DOTALL
        )
        if apposed is None or not self._is_over(apposed["end"], apposed["rest"]):
            return ""
        return apposed[1] if self._is_role(apposed[1].split()) else ""

    def before(self, before: str, after: str) -> str:
        """The role in "the envoy, Toivo Kaar, …" and "Secretary of State Anton Bell"."""
        is_apart = re.search(r", $", before) is not None
        lead = re.sub(rf",? (?:(?:{in_every_language('honorifics')})\.? )*$", "", before)
        clause = _BOUNDARY.split(lead)[-1]
        verbs = list(self._verb.finditer(clause))
        words = clause[verbs[-1].end() if verbs else 0 :].split()
        is_of_speech = bool(verbs) or self._verb.match(after.lstrip(" ,")) is not None
        start = self._start(words)
        if start is not None and (is_apart or is_of_speech):
            found = words[start:]
        elif is_apart:
            found = []
        else:
            found = self._title(words)
        is_closed = not is_apart or not after or after[0] in ',.;"”»'
        role = " ".join(found)
        return _bare(role) if is_closed and self._is_role(found) and role in before else ""

    def _start(self, words: Sequence[str]) -> int | None:
        """Where the noun phrase at the end of ``words`` begins, if an article or an owner tells."""
        for place in range(len(words) - 1, -1, -1):
            is_inside = place > 0 and _OF.fullmatch(words[place - 1])
            if _ARTICLE.fullmatch(words[place]) and not is_inside:
                return place
            if _OWNER.fullmatch(words[place]):
                return self._owner(words, place)
        return None

    def _owner(self, words: Sequence[str], place: int) -> int | None:
        """Where the owner begins whose last word stands at ``place`` ("the coast guard’s")."""
        is_name = words[place][0].isupper()
        start = place
        while start and (words[start - 1][0].isupper() if is_name else place - start < _OF_OWNER):
            if _ARTICLE.fullmatch(words[start - 1]):
                break
            start -= 1
        has_article = start > 0 and _ARTICLE.fullmatch(words[start - 1])
        return start - 1 if has_article else start if is_name else None

    def _title(self, words: Sequence[str]) -> Sequence[str]:
        """The title at the end of ``words``: capitalised words and words for an office."""
        start = len(words)
        while start and self._is_of_title(words[start - 1], is_first=start == 1):
            start -= 1
        before = words[start - 1] if start else ""
        is_bounded = not before or before.casefold() in self._small or _TIME.fullmatch(before)
        return words[start:] if is_bounded else ()

    def _is_of_title(self, word: str, *, is_first: bool) -> bool:
        if _MODIFIER.fullmatch(word) or self._words.is_role(word.lower()):
            return True
        is_small = is_first and word.casefold() in self._small
        return word[0].isupper() and not (is_small or _TIME.fullmatch(word))

    def _is_role(self, words: Sequence[str]) -> bool:
        """Whether ``words`` are one person's office, by the last word before an "of"."""
        if not 0 < len(words) <= _LONGEST_ROLE or _POINTS_ELSEWHERE.search(" ".join(words)):
            return False
        head = next((n for n, word in enumerate(words) if _OF.fullmatch(word)), len(words))
        return head > 0 and self._words.is_role(words[head - 1].lower().rpartition("-")[2])

    def _is_over(self, mark: str, rest: str) -> bool:
        """Whether the role ends at ``mark``."""
        goes_on = re.match(r"\s*(?:who|whose|is|was|has|had|will|would)\b", rest)
        return mark != "," or bool(goes_on or self._verb.match(rest.lstrip()))


@lru_cache(maxsize=16)
def _speech_verbs(language: str | None) -> re.Pattern[str]:
    words = lexicon(language)
    verbs = factor_alternatives(words.weak_speech_verbs, words.speech_verbs)
    return re.compile(rf"\b[وف]?(?:{verbs})\b")  # Arabic writes "and" onto a verb


@lru_cache(maxsize=16)
def _according(language: str | None) -> re.Pattern[str]:
    return re.compile(rf"\b(?i:{lexicon(language).according_to})\b")


def _bare(role: str) -> str:
    return re.sub(r"^(?:The|An?|And|But|When|While)\s+", "", role.strip())


# The speaker named next to the words: the only ones shown without a model to judge.
#
# A speaker is a name next to a verb of speech, and that next to the words. Nobody is inferred: no
# pronoun, no office without a name, no surname that several people in the text may have. Anything
# unclear names nobody, and the words are then shown without a speaker.

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
    """The speaker named beside ``quotation``; None if nobody clearly is."""
    page = _page(document)
    paragraph = document.paragraphs[bisect_right(page.starts, quotation.start) - 1]
    after = page.text[quotation.end : paragraph.end].lstrip(_MARKS)
    if page.is_tagged(document.text[quotation.end - 1], after):
        return page.names.person(page.behind(after).name, quotation.end)
    start = document.sentences[document.number_at(quotation.start) - 1].start
    if found := page.before(page.text[start : quotation.start]):
        return page.names.person(found, quotation.start)
    earlier = [
        each for each in document.quotations_touching(paragraph) if each.end < quotation.start
    ]
    if not earlier:
        return None
    between = page.text[earlier[-1].end : quotation.start].strip(_MARKS)
    return page.names.person(page.between(between), earlier[-1].end)


def speaker_of_sentence(document: Document, number: int) -> Speaker | None:
    """The speaker named for all of sentence ``number``; None if nobody clearly is."""
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
    return page.names.person(page.of_sentence(page.text[slice(*span)]), span.start)


class _NamedSpeaker(NamedTuple):
    """A name beside a verb, and what follows the two."""

    name: str
    rest: str


_NOBODY = _NamedSpeaker("", "")


class _Page:
    """The text of a document with quotations blanked, and the names in it."""

    def __init__(self, document: Document) -> None:
        self._words = lexicon(document.language)
        self._small = function_words(document.language)
        self.names = Names(document)
        self.starts = [each.start for each in document.paragraphs]
        self._verb = _speech_verbs(document.language)
        self._addressing = re.compile(self._words.addressing_verbs)
        self._according = _according(document.language)
        self.text = blanked(document.text, document.quotations, _HIDDEN)

    def is_tagged(self, last: str, after: str) -> bool:
        """Whether ``after`` a quotation that ends with the character ``last`` names its speaker."""
        begins = _ASIDE.sub("", after, count=1)
        if not begins.strip():
            return False
        is_cut = last in ",?!" or after.lstrip()[:1] in (",", "—", "–", "-")
        if is_cut:
            return True
        verb = self._verb.search(re.split(rf"[.,;:—{_HIDDEN}]", begins)[0])
        return verb is not None and bool(verb.start() == 0 or _IS_ALL.match(begins, verb.end()))

    def behind(self, after: str) -> _NamedSpeaker:
        """The name in "…”, said Dana Oru" and "…”, Oru said"."""
        after = _ASIDE.sub("", after, count=1)
        verb = self._verb.search(after)
        if verb is None or _HIDDEN in after[: verb.start()]:
            return _NOBODY
        if verb.start() > 0:
            return _NamedSpeaker(self._subject(after[: verb.start()]), after[verb.end() :])
        rest = after[verb.end() :].lstrip()
        found = re.search(NAME, rest)
        if found is None or self._addressing.fullmatch(verb[0]):
            return _NOBODY
        found = self._behind_a_team(rest, found)
        before, rest = rest[: found.start()], rest[found.end() :]
        is_one = not re.match(r",? (?:and|et|y|und|&) ", rest)
        is_whole = not before or self._is_office(before)
        return _NamedSpeaker(found[0], rest) if is_one and is_whole else _NOBODY

    def _behind_a_team(self, rest: str, found: re.Match[str]) -> re.Match[str]:
        """The name behind the one ``found``, if that is the team of a coach or a striker."""
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
        """The name in "“…,” Oru told reporters. “…”", if nobody else is named."""
        name, rest = self.behind(between)
        is_one_clause = not (re.search(r"[.;:?!]\s", rest) or _JOINS.search(rest))
        goes_on = rest.rstrip()[-1:] in (*".,:",) and is_one_clause and _HIDDEN not in rest
        others = {word for each in re.findall(NAME, rest) for word in each.split()}
        return name if goes_on and others.isdisjoint(self.names.words) else ""

    def of_sentence(self, sentence: str) -> str:
        """The name in "Oru said that …", "…, said Dana Oru." and "According to Oru, …"."""
        if verb := self._verb.search(sentence):
            before, rest = sentence[: verb.start()], sentence[verb.start() :]
            is_tag = before.rstrip().endswith(",")
            return self._subject(before) or (self.behind(rest).name if is_tag else "")
        if according := self._according.search(sentence):
            found = re.match(rf"\s*(?:the )?({NAME})(?=[,.])", sentence[according.end() :])
            return found[1] if found else ""
        return ""

    def _leads_to_words(self, before: str, verb: re.Match[str]) -> bool:
        """Whether only "that" or the addressee stands between a verb and the words said."""
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
        """The name at the end of ``before`` that is the subject of the verb behind it."""
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
        """Whether the clause ``before`` a name is an office and nothing else: "the transport
        minister", "its engineer,"."""
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


# A sentence that a speech verb or "according to" governs is somebody's claim. Only what stands
# outside quotation marks governs; a sentence inside a long quotation is its speaker's.

_CLOSING = frozenset('”"»')
# In the passive somebody is told; with "would" or "not" nobody has said it; "we" is the outlet; and
# the others don't name who says it ("left the rate and said …", "analysts’ estimates").
_NOT_SAID = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|being|to|not|would|will|could|can|may|might|must|should|did|does"
    r"|do|let|i|we|you|who|which|what|that|there|and|but|or|of|for|from|at|in|with|by|than|as|when"
    r"|while|if|because)|n[’']t|\w[’']s?)(?: \w+ly| also| never)?\s*$",
    re.IGNORECASE,
)
# What is said follows: "that …", a colon, a quotation, or the end of the clause.
_LETS_SPEAK = re.compile(r"\s*(?:[,.:;”\"“‘«—]|$)|\s+that\b|\s+on\s+[A-Z]|\s+in\s+an?\s+\w+")
_BEFORE_A_VERB = 40  # characters


def is_attributed(document: Document, number: int) -> bool:
    """Whether sentence ``number`` is somebody's claim, and not the source's own."""
    if _attributes_itself(document, number):
        return True
    quoted = document.quotations_touching(document.sentences[number - 1])
    return any(
        _attributes_itself(document, n) for each in quoted for n in document.numbers_in(*each)
    )


def draft_sentence(document: Document, number: int, part: Span | None = None) -> DraftLine:
    """Sentence ``number``, or ``part`` of it, as a line. If it is somebody's claim, its speaker is
    the person named beside the words; if nobody is named, its own words ("the union said", "she
    said") attribute it."""
    named = speaker_of_sentence(document, number) if is_attributed(document, number) else None
    numbers = [number, *(named.numbers if named else ())]
    return DraftLine(
        evidence=[f"{document.label}{place}" for place in dict.fromkeys(numbers)],
        voice="attributed" if named else _voice(document, number),
        speaker=named.name if named else None,
        text=document.text[slice(*(part or document.sentences[number - 1]))],
    )


def loaded_words(document: Document, number: int) -> list[str]:
    """The loaded words of sentence ``number`` outside quotation marks. Those with a capital inside
    the sentence are names, and left out."""
    words = re.compile(rf"\b(?:{lexicon(document.language).loaded})\b", re.IGNORECASE)
    found = words.finditer(blank_quotations(document, document.sentences[number - 1]))
    return [word[0] for word in found if word[0][0].islower() or word.start() == 0]


def blank_quotations(document: Document, span: Span) -> str:
    """The text of ``span``, in its length, with everything between quotation marks blanked."""
    quoted = (
        (max(each.start, span.start) - span.start, min(each.end, span.end) - span.start)
        for each in document.quotations_touching(span)
    )
    return blanked(document.text[slice(*span)], quoted)


def _voice(document: Document, number: int) -> Voice:
    """The voice of a sentence without a named speaker."""
    if _attributes_itself(document, number):
        return "event"
    if is_attributed(document, number):
        return "attributed"  # it is part of a longer quotation, and does not say so itself
    return "outlet" if loaded_words(document, number) else "event"


def _attributes_itself(document: Document, number: int) -> bool:
    """Whether sentence ``number`` itself says that it is somebody's claim."""
    return _is_said(blank_quotations(document, document.sentences[number - 1]), document.language)


@lru_cache(maxsize=1024)  # by sentence: by document, it would keep a thousand documents
def _is_said(text: str, language: str | None) -> bool:
    if _according(language).search(text):
        return True
    return any(_governs(text, verb, language) for verb in _speech_verbs(language).finditer(text))


def _governs(text: str, verb: re.Match[str], language: str | None) -> bool:
    before = text[max(0, verb.start() - _BEFORE_A_VERB) : verb.start()]
    if before.rstrip(" ,—–-")[-1:] in _CLOSING:
        return True
    is_weak = re.fullmatch(lexicon(language).weak_speech_verbs, verb[0]) is not None
    return not (_NOT_SAID.search(before) or (is_weak and not _LETS_SPEAK.match(text, verb.end())))
