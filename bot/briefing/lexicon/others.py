"""Languages of which only the words for numbers and days are known, and whether somebody speaks.

A language that gets more of them gets a file of its own.
"""

from collections.abc import Mapping

from bot.briefing.lexicon.words import Lexicon

OTHERS: Mapping[str, Lexicon] = {
    "az": Lexicon(
        relative_days=(("dünən", -1), ("bu gün", 0), ("sabah", 1)),
    ),
    "be": Lexicon(
        number_words="2 двое дваіх · 3 трое траіх · 4 чацвёра",
        parts=("паў", "чвэрць", "тры чвэрці", "паўтар[аы]"),
    ),
    "bg": Lexicon(
        relative_days=(("вчера", -1), ("днес", 0), ("утре", 1)),
    ),
    "bn": Lexicon(
        magnitudes=(("হাজার", 3), ("লাখ", 5), ("কোটি", 7)),
    ),
    "cs": Lexicon(
        relative_days=(("včera", -1), ("dnes", 0), ("zítra", 1)),
        number_words="""
            2 dva dvě dvou dvěma · 3 tři tří třech · 4 čtyři čtyř čtyřech · 12 tucet tucty · 10
            desítka
        """,
        magnitudes=(("mld", 9),),
        parts=("půl", "čtvrt", "tři čtvrtě", r"půldruh\w+"),
        part_words=(r"polovin\w+|půl\w*", r"třetin\w+", r"čtvrtin\w+|čtvrt\w*", r"pětin\w+"),
    ),
    "da": Lexicon(
        relative_days=(("i går", -1), ("i dag", 0), ("i morgen", 1)),
    ),
    "el": Lexicon(
        relative_days=(("χθες", -1), ("χτες", -1), ("σήμερα", 0), ("αύριο", 1)),
    ),
    "fa": Lexicon(
        relative_days=(("دیروز", -1), ("امروز", 0), ("فردا", 1)),
    ),
    "fi": Lexicon(
        relative_days=(("eilen", -1), ("tänään", 0), ("huomenna", 1)),
    ),
    "he": Lexicon(
        relative_days=(("אתמול", -1), ("היום", 0), ("מחר", 1)),
        number_words="2 שני שתי שניים שתיים",
    ),
    "hi": Lexicon(
        magnitudes=(("हजार", 3), ("करोड", 7), ("सौ", 2)),
    ),
    "hr": Lexicon(
        relative_days=(("jučer", -1), ("danas", 0), ("sutra", 1)),
    ),
    "hu": Lexicon(
        relative_days=(("tegnap", -1), ("ma", 0), ("holnap", 1)),
        number_words="2 két · 12 tizenkét · 22 huszonkét",
    ),
    "id": Lexicon(
        relative_days=(("kemarin", -1), ("hari ini", 0), ("besok", 1), ("kemarin lusa", -2)),
    ),
    "it": Lexicon(
        relative_days=(
            ("ieri", -1),
            ("oggi", 0),
            ("domani", 1),
            ("l'altro ieri", -2),
            ("altro ieri", -2),
            ("ieri l'altro", -2),
        ),
        number_words="""
            10 decina · 12 dozzina dozzine · 20 ventina · 30 trentina · 100 centinaio · 1000
            migliaio mila
        """,
        magnitudes=(("mila", 3), ("mln", 6), ("mld", 9)),
        bounds=(
            "circa|intorno a|all'incirca",
            "più di|oltre|almeno|superior[ei] a|non meno di",
            "meno di|quasi|fino a|al massimo|inferior[ei] a|non più di|sotto",
        ),
        bounds_behind=("circa", "o più|almeno", "o meno"),
        parts=("mezz[oa']", "(?:un )?quarto d['i]", "tre quarti d['i]", "(?!)"),
        part_words=("metà|mezz[oa]", "terz[oi]", "quart[oi]", "quint[oi]"),
    ),
    "ja": Lexicon(
        relative_days=(
            ("昨日", -1),
            ("今日", 0),
            ("きょう", 0),
            ("明日", 1),
            ("あす", 1),
            ("一昨日", -2),
            ("明後日", 2),
        ),
        part_words=("半", "三分の|3分の", "四分の|4分の", "五分の|5分の"),
    ),
    "ka": Lexicon(
        relative_days=(("გუშინ", -1), ("დღეს", 0), ("ხვალ", 1)),
    ),
    "ko": Lexicon(
        relative_days=(("어제", -1), ("오늘", 0), ("내일", 1)),
    ),
    "nb": Lexicon(
        relative_days=(("i går", -1), ("i dag", 0), ("i morgen", 1)),
    ),
    "nl": Lexicon(
        relative_days=(("gisteren", -1), ("vandaag", 0), ("morgen", 1)),
        number_words="12 dozijn · 10 tiental · 20 twintigtal · 100 honderdtal",
        bounds=(
            "ongeveer|circa|zo'n|rond|naar schatting",
            "meer dan|ruim|minstens|ten minste|boven",
            "minder dan|bijna|hoogstens|maximaal|onder",
        ),
        parts=("half|halve", "kwart", "driekwart", "anderhal(?:f|ve)"),
        part_words=("helft|half|halve", r"derde\w*", r"kwart\w*|vierde", "vijfde"),
    ),
    "no": Lexicon(
        relative_days=(("i går", -1), ("i dag", 0), ("i morgen", 1)),
    ),
    "pl": Lexicon(
        relative_days=(("wczoraj", -1), ("dziś", 0), ("dzisiaj", 0), ("jutro", 1)),
        number_words="""
            2 dwoje dwóch dwie dwaj dwu · 3 troje trzech trzej · 4 czworo czterech czterej · 5
            pięcioro pięciu · 6 sześcioro sześciu · 7 siedmioro siedmiu · 8 ośmioro ośmiu · 12
            tuzin tuziny · 100 setka
        """,
        magnitudes=(("tys", 3), ("tysięcy", 3), ("mld", 9)),
        bounds=(
            r"około|ok\.|mniej więcej|jakieś",
            "ponad|więcej niż|co najmniej|powyżej",
            "mniej niż|prawie|niemal|blisko|najwyżej|poniżej",
        ),
        parts=("pół", "ćwierć", "trzy czwarte", "półtor(?:a|ej)"),
        part_words=(r"połow\w+|pół\w*", r"trzeci\w*|trzecie", r"ćwier\w+|czwart\w+", r"piąt\w+"),
    ),
    "pt": Lexicon(
        relative_days=(
            ("ontem", -1),
            ("hoje", 0),
            ("amanhã", 1),
            ("anteontem", -2),
            ("depois de amanhã", 2),
        ),
        number_words="10 dezena · 12 dúzia dúzias · 100 centena cem · 1000 milhar",
        bounds=(
            "cerca de|aproximadamente|em torno de|uns|umas|por volta de",
            "mais de|pelo menos|ao menos|acima de|não menos de|superior(?:es)? a",
            "menos de|quase|no máximo|abaixo de|inferior(?:es)? a",
        ),
        bounds_behind=("aproximadamente", "ou mais", "ou menos"),
        parts=("mei[oa]", "(?:um )?quarto de", "três quartos de", "(?!)"),
        part_words=("metade|mei[oa]", "terços?", "quartos?", "quintos?"),
    ),
    "ro": Lexicon(
        relative_days=(("ieri", -1), ("astăzi", 0), ("azi", 0), ("mâine", 1)),
        number_words="2 doi două · 12 duzină · 10 zece",
    ),
    "sr": Lexicon(
        relative_days=(
            ("јуче", -1),
            ("juče", -1),
            ("данас", 0),
            ("danas", 0),
            ("сутра", 1),
            ("sutra", 1),
        ),
        number_words="2 двоје двојица · 3 троје тројица · 4 четворо четворица",
    ),
    "sv": Lexicon(
        relative_days=(
            ("i går", -1),
            ("igår", -1),
            ("i dag", 0),
            ("idag", 0),
            ("i morgon", 1),
            ("imorgon", 1),
        ),
        number_words="12 dussin · 10 tiotal",
        bounds=(
            "omkring|cirka|runt|ungefär",
            "mer än|över|minst",
            "mindre än|nästan|knappt|upp till",
        ),
        parts=("halv[at]?", "kvarts", "trekvarts", "(?!)"),
        part_words=(r"hälft\w*|halv\w*", r"tredjedel\w*", r"fjärdedel\w*|kvart\w*", r"femtedel\w*"),
    ),
    "tr": Lexicon(
        relative_days=(("dün", -1), ("bugün", 0), ("yarın", 1)),
        number_words="12 düzine",
        units=(("asır", "duration-century"),),
        bounds=(
            "yaklaşık|kadar|civarında|aşağı yukarı",
            "en az|aşkın|fazla|üzerinde",
            "en fazla|en çok|neredeyse|az|altında",
        ),
        bounds_behind=(
            "kadar|civarında|dolayında",
            "aşkın|'?[dt][ae]n fazla|üzerinde",
            "'?[dt][ae]n az|altında",
        ),
        parts=("yarım", "çeyrek", "(?!)", "(?!)"),
        part_words=(r"yarı\w*|buçuk", "üçte", r"dörtte|çeyre\w*", "beşte"),
        speaking=(
            r"söyle\w+|belirt\w+|açıkla\w+|ifade\w*|anlat\w+|iddia\w*|savun\w+|öne sür\w+|"
            r"ded[iı]\w*|doğrula\w*|vurgula\w*|göre"
        ),
    ),
    "uk": Lexicon(
        relative_days=(("вчора", -1), ("учора", -1), ("сьогодні", 0), ("завтра", 1)),
        number_words="""
            2 двоє двох двома · 3 троє трьох · 4 четверо чотирьох · 5 п'ятеро п'ять п'яти · 12
            дюжина · 100 сотня
        """,
        bounds=(
            "близько|приблизно|орієнтовно|десь",
            "понад|більше(?: ніж)?|більш як|щонайменше|не менше|принаймні",
            "менше(?: ніж)?|менш як|майже|не більше|щонайбільше",
        ),
        parts=("пів", "чверт[ьі]", "три чверті", "півтор[аи]"),
        part_words=(r"половин\w*|пів\w*", r"третин\w*", r"чверт\w*|четверт\w*", r"п'ят\w+"),
    ),
    "vi": Lexicon(
        relative_days=(("hôm qua", -1), ("hôm nay", 0), ("ngày mai", 1)),
        magnitudes=(("tỉ", 9),),
    ),
    "zh": Lexicon(
        relative_days=(
            ("昨天", -1),
            ("昨日", -1),
            ("今天", 0),
            ("今日", 0),
            ("明天", 1),
            ("明日", 1),
        ),
        units=(("世纪", "duration-century"),),
        bounds=(
            "约|大约|左右|大概|约为|约合",
            "超过|逾|超|至少|高于|不少于|突破|多达",
            "不到|近|不足|低于|至多|不超过|将近",
        ),
        bounds_behind=("左右|上下|多|余", "以上|多", "以下|以内"),
        parts=("半个?", "(?:四分之一|1/4)个?", "四分之三个?", "一个半"),
        part_words=("半", "三分之|三成", "四分之|两成半", "五分之|两成"),
        speaking=r"\w*(?:说|表示|称|认为|指出|否认|透露|据)\w*",
    ),
}
