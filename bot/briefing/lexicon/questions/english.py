"""English: how a question is put, and which words say the same. Meant to be complete."""

from bot.briefing.lexicon.questions.asking import Asking

_SAYING = (
    r"say|says|said|saying|tell|told|claim|claimed|think|argue|argued|warn|warned|comment|state|"
    r"stated|insist|insisted|response|reaction|reply|write|written"
)
_MEANT = r"does|did|do|will|would|is|was|are|were|has|have|had|must|can|could|should"
_PAID = (
    r"cost|costs|pay|pays|paid|spend|spent|earn|earned|worth|charge|charged|invest|invested|"
    r"raised|owe|fined?|offer|offered|donate|donated|give|given"
)

ENGLISH = Asking(
    kinds={
        "saying": (
            rf"what (?:\w+ )*?(?:did|does|do|has|have|is|was|were|are)\b"
            rf"(?=.*\b(?:{_SAYING}|deny|denied|predict|predicted|promised?)\b)|"
            r"what was .*\b(?:response|reaction|reply|comment)\b"
        ),
        "money": (
            r"how much (?:money|cash)|how (?:expensive|costly|dear)|"
            r"what (?:price|sum|cost|fee|fine)|"
            rf"what (?:\w+ )*?(?:{_MEANT})\b(?=.*\b(?:cost|come to|worth|price of|cost of)\b)|"
            rf"how much (?:{_MEANT})\b(?=.*\b(?:{_PAID})\b)|how much (?:is|was|are|were)\b"
        ),
        "age": r"how old|what age",
        "measure": (
            r"(?:for )?how (?:long|far|high|deep|wide|tall|big|large|heavy|fast|often|thick|"
            r"quickly|warm|cold|hot|strong)"
        ),
        "count": r"how many|(?:what|which) number of",
        "number": r"(?:by )?how much|what (?:percentage|share|proportion|part)",
        "time": (
            r"(?:by |until |since )?when|how soon|(?:by |until |since |on |in )?(?:what|which) "
            r"(?:day|date|time|year|month|hour|deadline)|"
            r"(?:the )?(?:date|time|day|deadline) (?:of|for)"
        ),
        "place": (
            r"where|(?:in |at |to |from )?(?:what|which) (?:place|town|city|country|village|street|"
            r"region)"
        ),
        "speaker": (
            r"who (?:has |had )?(?:says?|said|claimed|claims|warned|warns|denied|denies|argued|"
            r"insisted|announced|told)"
        ),
        "person": (
            r"who|whom|whose|by whom|what (?:is|are) the names? of|"
            r"what (?:is|was|are|were)(?= .*\b(?:called|named)\W*$)"
        ),
        "reason": (
            r"why|for what reason|how come|what made|"
            r"what (?:is|was|were|are) the (?:reason|cause)s?(?: for| of)?"
        ),
        "fact": r"what|which|how",
        "truth": (
            r"did|does|do|is|are|was|were|has|have|had|will|would|can|could|should|must|may|shall"
        ),
    },
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
    vague="""
        make makes made making do go goes went gone going get gets got getting take takes took taken
        come comes came give gives gave given keep put again new next name names date time day place
        reason reasons cause amount number thing things kind part main current currently first own
        lot called named year month use used old need want wants wanted like
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
    saying=_SAYING,
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
