"""Editing a briefing, with a kill while the judge is asked."""

import asyncio
import json
from pathlib import Path

import pytest

from sandbox.slack import LocalSlack
from sandbox.slack.state import View
from tests.e2e.articles import ASKED, BOTTOM_LINE, BRIEFING
from tests.e2e.processes import worker
from tests.e2e.readout import SECONDS, environment, reply_to, settled
from tests.model_server import JUDGE, ModelServer, Says, Silence
from tests.slacks import running_slack

pytestmark = [pytest.mark.asyncio, pytest.mark.slow]

MINE = "The mayors agreed on Friday to share the works by 1 March, if both councils consent."
DROPPED = "Engineers will inspect the pipes in spring."
BOTTOM, POINT = 1, 3
"""The numbers of the bottom line, and of the point that is dropped, in reading order."""


async def evidence(slack: LocalSlack, ts: str, person: str) -> View:
    slack.click(person, ts, "Evidence")
    return await slack.wait_for(lambda: slack.modal(person))


def shown(view: View) -> str:
    return json.dumps(view.content["blocks"], ensure_ascii=False)


async def test_a_rewritten_line_survives_a_kill(tmp_path: Path) -> None:
    async with running_slack() as slack, ModelServer(Says.draft(BRIEFING)) as model:
        settings = environment(slack, tmp_path) | {
            "OPENAI_BASE_URL": model.url,
            "OPENAI_MODEL": "fake",
        }
        async with worker(slack, settings, tmp_path):
            asked = slack.say("Ana", "desk", ASKED)
            await settled(slack, tmp_path)
            (message,) = reply_to(slack, asked).messages
            assert BOTTOM_LINE in reply_to(slack, asked).text
            view = await evidence(slack, message.ts, "Ana")
            slack.click_in_view(view, f"drop_line.v1.{POINT}")
            await settled(slack, tmp_path)
            assert DROPPED not in reply_to(slack, asked).text

            model.play(Silence(), about=JUDGE)
            slack.click_in_view(view, f"rewrite_line.v1.{BOTTOM}")
            box = await slack.wait_for(
                lambda: slack.modal("Ana") if _is_above(slack, view) else None
            )
            slack.submit(box, {"text": MINE})
            async with asyncio.timeout(SECONDS):
                while MINE not in str(model.judged) + str(model.requests):
                    await asyncio.sleep(0.02)
            await slack.wait_for(lambda: not box.open)
        assert BOTTOM_LINE in reply_to(slack, asked).text

        model.play(Says('{"unsupported": [], "supported": [1]}'), about=JUDGE)
        async with worker(slack, settings, tmp_path):
            await settled(slack, tmp_path)
            (only,) = reply_to(slack, asked).messages
            said = reply_to(slack, asked).text
            assert only.ts == message.ts
            assert f"{MINE} (edited by Ana) A2" in said
            assert BOTTOM_LINE not in said
            assert DROPPED not in said
            assert "· 1 edited by hand · judged by fake\n" in said
            assert MINE in shown(view)  # the modal is still open, and shows it

            theirs = await evidence(slack, message.ts, "Ben")
            assert MINE in shown(theirs)
            assert DROPPED not in shown(theirs)
            assert "_line.v1." not in shown(theirs)

            slack.click_in_view(view, f"restore_line.v1.{BOTTOM}")
            slack.click_in_view(view, f"restore_line.v1.{POINT}")
            await settled(slack, tmp_path)
            assert BOTTOM_LINE in reply_to(slack, asked).text
            assert DROPPED in reply_to(slack, asked).text


def _is_above(slack: LocalSlack, view: View) -> bool:
    return slack.modal("Ana") is not view
