"""Replies stay within Slack's limits, and no text of others works as a link, mention or markup."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from bot.briefing.catalogue import ENGLISH, catalogue
from bot.briefing.documents import Passage, Span
from bot.briefing.lines import (
    Briefing,
    Caution,
    Change,
    EarlierLine,
    EarlierReply,
    Edited,
    Line,
    Reason,
    Receipt,
    RemadeHow,
    Remake,
    Rewritten,
    Since,
    Support,
    Unread,
    Withheld,
)
from bot.briefing.requests import Length, Wishes
from bot.service.ports import Mention, Notice, Outcome
from bot.slack.blocks import Message, messages
from bot.slack.evidence import AFTER, BEFORE, Page, evidence_view
from bot.slack.rich_text import heading, pieces, safe_mrkdwn
from bot.slack.statements import statement
from tests.slack.examples import answer, briefing, document, line, mention
from tests.slack.workspace import control_of

_TOKEN = re.compile(r"<[!@#]|<https?:|<mailto:", re.IGNORECASE)
_HOST = re.compile(r"https?://|[^\W_]\.[^\W\d_]{2,}", re.IGNORECASE)

HOSTILE = st.sampled_from(
    ["<!channel>", "<!here|x>", "<@U1>", "<https://evil.example|bank>", "https://evil.example/x",
     "evil.example", "@channel", "&lt;!channel&gt;", "*bold*", "_", "`", "a@b.example", "x" * 400]
)  # fmt: skip
WORDS = st.lists(HOSTILE | st.text(min_size=1, max_size=40), min_size=1, max_size=6).map(" ".join)


def all_strings(thing: Any) -> Iterator[tuple[str, str]]:
    """Every string in a payload, with the type of the object that it is in."""
    if isinstance(thing, dict):
        for value in thing.values():
            if isinstance(value, str):
                yield str(thing.get("type")), value
            yield from all_strings(value)
    elif isinstance(thing, (list, tuple)):
        for each in thing:
            yield from all_strings(each)


def parsed_strings(shown: tuple[Message, ...]) -> Iterator[str]:
    """What Slack parses: the texts, mrkdwn objects, and the texts without blocks."""
    for message in shown:
        yield message.text
        yield from pieces(message.blocks)
        yield from (text for kind, text in all_strings(message.blocks) if kind == "mrkdwn")


def links(thing: Any) -> set[str]:
    if isinstance(thing, dict):
        own = {thing["url"]} if "url" in thing else set()
        return own.union(*map(links, thing.values()))
    return set().union(*map(links, thing)) if isinstance(thing, (list, tuple)) else set()


def size(thing: Any) -> int:
    return sum(len(text) for kind, text in all_strings(thing) if kind != "button")


def check_limits(shown: tuple[Message, ...]) -> None:
    assert shown
    for message in shown:
        assert message.text.strip()
        assert len(message.text) <= 4_000
        assert 1 <= len(message.blocks) <= 50
        assert size(message.blocks) < 12_000
        for block in message.blocks:
            check_block(block)


def check_block(block: dict[str, Any]) -> None:
    parsed = Block.parse(block)
    assert parsed is not None
    parsed.validate_json()
    assert all(text for _, text in all_strings(block))
    if block["type"] == "context":
        assert len(block["elements"]) <= 10
        assert all(len(each["text"]) <= 3_000 for each in block["elements"])
    if block["type"] == "actions":
        assert all(len(each.get("value", "")) <= 2_000 for each in block["elements"])
        for option in (o for each in block["elements"] for o in each.get("options", [])):
            assert len(option["value"]) <= 150


def hostile_briefing(words: str) -> Briefing:
    """A briefing in which every word of source, writer and asker is ``words``."""
    source = document(words, title=words, outlet=words, author=words, url="https://ok.example/a")
    full = briefing(document(), documents=(source,))
    bad = Line(words, "attributed", words, (source.passage(1),))
    then = EarlierLine(words, bad.evidence, EARLIER, words)
    change = Change(
        words, "event", words, bad.evidence, kind="changed", then=(then,), before=words, after=words
    )
    return replace(
        full,
        since=Since((replace(EARLIER, title=words),), (change,)),
        headline=bad,
        bottom_line=replace(bad, voice="outlet"),
        key_points=(bad,),
        quotes=tuple(replace(q, text=words, speaker=words, role=words) for q in full.quotes),
        commitments=tuple(replace(c, actor=words, action=words) for c in full.commitments),
        timeline=tuple(replace(e, when=words, text=words) for e in full.timeline),
        figures=tuple(replace(f, figure=words, unit=words) for f in full.figures),
        cautions=tuple(replace(c, text=words) for c in full.cautions),
        unknowns=tuple(replace(u, text=words) for u in full.unknowns),
        unread=(Unread(words, "network", words),),
        notes=(words,),
    )


@pytest.mark.parametrize(
    "outcome",
    [
        pytest.param(briefing(), id="briefing"),
        pytest.param(answer(), id="answer"),
        pytest.param(answer(lines=()), id="silence"),
        pytest.param(answer(lines=(), nearest=(line("Near.", document()),)), id="nearest"),
        pytest.param(answer(lines=(), is_known=False), id="nobody knows"),
        pytest.param(Notice("One.\nTwo.", retry=True), id="notice"),
        pytest.param(Notice("Help."), id="help"),
    ],
)
def test_every_reply_keeps_the_limits(outcome: Outcome) -> None:
    check_limits(messages(outcome, mention()))


@given(words=WORDS)
@example(words="x" * 496 + "evil.example")  # cut at the dot in a text without blocks
@example(words="x" * 497 + "evil.example")
@example(words="x" * 499 + "https://evil")
def test_text_from_outside_never_becomes_markup(words: str) -> None:
    shown = messages(hostile_briefing(words), mention())

    check_limits(shown)
    for text in parsed_strings(shown):
        assert not _TOKEN.search(text)
        assert not _HOST.search(text)
    ours = ("https://ok.example/", "https://example.org/rail")
    assert all(url.startswith(ours) for message in shown for url in links(message.blocks))


@given(words=WORDS)
def test_text_from_outside_never_becomes_markup_in_answers_and_notices(words: str) -> None:
    source = document(words, url=None)
    said = (line(words, source),)
    outcome = replace(answer(), documents=(source,), lines=said, notes=(words,))
    shown = (*messages(outcome, mention()), *messages(Notice(f"No: {words}"), mention()))

    assert not any(_TOKEN.search(text) or _HOST.search(text) for text in parsed_strings(shown))
    assert not set().union(*(links(message.blocks) for message in shown))


def test_markup_is_escaped() -> None:
    assert safe_mrkdwn("a <b> & &lt;") == "a &lt;b&gt; &amp; &amp;lt;"


def test_an_address_of_another_scheme_is_not_linked() -> None:
    source = document(url="javascript:alert(1)", has_fragments=False)

    assert not links(list(messages(briefing(source), mention())[0].blocks))


@settings(max_examples=25)
@given(count=st.integers(1, 150), length=st.integers(1, 400))
def test_a_long_briefing_is_split_between_lines(count: int, length: int) -> None:
    source = document()
    points = tuple(line(f"{n}:" + "x" * length, source, 2) for n in range(count))
    shown = messages(briefing(source, key_points=points), mention())

    check_limits(shown)
    flat = json.dumps([message.blocks for message in shown])
    assert all(point.text in flat for point in points)
    assert len(re.findall("evidence.v1", flat)) == 1
    assert "evidence.v1" in json.dumps(shown[-1].blocks)


def test_an_endless_sentence_is_cut() -> None:
    source = document("x" * 30_000)

    endless = (line("y" * 30_000, source),)
    outcome = replace(briefing(), documents=(source,), key_points=endless)
    check_limits(messages(outcome, mention()))


def flat_text(outcome: Outcome) -> str:
    return "\n".join("\n".join(pieces(each.blocks)) for each in messages(outcome, mention()))


def test_a_briefing_reads_well() -> None:
    assert flat_text(briefing()).replace("\u2060", "") == (
        "Ministers to meet again in May A1\n"
        "The Daily\n"
        "The two agreed to reopen the line. A2\n"
        "Where the sources differ: who pays\n"
        "• A · The Daily: A pays. A1\n"
        "• A · The Daily: B pays. A1\n"
        "Key points\n"
        "• Borland denied that it had asked. A4\n"
        "• It never asked for money. (according to Borland) A4\n"
        "• The talks were a charade. A1 A2\n"
        "Next steps\n"
        "• Arland and Borland → reopen the line · by 1 June · if inspectors clear the bridge "
        "(agreed) A2\n"
        "In their words\n"
        "• “We will not pay for the bridge alone” — Dana Oru, minister A3\n"
        "Timeline\n"
        "• on Monday: The two agreed. A2\n"
        "Figures\n"
        "• two ministers: Two ministers met. A2\n"
        "Read with care\n"
        "• Borland denies that it asked. A4\n"
        "What the sources do not say\n"
        "• What the bridge costs is not said.\n"
        "Not read\n"
        "• https://example.org/2: It did not answer.\n"
        "Without a model Readout can’t translate.\n"
        "Quoted from the source, no model · 9 lines checked · 1 withheld · 52 words"
    )


@pytest.mark.parametrize(
    ("outcome", "buttons"),
    [
        pytest.param(briefing(unread=()), "evidence longer ask more", id="briefing"),
        pytest.param(briefing(), "evidence longer ask retry more", id="a-source-was-unreachable"),
        pytest.param(
            briefing(unread=(), awaits=1.0), "evidence longer ask stop more", id="awaiting"
        ),
        pytest.param(answer(), "evidence ask more", id="answer"),
        pytest.param(Notice("No.", retry=True), "retry delete", id="failure"),
        pytest.param(Notice("Help."), "", id="help"),
    ],
)
def test_each_kind_of_reply_has_its_buttons(outcome: Outcome, buttons: str) -> None:
    row, _ = row_and_menu(outcome, mention(direct=True))
    assert [name for name in named(row) if name in _OF_ROWS] == buttons.split()
    assert all(each.get("value", mention().key) == mention().key for each in row)


_OF_ROWS = ("evidence", "longer", "ask", "stop", "retry", "delete", "more")
"""The controls that these tests are about; others may stand beside them."""


def named(row: list[dict[str, Any]]) -> list[str]:
    """The names of the controls in a row."""
    return [each["action_id"].partition(".")[0] for each in row]


def row_and_menu(outcome: Outcome, asked: Mention) -> tuple[list[dict[str, Any]], list[str]]:
    """The controls of the first row under a reply, and the names of the entries of its menu."""
    (shown,) = messages(outcome, asked)
    rows = [block["elements"] for block in shown.blocks if block["type"] == "actions"]
    row = rows[0] if rows else []
    options = [each["value"] for element in row for each in element.get("options", [])]
    assert all(value.endswith(f":{asked.key}") for value in options)
    return row, [value.partition(":")[0] for value in options]


@pytest.mark.parametrize("is_version", [False, True])
@pytest.mark.parametrize("length", ["short", "standard", "long"])
def test_a_version_offers_the_way_back_instead_of_its_own_length(
    length: Length, is_version: bool
) -> None:
    first = mention().key if is_version else None
    row, menu = row_and_menu(briefing(), mention(wishes=Wishes(length=length), version_of=first))
    back = ["first"] if is_version else []

    longer = back if length == "long" else ["longer"]
    assert [name for name in named(row) if name in ("longer", "first")] == longer
    shorter = back if length == "short" else ["shorter"]
    assert menu == [*shorter, "translate", "share", "export", "delete"]


def test_the_menu_of_an_answer_has_what_makes_sense_there() -> None:
    _, menu = row_and_menu(answer(), mention())
    assert menu == ["share", "export", "delete"]


def test_in_channels_at_most_three_questions_that_the_briefing_raises_are_suggested() -> None:
    said = [replace(briefing().quotes[0], speaker=name) for name in ("Dana Oru", "Edda Lorn")]
    by_model = replace(briefing().receipt, engine="openai", model="m-1")
    full = briefing(quotes=tuple(said), receipt=by_model)
    rows = [b["elements"] for b in messages(full, mention())[0].blocks if b["type"] == "actions"]
    asked = [each["text"]["text"] for each in rows[1]]

    assert asked == ["What did Dana Oru say?", "What did Edda Lorn say?", "What was agreed?"]
    assert [each["value"] for each in rows[1]] == [f"{mention().key} {each}" for each in asked]
    (alone,) = messages(full, mention(direct=True))
    assert sum(block["type"] == "actions" for block in alone.blocks) == 1


@pytest.mark.parametrize("how", get_args(RemadeHow))
def test_a_version_in_a_new_reply_links_to_the_one_that_it_was_made_from(how: RemadeHow) -> None:
    other = briefing(remake=Remake("msg:T1:C1:1.1", how), language="de")
    link = "https://acme.slack.test/archives/C1/p1"
    (shown,) = messages(other, mention(), {"msg:T1:C1:1.1": link})

    (element,) = shown.blocks[0]["elements"]
    assert element["text"] == f"<{link}|{catalogue('de').remade[how]}>"
    assert messages(other, mention()) == messages(briefing(language="de"), mention())


EARLIER = EarlierReply("msg:T1:C1:0.5", "0.5", "2031-05-12", "Ministers to meet")
OLDER = EarlierReply("msg:T1:C1:0.4", "0.4", "2031-05-10", "Ministers met")
LINKS_TO_REPLIES = {
    each.key: f"https://acme.slack.test/archives/C1/p{each.thread}" for each in (EARLIER, OLDER)
}


def changed(**fields: Any) -> Briefing:
    """A briefing that opens with a day that has changed since the one before."""
    source = document()
    was = Passage(
        "A", 0, 9, "It reopens by 1 May, <!channel> said.", "A7", None, "https://a.test/1"
    )
    then = EarlierLine("The line reopens by 1 May.", (was,), EARLIER, "Arland Post")
    day = Change(
        "The northern rail line is to reopen by 1 June, not by 1 May.", "event", None,
        (source.passage(2),), kind="changed", then=(then,), before="by 1 May", after="by 1 June",
        judge="judge-1",
    )  # fmt: skip
    new = Change(
        "Borland denied that it had asked.", "event", None, (source.passage(4),), kind="new"
    )
    since = Since((EARLIER, OLDER), (day, new), (Rewritten("A", "2031-05-12"),))
    return briefing(**({"since": since} | fields))


def test_what_is_new_is_above_the_headline_with_links_to_both_sources() -> None:
    shown = messages(changed(), mention(), LINKS_TO_REPLIES)
    check_limits(shown)
    heading, changes, rewritten, *_ = shown[0].blocks
    assert heading["text"]["text"] == "Since 12 May"
    day, new = changes["elements"][0]["elements"]
    told = "".join(each["text"] for each in day["elements"])
    assert told == (
        "Changed: by 1 May → by 1 June. The northern rail line is to reopen by 1 June, not by "
        "1 May. A2 · briefed on 12 May"
    )
    assert day["elements"][-1]["url"] == LINKS_TO_REPLIES[EARLIER.key]
    assert new["elements"][0]["text"] == "New: "
    text = rewritten["elements"][0]["text"]
    assert text == "The page of source A has changed since 12 May."


def test_that_no_model_was_used_is_said_once() -> None:
    shown = str(messages(briefing(notes=(ENGLISH.extracted, "Other.")), mention())[-1].blocks)
    assert ENGLISH.extracted not in shown
    assert "Other.\\n" in shown


def test_a_reply_that_is_gone_is_named_by_its_day_and_not_linked() -> None:
    shown = messages(changed(), mention())
    assert not links(shown[0].blocks) & {*LINKS_TO_REPLIES.values()}
    assert "briefed on 12 May" in "".join(pieces(shown[0].blocks))


def test_without_changes_the_earlier_replies_are_linked_one_a_day() -> None:
    silent = briefing(since=Since((EARLIER, EARLIER, OLDER)))
    note = messages(silent, mention(), LINKS_TO_REPLIES)[0].blocks[0]["elements"][0]["text"]
    days = ((EARLIER, "12 May"), (OLDER, "10 May"))
    dated = [f"<{LINKS_TO_REPLIES[each.key]}|{day}>" for each, day in days]
    assert note == f"Briefed here before: {', '.join(dated)}"
    assert "12 May" not in str(messages(silent, mention()))
    assert control_of("story", [*messages(silent, mention())[0].blocks])
    assert not control_of("story", [*messages(briefing(), mention())[0].blocks])


def test_a_line_that_was_briefed_before_says_when() -> None:
    point = replace(line("Borland denied it.", document()), told="2031-05-12")
    (shown,) = messages(briefing(key_points=(point,)), mention())
    assert "Borland denied it. (briefed on 12 May)" in "".join(pieces(shown.blocks))


def test_the_evidence_of_a_change_has_the_passages_of_now_and_of_then() -> None:
    blocks = evidence_view(changed(), Page("k"))["blocks"]
    text = "\n".join(pieces(tuple(b for b in blocks if b["type"] != "actions")))
    assert text.index("Since 12 May") < text.index("Changed: The northern rail line is to reopen")
    assert "judged by judge-1" in text
    for told in (
        "briefed on 12 May · Arland Post",
        "The line reopens by 1 May.",
        "It reopens by 1 May",
    ):
        assert told in text
    assert "https://a.test/1" in links(blocks)
    assert all("<!channel>" not in said for _, said in all_strings(blocks) if _ == "mrkdwn")


def test_an_answer_to_a_question_from_a_dialog_shows_the_question() -> None:
    (shown,) = messages(answer(), mention(key="msg:T1:C1:1.1:ask:V1", intent="follow_up"))

    assert shown.blocks[0]["elements"][0]["elements"][0]["text"] == "Who pays?"


def test_an_answer_about_new_sources_offers_their_briefing() -> None:
    asked = mention(intent="ask", sources=(object(),))
    (shown,) = messages(answer(), asked)

    assert "brief.v1" in json.dumps(shown.blocks)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("A note.", "• A note. A4", id="a-note"),
        pytest.param("Borland denied that it had asked for money.",
                     "• Unconfirmed: “Borland denied that it had asked for money.” A4",
                     id="a-sentence-of-the-source"),
    ],
)  # fmt: skip
def test_cautions_say_whose_words_they_are(text: str, shown: str) -> None:
    noted = (Caution(text, (document().passage(4),), kind="second_hand"),)

    assert shown in flat_text(briefing(cautions=noted))


@pytest.mark.parametrize(("count", "are_at_the_top"), [(1, True), (3, True), (4, False)])
def test_a_few_sources_are_named_under_the_headline_and_more_at_the_foot(
    count: int, are_at_the_top: bool
) -> None:
    sources = tuple(document(label=label, outlet="Gale Report") for label in "ABCD"[:count])
    shown = flat_text(replace(briefing(), documents=sources, differences=()))
    assert shown.count("Gale Report") == count
    assert (shown.index("Gale Report") < shown.index("The two agreed")) == are_at_the_top


def test_the_title_of_a_section_is_a_heading_in_the_size_of_its_text() -> None:
    headers = [
        block
        for message in messages(briefing(), mention())
        for block in message.blocks
        if block["type"] == "header"
    ]
    assert [each["text"]["text"] for each in headers][:2] == [
        "Where the sources differ: who pays",
        "Key points",
    ]
    assert {each["level"] for each in headers} == {4}


def test_a_heading_is_cut_to_the_length_that_slack_accepts() -> None:
    assert len(heading("x" * 151)["text"]["text"]) == 150


def test_an_unanswered_question_says_that_the_sources_do_not_say() -> None:
    assert flat_text(answer(lines=(), nearest=(line("Near.", document()),))).startswith(
        "The sources do not say.\nClosest passages\n• Near. A1\n"
    )


def test_without_a_model_the_closest_passages_are_shown_without_a_verdict() -> None:
    near = (line("Near.", document()),)
    unknown = answer(lines=(), nearest=near, is_known=False)
    said = "This comes closest. Whether it answers the question is for you to judge."
    assert flat_text(unknown).startswith(f"{said}\n• Near. A1\n")
    assert messages(unknown, mention())[0].text == said


def test_if_nothing_comes_close_the_reply_says_that_nothing_was_found() -> None:
    unknown = answer(lines=(), is_known=False)
    assert flat_text(unknown).startswith("No direct answer found.\n")


def test_each_reference_appears_once_and_links_to_its_passage() -> None:
    source = document()
    twice = Line("x", "event", None, (source.passage(2), source.passage(2), source.passage(1)))
    marks = [each for each in statement(twice, ENGLISH) if each["type"] == "link"]

    assert [(each["text"], each["url"]) for each in marks] == [
        ("A2", source.passage(2).url),
        ("A1", source.passage(1).url),
    ]


def test_a_line_says_how_many_of_several_sources_support_it() -> None:
    supported = replace(line("It rained.", document()), support=Support(("A", "C"), 2, 3))
    disputed = replace(supported, support=Support(("B",), 1, 3, is_disputed=True))
    told = flat_text(briefing(key_points=(supported, disputed)))

    assert "• It rained. (in 2 of 3 sources) A1" in told
    assert "• It rained. (the sources differ) A1" in told


def test_all_remarks_on_a_line_are_in_one_pair_of_brackets() -> None:
    said = line("It rained.", document(), voice="attributed", speaker="Ann")
    borne = replace(said, support=Support(("A", "C"), 2, 3))

    assert "• It rained. (according to Ann; in 2 of 3 sources) A1" in flat_text(
        briefing(key_points=(borne,))
    )


def test_a_speaker_whom_the_line_names_by_an_abbreviation_is_not_named_again() -> None:
    full = "the Centre for Disease Control (CDC) in the US"
    named = line("The CDC says that it rained.", document(), voice="attributed", speaker=full)
    other = line("The US says that it rained.", document(), voice="attributed", speaker=full)

    told = flat_text(briefing(key_points=(named, other)))
    assert "• The CDC says that it rained. A1" in told
    assert f"• The US says that it rained. (according to {full}) A1" in told


def test_the_evidence_modal_shows_passages() -> None:
    view = evidence_view(briefing(), Page("k"))

    assert "if inspectors clear the bridge" in json.dumps(view)
    for block in view["blocks"]:
        check_block(block)


def test_a_sentence_of_the_source_appears_once_in_the_evidence() -> None:
    source = document()
    said = Line(source.passage(4).text, "event", None, (source.passage(4), source.passage(2)))
    shown = evidence_view(briefing(source, headline=said), Page("k"))["blocks"][:5]

    assert [block["type"] for block in shown] == [
        "context", "rich_text", "context", "rich_text", "divider",
    ]  # fmt: skip
    assert json.dumps(shown[:4]).count("Borland denied that it had asked for money.") == 1


def test_the_evidence_modal_strikes_out_withheld_words_and_says_why() -> None:
    *_, counted, struck = evidence_view(briefing(), Page("k", is_unfolded=True))["blocks"]
    line, reasons = struck["elements"]

    assert "1 line was withheld" in json.dumps(counted)
    assert line["elements"] == [
        {"type": "text", "text": "It costs 3 million.", "style": {"strike": True}}
    ]
    assert reasons["elements"] == [{"type": "text", "text": "Failed a check: No."}]


@pytest.mark.parametrize(
    ("language", "proof", "judge", "doubt"),
    [
        (
            "en",
            "Failed a check: No 3.",
            "Rejected by the judge: “A4 says it may”",
            "Doubtful and not judged: No “may”.",
        ),
        (
            "de",
            "Prüfung nicht bestanden: Zahlen",
            "Vom Prüfmodell abgelehnt: „A4 says it may“",
            "Zweifelhaft und nicht beurteilt: Vorbehalte",
        ),
    ],
)
def test_a_proof_the_judge_and_a_doubt_are_distinguished(
    language: str, proof: str, judge: str, doubt: str
) -> None:
    reasons = (
        Reason("numbers", "No 3."),
        Reason("judge", "A4 says it may", "judge"),
        Reason("hedges", "No “may”.", "doubt"),
    )
    withheld = tuple(Withheld("key_points", "x", (each,), ()) for each in reasons)
    unfolded = Page("k", is_unfolded=True)
    blocks = evidence_view(briefing(withheld=withheld, language=language), unfolded)["blocks"]

    told = [block["elements"][-1]["elements"][0]["text"] for block in blocks[-3:]]
    assert told == [proof, judge, doubt]


@given(problem=WORDS)
@settings(max_examples=30)
def test_text_from_a_judge_never_becomes_markup(problem: str) -> None:
    reason = Reason("judge", problem, "judge")
    told = Withheld("key_points", "It costs 3 million.", (reason,), ())
    unfolded = Page("k", is_unfolded=True)
    *_, struck = evidence_view(briefing(withheld=(told,)), unfolded)["blocks"]
    check_block(struck)
    assert {part["type"] for each in struck["elements"] for part in each["elements"]} == {"text"}
    said = struck["elements"][-1]["elements"][0]["text"]
    assert not _HOST.search(said)
    assert not _TOKEN.search(said)


def briefing_of_model(*judges: str | None) -> Briefing:
    """A briefing of a model, with a copied sentence and a line for each of ``judges``."""
    source = document()
    points = [
        line(f"The two agreed to reopen {number} lines on Monday.", source, 2, judge=judge)
        for number, judge in enumerate(judges, 3)
    ]
    copied = line(source.sentence(4), source, 4)
    receipt = Receipt("openai", "0.2.0", "m").with_counts([copied, *points], ())
    return Briefing((source,), (40,), receipt, headline=copied, key_points=tuple(points))


def verified_ways(shown: Briefing) -> list[str]:
    """What the evidence says above all lines, and behind each."""
    texts = [text for _, text in all_strings(evidence_view(shown, Page("k"))["blocks"])]
    return [text.strip() for text in texts if re.match(r" \(|Lines the model|Every line", text)]


def test_how_lines_were_verified_is_stated_once_if_it_is_the_same_for_all() -> None:
    assert verified_ways(briefing_of_model("judge-1", "judge-1")) == [
        "Lines the model wrote: judged by judge-1.",
        "(word for word)",
        "(numbers and dates compared)",
        "(numbers and dates compared)",
    ]
    assert verified_ways(briefing_of_model(None))[0] == "Lines the model wrote: not judged."


def test_an_edited_line_does_not_change_what_is_stated_about_the_model_s_lines() -> None:
    shown = briefing_of_model("judge-1", None)
    judged, own = shown.key_points
    points = (judged, replace(own, edited=Edited("Ana")))
    receipt = shown.receipt.with_counts([*filter(None, [shown.headline]), *points], ())
    assert verified_ways(replace(shown, receipt=receipt, key_points=points)) == [
        "Lines the model wrote: judged by judge-1.",
        "(word for word)",
        "(numbers and dates compared)",
        "(not judged · edited by Ana; numbers and dates compared)",
    ]


def test_how_a_line_was_verified_is_stated_beside_it_if_lines_differ() -> None:
    assert verified_ways(briefing_of_model("judge-1", None)) == [
        "(word for word)",
        "(numbers and dates compared; judged by judge-1)",
        "(numbers and dates compared; not judged)",
    ]


def test_if_every_line_was_copied_no_judge_is_mentioned() -> None:
    source = document()
    points = (line(source.sentence(4), source, 4), line(source.sentence(2), source, 2))
    receipt = Receipt("extractive", "0.2.0").with_counts(points, ())
    shown = Briefing((source,), (40,), receipt, key_points=points)
    assert verified_ways(shown) == ["Every line: word for word."]


def test_of_filtered_text_only_the_reason_is_shown() -> None:
    stopped = Withheld("key_points", "See <!here>.", (Reason("output", "It has a mention."),), ())
    shown = json.dumps(evidence_view(briefing(withheld=(stopped,)), Page("k", is_unfolded=True)))

    assert "It has a mention." in shown
    assert "See " not in shown


def test_withheld_text_never_becomes_markup() -> None:
    told = Withheld("key_points", "See evil.example, @ann.", (Reason("numbers", "No 3."),), ())
    view = evidence_view(briefing(withheld=(told,)), Page("k", is_unfolded=True))
    shown = json.dumps(view, ensure_ascii=False)

    assert not re.search(r"evil\.example|@ann", shown)


def test_the_evidence_modal_shows_the_page_of_a_passage() -> None:
    source = replace(document(), pages=(Span(0, 40), Span(40, 10_000)))
    view = evidence_view(briefing(source, key_points=(line("It reopens.", source),)), Page("k"))

    assert ", p. 2" in json.dumps(view)


@pytest.mark.parametrize(("length", "letter"), [(10, "x"), (4_000, "x"), (4_000, "ж")])
def test_the_evidence_modal_has_pages(length: int, letter: str) -> None:
    source = document()
    points = tuple(line(f"{number} " + letter * length, source) for number in range(120))
    shown, page, is_last = [], 0, False
    while not is_last:
        view = evidence_view(briefing(source, key_points=points), Page("msg:T:C:1", page))
        assert len(view["blocks"]) <= 100
        assert len(json.dumps(view, ensure_ascii=False).encode()) < 250_000
        lines = [block for block in view["blocks"] if block["type"] == "rich_text"]
        shown += [block["elements"][0]["elements"][0]["text"] for block in lines]
        turning = {each["action_id"]: each["value"] for each in view["blocks"][-1]["elements"]}
        assert turning.get(BEFORE) == (str(page - 1) if page else None)
        is_last = AFTER not in turning
        page += 1

    assert [p.text[:9] for p in points] == [each[:9] for each in shown if letter * 5 in each]
    assert "withheld" in json.dumps(view)
