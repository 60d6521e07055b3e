"""How a sentence of each language is made to say something else, or the same in another way."""

from collections.abc import Mapping
from dataclasses import dataclass

# What a table of one language holds.
#
# These tables are written apart from the lists that the checks use, on purpose: what a check has
# listed it always finds, and measuring it with its own list would show nothing.

Rewrites = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Words:
    """Words and patterns of one language. A space inside an entry is written "_"."""

    rings: Mapping[str, str]
    """By kind of claim: words that may stand in each other's place, ";" between the rings."""
    rewrites: Mapping[str, Rewrites]
    """By kind of claim: what matches, and what is written instead, as in `re.Match.expand`."""
    name: str
    """Matches a name, or one word of it, inside a sentence."""
    outsiders: tuple[str, ...]
    """Names that no article has."""
    frame: str
    """A sentence that puts the words at {} into the mouth of somebody."""
    guarded: str
    """Words that an honest cut never leaves out: they deny, hedge or set a condition."""
    about: str
    """What is written before a rounded number."""
    exact: str
    """Words after which no number is rounded."""


_NAMES = (
    "برنلاند|سوفارا|كيش|تامرين|روك|مارش|إلمارك|دالين|فوند|نوردسبور|بيلان|هاربر|تورفالد|كويل|"
    "أوسكاريا|زيرين|كوسان|تالاي|روفر|يونيون|كورفانا|براندت|أوسي|لوند|فالديس|ستراند|ميريدون|"
    "إكبرغ|كاستيلان|مارين|دوموس|سولبرغ"
)

ARABIC = Words(
    rings={
        "month": """يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر
            ديسمبر""",
        "weekday": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
        "magnitude": "مليون مليار; ملايين مليارات",
        "currency": "كرون يورو دولار; مارك دولار; ليرة دولار",
        "unit": "شهرا عاما; سنوات أشهر; كيلومترات أمتار; دقيقة ساعة",
        "bound": "على_الأكثر على_الأقل; بأكثر_من بأقل_من",
        "direction": """وانخفضت وارتفعت; وارتفعت وانخفضت; سترتفع ستنخفض; وسترتفع وستنخفض;
            انخفضت ارتفعت; ينخفض يرتفع; يرفع يخفض; ارتفعت انخفضت; قبل بعد; بعد قبل; فاز خسر;
            فوز خسارة; لصالحها ضدها""",
        "opposite": """أدانت برأت; أقر رفض; ورفضت وقبلت; ونفى وأكد; ونفت وأكدت; وأيد وعارض;
            وعارضه وأيده; فتح إغلاق; وأغلق وفتح; وألغى وأكد; وبدأ وانتهى; الأولى الأخيرة;
            الأول الأخير; شمال جنوب; الشمالي الجنوبي""",
    },
    rewrites={
        "negation_added": (
            (r"\b(و?)س([تي](?!را|بتمبر)\w{3,})\b", r"\1لن \2"),
            (r"^(و?)(أقر|أدانت|ضرب|فاز|سجل|أرسلت|حضر|دفعت|صوت|انتقدت|بدأ|أيد)\b", r"\1ما \2"),
        ),
        "negation_lost": (
            (r"\bولم ", "و"),
            (r"\b(?:لم|ليس) ", ""),
            (r"\bلن ([تي])", r"س\1"),
            (r"\bلا (?=يمكن|يغير|تتفقان)", ""),
        ),
        "hedge_lost": (
            (r"\bقد (يفتح|تصل|تغلق|يرفع)", r"س\1"),
            (r"\bوقد (يشارك)", r"وس\1"),
            (r"\bربما ", ""),
            (r"\bومن المقرر أن ", "وس"),
            (r"\bومن المتوقع أن ", "وس"),
            (r"\bويتوقع البنك أن ", "وس"),
        ),
        "condition_lost": ((r"^([^«»]+?)،? إذا [^«»]+\.$", r"\1."),),
        "attribution_lost": (
            (r"^(?:وقال|وقالت|قال|قالت) [^«»:]*? إن(?:ه|ها)? (?=[^«»]+$)", ""),
            (r"^(?:وأضاف أن|وأكد أنه) (?=[^«»]+$)", ""),
        ),
        "points": ((r"بنسبة (\d[\d.]*)%", r"بمقدار \1 نقطة مئوية"),),
        "trimmed": ((r"، التي [^،.«»]+،(?= )", ""),),
        "split": ((r"^([^«»]{25,}?)، (?:لكن|بينما|بعد|وهو)\w* [^«»]+\.$", r"\1."),),
        "reordered": (
            (r"^(?:و?قال|و?قالت) ([^«»:]+): «([^»]+)»\.$", r"«\2»، بحسب \1."),
        ),
    },
    name=rf"\b(?:{_NAMES})\b",
    outsiders=("هارغريفز", "مونكالم", "بتروسيان", "ليندغرين"),
    frame="وقال مسؤول: «{}».",
    guarded=r"\b(?:لا|لم|لن|ليس|لكن\w*|قد|إذا|بل|ربما|غير)\b",
    about="نحو ",
    exact=r"(?:من|إلى|عند|في|عام|بأكثر)\s$",
)  # fmt: skip


ARMENIAN = Words(
    rings={
        "month": """հունվարի մարտի մայիսի հունիսի օգոստոսի; մարտից մայիսից հունվարից;
            հոկտեմբերի նոյեմբերի դեկտեմբերի սեպտեմբերի; Օգոստոսին Հունիսին Մայիսին;
            հոկտեմբերի_14-ին նոյեմբերի_14-ին; սեպտեմբերին հոկտեմբերին; օգոստոսին մայիսին;
            հունվարից մարտից""",
        "weekday": "երկուշաբթի երեքշաբթի չորեքշաբթի հինգշաբթի ուրբաթ շաբաթ կիրակի",
        "magnitude": "միլիոն միլիարդ",
        "currency": "կրոն եվրո դոլար; կրոնով եվրոյով; դոլարի եվրոյի; լիրա դոլար",
        "unit": "ամիս տարի; րոպե ժամ; կիլոմետր մետր; րոպեին ժամին",
        "bound": "ոչ_ավելի_քան ոչ_պակաս_քան; ավելի_քան պակաս_քան",
        "direction": """նվազել աճել; կաճեն կնվազեն; բարձրացել իջել; կնվազի կաճի; աճեն նվազեն;
            հաղթեց պարտվեց; ավելի պակաս; մինչև հետո; բարձրացնել իջեցնել; թույլ ուժեղ""",
        "opposite": """արդարացրեց դատապարտեց; ընդունեց մերժեց; մերժեց ընդունեց; մեղավոր անմեղ;
            փակվեց բացվեց; առաջին վերջին; Առաջինը Վերջինը; Կողմ Դեմ; դադարեցվեց շարունակվեց;
            հյուսիսային հարավային; հյուսիսում հարավում; հերքեց հաստատեց; չեղարկեց հաստատեց""",
        "digits": "երեք 3; վեց 6; ինը 9; երկու 2",
    },
    rewrites={
        "negation_added": (
            ((r"\b(հանդիպեցին|ընդունեց|մերժեց|քվեարկեց|արդարացրեց|տևեց|փակվեց|վերադարձրեց|խոստացավ"
             r"|նվաճեց|խփեց|դժգոհեց|թողեց|հաղթեց|դադարեցվեց)\b"), r"չ\1"),
            (r"\bկ(աճեն|ստանան|ստանա|ներկայացնի)\b", r"չ\1"),
        ),
        "negation_lost": (
            (r"\bչ(ստորագրեցին|ընդունեց|փոխեց)\b", r"\1"),
            (r"\bչեն (գտնվել|դիմանա|լինի)\b", r"են \1"),
            (r"\bչի (հաստատել|վաճառվում|սկսվել)\b", r"է \1"),
            (r"\bչէր (խաղացել)\b", r"էր \1"),
            (r"\bառանց (համաձայնագրի)\b", r"\1"),
        ),
        "hedge_lost": (
            (r"\bկարող է բացվել\b", "կբացվի"),
            (r"\bկարող է փակել\b", "կփակի"),
            (r"\bկարող է մասնակցել\b", "կմասնակցի"),
            (r"\bկարող է կրկին բարձրացնել\b", "կրկին կբարձրացնի"),
            (r"\bիբր ", ""),
            (r", հավանաբար,", ""),
            (r"\bհնարավոր են\b", "կլինեն"),
            (r"\bԲանկն ակնկալում է, որ գնաճը\b", "Գնաճը"),
        ),
        "condition_lost": ((r"^([^«»]+), եթե [^«»]+։$", r"\1։"),),
        "attribution_lost": (
            (r"^Նրա խոսքով՝ (?=[^«»]+$)", ""),
            (r"^[^«»]* (?:կարծում է|պնդում է|ասաց|հայտնեց|հայտարարեց), որ (?=[^«»]+$)", ""),
        ),
        "points": ((r"(\d[\d,]*)%-ով", r"\1 տոկոսային կետով"),),
        "trimmed": (
            (r", որը [^,.«»]+։$", "։"),
            (r", որի [^,.«»]+,(?= )", ""),
            (r", ովքեր [^,.«»]+։$", "։"),
        ),
        "split": ((r"^([^«»]{25,}?), (?:սակայն|բայց) [^«»]+։$", r"\1։"),
                  (r"^([^«»]{25,}?) և (?:արդարացրեց|խոստացավ|կազմել) [^«»]+։$", r"\1։")),
        "reordered": (
            (r"^«([^»]+)»,– ասաց (նա|[Ա-Ֆ]\w+)։$", r"\2 ասաց. «\1»։"),
        ),
    },
    name=r"(?<=[ա-և,] )[Ա-Ֆ][ա-և]{3,}\b",
    outsiders=("Հարգրիվզը", "Մոնկալմը", "Պետրոսյանը", "Լինդգրենը"),
    frame="Պաշտոնյան ասաց. «{}»։",
    guarded=r"\b(?:չ\w+|բայց|ոչ|եթե|կարող|առանց|միայն|դեռ)\b",
    about="մոտ ",
    exact=r"(?:քան|մոտ|մինչև|և|մնացել)\s$",
)  # fmt: skip


ENGLISH = Words(
    rings={
        "month": """January February March April May June July August September October November
            December""",
        "weekday": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "magnitude": "million billion",
        "currency": "dollars euros pounds crowns francs marks lira",
        "unit": """kilometres metres miles; tonnes kilograms; hours days; minutes seconds;
            weeks months years; hectares square_kilometres; gigawatts megawatts;
            centimetres millimetres""",
        "bound": "more_than less_than; at_least at_most; over under; up_to at_least",
        "direction": """rose fell; risen fallen; rise fall; increase decrease; increased decreased;
            higher lower; more fewer; more less; gained lost; climbed dropped; grow shrink;
            grew shrank; up down; before after; above below; earlier later; won lost; better worse;
            larger smaller; cheaper dearer; until since; raised lowered; north south""",
        "opposite": """approved rejected; convicted acquitted; opened closed; open closed;
            reopen close; supported opposed; supports opposes; agreed refused; began ended;
            largest smallest; highest lowest; most least; first last; allow forbid; welcomed
            criticised; arrested released; majority minority; confirmed denied; failed succeeded;
            in_favour_of against; shorter longer; extended shortened; shut opened; borrow lend;
            bought sold; expelled admitted; joined left; younger older; innocent guilty;
            accept refuse; keep close; warmest coldest; strongest weakest; appointed dismissed""",
        "digits": """two 2; three 3; four 4; five 5; six 6; seven 7; eight 8; nine 9; eleven 11;
            twelve 12; fourteen 14""",
    },
    rewrites={
        "negation_added": (
            (
                (
                    r"(?<!not )(?<!everyone )\b"
                    r"(is|was|were|are|has|had|have|will|would|could|may|must)(?! not?\b) "
                ),
                r"\1 not ",
            ),
            (r"\b(\w+s) (rose|fell|lost|won|agreed|began|received|struck|asked)\b", r"\1 never \2"),
        ),
        "negation_lost": (
            (r"\b(is|was|were|are|has|had|have|will|would|could|does|did|do|may|must|can) not ",
             r"\1 "),
            (r"\bnone of\b", "all of"),
            (r"\b[Nn]obody\b", "everybody"),
            (r"\bnever\b", "always"),
            (r"\bNot (all|everyone|everybody)\b", "All"),
            (r"\bwithout\b", "with"),
            (r"\bno (evidence|money|damage|pilot|defects)\b", r"much \1"),
            (r"\bcannot\b", "can"),
        ),
        "hedge_lost": (
            (r"\b(?:may|might|could)(?! not\b) ", "will "),
            (r"\b(?:allegedly|reportedly|probably) ", ""),
            (r"\bplans to\b", "will"),
            (r"\b(?:is|are) expected to\b", "will"),
            (r"\bis believed to have\b", "has"),
            (r"\bis said to have\b", "has"),
            (r"\bappear to show\b", "show"),
            (r"\bare trying to reach\b", "have reached"),
            (r"\bintend to\b", "will"),
            (r"\bwas expected to bring\b", "will bring"),
            (r"\bwas supposed to improve\b", "improved"),
            (r"\bthreatened to refuse\b", "refused"),
            (r"\bthreatened to close\b", "closed"),
        ),
        "condition_lost": (
            (r"^([^“”]+?),? (?:if|unless|provided that|but only after) [^“”]+\.$", r"\1."),
            (r"^If [^,“”]+, (?=[^“”]+$)", ""),
        ),
        "attribution_lost": (
            (r"^([^“”]+), (?:[^,“”]+, )?(?:[\w ’]+ said|according to [^,“”]+)(?: on \w+)?\.$",
             r"\1."),
            (r"^(?:[A-Z]\w+|The [a-z]+) (?:said|warned|believes) that (?=[^“”]+$)", ""),
        ),
        "points": (
            (r" percentage points", "%"),
            (r"(?<=by )(\d[\d.]*)%", r"\1 percentage points"),
        ),
        "trimmed": (
            (r", (?:which|where|because|although|who (?!asked|spoke|did|was)) [^,.“”]+\.$", "."),
            ((r", (?:which|where|who) (?!asked|spoke|did|was)[^,.“”]+,"
             r"(?= (?:said|has|have|was|is|are|will|may|wants|helped|owns)\b)"), ""),
            (r", most of (?:them|it) [^,.“”]+\.$", "."),
        ),
        "split": (
            (r"^([^“”]{30,}?), (?:and|while) (?!who|that)[^“”]+\.$", r"\1."),
            (r"^([^“”]{30,}?), but (?!only)[^“”]+\.$", r"\1."),
            (r"^([^“”]{30,}?); [^“”]+\.$", r"\1."),
        ),
        "reordered": (
            (r"^“([^”]+),” ([A-Z]\w+) (said|wrote|told \w+)\.$", r"\2 \3: “\1.”"),
            (r"^“([^”]+),” (?:said the|the) ([^,“”]+), ([A-Z]\w+ [A-Z]\w+)(?:, said)?[^“”]*\.$",
             r"\3, the \2, said: “\1.”"),
            (r"^“([^”]+),” said ([A-Z]\w+ [A-Z]\w+), [^“”]+$", r"\2 said: “\1.”"),
        ),
    },
    name=r"(?<=[a-z,;] )[A-Z][a-z]{3,}\b",
    outsiders=("Hargreaves", "Montcalm", "Okonkwo", "Petrossian", "Lindgren", "Aldermoor"),
    frame="An official said: “{}.”",
    guarded=r"\b(?:not?|never|nobody|nothing|neither|none|but|may|might|could|would|if|unless|"
    r"cannot|without|only|until)\b|n’t\b",
    about="about ",
    exact=r"(?:about|than|least|most|to|of|some|almost|over|under|between|and|another|further)\s$",
)  # fmt: skip


FRENCH = Words(
    rings={
        "month": """janvier février mars avril juin juillet août septembre octobre novembre
            décembre""",
        "weekday": "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "magnitude": "millions milliards",
        "currency": "euros dollars francs couronnes marks",
        "unit": "kilomètres mètres; minutes heures; jours semaines; degrés points",
        "bound": "moins_de plus_de; au_moins au_plus",
        "direction": """augmenté baissé; baissé augmenté; avant après; Avant Après; gagné perdu;
            perdu gagné; hausse baisse; élevée basse; retirée livrée; améliore réduit; nord sud""",
        "opposite": """approuvé rejeté; rejeté accepté; fermé ouvert; accepté refusé;
            suspendre poursuivre; soutiennent rejettent; confirmé démenti; premier dernier;
            rouvrir fermer; petit grand; première dernière; retrouvés perdus;
            interdit autorisé; démenti confirmé""",
        "digits": "deux 2; trois 3; douze 12; quatre 4",
    },
    rewrites={
        "negation_added": (
            ((r"\b(a|ont) (baissé|rejeté|accepté|annoncé|approuvé|augmenté|atteint|fermé|gagné"
             r"|perdu|demandé|été|démenti|obtenu)\b"), r"n’\1 pas \2"),
            (r"\b(sont|seront|sera) (entrés|mortes|placées|attendus|versée|proches)\b",
             r"ne \1 pas \2"),
        ),
        "negation_lost": (
            (r"\b[Nn](?:e |’)(\w+) (?:pas |plus |aucun\w* )", r"\1 "),
            (r"\bn’avait aucune preuve\b", "avait une preuve"),
            (r"\bsans trouver\b", "et ont trouvé"),
        ),
        "hedge_lost": (
            (r"\bpourrait rouvrir\b", "va rouvrir"),
            (r"\bpourraient commencer\b", "vont commencer"),
            (r"\bauraient eu\b", "ont eu"),
            (r"\bserait à l’étude\b", "est à l’étude"),
            (r"\bpourrait être plus lourd\b", "est plus lourd"),
            (r"\bpourrait être répété\b", "sera répété"),
            (r"\best prévue\b", "aura lieu"),
            (r"\bsont attendus\b", "auront lieu"),
        ),
        "condition_lost": (
            (r"^([^«»]+?),? (?:si|à condition que|sauf si) [^«»]+\.$", r"\1."),
            (r"^Si [^,«»]+, (?=[^«»]+$)", ""),
        ),
        "attribution_lost": (
            (r"^([^«»]+), (?:selon [^,«»]+|a annoncé la police)\.$", r"\1."),
            (r"^Selon [^,«»]+, (?=[^«»]+$)", ""),
            (r"^[^«»]* (?:a affirmé|affirme|a annoncé|a ajouté|pense) qu(?:e |’)(?=[^«»]+$)", ""),
        ),
        "points": ((r"(?<=de )(\d[\d,]*) %", r"\1 points de pourcentage"),),
        "trimmed": (
            (r", qui [^,.«»]+,(?= )", ""),
            (r", qui [^,.«»]+\.$", "."),
            (r", (?:contre|car) [^,.«»]+\.$", "."),
        ),
        "split": ((r"^([^«»]{25,}?),? (?:et|mais) (?:il|elle|la|le|sont|a) [^«»]+\.$", r"\1."),),
        "reordered": (
            (r"^« ([^»]+) », (a dit|a déclaré) ((?:la |le )?[^«»]+)\.$", r"\3 \2 : « \1 »."),
        ),
    },
    name=r"(?<=[a-zéèàù,] )[A-ZÉ][a-zéèïç]{3,}\b",
    outsiders=("Hargreaves", "Montcalm", "Petrossian", "Lindgren", "Vauclair"),
    frame="Un responsable a déclaré : « {} ».",
    guarded=r"\b(?:ne|pas|non|mais|jamais|aucune?|si|peut|pourrait|sans|plus)\b|\bn’",
    about="environ ",
    exact=r"(?:environ|de|que|moins|plus|à|dès|contre|les|le|des)\s$",
)  # fmt: skip


RUSSIAN = Words(
    rings={
        "month": """января февраля марта апреля мая июня июля августа сентября октября ноября
            декабря; январе феврале марте апреле мае июне июле августе сентябре октябре""",
        "weekday": "понедельник вторник среду четверг пятницу субботу воскресенье",
        "magnitude": "млн млрд",
        "currency": "крон евро долларов рублей лир",
        "unit": "километра метра; километрах метрах; месяцев лет; минут часов; лет месяцев",
        "bound": "не_более не_менее; не_больше не_меньше; больше_чем меньше_чем",
        "direction": """выросла снизилась; выросли снизились; вырастут снизятся; снизился вырос;
            вырастет снизится; сократиться увеличиться; снизится вырастет; повысить понизить;
            упали выросли; увеличатся уменьшатся; больше меньше; позже раньше; до после;
            После До; выиграл проиграл; победил проиграл; снизить повысить; после до""",
        "opposite": """оправдал осудил; приняли отклонили; открыли закрыли; первым последним;
            виновными невиновными; начали закончили; разрешил запретил; отменил подтвердил;
            прекратили продолжили; За Против; задержала отпустила; вернуло удержало;
            впервые снова""",
        "digits": "шесть 6; семь 7; девять 9; три 3; пять 5",
    },
    rewrites={
        "negation_added": (
            ((r"(?<!не )\b(встретились|вырастут|закрылся|вернуло|отправило|отменил|пообещал|начали"
             r"|выиграл"
             r"|приняли|признал|скрывал|спорили|получит|получат|задержала|оставил|выросли|выросла"
             r"|упали|проголосовали|открыли|предупреждали|пройдёт|увеличатся|отложили)\b"),
             r"не \1"),
        ),
        "negation_lost": ((r"\b[Нн]е (?!только|более|больше|менее)(\w)", r"\1"),),
        "hedge_lost": (
            (r"\bможет начаться\b", "начнётся"),
            (r"\bможет закрыть\b", "закроет"),
            (r"\bможет сыграть\b", "сыграет"),
            (r"\bможет снова повысить\b", "снова повысит"),
            (r"\bдолжна пройти\b", "пройдёт"),
            (r"\bдолжен сократиться\b", "сократится"),
            (r"\bнамерены выступить\b", "выступят"),
            (r"\bпредлагает разделить\b", "разделит"),
            (r"\bякобы ", ""),
            (r"\bвозможны, но они, вероятно, будут\b", "будут, но они будут"),
            (r"\bожидается снег\b", "выпадет снег"),
            (r"\bхотели снизить\b", "снизили"),
        ),
        "condition_lost": (
            (r"^([^«»]+), если [^«»]+\.$", r"\1."),
            (r"^Если [^,«»]+, (?=[^«»]+$)", ""),
        ),
        "attribution_lost": (
            (r"^По словам [^,«»]+, (?=[^«»]+$)", ""),
            (r"^[^«»]* (?:сказала|заявила|считает|пояснил|заявил|сообщил), что (?=[^«»]+$)", ""),
        ),
        "points": (
            (r" процентного пункта", "%"),
            (r"(?<=на )(\d[\d,]*)%", r"\1 процентного пункта"),
        ),
        "trimmed": (
            (r", котор(?:ый|ая|ого|ые) [^,.«»]+\.$", "."),
            (r", котор(?:ый|ая|ого|ые) [^,.«»]+,(?= )", ""),
        ),
        "split": (
            (r"^([^«»]{25,}?), (?:но|а|это) [^«»]+\.$", r"\1."),
            (r"^([^«»]{25,}?) и (?:достигла|пообещал|оправдал) [^«»]+\.$", r"\1."),
        ),
        "reordered": (
            (r"^«([^»]+)», – (сказала?|заявила) (он|она|[А-Я]\w+)\.$", r"\3 \2: «\1»."),
            (r"^«([^»]+)», – сказал (министр [^«»]+?) ([А-Я]\w+ [А-Я]\w+)\.$",
             r"\3, \2, сказал: «\1»."),
        ),
    },
    name=r"(?<=[а-яё,] )[А-ЯЁ][а-яё]{3,}\b",
    outsiders=("Харгривз", "Монкальм", "Петросян", "Линдгрен", "Вересов"),
    frame="Один чиновник сказал: «{}».",
    guarded=r"\b(?:не|но|ни|нет|если|может|бы|без|только|ещё)\b",
    about="около ",
    exact=r"(?:более|больше|чем|менее|около|до|с|на|в|от|по|и)\s$",
)  # fmt: skip


LANGUAGES = {"en": ENGLISH, "ru": RUSSIAN, "hy": ARMENIAN, "fr": FRENCH, "ar": ARABIC}
"""By ISO 639-1 code."""
