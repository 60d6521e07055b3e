"""Counts of calls to Slack, shared by all workers, and an index of a team's streams."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_STREAMS = sa.text("part = -3")


def upgrade() -> None:
    op.create_index(
        "ix_postings_streams",
        "postings",
        ["team", "created"],
        sqlite_where=_STREAMS,
        postgresql_where=_STREAMS,
    )
    if op.get_bind().dialect.name == "postgresql":
        op.create_table(
            "call_budgets",
            sa.Column("method", sa.String(), primary_key=True),
            sa.Column("place", sa.String(), primary_key=True),
            sa.Column("taken", sa.Float(), nullable=False),
            sa.Column("at", sa.Float(), nullable=False),
            prefixes=["UNLOGGED"],
        )
