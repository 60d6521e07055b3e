"""Measures whether each of 1,000 digests due in the same minute comes once, whatever is killed.

Five digests in each of 200 channels of 10 teams, half of them in German, all about the same three
stories in three feeds. Two `readout serve` on a PostgreSQL are killed with SIGKILL while they make
them, and restarted: as the first story is drafted, and each time when another fifth was posted. The
model takes 2 s to an answer, and 16 requests at once.

What came is counted from the outside: the messages in Slack, the requests to the model and to the
site. A draft, and the judgement of a line, should come once for each story and language, and again
only where a kill cut it off.
"""

import argparse
import asyncio
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from itertools import cycle
from pathlib import Path

from benchmarks.bots import complaints, readout, slack_settings
from benchmarks.busy_model import BusyModel
from benchmarks.figures import Figure, base_parser, print_figures
from benchmarks.rate_limits import refused_calls
from benchmarks.supervised_workers import Part, Worker, running_workers, wait_until
from bot.briefing.digest import DigestPlan, DigestWishes
from bot.briefing.draft import DraftBriefing, DraftLine
from bot.service.ports import PlannedDigest
from bot.storage.database import open_database
from bot.storage.digests import DatabaseDigests
from bot.storage.retention import Retention
from sandbox.recorded import request_key
from sandbox.slack import LocalSlack
from sandbox.slack.state import Message
from tests.e2e.articles import page
from tests.e2e.readout import shown
from tests.model_server import Json, Says
from tests.postgres import new_database, running_server
from tests.sources.site import Site, listening

TITLE = "{digests} digests due in the same minute, {kills} kills"
_TEAMS, _CHANNELS, _WORKERS, _CALLS = 10, 200, 2, 16
_LANGUAGES = (None, "de")
_SECONDS, _MOST_MINUTES = 2.0, 15.0
_PATIENCE = 1_800.0
_PARTS: tuple[Part, ...] = ("working", "both")
_MOST_SHOWN = 10
_OUTLETS = ("herald", "courier", "observer")


@dataclass(frozen=True)
class _Story:
    """An article, and what the model writes about its sentences, by language."""

    article: str
    lines: dict[str | None, tuple[str, ...]]

    @property
    def title(self) -> str:
        return self.article.split("\n", 1)[0]

    def draft(self, language: str | None) -> DraftBriefing:
        """A line about each of the first sentences; the title is the first of all."""
        lines = [
            DraftLine(evidence=[f"A{number}"], voice="event", speaker=None, text=text)
            for number, text in enumerate(self.lines[language], 2)
        ]
        return DraftBriefing(
            headline=lines[0],
            bottom_line=lines[1],
            key_points=lines[2:],
            differences=[],
            commitments=[],
            quotes=[],
            cautions=[],
            unknowns=[],
        )


_STORIES = (
    _Story(
        "Karatobe bridge to reopen\n"
        "The Karatobe bridge reopens on Monday after repairs that cost 48 million crowns.\n"
        "Engineers of the River Commission replaced four cracked pillars of the bridge.\n"
        "Trains to Ulmenau will cross the river Tarn again once a day.\n"
        "Travellers had taken a bus over the hills since the autumn, which took two hours more.",
        {
            None: (
                "After repairs for 48 million crowns, the Karatobe bridge reopens on Monday.",
                "The River Commission’s engineers replaced four cracked pillars.",
                "Once a day, trains to Ulmenau will cross the Tarn again.",
            ),
            "de": (
                "Die Karatobe-Brücke öffnet am Montag nach Reparaturen für 48 Millionen Kronen.",
                "Ingenieure der Flusskommission haben vier rissige Pfeiler der Brücke ersetzt.",
                "Züge nach Ulmenau werden den Fluss Tarn wieder einmal am Tag überqueren.",
            ),
        },
    ),
    _Story(
        "Museum in Port Hallin buys a painting\n"
        "The museum in Port Hallin bought a painting by Ilse Brandt for 2 million dollars.\n"
        "The painter made the picture of the old harbour in 1931.\n"
        "Visitors can see it in the east wing of the museum from Thursday.\n"
        "A collector whose name the museum keeps to itself had owned the picture for thirty years.",
        {
            None: (
                "Port Hallin’s museum bought a painting by Ilse Brandt for 2 million dollars.",
                "The picture of the old harbour was made in 1931.",
                "From Thursday, visitors can see it in the museum’s east wing.",
            ),
            "de": (
                "Das Museum in Port Hallin kaufte ein Gemälde für 2 Millionen Dollar.",
                "Das Bild des alten Hafens entstand im Jahr 1931.",
                "Besucher können es ab Donnerstag im Ostflügel des Museums sehen.",
            ),
        },
    ),
    _Story(
        "Measles outbreak in Lindqvist closes schools\n"
        "Doctors in Lindqvist county counted 37 cases of measles among children this week.\n"
        "Seven schools are closed until the vaccinations are done.\n"
        "The health office sent 5,000 doses of the vaccine to clinics in the county.\n"
        "Parents waited in long queues in the rain, and nurses handed out tea and blankets.",
        {
            None: (
                "This week, doctors in Lindqvist county counted 37 measles cases among children.",
                "Until the vaccinations are done, seven schools are closed.",
                "Clinics in the county got 5,000 doses of the vaccine from the health office.",
            ),
            "de": (
                "Ärzte im Kreis Lindqvist zählten diese Woche 37 Fälle von Masern bei Kindern.",
                "Sieben Schulen sind geschlossen, bis die Impfungen erledigt sind.",
                "Das Gesundheitsamt schickte 5.000 Dosen des Impfstoffs an Kliniken im Kreis.",
            ),
        },
    ),
)


class _Model(BusyModel):
    """Writes about the three stories in the language that is asked for."""

    def __init__(self) -> None:
        super().__init__(_CALLS, _SECONDS, _SECONDS)

    def _said_unless_scripted(self, asked: Json) -> Says | None:
        if said := super()._said_unless_scripted(asked):
            return said
        told = json.dumps(asked["messages"], ensure_ascii=False)
        story = next(each for each in _STORIES if each.title in told)
        language = "de" if '"language": "de"' in asked["messages"][-1]["content"] else None
        return Says(story.draft(language).model_dump_json(), size=400)


@dataclass
class _Setup:
    """Slack, the model, the site and the workers, and the ids of the digests that are due;
    ``began`` is in monotonic seconds."""

    slack: LocalSlack
    model: _Model
    site: Site
    workers: list[Worker]
    wanted: frozenset[str]
    kills: Counter[Part] = field(default_factory=Counter)
    began: float = 0.0

    def messages(self) -> list[Message]:
        """All messages of the bot."""
        state = self.slack.state
        return [each for room in state.channels for each in state.messages(room) if each.by_app]

    def posted(self) -> Counter[str]:
        """The number of messages for each digest, by its id; those of anything else by ""."""
        payloads = (each.metadata.get("event_payload", {}) for each in self.messages())
        keys = (str(each.get("key", "")).split(":") for each in payloads)
        return Counter(key[1] if key[0] == "digest" else "" for key in keys)

    async def kill(self, times: int, seed: int) -> None:
        """Kill workers ``times`` times in turn, one or both of their processes."""
        chance, parts = random.Random(seed), cycle(_PARTS)
        for number in range(times):
            worker, part = self.workers[number % _WORKERS], next(parts)
            posted = len(self.wanted) * (number - number % _WORKERS) // times
            await wait_until(partial(self._is_at, posted), _PATIENCE)
            await asyncio.sleep(chance.uniform(0, 1))
            await wait_until(partial(worker.kill, part), 60)
            self.kills[part] += 1

    def _is_at(self, posted: int) -> bool:
        return bool(self.model.requests) and len(self.posted()) >= posted


async def measure(digests: int, kills: int, seed: int, folder: Path) -> list[Figure]:
    """The figures of one run; logs go to the folder."""
    load = os.getloadavg()[0]
    async with _running(digests, folder) as setup:
        killing = asyncio.create_task(setup.kill(kills, seed))
        await wait_until(lambda: setup.wanted <= setup.posted().keys(), _PATIENCE)
        minutes = (time.monotonic() - setup.began) / 60
        killing.cancel()
        await asyncio.sleep(5)  # a duplicate would come now
        said = [line for worker in setup.workers for line in complaints(worker.log)]
        print(*said[:_MOST_SHOWN], sep="\n", file=sys.stderr)
        return [
            *_post_figures(setup, minutes),
            *_work_figures(setup),
            Figure("load before", "", (load,)),
        ]


def main() -> None:
    arguments = _parse_arguments()
    with tempfile.TemporaryDirectory(prefix="readout-digests-") as folder:
        figures = asyncio.run(
            measure(arguments.digests, arguments.kills, arguments.seed, Path(folder))
        )
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures.append(Figure("processor time of the workers", "s", (used.ru_utime + used.ru_stime,)))
    print_figures(
        TITLE.format(digests=arguments.digests, kills=arguments.kills),
        figures,
        as_json=arguments.json,
    )
    sys.exit(0 if all(figure.is_met for figure in figures) else 1)


def _parse_arguments() -> argparse.Namespace:
    parser = base_parser(__doc__)
    parser.add_argument("--digests", type=int, default=1_000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


@asynccontextmanager
async def _running(digests: int, folder: Path) -> AsyncIterator[_Setup]:
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(LocalSlack.running())
        model = await stack.enter_async_context(_Model())
        site = await stack.enter_async_context(listening())
        address = new_database(stack.enter_context(running_server()))
        wanted = await _plan_digests(digests, slack, _publish_feeds(site), address)
        settings = {
            **readout(model.url).settings,
            **slack_settings(slack),
            "READOUT_DATABASE_URL": address,
            "READOUT_FETCH_ALLOW": site.host,
            "READOUT_MODEL_CALLS": str(_CALLS // _WORKERS),
        }
        command = (sys.executable, "-m", "benchmarks.open_site", "serve")
        workers = [Worker(number, folder, settings, command) for number in range(_WORKERS)]
        setup = _Setup(slack, model, site, workers, wanted)
        setup.began = time.monotonic()
        await stack.enter_async_context(running_workers(workers))
        yield setup


def _publish_feeds(site: Site) -> tuple[str, ...]:
    """Publish three feeds, each with its own article about each story; returns their addresses."""
    day = format_datetime(datetime.now(UTC))
    feeds = []
    for outlet in _OUTLETS:
        items = ""
        for number, story in enumerate(_STORIES):
            url = site.gives(f"/{outlet}/{number}", page(story.article))
            items += f"<item><title>{story.title}</title><link>{url}</link>"
            items += f"<pubDate>{day}</pubDate></item>"
        text = f"<rss version='2.0'><channel><title>{outlet}</title>{items}</channel></rss>"
        feeds.append(site.gives(f"/{outlet}/feed", text.encode(), "application/rss+xml"))
    return tuple(feeds)


async def _plan_digests(
    digests: int, slack: LocalSlack, feeds: tuple[str, ...], address: str
) -> frozenset[str]:
    """Store digests that are due this minute; returns their ids."""
    rooms = [slack.channel(f"room-{n}", team=f"T{n % _TEAMS:09d}") for n in range(_CHANNELS)]
    slot = time.time() // 60 * 60
    at = f"{datetime.fromtimestamp(slot, UTC):%H:%M}"
    database = await open_database(address)
    known = DatabaseDigests(database.engine, Retention(30))
    for number in range(digests):
        language = _LANGUAGES[number // _TEAMS % len(_LANGUAGES)]
        plan = DigestPlan(DigestWishes(feeds, language=language), tuple(range(7)), at)
        room = rooms[number % _CHANNELS]
        await known.keep(PlannedDigest(f"d{number}", room.team, room.id, "U1", plan, slot))
    await database.close()
    return frozenset(f"d{number}" for number in range(digests))


def _post_figures(setup: _Setup, minutes: float) -> list[Figure]:
    posted, twice = setup.posted(), refused_calls(setup.slack)[1]
    others = [each for each in setup.messages() if not _has_all(each)]
    for each in others[:_MOST_SHOWN]:
        print(shown(each), file=sys.stderr)
    ours = sum(posted[each] for each in setup.wanted)
    return [
        Figure("posted", "", (len(setup.wanted & posted.keys()),)),
        Figure("missing", "", (len(setup.wanted - posted.keys()),), 1),
        Figure("posted twice", "", (sum(posted[each] > 1 for each in setup.wanted),), 1),
        Figure("messages that are no digest", "", (posted.total() - ours,), 1),
        Figure("without a story as the model tells it", "", (len(others),), 1),
        Figure("all posted after", "min", (minutes,), _MOST_MINUTES),
        Figure("kills", "", (setup.kills.total(),)),
        Figure("calls that a tier refused twice", "", (twice,), 1),
    ]


def _has_all(message: Message) -> bool:
    """Whether it has every story with the first line that the model writes."""
    said = shown(message)
    return any(
        all(story.lines[language][0] in said for story in _STORIES) for language in _LANGUAGES
    )


def _work_figures(setup: _Setup) -> list[Figure]:
    drafts = Counter(_request_key(each) for each in setup.model.requests)
    judged = Counter(line for each in setup.model.judged for line in _judged_lines(each))
    asked = Counter(request.path for request in setup.site.requests)
    feeds = [count for path, count in asked.items() if path.endswith("/feed")]
    pages = [count for path, count in asked.items() if not path.endswith("/feed")]
    # Each worker is killed once while it reads and drafts.
    most = 2 + min(setup.kills.total(), _WORKERS)
    return [
        Figure("stories and languages drafted", "", (len(drafts),), 7),
        Figure("drafts", "", (drafts.total(),)),
        Figure("most drafts of one of them", "", (max(drafts.values(), default=0),), most),
        Figure("lines judged", "", (len(judged),)),
        Figure("most judgements of a line", "", (max(judged.values(), default=0),), most),
        Figure("most requests for a feed", "", (max(feeds, default=0),), most),
        Figure("most requests for an article", "", (max(pages, default=0),), most),
    ]


def _request_key(request: Json) -> str:
    return request_key([each["content"] for each in request["messages"]])


def _judged_lines(request: Json) -> list[str]:
    told = json.loads(request["messages"][-1]["content"].split("\n")[1])
    return [each["text"] for each in told["lines"]]


if __name__ == "__main__":
    main()
