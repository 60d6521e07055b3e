"""Is a line beside pasted text said to us, or does the text begin or end with it?

Articles begin and end with short paragraphs that read like wishes: "In brief", "Can the deal
hold?", "Please send tips to …". Before a text, a line is for us if it is a wish and nothing else,
or tells us to do something with "this"; after a text, it must also say please, or name us. In
doubt, a line belongs to the text.
"""

import re

from bot.briefing.words import count_words
from bot.slack.languages import ENGLISH_NAMES
from bot.slack.wishes import COMPARE, POLITELY_ELSEWHERE, Said, means_this_one, understood

_I = re.IGNORECASE
_PLEASE = (
    r"(?:\b(?:please|pls|plz|bitte|svp|stp|s['’]il\s+(?:te|vous)\s+pla[iî]t|por\s+favor"
    r"|per\s+favore|per\s+piacere|alstublieft|proszę|lütfen|пожалуйста|будь\s+ласка|խնդրում\s+եմ)\b"
    r"|من\s+فضلك|لو\s+سمحت|请|請|お願い|ください|주세요|부탁)"
)
_YOU = r"\b(?:can|could|would|will)\s+(?:yo)?u\s+(?:please\s+)?"
_OURS = (
    r"(?:brief|summari[sz]e|sum\s+up|condense|shorten|translate|rewrite|redo|compare|recap|digest"
    r"|analy[sz]e)"
)
_TEXT = (
    r"(?:text|article|story|piece|page|report|document|post|statement|release|letter|news|link)s?"
)
_WHAT = (
    rf"(?:(?:this|these|the|my|our)\s+(?:\w+\s+){{0,2}}?{_TEXT}"
    r"|the\s+(?:following|above|below)|(?:this|these)\s+(?:two|three|ones?)|these|this|it|all)"
    r"(?=\W*$|\s*[.,;:!?]|\s+(?:above|below|in|into|to|for|as|on|with|and|at|from|please|pls|by"
    r"|using|so|but|like|without|focus\w*)\b)"
)
_NOUN = r"(?:summary|briefing|brief|overview|digest|recap|translation|tl;?\s?dr|gist)"
_IN_ENGLISH = (
    rf"(?:{_OURS}|tl;?\s?dr)\s+{_WHAT}"
    r"|(?:summari[sz]e|translate|shorten|condense)\s+(?:in|into|to|for|as)\b"
    rf"|(?:please|pls|plz)\s+{_OURS}\W*$|(?:{_OURS}|{_NOUN})\W+(?:please|pls|plz)\W*$"
    r"|(?:give|make|write|send|get|do|prepare|create)\s+(?:me\s+|us\s+)?(?:an?|the|one)\s+"
    rf"(?:[\w-]+\s+){{0,3}}?{_NOUN}\b"
    rf"|(?:an?\s+)?(?:[\w-]+\s+)?{_NOUN}\s+of\s+{_WHAT}"
)
_ELSEWHERE = (
    r"(?:fass|übersetz|kürz|schreib)\w*\s+(?:\w+\s+)?(?:das|dies\w*|den\s+\w+|es|mir)\b"
    r"|(?:résum|tradui|raccourci|synthétis)\w*[\s-]+(?:moi\s+)?"
    r"(?:ce(?:t|tte|ci|la)?|le\s+texte|l['’]article)\b"
    r"|(?:resum|traduc|traduz|acort|riassum)\w*\s+(?:me\s+)?"
    r"(?:est[eoa]|quest[oa]|el\s+\w+|o\s+texto|il\s+testo)\b"
    r"|(?:переведи|сократи|перескажи|резюмируй|сделай)\w*\s+"
    r"(?:это|эт[оу]\w*|на|статью|текст|кратк\w+|резюме)\b"
    rf"|{COMPARE}\s+(?:(?:die|diese|beide|les|ces|l[oa]s|est[eoa]s|quest[ei]|i|le|эт\w+|обе|оба|այս)\b"
    r"|ه)"
    r"|(?:لخص|ترجم)\s"
    r"|(?:总结|總結|概括|翻译|翻譯|要約|翻訳|요약|번역)\W*\w"
)
_GREETING = r"(?:(?:hi|hey|hello|ok|okay|so|and|readout|dear|thanks)\W+)*"
_WANT = r"(?:i(?:['’]d|\s+would)?\s+(?:like|want|need)\s+(?:you\s+to\s+)?)?"
_ORDER = re.compile(
    rf"^\W*{_GREETING}(?:{_PLEASE}\W*)?(?:(?:{_YOU})?{_WANT}(?:{_IN_ENGLISH})|{_ELSEWHERE}"
    rf"|{POLITELY_ELSEWHERE})",
    _I,
)
_ASKS_US = re.compile(rf"{_PLEASE}|{_YOU}(?:make|keep|write|give|do|get|put|say|{_OURS})\b", _I)
_CALLS_US = re.compile(r"^\W*(?:hi|hey|hello|ok(?:ay)?|so|and)\s+@?readout\b|^\W*@?readout\s*,", _I)
_INTRODUCES = re.compile(
    rf"\bhere(?:['’]s|\s+is|\s+are)\s+(?:the|my|our)\s+(?:\w+\s+)?{_TEXT}\b[^.!?:]{{0,40}}:\W*$"
    rf"|\bhere(?:['’]s|\s+it\s+is|\s+goes)\s*:\W*$|\b(?:see\s+|{_TEXT}\s+(?:is\s+)?)below\s*:\W*$",
    _I,
)
_LIKE_A_HEADING = re.compile(
    r"\W*(?:in\s+(?:brief|short|full|depth|a\s+nutshell|(?:more\s+|full\s+)?detail)|tl;?\s?dr"
    r"|(?:more|further)\s+details?|(?:the\s+)?(?:short|long)\s+(?:version|one)"
    rf"|(?:{'|'.join(ENGLISH_NAMES.values())})(?:\s+version)?"
    r"|kurz|en\s+détail|en\s+detalle|кратко|коротко)\W*",
    _I,
)
_SMALL_ORDER = re.compile(rf"\W*(?:{_OURS}|{_NOUN})\W*", _I)
_HELLO = re.compile(r"\W*(?:hi|hey|hello|hallo|salut|hola|ciao)\b", _I)
_ENDS_ASKING = re.compile(r"[?？؟՞]\W*$")
_OF_THE_TEXT = re.compile(
    rf"\b(?:(?:does|did)\s+(?:it|this|the\s+{_TEXT})\s+(?:say|mention|mean)|tell\s+me"
    rf"|(?:this|the)\s+{_TEXT}|according\s+to\s+(?:it|this))\b",
    _I,
)
_NOT_TO_US = re.compile(r"[“”„«»\"]|\b(?:us|our|your|said|says)\b", _I)
_MOST_WORDS = 25
_LONGEST = 300


def is_said_before(text: str, *, named: bool) -> bool:
    """Whether the line ``text`` before a pasted text is for us; ``named`` if it mentions us."""
    if not is_short(text):
        return False
    if orders(text) or introduces(text) or means_this_one(text):
        return True
    said, small = understood(text), _starts_small(text)
    if said.courtesy == "help":
        return named and (small or bool(_HELLO.match(text)))
    asks = bool(_ENDS_ASKING.search(text))
    if said.question:
        return (asks or small) and (named or small or bool(_OF_THE_TEXT.search(text)))
    if small:  # no headline does
        return said.wishes_something or asks or bool(_SMALL_ORDER.fullmatch(text))
    return _is_wish_alone(said) and (_is_plain(said) or bool(_ASKS_US.search(text)))


def is_said_behind(text: str, *, named: bool) -> bool:
    """Whether the line ``text`` behind a pasted text is beyond doubt for us."""
    if not is_short(text) or (_NOT_TO_US.search(text) and not named):
        return False
    said = understood(text)
    if named or _CALLS_US.search(text):
        is_ours = orders(text) or said.question or _is_wish_alone(said)
        return bool(is_ours) or means_this_one(text)
    if orders(text):
        return bool(_ASKS_US.search(text)) or said.wishes.language is not None
    if not _is_wish_alone(said):
        return False
    is_small_list = _starts_small(text) and "," in text and _is_plain(said)
    return bool(_ASKS_US.search(text)) or is_small_list


def orders(text: str) -> bool:
    """Whether it tells us to do something with the text beside it: "brief this in French"."""
    return bool(_ORDER.search(text))


def introduces(text: str) -> bool:
    """Whether it only says that a text follows: "here is the text:"."""
    return bool(_INTRODUCES.search(text))


def is_short(text: str) -> bool:
    """Whether it is as short as what people say to us beside a text."""
    return len(text) <= _LONGEST and count_words(text) <= _MOST_WORDS


def _starts_small(text: str) -> bool:
    return text.lstrip()[:1].islower()


def _is_wish_alone(said: Said) -> bool:
    return said.question is None and said.wishes_something and said.wishes.note is None


def _is_plain(said: Said) -> bool:
    """Whether it names a language, a style or a length, in words that are no heading."""
    wishes = said.wishes
    is_named = wishes.language or wishes.style != "briefing" or wishes.length != "standard"
    return bool(is_named) and not _LIKE_A_HEADING.fullmatch(said.text)
