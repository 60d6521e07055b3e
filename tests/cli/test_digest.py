"""`readout digest`, on two days."""

import asyncio
import errno
import fcntl
import io
import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.cli.main import run
from tests.news import BRIDGE, BRIDGE_LATER, BRIDGE_TOO, MUSEUM
from tests.sources.site import Site, listening

MONDAY, TUESDAY = "2026-03-02T08:00+00:00", "2026-03-03T08:00+00:00"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site in a thread of its own, since a command has its own event loop."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    context = listening()
    site = asyncio.run_coroutine_threadsafe(context.__aenter__(), loop).result()
    monkeypatch.setenv("READOUT_FETCH_ALLOW", site.host)
    yield site
    asyncio.run_coroutine_threadsafe(context.__aexit__(None, None, None), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def page(title: str, *sentences: str) -> bytes:
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    body = f"<article><h1>{title}</h1>{paragraphs}</article>"
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode()


MORE = (
    "The line has been closed for eleven years, and wagons take the road around the mountains.",
    "A union of drivers asks for radio masts in the tunnel before the first train runs.",
)


ART = (
    "Visitors can see the picture from Thursday on, in the room that was a chapel until 1911.",
    "Brandt painted the harbour in the winter before she left the country for good.",
)


def feed(site: Site, name: str, *paths: tuple[str, str], day: int = 2) -> str:
    items = "".join(
        f"<item><title>{title}</title><link>{path}</link>"
        f"<pubDate>Mon, {day:02} Mar 2026 06:00:00 GMT</pubDate></item>"
        for title, path in paths
    )
    text = f"<rss version='2.0'><channel><title>{name}</title>{items}</channel></rss>"
    return site.gives(f"/{name}", text.encode(), "application/rss+xml")


def news(site: Site) -> str:
    site.gives("/bridge", page("Karatobe bridge to reopen", BRIDGE, *MORE))
    site.gives("/museum", page("Museum buys a Brandt", MUSEUM, *ART))
    site.gives("/again", page("Trains to cross Karatobe bridge again", BRIDGE_TOO, MORE[0]))
    return feed(
        site, "feed", ("Bridge", "/bridge"), ("Museum", "/museum"), ("Bridge again", "/again")
    )


def config(folder: Path, *feeds: str, more: str = "") -> str:
    file = folder / "morning.toml"
    file.write_text(f"feeds = {json.dumps(feeds)}\n{more}", encoding="utf-8")
    return str(file)


def run_digest(
    printed: pytest.CaptureFixture[str], *arguments: str, status: int = 0
) -> dict[str, Any]:
    assert run(["digest", "--engine", "extractive", "--json", *arguments]) == status
    found: dict[str, Any] = json.loads(printed.readouterr().out)
    return found


def test_the_second_digest_has_only_what_is_new(
    site: Site, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    kept = ["--config", config(tmp_path, news(site)), "--state", str(tmp_path / "kept")]

    monday = run_digest(capfd, *kept, "--at", MONDAY)
    site.gives("/later", page("Karatobe bridge reopening put off", BRIDGE_LATER, *MORE))
    feed(site, "feed", ("Put off", "/later"), ("Bridge", "/bridge"), day=3)
    tuesday = run_digest(capfd, *kept, "--at", TUESDAY)
    noon = run_digest(capfd, *kept, "--at", "2026-03-03T12:00+00:00")

    assert (monday["schema"], monday["kind"], monday["at"]) == (
        2,
        "digest",
        MONDAY.replace("T08:00", "T08:00:00"),
    )
    assert [story["documents"] for story in monday["stories"]] == [["A", "B"], ["C"]]
    assert [story["status"] for story in tuesday["stories"]] == ["changed"]
    assert (noon["stories"], noon["notes"]) == ([], ["Nothing new."])
    texts = {each["label"]: each["text"] for each in monday["documents"]}
    for story in monday["stories"]:
        for line in (story["headline"], *story["lines"]):
            assert line["evidence"]
            for passage in line["evidence"]:
                where = slice(passage["start"], passage["end"])
                assert texts[passage["document"]][where] == passage["text"]
    assert monday["receipt"]["engine"] == "extractive"


def test_without_a_state_folder_nothing_is_remembered(
    site: Site, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--config", config(tmp_path, news(site)), "--at", MONDAY]

    assert (
        run_digest(capfd, *arguments)["stories"] == run_digest(capfd, *arguments)["stories"] != []
    )


def test_focus_language_and_number_of_stories_are_respected(
    site: Site, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "morning.json"
    wishes = {"feeds": [news(site)], "focus": "museum paintings", "language": "de", "stories": 1}
    file.write_text(json.dumps(wishes), encoding="utf-8")

    digest = run_digest(capfd, "--config", str(file), "--at", MONDAY)

    assert [story["documents"] for story in digest["stories"]] == [["A"]]
    assert "Museum" in digest["documents"][0]["title"]


def test_a_terminal_shows_the_digest_and_failing_feeds(
    site: Site, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    gone = site.url("/gone")
    file = config(tmp_path, news(site), gone)

    assert run(["digest", "--engine", "extractive", "--config", file, "--at", MONDAY]) == 0

    out = capfd.readouterr().out
    assert "New: " in out
    assert "Reported by " in out
    assert f"{gone}: There is no feed at this address any more." in out
    assert "New: Karatobe bridge to reopen A1" in out
    assert run(["digest", "--config", config(tmp_path, site.url("/gone"))]) == 4
    assert "Nothing new in the feeds that could be read." in capfd.readouterr().out


def test_if_no_feed_can_be_read_notes_and_status_say_so(
    site: Site, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = config(tmp_path, "http://10.0.0.1/feed", site.url("/gone"))

    digest = run_digest(capfd, "--config", file, status=3)

    assert [each["source"] for each in digest["down"]] == [
        "http://10.0.0.1/feed",
        site.url("/gone"),
    ]
    assert digest["notes"] == ["Nothing new in the feeds that could be read."]


def test_an_entry_with_a_private_address_is_not_read(
    site: Site, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    url = feed(site, "feed", ("Inside", "http://127.0.0.1:9/secret"))

    digest = run_digest(capfd, "--config", config(tmp_path, url), "--at", MONDAY)

    assert digest["notes"] == ["Nothing new.", "1 article could not be read."]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "feeds: Field required"),
        ("feeds = []", "feeds: "),
        ("feeds = 'https://example.org'", "feeds: "),
        ("feeds = ['https://example.org']\nstories = 0", "stories: "),
        ("feeds = ['https://example.org']\nstorys = 3", "storys: "),
        ("feeds = ['https://example.org']\nlanguage = 'klingon'", "klingon is not a language code"),
        ("feeds = [", "neither TOML nor JSON"),
        ('{"feeds": ', "neither TOML nor JSON"),
        ("{" * 100_000, "neither TOML nor JSON"),
    ],
)
def test_an_invalid_configuration_is_a_usage_error(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    file = tmp_path / "morning.toml"
    file.write_text(text, encoding="utf-8")

    failure = run_digest(capfd, "--config", str(file), status=2)

    assert said in failure["error"]["message"]
    assert "\n" not in failure["error"]["message"]


def test_an_invalid_time_or_missing_file_is_a_usage_error(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = config(tmp_path, "https://example.org/feed")

    late = run_digest(capfd, "--config", file, "--at", "tomorrow", status=2)
    none = run_digest(capfd, "--config", str(tmp_path / "none.toml"), status=2)

    assert late["error"]["message"].startswith("tomorrow isn’t a time.")
    assert "can't be read" in none["error"]["message"]


def test_a_state_folder_is_locked_and_damage_is_reported(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    arguments = ["--config", config(tmp_path, "http://10.0.0.1/"), "--state", str(kept)]

    with (kept / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        busy = run_digest(capfd, *arguments, status=2)
    (kept / "told.json").write_text("{", encoding="utf-8")
    damaged = run_digest(capfd, *arguments, status=2)

    assert "Another digest is being made" in busy["error"]["message"]
    assert "is damaged" in damaged["error"]["message"]


class ClosedPipe(io.RawIOBase):
    """Standard output into a program that has ended."""

    @property
    def buffer(self) -> "ClosedPipe":
        return self

    def write(self, _: object) -> int:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")


def test_a_digest_that_nobody_reads_is_not_kept_and_blames_no_folder(
    site: Site,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    kept = ["--config", config(tmp_path, news(site)), "--state", str(tmp_path / "kept")]

    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", ClosedPipe())
        with pytest.raises(SystemExit) as ended:
            run(["digest", "--engine", "extractive", "--json", *kept, "--at", MONDAY])

    assert ended.value.code == 1
    assert capfd.readouterr().err == ""
    assert len(run_digest(capfd, *kept, "--at", MONDAY)["stories"]) == 2


def test_a_folder_that_cannot_be_written_to_is_named(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kept").write_text("a file", encoding="utf-8")
    arguments = ["--config", config(tmp_path, "http://10.0.0.1/"), "--state"]

    found = run_digest(capfd, *arguments, str(tmp_path / "kept"), status=2)

    assert "kept can't be written to" in found["error"]["message"]
