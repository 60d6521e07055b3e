"""Who is the subject of a verb: the words before it, or after it if it follows a quotation.

There is no parser here. A subject is read from the verb outwards, and ends at anything that no noun
phrase contains: a comma, a conjunction, a pronoun, most prepositions. What is found is in the text
letter for letter, and is nothing rather than half a clause.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise, takewhile

from bot.briefing.documents import Span

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.)+(?:[^\W\d_]\b)?|(?:Mr|Mrs|Ms|Mme|Dr|Prof|Sen|Rep|Gov|Gen|St)\."
    r"|[\w\u00ad](?:[\w’'.&\u00ad-]*[\w\u00ad])?(?:(?<=s)’(?=\s))?|[^\w\s]"
)
_PRONOUNS = re.compile(r"i|we|you|he|she|they|it|this|that|these|those|who|which|what|there")
_DETERMINERS = re.compile(
    r"the|an?|his|her|its|their|our|my|some|several|many|two|three|four|five|six|both|one|another|"
    r"no|few|most"
)
_PARTICLES = re.compile(r"del?|della|de[rn]|v[ao]n|al|el|bin|ibn|d[aou]|dos|l[ae]")
# A noun phrase goes on over these only behind its head ("a spokesman for the ministry").
_LINKS = re.compile(r"of|for|from|at|in|with|to|on|by|near")
_NEVER_INSIDE = re.compile(
    r"and|but|or|so|yet|when|while|as|because|if|where|after|before|since|until|than|though|"
    r"although|despite|into|about|over|under|during|through|against|between|among|according|prior|"
    r"however|meanwhile|instead|then|also|later|earlier|again|first|ha[sd]|have|is|are|was|were|"
    r"be|been|being|will|would|can|could|may|might|must|should|not|said|says|told|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tomorrow|recently"
)
_STOPS = re.compile(rf"{_NEVER_INSIDE.pattern}|{_LINKS.pattern}|{_PRONOUNS.pattern}")
# Behind a head these open what is told about it: "two people familiar with …".
_TELLS_MORE = re.compile(r"familiar|close|briefed|working")
# In the passive somebody is told; with "would" or "not" nobody has said it; "we" is the outlet.
_NO_SPEAKER = re.compile(
    r"is|are|was|were|be|been|being|to|not|would|will|could|can|may|might|must|should|did|does|do|"
    r"let|i|we|you|who|which|that|what|there|\w+n[’']t"
)
_BETWEEN = re.compile(
    r"(?:also|then|later|earlier|again|first|instead|has|had|have|both|jointly|recently|"
    r"once|never|still|further|(?!family|assembly|monopoly|supply|reply)\w{3,}ly)"
)
_DAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today")
_OPENS_A_CLAUSE = re.compile(r"[^\w\s,.’'&­-]")
_HONORIFIC = re.compile(r"(?:Mr|Mrs|Ms|M|Mme|Dr)\.?")
_ORGANISATION = re.compile(
    r"(?:Department|Ministry|Office|Commission|Committee|Council|Agency|Authority|University|"
    r"Police|Bank|Corp|Inc|Company|Party|Union|Government|House|Court|Association|Group|Fund|"
    r"Institute|Foundation|Service|Board|Centre|Center|Nations|States|Press|News|Times|Post)\b"
)
_MOST_WORDS = 12
# How far before its verb a subject is looked for, in characters.
_REACH = 400

_Tokens = Sequence[re.Match[str]]
IsRole = Callable[[str], bool]


def subject_before(text: str, verb: int, is_role: IsRole) -> str:
    """The subject that stands before the verb at ``verb``; empty where there is none.

    ``is_role`` tells whether a word is what somebody is ("minister").
    """
    tokens = list(_TOKEN.finditer(text, max(0, verb - _REACH), verb))
    while tokens and _stands_between(tokens):
        tokens.pop()
    if not tokens or _NO_SPEAKER.fullmatch(tokens[-1][0].lower()):
        return ""
    if tokens[-1][0] == ",":
        return _head_of_apposition(text, tokens, is_role)
    return _without_role(_phrase(text, tokens, is_role), is_role)


def subject_after(text: str, start: int, is_role: IsRole) -> str:
    """The noun phrase that begins at ``start``; empty where none does."""
    taken: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text, start):
        word = token[0].lower()
        is_end = _ends_phrase(token[0], taken, is_role)
        if _is_mark(token) or len(taken) == _MOST_WORDS or is_end:
            break
        taken.append(token)
        if _PRONOUNS.fullmatch(word):
            break
    return _without_role(_cut(text, taken), is_role)


def leading_names(text: str) -> str:
    """The name that ``text`` begins with, or its first clause ends before: "Maske struck …", "The
    mayor, Tomas Reuel, has …". Two with "and" between them are one answer; empty for none."""
    comma = text.find(",")
    for start in (0, comma + 1) if comma > 0 else (0,):
        tokens = _TOKEN.finditer(text, start)
        taken = list(takewhile(lambda token: _is_capital(token) or token[0] == "and", tokens))
        is_name = taken and not _STOPS.fullmatch(taken[0][0].lower())
        if is_name and not _DETERMINERS.fullmatch(taken[0][0].lower()):
            name = text[taken[0].start() : taken[-1].end()].removesuffix(" and")
            return "" if re.search("[’']s$", name) else name
    return ""


def is_person(name: str, text: str) -> bool:
    """Whether ``name`` may be whom "he" or "she" means: nobody's acronym, no institution, and
    somewhere in ``text`` with a first name."""
    words = name.split()
    if not words[-1][0].isupper() or words[-1].isupper() or _ORGANISATION.search(name):
        return False
    return len(words) > 1 or words[-1] in _surnames(text)


@lru_cache(maxsize=32)
def _surnames(text: str) -> frozenset[str]:
    """The capitalised words of ``text`` that follow another one ("Dana Oru")."""
    pairs = pairwise(_TOKEN.finditer(text))
    return frozenset(
        second[0] for first, second in pairs
        if first[0][0].isupper() and second[0][0].isupper()
        and not (_STOPS.fullmatch(first[0].lower()) or _DETERMINERS.fullmatch(first[0].lower()))
    )  # fmt: skip


def _stands_between(tokens: _Tokens) -> bool:
    """Whether an adverb, an auxiliary or a day stands last: between the subject and its verb."""
    word = tokens[-1][0].lower()
    if _DAY.fullmatch(word):
        return True
    on_a_day = word == "on" and len(tokens) > 1
    return on_a_day or (tokens[-1][0].islower() and bool(_BETWEEN.fullmatch(word)))


def _phrase(text: str, tokens: _Tokens, is_role: IsRole) -> str:
    """The noun phrase that ends with the last of ``tokens``."""
    taken: list[re.Match[str]] = []
    for place in range(len(tokens) - 1, -1, -1):
        token, word = tokens[place], tokens[place][0].lower()
        if _PRONOUNS.fullmatch(word) and not taken:
            return token[0]
        is_stop = _STOPS.fullmatch(word) and not (taken and _joins(tokens, place, is_role))
        if is_stop or _is_mark(token) or len(taken) == _MOST_WORDS:
            break
        taken.insert(0, token)
        if _DETERMINERS.fullmatch(word) and not _goes_further(tokens, place, is_role):
            break
    while taken and _STOPS.fullmatch(taken[0][0].lower()):
        taken.pop(0)
    return _cut(text, taken)


def _goes_further(tokens: _Tokens, place: int, is_role: IsRole) -> bool:
    """Whether a phrase goes on before the determiner at ``place`` ("the two", "chair of the")."""
    if place == 0:
        return False
    before = tokens[place - 1][0].lower()
    return bool(_DETERMINERS.fullmatch(before)) or _joins(tokens, place - 1, is_role)


def _joins(tokens: _Tokens, place: int, is_role: IsRole) -> bool:
    """Whether the word at ``place`` ("and", "of", …) holds a phrase together."""
    word, before = tokens[place][0].lower(), tokens[place - 1][0] if place else ""
    if not before or _STOPS.fullmatch(before.lower()) or _is_mark(tokens[place - 1]):
        return False
    if word == "and":
        after = tokens[place + 1][0]
        is_company = after[0].isupper() or re.fullmatch("his|her|its|their", after)
        both_names = before[0].isupper() and bool(is_company)
        opens = tokens[place - 2][0].lower() if place > 1 else ""
        return both_names or bool(_DETERMINERS.fullmatch(opens))
    is_head = before[0].islower() or (word == "of") or is_role(before)
    return is_head and bool(_LINKS.fullmatch(word))


def _ends_phrase(seen: str, taken: _Tokens, is_role: IsRole) -> bool:
    word = seen.lower()
    if _PRONOUNS.fullmatch(word) or _TELLS_MORE.fullmatch(word):
        return bool(taken)
    links_a_role = taken and word in ("of", "for") and is_role(taken[-1][0])
    is_other = _STOPS.fullmatch(word) or (seen[0].islower() and _follows_name(word, taken, is_role))
    return bool(is_other) and not links_a_role


def _follows_name(word: str, taken: _Tokens, is_role: IsRole) -> bool:
    """Whether ``word`` comes after a whole name ("Ana Morel devant …") and is no "officials"."""
    is_name = len(taken) > 1 and all(
        _is_capital(token) and not re.search("[’']s$", token[0]) for token in taken
    )
    return is_name and not (word.endswith("s") or is_role(word) or _PARTICLES.fullmatch(word))


def _head_of_apposition(text: str, tokens: _Tokens, is_role: IsRole) -> str:
    """The subject of "Ana Tor, the mayor, said" and of "the mayor, Ana Tor, said"."""
    clause = list(takewhile(lambda token: not _OPENS_A_CLAUSE.match(token[0]), reversed(tokens)))
    parts: list[list[re.Match[str]]] = [[]]
    for token in reversed(clause):
        if token[0] == ",":
            parts.append([])
        elif parts[-1] or not _NEVER_INSIDE.fullmatch(token[0].lower()):
            parts[-1].append(token)
    names = [part for part in parts if _is_name(part)]
    others = [part for part in parts if part and not _STOPS.fullmatch(part[0][0].lower())]
    head = next(iter([*names, *others]), [])
    return _cut(text, head) if names else _phrase(text, head, is_role)


def _is_name(part: _Tokens) -> bool:
    return 0 < len(part) <= 5 and all(
        _is_capital(token) and not _STOPS.fullmatch(token[0].lower()) for token in part
    )


def _without_role(phrase: str, is_role: IsRole) -> str:
    """A name without what stands before it ("the envoy Toivo Klaar", "Secretary of State …")."""
    tokens = list(_TOKEN.finditer(phrase))
    if not tokens or not tokens[-1][0][0].isupper():
        return phrase
    start = _first_capital(tokens)
    if start and re.fullmatch(rf"and|the|{_LINKS.pattern}", tokens[start - 1][0].lower()):
        return phrase
    if _speaks_for(tokens[:start], is_role):
        return phrase
    if _HONORIFIC.fullmatch(tokens[start][0]) and start + 1 < len(tokens):
        start += 1
    for place in range(len(tokens) - 2, start - 1, -1):
        if is_role(tokens[place][0]):
            after = place + (3 if tokens[place + 1][0] == "of" else 1)
            name = phrase[tokens[after].start() :] if after < len(tokens) else ""
            return name if name and not _ORGANISATION.match(name) else phrase
    return phrase[tokens[start].start() :]


def _speaks_for(tokens: _Tokens, is_role: IsRole) -> bool:
    """Whether ``tokens`` are of somebody who speaks for whose name follows ("the lawyer for …")."""
    return any(word[0] == "for" and is_role(head[0]) for head, word in pairwise(tokens))


def _first_capital(tokens: _Tokens) -> int:
    """Where the capitalised words begin that ``tokens`` end with."""
    start = len(tokens) - 1
    while start and (_is_capital(tokens[start - 1]) or _is_of_a_title(tokens, start - 1)):
        start -= 1
    return start


def _is_of_a_title(tokens: _Tokens, place: int) -> bool:
    return tokens[place][0] == "of" and place > 0 and _is_capital(tokens[place - 1])


def _is_capital(token: re.Match[str]) -> bool:
    return token[0][0].isupper() or bool(_PARTICLES.fullmatch(token[0]))


def _cut(text: str, tokens: _Tokens) -> str:
    if not tokens:
        return ""
    span = Span(tokens[0].start(), tokens[-1].end())
    return re.sub(r"(?:[’']s|(?<=s)[’'])$", "", text[slice(*span)])


def _is_mark(token: re.Match[str]) -> bool:
    return not (token[0][0].isalnum() or token[0][0] == "\u00ad")
