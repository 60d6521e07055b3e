"""Which English words for directions say the opposite of each other?

Only where swapping one for the other tells another story: closed, and short enough to read.
"""

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
