"""When a writer says what the sources leave open, does it say anything else?

A gap has no passage, so it must not state anything. It is kept only if it says that something is
not said, has no figure, and no content word beyond the sources' own and those that name what may
be missing ("the cost", "the names").
"""

import re
from collections.abc import Sequence

from bot.briefing.documents import Document
from bot.briefing.grounding import beginnings, states
from bot.briefing.words import count_words

_LONGEST = 20
_ADDRESSES_OR_COUNTS = re.compile(
    r"\d|[?!:;].|\b(?:you|your|we|us|our|i|my|me|vous|votre|sie|ihr|usted|su|вы|ваш\w*|դուք|ձեր)\b",
    re.IGNORECASE,
)
_NOT_SAID = re.compile(
    r"""\b(?:
        not\ (?:(?:yet|been|being|publicly|clearly)\ )*(?:stated|said|known|given|named|mentioned
            |disclosed|specified|explained|clear|reported|told|described|identified|provided|listed
            |included|confirmed|addressed|indicated)
      | (?:does|do|did)(?:\ not|n['’]t)\ (?:say|state|name|give|mention|explain|specify
            |tell|identify)
      | unknown | unclear
      | no\ \w+(?:\ \w+)?\ (?:is|are|was|were)\ (?:given|named|stated|known|mentioned)
      | nicht\ (?:genannt|angegeben|bekannt|gesagt|mitgeteilt|erwähnt) | unklar | unbekannt
      | (?:n['’]est|ne\ sont|n['’]a)\ pas\ (?:été\ )?(?:précisée?s?|indiquée?s?|dite?s?|connue?s?
            |mentionnée?s?|donnée?s?) | ne\ (?:dit|précise|donne|mentionne)\ pas | inconnue?s?
      | no\ se\ (?:dice|indica|menciona|precisa|sabe|conoce|especifica) | desconocid[oa]s?
      | не\ (?:сказано|указан[оаы]?|уточняется|назван[оаы]?|сообщается|известн[оаы]?|говорится
            |упоминается|упомянут[оаы]?) | неизвестн[оаы]? | нет\ сведений
      | չի\ (?:նշվում|ասվում|հաղորդվում|հստակեցվում) | նշված\ չ(?:է|են) | հայտնի\ չ(?:է|են) | անհայտ
      | (?:لم|لا)\ (?:يذكر|تذكر|يحدد|تحدد|يُذكر|يعلن|يقول) | غير\ (?:معروف|محدد|مذكور|واضح)ة?
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
# What may be missing or told differently, and how that is said, in the languages above; their
# beginnings count.
_MISSING = frozenset(
    word[:5]
    for word in re.findall(
        r"\w+",
        """
    source sources article text report cost costs price amount sum number numbers name names
    date dates day time times place location reason reasons cause who when where how why which
    what whether identity identities figure figures total detail details budget age author
    result results outcome deadline owner method size plan plans evidence response comment exact
    exactly precise further other long many much old happen happened happens take takes took
    cover covers pay pays paid term terms status second independent publication published
    publish quelle bericht kosten preis betrag zahl namen datum tag zeit ort grund ursache wer
    wann wo wie warum ergebnis genaue genau texte coût prix montant nombre nom noms jour heure
    lieu raison qui quand où pourquoi combien résultat exacte fuente artículo texto coste costo
    precio importe número nombres fecha día hora lugar razón causa quién cuándo dónde cómo
    cuánto resultado источник статья тексте стоимость цена сумма число имя имена дата день время
    место причина причины кто когда где как почему сколько результат точная точное աղբյուր
    հոդված տեքստ արժեքը գինը գումարը թիվը անունը անունները ամսաթիվը օրը ժամը վայրը պատճառը ով
    երբ որտեղ ինչպես ինչու որքան արդյունքը المصدر النص المقال التكلفة السعر المبلغ العدد الاسم
    الأسماء التاريخ اليوم الوقت المكان السبب من متى أين كيف لماذا كم النتيجة run runs fund funds
    lead leads win wins dead death deaths toll victims casualties injured wounded missing killed
    tote toten verletzte morts blessés muertos heridos погибшие пострадавшие
    """,
    )
)


def besides_the_matter(text: str) -> str:
    """The words of ``text`` beside those that only name what may be missing or told differently."""
    return " ".join(word for word in text.split() if word.lower()[:5] not in _MISSING)


def is_a_gap(text: str, documents: Sequence[Document], language: str | None) -> bool:
    """Whether ``text`` only says that the sources do not say something about their own subject."""
    if count_words(text) > _LONGEST or _ADDRESSES_OR_COUNTS.search(text):
        return False
    said = _NOT_SAID.search(text)
    if said is None:
        return False
    spoken = language or next((each.language for each in documents), None)
    words = beginnings(f"{text[: said.start()]} {text[said.end() :]}", spoken)
    own = [word for word in words if word not in _MISSING]
    return bool(words) and all(
        any(states(document, word) for document in documents) for word in own
    )
