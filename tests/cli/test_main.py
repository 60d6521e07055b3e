"""The commands: arguments, standard output and exit statuses."""

import asyncio
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from textwrap import wrap
from typing import Any

import pytest

from bot.cli.main import run
from tests.model_server import BROKEN, JUDGE, ModelServer, Says, Step
from tests.sources import papers

ROOT = Path(__file__).parents[2]

ARTICLE = (
    "Ministers to meet again in May\n"
    "The transport ministers of Arland and Borland agreed on Monday to reopen the northern rail "
    "line by 1 June, if inspectors clear the bridge.\n"
    "“We will not pay for the bridge alone,” said Dana Oru, Arland’s transport minister.\n"
    "Borland denied that it had asked for money.\n"
    "The line has been closed for eleven years, and about 3,200 wagons a month now take the road "
    "around the mountains.\n"
    "Repairs will cost 48 million crowns, according to the River Commission.\n"
    "Engineers found cracks in four of the seventeen pillars last autumn.\n"
    "The opposition in Arland wants the ministers to tell parliament what was signed.\n"
    "A union of drivers asks for radio masts in the tunnel before the first train runs.\n"
    "The mayor of the border town has had the station clock repaired.\n"
)
CLOSED = "http://127.0.0.1:9/v1"
KINDS = {1: "internal", 2: "usage", 3: "refused", 4: "unreadable", 5: "network"}


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it printed."""

    status: int
    out: bytes
    err: str


class Shell:
    """Runs commands in a folder of its own, without any settings but a test's."""

    def __init__(
        self, folder: Path, patch: pytest.MonkeyPatch, printed: pytest.CaptureFixture[bytes]
    ) -> None:
        self.folder = folder
        self._patch = patch
        self._printed = printed

    def __call__(self, *arguments: str, typed: bytes = b"", **settings: str) -> Done:
        self._patch.setattr(sys, "stdin", TextIOWrapper(BytesIO(typed)))
        for name, value in settings.items():
            self._patch.setenv(name, value)
        status = run(list(arguments))
        out, err = self._printed.readouterr()
        return Done(status, out, err.decode())


@pytest.fixture
def readout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Shell:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return Shell(tmp_path, monkeypatch, capfdbinary)


def process(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run Python in a new process with these ``arguments``."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )


def evidence(report: dict[str, Any]) -> list[dict[str, Any]]:
    """All evidence in a report, at any depth."""
    found: list[dict[str, Any]] = []
    waiting: list[Any] = [report]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            found += value.get("evidence", [])
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return found


def test_a_briefing_is_one_line_of_json_and_nothing_else(readout: Shell) -> None:
    done = readout("brief", "article.txt", "--json")

    assert done.status == 0
    assert done.out.count(b"\n") == 1
    report = json.loads(done.out)
    assert (report["schema"], report["kind"]) == (2, "briefing")
    assert report["receipt"]["engine"] == "extractive"
    assert report["bottom_line"]["text"] in ARTICLE
    assert report["key_points"]
    assert evidence(report)
    assert all(each["text"] == ARTICLE[each["start"] : each["end"]] for each in evidence(report))


def test_standard_input_can_be_a_source(readout: Shell) -> None:
    done = readout("brief", "-", "--json", typed=ARTICLE.encode())

    assert json.loads(done.out)["documents"][0]["text"] == ARTICLE


def test_sources_are_labelled_in_the_order_given(readout: Shell) -> None:
    (readout.folder / "other.txt").write_text("Arland pays. It said so on Friday.\n")

    done = readout("brief", "other.txt", "article.txt", "--json")

    documents = json.loads(done.out)["documents"]
    assert [each["label"] for each in documents] == ["A", "B"]
    assert documents[1]["text"] == ARTICLE


def test_evidence_from_a_pdf_names_its_page(readout: Shell) -> None:
    title, agreed, said, *others = ARTICLE.splitlines()
    rest = [part for sentence in others for part in wrap(sentence)]
    content = papers.pdf([title, *wrap(agreed)], wrap(said), rest)
    (readout.folder / "report.pdf").write_bytes(content)

    report = json.loads(readout("brief", "report.pdf", "--json").out)

    found = {(each["text"], each["page"]) for each in evidence(report)}
    assert {(agreed, 1), (said, 2)} <= found


def test_an_unreadable_source_beside_a_readable_one_is_named_without_failing(
    readout: Shell,
) -> None:
    done = readout("brief", "http://10.0.0.1/", "article.txt", "--json")

    report = json.loads(done.out)
    assert done.status == 0
    assert [each["source"] for each in report["unread"]] == ["http://10.0.0.1/"]
    assert report["documents"][0]["label"] == "A"


def test_a_person_sees_the_passage_beneath_each_line(readout: Shell) -> None:
    done = readout("brief", "article.txt")

    shown = done.out.decode()
    assert "In their words" in shown
    assert "    A3  “We will not pay for the bridge alone,” said Dana Oru" in shown
    assert "no model" in done.err.lower()


def test_a_sentence_that_is_shown_whole_is_not_repeated_as_its_passage(readout: Shell) -> None:
    text = 'Dana Oru, the minister, said on Monday that the bridge was "not ready".\n\nIt rained.'
    (readout.folder / "quoting.txt").write_text(text, encoding="utf-8")
    shown = readout("ask", "Which bridge is ready?", "quoting.txt").out.decode()
    assert shown.count("not ready") == 1


def test_a_long_passage_is_not_wrapped_outside_a_terminal(readout: Shell) -> None:
    after = f"minister, after {'a meeting by the sea and ' * 9}rain."
    text = ARTICLE.replace("minister.", after)
    (readout.folder / "long.txt").write_text(text, "utf-8")

    assert f"    A3  {text.splitlines()[2]}" in readout("brief", "long.txt").out.decode()


def test_a_source_can_t_control_the_terminal(readout: Shell) -> None:
    hostile = ARTICLE.replace("Monday", "Mon\x1b[2Jday\x07 [red]\u202e")
    (readout.folder / "hostile.txt").write_text(hostile, encoding="utf-8")

    shown = readout("brief", "hostile.txt").out.decode()

    assert not {"\x1b", "\x07", "\u202e"} & set(shown)
    assert "[red]" in shown


def test_arabic_is_marked_right_to_left_line_by_line(readout: Shell) -> None:
    arabic = "أعلن الوزير أن الجسر سيفتح.\nستبلغ الكلفة 48 مليون كرونة في السنة القادمة."
    (readout.folder / "arabic.txt").write_text(arabic, encoding="utf-8")

    lines = [each.strip() for each in readout("brief", "arabic.txt").out.decode().splitlines()]

    assert all(each[:2] == "\u200f\u2067" for each in lines if each)
    assert all(each.count("\u2067") == each.count("\u200f") == 1 for each in lines if each)
    assert any("48 مليون" in each for each in lines)


def test_output_can_be_markdown(readout: Shell) -> None:
    assert b"## Evidence" in readout("brief", "article.txt", "--markdown").out


def test_a_wish_is_understood_as_in_slack(readout: Shell) -> None:
    done = readout("brief", "article.txt", "--wish", "in French, for the minister", "--json")

    assert "traduire" in " ".join(json.loads(done.out)["notes"])


def test_without_a_model_a_question_is_answered_with_the_closest_passages(readout: Shell) -> None:
    done = readout("ask", "When does the northern rail line reopen?", "article.txt", "--json")

    report = json.loads(done.out)
    assert (report["answered"], report["lines"]) == (None, [])
    assert "by 1 June" in report["nearest"][0]["evidence"][0]["text"]


def test_a_question_without_an_answer_is_not_a_failure(readout: Shell) -> None:
    done = readout("ask", "Who won the football match?", "article.txt", "--json")

    report = json.loads(done.out)
    assert (done.status, report["answered"], report["lines"]) == (0, None, [])


def test_fetch_shows_the_document_as_it_was_read(readout: Shell) -> None:
    report = json.loads(readout("fetch", "article.txt", "--json").out)

    assert report["kind"] == "document"
    assert report["document"]["text"] == ARTICLE


def test_if_the_model_does_not_answer_the_extractive_engine_takes_over(readout: Shell) -> None:
    done = readout(
        "brief", "article.txt", "--json", OPENAI_BASE_URL=CLOSED, OPENAI_MODEL="tiny-model"
    )

    report = json.loads(done.out)
    assert (done.status, report["receipt"]["engine"]) == (0, "extractive")
    assert len(report["notes"]) >= 2


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        pytest.param(["brief", "nothing-here.txt"], 2, id="no-such-file"),
        pytest.param(["brief", "."], 2, id="a-folder"),
        pytest.param(["brief"], 2, id="no-source"),
        pytest.param(["brief", "article.txt", "--lenght", "short"], 2, id="unknown-option"),
        pytest.param(["brief", "article.txt", "--length", "huge"], 2, id="unknown-length"),
        pytest.param(["brief", "article.txt", "--language", "french!"], 2, id="no-language"),
        pytest.param(["brief", "article.txt", "--style", "sonnet"], 2, id="no-such-style"),
        pytest.param(["brief", "article.txt", "--markdown"], 2, id="two-forms"),
        pytest.param(["brief", "-", "-"], 2, id="standard-input-twice"),
        pytest.param(["brief", "article.txt", "--engine", "openai"], 2, id="engine-without-model"),
        pytest.param(["ask", " ", "article.txt"], 2, id="no-question"),
        pytest.param(["frobnicate"], 2, id="unknown-command"),
        pytest.param(["brief", "http://10.0.0.1/"], 3, id="private-address"),
        pytest.param(["brief", "ftp://example.org/a"], 3, id="another-scheme"),
        pytest.param(["fetch", "file:///etc/passwd"], 3, id="file-address"),
        pytest.param(["brief", "empty.txt"], 4, id="empty-file"),
        pytest.param(["brief", "picture.png"], 4, id="no-text"),
        pytest.param(["brief", "-"], 4, id="empty-input"),
        pytest.param(["brief", "empty.txt", "http://10.0.0.1/"], 4, id="the-first-one-decides"),
    ],
)
def test_a_failure_is_json_with_an_exit_status(
    arguments: list[str], status: int, readout: Shell
) -> None:
    (readout.folder / "empty.txt").touch()
    (readout.folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")

    done = readout(*arguments, "--json")

    assert done.status == status
    report = json.loads(done.out)
    assert (report["schema"], report["kind"]) == (2, "failure")
    assert report["error"]["kind"] == KINDS[status]
    assert report["error"]["message"].endswith((".", "?"))
    assert "Traceback" not in done.err


def test_a_host_that_does_not_answer_is_a_network_failure(readout: Shell) -> None:
    done = readout("brief", "http://127.0.0.1:9/", "--json", READOUT_FETCH_ALLOW="127.0.0.1:9")

    assert done.status == 5
    assert json.loads(done.out)["error"]["kind"] == "network"


def test_an_internal_error_is_reported_without_its_text(
    readout: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> str:
        raise RuntimeError("hush")

    monkeypatch.setattr(Path, "exists", broken)
    done = readout("brief", "article.txt", "--json")

    assert done.status == 1
    assert json.loads(done.out)["error"]["kind"] == "internal"
    assert "hush" not in done.out.decode()


def test_without_json_a_failure_is_a_sentence_on_standard_error(readout: Shell) -> None:
    done = readout("brief", "nothing-here.txt")

    assert (done.status, done.out) == (2, b"")
    assert done.err.startswith("There is no file nothing-here.txt.")


def test_an_unknown_setting_is_a_usage_error(readout: Shell) -> None:
    done = readout("brief", "article.txt", "--json", READOUT_ENGIN="openai")

    assert done.status == 2
    assert "READOUT_ENGINE" in json.loads(done.out)["error"]["message"]


def test_claims_are_answered_in_order_one_per_line(readout: Shell) -> None:
    rows = [
        {"id": 1, "source": ARTICLE, "claim": "Borland denied asking for money."},
        {"id": "two", "source": ARTICLE, "claim": "Borland will pay 3 million.", "extra": 1},
        {
            "id": 3,
            "source": ARTICLE,
            "claim": "Dana Oru said that they would not pay for the bridge alone.",
            "evidence": [[170, 253]],
        },
        {
            "id": 4,
            "source": ARTICLE,
            "claim": "Ed Yala spoke of the bridge.",
            "evidence": [[0, 30]],
        },
    ]
    lines = "".join(json.dumps(row) + "\n" for row in rows)

    done = readout("check", "-", "--json", typed=lines.encode())

    answers = [json.loads(line) for line in done.out.splitlines()]
    assert done.status == 0
    assert [each["id"] for each in answers] == [1, "two", 3, 4]
    assert [each["supported"] for each in answers] == [True, False, True, False]
    assert "numbers" in {reason["check"] for reason in answers[1]["reasons"]}
    assert answers[2]["evidence"] == [[170, 253]]


@pytest.mark.parametrize(
    ("row", "name"),
    [
        pytest.param("no json", None, id="no-json"),
        pytest.param("[]", None, id="no-object"),
        pytest.param('{"id": "x", "source": "A text."}', "x", id="no-claim"),
        pytest.param('{"id": "x", "source": "", "claim": "c"}', "x", id="empty-source"),
        pytest.param(
            '{"id": "x", "source": "Ab.", "claim": "c", "evidence": [[0, 9]]}', "x", id="outside"
        ),
        pytest.param(
            '{"id": "x", "source": "Ab.", "claim": "c", "evidence": [[1, 1]]}', "x", id="no-words"
        ),
    ],
)
def test_a_malformed_row_is_answered_in_its_place(
    row: str, name: str | None, readout: Shell
) -> None:
    good = json.dumps({"id": "good", "source": ARTICLE, "claim": "Ministers to meet in May."})

    done = readout("check", "-", "--json", typed=f"{row}\n{good}\n".encode())

    answers = [json.loads(line) for line in done.out.splitlines()]
    assert done.status == 2
    assert answers[0]["id"] == name
    assert answers[0]["error"].endswith(".")
    assert answers[1]["id"] == "good"


@pytest.mark.parametrize(
    ("answer", "supported", "stderr"),
    [
        (
            Says('{"unsupported": [{"number": 1, "problem": "if it is safe"}], "supported": []}'),
            False,
            "",
        ),
        (Says('{"unsupported": [], "supported": [1]}'), True, ""),
        (BROKEN, True, "only the checks decided: 1."),
    ],
    ids=["refused", "supported", "no answer"],
)
async def test_the_configured_judge_decides_if_no_proof_does(
    answer: Step, supported: bool, stderr: str, readout: Shell
) -> None:
    claim = "The ministers of Arland and Borland want the northern line open again by 1 June."
    row = {"source": ARTICLE, "claim": claim, "evidence": [[31, 173]]}
    async with ModelServer() as model:
        model.play(*[answer] * 4, about=JUDGE)
        settings = {"OPENAI_BASE_URL": model.url, "OPENAI_MODEL": "m-1"}
        done = await asyncio.to_thread(
            readout, "check", "-", "--judge", "--json", typed=json.dumps(row).encode(), **settings
        )

    verdict = json.loads(done.out)
    assert (done.status, verdict["supported"]) == (0, supported)
    assert verdict["judge"] == (None if stderr else "m-1")
    assert [reason["grade"] for reason in verdict["reasons"]] == ["judge"] * (not supported)
    assert stderr in done.err


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({}, "OPENAI_BASE_URL"),
        ({"OPENAI_BASE_URL": CLOSED}, "OPENAI_MODEL"),
        (
            {"OPENAI_BASE_URL": CLOSED, "OPENAI_MODEL": "m", "READOUT_SECOND_OPINION": "off"},
            "READOUT_SECOND_OPINION",
        ),
    ],
)
def test_without_a_judge_to_ask_the_setting_is_named(
    settings: dict[str, str], name: str, readout: Shell
) -> None:
    row = json.dumps({"source": ARTICLE, "claim": "They met."}).encode()

    done = readout("check", "-", "--judge", typed=row, **settings)

    assert (done.status, done.out) == (2, b"")
    assert name in done.err


def test_the_doctor_reports_missing_tokens(readout: Shell) -> None:
    done = readout("doctor", "--json")

    findings = json.loads(done.out)["findings"]
    assert done.status == 1
    assert [each["subject"] for each in findings if each["state"] == "mend"] == [
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
    ]


def test_the_doctor_reports_a_model_without_an_endpoint(
    readout: Shell,
) -> None:
    done = readout("doctor", "--json", READOUT_ENGINE="openai", OPENAI_MODEL="one")

    findings = json.loads(done.out)["findings"]
    assert [each["subject"] for each in findings if each["state"] == "mend"] == [
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "READOUT_ENGINE",
    ]


def test_the_doctor_names_an_unknown_setting(readout: Shell) -> None:
    done = readout("doctor", READOUT_RETENTION="30")

    assert done.status == 1
    assert "READOUT_RETENTION_DAYS" in done.out.decode()


def test_serving_without_a_token_fails_with_the_doctor_s_sentence(readout: Shell) -> None:
    said = readout("doctor", "--json").out
    sentence = json.loads(said)["findings"][0]["message"]

    done = readout("serve")

    assert (done.status, done.out) == (2, b"")
    assert sentence in done.err


def test_serving_without_slack_fails_with_the_doctor_s_sentence(
    readout: Shell,
) -> None:
    done = readout(
        "serve",
        SLACK_BOT_TOKEN="xoxb-1",
        SLACK_APP_TOKEN="xapp-1",
        SLACK_API_BASE_URL="http://127.0.0.1:9/",
    )

    assert (done.status, done.out) == (2, b"")
    assert "Slack is not responding at http://127.0.0.1:9/" in done.err


def test_the_manifest_is_json_to_paste(readout: Shell) -> None:
    done = readout("manifest", "--http", "https://readout.example.org")

    form = json.loads(done.out)
    assert form["settings"]["socket_mode_enabled"] is False


@pytest.mark.parametrize(
    "command", ["brief", "ask", "fetch", "check", "serve", "doctor", "manifest", "demo"]
)
def test_help_starts_with_an_example(command: str, readout: Shell) -> None:
    shown = readout(command, "--help").out.decode()

    assert f"readout {command}" in shown.partition("Usage")[2].partition("\n")[2]


def test_without_a_command_the_help_is_shown(readout: Shell) -> None:
    done = readout()

    assert done.status == 0
    assert "readout brief article.txt" in done.out.decode()


def test_the_exit_status_reaches_the_shell(readout: Shell) -> None:
    done = process(readout.folder, "-m", "bot", "brief", "nothing-here.txt")

    assert (done.returncode, done.stdout) == (2, b"")


def test_briefing_a_text_file_imports_no_unneeded_library(readout: Shell) -> None:
    script = (
        "import sys; from bot.cli.main import run;"
        "status = run(['brief', 'article.txt', '--json']);"
        "print(status, *sorted(name for name in sys.modules if '.' not in name), file=sys.stderr)"
    )

    done = process(readout.folder, "-c", script)

    status, *modules = done.stderr.decode().split("\n")[-2].split()
    assert status == "0"
    assert not {
        "aiohttp", "alembic", "dbos", "httpx2", "openai", "psycopg", "slack_bolt", "slack_sdk",
        "sqlalchemy", "tiktoken", "trafilatura",
    } & set(modules)  # fmt: skip
