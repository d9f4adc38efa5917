"""Watches may tell what is new once a day or once a week, all together.

Revision ID: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("watches", sa.Column("frequency", sa.Text, nullable=False, server_default="at_once"))
    op.add_column("watches", sa.Column("due_on", sa.Date))
