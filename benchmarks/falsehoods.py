"""By kind of lie, which words of a true sentence are written otherwise: English, by pattern.

Written apart from the lists of the checks. A pattern matches only where what is written instead
says something that the sentence does not hold.
"""

Rewrites = tuple[tuple[str, str], ...]

FALSEHOODS: dict[str, Rewrites] = {
    # How many, how much, how often
    "some_to_all": (
        (r"\b(?:some|several|many|most|a few) (?:of )?(?=(?:the |its |their )?[a-z]+s\b)", "all "),
        (r"^(?:Some|Several|Many|Most|A few) (?:of )?(?=(?:the |its |their )?[a-z]+s\b)", "All "),
    ),
    "one_to_all": (
        (
            (r"\b[Aa]n? (analyst|expert|official|critic|resident|witness|scientist|study|survey|"
            r"researcher|lawyer|neighbour|neighbor|fan|reporter) "),
            r"every \1 ",
        ),
        (r"\b[Oo]ne of (the [a-z]+s)\b", r"all of \1"),
    ),
    "one_of_lost": ((r"\bone of the ((?:most|best|first|\w+est)(?: [a-z]+){0,2}?)s\b", r"the \1"),),
    "only_added": (
        (r"\b(is|was|are|were) (?=the [a-z])", r"\1 only "),
        (r"^(The [a-z]+) (?=(?:is|was|has|will|said|are|were)\b)", r"Only the \1 "),
    ),
    "frequency": ((r"\b(?:sometimes|often|usually|occasionally|rarely|typically)\b", "always"),),
    "degree_added": (
        (
            r"\b(rose|fell|increased|grew|dropped|declined|climbed|improved|slowed|changed)\b",
            r"\1 sharply",
        ),
        (r"\b(?:slightly|somewhat|modestly|gradually)\b", "sharply"),
    ),
    "at_most_to_more": ((r"\b(?:nearly|almost|about|around|roughly) (?=[$£€]?\d)", "more than "),),
    "exactly_added": ((r"\b(?:nearly|almost|about|around|roughly) (?=[$£€]?\d)", "exactly "),),
    "bound_lost": ((r"\b(?:up to|at least|more than|less than|as many as) (?=[$£€]?\d)", ""),),
    "range_narrowed": ((r"\bbetween (\S+) and (?=[$£€]?\d)", ""),),
    "ordinal": (
        (r"\bsecond\b(?! (?:ago|later|half))", "fifth"),
        (r"\bthird\b", "ninth"),
        (r"\bfourth\b", "seventh"),
    ),
    "points": ((r"(\d[\d.]*) ?(?:%|percent|per cent)(?! points)", r"\1 percentage points"),),
    # What is made greater, better or worse
    "superlative_added": (
        (r"\b(is|was|became|remains) an? (?=[a-z]+ [a-z]+)(?!few|lot|bit)", r"\1 the largest "),
    ),
    "first_added": (
        (r"\b(is|was|became|remains) an? (?=[a-z]+)(?!few|lot|bit)", r"\1 the first "),
    ),
    "adjective_added": (
        (r"\b(The|the) (?=(?:company|group|team|government|agency|city|state|man|woman|police)\b)",
         r"\1 disgraced "),
        (r"\b(The|the) (?=(?:report|plan|project|deal|program|study|device|film|show|book)\b)",
         r"\1 secret "),
    ),
    "adverb_added": (
        (r"\b(has|have|had|was|were) (?=(?!not)[a-z]+(?:ed|en)\b)", r"\1 illegally "),
        (r"\b(will) (?=(?!not|be)[a-z]+\b)", r"\1 secretly "),
    ),
    "same_to_other": ((r"\b(the) same\b", r"\1 opposite"), (r"\bsimilar to\b", "unlike")),
    # What is sure, what is only said, meant or allowed
    "can_to_must": ((r"\b(?:could|can|may|might)(?! not| have)(?= [a-z]+)", "must"),),
    "hedge_added": (
        (r"\b(was|were|is|are) (?=(?!not|to|a|the|so)[a-z]+(?:ed|en)\b)", r"\1 allegedly "),
        (r"\bwill (?!not)(?=[a-z]+)", "may "),
    ),
    "plan_to_done": (
        ((r"\b(?:plans|intends|expects|wants|aims|hopes|is going|is set|are set|plan|hope) to "
         r"(?=[a-z]+)"), "has begun to "),
        (r"\bwill be (?=[a-z]+ed\b)", "has been "),
    ),
    "try_to_success": (
        (r"\b(?:tried|attempted|sought|is trying|are trying|wanted|hoped) to (?=[a-z]+)",
         "managed to "),
    ),
    "almost_lost": ((r"\b(?:almost|nearly|virtually) (?=[a-z]+ed\b)", ""),),
    "doubt_lost": (
        ((r"\b(alleged|suspected|possible|potential|proposed|planned|attempted|expected) "
         r"(?=[a-z]+)"), ""),
    ),
    "accused_to_convicted": (
        (r"\b(?:accused|suspected) of\b", "convicted of"),
        (r"\bcharged with\b", "convicted of"),
        (r"\bwas arrested\b", "was convicted"),
        (r"\ballegations\b", "proof"),
    ),
    "asked_to_ordered": (
        (r"\b(?:asked|urged|encouraged|invited|advised)(?= [\w ]{2,30} to [a-z])", "forced"),
        (r"\brecommended\b", "ordered"),
    ),
    "proposed_to_decided": (
        (r"\bproposed\b(?= (?:to|that|an?|the))", "decided on"),
        (r"\b(?:considering|weighing|discussing)\b", "carrying out"),
        (r"\bsuggests? that\b", "proves that"),
    ),
    "said_to_admitted": (
        (r"\bsaid (?:that )?(?=(?:the|it|he|she|they|there)\b)", "admitted that "),
    ),
    "said_to_promised": ((r"\bsaid (?:that )?(?=(?:it|he|she|they) (?:would|will))",
                          "promised that "),),
    "denied_to_admitted": ((r"\b(?:denied|denies|disputed|rejected)\b", "admitted"),),
    "agreed_to_refused": (
        (r"\b(?:agreed|decided|wants|wanted|hopes|plans|is expected|are expected) to\b",
         "refused to"),
    ),
    "able_to_unable": (
        (r"\b(is|was|are|were|be|been) able to\b", r"\1 unable to"),
        (r"\bmanaged to\b", "failed to"),
        (r"\bcan (?!not)(?=[a-z]+)", "cannot "),
    ),
    "prefix": (
        (r"\b(likely|happy|safe|usual|known|fair|able|aware|official|healthy|popular|clear)\b",
         r"un\1"),
        (r"\b(possible|patient|perfect)\b", r"im\1"),
        (r"\b(appeared|agreed|approved|satisfied|connected)\b", r"dis\1"),
        (r"\blegal\b", "illegal"),
    ),
    "called_to_is": ((r"\b(?:has been |was )?(?:called|described as|labelled|dubbed) (?=an? )",
                      "is "),),
    # Who, whose, which
    "gender": (
        (r"\bhe\b", "she"), (r"\bHe\b", "She"), (r"\bshe\b", "he"), (r"\bShe\b", "He"),
        (r"\bhis\b", "her"),
    ),
    "title": (
        (r"\b(?:president|director|founder|spokes(?:man|woman|person)|chairman)\b", "lawyer"),
        (r"\b(?:professor|doctor|researcher|scientist|analyst)\b", "lobbyist"),
        (r"\b(?:coach|captain|manager)\b", "owner"),
    ),
    "family": (
        (r"\b(?:son|brother|nephew)\b", "uncle"), (r"\b(?:daughter|sister)\b", "aunt"),
        (r"\bwife\b", "sister"), (r"\bhusband\b", "brother"), (r"\b(?:mother|father)\b", "cousin"),
    ),
    "former_lost": ((r"\b(?:former|acting|deputy|vice|assistant) (?=[a-z]+)", ""),),
    "past_to_present": ((r"\bused to (?=[a-z]+)", "continues to "), (r"\bwas once\b", "is now")),
    "passive_turned": (
        (r"^([A-Z][\w’' ]{2,40}?) (was|were) ([a-z]+ed) by ([^,.;]{3,40})(?=[,.;])",
         r"\4 \2 \3 by \1"),
    ),
    "object_turned": (
        ((r"\b((?:[A-Z][\w’-]+ ?){1,3}) (told|sued|beat|defeated|asked|met|hired|bought|acquired|"
         r"accused|criticized|praised|called|helped|joined|replaced|followed|led|backed|owns|owned)"
         r" ((?:[A-Z][\w’-]+ ?){1,3})\b"), r"\3 \2 \1"),
    ),
    "from_to_turned": ((r"\bfrom ([^,.;]{2,30}?) to ([^,.;]{2,30}?)(?=[,.;])", r"from \2 to \1"),),
    # When, under which condition, why
    "relative_time": (
        (r"\b[Ll]ast (year|month|week)\b", r"next \1"), (r"\b[Nn]ext (year|month|week)\b",
         r"last \1"), (r"\b[Tt]his (year|month|week)\b", r"last \1"),
        (r"\byesterday\b", "today"), (r"\btomorrow\b", "yesterday"),
    ),
    "time_of_day": (
        (r"\b(?:morning|afternoon)\b", "night"), (r"\b(?:evening|night)\b", "morning"),
    ),
    "or_to_and": ((r" or (?=[a-z]+)", " and "),),
    "except_lost": ((r",? (?:except|apart from|other than|excluding) [^,.;]+", ""),),
    "after_to_because": ((r",? after (?=(?:[a-z]+ing|the|it|he|she|they)\b)", " because of "),),
    "and_to_because": (
        (r", (?:and|while|but) (?=(?:the|it|he|she|they|we|I)\b)", ", because "),
    ),
    "purpose_added": ((r"(?<=[a-z])\.$", " in order to save money."),),
    "consequence_added": ((r"(?<=[a-z])\.$", ", which led to protests."),),
    "background_added": (
        (r"(?<=[a-z])\.$", " for the first time in a decade."),
        (r"(?<=[a-z])\.$", ", as had been widely expected."),
        (r"(?<=[a-z])\.$", ", despite fierce criticism."),
    ),
    "agreement_added": ((r"(?<=[a-z])\.$", ", and nobody disputes it."),),
    "place_added": ((r"(?<=[a-z])\.$", " in Helsinki."), (r"(?<=[a-z])\.$", " abroad.")),
}  # fmt: skip
"""What matches, and what is written instead, as in `re.Match.expand`."""
