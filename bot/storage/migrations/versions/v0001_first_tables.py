"""The first tables: mentions, what was read, what was answered, postings, threads."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _keep("mentions", _key(), sa.Column("thread", sa.String(), nullable=False), _content())
    op.create_index("mentions_of_thread", "mentions", ["team", "channel", "thread"])
    _keep(
        "documents",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("key", sa.String(), nullable=False),
        _content(),
    )
    op.create_index("ix_documents_key", "documents", ["key"])
    _keep("readings", _key("mentions"), sa.Column("unread", sa.Text(), nullable=False))
    _keep("outcomes", _key("mentions"), sa.Column("kind", sa.String(), nullable=False), _content())
    _shelve("reading_documents", "readings")
    _shelve("outcome_documents", "outcomes")
    _keep(
        "postings",
        _key("mentions"),
        sa.Column("part", sa.Integer(), primary_key=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("ts", sa.String()),
    )
    _create_threads()


def _keep(name: str, *columns: sa.Column[object]) -> None:
    owned = [sa.Column(owner, sa.String(), nullable=False) for owner in ("team", "channel")]
    op.create_table(name, *columns, *owned, *_of_a_person())
    op.create_index(f"ix_{name}_expires", name, ["expires"])


def _shelve(name: str, holder: str) -> None:
    document = sa.ForeignKey("documents.id", ondelete="CASCADE")
    _keep(
        name,
        _key(holder),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("document", sa.String(), document, nullable=False),
    )
    op.create_index(f"ix_{name}_document", name, ["document"])


def _create_threads() -> None:
    identity = [
        sa.Column(part, sa.String(), primary_key=True) for part in ("team", "channel", "thread")
    ]
    muted: sa.Column[bool] = sa.Column("muted", sa.Boolean(), nullable=False)
    op.create_table("threads", *identity, *_of_a_person(), muted)
    op.create_index("ix_threads_expires", "threads", ["expires"])


def _key(holder: str | None = None) -> sa.Column[object]:
    if holder is None:
        return sa.Column("key", sa.String(), primary_key=True)
    reference = sa.ForeignKey(f"{holder}.key", ondelete="CASCADE")
    return sa.Column("key", sa.String(), reference, primary_key=True)


def _content() -> sa.Column[object]:
    return sa.Column("content", sa.Text(), nullable=False)


def _of_a_person() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("created", sa.Float(), nullable=False),
        sa.Column("expires", sa.Float(), nullable=False),
    )
