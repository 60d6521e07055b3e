"""The JSON that other programs read."""

import json
from dataclasses import replace

import pytest

from bot.briefing.composition import Composition
from bot.briefing.documents import Document, whole
from bot.briefing.draft import DraftItem, DraftLine
from bot.briefing.extractive.engine import extract
from bot.briefing.lines import (
    Answer,
    Briefing,
    Caution,
    Difference,
    Line,
    Reason,
    Receipt,
    Unread,
    Withheld,
)
from bot.briefing.numbering import numbered
from bot.briefing.paper import answer_json, briefing_json, document_json, failure_json
from bot.briefing.requests import Wishes
from tests.drafts import take
from tests.texts import LANGUAGES, article

_RECEIPT = Receipt("extractive", "0.1.0")
_STATEMENT = ["text", "voice", "speaker", "evidence", "support", "judge", "days"]
_EVIDENCE = ["document", "start", "end", "text", "reference", "page", "url"]
_EXTRA = {
    "quotes": ["role", "translation"],
    "commitments": ["actor", "action", "deadline", "condition", "status", "deadline_date"],
    "timeline": ["when", "date", "date_basis"],
    "figures": ["figure", "unit"],
    "key_points": [],
}
_WITHHELD = DraftItem(
    "key_points",
    DraftLine(
        evidence=["A2"],
        voice="event",
        speaker=None,
        text="Atlantis paid 77 million, see https://evil.example and <!channel>.",
    ),
)


def _briefed(document: Document) -> Briefing:
    excerpts = whole((document,))
    composition = Composition(excerpts, Wishes())
    take(composition, _WITHHELD)
    for item in extract(excerpts, Wishes()):
        take(composition, item)
    unread = (Unread("https://a.example", "network", "No answer."),)
    return composition.briefing(_RECEIPT, unread, ("note",))


def test_every_key_is_there_in_the_order_of_the_contract() -> None:
    report = briefing_json(_briefed(article("demo")))
    assert list(report) == [
        "schema", "kind", "documents", "headline", "bottom_line", "key_points", "quotes",
        "commitments", "timeline", "figures", "differences", "cautions", "unknowns", "withheld",
        "unread", "notes", "receipt",
    ]  # fmt: skip
    assert (report["schema"], report["kind"]) == (2, "briefing")
    for section, extra in _EXTRA.items():
        for statement in report[section]:
            assert list(statement) == [*_STATEMENT, *extra]
            assert all(list(passage) == _EVIDENCE for passage in statement["evidence"])
    assert set(report["documents"][0]) >= {
        "label", "title", "outlet", "author", "published", "published_basis", "url", "language",
        "verdict", "words", "words_read", "text",
    }  # fmt: skip
    assert list(report["unread"][0]) == ["source", "kind", "message"]
    assert set(report["receipt"]) >= {
        "engine", "model", "prompt", "judge", "judged", "unjudged", "version", "words_read",
        "words_shown", "lines", "withheld", "tokens_in", "tokens_out", "cost_usd", "seconds",
    }  # fmt: skip


@pytest.mark.parametrize("name", LANGUAGES)
def test_evidence_equals_the_text_at_its_offsets_after_a_round_trip(name: str) -> None:
    report = json.loads(json.dumps(briefing_json(_briefed(article(name)))))
    texts = {document["label"]: document["text"] for document in report["documents"]}
    single = [report["headline"], report["bottom_line"]]
    many = [statement for section in (*_EXTRA, "cautions") for statement in report[section]]
    for statement in filter(None, [*single, *many]):
        assert statement["evidence"]
        for passage in statement["evidence"]:
            text = texts[passage["document"]]
            assert text[passage["start"] : passage["end"]] == passage["text"]
    for quote in report["quotes"]:
        assert quote["text"] == quote["evidence"][0]["text"]
    for event in report["timeline"]:
        assert any(event["when"] in passage["text"] for passage in event["evidence"])
        assert (event["date"] is None) == (event["date_basis"] is None)


def test_what_has_no_passage_is_no_statement() -> None:
    report = briefing_json(_briefed(article("demo")))
    for thing in (*report["unknowns"], *report["unread"], *report["withheld"]):
        assert "evidence" not in thing


def test_withheld_words_are_made_harmless() -> None:
    withheld = briefing_json(_briefed(article("demo")))["withheld"][0]
    assert list(withheld) == ["section", "text", "reasons", "references"]
    assert "https://" not in withheld["text"]
    assert "<!channel>" not in withheld["text"]
    for reason in withheld["reasons"]:
        assert list(reason) == ["check", "grade", "message"]
        assert "https://" not in reason["message"]


def test_each_statement_names_the_model_that_judged_it_and_what_it_refused_is_withheld() -> None:
    document = article("demo")
    points = tuple(
        Line(text, "event", None, (document.passage(2),), judge=judge)
        for text, judge in (("They agreed.", "judge-1"), ("They parted.", None))
    )
    doubted = (Reason("judge", "A2 denies it", "judge"), Reason("hedges", "No “may”.", "doubt"))
    withheld = (Withheld("key_points", "They won.", doubted, ("A2",)),)
    receipt = Receipt("openai", "0.2.0", "m").counting(points, withheld)
    briefing = Briefing((document,), (9,), receipt, key_points=points, withheld=withheld)
    report = json.loads(json.dumps(briefing_json(briefing)))
    assert [statement["judge"] for statement in report["key_points"]] == ["judge-1", None]
    assert all("doubts" not in statement for statement in report["key_points"])
    assert [reason["grade"] for reason in report["withheld"][0]["reasons"]] == ["judge", "doubt"]
    told = {name: report["receipt"][name] for name in ("judge", "judged", "unjudged", "withheld")}
    assert told == {"judge": "judge-1", "judged": 1, "unjudged": 1, "withheld": 1}


def test_what_a_writer_notes_is_a_statement_of_its_kind() -> None:
    document = article("demo")
    passage = document.passage(21)
    note = Caution("One person, unnamed, says so.", (passage,), kind="anonymous_source",
                   is_drafted=True, judge="judge-1")  # fmt: skip
    sides = tuple(
        Line(text, "event", None, (document.passage(number),), judge="judge-1")
        for number, text in ((13, "It costs 48 million."), (14, "It costs more."))
    )
    found = (Difference("the cost", sides),)
    receipt = Receipt("openai", "0.2.0", "m")
    briefing = Briefing((document,), (9,), receipt, cautions=(note,), differences=found)
    report = json.loads(json.dumps(briefing_json(briefing)))
    [caution], [difference] = report["cautions"], report["differences"]
    assert list(caution) == ["kind", "text", "evidence"]
    assert [passage["reference"] for passage in caution["evidence"]] == ["A21"]
    assert (list(difference), difference["about"]) == (["about", "sides"], "the cost")
    assert [list(side)[: len(_STATEMENT)] for side in difference["sides"]] == [_STATEMENT] * 2
    assert [side["judge"] for side in difference["sides"]] == ["judge-1"] * 2


def test_an_empty_briefing_has_every_key_too() -> None:
    report = briefing_json(_briefed(numbered("A", "")))
    assert report["bottom_line"] is None
    assert report["key_points"] == []


def test_an_answer_without_lines_is_unanswered() -> None:
    document = article("wire")
    line = Line(document.sentence(1), "event", None, (document.passage(1),))
    answer = Answer((document,), "What?", _RECEIPT, nearest=(line,))
    report = answer_json(answer)
    assert list(report) == [
        "schema", "kind", "documents", "question", "answered", "lines", "nearest", "withheld",
        "unread", "notes", "receipt",
    ]  # fmt: skip
    assert (report["answered"], report["lines"], len(report["nearest"])) == (False, [], 1)
    assert answer_json(replace(answer, lines=(line,)))["answered"] is True
    assert answer_json(replace(answer, is_known=False))["answered"] is None


def test_a_document_and_a_failure_have_their_shape() -> None:
    assert list(document_json(article("wire"))) == ["schema", "kind", "document", "notes"]
    assert failure_json("refused", "No.", "refused", "http://10.0.0.1") == {
        "schema": 2,
        "kind": "failure",
        "error": {
            "kind": "refused",
            "verdict": "refused",
            "source": "http://10.0.0.1",
            "message": "No.",
        },
    }
