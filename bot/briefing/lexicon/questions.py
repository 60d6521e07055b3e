"""How a question is put in each language, and which words say the same in a question and
in news.
"""

from dataclasses import dataclass
from functools import cache, cached_property

# What a list of words for questions holds.
#
# Closed lists, short enough to read. Words of one class answer for each other, in any form; "_"
# stands inside what is said with two words.


@dataclass(frozen=True)
class Asking:
    """How questions are put in one language: alternatives of regular expressions, lower case,
    and lists with white space between the words."""

    small: str = ""
    """Words without content of their own."""
    alike: str = ""
    """Classes with ";" between them."""
    irregular: str = ""
    """Forms that have no ending in common, ";" between the words."""
    follows_up: str = r"(?!)"
    """How a question opens that only follows up."""
    pronouns: str = r"(?!)"
    """What stands for somebody or something named before."""

    def __hash__(self) -> int:
        """That of its short words: there is one list for each language."""
        return hash(self.small)

    @cached_property
    def small_words(self) -> frozenset[str]:
        """`small` as a set."""
        return frozenset(self.small.split())


ENGLISH = Asking(
    small="""
        a an the be been being is are was were am have has had having do does did doing to of and or
        his her its their our my your it he she they we i you him them us me this that these those
        there here who whom whose what which when where why how much many if then than so as at by
        for from in into on onto out up down off over with within about against between through
        during until since before after upon will would can could may might must shall should not no
        nor yes any some each every both all just only also too very really actually exactly please
        now still already yet ever even long far total whole wo ca according article text source
        sources say said says tell tells told mention mentioned mentions know known happen happened
        happens person people one ones because let while but per more most less
    """,
    alike="""
        cost pay price spend expense pricey fee worth charge; earn profit earnings; wage
        salary earn; say claim allege state declare tell; warn caution; meet talk talks
        meeting summit negotiate; die kill dead death; injure hurt wound; rise grow increase
        climb raise jump fall drop decline decrease shrink sink; close shut; reopen restart
        resume start_again open_again restore close_until shut_until; start begin launch;
        end finish complete conclude; stop halt cease; build construct erect put_up; give_up
        abandon drop scrap renounce; delay postpone put_off; grant give award; judge
        justice; decide rule decision ruling verdict; sue go_to_court take_to_court lawsuit;
        arrive come; get receive; work function operate; move take transfer bring; live
        inhabitant resident population home_to; employ employee worker staff job hire work;
        hire appoint recruit; resign quit step_down; lead leader head chief; boss
        chief_executive; buy purchase acquire; ask request; reject refuse dismiss turn_down;
        approve accept back support; agree agreement deal accord; vote ballot election;
        result figure; publish release; find discover; own owner; family household; house
        home; firm company business; car vehicle; doctor physician; police officer; fire
        blaze burn; guard protect; promise pledge vow; damage destroy; help aid assist;
        steal theft rob; arrest detain; replace succeed; repair fix mend; plan intend; visit
        tour; lawyer attorney; cut reduce; accuse blame; next again
    """,
    follows_up=r"and|but|or|what about|how about|also",
    pronouns=(
        r"he|she|it|they|him|her|his|hers|its|their|them|this|that|these|those|one|ones|the couple|"
        r"the pair|the two|both"
    ),
    irregular="""
        meet met; pay paid; say said; tell told; sell sold sale; buy bought; find found;
        build built; rebuild rebuilt; lose lost loss; leave left; send sent; spend spent; hold held;
        keep kept; give gave given; take took taken; come came; become became; go went gone;
        see saw seen; run ran; begin began begun; rise rose risen; fall fell fallen;
        grow grew grown growth; know knew known; throw threw thrown; fly flew flown;
        draw drew drawn; write wrote written; drive drove driven; speak spoke spoken speech;
        steal stole stolen; break broke broken; choose chose chosen choice; win won;
        fight fought; bring brought; think thought; catch caught; teach taught; seek sought;
        feel felt; deal dealt; mean meant; lead led; feed fed; shoot shot; strike struck;
        swim swam; sink sank sunk; sing sang; sit sat; stand stood; understand understood;
        wear wore worn; bear bore born; swear sworn; tear tore torn; hide hid hidden;
        forbid forbade forbidden; eat ate eaten; beat beaten; burn burnt; learn learnt;
        shake shook shaken; lie lay; ride rode; bind bound; hear heard; make made; get got;
        die died dying dead death; child children; man men; woman women; foot feet;
        wife wives; life lives; high height; long length; deep depth; wide width;
        strong strength; decide decision; bury burial; arrive arrival; approve approval;
        refuse refusal; propose proposal; try trial; apply application; explode explosion;
        expand expansion; collide collision; invade invasion; conclude conclusion;
        destroy destruction; compete competition; defend defence; thief theft; injure injury;
        marry marriage
    """,
)  # fmt: skip


FRENCH = Asking(
    small="""
        le la les un une des du de à au aux en y et ou se ce lui leur il elle ils elles est sont
        était étaient été être sera seront a ont avait avaient avoir aura ne pas plus que qui quoi
        quel quelle quels quelles quand où comment pourquoi combien dans sur par pour avec son sa
        ses leurs l d s n t c j m qu dit dire déclaré déclarer on nous vous je tu cette ces cet
    """,
    alike="""
        coûter prix coût payer; rouvrir réouverture reprendre; rencontrer réunion;
        travaux réparation
    """,
    follows_up=r"et|mais",
    pronouns=r"il|elle|ils|elles|lui|leur|son|sa|ses",
)  # fmt: skip


RUSSIAN = Asking(
    small="""
        в во на и или а к ко с со у о об от до по за из для что это был была было были будет будут
        быть он она они его её ее их ли же не ни бы кто кого где куда когда почему зачем как какой
        какая какое какие сколько если ещё уже сказал сказала заявил заявила говорит отметил сообщил
        сообщила
    """,
    alike="""
        стоить обойтись обойдётся цена стоит стоимость; встретиться встреча
    """,
    follows_up=r"а|и|но",
    pronouns=r"он|она|они|его|её|ее|их",
)  # fmt: skip


# How a question is put in each language, and which words say the same in a question and in news.
#
# English is complete; of the other languages the question words are known, and a few classes.

# What is asked in another language is answered by its words alone.
_OTHER = Asking()
_ASKING = {"en": ENGLISH, "fr": FRENCH, "ru": RUSSIAN}


@cache
def asking(language: str | None) -> Asking:
    """How questions are put in ``language`` (ISO 639-1); in English where it is unknown."""
    return _ASKING.get(language or "en", _OTHER)
