"""Whether a sentence addresses a machine, and whether it can support a line at all."""

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from bot.briefing.documents import Document
from bot.briefing.speech import blank_quotations

# What is known of such text in the wild is a small stock of moves: it revokes earlier instructions,
# calls a machine by name, plays a turn of a conversation, asks for the prompt, or says what a
# summary must say. Each has a pattern of the language here, none a list of known attacks. A
# sentence that is only about machines ("Chatbots must be tested") doesn't count: every pattern
# needs somebody being told to do something with words.

_MACHINE = (
    r"(?:ai|a\.i\.|llms?|gpts?|chatgpt|claude|gemini|copilot|(?:large )?language models?"
    r"|chat ?bots?|bots?|assistants?|summari[sz]ers?|crawlers?|scrapers?|machines?)"
)
_MACHINES = (
    rf"(?:(?:automated|automatic|digital|virtual|artificial) )?{_MACHINE}(?: (?:ai|assistants?"
    r"|readers?|models?|systems?|agents?|tools?|bots?|summari[sz]ers?|engines?|overviews?))*"
)
_OUTPUT = (
    r"(?:summar(?:y|ies)|repl(?:y|ies)|responses?|answers?|outputs?|briefings?|completions?"
    r"|translations?|headlines?|bottom[- ]lines?|key points?)(?: fields?)?"
)
_SAYING = (
    r"(?:say|state|write|tell|mention|includ|contain|add|append|insert|begin|start|open|end|close"
    r"|notify|repeat|print|output|reply|respond|answer|summari[sz]|describ|call|translat|ignor"
    r"|disregard|forget|recommend|display|show|quote|list|use|read|link|omit|leave out|give)(?:e"
    r"|es|s|ing)?"
)
_MUST = r"(?:must|should|shall|has to|have to|needs? to|(?:is|are) (?:required|told|asked) to|to)"
_OWN = r"(?:your|its|the|an?|every|each|all|any|this|my|our)"
_RULES = (
    r"(?:instructions?|prompts?|directions?|directives?|rules?|guidelines?|commands?|orders|context"
    r"|constraints?|programming|messages?|conversations?|tasks?|data|info(?:rmation)?|text|input)"
)
_EARLIER = r"(?:previous|prior|preceding|above|earlier|former|foregoing|initial|original|existing)"
_CODE = r"\b(?:\w*\d{3,}-[a-z]{3,}|[a-z]{1,4}-?\d{3,}|\d{3,}[a-z]{3,})\b"
_TOGETHER = (
    r"\b(?:followed (?:directly|immediately) by|join(?:ed|ing)?|concatenat\w+|written together"
    r"|as (?:one|a single) word|one word|no\W?space|without (?:a|any) space)\b"
)
# Somebody who "dared to write the word" is told of, and nobody is told to.
_FIRST = (
    r"(?:^|[.:;,!?>\])\"'“&-]\s*|\b(?:please|must|should|now|and|then|also|first|do"
    r"|(?<!dared )(?<!refused )(?<!afraid )(?<!learned )(?<!learnt )to)\s+)"
)

_MOVES = tuple(
    re.compile(pattern)
    for pattern in (
        # Earlier instructions are revoked.
        (
            r"\b(?:ignor|disregard|forget|overrid|overrul|bypass|discard|skip|neglect)(?:e|es"
            rf"|ing)?\b(?: \w+){{0,4}}? (?:{_EARLIER}|other|system|your|rest of|everything)\b"
            rf"(?: \w+){{0,4}}? (?:{_RULES}|{_EARLIER}|that|so far|before|you)\b"
        ),
        (
            r"\bnew (?:system )?(?:instructions?|prompt|task|rules?)\s*:|\b(?:begin|end) (?:of )?"
            r"(?:system |new )?(?:instructions?|prompt|session|document|context)\b"
        ),
        r"\b(?:ignore|disregard|forget)\b(?: \w+){0,3} (?:above|below|so far)\b",
        # A machine is called.
        (
            r"^\W*(?:(?:note|notice|attention|message|dear|hello|hey|hi|instructions?|reminder"
            r"|warning|editor's note|important)\W*)?(?:(?:to|for|,|:|any|all|the|every"
            rf"|dear) *)*{_MACHINES}(?: (?:that|which|who|reading|processing"
            r"|summari[sz]ing)\b[^:,]{0,50})?\s*[:,–—-]\s*(?:you\b|please\b|do not\b|don't\b"
            rf"|never\b|always\b|{_SAYING}\b)"
        ),
        (
            rf"\b{_MACHINES} (?:that|which|who) (?:\w+ )?(?:reads?|summari[sz]es?|process(?:es)?"
            rf"|parses?|sees?|quotes?)\b.{{0,40}}\b{_MUST}\b"
        ),
        # A turn of a conversation, or a mark of one, is played.
        (
            r"(?:^|[.!?\n>-] )[#*\[<(\"'{]*(?:system|assistant|user|human|developer)[\])>\"'*]*"
            r"\s*(?::(?!\s*\d)|\((?=#))"
        ),
        (
            r"#+\s*\(?\s*(?:system|user|assistant|human)\b|\(system_?message\)|\[/?(?:inst|system"
            r"|sys)\]|<</?sys>>|<\|\w+\|>|\"role\"\s*:|</?(?:source|document|system|user|assistant"
            r"|information|instructions?|important|prompt|context|s)\b[^>]*>|<end of \w+>"
        ),
        # The instructions or the memory are asked for, or a part to play is given.
        (
            r"\b(?:your|the|this)\b(?: \w+){0,2}? (?:system|initial|starting|original|hidden"
            r"|secret) (?:prompts?|instructions?|messages?|configuration)\b(?<!its)"
        ),
        (
            r"\b(?:you are|you're) now (?:in|an?|the|no longer)\b|\bfrom now on,? you\b|\b"
            r"(?:developer|maintenance|debug|god|dan|jailbreak) mode\b|\b(?:act|behave|respond"
            r"|answer|reply) as (?:if you|though you|an? (?:ai|\w+ assistant))"
        ),
        # What a summary must say, or how an answer shall look.
        rf"\b{_OUTPUT}(?: (?:of|for|about) \w+(?: \w+)?)? {_MUST} (?:\w+ )?{_SAYING}\b",
        (
            r"\b(?:before|when|while|after) (?:you )?(?:summari[sz]\w+|answering|replying"
            r"|responding)\b"
        ),
        rf"{_FIRST}(?!can |could )\w+(?: \w+){{0,6}} your {_OUTPUT}\b",
        (
            rf"\b(?:can|could|will|would) you (?:\w+ )?{_SAYING}\b.*\b(?:{_OUTPUT}|for me|please"
            rf"|in \w+\?)"
        ),
        (
            rf"{_FIRST}(?:begin|start|open|end|finish|preface|prefix|conclude|close|top) {_OWN} "
            rf"{_OUTPUT} (?:with|by)\b"
        ),
        (
            r"(?:^|[.:;,!?] |\b(?:please|must|now|then) )(?:reply|respond|answer)(?: only)?"
            r" (?:in|with|using|by|backwards?|as)\b"
        ),
        (
            rf"{_FIRST}(?:print|output|repeat|display|echo|say|write|encode|decode|concatenate)"
            r" (?:only|exactly|verbatim|nothing|the following|(?:the |this )?(?:words?|phrase"
            r"|sentence)\b)"
        ),
        (
            r"\b(?:in|at|to|of) (?:the )?(?:\"?\w+\"? )?(?:key points|headline|bottom[- ]line"
            r"|\"\w+\"|summary) fields?\b"
        ),
        r"\bbase-?(?:32|58|64)\b|\brot-?13\b|\bsummary of (?:the|this) (?:page|conversation)\b",
        (
            r"\b(?:show|display|reveal|print|output|translate|repeat|leak|including)\b.{0,40}\b"
            r"(?:system|initial|hidden|secret) (?:prompt|configuration|instructions|message)"
        ),
        # A secret word is to be put together.
        rf"{_CODE}.*{_TOGETHER}|{_TOGETHER}.*{_CODE}",
        # The words are a program.
        r"\b(?a:[a-z_]\w*\.[a-z_]\w*\(\w*\))|\{\s*\"\w+\"\s*:",
    )
)

# The same two moves elsewhere: what was said before is revoked, a machine is told what to write.
_ELSEWHERE = re.compile(
    r"ignor(?:e[zr]?|iere[nt]?|a(?:r|d)?|are|i)\b.{0,40}\b(?:instruc\w+|instruções|istruzion\w+"
    r"|anweisung\w*|consignes|befehle)"
    r"|(?:vergiss|vergessen sie|missachte|oublie[zr]?|olvida|esquece|dimentica)\b.{0,40}\b"
    r"(?:instruc\w+|istruzion\w+|anweisung\w*|consignes)"
    r"|(?:за|про)?игнорируй\w*.{0,40}(?:инструкц|указани|команд|сообщени)"
    r"|забуд\w+.{0,30}(?:инструкц|указани)|не обращай\w* внимани\w+ на .{0,30}(?:инструкц|указани)"
    r"|ігноруй\w*.{0,40}(?:інструкц|вказівк)"
    r"|անտես\w*.{0,40}(?:հրահանգ|ցուցում)|(?:հրահանգ|ցուցում)\w*.{0,20}անտես"
    r"|(?:تجاهل|انس|اهمل|أهمل)\w*.{0,40}(?:تعليمات|الأوامر|التوجيهات)"
    r"|忽略.{0,12}(?:指令|指示|说明|提示)|(?:指示|命令)を(?:すべて)?無視|이전.{0,10}(?:지시|명령).{0,6}무시"
    r"|(?:onceki|önceki).{0,20}talimat\w*.{0,20}(?:yoksay|gormezden|görmezden|unut)"
    r"|(?:poprzedni\w+ )?(?:instrukcj\w+|polece\w+) .{0,10}zignoruj"
    r"|zignoruj .{0,30}(?:instrukcj|polece)"
    r"|\b(?:ki|ia|ии|իա)[- ]?(?:assistent\w*|assistant\w*|modell\w*|modèles?|ассистент\w*"
    r"|помощник\w*|модел\w+|системы?|գործակալ\w*)?\s*:\s*\w+"
    r"|(?:dans|en|in|em) (?:ta|votre|tu|su|deiner|ihrer|sua|tua) (?:réponse|respuesta|antwort"
    r"|zusammenfassung|resumen|risposta|resposta|résumé)\b"
    r"|(?:в|к) (?:сво[её]м|твоем|твоём|вашем|своему) (?:ответе|ответу|резюме|пересказе)"
    r"|(?:системн\w+|исходн\w+) (?:промпт|инструкц)|(?:prompt|invite) système|systemanweisung\w*"
    r"|(?:քո|ձեր) պատասխան(?:ում|ի)|(?:في|ضمن) (?:ردك|إجابتك|ملخصك)"
    r"|(?:(?:^|[.!?:;(\"'-]\s*)(?:ассистент|помощник|assistent|assistant|asistente|assistente),"
    r"|(?:ассистент|помощник|assistent|assistant|asistente|assistente):)\s+\w+"
    r"|(?:ամփոփագր|резюме|сводк|пересказ)\w* (?:должн|պետք է)\w*"
)

# Letters that look like Latin ones, and digits that stand for letters in disguised words.
_LOOKALIKES = str.maketrans("аеорсухіјѕԁһԛԝνοαρτυκι", "aeopcyxijsdhqwvoaptuki")
_DISGUISES = str.maketrans("013457@$", "oieastas")
_WORD = re.compile(r"[^\W_]+")
_DISGUISED = re.compile(r"\b(?=\w*[a-z])(?=\w*[013457])\w{2,}\b")
_LATIN = re.compile(r"[a-z]")
# One kind of quotation marks, and tag characters as the characters that they hide.
_VISIBLE: dict[int, str | int | None] = {
    **str.maketrans("’‘`´“”«»", "''''" + '"' * 4),
    **{0xE0000 + code: chr(code) for code in range(0x20, 0x7F)},
}


# A "sentence" without an end is searched piece by piece.
_WINDOW, _OVERLAP = 1_000, 250


@lru_cache(maxsize=1024)
def addresses_machine(text: str) -> bool:
    """Whether ``text``, a sentence of a source, tells a machine what to write or do with words.

    Invisible characters, look-alike letters and digits for letters are seen through.
    """
    plain = _plain(text)
    windows = range(0, max(1, len(plain) - _OVERLAP), _WINDOW - _OVERLAP)
    return any(_has_move(plain[start : start + _WINDOW]) for start in windows)


def _has_move(plain: str) -> bool:
    undone = _DISGUISED.sub(lambda word: word[0].translate(_DISGUISES), plain)
    return _ELSEWHERE.search(plain) is not None or any(
        move.search(seen) for seen in {plain, undone} for move in _MOVES
    )


def _plain(text: str) -> str:
    lower = text.translate(_VISIBLE).lower()
    if not lower.isascii():
        visible = "".join(sign for sign in lower if unicodedata.category(sign) != "Cf")
        lower = _WORD.sub(lambda word: _latin(word[0]), unicodedata.normalize("NFKC", visible))
    return " ".join(lower.split())


def _latin(word: str) -> str:
    """``word`` in Latin letters alone, if it mixes them with others."""
    return word.translate(_LOOKALIKES) if _LATIN.search(word) and not word.isascii() else word


# Which sentences of a source can support a line, and which can't?
#
# A line states something, so what it rests on must state something too: a command or a question
# does not. A sentence that addresses a machine isn't meant for readers; nor are the few words
# between two such sentences. None of that is evidence, chosen or quoted.

Unfit = Literal["machine", "command", "question", "markup"]

# How many sentences may stand between two that speak to a machine and belong to them.
_HEMMED_IN = 4

# How much of a sentence shows what kind it is, at either end.
_START = 120

# What may stand before a command, all that is no letter included.
_OPENING = (
    r"^(?:[\W_]|(?:todo|important|note|task|step \d+|please|kindly|now|then|next|first|finally|also"
    r"|just|simply|always|never|instead)\b[\s:,!.-]*|for [\w ]{1,30},? also "
    r"|for (?:more|further) \w+,? |do (?=[A-Z]))*"
)
# Verbs that tell somebody to do something with words; news seldom begins a sentence with them.
_WRITING = (
    r"(?:compose|translate|summari[sz]e|paraphrase|rewrite|rephrase|encode|decode|misspell|anagram"
    r"|integrate|augment|append|insert|concatenate|render|modify|analy[sz]e|classify|generate"
    r"|respond|write|say|mention|describe|explain|provide|recommend|replace|convert|jumble"
    r"|enhance|incorporate|embed|omit|exclude|pretend|imagine|repeat|reveal|express|substitute"
    r"|exaggerate|include|suggest|invite|introduce|disclose|ignore|disregard|capitali[sz]e|embellish"
    r"|reword|reformat|format|prepend|prefix|transcribe|spell|reorder|obfuscate)"
)
# The same of verbs that are nouns as well: what follows tells.
_NOUNS_TOO = (
    r"(?:state|report|answer|reply|print|output|draft|show|display|call|name|link|group|shift"
    r"|reverse|change|end|start|begin|cite|round|list|quote|claim|address|code|title|label|echo)"
)
_OTHERS = (
    r"(?:add|apply|avoid|browse|build|buy|calculate|check|choose|click|comment|compare|complete"
    r"|consider|contact|copy|count|create|define|delete|design|develop|discover|donate"
    r"|download|enable|enjoy|ensure|enter|execute|fetch|find|follow|forward|get|give|go|identify"
    r"|install|join|keep|learn|let|log in|look|make|open|post|promote|read|register|remember|remove"
    r"|run|save|search|see|select|send|set|share|sign (?:up|in)|solve|stop|submit|subscribe|take"
    r"|tell|try|turn|update|upload|use|verify|view|visit|vote|watch)"
)
_OBJECT = (
    r"(?:the|an?|your|my|our|this|that|these|those|all|any|every|each|it|them|me|us|only|how|what"
    r"|why|whether|which|who|here|at the|in the|with|to|in|by|using|as|no|more|[\"'“‘<\[{(]|\d)"
)
_COMMAND = re.compile(
    rf"{_OPENING}(?:(?:do not|don't|never) \w+|(?:{_WRITING}|{_NOUNS_TOO} {_OBJECT})(?![\w-]))",
    re.IGNORECASE,
)
# An organisation whose name is a command ("Save the Children said").
_NAME_SAYS = r"(?-i:\w+(?: \w+)* [A-Z]\w+ (?:said|says|has|had|was|is|warned|reported)\b)"
_OTHER_COMMAND = re.compile(
    rf"{_OPENING}(?!{_NAME_SAYS}){_OTHERS} (?!of\b)(?:{_OBJECT}(?!\w)"
    r"|\w+ (?:letters?|words?|messages?|users?|emoji))"
    rf"|{_OPENING}(?:click|subscribe|visit|download|install|donate|remember|ensure|delete|send|create"
    r"|develop|concatenate|remove|introduce|use|apply)\b(?! of\b)",
    re.IGNORECASE,
)
_ADDRESS = (
    r"(?:https?:|www\.|file:|ftp:|<a\b|\]\(|[\w-]+\.(?:com|net|org|info|io|co|xyz|example)\b)"
)
_SENDS_AWAY = re.compile(
    rf"\b(?:visit|go to|click|open|download|read|see|follow|reach out|log in|contact|join|share)\b"
    rf".{{0,60}}{_ADDRESS}",
    re.IGNORECASE,
)
# A link or an image in Markdown or HTML, a token of Slack: for a program and no part of a sentence.
_MARKUP = re.compile(
    r"!?\[[^\]]{0,80}\]\s?(?:\(|\[|:)|</?[a-z]+\b[^<>]{0,200}>|<[\w:/.-]{1,200}\.\w{2,}|<[!@#]\w",
    re.IGNORECASE,
)
_YOU = re.compile(r"\byou(?:r|rs|rself)?\b", re.IGNORECASE)
_ASKS = re.compile(r"[?؟？՞][\s\"'”’»)\]]*(?:instead\.?)?$|՞")
_TO_A_MACHINE = re.compile(rf"{_OPENING}(?:do not |don't |never )?{_WRITING}\b", re.IGNORECASE)


@lru_cache(maxsize=1024)
def unfit_reason(document: Document, number: int) -> Unfit | None:
    """Why sentence ``number`` can't support a line; None if it can."""
    found = _alone(document, number)
    if found is None and (_is_hemmed_in(document, number) or _continues(document, number)):
        return "machine"
    return found


def sentences_to_machines(document: Document) -> tuple[int, ...]:
    """The numbers of the sentences that address a machine, including those between them."""
    return tuple(
        number for number in document.numbers if unfit_reason(document, number) == "machine"
    )


@lru_cache(maxsize=1024)
def _alone(document: Document, number: int) -> Unfit | None:
    """As `unfit_reason`, for the sentence by itself."""
    sentence = document.sentence(number)
    if addresses_machine(sentence):
        return "machine"
    plain = blank_quotations(document, document.sentences[number - 1]).rstrip()
    start = plain[:_START]
    if _COMMAND.match(start):
        return "machine" if _TO_A_MACHINE.match(start) else "command"
    if _OTHER_COMMAND.match(start) or _SENDS_AWAY.search(sentence):
        return "command"
    if _MARKUP.search(sentence):
        return "markup"
    return "question" if _ASKS.search(plain[-_START:]) else None


def _is_hemmed_in(document: Document, number: int) -> bool:
    """Whether a sentence stands between two that can't support a line, one of which addresses a
    machine."""
    before = _nearest(document, range(number - 1, max(0, number - 1 - _HEMMED_IN), -1))
    if before is None:
        return False
    last = min(len(document.sentences), number + _HEMMED_IN)
    after = _nearest(document, range(number + 1, last + 1))
    return after is not None and "machine" in (before, after)


def _continues(document: Document, number: int) -> bool:
    """Whether a sentence says "you" beside one that addresses a machine."""
    beside = (n for n in (number - 1, number + 1) if 1 <= n <= len(document.sentences))
    plain = blank_quotations(document, document.sentences[number - 1])
    return bool(_YOU.search(plain)) and any(_alone(document, n) == "machine" for n in beside)


def _nearest(document: Document, numbers: range) -> Unfit | None:
    return next((found for number in numbers if (found := _alone(document, number))), None)
