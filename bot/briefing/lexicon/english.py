"""English: the one list that is meant to be complete."""

from bot.briefing.lexicon.words import Lexicon

# Which English words for directions say the opposite of each other?
#
# Only where swapping one for the other tells another story: closed, and short enough to read.

OPPOSITES = """
rise rises rose risen rising increase increases increased increasing grow grows grew grown
    growing growth climb climbs climbed climbing gain gains gained surge surges surged soar soars
    soared jump jumps jumped widen widened expand expanded expands raise raises raised raising
    hike hiked boost boosted up | fall falls fell fallen falling decrease decreases decreased
    decreasing decline declines declined declining drop drops dropped dropping shrink shrinks
    shrank shrunk plunge plunged plunges slump slumped dip dipped lose loses lost narrow narrowed
    contracted reduce reduces reduced reducing cut cuts lower lowers lowered lowering
    slash slashed down;
more greater | less fewer;
most | least !at_least !at_most;
higher highest high | lower lowest low;
larger largest bigger biggest large big | smaller smallest small;
better best | worse worst;
stronger strongest strong strengthen strengthens strengthened | weaker weakest weak weaken
    weakens weakened;
faster fastest quicker | slower slowest slow slowed;
longer longest long | shorter shortest short;
older oldest old older | younger youngest young;
earlier early earliest | later late latest;
first | last !last_week !last_weekend !last_month !last_year !last_summer !last_autumn
    !last_winter !last_spring !last_fall !last_night !last_monday !last_tuesday !last_wednesday
    !last_thursday !last_friday !last_saturday !last_sunday !first_lady !at_first !at_last;
before | after;
until | since;
with | without;
inside within | outside;
above over | below under;
north northern | south southern;
east eastern | west western;
win wins won winning | lose loses lost losing;
buy buys bought buying purchase purchased acquire acquired | sell sells sold selling;
lend lends lent lending | borrow borrows borrowed borrowing;
pay pays paid | receive receives received;
arrive arrives arrived arriving | leave leaves left depart departs departed;
enter enters entered entering | exit exits exited leave leaves left;
import imports imported | export exports exported;
support supports supported supporting back backs backed backing | oppose opposes opposed
    opposing;
accept accepts accepted accepting approve approves approved approving | reject rejects
    rejected rejecting refuse refuses refused refusing;
allow allows allowed allowing permit permits permitted | ban bans banned banning forbid
    forbids forbade forbidden prohibit prohibits prohibited bar barred block blocks blocked;
confirm confirms confirmed confirming | deny denies denied denying;
agree agrees agreed | disagree disagrees disagreed refuse refuses refused;
include includes included including | exclude excludes excluded excluding;
open opens opened opening reopen reopens reopened reopening | close closes closed closing shut
    shuts shutting;
begin begins began begun beginning start starts started starting launch launched | end ends
    ended ending stop stops stopped stopping halt halted finish finished cease ceased;
join joins joined joining | leave leaves left leaving quit quits quitting;
succeed succeeds succeeded | fail fails failed;
pass passes passed | fail fails failed reject rejected;
hire hires hired hiring | fire fires fired firing dismiss dismissed sack sacked;
appoint appoints appointed | dismiss dismisses dismissed remove removed;
arrest arrests arrested detain detained jail jailed | release releases released free freed;
guilty | innocent;
convict convicts convicted | acquit acquits acquitted;
alive survive survives survived | dead die dies died killed;
attack attacks attacked attacking | defend defends defended defending;
advance advances advanced advancing | retreat retreats retreated retreating;
positive | negative;
major | minor;
legal lawful | illegal unlawful;
possible | impossible;
likely | unlikely;
able | unable;
safe | unsafe dangerous;
public | private;
male man men boy boys | female woman women girl girls;
majority | minority;
former | current incumbent;
old | new;
all | none;
always | never;
many | few;
right | wrong;
true | false;
profit profits | loss losses;
deficit | surplus;
upper | lower;
maximum | minimum;
temporary temporarily | permanent permanently;
friend friends ally allies | enemy enemies;
married | divorced;
left leftist left-wing | right rightist right-wing;
top | bottom;
day | night;
hot hotter | cold colder;
optimistic | pessimistic
"""


ENGLISH = Lexicon(
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
        r"woman)|lawmaker|councill?or|MP|MEP|leader|chief|head|king|queen|prince|princess|pope|general|"
        r"colonel|captain|sergeant|judge|justice|attorney|lawyer|prosecutor|professor|doctor|"
        r"administrator|strategist|negotiator|diplomat|commander|consultant|activist|historian|"
        r"candidate|analyst|economist|researcher|scientist|engineer|founder|CEO|officer|executive|"
        r"manager|coach|editor|author|adviser|advisor|official|inspector|sheriff|owner)"
    ),
    third_persons=r"he|she",
    pronouns=(
        r"he|she|it|they|him|her|his|hers|its|their|them|this|that|these|those|one|ones|the couple|"
        r"the pair|the two|both"
    ),
    asking=r"who|whom|whose|what|which|when|where|why|how|much|many",
    follows_up=r"and|but|or|what about|how about|also",
    relatives=(
        r"wife|husband|widow(?:er)?|brothers?|sisters?|sons?|daughters?|children|mother|father|"
        r"parents?|uncle|aunt|nephew|niece|cousins?|twins?|family|relatives?"
    ),
    possessives=r"his|her|their",
    namesakes=r"related|relation|namesake",
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
    denies=(
        r"(?:denied|denies|deny|denying)(?= (?:that|any|all|having|doing|being|knowing|it|this|"
        r"wrongdoing|(?:the|these|those|such) (?:\w+ )?(?:accusation|allegation|charge|claim|"
        r"report|story|stories)s?)\b|[.,;]|$)|"
        r"(?:rejected|rejects|reject|dismissed|dismisses|dismiss|disputed|disputes|dispute|"
        r"refuted|refutes) (?:the|these|those|all|any|such) (?:\w+ )?"
        r"(?:accusation|allegation|charge|claim)s?\b"
    ),
    alleges=r"(?:alleged|alleges|allege|accused|accuses|accuse)\b",
    no_comment=(
        r"(?:declined|refused) to (?:comment|answer|say)|did not (?:immediately )?(?:respond|reply|"
        r"answer|return)|could not be reached"
    ),
    second_hand=(r"reportedly|allegedly|purportedly|rumou?red|it is understood|(?:is|are) said to"),
    unsaid=(
        r"(?:the|these|those|such|all|any) (?:\w+ )?"
        r"(?:accusation|allegation|charge|claim|report|story|stories)s?\b"
        r"(?! (?:that|of|about|to)\b)"
    ),
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
        r"he|she|it|they|him|her|his|hers|its|their|theirs|"
        r"this(?! (?:week|month|year|spring|summer|autumn|fall|winter|morning|afternoon)\b)|"
        r"these|that|those|such|but|and|or|"
        r"so|yet|however|moreover|furthermore|also|meanwhile|instead|still|then|thus|therefore|"
        r"nevertheless|nonetheless|similarly|likewise|otherwise|consequently|additionally|"
        r"in (?:it|this|these|that|those)|(?:none|all|some|most|many|one|two|three|both|each|"
        r"either) of (?:them|these|those)|neither|another|"
        r"the (?:latter|pair|same|former(?= (?:is|was|has|had|said)\b|,))"
    ),
    adds=r"also|too|another|not only|however|though",
    looks_back=(
        r"(?:\w+ )?(?:\w+ )?(?:years?|months?|weeks?|decades?|centur(?:y|ies)) (?:ago|earlier)|"
        r"earlier (?:this|in)|(?:last|the previous) (?:year|month|decade|century|spring|summer|"
        r"autumn|fall|winter)|(?:in|since|until|before) (?:[A-Z][a-z]+ )?(?:1[89]|20)\d\d|founded|"
        r"established|born|at (?:the|that) time|for (?:years|decades|centuries)|once"
    ),
    turns_back=r"but|however|yet|still|though|although|unless|only|not|except|then again|or",
    joined=((r"(?<=\w)n't\b", " not"), (r"\bcannot\b", "can not")),
    fillers="""
        a · an · the · be · been · being · is · are · was · were · am · have · has · had · having
        · do · does · did · to · of · also · now · still · already · yet · then · even · again ·
        ever · any · longer · his · her · its · their · our · my · your · this · that · these ·
        those · very · really · actually · immediately · currently · so · will · would · can ·
        could · may · might · shall · should · must · not · no · and · or · it · he · she · they ·
        we · i · you · who · which · there · in · on · at · by · for · with · as · from · into
    """,
    negations="""
        not · no · never · without · neither · nor · nobody · none · nothing · nowhere · no one ·
        hardly · scarcely · barely · !not only · !not just · !not merely · !not least · !not to
        mention · !no more than · !no less than · !no fewer than · !no later than · !no earlier
        than · !no doubt · !or not · !no matter · !not long · !if not
    """,
    negatives="""
        fail · fails · failed · failing · failure · refuse · refuses · refused · refusing ·
        refusal · decline · declines · declined · declining · deny · denies · denied · denying ·
        denial · reject · rejects · rejected · rejecting · rejection · unable · lack · lacks ·
        lacked · lacking · absence · absent · unlikely · rarely · seldom · few · little · only ·
        ban · bans · banned · banning · prevent · prevents · prevented · preventing · block ·
        blocks · blocked · blocking · bar · barred · barring · prohibit · prohibits · prohibited ·
        forbid · forbids · forbidden · stop · stops · stopped · stopping · halt · halted · end ·
        ended · cease · ceased · avoid · avoided · avoiding · miss · missed · missing · rule out ·
        ruled out · ruling out · refute · refuted · dispute · disputed · dismiss · dismissed ·
        oppose · opposed · opposes · opposition · against · instead · rather than · impossible ·
        illegal · unclear · unknown · uncertain · undecided · unresolved · unanswered · unchanged
        · unproven · untrue · false · wrong · unconfirmed · unaware · unwilling · unidentified ·
        unnamed · anonymity · anonymous · remain · remains · remained · yet to · away from ·
        cannot · zero · empty · free of · neglect · neglected · ignore · ignored · abandon ·
        abandoned · cancel · cancelled · canceled · scrap · scrapped · suspend · suspended ·
        withdrew · withdrawn · withhold · withheld · disagree · disagreed · doubt · doubts · too ·
        exclude · excluded · excluding · except · insufficient · inadequate · unfair · unnecessary
        · unhappy · dissatisfied · less · least · fewer · lost · loses · losing · resist ·
        resisted · skip · skipped
    """,
    exceptions="unless · without · until · except",
    restrictions="only",
    turns="but · unless · if · until · although · though · except",
    hedges="""
        may · might · could · perhaps · maybe · possibly · probably · likely · potentially ·
        presumably · apparently · seemingly · supposedly · purportedly · reportedly · allegedly ·
        arguably · conceivably · whether · rumoured · rumored · seem · seems · seemed · appear to ·
        appears to · appeared to · appear · appears · believed to · thought to · understood to ·
        suspected of · suspected to · said to · reported to · alleged to · expected to · expect ·
        expects · expected · set to · due to be · due to go · scheduled to · plan to · plans to ·
        planned to · planning to · plans for · intend to · intends to · intended to · hope to ·
        hopes to · hoped to · hoping to · aim to · aims to · aimed to · aiming to · want to · wants
        to · wanted to · wanted a · wants a · preferred · prefers · seek to · seeks to · sought to ·
        seeking to · considering · propose · proposes · proposed to · threaten to · threatens to ·
        threatened to · threatening to · try to · tries to · tried to · trying to · attempt to ·
        attempts to · attempted to · attempting to · suspect · suspects that · suspected that ·
        !could not · anticipated to · anticipate · anticipates · projected to · forecast to ·
        forecast · forecasts · predicted to · weighing · mull · mulls · mulling · !appear in ·
        !appears in · !appeared in · !appear on · !appears on · !appeared on · !appear before ·
        !appears before · !appeared before · !appear at · !appears at · !appeared at
    """,
    doubts="""
        alleged · suspected · potential · possible · apparent · purported · supposed · so-called ·
        proposed · planned · attempted · presumed · would-be · accused · allegations of ·
        allegation of · suspicion of · accusations of · claims of · rumours of · rumors of ·
        threat of · risk of · possibility of · attempt at
    """,
    abilities="able to · capable of · can",
    promises="""
        agree to · agrees to · agreed to · agreeing to · pledge to · pledges to · pledged to ·
        promise to · promises to · promised to · vow to · vows to · vowed to · offer to · offers
        to · offered to · commit to · commits to · committed to · decided to · decides to ·
        ordered to · asked to · urged to · told to · called on · want · wants · going to · about
        to · ready to · willing to
    """,
    futures="will · would · to · shall · should · must",
    conditions="""
        if · unless · provided that · provided the · subject to · on condition that · on the
        condition that · conditional on · contingent on · as long as · so long as · only if · only
        when · only after · depending on · depends on · depend on · depended on · pending · !even if
        · !as if · !what if · !if not · !if any · !if ever · !ask if · !asked if · !asking if ·
        !asks if · !wonder if · !wondered if · !know if · !knew if · !see if · !said if · !unclear
        if · !on condition of
    """,
    # Nationalities that no ending makes.
    same_names="""
        us usa america american americans; uk britain british; netherlands dutch; germany german
        germans; france french; spain spanish; poland polish poles; greece greek greeks; turkey
        turkish turks; sweden swedish swedes; denmark danish danes; ireland irish; scotland
        scottish scots; wales welsh; england english; switzerland swiss; philippines filipino
    """,
    opposites=OPPOSITES,
    relative_days=(("today", 0), ("tonight", 0), ("yesterday", -1), ("tomorrow", 1),
        ("day before yesterday", -2), ("day after tomorrow", 2),
    ),
    offices="""
        day president vice prime minister ministers ministry deputy premier chancellor governor
        mayor senator secretary general director chief chairman chairwoman chair head speaker
        spokesman spokeswoman ambassador consul judge justice prosecutor attorney commissioner
        colonel major captain lieutenant marshal admiral officer inspector professor doctor king
        queen prince princess pope patriarch bishop archbishop cardinal imam sheikh emir sultan
        father sister brother mr mrs ms dr parliament assembly senate house congress council court
        supreme constitutional appeal tribunal cabinet government state republic kingdom
        federation federal national union european nations international world global organisation
        organization committee commission agency authority administration department office bureau
        service services security interior foreign affairs defence defense finance health
        education transport economy agriculture culture labour labor energy environment justice
        police army navy air force forces armed guard bank central reserve fund exchange company
        corporation institute academy university college school hospital museum library theatre
        theater church cathedral mosque party democratic socialist liberal conservative people
        workers alliance movement front league association federation chamber commerce industry
        trade human rights red cross north south east west northern southern eastern western
        central middle river lake sea ocean mountain island street square avenue bridge airport
        station port city district region province territory peace treaty agreement constitution
        act law saint st christmas easter ramadan olympic games cup championship internet god
        civil contract
    """,
    speaking=(r"promis\w+|pledg\w+|vow\w*|conced\w+|admit\w*|dismiss\w*|reject\w*|den(?:y|ies|ied|ying)"
    r"|warn\w*|critici[sz]\w+|want\w*|call(?:s|ed)|prais\w+|hail\w*|blam\w+|fear\w*|accus\w+"
    r"|insist\w*|defend\w*|argu\w+|urg(?:e[sd]?|ing)|announc\w+|report(?:s|ed|edly)|view\w*"),
    adds_cause=(r"because|caus(?:e[sd]?|ing)|led to|leads? to|leading to|thanks to|owing to"
        r"|(?<!is )(?<!are )(?<!was )(?<!were )due to"
        r"|as a result|result(?:s|ed|ing)? (?:in|from)|driven by|drove|prompt(?:s|ed|ing)?"
        r"|trigger(?:s|ed|ing)?|therefore|blam(?:e[sd]?|ing)|spark(?:s|ed|ing)?|forc(?:e[sd]?|ing)"
        r"|stem(?:s|med) from|consequen\w+|in response to|attribut\w+|brought about"
        r" ¦ reasons?|why|amid|since|given|meaning|so that|over|result\w*|respon(?:se|d)\w*|cause"),
    adds_all=(r"all|every\w*|each|entire(?:ly)?|whole|wholly|fully|complete(?:ly)?|across the"
        r" ¦ any|both|full|total\w*|none"),
    adds_only=r"only|sole(?:ly)?|exclusive(?:ly)?|alone|merely ¦ just|but|single|except|unless",
    adds_ever=(r"first(?!-)|unprecedented|never|always|ever|forever|permanent\w*|not once"
        r" ¦ no longer"),
    adds_most=(r"most|largely|mainly|mostly|chiefly|primarily"
        r" ¦ majority|main|primary|more than half"),
    dead=r"killed|dead|died|deaths?|dies|casualties|fatalities|lives|bodies|drowned|death toll",
    hurt=r"injured|wounded|hurt|missing",
    number_words="12 dozen dozens · 5 lakh:5 lakhs:5 · 7 crore:7 crores:7 · 2 twofold · 3 triple",
    units=(("fortnight", "duration-fortnight"), ("fortnights", "duration-fortnight")),
    bounds=(
        (
            r"about|around|some|roughly|approximately|approx\.?|an estimated|estimated at|"
            r"close to|circa|in the region of|of the order of|or so|near|rounded to|~|≈"
        ),
        (
            r"(?:not?|never|(?:ca|wo|is|was|do|does|did|have|has|had|would|"
            r"could)n't)(?: (?!just|only|simply|merely)\w+)? (?:less|fewer|younger|shorter|"
            r"lower|smaller|lighter|cheaper|slower|closer|nearer) than|(?:more|older|longer|"
            r"higher|larger|bigger|heavier|taller|wider|deeper|faster|farther|greater) than|"
            r"over|above|at least|beyond|exceed(?:s|ed|ing)?|upwards of|north of|"
            r"a (?:little|bit) over|surpass(?:es|ed|ing)?|top(?:s|ped|ping)|in excess of|"
            r"a minimum of|past|>|≥"
        ),
        (
            r"(?:not?|never|(?:ca|wo|is|was|do|does|did|have|has|had|would|"
            r"could)n't)(?: (?!just|only|simply|merely)\w+)? (?:more|older|longer|higher|"
            r"larger|bigger|heavier|taller|wider|deeper|faster|farther|greater) than|"
            r"(?:less|fewer|younger|shorter|lower|smaller|lighter|cheaper|slower|closer|"
            r"nearer) than|under|below|nearly|almost|up to|at most|virtually|just short of|"
            r"as (?:many|much) as|a maximum of|within|not exceed(?:ing)?|<|≤"
        ),
    ),
    bounds_behind=(
        "or so|or thereabouts|-odd",
        r"or (?:more|over|longer|higher|older|farther|further)|at least|-plus|\+",
        "or (?:less|fewer|under|younger|shorter)|at (?:the )?most",
    ),
    parts=(
        "(?:an? )?half(?:[ -]an?)?",
        "(?:an? |one[ -])?quarter(?: of an?)?",
        "three[ -]quarters of an?",
        "one and a half",
    ),
    shares=(
        r"\b(?:(?P<top>an?|one|two|three|four)[ -](?P<part>third|quarter|fifth|tenth)s?(?=$|"
        r"[.,;:)]| (?:of|in|from|this|last|since|unless|if|and|on|to|by|less|more|than)\b)|"
        r"(?P<half>half (?=of\b|the\b)|(?<=by )half(?=$|[.,;:)]| (?:in|from|this|last|since|"
        r"on|to|over|within)\b)))"
    ),
    part_words=(r"half|halv\w+", "thirds?", "quarters?|fourths?", "fifths?", "tenths?"),
)  # fmt: skip
