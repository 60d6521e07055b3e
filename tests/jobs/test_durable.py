"""Durable jobs: each runs once, those of a thread one after the other."""

import asyncio
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from bot.jobs.durable import JobSettings
from bot.jobs.queue import wait_for_job
from bot.service.errors import NO_ANSWER, ReadoutError
from bot.service.intake import Intake
from bot.service.ports import Mention
from tests.fakes import MemoryArchive, MemoryInbox
from tests.jobs.on_disk import names, until_status
from tests.jobs.recording import SECONDS, RecordingSteps, Running, counted, on_sqlite

WORDS = "The clerk took the ledger home."


def mention(key: str, thread: str) -> Mention:
    return Mention(key, "T1", "C1", thread, thread, "U1", "brief")


def message_at(ts: str) -> Mention:
    """A message of that timestamp."""
    return replace(mention(f"msg:T1:C1:{ts}", ts), message=ts)


async def test_a_job_accepted_several_times_runs_once(running: Running) -> None:
    recorder, asked = RecordingSteps(), mention("a", "1")
    async with running(recorder) as jobs:
        await asyncio.gather(*(jobs.accept(asked) for _ in range(3)))
        for _ in range(2):  # as other processes do
            jobs.done.accept("a", is_new=False)
        await recorder.until("post", "a")
        await jobs.accept(asked)
        jobs.done.accept("a", is_new=False)
    assert recorder.calls == [("sign", "a"), ("read", "a"), ("write", "a"), ("post", "a")]


@on_sqlite
async def test_a_second_delivery_waits_for_the_first_sign_given_by_another_process(
    running: Running, archive: MemoryArchive
) -> None:
    recorder, asked = RecordingSteps(), message_at("1.1")

    async def slowly(mention: Mention) -> None:
        await asyncio.sleep(1.5)
        await recorder.sign(mention)

    async with running(recorder) as jobs:
        await asyncio.sleep(0.3)  # until it has looked for jobs left by an earlier process
        inbox = MemoryInbox()
        one, other = (Intake(archive, archive, inbox, slowly, jobs.done.accept) for _ in range(2))
        await one.take(asked)
        await other.take(asked)
        await recorder.until("post", asked.key)
        await one.close()
        await other.close()
    assert recorder.calls[0] == ("sign", asked.key)


async def test_jobs_of_one_thread_run_one_after_the_other_and_others_do_not_wait(
    running: Running,
) -> None:
    recorder = RecordingSteps(hold=asyncio.Event())
    assert recorder.hold is not None
    async with running(recorder) as jobs:
        await jobs.accept(mention("held 1", "1"))
        await recorder.until("held", "held 1")
        await jobs.accept(mention("next 1", "1"))
        await recorder.until("sign", "next 1")
        await jobs.accept(mention("other 2", "2"))
        await recorder.until("post", "other 2")
        assert ("read", "next 1") not in recorder.calls
        recorder.hold.set()
        await recorder.until("post", "next 1")
    assert recorder.calls.index(("post", "held 1")) < recorder.calls.index(("read", "next 1"))


async def test_messages_are_answered_in_the_order_sent_even_if_recorded_in_another(
    running: Running, archive: MemoryArchive
) -> None:
    recorder = RecordingSteps()
    first, second = (replace(message_at(ts), thread="1") for ts in ("1.1", "1.2"))
    async with running(recorder) as jobs:
        recorder.hold = asyncio.Event()
        await jobs.accept(second)
        await recorder.until("sign", second.key)
        await archive.record(first)  # before the second one is queued
        await jobs.accept(first)
        await recorder.until("post", second.key)
    assert recorder.calls.index(("post", first.key)) < recorder.calls.index(("read", second.key))


async def test_a_delayed_post_still_comes_before_the_next_one_of_its_thread(
    running: Running,
) -> None:
    recorder = RecordingSteps(later=[1])
    first, second = (replace(message_at(ts), thread="1") for ts in ("1.1", "1.2"))
    async with running(recorder) as jobs:
        await jobs.accept(first)
        await recorder.until("post", first.key)
        await jobs.accept(second)
        await recorder.until("post", second.key)
    posts = [key for step, key in recorder.calls if step == "post"]
    assert posts == [first.key, first.key, second.key]


@on_sqlite
async def test_a_busy_team_takes_no_places_of_another(running: Running) -> None:
    recorder = RecordingSteps(hold=asyncio.Event())
    async with running(recorder) as jobs:
        for number in range(30):
            await jobs.accept(mention(f"held {number}", str(number)))
        async with asyncio.timeout(SECONDS):  # whichever of them are first
            while sum(step == "held" for step, _ in recorder.calls) < JobSettings("").team_places:
                await asyncio.sleep(0.02)
        await jobs.accept(replace(mention("other", "1"), team="T2"))
        await recorder.until("post", "other")
    assert sum(step == "held" for step, _ in recorder.calls) <= JobSettings("").team_places


@on_sqlite
async def test_everybody_s_first_request_comes_before_anybody_s_second(
    running: Running, address: str
) -> None:
    recorder = RecordingSteps(hold=asyncio.Event())
    assert recorder.hold is not None
    places = JobSettings("").team_places
    # More than fit at once, so that the last begins when others have ended.
    last = 2 * places + 8
    async with running(recorder) as jobs:
        for number in range(places):
            await jobs.accept(mention(f"held {number}", str(number)))
        for number in range(places):
            await recorder.until("held", f"held {number}")
        for number in range(places, last + 1):
            await jobs.accept(mention(f"held {number}", str(number)))
        await jobs.accept(replace(mention("other", "other"), person="U2"))
        for waiting in ("other", f"held {last}"):
            await until_status(address, waiting, "ENQUEUED")
        recorder.hold.set()
        await recorder.until("post", f"held {last}")
    read = [key for step, key in recorder.calls if step == "read"]
    assert read.index("other") < read.index(f"held {last}")


async def test_a_step_that_always_fails_is_given_up_after_three_attempts(running: Running) -> None:
    recorder = RecordingSteps(failing=frozenset({"write", "write without a model"}))
    before = counted("readout_step_failures_total", step="write")
    async with running(recorder) as jobs:
        await jobs.accept(mention("a", "1"))
        await recorder.until("give_up", "a")
    assert Counter(step for step, _ in recorder.calls) == {
        "sign": 1, "read": 1, "write": 1, "write without a model": 2, "give_up": 1,
    }  # fmt: skip
    assert counted("readout_step_failures_total", step="write") - before == 3


@on_sqlite
async def test_after_a_failure_in_writing_the_second_attempt_uses_no_model(
    running: Running,
) -> None:
    recorder = RecordingSteps(failing=frozenset({"write"}))
    async with running(recorder) as jobs:
        await jobs.accept(mention("a", "1"))
        await recorder.until("post", "a")
    steps = [step for step, _ in recorder.calls]
    assert steps == ["sign", "read", "write", "write without a model", "post"]


@on_sqlite
@pytest.mark.parametrize("step_seconds", [1.0])
async def test_a_step_that_never_ends_is_given_up_too(running: Running) -> None:
    recorder = RecordingSteps(hold=asyncio.Event())
    async with running(recorder) as jobs:
        await jobs.accept(mention("held", "1"))
        await recorder.until("give_up", "held")
        await jobs.accept(mention("other", "2"))
        await recorder.until("post", "other")
    assert [step for step, key in recorder.calls if key == "held"].count("held") == 3


@on_sqlite
async def test_a_failing_first_sign_does_not_prevent_the_reply(running: Running) -> None:
    recorder = RecordingSteps(failing=frozenset({"sign"}))
    async with running(recorder) as jobs:
        await jobs.accept(mention("a", "1"))
        await recorder.until("post", "a")


async def test_an_unfinished_job_is_finished_by_the_next_process(running: Running) -> None:
    first = RecordingSteps(hold=asyncio.Event())
    async with running(first) as jobs:
        await jobs.accept(mention("held", "1"))
        await first.until("held", "held")
    second = RecordingSteps()
    async with running(second):
        await second.until("post", "held")
    assert second.calls == [("write", "held"), ("post", "held")]


async def until_the_wait_is_on_disk(address: str, job: str) -> None:
    async with asyncio.timeout(SECONDS):
        while "DBOS.sleep" not in names(address, job)[1]:
            await asyncio.sleep(0.02)


@on_sqlite
async def test_a_delayed_post_is_made_by_the_next_process(running: Running, address: str) -> None:
    first, second = RecordingSteps(later=[2]), RecordingSteps()
    async with running(first) as jobs:
        await jobs.accept(mention("a", "1"))
        await first.until("post", "a")
        await until_the_wait_is_on_disk(address, "a")
    async with running(second):
        await second.until("post", "a")
    assert second.calls == [("post", "a")]


class FailingDatabase(RecordingSteps):
    """Fails its first writes with a database error."""

    async def write(self, key: str, *, with_model: bool) -> None:
        await super().write(key, with_model=with_model)
        if self.calls.count(("write", key)) < 7:
            raise OperationalError("INSERT", {}, OSError("the database is starting up"))


@on_sqlite
async def test_a_job_waits_for_a_database_that_is_unavailable(running: Running) -> None:
    recorder = FailingDatabase()
    async with running(recorder) as jobs:
        await jobs.accept(mention("a", "1"))
        await recorder.until("post", "a")
    assert recorder.calls.count(("write", "a")) == 7
    assert ("give_up", "a") not in recorder.calls


class FailingWithText(RecordingSteps):
    """Fails with text in its error, as a database does that quotes a row."""

    async def write(self, key: str, *, with_model: bool) -> None:
        await super().write(key, with_model=with_model)
        raise ValueError(f"{WORDS}: {with_model}") from KeyError(WORDS)


@on_sqlite
@pytest.mark.parametrize("seconds_to_end", [SECONDS])
async def test_the_text_of_an_error_is_not_stored_with_the_job(
    running: Running, tmp_path: Path
) -> None:
    recorder = FailingWithText()
    async with running(recorder) as jobs:
        await jobs.accept(mention("a", "1"))
        await recorder.until("give_up", "a")
    kept = b"".join(each.read_bytes() for each in tmp_path.glob("*.jobs.sqlite*"))
    assert b"exceeded its maximum" in kept
    assert WORDS.encode() not in kept


@on_sqlite
@pytest.mark.parametrize("patience", [0.001])
@pytest.mark.parametrize("seconds_to_end", [SECONDS])
@pytest.mark.parametrize("code", [NO_ANSWER, "internal_error"])
@pytest.mark.parametrize("step", ["post", "write"])
async def test_what_slack_does_not_answer_is_retried_until_it_does(
    running: Running, step: str, code: str
) -> None:
    recorder = RecordingSteps(later=[code] * 10, refused=step)
    async with running(recorder) as jobs:
        await jobs.accept(mention("a", "1"))
        async with asyncio.timeout(SECONDS):
            while recorder.calls.count((step, "a")) < 11 or ("post", "a") not in recorder.calls:
                await asyncio.sleep(0.02)
    assert {name for name, _ in recorder.calls} == {"sign", "read", "write", "post"}


@on_sqlite
@pytest.mark.parametrize("seconds_to_end", [SECONDS])
async def test_closing_waits_for_the_job_in_progress(running: Running) -> None:
    recorder = RecordingSteps(hold=asyncio.Event())
    assert recorder.hold is not None
    async with running(recorder) as jobs:
        await jobs.accept(mention("held", "1"))
        await recorder.until("held", "held")
        recorder.hold.set()
    assert ("post", "held") in recorder.calls


@on_sqlite
async def test_a_closing_process_takes_no_new_mentions(running: Running) -> None:
    async with running(RecordingSteps()) as jobs:
        await jobs.intake.close()
        with pytest.raises(ReadoutError, match="restarting"):
            await jobs.accept(mention("late", "1"))


@on_sqlite
async def test_the_event_loop_can_use_threads_after_closing(running: Running) -> None:
    async with running(RecordingSteps()):
        pass
    assert await asyncio.to_thread(int, "7") == 7


async def test_a_mention_that_was_recorded_but_never_queued_is_queued_at_the_start(
    running: Running, archive: MemoryArchive
) -> None:
    recorder = RecordingSteps()
    await archive.record(mention("a", "1"))
    async with running(recorder):
        await recorder.until("post", "a")
    assert recorder.calls == [("read", "a"), ("write", "a"), ("post", "a")]


async def test_a_stop_waits_for_neither_running_nor_queued_jobs_of_its_thread(
    running: Running,
) -> None:
    recorder = RecordingSteps(hold=asyncio.Event())
    stop = replace(mention("stop", "1"), intent="stop")
    async with running(recorder) as jobs:
        await jobs.accept(mention("held 1", "1"))
        await recorder.until("held", "held 1")
        await jobs.accept(mention("next 1", "1"))
        await jobs.accept(stop)
        await recorder.until("post", "stop")
        assert ("read", "next 1") not in recorder.calls


async def test_waiting_for_a_job_lasts_as_long_as_it_runs(running: Running) -> None:
    recorder = RecordingSteps(hold=asyncio.Event())
    assert recorder.hold is not None
    async with running(recorder) as jobs:
        await jobs.accept(mention("held 1", "1"))
        await recorder.until("held", "held 1")
        await jobs.accept(mention("next 1", "1"))
        await recorder.until("sign", "next 1")
        await wait_for_job("next 1")
        ending = asyncio.create_task(wait_for_job("held 1"))
        await asyncio.sleep(0.3)
        assert not ending.done()
        recorder.hold.set()
        await ending
        assert ("post", "held 1") in recorder.calls


async def test_a_late_version_is_awaited_after_the_post_without_blocking_the_thread(
    running: Running,
) -> None:
    recorder = RecordingSteps(hold=asyncio.Event())
    assert recorder.hold is not None
    async with running(recorder) as jobs:
        await jobs.accept(mention("awaited better", "1"))
        await recorder.until("catch_up", "awaited better")
        await jobs.accept(mention("next 1", "1"))
        await recorder.until("post", "next 1")
        recorder.hold.set()
        await recorder.until("post_again", "awaited better")
    assert ("catch_up", "next 1") not in recorder.calls


async def test_without_a_late_version_nothing_is_posted_again(running: Running) -> None:
    recorder = RecordingSteps()
    async with running(recorder) as jobs:
        await jobs.accept(mention("awaited", "1"))
        await recorder.until("catch_up", "awaited")
        await jobs.accept(mention("next 1", "1"))
        await recorder.until("post", "next 1")
    assert ("post_again", "awaited") not in recorder.calls


@pytest.mark.parametrize("seconds_to_end", [10 * SECONDS])
async def test_the_wait_for_a_late_version_does_not_delay_closing_and_is_resumed_later(
    running: Running,
) -> None:
    first = RecordingSteps(hold=asyncio.Event())
    async with asyncio.timeout(5 * SECONDS), running(first) as jobs:
        await jobs.accept(mention("awaited better", "1"))
        await first.until("catch_up", "awaited better")
    second = RecordingSteps()
    async with running(second):
        await second.until("post_again", "awaited better")
    assert second.calls == [("catch_up", "awaited better"), ("post_again", "awaited better")]


class LongOutage(RecordingSteps):
    """The database is out for longer than one step waits for it."""

    async def catch_up(self, key: str, *, with_model: bool) -> bool:
        is_new = await super().catch_up(key, with_model=with_model)
        if self.calls.count(("catch_up", key)) < 30:
            raise OperationalError("SELECT", {}, OSError("the database is starting up"))
        return is_new


@on_sqlite
@pytest.mark.parametrize("patience", [0.001])
async def test_a_late_version_is_shown_after_a_database_outage_of_any_length(
    running: Running,
) -> None:
    recorder = LongOutage()
    async with running(recorder) as jobs:
        await jobs.accept(mention("awaited better", "1"))
        await recorder.until("post_again", "awaited better")
    assert recorder.calls.count(("catch_up", "awaited better")) == 30


@on_sqlite
async def test_a_late_version_that_failed_in_one_process_is_shown_by_the_next(
    running: Running, address: str
) -> None:
    first, second = RecordingSteps(failing=frozenset({"catch_up"})), RecordingSteps()
    async with running(first) as jobs:
        await jobs.accept(mention("awaited better", "1"))
        await first.until("catch_up", "awaited better")
        await until_the_wait_is_on_disk(address, "awaited better:late")
    async with running(second):
        await second.until("post_again", "awaited better")


@on_sqlite
async def test_after_five_crashes_nobody_waits_for_a_late_version_and_the_reply_says_so(
    running: Running,
) -> None:
    for start in range(5):
        crashed = RecordingSteps(hold=asyncio.Event())
        async with running(crashed) as jobs:
            if start == 0:
                await jobs.accept(mention("awaited better", "1"))
            await crashed.until("catch_up", "awaited better")
    last = RecordingSteps()
    async with running(last):
        await last.until("post_again", "awaited better")
    assert ("catch_up without a model", "awaited better") in last.calls
