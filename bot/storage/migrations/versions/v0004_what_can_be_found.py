"""What of a reply can be looked for, and how people like their briefings.

Replies that were kept before can't be looked for: they are gone when their time is over.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

# The words are folded when they come, so nothing of that is left to the index.
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
    whose = ("team", "channel", "person")
    op.create_table(
        "findings",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "key",
            sa.String(),
            sa.ForeignKey("outcomes.key", ondelete="CASCADE"),
            nullable=False,
            unique=True,
        ),
        *[sa.Column(owner, sa.String(), nullable=False) for owner in whose],
        *[sa.Column(time, sa.Float(), nullable=False) for time in ("created", "expires")],
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
    )
    op.create_index("ix_findings_expires", "findings", ["expires"])
    # The newest of a team are looked through first, until there are enough.
    op.create_index("ix_findings_newest", "findings", ["team", "created"])
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE if is_sqlite else _POSTGRESQL:
        op.execute(statement)
    op.create_table(
        "defaults",
        sa.Column("team", sa.String(), primary_key=True),
        sa.Column("person", sa.String(), primary_key=True),
        sa.Column("wishes", sa.Text(), nullable=False),
    )
