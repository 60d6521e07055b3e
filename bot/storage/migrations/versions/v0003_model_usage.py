"""The tokens, cost and time of each request to a model; they outlive the mention."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.String(), sa.ForeignKey("mentions.key", ondelete="SET NULL")),
        *[sa.Column(owner, sa.String(), nullable=False) for owner in ("team", "channel", "person")],
        *[sa.Column(time, sa.Float(), nullable=False) for time in ("created", "expires")],
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("tokens_in", sa.Integer(), nullable=False),
        sa.Column("tokens_out", sa.Integer(), nullable=False),
        sa.Column("estimated", sa.Boolean(), nullable=False),
        sa.Column("cost_usd", sa.Float()),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("failed", sa.Boolean(), nullable=False),
    )
    for column in ("key", "created", "expires"):
        op.create_index(f"ix_attempts_{column}", "attempts", [column])
