"""The first tables: mentions, documents, readings, outcomes, postings, threads."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _create_table("mentions", _key(), sa.Column("thread", sa.String(), nullable=False), _content())
    op.create_index("mentions_of_thread", "mentions", ["team", "channel", "thread"])
    _create_table(
        "documents",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("key", sa.String(), nullable=False),
        _content(),
    )
    op.create_index("ix_documents_key", "documents", ["key"])
    _create_table("readings", _key("mentions"), sa.Column("unread", sa.Text(), nullable=False))
    _create_table(
        "outcomes", _key("mentions"), sa.Column("kind", sa.String(), nullable=False), _content()
    )
    _create_documents_table("reading_documents", "readings")
    _create_documents_table("outcome_documents", "outcomes")
    _create_table(
        "postings",
        _key("mentions"),
        sa.Column("part", sa.Integer(), primary_key=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("ts", sa.String()),
    )
    _create_threads_table()


def _create_table(name: str, *columns: sa.Column[object]) -> None:
    owned = [sa.Column(owner, sa.String(), nullable=False) for owner in ("team", "channel")]
    op.create_table(name, *columns, *owned, *_person_columns())
    op.create_index(f"ix_{name}_expires", name, ["expires"])


def _create_documents_table(name: str, holder: str) -> None:
    document = sa.ForeignKey("documents.id", ondelete="CASCADE")
    _create_table(
        name,
        _key(holder),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("document", sa.String(), document, nullable=False),
    )
    op.create_index(f"ix_{name}_document", name, ["document"])


def _create_threads_table() -> None:
    identity = [
        sa.Column(part, sa.String(), primary_key=True) for part in ("team", "channel", "thread")
    ]
    muted: sa.Column[bool] = sa.Column("muted", sa.Boolean(), nullable=False)
    op.create_table("threads", *identity, *_person_columns(), muted)
    op.create_index("ix_threads_expires", "threads", ["expires"])


def _key(holder: str | None = None) -> sa.Column[object]:
    if holder is None:
        return sa.Column("key", sa.String(), primary_key=True)
    reference = sa.ForeignKey(f"{holder}.key", ondelete="CASCADE")
    return sa.Column("key", sa.String(), reference, primary_key=True)


def _content() -> sa.Column[object]:
    return sa.Column("content", sa.Text(), nullable=False)


def _person_columns() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("created", sa.Float(), nullable=False),
        sa.Column("expires", sa.Float(), nullable=False),
    )
