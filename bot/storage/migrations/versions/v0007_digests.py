"""Scheduled digests, and work that is shared between workers."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "digests",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("created", sa.Float(), nullable=False),
        sa.Column("next", sa.Float()),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("muted", sa.Text(), nullable=False),
    )
    op.create_index("ix_digests_next", "digests", ["next"])
    op.create_index("digests_of_channel", "digests", ["team", "channel"])
    op.create_table(
        "shared_work",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("begun", sa.Float(), nullable=False),
        sa.Column("made", sa.Float(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
    )
    op.create_index("ix_shared_work_made", "shared_work", ["made"])
