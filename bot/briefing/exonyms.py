"""Which names have a name of their own in another language (Moscow, Москва, Moscou)?

Countries, languages and some 400 cities come from Unicode's CLDR, by way of Babel. What it lacks
and news needs every day is listed here: cities, inhabitants, organisations.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from bot.briefing.folding import folded
from bot.briefing.lexicon import function_words
from bot.briefing.lexicon.offices import OFFICES

# Beginnings of words for one thing in several languages, a line each; what is written in capitals
# is an abbreviation and is compared whole.
_LISTED = """
    america améric americ amerik америк ամերիկ اميرك امريك US USA EEUU США ԱՄՆ united states unis
        estados vereinigt соединенн միացյալ المتحده
    brit británic британ բրիտան بريطان великобритан GB UK united kingdom royaume
    dutch néerland nederl niederl holand hollande нидерланд голланд նիդերլանդ هولند
    swiss suisse suiz schweiz швейцар շվեյցար سويسر
    munich münchen múnich мюнхен մյունխեն ميونيخ
    cologne köln colonia кельн քյոլն كولونيا
    geneva genève genf ginebra женев ժնև جنيف
    basel bâle basilea базел բազել بازل
    venice venise venedig venecia венеци վենետիկ البندقيه
    florence florenz florencia флоренц ֆլորենցիա فلورنسا
    milan mailand milán милан միլան ميلانو
    naples neapel nápoles неапол նեապոլ نابولي
    turin torino турин թուրին تورينو
    hague haye haag haya гааг հաագա لاهاي
    antwerp anvers antwerpen amberes антверпен անտվերպեն
    strasbourg straßburg estrasburgo страсбург ստրասբուրգ ستراسبورغ
    vienna vienne wien viena вен վիեննա فيينا
    petersburg pétersbourg петербург պետերբուրգ بطرسبرغ
    kyiv kiev киев կիև كييف
    kharkiv kharkov харьков харків խարկով خاركيف
    aleppo alep алеппо հալեպ حلب
    damascus damas дамаск դամասկոս دمشق
    mecca mecque mekka meca мекк մեքքա مكه
    alexandria alexandrie александри ալեքսանդրիա الاسكندريه اسكندريه
    tbilisi tiflis тбилис თბილის թբիլիսի تبليسي
    turk türk turc тур թուրք ترك
    german allem alem deutsch немец герман գերման المان
    georgia géorgi грузи georgi վրաց վրաստան საქართველ جورجي
    greek grec griech grieg грече հույն հունաստան يونان اليونان
    spanish espagn españ spani испан իսպան اسبان
    polish pologne polon polen поль լեհ بولند
    scot écoss schott escoc шотланд շոտլանդ اسكتلند
    english englis angl ingl englisch английск անգլ انجليز انكليز
    irish irland irel irisch ирланд իռլանդ ايرلند
    arab араб արաբ عرب
    kurd курд քուրդ كرد اكراد
    jew juif juiv jüd judí евре հրեա يهود
    muslim musulm мусульм մուսուլ مسلم
    christian chrét crist христиан քրիստոն مسيحي
    danube donau danubio дуна դանուբ الدانوب
    rhine rhin rhein рейн հռենոս الراين
    caucas cauca кавказ kauka կովկաս قوقاز القوقاز
    europe europé europä europe европ еврос եվրոպ եվրամիություն اوروب EU UE ЕС ԵՄ
    africa afri африк աֆրիկ افريق
    asia asi ази ասիա اسيا
    nato otan НАТО ՆԱՏՕ الناتو NATO OTAN
    UN ONU ООН ՄԱԿ united unies unidas объединенн միավորված المتحده
    OSCE OSZE ОБСЕ ԵԱՀԿ
    IMF FMI МВФ IWF ԱՄՀ
    WHO OMS ВОЗ ԱՀԿ
    WTO OMC ВТО
    UAE EAU ОАЭ united emirates émirats emiratos эмират էմիրություն امارات
    church église iglesia kirche церк եկեղեց كنيس الكنيسه
"""
_STEM, _LONGEST_ENDING = 4, 7
_ARMENIAN_LANGUAGE = "երեն"  # "հայերեն" is the language, "հայկական" what is of the country


def share_a_name(word: str, languages: Iterable[str | None], others: frozenset[str]) -> bool:
    """Whether one of the words ``others`` names what ``word`` names, in one of ``languages``."""
    known = tuple(dict.fromkeys(each for each in languages if each))
    meant = _meant(_plain(word), known)
    return bool(meant) and any(not meant.isdisjoint(_meant(other, known)) for other in others)


@lru_cache(maxsize=4096)
def is_place(name: str, language: str | None) -> bool:
    """Whether ``name`` alone is what ``language`` calls a country or a city."""
    return _plain(name) in _places(language or "en")


@cache
def _places(language: str) -> frozenset[str]:
    # Regions of the world have numbers for codes; "South-East Asia" is in no list of countries.
    named = (name for code, name in _names(language) if not code.isdigit())
    return frozenset(_plain(name) for name in named if name.isalpha())


def plain_words(text: str) -> frozenset[str]:
    """The words of ``text`` as `share_a_name` compares them."""
    return frozenset(_plain(word) for word in re.findall(r"[^\W\d_]+(?:\.[^\W\d_])*", text))


def _plain(word: str) -> str:
    """A word in small letters, an abbreviation in capitals."""
    short = word.replace(".", "")
    if len(short) > 1 and short.isupper():
        return short
    return "".join(folded(word)).replace("ё", "е").translate(_SAME_IN_ARABIC)


_SAME_IN_ARABIC = str.maketrans("أإآةى", "اااهي")


@lru_cache(maxsize=65_536)
def _meant(word: str, languages: tuple[str, ...]) -> frozenset[int]:
    """The groups of names that ``word`` is of: an abbreviation as it is, any other word by its
    beginning, with an ending of its language."""
    index = _index(languages)
    if word.isupper():
        return frozenset(index.get(word, ()))
    bare = re.sub(r"^[وفبلك]?ال", "", word) if len(word) > _STEM else word
    ends = range(max(1, len(bare) - _LONGEST_ENDING), len(bare) + 1)
    return frozenset(group for end in ends for group in index.get(bare[:end], ()))


@cache
def _index(languages: tuple[str, ...]) -> Mapping[str, tuple[int, ...]]:
    """The groups that a beginning stands for, by their places."""
    found: dict[str, list[int]] = {}
    for place, beginnings in enumerate((*_listed(), *_groups(languages))):
        for each in beginnings:
            found.setdefault(re.sub("^ال", "", each), []).append(place)
    return {beginning: tuple(places) for beginning, places in found.items()}


@cache
def _listed() -> tuple[frozenset[str], ...]:
    lines = (line.split() for line in re.split(r"\n    (?! )", _LISTED) if line.strip())
    return tuple(frozenset(map(_plain, line)) for line in lines)


@cache
def _groups(languages: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    """For every country and city, how its name and its language begin in ``languages``."""
    found: dict[str, set[str]] = {}
    for language in languages:
        for code, name in _names(language):
            for word in _telling(name, language):
                found.setdefault(code, set()).add(_beginning(_plain(word)))
    return tuple(map(frozenset, found.values()))


def _telling(name: str, language: str) -> list[str]:
    """The words of a name by which it is known; "South" and "Republic" tell nothing."""
    words = re.findall(r"[^\W\d_]+", name)
    if len(words) == 1:
        return words
    known = OFFICES.get(language, frozenset()) | function_words(language)
    return [word for word in words if len(word) >= _STEM and word.casefold() not in known]


def _names(language: str) -> Iterator[tuple[str, str]]:
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return
    yield from ((str(code), name) for code, name in locale.territories.items())
    likely = get_global("likely_subtags")
    for code, name in locale.languages.items():
        if len(code) == 2 and code in likely:
            yield str(likely[code]).rpartition("_")[2], name.removesuffix(_ARMENIAN_LANGUAGE)
    for zone in map(str, Locale("ru").time_zones):  # of all it lists them whole
        of_zone: Mapping[str, str] = locale.time_zones.get(zone, {})
        yield zone, of_zone.get("city", zone.rpartition("/")[2].replace("_", " "))


def _beginning(name: str) -> str:
    """What stays of a name when it is declined or made an adjective."""
    return name[: max(_STEM, len(name) - 2)]
