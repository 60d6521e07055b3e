"""Which language does a wish name ("in French", "auf Deutsch", "на русском")?

Names that are also ordinary adjectives ("the French minister") count only after the preposition
that a wish has, and only where the phrase ends there ("in French Guiana" is a place).
"""

import re

# ISO 639-1 code: the phrases that ask for it, in English, in the language, in its neighbours.
ENGLISH_NAMES = {
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
_CLOSING = (
    r"(?=\s*(?:$|[.,;:!?)\n…—–-]|(?:and|or|please|for|with|but|at|as|in|on|about|focus\w*|"
    r"three|four|five|six|ten|short\w*|long\w*|too|instead|again|now|thanks|bitte|svp)\b|\d))"
)


def _english(name: str) -> str:
    return rf"\b(?:in|into|to|as)\s+{name}\b{_CLOSING}|^\W*{name}(?:\W+(?:please|version))?\W*$"


def _native(phrases: str) -> str:
    return "|".join(
        phrase if not phrase[0].isascii() and len(phrase) < 5 else rf"(?<!\w){phrase}(?!\w)"
        for phrase in phrases.split("|")
    )


_PHRASES = {
    code: re.compile(f"{_english(name)}|{_native(_NATIVE_PHRASES[code])}", re.IGNORECASE)
    for code, name in ENGLISH_NAMES.items()
}


def language_wished(text: str) -> tuple[str, re.Match[str]] | None:
    """The ISO 639-1 code of the language that ``text`` asks for, and where it does.

    Of several, the last counts: "not in English, in French".
    """
    found = [(code, match) for code, phrase in _PHRASES.items() for match in phrase.finditer(text)]
    return max(found, key=lambda each: each[1].start(), default=None)
