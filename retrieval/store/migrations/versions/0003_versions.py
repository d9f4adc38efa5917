"""What articles said before, who was shown which words, and which articles are copies.

Revision ID: 0003
"""

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables of this version are made here."""
