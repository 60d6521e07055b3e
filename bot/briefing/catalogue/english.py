"""English, the language in which all others are compared."""

from bot.briefing.catalogue.entries import Catalogue

ENGLISH = Catalogue(
    locale="en_GB",
    thousands=",",
    decimal=".",
    quoted="“{words}”",
    singular=frozenset({1}),
    headings={
        "key_points": "Key points",
        "quotes": "In their words",
        "commitments": "Next steps",
        "timeline": "Timeline",
        "figures": "Figures",
        "unknowns": "What the sources do not say",
        "cautions": "Read with care",
        "unread": "Not read",
        "notes": "Notes",
    },
    says_nothing="The sources do not say.",
    not_found="No direct answer found.",
    comes_closest="This comes closest. Whether it answers the question is for you to judge.",
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
        "extractive": "Quoted from the source, no model",
        "openai": "AI-written, checked against the source",
    },
    read_by="Read by {model}",
    words="{count} word|{count} words",
    words_of="{read} of {count} words",
    checked="{count} line checked|{count} lines checked",
    judged_by="judged by {model}",
    unjudged="{count} not judged",
    word_for_word="word for word",
    compared="{checks} compared",
    not_judged="not judged",
    every_line="Every line: {how}.",
    own_lines="Lines the model wrote: {how}.",
    withheld="{count} withheld",
    by_hand="{count} edited by hand",
    unverified="{count} not verified",
    tokens="{count} tokens",
    about_tokens="about {count} tokens",
    estimated="{cost} (estimated)",
    seconds="{seconds} s",
    outlet="the outlet’s words",
    says="according to {speaker}",
    edited_by="edited by {name}",
    not_verified="not verified",
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
        "second_hand": "Unconfirmed",
        "single_source": "Single source",
        "denial": "Denial",
        "figures_disagree": "Figures disagree",
        "headline": "Headline",
        "addresses_machine": "Instructions to AI tools",
    },
    loaded="Loaded wording: {words}.",
    spelt="{one} is also spelt {other}.",
    to_machines="The source contains instructions aimed at AI tools; they were ignored.",
    last_of_list=" and ",
    made_before=(
        "Reused from an earlier request with the same sources and wishes; the model was not asked "
        "again."
    ),
    edited_elsewhere="Edits made in another version of this briefing are not in this one.",
    extracted="No model was used: every line is a sentence from the source.",
    nothing_to_quote=(
        "No model was used, and none of the source’s sentences is complete and short enough "
        "to be quoted alone. Open the source, or ask a question about it."
    ),
    cannot_translate="Translation needs a model; the lines are in the source’s language.",
    no_reader="Tailoring to a reader or an angle needs a model.",
    style_orders="Without a model, the style changes only the order of the sections.",
    mixed=(
        "Lines by the model: {written}. Sentences from the source, used where the model’s lines "
        "failed a check: {filled}."
    ),
    names_not_compared=(
        "In translated lines, numbers and dates were checked against the source; names and other "
        "words could not be."
    ),
    partly_read=(
        "Only the first {read} of {count} words of source {label} were read; the rest did not fit."
    ),
    parts_failed=(
        "Only {read} of {count} words of source {label} were read; the model failed on the rest."
    ),
    free_part=(
        "Only the free part of source {label} was read ({count} words); the rest is behind a "
        "paywall. Paste the text for a full briefing."
    ),
    live="Source {label} is a live page and may have changed since it was read.",
    goes_on="Only the first page of source {label} was read; the article continues.",
    alike="Sources {first} and {second} carry the same article and count as one.",
    unused="Nothing in this briefing comes from source {labels}.",
    joined="Compared with source {labels} from earlier in this thread.",
    house="House style applied: {words}.",
    not_repaired="Lines that failed a check were not rewritten: {why}",
    judge_failed="{count} line was not judged: {why}|{count} lines were not judged: {why}",
    left_out="The model skipped them.",
    model_failed="The model gave no usable answer.",
    model_follows=(
        "The model is still working. Its version will replace this one if it arrives within ten "
        "minutes."
    ),
    model_came=(
        "Updated at {time} with the model’s version; the first version may already have been "
        "forwarded."
    ),
    model_stayed_away="The model didn’t finish in time; this version is final.",
    model_stopped="The model was stopped; this version is final.",
    buttons={
        "evidence": "Evidence",
        "brief": "Brief",
        "paste": "Paste the text",
        "retry": "Retry",
        "anew": "Brief again",
        "stop": "Stop",
        "delete": "Delete",
        "shorter": "Shorter",
        "longer": "Full briefing",
        "first": "First version",
        "translate": "Translate",
        "ask": "Ask",
        "share": "Share",
        "export": "Export",
        "good": "Useful",
        "bad": "Not useful",
        "rewrite": "Rewrite",
        "drop": "Drop",
        "restore": "Restore",
        "mine": "Keep mine anyway",
        "earlier": "Keep the earlier line",
    },
    remade={
        "shorter": "Shorter version of this briefing",
        "longer": "Full briefing",
        "translated": "Translation of this briefing",
        "other": "Another version of this briefing",
    },
    delete_asked="Delete this reply?",
    delete_told="This deletes the reply and its stored sources. Exported files stay in the thread.",
    keep="Keep",
    close="Close",
    no_line="There are no lines to show evidence for.",
    above="Passage {reference} above",
    dropped="dropped",
    only_dropped="Lines that are the source’s own words can be dropped, but not rewritten.",
    your_version="Your version",
    checking="Checking your version against its passage…",
    withheld_lines="{count} line was withheld|{count} lines were withheld",
    refused_by_check="Failed a check: {why}",
    refused_by_judge="Rejected by the judge: {why}",
    in_doubt="Doubtful and not judged: {why}",
    checks={},
    unread={},
)
