"""The search index, preferences of people and channels, and feedback.

Replies that were stored before aren't in the index: they expire soon enough.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

# The words are folded before they are stored, so the index must not change them.
# https://www.sqlite.org/fts5.html#external_content_tables
_SQLITE = (
    """
    CREATE VIRTUAL TABLE findings_words USING fts5(
        words, content='findings', content_rowid='id',
        tokenize='unicode61 remove_diacritics 0', prefix='2 3'
    )
    """,
    """
    CREATE TRIGGER findings_added AFTER INSERT ON findings BEGIN
        INSERT INTO findings_words(rowid, words) VALUES (new.id, new.words);
    END
    """,
    """
    CREATE TRIGGER findings_deleted AFTER DELETE ON findings BEGIN
        INSERT INTO findings_words(findings_words, rowid, words)
        VALUES ('delete', old.id, old.words);
    END
    """,
)
_POSTGRESQL = (
    """
    CREATE INDEX findings_words ON findings
    USING gin (array_to_tsvector(string_to_array(words, ' ')))
    """,
)


def upgrade() -> None:
    op.create_table(
        "findings",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.String(), _reference("outcomes"), unique=True, nullable=False),
        *_owned("team", "channel", "person"),
        sa.Column("kind", sa.String(), nullable=False),
        *[sa.Column(text, sa.Text(), nullable=False) for text in ("title", "opening", "words")],
    )
    # A search goes through a team's newest replies first, until there are enough.
    op.create_index("ix_findings_newest", "findings", ["team", "created"])
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE if is_sqlite else _POSTGRESQL:
        op.execute(statement)
    op.create_table(
        "defaults",
        *[sa.Column(owner, sa.String(), primary_key=True) for owner in ("team", "person")],
        sa.Column("wishes", sa.Text(), nullable=False),
    )
    op.create_table(
        "channel_settings",
        *[sa.Column(place, sa.String(), primary_key=True) for place in ("team", "channel")],
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("changed", sa.Float(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
    )
    op.create_table(
        "feedback",
        sa.Column("key", sa.String(), _reference("mentions"), primary_key=True),
        sa.Column("person", sa.String(), primary_key=True),
        *_owned("team", "channel"),
        sa.Column("is_good", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
    )
    for table in ("findings", "feedback"):
        op.create_index(f"ix_{table}_expires", table, ["expires"])


def _reference(table: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.key", ondelete="CASCADE")


def _owned(*owners: str) -> list[sa.Column[Any]]:
    whose = [sa.Column(owner, sa.String(), nullable=False) for owner in owners]
    times = [sa.Column(time, sa.Float(), nullable=False) for time in ("created", "expires")]
    return [*whose, *times]
