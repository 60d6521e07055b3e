"""Recordings answer the very same words alone, and say when they are out of date."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.briefing.draft import DraftAnswer, DraftLine, DraftVerdicts
from tests.recorded import record, replay
from tests.recorded.cases import CASES, Case
from tests.recorded.replay import Recording, Replay, complaint, keep, recording

CASE = next(case for case in CASES if case.name == "not_said")
SAID = DraftLine(
    evidence=["A6"], voice="event", speaker=None, text="The water stood at 7.4 metres at noon."
)
ANSWER = DraftAnswer(lines=[SAID]).model_dump_json()
SUPPORTED = DraftVerdicts(unsupported=[], supported=[1]).model_dump_json()


@pytest.fixture(autouse=True)
def _nothing_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kept").mkdir()
    monkeypatch.setattr(replay, "ANSWERS", tmp_path / "kept")
    monkeypatch.setattr(record, "CASES", (CASE,))


async def played(case: Case) -> Replay:
    answers = {key: json.dumps(each.answer) for key, each in recording(case).items()}
    async with Replay(case, answers) as model:
        await case.play(model.url)
    return model


async def recorded(folder: Path, *answers: str) -> Recording:
    """What is kept of the case after so many rounds."""
    await record.record(folder)
    for answer in answers:
        [asked] = (folder / "requests").glob("*.md")
        (folder / "answers" / f"{asked.stem}.json").write_text(answer, encoding="utf-8")
        await record.record(folder)
    return recording(CASE)


async def test_a_case_is_recorded_in_rounds_and_then_replayed(tmp_path: Path) -> None:
    kept = await recorded(tmp_path, ANSWER, SUPPORTED)
    assert [each.prompt for each in kept.values()] == ["answer", "judge"]
    assert list((tmp_path / "requests").iterdir()) == []

    model = await played(CASE)
    assert (model.given, model.missing) == (kept, [])
    assert complaint(CASE, model) is None


async def test_a_request_has_the_same_key_in_every_run(tmp_path: Path) -> None:
    await record.record(tmp_path)
    first = {path.name: path.read_text() for path in (tmp_path / "requests").iterdir()}
    await record.record(tmp_path)
    again = {path.name: path.read_text() for path in (tmp_path / "requests").iterdir()}
    assert first == again
    assert len(first) == 1


async def test_an_answer_of_another_form_is_asked_for_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await recorded(tmp_path, SUPPORTED) == {}
    assert "does not have the form" in capsys.readouterr().out


async def test_other_words_are_not_answered_and_told_to_be_other_words(tmp_path: Path) -> None:
    await recorded(tmp_path, ANSWER, SUPPORTED)
    model = await played(replace(CASE, question="How many died in 1954?"))
    assert model.given == {}
    assert "asked something else in the case not_said" in (complaint(CASE, model) or "")


async def test_a_request_that_is_no_longer_made_is_told(tmp_path: Path) -> None:
    kept = await recorded(tmp_path, ANSWER, SUPPORTED)
    keep(CASE, kept | {"0" * 12: next(iter(kept.values()))})
    assert "asked something else" in (complaint(CASE, await played(CASE)) or "")


async def test_an_edited_prompt_is_named(tmp_path: Path) -> None:
    kept = await recorded(tmp_path, ANSWER, SUPPORTED)
    first, *rest = (each.model_copy(update={"version": "00000000"}) for each in kept.values())
    keep(CASE, {"0" * 12: first, **dict(zip(list(kept)[1:], rest, strict=True))})
    told = complaint(CASE, await played(CASE)) or ""
    assert told.startswith("Edited since the case not_said was recorded: the prompt answer, judge")


async def test_what_is_not_recorded_says_how_to_record_it() -> None:
    told = complaint(CASE, await played(CASE)) or ""
    assert told.startswith("Nothing is recorded for the case not_said.")
    assert "python -m tests.recorded.record FOLDER" in told
