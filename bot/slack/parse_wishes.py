"""What does a person want: a briefing with which wishes, or an answer to which question?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Literal

from bot.briefing.requests import DIFFERENCES_FIRST, Length, Wishes
from bot.briefing.text import count_words
from bot.service import styles

# Which language does a wish name ("in French", "auf Deutsch", "на русском")?
#
# Names that are also ordinary adjectives ("the French minister") count only after a preposition,
# and only if the phrase ends there ("in French Guiana" is a place).

ENGLISH_NAMES = {  # by ISO 639-1 code
    "en": "English",
    "fr": "French",
    "de": "German",
    "es": "Spanish",
    "it": "Italian",
    "pt": "Portuguese",
    "nl": "Dutch",
    "pl": "Polish",
    "ru": "Russian",
    "uk": "Ukrainian",
    "tr": "Turkish",
    "hy": "Armenian",
    "az": "Azerbaijani",
    "ar": "Arabic",
    "zh": "Chinese",
    "ja": "Japanese",
    "ko": "Korean",
    "sv": "Swedish",
}
# What asks for a language, in itself and in some others.
_NATIVE_PHRASES = {
    "en": "en anglais|auf englisch|en inglés|по-английски|на английском|на английский"
    "|用英文|用英语|英語で",
    "fr": "en français|en francais|auf französisch|en francés|по-французски|на французском",
    "de": "auf deutsch|en allemand|en alemán|по-немецки|на немецком",
    "es": "en español|en espagnol|auf spanisch|en castellano|по-испански",
    "it": "in italiano|en italien|auf italienisch",
    "pt": "em português|em portugues|en portugais|auf portugiesisch",
    "nl": "in het nederlands|en néerlandais|auf niederländisch",
    "pl": "po polsku|auf polnisch|en polonais",
    "ru": "на русском языке|на русском|на русский|по-русски|en russe|auf russisch",
    "uk": "українською мовою|українською|auf ukrainisch|en ukrainien",
    "tr": "türkçe olarak|türkçe|auf türkisch|en turc",
    "hy": "հայերենով|հայերեն",
    "az": "azərbaycan dilində|azərbaycanca",
    "ar": "باللغة العربية|بالعربية",
    "zh": "用中文|中文|汉语|漢語",
    "ja": "日本語で|日本語",
    "ko": "한국어로|한국어",
    "sv": "på svenska",
}
_PHRASE_END = (
    r"(?=\s*(?:$|[.,;:!?)\n…—–-]|(?:and|or|please|for|with|but|at|as|in|on|about|focus\w*|"
    r"three|four|five|six|ten|short\w*|long\w*|too|instead|again|now|thanks|bitte|svp)\b|\d))"
)


def _english_pattern(name: str) -> str:
    return rf"\b(?:in|into|to|as)\s+{name}\b{_PHRASE_END}|^\W*{name}(?:\W+(?:please|version))?\W*$"


def _native_pattern(phrases: str) -> str:
    return "|".join(
        phrase if not phrase[0].isascii() and len(phrase) < 5 else rf"(?<!\w){phrase}(?!\w)"
        for phrase in phrases.split("|")
    )


_LANGUAGES = {
    code: re.compile(
        f"{_english_pattern(name)}|{_native_pattern(_NATIVE_PHRASES[code])}", re.IGNORECASE
    )
    for code, name in ENGLISH_NAMES.items()
}


_STYLE = r"(?:style|stil|estilo|stile|стиль|стиле|ոճ)"


@cache
def _style_patterns() -> dict[str, re.Pattern[str]]:
    """Patterns of the phrases that ask for each style, by its name or its title: "in the newsroom
    style", "style: minister"."""
    return {
        name: _style_pattern({re.escape(called) for called in (name, title)})
        for name, title in styles.titles().items()
    }


def _style_pattern(names: set[str]) -> re.Pattern[str]:
    called = "|".join(sorted(names))
    before = r"\b(?:(?:in|im|en|au|dans|into|with|using)\s+)?(?:(?:the|a|le|el|der|dem)\s+)?"
    return re.compile(
        rf"{before}(?:(?:{called})[\s-]+{_STYLE}|{_STYLE}\s*[:=]?\s*[“\"]?(?:{called})\b[”\"]?)"
        r"(?!\w)",
        re.IGNORECASE,
    )


def _last_match(
    phrases: Mapping[str, re.Pattern[str]], text: str
) -> tuple[str, re.Match[str]] | None:
    """The name of the language or style that ``text`` asks for, and the match. The last of several
    counts: "not in English, in French"."""
    found = [(name, match) for name, phrase in phrases.items() for match in phrase.finditer(text)]
    return max(found, key=lambda each: each[1].start(), default=None)


# Wishes reach a writer as wishes, never as instructions. What is not understood stays in the note,
# in the asker's own words.

KnownPhrase = Literal["help", "thanks", "mute", "unmute", "stop"]

_I = re.IGNORECASE
_NUMBERS = {
    "one": 1, "a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20,
    "eine": 1, "einem": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6,
    "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5,
    "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6,
    "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6,
    "два": 2, "двух": 2, "три": 3, "трёх": 3, "трех": 3, "четыре": 4, "четырёх": 4, "четырех": 4,
    "пять": 5, "пяти": 5, "шесть": 6, "шести": 6,
}  # fmt: skip
_COUNT = re.compile(
    rf"\b(?:(?:in|en|auf|as|with|mit|avec|con|в|с)\s+)?(?:(?:only|just|at\s+most|max\.?)\s+)?"
    rf"(?P<count>\d{{1,2}}|{'|'.join(_NUMBERS)})\s+(?:(?:key|main|short)\s+)?"
    r"(?:(?P<points>(?:bullet\s*-?\s*)?points?|bullets|bulletpoints?|(?:stich)?punkten?|puces|puntos"
    r"|viñetas|punti|пункт\w*|тезис\w*)"
    r"|(?P<lines>lines?|sentences?|zeilen?|sätzen?|lignes?|phrases?|líneas?|frases?|righe?|frasi"
    r"|строк\w*|предложени\w*)|paragraphs?)(?!\w)",
    _I,
)
_LENGTHS: dict[Length, re.Pattern[str]] = {
    "short": re.compile(
        r"\b(?:(?:(?:make|keep)\s+it\s+)?(?:a\s+)?(?:much\s+|even\s+)?"
        r"(?:shorter|short(?=\s*(?:$|[.,;:!?)]|(?:and|please|briefing|version|summary|one)\b)))"
        r"|in\s+short|concise|tl;?\s?dr|in\s+a\s+nutshell|in\s+brief"
        r"|kurz|kürzer|plus\s+court|plus\s+bref|más\s+corto|más\s+breve"
        r"|più\s+breve|короче|кратко|коротко)(?!\w)(?:\s+(?:briefing|version|summary|one)\b)?",
        _I,
    ),
    "long": re.compile(
        r"\b(?:in\s+(?:more\s+|full\s+)?detail|more\s+details?|(?:more\s+)?detailed|in\s+depth"
        r"|(?:make\s+it\s+)?(?:a\s+)?(?:much\s+)?longer|(?:a\s+)?long\s+(?:briefing|version|summary|one)"
        r"|(?:make|keep)\s+it\s+long|ausführlich\w*|länger|en\s+détail|plus\s+long"
        r"|plus\s+détaillé|más\s+largo|en\s+detalle|più\s+lungo|подробн\w+)(?!\w)"
        r"(?:\s+(?:briefing|version|summary|one)\b)?",
        _I,
    ),
    "standard": re.compile(
        r"\b(?:(?:the\s+)?(?:normal|standard|usual)\s+(?:length|size|briefing|version))\b", _I
    ),
}
# A phrase ends where the next wish begins.
_PHRASE = r"([^,.;:!?\n]{2,80}?)(?=\s*(?:[,.;:!?\n]|$|\b(?:and|for|on|focus\w*|in)\s))"
_AUDIENCE = re.compile(
    rf"\b(?:written\s+)?(?:for\s+(?=(?:the|our|my|a|an|some|people|readers)\b)"
    rf"|für\s+(?=(?:den|die|das|einen|eine|unsere?n?|mein\w*)\b)"
    rf"|pour\s+(?=(?:le|la|les|un|une|notre|mon|ma)\b))"
    rf"(?!the\s+(?:first|last|next|record|moment|briefing|time)\b){_PHRASE}",
    _I,
)
_ANGLE = re.compile(
    rf"\b(?:(?:with\s+(?:a|the)\s+)?focus(?:s?ing|s?ed)?\s+on|concentrat\w+\s+on|angle:?"
    rf"|especially(?:\s+on)?|particularly(?:\s+on)?|about|regarding|concerning|mit\s+fokus\s+auf"
    rf"|über|on)\s+(?!(?:it|this|that|these|those|them|https?)\b){_PHRASE}",
    _I,
)
_FILLER = re.compile(
    r"\b(?:please|pls|thanks|thank\s+you|could|can|would|will|you|us|me|give|send|make|do|get|"
    r"write|read|want|like|need|i|we|it|this|that|these|those|them|the|a|an|of|on|for|to|now|"
    r"and|with|also|again|just|hi|hey|hello|readout|brief(?:ing)?|briefly|summar\w+|translat\w+|"
    r"shorten|sum|up|following|article|articles|text|link|links|page|story|piece|file|message|"
    r"same\s+(?:style|language|length|format)|what|how|about|one|too|in|above|below|bitte|kannst|du|mach|fass\w*|übersetz\w*|zusammen\w*|"
    r"das|dies\w*|es|und|nochmal|s['’]il|te|vous|pla[iî]t|svp|stp|peux|tu|pouvez|résum\w*|"
    r"tradui\w*|ce|cet|cette|ceci|texte|et|le|la|por|favor|puedes?|resum\w+|traduc\w*|est[eo]|"
    r"esto|artículo|texto|y|пожалуйста|можешь|можете|сократи\w*|перев[её]\w*|сделай|и|а|эт[оу]|"
    r"статью|текст|من\s+فضلك|لو\s+سمحت|لخص|ترجم|هذا|هذه|النص|المقال)\b"
    r"|请|請|总结|總結|概括|翻译|翻譯|要約|翻訳|して|ください|お願いします|요약|번역|해\s?줘|해\s?주세요|부탁해요",
    _I,
)
COMPARE = (
    r"(?:compare[rz]?|contrast|vergleich\w*|compar[ae]\w*|confront\w+|сравни\w*|համեմատ\w*|قارن)"
)
"""Verbs that ask to compare sources."""
_COMPARE = re.compile(rf"(?<!\w){COMPARE}(?!\w)", _I)
# Words that may accompany them in a request without other wishes.
_COMPARED = re.compile(
    rf"\b(?:{'|'.join(_NUMBERS)}|all|both|my|our|sources?|versions?|reports?|documents?|each|other"
    r"|together|between|against|die|den|beide[nr]?|artikel|texte|quellen|fassungen|miteinander"
    r"|les|ces|textes|entre|eux|los|las|est[oa]s|amb[oa]s|artículos|textos|fuentes|versiones"
    r"|quest[ie]|gli|testi|articoli|fonti|versioni|эти|об[ае]|две|статьи|тексты|источники|версии"
    r"|между|собой|այս|երկուսը|հոդվածները|տեքստերը|هذين|المقالين|النصين)\b",
    _I,
)
_THIS_ONE = re.compile(
    r"""\W*(?:(?:and|so|ok|hey|hi|readout)\W+)*(?:
      (?:(?:what|how)\s+about\s+)?(?:this|that|these|those)
        (?:\s+(?:one|ones|two|text|article|piece|story|page|file|report|here|too|as\s+well))*
    | und\s+(?:jetzt\s+)?(?:das|der|die|dies\w{0,2})
        (?:\s+(?:hier|da|text|artikel|beitrag|seite|datei|auch))*
    | et\s+(?:celui|celle|ceux|celles|ça|ceci|cela|cet?|cette|ces)
        (?:[\s-](?:ci|là|texte|article|page|fichier|aussi))*
    | [ye]\s+(?:est[eoa]s?|es[eoa]s?|quest[oaei]|isto)
        (?:\s+(?:otr[oa]|altr[oa]|texto|testo|artículo|articolo|página|pagina|también|anche|qui))*
    | [аи]\s+(?:вот\s+)?(?:эт\w{1,2}|це|ця|цей)(?:\s+(?:текст|стать\w+|страниц\w+|файл|тоже))*
    | (?:իսկ|և|եւ)\s+(?:սա|այս(?:\s+(?:մեկը|հոդվածը|տեքստը))?)
    | (?:و|ماذا\s+عن\s+)(?:هذا|هذه)(?:\s+(?:النص|المقال))?
    | (?:那|还有)?这(?:个|篇|条)呢? | これは | これも | 이것은 | 이것도 | 이건
    )(?:\W+(?:please|bitte|svp|por\s+favor|пожалуйста))?\W*""",
    _I | re.VERBOSE,
)
POLITE_REQUEST = (
    r"(?:kannst\s+du|könn(?:en\s+sie|test\s+du|ten\s+sie)|peux-tu|pouvez-vous"
    r"|pourr(?:ais-tu|iez-vous)|puedes?|podrías?|puoi|potresti|можешь|можете)\W+"
    r"(?:\w+\W+){0,6}?(?:zusammenfass|kürz|übersetz|vergleich|résum|tradui|raccourci|resum|traduc"
    r"|compar|riassum|confront|tradur|сравн|сократ|перев[её]|переска|резюм)\w*"
)
"""A polite request in a language other than English: "kannst du das zusammenfassen?"."""
_REQUEST = re.compile(
    r"^\W*(?:(?:hi|hey|hello|readout|please|bitte|and|so)\W+)*"
    r"(?:(?:can|could|would|will)\s+(?:yo)?u\s+(?:please\s+)?|"
    r"i(?:'d|\s+would)?\s+(?:like|want|need)\s+)?"
    rf"(?:{POLITE_REQUEST}|"
    r"(?:an?\s+|the\s+)?(?:brief|summar\w+|translat\w+|shorten|sum\s+up|make|give|compare|tl;?dr|"
    r"rewrite|redo|zusammenfass\w*|fass|résum\w+|resum\w+|кратко|переведи|сделай))\b",
    _I,
)
_ASKING = re.compile(
    r"^\W*(?:(?:and|but|so|ok|hi|hey|hello|please)\W+)*(?:(?:can|could|would)\s+you\s+)?"
    r"(?:who|whose|whom|what|what's|when|where|why|how|which|is|are|was|were|does|did|do|has|have|"
    r"explain|tell\s+(?:me|us)\s+(?:who|what|when|where|why|how|which|whether|if|more|about)|"
    r"wer|was|wann|wo|warum|wieso|welche\w*|wie|qui|que|qu'\w+|quand|où|pourquoi|comment|combien|"
    r"quels?|quelles?|quién|qué|cuándo|dónde|por\s+qué|cómo|cuánto|chi|che|quando|dove|perché|"
    r"кто|что|когда|где|почему|как|сколько|какой|какая|какие)\b",
    _I,
)
_GREETING = re.compile(
    r"^\W*(?:help|usage|what\s+can\s+you\s+do|how\s+does\s+this\s+work|who\s+are\s+you|"
    r"(?:hi|hello|hey|good\s+(?:morning|afternoon|evening|day)|morning|hallo|guten\s+\w+|bonjour|"
    r"salut|hola|ciao|привет|здравствуйте|hilfe|aide|ayuda|помощь|/?\?)"
    r"(?:\s+(?:there|all|everyone|readout|team))?)\W*$|^\W*$",
    _I,
)
_THANKS = re.compile(
    r"^\W*(?:(?:many\s+)?thanks|thank\s+you|thx|ty|cheers|danke|merci|gracias|grazie|obrigad[oa]|"
    r"спасибо)(?!\w)"
    r"|^\W*(?:(?:great|nice|cool|perfect|ok(?:ay)?|got\s+it|well\s+done|good\s+(?:job|bot)|lovely|"
    r"awesome|noted|understood|will\s+do|yes|no|agreed|:\+1:|👍|🙏|❤️)(?:$|\W+))+$",
    _I,
)
_STOP = re.compile(
    r"\W*(?:(?:ok|please|bitte|pls|no|oh)\W+)*"
    r"(?:stop|stopp|stoppe|halt|cancel|abort|arr[êe]te[zr]?|para|detente|dejalo|basta|ferma|"
    r"стоп|отмена|хватит|قف|توقف|կանգ)"
    r"(?:\W+(?:it|this|that|now|please|thanks|reading|writing|working|bitte|das))*\W*",
    _I,
)
_EDGES = re.compile(r"^(?:\W|(?:please|bitte|and)\b)+|(?:\W|\b(?:please|bitte|and))+$", _I)
_MOST_CHARACTERS = 1_000  # nobody writes a wish after more
_THANKS_WORDS = 8
_SLIGHT_WISH_WORDS = 8


@dataclass(frozen=True)
class ParsedRequest:
    """A request, understood. ``question`` is its text if it asks something, and ``known_phrase``
    says which of the phrases that need no source it is."""

    text: str
    wishes: Wishes = field(default_factory=Wishes)
    question: str | None = None
    known_phrase: KnownPhrase | None = None

    @property
    def has_wishes(self) -> bool:
        """Whether it asks for another language, style, length, reader or angle."""
        return self.wishes != Wishes(note=self.wishes.note)

    @property
    def is_plain_wish(self) -> bool:
        """Whether it is only a wish: "shorter", "in French please"."""
        is_short = count_words(self.text) <= _SLIGHT_WISH_WORDS
        return self.has_wishes and is_short and self.wishes.note is None


def parse_request(text: str) -> ParsedRequest:
    """The request in ``text``, the asker's own words without sources."""
    whole = " ".join(text.split())
    text = whole[:_MOST_CHARACTERS]
    if re.fullmatch(r"\W*(?:please\s+)?(?:un)?mute(?:\W+(?:this|please|thread))*\W*", text, _I):
        return ParsedRequest(whole, known_phrase="unmute" if "unmute" in text.lower() else "mute")
    if _STOP.fullmatch(text):
        return ParsedRequest(whole, known_phrase="stop")
    if _GREETING.search(text):
        return ParsedRequest(whole, known_phrase="help")
    wishes, rest = _named_wishes(text)
    if _is_question(text, rest):
        return ParsedRequest(whole, wishes, question=whole)
    if _THANKS.search(text) and wishes == Wishes() and count_words(text) <= _THANKS_WORDS:
        return ParsedRequest(whole, known_phrase="thanks")
    return ParsedRequest(whole, _with_free_wishes(wishes, rest))


def points_at_source(text: str) -> bool:
    """Whether ``text`` only points at the source that comes with it: "and this one?"."""
    return bool(_THIS_ONE.fullmatch(_named_wishes(text)[1]))


def _is_question(text: str, rest: str) -> bool:
    if _REQUEST.search(text) or not _has_substance(rest) or _THIS_ONE.fullmatch(rest):
        return False
    return bool(re.search(r"[?？؟]", text)) or bool(_ASKING.search(text))


@lru_cache(maxsize=1)  # the same line is parsed several times in a row
def _named_wishes(text: str) -> tuple[Wishes, str]:
    """The language, style and length that ``text`` names, and the rest of it."""
    wishes = Wishes()
    if wished := _last_match(_LANGUAGES, text):
        language, match = wished
        wishes, text = replace(wishes, language=language), _without(text, match)
    if named_style := _last_match(_style_patterns(), text):
        style, match = named_style
        wishes, text = replace(wishes, style=style), _without(text, match)
    if count := _COUNT.search(text):
        return _with_count(wishes, count), _without(text, count)
    for length, pattern in _LENGTHS.items():
        if named := pattern.search(text):
            return replace(wishes, length=length), _without(text, named)
    return wishes, text


def _with_count(wishes: Wishes, count: re.Match[str]) -> Wishes:
    """``wishes`` with the length and the number of key points for a count of points or of lines, of
    which the bottom line takes one."""
    written = count["count"].lower()
    number = int(written) if written.isdigit() else _NUMBERS[written]
    points = number if count["points"] else None
    if count["lines"]:
        points = max(number - 1, 0)
    length: Length = "standard" if number <= 12 else "long"
    if number <= 4:  # a bottom line and three points
        length = "short"
    return replace(wishes, length=length, points=points)


def _with_free_wishes(wishes: Wishes, rest: str) -> Wishes:
    """``wishes`` with the audience, the angle and the note in the ``rest`` of a request."""
    audience, rest = _extracted(_AUDIENCE, rest)
    angle, rest = _extracted(_ANGLE, rest)
    has_note = _has_substance(rest) and not _THIS_ONE.fullmatch(rest)
    note = _EDGES.sub("", rest) if has_note else None
    if note and _COMPARE.search(note):
        is_all = not _has_substance(_COMPARED.sub(" ", _COMPARE.sub(" ", note)))
        note = DIFFERENCES_FIRST if is_all else f"{note} ({DIFFERENCES_FIRST})"
    return replace(wishes, audience=audience, angle=angle, note=note)


def _extracted(pattern: re.Pattern[str], text: str) -> tuple[str | None, str]:
    match = pattern.search(text)
    if match is None or not _has_substance(match[1]):
        return None, text
    return _EDGES.sub("", match[1]), _without(text, match)


def _without(text: str, match: re.Match[str]) -> str:
    return " ".join(f"{text[: match.start()]} {text[match.end() :]}".split())


def _has_substance(text: str) -> bool:
    return bool(re.search(r"\w{2}", _FILLER.sub(" ", text)))
