"""The words that carry structure in news: who says, who promises, what is loaded.

One closed list per language, kept short enough to read. English is complete; of the other
languages only the speech verbs are known so far, and everything else then finds nothing rather
than something wrong.
"""

import re
from dataclasses import dataclass
from functools import cache

from stopwordsiso import has_lang, stopwords


@dataclass(frozen=True)
class Lexicon:
    """Words of one language, lower case, as alternatives of a regular expression."""

    speech_verbs: str
    weak_speech_verbs: str = r"(?!)"
    addressing_verbs: str = r"(?!)"
    according_to: str = r"(?!)"
    roles: str = r"(?!)"
    third_persons: str = r"(?!)"
    agreement: str = r"(?!)"
    pledge: str = r"(?!)"
    proposal: str = r"(?!)"
    denial: str = r"(?!)"
    no_comment: str = r"(?!)"
    second_hand: str = r"(?!)"
    anonymous: str = r"(?!)"
    loaded: str = r"(?!)"
    dangling: str = r"(?!)"
    weekdays: str = r"(?!)"
    months: str = r"(?!)"

    def is_role(self, word: str) -> bool:
        """Whether ``word`` is what somebody is ("minister")."""
        return _whole_word(self.roles).fullmatch(word) is not None


@cache
def _whole_word(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{words})s?", re.IGNORECASE)


# `(?!)`, the default, never matches.
_NOTHING = Lexicon(speech_verbs=r"(?!)")

_ENGLISH = Lexicon(
    # Verbs that only say. What does what it says (agreed, signed, resigned) reports an event.
    speech_verbs=(
        r"said|says|say|told|tells|tell|tweeted|claimed|warned|warns|warn|argued|argues|argue|"
        r"insisted|insists|insist|stated|stressed|emphasi[sz]ed|asserted|alleged|alleges|allege|"
        r"believes|believe|thinks|think|hinted|admitted|admits|remarked|commented|responded|"
        r"claims(?= (?:that|the|he|she|it|they|there|[A-Z]))|"
        r"cautioned|contended|testified|denied|denies|deny|predicted|predicts|accused|accuses|"
        r"reminded|informed"
    ),
    # Of these, the ones behind which somebody or something else follows than who speaks.
    addressing_verbs=(
        r"told|tells|tell|denied|denies|deny|accused|accuses|reminded|informed|believes|believe|"
        r"alleged|alleges|allege|predicted|predicts|asked|asks"
    ),
    # The same where what is said follows ("added that", "wrote: …") or went before.
    weak_speech_verbs=(
        r"added|adds|wrote|writes|posted|noted|notes|explained|explains|replied|replies|stresses|"
        r"suggested|suggests|acknowledged|acknowledges|recalled|recalls|concluded|concludes|"
        r"complained|maintained|maintains|estimated|estimates|states|asked|asks|announced|"
        r"continued|joked|reported"
    ),
    according_to=r"according to|in the words of|as told by",
    roles=(
        r"(?:prime |foreign |vice[- ]|deputy |co-?)?(?:minister|president|secretary|chancellor|"
        r"premier|chair|chairman|chairwoman|chairperson|director|governor|mayor|commissioner)|"
        r"(?:spokes(?:man|woman|person)|representative|ambassador|envoy|senator|congress(?:man|"
        r"woman)|lawmaker|MP|MEP|leader|chief|head|king|queen|prince|princess|pope|general|"
        r"colonel|captain|sergeant|judge|justice|attorney|lawyer|prosecutor|professor|doctor|"
        r"administrator|strategist|negotiator|diplomat|commander|consultant|activist|historian|"
        r"candidate|analyst|economist|researcher|scientist|engineer|founder|CEO|officer|executive|"
        r"manager|coach|editor|author|adviser|advisor|official|inspector|sheriff|owner)"
    ),
    third_persons=r"he|she",
    # Only where an undertaking follows: games that are offered and suicide promise nothing.
    agreement=(
        r"agreed(?= (?:in principle )?(?:not )?(?:to|on|that|an?|the)\b)|decided(?= (?:not )?to\b)|"
        r"signed(?= (?:an?|the|two|three|four)\b)|reached an agreement|struck a deal|"
        r"(?:reiterated|reaffirmed)(?= (?:that|an?|the|its|their|his|her)\b)"
    ),
    pledge=(
        r"(?:pledged|promised|vowed|guaranteed)"
        r"(?= (?:not )?(?:to|that|an?|the|more|up)\b| [$€£\d])|"
        r"(?:committed|undertook)(?= (?:\w+sel(?:f|ves) )?to\b)|(?:is|are) committed(?= to\b)|"
        r"assured"
    ),
    proposal=(
        r"proposed(?= (?:to|that|an?|the)\b)|offered(?= to\b| [$€£\d])|called(?= for\b)|"
        r"urged(?= \w+.* to\b)"
    ),
    denial=(
        r"den(?:y|ies|ied)|denying|reject(?:s|ed)?|refut(?:es|ed)|disput(?:es|ed)|"
        r"dismiss(?:es|ed) (?:the |any |all )?"
        r"(?:claims?|allegations?|accusations?|reports?|charges?)"
    ),
    no_comment=(
        r"(?:declined|refused) to (?:comment|answer|say)|did not (?:immediately )?(?:respond|reply|"
        r"answer|return)|could not be reached"
    ),
    second_hand=(r"reportedly|allegedly|purportedly|rumou?red|it is understood|(?:is|are) said to"),
    anonymous=(
        r"on condition of anonymity|(?:who |both )?(?:asked|declined) (?:not )?to be (?:named|"
        r"identified)|not authori[sz]ed to speak|anonymous (?:source|official)s?|"
        r"(?:sources?|a person|people|an official|officials|insiders) (?:close to|familiar with)|"
        r"unnamed (?:source|official)s?"
    ),
    # Words that judge. A charge or a legal name is no judgement, so "terrorist" and the like
    # are left out unless the outlet adds one of these.
    loaded=(
        r"tirade|threat-filled|rant|ranted|outburst|occupied(?= (?:territor|(?-i:[A-Z])))|"
        r"(?<!tax )(?<!visa )(?<!sanctions )regime|so-called|thugs?|puppets?|"
        r"infamous|notorious|radicals|extremists?|hardliners?|cronies|crony|lackeys?|"
        r"slammed|slams|blasted|blasts|lashed out|railed|bragged|boasted|gloated|parroted|"
        r"shameful|shamelessly|disgraceful|outrageous|appalling|draconian|brutal|brutally|"
        r"barbaric|bloodthirsty|ruthless|savage|sinister|cynical|cynically|absurd|ludicrous|"
        r"bizarre|hysterical|desperate|humiliating|humiliated|catastrophic|disastrous|"
        r"historic|heroic|courageous|glorious|groundbreaking|unprecedented|"
        r"landmark(?= (?:deal|agreement|accord|treaty|vote|ruling))|"
        r"self-proclaimed|self-styled|propaganda|rhetoric|land grab|witch[- ]hunt|meddling|"
        r"saber-rattling|sabre-rattling|fearmongering|scaremongering|whitewash(?:ed|ing)?"
    ),
    dangling=(
        r"he|she|it|they|him|her|his|hers|its|their|theirs|this|these|that|those|such|but|and|or|"
        r"so|yet|however|moreover|furthermore|also|meanwhile|instead|still|then|thus|therefore|"
        r"nevertheless|nonetheless|similarly|likewise|otherwise|consequently|additionally|"
        r"in (?:this|these|that|those)|the (?:former|latter|pair|same)|neither|another"
    ),
    weekdays=r"monday|tuesday|wednesday|thursday|friday|saturday|sunday",
    months=(
        r"january|february|march|april|may|june|july|august|september|october|november|"
        r"december|jan\.|feb\.|mar\.|apr\.|jun\.|jul\.|aug\.|sept?\.|oct\.|nov\.|dec\."
    ),
)

_LEXICONS = {
    "en": _ENGLISH,
    "fr": Lexicon(
        speech_verbs=(
            r"a dit|dit|a déclaré|déclare|a affirmé|affirme|a ajouté|ajoute|a indiqué|indique|"
            r"a expliqué|explique|a souligné|a estimé|estime|a averti|a répondu|assure"
        ),
        according_to=r"selon|d’après|d'après",
    ),
    "de": Lexicon(
        speech_verbs=(
            r"sagte|sagt|erklärte|erklärt|betonte|betont|teilte mit|warnte|fügte hinzu|"
            r"behauptete|schrieb|meinte"
        ),
        according_to=r"laut|nach angaben|zufolge",
    ),
    "es": Lexicon(
        speech_verbs=(
            r"dijo|dice|declaró|afirmó|afirma|añadió|agregó|señaló|explicó|aseguró|indicó|"
            r"advirtió|subrayó|escribió"
        ),
        according_to=r"según|de acuerdo con",
    ),
    "ru": Lexicon(
        speech_verbs=(
            r"сказал|сказала|заявил|заявила|заявили|отметил|отметила|добавил|добавила|сообщил|"
            r"сообщила|сообщили|подчеркнул|подчеркнула|пояснил|пояснила|считает|написал|написала"
        ),
        according_to=r"по словам|по данным|согласно",
    ),
    "hy": Lexicon(
        speech_verbs=(
            r"ասաց|ասել է|հայտարարեց|հայտարարել է|նշեց|նշել է|ավելացրեց|ավելացրել է|հայտնեց|"
            r"ընդգծեց|գրել է|գրեց"
        ),
        according_to=r"խոսքով|համաձայն",
    ),
}


def lexicon(language: str | None) -> Lexicon:
    """The words of ``language`` (ISO 639-1); English where it is unknown, nothing where no list
    is kept."""
    return _LEXICONS.get(language or "en", _NOTHING)


@cache
def function_words(language: str | None) -> frozenset[str]:
    """The words of ``language`` that carry no content, lower case; empty where none are known.

    The list is stopwordsiso's: wide, which suits a ranking and a floor.
    """
    code = language or "en"
    return frozenset(stopwords(code)) if has_lang(code) else frozenset()
