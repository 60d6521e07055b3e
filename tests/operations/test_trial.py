"""The trial that measures a model as a judge."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.models.endpoint import Endpoint
from bot.models.judge import ModelJudge
from bot.operations import trial as trials
from bot.operations.settings import Settings
from bot.operations.trial import Share, Trial, load, run_trial, save
from bot.runtime import bootstrap
from bot.runtime.doctor import judge_findings, trial_finding
from tests import model_server as server
from tests.fakes import FixedJudge
from tests.model_server import JUDGE, ModelServer


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))


def trial_with(caught: int = 118, stopped: int = 2, weak_in: tuple[str, ...] = ()) -> Trial:
    shares = Share(caught, 120), Share(stopped, 120)
    return Trial("m-1", "judge@1", "2027-05-03", *shares, 0, weak_in, 48_000, 0.2, 41.3)


def settings(model: ModelServer | None = None, **changes: object) -> Settings:
    url = model.url if model else "http://127.0.0.1:9/v1"
    known: dict[str, object] = {"openai_base_url": url, "openai_model": "m-1", "engine": "openai"}
    return Settings().model_copy(update=known | changes)


def test_the_packaged_lines_are_half_wrong_in_every_language() -> None:
    rows = trials._rows()
    languages = {row.language for row in rows}
    assert len(rows) == 240
    assert languages == {"en", "fr", "de", "ru", "es", "ar"}
    for language in languages:
        labels = [row.supported for row in rows if row.language == language]
        assert labels.count(True) == labels.count(False)


async def test_a_judge_that_accepts_everything_or_nothing_is_unfit() -> None:
    kind, strict = (
        await run_trial(FixedJudge(), "2027-05-03"),
        await run_trial(FixedJudge(""), "2027-05-03"),
    )
    assert (kind.caught.hits, kind.stopped.hits, kind.is_unfit) == (0, 0, True)
    assert (strict.caught.hits, strict.stopped.hits, strict.is_unfit) == (120, 120, True)


async def test_unjudged_lines_are_neither_caught_nor_stopped() -> None:
    async with ModelServer(server.BROKEN) as model:
        model.play(server.BROKEN, about=JUDGE)
        judge = ModelJudge(Endpoint("m-1", model.url, retries=0))
        found = await run_trial(judge, "2027-05-03")
        await judge.close()
    assert (found.caught.hits, found.stopped.hits, found.unjudged) == (0, 0, 240)


def test_a_share_is_shown_with_its_margin_of_error() -> None:
    assert str(Share(118, 120)) == "118 of 120 (98%, ±4)"
    assert str(Share(0, 120)) == "0 of 120 (0%, ±3)"


@pytest.mark.parametrize(
    ("trial", "state", "advice"),
    [
        (trial_with(), "good", "Keep it on."),
        (trial_with(weak_in=("ar",)), "good", "Weak spots: ar."),
        (trial_with(caught=90), "mend", "READOUT_SECOND_OPINION_MODEL"),
        (trial_with(stopped=20), "mend", "READOUT_SECOND_OPINION_MODEL"),
    ],
)
def test_the_finding_gives_one_recommendation(trial: Trial, state: str, advice: str) -> None:
    finding = trial_finding(trial)
    assert finding.state == state
    assert advice in finding.message
    assert "about 2,400 tokens ($0.0100)" in finding.message


def test_an_unfit_judge_is_not_used_unless_model_or_prompt_changes() -> None:
    judge = bootstrap.judge(settings())
    assert judge is not None
    save(replace(trial_with(caught=60), model=judge.model, prompt=judge.prompt))
    assert bootstrap.judge(settings()) is None
    assert bootstrap.judge(settings(second_opinion_model="m-2")) is not None
    assert load(judge.model, "judge@0") is None


def test_a_damaged_trial_file_is_ignored() -> None:
    path = save(trial_with())
    assert load("m-1", "judge@1") == trial_with()
    path.write_text(json.dumps({"model": "m-1"}))
    assert load("m-1", "judge@1") is None


def test_the_doctor_says_what_turned_the_judge_off_and_what_is_not_measured() -> None:
    [off] = judge_findings(settings(second_opinion="off"), None)
    assert "is off in the environment or .env" in off.message
    [unknown] = judge_findings(settings(), FixedJudge())
    assert "readout doctor --model" in unknown.message
    assert judge_findings(settings(engine="extractive"), None) == []


async def test_the_doctor_runs_the_trial_and_reports_its_result() -> None:
    async with ModelServer(server.BROKEN) as model:
        found = await bootstrap._findings(settings(model), with_trial=True)
    [judged] = [each for each in found if each.subject == "READOUT_SECOND_OPINION"]
    assert judged.state == "mend"
    assert "caught 0 of 120" in judged.message
    assert "stopped 0 of 120" in judged.message
