"""Reminders of channels."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "reminders",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("day", sa.String(), primary_key=True),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("created", sa.Float(), nullable=False),
        sa.Column("expires", sa.Float(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("told_by", sa.String()),
        sa.Column("mark", sa.String()),
        sa.Column("marked_by", sa.String()),
        sa.Column("content", sa.Text(), nullable=False),
    )
    op.create_index("ix_reminders_expires", "reminders", ["expires"])
    op.create_index("ix_reminders_at", "reminders", ["at"])
    op.create_index("ix_reminders_told_by", "reminders", ["told_by"])
    op.create_index("reminders_of_channel", "reminders", ["team", "channel"])
