"""A hash of what a briefing was made from, so that an identical one can be reused."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("outcomes", sa.Column("made_from", sa.String()))
    op.create_index("ix_outcomes_made_from", "outcomes", ["made_from"])
