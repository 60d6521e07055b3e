"""Whether a drafted line is supported, and which fields it then has."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.draft import (
    DraftCommitment,
    DraftEvent,
    DraftFigure,
    DraftItem,
    DraftLine,
    DraftQuote,
    Section,
)
from bot.briefing.lines import Commitment, Event, Figure, Line, Quote, Withheld
from bot.briefing.numbering import numbered
from bot.briefing.text import count_words
from bot.briefing.verification import Inspector, Verdict

TEXT = (
    "Ministers to meet again in May\n"
    "The transport ministers of Arland and Borland agreed on Monday to reopen the northern rail "
    "line by 1 June, if inspectors clear the bridge.\n"
    "“We will not pay for the bridge alone,” said Dana Oru, Arland’s transport minister.\n"
    "Borland denied that it had asked for money. The talks of 3 May 2027 were a tirade.\n"
    "Repairs cost 48 million crowns."
)
INSPECTOR = Inspector((numbered("A", TEXT, language="en"),))
_AGREED = (
    "Arland and Borland agreed to reopen the rail line by 1 June, if inspectors clear the bridge."
)
_LINE: dict[str, Any] = {"evidence": ["A2"], "voice": "event", "speaker": None, "text": _AGREED}


def _line(**changed: object) -> DraftLine:
    return DraftLine(**(_LINE | changed))


_SECTIONS: dict[type, Section] = {
    DraftQuote: "quotes", DraftCommitment: "commitments", DraftEvent: "timeline",
    DraftFigure: "figures",
}  # fmt: skip


def _verdict(content: DraftLine | DraftQuote) -> Verdict | None:
    return INSPECTOR.verdict(DraftItem(_SECTIONS.get(type(content), "key_points"), content))


def _checks(content: DraftLine | DraftQuote) -> set[str]:
    verdict = _verdict(content)
    return {reason.check for reason in verdict.reasons} if isinstance(verdict, Withheld) else set()


def test_a_valid_line_carries_its_passages() -> None:
    line = _verdict(_line())
    assert isinstance(line, Line)
    assert [passage.reference for passage in line.evidence] == ["A2"]
    assert line.evidence[0].text.endswith("if inspectors clear the bridge.")
    assert not line.is_source_wording


@pytest.mark.parametrize(
    ("changed", "check"),
    [
        pytest.param({"evidence": []}, "references", id="no reference"),
        pytest.param({"evidence": ["A99"]}, "references", id="leads nowhere"),
        pytest.param({"evidence": ["A2", "B1"]}, "references", id="one leads nowhere"),
        pytest.param({"text": "Yes indeed."}, "words", id="no sentence"),
        pytest.param(
            {"text": "Pirates sank seven Spanish galleons off Cuba."}, "names", id="foreign"
        ),
        pytest.param({"text": _AGREED.replace("1 June", "3 June")}, "dates", id="a date"),
        pytest.param(
            {"text": _AGREED.replace("by 1 June", "in 90 days")}, "numbers", id="a number"
        ),
        pytest.param({"text": _AGREED.replace("Borland", "Kestria")}, "names", id="a name"),
        pytest.param({"text": f"{_AGREED} “We are glad.”"}, "quotations", id="a quotation"),
        pytest.param(
            {"voice": "attributed", "speaker": "Jon Velk"}, "names", id="a speaker from elsewhere"
        ),
    ],
)
def test_an_invalid_line_is_withheld_with_the_reason(
    changed: dict[str, object], check: str
) -> None:
    assert check in _checks(_line(**changed))


def test_code_sets_the_voice_of_a_copied_sentence() -> None:
    text = "Borland denied that it had asked for money."
    line = _verdict(_line(evidence=["A4"], text=text))
    assert isinstance(line, Line)
    assert (line.voice, line.speaker, line.is_source_wording) == ("attributed", "Borland", True)


def test_the_loaded_wording_of_the_source_is_the_outlets() -> None:
    line = _verdict(_line(evidence=["A5"], text="The talks of 3 May 2027 were a tirade."))
    assert isinstance(line, Line)
    assert line.voice == "outlet"


def test_a_quote_is_cut_from_the_source_and_followed_by_its_evidence() -> None:
    quote = _verdict(
        DraftQuote(
            quotation="A3q1",
            evidence=["A3"],
            speaker="Dana Oru",
            role="Arland’s transport minister",
        )
    )
    assert isinstance(quote, Quote)
    assert quote.text == quote.evidence[0].text == "We will not pay for the bridge alone,"
    assert TEXT[quote.evidence[0].start : quote.evidence[0].end] == quote.text
    assert [passage.reference for passage in quote.evidence] == ["A3", "A3"]


_SAID = (
    "“The bridge is old. It was built before the war by people who had neither steel nor time. "
    "Whoever crosses it today with a freight train must know that he does so on the word of a man "
    "who died sixty years ago,” said Dana Oru."
)
_SAID_IN_GERMAN = "Die Brücke ist alt. Sie wurde vor dem Krieg ohne Stahl und ohne Zeit gebaut."


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_long_quotation_is_clipped_where_a_sentence_of_it_ends(language: str) -> None:
    """What was translated was all of it, so that the translation goes."""
    source = numbered("A", _SAID, language="en")
    draft = DraftQuote(
        quotation="A1q1",
        evidence=["A3"],
        speaker="Dana Oru",
        role=None,
        translation=_SAID_IN_GERMAN,
    )
    quote = Inspector((source,), language).verdict(DraftItem("quotes", draft))
    assert isinstance(quote, Quote)
    assert quote.text.startswith("The bridge is old.")
    assert quote.text.endswith("neither steel nor time.")
    assert quote.translation is None
    cut = quote.evidence[0]
    assert source.text[cut.start : cut.end] == cut.text == quote.text


@given(st.lists(st.integers(1, 50), min_size=1, max_size=6))
def test_a_quotation_is_clipped_to_as_many_of_its_sentences_as_fit(lengths: list[int]) -> None:
    sentences = [" ".join(["Ferries", *["float"] * length]) + "." for length in lengths]
    source = numbered("A", f"“{' '.join(sentences)}” said Dana Oru.", language="en")
    draft = DraftQuote(quotation="A1q1", evidence=["A1"], speaker=None, role=None)
    quote = Inspector((source,)).verdict(DraftItem("quotes", draft))
    assert isinstance(quote, Quote)
    fitting = [n for n in range(1, len(sentences) + 1) if count_words(_first(n, sentences)) <= 35]
    assert quote.text == _first(max(fitting, default=len(sentences)), sentences)


def _first(number: int, sentences: list[str]) -> str:
    return " ".join(sentences[:number])


@pytest.mark.parametrize("quotation", ["A3", "A3q2", "A99q1", "", "“We will not pay”"])
def test_a_quote_that_points_at_no_quotation_is_withheld(quotation: str) -> None:
    draft = DraftQuote(quotation=quotation, evidence=["A3"], speaker="Dana Oru", role=None)
    assert _checks(draft) == {"references"}


def test_a_quote_of_somebody_the_passages_do_not_name_is_withheld() -> None:
    draft = DraftQuote(quotation="A3q1", evidence=["A3"], speaker="Jon Velk", role=None)
    assert _checks(draft)


def _commitment(**changed: Any) -> DraftCommitment:
    fields: dict[str, Any] = {
        "actor": "Arland and Borland",
        "action": "reopen the northern rail line",
        "deadline": "by 1 June",
        "condition": "if inspectors clear the bridge",
        "status": "agreed",
    }
    return DraftCommitment(**(_LINE | fields | changed))


def test_a_commitment_keeps_its_parts() -> None:
    commitment = _verdict(_commitment())
    assert isinstance(commitment, Commitment)
    assert (commitment.deadline, commitment.status) == ("by 1 June", "agreed")


@pytest.mark.parametrize(
    "changed",
    [{"deadline": "by 2 June"}, {"actor": "Kestria"}],
    ids=["another day", "another actor"],
)
def test_the_parts_of_a_commitment_go_through_the_same_checks(changed: dict[str, str]) -> None:
    assert _checks(_commitment(**changed))


def test_a_deadline_in_other_words_is_doubted() -> None:
    stands = _verdict(_commitment(deadline="on 1 June"))
    assert isinstance(stands, Commitment)
    assert [(doubt.check, doubt.grade) for doubt in stands.doubts] == [("dates", "doubt")]


@pytest.mark.parametrize("when", ["on Monday", "by 1 June"])
def test_an_event_without_a_stated_year_has_no_date(when: str) -> None:
    event = _verdict(DraftEvent(**_LINE, when=when))
    assert isinstance(event, Event)
    assert (event.when, event.date, event.date_basis) == (when, None, None)


def test_a_stated_date_is_given_in_iso() -> None:
    line = _LINE | {"evidence": ["A5"], "text": "The talks of 3 May 2027 were a tirade."}
    event = _verdict(DraftEvent(**line, when="3 May 2027"))
    assert isinstance(event, Event)
    assert (event.date, event.date_basis) == ("2027-05-03", "stated")


def test_a_time_that_the_passage_has_in_other_words_is_withheld() -> None:
    assert _checks(DraftEvent(**_LINE, when="1st of June")) >= {"dates"}


def test_a_figure_must_be_as_it_is_written() -> None:
    line = _LINE | {"evidence": ["A6"], "text": "Repairs cost 48 million crowns in all."}
    figure = _verdict(DraftFigure(**line, figure="48 million", unit="crowns"))
    assert isinstance(figure, Figure)
    assert _checks(DraftFigure(**line, figure="48,000,000", unit="crowns")) >= {"numbers"}


@pytest.mark.parametrize("figure", ["5", "1", "5 million"])
def test_part_of_a_number_is_not_a_figure(figure: str) -> None:
    inspector = Inspector((numbered("A", "Repairs cost 1.5 million crowns.", language="en"),))
    line = _LINE | {"evidence": ["A1"], "text": "Repairs cost 1.5 million crowns."}
    draft = DraftFigure(**line, figure=figure, unit="crowns")
    assert isinstance(inspector.verdict(DraftItem("figures", draft)), Withheld)


def test_the_sign_after_a_figure_is_its_unit() -> None:
    inspector = Inspector((numbered("A", "Use of the line surged 90% this year.", language="en"),))
    line = _LINE | {"evidence": ["A1"], "text": "Use of the line surged 90% this year."}
    figure = inspector.verdict(DraftItem("figures", DraftFigure(**line, figure="90", unit="%")))
    assert isinstance(figure, Figure)


DATED = Inspector((numbered("A", TEXT, language="en", published="2027-05-12"),))
_EVENT: dict[str, Any] = _LINE | {"when": "on Monday"}


def test_a_weekday_is_a_date_only_where_the_day_of_publication_is_known() -> None:
    item = DraftItem("timeline", DraftEvent(**_EVENT))
    known, unknown = DATED.verdict(item), INSPECTOR.verdict(item)

    assert isinstance(known, Event)
    assert isinstance(unknown, Event)
    assert (known.date, known.date_basis) == ("2027-05-10", "from publication date 2027-05-12")
    assert (unknown.date, unknown.date_basis) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "Workers at the port may strike on Monday, after a vote was held on Monday.",
        "Workers at the port may strike on Monday. The vote on it was held on Monday.",
    ],
)
def test_an_ambiguous_weekday_gets_no_date(text: str) -> None:
    inspector = Inspector((numbered("A", text, language="en", published="2027-05-12"),))
    numbers = [f"A{n + 1}" for n in range(text.count("."))]
    line = {"evidence": numbers, "text": "Workers at the port may strike.", "when": "on Monday"}
    event = inspector.verdict(DraftItem("timeline", DraftEvent(**_EVENT | line)))
    assert isinstance(event, Event)
    assert event.date is None


@pytest.mark.parametrize(
    ("changed", "check"),
    [
        pytest.param({"text": _AGREED.replace("agreed", "did not agree")}, "negation", id="a not"),
        pytest.param({"text": _AGREED.replace("reopen", "close")}, "direction", id="an opposite"),
    ],
)
def test_a_negated_or_reversed_line_is_doubted(changed: dict[str, object], check: str) -> None:
    line = _verdict(_line(**changed))
    assert isinstance(line, Line)
    assert [doubt.check for doubt in line.doubts] == [check]


def test_the_deadline_of_a_translation_is_compared_by_value() -> None:
    source = numbered("A", "Les deux villes ouvriront le pont le 1er juin 2027.", language="fr")
    inspector = Inspector((source,), "en")
    commitment = DraftCommitment(
        evidence=["A1"], voice="event", speaker=None,
        text="The two towns open the bridge by 1 June.",
        actor="The two towns", action="open the bridge", deadline="by 1 June", condition=None,
        status="agreed",
    )  # fmt: skip
    assert isinstance(inspector.verdict(DraftItem("commitments", commitment)), Commitment)
    wrong = commitment.model_copy(update={"deadline": "by 1 July"})
    assert isinstance(inspector.verdict(DraftItem("commitments", wrong)), Withheld)


def test_a_line_without_its_condition_is_withheld() -> None:
    assert _checks(_line(text=_AGREED.partition(",")[0] + ".")) == {"conditions"}


def test_a_headline_without_its_condition_is_only_doubted() -> None:
    short = _line(text=_AGREED.partition(",")[0] + ".")
    headline = INSPECTOR.verdict(DraftItem("headline", short))
    assert isinstance(headline, Line)
    assert "conditions" in {doubt.check for doubt in headline.doubts}


def test_a_line_that_copies_most_of_a_long_sentence_is_shown_as_that_quotation() -> None:
    long = (
        "The ministers agreed on Monday to reopen the northern rail line, the tunnel under the "
        "Sarn and both of its stations to freight and to passengers by the first of June."
    )
    inspector = Inspector((numbered("A", long, language="en"),))
    text = long.replace("The ministers", "They")
    line = inspector.verdict(DraftItem("key_points", _line(evidence=["A1"], text=text)))
    assert isinstance(line, Line)
    assert (line.text, line.is_source_wording) == (long, True)


def test_a_claim_of_another_speaker_is_withheld() -> None:
    text = "Jon Velk said that Arland will not pay for the bridge alone."
    assert _checks(_line(evidence=["A3"], text=text)) != set()
