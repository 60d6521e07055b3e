"""English, the language in which all others are compared."""

from bot.briefing.catalogue.entries import Catalogue

ENGLISH = Catalogue(
    locale="en_GB",
    thousands=",",
    decimal=".",
    full_stop=".",
    quoted="“{words}”",
    singular=frozenset({1}),
    headings={
        "key_points": "Key points",
        "quotes": "In their words",
        "commitments": "Who owes what",
        "timeline": "Timeline",
        "figures": "Figures",
        "unknowns": "What the sources do not say",
        "cautions": "Read with care",
        "unread": "Not read",
        "notes": "Notes",
    },
    says_nothing="The sources do not say.",
    not_found="No direct answer found.",
    nearest="Closest passages",
    differ="Where the sources differ: {about}",
    supported="in {witnesses} of {count} sources",
    alone="only in {label}",
    disputed="the sources differ",
    continued="{title} (continued)",
    part="Part {number} of {count}.",
    here="Here is the briefing.",
    pasted="Pasted text",
    untitled="Untitled text",
    page="p. {page}",
    engines={
        "extractive": "Extracted, no model",
        "openai": "AI-written, checked against the source",
    },
    words="{count} word|{count} words",
    words_of="{read} of {count} words",
    traced="{count} line traced|{count} lines traced",
    judged_by="judged by {model}",
    unjudged="{count} not judged",
    word_for_word="word for word",
    compared="{checks} compared",
    not_judged="not judged",
    every_line="Every line: {how}.",
    own_lines="What the model wrote: {how}.",
    withheld="{count} withheld",
    tokens="{count} tokens",
    about_tokens="about {count} tokens",
    estimated="{cost} (estimated)",
    seconds="{seconds} s",
    outlet="the outlet’s words",
    says="says {speaker}",
    statuses={
        "agreed": "agreed",
        "pledged": "pledged",
        "ordered": "ordered",
        "decided": "decided",
        "planned": "planned",
        "proposed": "proposed",
        "warned": "warned",
        "forecast": "forecast",
        "reported": "reported",
        "denied": "denied",
    },
    our_translation="our translation: {words}",
    kinds={
        "name_spelling": "Name spelling",
        "loaded_wording": "Loaded wording",
        "anonymous_source": "Anonymous source",
        "second_hand": "Second hand",
        "single_source": "Single source",
        "denial": "Denial",
        "figures_disagree": "Figures disagree",
        "headline": "Headline",
        "addresses_machine": "Addresses machine",
    },
    loaded="The outlet’s own words, not a fact: {words}.",
    spelt="{one} is also spelt {other}.",
    to_machines="The text speaks to machines here.",
    last_of_list=" and ",
    made_before="Made earlier of the same sources for the same wishes: no model was asked again.",
    extracted="Extracted, no model: every line is a sentence of the source.",
    cannot_translate=(
        "Without a model Readout can’t translate: the lines are in the source’s language."
    ),
    no_reader="Without a model Readout can’t write for a reader or an angle.",
    style_orders="Without a model the style changes the order of the sections and nothing else.",
    mixed=(
        "The model wrote {written} of these lines; {filled} are sentences of the source, put in "
        "by code where the model’s did not stand."
    ),
    names_compared=(
        "Translated lines were compared with the source by names, numbers and dates, not "
        "by their other words."
    ),
    names_not_compared=(
        "Translated lines were compared with the source by numbers and dates; names and "
        "other words could not be compared."
    ),
    partly_read=(
        "Of source {label} the first {read} of {count} words were read: the rest did not fit."
    ),
    parts_failed=(
        "Of source {label} {read} of {count} words were read: the model failed on the rest."
    ),
    free_part=(
        "Of source {label} only the free part was read ({count} words): the rest is for people "
        "who pay. Paste the text to have all of it briefed."
    ),
    live="Source {label} is a live page: it may say something else by now.",
    goes_on="Of source {label} only the first page was read: it goes on.",
    alike="Sources {first} and {second} carry the same article: they count once.",
    unused="No line rests on source {labels}.",
    joined="Compared with source {labels}, which this thread had before.",
    house="Written as this desk writes it: {words}.",
    not_repaired="Failed lines were not written anew: {why}",
    judge_failed="{count} line was not judged: {why}|{count} lines were not judged: {why}",
    left_out="The model left them out.",
    model_failed="The model gave no usable answer.",
    model_follows=(
        "The model is not done yet. Its version takes the place of this "
        "one if it comes within ten minutes."
    ),
    model_came="Updated at {time} with the model’s version; the first one may have been forwarded.",
    model_stayed_away="The model’s version did not come: this one stands.",
    model_stopped="The model’s version was stopped: this one stands.",
    buttons={
        "evidence": "Evidence",
        "brief": "Brief",
        "paste": "Paste the text",
        "retry": "Retry",
        "anew": "Brief it anew",
        "stop": "Stop",
        "delete": "Delete",
        "shorter": "Shorter",
        "longer": "Longer",
        "translate": "Translate…",
        "ask": "Ask",
        "share": "Share to…",
        "export": "Export as files",
        "good": "Useful",
        "bad": "Not useful",
    },
    delete_asked="Delete this reply?",
    delete_told="The reply goes, and what was read and kept for this request with it.",
    keep="Keep",
    close="Close",
    no_line="There is no line to show a passage for.",
    withheld_lines="{count} line was withheld:|{count} lines were withheld:",
    refused_by_check="Refused by a check: {why}",
    refused_by_judge="Refused by the judge: {why}",
    in_doubt="In doubt, and not judged: {why}",
    checks={},
    unread={},
)
