"""What articles said before, who was shown which words, and which articles are copies.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("changes", sa.Column("article", sa.Integer))
    op.add_column("changes", sa.Column("version", sa.Integer))
    create_versions()
    create_set_aside()
    create_shown_words()
    create_copies()


def create_versions() -> None:
    op.create_table(
        "versions",
        sa.Column("article", sa.Integer, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("stored_at", sa.Text, nullable=False),
        sa.Column("until", sa.Text, nullable=False),
    )
    op.create_table(
        "past_quotations",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("article", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("speaker", sa.Text),
        sa.Column("until", sa.Text, nullable=False),
        sa.Column("now_start", sa.Integer),
        sa.Column("now_end", sa.Integer),
    )
    op.create_index("ix_past_quotations_article", "past_quotations", ["article"])


def create_set_aside() -> None:
    op.create_table(
        "set_aside",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("removed_at", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("id", sa.Text),
        sa.Column("title", sa.Text),
        sa.Column("content", sa.JSON),
        sa.Column("units", sa.JSON),
    )
    op.create_index("ix_set_aside_digest", "set_aside", ["digest"])


def create_shown_words() -> None:
    op.create_table(
        "shown_words",
        sa.Column("message", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("article", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("start", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("end", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("channel", sa.Integer, nullable=False),
        sa.Column("guild", sa.Integer),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("shown_at", sa.Text, nullable=False),
        sa.Column("looked", sa.Text, nullable=False),
        sa.Column("noted", sa.Text),
    )
    op.create_index("ix_shown_words_article", "shown_words", ["article"])
    op.create_index("ix_shown_words_shown_at", "shown_words", ["shown_at"])


def create_copies() -> None:
    op.create_table(
        "copy_bands",
        sa.Column("hash", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column(
            "article",
            sa.Integer,
            sa.ForeignKey("articles.seq", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_copy_bands_article", "copy_bands", ["article"])
    op.create_table(
        "copy_pairs",
        sa.Column("first", sa.Integer, sa.ForeignKey("articles.seq", ondelete="CASCADE"), primary_key=True),
        sa.Column("second", sa.Integer, sa.ForeignKey("articles.seq", ondelete="CASCADE"), primary_key=True),
        sa.Column("similarity", sa.Float, nullable=False),
    )
    op.create_index("ix_copy_pairs_second", "copy_pairs", ["second"])
