"""Patterns that make an English sentence false, by kind of lie.

They are separate from the lists of the checks. A pattern matches only if the replacement isn't
supported by the sentence.
"""

Rewrites = tuple[tuple[str, str], ...]

FALSEHOODS: dict[str, Rewrites] = {
    # How many, how much, how often
    "some_to_all": (
        (r"\b(?:some|several|many|most|a few) (?:of )?(?=(?:the |its |their )?[a-z]+s\b)", "all "),
        (r"^(?:Some|Several|Many|Most|A few) (?:of )?(?=(?:the |its |their )?[a-z]+s\b)", "All "),
    ),
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
    "exactly_added": ((r"\b(?:nearly|almost|about|around|roughly) (?=[$£€]?\d)", "exactly "),),
    "bound_lost": ((r"\b(?:up to|at least|more than|less than|as many as) (?=[$£€]?\d)", ""),),
    "ordinal": (
        (r"(?<!per )\bsecond\b(?! (?:ago|later|half))", "fifth"),
        (r"\bthird\b", "ninth"),
        (r"\bfourth\b", "seventh"),
    ),
    # What is made greater, better or worse
    "superlative_added": (
        (r"\b(is|was|became|remains) an? (?=[a-z]+ [a-z]+)(?!few|lot|bit)", r"\1 the largest "),
    ),
    "adverb_added": (
        (r"\b(has|have|had|was|were) (?=(?!not)[a-z]+(?:ed|en)\b)", r"\1 illegally "),
        (r"\b(will) (?=(?!not|be)[a-z]+\b)", r"\1 secretly "),
    ),
    # What is sure, what is only said, meant or allowed
    "hedge_added": (
        (r"\b(was|were|is|are) (?=(?!not|to|a|the|so)[a-z]+(?:ed|en)\b)", r"\1 allegedly "),
        (r"\bwill (?!not)(?=[a-z]+)", "may "),
    ),
    "plan_to_done": (
        ((r"\b(?:plans|intends|expects|wants|aims|hopes|is going|is set|are set|plan|hope) to "
         r"(?=[a-z]+)"), "has begun to "),
        (r"\bwill be (?=[a-z]+ed\b)", "has been "),
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
    "said_to_admitted": (
        (r"\bsaid (?:that )?(?=(?:the|it|he|she|they|there)\b)", "admitted that "),
    ),
    "prefix": (
        (r"\b(likely|happy|safe|usual|known|fair|able|aware|official|healthy|popular|clear)\b",
         r"un\1"),
        (r"\b(possible|patient|perfect)\b", r"im\1"),
        (r"\b(appeared|agreed|approved|satisfied|connected)\b", r"dis\1"),
        (r"\blegal\b", "illegal"),
    ),
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
    "former_lost": ((r"\b(?:former|acting|deputy|vice|assistant) (?=[a-z]+)", ""),),
    "past_to_present": ((r"\bused to (?=[a-z]+)", "continues to "), (r"\bwas once\b", "is now")),
    "from_to_turned": ((r"\bfrom ([^,.;]{2,30}?) to ([^,.;]{2,30}?)(?=[,.;])", r"from \2 to \1"),),
    # When, under which condition, why
    "relative_time": (
        (r"\b[Ll]ast (year|month|week)\b", r"next \1"), (r"\b[Nn]ext (year|month|week)\b",
         r"last \1"), (r"\b[Tt]his (year|month|week)\b", r"last \1"),
        (r"\byesterday\b", "today"), (r"\btomorrow\b", "yesterday"),
    ),
    "or_to_and": ((r" or (?=[a-z]+)", " and "),),
    "after_to_because": ((r",? after (?=(?:[a-z]+ing|the|it|he|she|they)\b)", " because of "),),
    "consequence_added": ((r"(?<=[a-z])\.$", ", which led to protests."),),
    "place_added": ((r"(?<=[a-z])\.$", " in Helsinki."), (r"(?<=[a-z])\.$", " abroad.")),
}  # fmt: skip
"""Patterns and their replacements, as in `re.Match.expand`."""
