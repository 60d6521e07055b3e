"""English."""

from bot.evaluation.words.table import Words

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
