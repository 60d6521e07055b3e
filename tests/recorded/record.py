"""Record what a model answers in the cases: `python -m tests.recorded.record FOLDER`.

Each request that has no answer yet is written to FOLDER/requests/KEY.md. Put its answer, one JSON
object, into FOLDER/answers/KEY.json and run the command again: lines are judged once they are
drafted, and repaired once they are judged. A case that has all its answers goes into answers/,
that of the sample article into sandbox/samples/.
"""

import asyncio
import json
import sys
from pathlib import Path

from tests.recorded import cases
from tests.recorded.cases import SAMPLE, Recordable
from tests.recorded.replay import Replay, keep, recording

CASES: tuple[Recordable, ...] = (*cases.CASES, SAMPLE)


async def record(folder: Path) -> None:
    """Go as far with each case as there are answers."""
    requests, answers = folder / "requests", folder / "answers"
    for each in (requests, answers):
        each.mkdir(parents=True, exist_ok=True)
    for old in requests.glob("*.md"):
        old.unlink()
    for case in CASES:
        replay = await _played(case, answers)
        # What is asked after a failure is not what would be asked after an answer.
        alike = [each for each in replay.missing if each.prompt == replay.missing[0].prompt]
        for asked in dict.fromkeys(alike):
            (requests / f"{asked.key}.md").write_text(str(asked), encoding="utf-8")
            has_misfit = (answers / f"{asked.key}.json").exists()
            why = "its answer does not have the form" if has_misfit else "not answered yet"
            print(f"{case.name}: {asked.prompt} {asked.key}: {why}")
        if not alike:
            keep(case, replay.given)
            print(f"{case.name}: recorded")


async def _played(case: Recordable, answers: Path) -> Replay:
    known = {key: json.dumps(each.answer) for key, each in recording(case).items()}
    new = {path.stem: path.read_text(encoding="utf-8") for path in answers.glob("*.json")}
    async with Replay(case, known | new) as replay:
        await case.play(replay.url)
    return replay


if __name__ == "__main__":
    asyncio.run(record(Path(sys.argv[1])))
