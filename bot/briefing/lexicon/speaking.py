"""By which words a sentence shows that somebody says it, in whatever form they stand.

Looser than the verbs of speech by which speakers are found: enough for a doubt whether a line in
another language tells as a fact what is a claim. Alternatives of a regular expression.
"""

from collections.abc import Mapping

SPEAKING: Mapping[str, str] = {
    "ar": r"\w*(?:قال|أكد|اتهم|نفى|زعم|اعتبر|رأى|رأت|أعلن|أوضح|أضاف|ذكر|صرح|حذر|وصف|شكك)\w*"
    r"|وفق\w*|بحسب|حسب",
    "de": r"sagt\w*|erklärt\w*|berichtet\w*|behauptet\w*|betont\w*|meint\w*|fordert\w*|nannte"
    r"|kritisiert\w*|w[ai]rft?|vorgeworfen|teilte|kündigte|angekündigt|räumte|eingeräumt|wies"
    r"|bestreite[nt]|bestritt\w*|widersprach\w*|sprach\w*|spricht|sieht|rechnet\w*|laut|zufolge"
    r"|nach Angaben",
    "en": r"promis\w+|pledg\w+|vow\w*|conced\w+|admit\w*|dismiss\w*|reject\w*|den(?:y|ies|ied|ying)"
    r"|warn\w*|critici[sz]\w+|want\w*|call(?:s|ed)|prais\w+|hail\w*|blam\w+|fear\w*|accus\w+"
    r"|insist\w*|defend\w*|argu\w+|urg(?:e[sd]?|ing)|announc\w+|report(?:s|ed|edly)|view\w*",
    "es": r"dijo|dice|declar[óa]|afirm[óa]|añad\w+|agreg\w+|señal\w+|explic\w+|indic[óa]"
    r"|advirt\w+|sostien\w+|sostuvo|asegur\w+|denunci[óa]|reclam\w+|aleg[óa]|acusa\w*|calific\w+"
    r"|cree\w?|estima\w*|reconoc\w+|anunci[óa]\w*|pid\w+|nieg\w+|neg[óa]\w*|critic\w+|insist\w+"
    r"|según",
    "fr": r"di[st]|disent|affirm\w+|assur\w+|estim\w+|déclar\w+|dénonc\w+|accus\w+|juge\w*|selon"
    r"|soutien\w+|reconna\w+|expliqu\w+|annonc\w+|réclam\w+|contest\w+|rejett\w+|prétend\w*"
    r"|dément\w*|démenti\w*|d['’]après|crain\w+",
    "ru": r"сказа\w+|говор\w+|утвержда\w+|заяв\w+|сообщ\w+|счита[ею]т|отрица\w+|отверг\w+|обвин\w+"
    r"|назва\w+|пообещал\w*|объясн\w+|признал\w*|подсчита\w+|уверя\w+|настаива\w+|требу\w+"
    r"|по (?:словам|данным|мнению)",
    "tr": r"söyle\w+|belirt\w+|açıkla\w+|ifade\w*|anlat\w+|iddia\w*|savun\w+|öne sür\w+|ded[iı]\w*"
    r"|doğrula\w*|vurgula\w*|göre",
    "zh": r"\w*(?:说|表示|称|认为|指出|否认|透露|据)\w*",
}
