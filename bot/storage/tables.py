"""The tables of the database.

Most rows say whose they are (team, channel, person) and how long they stay (created, expires, in
seconds since 1970). Rows that belong to a mention are deleted with it. A server has one more table,
which only its migration and `budgets` know.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    text,
)

from bot.service.ports import STREAM

VERSION = "0008"
"""The revision of the last migration, which leads to these tables."""

metadata = MetaData()


def _key_of(holder: str) -> Column[str]:
    return Column("key", String, ForeignKey(f"{holder}.key", ondelete="CASCADE"), primary_key=True)


def _owned() -> tuple[Column[str], Column[str], Column[str], Column[float], Column[float]]:
    return (
        Column("team", String, nullable=False),
        Column("channel", String, nullable=False),
        Column("person", String, nullable=False),
        Column("created", Float, nullable=False),
        Column("expires", Float, nullable=False, index=True),
    )


def _documents_of(name: str, holder: str) -> Table:
    document = ForeignKey("documents.id", ondelete="CASCADE")
    return Table(
        name,
        metadata,
        _key_of(holder),
        Column("position", Integer, primary_key=True),
        *_owned(),
        Column("label", String, nullable=False),
        Column("document", String, document, nullable=False, index=True),
    )


mentions = Table(
    "mentions",
    metadata,
    Column("key", String, primary_key=True),
    Column("thread", String, nullable=False),
    *_owned(),
    Column("content", Text, nullable=False),
    Index("mentions_of_thread", "team", "channel", "thread"),
)

# A document is stored once for its thread, without its label, however many mentions use it; `key`
# is the mention that brought it, with which it is deleted.
documents = Table(
    "documents",
    metadata,
    Column("id", String, primary_key=True),
    Column("key", String, nullable=False, index=True),
    *_owned(),
    Column("content", Text, nullable=False),
)

readings = Table(
    "readings",
    metadata,
    _key_of("mentions"),
    *_owned(),
    Column("unread", Text, nullable=False),
)

outcomes = Table(
    "outcomes",
    metadata,
    _key_of("mentions"),
    *_owned(),
    Column("kind", String, nullable=False),
    Column("content", Text, nullable=False),
    Column("made_from", String, index=True),
)

reading_documents = _documents_of("reading_documents", "readings")
outcome_documents = _documents_of("outcome_documents", "outcomes")

# An index to count the streams of a team.
_IS_A_STREAM = f"part = {STREAM}"

# `place` is where the message was posted: the mention's channel, or a direct message.
postings = Table(
    "postings",
    metadata,
    _key_of("mentions"),
    Column("part", Integer, primary_key=True),
    *_owned(),
    Column("place", String, nullable=False),
    Column("ts", String),
    Index(
        "ix_postings_streams",
        "team",
        "created",
        sqlite_where=text(_IS_A_STREAM),
        postgresql_where=text(_IS_A_STREAM),
    ),
)

threads = Table(
    "threads",
    metadata,
    Column("team", String, primary_key=True),
    Column("channel", String, primary_key=True),
    Column("thread", String, primary_key=True),
    Column("person", String, nullable=False),
    Column("created", Float, nullable=False),
    Column("expires", Float, nullable=False, index=True),
    Column("muted", Boolean, nullable=False),
)

# Rows outlive their mention, but then have no `key`, `channel` or `person`.
attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, ForeignKey("mentions.key", ondelete="SET NULL"), index=True),
    *_owned(),
    Column("kind", String, nullable=False),
    Column("model", String, nullable=False),
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_out", Integer, nullable=False),
    Column("estimated", Boolean, nullable=False),
    Column("cost_usd", Float),
    Column("seconds", Float, nullable=False),
    Column("failed", Boolean, nullable=False),
    Index("ix_attempts_created", "created"),
)

# `words` are folded, with spaces between. They are searched in a full-text index, `findings_words`,
# which only the migration knows.
findings = Table(
    "findings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "key",
        String,
        ForeignKey("outcomes.key", ondelete="CASCADE"),
        nullable=False,
        unique=True,
    ),
    *_owned(),
    Column("kind", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("opening", Text, nullable=False),
    Column("words", Text, nullable=False),
    Index("ix_findings_newest", "team", "created"),
)

defaults = Table(
    "defaults",
    metadata,
    Column("team", String, primary_key=True),
    Column("person", String, primary_key=True),
    Column("wishes", Text, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    _key_of("mentions"),
    Column("person", String, primary_key=True),
    Column("team", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("created", Float, nullable=False),
    Column("expires", Float, nullable=False, index=True),
    Column("is_good", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
)

# `person` is who changed them last.
channel_settings = Table(
    "channel_settings",
    metadata,
    Column("team", String, primary_key=True),
    Column("channel", String, primary_key=True),
    Column("person", String, nullable=False),
    Column("changed", Float, nullable=False),
    Column("settings", Text, nullable=False),
)

# Events from Slack that are not handled yet; it is not yet known whom they concern.
arrivals = Table(
    "arrivals",
    metadata,
    Column("id", String, primary_key=True),
    Column("body", Text, nullable=False),
    Column("arrived", Float, nullable=False),
    Column("taken", Float, nullable=False, index=True),
    Column("tries", Integer, nullable=False),
)

# `told` is what a digest has told (headlines and lines, no text of a source); it stays as long as
# the digest. `next` is when it comes, null while it is paused.
digests = Table(
    "digests",
    metadata,
    Column("id", String, primary_key=True),
    Column("team", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("person", String, nullable=False),
    Column("created", Float, nullable=False),
    Column("next", Float, index=True),
    Column("plan", Text, nullable=False),
    Column("told", Text, nullable=False),
    Column("muted", Text, nullable=False),
    Index("digests_of_channel", "team", "channel"),
)

# Reminders outlive their request, so they have no foreign key. `told_by` is the key of the mention
# that shows one, null until its day.
reminders = Table(
    "reminders",
    metadata,
    Column("key", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("day", String, primary_key=True),
    *_owned(),
    Column("at", Float, nullable=False, index=True),
    Column("told_by", String, index=True),
    Column("mark", String),
    Column("marked_by", String),
    Column("content", Text, nullable=False),
    Index("reminders_of_channel", "team", "channel"),
)

# Work that is done once for all workers: `begun` is when one claimed it, 0 if nobody has.
shared_work = Table(
    "shared_work",
    metadata,
    Column("name", String, primary_key=True),
    Column("begun", Float, nullable=False),
    Column("made", Float, nullable=False, index=True),
    Column("content", Text, nullable=False),
)
