"""What of a reply can be looked for, and how people like their briefings.

Replies that were kept before can't be looked for: they are gone when their time is over.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    owned = [
        sa.Column(owner, sa.String(), nullable=False) for owner in ("team", "channel", "person")
    ]
    times = [sa.Column(time, sa.Float(), nullable=False) for time in ("created", "expires")]
    op.create_table(
        "findings",
        sa.Column(
            "key",
            sa.String(),
            sa.ForeignKey("outcomes.key", ondelete="CASCADE"),
            primary_key=True,
        ),
        *owned,
        *times,
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
    )
    op.create_index("ix_findings_expires", "findings", ["expires"])
    op.create_index("ix_findings_person", "findings", ["team", "person", "created"])
    op.create_index("ix_findings_channel", "findings", ["team", "channel", "created"])
    op.create_table(
        "defaults",
        sa.Column("team", sa.String(), primary_key=True),
        sa.Column("person", sa.String(), primary_key=True),
        sa.Column("wishes", sa.Text(), nullable=False),
    )
