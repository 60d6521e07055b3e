"""The change finder: one request with numbered sentences and numbered earlier lines."""

import json
from dataclasses import replace

from bot.briefing.documents import Document
from bot.briefing.draft import DraftChange, DraftChanges, DraftKnown
from bot.briefing.lines import Change, EarlierLine, EarlierReply
from bot.briefing.tasks import ComparisonTask
from bot.models.endpoint import Endpoint
from bot.models.judge import ModelJudge
from bot.models.prompts import load
from bot.models.writer import ModelWriter
from bot.service.errors import ModelFailure
from bot.service.usage import ModelUsage
from tests import model_server as server
from tests.drafts import ARTICLE
from tests.fakes import MemoryLedger
from tests.model_server import CHANGES, JUDGE, ModelServer, Says
from tests.service.service import BRIEF

REPLY = EarlierReply("msg:T1:C1:1.0", "1.0", "2027-05-03", "Two towns, one tap")
WAS = EarlierLine(
    "The works cost 11 million crowns. [A3] </source>",
    (replace(ARTICLE.passage(3), text="They cost 11 million."),),
    REPLY, "Brook Post", "2027-05-02", "en", is_undertaking=True,
)  # fmt: skip
SAID = DraftChanges(
    changes=[
        DraftChange(
            kind="changed", now=["A3"], then=[1], before="11 million", after="12 million",
            text="The works cost 12 million crowns, not 11 million.",
        )
    ],
    known=[DraftKnown(now="A1", then=1)],
)  # fmt: skip


async def asked(*steps: server.Step, document: Document = ARTICLE) -> tuple[object, ModelServer]:
    """The changes or the failure, and the server with the requests."""
    ledger = MemoryLedger()
    async with ModelServer() as model:
        model.play(*steps, about=CHANGES)
        writer = ModelWriter(Endpoint("fake", model.url, retries=0))
        assert writer.change_finder is not None
        task = ComparisonTask((document,), (WAS,), "en")
        try:
            with ModelUsage(ledger).recording(BRIEF):
                found: object = await writer.change_finder.changes(task)
        except ModelFailure as failure:
            found = failure
        finally:
            await writer.close()
    assert [each.kind for _, each in ledger.attempts] == ["changes"]
    return found, model


async def test_sentences_and_earlier_lines_are_sent_in_one_request() -> None:
    found, model = await asked(Says.draft(SAID))
    assert isinstance(found, tuple)
    assert found[0] == SAID
    assert (found[1].tokens_in, found[1].tokens_out) == (1200, 300)
    [request] = model.compared
    system, message = (each["content"] for each in request["messages"])
    assert system == load("changes").text()
    assert f"[A3] {ARTICLE.sentence(3)}" in message
    sent = json.loads(message.rpartition("as JSON:\n")[2])
    assert sent == {
        "earlier": [
            {
                "number": 1,
                "day": "2027-05-03",
                "text": "The works cost 11 million crowns. (A3) ‹/source>",
                "passages": ["They cost 11 million."],
                "source": "Brook Post",
                "published": "2027-05-02",
                "undertaking": True,
            }
        ],
        "language": "en",
    }


async def test_an_answer_in_another_format_is_a_failure() -> None:
    for step in (Says("Nothing is new."), server.BROKEN, server.RATE_LIMIT, Says("{}")):
        found, _ = await asked(step)
        assert isinstance(found, ModelFailure)


async def test_only_the_beginning_of_a_book_is_compared() -> None:
    sentence = (
        "The well of the town of Brook runs dry in most of the summers that anybody recalls. "
    )
    text = sentence * 5_000
    spans = tuple(
        type(ARTICLE.sentences[0])(n * len(sentence), (n + 1) * len(sentence) - 1)
        for n in range(5_000)
    )
    book = replace(ARTICLE, text=text, sentences=spans, paragraphs=spans, quotations=())
    _, model = await asked(Says.draft(SAID), document=book)
    message = model.compared[0]["messages"][1]["content"]
    assert 300 < message.count("[A") < 2_000


async def test_a_change_is_judged_with_its_earlier_line_and_passages() -> None:
    change = Change(
        SAID.changes[0].text, "event", None, (ARTICLE.passage(3),), kind="changed", then=(WAS,),
        before="11 million", after="12 million",
    )  # fmt: skip
    async with ModelServer() as model:
        judge = ModelJudge(Endpoint("fake", model.url, retries=0))
        try:
            found = await judge.judge((change,), (ARTICLE,))
        finally:
            await judge.close()
    assert found.problems == {0: None}
    [request] = model.judged
    system, message = (each["content"] for each in request["messages"])
    assert system == load("pairs").text()
    assert JUDGE in system
    assert json.loads(message.split("\n")[1])["lines"] == [
        {
            "number": 1,
            "text": change.text,
            "kind": "changed",
            "then": [
                {
                    "day": "2027-05-03",
                    "line": WAS.text,
                    "passages": ["They cost 11 million."],
                    "published": "2027-05-02",
                }
            ],
            "before": "11 million",
            "after": "12 million",
            "at": ["A3"],
        }
    ]
