"""What the people of a server watch, set and asked in vain.

Revision ID: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "server_settings",
        sa.Column("server", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("chosen", sa.JSON, nullable=False),
    )
    create_watches()
    op.create_table(
        "gaps",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("server", sa.BigInteger, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("asked_on", sa.Date, nullable=False),
    )
    op.create_index("ix_gaps_server", "gaps", ["server"])


def create_watches() -> None:
    op.create_table(
        "watches",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("person", sa.BigInteger, nullable=False),
        sa.Column("server", sa.BigInteger),
        sa.Column("channel", sa.BigInteger),
        sa.Column("speaker", sa.Text),
        sa.Column("topic", sa.Text),
        sa.Column("seen", sa.Integer, nullable=False),
        sa.Column("language", sa.Text),
        sa.Column("paused", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_watches_person", "watches", ["person"])
    op.create_table(
        "watch_notices",
        sa.Column("watch", sa.Integer, sa.ForeignKey("watches.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("article", sa.Text, primary_key=True),
    )
