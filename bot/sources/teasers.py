"""Is this the beginning of an article whose rest is for people who pay?

A page that says it is not free may still hold its whole text, and one that says nothing may end
after a paragraph: it takes signs of a wall and signs that the text is cut.
"""

import re

from bot.briefing.words import count_words
from bot.sources.signs import Signs

# A sentence that stands where the text goes on for others.
_WALL = re.compile(
    r"\b(?:to|and) (?:continue|keep) reading\b|\bkeep reading (?:for|with)\b"
    r"|\bcontinue reading (?:with|by|this article)\b"
    r"|\bsubscribe (?:now )?to (?:read|continue|unlock|access|keep)\b"
    r"|\b(?:article|story|content) is (?:(?:exclusive|exclusively|only|reserved|available) )+"
    r"(?:to|for) (?:our |paying |registered |[\w+]+ )?(?:subscribers|members)\b"
    r"|\bfor subscribers only\b|\bsubscribers?-only (?:article|content|story)\b"
    r"|\bunlock (?:this|the (?:full|rest of the)) (?:article|story)\b"
    r"|\bread the (?:full|rest of the|whole) (?:article|story) with\b"
    r"|\byou(?:'|’)?(?:ve| have) (?:reached|used|read) (?:your|all|the) .{0,30}"
    r"\b(?:free|articles|limit)\b|\bsubscription (?:is )?required\b"
    r"|\bthe rest of this (?:article|story) is\b"
    r"|\b(?:jetzt|um) weiterlesen\b|\bweiterlesen mit\b|\bnur für abonnent\w*\b"
    r"|\bartikel (?:exklusiv )?für abonnent\w*|\bzum weiterlesen\b"
    r"|\bil vous reste .{1,20} de cet article\b|\bcontinua a leggere con\b"
    r"|\bpour lire la suite\b|\ble reste de l.article\b|\bla suite est réservée\b"
    r"|\b(?:réservée?s?|riservat\w|reservad\w|exclusiv[oa]s?|dostępn\w+|exclusief)(?: \w+){1,3}"
    r" (?:abonnés|abbonati|suscriptores|assinantes|abonentów|prenumeratorów|abonnees)\b"
    r"|\b(?:para|sigue|seguir) (?:continuar |seguir )?(?:leyendo|lendo)\b"
    r"|\bper continuare a leggere\b|\bper leggere tutto l.articolo\b"
    r"|\b(?:только|доступ\w*) (?:для|по) подписк?\w*\b|\bоформите подписку\b"
    r"|\b(?:чтобы|для) (?:продолж\w+|дочит\w+)(?: чтени\w+)?\b",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"\balready (?:a|have an?) (?:subscri\w+|member|account)\b|\bsubscribe now\b"
    r"|\bstart your (?:free )?trial\b|\bcancel (?:at )?any ?time\b|\bschon abonnent\b"
    r"|\bdéjà abonnée?\b"
    r"|\bya (?:es|eres) suscriptor\b|\bуже подписан\w*\b|\bgià abbonat\w\b",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"(?:[€£$₽] ?\d[\d.,]*|\d ?(?:[€£$₽]|euros?\b|zł|руб\w*|tl\b|kr\b))"
    r" ?(?:an?|per|pro|im|par|al|por|na|в|/) ?(?:week|month|year|woche|monat|jahr|semaine|mois|an"
    r"|semana|mes|mese|anno|miesiąc|месяц|ay)\b",
    re.IGNORECASE,
)
_CUT = re.compile(r"(?:\.{3,}|…|\[(?:\.{3}|…)\])[\"”»’]?\s*$")
_TAIL = 400
_PROSE = 30
_PARAGRAPH = 12
_SHORT = 220
_SHORT_BY_ITSELF = 150
_CERTAIN = 4


def is_teaser(signs: Signs) -> bool:
    """Whether the text is cut off at a wall."""
    walls = _wall_sentences(signs)
    return _points(signs, walls) >= _CERTAIN and _is_cut(signs, walls)


def free_part(text: str) -> str:
    """``text`` without the offers at its end."""
    lines = text.splitlines()
    while lines and count_words(lines[-1]) < _PROSE and _speaks_of_wall(lines[-1]):
        lines.pop()
    return "\n".join(lines).rstrip()


def _points(signs: Signs, walls: int) -> int:
    told = signs.told
    declared = told.is_free is False or told.tier == "locked"
    gap = _gap(signs)
    points = _CERTAIN if declared else 2 if told.tier == "metered" else 0
    points += 2 if gap > 1 / 0.6 else 0
    points += 2 if gap >= 3 and signs.words < _SHORT else 0
    points += 2 + min(2, walls) if walls else 0
    points += 2 if _CUT.search(free_part(signs.text)) else 0
    points += 1 if signs.has_wall else 0
    is_offered = _OFFER.search(signs.visible) or _PRICE.search(signs.visible)
    return points + (1 if is_offered else 0)


def _is_cut(signs: Signs, walls: int) -> bool:
    gap = _gap(signs)
    if gap > 1 / 0.6 or _CUT.search(free_part(signs.text)):
        return True
    tail = signs.text[-_TAIL:]
    if walls and _WALL.search(tail):
        return True
    is_declared = signs.told.is_free is False or signs.told.tier is not None
    return gap == 0 and signs.words < (_SHORT if is_declared else _SHORT_BY_ITSELF)


def _gap(signs: Signs) -> float:
    """How many times as long as the extract the page says its text is; 0 if it does not."""
    return (signs.told.word_count or 0) / max(1, signs.words)


def _wall_sentences(signs: Signs) -> int:
    """How many things a wall says; what an article says about walls stands in its prose, or
    before more of it."""
    lines = signs.text.splitlines()
    said = [place for place, line in enumerate(lines) if _WALL.search(line)]
    after = lines[said[0] + 1 :] if said else []
    prose = [
        line for line in after if count_words(line) >= _PARAGRAPH and not _speaks_of_wall(line)
    ]
    if len(prose) >= 2 or any(count_words(lines[place]) >= _PROSE for place in said):
        return 0
    return len({match[0].lower() for match in _WALL.finditer(signs.visible)})


def _speaks_of_wall(line: str) -> bool:
    is_price = count_words(line) < _PARAGRAPH and _PRICE.search(line)
    return bool(_WALL.search(line) or _OFFER.search(line) or is_price) or not line.strip()
