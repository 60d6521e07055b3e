"""Words that make a sentence say more than it would without them, by kind and language.

Alternatives of a regular expression: first those that are looked for in a line, then, behind the
sign, what else may stand for any of them in a passage.
"""

from collections.abc import Mapping
from typing import Literal

StrengthKind = Literal["cause", "all", "only", "ever", "most"]

STRENGTH: Mapping[StrengthKind, Mapping[str, str]] = {
    "cause": {
        "en": r"because|caus(?:e[sd]?|ing)|led to|leads? to|leading to|thanks to|owing to"
        r"|(?<!is )(?<!are )(?<!was )(?<!were )due to"
        r"|as a result|result(?:s|ed|ing)? (?:in|from)|driven by|drove|prompt(?:s|ed|ing)?"
        r"|trigger(?:s|ed|ing)?|therefore|blam(?:e[sd]?|ing)|spark(?:s|ed|ing)?|forc(?:e[sd]?|ing)"
        r"|stem(?:s|med) from|consequen\w+|in response to|attribut\w+|brought about"
        r" ¦ reasons?|why|amid|since|given|meaning|so that|over|result\w*|respon(?:se|d)\w*|cause",
        "fr": r"parce qu|à cause|en raison|grâce|caus(?:e|é|ée|és|ent)|provoqu\w+|entraîn\w+"
        r"|d[uû]e?s? (?:à|aux?)|puisqu\w*|suite (?:à|aux?)|faute de|conséquen\w+|sous l.effet"
        r" ¦ raisons?|pourquoi|face (?:à|aux?)|permis|contraint\w*|car|donc|cause\w*",
        "de": r"weil|wegen|aufgrund|dank|infolge|verursach\w+|führt\w* zu|deshalb|daher|deswegen"
        r"|\w*löst\w* ¦ denn|gr[uü]nde?\w*|ursache\w*|angesichts|folge|zwang\w*|nachdem",
        "es": r"porque|debido|a causa|gracias a|caus\w+|provoc\w+|ya que|puesto que|por eso"
        r"|como consecuencia|debe a ¦ motiv\w+|raz[óo]n\w*|resultado|oblig\w+|ante",
        "ru": r"из-за|потому|поскольку|так как|вследствие|в результате|благодаря|прив[её]л\w* к"
        r"|вызва\w+|поэтому ¦ ввиду|в связи|причин\w+|на фоне|вынуд\w+",
        "hy": r"պատճառով|որովհետև|քանի որ|շնորհիվ|հետևանքով ¦ պատճառ\w*|հետևանք\w*|արդյունք\w*",
        "ar": r"بسبب|نتيجة|لأن\w*|أد[ىت] إلى|بفضل|جراء|جرّاء|لذلك|تسبب\w*"
        r" ¦ سبب\w*|إثر|نظرا\w*|احتجاج\w*|مما",
    },
    "all": {
        "en": r"all|every\w*|each|entire(?:ly)?|whole|wholly|fully|complete(?:ly)?|across the"
        r" ¦ any|both|full|total\w*|none",
        "fr": r"tou(?:te|s|tes)|chaque|chacun\w*|enti[eè]re?\w*|totalité|intégral\w*"
        r" ¦ tout|ensemble|compl[eè]t\w*|les deux",
        "de": r"alle[mnrs]?|jede\w*|sämtlich\w*|vollständig\w*|völlig"
        r" ¦ ganz\w*|gesamt\w*|komplett\w*|beide\w*",
        "es": r"tod[oa]s?|cada|enter[oa]s?|totalidad|cualquier\w* ¦ complet\w*|total\w*|amb[oa]s",
        "ru": r"все[хм]?|всеми|вс[яюей]|всей|весь|кажд\w+|люб\w+|полност\w+"
        r" ¦ всего|цел\w+|полн\w+|об[аеи]\w*",
        "hy": r"բոլոր\w*|ամեն\w*|ողջ|ամբողջ\w*|յուրաքանչյուր\w* ¦ լիովին|երկու\w*",
        "ar": r"كل|كاف[ةه]|جميع\w*|بالكامل|بأكمل\w* ¦ كامل\w*|الكامل|أي|كلا|كلتا",
    },
    "only": {
        "en": r"only|sole(?:ly)?|exclusive(?:ly)?|alone|merely ¦ just|but|single|except|unless",
        "fr": r"seul\w*|uniquement|exclusivement ¦ unique|n[e’'].{1,30}\bqu[e’']|sauf",
        "de": r"nur|allein\w*|einzig\w*|ausschließlich|lediglich ¦ bloß|erst|außer",
        "es": r"s[óo]l[oa]\w*|únic[oa]\w*|exclusiv\w* ¦ apenas|sino|salvo|más que",
        "ru": r"только|лишь|единственн\w+|исключительно ¦ всего|кроме",
        "hy": r"միայն|միակ\w*|բացառապես ¦ լոկ|ընդամենը|բացի",
        "ar": r"فقط|وحد\w+|الوحيد\w*|حصر\w* ¦ إلا|سوى|مجرد",
    },
    "ever": {
        "en": r"first(?!-)|unprecedented|never|always|ever|forever|permanent\w*|not once"
        r" ¦ no longer",
        "fr": r"premi(?:er|ère)s?|jamais|inédite?s?|sans précédent|définitiv\w+ ¦ toujours",
        "de": r"erste\w*|erstmals|nie\w*|beispiellos\w*|immer|stets|dauerhaft\w*|endgültig\w*",
        "es": r"primer\w*|nunca|jamás|siempre|inédit\w*|sin precedentes|definitiv\w*",
        "ru": r"перв\w+|впервые|никогда|беспрецедентн\w+|всегда|окончательн\w+|навсегда",
        "hy": r"առաջին\w*|երբեք|երբևէ|աննախադեպ|միշտ|վերջնական\w*",
        "ar": r"(?:ال)?(?:أول\w*|أولى|مسبوق\w*)|الإطلاق|قط|دائم\w*|أبد\w*|نهائي\w*",
    },
    "most": {
        "en": r"most|largely|mainly|mostly|chiefly|primarily"
        r" ¦ majority|main|primary|more than half",
    },
}
